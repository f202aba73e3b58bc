/* exchange_pull.c - a feed is asked, by its kind, and what came of it is noted. */
#include "base/clock.h"
#include "base/text.h"
#include "core/jobs/jobs.h"
#include "exchange_feature.h"
#include "exchange_pulling.h"
#include "exchange_store.h"
#include "features/catalogue/catalogue_terms.h"
#include <string.h>

const char exchange_job_name[] = "exchange-pull";

/* ---- what every kind does ---- */

static void on_progress(struct import_run *run, int64_t done, int64_t total)
{
    (void)run;
    (void)done;
    (void)total;
}

static void on_say(struct import_run *run, struct str line)
{
    (void)run;
    (void)line;
}

static void on_refused(struct import_run *run, const struct problem *x)
{
    struct pulling *p = run->ui;

    if (p->n_refusals < EXCHANGE_KEPT_REFUSALS)
        p->refusals[p->n_refusals++] =
            (struct exchange_refusal){x->row, str_copy(p->mem, str_of(x->field)), str_of(x->key), str_copy(p->mem, x->value)};
}

static void on_noticed(struct import_run *run, const struct problem *x)
{
    (void)run;
    (void)x;
}

static void on_envelope(void *arg, const json_t *tree)
{
    struct pulling *p = arg;

    json_decref(p->around);
    p->around = json_incref((json_t *)tree);
}

enum status exchange_begin_pages(struct pulling *p, json_t *(*look)(void *arg, json_t *tree))
{
    /* A pull that was cut short begins anew: pages may have moved. */
    const struct feeds_pull_ask ask = {
        .run = &p->run,
        .source = str_fmt(p->mem, "hsds:%.*s", (int)p->feed.name.n, p->feed.name.p),
        .identity = str_fmt(p->mem, "pull %lld", (long long)p->now_ms),
        .look = look,
        .envelope = on_envelope,
        .arg = p,
        .skips_refused = true,
        .hides_gone = true};

    return feeds_pull_open(&ask, &p->pull);
}

enum status exchange_get_page(struct pulling *p, struct str url, struct str *out)
{
    const struct outbound o = {
        .allow = p->outside->allow, .max_bytes = PULL_PAGE_BYTES, .timeout_ms = PULL_PAGE_MS, .lets_loopback = p->outside->lets_loopback};
    struct outbound_reply reply;
    struct str why;

    if (p->hold != NULL && p->hold(p->hold_arg) != ST_OK)
        return ST_CONFLICT;
    arena_reset(p->page);
    const enum status st = outbound_get(&o, str_z(p->page, url), p->page, &reply, &why);

    p->why = st == ST_OK ? STR("") : str_copy(p->mem, why);
    *out = reply.body;
    return st;
}

enum status exchange_take_page(struct pulling *p, struct str bytes)
{
    json_decref(p->around);
    p->around = NULL;
    const enum status st = feeds_pull_page(p->pull, bytes);

    if (st == ST_INVALID)
        p->why = STR("the answer is no HSDS page");
    return st;
}

struct str exchange_origin_of(const json_t *service)
{
    const json_t *list = json_object_get(service, "attributes");
    struct arena *mem = arena_new(0);
    const struct str id = catalogue_term_uuid(mem, OWN_MARKS, STR("origin"));
    struct str out = str_of(json_string_value(json_object_get(service, "origin")));

    for (size_t i = 0; out.n == 0 && i < json_array_size(list); i++) {
        const json_t *a = json_array_get(list, i);

        if (str_eq(str_of(json_string_value(json_object_get(json_object_get(a, "taxonomy_term"), "id"))), id))
            out = str_of(json_string_value(json_object_get(a, "value")));
    }
    arena_free(mem);
    return out;
}

void exchange_mark_origin(struct arena *mem, json_t *service, struct str origin)
{
    json_t *list = json_object_get(service, "attributes");
    const struct str term = catalogue_term_uuid(mem, OWN_MARKS, STR("origin"));
    const char *id = json_string_value(json_object_get(service, "id"));

    if (!json_is_array(list)) {
        list = json_array();
        json_object_set_new(service, "attributes", list);
    }
    json_array_append_new(
        list, json_pack("{s:s, s:s, s:s, s:s, s:{s:s, s:s, s:s, s:s, s:s}}", "id",
                        str_z(mem, catalogue_uuid_of(mem, STR("origin"), str_of(id))), "link_id", id == NULL ? "" : id, "link_entity", "service",
                        "value", str_z(mem, origin), "taxonomy_term", "id", str_z(mem, term), "code", "origin", "name", "origin", "description",
                        "portal where it was entered", "taxonomy", catalogue_taxonomy_code(OWN_MARKS)));
}

/* ---- one pull ---- */

static enum status read_job(struct db_tx *tx, void *arg)
{
    struct pulling *p = arg;
    struct ctx c = ctx_new(p->mem, &actor_keeper, LANG_IT);
    const struct str name = p->feed.name;

    c.tx = tx;
    enum status st = exchange_feed(&c, name, &p->feed);

    return st == ST_OK ? exchange_own_id(&c, &p->own_id) : st;
}

static enum status note_job(struct db_tx *tx, void *arg)
{
    struct pulling *p = arg;
    struct arena *mem = arena_new(0);
    struct ctx c = ctx_new(mem, &actor_keeper, LANG_IT);

    c.tx = tx;
    enum status st = exchange_store_pull(&c, p->feed.feed_id, &p->done, p->refusals, p->n_refusals);

    if (st == ST_OK)
        st = exchange_store_read_to(&c, &p->feed);
    arena_free(mem);
    return st;
}

static enum status pull_by_kind(struct pulling *p)
{
    switch (p->feed.kind) {
    case EXCHANGE_PORTAL:
        return exchange_pull_portal(p);
    case EXCHANGE_HSDS:
        return exchange_pull_hsds(p);
    default:
        return exchange_pull_file(p);
    }
}

static void note_counts(struct pulling *p, enum status st)
{
    const struct import_run *r = &p->run;

    p->done.ended_at = clock_now_ms();
    p->done.state = st != ST_OK ? STR("failed") : p->is_same ? STR("same") : STR("taken");
    p->done.why = st == ST_OK ? STR("") : p->why.n > 0 ? p->why : str_of(status_name(st));
    p->done.n_read = r->n_read;
    p->done.n_added = r->n_added;
    p->done.n_changed = r->n_changed;
    p->done.n_same = r->n_same;
    p->done.n_gone = r->n_gone;
    p->done.n_refused = r->n_refused;
}

enum status exchange_run(const struct exchange_run_ask *a, struct exchange_pull *out, int64_t *out_every_s)
{
    enum { DAY_MS = 24 * 3600 * 1000 };
    struct pulling *p = ARENA_NEW(a->mem, struct pulling);

    p->db = a->db;
    p->outside = a->outside;
    p->mem = a->mem;
    p->feed.name = a->name;
    p->hold = a->hold;
    p->hold_arg = a->hold_arg;
    p->now_ms = p->done.began_at = clock_now_ms();
    enum status st = db_write(p->db, read_job, p);

    if (st != ST_OK)
        return st;
    *out_every_s = p->feed.every_s;
    p->is_whole = a->is_whole || p->feed.read_to.n == 0 || p->now_ms - p->feed.whole_at > DAY_MS || p->feed.whole_at > p->now_ms;
    p->page = arena_new((size_t)PULL_PAGE_BYTES * 4);
    p->c = ctx_new(p->mem, &actor_keeper, LANG_IT);
    p->run = (struct import_run){.c = &p->c, .db = p->db, .progress = on_progress, .say = on_say, .refused = on_refused, .noticed = on_noticed, .ui = p};
    st = pull_by_kind(p);
    if (st == ST_OK && p->is_whole)
        p->feed.whole_at = p->now_ms;
    if (p->pull != NULL)
        feeds_pull_close(p->pull);
    json_decref(p->around);
    arena_free(p->page);
    note_counts(p, st);
    *out = p->done;
    const enum status noted = st == ST_CONFLICT ? st : db_write(p->db, note_job, p);

    return st == ST_OK ? noted : st;
}

/* ---- by itself ---- */

static enum status hold(void *arg)
{
    struct job_run *run = arg;

    return jobs_hold(run);
}

enum status exchange_job(struct job_run *run)
{
    const struct exchange_run_ask ask = {run->db, run->outside, run->mem, run->key, false, hold, run};
    struct exchange_pull done;
    int64_t every_s = 0;
    const enum status st = exchange_run(&ask, &done, &every_s);

    if (st == ST_NOT_FOUND && every_s == 0)
        return ST_OK; /* it was taken away meanwhile */
    if (every_s > 0)
        run->again_at = clock_now_ms() + every_s * 1000;
    if (st != ST_OK)
        run->why = done.why;
    return st;
}

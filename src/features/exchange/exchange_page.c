/* exchange_page.c - the public page of sources, and the page where a feed is checked. */
#include "base/clock.h"
#include "base/date.h"
#include "exchange_feature.h"
#include "exchange_pages.h"
#include "exchange_view.h"
#include "web/outside.h"
#include <string.h>

static struct str words_of(struct ctx *c, const char *key, const char *name, struct str value)
{
    const struct text_arg arg = {name, value};

    return text_fill(c->mem, text_get(c->lang, key), &arg, 1);
}

static struct str where_of(struct ctx *c, int64_t row, struct str field)
{
    const struct str at = row > 0 ? words_of(c, "exchange.check-row", "row", str_fmt(c->mem, "%lld", (long long)row)) : STR("");

    if (at.n == 0 && field.n == 0)
        return STR("");
    return str_fmt(c->mem, "%.*s%s%.*s:", (int)at.n, at.p, at.n > 0 && field.n > 0 ? ", " : "", (int)field.n, field.p);
}

/* ---- sources ---- */

static struct str every_words(struct ctx *c, int64_t s)
{
    static const struct {
        int seconds;
        const char *key;
    } units[] = {{86400, "exchange.every-days"}, {3600, "exchange.every-hours"}, {60, "exchange.every-minutes"}, {1, "exchange.every-seconds"}};
    int i = 0;

    while (s % units[i].seconds != 0)
        i++;
    return words_of(c, units[i].key, "n", str_fmt(c->mem, "%lld", (long long)(s / units[i].seconds)));
}

static enum status read_refusals(struct ctx *c, int64_t feed_id, struct exchange_source *out)
{
    enum { SHOWN = 10 };
    struct exchange_refusal *list;
    int n = 0;
    const enum status st = exchange_refusals(c, feed_id, SHOWN, &list, &n);

    out->refusals = ARENA_ARRAY(c->mem, struct exchange_source_refusal, (size_t)n);
    for (int i = 0; st == ST_OK && i < n; i++)
        out->refusals[out->n_refusals++] = (struct exchange_source_refusal){
            where_of(c, list[i].row, list[i].field), words_of(c, str_z(c->mem, list[i].message), "value", list[i].value)};
    return st;
}

static const char *state_key(struct str state)
{
    return str_eq_z(state, "taken") ? "exchange.state-taken" : str_eq_z(state, "same") ? "exchange.state-same" : "exchange.state-failed";
}

static const char *kind_key(enum exchange_kind k)
{
    return k == EXCHANGE_PORTAL ? "exchange.kind-portal" : k == EXCHANGE_HSDS ? "exchange.kind-hsds" : "exchange.kind-file";
}

static enum status read_source(struct ctx *c, const struct exchange_feed *f, struct exchange_source *out)
{
    struct exchange_pull *p;
    int n = 0;
    const enum status st = exchange_pulls(c, f->feed_id, 1, &p, &n);

    *out = (struct exchange_source){.name = f->name, .url = f->url, .kind = text_get(c->lang, kind_key(f->kind)), .every = every_words(c, f->every_s)};
    if (st != ST_OK || n == 0)
        return st;
    out->state_key = state_key(p[0].state);
    out->is_failed = str_eq_z(p[0].state, "failed");
    out->why = p[0].why;
    out->when = text_day(c->mem, c->lang, clock_day_at(p[0].began_at));
    out->n_read = (int)p[0].n_read;
    out->n_new = (int)p[0].n_added;
    out->n_changed = (int)p[0].n_changed;
    out->n_gone = (int)p[0].n_gone;
    out->n_refused = (int)p[0].n_refused;
    return read_refusals(c, f->feed_id, out);
}

/* GET /dati/fonti */
enum status exchange_sources_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct exchange_sources_view v = {.frame = frame_new(w, text_get(c->lang, "exchange.sources-title"))};
    struct exchange_feed *feeds;
    int n = 0;
    enum status st = exchange_feeds(c, &feeds, &n);

    v.list = ARENA_ARRAY(c->mem, struct exchange_source, (size_t)n);
    for (int i = 0; st == ST_OK && i < n; i++)
        st = read_source(c, &feeds[i], &v.list[v.n_list++]);
    return st == ST_OK ? html_exchange_sources(w, &v) : st;
}

/* ---- checking ---- */

static void group_lines(struct ctx *c, const struct check_report *r, enum check_level level, struct exchange_check_group *g)
{
    g->lines = ARENA_ARRAY(c->mem, struct exchange_check_line, (size_t)r->n_lines);
    for (int i = 0; i < r->n_lines; i++)
        if (r->lines[i].level == level)
            g->lines[g->n_lines++] = (struct exchange_check_line){where_of(c, r->lines[i].row, r->lines[i].field),
                                                                  exchange_check_words(c->mem, &r->lines[i], c->lang), (int)r->lines[i].n - 1};
}

static void show_report(struct ctx *c, const struct check_report *r, struct exchange_check_view *v)
{
    static const struct {
        enum check_level level;
        const char *key, *id;
    } groups[] = {{CHECK_ERROR, "exchange.check-errors", "errori"}, {CHECK_WARNING, "exchange.check-warnings", "avvisi"},
                  {CHECK_ADVICE, "exchange.check-advice", "consigli"}};

    v->is_done = true;
    v->is_good = r->n_errors == 0 && r->why.n == 0 && r->n_rows > 0;
    v->verdict_key = exchange_check_verdict(r);
    v->why = r->why;
    v->n_rows = (int)r->n_rows;
    v->n_errors = (int)r->n_errors;
    v->n_warnings = (int)r->n_warnings;
    v->n_advice = (int)r->n_advice;
    v->groups = ARENA_ARRAY(c->mem, struct exchange_check_group, 3);
    for (int i = 0; i < 3; i++) {
        struct exchange_check_group g = {.title_key = groups[i].key, .id = groups[i].id};

        group_lines(c, r, groups[i].level, &g);
        if (g.n_lines > 0)
            v->groups[v->n_groups++] = g;
    }
}

static struct exchange_check_view new_view(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct exchange_check_view v = {.frame = frame_new(w, text_get(c->lang, "exchange.check-title"))};

    frame_crumb(w, v.frame, text_get(c->lang, "exchange.sources-title"), STR("/dati/fonti"));
    return v;
}

/* GET /dati/controlla */
enum status exchange_check_page(struct web *w)
{
    struct exchange_check_view v = new_view(w);

    return html_exchange_check(w, &v);
}

/* POST /dati/controlla - nothing of it is stored. */
enum status exchange_check_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct exchange_check_view v = new_view(w);
    struct check_report *r = ARENA_NEW(c->mem, struct check_report);
    struct web_upload file = {.bytes = STR("")};
    struct check_ask ask = {.c = c, .db = db_of(c->tx), .outside = web_site(w)->outside, .mem = c->mem, .lang = c->lang};

    v.address = str_trim(web_field(w, "indirizzo"));
    v.text = web_field(w, "testo");
    web_upload_at(w, "file", 0, &file);
    ask.bytes = file.bytes.n > 0 ? file.bytes : v.text;
    ask.what = file.bytes.n == 0 && v.address.n > 0 ? str_z(c->mem, v.address) : NULL;
    if (ask.what == NULL && str_trim(ask.bytes).n == 0) {
        v.error = text_get(c->lang, "exchange.check-nothing");
        web_set_code(w, 422);
        return html_exchange_check(w, &v);
    }
    exchange_check(&ask, r);
    show_report(c, r, &v);
    return html_exchange_check(w, &v);
}

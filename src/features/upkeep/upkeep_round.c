/* upkeep_round.c - what a day asks: look at what changed, count silence, write mails, draw the sample. */
#include "base/digest.h"
#include "base/macros.h"
#include "base/random.h"
#include "features/catalogue/catalogue_write.h"
#include "upkeep_area.h"
#include "upkeep_corrections.h"
#include "upkeep_days.h"
#include "upkeep_mail.h"
#include "upkeep_sample.h"
#include "upkeep_sql.h"
#include "core/places/places.h"

enum { BLOCK = 500 };
static const int64_t YEAR_MS = 366ll * 86400000;

/* ---- what the catalogue brought ---- */

static enum status look_at(struct ctx *c, struct upkeep_areas *areas, const struct service *s, struct upkeep_report *r)
{
    struct upkeep_answers who;
    struct upkeep_row row;
    enum status st;

    if (s->initiative_year != 0)
        return ST_OK;
    st = upkeep_store_one(c, s->service_id, &row);
    const bool is_new = st == ST_NOT_FOUND;

    if (st != ST_OK && !is_new)
        return st;
    if (is_new && s->state == SERVICE_GONE)
        return ST_OK;
    if (is_new)
        row = upkeep_begin(s, c->today);
    const bool is_changed = !is_new && upkeep_follow(&row, s);

    st = upkeep_area_of(c, areas, s, &who);
    if (st != ST_OK || (!is_new && !is_changed && who.body_id == row.body_id && who.district_id == row.district_id))
        return st;
    row.body_id = who.body_id;
    row.district_id = who.district_id;
    r->n_back += is_changed && row.state == UPKEEP_KEPT && row.due_on > c->today;
    return upkeep_store_put(c, &row);
}

/* Bodies merge, comuni change body: then every entry is looked at again. */
static enum status areas_sum(struct ctx *c, int64_t *out)
{
    struct places_state state;
    struct digest d;
    const enum status st = places_state(c, &state);

    digest_begin(&d);
    digest_int(&d, state.n_memberships);
    digest_int(&d, state.of_memberships);
    digest_int(&d, state.n_areas);
    digest_int(&d, state.of_areas);
    *out = digest_end(&d);
    return st;
}

static enum status look(struct ctx *c, int64_t after_change, struct upkeep_report *r)
{
    struct upkeep_areas *const areas = upkeep_areas_new_telling(c->mem);
    struct service_read ask = {.after_change = after_change, .limit = BLOCK, .with_gone = true, .without_ids = true};
    struct arena *const block = arena_new(0);
    struct ctx in_block = *c;
    struct service *list;
    enum status st;
    int n = 0;

    in_block.mem = block;
    do {
        arena_reset(block);
        st = catalogue_read(&in_block, block, &ask, &list, &n);
        for (int i = 0; st == ST_OK && i < n; i++)
            st = look_at(&in_block, areas, &list[i], r);
        if (st == ST_OK && n > 0)
            ask.after_id = list[n - 1].service_id;
        r->n_seen += n;
    } while (st == ST_OK && n > 0);
    arena_free(block);
    return st;
}

/* ---- marks in the catalogue ---- */

static enum status mark(struct ctx *c)
{
    struct upkeep_entry_due_state_row *rows;
    int n = 0;
    enum status st =
        upkeep_sql_entry_due_state(c, &(struct upkeep_entry_due_state_in){.today = day_iso(c->mem, c->today)}, &rows, &n);

    for (int i = 0; st == ST_OK && i < n; i++)
        st = catalogue_set_due(c, rows[i].service_id, (enum due_state)rows[i].wanted);
    return st;
}

/* ---- silence ---- */

static enum status count_silence(struct ctx *c, struct upkeep_report *r)
{
    const struct str today = day_iso(c->mem, c->today);
    int64_t n_listed = 0, n_sunk = 0;
    enum status st = upkeep_sql_entry_tick(c, NULL);

    if (st == ST_OK)
        st = upkeep_sql_mailbox_tick(c, NULL);
    if (st == ST_OK)
        st = upkeep_sql_entry_list_silent(
            c, &(struct upkeep_entry_list_silent_in){.list_rounds = UPKEEP_LIST_ROUNDS}, &n_listed);
    if (st == ST_OK)
        st = upkeep_sql_entry_sink(
            c, &(struct upkeep_entry_sink_in){.sink_rounds = UPKEEP_SINK_ROUNDS, .today = today}, &n_sunk);
    r->n_listed += (int)n_listed;
    r->n_sunk += (int)n_sunk;
    return st;
}

/* ---- the sample ---- */

static enum status read_entries(struct ctx *c, struct sample_entry **out, int *n_out)
{
    struct upkeep_entry_shown_row *rows;
    const enum status st = upkeep_sql_entry_shown(c, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct sample_entry, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = (struct sample_entry){.service_id = rows[i].service_id,
                                          .organisation_id = rows[i].organisation_id,
                                          .body_id = rows[i].body_id,
                                          .district_id = rows[i].district_id,
                                          .sampled_month = rows[i].has_sampled_month ? (int)rows[i].sampled_month : 0};
    return ST_OK;
}

static enum status keep_drawn(struct ctx *c, const struct sample_entry *e, int month)
{
    struct upkeep_mailbox m;
    enum status st = upkeep_sql_check_add(c,
                                          &(struct upkeep_check_add_in){.month = month,
                                                                        .service_id = e->service_id,
                                                                        .organisation_id = e->organisation_id,
                                                                        .body_id = e->body_id,
                                                                        .district_id = e->district_id},
                                          NULL);

    if (st == ST_OK)
        st = upkeep_store_mailbox(c, e->organisation_id, &m);
    m.sampled_month = month;
    return st == ST_OK ? upkeep_store_put_mailbox(c, &m) : st;
}

static enum status draw(struct ctx *c, struct upkeep_report *r)
{
    const int month = upkeep_month_of(c->today);
    struct upkeep_sample_one_row drawn;
    struct sample_entry *list;
    int64_t seed;
    int n = 0;
    enum status st = upkeep_sql_sample_one(c, &(struct upkeep_sample_one_in){.month = month}, &drawn);

    if (st != ST_NOT_FOUND)
        return st;
    random_bytes(&seed, sizeof seed);
    seed = (int64_t)((uint64_t)seed >> 1); /* people read it: no sign */
    st = read_entries(c, &list, &n);
    if (st == ST_OK && n > 0)
        st = upkeep_sql_sample_add(c,
                                   &(struct upkeep_sample_add_in){.month = month,
                                                                  .seed = seed,
                                                                  .drawn_on = day_iso(c->mem, c->today),
                                                                  .n_shown = n},
                                   NULL);
    if (st != ST_OK || n == 0)
        return st;
    r->n_sampled = sample_draw(c->mem, list, n, seed, month);
    for (int i = 0; st == ST_OK && i < n; i++)
        if (list[i].is_drawn)
            st = keep_drawn(c, &list[i], month);
    return st;
}

/* ---- the whole ---- */

/* Steps that a careful round leaves out: nobody is written to, nothing sinks because of a clock. */
static enum status go_on(struct ctx *c, struct upkeep_report *r)
{
    const bool is_pause = upkeep_is_pause(c->today);
    enum status st = upkeep_mail_results(c, r);

    if (st == ST_OK && !is_pause)
        st = count_silence(c, r);
    if (st == ST_OK && !is_pause)
        st = upkeep_mail_round(c, r);
    if (st == ST_OK)
        st = mark(c);
    return st == ST_OK ? draw(c, r) : st;
}

/* A managing body ends on its day without any row changing: all entries are looked at once a month. */
static bool is_same_month(const struct upkeep_round_get_row *last, int today)
{
    return last->made_on.n > 0 && upkeep_month_of(day_parse(last->made_on)) == upkeep_month_of(today);
}

static enum status round_in_italian(struct ctx *c, struct upkeep_report *r)
{
    const struct str today = day_iso(c->mem, c->today);
    struct upkeep_round_get_row last;
    int64_t areas = 0, change = 0;
    enum status st = upkeep_sql_round_get(c, &last);

    if (st != ST_OK)
        return st;
    if (str_eq(last.made_on, today))
        return ST_OK;
    r->is_made = true;
    r->is_jump = upkeep_is_jump(upkeep_day_of(last.made_on), c->today);
    st = areas_sum(c, &areas);
    if (st == ST_OK)
        st = catalogue_change(c, &change);
    if (st == ST_OK)
        st = look(c, areas == last.areas_sum && is_same_month(&last, c->today) ? last.change_no : 0, r);
    if (st == ST_OK && !r->is_jump)
        st = go_on(c, r);
    if (st == ST_OK)
        st = upkeep_corrections_sweep(c);
    if (st == ST_OK)
        st = upkeep_sql_act_sweep(c, &(struct upkeep_act_sweep_in){.before = c->now_ms - YEAR_MS}, NULL);
    if (st != ST_OK)
        return st;
    return upkeep_sql_round_set(
        c,
        &(struct upkeep_round_set_in){.made_on = today,
                                      .change_no = change,
                                      .areas_sum = areas,
                                      .note = r->is_jump ? str_fmt(c->mem, "jump from %.*s", (int)last.made_on.n, last.made_on.p)
                                                         : STR("")},
        NULL);
}

enum status upkeep_round(struct ctx *c, struct upkeep_report *out)
{
    const enum lang lang = c->lang;

    *out = (struct upkeep_report){.is_made = false};
    c->lang = LANG_IT; /* bodies are written to in Italian, whoever makes the round */
    const enum status st = round_in_italian(c, out);

    c->lang = lang;
    return st;
}

/* upkeep.c - what a body does to its entries: confirm, undo, rhythm; the time it takes. */
#include "upkeep.h"
#include "base/digest.h"
#include "base/macros.h"
#include "base/random.h"
#include "features/catalogue/catalogue_edit.h"
#include "features/catalogue/catalogue_write.h"
#include "upkeep_act.h"
#include "upkeep_area.h"
#include "upkeep_corrections.h"
#include "upkeep_days.h"
#include "upkeep_sql.h"

enum { BATCH_LEN = 20, MOST_SECONDS = 900, MS = 1000 };
static const int64_t HALF_DAY_MS = 43200000;

/* ---- how an entry stands ---- */

static struct upkeep_entry entry_of(const struct ctx *c, const struct upkeep_row *r)
{
    return (struct upkeep_entry){.service_id = r->service_id,
                                 .organisation_id = r->organisation_id,
                                 .body_id = r->body_id,
                                 .district_id = r->district_id,
                                 .slug = r->slug,
                                 .name = r->name,
                                 .rhythm_months = r->rhythm_months,
                                 .due_on = r->due_on,
                                 .state = r->state,
                                 .is_due = r->due_on <= c->today,
                                 .is_hidden = r->is_hidden,
                                 .confirmed_on = r->confirmed_on,
                                 .verified_on = r->verified_on,
                                 .n_corrections = r->n_corrections,
                                 .score = upkeep_score_of(r->lasting, r->confirmed_on, c->today),
                                 .n_calls = r->n_calls,
                                 .called_on = r->called_on};
}

/* Before the first round has seen it: as it will begin. */
static enum status begin(struct ctx *c, const struct service *s, struct upkeep_row *out)
{
    struct upkeep_answers who;

    if (s->initiative_year != 0)
        return ST_NOT_FOUND;
    *out = upkeep_begin(s, c->today);
    const enum status st = upkeep_area_of(c, upkeep_areas_new(c->mem), s, &who);

    out->body_id = who.body_id;
    out->district_id = who.district_id;
    return st;
}

enum status upkeep_row_of(struct ctx *c, const struct service *s, struct upkeep_row *out)
{
    const enum status st = upkeep_store_one(c, s->service_id, out);

    if (st == ST_NOT_FOUND)
        return begin(c, s, out);
    if (st == ST_OK && upkeep_follow(out, s))
        out->confirmed_on = s->confirmed_on;
    return st;
}

enum status upkeep_entry(struct ctx *c, int64_t service_id, struct upkeep_entry *out)
{
    struct upkeep_row r;
    struct service s;
    enum status st = upkeep_store_one(c, service_id, &r);

    if (st == ST_NOT_FOUND) {
        st = catalogue_service(c, service_id, &s);
        if (st == ST_OK)
            st = begin(c, &s, &r);
    }
    if (st == ST_OK)
        *out = entry_of(c, &r);
    return st;
}

enum status upkeep_entries(struct ctx *c, const struct upkeep_list *l, struct upkeep_entry **out, int *n_out)
{
    struct upkeep_row *rows;
    int n = 0;
    const enum status st = upkeep_store_of_organisation(c, l->organisation_id, &rows, &n);

    *n_out = 0;
    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct upkeep_entry, (size_t)n);
    for (int i = 0; i < n; i++) {
        const bool is_asked = !rows[i].is_hidden && (rows[i].state != UPKEEP_KEPT || rows[i].due_on <= c->today);

        if (is_asked || !l->only_due)
            (*out)[(*n_out)++] = entry_of(c, &rows[i]);
    }
    return ST_OK;
}

/* ---- what was on the screen ---- */

struct str upkeep_seen(struct ctx *c, const struct service *s)
{
    struct digest d;

    digest_begin(&d);
    for (int f = EDIT_NONE + 1; f < EDIT_FIELD_COUNT; f++)
        digest_text(&d, catalogue_edit_text(c->mem, (enum edit_field)f, s));
    return str_fmt(c->mem, "%016llx", (unsigned long long)digest_end(&d));
}

/* ---- confirm ---- */

struct str upkeep_new_batch(struct ctx *c)
{
    return random_code(c->mem, BATCH_LEN);
}

struct confirming {
    const struct upkeep_confirm *f;
    struct str batch;
    int n_done;
};

static enum status put_fresh(struct ctx *c, const struct service *s, struct upkeep_row *r)
{
    r->seen_confirmed_on = c->today;
    r->due_on = upkeep_due_after(c->today, r->rhythm_months, c->today);
    r->state = UPKEEP_KEPT;
    r->waited = r->n_calls = 0;
    r->listed_why = STR("");
    const enum status st = upkeep_store_put(c, r);

    return st == ST_OK && s->due_state != DUE_FRESH ? catalogue_set_due(c, s->service_id, DUE_FRESH) : st;
}

enum status upkeep_note_act(struct ctx *c, const struct service *s, const struct upkeep_row *r, const char *kind,
                            struct str batch, struct str corrections)
{
    return upkeep_store_add_act(c, &(struct upkeep_act){.batch = batch,
                                                        .service_id = r->service_id,
                                                        .organisation_id = r->organisation_id,
                                                        .kind = kind,
                                                        .confirmed_on = s->confirmed_on,
                                                        .confirmed_how = s->confirmed_how,
                                                        .confirmed_by = s->confirmed_by,
                                                        .due_on = r->due_on,
                                                        .state = r->state,
                                                        .waited = r->waited,
                                                        .verified_on = r->verified_on,
                                                        .service_state = s->state,
                                                        .corrections = corrections});
}

static enum status confirm_one(struct ctx *c, struct confirming *k, struct upkeep_one *one)
{
    struct service s;
    struct upkeep_row r;
    struct str closed;
    enum status st = catalogue_service(c, one->service_id, &s);

    one->result = UPKEEP_NOT_HERE;
    if (st == ST_NOT_FOUND)
        return ST_OK;
    if (st != ST_OK)
        return st;
    if (s.state != SERVICE_SHOWN || (k->f->organisation_id != 0 && s.organisation_id != k->f->organisation_id))
        return ST_OK;
    if (one->seen.n > 0 && !str_eq(one->seen, upkeep_seen(c, &s))) {
        one->result = UPKEEP_CHANGED;
        return ST_OK;
    }
    st = upkeep_row_of(c, &s, &r);
    if (st != ST_OK)
        return st == ST_NOT_FOUND ? ST_OK : st;
    if (s.confirmed_on == c->today && r.state == UPKEEP_KEPT && r.due_on > c->today && r.n_corrections == 0) {
        one->result = UPKEEP_ALREADY;
        return ST_OK;
    }
    st = upkeep_corrections_close(c, s.service_id, false, &closed);
    if (st == ST_OK)
        st = upkeep_note_act(c, &s, &r, "confirmed", k->batch, closed);
    if (st == ST_OK)
        st = catalogue_confirm(c, s.service_id, c->today, k->f->how, k->f->by);
    if (st == ST_OK)
        st = put_fresh(c, &s, &r);
    one->result = UPKEEP_DONE;
    k->n_done++;
    return st;
}

enum status upkeep_confirm(struct ctx *c, const struct upkeep_confirm *f, struct str *out_batch, int *n_done)
{
    struct confirming k = {.f = f, .batch = upkeep_new_batch(c)};
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && i < f->n; i++)
        st = confirm_one(c, &k, &f->list[i]);
    *out_batch = k.n_done > 0 ? k.batch : STR("");
    *n_done = k.n_done;
    return st;
}

/* ---- undo ---- */

static enum status put_back(struct ctx *c, const struct upkeep_act *a, struct upkeep_row *r)
{
    enum status st = ST_OK;

    r->due_on = a->due_on;
    r->state = a->state;
    r->waited = a->waited;
    r->verified_on = a->verified_on;
    r->seen_confirmed_on = a->confirmed_on;
    if (strcmp(a->kind, "hidden") == 0 || strcmp(a->kind, "shown") == 0) {
        st = catalogue_set_state(c, a->service_id, a->service_state);
        r->hidden_on = DAY_NONE;
        r->hidden_why = STR("");
        r->is_shown = a->service_state == SERVICE_SHOWN;
        r->seen_confirmed_on = r->confirmed_on;
    } else {
        st = catalogue_unconfirm(c, a->service_id, a->confirmed_on, a->confirmed_how, a->confirmed_by);
    }
    if (st == ST_OK)
        st = upkeep_store_put(c, r);
    if (st == ST_OK && upkeep_due_state(r, c->today) != r->due_state)
        st = catalogue_set_due(c, a->service_id, upkeep_due_state(r, c->today));
    if (st == ST_OK)
        st = upkeep_corrections_open_again(c, a->corrections);
    return st == ST_OK ? upkeep_store_undone(c, a->act_id) : st;
}

enum status upkeep_undo(struct ctx *c, int64_t organisation_id, struct str batch, int *n_undone, int *n_left)
{
    struct upkeep_act *acts;
    int n = 0;
    enum status st = upkeep_store_acts(c, batch, &acts, &n);

    *n_undone = *n_left = 0;
    if (st == ST_OK && n == 0)
        return ST_NOT_FOUND;
    for (int i = 0; st == ST_OK && i < n; i++) {
        struct upkeep_row r;

        if (organisation_id != 0 && acts[i].organisation_id != organisation_id)
            return ST_NOT_FOUND;
        st = upkeep_store_one(c, acts[i].service_id, &r);
        if (st != ST_OK)
            break;
        if (!acts[i].is_last) {
            ++*n_left;
            continue;
        }
        st = put_back(c, &acts[i], &r);
        ++*n_undone;
    }
    return st;
}

/* ---- rhythm, score, time ---- */

enum status upkeep_set_rhythm(struct ctx *c, int64_t service_id, int months)
{
    struct service s;
    struct upkeep_row r;

    if (months != 1 && months != 3 && months != 6 && months != 12)
        return fail(c, ST_INVALID, "upkeep.rhythm-unknown");
    enum status st = catalogue_service(c, service_id, &s);

    if (st == ST_OK)
        st = upkeep_row_of(c, &s, &r);
    if (st != ST_OK || r.rhythm_months == months)
        return st;
    r.rhythm_months = months;
    r.due_on = upkeep_due_after(s.confirmed_on, months, r.due_on);
    st = upkeep_store_put(c, &r);
    if (st == ST_OK && upkeep_due_state(&r, c->today) != s.due_state)
        st = catalogue_set_due(c, service_id, upkeep_due_state(&r, c->today));
    return st;
}

enum status upkeep_edited(struct ctx *c, int64_t service_id)
{
    struct service s;
    struct upkeep_row r;
    struct str closed;
    enum status st = catalogue_service(c, service_id, &s);

    if (st == ST_OK)
        st = upkeep_row_of(c, &s, &r);
    if (st == ST_OK)
        st = upkeep_store_put(c, &r);
    if (st == ST_OK)
        st = upkeep_corrections_close(c, service_id, true, &closed);
    return st == ST_NOT_FOUND ? ST_OK : st;
}

enum status upkeep_spent(struct ctx *c, int64_t organisation_id, struct str opened_ms)
{
    int64_t opened = 0;

    if (!str_to_int(opened_ms, &opened) || opened > c->now_ms || opened < c->now_ms - HALF_DAY_MS)
        return ST_OK;
    const int64_t seconds = (c->now_ms - opened + MS / 2) / MS;

    return upkeep_sql_minutes_add(c,
                                  &(struct upkeep_minutes_add_in){.organisation_id = organisation_id,
                                                                  .month = upkeep_month_of(c->today),
                                                                  .seconds = seconds < MOST_SECONDS ? seconds : MOST_SECONDS},
                                  NULL);
}

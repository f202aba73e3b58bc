/* upkeep_outcomes.c - what a call brought: right, wrong, nobody, no longer there. */
#include "base/macros.h"
#include "core/post/post.h"
#include "features/catalogue/catalogue_write.h"
#include "upkeep_act.h"
#include "upkeep_calls.h"
#include "upkeep_corrections.h"
#include "upkeep_days.h"
#include "upkeep_sql.h"
#include "core/places/places.h"
#include <math.h>

enum { WHY_LEAST = 10, WHY_MOST = 300 };
static const double KM_A_DEGREE = 111.0;

enum status upkeep_call_nobody(struct ctx *c, int64_t service_id)
{
    struct upkeep_check_one_row check;
    struct upkeep_row r;
    enum status st = upkeep_store_one(c, service_id, &r);

    if (st != ST_OK)
        return st;
    r.n_calls++;
    r.called_on = c->today;
    st = upkeep_store_put(c, &r);
    if (st == ST_OK)
        st = upkeep_sql_check_one(c, &(struct upkeep_check_one_in){.service_id = service_id}, &check);
    if (st != ST_OK)
        return st == ST_NOT_FOUND ? ST_OK : st;
    return upkeep_sql_check_set(c,
                                &(struct upkeep_check_set_in){.month = check.month,
                                                              .service_id = service_id,
                                                              .outcome = STR("nobody"),
                                                              .wrong = STR(""),
                                                              .n_calls = check.n_calls + 1,
                                                              .checked_on = day_iso(c->mem, c->today)},
                                NULL);
}

static enum status set_check(struct ctx *c, int64_t service_id, const char *outcome, struct str wrong)
{
    struct upkeep_check_one_row check;
    const enum status st = upkeep_sql_check_one(c, &(struct upkeep_check_one_in){.service_id = service_id}, &check);

    if (st != ST_OK)
        return st;
    return upkeep_sql_check_set(c,
                                &(struct upkeep_check_set_in){.month = check.month,
                                                              .service_id = service_id,
                                                              .outcome = str_of(outcome),
                                                              .wrong = wrong,
                                                              .n_calls = check.n_calls + 1,
                                                              .checked_on = day_iso(c->mem, c->today)},
                                NULL);
}

/* Answered already, by somebody else a moment ago: ST_CONFLICT. */
enum status upkeep_check_right(struct ctx *c, int64_t service_id, struct call_done *d)
{
    struct upkeep_one one = {.service_id = service_id};
    struct upkeep_row r;
    int n = 0;
    enum status st = set_check(c, service_id, "right", STR(""));

    if (st == ST_NOT_FOUND)
        return fail(c, ST_CONFLICT, "upkeep.check-done");
    if (st == ST_OK)
        st = upkeep_confirm(c, &(struct upkeep_confirm){.how = HOW_PHONE, .by = d->by, .list = &one, .n = 1}, &d->batch, &n);
    if (st == ST_OK)
        st = upkeep_store_one(c, service_id, &r);
    if (st != ST_OK)
        return st;
    r.verified_on = c->today;
    return upkeep_store_put(c, &r);
}

enum status upkeep_check_wrong(struct ctx *c, int64_t service_id, struct str wrong)
{
    struct upkeep_row r;
    enum status st;

    if (wrong.n == 0) {
        problems_add(&c->problems, "cosa", "upkeep.check-what-missing", wrong);
        return ST_INVALID;
    }
    st = set_check(c, service_id, "wrong", wrong);
    if (st == ST_NOT_FOUND)
        return fail(c, ST_CONFLICT, "upkeep.check-done");
    if (st == ST_OK)
        st = upkeep_store_one(c, service_id, &r);
    if (st != ST_OK)
        return st;
    r.verified_on = DAY_NONE; /* what was found right once is not any more */
    st = upkeep_store_put(c, &r);
    /* as it stands: but who has read it asks again */
    return st == ST_OK ? catalogue_set_due(c, service_id, r.due_state) : st;
}

/* ---- the last for a need ---- */

static bool has_need(struct str needs, struct str need)
{
    while (needs.n > 0)
        if (str_eq(str_cut(&needs, ' '), need))
            return true;
    return false;
}

/* Takes out of left[] what an entry answers. */
static void answer(struct str *left, int *n_left, struct str needs)
{
    int kept = 0;

    for (int i = 0; i < *n_left; i++)
        if (!has_need(needs, left[i]))
            left[kept++] = left[i];
    *n_left = kept;
}

static enum status answer_near(struct ctx *c, const struct service *s, const struct location *l, struct str *left, int *n_left)
{
    const double up = UPKEEP_NEAR_KM / KM_A_DEGREE, across = up / cos(l->lat * M_PI / 180);
    const struct upkeep_near_of_need_in in = {.service_id = s->service_id,
                                              .lat_from = l->lat - up,
                                              .lat_to = l->lat + up,
                                              .lon_from = l->lon - across,
                                              .lon_to = l->lon + across};
    struct upkeep_near_of_need_row *rows;
    int n = 0;
    const enum status st = upkeep_sql_near_of_need(c, &in, &rows, &n);

    for (int i = 0; st == ST_OK && i < n; i++)
        if (places_distance_m(l->lat, l->lon, rows[i].lat, rows[i].lon) <= UPKEEP_NEAR_KM * 1000)
            answer(left, n_left, rows[i].needs);
    return st;
}

enum status upkeep_last_for(struct ctx *c, const struct service *s, struct str *out_need)
{
    struct str *const left = ARENA_ARRAY(c->mem, struct str, (size_t)s->n_needs);
    int n_left = s->n_needs;
    bool has_place = false;
    enum status st = ST_OK;

    *out_need = STR("");
    for (int i = 0; i < s->n_needs; i++)
        left[i] = s->needs[i];
    for (int i = 0; st == ST_OK && n_left > 0 && i < s->n_ats; i++) {
        const struct location *const l = s->ats[i].location;

        if (l == NULL || !l->has_point)
            continue;
        has_place = true;
        st = answer_near(c, s, l, left, &n_left);
    }
    if (st == ST_OK && !has_place && n_left > 0) {
        struct upkeep_remote_of_need_row *rows;
        int n = 0;

        st = upkeep_sql_remote_of_need(c, &(struct upkeep_remote_of_need_in){.service_id = s->service_id}, &rows, &n);
        for (int i = 0; st == ST_OK && i < n; i++)
            answer(left, &n_left, rows[i].needs);
    }
    if (n_left > 0)
        *out_need = left[0];
    return st;
}

/* ---- hiding ---- */

static enum status check_why(struct ctx *c, const struct service *s, struct str why)
{
    struct str need;
    const enum status st = upkeep_last_for(c, s, &need);
    const size_t n = str_length(why);

    if (st != ST_OK)
        return st;
    if (n > WHY_MOST)
        problems_add(&c->problems, "perche", "upkeep.hide-why-long", text_int(c->mem, c->lang, (int64_t)n - WHY_MOST));
    else if (need.n > 0 && n < WHY_LEAST)
        problems_add(&c->problems, "perche", "upkeep.hide-last", need);
    return c->problems.n > 0 ? ST_INVALID : ST_OK;
}

enum status upkeep_hide(struct ctx *c, const struct hide_ask *h, struct call_done *d)
{
    const struct str why = str_trim(h->why);
    struct service s;
    struct upkeep_row r;
    struct str closed;
    enum status st = catalogue_service(c, h->service_id, &s);

    if (st == ST_OK && s.state != SERVICE_SHOWN)
        return ST_NOT_FOUND;
    if (st == ST_OK)
        st = check_why(c, &s, why);
    if (st == ST_OK)
        st = upkeep_row_of(c, &s, &r);
    if (st != ST_OK)
        return st;
    d->batch = upkeep_new_batch(c);
    st = upkeep_corrections_close(c, h->service_id, true, &closed);
    if (st == ST_OK)
        st = upkeep_note_act(c, &s, &r, "hidden", d->batch, closed);
    if (st == ST_OK)
        st = catalogue_set_state(c, h->service_id, SERVICE_HIDDEN);
    r.is_shown = false;
    r.hidden_on = c->today;
    r.hidden_why = why;
    return st == ST_OK ? upkeep_store_put(c, &r) : st;
}

enum status upkeep_show(struct ctx *c, int64_t service_id, struct call_done *d)
{
    struct upkeep_row r;
    enum status st = upkeep_store_one(c, service_id, &r);

    if (st == ST_OK && !r.is_hidden)
        return ST_NOT_FOUND;
    if (st == ST_OK)
        st = catalogue_set_state(c, service_id, SERVICE_SHOWN);
    if (st != ST_OK)
        return st;
    r.is_shown = true;
    r.hidden_on = DAY_NONE;
    r.hidden_why = STR("");
    d->batch = STR("");
    return upkeep_store_put(c, &r);
}

/* ---- the desk's address ---- */

enum status upkeep_set_address(struct ctx *c, int64_t organisation_id, struct str email)
{
    struct upkeep_mailbox m;
    enum status st;

    email = str_trim(email);
    if (!post_is_address(email)) {
        problems_add(&c->problems, "email", "upkeep.address-not", email);
        return ST_INVALID;
    }
    st = upkeep_store_mailbox(c, organisation_id, &m);
    m.email = email;
    if (str_eq_z(m.mail_state, "bounced"))
        m.mail_state = STR("");
    m.since_mail = UPKEEP_PAUSE_ROUNDS; /* it is written to at the next round that has something to ask */
    if (st == ST_OK)
        st = upkeep_store_put_mailbox(c, &m);
    return st == ST_OK ? post_unmark(c, email) : st;
}

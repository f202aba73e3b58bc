/* albo_store.c - proposals as rows. */
#include "albo_store.h"
#include "base/clock.h"
#include "base/date.h"

static enum albo_state state_of(struct str s)
{
    if (str_eq_z(s, "approved"))
        return ALBO_APPROVED;
    return str_eq_z(s, "refused") ? ALBO_REFUSED : ALBO_WAITS;
}

const char *albo_state_name(enum albo_state s)
{
    return s == ALBO_APPROVED ? "approved" : s == ALBO_REFUSED ? "refused" : "waiting";
}

/* Three questions give rows of one shape and three types. */
#define PROPOSAL_OF(r)                                                                                                 \
    (struct albo_proposal)                                                                                             \
    {                                                                                                                  \
        .proposal_id = (r)->proposal_id, .code = (r)->code, .state = state_of((r)->state), .name = (r)->name,          \
        .runts_number = (r)->runts_number, .tax_id = (r)->tax_id, .street = (r)->street, .what = (r)->what,            \
        .phone = (r)->phone, .email = (r)->email, .website = (r)->website,                                             \
        .kind = organisations_kind_of((r)->kind), .section = albo_section_of((r)->runts_section),                      \
        .comune_id = (r)->comune_id, .themes = (r)->themes, .is_self_help = (r)->is_self_help != 0,                    \
        .is_responsible = (r)->is_responsible != 0, .received_on = clock_day_at((r)->received_at),                     \
        .answered_on = day_parse((r)->answered_on), .answer_by = clock_day_at((r)->received_at) + ALBO_ANSWER_DAYS,    \
        .answer = (r)->answer, .answered_by = (r)->answered_by, .organisation_id = (r)->organisation_id                \
    }

enum status albo_store_by_code(struct ctx *c, struct str code, struct albo_proposal *out)
{
    struct albo_proposal_by_code_row r;
    const enum status st = albo_sql_proposal_by_code(c, &(struct albo_proposal_by_code_in){code}, &r);

    if (st == ST_OK)
        *out = PROPOSAL_OF(&r);
    return st;
}

enum status albo_store_by_id(struct ctx *c, int64_t proposal_id, struct albo_proposal *out)
{
    struct albo_proposal_by_id_row r;
    const enum status st = albo_sql_proposal_by_id(c, &(struct albo_proposal_by_id_in){proposal_id}, &r);

    if (st == ST_OK)
        *out = PROPOSAL_OF(&r);
    return st;
}

enum status albo_store_waiting(struct ctx *c, int most, struct albo_proposal **out, int *n_out)
{
    struct albo_proposal_waiting_row *rows;
    const enum status st = albo_sql_proposal_waiting(c, &(struct albo_proposal_waiting_in){most}, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct albo_proposal, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = PROPOSAL_OF(&rows[i]);
    return ST_OK;
}

enum status albo_store_answer(struct ctx *c, const struct albo_proposal *p)
{
    const struct albo_proposal_answer_in in = {.proposal_id = p->proposal_id,
                                               .state = str_of(albo_state_name(p->state)),
                                               .answer = p->answer,
                                               .answered_on = day_iso(c->mem, c->today),
                                               .answered_by = p->answered_by,
                                               .organisation_id = p->organisation_id};
    int64_t n = 0;
    const enum status st = albo_sql_proposal_answer(c, &in, &n);

    return st == ST_OK && n == 0 ? ST_CONFLICT : st;
}

/* twins_store.c - pairs and joins as rows. */
#include "twins_store.h"
#include "base/date.h"

const char *twins_kind_name(enum twins_kind kind)
{
    return kind == TWINS_SERVICE ? "service" : "organisation";
}

static enum twins_kind kind_of(struct str s)
{
    return str_eq_z(s, "service") ? TWINS_SERVICE : TWINS_ORGANISATION;
}

static enum twins_state state_of(struct str s)
{
    if (str_eq_z(s, "joined"))
        return TWINS_JOINED;
    return str_eq_z(s, "different") ? TWINS_DIFFERENT : TWINS_OPEN;
}

/* The four questions give rows of one shape and four types. */
#define PAIR_OF(r)                                                                                                     \
    (struct twins_pair)                                                                                                \
    {                                                                                                                  \
        .pair_id = (r)->pair_id, .a_id = (r)->a_id, .b_id = (r)->b_id, .kind = kind_of((r)->kind),                     \
        .state = state_of((r)->state), .score = (int)(r)->score, .why = (int)(r)->why,                                 \
        .found_on = day_parse((r)->found_on), .answered_on = day_parse((r)->answered_on), .kept_id = (r)->kept_id,     \
        .choice = (r)->choice, .asked_by = (r)->asked_by, .asked_name = (r)->asked_name,                               \
        .answered_by = (r)->answered_by                                                                                \
    }
#define PAIRS_OF(c, rows, n, out)                                                                                      \
    do {                                                                                                               \
        *(out) = ARENA_ARRAY((c)->mem, struct twins_pair, (size_t)(n));                                                \
        for (int i = 0; i < (n); i++)                                                                                  \
            (*(out))[i] = PAIR_OF(&(rows)[i]);                                                                         \
    } while (0)

enum status twins_store_pair(struct ctx *c, int64_t pair_id, struct twins_pair *out)
{
    struct twins_pair_get_row r;
    const enum status st = twins_sql_pair_get(c, &(struct twins_pair_get_in){pair_id}, &r);

    if (st == ST_OK)
        *out = PAIR_OF(&r);
    return st;
}

enum status twins_store_open(struct ctx *c, int most, struct twins_pair **out, int *n_out)
{
    struct twins_pair_open_row *rows;
    const enum status st = twins_sql_pair_open(c, &(struct twins_pair_open_in){most}, &rows, n_out);

    if (st == ST_OK)
        PAIRS_OF(c, rows, *n_out, out);
    return st;
}

enum status twins_store_answered(struct ctx *c, int most, struct twins_pair **out, int *n_out)
{
    struct twins_pair_answered_row *rows;
    const enum status st = twins_sql_pair_answered(c, &(struct twins_pair_answered_in){most}, &rows, n_out);

    if (st == ST_OK)
        PAIRS_OF(c, rows, *n_out, out);
    return st;
}

enum status twins_store_of_organisation(struct ctx *c, int64_t organisation_id, int most, struct twins_pair **out,
                                        int *n_out)
{
    struct twins_pair_of_organisation_row *rows;
    const struct twins_pair_of_organisation_in in = {organisation_id, most};
    const enum status st = twins_sql_pair_of_organisation(c, &in, &rows, n_out);

    if (st == ST_OK)
        PAIRS_OF(c, rows, *n_out, out);
    return st;
}

#define JOIN_OF(r)                                                                                                     \
    (struct twins_join)                                                                                                \
    {                                                                                                                  \
        .join_id = (r)->join_id, .merged_id = (r)->merged_id, .kept_id = (r)->kept_id, .pair_id = (r)->pair_id,        \
        .kind = kind_of((r)->kind), .batch = (r)->batch, .by = (r)->by_body, .parted_by = (r)->parted_by,              \
        .joined_at = (r)->joined_at, .parted_at = (r)->parted_at                                                       \
    }

enum status twins_store_join(struct ctx *c, int64_t join_id, struct twins_join *out)
{
    struct twins_join_get_row r;
    const enum status st = twins_sql_join_get(c, &(struct twins_join_get_in){join_id}, &r);

    if (st == ST_OK)
        *out = JOIN_OF(&r);
    return st;
}

enum status twins_store_joins(struct ctx *c, int most, struct twins_join **out, int *n_out)
{
    struct twins_join_list_row *rows;
    const enum status st = twins_sql_join_list(c, &(struct twins_join_list_in){most}, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct twins_join, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = JOIN_OF(&rows[i]);
    return ST_OK;
}

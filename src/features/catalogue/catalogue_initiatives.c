/* catalogue_initiatives.c - is it still there? Answers of anybody, counted; no persons. */
#include "catalogue_feature.h"
#include "catalogue_store.h"
#include "catalogue_sql.h"

enum { HOUR_MS = 3600 * 1000, DAY_HOURS = 24, PER_HOUR = 240, NONCE_MAX = 64 };

/* Two queries give the same columns in rows of two types. */
#define INITIATIVE_OF(c, r)                                                                        \
    initiative_of((c), (struct initiative){.service_id = (r)->service_id,                          \
                                           .slug = (r)->slug,                                      \
                                           .name = (r)->name,                                      \
                                           .kind = (r)->kind,                                      \
                                           .what = (r)->what,                                      \
                                           .project_code = (r)->project_code,                      \
                                           .document = (r)->document,                              \
                                           .year = (int)(r)->year,                                 \
                                           .is_gone = str_eq_z((r)->state, "gone"),                \
                                           .here = (r)->n_here,                                    \
                                           .gone = (r)->n_gone,                                    \
                                           .unsure = (r)->n_unsure,                                \
                                           .last_answer = catalogue_answer_of((r)->last_answer),   \
                                           .last_answer_on = (r)->has_last_answer_on               \
                                                                 ? day_parse((r)->last_answer_on)  \
                                                                 : DAY_NONE},                      \
                  (r)->body_codes)

static struct initiative initiative_of(struct ctx *c, struct initiative i, struct str body_codes)
{
    struct str codes = str_copy(c->mem, body_codes);
    char *p = (char *)codes.p; /* ours: str_copy has just made it */

    for (size_t k = 0; k < codes.n; k++)
        if (p[k] == '|')
            p[k] = ' ';
    catalogue_store_words(c->mem, codes, &i.body_codes, &i.n_body_codes);
    return i;
}

enum status catalogue_initiatives(struct ctx *c, struct initiative **out, int *n_out)
{
    struct catalogue_initiative_all_row *rows;
    const enum status st = catalogue_sql_initiative_all(c, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct initiative, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = INITIATIVE_OF(c, &rows[i]);
    return ST_OK;
}

enum status catalogue_initiative(struct ctx *c, int64_t service_id, struct initiative *out)
{
    struct catalogue_initiative_one_row r;
    const enum status st =
        catalogue_sql_initiative_one(c, &(struct catalogue_initiative_one_in){service_id}, &r);

    if (st == ST_OK)
        *out = INITIATIVE_OF(c, &r);
    return st;
}

static int64_t hour_of(int64_t at_ms)
{
    return at_ms / HOUR_MS;
}

/* False when this form was counted before. */
static enum status count_form(struct ctx *c, struct str nonce, bool *out_is_new)
{
    struct catalogue_initiative_form_count_row n;
    const int64_t hour = hour_of(c->now_ms);
    int64_t n_changed = 0;
    enum status st = catalogue_sql_initiative_form_count(
        c, &(struct catalogue_initiative_form_count_in){hour}, &n);

    if (st == ST_OK)
        st = catalogue_sql_initiative_form_add(
            c, &(struct catalogue_initiative_form_add_in){nonce, hour}, &n_changed);
    *out_is_new = n_changed == 1;
    if (st == ST_OK && *out_is_new && n.n >= PER_HOUR)
        return fail(c, ST_INVALID, "catalogue.too-many-answers");
    return st;
}

enum status catalogue_initiative_answer(struct ctx *c, int64_t service_id, enum initiative_answer a,
                                        struct str nonce)
{
    struct initiative i;
    bool is_new = false;
    enum status st = catalogue_initiative(c, service_id, &i);

    if (st != ST_OK)
        return st;
    if (catalogue_answer_name(a) == NULL || a == 0)
        return fail(c, ST_INVALID, "catalogue.no-answer");
    if (nonce.n == 0 || nonce.n > NONCE_MAX)
        return fail(c, ST_INVALID, "catalogue.no-answer");
    if (c->problems.n > 0) /* a form that came late: shown again, nothing is counted */
        return ST_INVALID;
    st = count_form(c, nonce, &is_new);
    if (st != ST_OK || !is_new)
        return st;
    const struct catalogue_initiative_answer_in in = {.service_id = service_id,
                                                      .here = a == INITIATIVE_HERE,
                                                      .gone = a == INITIATIVE_GONE,
                                                      .unsure = a == INITIATIVE_UNSURE,
                                                      .answer = str_of(catalogue_answer_name(a)),
                                                      .on_day = day_iso(c->mem, c->today)};

    return catalogue_sql_initiative_answer(c, &in, NULL);
}

enum status catalogue_initiatives_sweep(struct ctx *c)
{
    return catalogue_sql_initiative_form_sweep(
        c, &(struct catalogue_initiative_form_sweep_in){hour_of(c->now_ms) - DAY_HOURS}, NULL);
}

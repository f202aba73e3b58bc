/* finder_clarity.c - counts how clear the pages are; the only file that touches finder_clarity. */
#include "finder_clarity.h"
#include "base/date.h"
#include "core/messages/messages.h"
#include "finder_sql.h"
#include <stdlib.h>

enum { KEEP_SENT_DAYS = 2, MONTH_BYTES = 7 };

static enum status check(struct ctx *c, const struct finder_clarity_form *f)
{
    struct finder_clarity_sent_count_row sent;
    const struct finder_clarity_sent_count_in in = {.sent_on = day_iso(c->mem, c->today)};
    const enum status st = finder_sql_clarity_sent_count(c, &in, &sent);

    if (st != ST_OK)
        return st;
    if (f->stars < 1 || f->stars > CLARITY_STARS || f->answer < 0 || f->answer > CLARITY_ANSWERS)
        problems_add(&c->problems, "stelle", "finder.clarity-choose", STR(""));
    if (str_length(f->words) > CLARITY_WORDS_MAX)
        problems_add(&c->problems, "altro", "finder.clarity-too-long", STR(""));
    if (sent.n >= CLARITY_PER_DAY)
        problems_add(&c->problems, "stelle", "finder.clarity-too-many", STR(""));
    return c->problems.n > 0 ? ST_INVALID : ST_OK;
}

enum status finder_clarity_send(struct ctx *c, const struct finder_clarity_form *f,
                                struct str *out_code)
{
    const struct str today = day_iso(c->mem, c->today);
    int64_t n_new = 0;
    enum status st = check(c, f);

    *out_code = STR("");
    if (st == ST_OK && str_trim(f->words).n > 0)
        st = messages_send(
            c, &(struct messages_form){.words = f->words, .page = f->page, .nonce = f->nonce},
            out_code);
    if (st == ST_OK)
        st = finder_sql_clarity_sent_add(
            c, &(struct finder_clarity_sent_add_in){.nonce = f->nonce, .sent_on = today}, &n_new);
    if (st != ST_OK || n_new == 0)
        return st;
    return finder_sql_clarity_add(
        c,
        &(struct finder_clarity_add_in){.service_uuid = f->service_uuid,
                                        .month = str_head(today, MONTH_BYTES),
                                        .stars = f->stars,
                                        .answer = f->answer},
        NULL);
}

/* The least clear first; among equals the one more people judged. */
static int by_clarity(const void *a, const void *b)
{
    const struct finder_clarity_row *x = a, *y = b;
    const int64_t left = x->stars_total * y->n, right = y->stars_total * x->n;

    if (left != right)
        return left < right ? -1 : 1;
    return (x->n < y->n) - (x->n > y->n);
}

enum status finder_clarity_rows(struct ctx *c, struct finder_clarity_row **out, int *n_out)
{
    struct finder_clarity_all_row *rows;
    int n = 0;
    const enum status st = finder_sql_clarity_all(c, &rows, &n);

    *n_out = 0;
    if (st != ST_OK)
        return st;
    struct finder_clarity_row *list = ARENA_ARRAY(c->mem, struct finder_clarity_row, (size_t)n);

    for (int i = 0; i < n; i++) {
        if (*n_out == 0 || !str_eq(list[*n_out - 1].service_uuid, rows[i].service_uuid))
            list[(*n_out)++].service_uuid = rows[i].service_uuid;
        struct finder_clarity_row *const r = &list[*n_out - 1];

        r->n += rows[i].n;
        r->stars_total += rows[i].n * rows[i].stars;
        r->n_stars[rows[i].stars] += rows[i].n;
        if (rows[i].stars >= CLARITY_POSITIVE)
            r->n_liked[rows[i].answer] += rows[i].n;
        else
            r->n_hard[rows[i].answer] += rows[i].n;
    }
    qsort(list, (size_t)*n_out, sizeof *list, by_clarity);
    *out = list;
    return ST_OK;
}

enum status finder_clarity_sweep(struct ctx *c)
{
    const struct finder_clarity_sent_sweep_in in = {.before =
                                                        day_iso(c->mem, c->today - KEEP_SENT_DAYS)};

    return finder_sql_clarity_sent_sweep(c, &in, NULL);
}

/* catalogue_misses.c - reads and writes the counts of searches that found nothing. */
#include "catalogue_misses.h"
#include "catalogue_sql.h"

static struct str month_of(struct ctx *c, int year, int month)
{
    return str_fmt(c->mem, "%04d-%02d", year, month);
}

enum status catalogue_miss_put(struct ctx *c, const struct miss *m)
{
    const struct catalogue_miss_put_in in = {
        .need = m->need, .area_id = m->area_id, .month = month_of(c, m->year, m->month), .n = m->n};

    return catalogue_sql_miss_put(c, &in, NULL);
}

enum status catalogue_misses_before(struct ctx *c, int year, int month, struct miss **out,
                                    int *n_out)
{
    struct catalogue_miss_before_row *rows;
    const struct catalogue_miss_before_in in = {.month = month_of(c, year, month)};
    const enum status st = catalogue_sql_miss_before(c, &in, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct miss, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++) {
        int64_t y = 0, mo = 0;

        str_to_int(str_head(rows[i].month, 4), &y);
        str_to_int(str_from(rows[i].month, 5), &mo);
        (*out)[i] = (struct miss){.need = rows[i].need,
                                  .area_id = rows[i].area_id,
                                  .year = (int)y,
                                  .month = (int)mo,
                                  .n = (int)rows[i].n};
    }
    return ST_OK;
}

enum status catalogue_misses_drop(struct ctx *c, int year, int month)
{
    return catalogue_sql_miss_drop(
        c, &(struct catalogue_miss_drop_in){.month = month_of(c, year, month)}, NULL);
}

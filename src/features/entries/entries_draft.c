/* entries_draft.c - drafts out of their table and into it; a line of core/bodies/parts.h for each field. */
#include "entries_draft.h"
#include "entries_sql.h"
#include "core/bodies/parts.h"

static const int64_t DAY_MS = 86400000;

enum status draft_save(struct ctx *c, const struct draft_of *of, const struct draft *d)
{
    struct buf b = buf_new(c->mem, 1024);

    for (int i = 0; i < d->n; i++)
        parts_put_line(&b, 'E',
                       (const struct str[]){str_of(catalogue_edit_shape(d->fields[i].field)->name), d->fields[i].text, d->fields[i].was}, 3);
    if (d->paste.n > 0)
        parts_put_line(&b, 'T', (const struct str[]){d->paste}, 1);
    const struct entries_draft_put_in in = {of->organisation_id, of->link_id, of->service_id, buf_view(&b), c->now_ms};

    return entries_sql_draft_put(c, &in, NULL);
}

static void unpack(struct ctx *c, struct str packed, struct draft *out)
{
    struct str cells[3], rest = packed;
    char letter;

    out->fields = ARENA_ARRAY(c->mem, struct draft_field, EDIT_FIELD_COUNT);
    while (parts_next_line(c->mem, &rest, &letter, cells, 3)) {
        const enum edit_field field = letter == 'E' ? catalogue_edit_named(cells[0]) : EDIT_NONE;

        if (letter == 'T')
            out->paste = cells[0];
        if (field != EDIT_NONE && out->n < EDIT_FIELD_COUNT)
            out->fields[out->n++] = (struct draft_field){field, cells[1], cells[2]};
    }
}

enum status draft_find(struct ctx *c, const struct draft_of *of, struct draft *out)
{
    struct entries_draft_of_row *rows;
    int n = 0, best = 0;
    const enum status st = entries_sql_draft_of(c, &(struct entries_draft_of_in){of->organisation_id, of->service_id}, &rows, &n);

    *out = (struct draft){0};
    if (st != ST_OK)
        return st;
    if (n == 0)
        return ST_NOT_FOUND;
    for (int i = n - 1; i >= 0; i--)
        if (rows[i].link_id == of->link_id)
            best = i;
    out->draft_id = rows[best].draft_id;
    out->link_id = rows[best].link_id;
    out->saved_at_ms = rows[best].saved_at;
    unpack(c, rows[best].fields, out);
    return ST_OK;
}

enum status draft_drop(struct ctx *c, const struct draft_of *of)
{
    return entries_sql_draft_drop(c, &(struct entries_draft_drop_in){of->organisation_id, of->service_id, of->link_id}, NULL);
}

enum status draft_drop_one(struct ctx *c, int64_t organisation_id, int64_t draft_id)
{
    return entries_sql_draft_drop_one(c, &(struct entries_draft_drop_one_in){organisation_id, draft_id}, NULL);
}

enum status draft_entries(struct ctx *c, int64_t organisation_id, int64_t **out_ids, int *n_out)
{
    struct entries_draft_all_row *rows;
    const enum status st = entries_sql_draft_all(c, &(struct entries_draft_all_in){organisation_id}, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out_ids = ARENA_ARRAY(c->mem, int64_t, (size_t)*n_out + 1);
    for (int i = 0; i < *n_out; i++)
        (*out_ids)[i] = rows[i].service_id;
    return ST_OK;
}

enum status draft_sweep(struct ctx *c)
{
    return entries_sql_draft_sweep(c, &(struct entries_draft_sweep_in){c->now_ms - DRAFT_DAYS * DAY_MS}, NULL);
}

/* publish_xlsx.c - GET /dati/servizi.xlsx: the same rows as the CSV, as a spreadsheet. */
#include "base/date.h"
#include "publish_api_routes.h"
#include "publish_export.h"
#include "publish_row.h"

enum { MOST_BYTES = 12 * 1024 * 1024, COLUMN_WIDTH = 24 };

/* One row after the other: services block by block, each at all its places. Its memory has no trap, since
 * nothing may jump out over the library that writes. */
struct rows {
    struct ctx own;
    struct api_out o;
    struct arena *block_mem, *row_mem;
    struct export *x;
    struct service *block;
    int n, at, place;
};

/* The next service that is there; false: there are no more, or *st says why. */
static bool take_service(struct rows *r, enum status *st)
{
    while (r->at >= r->n) {
        if (publish_is_done(r->x))
            return false;
        arena_reset(r->block_mem);
        r->own.mem = r->block_mem;
        *st = publish_next(&r->own, r->x, &r->block, &r->n);
        r->at = r->place = 0;
        if (*st != ST_OK)
            return false;
    }
    return true;
}

static bool next_row(void *arg, struct xlsx_cell *cells, enum status *st)
{
    struct rows *r = arg;

    if (!take_service(r, st))
        return false;
    const struct service *s = &r->block[r->at];

    arena_reset(r->row_mem);
    r->own.mem = r->row_mem;
    publish_row(&r->o, s, s->n_ats == 0 ? NULL : &s->ats[r->place], cells);
    *st = r->o.upkept.st;
    r->place++;
    if (r->place >= s->n_ats) {
        r->at++;
        r->place = 0;
    }
    return *st == ST_OK;
}

static void name_columns(struct xlsx_column *to)
{
    for (int i = 0; i < PUBLISH_COLUMNS; i++)
        to[i] = (struct xlsx_column){.name = str_of(publish_columns[i]), .width = COLUMN_WIDTH};
}

static enum status write_book(struct web *w, struct rows *r, struct arena *mem, struct str *out)
{
    struct xlsx_column columns[PUBLISH_COLUMNS];
    const struct site *site = web_site(w);
    const enum lang lang = web_lang(w);
    const struct xlsx_info info[] = {
        {text_get(lang, "publish.xlsx-from"), str_of(site->portal_name)},
        {text_get(lang, "publish.xlsx-address"), r->o.origin},
        {text_get(lang, "publish.xlsx-licence"), str_of(site->licence)},
        {text_get(lang, "publish.xlsx-day"), day_iso(mem, r->own.today)},
        {text_get(lang, "publish.xlsx-demo"), text_get(lang, "publish.xlsx-demo-text")},
    };
    const struct xlsx_book book = {.sheet = text_get(lang, "publish.xlsx-sheet"),
                                   .columns = columns,
                                   .n_columns = PUBLISH_COLUMNS,
                                   .info = info,
                                   .n_info = ARRAY_LEN(info),
                                   .made_on = r->own.today,
                                   .row = next_row,
                                   .arg = r};

    name_columns(columns);
    return xlsx_write(mem, &book, out);
}

/* In memory of its own: a page's must not end in the middle of the library's work. */
static enum status make_book(struct web *w, struct export *x)
{
    struct arena *mem = arena_new(0);
    struct rows *r = ARENA_NEW(mem, struct rows);
    struct str bytes = {"", 0};

    *r = (struct rows){.own = *web_ctx(w), .o = api_out_new(w), .block_mem = arena_new(0), .row_mem = arena_new(0), .x = x};
    r->own.problems = problems_new(mem);
    r->o.c = &r->own;
    enum status st = write_book(w, r, mem, &bytes);

    if (st == ST_OK && bytes.n > MOST_BYTES)
        st = ST_TOO_LARGE;
    if (st == ST_OK)
        buf_put(web_out(w), bytes.p, bytes.n);
    arena_free(r->row_mem);
    arena_free(r->block_mem);
    arena_free(mem);
    return st;
}

enum status publish_services_xlsx(struct web *w)
{
    struct export *x;
    bool is_same = false;
    enum status st = publish_select(w, &x);

    if (st == ST_OK)
        st = publish_has_same(w, x, STR("xlsx"), &is_same);
    if (st != ST_OK || is_same)
        return st;
    web_set_type(w, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    web_set_download(w, STR("servizi.xlsx"));
    st = make_book(w, x);
    return st == ST_TOO_LARGE ? fail(web_ctx(w), st, "publish.xlsx-large") : st;
}

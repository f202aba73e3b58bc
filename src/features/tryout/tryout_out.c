/* tryout_out.c - the list as it was understood, to take away: CSV and spreadsheet. */
#include "base/macros.h"
#include "base/sheet.h"
#include "base/text.h"
#include "base/xlsx_write.h"
#include "features/needs/needs.h"
#include "tryout_feature.h"
#include <string.h>

/* There even when the list has none of them: who opens the file sees what to fill in. */
static const enum sheet_field always[] = {SHEET_BODY,  SHEET_NAME,    SHEET_NEEDS,  SHEET_ELIGIBILITY, SHEET_PHONES,     SHEET_EMAIL,
                                          SHEET_HOURS, SHEET_ADDRESS, SHEET_COMUNE, SHEET_FEES,        SHEET_APPLICATION};

struct leaving {
    struct web *w;
    struct ctx *c;
    struct sheets *sheets;
    struct tryout_list list;
    struct sheet_row row;
    enum sheet_field fields[SHEET_FIELD_COUNT];
    int n_fields, at;
};

static bool has_field(const struct leaving *l, enum sheet_field f)
{
    for (int i = 0; i < ARRAY_LEN(always); i++)
        if (always[i] == f)
            return true;
    for (int i = 0; i < l->list.columns.n; i++)
        if (l->list.columns.of[i] == f)
            return true;
    return false;
}

static enum status begin(struct web *w, struct leaving **out, struct sheet_trouble *why)
{
    struct leaving *l = ARENA_NEW(web_ctx(w)->mem, struct leaving);

    l->w = w;
    l->c = web_ctx(w);
    const enum status st = tryout_begin(w, &l->list, &l->sheets, why);

    for (int f = 1; st == ST_OK && f < SHEET_FIELD_COUNT; f++)
        if (has_field(l, (enum sheet_field)f))
            l->fields[l->n_fields++] = (enum sheet_field)f;
    *out = l;
    return st;
}

/* The next row that is an entry; false: no more, or *st. */
static bool next(struct leaving *l, enum status *st)
{
    while (l->at < l->list.grid.n_rows) {
        *st = sheets_row(l->sheets, l->c, &l->list.grid, &l->list.columns, l->at++, &l->row);
        if (*st != ST_OK)
            return false;
        if (l->row.has_name)
            return true;
    }
    return false;
}

static struct str labels_of_needs(const struct leaving *l)
{
    struct buf b = buf_new(l->c->mem, 80);

    for (int i = 0; i < l->row.n_needs; i++) {
        const struct need *need = need_by_id(needs_of(l->c), l->row.needs[i]);

        if (need != NULL)
            buf_fmt(&b, "%s%.*s", b.n > 0 ? "; " : "", (int)need->label[NEED_IT].text.n, need->label[NEED_IT].text.p);
    }
    return buf_view(&b);
}

/* What was understood; what was not stays as it was typed. */
static struct str value_of(const struct leaving *l, enum sheet_field f)
{
    const struct sheet_cell_read *x = &l->row.cells[f];

    if (f == SHEET_NEEDS)
        return labels_of_needs(l);
    return x->text.n > 0 ? x->text : x->typed;
}

static struct str remarks(const struct leaving *l)
{
    struct buf b = buf_new(l->c->mem, 120);

    for (int f = 1; f < SHEET_FIELD_COUNT; f++) {
        const struct sheet_cell_read *x = &l->row.cells[f];
        const struct text_arg value = {"value", x->value};

        if (x->key == NULL)
            continue;
        const struct str field = sheet_field_words(l->c, (enum sheet_field)f), words = text_fill(l->c->mem, text_get(l->c->lang, x->key), &value, 1);

        buf_fmt(&b, "%s%.*s: %.*s", b.n > 0 ? " " : "", (int)field.n, field.p, (int)words.n, words.p);
    }
    return buf_view(&b);
}

/* POST /prova/elenco.csv */
enum status tryout_csv(struct web *w)
{
    struct sheet_trouble why;
    struct leaving *l;
    enum status st = begin(w, &l, &why);

    if (st == ST_INVALID)
        return tryout_refuse(w, &l->list, &why);
    if (st != ST_OK)
        return st;
    struct buf *b = web_out(w);

    web_set_type(w, "text/csv; charset=utf-8");
    web_set_download(w, STR("elenco.csv"));
    for (int i = 0; i < l->n_fields; i++)
        sheet_put(b, sheet_field_words(l->c, l->fields[i]));
    sheet_put(b, text_get(l->c->lang, "tryout.column-remarks"));
    sheet_end_row(b);
    while (next(l, &st)) {
        for (int i = 0; i < l->n_fields; i++)
            sheet_put(b, value_of(l, l->fields[i]));
        sheet_put(b, remarks(l));
        sheet_end_row(b);
    }
    return st;
}

static bool put_row(void *arg, struct xlsx_cell *cells, enum status *st)
{
    struct leaving *l = arg;

    if (!next(l, st))
        return false;
    for (int i = 0; i < l->n_fields; i++)
        cells[i] = (struct xlsx_cell){.kind = XLSX_TEXT, .text = value_of(l, l->fields[i])};
    cells[l->n_fields] = (struct xlsx_cell){.kind = XLSX_TEXT, .text = remarks(l)};
    return true;
}

static int width_of(enum sheet_field f)
{
    return f == SHEET_CAP || f == SHEET_PROVINCE ? 8 : f == SHEET_NAME || f == SHEET_ADDRESS || f == SHEET_HOURS ? 32 : 24;
}

/* POST /prova/elenco.xlsx */
enum status tryout_xlsx(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct xlsx_column *columns = ARENA_ARRAY(c->mem, struct xlsx_column, SHEET_FIELD_COUNT + 1);
    struct sheet_trouble why;
    struct leaving *l;
    enum status st = begin(w, &l, &why);

    if (st == ST_INVALID)
        return tryout_refuse(w, &l->list, &why);
    if (st != ST_OK)
        return st;
    for (int i = 0; i < l->n_fields; i++)
        columns[i] = (struct xlsx_column){sheet_field_words(c, l->fields[i]), width_of(l->fields[i])};
    columns[l->n_fields] = (struct xlsx_column){text_get(c->lang, "tryout.column-remarks"), 60};
    const struct xlsx_info info[] = {{text_get(c->lang, "tryout.info-what"), text_get(c->lang, "tryout.info-what-words")},
                                     {text_get(c->lang, "tryout.info-day"), text_day(c->mem, c->lang, c->today)},
                                     {text_get(c->lang, "tryout.info-next"), text_get(c->lang, "tryout.info-next-words")}};
    const struct xlsx_book book = {.sheet = text_get(c->lang, "tryout.sheet"),
                                   .columns = columns,
                                   .n_columns = l->n_fields + 1,
                                   .info = info,
                                   .n_info = ARRAY_LEN(info),
                                   .made_on = c->today,
                                   .row = put_row,
                                   .arg = l};
    struct str bytes;

    st = xlsx_write(c->mem, &book, &bytes);
    if (st != ST_OK)
        return st;
    web_set_type(w, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    web_set_download(w, STR("elenco.xlsx"));
    buf_str(web_out(w), bytes);
    return ST_OK;
}

/* regulations_files.c - the comparison to take away: CSV and XLSX, a row for each regulation. */
#include "base/date.h"
#include "base/macros.h"
#include "base/sheet.h"
#include "base/xlsx_write.h"
#include "regulations_compare.h"
#include "regulations_feature.h"

enum { STEPS = 10, OWN_COLUMNS = 15, COLUMNS = OWN_COLUMNS + STEPS + 1 };

static const char *const names[OWN_COLUMNS] = {"ente",           "codice_ente",   "distretto",     "tipo",         "titolo",
                                               "inventato",      "valido_dal",    "valido_al",     "schema",       "isee_usato",
                                               "unita",          "soglia_esente", "soglia_intera", "importo_massimo", "fonte"};

struct table {
    struct ctx *c;
    struct regulations_figure *f;
    struct str origin;
    int n, at;
};

static enum status read_table(struct web *w, struct table *out)
{
    struct ctx *c = web_ctx(w);
    const enum regulation_kind kind = regulations_asked_kind(web_query(w, "tipo"));
    const struct regulations_asked a = regulations_asked_of(kind);
    struct regulation *list;
    int n = 0, n_unread = 0;
    enum status st = regulations_list(c, &(struct regulations_find){.kind = kind, .on = c->today}, &list, &n);

    *out = (struct table){.c = c, .origin = web_origin(w)};
    return st == ST_OK ? regulations_figures(c, list, n, &a, &out->f, &out->n, &n_unread) : st;
}

static struct str name_of(struct ctx *c, int column)
{
    if (column < OWN_COLUMNS)
        return str_of(names[column]);
    return str_fmt(c->mem, "isee_%d", REGULATIONS_TO_CENTS / STEPS / 100 * (column - OWN_COLUMNS));
}

static struct xlsx_cell words(struct str s)
{
    return (struct xlsx_cell){.kind = XLSX_TEXT, .text = s};
}

static struct xlsx_cell euro(bool is_there, int64_t cents)
{
    return is_there ? (struct xlsx_cell){.kind = XLSX_NUMBER, .number = (double)cents / 100} : (struct xlsx_cell){.kind = XLSX_EMPTY};
}

static struct xlsx_cell at_isee(const struct regulations_figure *f, int step)
{
    const int64_t isee = (int64_t)REGULATIONS_TO_CENTS / STEPS * step;

    for (int i = 0; i < f->curve.n_points; i++)
        if (f->curve.points[i].isee_cents == isee)
            return euro(f->curve.points[i].is_known, f->curve.points[i].cents);
    return (struct xlsx_cell){.kind = XLSX_EMPTY};
}

static struct xlsx_cell cell(struct ctx *c, const struct regulations_figure *f, int column)
{
    const struct regulation *const r = f->regulation;
    const struct xlsx_cell own[OWN_COLUMNS] = {
        words(r->body), words(r->body_code), words(r->district), words(regulations_kind_words(c, r->kind)), words(r->title),
        words(r->is_invented ? text_get(c->lang, "regulations.invented") : STR("")), words(day_iso(c->mem, r->from)),
        words(r->to == DAY_NONE ? STR("") : day_iso(c->mem, r->to)), words(regulations_pattern_words(c, r)),
        words(regulations_isee_words(c, &f->curve)), words(f->per), euro(f->curve.has_free, f->curve.free_cents),
        euro(f->curve.has_full, f->curve.full_cents), euro(true, f->curve.most_cents), words(rules_source_of(f->rules).text)};

    return column < OWN_COLUMNS ? own[column] : at_isee(f, column - OWN_COLUMNS);
}

/* GET /regolamenti/confronto.csv?tipo= */
enum status regulations_csv(struct web *w)
{
    struct buf *const b = web_out(w);
    struct table t;
    const enum status st = read_table(w, &t);

    if (st != ST_OK)
        return st;
    web_set_type(w, "text/csv; charset=utf-8");
    web_set_download(w, STR("regolamenti.csv"));
    for (int k = 0; k < COLUMNS; k++)
        sheet_put(b, name_of(t.c, k));
    sheet_end_row(b);
    for (int i = 0; i < t.n; i++) {
        for (int k = 0; k < COLUMNS; k++) {
            const struct xlsx_cell x = cell(t.c, &t.f[i], k);

            sheet_put(b, x.kind == XLSX_TEXT ? x.text : x.kind == XLSX_NUMBER ? str_fmt(t.c->mem, "%.2f", x.number) : STR(""));
        }
        sheet_end_row(b);
    }
    return ST_OK;
}

static bool next_row(void *arg, struct xlsx_cell *cells, enum status *st)
{
    struct table *const t = arg;

    (void)st;
    if (t->at == t->n)
        return false;
    for (int k = 0; k < COLUMNS; k++)
        cells[k] = cell(t->c, &t->f[t->at], k);
    t->at++;
    return true;
}

/* GET /regolamenti/confronto.xlsx?tipo= */
enum status regulations_xlsx(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct xlsx_column columns[COLUMNS];
    struct table t;
    struct str bytes;
    bool is_invented = false;
    enum status st = read_table(w, &t);

    if (st != ST_OK)
        return st;
    for (int k = 0; k < COLUMNS; k++)
        columns[k] = (struct xlsx_column){name_of(c, k), k == 0 || k == 4 ? 32 : 0};
    for (int i = 0; i < t.n; i++)
        is_invented = is_invented || t.f[i].regulation->is_invented;
    const struct xlsx_info info[] = {
        {text_get(c->lang, "regulations.info-what"), text_get(c->lang, "regulations.title")},
        {text_get(c->lang, "regulations.info-source"), text_get(c->lang, "regulations.info-source-is")},
        {text_get(c->lang, "regulations.info-amounts"), text_get(c->lang, "regulations.info-amounts-is")},
        {text_get(c->lang, "regulations.info-note"), is_invented ? text_get(c->lang, "regulations.invented-long") : STR("–")}};
    const struct xlsx_book book = {.sheet = text_get(c->lang, "regulations.sheet"), .columns = columns, .n_columns = COLUMNS, .info = info,
                                   .n_info = ARRAY_LEN(info), .made_on = c->today, .row = next_row, .arg = &t};

    st = xlsx_write(c->mem, &book, &bytes);
    if (st != ST_OK)
        return st;
    web_set_type(w, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    web_set_download(w, STR("regolamenti.xlsx"));
    buf_str(web_out(w), bytes);
    return ST_OK;
}

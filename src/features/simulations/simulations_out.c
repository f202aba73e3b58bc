/* simulations_out.c - the result to take away: spreadsheet, CSV, and the file that can be run again. */
#include "base/macros.h"
#include "base/sheet.h"
#include "base/text.h"
#include "base/xlsx_write.h"
#include "simulations_asked.h"
#include "simulations_feature.h"

enum { N_NUMBERS = 10, N_COLUMNS = N_NUMBERS + 2 };

static const char *const column_keys[N_COLUMNS] = {
    "simulations.col-table", "simulations.col-row",  "simulations.col-households", "simulations.col-served-old",
    "simulations.col-served-new", "simulations.col-gain", "simulations.col-lose",  "simulations.col-same",
    "simulations.col-enter", "simulations.col-leave", "simulations.col-cost-old",  "simulations.col-cost-new"};

struct line {
    struct str table, row;
    const struct simulations_count *count;
};

struct leaving {
    struct ctx *c;
    struct line *lines;
    int n, at;
};

static void add(struct leaving *l, const char *table, struct str row, const struct simulations_count *x)
{
    if (x->households > 0)
        l->lines[l->n++] = (struct line){text_get(l->c->lang, table), row.n > 0 ? row : text_get(l->c->lang, "simulations.nowhere"), x};
}

static void fill_lines(struct ctx *c, const struct simulations_result *r, const struct simulations_population *p, struct leaving *l)
{
    *l = (struct leaving){.c = c, .lines = ARENA_ARRAY(c->mem, struct line, (size_t)(p->n_places + p->n_zones + SIMULATIONS_KINDS + 6))};
    add(l, "simulations.all", text_get(c->lang, "simulations.all"), &r->all);
    for (int k = 0; k < SIMULATIONS_KINDS; k++)
        add(l, "simulations.col-kind", simulations_kind_words(c, k), &r->kinds[k]);
    for (int q = 0; q < 5; q++)
        add(l, "simulations.col-fifth", str_fmt(c->mem, "%d (%lld.%02d)", q + 1, (long long)(r->quintile_to[q] / 100), (int)(r->quintile_to[q] % 100)),
            &r->quintiles[q]);
    for (int i = 0; i < p->n_zones; i++)
        add(l, "simulations.col-zone", p->zones[i], &r->zones[i]);
    for (int i = 0; i < p->n_places; i++)
        add(l, "simulations.col-comune", p->places[i], &r->places[i]);
}

/* Money last, in cents; false: not to be shown. */
static bool number_at(const struct simulations_count *x, int i, int64_t *out)
{
    const int64_t all[N_NUMBERS] = {x->households, x->served_old, x->served_new, x->gain, x->lose, x->same, x->enter, x->leave, x->cost_old, x->cost_new};

    *out = all[i];
    return !(i == 0 ? x->hides_households : i <= 2 ? x->hides_served : i <= 7 ? x->hides_moves : x->hides_money);
}

static bool put_row(void *arg, struct xlsx_cell *cells, enum status *st)
{
    struct leaving *const l = arg;

    (void)st;
    if (l->at == l->n)
        return false;
    const struct line *const x = &l->lines[l->at++];

    cells[0] = (struct xlsx_cell){.kind = XLSX_TEXT, .text = x->table};
    cells[1] = (struct xlsx_cell){.kind = XLSX_TEXT, .text = x->row};
    for (int i = 0; i < N_NUMBERS; i++) {
        int64_t v;

        if (number_at(x->count, i, &v))
            cells[i + 2] = (struct xlsx_cell){.kind = XLSX_NUMBER, .number = i < 8 ? (double)v : (double)v / 100};
    }
    return true;
}

static enum status begin(struct web *w, struct simulations_asked *a, struct simulations_result **r, struct simulations_population **p, struct leaving *l)
{
    enum status st = simulations_ask_read(w, a);

    if (st == ST_OK)
        st = simulations_ask_run(w, a, r, p);
    if (st == ST_OK)
        fill_lines(web_ctx(w), *r, *p, l);
    return st;
}

static struct str people_words(struct ctx *c, const struct simulations_population *p)
{
    const struct text_arg args[] = {{"n", text_int(c->mem, c->lang, p->p.n_households)}, {"persons", text_int(c->mem, c->lang, p->p.n_members)},
                                    {"seed", str_fmt(c->mem, "%llu", (unsigned long long)p->seed)}};

    return text_fill(c->mem, text_get(c->lang, p->is_synthetic ? "simulations.people-synthetic" : "simulations.people-csv"), args, 3);
}

/* POST /simulazioni/tabelle.xlsx */
enum status simulations_xlsx_post(struct web *w)
{
    struct ctx *const c = web_ctx(w);
    struct simulations_asked *const a = ARENA_NEW(c->mem, struct simulations_asked);
    struct xlsx_column *const columns = ARENA_ARRAY(c->mem, struct xlsx_column, N_COLUMNS);
    struct simulations_population *p;
    struct simulations_result *r;
    struct leaving l;
    struct str bytes;
    enum status st = begin(w, a, &r, &p, &l);

    if (st == ST_INVALID)
        return simulations_refuse(w, a);
    if (st != ST_OK)
        return st;
    for (int i = 0; i < N_COLUMNS; i++)
        columns[i] = (struct xlsx_column){text_get(c->lang, column_keys[i]), i == 1 ? 34 : 18};
    const struct xlsx_info info[] = {{text_get(c->lang, "simulations.info-what"), r->new_name},
                                     {text_get(c->lang, "simulations.info-people"), people_words(c, p)},
                                     {text_get(c->lang, "simulations.info-hidden"), text_get(c->lang, "simulations.hidden")},
                                     {text_get(c->lang, "simulations.info-hash"), str_of(r->hash)}};
    const struct xlsx_book book = {.sheet = text_get(c->lang, "simulations.title"), .columns = columns, .n_columns = N_COLUMNS, .info = info,
                                   .n_info = ARRAY_LEN(info), .made_on = c->today, .row = put_row, .arg = &l};

    st = xlsx_write(c->mem, &book, &bytes);
    if (st != ST_OK)
        return st;
    web_set_type(w, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    web_set_download(w, STR("simulazione.xlsx"));
    buf_str(web_out(w), bytes);
    return ST_OK;
}

/* POST /simulazioni/tabelle.csv */
enum status simulations_csv_post(struct web *w)
{
    struct ctx *const c = web_ctx(w);
    struct simulations_asked *const a = ARENA_NEW(c->mem, struct simulations_asked);
    struct simulations_population *p;
    struct simulations_result *r;
    struct leaving l;
    const enum status st = begin(w, a, &r, &p, &l);
    struct buf *const b = web_out(w);

    if (st == ST_INVALID)
        return simulations_refuse(w, a);
    if (st != ST_OK)
        return st;
    web_set_type(w, "text/csv; charset=utf-8");
    web_set_download(w, STR("simulazione.csv"));
    for (int i = 0; i < N_COLUMNS; i++)
        sheet_put(b, text_get(c->lang, column_keys[i]));
    sheet_end_row(b);
    for (int k = 0; k < l.n; k++) {
        sheet_put(b, l.lines[k].table);
        sheet_put(b, l.lines[k].row);
        for (int i = 0; i < N_NUMBERS; i++) {
            int64_t v;

            if (!number_at(l.lines[k].count, i, &v))
                sheet_put(b, STR(""));
            else if (i < 8)
                sheet_put_int(b, v);
            else
                sheet_put(b, str_fmt(c->mem, "%lld.%02d", (long long)(v / 100), (int)(v % 100)));
        }
        sheet_end_row(b);
    }
    return ST_OK;
}

/* POST /simulazioni/simulazione.json - brought back here or given to `wecare rules simulate --again` it gives the same. */
enum status simulations_json_post(struct web *w)
{
    struct ctx *const c = web_ctx(w);
    struct simulations_asked *const a = ARENA_NEW(c->mem, struct simulations_asked);
    struct simulations_population *p;
    struct simulations_result *r;
    struct leaving l;
    const enum status st = begin(w, a, &r, &p, &l);

    if (st == ST_INVALID)
        return simulations_refuse(w, a);
    if (st != ST_OK)
        return st;
    web_set_type(w, "application/json");
    web_set_download(w, STR("simulazione.json"));
    buf_str(web_out(w), simulations_json(c->mem, p, &a->choice, r));
    return ST_OK;
}

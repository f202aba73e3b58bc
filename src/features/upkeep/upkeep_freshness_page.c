/* upkeep_freshness_page.c - how fresh and how good the catalogue is, for everybody to see: page and file. */
#include "base/macros.h"
#include "base/sheet.h"
#include "upkeep_feature.h"
#include "upkeep_pages.h"
#include "upkeep_view.h"

enum { ROWS = 100, MINUTE = 60, HUNDRED = 100 };

static const struct {
    enum upkeep_by by;
    const char *name, *label, *caption;
} ways[] = {
    {UPKEEP_BY_DISTRICT, "distretto", "upkeep.by-district", "upkeep.table-district"},
    {UPKEEP_BY_BODY, "gestore", "upkeep.by-body", "upkeep.table-body"},
    {UPKEEP_BY_ORGANISATION, "ente", "upkeep.by-organisation", "upkeep.table-organisation"},
};

static int way_of(struct web *w)
{
    const struct str asked = web_query(w, "per");

    for (int i = 0; i < ARRAY_LEN(ways); i++)
        if (str_eq_z(asked, ways[i].name))
            return i;
    return 0;
}

static struct str per_cent(struct ctx *c, int n, int of)
{
    const int share = of == 0 ? 0 : (n * HUNDRED + of / 2) / of;

    /* all but one is not all, one is not none */
    return str_fmt(c->mem, "%d %%", share == HUNDRED && n < of ? HUNDRED - 1 : share == 0 && n > 0 ? 1 : share);
}

static struct str wrong_words(struct ctx *c, const struct upkeep_figure *f)
{
    if (f->n_checked == 0)
        return STR("");
    const struct text_arg args[] = {{"wrong", text_int(c->mem, c->lang, f->n_wrong)},
                                    {"n", text_int(c->mem, c->lang, f->n_checked)},
                                    {"low", text_int(c->mem, c->lang, f->wrong_low)},
                                    {"high", text_int(c->mem, c->lang, f->wrong_high)}};

    return text_fill(c->mem, text_get(c->lang, "upkeep.wrong-of"), args, ARRAY_LEN(args));
}

static struct str minutes_words(struct ctx *c, const struct upkeep_figure *f)
{
    if (f->seconds_per_entry < 0)
        return STR("");
    if (f->seconds_per_entry < MINUTE)
        return text_get(c->lang, "upkeep.less-than-a-minute");
    const int n = (f->seconds_per_entry + MINUTE / 2) / MINUTE;

    return text_fill(c->mem, text_get_n(c->lang, "upkeep.minutes", n),
                     &(struct text_arg){"n", text_int(c->mem, c->lang, n)}, 1);
}

static struct upkeep_bar bar_of(const struct upkeep_figure *f)
{
    struct upkeep_bar b = {0};

    if (f->n == 0)
        return b;
    b.fresh = f->n_fresh * HUNDRED / f->n;
    b.sunk = (f->n_sunk * HUNDRED + f->n - 1) / f->n;
    b.due = HUNDRED - b.fresh - b.sunk;
    b.due_at = b.fresh;
    b.sunk_at = b.fresh + b.due;
    return b;
}

static struct upkeep_figure_row row_of(struct ctx *c, enum upkeep_by by, const struct upkeep_figure *f)
{
    struct upkeep_figure_row r = {.name = f->name,
                                  .n = f->n,
                                  .n_fresh = f->n_fresh,
                                  .n_due = f->n_due,
                                  .n_sunk = f->n_sunk,
                                  .n_verified = f->n_verified,
                                  .score = f->score,
                                  .fresh_share = per_cent(c, f->n_fresh, f->n),
                                  .wrong = wrong_words(c, f),
                                  .minutes = minutes_words(c, f),
                                  .bar = bar_of(f)};

    if (f->slug.n > 0)
        r.path = str_fmt(c->mem, by == UPKEEP_BY_DISTRICT ? "/territorio/distretto/%.*s" : "/enti/%.*s", (int)f->slug.n, f->slug.p);
    if (r.name.n == 0)
        r.name = text_get(c->lang, by == UPKEEP_BY_DISTRICT ? "upkeep.no-district" : "upkeep.no-body");
    return r;
}

static void fill_ways(struct ctx *c, int chosen, struct upkeep_freshness_view *v)
{
    v->ways = ARENA_ARRAY(c->mem, struct upkeep_option, ARRAY_LEN(ways));
    v->n_ways = ARRAY_LEN(ways);
    for (int i = 0; i < ARRAY_LEN(ways); i++)
        v->ways[i] = (struct upkeep_option){str_fmt(c->mem, "/freschezza?per=%s", ways[i].name),
                                            text_get(c->lang, ways[i].label), i == chosen};
}

static void fill_criteria(struct ctx *c, struct upkeep_freshness_view *v)
{
    v->criteria = ARENA_ARRAY(c->mem, struct upkeep_fact, SCORE_PARTS);
    v->n_criteria = SCORE_PARTS;
    for (int i = 0; i < SCORE_PARTS; i++) {
        const char *const name = upkeep_score_name((enum score_part)i);

        v->criteria[i] = (struct upkeep_fact){text_get(c->lang, str_fmt(c->mem, "upkeep.score-%s", name).p),
                                              text_get(c->lang, str_fmt(c->mem, "upkeep.score-%s-how", name).p)};
    }
}

static void fill_rows(struct ctx *c, int way, const struct upkeep_figure *list, int n, int64_t page,
                      struct upkeep_freshness_view *v)
{
    const int last = n == 0 ? 0 : (n - 1) / ROWS, at = page < 1 ? 0 : page - 1 > last ? last : (int)page - 1;

    v->rows = ARENA_ARRAY(c->mem, struct upkeep_figure_row, ROWS);
    v->n_all = n;
    for (int i = at * ROWS; i < n && v->n_rows < ROWS; i++)
        v->rows[v->n_rows++] = row_of(c, ways[way].by, &list[i]);
    if (at > 0)
        v->previous_path = str_fmt(c->mem, "/freschezza?per=%s&pagina=%d", ways[way].name, at);
    if (at < last)
        v->next_path = str_fmt(c->mem, "/freschezza?per=%s&pagina=%d", ways[way].name, at + 2);
}

/* GET /freschezza?per=distretto|gestore|ente&pagina= */
enum status upkeep_freshness_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const int way = way_of(w);
    struct upkeep_freshness_view v = {.frame = frame_new(w, text_get(c->lang, "upkeep.freshness-title")),
                                      .caption = text_get(c->lang, ways[way].caption),
                                      .csv_path = str_fmt(c->mem, "/dati/freschezza.csv?per=%s", ways[way].name)};
    struct upkeep_figure *list, all;
    int64_t page = 1;
    int n = 0;
    const enum status st = upkeep_figures(c, ways[way].by, &list, &n, &all);

    if (st != ST_OK)
        return st;
    if (!str_to_int(web_query(w, "pagina"), &page))
        page = 1;
    v.frame->description = text_get(c->lang, "upkeep.freshness-description");
    v.all = row_of(c, ways[way].by, &all);
    v.has_checks = all.n_checked > 0;
    fill_ways(c, way, &v);
    fill_rows(c, way, list, n, page, &v);
    fill_criteria(c, &v);
    return html_upkeep_freshness(w, &v);
}

/* GET /dati/freschezza.csv?per= - the same numbers, all rows. */
enum status upkeep_freshness_csv(struct web *w)
{
    static const char *const names[] = {"indirizzo", "nome",      "schede",      "confermate",    "da_confermare", "da_riconfermare", "verificate",
                                        "qualita",   "controlli", "controlli_sbagliati", "errori_da", "errori_a",  "secondi_per_scheda_anno"};
    struct ctx *c = web_ctx(w);
    struct buf *const b = web_out(w);
    struct upkeep_figure *list, all;
    int n = 0;
    const enum status st = upkeep_figures(c, ways[way_of(w)].by, &list, &n, &all);

    if (st != ST_OK)
        return st;
    for (int i = 0; i < ARRAY_LEN(names); i++)
        sheet_put(b, str_of(names[i]));
    sheet_end_row(b);
    for (int i = 0; i < n; i++) {
        const struct upkeep_figure *const f = &list[i];
        const int numbers[] = {f->n, f->n_fresh, f->n_due, f->n_sunk, f->n_verified, f->score, f->n_checked, f->n_wrong};

        sheet_put(b, f->slug);
        sheet_put(b, f->name);
        for (int k = 0; k < ARRAY_LEN(numbers); k++)
            sheet_put_int(b, numbers[k]);
        for (int k = 0; k < 2; k++)
            if (f->n_checked > 0)
                sheet_put_int(b, k == 0 ? f->wrong_low : f->wrong_high);
            else
                sheet_put(b, STR(""));
        if (f->seconds_per_entry >= 0)
            sheet_put_int(b, f->seconds_per_entry);
        else
            sheet_put(b, STR(""));
        sheet_end_row(b);
    }
    web_set_type(w, "text/csv; charset=utf-8");
    web_set_download(w, STR("freschezza.csv"));
    return ST_OK;
}

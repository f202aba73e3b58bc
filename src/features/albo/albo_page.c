/* albo_page.c - the public list with its filters and its file. */
#include "albo.h"
#include "albo_feature.h"
#include "albo_pages.h"
#include "albo_view.h"
#include "albo_words.h"
#include "base/macros.h"
#include "base/sheet.h"

enum { PER_PAGE = 25, PER_PIECE = 500, MOST_PAGES = 100000 };

static enum status read_ask(struct web *w, struct albo_ask *ask, struct str *district)
{
    struct ctx *c = web_ctx(w);
    struct area area;
    int64_t page = 1;

    if (!str_to_int(web_query(w, "pagina"), &page) || page < 1 || page > MOST_PAGES)
        page = 1;
    *district = web_query(w, "distretto");
    *ask = (struct albo_ask){.words = str_trim(web_query(w, "testo")),
                             .kind = organisations_kind_of(web_query(w, "tipo")),
                             .section = albo_section_of(web_query(w, "sezione")),
                             .theme = web_query(w, "tema"),
                             .self_help = web_query(w, "aiuto").n > 0,
                             .responsible = web_query(w, "impresa").n > 0,
                             .page = (int)page,
                             .per_page = PER_PAGE};
    if (district->n == 0)
        return ST_OK;
    const enum status st = places_area_by_slug(c, AREA_DISTRICT, *district, &area);

    if (st == ST_OK)
        ask->area_id = area.area_id;
    else
        *district = STR("");
    return st == ST_NOT_FOUND ? ST_OK : st;
}

static struct albo_card_view card_of(struct ctx *c, const struct albo_line *l)
{
    struct albo_card_view v = {.name = l->name,
                               .path = str_fmt(c->mem, "/enti/%.*s", (int)l->slug.n, l->slug.p),
                               .kind = organisations_kind_words(c, l->kind),
                               .section = albo_section_words(c, l->section),
                               .runts = l->runts_number,
                               .comune = l->comune_name,
                               .phone = l->phone,
                               .themes = albo_themes_said(c, l->themes, l->n_themes),
                               .is_self_help = l->is_self_help,
                               .is_responsible = l->is_responsible,
                               .is_managing = l->is_managing,
                               .is_demo = l->is_demo};

    if (l->n_services > 0)
        v.services = text_fill(c->mem, text_get_n(c->lang, "albo.n-services", l->n_services),
                               &(struct text_arg){"n", text_int(c->mem, c->lang, l->n_services)}, 1);
    return v;
}

static enum status fill_districts(struct ctx *c, struct str chosen, struct albo_list_view *v)
{
    struct area *list;
    const enum status st = places_areas(c, AREA_DISTRICT, c->today, &list, &v->n_districts);

    if (st != ST_OK)
        return st;
    v->districts = ARENA_ARRAY(c->mem, struct albo_option, (size_t)v->n_districts);
    for (int i = 0; i < v->n_districts; i++)
        v->districts[i] = (struct albo_option){list[i].slug, list[i].name, str_eq(list[i].slug, chosen)};
    return st;
}

/* The same question, another page of it. */
static struct str page_path(struct web *w, const char *path, int page)
{
    static const char *const names[] = {"testo", "tipo", "sezione", "tema", "distretto", "aiuto", "impresa"};
    struct buf b = buf_new(web_ctx(w)->mem, 96);
    char mark = '?';

    buf_z(&b, path);
    for (int i = 0; i < ARRAY_LEN(names); i++) {
        const struct str value = web_query(w, names[i]);

        if (value.n == 0)
            continue;
        buf_fmt(&b, "%c%s=", mark, names[i]);
        for (size_t k = 0; k < value.n; k++) {
            const unsigned char ch = (unsigned char)value.p[k];
            const bool is_plain = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '-';

            buf_fmt(&b, is_plain ? "%c" : "%%%02X", ch);
        }
        mark = '&';
    }
    if (page > 1)
        buf_fmt(&b, "%cpagina=%d", mark, page);
    return buf_view(&b);
}

/* GET /albo */
enum status albo_list_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct albo_ask ask;
    struct albo_answer a;
    struct str district;
    enum status st = read_ask(w, &ask, &district);

    if (st == ST_OK)
        st = albo_list(c, &ask, &a);
    if (st != ST_OK)
        return st;
    struct albo_list_view v = {.frame = frame_new(w, text_get(c->lang, "albo.title")),
                               .words = ask.words,
                               .n_all = a.n_all,
                               .n_cards = a.n_lines,
                               .self_help = ask.self_help,
                               .responsible = ask.responsible,
                               .csv = page_path(w, "/dati/albo.csv", 1)};

    v.is_filtered = ask.words.n > 0 || ask.kind != 0 || ask.section != 0 || ask.theme.n > 0 || ask.area_id != 0 ||
                    ask.self_help || ask.responsible;
    v.cards = ARENA_ARRAY(c->mem, struct albo_card_view, (size_t)a.n_lines);
    for (int i = 0; i < a.n_lines; i++)
        v.cards[i] = card_of(c, &a.lines[i]);
    v.kinds = albo_kind_options(c, ask.kind, true, a.n_of_kind, &v.n_kinds);
    v.sections = albo_section_options(c, ask.section, a.n_of_section, &v.n_sections);
    v.themes = albo_theme_options(c, ask.theme, &v.n_themes);
    if (ask.page > 1)
        v.before = page_path(w, "/albo", ask.page - 1);
    if (ask.page * PER_PAGE < a.n_all)
        v.after = page_path(w, "/albo", ask.page + 1);
    st = fill_districts(c, district, &v);
    frame_crumb(w, v.frame, text_get(c->lang, "territory.title"), STR("/territorio"));
    return st == ST_OK ? html_albo_list(w, &v) : st;
}

/* ---- the file ---- */

static void put_row(struct ctx *c, struct buf *b, const struct albo_line *l)
{
    sheet_put(b, l->name);
    sheet_put(b, organisations_kind_words(c, l->kind));
    sheet_put(b, albo_section_words(c, l->section));
    sheet_put(b, l->runts_number);
    sheet_put(b, l->tax_id);
    sheet_put(b, l->comune_name);
    sheet_put(b, albo_themes_said(c, l->themes, l->n_themes));
    sheet_put(b, text_get(c->lang, l->is_self_help ? "albo.yes" : "albo.no"));
    sheet_put(b, text_get(c->lang, l->is_responsible ? "albo.yes" : "albo.no"));
    sheet_put_int(b, l->n_services);
    sheet_put(b, l->phone);
    sheet_put(b, l->email);
    sheet_put(b, l->website);
    sheet_put_int(b, l->is_demo);
    sheet_end_row(b);
}

/* The next page of the same question; what comes or goes meanwhile may move one line. */
static enum status csv_piece(struct web *w, void *state, bool *out_is_last)
{
    struct albo_ask *ask = state;
    struct ctx *c = web_ctx(w);
    struct albo_answer a;
    const enum status st = albo_list(c, ask, &a);

    for (int i = 0; st == ST_OK && i < a.n_lines; i++)
        put_row(c, web_out(w), &a.lines[i]);
    *out_is_last = st != ST_OK || ask->page * ask->per_page >= a.n_all;
    ask->page++;
    return st;
}

/* GET /dati/albo.csv - the same filters, all of it. */
enum status albo_csv(struct web *w)
{
    static const char *const names[] = {"ente", "tipo", "sezione_runts", "numero_runts", "codice_fiscale", "comune", "per_chi",
                                        "gruppo_di_aiuto", "impresa_responsabile", "schede", "telefono", "email", "sito",
                                        "dati_dimostrativi"};
    struct albo_ask *ask = ARENA_NEW(web_ctx(w)->mem, struct albo_ask);
    struct str district;
    const enum status st = read_ask(w, ask, &district);

    if (st != ST_OK)
        return st;
    ask->page = 1;
    ask->per_page = PER_PIECE;
    web_set_type(w, "text/csv; charset=utf-8");
    web_set_download(w, STR("albo-degli-enti.csv"));
    for (int i = 0; i < ARRAY_LEN(names); i++)
        sheet_put(web_out(w), str_of(names[i]));
    sheet_end_row(web_out(w));
    web_stream(w, csv_piece, ask);
    return ST_OK;
}

/* finder_gaps_data.c - Cosa manca qui as a file: all districts or comuni, or one area need by need.
 */
#include "base/macros.h"
#include "base/sheet.h"
#include "core/places/places.h"
#include "features/search/search_gaps.h"
#include "finder_feature.h"

static void put_names(struct buf *b, const char *const *names, int n)
{
    for (int i = 0; i < n; i++)
        sheet_put(b, str_of(names[i]));
    sheet_end_row(b);
}

static void put_areas(struct buf *b, const struct gap_row *rows, int n, struct str need)
{
    static const char *const of_all[] = {"indirizzo", "nome", "distretto", "bisogni",
                                         "bisogni_senza_risposta"};
    static const char *const of_one[] = {"indirizzo", "nome",   "distretto",   "bisogno",
                                         "servizi",   "comuni", "comuni_senza"};
    const bool is_one = need.n > 0;

    put_names(b, is_one ? of_one : of_all, is_one ? ARRAY_LEN(of_one) : ARRAY_LEN(of_all));
    for (int i = 0; i < n; i++) {
        sheet_put(b, rows[i].slug);
        sheet_put(b, rows[i].name);
        sheet_put(b, rows[i].district);
        if (is_one) {
            sheet_put(b, need);
            sheet_put_int(b, rows[i].n);
            sheet_put_int(b, rows[i].n_comuni);
            sheet_put_int(b, rows[i].n_comuni_without);
        } else {
            sheet_put_int(b, rows[i].n_needs);
            sheet_put_int(b, rows[i].n_missing);
        }
        sheet_end_row(b);
    }
}

static void put_needs(struct buf *b, const struct area *a, const struct gaps *g)
{
    static const char *const names[] = {"indirizzo",  "nome",         "bisogno", "descrizione",
                                        "servizi",    "a_distanza",   "comuni",  "comuni_senza",
                                        "piu_vicino", "piu_vicino_km"};

    put_names(b, names, ARRAY_LEN(names));
    for (int i = 0; i < g->n; i++) {
        const struct gap *x = &g->list[i];

        sheet_put(b, a->slug);
        sheet_put(b, a->name);
        sheet_put(b, x->need->id);
        sheet_put(b, x->need->label[NEED_IT].text);
        sheet_put_int(b, x->n);
        sheet_put_int(b, x->n_remote);
        sheet_put_int(b, x->n_comuni);
        sheet_put_int(b, x->n_comuni_without);
        sheet_put(b, x->has_nearest ? x->nearest.name : STR(""));
        if (x->has_nearest)
            sheet_put_int(b, (x->nearest.distance_m + 500) / 1000);
        else
            sheet_put(b, STR(""));
        sheet_end_row(b);
    }
}

static enum status put_area(struct web *w, enum area_kind kind, struct str slug)
{
    struct ctx *c = web_ctx(w);
    struct area a;
    struct comune comune;
    struct gaps g;
    enum status st;

    if (kind == AREA_DISTRICT) {
        st = places_area_by_slug(c, kind, slug, &a);
    } else {
        st = places_comune_by_slug(c, slug, &comune);
        a = comune.area;
    }
    if (st == ST_OK)
        st = search_gaps(c, a.area_id, &g);
    if (st == ST_OK)
        put_needs(web_out(w), &a, &g);
    return st;
}

/* GET /dati/cosa-manca.csv?comune= | ?distretto= | ?per=comune&bisogno= */
enum status finder_gaps_csv(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct str comune = web_query(w, "comune"), district = web_query(w, "distretto");
    const struct str need = web_query(w, "bisogno");
    struct gap_row *rows = NULL;
    int n = 0;
    enum status st;

    if (comune.n > 0)
        st = put_area(w, AREA_COMUNE, comune);
    else if (district.n > 0)
        st = put_area(w, AREA_DISTRICT, district);
    else if (str_eq_z(web_query(w, "per"), "comune"))
        st = search_gaps_comuni(c, need, &rows, &n);
    else
        st = search_gaps_districts(c, need, &rows, &n);
    if (st != ST_OK)
        return st;
    if (rows != NULL)
        put_areas(web_out(w), rows, n, need);
    web_set_type(w, "text/csv; charset=utf-8");
    web_set_download(w, STR("cosa-manca.csv"));
    return ST_OK;
}

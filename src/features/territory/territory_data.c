/* territory_data.c - comuni, districts and bodies as files for spreadsheets. */
#include "base/macros.h"
#include "base/sheet.h"
#include "territory_feature.h"
#include "territory_view.h"

static const char reference_source[] =
    "Comuni: ISTAT, Agenzia delle Entrate; distretti ed enti: IRES Piemonte 2020";

static struct buf *begin_file(struct web *w, const char *name, const char *const *names, int n)
{
    struct buf *b = web_out(w);

    web_set_type(w, "text/csv; charset=utf-8");
    web_set_download(w, str_of(name));
    for (int i = 0; i < n; i++)
        sheet_put(b, str_of(names[i]));
    sheet_end_row(b);
    return b;
}

static void put_degrees(struct ctx *c, struct buf *b, const struct area *a, double v)
{
    sheet_put(b, a->has_point ? str_fmt(c->mem, "%.5f", v) : STR(""));
}

/* GET /dati/comuni.csv - where a cell of the body is empty, it is not known. */
enum status territory_comuni_csv(struct web *w)
{
    static const char *const names[] = {"istat",          "comune",      "provincia",  "catastale",
                                        "latitudine",     "longitudine", "ente",       "nome_ente",
                                        "prova",          "riferita_al", "fonte_ente", "distretto",
                                        "nome_distretto", "fonte"};
    struct ctx *c = web_ctx(w);
    struct territory_row *rows;
    int n = 0;
    const enum status st = territory_rows(c, &rows, &n);

    if (st != ST_OK)
        return st;
    struct buf *b = begin_file(w, "comuni.csv", names, ARRAY_LEN(names));

    for (int i = 0; i < n; i++) {
        const struct territory_row *r = &rows[i];

        sheet_put(b, r->comune.istat);
        sheet_put(b, r->comune.area.name);
        sheet_put(b, r->comune.prov);
        sheet_put(b, r->comune.belfiore);
        put_degrees(c, b, &r->comune.area, r->comune.area.lat);
        put_degrees(c, b, &r->comune.area, r->comune.area.lon);
        sheet_put(b, r->body.code);
        sheet_put(b, r->body.name);
        sheet_put(b, r->by_body.evidence);
        sheet_put(b, r->by_body.as_of);
        sheet_put(b, r->by_body.source);
        sheet_put(b, r->district.code);
        sheet_put(b, r->district.name);
        sheet_put(b, str_of(reference_source));
        sheet_end_row(b);
    }
    return ST_OK;
}

/* GET /dati/distretti.csv */
enum status territory_districts_csv(struct web *w)
{
    static const char *const names[] = {"distretto",       "nome", "abitanti",
                                        "progetto",        "enti", "comuni_conosciuti",
                                        "elenco_completo", "fonte"};
    struct ctx *c = web_ctx(w);
    struct territory_district *list;
    int n = 0;
    const enum status st = territory_districts(c, &list, &n);

    if (st != ST_OK)
        return st;
    struct buf *b = begin_file(w, "distretti.csv", names, ARRAY_LEN(names));

    for (int i = 0; i < n; i++) {
        const struct territory_district *d = &list[i];
        struct buf bodies = buf_new(c->mem, 32);

        for (int k = 0; k < d->n_bodies; k++) {
            if (k > 0)
                buf_char(&bodies, '|');
            buf_str(&bodies, d->bodies[k].code);
        }
        sheet_put(b, d->area.code);
        sheet_put(b, d->area.name);
        if (d->population > 0)
            sheet_put_int(b, d->population);
        else
            sheet_put(b, STR(""));
        sheet_put(b, d->project.code);
        sheet_put(b, buf_view(&bodies));
        sheet_put_int(b, d->n_comuni);
        sheet_put_int(b, d->is_complete);
        sheet_put(b, str_of(reference_source));
        sheet_end_row(b);
    }
    return ST_OK;
}

/* GET /dati/enti.csv - also the bodies that were absorbed, with their last day. */
enum status territory_bodies_csv(struct web *w)
{
    static const char *const names[] = {
        "ente", "nome", "tipo",         "distretto", "sede", "comuni_conosciuti", "elenco_completo",
        "dal",  "al",   "confluito_in", "fonte"};
    struct ctx *c = web_ctx(w);
    struct body *list;
    int n = 0;
    const enum status st = bodies_list(c, true, &list, &n);

    if (st != ST_OK)
        return st;
    struct buf *b = begin_file(w, "enti.csv", names, ARRAY_LEN(names));

    for (int i = 0; i < n; i++) {
        const struct body *body = &list[i];

        sheet_put(b, body->code);
        sheet_put(b, body->name);
        sheet_put(b, str_of(bodies_kind_name(body->kind)));
        sheet_put(b, body->district.code);
        sheet_put(b, body->has_seat ? body->seat.istat : STR(""));
        sheet_put_int(b, body->n_comuni);
        sheet_put_int(b, body->is_complete);
        sheet_put(b, body->from == DAY_NONE ? STR("") : day_iso(c->mem, body->from));
        sheet_put(b, body->to == DAY_NONE ? STR("") : day_iso(c->mem, body->to));
        sheet_put(b, body->successor_code);
        sheet_put(b, str_of(reference_source));
        sheet_end_row(b);
    }
    return ST_OK;
}

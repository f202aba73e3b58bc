/* publish_csv.c - GET /dati/servizi.csv: a row for each place where a service is given; codes as the importer of CSV
 * files and the taxonomies of the API have them. */
#include "base/macros.h"
#include "base/sheet.h"
#include "publish_api_routes.h"
#include "publish_export.h"
#include <string.h>

static const char *const columns[] = {"id",
                                      "nome",
                                      "ente",
                                      "tipo",
                                      "in_breve",
                                      "descrizione",
                                      "stato",
                                      "bisogni",
                                      "destinatari",
                                      "chi_puo",
                                      "eta_da",
                                      "eta_a",
                                      "zone_servite",
                                      "come_fare",
                                      "cosa_portare",
                                      "costo",
                                      "pagamento",
                                      "isee",
                                      "posti_liberi",
                                      "dove_iniziare",
                                      "avviso",
                                      "modo",
                                      "lingue",
                                      "orari",
                                      "telefono",
                                      "email",
                                      "sito",
                                      "luogo",
                                      "indirizzo",
                                      "comune",
                                      "provincia",
                                      "lat",
                                      "lon",
                                      "indirizzo_riservato",
                                      "accesso",
                                      "verificata_il",
                                      "come_verificata",
                                      "verificata_da",
                                      "aggiornata_il",
                                      "dati_dimostrativi",
                                      "segnalata_nel",
                                      "pagina"};

static void begin(struct api_out *o)
{
    for (int i = 0; i < ARRAY_LEN(columns); i++)
        sheet_put(o->j.out, str_of(columns[i]));
    sheet_end_row(o->j.out);
}

static void end(struct api_out *o)
{
    (void)o;
}

/* ---- cells ---- */

static struct str joined(struct arena *mem, const struct str *list, int n)
{
    struct buf b = buf_new(mem, 64);

    for (int i = 0; i < n; i++)
        buf_fmt(&b, "%s%.*s", i > 0 ? "; " : "", (int)list[i].n, list[i].p);
    return buf_view(&b);
}

static void add_cell(struct buf *b, struct str s)
{
    if (s.n > 0)
        buf_fmt(b, "%s%.*s", b->n > 0 ? "; " : "", (int)s.n, s.p);
}

static struct str areas_of(struct arena *mem, const struct service *s)
{
    struct buf b = buf_new(mem, 64);

    for (int i = 0; i < s->n_areas; i++)
        add_cell(&b, s->areas[i].name.n > 0 ? s->areas[i].name : s->areas[i].description);
    return buf_view(&b);
}

static struct str documents_of(struct arena *mem, const struct service *s)
{
    struct buf b = buf_new(mem, 64);

    for (int i = 0; i < s->n_documents; i++)
        add_cell(&b, s->documents[i].document);
    return buf_view(&b);
}

static struct str languages_of(struct arena *mem, const struct service *s)
{
    struct buf b = buf_new(mem, 32);

    for (int i = 0; i < s->n_languages; i++)
        add_cell(&b, s->languages[i].code.n > 0 ? s->languages[i].code : s->languages[i].name);
    return buf_view(&b);
}

static struct str ways_of(struct arena *mem, const struct service *s)
{
    struct buf b = buf_new(mem, 32);

    for (int bit = 1; bit <= WAY_HOME; bit <<= 1)
        if ((s->ways & bit) != 0)
            add_cell(&b, str_of(catalogue_way_name(bit)));
    return buf_view(&b);
}

static struct str access_of(struct arena *mem, const struct service *s, const struct location *l)
{
    int bits = l == NULL ? 0 : l->access_bits;
    struct buf b = buf_new(mem, 32);

    for (int i = 0; i < s->n_access; i++)
        bits |= s->access[i].bits;
    for (int bit = 1; bit <= ACCESS_SIGHT; bit <<= 1)
        if ((bits & bit) != 0)
            add_cell(&b, str_of(catalogue_access_name(bit)));
    return buf_view(&b);
}

/* Each number once, those of the place first. */
static struct str phones_of(struct arena *mem, const struct service *s, const struct service_at *at)
{
    const struct parts *const all[] = {at == NULL ? NULL : &at->parts, &s->parts,
                                       at == NULL || at->location == NULL ? NULL
                                                                          : &at->location->parts};
    struct buf b = buf_new(mem, 64);

    for (int k = 0; k < ARRAY_LEN(all); k++)
        for (int i = 0; all[k] != NULL && i < all[k]->n_phones; i++) {
            const struct str number = all[k]->phones[i].number;

            if (number.n > 0 && (b.n == 0 || memmem(b.p, b.n, number.p, number.n) == NULL))
                add_cell(&b, number);
        }
    if (b.n == 0)
        add_cell(&b, catalogue_first_phone(s));
    return buf_view(&b);
}

static struct str hours_of(struct arena *mem, const struct service *s, const struct service_at *at)
{
    const struct schedule *list;
    int n;

    catalogue_hours(s, at, &list, &n);
    return catalogue_hours_text(mem, list, n, HOURS_OSM);
}

static void put_age(struct buf *b, struct arena *mem, bool has, double age)
{
    sheet_put(b, has ? str_fmt(mem, "%g", age) : STR(""));
}

static void put_day(struct buf *b, struct arena *mem, int day)
{
    sheet_put(b, day == DAY_NONE ? STR("") : day_iso(mem, day));
}

/* ---- a row ---- */

static void put_place(struct api_out *o, const struct service *s, const struct service_at *at)
{
    const struct location *l = at == NULL ? NULL : at->location;
    const bool has_point = l != NULL && l->has_point && !l->is_secret;
    struct arena *mem = o->c->mem;
    struct buf *b = o->j.out;

    sheet_put(b, hours_of(mem, s, at));
    sheet_put(b, phones_of(mem, s, at));
    sheet_put(b, s->email);
    sheet_put(b, s->url);
    sheet_put(b, l == NULL ? STR("") : l->is_secret ? l->quarter : l->name);
    sheet_put(b, l == NULL ? STR("") : publish_address_line(o->c, l));
    sheet_put(b, l == NULL ? STR("") : l->comune_name);
    sheet_put(b, l == NULL ? STR("") : l->prov);
    sheet_put(b, has_point ? str_fmt(mem, "%.6f", l->lat) : STR(""));
    sheet_put(b, has_point ? str_fmt(mem, "%.6f", l->lon) : STR(""));
    sheet_put_int(b, l != NULL && l->is_secret);
    sheet_put(b, access_of(mem, s, l));
}

static void put_row(struct api_out *o, const struct service *s, const struct service_at *at)
{
    struct arena *mem = o->c->mem;
    struct buf *b = o->j.out;

    sheet_put(b, s->uuid);
    sheet_put(b, s->name);
    sheet_put(b, s->organisation_name);
    sheet_put(b, str_of(catalogue_kind_name(s->kind)));
    sheet_put(b, s->summary);
    sheet_put(b, s->description);
    sheet_put(b, str_of(catalogue_status_name(s->status)));
    sheet_put(b, joined(mem, s->needs, s->n_needs));
    sheet_put(b, joined(mem, s->targets, s->n_targets));
    sheet_put(b, s->eligibility);
    put_age(b, mem, s->has_min_age, s->min_age);
    put_age(b, mem, s->has_max_age, s->max_age);
    sheet_put(b, areas_of(mem, s));
    sheet_put(b, s->application_process);
    sheet_put(b, documents_of(mem, s));
    sheet_put(b, s->fees);
    sheet_put(b, s->fee == FEE_UNKNOWN ? STR("") : str_of(catalogue_fee_name(s->fee)));
    sheet_put(b, s->isee_note);
    sheet_put(b, s->has_places_free ? str_fmt(mem, "%d", s->places_free) : STR(""));
    sheet_put(b, s->intake);
    sheet_put(b, s->alert);
    sheet_put(b, ways_of(mem, s));
    sheet_put(b, languages_of(mem, s));
    put_place(o, s, at);
    put_day(b, mem, s->confirmed_on);
    sheet_put(b, str_of(catalogue_how_name(s->confirmed_how)));
    sheet_put(b, s->confirmed_by);
    sheet_put(b, instant_iso(mem, s->changed_at));
    sheet_put_int(b, s->is_demo);
    sheet_put(b, s->initiative_year > 0 ? str_fmt(mem, "%d", s->initiative_year) : STR(""));
    sheet_put(b, str_fmt(mem, "%.*s/servizi/%.*s", (int)o->origin.n, o->origin.p, (int)s->slug.n,
                         s->slug.p));
    sheet_end_row(b);
}

static void put(struct api_out *o, const struct service *s, bool is_first)
{
    (void)is_first;
    for (int i = 0; i < s->n_ats; i++)
        put_row(o, s, &s->ats[i]);
    if (s->n_ats == 0)
        put_row(o, s, NULL);
}

enum status publish_services_csv(struct web *w)
{
    static const struct export_format format = {"text/csv; charset=utf-8", "servizi.csv", begin,
                                                put, end};

    return publish_export(w, &format);
}

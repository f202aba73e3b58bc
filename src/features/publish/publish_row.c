/* publish_row.c - a service at a place as a row of a table; codes as the importer of CSV files and the
 * taxonomies of the API have them. */
#include "publish_row.h"
#include "base/log.h"
#include "base/macros.h"
#include "core/places/places.h"
#include "publish_export.h"
#include <string.h>

const char *const publish_columns[] = {
    "id", "nome", "ente", "tipo", "in_breve", "descrizione", "stato", "bisogni", "destinatari",
    "chi_puo", "eta_da", "eta_a", "zone_servite", "zone_codici", "come_fare", "cosa_portare", "costo",
    "pagamento", "isee", "posti_liberi", "dove_iniziare", "avviso", "modo", "lingue", "orari",
    "telefono", "email", "sito", "luogo", "indirizzo", "comune", "provincia", "lat", "lon",
    "indirizzo_riservato", "accesso", "confermata_il", "come_confermata", "confermata_da",
    "freschezza", "verificata_il", "punteggio",
    "aggiornata_il", "dati_dimostrativi", "segnalata_nel", "pagina"};
static_assert(ARRAY_LEN(publish_columns) == PUBLISH_COLUMNS, "a name for each cell");

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

/* "001125; district:24": as the importer of lists reads them; words alone have no code. */
static struct str area_codes_of(struct ctx *c, const struct service *s)
{
    struct buf b = buf_new(c->mem, 32);
    struct area area;

    for (int i = 0; i < s->n_areas; i++) {
        if (s->areas[i].area_id == 0 || places_area(c, s->areas[i].area_id, &area) != ST_OK)
            continue;
        const char *const kind = area.kind == AREA_BODY_AREA ? "body" : places_kind_name(area.kind);

        add_cell(&b, area.kind == AREA_COMUNE ? area.code : str_fmt(c->mem, "%s:%.*s", kind, (int)area.code.n, area.code.p));
    }
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

static void put_text(struct xlsx_cell **to, struct str s)
{
    *(*to)++ = (struct xlsx_cell){.kind = s.n > 0 ? XLSX_TEXT : XLSX_EMPTY, .text = s};
}

static void put_number(struct xlsx_cell **to, bool is_said, double v)
{
    *(*to)++ = (struct xlsx_cell){.kind = is_said ? XLSX_NUMBER : XLSX_EMPTY, .number = v};
}

static void put_day(struct xlsx_cell **to, int day)
{
    *(*to)++ = (struct xlsx_cell){.kind = day == DAY_NONE ? XLSX_EMPTY : XLSX_DAY, .day = day};
}

static void put_place(struct xlsx_cell **to, struct api_out *o, const struct service *s, const struct service_at *at)
{
    const struct location *l = at == NULL ? NULL : at->location;
    const bool has_point = l != NULL && l->has_point && !l->is_secret;
    struct arena *mem = o->c->mem;

    put_text(to, hours_of(mem, s, at));
    put_text(to, phones_of(mem, s, at));
    put_text(to, s->email);
    put_text(to, s->url);
    put_text(to, l == NULL ? STR("") : l->is_secret ? l->quarter : l->name);
    put_text(to, l == NULL ? STR("") : publish_address_line(o->c, l));
    put_text(to, l == NULL ? STR("") : l->comune_name);
    put_text(to, l == NULL ? STR("") : l->prov);
    put_number(to, has_point, has_point ? l->lat : 0);
    put_number(to, has_point, has_point ? l->lon : 0);
    put_number(to, true, l != NULL && l->is_secret);
    put_text(to, access_of(mem, s, l));
}

/* What is asked for and paid. */
static void put_offer(struct xlsx_cell **to, struct api_out *o, const struct service *s)
{
    struct arena *mem = o->c->mem;

    put_text(to, joined(mem, s->needs, s->n_needs));
    put_text(to, joined(mem, s->targets, s->n_targets));
    put_text(to, s->eligibility);
    put_number(to, s->has_min_age, s->min_age);
    put_number(to, s->has_max_age, s->max_age);
    put_text(to, areas_of(mem, s));
    put_text(to, area_codes_of(o->c, s));
    put_text(to, s->application_process);
    put_text(to, documents_of(mem, s));
    put_text(to, s->fees);
    put_text(to, s->fee == FEE_UNKNOWN ? STR("") : str_of(catalogue_fee_name(s->fee)));
    put_text(to, s->isee_note);
    put_number(to, s->has_places_free && !catalogue_places_are_old(s, o->c->today), s->places_free);
    put_text(to, s->intake);
    put_text(to, s->alert);
    put_text(to, ways_of(mem, s));
    put_text(to, languages_of(mem, s));
}

/* Whether it can be relied on, and how much it tells. */
static void put_upkeep(struct xlsx_cell **to, struct api_out *o, const struct service *s)
{
    int score = 0;
    const bool has_score = api_score(o, s, &score);

    put_text(to, api_freshness(s));
    put_day(to, api_verified_on(o, s));
    put_number(to, has_score, score);
}

void publish_row(struct api_out *o, const struct service *s, const struct service_at *at, struct xlsx_cell *cells)
{
    struct xlsx_cell *to = cells;

    put_text(&to, s->uuid);
    put_text(&to, s->name);
    put_text(&to, s->organisation_name);
    put_text(&to, str_of(catalogue_kind_name(s->kind)));
    put_text(&to, s->summary);
    put_text(&to, s->description);
    put_text(&to, str_of(catalogue_status_name(catalogue_status_today(s, o->c->today))));
    put_offer(&to, o, s);
    put_place(&to, o, s, at);
    put_day(&to, s->confirmed_on);
    put_text(&to, str_of(catalogue_how_name(s->confirmed_how)));
    put_text(&to, s->confirmed_by);
    put_upkeep(&to, o, s);
    put_text(&to, instant_iso(o->c->mem, s->changed_at));
    put_number(&to, true, s->is_demo);
    put_number(&to, s->initiative_year > 0, s->initiative_year);
    put_text(&to, str_fmt(o->c->mem, "%.*s/servizi/%.*s", (int)o->origin.n, o->origin.p, (int)s->slug.n, s->slug.p));
    if (to != cells + PUBLISH_COLUMNS)
        bug("a row has as many cells as columns");
}

/* publish_geojson.c - GET /dati/servizi.geojson: a feature for each place (RFC 7946). A service
 * without a place, or at a secret one, has no point and stands in the file all the same. */
#include "publish_api_routes.h"
#include "publish_export.h"

static void begin(struct api_out *o)
{
    buf_z(o->j.out, "{\"type\":\"FeatureCollection\",\"features\":[");
}

static void end(struct api_out *o)
{
    buf_z(o->j.out, "\n]}\n");
}

static void put_point(struct api_out *o, const struct location *l)
{
    if (l == NULL || !l->has_point || l->is_secret) {
        jwrite_null(&o->j, "geometry");
        return;
    }
    jwrite_open(&o->j, "geometry", '{');
    jwrite_str(&o->j, "type", STR("Point"));
    jwrite_open(&o->j, "coordinates", '[');
    jwrite_real(&o->j, NULL, l->lon, 6);
    jwrite_real(&o->j, NULL, l->lat, 6);
    jwrite_close(&o->j, ']');
    jwrite_close(&o->j, '}');
}

static void put_needs(struct api_out *o, const struct service *s)
{
    jwrite_open(&o->j, "bisogni", '[');
    for (int i = 0; i < s->n_needs; i++)
        jwrite_str(&o->j, NULL, s->needs[i]);
    jwrite_close(&o->j, ']');
}

static void put_place(struct api_out *o, const struct location *l)
{
    const struct str address = publish_address_line(o->c, l);

    jwrite_str(&o->j, "comune", l->comune_name);
    api_text(o, "provincia", l->prov);
    api_text(o, "luogo", l->is_secret ? l->quarter : l->name);
    api_text(o, "indirizzo", address);
    if (l->is_secret)
        jwrite_bool(&o->j, "indirizzo_riservato", true);
    if (l->has_point && l->is_point_of_town && !l->is_secret)
        jwrite_bool(&o->j, "punto_del_comune", true);
}

static void put_feature(struct api_out *o, const struct service *s, const struct service_at *at)
{
    const struct location *l = at == NULL ? NULL : at->location;

    jwrite_open(&o->j, NULL, '{');
    jwrite_str(&o->j, "type", STR("Feature"));
    api_uuid(o, "id", at != NULL ? at->uuid : s->uuid);
    put_point(o, l);
    jwrite_open(&o->j, "properties", '{');
    api_uuid(o, "servizio", s->uuid);
    jwrite_str(&o->j, "nome", s->name);
    api_text(o, "ente", s->organisation_name);
    jwrite_str(&o->j, "tipo", str_of(catalogue_kind_name(s->kind)));
    api_text(o, "in_breve", s->summary);
    api_text(o, "telefono", catalogue_first_phone(s));
    put_needs(o, s);
    if (l != NULL)
        put_place(o, l);
    api_day(o, "confermata_il", s->confirmed_on);
    api_text(o, "freschezza", api_freshness(s));
    api_day(o, "verificata_il", api_verified_on(o, s));
    jwrite_bool(&o->j, "dati_dimostrativi", s->is_demo);
    if (s->initiative_year > 0)
        jwrite_int(&o->j, "segnalata_nel", s->initiative_year);
    jwrite_str(&o->j, "pagina",
               str_fmt(o->c->mem, "%.*s/servizi/%.*s", (int)o->origin.n, o->origin.p,
                       (int)s->slug.n, s->slug.p));
    jwrite_close(&o->j, '}');
    jwrite_close(&o->j, '}');
}

static void put(struct api_out *o, const struct service *s, bool is_first)
{
    const int n = s->n_ats == 0 ? 1 : s->n_ats;

    for (int i = 0; i < n; i++) {
        buf_z(o->j.out, is_first && i == 0 ? "\n" : ",\n");
        o->j.needs_comma = false;
        put_feature(o, s, s->n_ats == 0 ? NULL : &s->ats[i]);
    }
}

enum status publish_services_geojson(struct web *w)
{
    static const struct export_format format = {"application/geo+json", "servizi.geojson", begin,
                                                put, end};

    return publish_export(w, &format);
}

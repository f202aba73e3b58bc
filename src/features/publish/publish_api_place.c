/* publish_api_place.c - places and services at them. Of a secret place its comune and quarter, in
 * words. */
#include "publish_api_put.h"

static struct str first_of(struct str a, struct str b)
{
    return a.n > 0 ? a : b;
}

static struct str known_type(struct str type)
{
    return str_eq(type, STR("postal")) || str_eq(type, STR("virtual")) ? type : STR("physical");
}

static void put_addresses(struct api_out *o, const struct location *l)
{
    if (l->n_addresses == 0 || l->is_secret)
        return;
    jwrite_open(&o->j, "addresses", '[');
    for (int i = 0; i < l->n_addresses; i++) {
        const struct address *a = &l->addresses[i];

        jwrite_open(&o->j, NULL, '{');
        api_uuid(o, "id", a->uuid);
        api_text(o, "attention", a->attention);
        jwrite_str(&o->j, "address_1", first_of(a->address_1, first_of(l->name, l->comune_name)));
        api_text(o, "address_2", a->address_2);
        jwrite_str(&o->j, "city", first_of(a->city, l->comune_name));
        api_text(o, "region", a->region);
        jwrite_str(&o->j, "state_province", first_of(a->state_province, l->prov));
        jwrite_str(&o->j, "postal_code", a->postal_code);
        jwrite_str(&o->j, "country", first_of(a->country, STR("IT")));
        jwrite_str(&o->j, "address_type", known_type(a->type));
        jwrite_close(&o->j, '}');
    }
    jwrite_close(&o->j, ']');
}

static void put_access(struct api_out *o, const struct location *l)
{
    if (l->n_access == 0)
        return;
    jwrite_open(&o->j, "accessibility", '[');
    for (int i = 0; i < l->n_access; i++) {
        const struct access *a = &l->access[i];
        struct buf codes = buf_new(o->c->mem, 64);

        for (int bit = 1; bit <= ACCESS_SIGHT; bit <<= 1)
            if ((a->bits & bit) != 0)
                buf_fmt(&codes, "%s%s", codes.n > 0 ? " " : "", catalogue_access_name(bit));
        jwrite_open(&o->j, NULL, '{');
        api_uuid(o, "id", a->uuid);
        api_text(o, "description", first_of(a->description, buf_view(&codes)));
        api_text(o, "details", a->details);
        api_uri(o, "url", a->url);
        jwrite_close(&o->j, '}');
    }
    jwrite_close(&o->j, ']');
}

/* "Torino, Barriera di Milano": all that may be known of a secret place. */
static struct str comune_words(struct api_out *o, const struct location *l)
{
    if (l->quarter.n == 0)
        return l->comune_name;
    return str_fmt(o->c->mem, "%.*s, %.*s", (int)l->comune_name.n, l->comune_name.p,
                   (int)l->quarter.n, l->quarter.p);
}

static void put_attributes(struct api_out *o, const struct location *l)
{
    const bool is_rough = l->has_point && l->is_point_of_town && !l->is_secret;
    const bool is_demo = str_eq(l->source, STR("demo"));

    if (!l->is_secret && !is_rough && !is_demo && l->parts.n_attributes == 0)
        return;
    jwrite_open(&o->j, "attributes", '[');
    if (is_demo)
        api_put_mark(o, l->uuid, "location", MARK_DEMO, STR(""));
    if (l->is_secret)
        api_put_mark(o, l->uuid, "location", MARK_SECRET, comune_words(o, l));
    if (is_rough)
        api_put_mark(o, l->uuid, "location", MARK_TOWN_POINT, l->comune_name);
    for (int i = 0; i < l->parts.n_attributes; i++)
        api_put_foreign(o, &l->parts.attributes[i]);
    jwrite_close(&o->j, ']');
}

/* What a secret place must not tell is not there to be read; here it is not asked for either. */
void api_put_location(struct api_out *o, const char *key, const struct location *l)
{
    jwrite_open(&o->j, key, '{');
    api_uuid(o, "id", l->uuid);
    jwrite_str(&o->j, "location_type", known_type(l->type));
    if (l->is_secret) {
        api_text(o, "name", comune_words(o, l));
        jwrite_str(&o->j, "description", text_get(o->c->lang, "publish.secret-address"));
    } else {
        api_text(o, "name", l->name);
        api_text(o, "alternate_name", l->alternate_name);
        api_text(o, "description", l->description);
        api_text(o, "transportation", l->transportation);
        api_uri(o, "url", l->url);
        api_text(o, "external_identifier", l->external_identifier);
        api_text(o, "external_identifier_type", l->external_identifier_type);
    }
    if (l->has_point && !l->is_secret) {
        jwrite_real(&o->j, "latitude", l->lat, 6);
        jwrite_real(&o->j, "longitude", l->lon, 6);
    }
    put_addresses(o, l);
    api_put_parts(o, &l->parts);
    api_put_languages(o, l->languages, l->n_languages);
    put_access(o, l);
    api_put_schedules(o, l->schedules, l->n_schedules);
    put_attributes(o, l);
    jwrite_close(&o->j, '}');
}

void api_put_at(struct api_out *o, const char *key, const struct service *s,
                const struct service_at *at, bool with_service, enum api_depth depth)
{
    jwrite_open(&o->j, key, '{');
    api_uuid(o, "id", at->uuid);
    api_uuid(o, "service_id", s->uuid);
    if (at->location != NULL)
        api_uuid(o, "location_id", at->location->uuid);
    api_text(o, "description", at->description);
    if (at->location != NULL)
        api_put_location(o, "location", at->location);
    if (with_service)
        api_put_service(o, "service", s, NULL, API_LIST);
    if (depth == API_FULL) {
        api_put_parts(o, &at->parts);
        api_put_schedules(o, at->schedules, at->n_schedules);
        if (at->parts.n_attributes > 0) {
            jwrite_open(&o->j, "attributes", '[');
            for (int i = 0; i < at->parts.n_attributes; i++)
                api_put_foreign(o, &at->parts.attributes[i]);
            jwrite_close(&o->j, ']');
        }
    }
    jwrite_close(&o->j, '}');
}

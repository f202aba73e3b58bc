/* publish_api_organisation.c - an organisation as HSDS 3.0 has it. */
#include "publish_api_put.h"

static struct str kind_words(struct api_out *o, enum organisation_kind kind)
{
    const char *name = organisations_kind_name(kind == 0 ? ORGANISATION_OTHER : kind);

    return text_get(o->c->lang, str_fmt(o->c->mem, "bodies.kind-%s", name).p);
}

static void put_identifiers(struct api_out *o, const struct organisation *x)
{
    if (x->parts.n_identifiers == 0)
        return;
    jwrite_open(&o->j, "organization_identifiers", '[');
    for (int i = 0; i < x->parts.n_identifiers; i++) {
        const struct identifier *id = &x->parts.identifiers[i];

        jwrite_open(&o->j, NULL, '{');
        api_uuid(o, "id", id->uuid);
        api_text(o, "identifier_scheme", id->scheme);
        jwrite_str(&o->j, "identifier_type", id->type.n > 0 ? id->type : id->scheme);
        jwrite_str(&o->j, "identifier", id->identifier);
        jwrite_close(&o->j, '}');
    }
    jwrite_close(&o->j, ']');
}

static void put_programs(struct api_out *o, const struct organisation *x)
{
    if (x->parts.n_programs == 0)
        return;
    jwrite_open(&o->j, "programs", '[');
    for (int i = 0; i < x->parts.n_programs; i++) {
        const struct program *p = &x->parts.programs[i];

        jwrite_open(&o->j, NULL, '{');
        api_uuid(o, "id", p->uuid);
        api_uuid(o, "organization_id", x->uuid);
        jwrite_str(&o->j, "name", p->name);
        api_text(o, "alternate_name", p->alternate_name);
        jwrite_str(&o->j, "description", p->description.n > 0 ? p->description : p->name);
        jwrite_close(&o->j, '}');
    }
    jwrite_close(&o->j, ']');
}

/* Each place once, however many services are given there. */
static void put_locations(struct api_out *o, const struct api_organisation *v)
{
    int64_t *seen;
    int n = 0, room = 0;

    for (int i = 0; i < v->n_services; i++)
        room += v->services[i].n_ats;
    if (room == 0)
        return;
    seen = ARENA_ARRAY(o->c->mem, int64_t, (size_t)room);
    jwrite_open(&o->j, "locations", '[');
    for (int i = 0; i < v->n_services; i++)
        for (int k = 0; k < v->services[i].n_ats; k++) {
            const struct service_at *at = &v->services[i].ats[k];
            bool is_new = at->location != NULL;

            for (int m = 0; m < n && is_new; m++)
                is_new = seen[m] != at->location_id;
            if (!is_new)
                continue;
            seen[n++] = at->location_id;
            api_put_location(o, NULL, at->location);
        }
    jwrite_close(&o->j, ']');
}

static void put_services(struct api_out *o, const struct api_organisation *v)
{
    jwrite_open(&o->j, "services", '[');
    for (int i = 0; i < v->n_services; i++)
        api_put_service(o, NULL, &v->services[i], NULL,
                        v->has_full_services ? API_FULL : API_MINIMAL);
    jwrite_close(&o->j, ']');
}

static void put_simple(struct api_out *o, const struct organisation *x)
{
    api_text(o, "alternate_name", x->alternate_name);
    api_email(o, "email", x->email);
    api_uri(o, "website", x->website);
    api_text(o, "tax_status", x->tax_status);
    api_text(o, "tax_id", x->tax_id);
    if (x->year_incorporated > 0)
        jwrite_int(&o->j, "year_incorporated", x->year_incorporated);
    api_text(o, "legal_status", x->legal_status);
    api_uri(o, "logo", x->logo);
    api_uri(o, "uri",
            x->uri.n > 0 ? x->uri
                         : str_fmt(o->c->mem, "%.*s/enti/%.*s", (int)o->origin.n, o->origin.p,
                                   (int)x->slug.n, x->slug.p));
    api_uuid(o, "parent_organization_id", x->parent_uuid);
}

static void put_attributes(struct api_out *o, const struct organisation *x, enum api_depth depth)
{
    const int n = depth == API_FULL ? x->parts.n_attributes : 0;

    if (!x->is_demo && n == 0)
        return;
    jwrite_open(&o->j, "attributes", '[');
    if (x->is_demo)
        api_put_mark(o, x->uuid, "organization", MARK_DEMO, STR(""));
    for (int i = 0; i < n; i++)
        api_put_foreign(o, &x->parts.attributes[i]);
    jwrite_close(&o->j, ']');
}

void api_put_organisation(struct api_out *o, const char *key, const struct api_organisation *v,
                          enum api_depth depth)
{
    const struct organisation *x = v->organisation;

    jwrite_open(&o->j, key, '{');
    api_uuid(o, "id", x->uuid);
    jwrite_str(&o->j, "name", x->name);
    /* HSDS wants a description of each; what kind of organisation it is, is always known. */
    jwrite_str(&o->j, "description",
               x->description.n > 0 ? x->description : kind_words(o, x->kind));
    if (depth != API_MINIMAL) {
        put_simple(o, x);
        put_attributes(o, x, depth);
    }
    if (depth == API_FULL) {
        api_put_parts(o, &x->parts);
        put_identifiers(o, x);
        put_programs(o, x);
        put_locations(o, v);
        put_services(o, v);
    }
    jwrite_close(&o->j, '}');
}

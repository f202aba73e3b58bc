/* publish_api.c - the HSDS API under /api/hsds/3.0: what it is, one entry, lists, taxonomies. */
#include "base/digest.h"
#include "publish_api_lists.h"
#include "publish_api_routes.h"

static struct str address(struct api_out *o, const char *path)
{
    return str_fmt(o->c->mem, "%.*s%s", (int)o->origin.n, o->origin.p, path);
}

/* GET /api/hsds/3.0 */
enum status publish_api_root(struct web *w)
{
    struct api_ask ask;
    const enum status st = api_read_ask(w, 0, &ask);

    if (st != ST_OK)
        return st;
    struct api_out o = api_out_new(w);

    web_set_type(w, "application/json");
    jwrite_open(&o.j, NULL, '{');
    jwrite_str(&o.j, "version", STR("3.0"));
    jwrite_str(&o.j, "profile", STR("https://docs.openreferral.org/en/3.0/"));
    jwrite_str(&o.j, "openapi_url", address(&o, "/api/openapi.json"));
    jwrite_str(&o.j, "publisher", str_of(web_site(w)->portal_name));
    jwrite_str(&o.j, "license", str_of(web_site(w)->licence));
    jwrite_close(&o.j, '}');
    return ST_OK;
}

/* GET /api/status - what the Italian guidelines for APIs (ModI) want of each. */
enum status publish_api_status(struct web *w)
{
    struct api_ask ask;
    const enum status st = api_read_ask(w, 0, &ask);
    int64_t change;

    if (st != ST_OK)
        return st;
    const enum status db = catalogue_change(web_ctx(w), &change);
    struct jwrite j = jwrite_to(web_out(w));

    if (db != ST_OK)
        return db;
    web_set_type(w, "application/problem+json");
    jwrite_open(&j, NULL, '{');
    jwrite_str(&j, "type", STR("about:blank"));
    jwrite_str(&j, "title", STR("OK"));
    jwrite_int(&j, "status", 200);
    jwrite_str(&j, "detail", STR("The catalogue can be read."));
    jwrite_close(&j, '}');
    return ST_OK;
}

/* ---- services ---- */

/* GET and POST /api/hsds/3.0/services */
enum status publish_api_services(struct web *w)
{
    return api_list(w, API_SERVICES, API_SERVICE_PARAMS);
}

/* GET and POST /api/hsds/3.0/service_at_locations */
enum status publish_api_ats(struct web *w)
{
    return api_list(w, API_ATS, API_AT_PARAMS);
}

/* GET /api/hsds/3.0/organizations */
enum status publish_api_organisations(struct web *w)
{
    return api_list(w, API_ORGANISATIONS, API_ORGANISATION_PARAMS);
}

/* GET /api/hsds/3.0/locations */
enum status publish_api_locations(struct web *w)
{
    return api_list(w, API_LOCATIONS, API_LOCATION_PARAMS);
}

/* ---- one entry ---- */

/* What was found stands under another id: two that were one are joined, and programs are led on. */
static bool is_other(struct ctx *c, struct str asked, struct str found)
{
    return !str_eq(found, uuid_tidy(c->mem, asked));
}

static enum status lead_on(struct web *w, const char *list, struct str id)
{
    return web_moved(w, str_fmt(web_ctx(w)->mem, "/api/hsds/3.0/%s/%.*s", list, (int)id.n, id.p));
}

/* GET /api/hsds/3.0/services/:id */
enum status publish_api_service(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct api_ask ask;
    struct service s;
    struct organisation org;
    enum status st = api_read_ask(w, 0, &ask);

    if (st == ST_OK)
        st = catalogue_service_by_uuid(c, web_path_value(w, "id"), &s);
    if (st == ST_NOT_FOUND)
        return fail(c, st, "publish.api-no-service");
    if (st == ST_OK && is_other(c, web_path_value(w, "id"), s.uuid))
        return lead_on(w, "services", s.uuid);
    if (st == ST_OK && s.state != SERVICE_SHOWN)
        return fail(c, ST_GONE, "publish.api-gone");
    if (st != ST_OK)
        return st;
    st = organisations_by_id(c, s.organisation_id, &org);
    if (st != ST_OK && st != ST_NOT_FOUND)
        return st;
    struct api_out o = api_out_new(w);

    web_set_type(w, "application/json");
    api_put_service(&o, NULL, &s, st == ST_OK ? &org : NULL, API_FULL);
    return o.upkept.st;
}

/* GET /api/hsds/3.0/service_at_locations/:id */
enum status publish_api_at(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct api_ask ask;
    struct service s;
    enum status st = api_read_ask(w, 0, &ask);

    if (st == ST_OK)
        st = catalogue_at_by_uuid(c, web_path_value(w, "id"), &s);
    if (st == ST_NOT_FOUND || (st == ST_OK && s.n_ats == 0))
        return fail(c, ST_NOT_FOUND, "publish.api-no-service");
    if (st == ST_OK && s.state != SERVICE_SHOWN)
        return fail(c, ST_GONE, "publish.api-gone");
    if (st != ST_OK)
        return st;
    struct api_out o = api_out_new(w);

    web_set_type(w, "application/json");
    api_put_at(&o, NULL, &s, &s.ats[0], true, API_FULL);
    return ST_OK;
}

/* GET /api/hsds/3.0/locations/:id */
enum status publish_api_location(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct api_ask ask;
    struct location l;
    enum status st = api_read_ask(w, 0, &ask);

    if (st == ST_OK)
        st = catalogue_location_by_uuid(c, web_path_value(w, "id"), &l);
    if (st == ST_NOT_FOUND)
        return fail(c, st, "publish.api-no-location");
    if (st != ST_OK)
        return st;
    struct api_out o = api_out_new(w);

    web_set_type(w, "application/json");
    api_put_location(&o, NULL, &l);
    return ST_OK;
}

/* GET /api/hsds/3.0/organizations/:id */
enum status publish_api_organisation(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct api_ask ask;
    struct organisation org;
    struct service *services = NULL;
    struct api_organisation v = {.organisation = &org};
    enum status st = api_read_ask(w, PARAM(PARAM_FULL_SERVICE), &ask);

    if (st == ST_OK)
        st = organisations_by_uuid(c, web_path_value(w, "id"), &org);
    if (st == ST_NOT_FOUND)
        return fail(c, st, "publish.api-no-organisation");
    if (st == ST_OK && is_other(c, web_path_value(w, "id"), org.uuid))
        return lead_on(w, "organizations", org.uuid);
    if (st == ST_OK && org.state != ORGANISATION_SHOWN)
        return fail(c, ST_GONE, "publish.api-gone");
    if (st == ST_OK)
        st = api_services_of(c, org.organisation_id, true, &services, &v.n_services);
    if (st != ST_OK)
        return st;
    struct api_out o = api_out_new(w);

    v.services = services;
    v.has_full_services = ask.is_full_service;
    web_set_type(w, "application/json");
    api_put_organisation(&o, NULL, &v, API_FULL);
    return o.upkept.st;
}

/* ---- taxonomies: few, so each list is made whole ---- */

void api_put_foreign_taxonomy(struct api_out *o, const char *key, const struct taxonomy *t)
{
    jwrite_open(&o->j, key, '{');
    api_uuid(o, "id", t->uuid);
    jwrite_str(&o->j, "name", t->name);
    jwrite_str(&o->j, "description", t->description.n > 0 ? t->description : t->name);
    api_uri(o, "uri", t->uri);
    api_text(o, "version", t->version);
    jwrite_close(&o->j, '}');
}

void api_put_foreign_term(struct api_out *o, const struct taxonomy_term *t)
{
    jwrite_open(&o->j, NULL, '{');
    api_uuid(o, "id", t->uuid);
    api_text(o, "code", t->code);
    jwrite_str(&o->j, "name", t->name);
    jwrite_str(&o->j, "description", t->description.n > 0 ? t->description : t->name);
    api_text(o, "taxonomy", t->taxonomy);
    api_uuid(o, "taxonomy_id", t->taxonomy_uuid);
    api_uuid(o, "parent_id", t->parent_uuid);
    api_text(o, "language", t->language);
    api_uri(o, "term_uri", t->uri);
    jwrite_close(&o->j, '}');
}

/* Whether the i-th of all stands on the page asked for. */
static bool is_on_page(const struct api_ask *ask, int i)
{
    return i / ask->per_page == ask->page - 1;
}

/* GET /api/hsds/3.0/taxonomies */
enum status publish_api_taxonomies(struct web *w)
{
    struct api_ask ask;
    struct taxonomy *theirs;
    int n_theirs = 0, n_written = 0;
    enum status st = api_read_ask(w, API_TAXONOMY_PARAMS, &ask);

    if (st == ST_OK)
        st = catalogue_taxonomies(web_ctx(w), &theirs, &n_theirs);
    if (st != ST_OK)
        return st;
    struct api_out o = api_out_new(w);

    web_set_type(w, "application/json");
    api_page_top(&o.j);
    for (int i = 0; i < OWN_COUNT + n_theirs; i++) {
        if (!is_on_page(&ask, i))
            continue;
        n_written++;
        if (i < OWN_COUNT)
            api_put_taxonomy(&o, NULL, (enum own_taxonomy)i);
        else
            api_put_foreign_taxonomy(&o, NULL, &theirs[i - OWN_COUNT]);
    }
    api_page_end(&o.j, &ask, OWN_COUNT + n_theirs, n_written);
    return ST_OK;
}

/* GET /api/hsds/3.0/taxonomies/:id */
enum status publish_api_taxonomy(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct str id = web_path_value(w, "id");
    struct api_ask ask;
    struct taxonomy *theirs;
    int n = 0;
    enum status st = api_read_ask(w, 0, &ask);

    if (st == ST_OK)
        st = catalogue_taxonomies(c, &theirs, &n);
    if (st != ST_OK)
        return st;
    struct api_out o = api_out_new(w);

    web_set_type(w, "application/json");
    for (int i = 0; i < OWN_COUNT; i++)
        if (str_eq(catalogue_taxonomy_uuid(c->mem, (enum own_taxonomy)i), id)) {
            api_put_taxonomy(&o, NULL, (enum own_taxonomy)i);
            return ST_OK;
        }
    for (int i = 0; i < n; i++)
        if (str_eq(theirs[i].uuid, id)) {
            api_put_foreign_taxonomy(&o, NULL, &theirs[i]);
            return ST_OK;
        }
    return fail(c, ST_NOT_FOUND, "publish.api-no-taxonomy");
}

static bool is_ours_asked(struct ctx *c, const struct api_ask *ask, const struct api_term *t)
{
    const struct str parent = api_parent_id(c->mem, t);

    for (int i = 0; i < ask->n_taxonomies; i++)
        if (!str_eq(ask->taxonomies[i], catalogue_taxonomy_uuid(c->mem, t->taxonomy)))
            return false;
    return (!ask->is_top_only || parent.n == 0) &&
           (ask->parent.n == 0 || str_eq(parent, ask->parent));
}

static bool is_theirs_asked(const struct api_ask *ask, const struct taxonomy_term *t)
{
    for (int i = 0; i < ask->n_taxonomies; i++)
        if (!str_eq(ask->taxonomies[i], t->taxonomy_uuid))
            return false;
    return (!ask->is_top_only || t->parent_uuid.n == 0) &&
           (ask->parent.n == 0 || str_eq(t->parent_uuid, ask->parent));
}

/* GET /api/hsds/3.0/taxonomy_terms */
enum status publish_api_terms(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct api_ask ask;
    struct api_term *ours;
    struct taxonomy_term *theirs;
    int n_ours = 0, n_theirs = 0, total = 0, n_written = 0;
    enum status st = api_read_ask(w, API_TERM_PARAMS, &ask);

    if (st == ST_OK)
        st = catalogue_terms(c, STR(""), &theirs, &n_theirs);
    if (st != ST_OK)
        return st;
    struct api_out o = api_out_new(w);

    api_terms(c, o.needs, &ours, &n_ours);
    web_set_type(w, "application/json");
    api_page_top(&o.j);
    for (int i = 0; i < n_ours; i++)
        if (is_ours_asked(c, &ask, &ours[i]) && is_on_page(&ask, total++)) {
            api_put_term(&o, NULL, &ours[i]);
            n_written++;
        }
    for (int i = 0; i < n_theirs; i++)
        if (is_theirs_asked(&ask, &theirs[i]) && is_on_page(&ask, total++)) {
            api_put_foreign_term(&o, &theirs[i]);
            n_written++;
        }
    api_page_end(&o.j, &ask, total, n_written);
    return ST_OK;
}

/* GET /api/hsds/3.0/taxonomy_terms/:id */
enum status publish_api_term(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct str id = web_path_value(w, "id");
    struct api_ask ask;
    struct api_term *ours;
    struct taxonomy_term *theirs;
    int n_ours = 0, n_theirs = 0;
    enum status st = api_read_ask(w, 0, &ask);

    if (st == ST_OK)
        st = catalogue_terms(c, STR(""), &theirs, &n_theirs);
    if (st != ST_OK)
        return st;
    struct api_out o = api_out_new(w);

    api_terms(c, o.needs, &ours, &n_ours);
    web_set_type(w, "application/json");
    for (int i = 0; i < n_ours; i++)
        if (str_eq(api_term_id(c->mem, &ours[i]), id)) {
            api_put_term(&o, NULL, &ours[i]);
            return ST_OK;
        }
    for (int i = 0; i < n_theirs; i++)
        if (str_eq(theirs[i].uuid, id)) {
            api_put_foreign_term(&o, &theirs[i]);
            return ST_OK;
        }
    return fail(c, ST_NOT_FOUND, "publish.api-no-term");
}

/* open_data_sitemap.c - GET /sitemap.xml and its parts: every page that a search engine may show, with the day it changed
 * (sitemaps.org 0.9: at most 50,000 addresses a part). */
#include "core/bodies/organisations.h"
#include "core/places/places.h"
#include "features/needs/needs.h"
#include "features/publish/publish_export.h"
#include "open_data_routes.h"

enum { PART = 50000, BLOCK = 500, PLAIN_PARTS = 1 };

struct parts_of {
    int64_t services, organisations; /* how many there are */
    int n_services, n_organisations; /* parts */
};

static enum status count_parts(struct ctx *c, struct parts_of *out)
{
    enum status st = catalogue_count_services(c, 0, &out->services);

    if (st == ST_OK)
        st = organisations_count(c, 0, &out->organisations);
    out->n_services = (int)((out->services + PART - 1) / PART);
    out->n_organisations = (int)((out->organisations + PART - 1) / PART);
    return st;
}

enum status open_data_sitemap(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct str origin = web_origin(w);
    struct parts_of parts;
    int64_t change;
    enum status st = count_parts(c, &parts);

    if (st == ST_OK)
        st = catalogue_change(c, &change);
    if (st != ST_OK || web_has_same(w, str_fmt(c->mem, "%lld %lld", (long long)change, (long long)parts.organisations), 0))
        return st;
    web_set_type(w, "application/xml; charset=utf-8");
    buf_z(web_out(w), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for (int i = 1; i <= PLAIN_PARTS + parts.n_services + parts.n_organisations; i++) {
        buf_z(web_out(w), "<sitemap><loc>");
        open_data_xml(web_out(w), str_fmt(c->mem, "%.*s/sitemap/%d.xml", (int)origin.n, origin.p, i));
        buf_z(web_out(w), "</loc></sitemap>\n");
    }
    buf_z(web_out(w), "</sitemapindex>\n");
    return ST_OK;
}

/* ---- a part ---- */

struct part {
    struct str origin;
    enum { OF_PAGES, OF_SERVICES, OF_ORGANISATIONS } of;
    int64_t after_id, skip, left;
    struct buf *out;
    struct arena *mem;
};

static void put_page(struct part *p, struct str path, int64_t changed_ms)
{
    if (p->left == 0)
        return;
    p->left--;
    buf_z(p->out, "<url><loc>");
    open_data_xml(p->out, p->origin);
    open_data_xml(p->out, path);
    buf_z(p->out, "</loc>");
    if (changed_ms > 0) {
        const struct str at = instant_iso(p->mem, changed_ms);

        buf_fmt(p->out, "<lastmod>%.*s</lastmod>", (int)at.n, at.p);
    }
    buf_z(p->out, "</url>\n");
}

static void put_menu(struct web *w, struct part *p)
{
    int n;
    const struct menu_entry *menu = web_menu(w, &n);

    for (int i = 0; i < n; i++) {
        bool is_first = menu[i].who == ANYONE;

        for (int k = 0; k < i && is_first; k++)
            is_first = !str_eq_z(str_of(menu[i].path), menu[k].path);
        if (is_first)
            put_page(p, str_of(menu[i].path), 0);
    }
}

static void put_needs(struct ctx *c, struct part *p)
{
    const struct needs *needs = needs_of(c);

    for (int i = 0; i < needs_n_groups(needs); i++)
        put_page(p, str_fmt(c->mem, "/bisogni/%.*s", (int)needs_group(needs, i)->id.n, needs_group(needs, i)->id.p), 0);
    for (int i = 0; i < needs_n(needs); i++)
        put_page(p, str_fmt(c->mem, "/bisogni/%.*s", (int)needs_at(needs, i)->id.n, needs_at(needs, i)->id.p), 0);
}

static enum status put_areas(struct web *w, struct part *p)
{
    static const struct {
        enum area_kind kind;
        const char *path, *address;
    } all[] = {{AREA_COMUNE, "/territorio/comune/:slug", "/territorio/comune"}, {AREA_DISTRICT, "/territorio/distretto/:slug", "/territorio/distretto"}};
    struct ctx *c = web_ctx(w);
    enum status st = ST_OK;

    for (int i = 0; i < ARRAY_LEN(all) && st == ST_OK; i++) {
        struct area *list;
        int n = 0;

        if (!web_has_row(w, all[i].path))
            continue;
        st = places_areas(c, all[i].kind, c->today, &list, &n);
        for (int k = 0; st == ST_OK && k < n; k++)
            put_page(p, str_fmt(c->mem, "%s/%.*s", all[i].address, (int)list[k].slug.n, list[k].slug.p), 0);
    }
    return st;
}

static enum status put_services(struct ctx *c, struct part *p, bool *is_last)
{
    const struct service_read read = {.after_id = p->after_id, .limit = BLOCK, .without_ids = true};
    struct service *list;
    int n = 0;
    const enum status st = catalogue_read(c, c->mem, &read, &list, &n);

    for (int i = 0; st == ST_OK && i < n; i++) {
        p->after_id = list[i].service_id;
        if (p->skip > 0)
            p->skip--;
        else
            put_page(p, str_fmt(c->mem, "/servizi/%.*s", (int)list[i].slug.n, list[i].slug.p), list[i].changed_at);
    }
    *is_last = n == 0 || p->left == 0;
    return st;
}

static enum status put_organisations(struct ctx *c, struct part *p, bool *is_last)
{
    const struct organisation_page page = {.after = p->after_id, .limit = BLOCK};
    struct organisation *list;
    int n = 0;
    const enum status st = organisations_page(c, &page, &list, &n);

    for (int i = 0; st == ST_OK && i < n; i++) {
        p->after_id = list[i].organisation_id;
        if (p->skip > 0)
            p->skip--;
        else
            put_page(p, str_fmt(c->mem, "/enti/%.*s", (int)list[i].slug.n, list[i].slug.p), list[i].changed_at);
    }
    *is_last = n == 0 || p->left == 0;
    return st;
}

static enum status piece(struct web *w, void *state, bool *out_is_last)
{
    struct part *p = state;
    enum status st;

    p->out = web_out(w);
    p->mem = web_ctx(w)->mem;
    *out_is_last = true;
    if (p->of == OF_SERVICES) {
        st = put_services(web_ctx(w), p, out_is_last);
    } else if (p->of == OF_ORGANISATIONS) {
        st = put_organisations(web_ctx(w), p, out_is_last);
    } else {
        put_menu(w, p);
        put_needs(web_ctx(w), p);
        st = put_areas(w, p);
    }
    if (*out_is_last)
        buf_z(web_out(w), "</urlset>\n");
    return st;
}

/* "3.xml"; 0: no such part. */
static int part_number(struct str s)
{
    int64_t n;

    if (s.n < 5 || !str_eq(str_from(s, s.n - 4), STR(".xml")) || s.p[0] == '0' || !str_to_int(str_head(s, s.n - 4), &n) || n < 1 || n > 10000)
        return 0;
    return (int)n;
}

enum status open_data_sitemap_part(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct part *p = ARENA_NEW(c->mem, struct part);
    const int number = part_number(web_path_value(w, "part")) - PLAIN_PARTS;
    struct parts_of parts;
    int64_t change;
    enum status st = count_parts(c, &parts);

    if (st == ST_OK)
        st = catalogue_change(c, &change);
    if (st != ST_OK)
        return st;
    if (number < 0 || number > parts.n_services + parts.n_organisations)
        return ST_NOT_FOUND;
    if (web_has_same(w, str_fmt(c->mem, "%d %lld %lld %d", number, (long long)change, (long long)parts.organisations, c->today), 0))
        return ST_OK;
    *p = (struct part){.origin = web_origin(w), .left = PART};
    p->of = number == 0 ? OF_PAGES : number <= parts.n_services ? OF_SERVICES : OF_ORGANISATIONS;
    p->skip = number == 0 ? 0 : (int64_t)PART * (number - 1 - (p->of == OF_ORGANISATIONS ? parts.n_services : 0));
    web_set_type(w, "application/xml; charset=utf-8");
    buf_z(web_out(w), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    web_stream(w, piece, p);
    return ST_OK;
}

/* open_data_atom.c - GET /dati/novita.atom: what changed last, in all of the catalogue or for a comune, a district, a need, an organisation
 * (RFC 4287). */
#include "features/publish/publish_export.h"
#include "open_data_routes.h"

enum { ENTRIES = 100 };

static void element(struct buf *b, const char *name, struct str text)
{
    buf_fmt(b, "<%s>", name);
    open_data_xml(b, text);
    buf_fmt(b, "</%s>\n", name);
}

static void link(struct buf *b, const char *rel, const char *type, struct str address)
{
    buf_fmt(b, "<link rel=\"%s\" type=\"%s\" href=\"", rel, type);
    open_data_xml(b, address);
    buf_z(b, "\"/>\n");
}

static void put_entry(struct api_out *o, const struct service *s)
{
    struct buf *b = o->j.out;
    const struct str demo = text_get(o->c->lang, "open_data.demo-mark");

    buf_z(b, "<entry>\n");
    element(b, "id", str_fmt(o->c->mem, "urn:uuid:%.*s", (int)s->uuid.n, s->uuid.p));
    element(b, "title", s->is_demo ? str_fmt(o->c->mem, "[%.*s] %.*s", (int)demo.n, demo.p, (int)s->name.n, s->name.p) : s->name);
    element(b, "updated", instant_iso(o->c->mem, s->changed_at));
    buf_z(b, "<author>");
    element(b, "name", s->organisation_name.n > 0 ? s->organisation_name : s->name);
    buf_z(b, "</author>\n");
    link(b, "alternate", "text/html", str_fmt(o->c->mem, "%.*s/servizi/%.*s", (int)o->origin.n, o->origin.p, (int)s->slug.n, s->slug.p));
    for (int i = 0; i < s->n_needs; i++) {
        const struct need *need = need_by_id(o->needs, s->needs[i]);

        if (need == NULL)
            continue;
        buf_z(b, "<category term=\"");
        open_data_xml(b, need->id);
        buf_z(b, "\" label=\"");
        open_data_xml(b, need->label[NEED_IT].text);
        buf_z(b, "\"/>\n");
    }
    element(b, "summary", s->summary.n > 0 ? s->summary : s->description.n > 0 ? s->description : s->name);
    buf_z(b, "</entry>\n");
}

/* The feed that was asked, query and all: it is another one for each. */
static struct str own_address(struct web *w, struct api_out *o)
{
    const struct str query = web_query_string(w);

    return str_fmt(o->c->mem, "%.*s/dati/novita.atom%s%.*s", (int)o->origin.n, o->origin.p, query.n > 0 ? "?" : "", (int)query.n, query.p);
}

static void put_head(struct web *w, struct api_out *o, int64_t updated_ms)
{
    struct buf *b = o->j.out;
    const struct str address = own_address(w, o);

    buf_fmt(b, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"%s\">\n", lang_code[o->c->lang]);
    element(b, "id", address);
    element(b, "title", text_get(o->c->lang, "open_data.news-title"));
    element(b, "subtitle", text_get(o->c->lang, "open_data.news-text"));
    element(b, "updated", instant_iso(o->c->mem, updated_ms));
    element(b, "rights", str_of(web_site(w)->licence));
    buf_z(b, "<author>");
    element(b, "name", str_of(web_site(w)->portal_name));
    buf_z(b, "</author>\n");
    link(b, "self", "application/atom+xml", address);
    link(b, "alternate", "text/html", o->origin);
}

enum status open_data_news(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct export *x;
    bool is_same = false, has_head = false;
    enum status st = publish_select(w, &x);

    if (st == ST_OK)
        st = publish_latest(c, x, ENTRIES);
    if (st == ST_OK)
        st = publish_has_same(w, x, STR("atom"), &is_same);
    if (st != ST_OK || is_same)
        return st;
    struct api_out o = api_out_new(w);

    web_set_type(w, "application/atom+xml; charset=utf-8");
    while (st == ST_OK && !publish_is_done(x)) {
        struct service *block;
        int n;

        st = publish_next(c, x, &block, &n);
        for (int i = 0; st == ST_OK && i < n; i++) {
            if (!has_head)
                put_head(w, &o, block[i].changed_at); /* the latest comes first */
            has_head = true;
            put_entry(&o, &block[i]);
        }
    }
    if (st == ST_OK && !has_head)
        put_head(w, &o, 0);
    buf_z(web_out(w), "</feed>\n");
    return st;
}

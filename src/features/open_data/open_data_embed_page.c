/* open_data_embed_page.c - the page that composes the lines to paste, the frame itself, its feed. */
#include "base/macros.h"
#include "features/finder/finder_ask.h"
#include "features/publish/publish_api_put.h"
#include "open_data_embed.h"
#include "open_data_pages.h"
#include "open_data_routes.h"
#include "open_data_view.h"

/* ---- the frame ---- */

static struct str address_of(struct web *w, const struct service *s)
{
    return open_data_address(w, str_fmt(web_ctx(w)->mem, "/servizi/%.*s", (int)s->slug.n, s->slug.p).p);
}

static void fill_item(struct web *w, const struct service *s, struct embed_item *m)
{
    *m = (struct embed_item){.name = s->name,
                             .address = address_of(w, s),
                             .by = s->organisation_name,
                             .phone = catalogue_first_phone(s),
                             .where = embed_where(web_ctx(w), s),
                             .summary = s->summary,
                             .is_demo = s->is_demo};
}

static enum status read_all(struct web *w, const char *tail, struct embed *e, bool *out_is_answered)
{
    enum status st = embed_read_comune(w, tail, e, out_is_answered);

    if (st != ST_OK || *out_is_answered)
        return st;
    embed_read_choices(w, e);
    return embed_find(web_ctx(w), e);
}

static struct str results_address(struct web *w, const struct embed *e)
{
    const struct str need = e->need == NULL ? STR("") : str_fmt(web_ctx(w)->mem, "&bisogno=%.*s", (int)e->need->id.n, e->need->id.p);

    return open_data_address(w, str_fmt(web_ctx(w)->mem, "/trova?dove=%.*s%.*s", (int)e->comune.area.slug.n, e->comune.area.slug.p,
                                        (int)need.n, need.p)
                                    .p);
}

/* GET /incorpora/:comune */
enum status open_data_embed_frame(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct embed e = {0};
    bool is_answered;
    const enum status st = read_all(w, "", &e, &is_answered);

    if (st != ST_OK || is_answered)
        return st;
    struct embed_frame_view v = {.lang = lang_code[c->lang],
                                 .portal_name = web_site(w)->portal_name,
                                 .title = embed_title(c, &e),
                                 .all = results_address(w, &e),
                                 .n_items = e.n_list,
                                 .n_total = e.n_total};

    v.items = ARENA_ARRAY(c->mem, struct embed_item, (size_t)e.n_list + 1);
    for (int i = 0; i < e.n_list; i++) {
        fill_item(w, &e.list[i], &v.items[i]);
        v.is_demo = v.is_demo || v.items[i].is_demo;
    }
    web_allow_frames(w);
    return html_open_data_frame(w, &v);
}

/* ---- the feed: JSON Feed 1.1 ---- */

static void put_item(struct web *w, struct api_out *o, const struct service *s)
{
    struct embed_item m;

    fill_item(w, s, &m);
    jwrite_open(&o->j, NULL, '{');
    jwrite_str(&o->j, "id", str_fmt(o->c->mem, "urn:uuid:%.*s", (int)s->uuid.n, s->uuid.p));
    jwrite_str(&o->j, "url", m.address);
    jwrite_str(&o->j, "title", m.name);
    jwrite_str(&o->j, "content_text", m.summary.n > 0 ? m.summary : s->description.n > 0 ? s->description : m.name);
    jwrite_str(&o->j, "date_modified", instant_iso(o->c->mem, s->changed_at));
    jwrite_open(&o->j, "authors", '[');
    jwrite_open(&o->j, NULL, '{');
    jwrite_str(&o->j, "name", m.by.n > 0 ? m.by : m.name);
    jwrite_close(&o->j, '}');
    jwrite_close(&o->j, ']');
    jwrite_open(&o->j, "tags", '[');
    for (int i = 0; i < s->n_needs; i++) {
        const struct need *need = need_by_id(o->needs, s->needs[i]);

        if (need != NULL)
            jwrite_str(&o->j, NULL, need->label[NEED_IT].text);
    }
    if (s->is_demo)
        jwrite_str(&o->j, NULL, text_get(o->c->lang, "open_data.demo-mark"));
    jwrite_close(&o->j, ']');
    jwrite_open(&o->j, "_wecare", '{'); /* an extension has a name that begins with _ */
    api_text(o, "phone", m.phone);
    api_text(o, "place", m.where);
    jwrite_bool(&o->j, "is_demo", s->is_demo);
    jwrite_close(&o->j, '}');
    jwrite_close(&o->j, '}');
}

/* GET /incorpora/:comune/feed.json */
enum status open_data_embed_feed(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct embed e = {0};
    bool is_answered;
    const enum status st = read_all(w, "/feed.json", &e, &is_answered);

    if (st != ST_OK || is_answered)
        return st;
    struct api_out o = api_out_new(w);
    const struct str query = web_query_string(w);

    web_set_type(w, "application/feed+json");
    web_set_header(w, "Access-Control-Allow-Origin", STR("*"));
    jwrite_open(&o.j, NULL, '{');
    jwrite_str(&o.j, "version", STR("https://jsonfeed.org/version/1.1"));
    jwrite_str(&o.j, "title", embed_title(c, &e));
    jwrite_str(&o.j, "home_page_url", results_address(w, &e));
    jwrite_str(&o.j, "feed_url",
               open_data_address(w, str_fmt(c->mem, "/incorpora/%.*s/feed.json%s%.*s", (int)e.comune.area.slug.n, e.comune.area.slug.p,
                                            query.n > 0 ? "?" : "", (int)query.n, query.p)
                                        .p));
    jwrite_str(&o.j, "language", str_of(lang_code[c->lang]));
    jwrite_open(&o.j, "authors", '[');
    jwrite_open(&o.j, NULL, '{');
    jwrite_str(&o.j, "name", str_of(web_site(w)->portal_name));
    jwrite_str(&o.j, "url", o.origin);
    jwrite_close(&o.j, '}');
    jwrite_close(&o.j, ']');
    jwrite_open(&o.j, "items", '[');
    for (int i = 0; i < e.n_list; i++)
        put_item(w, &o, &e.list[i]);
    jwrite_close(&o.j, ']');
    jwrite_close(&o.j, '}');
    return ST_OK;
}

/* ---- the page that composes them ---- */

static void fill_needs(struct ctx *c, const struct embed *e, struct embed_page_view *v)
{
    const struct needs *needs = needs_of(c);

    v->needs = ARENA_ARRAY(c->mem, struct embed_choice, (size_t)needs_n(needs));
    for (int i = 0; i < needs_n(needs); i++) {
        const struct need *need = needs_at(needs, i);

        v->needs[v->n_needs++] = (struct embed_choice){need->id, need->label[c->lang == LANG_EN ? NEED_EN : NEED_IT].text, need == e->need};
    }
}

static void fill_choices(struct web *w, const struct embed *e, enum lang in, struct embed_page_view *v)
{
    static const int sizes[] = {5, 10, 20, 50};
    struct ctx *c = web_ctx(w);

    fill_needs(c, e, v);
    v->sizes = ARENA_ARRAY(c->mem, struct embed_choice, ARRAY_LEN(sizes));
    for (int i = 0; i < ARRAY_LEN(sizes); i++)
        v->sizes[v->n_sizes++] = (struct embed_choice){str_fmt(c->mem, "%d", sizes[i]), str_fmt(c->mem, "%d", sizes[i]), e->n == sizes[i]};
    v->languages = ARENA_ARRAY(c->mem, struct embed_choice, LANG_COUNT);
    for (int i = 0; i < LANG_COUNT; i++)
        v->languages[v->n_languages++] = (struct embed_choice){str_of(lang_code[i]), str_of(lang_name[i]), i == (int)in};
}

/* The comune that was typed, or words and links to those that fit. */
static enum status read_where(struct web *w, struct embed *e, struct embed_page_view *v)
{
    struct ctx *c = web_ctx(w);
    struct finder_where where = {.typed = v->where};
    enum status st;

    if (v->where.n == 0)
        return ST_OK;
    st = finder_find_where(c, v->where, &where);
    if (st != ST_OK)
        return st;
    if (where.is_found) {
        e->comune = where.comune;
        v->has_code = true;
        return ST_OK;
    }
    v->trouble = text_get(c->lang, where.n_hits > 0 ? "open_data.embed-several" : "open_data.embed-no-comune");
    v->comuni = ARENA_ARRAY(c->mem, struct embed_choice, (size_t)where.n_hits + 1);
    for (int i = 0; i < where.n_hits; i++) {
        const struct comune *m = &where.hits[i].comune;

        v->comuni[v->n_comuni++] = (struct embed_choice){
            m->area.slug, str_fmt(c->mem, "%.*s (%.*s)", (int)m->area.name.n, m->area.name.p, (int)m->prov.n, m->prov.p), false};
    }
    return ST_OK;
}

static enum lang language_of(struct str code, enum lang usual)
{
    for (int i = 0; i < LANG_COUNT; i++)
        if (str_eq_z(code, lang_code[i]))
            return (enum lang)i;
    return usual;
}

/* The lines to paste; & and the like as they stand in a page. */
static void fill_code(struct web *w, struct embed *e, enum lang in, struct embed_page_view *v)
{
    struct ctx *c = web_ctx(w);
    const struct str query = embed_query(c->mem, e), origin = web_origin(w);
    const char *prefix = in == LANG_IT ? "" : str_fmt(c->mem, "/%s", lang_code[in]).p;
    const struct str slug = e->comune.area.slug;
    struct buf b = buf_new(c->mem, 400);

    v->name = e->comune.area.name;
    v->preview = str_fmt(c->mem, "%.*s%s/incorpora/%.*s%s%.*s", (int)origin.n, origin.p, prefix, (int)slug.n, slug.p, query.n > 0 ? "?" : "",
                         (int)query.n, query.p);
    v->feed = str_fmt(c->mem, "%.*s%s/incorpora/%.*s/feed.json%s%.*s", (int)origin.n, origin.p, prefix, (int)slug.n, slug.p,
                      query.n > 0 ? "?" : "", (int)query.n, query.p);
    buf_z(&b, "<iframe src=\"");
    buf_html(&b, v->preview);
    buf_z(&b, "\"\n title=\"");
    buf_html(&b, embed_title(c, e));
    buf_fmt(&b, "\"\n width=\"100%%\" height=\"600\" loading=\"lazy\"></iframe>");
    v->code = buf_view(&b);
}

/* GET /incorpora */
enum status open_data_embed_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const enum lang in = language_of(web_query(w, "in"), c->lang);
    struct embed_page_view v = {.frame = frame_new(w, text_get(c->lang, "open_data.embed-title")), .where = str_head(str_trim(web_query(w, "dove")), 80)};
    struct embed e = {0};
    enum status st;

    v.frame->description = text_get(c->lang, "open_data.embed-lead");
    embed_read_choices(w, &e);
    fill_choices(w, &e, in, &v);
    st = read_where(w, &e, &v);
    if (st == ST_OK && v.has_code)
        st = embed_find(c, &e);
    if (st != ST_OK)
        return st;
    v.n_services = e.n_total;
    if (v.has_code) {
        v.where = e.comune.area.name;
        fill_code(w, &e, in, &v);
    }
    return html_open_data_embed(w, &v);
}

/* finder_service_page.c - one service, in the order of the national model. */
#include "base/macros.h"
#include "base/slug.h"
#include "features/search/search.h"
#include "features/upkeep/upkeep.h"
#include "finder_feature.h"
#include "finder_pages.h"
#include "finder_service.h"
#include "finder_sheet_words.h"

enum { NEAR_SHOWN = 3 };

struct str finder_whole_address(struct web *w, struct str path)
{
    struct ctx *c = web_ctx(w);
    const struct str origin = web_origin(w);

    return str_fmt(c->mem, "%.*s%s%s%.*s", (int)origin.n, origin.p, c->lang == LANG_IT ? "" : "/",
                   c->lang == LANG_IT ? "" : lang_code[c->lang], (int)path.n, path.p);
}

/* What somebody sends to who has only a telephone that rings: name, number, street, address. */
static struct str sms_words(struct ctx *c, const struct finder_service_view *v)
{
    struct buf b = buf_new(c->mem, 256);

    buf_str(&b, v->name);
    if (v->n_phones > 0)
        buf_str(&b, finder_say(c, "finder.service-sms-phone", "phone", v->phones[0].number));
    if (v->n_places > 0 && v->places[0].address.n > 0) {
        buf_z(&b, ". ");
        buf_str(&b, v->places[0].address);
    }
    buf_z(&b, ". ");
    buf_str(&b, v->url);
    return buf_view(&b);
}

static int64_t home_of(const struct service *s)
{
    return s->n_ats > 0 && s->ats[0].location != NULL ? s->ats[0].location->comune_id : 0;
}

/* Asked from the results of a comune that it does not serve: what there is instead. */
static enum status fill_near(struct web *w, const struct service *s, struct finder_service_view *v)
{
    struct ctx *c = web_ctx(w);
    const struct str where = web_query(w, "dove");
    struct comune asked;
    bool serves = true;
    enum status st = ST_NOT_FOUND;

    if (where.n > 0)
        st = places_comune_by_slug(c, where, &asked);
    if (st == ST_OK)
        st = finder_service_serves(c, s, asked.area.area_id, &serves);
    else if (st == ST_NOT_FOUND)
        st = ST_OK;
    if (st != ST_OK)
        return st;
    if (!serves) {
        v->not_for = asked.area.name;
        v->near_title = finder_say(c, "finder.service-near-for", "name", asked.area.name);
        if (s->n_needs > 0)
            v->elsewhere_path = finder_results_path(c, s->needs[0], asked.area.slug);
        return finder_service_near(c, s, asked.area.area_id, NEAR_SHOWN, &v->near, &v->n_near);
    }
    v->near_title = text_get(c->lang, "finder.service-near");
    return finder_service_near(c, s, home_of(s), NEAR_SHOWN, &v->near, &v->n_near);
}

static void fill_frame(struct web *w, const struct service *s, struct finder_service_view *v)
{
    struct ctx *c = web_ctx(w);

    v->frame = frame_new(w, s->name);
    if (s->summary.n > 0)
        v->frame->description = s->summary;
    v->frame->is_hidden = v->is_gone;
    if (!v->is_violence)
        frame_crumb(w, v->frame, text_get(c->lang, "finder.needs-title"), STR("/bisogni"));
    if (v->n_topics > 0)
        frame_crumb(w, v->frame, v->topics[0].label, v->topics[0].path);
}

static bool has_any_hours(const struct service *s)
{
    const struct schedule *list;
    int n = 0;

    for (int i = 0; n == 0 && (i < s->n_ats || (i == 0 && s->n_ats == 0)); i++)
        catalogue_hours(s, s->n_ats == 0 ? NULL : &s->ats[i], &list, &n);
    return n > 0;
}

/* What its body and the calls of the sample say of it, beside its own date. */
static enum status fill_upkeep(struct ctx *c, const struct service *s, struct finder_service_view *v)
{
    struct upkeep_entry e;
    struct upkeep_correction last;
    enum status st = upkeep_entry(c, s->service_id, &e);

    v->is_to_reconfirm = s->due_state == DUE_TO_RECONFIRM;
    if (st != ST_OK)
        return st == ST_NOT_FOUND ? ST_OK : st;
    v->checked = text_day(c->mem, c->lang, e.verified_on);
    st = upkeep_last_mended(c, s->service_id, &last);
    if (st != ST_OK)
        return st == ST_NOT_FOUND ? ST_OK : st;
    const struct text_arg days[] = {{"day", text_day(c->mem, c->lang, last.received_on)},
                                    {"mended", text_day(c->mem, c->lang, last.closed_on)}};

    v->mended = text_fill(c->mem, text_get(c->lang, "finder.service-mended"), days, ARRAY_LEN(days));
    return ST_OK;
}

/* GET /servizi/:slug - an old or shortened address leads to the right one. ?dove= says for whom. */
enum status finder_service_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct str slug = web_path_value(w, "slug");
    struct service s;
    struct finder_service_view v = {.is_gone = false};
    enum status st = catalogue_service_by_slug(c, slug, &s);

    if (st == ST_OK && !str_eq(s.slug, slug)) {
        const struct str path = str_fmt(c->mem, "/servizi/%.*s", (int)s.slug.n, s.slug.p);

        /* Another service altogether: the one it was joined to. */
        return str_eq(slug_code_of(slug), slug_code_of(s.slug)) ? web_redirect(w, path)
                                                                : web_moved(w, path);
    }
    if (st != ST_OK)
        return st;
    finder_service_texts(c, &s, &v);
    st = finder_service_areas(c, &s, &v);
    if (st == ST_OK)
        st = fill_upkeep(c, &s, &v);
    if (st != ST_OK)
        return st;
    finder_service_reach(c, &s, &v);
    v.organisation = (struct finder_link){
        s.organisation_name,
        str_fmt(c->mem, "/enti/%.*s", (int)s.organisation_slug.n, s.organisation_slug.p)};
    v.path = str_fmt(c->mem, "/servizi/%.*s", (int)s.slug.n, s.slug.p);
    v.url = finder_whole_address(w, v.path);
    if (web_has_row(w, "/servizi/:slug/orari.ics") && has_any_hours(&s))
        v.calendar_path = str_fmt(c->mem, "%.*s/orari.ics", (int)v.path.n, v.path.p);
    fill_frame(w, &s, &v);
    v.sms = sms_words(c, &v);
    v.qr = finder_qr(c, v.url);
    v.data = finder_service_data(w, &s);
    st = fill_near(w, &s, &v);
    return st == ST_OK ? html_finder_service(w, &v) : st;
}

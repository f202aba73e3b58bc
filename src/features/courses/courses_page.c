/* courses_page.c - courses and events of a body: free places with one tap, those that ended again with new days. */
#include "base/date.h"
#include "base/macros.h"
#include "core/links/links.h"
#include "courses_feature.h"
#include "courses_pages.h"
#include "courses_view.h"
#include "features/catalogue/catalogue_alias.h"
#include "features/catalogue/catalogue_edit.h"

enum { MOST_PLACES = 9999 };

static bool is_course(const struct service *s)
{
    return s->has_places_free || s->ends_on != DAY_NONE || s->kind == SERVICE_COURSE || s->kind == SERVICE_EVENT;
}

static struct courses_row row_of(struct ctx *c, const struct service *s)
{
    struct courses_row r = {.slug = s->slug,
                            .name = s->name,
                            .has_ended = catalogue_has_ended(s, c->today),
                            .are_old = catalogue_places_are_old(s, c->today)};

    if (s->has_places_free)
        r.places = text_int(c->mem, c->lang, s->places_free);
    if (s->starts_on != DAY_NONE)
        r.starts = day_iso(c->mem, s->starts_on);
    if (s->ends_on != DAY_NONE) {
        r.ends = day_iso(c->mem, s->ends_on);
        r.runs = text_day(c->mem, c->lang, s->ends_on);
    }
    return r;
}

static enum status show(struct web *w, const struct links_link *k)
{
    static const char *const known[] = {"posti", "date"};
    struct ctx *c = web_ctx(w);
    const struct edit_list ask = {.organisation_id = k->organisation_id};
    struct courses_view v = {.frame = frame_new(w, text_get(c->lang, "courses.title")), .holder = k->name};
    struct service *list;
    int n = 0;
    const enum status st = catalogue_edit_entries(c, &ask, &list, &n);

    if (st != ST_OK)
        return st;
    for (int i = 0; i < ARRAY_LEN(known); i++)
        if (str_eq_z(web_query(w, "fatto"), known[i]))
            v.done = text_get(c->lang, str_fmt(c->mem, "courses.done-%s", known[i]).p);
    if (c->problems.n > 0)
        v.error = text_fill(c->mem, text_get(c->lang, c->problems.list[0].key),
                            &(struct text_arg){"value", c->problems.list[0].value}, 1);
    v.rows = ARENA_ARRAY(c->mem, struct courses_row, (size_t)n);
    for (int i = 0; i < n; i++)
        if (is_course(&list[i]))
            v.rows[v.n_rows++] = row_of(c, &list[i]);
    v.frame->is_hidden = true;
    frame_crumb(w, v.frame, text_get(c->lang, "courses.entries"), STR("/schede"));
    return html_courses_list(w, &v);
}

/* GET /schede/corsi */
enum status courses_list_page(struct web *w)
{
    struct links_link k;
    const enum status st = links_here(w, LINKS_KEEP, &k);

    return st == ST_OK ? show(w, &k) : links_refuse(w, LINKS_KEEP, st, &k);
}

/* The key and its own entry; *out_done: the page that says no was written. */
static enum status own(struct web *w, struct links_link *k, struct service *s, bool *out_done)
{
    enum status st = links_here(w, LINKS_KEEP, k);

    *out_done = st != ST_OK;
    if (st != ST_OK)
        return links_refuse(w, LINKS_KEEP, st, k);
    st = catalogue_service_by_slug(web_ctx(w), web_path_value(w, "slug"), s);
    return st == ST_OK && s->organisation_id != k->organisation_id ? ST_NOT_FOUND : st;
}

static struct edit_change change_of(struct ctx *c, const struct service *s, enum edit_field f, struct str text)
{
    return (struct edit_change){
        .field = f, .text = text, .has_was = true, .was_sum = catalogue_edit_sum(catalogue_edit_text(c->mem, f, s))};
}

/* POST /schede/:slug/posti - di=+1, -1, 0 (none left) or = (still so many). Taps of two desks add up: each changes
 * the number that is there. */
enum status courses_places_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct str tap = web_field(w, "di");
    struct edit_outcome outcome;
    struct links_link k;
    struct service s;
    bool is_done;
    enum status st = own(w, &k, &s, &is_done);

    if (st != ST_OK || is_done)
        return st;
    if (c->problems.n > 0)
        return ST_DENIED;
    const int now = s.has_places_free ? s.places_free : 0;
    const int next = str_eq_z(tap, "1") ? now + 1 : str_eq_z(tap, "-1") ? now - 1 : str_eq_z(tap, "0") ? 0 : now;
    const struct edit_who who = {.how = EDIT_BY_DESK, .by = k.name};
    const int held = next < 0 ? 0 : next > MOST_PLACES ? MOST_PLACES : next;
    const struct edit_change change = change_of(c, &s, EDIT_PLACES_FREE, str_fmt(c->mem, "%d", held));

    st = catalogue_edit(c, s.service_id, s.change_no, &change, 1, &who, &outcome);
    if (st == ST_OK)
        st = catalogue_places_said(c, s.service_id);
    if (st == ST_INVALID) {
        web_set_code(w, 422);
        return show(w, &k);
    }
    return st == ST_OK ? web_redirect(w, STR("/schede/corsi?fatto=posti")) : st;
}

/* POST /schede/:slug/ripeti - the same course with new days: it is back in the results. */
enum status courses_repeat_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct edit_outcome outcome;
    struct links_link k;
    struct service s;
    bool is_done;
    enum status st = own(w, &k, &s, &is_done);

    if (st != ST_OK || is_done)
        return st;
    const struct str from = str_trim(web_field(w, "inizia")), to = str_trim(web_field(w, "finisce"));
    const int starts = day_parse(from), ends = day_parse(to);

    if (ends == DAY_NONE || ends < c->today || (from.n > 0 && (starts == DAY_NONE || starts > ends)))
        problems_add(&c->problems, "finisce", "courses.days-wrong", to);
    if (c->problems.n == 0) {
        const struct edit_who who = {.how = EDIT_BY_DESK, .by = k.name};
        const struct edit_change list[] = {change_of(c, &s, EDIT_STARTS_ON, from), change_of(c, &s, EDIT_ENDS_ON, to),
                                           change_of(c, &s, EDIT_STATUS, STR("active"))};

        st = catalogue_edit(c, s.service_id, s.change_no, list, ARRAY_LEN(list), &who, &outcome);
    }
    if (c->problems.n > 0) {
        web_set_code(w, 422);
        return show(w, &k);
    }
    return st == ST_OK ? web_redirect(w, STR("/schede/corsi?fatto=date")) : st;
}

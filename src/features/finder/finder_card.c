/* finder_card.c - services found, made into cards. */
#include "base/macros.h"
#include "features/search/search_cards.h"
#include "finder_card_view.h"
#include "finder_words.h"

enum {
    NEXT_DOOR_M = 100
}; /* nearer than that the comune says it all: "0,0 km" would be nonsense */

static void add_tag(struct finder_card *k, const char *icon, const char *css, struct str label)
{
    if (label.n > 0 && k->n_tags < FINDER_MAX_TAGS)
        k->tags[k->n_tags++] = (struct finder_tag){icon, css, label};
}

static void add_open_tag(struct ctx *c, const struct search_hit *h, struct finder_card *k)
{
    const bool is_open = h->hours.state == HOURS_IS_OPEN;

    if (h->hours.state == HOURS_IS_UNKNOWN && h->location_id == 0)
        return; /* by phone or at home: no door whose hours one would ask */
    add_tag(k, "clock", is_open ? "w-ok" : "", finder_open_words(c, &h->hours));
}

/* "ISEE sotto 11.000 euro": a short note as it stands; a long one is read on the sheet. */
static struct str isee_words(struct ctx *c, struct str note)
{
    enum { LONGEST = 34 };

    note = str_trim(note);
    while (note.n > 0 && note.p[note.n - 1] == '.')
        note.n--;
    if (note.n == 0 || str_length(note) > LONGEST)
        return text_get(c->lang, "finder.tag-isee");
    for (size_t i = 0; i + 4 <= note.n; i++)
        if (str_starts(str_from(note, i), STR("ISEE")))
            return note;
    const bool is_capital = note.p[0] >= 'A' && note.p[0] <= 'Z';

    return str_fmt(c->mem, "ISEE: %c%.*s", is_capital ? note.p[0] - 'A' + 'a' : note.p[0],
                   (int)note.n - 1, note.p + 1);
}

static void add_cost_tag(struct ctx *c, const struct service *s, struct finder_card *k)
{
    if (s->isee_note.n > 0)
        add_tag(k, "file-text", "w-warn", isee_words(c, s->isee_note));
    else if (s->fee == FEE_BY_ISEE)
        add_tag(k, "file-text", "w-warn", text_get(c->lang, "finder.tag-isee"));
    else if (s->fee == FEE_FREE)
        add_tag(k, "wallet", "", text_get(c->lang, "finder.tag-free"));
    else if (s->fee == FEE_PAID)
        add_tag(k, "wallet", "", text_get(c->lang, "finder.tag-paid"));
}

/* What makes it reachable for who cannot come, or cannot speak Italian. */
static void add_way_tag(struct ctx *c, const struct service *s, struct finder_card *k)
{
    static const struct {
        int bit;
        const char *icon, *key;
    } ways[] = {
        {WAY_HOME, "house", "finder.tag-home"},
        {WAY_PHONE, "phone", "finder.tag-phone"},
        {WAY_ONLINE, "globe", "finder.tag-online"},
    };

    for (int i = 0; i < ARRAY_LEN(ways); i++)
        if ((s->ways & ways[i].bit) != 0) {
            add_tag(k, ways[i].icon, "", text_get(c->lang, ways[i].key));
            return;
        }
    for (int i = 0; i < s->n_ats; i++)
        if (s->ats[i].location != NULL &&
            (s->ats[i].location->access_bits & ACCESS_WHEELCHAIR) != 0) {
            add_tag(k, "accessibility", "", text_get(c->lang, "finder.tag-wheelchair"));
            return;
        }
    if (s->n_documents > 0)
        add_tag(k, "file-text", "", text_get(c->lang, "finder.tag-documents"));
}

/* The place the hit speaks of, or the first there is. */
static const struct location *place_of(const struct service *s, const struct search_hit *h)
{
    const struct location *first = NULL;

    for (int i = 0; i < s->n_ats; i++) {
        const struct location *l = s->ats[i].location;

        if (l == NULL)
            continue;
        if (first == NULL)
            first = l;
        if (h->location_id != 0 && l->location_id == h->location_id)
            return l;
    }
    return first;
}

static void fill_reasons(struct ctx *c, const struct search_hit *h, struct finder_card *k)
{
    k->reasons = ARENA_ARRAY(c->mem, struct str, (size_t)h->n_reasons);
    for (int i = 0; i < h->n_reasons; i++)
        k->reasons[k->n_reasons++] = search_reason_text(c, &h->reasons[i]);
}

static struct finder_card card_of(struct ctx *c, const struct service *s,
                                  const struct search_hit *h)
{
    const struct location *l = place_of(s, h);
    const bool is_sunk = s->due_state == DUE_TO_RECONFIRM;
    struct finder_card k = {
        .path = str_fmt(c->mem, "/servizi/%.*s", (int)s->slug.n, s->slug.p),
        .name = s->name,
        .body = s->organisation_name,
        .body_path =
            str_fmt(c->mem, "/enti/%.*s", (int)s->organisation_slug.n, s->organisation_slug.p),
        .sentence = s->summary,
        .fresh = is_sunk ? text_get(c->lang, "finder.to-reconfirm") : finder_fresh_words(c, s->confirmed_on),
        .fresh_css = h->fresh == FRESH_GOOD && !is_sunk ? "w-ok" : "w-warn",
        .fresh_icon = s->confirmed_on == DAY_NONE || is_sunk ? "circle-alert" : "badge-check",
        .phone = catalogue_first_phone(s),
        .is_demo = s->is_demo,
    };

    if (l != NULL) {
        k.place = l->quarter.n > 0 && l->is_secret
                      ? str_fmt(c->mem, "%.*s, %.*s", (int)l->comune_name.n, l->comune_name.p,
                                (int)l->quarter.n, l->quarter.p)
                      : l->comune_name;
        k.is_secret = l->is_secret;
    }
    if (h->has_distance && h->distance_m >= NEXT_DOOR_M)
        k.km = finder_km(c, h->distance_m);
    if (s->initiative_year > 0)
        k.reported =
            finder_say(c, "finder.reported", "year", str_fmt(c->mem, "%d", s->initiative_year));
    if (s->status == SERVICE_CLOSED_NOW)
        add_tag(&k, "circle-alert", "w-warn", text_get(c->lang, "finder.tag-suspended"));
    add_open_tag(c, h, &k);
    add_tag(&k, "users", s->has_places_free && s->places_free > 0 ? "w-ok" : "w-warn",
            finder_places_words(c, s));
    add_cost_tag(c, s, &k);
    add_way_tag(c, s, &k);
    k.long_hours = finder_open_words(c, &h->hours);
    fill_reasons(c, h, &k);
    return k;
}

static const struct service *service_of(const struct service *list, int n, int64_t service_id)
{
    for (int i = 0; i < n; i++)
        if (list[i].service_id == service_id)
            return &list[i];
    return NULL;
}

enum status finder_fill_cards(struct ctx *c, const struct search_answer *a,
                              struct finder_cards *out)
{
    const int before = (a->page > 1 ? a->page - 1 : 0) * a->page_size;
    struct service *list;
    int n = 0, n_demo = 0;
    bool are_others = before > a->n_here;
    const enum status st = search_cards(c, a, &list, &n);

    *out = (struct finder_cards){0};
    if (st != ST_OK)
        return st;
    out->cards = ARENA_ARRAY(c->mem, struct finder_card, (size_t)a->n_hits);
    for (int i = 0; i < a->n_hits; i++) {
        const struct service *s = service_of(list, n, a->hits[i].service_id);

        if (s == NULL)
            continue;
        struct finder_card *k = &out->cards[out->n_cards++];

        *k = card_of(c, s, &a->hits[i]);
        k->rank = before + i + 1;
        k->begins_others = !are_others && before + i >= a->n_here;
        are_others = are_others || k->begins_others;
        n_demo += k->is_demo;
    }
    out->has_demo = n_demo > 0;
    out->is_mixed = n_demo > 0 && n_demo < out->n_cards;
    for (int i = 0; i < out->n_cards; i++)
        out->cards[i].says_demo = out->is_mixed && out->cards[i].is_demo;
    return ST_OK;
}

/* finder_service_reach.c - telephones, places and their hours, contacts; others near. */
#include "base/macros.h"
#include "features/search/search_cards.h"
#include "finder_service.h"
#include "finder_sheet_words.h"

enum { NEAR_ASKED = 8, LINE = 160 };

static void join(struct buf *b, const char *joint, struct str words)
{
    if (words.n == 0)
        return;
    if (b->n > 0)
        buf_z(b, joint);
    buf_str(b, words);
}

struct str finder_location_address(struct ctx *c, const struct location *l)
{
    struct buf b = buf_new(c->mem, LINE);

    if (l->is_secret || l->n_addresses == 0)
        return STR("");
    const struct address *a = &l->addresses[0];

    join(&b, ", ", a->address_1);
    join(&b, ", ", a->address_2);
    if (b.n == 0)
        return STR("");
    join(&b, ", ", a->postal_code);
    join(&b, a->postal_code.n > 0 ? " " : ", ", a->city.n > 0 ? a->city : l->comune_name);
    return buf_view(&b);
}

static bool is_listed(const struct finder_phone_view *list, int n, struct str number)
{
    for (int i = 0; i < n; i++)
        if (str_eq(list[i].number, number))
            return true;
    return false;
}

static struct str phone_about(struct ctx *c, const struct phone *p)
{
    struct buf b = buf_new(c->mem, LINE);
    struct str codes = p->languages;

    join(&b, " · ", p->description);
    if (p->extension.n > 0)
        join(&b, " · ", finder_say(c, "finder.service-extension", "n", p->extension));
    if (str_eq_z(p->type, "fax") || str_eq_z(p->type, "text") || str_eq_z(p->type, "textphone"))
        join(&b, " · ",
             text_get(c->lang,
                      str_fmt(c->mem, "finder.service-phone-%.*s", (int)p->type.n, p->type.p).p));
    for (bool is_first = true; codes.n > 0; is_first = false) {
        const struct str code = str_cut(&codes, ' ');
        const struct str key = str_fmt(c->mem, "finder.spoken-%.*s", (int)code.n, code.p);

        if (code.n > 0)
            join(&b, is_first ? " · " : ", ",
                 text_has(c->lang, key.p) ? text_get(c->lang, key.p) : code);
    }
    return buf_view(&b);
}

/* A fax is no number to call first: voices before. */
static void add_phones(struct ctx *c, const struct parts *parts, struct finder_phone_view *list,
                       int *n)
{
    for (int turn = 0; turn < 2; turn++)
        for (int i = 0; i < parts->n_phones; i++) {
            const struct phone *p = &parts->phones[i];

            if (str_eq_z(p->type, "fax") != (turn == 1) || is_listed(list, *n, p->number))
                continue;
            list[(*n)++] = (struct finder_phone_view){p->number, phone_about(c, p)};
        }
}

static struct str access_words(struct ctx *c, int bits)
{
    struct buf b = buf_new(c->mem, LINE);

    for (int bit = ACCESS_WHEELCHAIR; bit <= ACCESS_SIGHT; bit *= 2)
        if (bits & bit)
            join(&b, ", ",
                 text_get(
                     c->lang,
                     str_fmt(c->mem, "finder.service-access-%s", catalogue_access_name(bit)).p));
    return buf_view(&b);
}

static struct str access_details(struct ctx *c, const struct access *list, int n)
{
    struct buf b = buf_new(c->mem, LINE);

    for (int i = 0; i < n; i++) {
        join(&b, ". ", list[i].description);
        join(&b, ". ", list[i].details);
    }
    return buf_view(&b);
}

static void fill_map(struct ctx *c, const struct location *l, struct finder_place_view *p)
{
    if (l->is_secret)
        return;
    if (l->has_point && !l->is_point_of_town) {
        p->has_point = true;
        p->lat = str_fmt(c->mem, "%.5f", l->lat);
        p->lon = str_fmt(c->mem, "%.5f", l->lon);
    } else if (p->address.n > 0) {
        p->sought = p->address;
    }
}

static struct finder_place_view place_of(struct ctx *c, const struct service *s,
                                         const struct service_at *at)
{
    const struct location *l = at->location;
    struct finder_place_view p = {.name = l->is_secret ? STR("") : l->name,
                                  .address = finder_location_address(c, l),
                                  .comune = {.label = l->comune_name},
                                  .quarter = l->quarter,
                                  .is_secret = l->is_secret,
                                  .hours = finder_hours(c, s, at)};

    if (l->comune_slug.n > 0)
        p.comune.path =
            str_fmt(c->mem, "/territorio/comune/%.*s", (int)l->comune_slug.n, l->comune_slug.p);
    fill_map(c, l, &p);
    if (!l->is_secret) {
        p.access = access_details(c, l->access, l->n_access);
        if (p.access.n == 0)
            p.access = access_words(c, l->access_bits);
        p.transport = l->transportation;
    }
    p.phones = ARENA_ARRAY(c->mem, struct finder_phone_view,
                           (size_t)(l->parts.n_phones + at->parts.n_phones));
    add_phones(c, &at->parts, p.phones, &p.n_phones);
    add_phones(c, &l->parts, p.phones, &p.n_phones);
    return p;
}

static void fill_contacts(struct ctx *c, const struct service *s, struct finder_service_view *v)
{
    v->contacts = ARENA_ARRAY(c->mem, struct finder_contact_view, (size_t)s->parts.n_contacts);
    for (int i = 0; i < s->parts.n_contacts; i++) {
        const struct contact *k = &s->parts.contacts[i];

        if (k->phone.n > 0 || k->email.n > 0)
            v->contacts[v->n_contacts++] = (struct finder_contact_view){
                k->role.n > 0 ? k->role : k->department, k->phone, k->email};
    }
}

/* First the number the catalogue says to call, then the others of the service. */
static void fill_phones(struct ctx *c, const struct service *s, struct finder_service_view *v)
{
    const struct str first = catalogue_first_phone(s);
    int n_most = s->parts.n_phones + 1;

    for (int i = 0; i < s->n_ats; i++)
        n_most += s->ats[i].parts.n_phones;
    v->phones = ARENA_ARRAY(c->mem, struct finder_phone_view, (size_t)n_most);
    if (first.n > 0)
        v->phones[v->n_phones++] = (struct finder_phone_view){.number = first};
    for (int i = 0; first.n > 0 && i < s->parts.n_phones; i++)
        if (str_eq(s->parts.phones[i].number, first))
            v->phones[0].about = phone_about(c, &s->parts.phones[i]);
    add_phones(c, &s->parts, v->phones, &v->n_phones);
}

/* The number to call first stands above: the places do not say it again, but may tell more of it.
 */
static void part_phones(struct finder_service_view *v)
{
    for (int i = 0; v->n_phones > 0 && i < v->n_places; i++) {
        struct finder_place_view *const p = &v->places[i];
        int n = 0;

        for (int k = 0; k < p->n_phones; k++) {
            if (!str_eq(p->phones[k].number, v->phones[0].number))
                p->phones[n++] = p->phones[k];
            else if (v->phones[0].about.n == 0)
                v->phones[0].about = p->phones[k].about;
        }
        p->n_phones = n;
    }
}

void finder_service_reach(struct ctx *c, const struct service *s, struct finder_service_view *v)
{
    int bits = 0;

    fill_phones(c, s, v);
    fill_contacts(c, s, v);
    v->places = ARENA_ARRAY(c->mem, struct finder_place_view, (size_t)s->n_ats);
    for (int i = 0; i < s->n_ats; i++)
        if (s->ats[i].location != NULL)
            v->places[v->n_places++] = place_of(c, s, &s->ats[i]);
    part_phones(v);
    if (v->n_places == 0) {
        v->hours = finder_hours(c, s, NULL);
        v->has_hours = true;
    }
    for (int i = 0; i < s->n_access; i++)
        bits |= s->access[i].bits;
    v->access = access_words(c, bits);
}

/* ---- others near ---- */

struct finder_service_line finder_line_of(struct ctx *c, const struct service *s)
{
    struct finder_service_line l = {
        .slug = s->slug, .name = s->name, .summary = s->summary, .phone = catalogue_first_phone(s)};
    struct buf where = buf_new(c->mem, LINE);

    join(&where, " · ", s->organisation_name);
    if (s->n_ats > 0 && s->ats[0].location != NULL)
        join(&where, " · ", s->ats[0].location->comune_name);
    l.where = buf_view(&where);
    return l;
}

enum status finder_service_near(struct ctx *c, const struct service *s, int64_t comune_id, int most,
                                struct finder_service_line **out, int *n_out)
{
    struct search_answer found;
    struct service *cards;
    int n = 0, n_cards = 0;

    *out = ARENA_ARRAY(c->mem, struct finder_service_line, (size_t)most);
    *n_out = 0;
    if (s->n_needs == 0 || comune_id == 0)
        return ST_OK;
    const struct search_ask ask = {
        .need = s->needs[0], .area_id = comune_id, .page_size = NEAR_ASKED, .no_counting = true};
    enum status st = search_services(c, &ask, &found);

    if (st != ST_OK)
        return st;
    for (int i = 0; i < found.n_hits && n < most; i++)
        if (found.hits[i].serves_here && found.hits[i].service_id != s->service_id)
            found.hits[n++] = found.hits[i];
    found.n_hits = n;
    st = search_cards(c, &found, &cards, &n_cards);
    for (int i = 0; st == ST_OK && i < n_cards; i++)
        (*out)[(*n_out)++] = finder_line_of(c, &cards[i]);
    return st;
}

/* territory_words.c - addresses and words that several pages of territory share. */
#include "base/macros.h"
#include "territory_view.h"

/* Pages of their own for the kinds people ask about; the others share one page. */
static const struct {
    enum area_kind kind;
    const char *before; /* of the slug */
} addresses[] = {
    {AREA_COMUNE, "/territorio/comune/"},
    {AREA_DISTRICT, "/territorio/distretto/"},
    {AREA_BODY_AREA, "/enti/"},
};

struct str territory_area_path(struct ctx *c, const struct area *a)
{
    for (int i = 0; i < ARRAY_LEN(addresses); i++)
        if (addresses[i].kind == a->kind)
            return str_fmt(c->mem, "%s%.*s", addresses[i].before, (int)a->slug.n, a->slug.p);
    if (a->kind == AREA_PROJECT) {
        struct programme_project p;

        if (programme_project_by_code(c, a->code, &p) != ST_OK)
            return STR("");
        return str_fmt(c->mem, "/progetti/%.*s", (int)p.slug.n, p.slug.p);
    }
    return str_fmt(c->mem, "/territorio/area/%s-%.*s", places_kind_name(a->kind), (int)a->slug.n,
                   a->slug.p);
}

struct territory_link territory_area_link(struct ctx *c, const struct area *a)
{
    return (struct territory_link){.label = a->name, .path = territory_area_path(c, a)};
}

struct str territory_km(struct ctx *c, int64_t distance_m)
{
    const struct text_arg n = {"n", text_decimal(c->mem, c->lang, (double)distance_m / 1000.0, 1)};

    return text_fill(c->mem, text_get(c->lang, "territory.km"), &n, 1);
}

struct territory_services territory_service_lines(struct ctx *c, const struct service *list, int n)
{
    struct territory_services out = {
        .lines = ARENA_ARRAY(c->mem, struct territory_service_line, (size_t)n), .n_lines = n};

    for (int i = 0; i < n; i++) {
        const struct service *s = &list[i];
        const bool has_place = s->n_ats > 0 && s->ats[0].location != NULL;

        out.lines[i] = (struct territory_service_line){
            .slug = s->slug,
            .name = s->name,
            .summary = s->summary,
            .where = has_place ? s->ats[0].location->comune_name : STR(""),
            .phone = catalogue_first_phone(s)};
    }
    return out;
}

struct str territory_kind_words(struct ctx *c, enum area_kind kind)
{
    return text_get(c->lang, str_fmt(c->mem, "places.kind-%s", places_kind_name(kind)).p);
}

struct str territory_body_kind_words(struct ctx *c, enum body_kind kind)
{
    return text_get(c->lang, str_fmt(c->mem, "bodies.kind-%s", bodies_kind_name(kind)).p);
}

struct str territory_days(struct ctx *c, int from, int to)
{
    const struct text_arg args[] = {{"from", text_day(c->mem, c->lang, from)},
                                    {"to", text_day(c->mem, c->lang, to)}};
    const char *key = from != DAY_NONE && to != DAY_NONE ? "territory.days-both"
                      : from != DAY_NONE                 ? "territory.days-from"
                                                         : "territory.days-to";

    if (from == DAY_NONE && to == DAY_NONE)
        return STR("");
    return text_fill(c->mem, text_get(c->lang, key), args, ARRAY_LEN(args));
}

struct territory_link *territory_comune_links(struct ctx *c, const struct comune *list, int n)
{
    struct territory_link *links = ARENA_ARRAY(c->mem, struct territory_link, (size_t)n);

    for (int i = 0; i < n; i++) {
        links[i] = territory_area_link(c, &list[i].area);
        links[i].note = list[i].prov;
    }
    return links;
}

struct str territory_source_url(struct str source)
{
    const bool is_address =
        str_starts(source, STR("https://")) || str_starts(source, STR("http://"));

    return is_address && str_index(source, ' ') < 0 ? source : STR("");
}

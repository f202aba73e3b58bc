/*
 * finder_service_data.c - schema.org of one service, for search engines: the same facts as the
 * page.
 *
 * Why     who searches elsewhere finds the telephone there already. A <script> of type
 * application/ld+json is data: browsers never run it, the policy of the pages stays as it is;
 * jwrite writes < as \u003c, so that no text ends the element. Source  https://schema.org/Service,
 * ServiceChannel, OpeningHoursSpecification.
 */
#include "base/date.h"
#include "base/jwrite.h"
#include "finder_service.h"

enum { RANGES_OF_A_DAY = 8, WEEK = 7 };

static void put_type(struct jwrite *j, const char *type)
{
    jwrite_str(j, "@type", str_of(type));
}

static void put_if(struct jwrite *j, const char *key, struct str v)
{
    if (v.n > 0)
        jwrite_str(j, key, v);
}

/* Only what is the same each week: others would be told wrong. */
static void put_hours(struct ctx *c, struct jwrite *j, const struct service *s,
                      const struct service_at *at)
{
    const struct schedule *list;
    int n = 0;
    static const char *const days[WEEK] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                           "Friday", "Saturday", "Sunday"};

    catalogue_hours(s, at, &list, &n);
    jwrite_open(j, "hoursAvailable", '[');
    for (int i = 0; i < n; i++) {
        const struct hours_rule *r = &list[i].rule;

        if (r->kind != HOURS_OPEN || r->freq != HOURS_WEEKLY || r->interval > 1 ||
            r->opens_min == HOURS_NO_TIME || r->season_from != 0)
            continue;
        jwrite_open(j, NULL, '{');
        put_type(j, "OpeningHoursSpecification");
        jwrite_open(j, "dayOfWeek", '[');
        for (int d = 0; d < WEEK; d++)
            if (r->weekdays & 1u << d)
                jwrite_str(j, NULL, str_of(days[d]));
        jwrite_close(j, ']');
        jwrite_str(j, "opens", str_fmt(c->mem, "%02d:%02d", r->opens_min / 60, r->opens_min % 60));
        jwrite_str(j, "closes",
                   str_fmt(c->mem, "%02d:%02d", r->closes_min / 60 % 24, r->closes_min % 60));
        if (r->from_day != DAY_NONE)
            jwrite_str(j, "validFrom", day_iso(c->mem, r->from_day));
        if (r->to_day != DAY_NONE)
            jwrite_str(j, "validThrough", day_iso(c->mem, r->to_day));
        jwrite_close(j, '}');
    }
    jwrite_close(j, ']');
}

/* A secret place gives its comune and no more. */
static void put_place(struct jwrite *j, const struct location *l)
{
    jwrite_open(j, "serviceLocation", '{');
    put_type(j, "Place");
    if (!l->is_secret)
        put_if(j, "name", l->name);
    jwrite_open(j, "address", '{');
    put_type(j, "PostalAddress");
    if (!l->is_secret && l->n_addresses > 0) {
        put_if(j, "streetAddress", l->addresses[0].address_1);
        put_if(j, "postalCode", l->addresses[0].postal_code);
    }
    put_if(j, "addressLocality", l->comune_name);
    put_if(j, "addressRegion", l->prov);
    jwrite_str(j, "addressCountry", STR("IT"));
    jwrite_close(j, '}');
    if (!l->is_secret && l->has_point && !l->is_point_of_town) {
        jwrite_open(j, "geo", '{');
        put_type(j, "GeoCoordinates");
        jwrite_real(j, "latitude", l->lat, 5);
        jwrite_real(j, "longitude", l->lon, 5);
        jwrite_close(j, '}');
    }
    jwrite_close(j, '}');
}

static void put_phone(struct jwrite *j, struct str phone)
{
    if (phone.n == 0)
        return;
    jwrite_open(j, "servicePhone", '{');
    put_type(j, "ContactPoint");
    jwrite_str(j, "telephone", phone);
    jwrite_close(j, '}');
}

static void put_languages(struct jwrite *j, const struct language *list, int n)
{
    if (n == 0)
        return;
    jwrite_open(j, "availableLanguage", '[');
    for (int i = 0; i < n; i++)
        put_if(j, NULL, list[i].code);
    jwrite_close(j, ']');
}

static void put_channel(struct ctx *c, struct jwrite *j, const struct service *s,
                        const struct service_at *at)
{
    jwrite_open(j, NULL, '{');
    put_type(j, "ServiceChannel");
    put_if(j, "serviceUrl", s->url);
    put_phone(j, catalogue_first_phone(s));
    put_languages(j, s->languages, s->n_languages);
    if (at != NULL && at->location != NULL)
        put_place(j, at->location);
    put_hours(c, j, s, at);
    jwrite_close(j, '}');
}

static void put_provider(struct web *w, struct jwrite *j, const struct service *s)
{
    const struct str slug = s->organisation_slug;

    jwrite_open(j, "provider", '{');
    put_type(j, "Organization");
    put_if(j, "name", s->organisation_name);
    if (slug.n > 0)
        jwrite_str(
            j, "url",
            finder_whole_address(w, str_fmt(web_ctx(w)->mem, "/enti/%.*s", (int)slug.n, slug.p)));
    jwrite_close(j, '}');
}

struct html finder_service_data(struct web *w, const struct service *s)
{
    struct ctx *c = web_ctx(w);
    struct buf b = buf_new(c->mem, 2048);
    struct jwrite j = jwrite_to(&b);

    buf_z(&b, "<script type=\"application/ld+json\">");
    jwrite_open(&j, NULL, '{');
    jwrite_str(&j, "@context", STR("https://schema.org"));
    put_type(&j, "Service");
    jwrite_str(&j, "name", s->name);
    put_if(&j, "description", s->summary);
    if (s->is_demo) /* invented: nobody must take it for true elsewhere */
        jwrite_str(&j, "disambiguatingDescription", text_get(c->lang, "finder.service-demo-short"));
    jwrite_str(
        &j, "url",
        finder_whole_address(w, str_fmt(c->mem, "/servizi/%.*s", (int)s->slug.n, s->slug.p)));
    put_provider(w, &j, s);
    if (s->n_areas > 0) {
        jwrite_open(&j, "areaServed", '[');
        for (int i = 0; i < s->n_areas; i++)
            put_if(&j, NULL, s->areas[i].name);
        jwrite_close(&j, ']');
    }
    jwrite_open(&j, "availableChannel", '[');
    for (int i = 0; i < s->n_ats; i++)
        put_channel(c, &j, s, &s->ats[i]);
    if (s->n_ats == 0)
        put_channel(c, &j, s, NULL);
    jwrite_close(&j, ']');
    jwrite_close(&j, '}');
    buf_z(&b, "</script>");
    return (struct html){buf_view(&b)};
}

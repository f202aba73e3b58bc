/* courses_test.c - free places with one tap, again with new dates, nobody else's. */
#include "features/catalogue/catalogue_edit.h"
#include "core/bodies/organisations.h"
#include "features/courses/courses_feature.h"
#include "base/date.h"
#include "tests/support/keyed.h"
#include "tests/unit.h"

#define OK(call) ck_assert_int_eq(call, ST_OK)

struct made {
    int64_t mine, other;
    struct str slug, today;
};

static enum status make(struct ctx *c, void *arg)
{
    struct made *m = arg;
    const struct organisation o = {.name = STR("Scuola"), .source = STR("csv:x"), .source_id = STR("1")},
                              p = {.name = STR("Altra"), .source = STR("csv:x"), .source_id = STR("2")};
    const struct edit_change list[] = {{.field = EDIT_NAME, .text = STR("Corso di cucito")},
                                       {.field = EDIT_KIND, .text = STR("course")},
                                       {.field = EDIT_PLACES_FREE, .text = STR("1")},
                                       {.field = EDIT_ENDS_ON, .text = day_iso(c->mem, c->today - 1)}};
    struct edit_outcome outcome;
    struct service s;
    enum put_change change;
    int64_t id = 0;

    OK(organisations_put(c, &o, &m->mine, &change));
    OK(organisations_put(c, &p, &m->other, &change));
    OK(catalogue_edit_add(c, m->mine, list, 4, &(struct edit_who){.how = EDIT_BY_DESK, .by = STR("Scuola")}, &id, &outcome));
    OK(catalogue_service(c, id, &s));
    m->slug = str_copy(c->mem, s.slug);
    m->today = day_iso(c->mem, c->today);
    return ST_OK;
}

START_TEST(test_courses__repeated_and_tapped)
{
    struct harness *h = harness_new();
    struct made m = {0};

    OK(harness_write(h, make, &m));
    const struct keyed k = keyed_new(h, m.mine, LINKS_KEEP), other = keyed_new(h, m.other, LINKS_KEEP);
    const char *places = str_fmt(h->mem, "/schede/%.*s/posti", (int)m.slug.n, m.slug.p).p,
               *again = str_fmt(h->mem, "/schede/%.*s/ripeti", (int)m.slug.n, m.slug.p).p,
               *page = str_fmt(h->mem, "/servizi/%.*s", (int)m.slug.n, m.slug.p).p;
    struct web_reply r = keyed_get(&k, "/schede/corsi");

    harness_has(&r, "È finito il");
    r = harness_get(h, page);
    harness_has(&r, "È finito il");
    ck_assert_int_eq(keyed_post(&k, again, "finisce=2001-01-01").code, 422);
    ck_assert_int_eq(keyed_post(&k, again, "finisce=domani").code, 422);
    ck_assert_int_eq(keyed_post(&k, again, str_fmt(h->mem, "finisce=%.*s", (int)m.today.n, m.today.p).p).code, 303);
    r = harness_get(h, page);
    harness_has_not(&r, "È finito il");
    ck_assert_int_eq(keyed_post(&k, places, "di=1").code, 303);
    r = harness_get(h, page);
    harness_has(&r, "2 posti liberi");
    ck_assert_int_eq(keyed_post(&k, places, "di=0").code, 303);
    ck_assert_int_eq(keyed_post(&k, places, "di=-1").code, 303); /* never less than none */
    r = harness_get(h, page);
    harness_has(&r, "Posti esauriti");
    ck_assert_int_eq(keyed_post(&other, places, "di=1").code, 404);
    ck_assert_int_eq(harness_post(h, places, "di=1").code, 403);
    harness_free(h);
}
END_TEST

static enum status make_demo(struct ctx *c, void *arg)
{
    const struct organisation o = {.name = STR("Ente inventato"), .source = STR("demo"), .source_id = STR("1"), .is_demo = true};
    enum put_change change;

    OK(organisations_put(c, &o, arg, &change));
    OK(courses_load_demo(c));
    OK(courses_load_demo(c)); /* the same twice adds nothing */
    return ST_OK;
}

/* A course is asked for the ten things that every entry is asked for, and can have them all. */
START_TEST(test_courses__a_whole_one_has_a_hundred_points)
{
    struct harness *h = harness_new();
    int64_t body = 0;

    OK(harness_write(h, make_demo, &body));
    const struct keyed k = keyed_new(h, body, LINKS_KEEP);
    const struct web_reply r = keyed_get(&k, "/schede");

    harness_has(&r, "Corso di cucito (demo)");
    harness_has(&r, "Laboratorio di bici (demo)");
    harness_has(&r, "<td class=\"w-n\" data-label=\"Qualità\">100</td>");
    harness_has_not(&r, "<td class=\"w-n\" data-label=\"Qualità\">0</td>");
    harness_has(&r, "il primo e terzo sabato del mese 9:00-12:00");
    harness_free(h);
}
END_TEST

UNIT_MAIN("courses", test_courses__repeated_and_tapped, test_courses__a_whole_one_has_a_hundred_points)

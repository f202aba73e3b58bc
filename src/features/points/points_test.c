/* points_test.c - desks of first listening: what is one, by district and around a comune, kept by its body. */
#include "features/points/points.h"
#include "features/catalogue/catalogue_edit.h"
#include "tests/support/keyed.h"
#include "tests/unit.h"
#include <string.h>

#define OK(call) ck_assert_int_eq(call, ST_OK)

struct made {
    int64_t organisation_id;
    struct str slug; /* of the one in Ivrea */
};

static struct str add(struct ctx *c, int64_t organisation_id, const char *name, const char *needs, const char *place, const char *languages)
{
    const struct edit_change list[] = {{.field = EDIT_NAME, .text = str_of(name)},
                                       {.field = EDIT_NEEDS, .text = str_of(needs)},
                                       {.field = EDIT_PLACES, .text = str_of(place)},
                                       {.field = EDIT_LANGUAGES, .text = str_of(languages)},
                                       {.field = EDIT_HOURS, .text = STR("lun-ven 9-12")},
                                       {.field = EDIT_PHONES, .text = STR("0125 555 0101")}};
    const struct edit_who who = {.how = EDIT_BY_DESK, .by = STR("Ente")};
    struct edit_outcome outcome;
    struct service s;
    int64_t id = 0;

    OK(catalogue_edit_add(c, organisation_id, list, (int)(sizeof list / sizeof *list), &who, &id, &outcome));
    OK(catalogue_service(c, id, &s));
    return s.slug;
}

static enum status make(struct ctx *c, void *arg)
{
    const struct organisation o = {.name = STR("Ente"), .source = STR("csv:prova"), .source_id = STR("1")};
    struct made *m = arg;
    enum put_change change;

    OK(organisations_put(c, &o, &m->organisation_id, &change));
    m->slug = str_copy(c->mem, add(c, m->organisation_id, "Porta aperta", POINTS_NEED "\nbollette", "via Roma 1, Ivrea (TO)", "italiano\narabo"));
    add(c, m->organisation_id, "Sportello <b>di</b> Cuneo", POINTS_NEED, "via Po 2, Cuneo (CN)", "italiano");
    add(c, m->organisation_id, "Mensa", "pasto-caldo", "via Roma 3, Ivrea (TO)", "");
    add(c, m->organisation_id, "Numero verde", POINTS_NEED, "", ""); /* nowhere to go to */
    add(c, m->organisation_id, "Casa segreta", POINTS_NEED, "indirizzo riservato, Ivrea (TO)", "");
    return ST_OK;
}

static struct made begin(struct harness *h)
{
    struct made m = {0};

    OK(harness_write(h, make, &m));
    return m;
}

START_TEST(test_points__need_and_place_make_one)
{
    struct harness *h = harness_new();

    begin(h);
    struct web_reply r = harness_get(h, "/punti");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "2 punti");
    harness_has(&r, "Porta aperta");
    harness_has(&r, "via Roma 1");
    harness_has(&r, "arabo");
    harness_has(&r, "0125 555 0101");
    harness_has(&r, "/bisogni/bollette");
    harness_has(&r, "/territorio/distretto/");
    harness_has(&r, "Sportello &lt;b&gt;di&lt;/b&gt; Cuneo");
    harness_has_not(&r, "Mensa");
    harness_has_not(&r, "Numero verde");
    harness_has_not(&r, "Casa segreta");
    r = harness_get(h, "/punti?lingua=ar");
    harness_has(&r, "1 punto<");
    harness_has_not(&r, "Cuneo");
    r = harness_get(h, "/");
    harness_has(&r, "href=\"/punti\"");
    r = harness_get(h, "/trova?cosa=mensa&dove=ivrea-to");
    harness_has(&r, "href=\"/punti?dove=ivrea-to\"");
    harness_free(h);
}
END_TEST

static ptrdiff_t at(const struct web_reply *r, const char *words)
{
    const char *found = memmem(r->body.p, r->body.n, words, strlen(words));

    ck_assert_ptr_nonnull(found);
    return found - r->body.p;
}

START_TEST(test_points__around_a_comune)
{
    struct harness *h = harness_new();

    begin(h);
    struct web_reply r = harness_get(h, "/punti?dove=ivrea-to");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Punti welfare vicino a Ivrea");
    ck_assert(at(&r, "Porta aperta") < at(&r, "via Po 2"));
    harness_has(&r, "km</strong>");
    r = harness_get(h, "/punti?dove=cuneo-cn");
    ck_assert(at(&r, "Porta aperta") > at(&r, "via Po 2"));
    r = harness_get(h, "/punti?dove=Banchette");
    harness_has(&r, "vicino a Banchette");
    r = harness_get(h, "/punti?dove=San+Giorgio");
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Quale Comune intendi?");
    harness_has(&r, "/punti?dove=san-giorgio-canavese-to");
    harness_has_not(&r, "Porta aperta");
    r = harness_get(h, "/punti?dove=%3Cscript%3E&lingua=%27%3B--&adesso=1");
    ck_assert_int_eq(r.code, 200);
    harness_has_not(&r, "<script>");
    r = harness_get(h, "/en/punti");
    harness_has(&r, "Welfare points");
    harness_free(h);
}
END_TEST

/* The same numbers in the list and on the map; where nothing is found there is no map. */
START_TEST(test_points__the_map_stands_beside_the_list)
{
    struct harness *h = harness_new();

    begin(h);
    struct web_reply r = harness_get(h, "/punti");

    harness_has(&r, "id=\"mappa\"");
    harness_has(&r, "href=\"/trova/mappa.svg\"");
    harness_has(&r, "<a class=\"w-pin\" href=\"#r1\" aria-label=\"1. ");
    harness_has(&r, "<a class=\"w-pin\" href=\"#r2\" aria-label=\"2. ");
    harness_has(&r, "id=\"r1\"");
    harness_has(&r, "id=\"r2\"");
    r = harness_get(h, "/punti?dove=ivrea-to");
    harness_has(&r, "/trova/mappa.svg?dove=ivrea-to&amp;km=5\"");
    harness_has(&r, "aria-label=\"1. Porta aperta\"");
    harness_has_not(&r, "href=\"#r2\""); /* Cuneo is outside the picture: the list has it */
    r = harness_get(h, "/punti?lingua=zz&dove=Xyzzywq");
    harness_has_not(&r, "id=\"mappa\"");
    harness_free(h);
}
END_TEST

static enum status untick(struct ctx *c, void *arg)
{
    struct edit_outcome outcome;
    struct made *m = arg;
    struct service s;

    OK(catalogue_service_by_slug(c, m->slug, &s));
    const struct edit_change change = {.field = EDIT_NEEDS, .text = STR("bollette"), .has_was = true,
                                       .was_sum = catalogue_edit_sum(catalogue_edit_text(c->mem, EDIT_NEEDS, &s))};

    OK(catalogue_edit(c, s.service_id, s.change_no, &change, 1, &(struct edit_who){.how = EDIT_BY_DESK, .by = STR("Ente")}, &outcome));
    ck_assert_int_eq(outcome.n_taken, 1);
    return ST_OK;
}

START_TEST(test_points__its_body_takes_it_away)
{
    struct harness *h = harness_new();
    struct made m = begin(h);
    struct web_reply r = harness_get(h, "/punti");

    harness_has(&r, "Porta aperta");
    OK(harness_write(h, untick, &m));
    r = harness_get(h, "/punti");
    harness_has_not(&r, "Porta aperta");
    harness_has(&r, "1 punto<");
    harness_free(h);
}
END_TEST

UNIT_MAIN("points", test_points__need_and_place_make_one, test_points__around_a_comune, test_points__the_map_stands_beside_the_list,
          test_points__its_body_takes_it_away)

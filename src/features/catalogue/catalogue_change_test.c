/* catalogue_change_test.c - what goes, what stays, what is new since: sources, keeper, index. */
#include "catalogue_full_testing.h"
#include "catalogue_pack.h"
#include "base/slug.h"
#include "catalogue_writer.h"
#include "tests/support/harness.h"
#include "tests/unit.h"
#include <string.h>

#define IS(s, z) ck_assert_str_eq(str_z(c->mem, s), z)
#define OK(call) ck_assert_int_eq(call, ST_OK)
static const char IVREA[] = "001125", CUORGNE[] = "001098";

static struct catalogue_write *begin(struct ctx *c)
{
    struct catalogue_write *w;

    OK(catalogue_write_begin(c, STR("csv:prova"), &w));
    return w;
}

static struct full put(struct ctx *c, struct catalogue_write *w, const char *source_id, const char *name,
                       const char *istat)
{
    struct full f;

    full_make(c, &(struct full_put){.source_id = source_id, .name = name, .istat = istat}, &f);
    full_put(w, &f);
    return f;
}

static int64_t changed_since(struct ctx *c, int64_t change, bool with_gone)
{
    struct service *list;
    int n;

    OK(catalogue_read(c, c->mem,
                      &(struct service_read){.after_change = change, .limit = 500, .with_gone = with_gone}, &list, &n));
    return n;
}

/* ---- sources ---- */

static enum status goes(struct ctx *c, void *arg)
{
    struct catalogue_write *w = begin(c);
    const struct full a = put(c, w, "1", "Resta", IVREA), b = put(c, w, "2", "Va via", IVREA);
    struct service s;
    struct location l;
    struct str place;
    int64_t n_gone, change;

    OK(catalogue_write_end(w, true, &n_gone));
    ck_assert_int_eq(n_gone, 0);
    OK(catalogue_service(c, b.service_id, &s));
    place = s.ats[0].location->uuid;
    OK(catalogue_change(c, &change));
    w = begin(c);
    put(c, w, "1", "Resta", IVREA);
    OK(catalogue_write_end(w, false, &n_gone)); /* a part of the source: nothing goes */
    ck_assert_int_eq(n_gone, 0);
    w = begin(c);
    put(c, w, "1", "Resta", IVREA);
    OK(catalogue_write_end(w, true, &n_gone));
    ck_assert_int_eq(n_gone, 1);
    OK(catalogue_service(c, b.service_id, &s)); /* its page can say that it is gone */
    ck_assert_int_eq((int)s.state, SERVICE_GONE);
    ck_assert_int_eq(s.n_ats, 0);
    ck_assert_int_eq(catalogue_location_by_uuid(c, place, &l), ST_NOT_FOUND);
    ck_assert_int_eq(changed_since(c, change, true), 1);
    ck_assert_int_eq(changed_since(c, change, false), 0);
    OK(catalogue_service(c, a.service_id, &s));
    ck_assert_int_eq(s.n_ats, 1);
    w = begin(c); /* and it comes back as it was */
    const struct full again = put(c, w, "2", "Va via", IVREA);

    OK(catalogue_write_end(w, false, NULL));
    ck_assert_int_eq(again.service_id, b.service_id);
    OK(catalogue_service(c, b.service_id, &s));
    ck_assert_int_eq((int)s.state, SERVICE_SHOWN);
    ck_assert_int_eq(s.n_ats, 1);
    return ST_OK;
}

START_TEST(test_catalogue__what_a_source_no_longer_has_goes)
{
    struct harness *h = harness_new();

    OK(harness_write(h, goes, NULL));
    harness_free(h);
}
END_TEST

static enum status organisation_goes(struct ctx *c, void *arg)
{
    struct catalogue_write *w = begin(c);
    struct organisation o;
    struct full f = put(c, w, "1", "Uno", IVREA), g;

    OK(catalogue_write_end(w, true, NULL));
    w = begin(c); /* the services go to another organisation */
    full_make(c, &(struct full_put){.source_id = "1", .name = "Uno", .istat = IVREA}, &g);
    g.organisation.source_id = STR("ente-2");
    full_put(w, &g);
    OK(catalogue_write_end(w, true, NULL));
    OK(organisations_by_id(c, f.organisation_id, &o));
    ck_assert_int_eq((int)o.state, ORGANISATION_GONE);
    OK(organisations_by_id(c, g.organisation_id, &o));
    ck_assert_int_eq((int)o.state, ORGANISATION_SHOWN);
    w = begin(c); /* an organisation of a part of the source stays */
    put(c, w, "1", "Uno", IVREA);
    OK(catalogue_write_end(w, false, NULL));
    OK(organisations_by_id(c, g.organisation_id, &o));
    ck_assert_int_eq((int)o.state, ORGANISATION_SHOWN);
    OK(organisations_by_id(c, f.organisation_id, &o)); /* and the first one is back */
    ck_assert_int_eq((int)o.state, ORGANISATION_SHOWN);
    return ST_OK;
}

START_TEST(test_catalogue__an_organisation_that_offers_nothing_goes)
{
    struct harness *h = harness_new();

    OK(harness_write(h, organisation_goes, NULL));
    harness_free(h);
}
END_TEST

/* Two services meet at one code of six letters: the second gets another. */
static enum status meets(struct ctx *c, void *arg)
{
    static const char uuid[] = "0193a3b4-0000-7000-8000-00000000abcd";
    struct catalogue_write *w = begin(c);
    struct full f, g;
    struct service s, same;

    f = put(c, w, "1", "Uno", IVREA);
    OK(db_exec(c->tx, str_fmt(c->mem, "UPDATE catalogue_service SET code = '%s' WHERE service_id = %lld",
                              slug_code(c->mem, str_of(uuid), 0).p, (long long)f.service_id).p));
    full_make(c, &(struct full_put){.source_id = "2", .name = "Due", .istat = IVREA}, &g);
    g.service.uuid = str_of(uuid);
    full_put(w, &g);
    ck_assert_int_eq(g.service_change, PUT_ADDED);
    OK(catalogue_write_end(w, true, NULL));
    OK(catalogue_service(c, g.service_id, &s));
    ck_assert(str_eq(slug_code_of(s.slug), slug_code(c->mem, str_of(uuid), 1)));
    OK(catalogue_service_by_slug(c, s.slug, &same));
    ck_assert_int_eq(same.service_id, g.service_id);
    return ST_OK;
}

START_TEST(test_catalogue__two_that_meet_at_one_code_have_two)
{
    struct harness *h = harness_new();

    OK(harness_write(h, meets, NULL));
    harness_free(h);
}
END_TEST

static enum status hidden(struct ctx *c, void *arg)
{
    struct catalogue_write *w = begin(c);
    struct full f = put(c, w, "1", "Da nascondere", IVREA);
    struct service s, *list;
    int n;

    OK(catalogue_write_end(w, true, NULL));
    OK(catalogue_set_state(c, f.service_id, SERVICE_HIDDEN));
    ck_assert_int_eq(catalogue_service(c, f.service_id, &s), ST_NOT_FOUND);
    OK(catalogue_cards(c, &f.service_id, 1, &list, &n));
    ck_assert_int_eq(n, 0);
    w = begin(c);
    f = put(c, w, "1", "Con altre parole", IVREA);
    ck_assert_int_eq(f.service_change, PUT_LEFT);
    OK(catalogue_write_end(w, true, NULL));
    ck_assert_int_eq(catalogue_service(c, f.service_id, &s), ST_NOT_FOUND);
    ck_assert_int_eq(catalogue_set_state(c, 999999999, SERVICE_HIDDEN), ST_NOT_FOUND);
    return ST_OK;
}

START_TEST(test_catalogue__what_the_keeper_hides_stays_hidden)
{
    struct harness *h = harness_new();

    OK(harness_write(h, hidden, NULL));
    harness_free(h);
}
END_TEST

/* ---- confirmations ---- */

static enum status confirmed(struct ctx *c, void *arg)
{
    struct catalogue_write *w = begin(c);
    struct full f = put(c, w, "1", "Sportello", IVREA); /* the feed says 1 March 2026, by phone */
    struct service s;

    OK(catalogue_write_end(w, true, NULL));
    OK(catalogue_confirm(c, f.service_id, c->today, HOW_VISIT, STR("Comune di prova")));
    OK(catalogue_service(c, f.service_id, &s));
    ck_assert_int_eq(s.confirmed_on, c->today);
    ck_assert_int_eq((int)s.confirmed_how, HOW_VISIT);
    w = begin(c);
    f = put(c, w, "1", "Sportello", IVREA);
    ck_assert_int_eq(f.service_change, PUT_SAME);
    f = put(c, w, "1", "Sportello nuovo", IVREA);
    ck_assert_int_eq(f.service_change, PUT_CHANGED);
    OK(catalogue_write_end(w, true, NULL));
    OK(catalogue_service(c, f.service_id, &s)); /* the newer word stays */
    IS(s.name, "Sportello nuovo");
    ck_assert_int_eq(s.confirmed_on, c->today);
    IS(s.confirmed_by, "Comune di prova");
    ck_assert_int_eq(catalogue_confirm(c, f.service_id, c->today + 1, HOW_PHONE, STR("")), ST_INVALID);
    ck_assert_int_eq(c->problems.n, 1);
    c->problems.n = 0;
    ck_assert_int_eq(catalogue_confirm(c, 999999999, c->today, HOW_PHONE, STR("")), ST_NOT_FOUND);
    return ST_OK;
}

START_TEST(test_catalogue__a_newer_confirmation_outlives_an_import)
{
    struct harness *h = harness_new();

    OK(harness_write(h, confirmed, NULL));
    harness_free(h);
}
END_TEST

START_TEST(test_catalogue__freshness_falls_from_six_months_to_two_years)
{
    const int today = day_from_ymd(2026, 11, 21);
    static const struct {
        int age;
        enum freshness f;
        int share;
    } cases[] = {{0, FRESH_GOOD, 1000}, {183, FRESH_GOOD, 1000}, {184, FRESH_AGING, 998}, {456, FRESH_AGING, 500},
                 {730, FRESH_AGING, 0}, {731, FRESH_OLD, 0}, {4000, FRESH_OLD, 0}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_int_eq((int)catalogue_freshness(today - cases[i].age, today), (int)cases[i].f);
        ck_assert_int_le(abs(catalogue_freshness_share(today - cases[i].age, today) - cases[i].share), 1);
    }
    ck_assert_int_eq((int)catalogue_freshness(DAY_NONE, today), FRESH_NEVER);
    ck_assert_int_eq(catalogue_freshness_share(DAY_NONE, today), 0);
}
END_TEST

/* ---- new since ---- */

static enum status since(struct ctx *c, void *arg)
{
    struct catalogue_write *w = begin(c);
    struct full f = put(c, w, "1", "Uno", IVREA), g = put(c, w, "2", "Due", IVREA);
    int64_t change;
    struct service s;

    OK(catalogue_write_end(w, true, NULL));
    OK(catalogue_change(c, &change));
    ck_assert_int_eq(changed_since(c, change, true), 0);
    ck_assert_int_eq(changed_since(c, change - 1, true), 2);
    w = begin(c); /* the place of one changes: that service has changed */
    f.location.quarter = STR("Bellavista");
    OK(catalogue_put_location(w, &f.location, &f.location_id, &f.location_change));
    OK(catalogue_write_end(w, false, NULL));
    ck_assert_int_eq(f.location_change, PUT_CHANGED);
    ck_assert_int_eq(changed_since(c, change, true), 1);
    OK(catalogue_change(c, &change));
    w = begin(c); /* the organisation of both changes */
    g.organisation.name = STR("Ente con un altro nome");
    OK(catalogue_put_organisation(w, &g.organisation, &g.organisation_id, &g.organisation_change));
    OK(catalogue_write_end(w, false, NULL));
    ck_assert_int_eq(changed_since(c, change, true), 2);
    OK(catalogue_service(c, g.service_id, &s));
    IS(s.organisation_name, "Ente con un altro nome");
    OK(catalogue_change(c, &change));
    OK(catalogue_confirm(c, g.service_id, c->today, HOW_MAIL, STR("")));
    ck_assert_int_eq(changed_since(c, change, true), 1);
    return ST_OK;
}

START_TEST(test_catalogue__what_is_new_since_a_change)
{
    struct harness *h = harness_new();

    OK(harness_write(h, since, NULL));
    harness_free(h);
}
END_TEST

/* ---- blocks and lists ---- */

static enum status blocks(struct ctx *c, void *arg)
{
    struct catalogue_write *w = begin(c);
    struct full f = {0};
    struct service *list;
    struct location *places;
    int64_t total, n_places, seen = 0;
    int n;

    for (int i = 0; i < 40; i++)
        f = put(c, w, str_fmt(c->mem, "%d", i).p, str_fmt(c->mem, "Servizio %02d", 39 - i).p, i % 4 == 0 ? CUORGNE : IVREA);
    OK(catalogue_write_end(w, true, NULL));
    OK(catalogue_count_services(c, 0, &total));
    struct service_read r = {.limit = 13};

    do {
        OK(catalogue_read(c, c->mem, &r, &list, &n));
        for (int i = 0; i < n; i++) {
            ck_assert_int_gt(list[i].service_id, r.after_id);
            r.after_id = list[i].service_id;
        }
        seen += n;
    } while (n > 0);
    ck_assert_int_eq(seen, total);
    ck_assert_int_ge(total, 40 + 70);
    OK(catalogue_in_comune(c, f.location.comune_id, 100, &list, &n));
    ck_assert_int_eq(n, 30);
    for (int i = 1; i < n; i++)
        ck_assert_int_le(str_cmp(list[i - 1].name, list[i].name), 0);
    OK(catalogue_in_comune(c, f.location.comune_id, 5, &list, &n));
    ck_assert_int_eq(n, 5);
    OK(catalogue_of_organisation(c, f.organisation_id, &list, &n));
    ck_assert_int_eq(n, 40);
    OK(catalogue_at_location(c, f.location_id, &list, &n));
    ck_assert_int_eq(n, 1);
    const int64_t ids[] = {list[0].service_id, 999999999, f.service_id - 3, f.service_id - 7};

    OK(catalogue_cards(c, ids, 4, &list, &n));
    ck_assert_int_eq(n, 3);
    ck_assert_int_eq(list[1].service_id, ids[2]);
    ck_assert_int_eq(list[2].service_id, ids[3]);
    OK(catalogue_count_locations(c, 0, &n_places));
    OK(catalogue_read_locations(c, c->mem, &(struct location_read){.limit = 1000}, &places, &n));
    ck_assert_int_eq(n, n_places);
    ck_assert_int_ge(n, 40);
    OK(catalogue_count_services(c, c->now_ms + 1, &total));
    ck_assert_int_eq(total, 0);
    return ST_OK;
}

START_TEST(test_catalogue__blocks_and_lists_give_each_once)
{
    struct harness *h = harness_new();

    OK(harness_write(h, blocks, NULL));
    harness_free(h);
}
END_TEST

/* ---- taxonomies ---- */

static enum status taxonomies(struct ctx *c, void *arg)
{
    struct catalogue_write *w = begin(c);
    struct taxonomy t = {.uuid = STR("3f7b145d-84af-42d7-8fae-eaca714b02b2"), .name = STR("Open Eligibility")}, *all;
    struct taxonomy_term x = {.uuid = STR("3f7b145d-84af-42d7-8fae-eaca714b02b3"), .taxonomy_uuid = t.uuid,
                              .code = STR("1101"), .name = STR("Casa")}, *terms;
    enum put_change change;
    int n;

    OK(catalogue_put_taxonomy(w, &t, &change));
    ck_assert_int_eq(change, PUT_CHANGED);
    OK(catalogue_put_taxonomy(w, &t, &change));
    ck_assert_int_eq(change, PUT_SAME);
    OK(catalogue_put_term(w, &x, &change));
    x.name = STR("Abitare");
    OK(catalogue_put_term(w, &x, &change));
    ck_assert_int_eq(change, PUT_CHANGED);
    OK(catalogue_write_end(w, true, NULL));
    OK(catalogue_taxonomies(c, &all, &n));
    ck_assert_int_eq(n, 1);
    OK(catalogue_terms(c, t.uuid, &terms, &n));
    ck_assert_int_eq(n, 1);
    IS(terms[0].name, "Abitare");
    OK(catalogue_terms(c, STR("no"), &terms, &n));
    ck_assert_int_eq(n, 0);
    OK(catalogue_terms(c, STR(""), &terms, &n));
    ck_assert_int_eq(n, 1);
    return ST_OK;
}

START_TEST(test_catalogue__taxonomies_of_feeds)
{
    struct harness *h = harness_new();

    OK(harness_write(h, taxonomies, NULL));
    harness_free(h);
}
END_TEST

/* ---- hours as they are kept ---- */

START_TEST(test_catalogue__a_rule_comes_back_as_it_was)
{
    struct arena *mem = arena_new(0);
    struct hours_rule r = catalogue_rule_usual(), g;

    ck_assert_int_eq((int)catalogue_rule_text(mem, &r).n, 0);
    ck_assert(catalogue_rule_read(STR(""), &g));
    ck_assert_int_eq(memcmp(&r, &g, sizeof r), 0);
    r = (struct hours_rule){.kind = HOURS_BY_APPOINTMENT,
                            .freq = HOURS_MONTHLY,
                            .interval = 2,
                            .weekdays = 127,
                            .nth = {[1] = 1 << 1 | 1 << 9, [6] = 1 << 13},
                            .monthdays = {1, -1, 15},
                            .week_start = 7,
                            .start_day = -400,
                            .until_day = 30000,
                            .count = 12,
                            .from_day = 20000,
                            .to_day = 20001,
                            .season_from = 1001,
                            .season_to = 415,
                            .opens_min = 0,
                            .closes_min = 1440,
                            .on_holidays = true,
                            .only_holidays = true};
    ck_assert(catalogue_rule_read(catalogue_rule_text(mem, &r), &g));
    ck_assert(str_eq(catalogue_rule_text(mem, &g), catalogue_rule_text(mem, &r)));
    ck_assert_int_eq(memcmp(&r, &g, sizeof r), 0);
    static const char *const wrong[] = {"q1", "k9", "o", "o1441", "m32", "x", "i0", "w128", "o9 z"};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (catalogue_rule_read(str_of(wrong[i]), &g))
            ck_abort_msg("%s was read as a rule", wrong[i]);
    arena_free(mem);
}
END_TEST

START_TEST(test_catalogue__the_street_of_a_refuge_goes_out_of_its_words)
{
    static const struct {
        const char *text, *address, *out;
    } cases[] = {
        {"Siamo in via Canarina 17.", "via Canarina 17", "Siamo in indirizzo riservato."},
        {"VIA CANARINA, n. 17 bis", "Via Canarina 17/b", "indirizzo riservato bis"},
        {"via Canarina e via Canarina", "via Canarina 3", "indirizzo riservato e indirizzo riservato"},
        {"Corso Dante 4", "via Canarina 17", "Corso Dante 4"},
        {"Roma è lontana", "Roma 17", "Roma è lontana"}, /* one word alone says too little */
        {"via Po", "via Po 1", "indirizzo riservato"},
        {"", "via Canarina 17", ""},
        {"17", "17", "17"},
    };
    struct arena *mem = arena_new(0);

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_str_eq(str_z(mem, catalogue_redact(mem, str_of(cases[i].text), str_of(cases[i].address))), cases[i].out);
    arena_free(mem);
}
END_TEST

static enum status which_holds(struct ctx *c, void *arg)
{
    struct catalogue_write *w = begin(c);
    const struct full f = put(c, w, "1", "Uno", IVREA);
    const struct schedule *list;
    struct hours hours;
    struct service s;
    int n;

    OK(catalogue_write_end(w, true, NULL));
    OK(catalogue_service(c, f.service_id, &s));
    catalogue_hours(&s, &s.ats[0], &list, &n);
    ck_assert_ptr_eq(list, s.ats[0].schedules);
    catalogue_hours(&s, NULL, &list, &n);
    ck_assert_ptr_eq(list, s.schedules);
    catalogue_hours_rules(c->mem, &s, NULL, &hours);
    ck_assert_int_eq(hours.n_rules, 2);
    s.ats[0].n_schedules = 0;
    catalogue_hours(&s, &s.ats[0], &list, &n);
    ck_assert_ptr_eq(list, s.schedules);
    s.n_schedules = 0;
    catalogue_hours(&s, &s.ats[0], &list, &n);
    ck_assert_ptr_eq(list, s.ats[0].location->schedules);
    IS(catalogue_first_phone(&s), "0125 555 0199");
    s.ats[0].parts.n_phones = 0;
    IS(catalogue_first_phone(&s), "0125 555 0101");
    s.parts.n_phones = 0;
    s.organisation_phone = STR("800");
    IS(catalogue_first_phone(&s), "800");
    return ST_OK;
}

START_TEST(test_catalogue__which_hours_and_which_telephone_hold)
{
    struct harness *h = harness_new();

    OK(harness_write(h, which_holds, NULL));
    harness_free(h);
}
END_TEST

UNIT_MAIN("catalogue_change", test_catalogue__what_a_source_no_longer_has_goes,
          test_catalogue__an_organisation_that_offers_nothing_goes, test_catalogue__two_that_meet_at_one_code_have_two,
          test_catalogue__what_the_keeper_hides_stays_hidden, test_catalogue__a_newer_confirmation_outlives_an_import,
          test_catalogue__freshness_falls_from_six_months_to_two_years, test_catalogue__what_is_new_since_a_change,
          test_catalogue__blocks_and_lists_give_each_once, test_catalogue__taxonomies_of_feeds,
          test_catalogue__the_street_of_a_refuge_goes_out_of_its_words, test_catalogue__a_rule_comes_back_as_it_was, test_catalogue__which_hours_and_which_telephone_hold)

/* catalogue_initiatives_test.c - the initiatives of 2018-2020 are in, and answers are counted once. */
#include "catalogue_feature.h"
#include "features/catalogue/catalogue_write.h"
#include "features/needs/needs.h"
#include "tests/support/harness.h"
#include "tests/unit.h"
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define IS(s, z) ck_assert_str_eq(str_z(c->mem, s), z)
#define OK(call) ck_assert_int_eq(call, ST_OK)

static const struct initiative *named(const struct initiative *list, int n, const char *name)
{
    for (int i = 0; i < n; i++)
        if (str_eq_z(list[i].name, name))
            return &list[i];
    ck_abort_msg("no initiative is called %s", name);
}

static enum status all_in(struct ctx *c, void *arg)
{
    const struct needs *needs = needs_open(c->mem);
    struct initiative *list;
    struct service s;
    int n, n_with_needs = 0;

    OK(catalogue_initiatives(c, &list, &n));
    ck_assert_int_eq(n, 73);
    for (int i = 0; i < n; i++) {
        OK(catalogue_service(c, list[i].service_id, &s));
        ck_assert(s.initiative_year == 2018 || s.initiative_year == 2020);
        ck_assert_int_eq(s.initiative_year, list[i].year);
        ck_assert(!s.is_demo);
        ck_assert_int_eq(s.confirmed_on, DAY_NONE);
        ck_assert_int_ge(s.n_areas, 1);
        ck_assert_int_gt((int)s.alert.n, 0);
        ck_assert_int_eq(list[i].last_answer_on, DAY_NONE);
        n_with_needs += s.n_needs > 0;
        for (int k = 0; k < s.n_needs; k++)
            if (need_by_id(needs, s.needs[k]) == NULL)
                ck_abort_msg("%s is no need", str_z(c->mem, s.needs[k]));
    }
    ck_assert_int_eq(n_with_needs, 68); /* five are groups of professionals */
    OK(catalogue_service(c, named(list, n, "BOA")->service_id, &s));
    IS(s.organisation_name, "INRETE Ivrea");
    IS(s.needs[0], "spesa-alimentare");
    ck_assert_int_eq(s.initiative_year, 2018);
    OK(catalogue_service(c, named(list, n, "Radici")->service_id, &s)); /* three bodies together */
    ck_assert_int_eq(s.n_areas, 3);
    ck_assert_int_eq((int)s.organisation_kind, ORGANISATION_GROUP);
    OK(catalogue_service(c, named(list, n, "Orti sociali di Bra")->service_id, &s));
    ck_assert_int_eq(s.n_ats, 1);
    IS(s.ats[0].location->comune_name, "Bra");
    ck_assert(s.ats[0].location->is_point_of_town);
    return ST_OK;
}

START_TEST(test_initiatives__all_73_are_services_with_their_needs)
{
    struct harness *h = harness_new();

    OK(harness_read(h, all_in, NULL));
    harness_free(h);
}
END_TEST

static enum status loaded_again(struct ctx *c, void *arg)
{
    struct initiative *list;
    struct catalogue_counts before, after;
    int n;

    OK(catalogue_initiatives(c, &list, &n));
    OK(catalogue_initiative_answer(c, list[0].service_id, INITIATIVE_HERE, STR("n-1")));
    OK(catalogue_set_state(c, list[1].service_id, SERVICE_GONE));
    OK(catalogue_count(c, &before));
    return catalogue_load_reference(c) == ST_OK && catalogue_count(c, &after) == ST_OK &&
                   after.services == before.services && after.initiatives == 72
               ? ST_OK
               : ST_CONFLICT;
}

/* The same tables made to look new: answers stay, what the keeper took away stays away. */
static enum status after_new_tables(struct ctx *c, void *arg)
{
    struct initiative *list;
    struct catalogue_counts counts;
    int n;

    OK(catalogue_load_reference(c));
    OK(catalogue_initiatives(c, &list, &n));
    ck_assert_int_eq(n, 73);
    ck_assert_int_eq(list[0].here, 1);
    ck_assert(list[1].is_gone);
    OK(catalogue_count(c, &counts));
    ck_assert_int_eq(counts.initiatives, 72);
    return ST_OK;
}

START_TEST(test_initiatives__the_same_tables_again_change_nothing)
{
    struct harness *h = harness_new();

    OK(harness_write(h, loaded_again, NULL));
    store_testing_exec(&h->store, "UPDATE catalogue_loaded SET checksum = 'old'");
    OK(harness_write(h, after_new_tables, NULL));
    harness_free(h);
}
END_TEST

static enum status answers(struct ctx *c, void *arg)
{
    struct initiative *list, i;
    int n;

    OK(catalogue_initiatives(c, &list, &n));
    const int64_t id = list[5].service_id;

    OK(catalogue_initiative_answer(c, id, INITIATIVE_GONE, STR("nonce-1")));
    OK(catalogue_initiative_answer(c, id, INITIATIVE_GONE, STR("nonce-1"))); /* sent twice */
    OK(catalogue_initiative_answer(c, id, INITIATIVE_UNSURE, STR("nonce-2")));
    OK(catalogue_initiative_answer(c, id, INITIATIVE_HERE, STR("nonce-3")));
    OK(catalogue_initiative(c, id, &i));
    ck_assert_int_eq(i.gone, 1);
    ck_assert_int_eq(i.unsure, 1);
    ck_assert_int_eq(i.here, 1);
    ck_assert_int_eq((int)i.last_answer, INITIATIVE_HERE);
    ck_assert_int_eq(i.last_answer_on, c->today);
    ck_assert_int_eq(catalogue_initiative_answer(c, id, (enum initiative_answer)0, STR("nonce-4")), ST_INVALID);
    ck_assert_int_eq(catalogue_initiative_answer(c, id, INITIATIVE_HERE, STR("")), ST_INVALID);
    c->problems.n = 0;
    ck_assert_int_eq(catalogue_initiative_answer(c, 999999, INITIATIVE_HERE, STR("nonce-5")), ST_NOT_FOUND);
    /* a form that came late is not counted */
    problems_add(&c->problems, "", "web.form-late", STR(""));
    ck_assert_int_eq(catalogue_initiative_answer(c, id, INITIATIVE_HERE, STR("nonce-6")), ST_INVALID);
    c->problems.n = 0;
    OK(catalogue_initiative(c, id, &i));
    ck_assert_int_eq(i.here + i.gone + i.unsure, 3);
    return ST_OK;
}

START_TEST(test_initiatives__an_answer_counts_once)
{
    struct harness *h = harness_new();

    OK(harness_write(h, answers, NULL));
    harness_free(h);
}
END_TEST

static enum status flood(struct ctx *c, void *arg)
{
    struct initiative *list, i;
    int n, n_taken = 0;

    OK(catalogue_initiatives(c, &list, &n));
    for (int k = 0; k < 300; k++)
        n_taken += catalogue_initiative_answer(c, list[0].service_id, INITIATIVE_GONE,
                                               str_fmt(c->mem, "flood-%d", k)) == ST_OK;
    ck_assert_int_eq(n_taken, 240);
    ck_assert_ptr_nonnull(problems_of(&c->problems, ""));
    OK(catalogue_initiative(c, list[0].service_id, &i));
    ck_assert_int_eq(i.gone, 240);
    c->problems.n = 0;
    OK(catalogue_initiatives_sweep(c)); /* within the day nothing goes */
    ck_assert_int_eq(catalogue_initiative_answer(c, list[0].service_id, INITIATIVE_GONE, STR("late")), ST_INVALID);
    c->problems.n = 0;
    c->now_ms += 3600 * 1000; /* the next hour takes them again */
    OK(catalogue_initiative_answer(c, list[0].service_id, INITIATIVE_GONE, STR("next")));
    c->now_ms += (int64_t)30 * 3600 * 1000;
    OK(catalogue_initiatives_sweep(c));
    return ST_OK;
}

START_TEST(test_initiatives__a_flood_is_stopped_and_forms_are_forgotten)
{
    struct harness *h = harness_new();

    OK(harness_write(h, flood, NULL));
    ck_assert_int_eq(store_testing_number(&h->store, "SELECT COUNT(*) FROM catalogue_initiative_form"), 0);
    harness_free(h);
}
END_TEST

static enum status answer_some(struct ctx *c, void *arg)
{
    struct initiative *list;
    const char **slug = arg;
    int n;

    OK(catalogue_initiatives(c, &list, &n));
    OK(catalogue_initiative_answer(c, list[7].service_id, INITIATIVE_GONE, STR("k-1")));
    *slug = str_z(c->mem, list[7].slug);
    return ST_OK;
}

/* What the command prints is no line of ours. */
static int command(struct harness *h, int argc, char **argv)
{
    const int out = dup(1), err = dup(2), nowhere = open("/dev/null", O_WRONLY);

    fflush(stdout);
    dup2(nowhere, 1);
    dup2(nowhere, 2);
    const int code = catalogue_initiatives_command(h->db, argc, argv);

    fflush(stdout);
    fflush(stderr);
    dup2(out, 1);
    dup2(err, 2);
    close(out);
    close(err);
    close(nowhere);
    return code;
}

START_TEST(test_initiatives__the_keeper_takes_away_and_confirms)
{
    struct harness *h = harness_new();
    const char *slug = NULL;

    OK(harness_write(h, answer_some, &slug));
    char *gone[] = {"gone", (char *)slug}, *here[] = {"here", (char *)slug}, *wrong[] = {"eat", (char *)slug},
         *unknown[] = {"gone", "no-such-222222"};

    ck_assert_int_eq(command(h, 0, NULL), 0);
    ck_assert_int_eq(command(h, 2, gone), 0);
    ck_assert_int_eq(store_testing_number(
                         &h->store, "SELECT COUNT(*) FROM catalogue_service WHERE state = 'gone'"), 1);
    ck_assert_int_eq(command(h, 2, here), 0);
    ck_assert_int_eq(store_testing_number(&h->store, "SELECT COUNT(*) FROM catalogue_service WHERE state = 'shown'"
                                                     " AND confirmed_how = 'survey' AND confirmed_on IS NOT NULL"), 1);
    ck_assert_int_eq(command(h, 2, wrong), 2);
    ck_assert_int_eq(command(h, 1, gone), 2);
    ck_assert_int_eq(command(h, 2, unknown), 1);
    harness_free(h);
}
END_TEST

UNIT_MAIN("initiatives", test_initiatives__all_73_are_services_with_their_needs,
          test_initiatives__the_same_tables_again_change_nothing, test_initiatives__an_answer_counts_once,
          test_initiatives__a_flood_is_stopped_and_forms_are_forgotten, test_initiatives__the_keeper_takes_away_and_confirms)

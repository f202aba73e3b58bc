/* search_gaps_test.c - what nothing answers within reach, and searches that found nothing; on
 * the engine of WECARE_TEST_STORE. */
#include "base/macros.h"
#include "search_gaps.h"
#include "search_misses.h"
#include "search_misses_count.h"
#include "search_testing.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>

static const struct gap *gap_of(const struct gaps *g, const char *need)
{
    for (int i = 0; i < g->n; i++)
        if (str_eq_z(g->list[i].need->id, need))
            return &g->list[i];
    ck_abort_msg("no need %s", need);
    return NULL;
}

static struct gaps gaps_at(struct search_test *t, enum area_kind kind, const char *slug)
{
    struct gaps g;

    search_test_read(t);
    ck_assert_int_eq(search_gaps(&t->c, search_test_area(t, kind, slug), &g), ST_OK);
    return g;
}

START_TEST(test_gaps__a_comune_beside_its_neighbours)
{
    struct search_test t;

    search_test_open(&t, false);
    const struct gaps g = gaps_at(&t, AREA_COMUNE, "cuorgne-to");
    const struct gap *x = gap_of(&g, "spesa-alimentare");

    /* Ivrea is 19.4 km away, Banchette 17.4: two in Ivrea, one in Banchette; Strambino 18.9 */
    ck_assert_int_eq(x->n, 4);
    ck_assert_int_eq(x->n_neighbours, GAPS_NEIGHBOURS);
    ck_assert_int_le(x->neighbours[0].distance_m, x->neighbours[1].distance_m);
    ck_assert_int_eq(gap_of(&g, "bollette")->n, 1);
    x = gap_of(&g, "debiti"); /* a telephone closes no gap */
    ck_assert_int_eq(x->n, 0);
    ck_assert_int_eq(x->n_remote, 1);
    ck_assert(!x->has_nearest);
    x = gap_of(&g, "aiuto-in-casa"); /* it comes to Ivrea alone */
    ck_assert_int_eq(x->n, 0);
    ck_assert(x->has_nearest);
    ck_assert(str_eq_z(x->nearest.slug, "ivrea-to"));
    ck_assert_int_eq(x->nearest.n, 1);
    ck_assert_int_eq(g.n, g.n_needs);
    for (int i = 0; i < g.n; i++)
        ck_assert((g.list[i].n == 0) == (i < g.n_missing));
    search_test_close(&t);
}
END_TEST

START_TEST(test_gaps__who_may_not_use_it_has_it_not)
{
    struct search_test t;

    search_test_open(&t, false);
    struct gaps g = gaps_at(&t, AREA_COMUNE, "strambino-to");
    const int at_strambino = gap_of(&g, "spesa-alimentare")->n;

    g = gaps_at(&t, AREA_COMUNE, "ivrea-to");
    ck_assert_int_eq(gap_of(&g, "spesa-alimentare")->n, at_strambino - 1); /* its vouchers */
    search_test_close(&t);
}
END_TEST

START_TEST(test_gaps__a_district_counts_each_service_once)
{
    struct search_test t;

    search_test_open(&t, false);
    const struct gaps g = gaps_at(&t, AREA_DISTRICT, "24-ivrea-cuorgne");
    const struct gap *x = gap_of(&g, "imparare-italiano");

    ck_assert_int_eq(x->n, 1); /* with a place in Ivrea and one in Cuorgnè */
    ck_assert_int_gt(x->n_comuni, 1);
    ck_assert_int_eq(x->n_comuni_without, 0);
    x = gap_of(&g, "aiuto-in-casa");
    ck_assert_int_eq(x->n, 1);
    ck_assert_int_eq(x->n_comuni_without, x->n_comuni - 1);
    ck_assert_int_eq(x->n_neighbours, GAPS_NEIGHBOURS);
    search_test_close(&t);
}
END_TEST

START_TEST(test_gaps__tables_of_the_whole_territory)
{
    struct search_test t;
    struct gap_row *rows;
    int n, n_cuneo = 0;

    search_test_open(&t, false);
    struct ctx *const c = search_test_read(&t);

    ck_assert_int_eq(search_gaps_comuni(c, STR(""), &rows, &n), ST_OK);
    ck_assert_int_eq(n, 1180);
    for (int i = 0; i < n; i++) {
        if (i > 0)
            ck_assert_int_ge(rows[i - 1].n_missing, rows[i].n_missing);
        if (str_eq_z(rows[i].slug, "cuneo-cn"))
            n_cuneo += rows[i].n_missing == rows[i].n_needs;
    }
    ck_assert_int_eq(n_cuneo, 1);
    ck_assert_int_eq(search_gaps_districts(c, STR("bollette"), &rows, &n), ST_OK);
    ck_assert_int_eq(n, 30);
    for (int i = 0; i < n; i++)
        if (str_eq_z(rows[i].slug, "24-ivrea-cuorgne")) {
            ck_assert_int_eq(rows[i].n, 1);
            ck_assert_int_eq(rows[i].n_missing, 0);
        }
    ck_assert_int_eq(search_gaps_comuni(c, STR("nessuno"), &rows, &n), ST_NOT_FOUND);
    ck_assert_int_eq(search_gaps(c, 999999, &(struct gaps){0}), ST_NOT_FOUND);
    search_test_close(&t);
}
END_TEST

START_TEST(test_gaps__follow_the_catalogue)
{
    struct search_test t;

    search_test_open(&t, false);
    struct gaps g = gaps_at(&t, AREA_COMUNE, "ivrea-to");
    const int n_missing = g.n_missing;

    ck_assert_int_eq(gap_of(&g, "aiuto-in-casa")->n, 1);
    search_test_set_state(&t, "assistenza-casa", SERVICE_HIDDEN);
    g = gaps_at(&t, AREA_COMUNE, "ivrea-to");
    ck_assert_int_eq(gap_of(&g, "aiuto-in-casa")->n, 0);
    ck_assert_int_eq(g.n_missing, n_missing + 1);
    search_test_close(&t);
}
END_TEST

/* ---- searches that found nothing ---- */

static void search_in_vain(struct search_test *t, const char *need, const char *where, int times)
{
    struct search_ask ask = {.need = str_of(need)};
    struct search_answer a;

    search_test_read(t);
    if (*where != '\0')
        ask.area_id = search_test_area(t, AREA_COMUNE, where);
    for (int i = 0; i < times; i++)
        ck_assert_int_eq(search_services(&t->c, &ask, &a), ST_OK);
}

/* Closing writes what is in memory. */
static void reopen(struct search_test *t)
{
    search_test_read_end(t);
    store_testing_reopen(&t->territory.store, &(struct db_options){0});
}

static int64_t n_kept(struct search_test *t)
{
    search_test_read_end(t);
    return store_testing_number(&t->territory.store,
                                "SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM catalogue_miss");
}

START_TEST(test_misses__are_kept_when_the_portal_ends)
{
    struct search_test t;

    search_test_open(&t, false);
    search_in_vain(&t, "nido", "cuneo-cn", 3);
    search_in_vain(&t, "spesa-alimentare", "ivrea-to", 3); /* found */
    ck_assert_int_eq(n_kept(&t), 0);
    reopen(&t);
    ck_assert_int_eq(n_kept(&t), 3);
    search_in_vain(&t, "nido", "cuneo-cn", 2);
    reopen(&t);
    ck_assert_int_eq(n_kept(&t), 5);
    ck_assert_int_eq(
        store_testing_number(&t.territory.store, "SELECT count(*) FROM catalogue_miss"), 1);
    search_test_close(&t);
}
END_TEST

START_TEST(test_misses__only_a_first_look_of_a_person_counts)
{
    struct search_test t;
    const struct search_choice now = {FACET_OPEN, STR("now")};
    struct search_answer a;

    search_test_open(&t, false);
    search_test_read(&t);
    struct search_ask ask = {.need = STR("nido")};

    ask.no_counting = true;
    ck_assert_int_eq(search_services(&t.c, &ask, &a), ST_OK);
    ask = (struct search_ask){.need = STR("nido"), .choices = &now, .n_choices = 1};
    ck_assert_int_eq(search_services(&t.c, &ask, &a), ST_OK);
    ask = (struct search_ask){.need = STR("nido"), .page = 2};
    ck_assert_int_eq(search_services(&t.c, &ask, &a), ST_OK);
    ask = (struct search_ask){.need = STR("non-un-bisogno")};
    ck_assert_int_eq(search_services(&t.c, &ask, &a), ST_OK);
    ask = (struct search_ask){.need = STR("bollette")}; /* widened to 20 km: it was there */
    ask.area_id = search_test_area(&t, AREA_COMUNE, "ivrea-to");
    ck_assert_int_eq(search_services(&t.c, &ask, &a), ST_OK);
    reopen(&t);
    ck_assert_int_eq(n_kept(&t), 0);
    search_in_vain(&t, "bollette", "cuneo-cn", 1); /* 80 km away is nothing */
    reopen(&t);
    ck_assert_int_eq(n_kept(&t), 1);
    search_test_close(&t);
}
END_TEST

/* Months that are over, and never a number under five. */
START_TEST(test_misses__small_numbers_are_never_shown)
{
    struct search_test t;
    struct miss *list;
    int n;

    search_test_open(&t, false);
    search_in_vain(&t, "nido", "cuneo-cn", 5);
    search_in_vain(&t, "nido", "biella-bi", 4);
    search_in_vain(&t, "lutto", "ivrea-to", 3); /* together with Cuorgnè six, of one district */
    search_in_vain(&t, "lutto", "cuorgne-to", 3);
    search_in_vain(&t, "carcere", "ivrea-to", 4);
    search_in_vain(&t, "nido", "", 6);
    reopen(&t);
    ck_assert_int_eq(n_kept(&t), 25);
    ck_assert_int_eq(search_misses(search_test_read(&t), 0, &list, &n), ST_OK);
    ck_assert_int_eq(n, 0); /* November is not over */
    search_test_at(&t, "2026-12-01", 9, 0);
    ck_assert_int_eq(search_misses(search_test_read(&t), 0, &list, &n), ST_OK);
    ck_assert_int_eq(n, 3);
    for (int i = 0; i < n; i++) {
        ck_assert_int_ge(list[i].n, MISSES_LEAST);
        ck_assert_int_eq(list[i].month, 11);
    }
    ck_assert_int_eq(list[0].n, 6);
    const int64_t district = search_test_area(&t, AREA_DISTRICT, "24-ivrea-cuorgne");

    ck_assert_int_eq(search_misses(&t.c, district, &list, &n), ST_OK);
    ck_assert_int_eq(n, 1);
    ck_assert(list[0].is_rest && list[0].n == 6 && str_eq_z(list[0].need, "lutto"));
    ck_assert_int_eq(search_misses(&t.c, search_test_area(&t, AREA_COMUNE, "ivrea-to"), &list, &n),
                     ST_OK);
    ck_assert_int_eq(n, 0);
    search_test_close(&t);
}
END_TEST

static enum status sweep(struct ctx *c, void *arg)
{
    return misses_sweep(c);
}

START_TEST(test_misses__go_after_two_years)
{
    struct search_test t;

    search_test_open(&t, false);
    search_in_vain(&t, "nido", "cuneo-cn", 5);
    reopen(&t);
    ck_assert_int_eq(territory_test_run(&t.territory, "2028-11-30", sweep, NULL), ST_OK);
    ck_assert_int_eq(n_kept(&t), 5);
    ck_assert_int_eq(territory_test_run(&t.territory, "2028-12-01", sweep, NULL), ST_OK);
    ck_assert_int_eq(n_kept(&t), 0);
    search_test_close(&t);
}
END_TEST

UNIT_MAIN("gaps", test_gaps__a_comune_beside_its_neighbours,
          test_gaps__who_may_not_use_it_has_it_not, test_gaps__a_district_counts_each_service_once,
          test_gaps__tables_of_the_whole_territory, test_gaps__follow_the_catalogue,
          test_misses__are_kept_when_the_portal_ends,
          test_misses__only_a_first_look_of_a_person_counts,
          test_misses__small_numbers_are_never_shown, test_misses__go_after_two_years)

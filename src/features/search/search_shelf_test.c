/* search_shelf_test.c - the shelf keeps step with the catalogue; on the engine of
 * WECARE_TEST_STORE. */
#include "base/clock.h"
#include "search_testing.h"
#include "unit.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const struct search_row new_row = {"nuovo",
                                          "Banco alimentare",
                                          "Gruppo di Samone",
                                          "samone-to",
                                          "service",
                                          "spesa-alimentare",
                                          "",
                                          "Pane e latte.",
                                          "always",
                                          "presence",
                                          "free",
                                          "",
                                          "",
                                          "",
                                          "2026-11-20"};

START_TEST(test_shelf__what_changes_is_there_at_the_next_search)
{
    struct search_test t;
    struct search_row row = new_row;

    search_test_open(&t, false);
    search_test_ck(&t, "pane e latte", "", "samone-to",
                   "chiuso spesa-strambino spesa-banchette spesa-ivrea | spesa-solo-strambino");
    search_test_put(&t, &row, 1);
    search_test_ck(
        &t, "banco alimentare", "", "samone-to",
        "nuovo chiuso spesa-strambino spesa-banchette spesa-ivrea | spesa-solo-strambino");
    row.needs = "vestiti"; /* the same again, with another need: the old word of it is gone */
    ck_assert_int_eq(search_warm(search_test_read(&t)), ST_OK);
    search_test_put(&t, &row, 1);
    search_test_ck(&t, "", "vestiti", "samone-to", "nuovo");
    search_test_ck(&t, "", "spesa-alimentare", "samone-to",
                   "chiuso spesa-strambino spesa-banchette spesa-ivrea | spesa-solo-strambino");
    search_test_set_state(&t, "nuovo", SERVICE_HIDDEN);
    search_test_ck(&t, "", "vestiti", "samone-to", "");
    search_test_set_state(&t, "nuovo", SERVICE_SHOWN);
    search_test_ck(&t, "", "vestiti", "samone-to", "nuovo");
    search_test_close(&t);
}
END_TEST

/* One change after another: segments are many, then one again; what was is never found twice. */
START_TEST(test_shelf__many_changes_one_by_one)
{
    struct search_test t;
    char name[40], id[40], want[200] = "";

    search_test_open(&t, true);
    search_test_ck(&t, "", "vestiti", "samone-to", "");
    for (int i = 0; i < 20; i++) {
        struct search_row row = new_row;

        snprintf(name, sizeof name, "Banco numero %d", i / 2);
        snprintf(id, sizeof id, "n%d", i / 2);
        row.name = name;
        row.id = id;
        row.needs = "vestiti";
        row.text = i % 2 == 0 ? "Prima." : "Poi.";
        search_test_put(&t, &row, 1);
        if (i % 2 == 0)
            snprintf(want + strlen(want), sizeof want - strlen(want), "%s%s", i > 0 ? " " : "", id);
        search_test_ck(&t, "", "vestiti", "samone-to", want);
    }
    search_test_ck(&t, "prima", "vestiti", "samone-to", want); /* the need was chosen: it decides */
    search_test_close(&t);
}
END_TEST

/* An import: nobody who searches reads it himself; the thread does, and then it is there. */
START_TEST(test_shelf__hundreds_of_changes_are_read_beside_those_who_search)
{
    enum { N = 310, MOST_TRIES = 600 };
    struct search_test t;
    struct search_row *const rows = calloc(N, sizeof *rows);
    char(*const ids)[8] = calloc(N, sizeof *ids);
    const struct search_ask ask = {.words = STR("mercatino")};
    int found = 0;

    ck_assert(rows != NULL && ids != NULL);
    search_test_open(&t, false);
    ck_assert_int_eq(search_test_ask(&t, &ask).n_total, 0);
    for (int i = 0; i < N; i++) {
        snprintf(ids[i], sizeof ids[i], "m%d", i);
        rows[i] = new_row;
        rows[i].id = ids[i];
        rows[i].name = "Mercatino";
    }
    search_test_put(&t, rows, N);
    ck_assert_int_eq(search_test_ask(&t, &ask).n_total,
                     0); /* with what was there: nobody waits for 310 entries */
    for (int i = 0; i < MOST_TRIES && found == 0; i++) {
        nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
        found = (int)search_test_ask(&t, &ask).n_total;
    }
    ck_assert_int_eq(found, N);
    search_test_close(&t);
    free(rows);
    free(ids);
}
END_TEST

struct inside {
    struct search_test *t;
    struct str seen;
};

static enum status hide_and_search(struct ctx *c, void *arg)
{
    struct inside *const in = arg;
    const struct search_ask ask = {.need = STR("imparare-italiano")};
    struct search_answer a;

    in->t->c = *c;
    ck_assert_int_eq(search_services(c, &ask, &a), ST_OK);
    ck_assert_int_eq(a.n_total, 1);
    ck_assert_int_eq(catalogue_set_state(c, a.hits[0].service_id, SERVICE_HIDDEN), ST_OK);
    ck_assert_int_eq(search_services(c, &ask, &a), ST_OK);
    return ST_CONFLICT; /* and all of it is undone */
}

START_TEST(test_shelf__what_is_undone_was_never_found)
{
    struct search_test t;
    struct inside in = {&t, {0}};

    search_test_open(&t, false);
    for (int i = 0; i < 2; i++) { /* with no index yet, and with one */
        search_test_read_end(&t);
        ck_assert_int_eq(territory_test_run(&t.territory, "2026-11-21", hide_and_search, &in),
                         ST_CONFLICT);
        search_test_ck(&t, "", "imparare-italiano", "ivrea-to", "corso");
    }
    search_test_set_state(&t, "corso", SERVICE_HIDDEN);
    search_test_ck(&t, "", "imparare-italiano", "ivrea-to", "");
    search_test_close(&t);
}
END_TEST

/* Searches from many threads while rows come in: each sees a whole catalogue. */
struct many {
    struct db *db;
    int64_t now_ms;
    atomic_bool must_stop;
    atomic_int n_searched, n_torn;
};

static void *search_on_and_on(void *arg)
{
    struct many *const m = arg;
    struct arena *const mem = arena_new(0);

    while (!atomic_load(&m->must_stop)) {
        struct ctx c = ctx_new(mem, &actor_anyone, LANG_IT);
        const struct search_ask ask = {.need = STR("vestiti"), .no_widening = true};
        struct search_answer a;

        arena_reset(mem);
        c.now_ms = m->now_ms;
        c.today = clock_day_at(m->now_ms);
        if (db_read_begin(m->db, &c.tx) != ST_OK)
            continue;
        if (search_services(&c, &ask, &a) == ST_OK) {
            atomic_fetch_add(&m->n_searched, 1);
            if (a.n_total % 2 != 0) /* two come in each transaction */
                atomic_fetch_add(&m->n_torn, 1);
        }
        db_read_end(c.tx);
    }
    arena_free(mem);
    return NULL;
}

START_TEST(test_shelf__threads_see_whole_changes)
{
    struct search_test t;
    pthread_t threads[4];
    char ids[2][20];

    search_test_open(&t, true);
    struct many m = {.db = t.territory.store.db, .now_ms = t.now_ms};

    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, search_on_and_on, &m), 0);
    for (int i = 0; i < 12; i++) {
        struct search_row rows[2] = {new_row, new_row};

        for (int k = 0; k < 2; k++) {
            snprintf(ids[k], sizeof ids[k], "t%d-%d", i, k);
            rows[k].id = ids[k];
            rows[k].needs = "vestiti";
        }
        search_test_put(&t, rows, 2);
    }
    while (atomic_load(&m.n_searched) < 50)
        usleep(1000);
    atomic_store(&m.must_stop, true);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    ck_assert_int_eq(m.n_torn, 0);
    search_test_read(&t);
    const struct search_ask ask = {.need = STR("vestiti")};

    ck_assert_int_eq(search_test_ask(&t, &ask).n_total, 24);
    search_test_close(&t);
}
END_TEST

UNIT_MAIN("search_shelf", test_shelf__what_changes_is_there_at_the_next_search,
          test_shelf__many_changes_one_by_one,
          test_shelf__hundreds_of_changes_are_read_beside_those_who_search,
          test_shelf__what_is_undone_was_never_found, test_shelf__threads_see_whole_changes)

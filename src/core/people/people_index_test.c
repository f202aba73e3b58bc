/* people_index_test.c - the check at the desk: the same as the nightly run, and nothing left behind. */
#include "people_index.h"
#include "people_sql.h"
#include "people_testing.h"
#include "store/store_testing.h"
#include "unit.h"
#include <string.h>

enum { PERSONS = 500, MOST = 12 }; /* blocks of more than twelve are passed over, so that there are some */

struct at_desk {
    struct arena *mem;
    struct people_set *set;
    struct people_model *m;
    struct people_index *ix;
    unsigned char secret[PEOPLE_KEY_BYTES];
};

static struct at_desk start(void)
{
    struct at_desk d = {.mem = arena_new(0), .secret = {1, 2, 3}};
    struct people_learn_options o = {.max_block = MOST};

    d.set = people_world_set(d.mem, 11, PERSONS, NULL);
    memcpy(o.secret, d.secret, sizeof d.secret);
    ck_assert_int_eq(people_learn(d.mem, d.set, &o, &d.m), ST_OK);
    d.ix = people_index_new(d.mem, d.set, d.m, d.secret, MOST);
    for (uint32_t i = 0; i < people_set_count(d.set); i++)
        people_index_add(d.ix, i);
    return d;
}

START_TEST(test_people__checked_one_by_one_as_all_at_night)
{
    struct at_desk d = start();
    struct people_scoring o = {.set = d.set, .model = d.m, .max_block = MOST, .least = -6};
    struct people_edges night;
    size_t n_found = 0, n_over = 0;

    memcpy(o.secret, d.secret, sizeof d.secret);
    people_score_all(d.mem, &o, &night);
    ck_assert_uint_gt(night.n, 300);
    for (int pass = 0; pass < PEOPLE_PASSES; pass++)
        n_over += night.over.n_blocks[pass];
    ck_assert_uint_gt(n_over, 0);
    for (uint32_t i = 0; i < people_set_count(d.set); i++) {
        struct people_edge *list;
        size_t n, at = 0;

        people_index_check(d.ix, d.mem, i, -6, &list, &n);
        for (size_t k = 0; k < n; k++) {
            ck_assert(k == 0 || list[k].score <= list[k - 1].score);
            for (at = 0; at < night.n && (night.list[at].a != list[k].a || night.list[at].b != list[k].b); at++)
                continue;
            ck_assert(at < night.n && night.list[at].score == list[k].score);
        }
        n_found += n;
    }
    ck_assert_uint_eq(n_found, 2 * night.n); /* each link is seen from both its ends */
    arena_free(d.mem);
}
END_TEST

START_TEST(test_people__a_record_added_later_is_found_at_once)
{
    struct at_desk d = start();
    struct people_raw raw = {.id = STR("new")}, late = {.id = STR("later")};
    struct people_edge *list;
    size_t n;

    raw.field[PEOPLE_GIVEN] = STR("Zenobia");
    raw.field[PEOPLE_SURNAME] = STR("Quartapelle");
    raw.field[PEOPLE_BIRTH] = STR("1961-07-23");
    late = raw;
    late.id = STR("later");
    late.field[PEOPLE_SURNAME] = STR("Quartapele");
    const uint32_t first = people_set_add(d.set, &raw);

    people_index_add(d.ix, first);
    const uint32_t second = people_set_add(d.set, &late);

    people_index_check(d.ix, d.mem, second, 3.2, &list, &n);
    ck_assert_uint_eq(n, 1);
    ck_assert(list[0].a == first && list[0].b == second);
    arena_free(d.mem);
}
END_TEST

START_TEST(test_people__a_record_taken_away_leaves_no_trace)
{
    struct at_desk d = start();
    const uint64_t all = people_index_postings(d.ix);
    uint64_t keys[PEOPLE_PASSES];
    uint64_t n_own = 0;

    people_index_add(d.ix, 5); /* twice is once */
    ck_assert_uint_eq(people_index_postings(d.ix), all);
    people_block_keys(d.set, 5, d.secret, keys);
    for (int pass = 0; pass < PEOPLE_PASSES; pass++)
        n_own += keys[pass] != 0;
    ck_assert(people_index_has_trace(d.ix, 5));
    ck_assert_int_eq(people_index_remove(d.ix, 5), ST_OK);
    ck_assert(!people_index_has_trace(d.ix, 5));
    ck_assert_uint_eq(people_index_postings(d.ix), all - n_own);
    ck_assert_int_eq(people_index_remove(d.ix, 5), ST_NOT_FOUND);
    for (uint32_t i = 0; i < people_set_count(d.set); i++)
        ck_assert_int_eq(people_index_remove(d.ix, i), i == 5 ? ST_NOT_FOUND : ST_OK);
    ck_assert_uint_eq(people_index_postings(d.ix), 0);
    for (uint32_t i = 1; i < people_set_count(d.set); i += 13)
        ck_assert(!people_index_has_trace(d.ix, i));
    people_index_add(d.ix, 5);
    ck_assert(people_index_has_trace(d.ix, 5));
    arena_free(d.mem);
}
END_TEST

START_TEST(test_people__a_rare_surname_says_more_than_a_common_one)
{
    struct at_desk d = start();
    const struct people_counts *c = &d.m->counts[PEOPLE_COUNT_SURNAME];
    const struct people_count *most = &c->rows[0];
    struct people_raw raw[4] = {{.id = STR("a")}, {.id = STR("b")}, {.id = STR("c")}, {.id = STR("d")}};
    uint32_t at[4];

    for (uint32_t i = 0; i < c->n; i++)
        most = c->rows[i].count > most->count ? &c->rows[i] : most;
    for (int i = 0; i < 4; i++) {
        raw[i].field[PEOPLE_SURNAME] = i < 2 ? str_of(most->text) : STR("Quartapelle");
        raw[i].field[PEOPLE_GIVEN] = STR("Maria"); /* and no date: a homonym is what there is to fear */
        at[i] = people_set_add(d.set, &raw[i]);
    }
    struct people_scorer *s = people_scorer_new(d.mem, d.set, d.m);
    struct people_comparer *compare = people_comparer_new(d.mem, d.set);
    const double common = people_score(s, at[0], at[1], people_compare(compare, at[0], at[1])),
                 rare = people_score(s, at[2], at[3], people_compare(compare, at[2], at[3]));

    ck_assert_uint_eq(people_compare(compare, at[0], at[1]), people_compare(compare, at[2], at[3]));
    ck_assert_msg(rare > common + 1, "%.2f and %.2f", rare, common);
    arena_free(d.mem);
}
END_TEST

static enum status put_all(struct db_tx *tx, void *arg)
{
    struct at_desk *d = arg;
    struct arena *mem = arena_new(0);
    struct ctx c = ctx_new(mem, &actor_keeper, LANG_IT);
    enum status st = ST_OK;

    c.tx = tx;
    for (uint32_t i = 0; i < people_set_count(d->set) && st == ST_OK; i++) {
        uint64_t keys[PEOPLE_PASSES];

        people_block_keys(d->set, i, d->secret, keys);
        st = people_stored_put(&c, i, keys);
        if (st == ST_OK && i % 100 == 0)
            st = people_stored_put(&c, i, keys); /* twice is once */
    }
    arena_free(mem);
    return st;
}

static enum status find_all(struct db_tx *tx, void *arg)
{
    struct at_desk *d = arg;
    struct arena *mem = arena_new(0);
    struct ctx c = ctx_new(mem, &actor_keeper, LANG_IT);

    c.tx = tx;
    for (uint32_t i = 0; i < people_set_count(d->set); i += 7) {
        uint64_t keys[PEOPLE_PASSES];
        int64_t *ids;
        size_t n, n_others = 0;
        struct people_edge *list;

        people_block_keys(d->set, i, d->secret, keys);
        ck_assert_int_eq(people_stored_find(&c, keys, MOST, &ids, &n), ST_OK);
        people_index_check(d->ix, mem, i, -1000, &list, &n_others);
        for (size_t k = 0; k < n; k++)
            ck_assert(k == 0 || ids[k] > ids[k - 1]);
        ck_assert_uint_le(n_others, n);
        ck_assert_uint_ge(n_others + 1, n); /* the same records; itself too unless all of its blocks are too large */
    }
    arena_free(mem);
    return ST_OK;
}

static enum status remove_one(struct db_tx *tx, void *arg)
{
    struct at_desk *d = arg;
    struct ctx c = ctx_new(d->mem, &actor_keeper, LANG_IT);
    uint64_t keys[PEOPLE_PASSES];

    c.tx = tx;
    people_block_keys(d->set, 3, d->secret, keys);
    return people_stored_remove(&c, 3, keys);
}

START_TEST(test_people__stored_digests_find_the_same_records)
{
    struct at_desk d = start();
    struct store_testing t;

    store_testing_begin(&t, people_migrations, people_n_migrations);
    ck_assert_int_eq(db_write(t.db, put_all, &d), ST_OK);
    struct db_tx *tx;

    ck_assert_int_eq(db_read_begin(t.db, &tx), ST_OK);
    find_all(tx, &d);
    db_read_end(tx);
    ck_assert_int_gt(store_testing_number(&t, "SELECT count(*) FROM people_index WHERE record_id = 3"), 3);
    ck_assert_int_eq(db_write(t.db, remove_one, &d), ST_OK);
    ck_assert_int_eq(store_testing_number(&t, "SELECT count(*) FROM people_index WHERE record_id = 3"), 0);
    ck_assert_int_eq(people_index_remove(d.ix, 3), ST_OK);
    ck_assert_int_eq((int64_t)people_index_postings(d.ix), store_testing_number(&t, "SELECT count(*) FROM people_index"));
    store_testing_end(&t);
    arena_free(d.mem);
}
END_TEST

static enum status fill(struct db_tx *tx, void *arg)
{
    struct at_desk *d = arg;
    struct arena *mem = arena_new(0);
    struct ctx c = ctx_new(mem, &actor_keeper, LANG_IT);
    struct people_filling *f = people_filling_new(mem);

    c.tx = tx;
    for (uint32_t i = 0; i < people_set_count(d->set); i++) {
        uint64_t keys[PEOPLE_PASSES];

        people_block_keys(d->set, i, d->secret, keys);
        ck_assert_int_eq(people_filling_add(f, i, keys), ST_OK);
    }
    ck_assert_int_eq(people_filling_put(&c, f), ST_OK);
    ck_assert_int_eq(people_filling_put(&c, f), ST_OK); /* as a transaction that is asked for again */
    people_filling_free(f);
    arena_free(mem);
    return ST_OK;
}

/* Filled at once or one by one: the same rows. */
START_TEST(test_people__an_index_filled_at_once_is_the_same)
{
    struct at_desk d = start();
    struct store_testing t;

    store_testing_begin(&t, people_migrations, people_n_migrations);
    ck_assert_int_eq(db_write(t.db, fill, &d), ST_OK);
    const int64_t n = store_testing_number(&t, "SELECT count(*) FROM people_index");

    ck_assert_int_eq(n, (int64_t)people_index_postings(d.ix));
    ck_assert_int_gt(store_testing_number(&t, "SELECT count(*) FROM people_index WHERE digest < 0"), n / 3);
    ck_assert_int_eq(db_write(t.db, put_all, &d), ST_OK);
    ck_assert_int_eq(store_testing_number(&t, "SELECT count(*) FROM people_index"), n);
    store_testing_end(&t);
    arena_free(d.mem);
}
END_TEST

/* Blocks of all sizes round their bound, and one that nobody may read whole. */
static enum status find_in_large(struct db_tx *tx, struct arena *mem)
{
    struct ctx c = ctx_new(mem, &actor_keeper, LANG_IT);
    uint64_t keys[PEOPLE_PASSES] = {0};
    struct people_index_find_row *rows;
    int64_t *ids;
    size_t n;
    int n_rows;

    c.tx = tx;
    ck_assert_int_eq(people_stored_find(&c, keys, PEOPLE_MAX_BLOCK, &ids, &n), ST_OK);
    ck_assert_uint_eq(n, 0); /* a record of which nothing is known */
    for (int pass = 0; pass < PEOPLE_PASSES; pass++) {
        const int most = people_pass_most(pass, PEOPLE_MAX_BLOCK);

        memset(keys, 0, sizeof keys);
        for (int more = 0; more < 2; more++) {
            keys[pass] = (uint64_t)(most + more); /* so many records, from number 1 */
            ck_assert_int_eq(people_stored_find(&c, keys, PEOPLE_MAX_BLOCK, &ids, &n), ST_OK);
            ck_assert_uint_eq(n, more == 0 ? (size_t)most : 0);
            ck_assert(n == 0 || (ids[0] == 1 && ids[n - 1] == most));
        }
    }
    for (int pass = 0; pass < PEOPLE_PASSES; pass++)
        keys[pass] = (uint64_t)0 - 5; /* the large one, and a small one beside it */
    keys[3] = 60;
    ck_assert_int_eq(people_stored_find(&c, keys, PEOPLE_MAX_BLOCK, &ids, &n), ST_OK);
    ck_assert_uint_eq(n, 60);
    const struct people_index_find_in in = {.d0 = -5, .m0 = 401, .d23 = -5, .m23 = 61};

    ck_assert_int_eq(people_sql_index_find(&c, &in, &rows, &n_rows), ST_OK);
    ck_assert_int_eq(n_rows, 401 + 61); /* the lowest numbers of each, and no more are read */
    for (int i = 0; i < n_rows; i++)
        ck_assert(rows[i].pass == 0 ? rows[i].record_id <= 401 : rows[i].pass == 23 && rows[i].record_id <= 61);
    return ST_OK;
}

START_TEST(test_people__a_large_block_costs_no_more_than_its_bound)
{
    struct arena *mem = arena_new(0);
    struct store_testing t;
    struct db_tx *tx;

    store_testing_begin(&t, people_migrations, people_n_migrations);
    store_testing_exec(&t, "INSERT INTO people_index (digest, record_id) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) "
                           "SELECT -5, i FROM n");
    store_testing_exec(&t, "INSERT INTO people_index (digest, record_id) SELECT d.n, p.record_id FROM people_index p JOIN "
                           "(SELECT 60 AS n UNION ALL SELECT 61 UNION ALL SELECT 100 UNION ALL SELECT 101 UNION ALL SELECT 400 UNION ALL SELECT 401) d "
                           "ON p.record_id <= d.n WHERE p.digest = -5");
    ck_assert_int_eq(db_read_begin(t.db, &tx), ST_OK);
    find_in_large(tx, mem);
    db_read_end(tx);
    store_testing_end(&t);
    arena_free(mem);
}
END_TEST

UNIT_MAIN("people_index", test_people__checked_one_by_one_as_all_at_night, test_people__a_record_added_later_is_found_at_once,
          test_people__a_record_taken_away_leaves_no_trace, test_people__a_rare_surname_says_more_than_a_common_one, test_people__stored_digests_find_the_same_records, test_people__an_index_filled_at_once_is_the_same,
          test_people__a_large_block_costs_no_more_than_its_bound)

/* staging_test.c - what waits is whole or nothing, goes on where it stood, and is not written when it is the same. */
#include "staging_private.h"
#include "base/macros.h"
#include "features/staging/staging.h"
#include "tests/support/harness.h"
#include "unit.h"
#include <string.h>

struct bench {
    struct harness *h;
    int n_met;
};

static void on_met(void *arg, enum staging_kind kind, struct str id, int64_t ref, int64_t row)
{
    struct bench *b = arg;

    (void)kind;
    (void)id;
    (void)ref;
    (void)row;
    b->n_met++;
}

static struct staging *opened(struct bench *b, const char *identity)
{
    const struct staging_ask ask = {b->h->db, STR("hsds:prova"), str_of(identity), on_met, b};
    struct staging *s;

    b->n_met = 0;
    ck_assert_int_eq(staging_open(b->h->mem, &ask, &s), ST_OK);
    return s;
}

static void put_some(struct bench *b, struct staging *s, int from, int to, const char *words)
{
    struct arena *mem = b->h->mem;

    for (int i = from; i < to; i++) {
        const struct organisation o = {.source_id = str_fmt(mem, "o%d", i), .name = STR("Ente"), .kind = ORGANISATION_OTHER};
        struct service v = {.source_id = str_fmt(mem, "s%d", i), .name = str_fmt(mem, "Servizio %d", i), .description = str_of(words)};

        v.starts_on = v.ends_on = v.apply_by = v.confirmed_on = DAY_NONE;
        ck_assert_int_eq(staging_put_organisation(s, &o, i, &v.organisation_id), ST_OK);
        ck_assert_int_eq(staging_put_service(s, &v, i), ST_OK);
        ck_assert_int_eq(staging_mark(s, i + 1, STR("page"), (struct staging_tally){i + 1, 0}), ST_OK);
    }
}

static struct staging_taken taken(struct staging *s, bool is_whole)
{
    const struct staging_take t = {.hides_gone = true};
    struct staging_taken out;

    ck_assert_int_eq(staging_seal(s, is_whole, (struct staging_tally){0, 0}), ST_OK);
    ck_assert_int_eq(staging_take(s, &t, &out), ST_OK);
    staging_close(s, true);
    return out;
}

enum { KNOWN_BYTES = 25 };

static int64_t number(struct bench *b, const char *sql)
{
    return store_testing_number(&b->h->store, sql);
}

static int64_t n_known(struct bench *b)
{
    return number(b, "SELECT sum(length(entries)) FROM staging_known") / KNOWN_BYTES;
}

static int64_t n_shown(struct bench *b)
{
    return number(b, "SELECT count(*) FROM catalogue_service WHERE state = 'shown' AND source = 'hsds:prova'");
}

START_TEST(test_staging__taken_once_then_the_same_is_not_written)
{
    struct bench b = {.h = harness_new()};
    struct staging *s = opened(&b, "one");

    put_some(&b, s, 0, 20, "parole");
    struct staging_taken t = taken(s, true);

    ck_assert_int_eq(t.services.n_added, 20);
    s = opened(&b, "two");
    put_some(&b, s, 0, 20, "parole");
    t = taken(s, true);
    ck_assert_int_eq(t.services.n_same, 20);
    ck_assert_int_eq(t.services.n_changed + t.services.n_added + t.n_gone, 0);
    ck_assert_int_eq(n_known(&b), 2 * 20); /* what was the same is known as before */
    s = opened(&b, "three");
    put_some(&b, s, 0, 19, "parole");
    put_some(&b, s, 30, 31, "altre");
    t = taken(s, true);
    ck_assert_int_eq(t.services.n_same, 19);
    ck_assert_int_eq(t.services.n_added, 1);
    ck_assert_int_eq(t.n_gone, 1);
    ck_assert_int_eq(n_known(&b), 2 * 20); /* what has gone is not */
    ck_assert_int_eq(n_shown(&b), 20);
    s = opened(&b, "four");
    put_some(&b, s, 5, 6, "cambiate");
    ck_assert_int_eq(staging_put_gone(s, STR("s30")), ST_OK);
    ck_assert_int_eq(staging_put_gone(s, STR("nobody")), ST_OK);
    t = taken(s, false); /* a list of changes: what it does not name stays */
    ck_assert_int_eq(t.services.n_changed, 1);
    ck_assert_int_eq(t.n_gone, 1);
    ck_assert_int_eq(n_known(&b), 2 * 20 - 1);
    ck_assert_int_eq(n_shown(&b), 19);
    harness_free(b.h);
}
END_TEST

START_TEST(test_staging__goes_on_where_a_reader_died)
{
    static char words[3000];
    struct bench b = {.h = harness_new()};

    memset(words, 'a', sizeof words - 1);
    struct staging *s = opened(&b, "file one");

    put_some(&b, s, 0, 200, words); /* two blocks are written, the rest is in memory alone */
    staging_close(s, true);         /* as if it had died */
    s = opened(&b, "file one");
    const int64_t at = staging_at(s);

    ck_assert_int_gt(at, 0);
    ck_assert_int_lt(at, 200);
    ck_assert_int_eq(b.n_met, at * 2);
    ck_assert_int_eq(staging_tally(s).n_read, at);
    ck_assert(str_eq_z(staging_page(s), "page"));
    put_some(&b, s, (int)at, 200, words);
    ck_assert_int_eq(taken(s, true).services.n_added, 200);
    harness_free(b.h);
}
END_TEST

START_TEST(test_staging__another_file_begins_anew_and_two_readers_do_no_harm)
{
    static char words[3000];
    struct bench b = {.h = harness_new()};

    memset(words, 'a', sizeof words - 1);
    struct staging *first = opened(&b, "file one");

    put_some(&b, first, 0, 100, words);
    struct staging *second = opened(&b, "file one"); /* takes over */

    const struct organisation o = {.source_id = STR("late"), .name = str_of(words), .kind = ORGANISATION_OTHER};
    int64_t ref;

    ck_assert_int_eq(staging_put_organisation(first, &o, 1, &ref), ST_OK);
    ck_assert_int_eq(staging_seal(first, true, (struct staging_tally){0, 0}), ST_CONFLICT);
    staging_close(first, false); /* may not drop what is not its own any more */
    ck_assert_int_gt(staging_at(second), 0);
    staging_close(second, true);
    second = opened(&b, "file two");
    ck_assert_int_eq(staging_at(second), 0);
    ck_assert_int_eq(b.n_met, 0);
    put_some(&b, second, 0, 3, "parole");
    ck_assert_int_eq(taken(second, true).services.n_added, 3);
    harness_free(b.h);
}
END_TEST

START_TEST(test_staging__what_is_packed_comes_back_and_nothing_else)
{
    struct arena *mem = arena_new(0);
    struct phone phones[2] = {{.number = STR("011 1"), .type = STR("voice")}, {.number = STR("011 2")}};
    const struct str needs[] = {STR("sfratto"), STR("lavoro")};
    struct schedule hours = {.description = STR("mattina"), .rule = {.kind = HOURS_OPEN, .interval = 2, .opens_min = 540, .closes_min = 750}};
    struct service s = {.source_id = STR("x"), .name = STR("Uno"), .has_min_age = true, .min_age = 17.5, .starts_on = DAY_NONE,
                        .needs = needs, .n_needs = 2, .schedules = &hours, .n_schedules = 1}, back;
    struct buf b = buf_new(mem, 64), again = buf_new(mem, 64);

    hours.rule.nth[3] = 0x104;
    s.parts = (struct parts){.phones = phones, .n_phones = 2};
    staging_pack(&b, &staged_service, &s);
    ck_assert(staging_unpack(mem, buf_view(&b), &staged_service, &back));
    ck_assert(str_eq_z(back.parts.phones[1].number, "011 2") && str_eq_z(back.needs[1], "lavoro"));
    ck_assert_int_eq(back.schedules[0].rule.nth[3], 0x104);
    ck_assert_int_eq(back.starts_on, DAY_NONE);
    ck_assert(back.min_age == 17.5);
    staging_pack(&again, &staged_service, &back);
    ck_assert(str_eq(buf_view(&b), buf_view(&again)));
    for (size_t n = 0; n < b.n; n++) /* cut anywhere: refused, not misread */
        ck_assert(!staging_unpack(mem, str_copy(mem, str_head(buf_view(&b), n)), &staged_service, &back));
    for (size_t i = 0; i < b.n; i++) {
        const struct str other = str_copy(mem, buf_view(&b));

        ((char *)other.p)[i] ^= 0x55;
        staging_unpack(mem, other, &staged_service, &back); /* any answer, no harm */
    }
    arena_free(mem);
}
END_TEST

static enum status busy_at_first(struct db *d, db_job job, void *arg)
{
    int *n_asked = arg;

    (void)d;
    (void)job;
    return ++*n_asked < 4 ? ST_BUSY : ST_CONFLICT;
}

START_TEST(test_staging__waits_for_who_is_at_it)
{
    int n_asked = 0;

    ck_assert_int_eq(staging_patiently(busy_at_first, NULL, NULL, &n_asked), ST_CONFLICT);
    ck_assert_int_eq(n_asked, 4);
}
END_TEST

UNIT_MAIN("staging", test_staging__taken_once_then_the_same_is_not_written, test_staging__goes_on_where_a_reader_died,
             test_staging__another_file_begins_anew_and_two_readers_do_no_harm, test_staging__what_is_packed_comes_back_and_nothing_else, test_staging__waits_for_who_is_at_it)

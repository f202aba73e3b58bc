/* upkeep_score_test.c - the ten criteria, one by one: what takes from them and what does not. */
#include "features/upkeep/upkeep_score.h"
#include "base/date.h"
#include "tests/unit.h"
#include <string.h>

enum { TODAY = 20000 };

/* An entry that has everything, with one place. */
struct whole {
    struct address address;
    struct location location;
    struct service_at at;
    struct phone phone;
    struct schedule schedule;
    struct document document;
    struct str need;
    char words[5000];
    struct service s;
};

static struct whole *whole_new(struct whole *w)
{
    memset(w, 0, sizeof *w);
    memset(w->words, 'a', sizeof w->words);
    w->address.address_1 = STR("via Roma 1");
    w->location = (struct location){.comune_id = 1, .addresses = &w->address, .n_addresses = 1};
    w->at.location = &w->location;
    w->phone.number = STR("011 1");
    w->need = STR("sfratto");
    w->s = (struct service){.ways = WAY_PRESENCE,
                            .ats = &w->at,
                            .n_ats = 1,
                            .parts = {.phones = &w->phone, .n_phones = 1},
                            .needs = &w->need,
                            .n_needs = 1,
                            .eligibility = STR("Tutti"),
                            .fee = FEE_FREE,
                            .description = {w->words, 200},
                            .confirmed_on = TODAY,
                            .schedules = &w->schedule,
                            .n_schedules = 1,
                            .application_process = STR("Telefona"),
                            .documents = &w->document,
                            .n_documents = 1};
    return w;
}

static int part(const struct service *s, enum score_part p)
{
    struct upkeep_score out;

    upkeep_score(s, TODAY, &out);
    return out.parts[p];
}

static int total(const struct service *s)
{
    struct upkeep_score out;

    upkeep_score(s, TODAY, &out);
    return out.total;
}

START_TEST(test_score__all_said_is_a_hundred_nothing_said_is_nothing)
{
    struct whole w;
    const struct service empty = {.confirmed_on = DAY_NONE};

    ck_assert_int_eq(total(&whole_new(&w)->s), 100);
    ck_assert_int_eq(total(&empty), 0);
}
END_TEST

START_TEST(test_score__each_part_takes_ten_points)
{
    struct whole w;

#define WITHOUT(change, p)                                                                                             \
    do {                                                                                                               \
        whole_new(&w);                                                                                                 \
        change;                                                                                                        \
        ck_assert_int_eq(part(&w.s, p), 0);                                                                            \
        ck_assert_int_eq(total(&w.s), 90);                                                                             \
    } while (0)
    WITHOUT(w.location.n_addresses = 0; w.location.comune_id = 0, SCORE_ADDRESS);
    WITHOUT(w.s.parts.n_phones = 0, SCORE_CONTACT);
    WITHOUT(w.s.n_needs = 0, SCORE_NEED);
    WITHOUT(w.s.eligibility = STR(""), SCORE_WHO);
    WITHOUT(w.s.fee = FEE_UNKNOWN, SCORE_COST);
    WITHOUT(w.s.description = STR(""), SCORE_WORDS);
    WITHOUT(w.s.confirmed_on = DAY_NONE, SCORE_DATE);
    WITHOUT(w.s.n_schedules = 0, SCORE_HOURS);
    WITHOUT(w.s.application_process = STR(""), SCORE_ACCESS);
    WITHOUT(w.s.n_documents = 0, SCORE_PAPERS);
#undef WITHOUT
}
END_TEST

START_TEST(test_score__half_words_are_worth_half)
{
    struct whole w;

    whole_new(&w)->location.n_addresses = 0; /* the comune alone */
    ck_assert_int_eq(part(&w.s, SCORE_ADDRESS), 500);
    whole_new(&w)->s.parts.n_phones = 0;
    w.s.email = STR("a@b.example");
    ck_assert_int_eq(part(&w.s, SCORE_CONTACT), 500);
    whole_new(&w)->s.description.n = 100;
    ck_assert_int_eq(part(&w.s, SCORE_WORDS), 500);
    w.s.description.n = 2000;
    ck_assert_int_eq(part(&w.s, SCORE_WORDS), 1000);
    w.s.description.n = 3000;
    ck_assert_int_eq(part(&w.s, SCORE_WORDS), 500);
    w.s.description.n = 4500;
    ck_assert_int_eq(part(&w.s, SCORE_WORDS), 0);
}
END_TEST

START_TEST(test_score__letters_are_counted_not_bytes)
{
    struct whole w;
    char *p = whole_new(&w)->words;

    for (int i = 0; i < 100; i++)
        memcpy(p + 2 * i, "è", 2);
    w.s.description.n = 200; /* bytes: a hundred letters */
    ck_assert_int_eq(part(&w.s, SCORE_WORDS), 500);
}
END_TEST

START_TEST(test_score__a_refuge_and_a_telephone_line_lack_no_address)
{
    struct whole w;

    whole_new(&w)->location.is_secret = true;
    w.location.n_addresses = 0;
    ck_assert_int_eq(part(&w.s, SCORE_ADDRESS), 1000);
    whole_new(&w)->s.n_ats = 0;
    w.s.ways = WAY_PHONE;
    ck_assert_int_eq(part(&w.s, SCORE_ADDRESS), 1000);
    w.s.n_schedules = 0; /* but when it answers is asked */
    ck_assert_int_eq(part(&w.s, SCORE_HOURS), 0);
    w.s.ways = WAY_ONLINE;
    ck_assert_int_eq(part(&w.s, SCORE_HOURS), 1000);
    w.s.ways = 0; /* not said how: a place is missed */
    ck_assert_int_eq(part(&w.s, SCORE_ADDRESS), 0);
}
END_TEST

START_TEST(test_score__the_date_falls_from_six_months_to_two_years)
{
    struct whole w;
    int last = 1000;

    whole_new(&w);
    for (int age = 0; age <= 800; age += 20) {
        w.s.confirmed_on = TODAY - age;
        const int now = part(&w.s, SCORE_DATE);

        ck_assert_int_le(now, last);
        if (age <= 180)
            ck_assert_int_eq(now, 1000);
        if (age > 730)
            ck_assert_int_eq(now, 0);
        last = now;
    }
}
END_TEST

START_TEST(test_score__what_is_kept_gives_the_same_number)
{
    struct whole w;
    struct upkeep_score out;

    whole_new(&w)->s.description.n = 77;
    for (int age = 0; age < 900; age += 37) {
        w.s.confirmed_on = TODAY - age;
        upkeep_score(&w.s, TODAY, &out);
        ck_assert_int_eq(upkeep_score_of(out.lasting, w.s.confirmed_on, TODAY), out.total);
    }
}
END_TEST

UNIT_MAIN("upkeep_score", test_score__all_said_is_a_hundred_nothing_said_is_nothing,
          test_score__each_part_takes_ten_points, test_score__half_words_are_worth_half,
          test_score__letters_are_counted_not_bytes, test_score__a_refuge_and_a_telephone_line_lack_no_address,
          test_score__the_date_falls_from_six_months_to_two_years, test_score__what_is_kept_gives_the_same_number)

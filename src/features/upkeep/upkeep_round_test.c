/* upkeep_round_test.c - days that pass: who is written to, who is called, what sinks; and clocks that lie. */
#include "base/clock.h"
#include "base/date.h"
#include "features/catalogue/catalogue_alias.h"
#include "features/catalogue/catalogue_write.h"
#include "features/upkeep/upkeep_days.h"
#include "features/upkeep/upkeep_testing.h"
#include "tests/support/harness.h"
#include "tests/unit.h"
#include <string.h>

enum { MANY = 60, SEVERAL = 5, A_YEAR = 365 };

/* A portal where the reference's own entries ask nothing: the test's bodies are alone. */
static struct harness *begin(void)
{
    return harness_new();
}

static struct made_body body(const char *source_id, const char *email, int n, int confirmed_ago)
{
    return (struct made_body){
        .source_id = source_id, .name = source_id, .email = email, .n = n, .confirmed_ago = confirmed_ago};
}

static int n_in(struct harness *h, const struct made_body *b, enum upkeep_state state)
{
    int n = 0;

    for (int i = 0; i < b->n; i++)
        n += upkeep_entry_now(h, b->service_ids[i], 0).state == state;
    return n;
}

static int64_t due_state(struct harness *h, int64_t service_id)
{
    return store_testing_number(&h->store, str_fmt(h->mem, "SELECT due_state FROM catalogue_service WHERE service_id = %lld",
                                                   (long long)service_id).p);
}

static int n_times(struct str text, const char *what)
{
    const size_t n = strlen(what);
    int times = 0;

    for (size_t i = 0; i + n <= text.n; i++)
        times += memcmp(text.p + i, what, n) == 0;
    return times;
}

/* Days from today to a day of next year's calendar, at least a month ahead. */
static int days_to(int month, int day)
{
    return day_from_ymd(day_to_ymd(clock_today()).year + 1, month, day) - clock_today();
}

/* ---- mails ---- */

START_TEST(test_round__sixty_entries_are_one_mail)
{
    struct harness *h = begin();
    struct made_body b = body("Caritas", "ascolto@caritas.example", MANY, -1);

    upkeep_make(h, &b);
    const struct upkeep_report r = upkeep_day(h, 0);

    ck_assert(r.is_made && !r.is_jump);
    ck_assert_int_eq(r.n_mails, 1);
    ck_assert_int_eq(r.n_asked, MANY);
    ck_assert_int_eq(upkeep_mails(h), 1);
    const struct str mail = upkeep_last_mail(h, b.organisation_id);

    ck_assert_int_eq(n_times(mail, "- Caritas "), 12);
    ck_assert_int_eq(n_times(mail, "altre 48"), 1);
    ck_assert_int_eq(n_times(mail, "{portal}/conferma/"), 1);
    ck_assert(str_starts(mail, STR("È ancora tutto giusto?")));
    ck_assert_int_eq(upkeep_day(h, 0).is_made, false); /* twice on a day */
    ck_assert_int_eq(upkeep_day(h, 1).n_mails, 0);
    harness_free(h);
}
END_TEST

START_TEST(test_round__five_bodies_that_share_a_mailbox_get_one_mail)
{
    struct harness *h = begin();
    static const char *const names[SEVERAL] = {"Uno", "Due", "Tre", "Quattro", "Cinque"};
    struct made_body b[SEVERAL];

    for (int i = 0; i < SEVERAL; i++) {
        b[i] = body(names[i], i % 2 ? "Ufficio@Parrocchie.example" : "ufficio@parrocchie.example", 2, -1);
        upkeep_make(h, &b[i]);
    }
    ck_assert_int_eq(upkeep_day(h, 0).n_mails, 1);
    const struct str mail = upkeep_last_mail(h, b[0].organisation_id);

    ck_assert_int_eq(n_times(mail, "/conferma/"), SEVERAL);
    for (int i = 0; i < SEVERAL; i++) {
        ck_assert_int_ge(n_times(mail, names[i]), 1);
        ck_assert_int_eq(n_in(h, &b[i], UPKEEP_ASKED), 2);
    }
    harness_free(h);
}
END_TEST

START_TEST(test_round__what_is_due_soon_is_asked_with_what_is_due)
{
    struct harness *h = begin();
    struct made_body b = body("Emporio", "a@emporio.example", 3, 400);

    upkeep_make(h, &b);
    upkeep_days(h, 0, 1);
    store_testing_exec(&h->store, "DELETE FROM upkeep_mailbox");
    store_testing_exec(&h->store, str_fmt(h->mem,
                                          "UPDATE upkeep_service SET state = 'kept', due_on = CASE service_id WHEN %lld THEN '%s'"
                                          " WHEN %lld THEN '%s' ELSE due_on END",
                                          (long long)b.service_ids[1], day_iso(h->mem, clock_today() + UPKEEP_AHEAD_DAYS + 1).p,
                                          (long long)b.service_ids[2], day_iso(h->mem, clock_today() + UPKEEP_AHEAD_DAYS + 2).p).p);
    ck_assert_int_eq(upkeep_day(h, 1).n_asked, 2);
    ck_assert_int_eq(upkeep_entry_now(h, b.service_ids[1], 0).state, UPKEEP_ASKED);
    ck_assert_int_eq(upkeep_entry_now(h, b.service_ids[2], 0).state, UPKEEP_KEPT);
    harness_free(h);
}
END_TEST

START_TEST(test_round__one_body_is_not_written_to_twice_within_two_weeks)
{
    struct harness *h = begin();
    struct made_body b = body("Emporio", "a@emporio.example", 1, -1);

    upkeep_make(h, &b);
    ck_assert_int_eq(upkeep_days(h, 0, 1).n_mails, 1);
    b.n = 2; /* another entry is found the day after */
    upkeep_make(h, &b);
    ck_assert_int_eq(upkeep_days(h, 1, UPKEEP_PAUSE_ROUNDS - 1).n_mails, 0);
    ck_assert_int_eq(upkeep_days(h, UPKEEP_PAUSE_ROUNDS, 2).n_mails, 1);
    ck_assert_int_eq(n_in(h, &b, UPKEEP_ASKED), 2);
    harness_free(h);
}
END_TEST

START_TEST(test_round__no_more_than_so_many_mails_a_day)
{
    struct harness *h = begin();

    for (int i = 0; i < UPKEEP_MAILS_A_DAY + 3; i++) {
        const char *const name = str_fmt(h->mem, "Ente %d", i).p;
        struct made_body b = body(name, str_fmt(h->mem, "a@e%d.example", i).p, 1, -1);

        upkeep_make(h, &b);
    }
    const struct upkeep_report first = upkeep_days(h, 0, 1), second = upkeep_days(h, 1, 1);

    ck_assert_int_eq(first.n_mails, UPKEEP_MAILS_A_DAY);
    ck_assert_int_eq(first.n_waiting_mail, 3);
    ck_assert_int_eq(second.n_mails, 3);
    ck_assert_int_eq(second.n_waiting_mail, 0);
    harness_free(h);
}
END_TEST

/* ---- silence ---- */

/* Days of silence, as bodies and citizens are told them: three weeks, two more, a month. */
enum { REMINDED_AFTER = 21, LISTED_AFTER = 14, SUNK_AFTER = 30 };

START_TEST(test_round__silence_is_reminded_listed_and_sinks_and_is_never_hidden)
{
    struct harness *h = begin();
    struct made_body b = body("Muto", "a@muto.example", 3, -1);
    int day = 0;

    upkeep_make(h, &b);
    ck_assert_int_eq(upkeep_days(h, day++, 1).n_mails, 1);
    ck_assert_int_eq(due_state(h, b.service_ids[0]), DUE_NOW);
    ck_assert_int_eq(upkeep_days(h, day, REMINDED_AFTER - 1).n_reminded, 0);
    day += REMINDED_AFTER - 1;
    struct upkeep_report r = upkeep_days(h, day++, 1);

    ck_assert_int_eq(r.n_mails, 1);
    ck_assert_int_eq(r.n_reminded, 3);
    ck_assert(str_starts(upkeep_last_mail(h, b.organisation_id), STR("Promemoria")));
    r = upkeep_days(h, day, LISTED_AFTER - 1);
    day += LISTED_AFTER - 1;
    ck_assert_int_eq(r.n_mails + r.n_listed, 0);
    ck_assert_int_eq(upkeep_days(h, day++, 1).n_listed, 3);
    ck_assert_int_eq(due_state(h, b.service_ids[0]), DUE_NOW);
    ck_assert_int_eq(upkeep_days(h, day, SUNK_AFTER - 1).n_sunk, 0);
    day += SUNK_AFTER - 1;
    r = upkeep_days(h, day, 1);
    ck_assert_int_eq(r.n_sunk, 3);
    ck_assert_int_eq(r.n_mails, 0);
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(due_state(h, b.service_ids[i]), DUE_TO_RECONFIRM);
        ck_assert(!upkeep_entry_now(h, b.service_ids[i], 0).is_hidden);
    }
    ck_assert_int_eq(store_testing_number(&h->store, "SELECT count(*) FROM catalogue_service WHERE state = 'hidden'"), 0);
    harness_free(h);
}
END_TEST

START_TEST(test_round__nobody_sinks_whom_no_mail_has_reached)
{
    struct harness *h = begin(); /* mail.server is not set: mails wait */
    struct made_body b = body("In attesa", "a@attesa.example", 2, -1);

    upkeep_make(h, &b);
    for (int i = 0; i < 100; i++)
        upkeep_day(h, i);
    ck_assert_int_eq(n_in(h, &b, UPKEEP_ASKED), 2);
    ck_assert_int_eq(upkeep_mails(h), 1);
    ck_assert_int_eq(store_testing_number(&h->store, "SELECT max(waited) FROM upkeep_service"), 0); /* none of it was silence */
    harness_free(h);
}
END_TEST

START_TEST(test_round__a_body_without_address_is_called)
{
    struct harness *h = begin();
    struct made_body b = body("Senza posta", "non ne abbiamo", 2, -1);

    upkeep_make(h, &b);
    const struct upkeep_report r = upkeep_day(h, 0);

    ck_assert_int_eq(r.n_mails, 0);
    ck_assert_int_eq(r.n_listed, 2);
    ck_assert_int_eq(n_in(h, &b, UPKEEP_LISTED), 2);
    ck_assert_int_eq(store_testing_number(&h->store, "SELECT count(*) FROM upkeep_service WHERE listed_why = 'no-address'"), 2);
    harness_free(h);
}
END_TEST

START_TEST(test_round__a_mail_that_comes_back_is_a_call)
{
    struct harness *h = begin();
    struct made_body b = body("Torna", "torna@indietro.example", 2, -1);

    upkeep_make(h, &b);
    ck_assert_int_eq(upkeep_days(h, 0, 1).n_mails, 1);
    ck_assert_int_eq(n_in(h, &b, UPKEEP_ASKED), 2);
    ck_assert_int_eq(upkeep_day(h, 1).n_listed, 2);
    ck_assert_int_eq(n_in(h, &b, UPKEEP_LISTED), 2);
    ck_assert_int_eq(store_testing_number(&h->store, "SELECT count(*) FROM upkeep_service WHERE listed_why = 'bounced'"), 2);
    ck_assert_int_eq(store_testing_number(&h->store, "SELECT count(*) FROM upkeep_mailbox WHERE mail_words <> ''"), 1);
    harness_free(h);
}
END_TEST

START_TEST(test_round__august_waits)
{
    struct harness *h = begin();
    struct made_body b = body("Ferie", "a@ferie.example", 2, -1), late = body("Agosto", "a@agosto.example", 1, -1);
    const int august = days_to(8, 1);

    upkeep_make(h, &b);
    ck_assert_int_eq(upkeep_days(h, august - 10, 10).n_mails, 1); /* the first is the day of the jump: it only looks */
    upkeep_make(h, &late);
    const struct upkeep_report r = upkeep_days(h, august, 31);

    ck_assert_int_eq(r.n_mails, 0);
    ck_assert_int_eq(r.n_reminded + r.n_listed + r.n_sunk, 0);
    ck_assert_int_eq(upkeep_days(h, august + 31, 1).n_mails, 1); /* the one found in August */
    ck_assert_int_eq(upkeep_days(h, august + 32, UPKEEP_REMIND_ROUNDS - 11).n_reminded, 0);
    ck_assert_int_eq(upkeep_days(h, august + 32 + UPKEEP_REMIND_ROUNDS - 11, 3).n_reminded, 2);
    harness_free(h);
}
END_TEST

/* ---- clocks ---- */

START_TEST(test_round__a_clock_that_jumps_ahead_writes_to_nobody_and_moves_no_day)
{
    struct harness *h = begin();
    struct made_body kept = body("Giusto", "a@giusto.example", 3, 10), asked = body("Chiesto", "a@chiesto.example", 2, -1);

    upkeep_make(h, &kept);
    upkeep_make(h, &asked);
    upkeep_days(h, 0, 2);
    const int due = upkeep_entry_now(h, kept.service_ids[0], 0).due_on;
    const struct upkeep_report r = upkeep_days(h, 2 + A_YEAR, 1);

    ck_assert(upkeep_day(h, 2 + A_YEAR).is_made == false);
    ck_assert_int_eq(r.n_mails + r.n_reminded + r.n_listed + r.n_sunk + r.n_sampled, 0);
    ck_assert_int_eq(due_state(h, kept.service_ids[0]), DUE_FRESH);
    upkeep_days(h, 2, 3); /* the clock is put right */
    ck_assert_int_eq(upkeep_entry_now(h, kept.service_ids[0], 0).due_on, due);
    ck_assert_int_eq(n_in(h, &asked, UPKEEP_ASKED), 2);
    ck_assert_int_eq(upkeep_mails(h), 1);
    harness_free(h);
}
END_TEST

START_TEST(test_round__a_clock_set_back_does_nothing_twice)
{
    struct harness *h = begin();
    struct made_body b = body("Chiesto", "a@chiesto.example", 2, -1);

    upkeep_make(h, &b);
    upkeep_days(h, A_YEAR, 3);
    ck_assert_int_eq(upkeep_mails(h), 1);
    const struct upkeep_report r = upkeep_day(h, 0);

    ck_assert(r.is_made && r.is_jump);
    upkeep_days(h, 1, 15);
    ck_assert_int_eq(upkeep_mails(h), 1);
    ck_assert_int_eq(n_in(h, &b, UPKEEP_ASKED), 2);
    harness_free(h);
}
END_TEST

START_TEST(test_round__a_portal_that_was_off_for_a_month_counts_one_round)
{
    struct harness *h = begin();
    struct made_body b = body("Chiesto", "a@chiesto.example", 1, -1);

    upkeep_make(h, &b);
    upkeep_days(h, 0, 2);
    upkeep_days(h, 35, 2);
    ck_assert_int_eq(upkeep_mails(h), 1); /* no reminder yet: 21 rounds were not made */
    harness_free(h);
}
END_TEST

START_TEST(test_round__months_are_added_within_the_month)
{
    ck_assert_int_eq(upkeep_add_months(day_from_ymd(2026, 8, 31), 6), day_from_ymd(2027, 2, 28));
    ck_assert_int_eq(upkeep_add_months(day_from_ymd(2023, 8, 31), 6), day_from_ymd(2024, 2, 29));
    ck_assert_int_eq(upkeep_add_months(day_from_ymd(2026, 11, 30), 1), day_from_ymd(2026, 12, 30));
    ck_assert_int_eq(upkeep_add_months(day_from_ymd(2026, 12, 31), 12), day_from_ymd(2027, 12, 31));
    ck_assert(upkeep_is_pause(day_from_ymd(2026, 8, 1)) && upkeep_is_pause(day_from_ymd(2026, 8, 31)));
    ck_assert(!upkeep_is_pause(day_from_ymd(2026, 7, 31)) && !upkeep_is_pause(day_from_ymd(2026, 9, 1)));
}
END_TEST

/* ---- bodies that change ---- */

static enum status move(struct ctx *c, void *arg)
{
    const int64_t *ids = arg; /* entry, to */

    return catalogue_move(c, ids[0], ids[1]);
}

START_TEST(test_round__an_entry_that_goes_to_another_body_is_asked_of_it)
{
    struct harness *h = begin();
    struct made_body old = body("Vecchio", "a@vecchio.example", 1, -1), heir = body("Erede", "a@erede.example", 1, 10);

    upkeep_make(h, &old);
    upkeep_make(h, &heir);
    upkeep_days(h, 0, 1);
    int64_t ids[] = {old.service_ids[0], heir.organisation_id};

    ck_assert_int_eq(harness_write(h, move, ids), ST_OK);
    ck_assert_int_eq(upkeep_days(h, 1, 1).n_asked, 1); /* anew: the heir knows of nothing */
    ck_assert_int_eq(upkeep_mails(h), 2);
    ck_assert_int_eq(n_times(upkeep_last_mail(h, heir.organisation_id), "Vecchio 1"), 1);
    harness_free(h);
}
END_TEST

START_TEST(test_round__a_source_that_confirms_again_ends_the_asking)
{
    struct harness *h = begin();
    struct made_body b = body("Flusso", "a@flusso.example", 2, 300);

    upkeep_make(h, &b);
    upkeep_days(h, 0, 40);
    ck_assert_int_eq(n_in(h, &b, UPKEEP_LISTED), 2);
    b.confirmed_ago = 1;
    upkeep_make(h, &b);
    upkeep_days(h, 40, 1);
    ck_assert_int_eq(n_in(h, &b, UPKEEP_KEPT), 2);
    ck_assert_int_eq(due_state(h, b.service_ids[0]), DUE_FRESH);
    harness_free(h);
}
END_TEST

/* ---- the sample is drawn once a month ---- */

START_TEST(test_round__the_sample_is_drawn_once_a_month_with_its_seed)
{
    struct harness *h = begin();
    struct made_body b = body("Tanti", "a@tanti.example", MANY, 10);
    const int first = days_to(3, 1);

    upkeep_make(h, &b);
    upkeep_days(h, first - 1, 1);
    const struct upkeep_report r = upkeep_days(h, first, 31);

    ck_assert_int_eq(r.n_sampled, (MANY * 2 + 99) / 100);
    ck_assert_int_eq(upkeep_days(h, first + 31, 1).n_sampled, (MANY * 2 + 99) / 100);
    ck_assert_int_eq(store_testing_number(&h->store, "SELECT count(*) FROM upkeep_sample WHERE seed > 0"), 3); /* February's too */;
    harness_free(h);
}
END_TEST

UNIT_MAIN("upkeep_round", test_round__sixty_entries_are_one_mail,
          test_round__five_bodies_that_share_a_mailbox_get_one_mail,
          test_round__what_is_due_soon_is_asked_with_what_is_due,
          test_round__one_body_is_not_written_to_twice_within_two_weeks, test_round__no_more_than_so_many_mails_a_day,
          test_round__silence_is_reminded_listed_and_sinks_and_is_never_hidden,
          test_round__nobody_sinks_whom_no_mail_has_reached, test_round__a_body_without_address_is_called,
          test_round__a_mail_that_comes_back_is_a_call, test_round__august_waits,
          test_round__a_clock_that_jumps_ahead_writes_to_nobody_and_moves_no_day,
          test_round__a_clock_set_back_does_nothing_twice,
          test_round__a_portal_that_was_off_for_a_month_counts_one_round,
          test_round__months_are_added_within_the_month,
          test_round__an_entry_that_goes_to_another_body_is_asked_of_it,
          test_round__a_source_that_confirms_again_ends_the_asking,
          test_round__the_sample_is_drawn_once_a_month_with_its_seed)

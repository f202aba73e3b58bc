/* post_test.c - mails from the transaction that wants them to a mail server of our own, and what that says
 * of each. */
#include "base/macros.h"
#include "core/post/post.h"
#include "core/post/post_store.h"
#include "core/post/post_testing.h"
#include "tests/unit.h"
#include <string.h>

#define OK(call) ck_assert_int_eq(call, ST_OK)

/* ---- putting ---- */

START_TEST(test_post__one_key_is_one_mail)
{
    struct post_stage s = post_begin(true, NULL);

    ck_assert_int_eq(post_put_to(&s, "a@desk.example"), POST_WAITING);
    ck_assert_int_eq(post_put_to(&s, "a@desk.example"), POST_WAITING);
    ck_assert(post_run(&s, 0));
    ck_assert_int_eq(mail_sink_count(&s.sink), 1);
    ck_assert_int_eq(post_put_to(&s, "a@desk.example"), POST_SENT);
    (void)post_run(&s, 6 * POST_MINUTE);
    ck_assert_int_eq(mail_sink_count(&s.sink), 1);
    post_end(&s);
}
END_TEST

static enum status put_and_fail(struct ctx *c, void *arg)
{
    struct post_try *p = arg;

    OK(post_put(c, &p->mail, NULL));
    return ST_CONFLICT;
}

START_TEST(test_post__a_mail_of_a_transaction_that_was_undone_is_none)
{
    struct post_stage s = post_begin(true, NULL);
    struct post_try p = {.mail = {.key = STR("k"), .to = STR("a@b.it"), .subject = STR("s"), .text = STR("t")}};

    ck_assert_int_eq(harness_write(s.h, put_and_fail, &p), ST_CONFLICT);
    (void)post_run(&s, 0);
    ck_assert_int_eq(mail_sink_count(&s.sink), 0);
    post_end(&s);
}
END_TEST

START_TEST(test_post__what_cannot_be_sent_is_refused_with_its_field)
{
    struct post_stage s = post_begin(false, NULL);
    const struct post_mail good = {.key = STR("k"), .to = STR("a@b.it"), .subject = STR("s"), .text = STR("t")};
    struct {
        const char *field;
        struct post_mail mail;
    } cases[12] = {{"to", good},      {"to", good},   {"subject", good},  {"subject", good},
                   {"subject", good}, {"text", good}, {"text", good},     {"reply_to", good},
                   {"key", good},     {"key", good},  {"unsubscribe", good}, {"unsubscribe", good}};
    char *lots = arena_alloc(s.h->mem, POST_TEXT_MAX + 1);

    memset(lots, 'a', POST_TEXT_MAX + 1);
    cases[0].mail.to = STR("");
    cases[1].mail.to = STR("a@b.it\r\nBcc: c@d.it");
    cases[2].mail.subject = STR("");
    cases[3].mail.subject = STR("s\r\nBcc: c@d.it");
    cases[4].mail.subject = (struct str){lots, POST_SUBJECT_MAX + 1};
    cases[5].mail.text = STR("");
    cases[6].mail.text = (struct str){lots, POST_TEXT_MAX + 1};
    cases[7].mail.reply_to = STR("a@b.it, c@d.it");
    cases[8].mail.key = STR("");
    cases[9].mail.key = (struct str){lots, POST_KEY_MAX + 1};
    cases[10].mail.unsubscribe = STR("https://evil.example/");
    cases[11].mail.unsubscribe = STR("/a>\r\nBcc: c@d.it");
    for (int i = 0; i < ARRAY_LEN(cases); i++) {
        struct post_try p = {.mail = cases[i].mail};

        OK(harness_write(s.h, post_put_job, &p));
        ck_assert_msg(p.got == ST_INVALID && str_eq_z(p.problem, cases[i].field), "%d: %d %.*s", i, p.got,
                      (int)p.problem.n, p.problem.p);
    }
    post_end(&s);
}
END_TEST

/* ---- sending ---- */

START_TEST(test_post__a_mail_arrives_and_its_text_is_wiped)
{
    struct post_stage s = post_begin(true, NULL);

    post_put_to(&s, "a@desk.example");
    ck_assert_int_gt((int)post_find(&s, "a@desk.example").text.n, 0);
    ck_assert(post_run(&s, 0));
    const struct str mail = mail_sink_mail(&s.sink, s.h->mem, 1);

    post_holds(mail, "X-From: posta@welfare.example\r\nX-To: a@desk.example\r\n");
    post_holds(mail, "Apri https://welfare.example/conferma/canarino7391");
    post_holds(mail, "Subject: =?UTF-8?Q?=C3=88_ancora");
    post_is(&s, "a@desk.example", POST_SENT);
    ck_assert_int_eq((int)post_find(&s, "a@desk.example").text.n, 0);
    post_end(&s);
}
END_TEST

START_TEST(test_post__many_go_over_one_connection_a_few_at_a_time)
{
    struct post_stage s = post_begin(true, NULL);

    for (int i = 0; i < 25; i++)
        post_put_to(&s, str_fmt(s.h->mem, "a%d@desk.example", i).p);
    ck_assert(post_run(&s, 0));
    ck_assert_int_eq(mail_sink_count(&s.sink), 20);
    ck_assert(post_run(&s, 1)); /* at once, not in five minutes */
    ck_assert_int_eq(mail_sink_count(&s.sink), 25);
    post_end(&s);
}
END_TEST

START_TEST(test_post__come_back_later_is_tried_again_after_pauses_and_given_up_after_five_days)
{
    struct post_stage s = post_begin(true, NULL);
    int n_tries = 0;
    bool is_late = false;

    post_put_to(&s, "later@desk.example");
    post_put_to(&s, "full@desk.example");
    ck_assert(post_run(&s, 0));
    post_is(&s, "later@desk.example", POST_WAITING);
    post_holds(post_find(&s, "later@desk.example").words, "450 4.2.1 come back later");
    post_holds(post_find(&s, "full@desk.example").words, "452 4.3.1 no room now");
    ck_assert_int_ge(post_find(&s, "later@desk.example").due_at, s.now_ms + 5 * POST_MINUTE);
    for (int64_t at = 0; post_find(&s, "later@desk.example").state == POST_WAITING; n_tries++) {
        ck_assert_int_lt(n_tries, 30);
        at = post_find(&s, "later@desk.example").due_at - s.now_ms + 5 * POST_MINUTE;
        (void)post_run(&s, at);
        is_late = at > 4 * POST_DAY;
    }
    ck_assert(is_late);
    post_is(&s, "later@desk.example", POST_GIVEN_UP);
    n_tries = post_find(&s, "later@desk.example").n_tries;
    ck_assert_msg(n_tries >= 10 && n_tries <= 22, "%d tries", n_tries);
    post_holds(post_find(&s, "later@desk.example").words, "450");
    ck_assert_int_eq(mail_sink_count(&s.sink), 0);
    post_end(&s);
}
END_TEST

struct failures {
    struct post_row *rows;
    int n;
    struct post_mark mark;
    enum status marked;
};

static enum status failures_job(struct ctx *c, void *arg)
{
    struct failures *f = arg;

    f->marked = post_marked(c, STR("GONE@desk.example"), &f->mark);
    return post_failed_since(c, 0, &f->rows, &f->n);
}

static enum status unmark_job(struct ctx *c, void *arg)
{
    return post_unmark(c, str_of(arg));
}

START_TEST(test_post__an_address_refused_for_good_bounces_and_is_marked)
{
    struct post_stage s = post_begin(true, NULL);
    struct failures f = {0};
    struct post_try p = {.mail = {.key = STR("second"), .to = STR("Gone@desk.example"), .subject = STR("s"), .text = STR("t")}};

    post_put_to(&s, "gone@desk.example");
    post_put_to(&s, "good@desk.example");
    ck_assert(post_run(&s, 0));
    post_is(&s, "gone@desk.example", POST_BOUNCED);
    post_is(&s, "good@desk.example", POST_SENT);
    OK(harness_read(s.h, failures_job, &f));
    OK(f.marked);
    post_holds(f.mark.words, "550 5.1.1 nobody lives here");
    ck_assert_int_eq(f.n, 1);
    ck_assert_int_eq(f.rows[0].organisation_id, 7);
    /* the next one to it is not even tried */
    OK(harness_write(s.h, post_put_job, &p));
    ck_assert_int_eq(p.state, POST_BOUNCED);
    OK(harness_write(s.h, unmark_job, "GONE@DESK.example"));
    OK(harness_read(s.h, failures_job, &f));
    ck_assert_int_eq(f.marked, ST_NOT_FOUND);
    post_end(&s);
}
END_TEST

START_TEST(test_post__a_text_refused_for_good_bounces_and_marks_nobody)
{
    struct post_stage s = post_begin(true, NULL);

    post_put_to(&s, "spam@desk.example");
    ck_assert(post_run(&s, 0));
    post_is(&s, "spam@desk.example", POST_BOUNCED);
    post_holds(post_find(&s, "spam@desk.example").words, "554 5.7.1 this looks like spam");
    struct post_try p = {.mail = {.key = STR("second"), .to = STR("spam@desk.example"), .subject = STR("s"), .text = STR("t")}};

    OK(harness_write(s.h, post_put_job, &p));
    ck_assert_int_eq(p.state, POST_WAITING);
    post_end(&s);
}
END_TEST

START_TEST(test_post__a_line_cut_loses_nothing_and_holds_up_no_other_for_long)
{
    static const char *const cut[] = {"drop@desk.example", "cut@desk.example", "mute@desk.example"};
    struct post_stage s = post_begin(true, NULL);

    post_put_to(&s, cut[0]);
    post_put_to(&s, cut[1]);
    post_put_to(&s, "a@desk.example");
    ck_assert(post_run(&s, 0));
    post_is(&s, "a@desk.example", POST_SENT);
    post_put_to(&s, cut[2]);
    ck_assert(post_run(&s, 1));
    for (int i = 0; i < ARRAY_LEN(cut); i++) {
        post_is(&s, cut[i], POST_WAITING);
        ck_assert_int_gt((int)post_find(&s, cut[i]).words.n, 0);
        ck_assert_int_gt((int)post_find(&s, cut[i]).text.n, 0);
        ck_assert_int_ge(post_find(&s, cut[i]).due_at, s.now_ms + 5 * POST_MINUTE);
    }
    ck_assert_int_eq(mail_sink_count(&s.sink), 2); /* the last one's answer was lost */
    for (int i = 0; i < 4; i++)
        post_put_to(&s, str_fmt(s.h->mem, "drop%d@desk.example", i).p);
    ck_assert(post_run(&s, 2));
    ck_assert_int_eq(post_find(&s, "drop2@desk.example").n_tries, 1);
    ck_assert_int_eq(post_find(&s, "drop3@desk.example").n_tries, 0); /* three in a row: it is the server */
    ck_assert(!post_run(&s, 30000));
    post_end(&s);
}
END_TEST

static struct str message_id(struct str mail)
{
    struct str rest = {memmem(mail.p, mail.n, "Message-ID", 10), 0};

    ck_assert_ptr_nonnull(rest.p);
    rest.n = (size_t)(mail.p + mail.n - rest.p);
    return str_cut(&rest, '\r');
}

START_TEST(test_post__sent_again_after_a_lost_answer_it_has_the_same_message_id)
{
    struct post_stage s = post_begin(true, NULL);

    post_put_to(&s, "mute@desk.example");
    ck_assert(post_run(&s, 0));
    ck_assert(post_run(&s, 6 * POST_MINUTE));
    ck_assert_int_eq(mail_sink_count(&s.sink), 2);
    ck_assert(str_eq(message_id(mail_sink_mail(&s.sink, s.h->mem, 1)), message_id(mail_sink_mail(&s.sink, s.h->mem, 2))));
    post_end(&s);
}
END_TEST

/* ---- afterwards ---- */

static enum status drop_job(struct ctx *c, void *arg)
{
    return post_drop(c, str_of(arg));
}

static enum status retry_job(struct ctx *c, void *arg)
{
    return post_retry(c, *(int64_t *)arg);
}

START_TEST(test_post__withdrawn_and_sent_again_by_hand)
{
    struct post_stage s = post_begin(true, NULL);

    post_put_to(&s, "a@desk.example");
    OK(harness_write(s.h, drop_job, "a@desk.example"));
    ck_assert_int_eq(harness_write(s.h, drop_job, "a@desk.example"), ST_NOT_FOUND);
    post_put_to(&s, "gone@desk.example");
    (void)post_run(&s, 0);
    post_is(&s, "a@desk.example", POST_DROPPED);
    int64_t id = post_find(&s, "gone@desk.example").mail_id, dropped = post_find(&s, "a@desk.example").mail_id;

    post_is(&s, "gone@desk.example", POST_BOUNCED);
    OK(harness_write(s.h, retry_job, &id));
    post_is(&s, "gone@desk.example", POST_WAITING);
    ck_assert_int_eq(harness_write(s.h, retry_job, &dropped), ST_CONFLICT);
    id = 999999;
    ck_assert_int_eq(harness_write(s.h, retry_job, &id), ST_NOT_FOUND);
    ck_assert_int_eq(mail_sink_count(&s.sink), 0);
    post_end(&s);
}
END_TEST

static enum status sweep_job(struct ctx *c, void *arg)
{
    c->now_ms += *(int64_t *)arg * POST_DAY;
    return post_store_sweep(c);
}

static enum status move_job(struct ctx *c, void *arg)
{
    struct failures *f = arg;

    OK(post_move(c, 7, 8));
    return post_of_organisation(c, 8, 10, &f->rows, &f->n);
}

START_TEST(test_post__texts_go_after_a_week_rows_after_400_days)
{
    struct post_stage s = post_begin(true, NULL);
    int64_t days = POST_TEXT_DAYS - 1;
    struct failures f = {0};

    post_put_to(&s, "gone@desk.example");
    post_put_to(&s, "a@desk.example");
    OK(harness_write(s.h, move_job, &f));
    ck_assert_int_eq(f.n, 2);
    ck_assert(post_run(&s, 0));
    OK(harness_write(s.h, sweep_job, &days));
    ck_assert_int_gt((int)post_find(&s, "gone@desk.example").text.n, 0);
    days = POST_TEXT_DAYS + 1;
    OK(harness_write(s.h, sweep_job, &days));
    ck_assert_int_eq((int)post_find(&s, "gone@desk.example").text.n, 0);
    int64_t id = post_find(&s, "gone@desk.example").mail_id;

    ck_assert_int_eq(harness_write(s.h, retry_job, &id), ST_CONFLICT);
    days = POST_KEEP_DAYS + 1;
    OK(harness_write(s.h, sweep_job, &days));
    struct post_find gone = {.key = "gone@desk.example"};

    ck_assert_int_eq(harness_read(s.h, post_find_job, &gone), ST_NOT_FOUND);
    post_end(&s);
}
END_TEST

UNIT_MAIN("post", test_post__one_key_is_one_mail, test_post__a_mail_of_a_transaction_that_was_undone_is_none,
          test_post__what_cannot_be_sent_is_refused_with_its_field, test_post__a_mail_arrives_and_its_text_is_wiped,
          test_post__many_go_over_one_connection_a_few_at_a_time,
          test_post__come_back_later_is_tried_again_after_pauses_and_given_up_after_five_days,
          test_post__an_address_refused_for_good_bounces_and_is_marked,
          test_post__a_text_refused_for_good_bounces_and_marks_nobody,
          test_post__a_line_cut_loses_nothing_and_holds_up_no_other_for_long,
          test_post__sent_again_after_a_lost_answer_it_has_the_same_message_id,
          test_post__withdrawn_and_sent_again_by_hand, test_post__texts_go_after_a_week_rows_after_400_days)

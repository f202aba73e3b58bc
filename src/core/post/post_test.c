/* post_test.c - mails from the transaction that wants them to a mail server of our own, and everything
 * that a mail server can do to them. */
#include "base/clock.h"
#include "base/log.h"
#include "base/macros.h"
#include "core/jobs/jobs.h"
#include "core/post/post.h"
#include "core/post/post_smtp.h"
#include "core/post/post_store.h"
#include "tests/support/harness.h"
#include "tests/support/mail_sink.h"
#include "tests/unit.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define OK(call) ck_assert_int_eq(call, ST_OK)

static const int64_t MINUTE = 60000, HOUR = 3600000, DAY = 86400000;
extern const struct feature post_feature;
static const struct feature *const features[] = {&post_feature};

struct stage {
    struct harness *h;
    struct mail_sink sink;
    bool has_sink, is_planned;
    struct outside outside;
    struct jobs_hands hands;
    int64_t now_ms;
};

/* more: words for the sink; NULL: it takes mails. has_sink false: there is no server. */
static struct stage begin(bool has_sink, const char *const *more)
{
    struct stage s = {.h = harness_new(), .now_ms = clock_now_ms() + MINUTE, .has_sink = has_sink};

    if (has_sink)
        mail_sink_begin(&s.sink, more);
    s.outside = (struct outside){.origin = "https://welfare.example",
                                 .is_origin_set = true,
                                 .allow = "",
                                 .mail_server = "",
                                 .mail_from = "WeCaRe <posta@welfare.example>",
                                 .mail_user = "",
                                 .mail_password_file = "",
                                 .mail_tls = "starttls"};
    return s;
}

static void end(struct stage *s)
{
    if (s->has_sink)
        mail_sink_end(&s->sink);
    harness_free(s->h);
}

static bool run_at(struct stage *s, int64_t later_ms)
{
    if (s->has_sink && *s->outside.mail_server == '\0')
        s->outside.mail_server = s->sink.server;
    s->hands = (struct jobs_hands){s->h->db, features, 1, &s->outside, s->hands.stop};
    if (!s->is_planned)
        OK(jobs_plan(&s->hands));
    s->is_planned = true;
    return jobs_run_one(&s->hands, s->now_ms + later_ms);
}

struct put {
    struct post_mail mail;
    enum post_state state;
    enum status got;
    struct str problem;
};

static enum status put_job(struct ctx *c, void *arg)
{
    struct put *p = arg;

    p->got = post_put(c, &p->mail, &p->state);
    if (c->problems.n > 0)
        p->problem = str_of(c->problems.list[0].field);
    return ST_OK;
}

/* The address is the key as well. */
static enum post_state put(struct stage *s, const char *to)
{
    struct put p = {.mail = {.key = str_of(to),
                             .to = str_of(to),
                             .subject = STR("È ancora tutto giusto?"),
                             .text = STR("Apri {portal}/conferma/canarino7391\n"),
                             .organisation_id = 7}};

    OK(harness_write(s->h, put_job, &p));
    OK(p.got);
    return p.state;
}

struct find {
    const char *key;
    struct post_row row;
};

static enum status find_job(struct ctx *c, void *arg)
{
    struct find *f = arg;

    return post_by_key(c, str_of(f->key), &f->row);
}

static struct post_row find(struct stage *s, const char *key)
{
    struct find f = {.key = key};

    OK(harness_read(s->h, find_job, &f));
    return f.row;
}

static void is_state(struct stage *s, const char *key, enum post_state want)
{
    const struct post_row r = find(s, key);

    if (r.state != want)
        ck_abort_msg("%s is %s: %.*s", key, post_state_name(r.state), (int)r.words.n, r.words.p);
}

static void holds(struct str s, const char *part)
{
    if (s.n == 0 || memmem(s.p, s.n, part, strlen(part)) == NULL)
        ck_abort_msg("\"%s\" is not in: %.*s", part, (int)s.n, s.p);
}

/* ---- putting ---- */

START_TEST(test_post__one_key_is_one_mail)
{
    struct stage s = begin(true, NULL);

    ck_assert_int_eq(put(&s, "a@desk.example"), POST_WAITING);
    ck_assert_int_eq(put(&s, "a@desk.example"), POST_WAITING);
    ck_assert(run_at(&s, 0));
    ck_assert_int_eq(mail_sink_count(&s.sink), 1);
    ck_assert_int_eq(put(&s, "a@desk.example"), POST_SENT);
    (void)run_at(&s, 6 * MINUTE);
    ck_assert_int_eq(mail_sink_count(&s.sink), 1);
    end(&s);
}
END_TEST

static enum status put_and_fail(struct ctx *c, void *arg)
{
    struct put *p = arg;

    OK(post_put(c, &p->mail, NULL));
    return ST_CONFLICT;
}

START_TEST(test_post__a_mail_of_a_transaction_that_was_undone_is_none)
{
    struct stage s = begin(true, NULL);
    struct put p = {.mail = {.key = STR("k"), .to = STR("a@b.it"), .subject = STR("s"), .text = STR("t")}};

    ck_assert_int_eq(harness_write(s.h, put_and_fail, &p), ST_CONFLICT);
    (void)run_at(&s, 0);
    ck_assert_int_eq(mail_sink_count(&s.sink), 0);
    end(&s);
}
END_TEST

START_TEST(test_post__what_cannot_be_sent_is_refused_with_its_field)
{
    struct stage s = begin(false, NULL);
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
        struct put p = {.mail = cases[i].mail};

        OK(harness_write(s.h, put_job, &p));
        ck_assert_msg(p.got == ST_INVALID && str_eq_z(p.problem, cases[i].field), "%d: %d %.*s", i, p.got,
                      (int)p.problem.n, p.problem.p);
    }
    end(&s);
}
END_TEST

/* ---- sending ---- */

START_TEST(test_post__a_mail_arrives_and_its_text_is_wiped)
{
    struct stage s = begin(true, NULL);

    put(&s, "a@desk.example");
    ck_assert_int_gt((int)find(&s, "a@desk.example").text.n, 0);
    ck_assert(run_at(&s, 0));
    const struct str mail = mail_sink_mail(&s.sink, s.h->mem, 1);

    holds(mail, "X-From: posta@welfare.example\r\nX-To: a@desk.example\r\n");
    holds(mail, "Apri https://welfare.example/conferma/canarino7391");
    holds(mail, "Subject: =?UTF-8?Q?=C3=88_ancora");
    is_state(&s, "a@desk.example", POST_SENT);
    ck_assert_int_eq((int)find(&s, "a@desk.example").text.n, 0);
    end(&s);
}
END_TEST

START_TEST(test_post__many_go_over_one_connection_a_few_at_a_time)
{
    struct stage s = begin(true, NULL);

    for (int i = 0; i < 25; i++)
        put(&s, str_fmt(s.h->mem, "a%d@desk.example", i).p);
    ck_assert(run_at(&s, 0));
    ck_assert_int_eq(mail_sink_count(&s.sink), 20);
    ck_assert(run_at(&s, 1)); /* at once, not in five minutes */
    ck_assert_int_eq(mail_sink_count(&s.sink), 25);
    end(&s);
}
END_TEST

START_TEST(test_post__come_back_later_is_tried_again_after_pauses_and_given_up_after_five_days)
{
    struct stage s = begin(true, NULL);
    int n_tries = 0;
    bool is_late = false;

    put(&s, "later@desk.example");
    put(&s, "full@desk.example");
    ck_assert(run_at(&s, 0));
    is_state(&s, "later@desk.example", POST_WAITING);
    holds(find(&s, "later@desk.example").words, "450 4.2.1 come back later");
    holds(find(&s, "full@desk.example").words, "452 4.3.1 no room now");
    ck_assert_int_ge(find(&s, "later@desk.example").due_at, s.now_ms + 5 * MINUTE);
    for (int64_t at = 0; find(&s, "later@desk.example").state == POST_WAITING; n_tries++) {
        ck_assert_int_lt(n_tries, 30);
        at = find(&s, "later@desk.example").due_at - s.now_ms + 5 * MINUTE;
        (void)run_at(&s, at);
        is_late = at > 4 * DAY;
    }
    ck_assert(is_late);
    is_state(&s, "later@desk.example", POST_GIVEN_UP);
    n_tries = find(&s, "later@desk.example").n_tries;
    ck_assert_msg(n_tries >= 10 && n_tries <= 22, "%d tries", n_tries);
    holds(find(&s, "later@desk.example").words, "450");
    ck_assert_int_eq(mail_sink_count(&s.sink), 0);
    end(&s);
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
    struct stage s = begin(true, NULL);
    struct failures f = {0};
    struct put p = {.mail = {.key = STR("second"), .to = STR("Gone@desk.example"), .subject = STR("s"), .text = STR("t")}};

    put(&s, "gone@desk.example");
    put(&s, "good@desk.example");
    ck_assert(run_at(&s, 0));
    is_state(&s, "gone@desk.example", POST_BOUNCED);
    is_state(&s, "good@desk.example", POST_SENT);
    OK(harness_read(s.h, failures_job, &f));
    OK(f.marked);
    holds(f.mark.words, "550 5.1.1 nobody lives here");
    ck_assert_int_eq(f.n, 1);
    ck_assert_int_eq(f.rows[0].organisation_id, 7);
    /* the next one to it is not even tried */
    OK(harness_write(s.h, put_job, &p));
    ck_assert_int_eq(p.state, POST_BOUNCED);
    OK(harness_write(s.h, unmark_job, "GONE@DESK.example"));
    OK(harness_read(s.h, failures_job, &f));
    ck_assert_int_eq(f.marked, ST_NOT_FOUND);
    end(&s);
}
END_TEST

START_TEST(test_post__a_text_refused_for_good_bounces_and_marks_nobody)
{
    struct stage s = begin(true, NULL);

    put(&s, "spam@desk.example");
    ck_assert(run_at(&s, 0));
    is_state(&s, "spam@desk.example", POST_BOUNCED);
    holds(find(&s, "spam@desk.example").words, "554 5.7.1 this looks like spam");
    struct put p = {.mail = {.key = STR("second"), .to = STR("spam@desk.example"), .subject = STR("s"), .text = STR("t")}};

    OK(harness_write(s.h, put_job, &p));
    ck_assert_int_eq(p.state, POST_WAITING);
    end(&s);
}
END_TEST

START_TEST(test_post__a_line_cut_loses_nothing_and_holds_up_no_other_for_long)
{
    static const char *const cut[] = {"drop@desk.example", "cut@desk.example", "mute@desk.example"};
    struct stage s = begin(true, NULL);

    put(&s, cut[0]);
    put(&s, cut[1]);
    put(&s, "a@desk.example");
    ck_assert(run_at(&s, 0));
    is_state(&s, "a@desk.example", POST_SENT);
    put(&s, cut[2]);
    ck_assert(run_at(&s, 1));
    for (int i = 0; i < ARRAY_LEN(cut); i++) {
        is_state(&s, cut[i], POST_WAITING);
        ck_assert_int_gt((int)find(&s, cut[i]).words.n, 0);
        ck_assert_int_gt((int)find(&s, cut[i]).text.n, 0);
        ck_assert_int_ge(find(&s, cut[i]).due_at, s.now_ms + 5 * MINUTE);
    }
    ck_assert_int_eq(mail_sink_count(&s.sink), 2); /* the last one's answer was lost */
    for (int i = 0; i < 4; i++)
        put(&s, str_fmt(s.h->mem, "drop%d@desk.example", i).p);
    ck_assert(run_at(&s, 2));
    ck_assert_int_eq(find(&s, "drop2@desk.example").n_tries, 1);
    ck_assert_int_eq(find(&s, "drop3@desk.example").n_tries, 0); /* three in a row: it is the server */
    ck_assert(!run_at(&s, 30000));
    end(&s);
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
    struct stage s = begin(true, NULL);

    put(&s, "mute@desk.example");
    ck_assert(run_at(&s, 0));
    ck_assert(run_at(&s, 6 * MINUTE));
    ck_assert_int_eq(mail_sink_count(&s.sink), 2);
    ck_assert(str_eq(message_id(mail_sink_mail(&s.sink, s.h->mem, 1)), message_id(mail_sink_mail(&s.sink, s.h->mem, 2))));
    end(&s);
}
END_TEST

/* ---- a server that is not one ---- */

static void wait_all(const char *mode, const char *words)
{
    const char *const more[] = {"--mode", mode, NULL};
    struct stage s = begin(true, more);

    put(&s, "a@desk.example");
    put(&s, "b@desk.example");
    ck_assert(run_at(&s, 0));
    is_state(&s, "a@desk.example", POST_WAITING);
    holds(find(&s, "a@desk.example").words, words);
    holds(find(&s, "b@desk.example").words, words); /* one try stands for all */
    ck_assert_int_eq(mail_sink_count(&s.sink), 0);
    end(&s);
}

START_TEST(test_post__a_server_that_refuses_us_makes_mails_wait_and_marks_nobody)
{
    wait_all("refuse", "554 no mail is taken from here");
    wait_all("nosender", "550 we do not know you");
    wait_all("again", "421 come back another day");
}
END_TEST

START_TEST(test_post__a_greeting_without_end_is_left)
{
    const int64_t began_us = clock_mono_us();

    wait_all("endless", "does not stop talking");
    wait_all("banner", "");
    ck_assert_int_lt((clock_mono_us() - began_us) / 1000, 10000);
}
END_TEST

START_TEST(test_post__a_server_that_says_nothing_is_left_in_time)
{
    static const char *const silent[] = {"--mode", "silent", NULL};
    struct stage s = begin(true, silent);
    struct str why = {0}, words = {0};

    s.outside.mail_server = s.sink.server;
    struct post_wire *w = post_wire_open(
        &(struct post_wire_options){.outside = &s.outside, .timeout_ms = 300}, s.h->mem, &why);
    const int64_t began_us = clock_mono_us();

    ck_assert_ptr_nonnull(w);
    ck_assert_int_eq(post_wire_send(w, STR("a@b.it"), STR("c@d.it"), STR("x\r\n"), s.h->mem, &words), POST_NO_SERVER);
    holds(words, "does not answer in time");
    ck_assert_int_lt((clock_mono_us() - began_us) / 1000, 3000);
    post_wire_close(w);
    end(&s);
}
END_TEST

START_TEST(test_post__a_slow_answer_to_an_address_is_no_refusal)
{
    struct stage s = begin(true, NULL);
    struct str why = {0}, words = {0};

    s.outside.mail_server = s.sink.server;
    struct post_wire *w = post_wire_open(
        &(struct post_wire_options){.outside = &s.outside, .timeout_ms = 500}, s.h->mem, &why);

    ck_assert_int_eq(post_wire_send(w, STR("a@b.it"), STR("slow@d.it"), STR("x\r\n"), s.h->mem, &words), POST_CUT);
    post_wire_close(w);
    end(&s);
}
END_TEST

START_TEST(test_post__no_server_at_all_gives_up_only_five_days_after_the_first_try)
{
    struct stage s = begin(false, NULL);

    put(&s, "a@desk.example");
    s.outside.mail_server = "127.0.0.1:9"; /* nobody listens there */
    ck_assert(run_at(&s, 0));
    is_state(&s, "a@desk.example", POST_WAITING);
    (void)run_at(&s, 4 * DAY);
    is_state(&s, "a@desk.example", POST_WAITING);
    (void)run_at(&s, 5 * DAY + HOUR);
    is_state(&s, "a@desk.example", POST_GIVEN_UP);
    ck_assert_int_gt((int)find(&s, "a@desk.example").text.n, 0); /* to be sent again by hand, for a week */
    end(&s);
}
END_TEST

START_TEST(test_post__unset_or_half_set_mails_wait_for_ever)
{
    struct stage s = begin(false, NULL);

    put(&s, "a@desk.example");
    ck_assert(run_at(&s, 0));
    (void)run_at(&s, 100 * DAY);
    is_state(&s, "a@desk.example", POST_WAITING);
    s.outside.mail_server = "mail.example.org";
    s.outside.is_origin_set = false; /* addresses of this machine would go out */
    (void)run_at(&s, 101 * DAY);
    s.outside.is_origin_set = true;
    s.outside.mail_from = "nobody";
    (void)run_at(&s, 102 * DAY);
    s.outside.mail_from = "a@b.it";
    s.outside.mail_tls = "none"; /* to a server that is not this machine */
    (void)run_at(&s, 103 * DAY);
    s.outside.mail_tls = "starttls";
    s.outside.mail_user = "x";
    s.outside.mail_password_file = "/nowhere/at/all";
    (void)run_at(&s, 104 * DAY);
    is_state(&s, "a@desk.example", POST_WAITING);
    ck_assert_int_eq((int)find(&s, "a@desk.example").words.n, 0); /* nobody was ever spoken to */
    end(&s);
}
END_TEST

/* 0.0.0.0 leads to this machine and is none of its names: as any server elsewhere. */
static void elsewhere(const char *const *more, const char *words, enum post_state want)
{
    struct stage s = begin(true, more);

    s.outside.mail_server = str_fmt(s.h->mem, "0.0.0.0%s", strchr(s.sink.server, ':')).p;
    put(&s, "a@desk.example");
    ck_assert(run_at(&s, 0));
    is_state(&s, "a@desk.example", want);
    holds(find(&s, "a@desk.example").words, words);
    ck_assert_int_eq(mail_sink_count(&s.sink), 0);
    end(&s);
}

START_TEST(test_post__elsewhere_nothing_is_said_without_tls_nor_to_a_stranger)
{
    static const char *const tls[] = {"--mode", "tls", NULL};

    elsewhere(NULL, "SSL", POST_WAITING);
    elsewhere(tls, "SSL", POST_WAITING);
    ck_assert(post_is_here(STR("localhost:25")) && post_is_here(STR("127.0.0.1")) && post_is_here(STR("[::1]:25")));
    ck_assert(!post_is_here(STR("localhost.example.org")) && !post_is_here(STR("10.0.0.1")) && !post_is_here(STR("[::2]")));
}
END_TEST

/* ---- signing in ---- */

START_TEST(test_post__signing_in_with_the_password_of_the_file_or_waiting)
{
    static const char *const more[] = {"--user", "portale", "--password", "segreta à", NULL};
    struct stage s = begin(true, more);
    char file[] = "/tmp/wecare-password-XXXXXX", log[] = "/tmp/wecare-log-XXXXXX", text[20000];
    const int fd = mkstemp(file), log_fd = mkstemp(log);

    log_to_fd(log_fd);
    log_set_level(LOG_DEBUG);
    ck_assert_int_eq((int)write(fd, "sbagliata\n", 10), 10);
    s.outside.mail_user = "portale";
    s.outside.mail_password_file = file;
    put(&s, "a@desk.example");
    ck_assert(run_at(&s, 0));
    is_state(&s, "a@desk.example", POST_WAITING);
    holds(find(&s, "a@desk.example").words, "535 that is not the password");
    ck_assert_int_eq((int)pwrite(fd, "segreta à\r\nx", 13, 0), 13);
    ck_assert(run_at(&s, 2 * MINUTE));
    is_state(&s, "a@desk.example", POST_SENT);
    log_to_fd(2);
    const ssize_t n = pread(log_fd, text, sizeof text, 0);

    ck_assert_int_gt((int)n, 0);
    ck_assert_ptr_nonnull(memmem(text, (size_t)n, "\"mail\"", 6));
    ck_assert_ptr_null(memmem(text, (size_t)n, "segreta", 7));
    ck_assert_ptr_null(memmem(text, (size_t)n, "desk.example", 12));
    ck_assert_ptr_null(memmem(text, (size_t)n, "canarino", 8));
    close(fd);
    close(log_fd);
    unlink(file);
    unlink(log);
    end(&s);
}
END_TEST

START_TEST(test_post__a_portal_that_is_stopped_leaves_the_rest_for_the_next_start)
{
    struct stage s = begin(true, NULL);
    atomic_bool stop = true;

    put(&s, "a@desk.example");
    s.hands.stop = &stop;
    ck_assert(run_at(&s, 0));
    is_state(&s, "a@desk.example", POST_WAITING);
    atomic_store(&stop, false);
    ck_assert(run_at(&s, 1));
    is_state(&s, "a@desk.example", POST_SENT);
    end(&s);
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
    struct stage s = begin(true, NULL);

    put(&s, "a@desk.example");
    OK(harness_write(s.h, drop_job, "a@desk.example"));
    ck_assert_int_eq(harness_write(s.h, drop_job, "a@desk.example"), ST_NOT_FOUND);
    put(&s, "gone@desk.example");
    (void)run_at(&s, 0);
    is_state(&s, "a@desk.example", POST_DROPPED);
    int64_t id = find(&s, "gone@desk.example").mail_id, dropped = find(&s, "a@desk.example").mail_id;

    is_state(&s, "gone@desk.example", POST_BOUNCED);
    OK(harness_write(s.h, retry_job, &id));
    is_state(&s, "gone@desk.example", POST_WAITING);
    ck_assert_int_eq(harness_write(s.h, retry_job, &dropped), ST_CONFLICT);
    id = 999999;
    ck_assert_int_eq(harness_write(s.h, retry_job, &id), ST_NOT_FOUND);
    ck_assert_int_eq(mail_sink_count(&s.sink), 0);
    end(&s);
}
END_TEST

static enum status sweep_job(struct ctx *c, void *arg)
{
    c->now_ms += *(int64_t *)arg * DAY;
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
    struct stage s = begin(true, NULL);
    int64_t days = POST_TEXT_DAYS - 1;
    struct failures f = {0};

    put(&s, "gone@desk.example");
    put(&s, "a@desk.example");
    OK(harness_write(s.h, move_job, &f));
    ck_assert_int_eq(f.n, 2);
    ck_assert(run_at(&s, 0));
    OK(harness_write(s.h, sweep_job, &days));
    ck_assert_int_gt((int)find(&s, "gone@desk.example").text.n, 0);
    days = POST_TEXT_DAYS + 1;
    OK(harness_write(s.h, sweep_job, &days));
    ck_assert_int_eq((int)find(&s, "gone@desk.example").text.n, 0);
    int64_t id = find(&s, "gone@desk.example").mail_id;

    ck_assert_int_eq(harness_write(s.h, retry_job, &id), ST_CONFLICT);
    days = POST_KEEP_DAYS + 1;
    OK(harness_write(s.h, sweep_job, &days));
    struct find gone = {.key = "gone@desk.example"};

    ck_assert_int_eq(harness_read(s.h, find_job, &gone), ST_NOT_FOUND);
    end(&s);
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
          test_post__a_server_that_refuses_us_makes_mails_wait_and_marks_nobody,
          test_post__a_greeting_without_end_is_left, test_post__a_server_that_says_nothing_is_left_in_time,
          test_post__a_slow_answer_to_an_address_is_no_refusal,
          test_post__no_server_at_all_gives_up_only_five_days_after_the_first_try,
          test_post__unset_or_half_set_mails_wait_for_ever,
          test_post__elsewhere_nothing_is_said_without_tls_nor_to_a_stranger,
          test_post__signing_in_with_the_password_of_the_file_or_waiting,
          test_post__a_portal_that_is_stopped_leaves_the_rest_for_the_next_start,
          test_post__withdrawn_and_sent_again_by_hand, test_post__texts_go_after_a_week_rows_after_400_days)

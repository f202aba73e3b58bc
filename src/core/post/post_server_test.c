/* post_server_test.c - mail servers that refuse us, say nothing, never stop, have no TLS or want a password: mails
 * wait, nobody is marked, nothing is given away. */
#include "base/clock.h"
#include "base/log.h"
#include "base/macros.h"
#include "core/post/post_smtp.h"
#include "core/post/post_testing.h"
#include "tests/unit.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define OK(call) ck_assert_int_eq(call, ST_OK)

/* ---- a server that is not one ---- */

static void wait_all(const char *mode, const char *words)
{
    const char *const more[] = {"--mode", mode, NULL};
    struct post_stage s = post_begin(true, more);

    post_put_to(&s, "a@desk.example");
    post_put_to(&s, "b@desk.example");
    ck_assert(post_run(&s, 0));
    post_is(&s, "a@desk.example", POST_WAITING);
    post_holds(post_find(&s, "a@desk.example").words, words);
    post_holds(post_find(&s, "b@desk.example").words, words); /* one try stands for all */
    ck_assert_int_eq(mail_sink_count(&s.sink), 0);
    post_end(&s);
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
    struct post_stage s = post_begin(true, silent);
    struct str why = {0}, words = {0};

    s.outside.mail_server = s.sink.server;
    struct post_wire *w = post_wire_open(
        &(struct post_wire_options){.outside = &s.outside, .timeout_ms = 300}, s.h->mem, &why);
    const int64_t began_us = clock_mono_us();

    ck_assert_ptr_nonnull(w);
    ck_assert_int_eq(post_wire_send(w, STR("a@b.it"), STR("c@d.it"), STR("x\r\n"), s.h->mem, &words), POST_NO_SERVER);
    post_holds(words, "does not answer in time");
    ck_assert_int_lt((clock_mono_us() - began_us) / 1000, 3000);
    post_wire_close(w);
    post_end(&s);
}
END_TEST

START_TEST(test_post__a_slow_answer_to_an_address_is_no_refusal)
{
    struct post_stage s = post_begin(true, NULL);
    struct str why = {0}, words = {0};

    s.outside.mail_server = s.sink.server;
    struct post_wire *w = post_wire_open(
        &(struct post_wire_options){.outside = &s.outside, .timeout_ms = 500}, s.h->mem, &why);

    ck_assert_int_eq(post_wire_send(w, STR("a@b.it"), STR("slow@d.it"), STR("x\r\n"), s.h->mem, &words), POST_CUT);
    post_wire_close(w);
    post_end(&s);
}
END_TEST

START_TEST(test_post__no_server_at_all_gives_up_only_five_days_after_the_first_try)
{
    struct post_stage s = post_begin(false, NULL);

    post_put_to(&s, "a@desk.example");
    s.outside.mail_server = "127.0.0.1:9"; /* nobody listens there */
    ck_assert(post_run(&s, 0));
    post_is(&s, "a@desk.example", POST_WAITING);
    (void)post_run(&s, 4 * POST_DAY);
    post_is(&s, "a@desk.example", POST_WAITING);
    (void)post_run(&s, 5 * POST_DAY + POST_HOUR);
    post_is(&s, "a@desk.example", POST_GIVEN_UP);
    ck_assert_int_gt((int)post_find(&s, "a@desk.example").text.n, 0); /* to be sent again by hand, for a week */
    post_end(&s);
}
END_TEST

START_TEST(test_post__unset_or_half_set_mails_wait_for_ever)
{
    struct post_stage s = post_begin(false, NULL);

    post_put_to(&s, "a@desk.example");
    ck_assert(post_run(&s, 0));
    (void)post_run(&s, 100 * POST_DAY);
    post_is(&s, "a@desk.example", POST_WAITING);
    s.outside.mail_server = "mail.example.org";
    s.outside.is_origin_set = false; /* addresses of this machine would go out */
    (void)post_run(&s, 101 * POST_DAY);
    s.outside.is_origin_set = true;
    s.outside.mail_from = "nobody";
    (void)post_run(&s, 102 * POST_DAY);
    s.outside.mail_from = "a@b.it";
    s.outside.mail_tls = "none"; /* to a server that is not this machine */
    (void)post_run(&s, 103 * POST_DAY);
    s.outside.mail_tls = "starttls";
    s.outside.mail_user = "x";
    s.outside.mail_password_file = "/nowhere/at/all";
    (void)post_run(&s, 104 * POST_DAY);
    post_is(&s, "a@desk.example", POST_WAITING);
    ck_assert_int_eq((int)post_find(&s, "a@desk.example").words.n, 0); /* nobody was ever spoken to */
    post_end(&s);
}
END_TEST

/* 0.0.0.0 leads to this machine and is none of its names: as any server elsewhere. */
static void elsewhere(const char *const *more, const char *words, enum post_state want)
{
    struct post_stage s = post_begin(true, more);

    s.outside.mail_server = str_fmt(s.h->mem, "0.0.0.0%s", strchr(s.sink.server, ':')).p;
    post_put_to(&s, "a@desk.example");
    ck_assert(post_run(&s, 0));
    post_is(&s, "a@desk.example", want);
    post_holds(post_find(&s, "a@desk.example").words, words);
    ck_assert_int_eq(mail_sink_count(&s.sink), 0);
    post_end(&s);
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
    struct post_stage s = post_begin(true, more);
    char file[] = "/tmp/wecare-password-XXXXXX", log[] = "/tmp/wecare-log-XXXXXX", text[20000];
    const int fd = mkstemp(file), log_fd = mkstemp(log);

    log_to_fd(log_fd);
    log_set_level(LOG_DEBUG);
    ck_assert_int_eq((int)write(fd, "sbagliata\n", 10), 10);
    s.outside.mail_user = "portale";
    s.outside.mail_password_file = file;
    post_put_to(&s, "a@desk.example");
    ck_assert(post_run(&s, 0));
    post_is(&s, "a@desk.example", POST_WAITING);
    post_holds(post_find(&s, "a@desk.example").words, "535 that is not the password");
    ck_assert_int_eq((int)pwrite(fd, "segreta à\r\nx", 13, 0), 13);
    ck_assert(post_run(&s, 2 * POST_MINUTE));
    post_is(&s, "a@desk.example", POST_SENT);
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
    post_end(&s);
}
END_TEST

START_TEST(test_post__a_portal_that_is_stopped_leaves_the_rest_for_the_next_start)
{
    struct post_stage s = post_begin(true, NULL);
    atomic_bool stop = true;

    post_put_to(&s, "a@desk.example");
    s.hands.stop = &stop;
    ck_assert(post_run(&s, 0));
    post_is(&s, "a@desk.example", POST_WAITING);
    atomic_store(&stop, false);
    ck_assert(post_run(&s, 1));
    post_is(&s, "a@desk.example", POST_SENT);
    post_end(&s);
}
END_TEST

UNIT_MAIN("post_server", test_post__a_server_that_refuses_us_makes_mails_wait_and_marks_nobody,
          test_post__a_greeting_without_end_is_left,
          test_post__a_server_that_says_nothing_is_left_in_time,
          test_post__a_slow_answer_to_an_address_is_no_refusal,
          test_post__no_server_at_all_gives_up_only_five_days_after_the_first_try,
          test_post__unset_or_half_set_mails_wait_for_ever,
          test_post__elsewhere_nothing_is_said_without_tls_nor_to_a_stranger,
          test_post__signing_in_with_the_password_of_the_file_or_waiting,
          test_post__a_portal_that_is_stopped_leaves_the_rest_for_the_next_start)

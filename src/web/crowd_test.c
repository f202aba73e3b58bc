/* crowd_test.c - too many, too slow, and the end: nobody delays the others. */
#include "base/macros.h"
#include "unit.h"
#include "web/socket_testing.h"
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* A good answer beside many slow connections; under the sanitizers everything costs ten times as
 * much, a thread most of all. */
#if defined(__SANITIZE_THREAD__)
enum { N_SLOW = 120, MOST_US = 5000000 };
#elif defined(__SANITIZE_ADDRESS__)
enum { N_SLOW = 990, MOST_US = 5000000 };
#else
enum { N_SLOW = 990, MOST_US = 500000 };
#endif

static const char good[] = "GET /hello?q=good HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

static void *ask_slow(void *arg)
{
    static const char ask[] = "GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    struct exchange *x = arg;

    exchange(ask, sizeof ask - 1, 3000, x);
    return NULL;
}

START_TEST(test_crowd__past_the_turns_there_is_a_waiting_page)
{
    struct web_limits l = web_testing_limits;
    static struct exchange slow_one[2], x;
    pthread_t thread[2];

    l.max_at_work = 2;
    l.wait_ms = 100;
    socket_testing_begin(&l);
    for (int i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, ask_slow, &slow_one[i]);
    while (atomic_load(&socket_testing.n_sleeping) < 2)
        usleep(1000);
    const int64_t began = clock_mono_us();

    exchange(good, sizeof good - 1, 2000, &x);
    ck_assert_msg(x.code == 503, "%s", x.text);
    ck_assert_ptr_nonnull(strstr(x.text, "Retry-After: "));
    ck_assert_ptr_nonnull(strstr(x.text, "gente"));
    ck_assert_int_ge(clock_mono_us() - began, 100000);
    ck_assert_int_lt(clock_mono_us() - began, 600000);
    /* How it stands can be asked all the same. */
    static const char health[] = "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    exchange(health, sizeof health - 1, 2000, &x);
    ck_assert_int_eq(x.code, 200);
    for (int i = 0; i < 2; i++) {
        pthread_join(thread[i], NULL);
        ck_assert_int_eq(slow_one[i].code, 200);
    }
    exchange(good, sizeof good - 1, 2000, &x);
    ck_assert_int_eq(x.code, 200);
    socket_testing_end();
}
END_TEST

START_TEST(test_crowd__past_the_connections_there_is_a_waiting_page)
{
    struct web_limits l = web_testing_limits;
    int held[8];
    struct exchange x;

    l.max_connections = 8;
    socket_testing_begin(&l);
    for (int i = 0; i < 8; i++) {
        held[i] = call_up();
        say(held[i], "G", 1);
    }
    exchange(good, sizeof good - 1, 2000, &x);
    ck_assert_msg(x.code == 503, "%s", x.text);
    ck_assert(x.closed);
    for (int i = 0; i < 8; i++)
        close(held[i]);
    usleep(100000);
    exchange(good, sizeof good - 1, 2000, &x);
    ck_assert_int_eq(x.code, 200);
    socket_testing_end();
}
END_TEST

START_TEST(test_crowd__one_address_does_not_take_it_all)
{
    struct web_limits l = web_testing_limits;
    int held[4];
    struct exchange x;

    l.max_per_address = 4;
    socket_testing_begin(&l);
    for (int i = 0; i < 4; i++) {
        held[i] = call_up();
        say(held[i], "G", 1);
    }
    exchange(good, sizeof good - 1, 2000, &x);
    ck_assert_msg(x.code == 429, "%s", x.text);
    for (int i = 0; i < 4; i++)
        close(held[i]);
    socket_testing_end();
}
END_TEST

/* Opens n connections of three slow kinds: headers, body, reading. */
static void open_slow(int *fds, int n)
{
    static const char body[] = "POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n"
                               "Content-Type: application/x-www-form-urlencoded\r\n\r\nwords=";
    static const char reading[] = "GET /large HTTP/1.1\r\nHost: x\r\n\r\n";

    for (int i = 0; i < n; i++) {
        fds[i] = call_up();
        if (i % 3 == 0)
            say(fds[i], "GET /hello HTTP/1.1\r\nX-", 23);
        else if (i % 3 == 1)
            say(fds[i], body, sizeof body - 1);
        else
            say(fds[i], reading, i % 30 == 2 ? sizeof reading - 1 : 20);
    }
}

START_TEST(test_crowd__slow_connections_do_not_delay_a_good_one)
{
    struct web_limits l = web_testing_limits;
    static int fds[N_SLOW];
    int64_t worst = 0;
    struct exchange x;

    const struct rlimit both_ends = {4096, 4096};

    if (setrlimit(RLIMIT_NOFILE, &both_ends) != 0)
        ck_abort_msg("this test needs 4096 open files");
    l.max_connections = l.max_per_address = 1000;
    l.request_s = 30;
    l.idle_s = 30;
    socket_testing_begin(&l);
    open_slow(fds, N_SLOW);
    for (int i = 0; i < 50; i++) {
        const int64_t began = clock_mono_us();

        for (int j = i; j < N_SLOW; j += 50)
            if (j % 3 != 2)
                say(fds[j], "a", 1); /* each drips on */
        exchange(good, sizeof good - 1, 2000, &x);
        ck_assert_msg(x.code == 200, "%s", x.text);
        worst = clock_mono_us() - began > worst ? clock_mono_us() - began : worst;
    }
    fprintf(stderr, "# %d slow connections: the worst of 50 good answers took %lld us\n", N_SLOW,
            (long long)worst);
    ck_assert_int_lt(worst, MOST_US);
    for (int i = 0; i < N_SLOW; i++)
        close(fds[i]);
    socket_testing_end();
}
END_TEST

START_TEST(test_crowd__who_drips_is_shut_however_often_a_byte_comes)
{
    struct web_limits l = web_testing_limits;
    static const char body[] = "POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n"
                               "Content-Type: application/x-www-form-urlencoded\r\n\r\nwords=";
    const char *const starts[] = {"", "GET /hello HTTP/1.1\r\nX-", body};

    l.request_s = 1;
    l.idle_s = 60;
    socket_testing_begin(&l);
    for (int i = 0; i < ARRAY_LEN(starts); i++) {
        const int fd = call_up();
        const int64_t began = clock_mono_us();
        char text[4096];
        bool closed = false;

        say(fd, starts[i], strlen(starts[i]));
        while (!closed && clock_mono_us() - began < 5000000) {
            if (i > 0)
                say(fd, "a", 1);
            hear(fd, text, sizeof text, 100, &closed);
        }
        ck_assert_msg(closed, "%d is open after 5 s", i);
        ck_assert_int_ge(clock_mono_us() - began, 900000);
        ck_assert_int_lt(clock_mono_us() - began, 2500000);
        close(fd);
    }
    socket_testing_end();
}
END_TEST

START_TEST(test_crowd__a_stop_lets_the_work_finish)
{
    static struct exchange x;
    pthread_t thread;
    const int silent = (socket_testing_begin(NULL), call_up());

    pthread_create(&thread, NULL, ask_slow, &x);
    while (atomic_load(&socket_testing.n_sleeping) < 1)
        usleep(1000);
    const int64_t began = clock_mono_us();

    web_server_stop(socket_testing.server, 3000);
    ck_assert_int_lt(clock_mono_us() - began, 1500000);
    pthread_join(thread, NULL);
    ck_assert_int_eq(x.code, 200);
    ck_assert_ptr_nonnull(strstr(x.text, "at last"));
    close(silent);
    web_testing_end(&socket_testing.web);
}
END_TEST

UNIT_MAIN("crowd", test_crowd__past_the_turns_there_is_a_waiting_page,
          test_crowd__past_the_connections_there_is_a_waiting_page,
          test_crowd__one_address_does_not_take_it_all,
          test_crowd__slow_connections_do_not_delay_a_good_one,
          test_crowd__who_drips_is_shut_however_often_a_byte_comes,
          test_crowd__a_stop_lets_the_work_finish)

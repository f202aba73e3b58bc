/* behind_test.c - one thread steps behind, the others stay where they are. */
#include "behind.h"
#include "unit.h"
#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

static int priority_here(void)
{
    return getpriority(PRIO_PROCESS, (id_t)gettid());
}

static void *step_behind(void *arg)
{
    behind_others();
    *(int *)arg = priority_here();
    return NULL;
}

START_TEST(test_behind__one_thread_alone)
{
    const int before = priority_here();
    pthread_t thread;
    int behind = 0;

    ck_assert_int_eq(pthread_create(&thread, NULL, step_behind, &behind), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    ck_assert_int_eq(behind, before > 10 ? before : 10); /* who is further behind already stays there */
    ck_assert_int_eq(priority_here(), before);
}
END_TEST

UNIT_MAIN("behind", test_behind__one_thread_alone)

/*
 * unit.h - how a test file beside the code becomes a program of its own (Check, TAP on stdout).
 *
 *     START_TEST(test_arena__reset_gives_all_back) { ck_assert_int_eq(1, 1); } END_TEST
 *     UNIT_MAIN("arena", test_arena__reset_gives_all_back)
 *
 * Fork isolation by default; CK_FORK=no under the sanitizers.
 */
#pragma once
#include "base/clock.h"
#include "base/fault.h"
#include "base/random.h"
#include "base/text.h"
#include <check.h>
#undef fail /* ours is in store/ctx.h */
#include <stdlib.h>

#define UNIT_MAIN(suite_name, ...)                                                                 \
    int main(void)                                                                                 \
    {                                                                                              \
        const TTest *const tests[] = {__VA_ARGS__};                                                \
                                                                                                   \
        return unit_run(suite_name, tests, (int)(sizeof tests / sizeof *tests));                   \
    }

static inline int unit_run(const char *name, const TTest *const *tests, int n)
{
    Suite *suite = suite_create(name);
    TCase *tc = tcase_create(name);

    clock_init();
    random_init();
    fault_init();
    text_init();
    tcase_set_timeout(tc, 120);
    for (int i = 0; i < n; i++)
        tcase_add_test(tc, tests[i]);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);

    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    const int n_failed = srunner_ntests_failed(runner);

    srunner_free(runner);
    return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

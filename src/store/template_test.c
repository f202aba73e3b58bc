/* template_test.c - what tests start from: filled once, copied for each, made anew for another build. */
#include "store/template_testing.h"
#include "unit.h"
#include <limits.h>
#include <stdio.h>
#include <string.h>

static int n_filled;

static const struct migration steps[] = {{.slice = "one",
                                          .number = 1,
                                          .name = "thing",
                                          .forward = {"CREATE TABLE thing (n INTEGER)", "CREATE TABLE thing (n BIGINT)"},
                                          .back = {"DROP TABLE thing", "DROP TABLE thing"}}};

static enum status fill(struct db *d, void *arg)
{
    (void)d;
    (void)arg;
    n_filled++;
    return ST_OK;
}

static const struct template made = {steps, 1, fill, NULL, NULL};

static void write_in_one(void)
{
    struct store_testing t;

    template_testing_begin(&t, &made);
    ck_assert_int_eq(store_testing_number(&t, "SELECT count(*) FROM thing"), 0);
    store_testing_exec(&t, "INSERT INTO thing (n) VALUES (1)");
    store_testing_end(&t);
}

START_TEST(test_template__is_filled_once_and_each_copy_is_its_own)
{
    write_in_one();
    ck_assert_int_le(n_filled, 1); /* 0 when this build has run before */
    const int before = n_filled;

    write_in_one();
    ck_assert_int_eq(n_filled, before);
}
END_TEST

START_TEST(test_template__of_another_build_is_made_anew)
{
    char path[PATH_MAX], mark[PATH_MAX + 8];

    if (store_testing_engine() != DB_SQLITE)
        return; /* there the build is in the name of the database */
    write_in_one();
    const int before = n_filled;

    template_testing_path(&made, path);
    snprintf(mark, sizeof mark, "%s.key", path);
    FILE *f = fopen(mark, "w");

    ck_assert_ptr_nonnull(f);
    fputs("of another build", f);
    fclose(f);
    write_in_one();
    ck_assert_int_eq(n_filled, before + 1);
    write_in_one();
    ck_assert_int_eq(n_filled, before + 1);
}
END_TEST

START_TEST(test_template__other_steps_or_another_filling_are_another_template)
{
    const struct migration other = {.slice = "one", .number = 1, .name = "other"};
    char a[PATH_MAX], b[PATH_MAX];

    template_testing_path(&made, a);
    template_testing_path(&(struct template){&other, 1, fill, NULL, NULL}, b);
    ck_assert_str_ne(a, b);
    template_testing_path(&(struct template){steps, 1, fill, NULL, (const void *)fill}, b);
    ck_assert_str_ne(a, b);
    template_testing_path(&(struct template){steps, 1, fill, &n_filled, NULL}, b);
    ck_assert_str_eq(a, b);
}
END_TEST

UNIT_MAIN("template", test_template__is_filled_once_and_each_copy_is_its_own, test_template__of_another_build_is_made_anew,
          test_template__other_steps_or_another_filling_are_another_template)

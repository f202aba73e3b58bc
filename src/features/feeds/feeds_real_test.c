/* feeds_real_test.c - real input: the schools of Piemonte, the examples of HSDS 3.0, the mocks of its UK
 * profile that must be refused. They stand beside the tree (../shared/data) and are no part of it: without
 * them these tests say so and pass. */
#include "feeds_testing.h"
#include "unit.h"
#include <dirent.h>
#include <stdio.h>
#include <string.h>

static const char *shared(struct harness *h, const char *name)
{
    const char *path = feeds_testing_shared(h->mem, name);

    if (path == NULL)
        printf("# skipped: ../shared/data/%s is not there\n", name);
    return path;
}

START_TEST(test_real__every_school_of_piemonte_comes_in)
{
    struct harness *h = harness_new();
    const char *list = shared(h, "facilities_schools_piemonte.csv");
    const char *top = getenv("WECARE_SOURCE");
    const char *const options[IMPORT_MAX_OPTIONS] = {NULL, NULL, str_fmt(h->mem, "%s/src/features/feeds/cases/schools.map", top).p};

    if (list != NULL) {
        struct feeds_import i = feeds_testing_import(h, "csv", list, options, false);

        ck_assert_msg(i.st == ST_OK, "row %d: %s", (int)(i.problems.n > 0 ? i.problems.list[0].row : 0), i.problems.n > 0 ? i.problems.list[0].key : "");
        ck_assert_int_eq(i.n_read, 4548);
        ck_assert_int_eq(i.n_added, 4548);
        i = feeds_testing_import(h, "csv", list, options, false);
        ck_assert_int_eq(i.n_same, 4548);
        ck_assert_int_eq(i.n_gone, 0);
    }
    harness_free(h);
}
END_TEST

START_TEST(test_real__the_examples_of_hsds_come_in)
{
    static const char *const names[] = {"base.json", "location.json", "organization_full.json", "organization_list.json",
                                        "service_at_location_full.json", "service_at_location_list.json", "service_full.json",
                                        "service_list.json", "tabular.json", "taxonomy.json", "taxonomy_list.json", "taxonomy_term.json",
                                        "taxonomy_term_list.json", "csv"};
    struct harness *h = harness_new();

    for (size_t i = 0; i < sizeof names / sizeof *names && shared(h, "hsds/3.0/examples") != NULL; i++) {
        const char *path = shared(h, str_fmt(h->mem, "hsds/3.0/examples/%s", names[i]).p);
        const char *const options[IMPORT_MAX_OPTIONS] = {NULL, NULL, "examples"};

        ck_assert_ptr_nonnull(path);
        const struct feeds_import r = feeds_testing_import(h, "hsds", path, options, false);

        ck_assert_msg(r.st == ST_OK, "%s: %s %s", names[i], r.problems.n > 0 ? r.problems.list[0].field : "",
                      r.problems.n > 0 ? r.problems.list[0].key : "");
        if (strcmp(names[i], "csv") == 0) /* keys of the specification's own example that lead nowhere */
            ck_assert(feeds_import_said(&r, "contacts.csv: organization_id: The key ae67a707-5893-4225-b0b1-320ab9cb596b leads nowhere"));
    }
    harness_free(h);
}
END_TEST

static struct str bytes_of(struct arena *mem, const char *path)
{
    enum { ROOM = 1 << 20 };
    char *p = arena_alloc(mem, ROOM);
    FILE *f = fopen(path, "rb");
    const size_t n = f == NULL ? 0 : fread(p, 1, ROOM, f);

    if (f != NULL)
        fclose(f);
    return (struct str){p, n};
}

/* Some of the mocks called Fail hold the same entries as those called Default or Warn (they fail for the API
 * that serves them, not for what they say): these cannot be refused, the others must be. */
START_TEST(test_real__mocks_that_must_fail_are_refused_with_a_reason)
{
    static const struct {
        const char *name, *key;
    } all[] = {{"service_full.json", "feeds.not-url"}, {"service_full.json", "feeds.not-email"}, {"service_list.json", "feeds.not-url"},
               {"service_list.json", "feeds.not-email"}, {"taxonomy_term.json", "feeds.not-uri"}, {"api_details.json", "feeds.not-uri"}};
    struct harness *h = harness_new();
    const char *folder = shared(h, "hsds/uk/mocks/Fail");
    int n_same = 0;

    for (size_t i = 0; folder != NULL && i < sizeof all / sizeof *all; i++) {
        const struct feeds_import r = feeds_testing_import(h, "hsds", str_fmt(h->mem, "%s/%s", folder, all[i].name).p, NULL, false);

        ck_assert_msg(r.st == ST_INVALID, "%s is taken", all[i].name);
        ck_assert_msg(feeds_import_has(&r, all[i].key, 1), "%s: not for %s", all[i].name, all[i].key);
    }
    DIR *d = folder == NULL ? NULL : opendir(folder);

    for (const struct dirent *e; d != NULL && (e = readdir(d)) != NULL;) {
        const struct str failing = bytes_of(h->mem, str_fmt(h->mem, "%s/%s", folder, e->d_name).p);

        n_same += failing.n > 0 && (str_eq(failing, bytes_of(h->mem, str_fmt(h->mem, "%s/../Default/%s", folder, e->d_name).p)) ||
                                    str_eq(failing, bytes_of(h->mem, str_fmt(h->mem, "%s/../Warn/%s", folder, e->d_name).p)));
    }
    if (d != NULL) {
        closedir(d);
        printf("# %d of the failing mocks are byte for byte also among those that are good\n", n_same);
    }
    harness_free(h);
}
END_TEST

UNIT_MAIN("feeds_real", test_real__every_school_of_piemonte_comes_in, test_real__the_examples_of_hsds_come_in,
          test_real__mocks_that_must_fail_are_refused_with_a_reason)

/* people_places_test.c - places of birth by code, by name and by day; ended states; what is doubtful in a code. */
#include "base/date.h"
#include "people_codes.h"
#include "people_places.h"
#include "people_reference.h"
#include "people_words.h"
#include "tests/support/cases.h"
#include "unit.h"
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

START_TEST(test_places__a_name_means_the_comune_of_today)
{
    struct arena *mem = arena_new(0);
    const struct people_places *p = people_places_new(mem);
    const struct cases s = cases_read(mem, "core/people/cases/places.tsv");

    ck_assert_int_ge(s.n_rows, 17);
    for (int i = 0; i < s.n_rows; i++) {
        const struct str typed = cases_cell(&s, i, "typed"), means = cases_cell(&s, i, "means");
        const struct people_place *place = people_places_named(p, typed);

        ck_assert_msg(place == NULL ? means.n == 0 : str_eq_z(means, place->code), "%.*s: %s", (int)typed.n, typed.p,
                      place == NULL ? "none" : place->code);
    }
    arena_free(mem);
}
END_TEST

static bool was(const struct people_places *p, const char *code, const char *day)
{
    bool was_then;

    ck_assert_ptr_nonnull(people_places_on(p, code, day_parse(str_of(day)), &was_then));
    return was_then;
}

START_TEST(test_places__a_code_is_in_force_from_its_first_to_its_last_day)
{
    struct arena *mem = arena_new(0);
    const struct people_places *p = people_places_new(mem);
    bool was_then;

    ck_assert(was(p, "M405", "2019-01-01") && !was(p, "M405", "2018-12-31"));
    ck_assert(was(p, "F769", "1998-12-31") && !was(p, "F769", "1999-01-01"));
    ck_assert(was(p, "L219", "1920-02-29") && was(p, "G113", "1950-01-01")); /* Oristano was before its province */
    ck_assert_ptr_null(people_places_on(p, "X999", 0, &was_then));
    ck_assert(!was_then);
    ck_assert(str_eq_z(people_places_on(p, "A001", day_parse(STR("1924-11-13")), &was_then)->name, "Abano") && was_then);
    ck_assert(str_eq_z(people_places_on(p, "A001", day_parse(STR("1924-11-14")), &was_then)->name, "Abano Terme") && was_then);
    ck_assert_int_ge(people_places_count(p), 9700);
    arena_free(mem);
}
END_TEST

/* One record of a birth place, a citizenship, a codice fiscale. */
static const struct people_record *born(struct arena *mem, struct people_set **set, const char *place, const char *citizenship, const char *code)
{
    struct people_raw raw = {.id = STR("a")};
    struct str twice;

    *set = people_set_new(mem, 2026);
    raw.field[PEOPLE_BIRTHPLACE] = str_of(place);
    raw.field[PEOPLE_CITIZENSHIP] = str_of(citizenship);
    raw.field[PEOPLE_TAX] = str_of(code);
    people_set_add(*set, &raw);
    ck_assert_int_eq(people_set_seal(*set, &twice), ST_OK);
    return people_set_record(*set, 0);
}

static const char *closed(struct arena *mem, const char *fifteen)
{
    return str_fmt(mem, "%s%c", fifteen, people_cf_check(fifteen)).p;
}

static bool is_place(const struct people_set *set, const struct people_record *r, const char *name)
{
    const struct people_value *v = people_set_value(set, PEOPLE_OF_PLACE, r->birthplace);

    return r->birthplace == 0 ? *name == '\0' : v->n == strlen(name) && memcmp(v->text, name, v->n) == 0;
}

START_TEST(test_places__one_place_by_all_its_names)
{
    struct arena *mem = arena_new(0);
    struct people_set *set;

    const struct people_record *r = born(mem, &set, "Abano", "", "");

    ck_assert(is_place(set, r, "ABANO TERME"));
    r = born(mem, &set, "Pecco", "", "");

    ck_assert(is_place(set, r, "VAL DI CHY"));
    r = born(mem, &set, "", "", closed(mem, "RSSMRA50A01A056"));
    ck_assert(is_place(set, r, "ADRANO") && (r->flags & PEOPLE_PLACE_DERIVED) != 0);
    r = born(mem, &set, "", "", closed(mem, "RSSMRA28A01A056"));
    ck_assert(is_place(set, r, "ADRANO") && str_eq_z(people_set_place_in_code(set, 0), "Adernò")); /* by its name of that day */
    arena_free(mem);
}
END_TEST

START_TEST(test_places__states_that_are_no_more)
{
    struct arena *mem = arena_new(0);
    struct people_set *set;
    const struct people_record *r = born(mem, &set, "URSS", "Ucraina", "");

    ck_assert(is_place(set, r, "UCRAINA") && (r->flags & PEOPLE_PLACE_IS_STATE) != 0);
    ck_assert(str_eq_z(people_set_origin(set, r->origin), "UCRAINA"));
    r = born(mem, &set, "URSS", "", "");
    ck_assert(is_place(set, r, "") && r->origin == 0); /* which of fifteen cannot be told */
    r = born(mem, &set, "Tonca", "", "");
    ck_assert(is_place(set, r, "TONCA") && (r->flags & PEOPLE_PLACE_IS_STATE) == 0); /* no slip of Tonga: desks do not meet it */
    r = born(mem, &set, "Germania Est", "", "");
    ck_assert(is_place(set, r, "GERMANIA"));
    r = born(mem, &set, "Ucraina", "Ucraina", closed(mem, "SHVLKS70A41Z135"));
    ck_assert((r->flags & (PEOPLE_PLACE_NOT_OF_CODE | PEOPLE_PLACE_NOT_THEN)) == 0);
    r = born(mem, &set, "Ucraina", "Ucraina", closed(mem, "SHVLKS99A41Z135"));
    ck_assert_int_eq(r->flags & (PEOPLE_PLACE_NOT_OF_CODE | PEOPLE_PLACE_NOT_THEN), PEOPLE_PLACE_NOT_THEN);
    r = born(mem, &set, "Marocco", "", closed(mem, "SHVLKS70A41Z118"));
    ck_assert_int_eq(r->flags & (PEOPLE_PLACE_NOT_OF_CODE | PEOPLE_PLACE_NOT_THEN), PEOPLE_PLACE_NOT_OF_CODE);
    r = born(mem, &set, "", "Croata", closed(mem, "SHVLKS70A41Z118"));
    ck_assert(is_place(set, r, "CROAZIA") && str_eq_z(people_set_origin(set, r->origin), "CROAZIA"));
    arena_free(mem);
}
END_TEST

START_TEST(test_places__doubts_are_said_and_nothing_is_invalid)
{
    struct arena *mem = arena_new(0);
    struct people_set *set;
    struct str words[PEOPLE_DOUBTS];
    const struct people_record *r = born(mem, &set, "Torino", "", closed(mem, "RSSMRA80A01M405"));
    struct buf b = buf_new(mem, 256);

    ck_assert_int_eq(r->flags & (PEOPLE_PLACE_NOT_OF_CODE | PEOPLE_PLACE_NOT_THEN), PEOPLE_PLACE_NOT_OF_CODE | PEOPLE_PLACE_NOT_THEN);
    ck_assert(r->tax != 0 && people_set_code(set, r->tax)->is_valid);
    ck_assert_int_eq(people_doubts_in_words(LANG_IT, r, words), 2);
    ck_assert_uint_eq(people_codes_write(&b, set), 1);
    ck_assert_str_eq(str_z(mem, buf_view(&b)), str_fmt(mem, "rec_id,code,doubts,birth_date,sex,belfiore,birth_place\n%s",
                                                       "\"a\",valid,not-then not-given,1980-01-01,\"M\",\"M405\",\"Val di Chy\"\n").p);
    r = born(mem, &set, "Alice Superiore", "", closed(mem, "RSSMRA80A01M405"));
    ck_assert_int_eq(r->flags & PEOPLE_PLACE_NOT_OF_CODE, 0); /* where it is today */
    r = born(mem, &set, "Italia", "", closed(mem, "RSSMRA80A01L219"));
    ck_assert_int_eq(r->flags & (PEOPLE_PLACE_NOT_OF_CODE | PEOPLE_PLACE_NOT_THEN), 0);
    ck_assert_int_eq(people_doubts_in_words(LANG_IT, r, words), 0);
    ck_assert(people_cf_is_of_another(PEOPLE_CF_NOT_GIVEN | PEOPLE_CF_NOT_PLACE) && !people_cf_is_of_another(PEOPLE_CF_NOT_PLACE));
    arena_free(mem);
}
END_TEST

static const char *written(struct arena *mem, const char *text)
{
    char path[] = "/tmp/wecare-places-XXXXXX";
    const int fd = mkstemp(path);

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    return str_fmt(mem, "%s", path).p;
}

START_TEST(test_places__another_archive_in_place_of_the_one_built_in)
{
    static const struct {
        const char *text, *why;
    } wrong[] = {
        {"code,name\nA001,Abano\n", "row 2: The column \"CODCATASTALE, DENOMINAZIONE_IT, DATAISTITUZIONE, DATACESSAZIONE\" is missing."},
        {"code,name,from,until\nA001,Abano,1866-11-31,\n", "row 2: a date is not a day written as 2026-01-31"},
        {"code,name,from,until\nA001,Abano,1866-11-19,,,\n", "row 2: "},
        {"code,name,from,until\n,Italia,,\n", "there is no comune with a code in it"},
        {"", "row 1: "}};
    struct arena *mem = arena_new(0);
    struct people_places *p;
    struct str why;
    bool was_then;
    const char *good = written(mem, "\"ID\",\"DATAISTITUZIONE\",\"DATACESSAZIONE\",\"CODCATASTALE\",\"DENOMINAZIONE_IT\",\"SIGLAPROVINCIA\"\n"
                                    "\"2\",\"1935-04-08\",\"9999-12-31\",\"A479\",\"ASTI\",\"AT\"\n"
                                    "\"1\",\"1876-11-04\",\"1935-04-07\",\"A479\",\"ASTI\",\"AL\"\n");

    ck_assert_int_eq(people_places_read(mem, good, &p, &why), ST_OK);
    ck_assert_int_eq(people_places_count(p), 2);
    ck_assert_str_eq(people_places_on(p, "A479", day_parse(STR("1935-04-07")), &was_then)->province, "AL");
    ck_assert_str_eq(people_places_on(p, "A479", day_parse(STR("1935-04-08")), &was_then)->province, "AT");
    ck_assert_str_eq(people_places_named(p, STR("Asti"))->province, "AT");
    unlink(good);
    ck_assert_int_eq(people_places_read(mem, "/nowhere/at/all.csv", &p, &why), ST_NOT_FOUND);
    for (int i = 0; i < ARRAY_LEN(wrong); i++) {
        const char *path = written(mem, wrong[i].text);

        ck_assert_msg(people_places_read(mem, path, &p, &why) == ST_INVALID && str_starts(why, str_of(wrong[i].why)), "%d: %.*s", i, (int)why.n,
                      why.p);
        unlink(path);
    }
    arena_free(mem);
}
END_TEST

/* The archive with all its rows stands beside the clone for tests alone: ours agrees with it. */
START_TEST(test_places__the_whole_archive_says_the_same)
{
    static const char *const days[] = {"1925-06-15", "1935-06-15", "1950-06-15", "1965-06-15", "1980-06-15", "1995-06-15", "2010-06-15", "2025-06-15"};
    struct arena *mem = arena_new(0);
    const char *folder = getenv("TEST_SHARED"), *source = getenv("WECARE_SOURCE");
    const char *path = folder != NULL ? str_fmt(mem, "%s/data/belfiore_codes.csv", folder).p : str_fmt(mem, "%s/../shared/data/belfiore_codes.csv", source).p;
    struct people_places *all;
    const struct people_places *ours = people_places_new(mem);
    struct str why = {"", 0};
    int n = 0, n_same = 0, n_late = 0, n_codes = 0, n_found = 0;

    if (access(path, R_OK) != 0) {
        printf("# %s is not here: our archive of comuni is not compared\n", path);
        arena_free(mem);
        return;
    }
    ck_assert_msg(people_places_read(mem, path, &all, &why) == ST_OK, "%.*s", (int)why.n, why.p);
    for (char letter = 'A'; letter <= 'M'; letter++)
        for (int k = 0; k < 1000; k++) {
            const char *code = str_fmt(mem, "%c%03d", letter, k).p;
            bool x, y;

            if (people_places_on(all, code, day_parse(STR("1905-01-01")), &x) == NULL)
                continue;
            n_codes++;
            if (people_places_on(ours, code, 0, &y) == NULL)
                continue;
            n_found++;
            for (int d = 0; d < ARRAY_LEN(days); d++) {
                people_places_on(all, code, day_parse(str_of(days[d])), &x);
                people_places_on(ours, code, day_parse(str_of(days[d])), &y);
                n++;
                n_same += x == y;
                n_late += x && !y; /* a doubt that is none */
            }
        }
    printf("# %d codes, %d in ours; %d days asked, %.4f the same, %d doubts that are none\n", n_codes, n_found, n, (double)n_same / n, n_late);
    ck_assert_msg(n_codes > 9800 && n_found >= n_codes - 130, "%d of %d", n_found, n_codes);
    ck_assert_msg(n_late <= n / 500, "%d doubts that are none of %d", n_late, n);
    ck_assert_msg(n_same >= n * 0.97, "%d of %d", n_same, n);
    arena_free(mem);
}
END_TEST

UNIT_MAIN("people_places", test_places__a_name_means_the_comune_of_today, test_places__a_code_is_in_force_from_its_first_to_its_last_day,
          test_places__one_place_by_all_its_names, test_places__states_that_are_no_more, test_places__doubts_are_said_and_nothing_is_invalid,
          test_places__another_archive_in_place_of_the_one_built_in, test_places__the_whole_archive_says_the_same)

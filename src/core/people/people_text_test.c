/* people_text_test.c - what desks type, in one form; measures and codes, by examples. */
#include "people_cf.h"
#include "people_compare.h"
#include "people_measure.h"
#include "tests/support/cases.h"
#include "unit.h"
#include <math.h>
#include <string.h>

START_TEST(test_people__names_fold_to_bare_letters)
{
    struct arena *mem = arena_new(0);
    const struct cases s = cases_read(mem, "core/people/cases/names.tsv");

    ck_assert_int_ge(s.n_rows, 10);
    for (int i = 0; i < s.n_rows; i++) {
        char f[PEOPLE_TEXT_MAX], again[PEOPLE_TEXT_MAX];
        const struct str typed = cases_cell(&s, i, "typed"), want = cases_cell(&s, i, "folded");
        const size_t n = people_fold(typed, PEOPLE_UKRAINIAN, f, sizeof f);

        ck_assert_msg(str_eq((struct str){f, n}, want), "%.*s: %.*s", (int)typed.n, typed.p, (int)n, f);
        ck_assert(people_fold((struct str){f, n}, PEOPLE_UKRAINIAN, again, sizeof again) == n && memcmp(f, again, n) == 0);
    }
    arena_free(mem);
}
END_TEST

START_TEST(test_people__any_bytes_fold_to_letters_figures_and_single_blanks)
{
    uint64_t state = 7;

    for (int round = 0; round < 20000; round++) {
        unsigned char bytes[40];
        char f[PEOPLE_TEXT_MAX], again[PEOPLE_TEXT_MAX];

        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = (unsigned char)((state = state * 6364136223846793005u + 1442695040888963407u) >> 56);
        const size_t n = people_fold((struct str){(const char *)bytes, sizeof bytes}, round % 2, f, sizeof f);

        for (size_t i = 0; i < n; i++)
            ck_assert((f[i] >= 'A' && f[i] <= 'Z') || (f[i] >= '0' && f[i] <= '9') || (f[i] == ' ' && i > 0 && f[i - 1] != ' ' && i + 1 < n));
        ck_assert(people_fold((struct str){f, n}, PEOPLE_RUSSIAN, again, sizeof again) == n && memcmp(f, again, n) == 0);
    }
}
END_TEST

START_TEST(test_people__codes_are_read_repaired_and_refused)
{
    static const char *const states[] = {"none", "valid", "invalid", "cut"};
    struct arena *mem = arena_new(0);
    const struct cases s = cases_read(mem, "core/people/cases/codes.tsv");

    ck_assert_int_ge(s.n_rows, 27);
    for (int i = 0; i < s.n_rows; i++) {
        const struct str code = cases_cell(&s, i, "code"), birth = cases_cell(&s, i, "birth"), surname = cases_cell(&s, i, "surname"),
                         given = cases_cell(&s, i, "given");
        struct people_cf cf;
        char three[3];

        people_cf_read(code, 2025, &cf);
        ck_assert_msg(str_eq_z(cases_cell(&s, i, "state"), states[cf.state]), "%s is %s", str_z(mem, code), states[cf.state]);
        ck_assert_msg(cf.has_birth == (birth.n > 0), "%s", str_z(mem, code));
        if (birth.n > 0)
            ck_assert_msg(str_eq(birth, str_fmt(mem, "%04d-%02d-%02d", cf.year, cf.month, cf.day)) && cases_cell(&s, i, "sex").p[0] == cf.sex, "%s",
                          str_z(mem, code));
        ck_assert_msg(birth.n == 0 || str_eq_z(cases_cell(&s, i, "belfiore"), cf.belfiore), "%s: %s", str_z(mem, code), cf.belfiore);
        if (surname.n > 0) {
            people_cf_surname(surname.p, surname.n, three);
            ck_assert(memcmp(three, cf.base, 3) == 0);
            people_cf_given(given.p, given.n, three);
            ck_assert(memcmp(three, cf.base + 3, 3) == 0);
        }
    }
    arena_free(mem);
}
END_TEST

START_TEST(test_people__omocodia_is_undone_and_repairs_are_said)
{
    struct people_cf plain, omocodic, repaired;

    people_cf_read(STR("RSSMRA80A01H501U"), 2025, &plain);
    people_cf_read(STR("RSSMRAULALMHRLMD"), 2025, &omocodic);
    people_cf_read(STR("RSSMRA8OAO1H5O1U"), 2025, &repaired);
    ck_assert(memcmp(plain.base, omocodic.base, 15) == 0 && omocodic.is_omocodic && !plain.is_omocodic);
    ck_assert(repaired.is_repaired && !plain.is_repaired);
    ck_assert(people_cf_is_of_another(PEOPLE_CF_NOT_GIVEN | PEOPLE_CF_NOT_BIRTH) && people_cf_is_of_another(PEOPLE_CF_NOT_GIVEN | PEOPLE_CF_NOT_SEX));
    ck_assert(!people_cf_is_of_another(PEOPLE_CF_NOT_GIVEN) && !people_cf_is_of_another(PEOPLE_CF_NOT_SURNAME | PEOPLE_CF_NOT_BIRTH));
}
END_TEST

START_TEST(test_people__measures_have_their_known_values)
{
    static const struct {
        const char *a, *b;
        double jaro, winkler;
        int levenshtein, damerau;
    } known[] = {{"MARTHA", "MARHTA", .944444, .961111, 2, 1},   {"DIXON", "DICKSONX", .766667, .813333, 4, 4},
                 {"DWAYNE", "DUANE", .822222, .84, 2, 2},        {"CRATE", "TRACE", .733333, .733333, 2, 2},
                 {"GRECO", "GREKO", .866667, .906667, 1, 1},     {"LI", "LY", .666667, .666667, 1, 1},
                 {"ABCD", "ABCD", 1, 1, 0, 0},                   {"CA", "ABC", 0, 0, 3, 2}};

    for (int i = 0; i < ARRAY_LEN(known); i++) {
        const char *a = known[i].a, *b = known[i].b;
        const size_t na = strlen(a), nb = strlen(b);

        ck_assert_msg(fabs(people_jaro(a, na, b, nb) - known[i].jaro) < 1e-6, "%s %s %f", a, b, people_jaro(a, na, b, nb));
        ck_assert_msg(fabs(people_jaro_winkler(a, na, b, nb) - known[i].winkler) < 1e-6, "%s %s", a, b);
        ck_assert_int_eq(people_levenshtein(a, na, b, nb), known[i].levenshtein);
        ck_assert_int_eq(people_damerau(a, na, b, nb), known[i].damerau);
    }
}
END_TEST

START_TEST(test_people__slips_are_one_edit)
{
    uint64_t state = 5;

    for (int round = 0; round < 20000; round++) {
        char a[8], b[8];
        const size_t na = 1 + (state >> 20) % 7, nb = 1 + (state >> 40) % 7;

        for (size_t i = 0; i < 8; i++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            a[i] = (char)('A' + (state >> 33) % 3);
            b[i] = (char)('A' + (state >> 50) % 3);
        }
        ck_assert_int_eq(people_is_one_slip(a, na, b, nb), people_damerau(a, na, b, nb) <= 1);
    }
}
END_TEST

static int level_or_none(struct str cell)
{
    int64_t v;

    return str_to_int(cell, &v) ? (int)v : PEOPLE_LEVEL_NONE;
}

START_TEST(test_people__names_agree_as_a_person_would_say)
{
    struct arena *mem = arena_new(0);
    const struct cases s = cases_read(mem, "core/people/cases/likenesses.tsv");

    ck_assert_int_ge(s.n_rows, 13);
    for (int i = 0; i < s.n_rows; i++) {
        struct people_set *set = people_set_new(mem, 2026);
        struct people_raw a = {.id = STR("a")}, b = {.id = STR("b")};
        struct str twice;

        a.field[PEOPLE_GIVEN] = cases_cell(&s, i, "given_a");
        a.field[PEOPLE_SURNAME] = cases_cell(&s, i, "surname_a");
        b.field[PEOPLE_GIVEN] = cases_cell(&s, i, "given_b");
        b.field[PEOPLE_SURNAME] = cases_cell(&s, i, "surname_b");
        people_set_add(set, &a);
        people_set_add(set, &b);
        ck_assert_int_eq(people_set_seal(set, &twice), ST_OK);
        const uint64_t p = people_compare(people_comparer_new(mem, set), 0, 1), q = people_compare(people_comparer_new(mem, set), 1, 0);

        ck_assert_msg(people_level(p, PEOPLE_COL_GIVEN) == level_or_none(cases_cell(&s, i, "given")) &&
                          people_level(p, PEOPLE_COL_SURNAME) == level_or_none(cases_cell(&s, i, "surname")) &&
                          people_level(p, PEOPLE_COL_ORDER) == level_or_none(cases_cell(&s, i, "order")),
                      "row %d: %d %d %d", i + 1, people_level(p, PEOPLE_COL_GIVEN), people_level(p, PEOPLE_COL_SURNAME),
                      people_level(p, PEOPLE_COL_ORDER));
        ck_assert_uint_eq(p, q);
    }
    arena_free(mem);
}
END_TEST

START_TEST(test_people__particles_belong_to_the_next_word)
{
    struct people_name whole, bare;

    people_name_read(STR("El Naciri"), &whole);
    people_name_read(STR("NACIRI"), &bare);
    ck_assert_int_eq(whole.n_tokens, 1);
    ck_assert_uint_eq(whole.token[0].tail, bare.token[0].sound);
    ck_assert_uint_ne(bare.token[0].sound, 0);
}
END_TEST

START_TEST(test_people__addresses_and_phones_lose_their_dress)
{
    static const struct {
        const char *typed, *street;
        int number;
    } known[] = {{"V. Roma 52", "ROMA", 52},
                 {"VIA ROMA, 52/A", "ROMA", 52},
                 {"C.so Giulio Cesare n. 19", "GIULIOCESARE", 19},
                 {"Via XX Settembre 142", "20SETTEMBRE", 142},
                 {"via 20 settembre, 142", "20SETTEMBRE", 142},
                 {"V. IV Novembre 112", "4NOVEMBRE", 112},
                 {"Via S. Giovanni", "SGIOVANNI", 0}};
    struct people_address a;
    char phone[16];

    for (int i = 0; i < ARRAY_LEN(known); i++) {
        people_address_read(str_of(known[i].typed), &a);
        ck_assert_msg(strncmp(a.street, known[i].street, 32) == 0 && a.number == known[i].number, "%s: %.32s %d", known[i].typed, a.street, a.number);
    }
    people_address_read(STR("Residenza fittizia, via della Casa Comunale 1"), &a);
    ck_assert(a.is_fictitious);
    ck_assert_uint_eq(people_phone(STR("+39 347-220.6536"), phone), 10);
    ck_assert(memcmp(phone, "3472206536", 10) == 0);
    ck_assert_uint_eq(people_phone(STR("0039 3472206536"), phone), 10);
    ck_assert(memcmp(phone, "3472206536", 10) == 0);
    ck_assert_uint_eq(people_phone(STR("12-34"), phone), 0);
}
END_TEST

UNIT_MAIN("people_text", test_people__names_fold_to_bare_letters, test_people__any_bytes_fold_to_letters_figures_and_single_blanks,
          test_people__codes_are_read_repaired_and_refused, test_people__omocodia_is_undone_and_repairs_are_said,
          test_people__measures_have_their_known_values, test_people__slips_are_one_edit,
          test_people__names_agree_as_a_person_would_say, test_people__particles_belong_to_the_next_word,
          test_people__addresses_and_phones_lose_their_dress)

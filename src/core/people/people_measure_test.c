/* people_measure_test.c - every path of a measure gives the same bits, and what is decided without measuring is decided right. */
#include "people_compare.h"
#include "people_measure.h"
#include "people_testing.h"
#include "sanitized.h"
#include "unit.h"
#include <string.h>

enum { ROUNDS = SANITIZED_OR(150000, 3000000), PERSONS = SANITIZED_OR(150, 500), SEEN = 5 };

static uint64_t next(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

/* Jaro-Winkler as books have it, of the first 32 letters. */
static double of_the_books(const char *a, size_t na, const char *b, size_t nb)
{
    bool taken_a[32] = {false}, taken_b[32] = {false};
    int m = 0, moved = 0;
    size_t k = 0, same = 0;

    na = na > 32 ? 32 : na;
    nb = nb > 32 ? 32 : nb;
    const int reach = (int)(na > nb ? na : nb) / 2 - 1;

    if (na == 0 || nb == 0)
        return na == nb;
    for (int i = 0; i < (int)na; i++)
        for (int j = 0; j < (int)nb && !taken_a[i]; j++)
            if (abs(i - j) <= (reach < 0 ? 0 : reach) && !taken_b[j] && a[i] == b[j]) {
                taken_a[i] = taken_b[j] = true;
                m++;
            }
    for (size_t i = 0; i < na; i++)
        if (taken_a[i]) {
            while (!taken_b[k])
                k++;
            moved += a[i] != b[k++];
        }
    const double d = m, jaro = m == 0 ? 0 : (d / (double)na + d / (double)nb + (d - moved / 2) / d) / 3;

    while (same < 4 && same < na && same < nb && a[same] == b[same])
        same++;
    return jaro <= 0.7 ? jaro : jaro + (double)same * 0.1 * (1 - jaro);
}

static void ck_paths(const char a[32], size_t na, const char b[32], size_t nb)
{
    struct people_jw_path paths[PEOPLE_JW_PATHS];
    const int n = people_jw32_paths(paths);
    const double want = of_the_books(a, na, b, nb), whole = people_jaro_winkler(a, na > 32 ? 32 : na, b, nb > 32 ? 32 : nb);

    if (memcmp(&want, &whole, sizeof want) != 0)
        ck_abort_msg("%.32s %.32s: %.17g and %.17g", a, b, want, whole);
    for (int i = 0; i < n; i++) {
        const double got = paths[i].of(a, na, b, nb);

        if (memcmp(&want, &got, sizeof want) != 0)
            ck_abort_msg("%s, %.32s (%zu) %.32s (%zu): %.17g and %.17g", paths[i].name, a, na, b, nb, want, got);
    }
}

/* Of 1 to 26 letters, or of any bytes but zero; half of the second texts are the first with slips. */
static void make_texts(uint64_t *state, char a[32], size_t *na, char b[32], size_t *nb)
{
    static const uint64_t lengths[] = {9, 17, 41};
    const uint64_t n_letters = 1 + next(state) % 26, most = lengths[next(state) % 3];
    const bool is_any = next(state) % 4 == 0, is_near = next(state) % 2 == 0;

    *na = next(state) % most;
    *nb = is_near ? *na : next(state) % most;
    memset(a, 0, 32);
    memset(b, 0, 32);
    for (size_t i = 0; i < *na && i < 32; i++)
        a[i] = (char)(is_any ? 1 + next(state) % 255 : 'A' + next(state) % n_letters);
    for (size_t i = 0; i < *nb && i < 32; i++)
        b[i] = is_near ? a[i] : (char)(is_any ? 1 + next(state) % 255 : 'A' + next(state) % n_letters);
    const size_t n = *nb < 32 ? *nb : 32;

    for (uint64_t slips = next(state) % 4; is_near && n > 1 && slips > 0; slips--) {
        const size_t i = next(state) % n, k = next(state) % n;
        const char t = b[i];

        b[i] = b[k];
        b[k] = t;
    }
}

START_TEST(test_people__every_path_gives_the_same_bits)
{
    struct people_jw_path paths[PEOPLE_JW_PATHS];
    uint64_t state = 99;
    const int n = people_jw32_paths(paths);

    ck_assert(people_jw32() == paths[0].of && paths[n - 1].of == people_jw32_portable);
    for (int round = 0; round < ROUNDS; round++) {
        char a[32], b[32];
        size_t na, nb;

        make_texts(&state, a, &na, b, &nb);
        ck_paths(a, na, b, nb);
    }
}
END_TEST

/* One letter alone, two in turn, the same word moved by some places: what windows and free places are for. */
START_TEST(test_people__repeated_and_moved_letters_give_the_same_bits)
{
    for (size_t na = 0; na <= 40; na++)
        for (size_t nb = 0; nb <= 40; nb++)
            for (int shape = 0; shape < 6; shape++)
                for (size_t moved = 0; moved < 17; moved++) {
                    char a[32] = {0}, b[32] = {0};

                    for (size_t i = 0; i < na && i < 32; i++)
                        a[i] = (char)(shape == 0 ? 'A' : shape == 1 ? 'A' + i % 2 : shape == 2 ? 'A' + i % 5 : shape == 5 ? 0x80 + i : 'A' + i);
                    for (size_t i = 0; i < nb && i < 32; i++)
                        b[i] = shape == 4 ? (char)('A' + (40 + moved - i) % 32) : shape < 2 ? (char)('A' + (i + moved) % 2) : a[(i + moved) % 32];
                    for (size_t i = 0; i < nb && i < 32; i++)
                        b[i] = b[i] == 0 ? 'Z' : b[i];
                    ck_paths(a, na, b, nb);
                }
}
END_TEST

START_TEST(test_people__letters_in_common_never_refuse_what_reaches_the_level)
{
    static const double levels[] = {0.75, 0.83, 0.92, 0.5, 0.99};
    uint64_t state = 7;
    int n_refused = 0, n_near = 0;

    for (int round = 0; round < ROUNDS; round++) {
        char a[32], b[32];
        size_t na, nb;

        make_texts(&state, a, &na, b, &nb);
        if (na == 0 || nb == 0)
            continue;
        const struct people_letters x = people_letters_of(a, na), y = people_letters_of(b, nb);
        const uint32_t n_common = people_letters_common(&x, &y);
        const double jw = people_jw32_portable(a, na, b, nb);

        for (int l = 0; l < ARRAY_LEN(levels); l++) {
            const struct people_bar bar = people_bar_of(levels[l]);
            const bool is_refused = people_letters_miss(&x, &y, n_common, &bar);

            if (is_refused && jw >= levels[l])
                ck_abort_msg("%.32s %.32s: %.17g, and %g is refused", a, b, jw, levels[l]);
            n_refused += is_refused;
            n_near += jw >= levels[l] && jw < levels[l] + 0.01;
        }
    }
    ck_assert_int_gt(n_refused, ROUNDS / 2); /* it refuses much, and what it may not refuse was there */
    ck_assert_int_gt(n_near, ROUNDS / 100);
}
END_TEST

/* ---- levels, measured always: what people_compare says without measuring must be this ---- */

static bool is_token_of(const struct people_token *t, const struct people_name *n)
{
    for (int i = 0; i < n->n_tokens; i++) {
        const struct people_token *u = &n->token[i];

        if (t->n >= 3 && u->n >= 3 &&
            (t->sound == u->sound || (t->tail != 0 && (t->tail == u->sound || t->tail == u->tail)) || (u->tail != 0 && u->tail == t->sound)))
            return true;
    }
    return false;
}

static int name_level(const struct people_set *set, uint32_t x, uint32_t y, bool is_given)
{
    if (memcmp(people_set_value(set, PEOPLE_OF_NAME, x)->text, people_set_value(set, PEOPLE_OF_NAME, y)->text, 32) > 0)
        return name_level(set, y, x, is_given);
    const struct people_name *a = people_set_name(set, x), *b = people_set_name(set, y);
    int n_shared = 0;

    if (x == y || memcmp(a->joined, b->joined, 32) == 0)
        return 0;
    if (a->sound == b->sound || a->sound_russian == b->sound_russian ||
        (is_given && people_set_group(set, x) != 0 && people_set_group(set, x) == people_set_group(set, y)))
        return 1;
    for (int i = 0; i < a->n_tokens; i++)
        n_shared += is_token_of(&a->token[i], b);
    if (n_shared >= (a->n_tokens < b->n_tokens ? a->n_tokens : b->n_tokens))
        return 2;
    const double jw = of_the_books(a->joined, a->n, b->joined, b->n);
    const int least = a->n < b->n ? a->n : b->n;

    if (jw >= 0.92 || (least >= 4 && memcmp(a->joined, b->joined, (size_t)least) == 0) ||
        (least >= 4 && people_is_one_slip(a->joined, a->n, b->joined, b->n)))
        return 3;
    return n_shared > 0 || jw >= 0.84 ? 4 : jw >= 0.75 || (least == 1 && a->joined[0] == b->joined[0]) ? 5 : 6;
}

static int text_level(const struct people_set *set, enum people_kind kind, uint32_t x, uint32_t y)
{
    const struct people_value *a = people_set_value(set, kind, x), *b = people_set_value(set, kind, y);

    if (x == 0 || y == 0)
        return PEOPLE_LEVEL_NONE;
    if (x == y)
        return 0;
    if (kind == PEOPLE_OF_PHONE)
        return people_is_one_slip(a->text, a->n, b->text, b->n) ? 1 : 2;
    const double jw = memcmp(a->text, b->text, 32) > 0 ? of_the_books(b->text, b->n, a->text, a->n) : of_the_books(a->text, a->n, b->text, b->n);

    return jw >= 0.92 ? 1 : jw >= 0.83 ? 2 : 3;
}

static void ck_pair(const struct people_set *set, struct people_comparer *c, uint32_t ia, uint32_t ib, int seen[SEEN])
{
    const struct people_record *a = people_set_record(set, ia), *b = people_set_record(set, ib);
    const uint64_t p = people_compare(c, ia, ib);
    int given = PEOPLE_LEVEL_NONE, surname = PEOPLE_LEVEL_NONE, order = PEOPLE_LEVEL_NONE;

    if (a->given != 0 && b->given != 0)
        given = name_level(set, a->given, b->given, true);
    if (a->surname != 0 && b->surname != 0)
        surname = name_level(set, a->surname, b->surname, false);
    if (given != PEOPLE_LEVEL_NONE && surname != PEOPLE_LEVEL_NONE) {
        const int g = name_level(set, a->given, b->surname, false), s = name_level(set, a->surname, b->given, false);

        order = given <= 3 && surname <= 3 ? 0 : g <= 3 && s <= 3 ? 1 : PEOPLE_LEVEL_NONE;
        if (order == 1) {
            given = g < s ? g : s;
            surname = g < s ? s : g;
        }
    }
    const int want[] = {given, surname, order, text_level(set, PEOPLE_OF_PHONE, a->phone, b->phone),
                        text_level(set, PEOPLE_OF_EMAIL, a->email, b->email),
                        text_level(set, PEOPLE_OF_OTHER, a->postcode, b->postcode)};
    static const int columns[] = {PEOPLE_COL_GIVEN, PEOPLE_COL_SURNAME, PEOPLE_COL_ORDER, PEOPLE_COL_PHONE, PEOPLE_COL_EMAIL, PEOPLE_COL_POSTCODE};

    /* a check that says something each time would take longer than all that is checked */
    for (int i = 0; i < ARRAY_LEN(columns); i++)
        if (people_level(p, columns[i]) != want[i])
            ck_abort_msg("%.32s %.32s, %.32s %.32s: %s is %d, not %d", people_set_name(set, a->given)->joined,
                         people_set_name(set, a->surname)->joined, people_set_name(set, b->given)->joined,
                         people_set_name(set, b->surname)->joined, people_column_name[columns[i]], people_level(p, columns[i]), want[i]);
    seen[0] += given > 0 && given < 6;
    seen[1] += given == 6;
    seen[2] += order == 1;
    seen[3] += people_level(p, PEOPLE_COL_PHONE) == 1;
    seen[4] += surname > 0 && surname < 6;
}

START_TEST(test_people__levels_are_those_of_the_measures)
{
    struct arena *mem = arena_new(0);
    struct people_set *set = people_world_set(mem, 21, PERSONS, NULL);
    struct people_comparer *c = people_comparer_new(mem, set);
    int seen[SEEN] = {0};

    for (uint32_t i = 0; i < people_set_count(set); i++)
        for (uint32_t k = i + 1; k < people_set_count(set); k++)
            ck_pair(set, c, i, k, seen);
    ck_assert_int_gt(seen[0], 100);
    ck_assert_int_gt(seen[1], 1000);
    ck_assert_int_gt(seen[2], 3);
    ck_assert_int_gt(seen[4], 100);
    arena_free(mem);
}
END_TEST

/* Written by hand: initials, one letter, beginnings, slips, exchanges, sounds, equivalent names, telephones. */
START_TEST(test_people__levels_of_odd_names_are_those_of_the_measures)
{
    static const char *const names[] = {
        "A", "B", "AB", "Anna", "Ana", "Hanna", "Anna Maria", "Maria Anna", "M", "Giuseppe", "Beppe", "Pino", "Singh", "Sing", "Kaur",
        "Roberti", "Roberto", "Robert", "Trebor", "Mohamed", "Md", "Muhammad", "Rossi", "Rossini", "Sorsi", "Isros", "Abcd", "Abdc",
        "Abce", "Abcde", "Bcde", "O", "D'Angelo", "El Naciri", "Naciri", "Bartolomeo Massimiliano Giuseppe", "Bart", "Bar"};
    static const char *const phones[] = {"3472206536", "3472206356", "3472206537", "347220653", "34722065361",
                                         "0112345",    "0112354",    "112345",     "",          "0000000"};
    struct arena *mem = arena_new(0);
    struct people_set *set = people_set_new(mem, 2026);
    struct str twice;
    int seen[SEEN] = {0}, n = 0;

    for (int i = 0; i < ARRAY_LEN(names); i++)
        for (int k = 0; k < ARRAY_LEN(names); k += 1 + i % 3) {
            struct people_raw raw = {.id = str_fmt(mem, "%06d", n)};

            raw.field[PEOPLE_GIVEN] = str_of(names[i]);
            raw.field[PEOPLE_SURNAME] = str_of(names[k]);
            raw.field[PEOPLE_PHONE] = str_of(phones[n % ARRAY_LEN(phones)]);
            raw.field[PEOPLE_EMAIL] = str_fmt(mem, "%s@%s.it", names[k], names[n % 7]);
            raw.field[PEOPLE_POSTCODE] = str_fmt(mem, "1%d1%d", n % 9, n % 7);
            people_set_add(set, &raw);
            n++;
        }
    ck_assert_int_eq(people_set_seal(set, &twice), ST_OK);
    struct people_comparer *c = people_comparer_new(mem, set);

    for (uint32_t i = 0; i < (uint32_t)n; i++)
        for (uint32_t k = i + 1; k < (uint32_t)n; k += SANITIZED_OR(7, 1))
            ck_pair(set, c, i, k, seen);
    ck_assert_int_gt(seen[2], 100);
    ck_assert_int_gt(seen[3], 100);
    arena_free(mem);
}
END_TEST

/* Values that come after the comparer are known when they are met. */
START_TEST(test_people__a_comparer_follows_its_set)
{
    struct arena *mem = arena_new(0);
    struct people_set *set = people_set_new(mem, 2026);
    struct people_comparer *c = people_comparer_new(mem, set);
    int seen[SEEN] = {0};

    for (int i = 0; i < 300; i++) {
        struct people_raw raw = {.id = str_fmt(mem, "%06d", i)};

        raw.field[PEOPLE_GIVEN] = str_fmt(mem, "Name%c%c", 'a' + i % 26, 'a' + i / 26);
        raw.field[PEOPLE_SURNAME] = str_fmt(mem, "%c%clong", 'a' + i % 26, 'a' + i / 26);
        raw.field[PEOPLE_PHONE] = str_fmt(mem, "347%06d", i * 7919 % 1000);
        raw.field[PEOPLE_EMAIL] = str_fmt(mem, "%d@a.it", i);
        people_set_add(set, &raw);
        for (int k = 0; k < i; k++)
            ck_pair(set, c, (uint32_t)k, (uint32_t)i, seen);
    }
    arena_free(mem);
}
END_TEST

UNIT_MAIN("people_measure", test_people__every_path_gives_the_same_bits, test_people__repeated_and_moved_letters_give_the_same_bits,
          test_people__letters_in_common_never_refuse_what_reaches_the_level, test_people__levels_are_those_of_the_measures,
          test_people__levels_of_odd_names_are_those_of_the_measures, test_people__a_comparer_follows_its_set)

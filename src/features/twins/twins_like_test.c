/* twins_like_test.c - who is asked about two descriptions, by the examples of cases/pairs.tsv. */
#include "twins_like.h"
#include "tests/unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 14, ROOM = 64 * 1024 };

static struct str all_cases(struct arena *mem)
{
    const char *top = getenv("WECARE_SOURCE");
    char path[512];
    char *bytes = ARENA_ARRAY(mem, char, ROOM);

    snprintf(path, sizeof path, "%s/src/features/twins/cases/pairs.tsv", top != NULL ? top : ".");
    FILE *f = fopen(path, "r");

    ck_assert_msg(f != NULL, "%s cannot be read", path);
    const size_t n = fread(bytes, 1, ROOM, f);

    fclose(f);
    return (struct str){bytes, n};
}

struct side {
    struct twins_face face;
    struct str phone, street;
};

static void read_side(struct side *s, const struct str *cells)
{
    int64_t comune = 0;

    ck_assert(str_to_int(cells[2], &comune));
    s->phone = cells[3];
    s->street = cells[4];
    s->face = (struct twins_face){.name = cells[0],
                                  .organisation = cells[1],
                                  .comune_id = comune,
                                  .comune_name = comune == 1 ? STR("Ivrea") : STR("Cuorgnè"),
                                  .phones = &s->phone,
                                  .n_phones = s->phone.n > 0,
                                  .streets = &s->street,
                                  .n_streets = s->street.n > 0,
                                  .email = cells[5]};
}

static bool share_a_key(struct arena *mem, const struct twins_face *a, const struct twins_face *b)
{
    int64_t ka[TWINS_KEYS], kb[TWINS_KEYS];
    const int na = twins_keys(mem, a, ka), nb = twins_keys(mem, b, kb);

    for (int i = 0; i < na; i++)
        for (int k = 0; k < nb; k++)
            if (ka[i] == kb[k])
                return true;
    return false;
}

START_TEST(test_like__examples_are_judged_as_a_person_would)
{
    struct arena *mem = arena_new(0);
    struct str rest = all_cases(mem);
    int n = 0, line = 0;

    while (rest.n > 0) {
        struct str row = str_cut(&rest, '\n'), cells[COLUMNS];
        struct side a, b;

        line++;
        if (row.n == 0 || row.p[0] == '#' || str_starts(row, STR("name_a\t")))
            continue;
        for (int i = 0; i < COLUMNS; i++)
            cells[i] = str_cut(&row, '\t');
        read_side(&a, cells);
        read_side(&b, cells + 6);
        const struct twins_likeness l = twins_compare(mem, &a.face, &b.face),
                                    back = twins_compare(mem, &b.face, &a.face);
        const bool wanted = str_eq_z(cells[12], "yes");

        ck_assert_msg((l.score >= TWINS_ASK) == wanted, "line %d: score %d, %.*s", line, l.score, (int)cells[13].n,
                      cells[13].p);
        ck_assert_msg(l.score == back.score && l.why == back.why, "line %d: %d one way, %d the other", line, l.score,
                      back.score);
        ck_assert_msg(!wanted || share_a_key(mem, &a.face, &b.face), "line %d: they would never meet", line);
        n++;
    }
    ck_assert_int_ge(n, 24);
    arena_free(mem);
}
END_TEST

START_TEST(test_like__a_tax_id_decides_between_bodies)
{
    struct arena *mem = arena_new(0);
    const struct str phone = STR("0125 555 0101");
    struct twins_face a = {.name = STR("Auser Ivrea"), .tax_id = STR("93000000011")}, b = {.name = STR("Associazione per l'invecchiamento")};

    b.tax_id = a.tax_id;
    ck_assert_int_eq(twins_compare(mem, &a, &b).score, 100);
    a.comune_id = 1;
    a.phones = &phone;
    a.n_phones = 1;
    b = a; /* the same name and number, another body in law */
    b.tax_id = STR("93000000029");
    ck_assert_int_eq(twins_compare(mem, &a, &b).score, 0);
    b.tax_id = STR("");
    ck_assert_int_ge(twins_compare(mem, &a, &b).score, TWINS_ASK);
    arena_free(mem);
}
END_TEST

/* Not a little, but nothing: whatever else is added to it later. */
START_TEST(test_like__a_name_alone_says_nothing)
{
    struct arena *mem = arena_new(0);
    struct twins_face a = {.name = STR("Centro d'ascolto"), .comune_id = 1, .site = STR("https://caritas.example.org")}, b = a;

    b.site = STR("");
    ck_assert_int_eq(twins_compare(mem, &a, &b).score, 0);
    ck_assert_int_eq(twins_compare(mem, &a, &b).why, 0);
    ck_assert_int_gt(twins_compare(mem, &a, &a).score, 0);
    arena_free(mem);
}
END_TEST

START_TEST(test_like__reasons_are_said)
{
    struct arena *mem = arena_new(0);
    const struct str phone = STR("0125 555 0101"), street = STR("via Roma 12");
    const struct twins_face a = {.name = STR("Emporio Granaio"), .comune_id = 1, .phones = &phone, .n_phones = 1, .streets = &street, .n_streets = 1, .site = STR("https://www.granaio.example.org/")};
    struct twins_face b = a;

    b.site = STR("http://granaio.example.org");
    const struct twins_likeness l = twins_compare(mem, &a, &b);

    ck_assert_int_eq(l.why, TWINS_WHY_NAME | TWINS_WHY_PHONE | TWINS_WHY_STREET | TWINS_WHY_COMUNE | TWINS_WHY_SITE);
    ck_assert_int_eq(l.score, 99);
    for (int i = 0; i < TWINS_N_WHY; i++)
        ck_assert_ptr_nonnull(twins_why_name(1 << i));
    ck_assert_ptr_null(twins_why_name(1 << TWINS_N_WHY));
    arena_free(mem);
}
END_TEST

/* Names of thousands of words, without letters, the longest numbers: an answer all the same. */
START_TEST(test_like__hostile_names_are_only_names)
{
    struct arena *mem = arena_new(0);
    char *long_name = ARENA_ARRAY(mem, char, 20000);
    int64_t keys[TWINS_KEYS];

    for (int i = 0; i < 20000; i++)
        long_name[i] = i % 4 == 3 ? ' ' : (char)('a' + i % 23);
    const struct str names[] = {{long_name, 20000}, STR(""), STR("<script>alert(1)</script>"), STR("'''"), STR("via 12"), STR("e di la")};
    struct str phones[40];

    for (int i = 0; i < ARRAY_LEN(phones); i++)
        phones[i] = str_fmt(mem, "0125 5550%03d", i);
    for (int i = 0; i < ARRAY_LEN(names); i++) {
        const struct twins_face f = {.name = names[i], .comune_id = 1, .phones = phones, .n_phones = ARRAY_LEN(phones), .streets = &names[i], .n_streets = 1};

        ck_assert_int_le(twins_keys(mem, &f, keys), TWINS_KEYS);
        const int score = twins_compare(mem, &f, &f).score;

        ck_assert(score >= 0 && score <= 99);
    }
    arena_free(mem);
}
END_TEST

UNIT_MAIN("twins_like", test_like__examples_are_judged_as_a_person_would, test_like__a_tax_id_decides_between_bodies,
          test_like__a_name_alone_says_nothing, test_like__reasons_are_said, test_like__hostile_names_are_only_names)

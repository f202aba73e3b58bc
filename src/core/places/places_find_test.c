/* places_find_test.c - what people type, by the examples of cases/find.tsv. */
#include "core/places/places_testing.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>

static const char *const match_names[] = {
    [MATCH_CODE] = "code",     [MATCH_CAP] = "cap",       [MATCH_EXACT] = "exact",
    [MATCH_FORMER] = "former", [MATCH_HAMLET] = "hamlet", [MATCH_PREFIX] = "prefix",
    [MATCH_WORD] = "word",     [MATCH_TYPO] = "typo",
};

static void check_case(struct ctx *c, struct str line)
{
    const struct str typed = str_cut(&line, '\t'), first = str_cut(&line, '\t');
    const struct str match = str_cut(&line, '\t'), count = str_cut(&line, '\t');
    struct comune_hit *hits;
    int64_t wanted;
    int n = -1;

    ck_assert_int_eq(places_find_comuni(c, typed, 20, &hits, &n), ST_OK);
    if (str_to_int(count, &wanted))
        ck_assert_msg(n == wanted, "\"%.*s\": %d hits", (int)typed.n, typed.p, n);
    else
        ck_assert_msg(n > 0, "\"%.*s\": no hit", (int)typed.n, typed.p);
    if (n == 0)
        return;
    ck_assert_msg(str_eq_z(match, match_names[hits[0].match]), "\"%.*s\": %s", (int)typed.n,
                  typed.p, match_names[hits[0].match]);
    if (!str_eq_z(first, "-"))
        ck_assert_msg(str_eq(hits[0].comune.istat, first), "\"%.*s\": %.*s", (int)typed.n, typed.p,
                      (int)hits[0].comune.istat.n, hits[0].comune.istat.p);
}

static enum status all_cases(struct ctx *c, void *arg)
{
    const char *path = str_fmt(c->mem, "%s/src/core/places/cases/find.tsv", getenv("WECARE_SOURCE")).p;
    FILE *f = fopen(path, "r");
    char line[512];
    int *n = arg;

    ck_assert_ptr_nonnull(f);
    ck_assert_ptr_nonnull(fgets(line, sizeof line, f));
    while (fgets(line, sizeof line, f) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        check_case(c, str_copy(c->mem, str_of(line)));
        (*n)++;
    }
    fclose(f);
    return ST_OK;
}

START_TEST(test_places_find__what_people_type)
{
    struct territory_test t;

    territory_test_open(&t, true);
    int n = 0;

    ck_assert_int_eq(territory_test_run(&t, "2026-11-21", all_cases, &n), ST_OK);
    ck_assert_int_ge(n, 30);
    territory_test_close(&t);
}
END_TEST

static int64_t put(struct ctx *c, enum area_kind kind, const char *code, const char *name, int64_t parent)
{
    const struct area_put a = {.kind = kind, .code = str_of(code), .name = str_of(name), .parent_id = parent, .from = DAY_NONE, .to = DAY_NONE};
    enum put_change change;
    int64_t id = 0;

    ck_assert_int_eq(places_put_area(c, &a, &id, &change), ST_OK);
    return id;
}

extern enum status places_write_comune(struct ctx *c, int64_t area_id, struct str istat, struct str belfiore, struct str prov);

/* Peglio is a comune of Como and one of Pesaro e Urbino; Samone of Torino and of Trento. */
static enum status homonyms(struct ctx *c, void *arg)
{
    static const char *const rows[][3] = {{"CO", "Como", "013178"}, {"PU", "Pesaro e Urbino", "041041"}};
    static const char *const belfiore[] = {"G427", "G416"};
    struct comune_hit *hits;
    struct comune one;
    int n;

    (void)arg;
    for (int i = 0; i < 2; i++) {
        const int64_t prov = put(c, AREA_PROVINCE, rows[i][0], rows[i][1], 0);
        const int64_t id = put(c, AREA_COMUNE, rows[i][2], "Peglio", prov);

        ck_assert_int_eq(places_write_comune(c, id, str_of(rows[i][2]), str_of(belfiore[i]), str_of(rows[i][0])), ST_OK);
    }
    ck_assert_int_eq(places_find_comuni(c, STR("peglio"), 10, &hits, &n), ST_OK);
    ck_assert_int_eq(n, 2);
    ck_assert(!str_eq(hits[0].comune.prov, hits[1].comune.prov));
    ck_assert_int_eq(places_find_comuni(c, STR("Peglio (PU)"), 10, &hits, &n), ST_OK);
    ck_assert_int_eq(n, 1);
    ck_assert(str_eq_z(hits[0].comune.istat, "041041"));
    ck_assert_int_eq(places_find_comuni(c, STR("Pelio, Pesaro e Urbino"), 10, &hits, &n), ST_OK);
    ck_assert_int_eq(n, 1);
    ck_assert_int_eq(places_comune_by_slug(c, STR("peglio-co"), &one), ST_OK);
    ck_assert(str_eq_z(one.istat, "013178"));
    ck_assert_int_eq(places_comune_by_slug(c, STR("peglio"), &one), ST_NOT_FOUND); /* which one? */
    return ST_OK;
}

START_TEST(test_places_find__homonyms_are_told_apart_by_province)
{
    struct territory_test t;

    territory_test_open(&t, false);

    ck_assert_int_eq(territory_test_run(&t, "2026-11-21", homonyms, NULL), ST_OK);
    territory_test_close(&t);
}
END_TEST

static enum status bad_bytes(struct ctx *c, void *arg)
{
    struct comune_hit *hits;
    char bytes[300];
    int n;

    (void)arg;
    for (int seed = 1; seed < 400; seed++) {
        unsigned v = (unsigned)seed * 2654435761u;

        for (size_t i = 0; i < sizeof bytes; i++) {
            v = v * 1664525u + 1013904223u;
            bytes[i] = (char)(v >> 24);
        }
        ck_assert_int_eq(places_find_comuni(c, (struct str){bytes, sizeof bytes - (size_t)seed % 290}, 5, &hits, &n), ST_OK);
        ck_assert_int_le(n, 5);
    }
    return ST_OK;
}

START_TEST(test_places_find__any_bytes_are_answered)
{
    struct territory_test t;

    territory_test_open(&t, true);

    ck_assert_int_eq(territory_test_run(&t, "2026-11-21", bad_bytes, NULL), ST_OK);
    territory_test_close(&t);
}
END_TEST

UNIT_MAIN("places_find", test_places_find__what_people_type, test_places_find__homonyms_are_told_apart_by_province, test_places_find__any_bytes_are_answered)

/* rules_test.c - worked examples to the cent, and texts that are refused with their reason. */
#include "base/date.h"
#include "base/tables.h"
#include "rules_shelf.h"
#include "tests/unit.h"
#include <stdio.h>
#include <string.h>

static struct arena *mem;
static const struct rules_shelf *shelf;
static const struct rules_facts *facts;

static void begin(void)
{
    mem = arena_new(0);
    shelf = rules_shelf_open(mem);
    facts = rules_shelf_facts(shelf);
}

/* "adi", "samples/lineare": a file; "REI@2018-07-01": the text of a code on a day. */
static const struct rules *shipped(struct str name)
{
    const int n = rules_shelf_n(shelf), n_all = n + rules_shelf_n_samples(shelf);
    struct str day = name;
    const struct str code = str_cut(&day, '@');

    if (day.n > 0) {
        const struct rules *const r = rules_shelf_find(shelf, code, day_parse(day));

        ck_assert_msg(r != NULL, "no text holds: %.*s", (int)name.n, name.p);
        return r;
    }
    const struct str file = str_fmt(mem, "rules/%.*s.rules", (int)name.n, name.p);

    for (int i = 0; i < n_all; i++) {
        const struct rules *const r = i < n ? rules_shelf_at(shelf, i) : rules_shelf_sample_at(shelf, i - n);

        if (str_eq_z(file, rules_shelf_file(shelf, r)->name))
            return r;
    }
    ck_abort_msg("%.*s is not built in", (int)file.n, file.p);
}

/* "isee_ord=6400 in_affitto=sì": as the file of a person would have it, in JSON. */
static struct str json_of(struct str list)
{
    struct str out = STR("");

    while (list.n > 0) {
        const struct str pair = str_trim(str_cut(&list, ' '));
        struct str value = pair;
        const struct str name = str_cut(&value, '=');
        const bool is_truth = str_eq_z(value, "sì") || str_eq_z(value, "no");

        if (name.n == 0)
            continue;
        out = str_fmt(mem, "%.*s%s\"%.*s\": %s%.*s%s", (int)out.n, out.p, out.n > 0 ? ", " : "", (int)name.n, name.p,
                      is_truth ? "" : "\"", (int)(is_truth ? 0 : value.n), value.p,
                      !is_truth                ? "\""
                      : str_eq_z(value, "no") ? "false"
                                               : "true");
    }
    return out;
}

/* {...}, {...} */
static struct str list_of(struct str members)
{
    struct str list = STR("");

    while (members.n > 0) {
        const struct str one = json_of(str_trim(str_cut(&members, ';')));

        list = str_fmt(mem, "%.*s%s{%.*s}", (int)list.n, list.p, list.n > 0 ? ", " : "", (int)one.n, one.p);
    }
    return list;
}

/* What is not said of a person in the cases is "no" or 0; of a household it is unknown. Behind a "|" stand
 * the children who live elsewhere. */
static struct rules_household *household(struct str of_all, struct str members)
{
    struct rules_household *h = NULL;
    struct str why, outside = members;
    const struct str inside = list_of(str_trim(str_cut(&outside, '|')));
    const struct str all = json_of(of_all), fuori = list_of(str_trim(outside));
    const struct str json = str_fmt(mem, "{%.*s%s\"componenti\": [%.*s], \"figli_fuori\": [%.*s]}", (int)all.n, all.p,
                                    all.n > 0 ? ", " : "", (int)inside.n, inside.p, (int)fuori.n, fuori.p);

    if (rules_household_read(mem, facts, json, &h, &why) != ST_OK)
        ck_abort_msg("%.*s: %.*s", (int)json.n, json.p, (int)why.n, why.p);
    for (int i = 0; i < h->n_members + h->n_outside; i++)
        for (int f = 0; f < rules_n_facts(facts); f++)
            if (rules_fact_at(facts, f)->is_of_member && h->members[i].values[f].known == RULES_UNKNOWN)
                h->members[i].values[f].known = RULES_CERTAIN;
    return h;
}

static struct rules_answer ask(const struct rules *r, const struct rules_household *h)
{
    struct rules_answer a = {0};
    struct str why;

    ck_assert_int_eq(rules_ask(mem, r, facts, h, &a, &why), ST_OK);
    return a;
}

/* The n-th line of a file of cases, cut at its tabs; false at the end. */
static bool next_case(FILE *f, struct str *c, int n)
{
    char line[4096];

    if (fgets(line, sizeof line, f) == NULL)
        return false;
    struct str row = str_copy(mem, str_of(line));

    while (row.n > 0 && (row.p[row.n - 1] == '\n' || row.p[row.n - 1] == '\r'))
        row.n--;
    for (int i = 0; i < n; i++)
        c[i] = str_cut(&row, '\t');
    return true;
}

static FILE *open_cases(const char *name)
{
    const struct str path = str_fmt(mem, "%s/src/features/rules/cases/%s", getenv("WECARE_SOURCE"), name);
    FILE *const f = fopen(path.p, "r");
    struct str head[8];

    ck_assert_msg(f != NULL && next_case(f, head, 8), "%s cannot be read", path.p);
    return f;
}

/* A number counts in hundredths: 39,61 is 3961. */
static int64_t in_cents(const struct rules_amount *x)
{
    struct ratio hundredths;

    if (x->value.known == RULES_UNKNOWN)
        return -1;
    if (x->value.type == RULES_MONEY)
        return x->cents;
    ck_assert(ratio_mul(x->value.number, ratio_of(100), &hundredths));
    return ratio_round(hundredths);
}

START_TEST(test_rules__worked_examples_to_the_cent)
{
    static const char *const verdicts[] = {"yes", "probably", "check", "no"};

    begin();
    FILE *const f = open_cases("answers.tsv");
    struct str c[8];
    int n = 0, n_wrong = 0;

    while (next_case(f, c, 8)) {
        const struct rules_answer a = ask(shipped(c[1]), household(c[2], c[3]));
        const bool has_sum = !str_eq_z(c[5], "-");
        int64_t cents = -1, want = -1;

        if (has_sum)
            ck_assert(str_to_int(c[6], &want));
        for (int i = 0; has_sum && i < a.n_amounts; i++)
            if (str_eq(a.amounts[i].name, c[5]))
                cents = in_cents(&a.amounts[i]);
        n++;
        if (str_eq_z(c[4], verdicts[a.verdict]) && cents == want)
            continue;
        n_wrong++;
        fprintf(stderr, "# %.*s: %s, %lld; and not %.*s, %lld\n", (int)c[0].n, c[0].p, verdicts[a.verdict], (long long)cents, (int)c[4].n, c[4].p,
                (long long)want);
    }
    ck_assert_int_eq(n_wrong, 0);
    fclose(f);
    ck_assert_int_ge(n, 156);
    arena_free(mem);
}
END_TEST

START_TEST(test_rules__a_text_that_is_wrong_says_where)
{
    struct str c[4];
    int n = 0;

    begin();
    FILE *const f = open_cases("refused.tsv");

    for (; next_case(f, c, 4); n++) {
        const struct rules *r = NULL;
        struct rules_error e;
        int64_t line, column;

        ck_assert(str_to_int(c[1], &line) && str_to_int(c[2], &column));
        ck_assert_msg(rules_parse(mem, facts, c[0], &r, &e) == ST_INVALID, "taken: %.*s", (int)c[0].n, c[0].p);
        ck_assert_msg(str_eq_z(c[3], e.key) && e.line == line && e.column == column, "%.*s: %s at %d:%d", (int)c[0].n,
                      c[0].p, e.key, e.line, e.column);
    }
    fclose(f);
    ck_assert_int_ge(n, 47);
    arena_free(mem);
}
END_TEST

START_TEST(test_rules__an_estimate_makes_it_probable)
{
    struct rules_household *h;
    struct str why;

    begin();
    const struct rules *const r = shipped(STR("aslo"));

    ck_assert_int_eq(rules_household_read(mem, facts,
                                          STR("{\"stime\": {\"isee_ord\": \"6000,00\"}, \"contratto_concordato\": true,"
                                              " \"canone_mensile\": 400, \"componenti\": [{}]}"),
                                          &h, &why),
                     ST_OK);
    const struct rules_answer a = ask(r, h);

    ck_assert_int_eq(a.verdict, RULES_PROBABLY);
    ck_assert_int_eq(a.amounts[0].cents, 320000);
    arena_free(mem);
}
END_TEST

START_TEST(test_rules__what_is_missing_is_named)
{
    struct rules_household *h;
    struct str why;

    begin();
    ck_assert_int_eq(rules_household_read(mem, facts, STR("{\"contratto_concordato\": true, \"componenti\": [{}]}"), &h, &why),
                     ST_OK);
    const struct rules_answer a = ask(shipped(STR("aslo")), h);

    ck_assert_int_eq(a.verdict, RULES_TO_CHECK);
    ck_assert_int_eq(a.n_missing, 3);
    ck_assert(str_eq_z(rules_fact_at(facts, a.missing[0])->name, "isee_ord"));
    ck_assert(str_eq_z(rules_fact_at(facts, a.missing[1])->name, "canone_mensile"));
    ck_assert(str_eq_z(rules_fact_at(facts, a.missing[2])->name, "contratto_anni"));
    arena_free(mem);
}
END_TEST

UNIT_MAIN("rules", test_rules__worked_examples_to_the_cent, test_rules__a_text_that_is_wrong_says_where,
          test_rules__an_estimate_makes_it_probable, test_rules__what_is_missing_is_named)

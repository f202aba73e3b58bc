/* rules_test.c - worked examples to the cent, and texts that are refused with their reason. */
#include "base/tables.h"
#include "rules.h"
#include "tests/unit.h"
#include <stdio.h>
#include <string.h>

static struct arena *mem;
static const struct rules_facts *facts;

static void begin(void)
{
    mem = arena_new(0);
    facts = rules_facts_open(mem);
}

static const struct rules *parse(struct str text)
{
    const struct rules *r = NULL;
    struct rules_error e;

    if (rules_parse(mem, facts, text, &r, &e) != ST_OK)
        ck_abort_msg("line %d, column %d: %s %.*s", e.line, e.column, e.key, (int)e.value.n, e.value.p);
    return r;
}

static const struct rules *shipped(struct str name)
{
    const struct table_file *const t = table_find(str_fmt(mem, "rules/%.*s.rules", (int)name.n, name.p).p);

    ck_assert_msg(t != NULL, "%.*s.rules is not built in", (int)name.n, name.p);
    return parse(t->bytes);
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

/* What is not said of a person in the cases is "no" or 0; of a household it is unknown. */
static struct rules_household *household(struct str of_all, struct str members)
{
    struct rules_household *h = NULL;
    struct str why, list = STR("");

    while (members.n > 0) {
        const struct str one = json_of(str_trim(str_cut(&members, ';')));

        list = str_fmt(mem, "%.*s%s{%.*s}", (int)list.n, list.p, list.n > 0 ? ", " : "", (int)one.n, one.p);
    }
    const struct str all = json_of(of_all);
    const struct str json = str_fmt(mem, "{%.*s%s\"componenti\": [%.*s]}", (int)all.n, all.p, all.n > 0 ? ", " : "",
                                    (int)list.n, list.p);

    if (rules_household_read(mem, facts, json, &h, &why) != ST_OK)
        ck_abort_msg("%.*s: %.*s", (int)json.n, json.p, (int)why.n, why.p);
    for (int i = 0; i < h->n_members; i++)
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

START_TEST(test_rules__worked_examples_to_the_cent)
{
    static const char *const verdicts[] = {"yes", "probably", "check", "no"};

    begin();
    const struct str full = str_fmt(mem, "%s/src/features/rules/cases/answers.tsv", getenv("WECARE_SOURCE"));
    FILE *const f = fopen(full.p, "r");
    char line[4096];
    int n = 0;

    ck_assert_ptr_nonnull(f);
    ck_assert_ptr_nonnull(fgets(line, sizeof line, f));
    while (fgets(line, sizeof line, f) != NULL) {
        struct str row = str_copy(mem, str_trim(str_of(line)));
        struct str c[8];

        for (int i = 0; i < 8; i++)
            c[i] = str_cut(&row, '\t');
        const struct rules_answer a = ask(shipped(c[1]), household(c[2], c[3]));
        int64_t cents = -1, want;

        ck_assert_msg(str_eq_z(c[4], verdicts[a.verdict]), "%.*s: %s", (int)c[0].n, c[0].p, verdicts[a.verdict]);
        n++;
        if (str_eq_z(c[5], "-"))
            continue;
        ck_assert(str_to_int(c[6], &want));
        for (int i = 0; i < a.n_amounts; i++)
            if (str_eq(a.amounts[i].name, c[5]))
                cents = a.amounts[i].cents;
        ck_assert_msg(cents == want, "%.*s: %lld and not %lld", (int)c[0].n, c[0].p, (long long)cents, (long long)want);
    }
    fclose(f);
    ck_assert_int_ge(n, 17);
    arena_free(mem);
}
END_TEST

UNIT_MAIN("rules", test_rules__worked_examples_to_the_cent)

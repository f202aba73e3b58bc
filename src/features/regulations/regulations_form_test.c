/* regulations_form_test.c - the form writes a text and reads it back; numbers as people type them; what is wrong finds its field. */
#include "base/tables.h"
#include "features/regulations/regulations_edit.h"
#include "features/regulations/regulations_form.h"
#include "tests/support/harness.h"
#include "tests/unit.h"

#define OK(call) ck_assert_int_eq(call, ST_OK)
#define IS(s, z) ck_assert_str_eq(str_z(c->mem, s), z)

START_TEST(test_form__sums_and_percentages_as_people_type_them)
{
    static const struct {
        const char *typed;
        int64_t cents; /* -1: refused */
    } sums[] = {{"8000", 800000},   {"8.000", 800000},  {"8.000,5", 800050}, {"8000.50", 800050}, {"1.234.567,89", -1},
                {" 12 € ", 1200},   {"12,50 euro", 1250}, {"0", 0},          {"8.00.0", -1},      {"8,", -1},
                {"1000.000", -1}, {"otto", -1},       {"-3", -1},          {"", -1},           {"1,234", -1},       {"80.00", 8000},
                {"1.000.000", 100000000}, {"1.000.000,01", -1}, {"12345678901234567890", -1}};
    int64_t v = 0;

    for (int i = 0; i < ARRAY_LEN(sums); i++) {
        const bool is = regulations_read_money(str_of(sums[i].typed), &v);

        ck_assert_msg(is == (sums[i].cents >= 0), "%s", sums[i].typed);
        if (is)
            ck_assert_msg(v == sums[i].cents, "%s gives %lld", sums[i].typed, (long long)v);
    }
    ck_assert(regulations_read_percent(STR("12,5 %"), &v) && v == 1250);
    ck_assert(regulations_read_percent(STR("100"), &v) && v == 10000);
    ck_assert(!regulations_read_percent(STR("100,01"), &v));
}
END_TEST

/* All sets of the demo are as the form writes them: read back, each parses and its own examples pass. */
static enum status sets_read_back(struct ctx *c, void *arg)
{
    const struct str folder = STR("demo/regulations/"), ending = STR(".rules");
    bool has[PATTERN_COUNT] = {false};
    int n = 0;

    (void)arg;
    for (int i = 0; i < n_tables; i++) {
        const struct str name = str_of(table_all[i].name);
        struct regulations_form f;
        const struct rules *r;
        struct rules_error e;

        if (!str_starts(name, folder) || !str_ends(name, ending))
            continue;
        struct str rest = str_from(name, folder.n);

        str_cut(&rest, '.');
        const enum regulation_kind kind = regulations_kind_of(str_cut(&rest, '.'));

        ck_assert_msg(regulations_check(c, kind, table_all[i].bytes, &r, &e) == ST_OK, "%s:%d:%d %s %.*s", table_all[i].name, e.line,
                      e.column, e.key, (int)e.value.n, e.value.p);
        ck_assert_int_ge(rules_n_examples(r), 1);
        n++;
        ck_assert_msg(regulations_form_back(c, kind, table_all[i].bytes, &f), "%s", table_all[i].name);
        ck_assert_msg(regulations_form_tidy(c, &f), "%s", table_all[i].name);
        ck_assert(str_eq(regulations_form_text(c, &f).text, table_all[i].bytes)); /* tidying what is tidy changes nothing */
        has[f.pattern] = true;
    }
    ck_assert_int_eq(n, 23);
    for (int p = 1; p < PATTERN_COUNT; p++)
        ck_assert_msg(has[p], "no set of %s", regulations_pattern_name((enum regulations_pattern)p));
    return ST_OK;
}

START_TEST(test_form__sets_of_the_demo_read_back_in_every_pattern)
{
    struct harness *h = harness_new();

    OK(harness_read(h, sets_read_back, NULL));
    harness_free(h);
}
END_TEST

static struct regulations_form linear(void)
{
    struct regulations_form f;

    regulations_form_begin(&f, REGULATION_HOME_CARE, PATTERN_LINEAR);
    f.values[FORM_TITLE] = STR("Assistenza \"domiciliare\"");
    f.values[FORM_FROM] = STR("2026-01-01");
    f.values[FORM_SOURCE] = STR("delibera 1");
    f.values[FORM_COST] = STR("20");
    f.values[FORM_FREE] = STR("6000");
    f.values[FORM_FULL] = STR("20.000");
    f.examples[0] = (struct form_example){.isee = STR("11545,89"), .wanted = STR("7,92")};
    f.n_examples = 1;
    return f;
}

static enum status by_hand(struct ctx *c, void *arg)
{
    struct regulations_form f = linear(), back;
    const struct rules *r;
    struct rules_error e;
    struct regulations_curve v;

    (void)arg;
    ck_assert(regulations_form_tidy(c, &f));
    const struct form_text t = regulations_form_text(c, &f);

    OK(regulations_check(c, f.kind, t.text, &r, &e));
    ck_assert(regulations_form_back(c, f.kind, t.text, &back));
    IS(back.values[FORM_FULL], "20.000,00");
    IS(back.values[FORM_TITLE], "Assistenza ”domiciliare”");
    /* what somebody changed by hand is not pressed back into the form */
    const struct str own = str_fmt(c->mem, "%.*s# nota\n", (int)t.text.n, t.text.p);

    ck_assert(!regulations_form_back(c, f.kind, own, &back));
    ck_assert(!regulations_form_back(c, REGULATION_SUPPORT, t.text, &back));
    /* the curve of the worked example: 39,61 % of 20 euro; nothing up to 6.000, all of it from 20.000 */
    OK(regulations_curve(c, r, f.kind, regulations_usual(c, f.kind), 5000000, &v));
    ck_assert(v.has_free);
    ck_assert_int_eq(v.free_cents, 600000);
    ck_assert(v.has_full);
    ck_assert_int_eq(v.full_cents, 2000000);
    ck_assert_int_eq(v.most_cents, 2000);
    ck_assert_int_eq(v.n_jumps, 0);
    return ST_OK;
}

START_TEST(test_form__writes_the_worked_example_and_reads_it_back)
{
    struct harness *h = harness_new();

    OK(harness_read(h, by_hand, NULL));
    harness_free(h);
}
END_TEST

/* DOMAIN 2.4: proportional is discontinuous at both ends. */
static enum status jumps(struct ctx *c, void *arg)
{
    struct regulations_form f;
    const struct rules *r;
    struct rules_error e;
    struct regulations_curve v;

    (void)arg;
    regulations_form_begin(&f, REGULATION_HOME_CARE, PATTERN_PROPORTIONAL);
    f.values[FORM_TITLE] = STR("Assistenza");
    f.values[FORM_FROM] = STR("2026-01-01");
    f.values[FORM_SOURCE] = STR("delibera 1");
    f.values[FORM_COST] = STR("13,80");
    f.values[FORM_TARIFF] = STR("8");
    f.values[FORM_FREE] = STR("7500");
    f.values[FORM_FULL] = STR("30000");
    f.examples[0] = (struct form_example){.isee = STR("15000"), .wanted = STR("4,00")};
    f.n_examples = 1;
    ck_assert(regulations_form_tidy(c, &f));
    OK(regulations_check(c, f.kind, regulations_form_text(c, &f).text, &r, &e));
    OK(regulations_curve(c, r, f.kind, regulations_usual(c, f.kind), 5000000, &v));
    ck_assert_int_eq(v.n_jumps, 2);
    ck_assert_int_eq(v.jumps[0].at_cents, 750000);
    ck_assert_int_eq(v.jumps[0].before_cents, 0);
    ck_assert_int_eq(v.jumps[0].after_cents, 200);
    ck_assert_int_eq(v.jumps[1].at_cents, 3000000);
    ck_assert_int_eq(v.jumps[1].before_cents, 800);
    ck_assert_int_eq(v.jumps[1].after_cents, 1380);
    ck_assert_int_eq(v.free_cents, 750000);
    return ST_OK;
}

START_TEST(test_form__proportional_jumps_at_both_ends)
{
    struct harness *h = harness_new();

    OK(harness_read(h, jumps, NULL));
    harness_free(h);
}
END_TEST

static const struct problem *first(struct ctx *c, struct regulations_form f, const char *field)
{
    c->problems.n = 0;
    ck_assert(!regulations_form_tidy(c, &f));
    return problems_of(&c->problems, field);
}

static enum status wrong(struct ctx *c, void *arg)
{
    struct regulations_form f = linear();

    (void)arg;
    /* the text of a form that is wrong may be asked for too */
    f.examples[0].children = STR("999999999");
    ck_assert_str_eq(first(c, f, "esempio-1")->key, "regulations.children-wrong");
    ck_assert_uint_lt(regulations_form_text(c, &f).text.n, 4000);
    f.values[FORM_FULL] = STR("6000");
    ck_assert_str_eq(first(c, f, "soglia-alta")->key, "regulations.not-higher");
    f = linear();
    f.values[FORM_COST] = STR("venti");
    ck_assert_str_eq(first(c, f, "costo")->key, "regulations.money-wrong");
    f = linear();
    f.values[FORM_TO] = STR("2025-01-01");
    ck_assert_str_eq(first(c, f, "al")->key, "regulations.day-before");
    f = linear();
    f.values[FORM_TITLE] = STR("  ");
    ck_assert_str_eq(first(c, f, "titolo")->key, "regulations.missing");
    f.pattern = PATTERN_BANDS;
    f.values[FORM_TITLE] = STR("x");
    ck_assert_str_eq(first(c, f, "fascia-1")->key, "regulations.bands-missing");
    f.bands[0] = (struct form_band){.to = STR("6000"), .value = STR("0")};
    f.bands[1] = (struct form_band){.from = STR("6000"), .is_from_out = true, .to = STR("9000"), .value = STR("50")};
    f.n_bands = 2;
    ck_assert_str_eq(first(c, f, "fascia-2")->key, "regulations.band-last");
    /* a plan of care: points, bands that grow, half of a share, no question at all */
    regulations_form_begin(&f, REGULATION_CARE_PLAN, PATTERN_PLAN);
    ck_assert_str_eq(first(c, f, "voce-1")->key, "regulations.items-missing");
    ck_assert_str_eq(first(c, f, "fascia-1")->key, "regulations.bands-missing");
    f.points[2] = (struct form_points){STR("1,5"), STR("4")};
    ck_assert_str_eq(first(c, f, "voce-3")->key, "regulations.points-wrong");
    f.points[2] = (struct form_points){STR(""), STR("4")};
    f.bands[0] = (struct form_band){.from = STR("10"), .value = STR("300")};
    f.bands[1] = (struct form_band){.from = STR("10"), .value = STR("500")};
    f.n_bands = 2;
    ck_assert_str_eq(first(c, f, "fascia-2")->key, "regulations.points-order");
    f.values[FORM_PART_FROM] = STR("8000");
    ck_assert_str_eq(first(c, f, "parte-a")->key, "regulations.missing");
    f.values[FORM_PART_TO] = STR("7000");
    ck_assert_str_eq(first(c, f, "parte-a")->key, "regulations.not-higher");
    return ST_OK;
}

START_TEST(test_form__what_is_wrong_finds_its_field)
{
    struct harness *h = harness_new();

    OK(harness_read(h, wrong, NULL));
    harness_free(h);
}
END_TEST

UNIT_MAIN("regulations form", test_form__sums_and_percentages_as_people_type_them, test_form__sets_of_the_demo_read_back_in_every_pattern,
          test_form__writes_the_worked_example_and_reads_it_back, test_form__proportional_jumps_at_both_ends,
          test_form__what_is_wrong_finds_its_field)

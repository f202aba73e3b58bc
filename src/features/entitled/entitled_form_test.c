/* entitled_form_test.c - numbers as people write them, answers as facts of a household. */
#include "entitled_plain.h"
#include "entitled_sums.h"
#include "tests/support/harness.h"
#include "tests/unit.h"

START_TEST(test_form__numbers_as_people_write_them)
{
    static const struct {
        const char *typed;
        int64_t cents;
    } right[] = {{"1200", 120000},       {"1.200", 120000},      {"1.200,50", 120050}, {"1200.5", 120050},    {"1200,5", 120050},
                 {" 9 360 euro", 936000}, {"€ 10.140", 1014000}, {"0", 0},            {"1.234.567", 123456700}, {"9360,00€", 936000}};
    static const char *const wrong[] = {"", "x", "12.34.5", "1.2345,1", "1,234", "1,", ",5", "-5", "1 20", "12 000 00", "1e5", "1234567890", "5 kg", "1.200.50"};
    struct ratio n;

    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        ck_assert_msg(entitled_number(str_of(right[i].typed), true, &n), "%s is not read", right[i].typed);
        ck_assert_msg(ratio_cmp(n, ratio_of(right[i].cents)) == 0, "%s is read as %lld/%lld", right[i].typed, (long long)n.num, (long long)n.den);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ck_assert_msg(!entitled_number(str_of(wrong[i]), true, &n), "%s is read", wrong[i]);
}
END_TEST

/* ---- answers as facts ---- */

struct asked {
    struct entitled_answers a;
    const struct rules_facts *facts;
    struct rules_household *h;
    struct arena *mem;
};

static void say(struct asked *x, const char *name, const char *value)
{
    x->a.values[entitled_field_find(name)] = str_of(value);
}

static void say_of(struct asked *x, int person, const char *name, const char *value)
{
    x->a.people[person][entitled_field_find(name)] = str_of(value);
}

static enum status ask(struct ctx *c, void *arg)
{
    struct asked *x = arg;
    struct ctx mine = *c;

    mine.mem = x->mem;
    x->facts = rules_shelf_facts(rules_shelf_of(c));
    x->h = entitled_household(&mine, &x->a);
    return ST_OK;
}

static struct rules_value value(const struct asked *x, const struct rules_value *values, const char *fact)
{
    const int i = rules_fact_find(x->facts, str_of(fact));

    ck_assert_msg(i >= 0, "%s is no fact", fact);
    return values[i];
}

static bool is(const struct asked *x, const char *fact, int64_t n)
{
    const struct rules_value v = value(x, x->h->values, fact);

    return v.known == RULES_CERTAIN && ratio_cmp(v.number, ratio_of(n)) == 0;
}

static bool is_of(const struct asked *x, int person, const char *fact, int64_t n)
{
    const struct rules_value v = value(x, x->h->members[person].values, fact);

    return v.known == RULES_CERTAIN && ratio_cmp(v.number, ratio_of(n)) == 0;
}

static bool is_unknown(const struct asked *x, const char *fact)
{
    return value(x, x->h->values, fact).known == RULES_UNKNOWN;
}

START_TEST(test_form__nothing_said_is_nothing_known)
{
    struct harness *h = harness_new();
    struct asked x = {.a.n_people = 2, .mem = h->mem};

    ck_assert_int_eq(harness_read(h, ask, &x), ST_OK);
    for (int i = 0; i < rules_n_facts(x.facts); i++) {
        ck_assert_int_eq(x.h->values[i].known, RULES_UNKNOWN);
        const bool is_told = x.h->members[1].values[i].known != RULES_UNKNOWN;

        ck_assert_msg(!is_told, "a second person has %.*s", (int)rules_fact_at(x.facts, i)->name.n, rules_fact_at(x.facts, i)->name.p);
    }
    harness_free(h);
}
END_TEST

START_TEST(test_form__answers_become_facts)
{
    struct harness *h = harness_new();
    struct asked x = {.a.n_people = 3, .mem = h->mem};

    say(&x, "residenza", "cinque");
    say_of(&x, 0, "eta", "40");
    say_of(&x, 0, "salute", "bene");
    say_of(&x, 0, "lavoro", "cerca");
    say_of(&x, 1, "chi", "figlio");
    say_of(&x, 1, "eta", "8");
    say_of(&x, 2, "salute", "non-autosufficiente");
    say_of(&x, 2, "chi", "altro");
    say(&x, "casa", "affitto");
    say(&x, "affitto", "450,50");
    say(&x, "immobili", "nessuno");
    say(&x, "reddito", "1.200");
    say(&x, "gravidanza", "no");
    say(&x, "isee", "ho");
    say(&x, "isee-ord", "9.360");
    ck_assert_int_eq(harness_read(h, ask, &x), ST_OK);
    ck_assert(is(&x, "residenza_anni", 5) && is(&x, "residenza_continua_anni", 2));
    ck_assert(is_of(&x, 0, "eta", 40) && is_of(&x, 0, "disabile", 0) && is_of(&x, 0, "disoccupato", 1));
    ck_assert(is_of(&x, 1, "figlio_a_carico", 1) && is_of(&x, 1, "figlio_convivente", 1) && is_of(&x, 0, "figlio_a_carico", 0));
    ck_assert(is_of(&x, 2, "non_autosufficiente", 1) && is_of(&x, 2, "disabile_grave", 1) && is_of(&x, 2, "figlio_convivente", 0));
    ck_assert(is(&x, "in_affitto", 1) && is(&x, "canone_mensile", 45050) && is(&x, "affitto_annuo", 540600));
    ck_assert(is(&x, "immobili_senza_casa", 0) && is(&x, "reddito_familiare", 120000) && is(&x, "isee_ord", 936000));
    ck_assert(is_of(&x, 1, "in_gravidanza", 0) && is_unknown(&x, "isee_pfi") && is_unknown(&x, "residenza_piemonte"));
    harness_free(h);
}
END_TEST

START_TEST(test_form__an_isee_is_estimated_only_when_asked)
{
    struct harness *h = harness_new();
    struct asked x = {.a.n_people = 2, .mem = h->mem};

    say_of(&x, 0, "dipendente", "14.000");
    say(&x, "casa", "affitto");
    say(&x, "depositi", "3.000");
    say(&x, "isee-ord", "100");
    ck_assert_int_eq(harness_read(h, ask, &x), ST_OK);
    ck_assert(is_unknown(&x, "depositi") && is_unknown(&x, "isee_ord"));
    ck_assert_int_eq(value(&x, x.h->values, "reddito_familiare").known, RULES_ESTIMATE);
    say(&x, "isee", "stima");
    ck_assert_int_eq(harness_read(h, ask, &x), ST_OK);
    ck_assert(is(&x, "depositi", 300000) && is(&x, "titoli_stato", 0) && is(&x, "casa_valore_imu", 0));
    ck_assert(is_of(&x, 0, "reddito_dipendente", 1400000) && is_of(&x, 1, "reddito_dipendente", 0));
    ck_assert(is_unknown(&x, "isee_ord"));
    say_of(&x, 0, "dipendente", ""); /* no income of anybody: nothing is estimated from nothing */
    ck_assert_int_eq(harness_read(h, ask, &x), ST_OK);
    ck_assert_int_eq(value(&x, x.h->members[0].values, "reddito_dipendente").known, RULES_UNKNOWN);
    ck_assert(is_unknown(&x, "reddito_familiare"));
    harness_free(h);
}
END_TEST

START_TEST(test_form__who_goes_takes_his_answers_along)
{
    struct entitled_answers a = {.n_people = 1};
    const int age = entitled_field_find("eta");

    entitled_add_person(&a);
    entitled_add_person(&a);
    a.people[0][age] = STR("1");
    a.people[1][age] = STR("2");
    a.people[2][age] = STR("3");
    entitled_drop_person(&a, 1); /* who asks stays */
    ck_assert_int_eq(a.n_people, 3);
    entitled_drop_person(&a, 2);
    ck_assert_int_eq(a.n_people, 2);
    ck_assert(str_eq_z(a.people[1][age], "3") && a.people[2][age].n == 0);
    for (int i = 0; i < 40; i++)
        entitled_add_person(&a);
    ck_assert_int_eq(a.n_people, ENTITLED_MOST_PEOPLE);
    ck_assert_int_eq(a.people[ENTITLED_MOST_PEOPLE - 1][age].n, 0);
}
END_TEST

/* Every fact that a question says is one of the rules', of the same kind. */
START_TEST(test_form__questions_name_facts)
{
    struct arena *mem = arena_new(0);
    const struct rules_facts *facts = rules_facts_open(mem);

    for (int i = 0; i < entitled_n_fields; i++) {
        const struct entitled_field *const f = &entitled_fields[i];
        const int at = f->fact == NULL ? -1 : rules_fact_find(facts, str_of(f->fact));

        if (f->fact == NULL)
            continue;
        ck_assert_msg(at >= 0, "%s is no fact", f->fact);
        ck_assert_int_eq(rules_fact_at(facts, at)->is_of_member, f->of_person);
        ck_assert_int_eq(rules_fact_at(facts, at)->type == RULES_BOOL, f->kind == FIELD_YES);
    }
    arena_free(mem);
}
END_TEST

/* ---- before and after ---- */

struct change {
    enum sums_event event;
    int person;
    const struct rules_household *before, *after;
    const struct rules_facts *facts;
    struct arena *mem;
};

static enum status change(struct ctx *c, void *arg)
{
    struct change *x = arg;
    struct ctx mine = *c;

    mine.mem = x->mem;
    x->facts = rules_shelf_facts(rules_shelf_of(c));
    struct rules_household *const h = rules_household_with(x->mem, x->facts, 2, 1);
    const int isee = rules_fact_find(x->facts, STR("isee_ord")), age = rules_fact_find(x->facts, STR("eta"));

    h->values[isee] = (struct rules_value){RULES_CERTAIN, RULES_MONEY, ratio_of(900000), STR("")};
    for (int i = 0; i < 3; i++)
        h->members[i].values[age] = (struct rules_value){RULES_CERTAIN, RULES_NUMBER, ratio_of(40 + i), STR("")};
    x->before = h;
    x->after = sums_after(&mine, h, x->event, x->person, ratio_of(500000));
    return ST_OK;
}

static int64_t number(const struct change *x, int person, const char *fact)
{
    return x->after->members[person].values[rules_fact_find(x->facts, str_of(fact))].number.num;
}

START_TEST(test_form__a_child_is_born_and_work_is_lost)
{
    struct harness *h = harness_new();
    struct change x = {.event = EVENT_BIRTH, .mem = h->mem};
    int isee;

    ck_assert_int_eq(harness_read(h, change, &x), ST_OK);
    isee = rules_fact_find(x.facts, STR("isee_ord"));
    ck_assert_int_eq(x.after->n_members, 3);
    ck_assert_int_eq(x.after->n_outside, 1);
    ck_assert(number(&x, 1, "eta") == 41 && number(&x, 2, "eta") == 0 && number(&x, 3, "eta") == 42);
    ck_assert(number(&x, 2, "figlio_convivente") == 1 && number(&x, 2, "reddito_dipendente") == 0);
    ck_assert_int_eq(x.after->values[isee].known, RULES_UNKNOWN);
    ck_assert_int_eq(x.before->values[isee].known, RULES_CERTAIN);
    x = (struct change){.event = EVENT_WORK, .person = 1, .mem = h->mem};
    ck_assert_int_eq(harness_read(h, change, &x), ST_OK);
    ck_assert(number(&x, 1, "reddito_dipendente") == 500000 && number(&x, 1, "disoccupato") == 1 && number(&x, 0, "disoccupato") == 0);
    x = (struct change){.event = EVENT_WORK, .person = 2, .mem = h->mem}; /* who lives elsewhere */
    ck_assert_int_eq(harness_read(h, change, &x), ST_OK);
    ck_assert_ptr_null(x.after);
    harness_free(h);
}
END_TEST

UNIT_MAIN("entitled_form", test_form__numbers_as_people_write_them, test_form__nothing_said_is_nothing_known,
          test_form__answers_become_facts, test_form__an_isee_is_estimated_only_when_asked,
          test_form__who_goes_takes_his_answers_along, test_form__questions_name_facts, test_form__a_child_is_born_and_work_is_lost)

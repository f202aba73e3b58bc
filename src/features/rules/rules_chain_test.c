/* rules_chain_test.c - the shelf, everything asked at once, examples of a text, sentences and jumps. */
#include "base/date.h"
#include "base/tables.h"
#include "rules_chain.h"
#include "tests/unit.h"
#include <string.h>

static struct arena *mem;
static const struct rules_shelf *shelf;
static const struct rules_facts *facts;
static int today;

static void begin(void)
{
    mem = arena_new(0);
    shelf = rules_shelf_open(mem);
    facts = rules_shelf_facts(shelf);
    today = day_parse(STR("2026-11-21"));
}

static struct rules_household *household(const char *json)
{
    struct rules_household *h = NULL;
    struct str why = STR("");

    ck_assert_msg(rules_household_read(mem, facts, str_of(json), &h, &why) == ST_OK, "%.*s", (int)why.n, why.p);
    return h;
}

static struct rules_chain ask(const char *json)
{
    struct rules_chain c;
    struct str why;

    ck_assert_int_eq(rules_chain_ask(mem, shelf, household(json), today, NULL, 0, &c, &why), ST_OK);
    return c;
}

static const struct rules_due *find(const struct rules_due *list, int n, const char *code)
{
    for (int i = 0; i < n; i++)
        if (str_eq_z(rules_code(list[i].rules), code))
            return &list[i];
    return NULL;
}

static const struct rules_due *due(const struct rules_chain *c, const char *code)
{
    const struct rules_due *const x = find(c->list, c->n, code);

    ck_assert_msg(x != NULL, "%s was not asked", code);
    return x;
}

static const struct rules *parse(const char *text)
{
    const struct rules *r = NULL;
    struct rules_error e;

    ck_assert_msg(rules_parse(mem, facts, str_of(text), &r, &e) == ST_OK, "%d:%d %s", e.line, e.column, e.key);
    return r;
}

/* ---- the shelf ---- */

static bool overlap(const struct rules *a, const struct rules *b)
{
    int from[2], to[2];

    rules_validity(a, &from[0], &to[0]);
    rules_validity(b, &from[1], &to[1]);
    return (to[0] == DAY_NONE || from[1] == DAY_NONE || from[1] <= to[0]) &&
           (to[1] == DAY_NONE || from[0] == DAY_NONE || from[0] <= to[1]);
}

START_TEST(test_shelf__one_text_of_a_code_on_a_day)
{
    begin();
    ck_assert_int_ge(rules_shelf_n(shelf), 38);
    for (int i = 0; i < rules_shelf_n(shelf); i++)
        for (int k = 0; k < i; k++) {
            const struct rules *const a = rules_shelf_at(shelf, i), *const b = rules_shelf_at(shelf, k);

            ck_assert_msg(!str_eq(rules_code(a), rules_code(b)) || !overlap(a, b), "%s and %s hold together",
                          rules_shelf_file(shelf, a)->name, rules_shelf_file(shelf, b)->name);
        }
    const struct rules *const before = rules_shelf_find(shelf, STR("ISEE_ORD"), day_parse(STR("2025-03-04")));
    const struct rules *const after = rules_shelf_find(shelf, STR("ISEE_ORD"), day_parse(STR("2025-03-05")));

    ck_assert(before != NULL && after != NULL && before != after);
    ck_assert(rules_shelf_find(shelf, STR("ISEE_ORD"), day_parse(STR("2014-02-07"))) == NULL);
    ck_assert(rules_shelf_find(shelf, STR("CDT"), today) == NULL);
    arena_free(mem);
}
END_TEST

/* The kinds of ISEE of 2013 changed on the same days: each has a text for each day, and no day between two. */
START_TEST(test_shelf__each_isee_has_the_text_of_its_day)
{
    static const char *const codes[] = {"ISEE_ORD", "ISEE_SOC", "ISEE_RES", "ISEE_MIN", "ISEE_UNI", "ISEE_COR"};
    static const struct {
        const char *first, *last;
    } periods[] = {{"2014-02-08", "2016-05-28"}, {"2016-05-29", "2025-03-04"}, {"2025-03-05", NULL}};

    begin();
    for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
        const struct str code = str_of(codes[i]);

        ck_assert_msg(rules_shelf_find(shelf, code, day_parse(STR("2014-02-07"))) == NULL, "%s before 2014", codes[i]);
        for (size_t k = 0; k < ARRAY_LEN(periods); k++) {
            const int first = day_parse(str_of(periods[k].first));
            const int last = periods[k].last == NULL ? today : day_parse(str_of(periods[k].last));
            const struct rules *const r = rules_shelf_find(shelf, code, first);
            int from, to;

            ck_assert_msg(r != NULL && rules_shelf_find(shelf, code, last) == r, "%s from %s", codes[i], periods[k].first);
            rules_validity(r, &from, &to);
            ck_assert_msg(from == first && to == (periods[k].last == NULL ? DAY_NONE : last), "%s from %s", codes[i], periods[k].first);
        }
    }
    arena_free(mem);
}
END_TEST

START_TEST(test_shelf__every_text_has_source_and_mark_and_its_examples_hold)
{
    static const char *const laws[] = {"V", "V2", "K"};
    int n_examples = 0;

    begin();
    for (int i = 0; i < rules_shelf_n(shelf) + rules_shelf_n_samples(shelf); i++) {
        const bool is_law = i < rules_shelf_n(shelf);
        const struct rules *const r = is_law ? rules_shelf_at(shelf, i) : rules_shelf_sample_at(shelf, i - rules_shelf_n(shelf));
        const struct rules_source s = rules_source_of(r);
        struct rules_error e;
        bool is_marked = !is_law && str_eq_z(s.mark, "S");

        for (size_t k = 0; k < ARRAY_LEN(laws); k++)
            is_marked = is_marked || str_eq_z(s.mark, laws[k]);
        ck_assert_msg(is_marked && s.text.n > 0, "%s has no mark", rules_shelf_file(shelf, r)->name);
        ck_assert_msg(rules_check_examples(mem, r, facts, &e) == ST_OK, "%s:%d: %.*s", rules_shelf_file(shelf, r)->name, e.line,
                      (int)e.value.n, e.value.p);
        ck_assert_msg(is_law || rules_n_examples(r) > 0, "%s has no example", rules_shelf_file(shelf, r)->name);
        n_examples += rules_n_examples(r);
    }
    ck_assert_int_ge(n_examples, 30);
    arena_free(mem);
}
END_TEST

/* ---- everything at once ---- */

static const char family[] =
    "{\"in_affitto\": true, \"affitto_annuo\": 5000, \"casa_valore_imu\": 0, \"mutuo_residuo\": 0, \"altri_immobili\": 0,"
    " \"depositi\": 2000, \"titoli_stato\": 0, \"entrambi_i_genitori_lavorano\": false, \"genitore_solo_non_lavora\": false,"
    " \"casa_in_capoluogo_metropolitano\": false, \"residenza_anni\": 10, \"residenza_continua_anni\": 10, \"riceve_adi\": false,"
    " \"componenti\": ["
    "{\"eta\": 40, \"reddito_dipendente\": 1200, \"reddito_pensione\": 0, \"altri_redditi\": 0, \"disabile\": false,"
    " \"disabile_grave\": false, \"non_autosufficiente\": false, \"figlio_convivente\": false, \"figlio_a_carico\": false,"
    " \"carichi_di_cura\": false},"
    "{\"eta\": 8, \"reddito_dipendente\": 0, \"reddito_pensione\": 0, \"altri_redditi\": 0, \"disabile\": false,"
    " \"disabile_grave\": false, \"non_autosufficiente\": false, \"figlio_convivente\": true, \"figlio_a_carico\": true,"
    " \"carichi_di_cura\": false}]}";

START_TEST(test_chain__incomes_become_an_isee_and_the_isee_an_answer)
{
    begin();
    const struct rules_chain c = ask(family);
    const struct rules_due *const pfi = find(c.indicators, c.n_indicators, "ISEE_PFI"), *const adi = due(&c, "ADI");

    ck_assert(pfi != NULL && find(c.indicators, c.n_indicators, "ISEE_ORD") != NULL);
    ck_assert(find(c.indicators, c.n_indicators, "ISEE_UNI") == NULL);
    ck_assert(find(c.indicators, c.n_indicators, "ISEE_RES") == NULL);
    const int fact = rules_fact_find(facts, STR("isee_pfi"));

    ck_assert_int_eq(c.household->values[fact].known, RULES_ESTIMATE);
    ck_assert_int_eq(pfi->answer.amounts[0].cents, 0);
    ck_assert_int_eq(adi->verdict, RULES_PROBABLY);
    ck_assert_int_eq(adi->answer.amounts[2].cents, 52292 + 30333);
    ck_assert_int_eq(due(&c, "BSB")->verdict, RULES_PROBABLY);
    arena_free(mem);
}
END_TEST

static const char with_a_disability[] =
    "{\"in_affitto\": false, \"affitto_annuo\": 0, \"casa_valore_imu\": 0, \"mutuo_residuo\": 0, \"altri_immobili\": 0, \"depositi\": 30000,"
    " \"titoli_stato\": 10000, \"entrambi_i_genitori_lavorano\": false, \"genitore_solo_non_lavora\": false, \"in_struttura\": true,"
    " \"componenti\": [{\"eta\": 84, \"reddito_dipendente\": 0, \"reddito_pensione\": 13000, \"altri_redditi\": 0, \"disabile\": false,"
    " \"disabile_grave\": false, \"non_autosufficiente\": true, \"figlio_convivente\": false}],"
    " \"figli_fuori\": [{\"ise_proprio\": 42000, \"scala_propria\": \"2,66\", \"nucleo_con_disabili\": false}]}";

START_TEST(test_chain__each_isee_is_reckoned_by_the_text_of_its_day)
{
    static const struct {
        const char *day;
        int64_t ord, soc, res;
        enum rules_verdict verdict; /* of the last two */
    } want[] = {{"2015-01-01", 1180000, 1180000, 1315789, RULES_TO_CHECK},
                {"2016-05-28", 1180000, 1180000, 1315789, RULES_TO_CHECK},
                {"2016-05-29", 1253333, 1253333, 1343860, RULES_YES},
                {"2025-03-04", 1253333, 1253333, 1343860, RULES_YES},
                {"2025-03-05", 1120000, 1120000, 1210526, RULES_YES}};

    begin();
    for (size_t i = 0; i < ARRAY_LEN(want); i++) {
        today = day_parse(str_of(want[i].day));
        const struct rules_chain c = ask(with_a_disability);
        const struct rules_due *const ord = find(c.indicators, c.n_indicators, "ISEE_ORD");
        const struct rules_due *const soc = find(c.indicators, c.n_indicators, "ISEE_SOC");
        const struct rules_due *const res = find(c.indicators, c.n_indicators, "ISEE_RES");

        ck_assert_msg(ord != NULL && soc != NULL && res != NULL, "on %s one is not told", want[i].day);
        ck_assert_int_eq(ord->answer.amounts[0].cents, want[i].ord);
        ck_assert_int_eq(soc->answer.amounts[0].cents, want[i].soc);
        ck_assert_int_eq(res->answer.amounts[0].cents, want[i].res);
        ck_assert_int_eq(soc->verdict, want[i].verdict);
        ck_assert_int_eq(res->verdict, want[i].verdict);
    }
    arena_free(mem);
}
END_TEST

START_TEST(test_chain__what_inps_has_certified_is_not_reckoned_anew)
{
    begin();
    struct rules_household *const h = household(family);
    const int fact = rules_fact_find(facts, STR("isee_pfi"));
    struct rules_chain c;
    struct str why;

    h->values[fact] = (struct rules_value){RULES_CERTAIN, RULES_MONEY, ratio_of(1014001), {0}};
    ck_assert_int_eq(rules_chain_ask(mem, shelf, h, today, NULL, 0, &c, &why), ST_OK);
    ck_assert_int_eq(due(&c, "ADI")->verdict, RULES_NO);
    ck_assert_int_eq(due(&c, "SFL")->verdict, RULES_NO);
    ck_assert_int_eq(h->values[rules_fact_find(facts, STR("isee_ord"))].known, RULES_UNKNOWN);
    arena_free(mem);
}
END_TEST

START_TEST(test_chain__in_order_of_certainty_and_old_texts_left_out)
{
    begin();
    const struct rules_chain c = ask(family);

    for (int i = 1; i < c.n; i++)
        ck_assert_int_ge(c.list[i].verdict, c.list[i - 1].verdict);
    ck_assert(find(c.list, c.n, "REI") == NULL && find(c.list, c.n, "SIA") == NULL && find(c.list, c.n, "RDC") == NULL);
    ck_assert_int_gt(c.n_missing, 0);
    arena_free(mem);
}
END_TEST

START_TEST(test_chain__two_that_do_not_go_together_are_told)
{
    begin();
    const struct rules_chain c = ask(family);
    const struct rules_due *const adi = due(&c, "ADI");
    bool is_told = false;

    for (int i = 0; i < adi->n_against; i++)
        is_told = is_told || str_eq_z(rules_code(adi->against[i]), "SFL");
    ck_assert(is_told);
    ck_assert_int_eq(due(&c, "BSB")->n_against, 0);
    arena_free(mem);
}
END_TEST

START_TEST(test_chain__a_text_from_memory_is_at_best_to_be_checked)
{
    begin();
    const struct rules_chain c =
        ask("{\"isee_pfi\": 20000, \"nascita_nell_anno\": true, \"componenti\": [{\"eta\": 30}]}");
    const struct rules_due *const x = due(&c, "NASC");

    ck_assert_int_eq(x->answer.verdict, RULES_YES);
    ck_assert_int_eq(x->verdict, RULES_TO_CHECK);
    ck_assert(x->is_unconfirmed && rules_where(x->rules).n > 0);
    arena_free(mem);
}
END_TEST

START_TEST(test_chain__texts_of_a_body_stand_beside_the_laws)
{
    begin();
    const struct rules *const more[] = {
        parse("misura MIO \"mio\" requisito \"a\": intensita >= 10 importo b al mese = 5 euro"),
        parse("misura FUTURO \"poi\" valida dal 2030-01-01 requisito \"a\": intensita >= 10"),
        parse("misura SCALA \"scala\" stima intensita = ore_settimana * 2 importo punti = ore_settimana * 2")};
    struct rules_chain c;
    struct str why;

    ck_assert_int_eq(rules_chain_ask(mem, shelf, household("{\"ore_settimana\": 5, \"componenti\": [{}]}"), today, more, 3, &c, &why),
                     ST_OK);
    ck_assert_int_eq(due(&c, "MIO")->verdict, RULES_PROBABLY);
    ck_assert(find(c.list, c.n, "FUTURO") == NULL);
    ck_assert(find(c.indicators, c.n_indicators, "SCALA") != NULL);
    arena_free(mem);
}
END_TEST

/* A plan of care says who gets it and how many points there are: too much ISEE for the plan, the points stand. */
START_TEST(test_chain__points_stand_though_the_aid_is_refused)
{
    begin();
    const struct rules *const more[] = {parse("misura PIANO \"piano\" valore p = ore_settimana * 2 requisito \"isee\": isee_soc <= 10 euro"
                                              " importo contributo al mese = 5 euro stima intensita = p stima punteggio_sociale = p"),
                                        parse("misura ALTRO \"altro\" requisito \"a\": intensita >= 10 importo b al mese = 5 euro")};
    struct rules_chain c;
    struct str why;

    ck_assert_int_eq(rules_chain_ask(mem, shelf, household("{\"ore_settimana\": 5, \"isee_soc\": \"11\", \"componenti\": [{}]}"), today, more, 2,
                                     &c, &why), ST_OK);
    ck_assert_int_eq(due(&c, "PIANO")->verdict, RULES_NO);
    ck_assert(find(c.indicators, c.n_indicators, "PIANO") == NULL);
    ck_assert_int_eq(due(&c, "ALTRO")->verdict, RULES_PROBABLY);
    ck_assert_int_eq(c.household->values[rules_fact_find(facts, STR("punteggio_sociale"))].number.num, 10);
    arena_free(mem);
}
END_TEST

/* ---- examples, sentences, jumps ---- */

START_TEST(test_examples__the_first_that_does_not_hold_is_told)
{
    struct rules_error e;

    begin();
    const struct rules *const r = parse("misura X \"x\"\n"
                                        "requisito \"a\": isee_ord <= 10 euro\n"
                                        "importo b = 5 euro\n"
                                        "esempio \"bene\" con isee_ord = 10 euro esito sì vale b = 5 euro\n"
                                        "esempio \"stima\" stimando isee_ord = 10 euro esito probabile\n"
                                        "esempio \"male\" con isee_ord = 10,01 euro esito sì\n");

    ck_assert_int_eq(rules_n_examples(r), 3);
    ck_assert_int_eq(rules_check_examples(mem, r, facts, &e), ST_INVALID);
    ck_assert_int_eq(e.line, 6);
    ck_assert_msg(str_eq_z(e.value, "male: no, atteso sì"), "%.*s", (int)e.value.n, e.value.p);
    const struct rules *const s = parse("misura X \"x\" importo b = 5 euro esempio \"soldi\" vale b = 5,01 euro");

    ck_assert_int_eq(rules_check_examples(mem, s, facts, &e), ST_INVALID);
    ck_assert_msg(str_eq_z(e.value, "soldi: 5,00 euro, atteso 5,01 euro"), "%.*s", (int)e.value.n, e.value.p);
    arena_free(mem);
}
END_TEST

START_TEST(test_sentences__each_step_with_article_and_day)
{
    struct rules_answer a;
    struct str why;

    begin();
    const struct rules *const r = parse("misura X \"x\" valida dal 2026-01-01 fonte \"L. 1/2026\" V\n"
                                        "parametro limite \"limite\" = 10 euro\n"
                                        "requisito \"L'ISEE entro il limite\": isee_ord <= limite fonte \"L. 1/2026, art. 2\" V\n"
                                        "requisito \"In affitto\": in_affitto\n"
                                        "requisito \"ADI o ISEE basso\": riceve_adi o isee_ord <= limite\n"
                                        "requisito \"Parte inutile\": riceve_adi e isee_ord / residenza_anni > limite\n");

    ck_assert_int_eq(rules_ask(mem, r, facts, household("{\"isee_ord\": \"10.01\", \"riceve_adi\": false, \"residenza_anni\": 0, \"componenti\": [{}]}"),
                               &a, &why),
                     ST_OK);
    const struct str three = rules_sentence(mem, r, facts, &a.steps[2]);
    const struct str one = rules_sentence(mem, r, facts, &a.steps[0]), two = rules_sentence(mem, r, facts, &a.steps[1]);

    ck_assert_msg(str_eq_z(one, "L'ISEE entro il limite: 10,01 euro supera 10,00 euro. (L. 1/2026, art. 2; testo valido dal 1 gennaio 2026)"),
                  "%.*s", (int)one.n, one.p);
    ck_assert_msg(str_eq_z(two, "In affitto: da verificare, manca: casa in affitto con contratto registrato. (L. 1/2026; testo valido dal 1 gennaio 2026)"),
                  "%.*s", (int)two.n, two.p);
    ck_assert_msg(str_starts(three, STR("ADI o ISEE basso: no; riceve l'Assegno di inclusione, no; ISEE ordinario 10,01 euro supera 10,00 euro.")),
                  "%.*s", (int)three.n, three.p);
    ck_assert_int_eq(a.steps[3].verdict, RULES_NO);
    /* of alternatives the one that holds, with its figures */
    ck_assert_int_eq(rules_ask(mem, r, facts, household("{\"isee_ord\": \"9.99\", \"riceve_adi\": false, \"residenza_anni\": 0, \"componenti\": [{}]}"),
                               &a, &why),
                     ST_OK);
    const struct str held = rules_sentence(mem, r, facts, &a.steps[2]);

    ck_assert_msg(str_starts(held, STR("ADI o ISEE basso: sì; ISEE ordinario 9,99 euro non supera 10,00 euro.")), "%.*s", (int)held.n, held.p);
    arena_free(mem);
}
END_TEST

static void check_jumps(const char *code, int64_t least, const struct rules_jump *want, int n_want)
{
    const struct rules *const r = rules_shelf_find(shelf, str_of(code), today);
    const struct rules_household *const h = household("{\"costo_servizio\": 100, \"componenti\": [{}]}");
    const int fact = rules_fact_find(facts, STR("isee_ord"));
    struct rules_jump *list;
    struct str why;
    int n;

    ck_assert_int_eq(rules_jumps(mem, r, facts, h, fact, strcmp(code, "ES_LINEARE") == 0 ? 1 : 0, least, &list, &n, &why), ST_OK);
    ck_assert_msg(n == n_want, "%s has %d jumps", code, n);
    for (int i = 0; i < n; i++)
        ck_assert_msg(list[i].at_cents == want[i].at_cents && list[i].before_cents == want[i].before_cents &&
                          list[i].after_cents == want[i].after_cents,
                      "%s: %lld, %lld -> %lld", code, (long long)list[i].at_cents, (long long)list[i].before_cents,
                      (long long)list[i].after_cents);
}

START_TEST(test_jumps__where_one_cent_more_changes_what_is_paid)
{
    static const struct rules_jump proportional[] = {{750000, 0, 200}, {3000000, 800, 1380}};
    static const struct rules_jump steps[] = {{600000, 0, 1000}, {2000000, 8000, 10000}};

    begin();
    check_jumps("ES_PROPORZIONALE", 100, proportional, 2);
    check_jumps("ES_LINEARE_GRADINI", 100, steps, 2);
    check_jumps("ES_LINEARE", 2, NULL, 0);
    arena_free(mem);
}
END_TEST

/* Names of names that nobody knows are reckoned once each: else this would take for ever. */
START_TEST(test_examples__names_that_double_end_at_once)
{
    struct str text = STR("misura X \"x\"\nvalore v0 = isee_ord + isee_ord\n");
    struct rules_answer a;
    struct str why;

    begin();
    for (int i = 1; i < 200; i++)
        text = str_fmt(mem, "%.*svalore v%d = v%d - v%d\n", (int)text.n, text.p, i, i - 1, i - 1);
    const struct rules *const r = parse(text.p);

    ck_assert_int_eq(rules_ask(mem, r, facts, household("{\"componenti\": [{}]}"), &a, &why), ST_OK);
    ck_assert_int_eq(a.n_missing, 1);
    arena_free(mem);
}
END_TEST

/* Each name goes one level below the one before: past the bound the text is refused, not the stack. */
START_TEST(test_examples__a_tree_too_deep_is_refused)
{
    struct str text = STR("misura X \"x\"\nvalore v0 di_ciascuno = eta\n");
    const struct rules *r;
    struct rules_error e;

    begin();
    for (int i = 1; i < 300; i++)
        text = str_fmt(mem, "%.*svalore v%d di_ciascuno = 1 + (1 + (1 + (1 + (1 + v%d))))\n", (int)text.n, text.p, i, i - 1);
    ck_assert_int_eq(rules_parse(mem, facts, text, &r, &e), ST_INVALID);
    ck_assert_msg(str_eq_z(str_of(e.key), "rules.error-deep"), "%s", e.key);
    arena_free(mem);
}
END_TEST

UNIT_MAIN("rules_chain", test_shelf__one_text_of_a_code_on_a_day, test_shelf__each_isee_has_the_text_of_its_day,
          test_shelf__every_text_has_source_and_mark_and_its_examples_hold,
          test_chain__incomes_become_an_isee_and_the_isee_an_answer,
          test_chain__each_isee_is_reckoned_by_the_text_of_its_day, test_chain__what_inps_has_certified_is_not_reckoned_anew,
          test_chain__in_order_of_certainty_and_old_texts_left_out, test_chain__two_that_do_not_go_together_are_told,
          test_chain__a_text_from_memory_is_at_best_to_be_checked, test_chain__texts_of_a_body_stand_beside_the_laws,
          test_chain__points_stand_though_the_aid_is_refused,
          test_examples__the_first_that_does_not_hold_is_told, test_sentences__each_step_with_article_and_day,
          test_jumps__where_one_cent_more_changes_what_is_paid, test_examples__names_that_double_end_at_once,
          test_examples__a_tree_too_deep_is_refused)

/* simulations_test.c - populations, figures reckoned by hand, what is hidden, what is repeated. */
#include "base/macros.h"
#include "features/rules/rules_parts.h"
#include "simulations_private.h"
#include "tests/unit.h"
#include <stdlib.h>
#include <string.h>

#define HEAD "misura PROVA \"Prova\"\nlivello locale\nfonte \"prova\" S\n"
#define TEXT(limit)                                                                                                                 \
    HEAD "parametro limite \"limite\" = " limit " euro\nrequisito \"L'ISEE non supera il limite\": isee_ord <= limite\n"              \
         "importo aiuto \"aiuto\" al mese = 100 euro\n"

static struct arena *mem;
static const struct rules_facts *facts;

static void begin(void)
{
    mem = arena_new(0);
    facts = rules_facts_open(mem);
}

static struct simulations_population *read_csv(struct str csv)
{
    struct simulations_population *p = NULL;
    struct simulations_trouble why;

    ck_assert_msg(simulations_read_exact(mem, facts, csv, &p, &why) == ST_OK, "line %lld: %s", (long long)why.line, why.key);
    return p;
}

static struct simulations_result *run(const struct simulations_population *p, struct simulations_choice o)
{
    struct simulations_result *const r = simulations_new(mem, p);
    struct simulations_error e;

    ck_assert_msg(simulations_run(mem, p, &o, r, &e) == ST_OK, "%d:%d %s", e.error.line, e.error.column, e.error.key);
    return r;
}

/* n households of one adult, each with an ISEE, in a comune. */
static void put(struct buf *b, int n, const char *isee, const char *comune)
{
    for (int i = 0; i < n; i++)
        buf_fmt(b, "n%zu,%s,%s,40\n", b->n, comune, isee);
}

/* Ten get it in any case, ten lose it when the limit goes down, ten never had it. */
static struct str thirty(void)
{
    struct buf b = buf_new(mem, 1000);

    buf_z(&b, "nucleo,comune,isee_ord,eta\n");
    put(&b, 10, "5000.00", "Ivrea");
    put(&b, 10, "9000", "Torino");
    put(&b, 10, "\"20.000,50\"", "001125");
    return buf_view(&b);
}

START_TEST(test_simulations__figures_reckoned_by_hand)
{
    begin();
    struct simulations_population *const p = read_csv(thirty());
    const struct simulations_result *const r = run(p, (struct simulations_choice){.old_text = STR(TEXT("10.000")), .new_text = STR(TEXT("8.000"))});

    ck_assert_int_eq(r->all.households, 30);
    ck_assert_int_eq(r->all.served_old, 20);
    ck_assert_int_eq(r->all.served_new, 10);
    ck_assert_int_eq(r->all.lose, 10);
    ck_assert_int_eq(r->all.leave, 10);
    ck_assert_int_eq(r->all.gain, 0);
    ck_assert_int_eq(r->all.same, 20);
    ck_assert_int_eq(r->all.cost_old, 20 * 120000);
    ck_assert_int_eq(r->all.cost_new, 10 * 120000);
    ck_assert_int_eq(r->mean_loss, 120000);
    ck_assert_int_eq(r->kinds[SIMULATIONS_SINGLE].lose, 10);
    ck_assert_int_eq(r->quintile_to[0], 500000);
    ck_assert_int_eq(r->quintile_to[4], 2000050);
    /* Ivrea by its name and by its code are one comune */
    ck_assert_int_eq(p->n_places, 2);
    ck_assert_int_eq(r->places[0].households, 20);
    ck_assert_int_eq(r->places[1].lose, 10);
    simulations_free(p);
    arena_free(mem);
}
END_TEST

/* Seven households: the first fifth of them ends within the second, and holds it. */
START_TEST(test_simulations__fifths_of_what_five_does_not_part)
{
    begin();
    static const char *const isee[] = {"1000", "2000", "3000", "4000", "5000", "6000", "7000"};
    struct buf b = buf_new(mem, 1000);

    buf_z(&b, "nucleo,comune,isee_ord,eta\n");
    for (int i = 0; i < ARRAY_LEN(isee); i++)
        put(&b, 1, isee[i], "Ivrea");
    struct simulations_population *const p = read_csv(buf_view(&b));
    const struct simulations_result *const r = run(p, (struct simulations_choice){.old_text = STR(TEXT("10.000")), .new_text = STR(TEXT("8.000"))});

    ck_assert_int_eq(r->quintile_to[0], 200000);
    ck_assert_int_eq(r->quintile_to[1], 300000);
    ck_assert_int_eq(r->quintile_to[4], 700000);
    simulations_free(p);
    arena_free(mem);
}
END_TEST

/* What a household pays: less is a gain. */
START_TEST(test_simulations__who_pays_less_gains)
{
    begin();
    struct simulations_population *const p = read_csv(thirty());
    const struct simulations_choice o = {.old_text = STR(HEAD "importo quota \"quota\" al mese = 10% * isee_ord / 12\n"),
                                         .new_text = STR(HEAD "importo quota \"quota\" al mese = minimo(10% * isee_ord / 12; 50 euro)\n"), .is_paid = true};
    const struct simulations_result *const r = run(p, o);

    ck_assert_int_eq(r->all.gain, 20);
    ck_assert_int_eq(r->all.lose, 0);
    ck_assert_int_eq(r->all.same, 10);
    simulations_free(p);
    arena_free(mem);
}
END_TEST

START_TEST(test_simulations__small_counts_are_hidden_with_what_tells_them)
{
    struct buf b;

    begin();
    b = buf_new(mem, 1000);
    buf_z(&b, "nucleo,comune,isee_ord,eta\n");
    put(&b, 3, "9000", "Ivrea"); /* three lose: too few to be told */
    put(&b, 40, "5000", "Ivrea");
    put(&b, 30, "5000", "Cuorgnè");
    put(&b, 20, "9000", "Castellamonte");
    put(&b, 60, "5000", "Torino");
    struct simulations_population *const p = read_csv(buf_view(&b));
    const struct simulations_result *const r = run(p, (struct simulations_choice){.old_text = STR(TEXT("10.000")), .new_text = STR(TEXT("8.000"))});
    int n_hidden = 0, ivrea = -1;

    ck_assert(!r->all.hides_moves);
    for (int i = 0; i < p->n_places; i++) {
        n_hidden += r->places[i].hides_moves;
        ivrea = str_eq_z(p->places[i], "Ivrea") ? i : ivrea;
    }
    ck_assert(r->places[ivrea].hides_moves && r->places[ivrea].hides_served && r->places[ivrea].hides_money);
    /* the others of its zone would give it away: at least one of them is hidden too, and together they are enough */
    int64_t together = 0;

    ck_assert_int_ge(n_hidden, 2);
    for (int i = 0; i < p->n_places; i++)
        together += r->places[i].hides_moves ? r->places[i].lose : 0;
    ck_assert(together == 0 || together >= SIMULATIONS_LEAST);
    const struct str json = simulations_json(mem, p, &(struct simulations_choice){.old_text = STR(TEXT("10.000")), .new_text = STR(TEXT("8.000"))}, r);

    ck_assert_ptr_null(strstr(json.p, "\"lose\":3,"));
    simulations_free(p);
    arena_free(mem);
}
END_TEST

START_TEST(test_simulations__a_budget_serves_in_turn_and_ties_wait_together)
{
    struct buf b;

    begin();
    b = buf_new(mem, 1000);
    buf_z(&b, "nucleo,comune,isee_ord,eta\n");
    put(&b, 10, "3000", "Ivrea");
    put(&b, 8, "6000", "Ivrea");
    put(&b, 12, "7000", "Ivrea");
    struct simulations_population *const p = read_csv(buf_view(&b));
    struct simulations_choice o = {.old_text = STR(TEXT("10.000")), .new_text = STR(TEXT("10.000")), .budget_cents = 15 * 120000};
    const struct simulations_result *r = run(p, o);

    ck_assert_int_eq(r->list.n_asking, 30);
    ck_assert_int_eq(r->list.n_served, 10); /* five more could be paid, but eight are alike */
    ck_assert_int_eq(r->list.n_waiting, 20);
    ck_assert_int_eq(r->list.n_tied, 8);
    ck_assert_int_eq(r->list.spent, 10 * 120000);
    ck_assert_int_eq(r->list.last_isee, 300000);
    o.budget_cents = 18 * 120000;
    r = run(p, o);
    ck_assert_int_eq(r->list.n_served, 18);
    ck_assert_int_eq(r->list.n_tied, 12);
    simulations_free(p);
    arena_free(mem);
}
END_TEST

START_TEST(test_simulations__points_come_before_isee)
{
    static const char csv[] = "nucleo;isee_ord;punteggio_sociale;eta\n1;1000;7;40\n2;9000;14;40\n3;500;;40\n4;2000;14;40\n5;100;8;40\n";
    begin();
    struct simulations_population *const p = read_csv(str_of(csv));
    const struct simulations_choice o = {.old_text = STR(TEXT("10.000")), .new_text = STR(TEXT("10.000")), .budget_cents = 3 * 120000, .rank = SIMULATIONS_BY_POINTS};
    const struct simulations_result *const r = run(p, o);

    ck_assert_int_eq(r->list.n_served, 3);
    ck_assert_int_eq(r->list.last_rank, 8 * (int64_t)RULES_DEN);
    ck_assert_int_eq(r->list.last_isee, 10000);
    ck_assert(r->list.hides); /* so few are not shown */
    simulations_free(p);
    arena_free(mem);
}
END_TEST

START_TEST(test_simulations__jumps_are_found_to_the_cent)
{
    begin();
    struct simulations_population *const p = read_csv(thirty());
    const struct simulations_result *const r = run(p, (struct simulations_choice){.old_text = STR(TEXT("10.000")), .new_text = STR(TEXT("8.765,43"))});
    bool has_old = false, has_new = false;

    ck_assert(r->depends_on_isee);
    for (int i = 0; i < r->n_jumps; i++) {
        ck_assert_int_eq(r->jumps[i].at, r->jumps[i].is_old ? 1000000 : 876543);
        ck_assert_int_eq(r->jumps[i].before, 120000);
        ck_assert_int_eq(r->jumps[i].after, 0);
        has_old |= r->jumps[i].is_old;
        has_new |= !r->jumps[i].is_old;
        if (!r->jumps[i].is_old)
            ck_assert_int_eq(r->jumps[i].n_near, 10); /* those at 9,000 */
    }
    ck_assert(has_old && has_new);
    simulations_free(p);
    arena_free(mem);
}
END_TEST

/* 10 % of each euro of ISEE is taken: one alone loses 10 cents of each euro of income, a couple with two children 10 / 2.46. */
START_TEST(test_simulations__marginal_rates_follow_the_scale)
{
    static const char text[] = HEAD "importo aiuto \"aiuto\" al anno = massimo(5.000 euro - 10% * isee_ord; 0 euro)\n";
    begin();
    struct simulations_population *const p = read_csv(thirty());
    const struct simulations_result *const r = run(p, (struct simulations_choice){.old_text = str_of(text), .new_text = str_of(text)});

    ck_assert_int_eq(r->curves[0].new_rate[10], 1000);
    ck_assert_int_eq(r->curves[1].new_rate[10], 406);
    ck_assert_int_eq(r->curves[0].new_rate[90], 0);
    ck_assert_int_eq(r->n_jumps, 0);
    simulations_free(p);
    arena_free(mem);
}
END_TEST

START_TEST(test_simulations__the_same_whatever_the_threads)
{
    begin();
    struct simulations_choice o = {.old_text = STR(TEXT("10.000")), .new_text = STR(TEXT("12.345,67")), .budget_cents = 100000000};
    struct simulations_population *const p = simulations_invent(facts, 7, 3000, NULL), *const q = simulations_invent(facts, 7, 3000, NULL),
                                  *const other = simulations_invent(facts, 8, 3000, NULL);
    const struct str one = simulations_json(mem, p, &o, run(p, o));

    o.n_threads = 3;
    const struct str three = simulations_json(mem, q, &o, run(q, o)), others = simulations_json(mem, other, &o, run(other, o));

    ck_assert(str_eq(one, three));
    ck_assert(!str_eq(one, others));
    simulations_free(p);
    simulations_free(q);
    simulations_free(other);
    arena_free(mem);
}
END_TEST

/* What the old text answers is asked once, and read while the new one moves. */
START_TEST(test_simulations__what_the_old_text_answered_is_kept)
{
    begin();
    struct simulations_population *const p = simulations_invent(facts, 7, 3000, NULL);
    struct simulations_before before = {.of = arena_array(mem, 3001, sizeof *before.of)};
    struct simulations_choice o = {.old_text = STR(TEXT("10.000")), .new_text = STR(TEXT("9.000")), .before = &before, .n_threads = 2};

    run(p, o);
    ck_assert(before.is_full);
    o.new_text = STR(TEXT("12.345,67"));
    const struct simulations_result *const kept = run(p, o);

    o.before = NULL;
    const struct simulations_result *const asked = run(p, o);

    ck_assert_str_eq(kept->result_hash, asked->result_hash);
    ck_assert_str_eq(kept->hash, asked->hash);
    ck_assert_int_gt(kept->all.served_old, 0);
    before.of[0].verdict = before.of[0].verdict == RULES_YES ? RULES_NO : RULES_YES; /* it is read, and not asked again */
    o.before = &before;
    ck_assert_int_eq(llabs(run(p, o)->all.served_old - asked->all.served_old), 1);
    simulations_free(p);
    arena_free(mem);
}
END_TEST

/* Facts of an invented household do not hang on which others were asked for, nor on how many households there are. */
START_TEST(test_simulations__an_invented_household_is_its_own)
{
    begin();
    bool *const wanted = ARENA_ARRAY(mem, bool, (size_t)rules_n_facts(facts));
    const int isee = rules_fact_find(facts, STR("isee_ord")), pfi = rules_fact_find(facts, STR("isee_pfi")), age = rules_fact_find(facts, STR("eta"));
    int64_t n_of[7] = {0};

    wanted[isee] = wanted[age] = true;
    struct simulations_population *const all = simulations_invent(facts, 3, 4000, NULL), *const few = simulations_invent(facts, 3, 500, wanted);

    ck_assert_ptr_null(few->p.of_household[pfi]);
    for (int h = 0; h < 500; h++) {
        ck_assert_int_eq(all->p.of_household[isee][h], few->p.of_household[isee][h]);
        ck_assert_int_le(all->p.of_household[pfi][h], all->p.of_household[isee][h]);
        ck_assert_int_eq(all->p.of_member[age][all->p.first_member[h]], few->p.of_member[age][few->p.first_member[h]]);
        ck_assert_int_ge(all->p.of_member[age][all->p.first_member[h]], 18 * (int64_t)RULES_DEN);
    }
    for (int h = 0; h < 4000; h++)
        n_of[all->p.first_member[h + 1] - all->p.first_member[h]]++;
    ck_assert_int_gt(n_of[1], 4000 * 35 / 100); /* 38.5 % are alone */
    ck_assert_int_lt(n_of[1], 4000 * 42 / 100);
    simulations_free(all);
    simulations_free(few);
    arena_free(mem);
}
END_TEST

START_TEST(test_simulations__a_file_that_is_wrong_says_where)
{
    static const struct {
        const char *csv, *key;
        int line;
    } cases[] = {
        {"nucleo,eta,cognome\n1,40,x\n", "simulations.csv-personal", 1},
        {"nucleo,eta,pippo\n1,40,x\n", "simulations.csv-column", 1},
        {"nucleo,eta\nRSSMRA80A01H501U,40\n", "simulations.csv-personal", 2},
        {"nucleo,eta\n1,40\n1,quaranta\n", "simulations.csv-value", 3},
        {"nucleo,eta\n1,40\n2,30\n1,5\n", "simulations.csv-apart", 0},
        {"nucleo,eta\n,40\n", "simulations.csv-nucleo", 2},
        {"nucleo,eta\n", "simulations.csv-empty", 0},
        {"nucleo,eta\n1,40\n2,40\n3,40\n4,40\n", "simulations.csv-few", 0},
        {"nucleo,isee_ord\n1,\"1000,001\"\n", "simulations.csv-value", 2},
    };

    begin();
    for (int i = 0; i < ARRAY_LEN(cases); i++) {
        struct simulations_population *p = NULL;
        struct simulations_trouble why;

        ck_assert_msg(simulations_read(mem, facts, str_of(cases[i].csv), &p, &why) == ST_INVALID, "%s", cases[i].csv);
        ck_assert_str_eq(why.key, cases[i].key);
        ck_assert_int_eq(why.line, cases[i].line);
    }
    arena_free(mem);
}
END_TEST

/* An empty cell is not known, "~" is a guess: to be checked, or probable. */
START_TEST(test_simulations__what_nobody_knows_is_told_apart)
{
    struct buf b;

    begin();
    b = buf_new(mem, 1000);
    buf_z(&b, "nucleo,comune,isee_ord,eta\n");
    put(&b, 6, "", "Ivrea");
    put(&b, 7, "~5000", "Ivrea");
    put(&b, 8, "5000", "Ivrea");
    struct simulations_population *const p = read_csv(buf_view(&b));
    const struct simulations_result *const r = run(p, (struct simulations_choice){.old_text = STR(TEXT("10.000")), .new_text = STR(TEXT("1.000"))});

    ck_assert_int_eq(r->n_to_check_old, 6);
    ck_assert_int_eq(r->n_to_check_new, 6 + 7); /* a guess above the limit is no "no" */
    ck_assert_int_eq(r->n_no_isee, 6);
    ck_assert_int_eq(r->all.served_old, 15);
    ck_assert_int_eq(r->all.served_new, 0);
    simulations_free(p);
    arena_free(mem);
}
END_TEST

START_TEST(test_simulations__a_saved_file_comes_out_the_same)
{
    begin();
    const struct simulations_choice o = {.old_text = STR(TEXT("10.000")), .new_text = STR(TEXT("9.000")), .budget_cents = 5000000, .rank = SIMULATIONS_BY_POINTS};
    struct simulations_population *const p = simulations_invent(facts, 18446744073709551615u, 900, NULL);
    const struct str json = simulations_json(mem, p, &o, run(p, o));
    struct simulations_saved saved;
    struct str why;

    ck_assert_int_eq(simulations_saved_read(mem, json, &saved, &why), ST_OK);
    ck_assert_int_eq(saved.n, 900);
    ck_assert(saved.seed == 18446744073709551615u);
    struct simulations_population *const q = simulations_invent(facts, saved.seed, saved.n, NULL);

    ck_assert(str_eq_z(saved.population_hash, q->hash));
    ck_assert(str_eq(json, simulations_json(mem, q, &saved.choice, run(q, saved.choice))));
    ck_assert_int_eq(simulations_saved_read(mem, STR("{}"), &saved, &why), ST_INVALID);
    ck_assert_int_eq(simulations_saved_read(mem, STR("{\"a\":1"), &saved, &why), ST_INVALID);
    simulations_free(p);
    simulations_free(q);
    arena_free(mem);
}
END_TEST

START_TEST(test_simulations__what_changed_in_words)
{
    static const char after[] = HEAD "# un'altra nota\nparametro limite \"limite\" = 8.000,50 euro\nparametro tetto \"tetto\" = 20%\n"
                                     "requisito \"L'ISEE non supera il limite\":   isee_ord<=limite\n"
                                     "importo aiuto \"aiuto\" al mese = 100 euro * tetto\n";
    struct simulations_difference *list;
    const struct rules *a, *b;
    struct rules_error e;
    int n;

    begin();
    ck_assert_int_eq(rules_parse(mem, facts, STR(TEXT("10.000")), &a, &e), ST_OK);
    ck_assert_int_eq(rules_parse(mem, facts, str_of(after), &b, &e), ST_OK);
    simulations_differences(mem, a, STR(TEXT("10.000")), b, str_of(after), &list, &n);
    ck_assert_int_eq(n, 3); /* white space and notes are no difference */
    ck_assert(str_eq_z(list[0].before, "10.000 euro") && str_eq_z(list[0].after, "8.000,50 euro"));
    ck_assert_int_eq(list[1].how, SIMULATIONS_ADDED);
    ck_assert(str_eq_z(list[1].after, "20 %") && str_eq_z(list[2].after, "100 euro * tetto"));
    arena_free(mem);
}
END_TEST

/* Another number in a parameter, and not a byte beside it. */
START_TEST(test_simulations__a_number_is_changed_in_its_place)
{
    static const char text[] = HEAD "parametro limite \"limite = 10.000 euro\" = 10.000 euro # 10.000\nparametro quota \"quota\" = 20 per cento\nimporto x = limite * quota\n";
    static const char wanted[] = HEAD "parametro limite \"limite = 10.000 euro\" = 9.360,5 euro # 10.000\nparametro quota \"quota\" = 25 per cento\nimporto x = limite * quota\n";
    const struct rules_change changes[] = {{STR("limite"), STR("9360.5")}, {STR("quota"), STR("25")}};
    const struct rules *r;
    struct rules_error e;
    struct str out;
    int bad;

    begin();
    ck_assert_int_eq(rules_parse(mem, facts, str_of(text), &r, &e), ST_OK);
    ck_assert_int_eq(rules_change(mem, r, str_of(text), changes, 2, &out, &bad), ST_OK);
    ck_assert(str_eq(out, str_of(wanted)));
    ck_assert_int_eq(rules_change(mem, r, str_of(text), &(struct rules_change){STR("x"), STR("1")}, 1, &out, &bad), ST_INVALID);
    ck_assert_int_eq(rules_change(mem, r, str_of(text), &(struct rules_change){STR("limite"), STR("10.00.0")}, 1, &out, &bad), ST_INVALID);
    arena_free(mem);
}
END_TEST

UNIT_MAIN("simulations", test_simulations__what_the_old_text_answered_is_kept, test_simulations__figures_reckoned_by_hand, test_simulations__fifths_of_what_five_does_not_part, test_simulations__who_pays_less_gains,
          test_simulations__small_counts_are_hidden_with_what_tells_them, test_simulations__a_budget_serves_in_turn_and_ties_wait_together,
          test_simulations__points_come_before_isee, test_simulations__jumps_are_found_to_the_cent,
          test_simulations__marginal_rates_follow_the_scale, test_simulations__the_same_whatever_the_threads,
          test_simulations__an_invented_household_is_its_own, test_simulations__a_file_that_is_wrong_says_where,
          test_simulations__what_nobody_knows_is_told_apart, test_simulations__a_saved_file_comes_out_the_same,
          test_simulations__what_changed_in_words, test_simulations__a_number_is_changed_in_its_place)

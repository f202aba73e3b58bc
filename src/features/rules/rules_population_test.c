/* rules_population_test.c - a population asked at once gets what each household gets alone; properties of the ISEE. */
#include "base/date.h"
#include "base/macros.h"
#include "base/tables.h"
#include "rules_population.h"
#include "rules_private.h"
#include "rules_shelf.h"
#include "tests/unit.h"
#include <stdio.h>
#include <string.h>

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
enum { MANY = 10000 };
#else
enum { MANY = 100000 };
#endif
enum { N = 3000, FEW = 250, MOST_MEMBERS = 8, FEW_MEMBERS = 4 };

static struct arena *mem, *pop; /* of the texts; of one population */
static const struct rules_shelf *shelf;
static const struct rules_facts *facts;
static uint64_t seed;

static void begin(uint64_t first_seed)
{
    mem = arena_new(0);
    pop = arena_new(0);
    shelf = rules_shelf_open(mem);
    facts = rules_shelf_facts(shelf);
    seed = first_seed;
}

static void end(void)
{
    arena_free(pop);
    arena_free(mem);
}

/* xorshift: the same households at every run. */
static int64_t below(int64_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int64_t)(seed % (uint64_t)n);
}

static const struct rules *today(const char *code)
{
    const struct rules *const r = rules_shelf_find(shelf, str_of(code), day_parse(STR("2026-11-21")));

    ck_assert_msg(r != NULL, "%s is not on the shelf", code);
    return r;
}

static int64_t some_value(const struct rules_fact *f)
{
    static const int64_t edges[] = {0, 640000, 640001, 1014000, 1014001, 1060000, 1060001, 2600000, 5250000};

    if (f->type == RULES_BOOL)
        return below(2);
    if (f->type == RULES_NUMBER)
        return below(95) * RULES_DEN;
    if (f->type == RULES_CODE)
        return below(f->n_codes);
    return below(4) == 0 ? edges[below(ARRAY_LEN(edges))] : below(5000000);
}

static bool is_wanted(const struct rules *only, int fact)
{
    const int *list;
    int n;

    if (only == NULL)
        return true;
    rules_asks(only, &list, &n);
    for (int i = 0; i < n; i++)
        if (list[i] == fact)
            return true;
    return false;
}

/* Known to all, or guessed or unknown now and then. `only`: just the facts that it asks. */
static struct rules_population *random_population(int64_t n_households, bool all_known, const struct rules *only)
{
    const int n = rules_n_facts(facts);
    struct rules_population *const p = arena_alloc(pop, sizeof *p);
    int64_t *const first = arena_alloc(pop, (size_t)(n_households + 1) * sizeof *first);
    int64_t *const outside = arena_alloc(pop, (size_t)n_households * sizeof *outside);
    const int64_t **const house = arena_array(pop, (size_t)n, sizeof *house);
    const int64_t **const member = arena_array(pop, (size_t)n, sizeof *member);
    const uint8_t **const known = arena_array(pop, (size_t)n, sizeof *known);
    const uint8_t **const truths = arena_array(pop, (size_t)n, sizeof *truths);

    first[0] = 0;
    for (int64_t h = 0; h < n_households; h++) {
        outside[h] = below(4) == 0 ? below(3) : 0;
        first[h + 1] = first[h] + 1 + below(n_households > N ? FEW_MEMBERS : MOST_MEMBERS) + outside[h];
    }
    for (int i = 0; i < n; i++) {
        const struct rules_fact *const f = rules_fact_at(facts, i);
        const int64_t rows = f->is_of_member ? first[n_households] : n_households;

        if (!is_wanted(only, i) || (!all_known && below(20) == 0))
            continue; /* nobody knows */
        int64_t *const column = arena_alloc(pop, (size_t)rows * sizeof *column);
        uint8_t *const sure = all_known ? NULL : arena_alloc(pop, (size_t)rows);

        for (int64_t k = 0; k < rows; k++) {
            column[k] = some_value(f);
            if (sure != NULL)
                sure[k] = below(30) > 0 ? RULES_CERTAIN : (uint8_t)below(2);
        }
        known[i] = sure;
        if (f->type == RULES_BOOL && i % 3 > 0 && n_households <= N) { /* some stand as bytes */
            uint8_t *const bytes = arena_alloc(pop, (size_t)rows);

            for (int64_t k = 0; k < rows; k++)
                bytes[k] = (uint8_t)column[k];
            truths[i] = bytes;
        } else if (f->is_of_member) {
            member[i] = column;
        } else {
            house[i] = column;
        }
    }
    *p = (struct rules_population){n_households, first[n_households], first, house, member, known, truths, outside};
    return p;
}

static void compare(const struct rules *r, const struct rules_population *p, int amount)
{
    const int n = (int)p->n_households;
    struct rules_outcome *const all = arena_alloc(pop, (size_t)n * sizeof *all);
    struct arena *const scratch = arena_new(0);

    rules_ask_all(r, facts, p, amount, 0, n, all);
    for (int h = 0; h < n; h++) {
        struct rules_answer a;
        struct str why;

        arena_reset(scratch);
        const bool is_error =
            rules_ask(scratch, r, facts, rules_population_household(scratch, facts, p, h), &a, &why) != ST_OK;

        ck_assert_int_eq(all[h].is_error, is_error);
        if (is_error)
            continue;
        ck_assert_msg(all[h].verdict == a.verdict, "%s: household %d: %d and not %d", rules_code(r).p, h, all[h].verdict,
                      a.verdict);
        const int64_t cents = amount >= 0 && amount < a.n_amounts ? a.amounts[amount].cents : 0;

        ck_assert_msg(all[h].cents == cents, "%s: household %d: %lld and not %lld", rules_code(r).p, h, (long long)all[h].cents,
                      (long long)cents);
    }
    arena_free(scratch);
}

static void compare_all_amounts(const struct rules *r)
{
    arena_reset(pop);
    const struct rules_population *const known = random_population(FEW, true, r), *const vague = random_population(FEW, false, r);
    int amount = -1;

    compare(r, vague, amount);
    for (int i = 0; i < r->n; i++) {
        if (r->list[i].kind != DEFINE_AMOUNT)
            continue;
        compare(r, known, ++amount);
        compare(r, vague, amount);
    }
}

/* Every text that is shipped, laws and samples, every amount of it. */
START_TEST(test_population__same_answers_as_one_by_one)
{
    begin(88172645463325252);
    for (int i = 0; i < rules_shelf_n(shelf); i++)
        compare_all_amounts(rules_shelf_at(shelf, i));
    for (int i = 0; i < rules_shelf_n_samples(shelf); i++)
        compare_all_amounts(rules_shelf_sample_at(shelf, i));
    end();
}
END_TEST

/* Every kind of node, and numbers that outgrow columns. */
START_TEST(test_population__every_part_of_the_language)
{
    static const char text[] =
        "misura X \"x\"\n"
        "valore terzo di_ciascuno = altri_redditi / 3\n"
        "valore per_testa = somma(componenti: terzo) / n_componenti\n"
        "valore quota = se in_affitto o non riceve_adi allora per_testa altrimenti -per_testa\n"
        "scaglioni b su quota fino_a -10 euro escluso = 1 da -10 euro fino_a 10.000 euro = 2 oltre 10.000 euro = 3\n"
        "valore grande = isee_ord * residenza_anni * residenza_anni * residenza_anni / (residenza_anni + 0,333333)\n"
        "requisito \"r\": tutti(altri: eta >= 3 o disabile) e non (almeno_uno(componenti: eta = 7)) e b <> 3\n"
        "requisito \"s\": conta(componenti: reddito_dipendente > per_testa) >= 1\n"
        "importo a = arrotonda(minimo(massimo(quota; isee_ord; 0 euro); reddito_familiare); 0,50 euro) + grande\n"
        "valore fuori = somma(figli_fuori: terzo) + 1 euro * conta(figli_fuori: eta > 30)\n"
        "scaglioni retta su fuori fino_a 0 euro = 0 euro oltre 0 euro fino_a 9.000 euro = lineare(5 euro; 7 euro) oltre 9.000 euro = 7 euro\n"
        "verifica \"t\": retta > 5,50 euro\n"
        "importo c = fuori + retta\n"
        "importo diviso = isee_ord / residenza_anni\n";
    const struct rules *r;
    struct rules_error e;

    begin(1234567);
    ck_assert_msg(rules_parse(mem, facts, str_of(text), &r, &e) == ST_OK, "%d:%d %s", e.line, e.column, e.key);
    for (int round = 0; round < 3; round++)
        for (int amount = 0; amount < 2; amount++) {
            arena_reset(pop);
            compare(r, random_population(N, round == 0, NULL), amount);
        }
    end();
}
END_TEST

/* ---- properties of the ISEE (DOMAIN 1.9), MANY households each ---- */

static struct rules_outcome *isee_of(const struct rules *r, const struct rules_population *p)
{
    struct rules_outcome *const all = arena_alloc(pop, (size_t)p->n_households * sizeof *all);

    rules_ask_all(r, facts, p, 0, 0, p->n_households, all);
    return all;
}

static int64_t *column_of(struct rules_population *p, const char *name, int64_t *n_rows)
{
    const int f = rules_fact_find(facts, str_of(name));
    const bool of_member = rules_fact_at(facts, f)->is_of_member;

    *n_rows = of_member ? p->n_members : p->n_households;
    return (int64_t *)(of_member ? p->of_member[f] : p->of_household[f]);
}

START_TEST(test_isee__more_income_or_assets_never_lower_it)
{
    static const char *const money[] = {"altri_redditi", "reddito_dipendente", "reddito_pensione", "altri_immobili",
                                        "depositi",      "casa_valore_imu",    "titoli_stato"};

    begin(99);
    struct rules_population *const p = random_population(MANY, true, today("ISEE_ORD"));
    const struct rules_outcome *before = isee_of(today("ISEE_ORD"), p);

    for (size_t k = 0; k < ARRAY_LEN(money); k++) {
        int64_t rows, *const column = column_of(p, money[k], &rows);

        for (int64_t i = 0; i < rows; i++)
            column[i] += below(900000);
        const struct rules_outcome *const after = isee_of(today("ISEE_ORD"), p);

        for (int h = 0; h < MANY; h++)
            ck_assert_msg(after[h].cents >= before[h].cents, "%s: household %d", money[k], h);
        before = after;
    }
    end();
}
END_TEST

/* PFI asks one thing more than ORD: where the home is. */
START_TEST(test_isee__the_family_indicator_is_never_above_the_ordinary)
{
    begin(7);
    const struct rules_population *const p = random_population(MANY, true, today("ISEE_PFI"));
    const struct rules_outcome *const ordinary = isee_of(today("ISEE_ORD"), p), *const family = isee_of(today("ISEE_PFI"), p);

    for (int h = 0; h < MANY; h++)
        ck_assert_msg(family[h].cents <= ordinary[h].cents, "household %d", h);
    end();
}
END_TEST

/* The last person of each household, without income, lives elsewhere first and at home then. */
static void one_more(bool is_child)
{
    arena_reset(pop);
    struct rules_population *const p = random_population(MANY, true, today("ISEE_ORD"));
    const int64_t *const first = p->first_member;
    int64_t *const outside = arena_array(pop, MANY, sizeof *outside);

    for (int i = 0; i < rules_n_facts(facts); i++)
        for (int64_t h = 0; h < MANY && p->of_member[i] != NULL; h++)
            ((int64_t *)p->of_member[i])[first[h + 1] - 1] = 0;
    for (int64_t h = 0; h < MANY; h++) {
        int64_t rows;
        const int64_t last = first[h + 1] - 1;

        column_of(p, "eta", &rows)[last] = is_child ? below(18) : 50;
        column_of(p, "figlio_convivente", &rows)[last] = is_child;
        column_of(p, "disabile", &rows)[last] = !is_child;
        outside[h] = last > first[h];
    }
    p->n_outside = outside;
    const struct rules_outcome *const before = isee_of(today("ISEE_ORD"), p);

    p->n_outside = NULL;
    const struct rules_outcome *const after = isee_of(today("ISEE_ORD"), p);
    int n_lower = 0;

    for (int h = 0; h < MANY; h++) {
        ck_assert_msg(after[h].cents <= before[h].cents, "household %d: %lld and then %lld", h, (long long)before[h].cents,
                      (long long)after[h].cents);
        n_lower += after[h].cents < before[h].cents;
    }
    ck_assert_int_gt(n_lower, MANY / 2);
}

START_TEST(test_isee__a_child_or_a_disabled_person_without_income_never_raises_it)
{
    begin(4711);
    one_more(true);
    one_more(false);
    end();
}
END_TEST

static bool is_of_number(char c)
{
    return (c >= '0' && c <= '9') || c == '.';
}

/* The text with every sum of euro three times as large. */
static struct str scaled(struct str text)
{
    char *const out = arena_alloc(mem, 2 * text.n + 1);
    size_t n = 0, end;

    for (size_t i = 0; i < text.n; i = end) {
        int64_t euro = 0;

        for (end = i; end < text.n && is_of_number(text.p[end]); end++)
            euro = text.p[end] == '.' ? euro : euro * 10 + (text.p[end] - '0');
        if (end == i) {
            out[n++] = text.p[end++];
        } else if (str_starts(str_from(text, end), STR(" euro"))) {
            n += (size_t)snprintf(out + n, 2 * text.n - n, "%lld", (long long)(3 * euro));
        } else {
            memcpy(out + n, text.p + i, end - i);
            n += end - i;
        }
    }
    return (struct str){out, n};
}

START_TEST(test_isee__all_money_times_three_is_an_isee_times_three)
{
    const struct rules *three = NULL;
    struct rules_error e;

    begin(31);
    const struct str text = rules_shelf_file(shelf, today("ISEE_ORD"))->bytes;
    struct rules_population *const p = random_population(MANY, true, today("ISEE_ORD"));
    const struct rules_outcome *const before = isee_of(today("ISEE_ORD"), p);

    ck_assert_msg(rules_parse(mem, facts, scaled(text), &three, &e) == ST_OK, "%d:%d %s", e.line, e.column, e.key);
    for (int i = 0; i < rules_n_facts(facts); i++) {
        const struct rules_fact *const f = rules_fact_at(facts, i);
        int64_t *const column = (int64_t *)(f->is_of_member ? p->of_member[i] : p->of_household[i]);

        for (int64_t k = 0; column != NULL && f->type == RULES_MONEY && k < (f->is_of_member ? p->n_members : MANY); k++)
            column[k] *= 3;
    }
    const struct rules_outcome *const after = isee_of(three, p);

    for (int h = 0; h < MANY; h++) {
        const int64_t off = after[h].cents - 3 * before[h].cents; /* each is rounded once */

        ck_assert_msg(off >= -2 && off <= 2, "household %d: %lld", h, (long long)off);
    }
    end();
}
END_TEST

UNIT_MAIN("rules_population", test_population__same_answers_as_one_by_one, test_population__every_part_of_the_language,
          test_isee__more_income_or_assets_never_lower_it, test_isee__the_family_indicator_is_never_above_the_ordinary,
          test_isee__a_child_or_a_disabled_person_without_income_never_raises_it,
          test_isee__all_money_times_three_is_an_isee_times_three)

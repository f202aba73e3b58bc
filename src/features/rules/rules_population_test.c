/* rules_population_test.c - a population asked at once gets what each household gets alone; properties of the ISEE. */
#include "base/macros.h"
#include "base/tables.h"
#include "rules_population.h"
#include "tests/unit.h"
#include <string.h>

enum { N = 3000, MOST_MEMBERS = 8 };

static struct arena *mem;
static const struct rules_facts *facts;
static uint64_t seed;

/* xorshift: the same households at every run. */
static int64_t below(int64_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int64_t)(seed % (uint64_t)n);
}

static const struct rules *shipped(const char *name)
{
    const struct rules *r = NULL;
    struct rules_error e;
    const struct table_file *const t = table_find(str_fmt(mem, "rules/%s.rules", name).p);

    ck_assert_msg(t != NULL, "%s is not built in", name);
    ck_assert_int_eq(rules_parse(mem, facts, t->bytes, &r, &e), ST_OK);
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

/* Known to all, guessed or unknown now and then. */
static const struct rules_population *random_population(bool all_known)
{
    const int n = rules_n_facts(facts);
    struct rules_population *const p = arena_alloc(mem, sizeof *p);
    int64_t *const first = arena_alloc(mem, (N + 1) * sizeof *first);
    const int64_t **const house = arena_array(mem, (size_t)n, sizeof *house);
    const int64_t **const member = arena_array(mem, (size_t)n, sizeof *member);
    const uint8_t **const known = arena_array(mem, (size_t)n, sizeof *known);
    const uint8_t **const truths = arena_array(mem, (size_t)n, sizeof *truths);
    int64_t *const outside = arena_array(mem, N, sizeof *outside);

    first[0] = 0;
    for (int h = 0; h < N; h++) {
        first[h + 1] = first[h] + 1 + below(MOST_MEMBERS);
        outside[h] = below(3) == 0 && first[h + 1] - first[h] > 1 ? 1 : 0;
    }
    for (int i = 0; i < n; i++) {
        const struct rules_fact *const f = rules_fact_at(facts, i);
        const int64_t rows = f->is_of_member ? first[N] : N;
        int64_t *const column = arena_alloc(mem, (size_t)rows * sizeof *column);
        uint8_t *const sure = arena_alloc(mem, (size_t)rows);

        if (!all_known && below(20) == 0)
            continue; /* nobody knows */
        for (int64_t k = 0; k < rows; k++) {
            column[k] = some_value(f);
            sure[k] = all_known || below(30) > 0 ? RULES_CERTAIN : (uint8_t)below(2);
        }
        if (f->type == RULES_BOOL && i % 3 > 0) { /* some stand as bytes */
            uint8_t *const bytes = arena_alloc(mem, (size_t)rows);

            for (int64_t k = 0; k < rows; k++)
                bytes[k] = (uint8_t)column[k];
            truths[i] = bytes;
        } else if (f->is_of_member) {
            member[i] = column;
        } else {
            house[i] = column;
        }
        known[i] = all_known ? NULL : sure;
    }
    *p = (struct rules_population){N, first[N], first, house, member, known, truths, outside};
    return p;
}

static void compare(const struct rules *r, const struct rules_population *p, int amount)
{
    struct rules_outcome *const all = arena_alloc(mem, N * sizeof *all);
    struct arena *const scratch = arena_new(0);

    rules_ask_all(r, facts, p, amount, 0, N, all);
    for (int h = 0; h < N; h++) {
        struct rules_answer a;
        struct str why;

        arena_reset(scratch);
        const bool is_error =
            rules_ask(scratch, r, facts, rules_population_household(scratch, facts, p, h), &a, &why) != ST_OK;

        ck_assert_int_eq(all[h].is_error, is_error);
        if (is_error)
            continue;
        ck_assert_msg(all[h].verdict == a.verdict, "household %d: %d and not %d", h, all[h].verdict, a.verdict);
        const int64_t cents = amount >= 0 && amount < a.n_amounts ? a.amounts[amount].cents : 0;

        ck_assert_msg(all[h].cents == cents, "household %d: %lld and not %lld", h, (long long)all[h].cents, (long long)cents);
    }
    arena_free(scratch);
}

START_TEST(test_population__same_answers_as_one_by_one)
{
    static const char *const names[] = {"adi", "aslo", "isee_ord", "isee_pfi", "isee_res", "auu"};

    mem = arena_new(0);
    facts = rules_facts_open(mem);
    seed = 88172645463325252;
    for (int round = 0; round < 4; round++)
        for (size_t i = 0; i < ARRAY_LEN(names); i++)
            compare(shipped(names[i]), random_population(round == 0), i == 0 ? 2 : 0);
    arena_free(mem);
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
        "importo diviso = isee_ord / residenza_anni\n";
    const struct rules *r;
    struct rules_error e;

    mem = arena_new(0);
    facts = rules_facts_open(mem);
    seed = 1234567;
    ck_assert_msg(rules_parse(mem, facts, str_of(text), &r, &e) == ST_OK, "%d:%d %s", e.line, e.column, e.key);
    for (int round = 0; round < 3; round++)
        compare(r, random_population(round == 0), 0);
    arena_free(mem);
}
END_TEST

/* DOMAIN 1.9: more income or assets never lower an ISEE; the family indicator is never above the ordinary. */
START_TEST(test_population__properties_of_the_isee)
{
    static const char *const money[] = {"altri_redditi", "altri_immobili", "depositi", "casa_valore_imu", "titoli_stato"};
    struct rules_outcome *const before = malloc(N * sizeof *before), *const after = malloc(N * sizeof *after);

    mem = arena_new(0);
    facts = rules_facts_open(mem);
    seed = 99;
    for (int round = 0; round < 7; round++) {
        const struct rules_population *const p = random_population(true);

        rules_ask_all(shipped("isee_ord"), facts, p, 0, 0, N, before);
        rules_ask_all(shipped("isee_pfi"), facts, p, 0, 0, N, after);
        for (int h = 0; h < N; h++)
            ck_assert_msg(after[h].cents <= before[h].cents, "household %d of round %d", h, round);
        for (size_t k = 0; k < ARRAY_LEN(money); k++) {
            const int f = rules_fact_find(facts, str_of(money[k]));
            int64_t *const column = (int64_t *)(rules_fact_at(facts, f)->is_of_member ? p->of_member[f] : p->of_household[f]);
            const int64_t rows = rules_fact_at(facts, f)->is_of_member ? p->n_members : N;

            for (int64_t i = 0; i < rows; i++)
                column[i] += below(900000);
            rules_ask_all(shipped("isee_ord"), facts, p, 0, 0, N, after);
            for (int h = 0; h < N; h++)
                ck_assert_msg(after[h].cents >= before[h].cents, "%s: household %d of round %d", money[k], h, round);
            memcpy(before, after, N * sizeof *before);
        }
    }
    free(before);
    free(after);
    arena_free(mem);
}
END_TEST

UNIT_MAIN("rules_population", test_population__same_answers_as_one_by_one, test_population__every_part_of_the_language,
          test_population__properties_of_the_isee)

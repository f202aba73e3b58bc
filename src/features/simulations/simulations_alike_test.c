/* simulations_alike_test.c - whoever runs as many simulations as he likes over a file finds no group under five; the figures still hold. */
#include "base/macros.h"
#include "simulations_private.h"
#include "tests/unit.h"
#include <stdlib.h>
#include <string.h>

#define HEAD "misura PROVA \"Prova\"\nlivello locale\nfonte \"prova\" S\n"

static struct arena *mem;
static const struct rules_facts *facts;

static void begin(void)
{
    mem = arena_new(0);
    facts = rules_facts_open(mem);
}

static uint64_t next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

/* Households in eight comuni, of which three have few, and one that no list knows; some facts are empty or guessed. */
static struct str file_of(uint64_t seed, int n)
{
    static const char *const comuni[] = {"Torino", "Torino", "Torino", "Ivrea", "Ivrea", "Cuneo", "Cuorgnè", "Zetaville"};
    static const char *const few[] = {"Castellamonte", "Alba", "Balme"};
    struct buf b = buf_new(mem, 100000);

    buf_z(&b, "nucleo,comune,isee_ord,in_affitto,affitto_annuo,eta,disabile\n");
    for (int h = 0; h < n; h++) {
        const int members = (int)(next(&seed) % 5) + 1;
        const char *const comune = h < 6 ? few[h / 2] : comuni[next(&seed) % ARRAY_LEN(comuni)];
        const int isee = (int)(next(&seed) % 3000000), rent = (int)(next(&seed) % 900000);
        const bool rents = next(&seed) % 3 == 0;

        for (int m = 0; m < members; m++) {
            buf_fmt(&b, "n%d,%s,", h, comune);
            if (m > 0)
                buf_z(&b, ",,,");
            else if (next(&seed) % 20 == 0)
                buf_fmt(&b, ",%s,,", rents ? "si" : "no");
            else
                buf_fmt(&b, "%s%d.%02d,%s,%d.%02d,", next(&seed) % 10 == 0 ? "~" : "", isee / 100, isee % 100, rents ? "si" : "no", rent / 100, rent % 100);
            buf_fmt(&b, "%d,%s\n", (int)(next(&seed) % 95), next(&seed) % 15 == 0 ? "si" : "no");
        }
    }
    return buf_view(&b);
}

static struct simulations_population *read_file(struct str csv, bool is_exact)
{
    struct simulations_population *p = NULL;
    struct simulations_trouble why;
    const enum status st = is_exact ? simulations_read_exact(mem, facts, csv, &p, &why) : simulations_read(mem, facts, csv, &p, &why);

    ck_assert_msg(st == ST_OK, "line %lld: %s", (long long)why.line, why.key);
    return p;
}

static struct simulations_result *run(struct arena *in, const struct simulations_population *p, struct simulations_choice o)
{
    struct simulations_result *const r = simulations_new(in, p);
    struct simulations_error e;

    ck_assert_msg(simulations_run(in, p, &o, r, &e) == ST_OK, "%d:%d %s", e.error.line, e.error.column, e.error.key);
    return r;
}

/* A hundred euro a month to who has an ISEE from..to, in cents. */
static struct str between(struct arena *in, int64_t from, int64_t to)
{
    return str_fmt(in, HEAD "requisito \"da\": isee_ord >= %lld,%02d euro\nrequisito \"a\": isee_ord <= %lld,%02d euro\nimporto aiuto \"aiuto\" al mese = 100 euro\n",
                   (long long)(from / 100), (int)(from % 100), (long long)(to / 100), (int)(to % 100));
}

static int by_value(const void *x, const void *y)
{
    const int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

    return a < b ? -1 : a > b;
}

static int values_of(const struct simulations_population *p, int64_t *out)
{
    const int isee = rules_fact_find(facts, STR("isee_ord"));
    int n = 0;

    for (int64_t h = 0; h < p->p.n_households; h++)
        if (p->p.known[isee][h] != RULES_UNKNOWN)
            out[n++] = p->p.of_household[isee][h];
    qsort(out, (size_t)n, sizeof *out, by_value);
    return n;
}

/* Of two runs of which one asks of more people than the other: nobody or enough between them. */
static void tells_nobody(int64_t less, int64_t more, const char *where)
{
    const int64_t between_them = more - less;

    ck_assert_msg(between_them == 0 || between_them >= SIMULATIONS_LEAST, "%s: %lld are found", where, (long long)between_them);
}

static void compare_counts(const struct simulations_count *a, const struct simulations_count *b, const char *where)
{
    ck_assert_int_eq(a->households, b->households);
    tells_nobody(0, a->households, where);
    tells_nobody(a->served_new, b->served_new, where);
    tells_nobody(a->gain, b->gain, where);
    tells_nobody(0, b->cost_new / 120000 - a->cost_new / 120000, where);
}

/* Counts from one run taken from the next, in every table; the attacker looks past what is hidden. */
static void compare_runs(const struct simulations_population *p, const struct simulations_result *a, const struct simulations_result *b)
{
    compare_counts(&a->all, &b->all, "all");
    for (int k = 0; k < SIMULATIONS_KINDS; k++)
        compare_counts(&a->kinds[k], &b->kinds[k], "kinds");
    for (int q = 0; q < 5; q++)
        compare_counts(&a->quintiles[q], &b->quintiles[q], "fifths");
    for (int i = 0; i < p->n_zones; i++)
        compare_counts(&a->zones[i], &b->zones[i], "zones");
    for (int i = 0; i < p->n_places; i++)
        compare_counts(&a->places[i], &b->places[i], "places");
    tells_nobody(0, b->n_to_check_new, "to check");
    tells_nobody(0, b->n_no_isee, "without ISEE");
}

/* He knows every ISEE of the file, and asks from one to the next: who stands between, in which comune, of which kind? */
START_TEST(test_simulations_alike__a_threshold_moved_by_cents_finds_nobody)
{
    static const char nobody[] = HEAD "requisito \"mai\": isee_ord < 0 euro\nimporto aiuto \"aiuto\" al mese = 100 euro\n";
    int64_t values[600];

    begin();
    const struct str csv = file_of(7, 240);
    struct simulations_population *const exact = read_file(csv, true), *const p = read_file(csv, false);
    const int n = values_of(exact, values);
    struct arena *here = arena_new(0), *before = NULL;
    const struct simulations_result *last = run(here, p, (struct simulations_choice){.old_text = str_of(nobody), .new_text = between(here, 0, 0)});

    for (int i = 0; i < n; i++) {
        if (before != NULL)
            arena_free(before);
        before = here;
        here = arena_new(0);
        const struct simulations_result *const r = run(here, p, (struct simulations_choice){.old_text = str_of(nobody), .new_text = between(here, 0, values[i])});

        compare_runs(p, last, r);
        last = r;
    }
    /* as it stands in the file the same questions find somebody at once */
    const struct simulations_result *const x = run(mem, exact, (struct simulations_choice){.old_text = str_of(nobody), .new_text = between(mem, 0, values[0])});

    ck_assert_int_eq(x->all.gain, 1);
    arena_free(before);
    arena_free(here);
    simulations_free(exact);
    simulations_free(p);
    arena_free(mem);
}
END_TEST

START_TEST(test_simulations_alike__a_text_of_ones_own_finds_nobody)
{
    int64_t values[600];

    begin();
    const struct str csv = file_of(11, 200);
    struct simulations_population *const exact = read_file(csv, true), *const p = read_file(csv, false);
    const int n = values_of(exact, values);

    for (int i = 0; i < n; i += 3) {
        struct arena *const here = arena_new(0);
        const struct str one = between(here, values[i] - 100, values[i] + 100);
        const struct str more = str_fmt(here, "%.*srequisito \"casa\": in_affitto\nrequisito \"affitto\": affitto_annuo <= 4.000 euro\n", (int)one.n, one.p);
        struct simulations_choice o = {.old_text = one, .new_text = more, .budget_cents = 120000 * (i + 1)};
        const struct simulations_result *r = run(here, p, o);

        compare_runs(p, r, r);
        tells_nobody(0, r->all.lose, "lose");
        o = (struct simulations_choice){.old_text = one, .new_text = between(here, 0, 5000000), .budget_cents = 120000 * (i + 1)};
        r = run(here, p, o);
        tells_nobody(0, r->list.n_served, "served within the budget");
        tells_nobody(0, r->list.n_waiting, "waiting");
        tells_nobody(0, r->list.n_tied, "tied");
        for (int k = 0; k < n && r->list.n_served > 0; k++)
            ck_assert_msg(r->list.last_isee != values[k] || values[k] % 100 == 0, "the list ends with the ISEE of one household");
        arena_free(here);
    }
    simulations_free(exact);
    simulations_free(p);
    arena_free(mem);
}
END_TEST

static bool are_alike(const struct simulations_population *p, int64_t x, int64_t y)
{
    const int64_t *const first = p->p.first_member, n = first[x + 1] - first[x];

    if (p->place[x] != p->place[y] || p->kinds[x] != p->kinds[y] || n != first[y + 1] - first[y])
        return false;
    for (int f = 0; f < rules_n_facts(facts); f++) {
        const bool of_member = rules_fact_at(facts, f)->is_of_member;
        const int64_t *const v = of_member ? p->p.of_member[f] : p->p.of_household[f];
        const int64_t a = of_member ? first[x] : x, b = of_member ? first[y] : y;

        for (int64_t i = 0; v != NULL && i < (of_member ? n : 1); i++)
            if (v[a + i] != v[b + i] || p->p.known[f][a + i] != p->p.known[f][b + i])
                return false;
    }
    return true;
}

/* The proof of all the rest: in what is asked, each household has four others that nothing tells from it. */
START_TEST(test_simulations_alike__each_has_four_like_it)
{
    static const int sizes[] = {5, 6, 9, 13, 40, 150, 400};

    begin();
    for (int i = 0; i < ARRAY_LEN(sizes); i++)
        for (uint64_t seed = 1; seed <= 12; seed++) {
            struct simulations_population *const p = read_file(file_of(seed, sizes[i]), false);

            ck_assert_int_eq(p->p.n_households, sizes[i]);
            for (int64_t x = 0; x < p->p.n_households; x++) {
                int n = 0;

                for (int64_t y = 0; y < p->p.n_households; y++)
                    n += are_alike(p, x, y);
                ck_assert_msg(n >= SIMULATIONS_LEAST, "%d households, seed %d: one has %d like it", sizes[i], (int)seed, n - 1);
            }
            for (int k = 0; k < p->n_places; k++) {
                int64_t n = 0;

                for (int64_t h = 0; h < p->p.n_households; h++)
                    n += p->place[h] == k;
                ck_assert_int_ge(n, SIMULATIONS_LEAST); /* no name of a comune stands for nobody, or for few */
            }
            simulations_free(p);
        }
    arena_free(mem);
}
END_TEST

/* Five thousand households: who is served and what it costs come out within one in a hundred of all. */
START_TEST(test_simulations_alike__the_figures_still_hold)
{
    begin();
    const struct str csv = file_of(3, 5000);
    struct simulations_population *const exact = read_file(csv, true), *const p = read_file(csv, false);
    const int renting = rules_fact_find(facts, STR("in_affitto"));
    int64_t n_exact = 0, n = 0;

    for (int64_t h = 0; h < p->p.n_households; h++) {
        n_exact += exact->p.of_household[renting][h];
        n += p->p.of_household[renting][h];
    }
    ck_assert_int_le(llabs(n_exact - n), 50);
    for (int64_t limit = 300000; limit < 3000000; limit += 300000) {
        const struct str text = between(mem, 0, limit);
        const struct simulations_choice o = {.old_text = text, .new_text = str_fmt(mem, "%.*srequisito \"casa\": in_affitto\n", (int)text.n, text.p)};
        const struct simulations_result *const a = run(mem, exact, o), *const b = run(mem, p, o);

        ck_assert_int_le(llabs(a->all.served_old - b->all.served_old), 50);
        ck_assert_int_le(llabs(a->all.served_new - b->all.served_new), 50);
        ck_assert_int_le(llabs(a->all.cost_new - b->all.cost_new), 50 * 120000);
    }
    simulations_free(exact);
    simulations_free(p);
    arena_free(mem);
}
END_TEST

/* The mark of a file that goes out with the result: other numbers of households and another order of the rows give the same. */
START_TEST(test_simulations_alike__its_mark_is_no_mark_of_the_file)
{
    static const char head[] = "nucleo,comune,isee_ord,eta\n", one[] = "a,Ivrea,1000.11,40\nb,Ivrea,1000.22,41\nc,Ivrea,1000.33,42\nd,Ivrea,1000.44,43\ne,Ivrea,1000.60,44\n",
                      other[] = "5,Ivrea,1000.61,44\n4,Ivrea,1000.43,43\n3,Ivrea,1000.33,42\n2,Ivrea,1000.22,41\n1,Ivrea,1000.11,40\n";

    begin();
    struct simulations_population *const p = read_file(str_fmt(mem, "%s%s", head, one), false), *const q = read_file(str_fmt(mem, "%s%s", head, other), false),
                                  *const r = read_file(str_fmt(mem, "%s%sf,Ivrea,9000,20\n", head, one), false);

    ck_assert_str_eq(p->hash, q->hash);
    ck_assert_str_ne(p->hash, r->hash);
    simulations_free(p);
    simulations_free(q);
    simulations_free(r);
    arena_free(mem);
}
END_TEST

/* Memory goes with the cells of a file, not with its empty lines times all columns that there may be. */
START_TEST(test_simulations_alike__empty_lines_below_all_columns_cost_nothing)
{
    enum { LINES = 100000 };
    struct simulations_population *p = NULL;
    struct simulations_trouble why;

    begin();
    struct buf b = buf_new(mem, 2 * LINES);

    buf_z(&b, "nucleo");
    for (int i = 0; i < rules_n_facts(facts); i++)
        buf_fmt(&b, ",%.*s", (int)rules_fact_at(facts, i)->name.n, rules_fact_at(facts, i)->name.p);
    buf_z(&b, "\n1\n2\n3\n4\n5\n");
    for (int i = 0; i < LINES; i++)
        buf_char(&b, '\n');
    ck_assert_int_eq(simulations_read(mem, facts, buf_view(&b), &p, &why), ST_OK);
    ck_assert_int_eq(p->p.n_households, 5);
    ck_assert_int_lt(arena_used(p->own), 64 * LINES);
    simulations_free(p);
    b.n -= LINES;
    for (int i = 0; i < LINES / 10; i++)
        buf_fmt(&b, "x%d\n", i);
    ck_assert_int_eq(simulations_read(mem, facts, buf_view(&b), &p, &why), ST_INVALID);
    ck_assert_str_eq(why.key, "simulations.csv-long");
    arena_free(mem);
}
END_TEST

UNIT_MAIN("simulations_alike", test_simulations_alike__a_threshold_moved_by_cents_finds_nobody, test_simulations_alike__a_text_of_ones_own_finds_nobody,
          test_simulations_alike__each_has_four_like_it, test_simulations_alike__the_figures_still_hold, test_simulations_alike__its_mark_is_no_mark_of_the_file,
          test_simulations_alike__empty_lines_below_all_columns_cost_nothing)

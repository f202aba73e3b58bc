/*
 * rules_bench.c - what asking rules costs: one household through every text that is built in, with its steps; a population
 * through twenty measures; a threshold that is moved; the same measures as SQL in SQLite. One core, its own processor time.
 *
 * usage: rules_bench [HOUSEHOLDS [SQL_HOUSEHOLDS [FOLDER]]]    2000000 and 200000; FOLDER gets tables and SQL for DuckDB
 */
#include "base/clock.h"
#include "base/fault.h"
#include "base/random.h"
#include "base/tables.h"
#include "base/text.h"
#include "features/rules/rules_parts.h"
#include "features/rules/rules_shelf.h"
#include "features/simulations/simulations.h"
#include "rules_sql.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { MEASURES = 20, CHUNK = 16384, ALONE = 5000, MOVES = 60, SLIDER = 200000 };

static double now_s(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double rss_mb(void)
{
    struct rusage u;

    getrusage(RUSAGE_SELF, &u);
    return (double)u.ru_maxrss / 1024;
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static void say_times(const char *what, double *s, int n)
{
    qsort(s, (size_t)n, sizeof *s, by_value);
    printf("%-56s p50 %.3f ms  p99 %.3f ms\n", what, s[n / 2] * 1000, s[n * 99 / 100] * 1000);
}

struct measures {
    const struct rules_facts *facts;
    const struct rules *list[MEASURES];
    int amounts[MEASURES], n;
};

/* Texts in the order of the shelf: first those whose facts invented households have. */
static void choose(struct arena *mem, const struct rules_shelf *shelf, const struct simulations_population *p, struct measures *out)
{
    *out = (struct measures){.facts = rules_shelf_facts(shelf)};
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < rules_shelf_n(shelf) && out->n < MEASURES; i++) {
            const struct rules *const r = rules_shelf_at(shelf, i);
            const int *asks;
            int n_asks, n_parts, n_amounts = 0, n_unknown = 0;
            struct rules_part *parts;

            rules_asks(r, &asks, &n_asks);
            for (int k = 0; k < n_asks; k++)
                n_unknown += p->p.of_household[asks[k]] == NULL && p->p.of_member[asks[k]] == NULL && p->p.truths[asks[k]] == NULL;
            if ((n_unknown > 0) != (round == 1))
                continue;
            rules_parts(mem, r, rules_shelf_file(shelf, r)->bytes, &parts, &n_parts);
            out->amounts[out->n] = -1;
            for (int k = 0; k < n_parts; k++)
                if (parts[k].kind == RULES_PART_AMOUNT)
                    out->amounts[out->n] = parts[k].type == RULES_MONEY ? n_amounts++ : (n_amounts++, out->amounts[out->n]);
            out->list[out->n++] = r;
        }
}

static void one_household(const struct rules_shelf *shelf, const struct simulations_population *p)
{
    struct arena *const mem = arena_new(0), *const own = arena_new(0);
    double *const s = ARENA_ARRAY(own, double, ALONE);
    int64_t n_steps = 0;

    for (int i = 0; i < ALONE; i++) {
        arena_reset(mem);
        const struct rules_household *const h = rules_population_household(mem, p->facts, &p->p, i);
        const double from = now_s();

        for (int k = 0; k < rules_shelf_n(shelf); k++) {
            struct rules_answer a;
            struct str why;

            if (rules_ask(mem, rules_shelf_at(shelf, k), p->facts, h, &a, &why) == ST_OK)
                n_steps += a.n_steps;
        }
        s[i] = now_s() - from;
    }
    printf("%d texts, %.0f steps a household\n", rules_shelf_n(shelf), (double)n_steps / ALONE);
    say_times("one household, every text built in, with steps", s, ALONE);
    arena_free(mem);
    arena_free(own);
}

/* All measures over a piece of the population while it is near. */
static double everybody(const struct measures *m, const struct simulations_population *p, int64_t *yes, int64_t *total, double *each)
{
    struct arena *const mem = arena_new(0);
    struct rules_outcome *const out = arena_array(mem, CHUNK, sizeof *out);
    const double from = now_s();

    for (int k = 0; k < m->n; k++)
        yes[k] = total[k] = 0, each[k] = 0;
    for (int64_t at = 0; at < p->p.n_households; at += CHUNK) {
        const int64_t end = at + CHUNK < p->p.n_households ? at + CHUNK : p->p.n_households;

        for (int k = 0; k < m->n; k++) {
            const double one = now_s();

            rules_ask_all(m->list[k], m->facts, &p->p, m->amounts[k], at, end, out);
            each[k] += now_s() - one;
            for (int64_t i = 0; i < end - at; i++) {
                yes[k] += out[i].verdict == RULES_YES;
                total[k] += out[i].verdict == RULES_YES ? out[i].cents : 0;
            }
        }
    }
    arena_free(mem);
    return now_s() - from;
}

/* ---- the rivals' tables ---- */

static void put_value(struct buf *b, const struct rules_fact *f, int64_t v)
{
    if (f->type == RULES_NUMBER && v % RULES_DEN != 0)
        buf_fmt(b, ",%.6f", (double)v / RULES_DEN);
    else
        buf_fmt(b, ",%lld", (long long)(f->type == RULES_NUMBER ? v / RULES_DEN : v));
}

static bool has(const struct simulations_population *p, int f)
{
    return p->p.of_household[f] != NULL || p->p.of_member[f] != NULL || p->p.truths[f] != NULL;
}

static void put_columns(struct buf *b, const struct simulations_population *p, bool of_members)
{
    for (int f = 0; f < rules_n_facts(p->facts); f++) {
        const struct rules_fact *const a = rules_fact_at(p->facts, f);

        if (a->is_of_member == of_members && has(p, f))
            buf_fmt(b, ",%.*s", (int)a->name.n, a->name.p);
    }
}

static void put_row(struct buf *b, const struct simulations_population *p, bool of_members, int64_t row)
{
    for (int f = 0; f < rules_n_facts(p->facts); f++) {
        const int64_t *const c = of_members ? p->p.of_member[f] : p->p.of_household[f];

        if (rules_fact_at(p->facts, f)->is_of_member == of_members && has(p, f))
            put_value(b, rules_fact_at(p->facts, f), c != NULL ? c[row] : p->p.truths[f][row]);
    }
}

static void exec(sqlite3 *d, const char *sql)
{
    char *why = NULL;

    if (sqlite3_exec(d, sql, NULL, NULL, &why) != SQLITE_OK) {
        fprintf(stderr, "sqlite: %s\n%s\n", why, sql);
        exit(1);
    }
}

static void fill_sqlite(sqlite3 *d, const struct simulations_population *p)
{
    struct arena *const mem = arena_new(0);

    exec(d, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA temp_store = MEMORY; BEGIN");
    struct buf b = buf_new(mem, 4000);

    buf_z(&b, "CREATE TABLE h (id INTEGER PRIMARY KEY, n_componenti");
    put_columns(&b, p, false);
    buf_z(&b, "); CREATE TABLE m (h, pos");
    put_columns(&b, p, true);
    buf_fmt(&b, ");%c", 0);
    exec(d, b.p);
    for (int64_t h = 0; h < p->p.n_households; h++) {
        arena_reset(mem);
        b = buf_new(mem, 8000);
        buf_fmt(&b, "INSERT INTO h VALUES (%lld,%lld", (long long)h, (long long)(p->p.first_member[h + 1] - p->p.first_member[h]));
        put_row(&b, p, false, h);
        buf_z(&b, ");");
        for (int64_t i = p->p.first_member[h]; i < p->p.first_member[h + 1]; i++) {
            buf_fmt(&b, "INSERT INTO m VALUES (%lld,%lld", (long long)h, (long long)(i - p->p.first_member[h]));
            put_row(&b, p, true, i);
            buf_z(&b, ");");
        }
        buf_char(&b, '\0');
        exec(d, b.p);
    }
    exec(d, "COMMIT; CREATE INDEX m_h ON m (h); ANALYZE");
    arena_free(mem);
}

static void write_tables(const char *folder, const struct simulations_population *p)
{
    for (int of_members = 0; of_members < 2; of_members++) {
        struct arena *const mem = arena_new(0);
        FILE *const f = fopen(str_fmt(mem, "%s/%s.csv", folder, of_members ? "m" : "h").p, "w");
        struct buf b = buf_new(mem, 4000);

        buf_z(&b, of_members ? "h,pos" : "id,n_componenti");
        put_columns(&b, p, of_members);
        fprintf(f, "%.*s\n", (int)b.n, b.p);
        for (int64_t h = 0; h < p->p.n_households; h++)
            for (int64_t i = p->p.first_member[h]; i < (of_members ? p->p.first_member[h + 1] : p->p.first_member[h] + 1); i++) {
                b.n = 0;
                buf_fmt(&b, "%lld,%lld", (long long)h, (long long)(of_members ? i - p->p.first_member[h] : p->p.first_member[h + 1] - p->p.first_member[h]));
                put_row(&b, p, of_members, of_members ? i : h);
                fprintf(f, "%.*s\n", (int)b.n, b.p);
            }
        fclose(f);
        arena_free(mem);
    }
}

static double ask_sqlite(sqlite3 *d, const char *sql, int64_t *yes, int64_t *total)
{
    const double from = now_s();
    sqlite3_stmt *s;

    if (sqlite3_prepare_v2(d, sql, -1, &s, NULL) != SQLITE_OK || sqlite3_step(s) != SQLITE_ROW) {
        fprintf(stderr, "sqlite: %s\n%s\n", sqlite3_errmsg(d), sql);
        exit(1);
    }
    *yes = sqlite3_column_int64(s, 0);
    *total = sqlite3_column_int64(s, 1);
    sqlite3_finalize(s);
    return now_s() - from;
}

static void rivals(const struct measures *m, const struct simulations_population *p, const char *folder)
{
    int64_t yes[MEASURES], total[MEASURES];
    double each[MEASURES], ours = 0, theirs = 0;
    struct arena *const mem = arena_new(0);
    sqlite3 *d;
    int n = 0, n_apart = 0;

    sqlite3_open(":memory:", &d);
    fill_sqlite(d, p);
    if (folder != NULL)
        write_tables(folder, p);
    everybody(m, p, yes, total, each);
    for (int k = 0; k < m->n; k++) {
        struct buf b = buf_new(mem, 4000), other = buf_new(mem, 4000);
        const struct str code = rules_code(m->list[k]);
        int64_t their_yes, their_total;

        if (!rules_sql(&b, m->list[k], m->facts, m->amounts[k], SQL_SQLITE)) {
            printf("  %-14.*s left out of the comparison: its SQL would be another measure\n", (int)code.n, code.p);
            continue;
        }
        buf_char(&b, '\0');
        const double s = ask_sqlite(d, b.p, &their_yes, &their_total);

        n_apart += their_yes != yes[k] || llabs(their_total - total[k]) > total[k] / 10000 + their_yes;
        if (their_yes != yes[k])
            printf("  %-14.*s says %lld, SQLite %lld\n", (int)code.n, code.p, (long long)yes[k], (long long)their_yes);
        ours += each[k];
        theirs += s;
        n++;
        if (folder != NULL && rules_sql(&other, m->list[k], m->facts, m->amounts[k], SQL_DUCKDB)) {
            FILE *const f = fopen(str_fmt(mem, "%s/%02d.sql", folder, k).p, "w");

            fprintf(f, "-- %lld %lld %.9f\n%.*s\n", (long long)yes[k], (long long)total[k], each[k], (int)other.n, other.p);
            fclose(f);
        }
    }
    printf("%lld households, %d measures: %.3f s; the same in SQLite %.3f s: %.0f times; %d come out otherwise\n",
           (long long)p->p.n_households, n, ours, theirs, theirs / ours, n_apart);
    sqlite3_close(d);
    arena_free(mem);
}

/* ---- a threshold moved ---- */

static void slider(const struct rules_shelf *shelf)
{
    struct arena *const mem = arena_new(0), *const own = arena_new(0);
    const struct rules_facts *const f = rules_shelf_facts(shelf);
    const struct rules *const r = rules_shelf_find(shelf, STR("ADI"), 20600); /* May 2026 */
    struct simulations_choice o = {.old_text = rules_shelf_file(shelf, r)->bytes};
    double s[MOVES];
    bool *const wanted = ARENA_ARRAY(own, bool, (size_t)rules_n_facts(f) + 1);
    struct simulations_error e;

    o.new_text = o.old_text;
    if (simulations_wanted(own, f, &o, wanted, &e) != ST_OK)
        exit(1);
    double from = now_s();
    struct simulations_population *const p = simulations_invent(f, 1, SLIDER, wanted);

    printf("%d invented households with the facts of one measure: %.3f s\n", SLIDER, now_s() - from);
    for (int i = 0; i < MOVES; i++) {
        const struct rules_change change = {STR("limite_isee"), str_fmt(mem, "%d", 8000 + 60 * i)};
        int wrong;

        arena_reset(mem);
        from = now_s();
        if (rules_change(mem, r, o.old_text, &(struct rules_change){change.name, str_fmt(mem, "%d", 8000 + 60 * i)}, 1, &o.new_text, &wrong) != ST_OK)
            exit(1);
        struct simulations_result *const out = simulations_new(mem, p);

        if (simulations_run(mem, p, &o, out, &e) != ST_OK)
            exit(1);
        s[i] = now_s() - from;
    }
    say_times("a threshold moved, 200000 households", s, MOVES);
    simulations_free(p);
    arena_free(mem);
    arena_free(own);
}

int main(int argc, char **argv)
{
    /* one household alone is asked ALONE times, each time another */
    const int64_t n = argc > 1 ? atoll(argv[1]) : 2000000, n_asked = argc > 2 ? atoll(argv[2]) : 200000, n_sql = n_asked < ALONE ? ALONE : n_asked;
    struct arena *const mem = arena_new(0);
    int64_t yes[MEASURES], total[MEASURES];
    double each[MEASURES];
    struct measures m;

    clock_init();
    random_init();
    fault_init();
    text_init();
    const struct rules_shelf *const shelf = rules_shelf_open(mem);
    struct simulations_population *p = simulations_invent(rules_shelf_facts(shelf), 1, n_sql, NULL);

    one_household(shelf, p);
    slider(shelf);
    choose(mem, shelf, p, &m);
    simulations_free(p);
    bool *const wanted = ARENA_ARRAY(mem, bool, (size_t)rules_n_facts(m.facts) + 1);

    for (int k = 0; k < m.n; k++) {
        const int *asks;
        int n_asks;

        rules_asks(m.list[k], &asks, &n_asks);
        for (int i = 0; i < n_asks; i++)
            wanted[asks[i]] = true;
    }
    p = simulations_invent(m.facts, 1, n, wanted);
    const double s = everybody(&m, p, yes, total, each);

    for (int k = 0; k < m.n; k++)
        printf("  %-14.*s %6.1f ns a household, %lld served\n", (int)rules_code(m.list[k]).n, rules_code(m.list[k]).p, each[k] / (double)n * 1e9,
               (long long)yes[k]);
    printf("%lld households through %d measures: %.2f s, %.0f MB at most\n", (long long)n, m.n, s, rss_mb());
    simulations_free(p);
    p = simulations_invent(m.facts, 1, n_sql, wanted);
    rivals(&m, p, argc > 3 ? argv[3] : NULL);
    simulations_free(p);
    arena_free(mem);
    return 0;
}

/*
 * fairness_bench.c - how good the links between records are on many populations that nobody has seen: by kind of
 * noise, by size and by seed, with the spread; how much of the gap between citizenships chance alone explains.
 *
 * usage: fairness_bench [--seeds N] [--from SEED] [--persons N] [--kind NAME] [--cut BITS] [--alone] [--wrong] [--groups]
 *        N persons: 3000 (about 7,500 records). --wrong: the false links at the automatic cut, and why
 */
#include "base/text.h"
#include "core/people/people_eval.h"
#include "core/people/people_public_testing.h"
#include "core/people/people_testing.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct people_variant variants[] = {
    {.name = "usual"},
    {.name = "register", .many_names = 70, .romanised = 12, .homeless = 3, .twins = 4, .namesakes = 3, .married = 8, .exchanged = 7, .moved = 8},
    {.name = "foreigners", .many_names = 50, .foreigners = 75, .romanised = 15, .exchanged = 7, .moved = 8},
    {.name = "no-codes", .many_names = 60, .codes = 25, .romanised = 12, .moved = 8},
    {.name = "few-contacts", .many_names = 60, .contacts = 35, .romanised = 12, .moved = 8},
    {.name = "noisy", .many_names = 60, .slips = 170, .romanised = 20, .exchanged = 10, .married = 10, .moved = 12},
    {.name = "homeless", .many_names = 60, .homeless = 25, .romanised = 12},
    {.name = "kin", .many_names = 60, .twins = 20, .namesakes = 15, .married = 15, .romanised = 12},
};

enum { COPIES_ONE = ARRAY_LEN(variants), COPIES_MANY, HISTORICAL, KINDS, FIGURES = 11 };

static const char *const names[] = {[COPIES_ONE] = "copies-1", [COPIES_MANY] = "copies-5", [HISTORICAL] = "historical"};
static const char *const heads[FIGURES] = {"best", "F1.5", "pers", "P", "R", "gap", "chance", "c95", ".2-.5", ".5-.8", ".8-.95"};

static const char *kind_name(int kind)
{
    return kind < ARRAY_LEN(variants) ? variants[kind].name : names[kind];
}

struct asked {
    uint64_t from;
    int n_seeds;
    uint32_t n_persons;
    const char *kind;
    double cut;
    bool has_cut, alone, wrong, groups;
};

static void say_record(const struct people_set *set, uint32_t i)
{
    const struct people_record *r = people_set_record(set, i);
#define TEXT(kind, id) ((id) == 0 ? "-" : people_set_value(set, kind, id)->text)
    printf("    %.*s %s / %s  %u(%u)  %s %s %d  %s  tel %s  %.16s  %.*s%c\n", (int)people_set_id(set, i).n, people_set_id(set, i).p,
           TEXT(PEOPLE_OF_NAME, r->surname), TEXT(PEOPLE_OF_NAME, r->given), r->birth, r->birth_of_code, TEXT(PEOPLE_OF_PLACE, r->birthplace),
           TEXT(PEOPLE_OF_STREET, r->street), r->house, TEXT(PEOPLE_OF_PLACE, r->municipality), TEXT(PEOPLE_OF_PHONE, r->phone),
           r->tax == 0 ? "-" : people_set_code(set, r->tax)->base, (int)people_set_origin(set, r->origin).n, people_set_origin(set, r->origin).p,
           r->sex == 0 ? ' ' : r->sex);
#undef TEXT
}

static void say_wrong(struct arena *mem, const struct people_set *set, const struct people_model *m, const struct people_truth *t,
                      const struct people_edges *e, double cut)
{
    struct people_scorer *s = people_scorer_new(mem, set, m);
    struct people_comparer *c = people_comparer_new(mem, set);

    for (size_t i = 0; i < e->n; i++) {
        const uint32_t a = e->list[i].a, b = e->list[i].b;
        struct people_reason why[PEOPLE_COLUMNS];

        if (e->list[i].score < cut || t->person[a] == t->person[b])
            continue;
        const uint64_t pattern = people_compare(c, a, b);
        const int n = people_explain(s, a, b, pattern, why);

        printf("  wrong: together %.2f, alone %.2f\n", (double)e->list[i].score, people_score(s, a, b, pattern));
        say_record(set, a);
        say_record(set, b);
        for (int k = 0; k < n; k++)
            printf("    %s:%d %+.1f(%+.1f)", people_column_name[why[k].column], why[k].level, why[k].bits, why[k].of_frequency);
        printf("\n");
    }
}

static double share_true(const struct people_quality *q, int bin)
{
    return q->bins[bin].n == 0 ? NAN : (double)q->bins[bin].n_right / (double)q->bins[bin].n;
}

static void judge(struct arena *mem, const struct asked *a, const struct people_set *set, struct people_truth *t, double *out)
{
    const struct people_learn_options o = {.max_block = PEOPLE_MAX_BLOCK};
    struct people_model *m;
    struct people_edges alone, together;
    struct people_quality q;
    uint32_t *of = ARENA_ARRAY(mem, uint32_t, people_set_count(set));

    t->n_true = 0;
    for (uint32_t i = 0, from = 0; i < people_set_count(set); i++) {
        from = t->person[i] == t->person[from] ? from : i;
        t->n_true += i - from; /* records of one person stand side by side */
    }
    if (people_learn(mem, set, &o, &m) != ST_OK)
        return;
    const struct people_scoring s = {.set = set, .model = m, .max_block = PEOPLE_MAX_BLOCK, .least = -10};
    struct people_clustering c = {.set = set, .model = m, .cut = PEOPLE_CLUSTER_CUT, .evidence = PEOPLE_CLUSTER_EVIDENCE};

    people_score_all(mem, &s, &alone);
    people_cluster(&c, &alone, of);
    c.cut = PEOPLE_TOGETHER_CUT;
    people_score_together(mem, &c, &alone, &together);
    const double cut = a->has_cut ? a->cut : m->cut_automatic;

    people_evaluate(set, t, a->alone ? &alone : &together, of, cut, &q);
    if (a->wrong)
        say_wrong(mem, set, m, t, a->alone ? &alone : &together, cut);
    for (int g = 0; g < q.n_groups && a->groups; g++) {
        double low, high;

        people_measure_interval(&q.groups[g].at_cut, &low, &high);
        printf("  %-14.*s true %6llu  P %.4f (%.4f to %.4f) R %.4f\n", (int)q.groups[g].name.n, q.groups[g].name.p,
               (unsigned long long)q.groups[g].at_cut.n_true, q.groups[g].at_cut.precision, low, high, q.groups[g].at_cut.recall);
    }
    double mean, often;

    people_gap_by_chance(&q, &mean, &often);
    const double f[FIGURES] = {q.best.f1, q.at_even.f1, q.clusters.f1, q.at_cut.precision, q.at_cut.recall, q.gap, mean, often,
                               share_true(&q, 2), share_true(&q, 3), share_true(&q, 4)};

    memcpy(out, f, sizeof f);
}

static struct people_set *make(struct arena *mem, const struct asked *a, int kind, uint64_t seed, int64_t **person)
{
    if (kind < ARRAY_LEN(variants))
        return people_variant_set(mem, seed, a->n_persons, &variants[kind], person);
    if (kind == HISTORICAL)
        return people_historical_set(mem, seed, a->n_persons / 3, person);
    return kind == COPIES_ONE ? people_copies_set(mem, seed, a->n_persons * 5 / 3, a->n_persons * 5 / 3, 1, person)
                              : people_copies_set(mem, seed, a->n_persons * 2 / 3, a->n_persons, 5, person);
}

static void run_kind(const struct asked *a, int kind)
{
    double sum[FIGURES] = {0}, least[FIGURES], most[FIGURES];
    int n[FIGURES] = {0};

    for (int k = 0; k < a->n_seeds; k++) {
        struct arena *mem = arena_new(0);
        struct people_truth t = {0};
        double f[FIGURES] = {0};
        const uint64_t seed = a->from + (uint64_t)k * 7919;
        struct people_set *set = make(mem, a, kind, seed, &t.person);

        judge(mem, a, set, &t, f);
        printf("%-13s seed %-7llu", kind_name(kind), (unsigned long long)seed);
        for (int i = 0; i < FIGURES; i++) {
            printf(" %6.4f", f[i]);
            if (isnan(f[i]))
                continue;
            sum[i] += f[i];
            least[i] = n[i] == 0 || f[i] < least[i] ? f[i] : least[i];
            most[i] = n[i]++ == 0 || f[i] > most[i] ? f[i] : most[i];
        }
        printf("\n");
        fflush(stdout);
        arena_free(mem);
    }
    const char *const rows[] = {"mean", "least", "most"};

    for (int r = 0; r < 3; r++) {
        printf("%-13s %-12s", kind_name(kind), rows[r]);
        for (int i = 0; i < FIGURES; i++)
            printf(" %6.4f", n[i] == 0 ? 0 : r == 0 ? sum[i] / n[i] : r == 1 ? least[i] : most[i]);
        printf("\n");
    }
}

int main(int argc, char **argv)
{
    struct asked a = {.from = 1001, .n_seeds = 5, .n_persons = 3000};

    for (int i = 1; i < argc; i++) {
        const char *v = i + 1 < argc ? argv[i + 1] : "";

        a.wrong = a.wrong || strcmp(argv[i], "--wrong") == 0;
        a.groups = a.groups || strcmp(argv[i], "--groups") == 0;
        if (strcmp(argv[i], "--seeds") == 0)
            a.n_seeds = atoi(v);
        a.alone = a.alone || strcmp(argv[i], "--alone") == 0;
        if (strcmp(argv[i], "--cut") == 0) {
            a.cut = strtod(v, NULL);
            a.has_cut = true;
        }
        if (strcmp(argv[i], "--from") == 0)
            a.from = strtoull(v, NULL, 10);
        if (strcmp(argv[i], "--persons") == 0)
            a.n_persons = (uint32_t)atoi(v);
        if (strcmp(argv[i], "--kind") == 0)
            a.kind = v;
    }
    printf("%-26s", "");
    for (int i = 0; i < FIGURES; i++)
        printf(" %6s", heads[i]);
    printf("\n");
    for (int kind = 0; kind < KINDS; kind++)
        if (a.kind == NULL || strstr(a.kind, kind_name(kind)) != NULL)
            run_kind(&a, kind);
    return 0;
}

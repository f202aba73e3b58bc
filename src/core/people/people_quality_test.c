/* people_quality_test.c - the bars of quality: on populations invented anew, and, where they stand beside the
 * clone, on the samples with truth that may not be copied here. Learnt without truth, as at a desk. */
#include "base/sheet.h"
#include "people_cf.h"
#include "people_eval.h"
#include "people_measure.h"
#include "people_read.h"
#include "people_testing.h"
#include "unit.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PERSONS = 3000 }; /* the bars are of this many: a smaller population is another measure */

static const char *shared(struct arena *mem, const char *name)
{
    const char *folder = getenv("TEST_SHARED"), *source = getenv("WECARE_SOURCE");
    const char *path = folder != NULL ? str_fmt(mem, "%s/data/linkage/%s", folder, name).p
                                      : str_fmt(mem, "%s/../shared/data/linkage/%s", source == NULL ? "." : source, name).p;

    return access(path, R_OK) == 0 ? path : NULL;
}

static void judge(struct arena *mem, const struct people_set *set, const struct people_truth *truth, struct people_quality *q)
{
    const struct people_learn_options o = {.max_block = PEOPLE_MAX_BLOCK};
    struct people_model *m;
    struct people_edges alone, together;
    uint32_t *of = ARENA_ARRAY(mem, uint32_t, people_set_count(set));

    ck_assert_int_eq(people_learn(mem, set, &o, &m), ST_OK);
    const struct people_scoring s = {.set = set, .model = m, .max_block = PEOPLE_MAX_BLOCK, .least = -10};
    struct people_clustering c = {.set = set, .model = m, .cut = PEOPLE_CLUSTER_CUT, .evidence = PEOPLE_CLUSTER_EVIDENCE};

    people_score_all(mem, &s, &alone);
    people_cluster(&c, &alone, of);
    c.cut = PEOPLE_TOGETHER_CUT;
    people_score_together(mem, &c, &alone, &together);
    people_evaluate(set, truth, &together, of, m->cut_automatic, q);
    printf("# %llu records, %d classes: best F1 %.4f, p 0.5 F1 %.4f, persons F1 %.4f; automatic P %.4f R %.4f; gap %.4f\n",
           (unsigned long long)q->n_records, m->n_classes, q->best.f1, q->at_even.f1, q->clusters.f1, q->at_cut.precision, q->at_cut.recall, q->gap);
    for (int g = 0; g < q->n_groups; g++)
        printf("#   %-14.*s true %6llu  P %.4f R %.4f\n", (int)q->groups[g].name.n, q->groups[g].name.p,
               (unsigned long long)q->groups[g].at_cut.n_true, q->groups[g].at_cut.precision, q->groups[g].at_cut.recall);
    fflush(stdout);
}

static void judge_file(struct arena *mem, const char *records, const char *truth_name, struct people_quality *q)
{
    struct people_reading o = {.latest_year = 2026};
    struct people_read read;
    struct people_truth truth;
    struct str why = {"", 0};

    ck_assert(people_columns_map(&o.columns, STR("number=-"))); /* no number of a register: names, dates and places alone */
    ck_assert_msg(people_read_file(mem, shared(mem, records), &o, &read, &why) == ST_OK, "%.*s", (int)why.n, why.p);
    ck_assert_msg(people_truth_read(mem, shared(mem, truth_name), read.set, &truth, &why) == ST_OK, "%.*s", (int)why.n, why.p);
    judge(mem, read.set, &truth, q);
}

/* Of the pairs said to be 0.8 to 0.95 likely, how many are true. */
static double said_likely(const struct people_quality *q)
{
    return q->bins[4].n == 0 ? 0 : (double)q->bins[4].n_right / (double)q->bins[4].n;
}

static void check_invented(uint64_t seed)
{
    struct arena *mem = arena_new(0);
    struct people_truth truth = {0};
    struct people_quality q;
    struct people_set *set = people_world_set(mem, seed, PERSONS, &truth.person);

    for (uint32_t i = 0, from = 0; i < people_set_count(set); i++) {
        from = truth.person[i] == truth.person[from] ? from : i;
        truth.n_true += i - from; /* records of one person stand side by side */
    }
    judge(mem, set, &truth, &q);
    ck_assert_msg(q.best.f1 >= 0.955 && q.clusters.f1 >= 0.95, "best %.4f persons %.4f", q.best.f1, q.clusters.f1);
    ck_assert_msg(q.at_cut.precision >= 0.985 && q.at_cut.recall >= 0.70, "P %.4f R %.4f", q.at_cut.precision, q.at_cut.recall);
    ck_assert_msg(said_likely(&q) >= 0.75 && said_likely(&q) <= 0.97, "%.4f", said_likely(&q));
    arena_free(mem);
}

START_TEST(test_quality__invented_population_of_one_seed)
{
    check_invented(1);
}
END_TEST

START_TEST(test_quality__invented_population_of_another)
{
    check_invented(77);
}
END_TEST

/* Names, dates and towns alone: what is left of a household must not become a person. */
START_TEST(test_quality__a_register_without_codes_and_contacts)
{
    struct arena *mem = arena_new(0);
    char folder[] = "/tmp/wecare-people-XXXXXX";
    struct people_reading o = {.latest_year = 2026};
    struct people_read read;
    struct people_truth truth;
    struct people_quality q;
    struct str why = {"", 0};

    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    people_world_write(mem, 3, PERSONS, "r.csv", "t.csv");
    o.columns.is_off[PEOPLE_TAX] = o.columns.is_off[PEOPLE_ADDRESS] = o.columns.is_off[PEOPLE_PHONE] = true;
    ck_assert_int_eq(people_read_file(mem, "r.csv", &o, &read, &why), ST_OK);
    ck_assert_int_eq(people_truth_read(mem, "t.csv", read.set, &truth, &why), ST_OK);
    judge(mem, read.set, &truth, &q);
    ck_assert_msg(q.at_cut.precision >= 0.96, "P %.4f R %.4f", q.at_cut.precision, q.at_cut.recall);
    arena_free(mem);
}
END_TEST

START_TEST(test_quality__the_italian_register)
{
    struct arena *mem = arena_new(0);
    struct people_quality q;

    if (shared(mem, "it/records.csv") == NULL)
        return;
    judge_file(mem, "it/records.csv", "it/truth.csv", &q);
    ck_assert_msg(q.best.f1 >= 0.955 && q.clusters.f1 >= 0.97, "best %.4f persons %.4f", q.best.f1, q.clusters.f1);
    ck_assert_msg(q.at_cut.precision >= 0.99 && q.at_cut.recall >= 0.87, "P %.4f R %.4f", q.at_cut.precision, q.at_cut.recall);
    ck_assert_msg(said_likely(&q) >= 0.80 && said_likely(&q) <= 0.95, "%.4f", said_likely(&q));
    ck_assert_msg(q.gap <= 0.03, "%.4f", q.gap);
    arena_free(mem);
}
END_TEST

START_TEST(test_quality__public_sets_without_any_number)
{
    struct arena *mem = arena_new(0);
    struct people_quality q;

    if (shared(mem, "febrl/febrl1.csv") == NULL)
        return;
    judge_file(mem, "febrl/febrl1.csv", "febrl/febrl1_truth.csv", &q);
    ck_assert_msg(q.at_even.f1 >= 0.996, "%.4f", q.at_even.f1);
    judge_file(mem, "febrl/febrl2.csv", "febrl/febrl2_truth.csv", &q);
    ck_assert_msg(q.at_even.f1 >= 0.996, "%.4f", q.at_even.f1);
    judge_file(mem, "fake_1000/records.csv", "fake_1000/truth.csv", &q);
    ck_assert_msg(q.best.f1 >= 0.93 && q.clusters.f1 >= 0.96, "best %.4f persons %.4f", q.best.f1, q.clusters.f1);
    arena_free(mem);
}
END_TEST

static struct sheet table(struct arena *mem, const char *name)
{
    char *bytes = arena_alloc(mem, 1 << 20);
    struct sheet s;
    struct str why = {"", 0};
    FILE *f = fopen(shared(mem, name), "rb");

    ck_assert_ptr_nonnull(f);
    const size_t n = fread(bytes, 1, 1 << 20, f);

    fclose(f);
    ck_assert_int_eq(sheet_read(mem, (struct str){bytes, n}, &s, &why), ST_OK);
    return s;
}

static double real(const struct sheet *s, int row, const char *name)
{
    double v = -1;

    ck_assert(sheet_double(s, row, name, &v));
    return v;
}

START_TEST(test_quality__vectors_of_strings_and_codes)
{
    struct arena *mem = arena_new(0);

    if (shared(mem, "vectors/string_vectors.csv") == NULL)
        return;
    struct sheet s = table(mem, "vectors/string_vectors.csv");
    struct people_jw_path paths[PEOPLE_JW_PATHS];
    const int n_paths = people_jw32_paths(paths);

    for (int i = 0; i < s.n_rows; i++) {
        const struct str a = sheet_cell(&s, i, "a"), b = sheet_cell(&s, i, "b");

        ck_assert_msg(fabs(people_jaro(a.p, a.n, b.p, b.n) - real(&s, i, "jaro")) < 1e-6, "row %d", i);
        ck_assert_msg(fabs(people_jaro_winkler(a.p, a.n, b.p, b.n) - real(&s, i, "jaro_winkler")) < 1e-6, "row %d", i);
        for (int k = 0; k < n_paths && a.n <= 32 && b.n <= 32; k++) {
            char x[32] = {0}, y[32] = {0};

            memcpy(x, a.p, a.n);
            memcpy(y, b.p, b.n);
            ck_assert_msg(fabs(paths[k].of(x, a.n, y, b.n) - real(&s, i, "jaro_winkler")) < 1e-6, "row %d, %s", i, paths[k].name);
        }
        ck_assert_int_eq(people_levenshtein(a.p, a.n, b.p, b.n), (int)real(&s, i, "levenshtein"));
        ck_assert_int_eq(people_damerau(a.p, a.n, b.p, b.n), (int)real(&s, i, "damerau_unrestricted"));
    }
    s = table(mem, "vectors/cf_cases.csv");
    for (int i = 0; i < s.n_rows; i++) {
        const struct str birth = sheet_cell(&s, i, "birth_date");
        struct people_cf cf;

        people_cf_read(sheet_cell(&s, i, "tax_code"), 2026, &cf);
        ck_assert_msg((cf.state == PEOPLE_CF_VALID) == str_eq_z(sheet_cell(&s, i, "valid"), "1"), "row %d", i);
        if (birth.n > 0)
            ck_assert_msg(str_eq(birth, str_fmt(mem, "%04d-%02d-%02d", cf.year, cf.month, cf.day)) &&
                              str_eq_z(sheet_cell(&s, i, "belfiore"), cf.belfiore),
                          "row %d", i);
    }
    arena_free(mem);
}
END_TEST

UNIT_MAIN("people_quality", test_quality__invented_population_of_one_seed, test_quality__invented_population_of_another,
          test_quality__a_register_without_codes_and_contacts, test_quality__the_italian_register, test_quality__public_sets_without_any_number, test_quality__vectors_of_strings_and_codes)

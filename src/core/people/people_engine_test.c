/* people_engine_test.c - learning, scoring, persons: what must hold whatever the data. */
#include "people_eval.h"
#include "people_index.h"
#include "people_learn.h"
#include "people_testing.h"
#include "people_words.h"
#include "sanitized.h"
#include "unit.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PERSONS = SANITIZED_OR(400, 900) };

struct engine {
    struct arena *mem;
    struct people_set *set;
    int64_t *person;
    struct people_model *m;
    struct people_edges alone;
};

static struct people_learn_options learning(void)
{
    return (struct people_learn_options){.max_block = PEOPLE_MAX_BLOCK};
}

static struct people_edges score(struct arena *mem, const struct people_set *set, const struct people_model *m, int n_threads)
{
    const struct people_scoring o = {.set = set, .model = m, .max_block = PEOPLE_MAX_BLOCK, .n_threads = n_threads, .least = -10};
    struct people_edges out;

    people_score_all(mem, &o, &out);
    return out;
}

static struct engine start(uint64_t seed)
{
    struct engine e = {.mem = arena_new(0)};
    const struct people_learn_options o = learning();

    e.set = people_world_set(e.mem, seed, PERSONS, &e.person);
    ck_assert_int_eq(people_learn(e.mem, e.set, &o, &e.m), ST_OK);
    e.alone = score(e.mem, e.set, e.m, 1);
    ck_assert_uint_gt(e.alone.n, PERSONS);
    return e;
}

static struct people_clustering clustering(const struct engine *e)
{
    return (struct people_clustering){.set = e->set, .model = e->m, .cut = PEOPLE_CLUSTER_CUT, .evidence = PEOPLE_CLUSTER_EVIDENCE};
}

static void ck_same_edges(const struct people_edges *x, const struct people_edges *y)
{
    ck_assert_uint_eq(x->n, y->n);
    for (size_t i = 0; i < x->n; i++)
        ck_assert(x->list[i].a == y->list[i].a && x->list[i].b == y->list[i].b && x->list[i].score == y->list[i].score);
}

START_TEST(test_people__any_number_of_threads_gives_the_same_links)
{
    const struct engine e = start(1);
    const struct people_edges three = score(e.mem, e.set, e.m, 3);

    ck_same_edges(&e.alone, &three);
    arena_free(e.mem);
}
END_TEST

/* The same records, last first. */
static struct people_set *backwards(struct arena *mem, uint64_t seed)
{
    struct people_world *w = people_world_new(mem, seed, PERSONS);
    struct people_set *set = people_set_new(mem, 2026);
    struct people_told told;
    struct people_raw *all = ARENA_ARRAY(mem, struct people_raw, PERSONS * 5);
    struct str twice;
    int n = 0;

    while (people_world_next(w, &told)) {
        struct people_raw *r = &all[n++];

        r->id = str_copy(mem, told.raw.id);
        r->source = str_copy(mem, told.raw.source);
        r->entered = str_copy(mem, told.raw.entered);
        for (int f = 0; f < PEOPLE_FIELDS; f++)
            r->field[f] = str_copy(mem, told.raw.field[f]);
    }
    while (n > 0)
        people_set_add(set, &all[--n]);
    ck_assert_int_eq(people_set_seal(set, &twice), ST_OK);
    return set;
}

START_TEST(test_people__any_order_of_records_gives_the_same_model_links_and_persons)
{
    const struct engine e = start(2);
    struct people_set *set = backwards(e.mem, 2);
    const struct people_learn_options o = learning();
    struct people_model *m;
    struct buf x = buf_new(e.mem, 1 << 16), y = buf_new(e.mem, 1 << 16);

    ck_assert_int_eq(people_learn(e.mem, set, &o, &m), ST_OK);
    people_model_write(&x, e.m);
    people_model_write(&y, m);
    ck_assert(str_eq(buf_view(&x), buf_view(&y)));
    const struct people_edges other = score(e.mem, set, m, 1);

    ck_same_edges(&e.alone, &other);
    const uint32_t n = people_set_count(set);
    uint32_t *one = ARENA_ARRAY(e.mem, uint32_t, n), *two = ARENA_ARRAY(e.mem, uint32_t, n);
    struct people_clustering c = clustering(&e);

    people_cluster(&c, &e.alone, one);
    c.set = set;
    people_cluster(&c, &other, two);
    ck_assert(memcmp(one, two, n * sizeof *one) == 0);
    arena_free(e.mem);
}
END_TEST

START_TEST(test_people__any_number_of_threads_gives_the_same_model)
{
    const struct engine e = start(1);
    struct people_learn_options o = learning();
    struct people_model *m;
    struct buf x = buf_new(e.mem, 1 << 16), y = buf_new(e.mem, 1 << 16);

    o.n_threads = 3;
    ck_assert_int_eq(people_learn(e.mem, e.set, &o, &m), ST_OK);
    people_model_write(&x, e.m);
    people_model_write(&y, m);
    ck_assert(str_eq(buf_view(&x), buf_view(&y)));
    arena_free(e.mem);
}
END_TEST

static int by_both(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct people_pair));
}

/* Every pair that shares a key of the index in a block that is not too large; the slow way. */
static size_t pairs_of_keys(const struct engine *e, int most, struct people_pair *out)
{
    static const unsigned char secret[PEOPLE_KEY_BYTES] = {9};
    const uint32_t n = people_set_count(e->set);
    uint64_t(*keys)[PEOPLE_PASSES] = arena_array(e->mem, n, sizeof *keys);
    uint32_t(*sizes)[PEOPLE_PASSES] = arena_array(e->mem, n, sizeof *sizes);
    size_t k = 0;

    for (uint32_t i = 0; i < n; i++)
        people_block_keys(e->set, i, secret, keys[i]);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = 0; j < n; j++)
            for (int pass = 0; pass < PEOPLE_PASSES; pass++)
                sizes[i][pass] += keys[i][pass] != 0 && keys[i][pass] == keys[j][pass];
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = i + 1; j < n; j++) {
            bool meet = false;

            for (int pass = 0; pass < PEOPLE_PASSES; pass++)
                meet = meet || (keys[i][pass] != 0 && keys[i][pass] == keys[j][pass] && sizes[i][pass] <= (uint32_t)people_pass_most(pass, most));
            if (meet)
                out[k++] = (struct people_pair){i, j};
        }
    return k;
}

START_TEST(test_people__pairs_are_those_of_the_keys_and_each_comes_once)
{
    const struct engine e = start(12);
    const unsigned char secret[PEOPLE_KEY_BYTES] = {1};
    const size_t room = (size_t)people_set_count(e.set) * 100;
    struct people_pair *slow = ARENA_ARRAY(e.mem, struct people_pair, room), *fast = ARENA_ARRAY(e.mem, struct people_pair, room);
    const size_t n_slow = pairs_of_keys(&e, 40, slow);

    for (int n_threads = 1; n_threads <= 3; n_threads += 2) {
        struct people_pairs *p = people_pairs_new(e.mem, e.set, secret, 40, n_threads);
        size_t n = 0;

        for (size_t k; n + 7 <= room && (k = people_pairs_next(p, fast + n, 7)) > 0;) /* seven at a time: in the middle of blocks too */
            n += k;
        ck_assert_uint_eq(n, n_slow);
        qsort(slow, n, sizeof *slow, by_both);
        qsort(fast, n, sizeof *fast, by_both);
        ck_assert(memcmp(slow, fast, n * sizeof *slow) == 0);
    }
    arena_free(e.mem);
}
END_TEST

START_TEST(test_people__a_share_of_the_pairs_teaches_nearly_the_same)
{
    const struct engine e = start(4);
    struct people_learn_options o = learning();
    struct people_truth truth = {.person = e.person};
    struct people_quality whole, share;
    struct people_model *m;
    struct str why = {"", 0};
    uint32_t *of = ARENA_ARRAY(e.mem, uint32_t, people_set_count(e.set));

    for (uint32_t i = 0; i < people_set_count(e.set); i++)
        for (uint32_t k = i + 1; k < people_set_count(e.set) && k < i + 8; k++)
            truth.n_true += e.person[i] == e.person[k];
    o.one_of = 5;
    ck_assert_int_eq(people_learn(e.mem, e.set, &o, &m), ST_OK);
    const struct people_edges other = score(e.mem, e.set, m, 1);

    people_evaluate(e.set, &truth, &e.alone, of, e.m->cut_automatic, &whole);
    people_evaluate(e.set, &truth, &other, of, m->cut_automatic, &share);
    ck_assert_msg(people_model_is_near(e.m, m, e.mem, &why), "%.*s", (int)why.n, why.p); /* the register would take it */
    ck_assert_msg(fabs((double)m->n_candidates / (double)e.m->n_candidates - 1) < 0.05, "%llu of %llu", (unsigned long long)m->n_candidates,
                  (unsigned long long)e.m->n_candidates);
    ck_assert_msg(fabs(share.best.f1 - whole.best.f1) < 0.01, "%.4f and %.4f", share.best.f1, whole.best.f1);
    ck_assert_msg(share.at_cut.precision > whole.at_cut.precision - 0.01, "%.4f and %.4f", share.at_cut.precision, whole.at_cut.precision);
    ck_assert_uint_eq(people_learn_one_of(&(struct people_learn_options){0}, 399999), 1);
    ck_assert_uint_eq(people_learn_one_of(&(struct people_learn_options){0}, 4300000), 11);
    arena_free(e.mem);
}
END_TEST

START_TEST(test_people__another_key_gives_the_same_links)
{
    const struct engine e = start(3);
    struct people_scoring o = {.set = e.set, .model = e.m, .max_block = PEOPLE_MAX_BLOCK, .least = -10};
    struct people_edges other;
    uint64_t x[PEOPLE_PASSES], y[PEOPLE_PASSES];

    memset(o.secret, 7, sizeof o.secret);
    people_score_all(e.mem, &o, &other);
    ck_same_edges(&e.alone, &other);
    people_block_keys(e.set, 0, o.secret, x);
    memset(o.secret, 8, sizeof o.secret);
    people_block_keys(e.set, 0, o.secret, y);
    for (int pass = 0; pass < PEOPLE_PASSES; pass++)
        ck_assert((x[pass] == 0) == (y[pass] == 0) && (x[pass] == 0 || x[pass] != y[pass]));
    arena_free(e.mem);
}
END_TEST

START_TEST(test_people__blocks_too_large_are_counted_and_not_compared)
{
    const struct engine e = start(3);
    struct people_scoring o = {.set = e.set, .model = e.m, .max_block = 3, .least = -1000};
    struct people_edges small;
    uint64_t n = 0;

    people_score_all(e.mem, &o, &small);
    for (int pass = 0; pass < PEOPLE_PASSES; pass++) {
        n += small.over.n_blocks[pass];
        ck_assert_uint_ge(small.over.n_records[pass], 4 * small.over.n_blocks[pass]);
    }
    ck_assert_uint_gt(n, 100);
    ck_assert_uint_lt(small.n_compared, e.alone.n_compared / 2);
    arena_free(e.mem);
}
END_TEST

START_TEST(test_people__persons_are_found_and_households_are_not_persons)
{
    const struct engine e = start(4);
    const struct people_clustering c = clustering(&e);
    struct people_clustering loose = c;
    struct people_truth truth = {.person = e.person};
    struct people_quality q;
    struct people_edges together;
    uint32_t *of = ARENA_ARRAY(e.mem, uint32_t, people_set_count(e.set));

    for (uint32_t i = 0; i < people_set_count(e.set); i++)
        for (uint32_t k = i + 1; k < people_set_count(e.set) && k < i + 8; k++)
            truth.n_true += e.person[i] == e.person[k];
    loose.cut = PEOPLE_TOGETHER_CUT;
    people_cluster(&c, &e.alone, of);
    people_score_together(e.mem, &loose, &e.alone, &together);
    people_evaluate(e.set, &truth, &together, of, e.m->cut_automatic, &q);
    ck_assert_int_eq(e.m->n_classes, 3);
    ck_assert_msg(q.best.f1 >= 0.94 && q.clusters.f1 >= 0.94, "best %.4f, persons %.4f", q.best.f1, q.clusters.f1);
    ck_assert_msg(q.at_cut.precision >= 0.975 && q.at_cut.recall >= 0.68, "P %.4f R %.4f", q.at_cut.precision, q.at_cut.recall);
    struct people_model *two;
    struct people_learn_options o = learning();

    o.n_classes = 2; /* what everybody else does: families become persons */
    ck_assert_int_eq(people_learn(e.mem, e.set, &o, &two), ST_OK);
    const struct people_edges plain = score(e.mem, e.set, two, 1);

    people_evaluate(e.set, &truth, &plain, of, 3.2, &q);
    ck_assert_msg(q.at_cut.precision < 0.97, "two classes: P %.4f", q.at_cut.precision);
    arena_free(e.mem);
}
END_TEST

START_TEST(test_people__two_valid_codes_and_decided_pairs_never_share_a_person)
{
    const struct engine e = start(5);
    struct people_clustering c = clustering(&e);
    const uint32_t n = people_set_count(e.set);
    uint32_t *of = ARENA_ARRAY(e.mem, uint32_t, n), *before = ARENA_ARRAY(e.mem, uint32_t, n);
    struct people_apart apart = {0, 0};
    int n_two = 0;

    c.cut = -8; /* as greedy as can be */
    c.evidence = -100;
    people_cluster(&c, &e.alone, of);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = i + 1; k < n; k++)
            if (people_are_surely_two(e.set, i, k)) {
                n_two++;
                ck_assert(of[i] != of[k]);
            }
    ck_assert_int_gt(n_two, 1000);
    c = clustering(&e);
    people_cluster(&c, &e.alone, before);
    for (uint32_t i = 0; i < n && apart.b == 0; i++)
        if (before[i] != i)
            apart = (struct people_apart){i, before[i]};
    people_apart_sort(&apart, 1);
    c.apart = &apart;
    c.n_apart = 1;
    memcpy(of, before, n * sizeof *of);
    people_uncluster(&c, &e.alone, apart.a, of);
    ck_assert(of[apart.a] != of[apart.b]);
    for (uint32_t i = 0; i < n; i++) /* nobody else is touched */
        ck_assert(before[i] == before[apart.a] || of[i] == before[i]);
    people_cluster(&c, &e.alone, before);
    ck_assert(memcmp(of, before, n * sizeof *of) == 0); /* the nightly run says the same */
    arena_free(e.mem);
}
END_TEST

START_TEST(test_people__a_model_is_text_and_comes_back_whole)
{
    const struct engine e = start(6);
    struct buf x = buf_new(e.mem, 1 << 16), y = buf_new(e.mem, 1 << 16);
    struct people_model *back;
    struct str why = {"", 0};

    people_model_write(&x, e.m);
    ck_assert_msg(people_model_read(e.mem, buf_view(&x), &back, &why) == ST_OK, "%.*s", (int)why.n, why.p);
    people_model_write(&y, back);
    ck_assert(str_eq(buf_view(&x), buf_view(&y)));
    for (size_t cut = 0; cut < buf_view(&x).n; cut += 97) { /* half a file is refused or whole lines fewer, never a crash */
        const enum status st = people_model_read(e.mem, str_head(buf_view(&x), cut), &back, &why);

        ck_assert(st == ST_OK || why.n > 0);
    }
    ck_assert_int_eq(people_model_read(e.mem, STR("wecare people model\t2\n"), &back, &why), ST_INVALID);
    for (int what = 0; what < PEOPLE_COUNTED; what++) /* nothing that could point at one person */
        for (uint32_t i = 0; i < e.m->counts[what].n; i++)
            ck_assert_uint_ge(e.m->counts[what].rows[i].count, PEOPLE_LEAST_COUNT);
    arena_free(e.mem);
}
END_TEST

/* Who comes often is in every desk's list five times with one telephone: that is no value that many share. */
START_TEST(test_people__a_contact_of_one_person_is_not_in_the_model)
{
    struct arena *mem = arena_new(0);
    struct people_set *set = people_set_new(mem, 2026);
    struct people_learn_options o = {.max_block = PEOPLE_MAX_BLOCK};
    struct people_model *m;

    for (int i = 0; i < 60; i++) {
        const bool is_one = i < 8, is_dormitory = i < 20;
        struct people_raw raw = {.id = str_fmt(mem, "r%02d", i)};

        raw.field[PEOPLE_GIVEN] = is_one ? STR("Ada") : str_fmt(mem, "Nome%c%c", 'a' + i % 7, 'a' + i / 7);
        raw.field[PEOPLE_SURNAME] = is_one ? STR("Prova") : str_fmt(mem, "Finto%c%c", 'a' + i / 9, 'a' + i % 9);
        raw.field[PEOPLE_BIRTH] = is_one ? STR("1980-03-04") : str_fmt(mem, "19%02d-05-06", 30 + i);
        raw.field[PEOPLE_PHONE] = is_one ? STR("0115550001") : is_dormitory ? STR("0115550002") : str_fmt(mem, "01155501%02d", i);
        people_set_add(set, &raw);
    }
    ck_assert_int_eq(people_set_seal(set, NULL), ST_OK);
    ck_assert_int_eq(people_learn(mem, set, &o, &m), ST_OK);
    ck_assert_ptr_null(people_count_find(&m->counts[PEOPLE_COUNT_PHONE], STR("0115550001")));
    ck_assert_ptr_null(people_count_find(&m->counts[PEOPLE_COUNT_BIRTH], STR("19800304")));
    ck_assert_ptr_nonnull(people_count_find(&m->counts[PEOPLE_COUNT_PHONE], STR("0115550002"))); /* of a dormitory */
    ck_assert_ptr_nonnull(people_count_find(&m->counts[PEOPLE_COUNT_GIVEN], STR("ADA")));
    arena_free(mem);
}
END_TEST

START_TEST(test_people__a_model_that_moved_too_far_does_not_replace_the_old)
{
    const struct engine e = start(6);
    struct people_model moved = *e.m;
    struct str why = {"", 0};

    ck_assert(people_model_is_near(e.m, &moved, e.mem, &why));
    moved.p[PEOPLE_SAME][PEOPLE_COL_BIRTH][0] -= 0.2;
    ck_assert(!people_model_is_near(e.m, &moved, e.mem, &why));
    ck_assert_ptr_nonnull(strstr(why.p, "birth_date"));
    moved = *e.m;
    moved.prior[PEOPLE_SAME] *= 3;
    ck_assert(!people_model_is_near(e.m, &moved, e.mem, &why));
    moved = *e.m;
    moved.n_classes = 2;
    ck_assert(!people_model_is_near(e.m, &moved, e.mem, &why));
    arena_free(e.mem);
}
END_TEST

START_TEST(test_people__too_few_records_are_not_learnt_from)
{
    struct arena *mem = arena_new(0);
    struct people_set *set = people_world_set(mem, 1, 8, NULL);
    const struct people_learn_options o = learning();
    struct people_model *m;

    ck_assert_int_eq(people_learn(mem, set, &o, &m), ST_INVALID);
    arena_free(mem);
}
END_TEST

START_TEST(test_people__reasons_are_words_and_add_up)
{
    const struct engine e = start(7);
    struct people_scorer *s = people_scorer_new(e.mem, e.set, e.m);
    struct people_comparer *c = people_comparer_new(e.mem, e.set);
    int n_seen = 0;

    for (size_t i = 0; i < e.alone.n; i += 37) {
        const struct people_edge *x = &e.alone.list[i];
        const uint64_t p = people_compare(c, x->a, x->b);
        struct people_reason reasons[PEOPLE_COLUMNS];
        struct people_sentence said[PEOPLE_COLUMNS];
        const int n = people_explain(s, x->a, x->b, p, reasons);

        ck_assert_int_eq(n, people_reasons_in_words(e.mem, LANG_IT, reasons, n, said));
        for (int k = 0; k < n; k++) {
            ck_assert(said[k].field.n > 0 && said[k].finding.n > 0 && !str_starts(said[k].finding, STR("people.")));
            ck_assert(k == 0 || fabs(said[k].bits) <= fabs(said[k - 1].bits));
            n_seen++;
        }
        ck_assert(people_score(s, x->a, x->b, p) == people_score(s, x->b, x->a, p));
    }
    ck_assert_int_gt(n_seen, SANITIZED_OR(80, 200));
    ck_assert_int_eq(people_verdict_of(e.m, 5.0), PEOPLE_AUTOMATIC);
    ck_assert_int_eq(people_verdict_of(e.m, 3.1), PEOPLE_REVIEW);
    ck_assert_int_eq(people_verdict_of(e.m, -3.1), PEOPLE_NOTHING);
    arena_free(e.mem);
}
END_TEST

START_TEST(test_people__what_a_file_of_quality_says_comes_back)
{
    const struct engine e = start(8);
    struct people_truth truth = {.person = e.person, .n_true = 100000};
    struct people_quality q, back;
    struct people_wrong wrong;
    uint32_t *of = ARENA_ARRAY(e.mem, uint32_t, people_set_count(e.set));
    struct buf x = buf_new(e.mem, 4096), y = buf_new(e.mem, 4096);
    const struct people_clustering c = clustering(&e);

    people_cluster(&c, &e.alone, of);
    people_evaluate(e.set, &truth, &e.alone, of, 3.2, &q);
    people_evaluate_queue(&truth, &e.alone, -3, &q);
    q.model = people_model_mark(e.mem, e.m);
    ck_assert_uint_gt(q.queue.n, 0);
    people_quality_write(&x, &q);
    ck_assert_int_eq(people_quality_read(e.mem, buf_view(&x), &back, &wrong), ST_OK);
    people_quality_write(&y, &back);
    ck_assert(str_eq(buf_view(&x), buf_view(&y)) && back.n_groups > 2);
    ck_assert(back.has_queue && back.queue.n == q.queue.n && back.model == q.model);
    ck_assert_int_eq(people_quality_read(e.mem, str_head(buf_view(&x), 200), &back, &wrong), ST_INVALID);
    arena_free(e.mem);
}
END_TEST

static struct str with(struct arena *mem, struct str text, const char *from, const char *to)
{
    const char *const z = str_z(mem, text), *const at = strstr(z, from);

    ck_assert_msg(at != NULL, "%s", from);
    return str_fmt(mem, "%.*s%s%s", (int)(at - z), z, to, at + strlen(from));
}

/* What a hand or a stranger may do to a file: each is refused, with its line and its reason. */
START_TEST(test_people__a_wrong_file_is_refused_with_its_line)
{
    const struct engine e = start(9);
    struct people_truth truth = {.person = e.person, .n_true = 100000};
    static const char *const bare[][3] = {
        {"cut\t5.000", "cut\tnan", "people.wrong-figure"}, {"cut\t5.000", "cut\tinf", "people.wrong-figure"},
        {"records\t", "records\t-", "people.wrong-count"}, {"prior\tsame\t", "prior\tsame\t7", "people.wrong-share"},
        {"classes\t", "shoes\t", "people.wrong-word"}, {"\tsex\t1\t", "\tsex\t0\t", "people.wrong-twice"},
        {"people model\t1", "people model\t2", "people.wrong-later"}, {"wecare people", "wecare poeple", "people.wrong-not-model"},
        {"people model", "people \xff\xfe", "people.wrong-not-text"}};
    static const char *const judged[][3] = {
        {"\nqueue\t", "\nqueue\tnan\t", "people.wrong-figure"}, {"\ncurve\t-10.0000\t", "\ncurve\t-10.0000\t-", "people.wrong-range"},
        {"\ncurve\t-10.0000", "\ncurve\t1e999", "people.wrong-figure"}, {"group\tITALIA", "group\tROMANIA", "people.wrong-twice"},
        {"\nmeasure\tcut\t", "\nmeasure\tcut\t7\t", "people.wrong-right"}, {"measure\teven", "measure\tcut", "people.wrong-twice"},
        {"people quality\t2", "people quality\t3", "people.wrong-later"}, {"\ngap\t", "\ngroup\tX\t49\t1\t1\ngap\t", "people.wrong-group"},
        {"wecare", "wecore", "people.wrong-not-quality"}, {"\nmeasure\tclusters", "\nmeasure\tdoors", "people.wrong-name"}};
    uint32_t *of = ARENA_ARRAY(e.mem, uint32_t, people_set_count(e.set));
    const struct people_clustering c = clustering(&e);
    struct buf x = buf_new(e.mem, 4096), y = buf_new(e.mem, 4096), figures = buf_new(e.mem, 4096);
    struct people_model *m;
    struct people_quality q;
    struct people_wrong wrong;

    people_model_write(&x, e.m);
    for (int i = 0; i < ARRAY_LEN(bare); i++) {
        ck_assert_int_eq(people_model_read_figures(e.mem, with(e.mem, buf_view(&x), bare[i][0], bare[i][1]), &m, &wrong), ST_INVALID);
        ck_assert_str_eq(wrong.key, bare[i][2]);
        ck_assert_int_eq(wrong.line > 0, i < 6);
    }
    buf_z(&x, "value\tsurname\tZZ\t4\n");
    ck_assert_int_eq(people_model_read_figures(e.mem, buf_view(&x), &m, &wrong), ST_INVALID);
    ck_assert_str_eq(wrong.key, "people.wrong-few");
    people_model_write_figures(e.mem, &figures, e.m);
    ck_assert_ptr_null(strstr(str_z(e.mem, buf_view(&figures)), "\nvalue"));
    ck_assert_int_eq(people_model_read_figures(e.mem, buf_view(&figures), &m, &wrong), ST_OK);
    ck_assert(people_model_mark(e.mem, m) == people_model_mark(e.mem, e.m));
    people_cluster(&c, &e.alone, of);
    people_evaluate(e.set, &truth, &e.alone, of, 3.2, &q);
    people_evaluate_queue(&truth, &e.alone, -3, &q);
    people_quality_write(&y, &q);
    for (int i = 0; i < ARRAY_LEN(judged); i++) {
        ck_assert_msg(people_quality_read(e.mem, with(e.mem, buf_view(&y), judged[i][0], judged[i][1]), &q, &wrong) == ST_INVALID, "%d", i);
        ck_assert_str_eq(wrong.key, judged[i][2]);
    }
    arena_free(e.mem);
}
END_TEST

UNIT_MAIN("people_engine", test_people__any_number_of_threads_gives_the_same_links,
          test_people__any_order_of_records_gives_the_same_model_links_and_persons, test_people__any_number_of_threads_gives_the_same_model,
          test_people__pairs_are_those_of_the_keys_and_each_comes_once, test_people__a_share_of_the_pairs_teaches_nearly_the_same,
          test_people__another_key_gives_the_same_links,
          test_people__blocks_too_large_are_counted_and_not_compared, test_people__persons_are_found_and_households_are_not_persons,
          test_people__two_valid_codes_and_decided_pairs_never_share_a_person, test_people__a_model_is_text_and_comes_back_whole,
          test_people__a_contact_of_one_person_is_not_in_the_model, test_people__a_model_that_moved_too_far_does_not_replace_the_old,
          test_people__too_few_records_are_not_learnt_from,
          test_people__reasons_are_words_and_add_up, test_people__what_a_file_of_quality_says_comes_back,
          test_people__a_wrong_file_is_refused_with_its_line)

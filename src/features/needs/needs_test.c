#include "base/buf.h"
#include "needs.h"
#include "tests/support/cases.h"
#include "unit.h"
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* What the phrases must reach, in thousandths; and how long one may take of the processor. */
enum { FIRST_MUST = 750, TOP3_MUST = 920, EMPTY_MUST = 20, MOST_US = 200 };

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SLOWER = 20 };
#elif defined(__OPTIMIZE__)
enum { SLOWER = 1 };
#else
enum { SLOWER = 5 };
#endif

static struct arena *mem, *call;
static struct needs *needs;

static void begin(void)
{
    mem = arena_new(0);
    call = arena_new(0);
    needs = needs_open(mem);
}

static void finish(void)
{
    arena_free(mem);
    arena_free(call);
}

static struct need_hits find(struct str phrase)
{
    struct need_hits hits;

    needs_find(needs, call, phrase, 5, &hits);
    return hits;
}

static bool is_need(const struct need_hits *hits, int at, const char *id)
{
    return at < hits->n && str_eq_z(hits->list[at].need->id, id);
}

static int place_of(const struct need_hits *hits, struct str id)
{
    for (int i = 0; i < hits->n; i++)
        if (str_eq(hits->list[i].need->id, id))
            return i;
    return 99;
}

/* ---- the tables ---- */

START_TEST(test_needs__twelve_groups_with_all_their_needs)
{
    begin();
    int n = 0;

    ck_assert_int_eq(needs_n_groups(needs), 12);
    ck_assert_int_ge(needs_n(needs), 120);
    for (int g = 0; g < needs_n_groups(needs); g++) {
        const struct need_group *const group = needs_group(needs, g);

        ck_assert_int_eq(group->first, n);
        ck_assert_int_ge(group->n, 6);
        ck_assert(group->icon.n > 0);
        for (int i = group->first; i < group->first + group->n; i++)
            ck_assert_int_eq(needs_at(needs, i)->group, g);
        n += group->n;
    }
    ck_assert_int_eq(needs_n(needs), n);
    finish();
}
END_TEST

START_TEST(test_needs__each_has_words_codes_and_a_home)
{
    begin();
    for (int i = 0; i < needs_n(needs); i++) {
        const struct need *const n = needs_at(needs, i);

        ck_assert(need_by_id(needs, n->id) == n);
        ck_assert_int_ge(n->n_cisis, 1);
        ck_assert_int_ge(n->n_areas, 1);
        for (int k = 0; k < n->n_siuss; k++)
            ck_assert(needs_code_label(needs, n->siuss[k]).n > 0);
        for (int k = 0; k < n->n_cisis; k++)
            ck_assert(needs_code_label(needs, n->cisis[k]).n > 0);
        for (int k = 0; k < n->n_areas; k++)
            ck_assert(needs_code_label(needs, n->areas[k]).n > 0);
        ck_assert_uint_le(str_length(n->label[NEED_IT].text), 60);
    }
    ck_assert(need_by_id(needs, STR("no-such-need")) == NULL);
    ck_assert_uint_eq(needs_code_label(needs, STR("X9")).n, 0);
    finish();
}
END_TEST

START_TEST(test_needs__what_a_label_says_is_found)
{
    begin();
    for (int i = 0; i < needs_n(needs); i++) {
        const struct need *const n = needs_at(needs, i);
        const struct need_hits hits = find(n->label[NEED_IT].text);

        ck_assert_msg(place_of(&hits, n->id) <= 1, "\"%.*s\" does not find %.*s",
                      (int)n->label[NEED_IT].text.n, n->label[NEED_IT].text.p, (int)n->id.n,
                      n->id.p);
    }
    finish();
}
END_TEST

START_TEST(test_needs__labels_of_every_language)
{
    begin();
    for (int l = NEED_IT + 1; l < NEED_LANGUAGE_COUNT; l++) {
        for (int i = 0; i < needs_n(needs); i++) {
            const struct need_label *const label = &needs_at(needs, i)->label[l];

            ck_assert_msg(!label->is_italian && str_is_utf8(label->text), "%.*s has no label in %s",
                          (int)needs_at(needs, i)->id.n, needs_at(needs, i)->id.p,
                          need_language_code[l]);
        }
        for (int g = 0; g < needs_n_groups(needs); g++)
            ck_assert_msg(!needs_group(needs, g)->label[l].is_italian,
                          "group %d has no label in %s", g, need_language_code[l]);
    }
    finish();
}
END_TEST

/* ---- how well phrases are understood ---- */

struct measure {
    int n, n_first, n_top3, n_empty;
};

static struct measure measure(const char *file)
{
    const struct cases c = cases_read(mem, file);
    struct measure m = {.n = c.n_rows};

    for (int i = 0; i < c.n_rows; i++) {
        const struct str id = cases_cell(&c, i, "need");
        const struct need_hits hits = find(cases_cell(&c, i, "phrase"));
        const int at = place_of(&hits, id);

        ck_assert_msg(need_by_id(needs, id) != NULL, "%s line %d: no such need", file, c.lines[i]);
        m.n_first += at == 0;
        m.n_top3 += at < 3;
        m.n_empty += hits.n == 0;
        arena_reset(call);
    }
    printf("# %s: %d phrases, first %.1f %%, in three %.1f %%, without answer %.1f %%\n", file, m.n,
           100.0 * m.n_first / m.n, 100.0 * m.n_top3 / m.n, 100.0 * m.n_empty / m.n);
    fflush(stdout);
    return m;
}

static void must(const struct measure *m, const char *file)
{
    ck_assert_msg(m->n_first * 1000 >= FIRST_MUST * m->n, "%s: first in %d of %d", file, m->n_first,
                  m->n);
    ck_assert_msg(m->n_top3 * 1000 >= TOP3_MUST * m->n, "%s: among three in %d of %d", file,
                  m->n_top3, m->n);
    ck_assert_msg(m->n_empty * 1000 <= EMPTY_MUST * m->n, "%s: no answer to %d of %d", file,
                  m->n_empty, m->n);
}

START_TEST(test_needs__phrases_are_understood)
{
    begin();
    const struct measure m = measure("needs/cases/phrases.tsv");

    ck_assert_int_ge(m.n, 300);
    must(&m, "needs/cases/phrases.tsv");
    finish();
}
END_TEST

START_TEST(test_needs__phrases_nobody_looked_at_are_understood)
{
    begin();
    const struct measure m = measure("needs/cases/phrases_held_out.tsv");

    ck_assert_int_ge(m.n, 150);
    must(&m, "needs/cases/phrases_held_out.tsv");
    finish();
}
END_TEST

START_TEST(test_needs__phrases_of_a_third_hand_are_understood)
{
    begin();
    const struct measure m = measure("needs/cases/phrases_unseen.tsv");

    ck_assert_int_ge(m.n, 150);
    must(&m, "needs/cases/phrases_unseen.tsv");
    finish();
}
END_TEST

START_TEST(test_needs__phrases_of_other_languages_are_understood)
{
    begin();
    const struct measure m = measure("needs/cases/phrases_languages.tsv");

    ck_assert_int_ge(m.n, 40);
    must(&m, "needs/cases/phrases_languages.tsv");
    finish();
}
END_TEST

START_TEST(test_needs__who_is_in_danger_is_never_below_the_third)
{
    begin();
    const struct cases c = cases_read(mem, "needs/cases/phrases_danger.tsv");

    for (int i = 0; i < c.n_rows; i++) {
        const struct need_hits hits = find(cases_cell(&c, i, "phrase"));
        bool is_there = false;

        for (int k = 0; k < hits.n && k < 3; k++)
            is_there |= hits.list[k].need->is_urgent;
        ck_assert_msg(is_there, "phrases_danger.tsv line %d", c.lines[i]);
    }
    finish();
}
END_TEST

START_TEST(test_needs__a_phrase_takes_little_time)
{
    begin();
    const struct cases c = cases_read(mem, "needs/cases/phrases.tsv");
    struct timespec from, to;

    for (int pass = 0; pass < 2; pass++) { /* the first warms up */
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
        for (int i = 0; i < c.n_rows; i++) {
            find(cases_cell(&c, i, "phrase"));
            arena_reset(call);
        }
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
    }
    const double us =
        ((double)(to.tv_sec - from.tv_sec) * 1e9 + (double)(to.tv_nsec - from.tv_nsec)) / 1e3 /
        c.n_rows;

    printf("# a phrase takes %.0f us\n", us);
    fflush(stdout);
    ck_assert_msg(us < MOST_US * SLOWER, "a phrase takes %.0f us", us);
    finish();
}
END_TEST

/* ---- why ---- */

START_TEST(test_needs__an_answer_says_which_words_were_heard)
{
    begin();
    const struct cases c = cases_read(mem, "needs/cases/reasons.tsv");

    for (int i = 0; i < c.n_rows; i++) {
        const struct need_hits hits = find(cases_cell(&c, i, "phrase"));
        const int at = place_of(&hits, cases_cell(&c, i, "need"));
        bool is_told = false;

        ck_assert_msg(at < 3, "reasons.tsv line %d: need not found", c.lines[i]);
        for (int k = 0; k < hits.list[at].n_why; k++)
            is_told |= str_eq(hits.list[at].why[k].written, cases_cell(&c, i, "written")) &&
                       str_eq(hits.list[at].why[k].matched, cases_cell(&c, i, "matched"));
        ck_assert_msg(is_told, "reasons.tsv line %d: the words are not told", c.lines[i]);
    }
    finish();
}
END_TEST

/* Words that no phrase of the tables says: they stand in a ring only. */
START_TEST(test_needs__near_synonyms_are_heard)
{
    static const struct {
        const char *said, *need;
    } rows[] = {{"sloggiare", "sfratto"},
                {"vivande", "spesa-alimentare"},
                {"lenzuola", "vestiti"},
                {"arteriosclerosi", "demenza"},
                {"disgrafia", "difficolta-a-scuola"},
                {"baccano", "vicini"},
                {"bevitore", "alcol"},
                {"scartoffie", "pratiche-e-moduli"}};

    begin();
    for (int i = 0; i < ARRAY_LEN(rows); i++) {
        const struct need_hits hits = find(str_of(rows[i].said));

        ck_assert_msg(place_of(&hits, str_of(rows[i].need)) < 3, "\"%s\" does not find %s",
                      rows[i].said, rows[i].need);
    }
    finish();
}
END_TEST

START_TEST(test_needs__what_is_refused_does_not_lead)
{
    begin();
    struct need_hits hits = find(STR("non cerco lavoro, cerco compagnia"));

    ck_assert(is_need(&hits, 0, "compagnia"));
    hits = find(STR("non voglio una badante, voglio un posto in casa di riposo"));
    ck_assert(is_need(&hits, 0, "casa-di-riposo"));
    hits = find(STR("non voglio soldi, voglio un lavoro"));
    ck_assert(is_need(&hits, 0, "cerco-lavoro"));
    hits = find(STR("non cerco un corso di italiano, cerco un lavoro"));
    ck_assert(is_need(&hits, 0, "cerco-lavoro"));
    hits = find(STR("non voglio più vivere, ho bisogno di aiuto"));
    ck_assert(is_need(&hits, 0, "non-voglio-piu-vivere"));
    finish();
}
END_TEST

START_TEST(test_needs__what_speaks_of_no_need_has_no_answer)
{
    static const char *const texts[] = {"",
                                        "   ",
                                        "?!",
                                        "\xff\xfe",
                                        "qwxzk jjkwq",
                                        "di a da in con su per",
                                        "42",
                                        "1",
                                        "' OR 1=1 --",
                                        "<script>alert(1)</script>",
                                        "\xf0\x9f\x98\x80"};

    begin();
    for (int i = 0; i < ARRAY_LEN(texts); i++) {
        const struct need_hits hits = find(str_of(texts[i]));

        ck_assert_msg(hits.n == 0 && !hits.is_sure, "\"%s\" gives %d", texts[i], hits.n);
    }
    finish();
}
END_TEST

START_TEST(test_needs__as_many_as_are_asked_for_and_in_order)
{
    begin();
    for (int most = 0; most <= needs_n(needs) + 10; most += most < 10 ? 1 : 60) {
        struct need_hits hits;

        needs_find(needs, call, STR("aiuto per la casa, il lavoro, i figli e la nonna malata"),
                   most, &hits);
        ck_assert_int_le(hits.n, most);
        ck_assert(most == 0 || hits.n > 0);
        for (int i = 1; i < hits.n; i++)
            ck_assert_int_le(hits.list[i].score, hits.list[i - 1].score);
        for (int i = 0; i < hits.n; i++) {
            ck_assert_int_ge(hits.list[i].score, 1);
            ck_assert_int_ge(hits.list[i].n_why, 1);
        }
    }
    finish();
}
END_TEST

START_TEST(test_needs__one_clear_need_is_sure_and_a_vague_word_is_not)
{
    begin();
    ck_assert(find(STR("mi sfrattano")).is_sure);
    ck_assert(find(STR("devo fare lo spid")).is_sure);
    ck_assert(!find(STR("casa")).is_sure);
    finish();
}
END_TEST

START_TEST(test_needs__hostile_texts_do_no_harm)
{
    begin();
    char *p = arena_alloc(mem, 100001);
    uint32_t seed = 1;

    for (int round = 0; round < 300; round++) {
        const size_t n = round < 290 ? (size_t)(round * 7) : 100000;

        for (size_t i = 0; i < n; i++) {
            seed = seed * 1664525u + 1013904223u;
            p[i] = round % 3 == 0 ? (char)(seed >> 24) : "aeio ulrtscn'-,"[(seed >> 20) % 15];
        }
        const struct need_hits hits = find((struct str){p, n});

        ck_assert_int_le(hits.n, 5);
        arena_reset(call);
    }
    finish();
}
END_TEST

static void *ask_many(void *arg)
{
    struct arena *own = arena_new(0);
    int *n_wrong = arg;

    for (int i = 0; i < 300; i++) {
        struct need_hits hits;

        needs_find(needs, own, i % 2 == 0 ? STR("bolleta luce") : STR("mi sfratano di casa"), 3,
                   &hits);
        *n_wrong += !is_need(&hits, 0, i % 2 == 0 ? "bollette" : "sfratto");
        arena_reset(own);
    }
    arena_free(own);
    return NULL;
}

START_TEST(test_needs__many_threads_ask_one_index)
{
    pthread_t threads[4];
    int n_wrong[4] = {0};

    begin();
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, ask_many, &n_wrong[i]), 0);
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        ck_assert_int_eq(n_wrong[i], 0);
    }
    finish();
}
END_TEST

UNIT_MAIN("needs", test_needs__twelve_groups_with_all_their_needs,
          test_needs__each_has_words_codes_and_a_home, test_needs__what_a_label_says_is_found,
          test_needs__labels_of_every_language, test_needs__phrases_are_understood,
          test_needs__phrases_nobody_looked_at_are_understood,
          test_needs__phrases_of_a_third_hand_are_understood,
          test_needs__phrases_of_other_languages_are_understood,
          test_needs__who_is_in_danger_is_never_below_the_third,
          test_needs__a_phrase_takes_little_time, test_needs__an_answer_says_which_words_were_heard,
          test_needs__near_synonyms_are_heard, test_needs__what_is_refused_does_not_lead,
          test_needs__what_speaks_of_no_need_has_no_answer,
          test_needs__as_many_as_are_asked_for_and_in_order,
          test_needs__one_clear_need_is_sure_and_a_vague_word_is_not,
          test_needs__hostile_texts_do_no_harm, test_needs__many_threads_ask_one_index)

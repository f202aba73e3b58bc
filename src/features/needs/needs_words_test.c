#include "base/buf.h"
#include "needs_words.h"
#include "tests/support/cases.h"
#include "unit.h"
#include <string.h>

static struct arena *mem;
static struct words *words;

static void begin(void)
{
    mem = arena_new(0);
    words = words_open(mem);
}

static void finish(void)
{
    arena_free(mem);
}

static void same(struct str got, struct str want, const char *file, int line)
{
    ck_assert_msg(str_eq(got, want), "%s line %d: \"%.*s\" is not \"%.*s\"", file, line, (int)got.n,
                  got.p, (int)want.n, want.p);
}

/* The words that carry something, with marks: ! refused, - negated, = weak. */
static struct str told(struct str text)
{
    struct buf b = buf_new(mem, 64);
    struct word *w;
    int n;

    words_analyse(words, mem, text, &w, &n);
    for (int i = 0; i < n; i++) {
        if (w[i].is_function)
            continue;
        if (b.n > 0)
            buf_char(&b, ' ');
        buf_z(&b, w[i].is_refused ? "!" : "");
        buf_z(&b, w[i].is_negated ? "-" : "");
        buf_z(&b, w[i].is_weak ? "=" : "");
        buf_str(&b, w[i].folded);
    }
    return buf_view(&b);
}

START_TEST(test_words__what_people_write_becomes_words)
{
    begin();
    const struct cases c = cases_read(mem, "needs/cases/analysis.tsv");

    for (int i = 0; i < c.n_rows; i++)
        same(told(cases_cell(&c, i, "text")), cases_cell(&c, i, "words"),
             "needs/cases/analysis.tsv", c.lines[i]);
    finish();
}
END_TEST

static struct str stem_of(struct str written)
{
    return words_stem(words, mem, str_fold(mem, written));
}

START_TEST(test_words__stems_bring_together_and_keep_apart)
{
    begin();
    const struct cases c = cases_read(mem, "needs/cases/stems.tsv");

    for (int i = 0; i < c.n_rows; i++) {
        struct str rest = cases_cell(&c, i, "words");
        const struct str first = str_cut(&rest, ' ');
        const bool is_same = str_eq_z(cases_cell(&c, i, "kind"), "same");

        ck_assert(rest.n > 0);
        while (rest.n > 0) {
            const struct str other = str_cut(&rest, ' ');

            ck_assert_msg(str_eq(stem_of(first), stem_of(other)) == is_same,
                          "stems.tsv line %d: %.*s, %.*s", c.lines[i], (int)first.n, first.p,
                          (int)other.n, other.p);
        }
    }
    finish();
}
END_TEST

START_TEST(test_words__every_ring_has_a_name_and_a_number)
{
    begin();
    ck_assert_int_gt(words_n_rings(words), 100);
    for (int i = 0; i < words_n_rings(words); i++)
        ck_assert_int_eq(words_ring_of(words, words_ring_name(words, i)), i);
    ck_assert_int_eq(words_ring_of(words, STR("no such ring")), -1);
    finish();
}
END_TEST

START_TEST(test_words__an_expression_keeps_what_was_written)
{
    struct word *w;
    int n;

    begin();
    words_analyse(words, mem, STR("cerco Casa  di Riposo per la zia"), &w, &n);
    int at = 0;

    while (at < n && w[at].is_function)
        at++;
    same(w[at].written, STR("Casa  di Riposo"), "here", __LINE__);
    ck_assert_int_eq(w[at].ring[0], words_ring_of(words, STR("casa-di-riposo")));
    ck_assert(w[at].is_known);
    finish();
}
END_TEST

START_TEST(test_words__what_cannot_be_read_is_no_word)
{
    static const char *const texts[] = {"",
                                        " ",
                                        "\n\t",
                                        "!?...,;",
                                        "\xff\xfe\xc3",
                                        "\xc3",
                                        "\xe2\x82",
                                        "\xf0\x9f\x98\x80",
                                        "\xed\xa0\x80",
                                        "''''",
                                        "- - -",
                                        "\x01\x02"};

    begin();
    for (int i = 0; i < ARRAY_LEN(texts); i++) {
        struct word *w;
        int n = -1;

        words_analyse(words, mem, str_of(texts[i]), &w, &n);
        ck_assert_msg(n == 0, "text %d gives %d words", i, n);
    }
    same(told(STR("casa\xff"
                  "casa")),
         STR("casa casa"), "here", __LINE__);
    finish();
}
END_TEST

START_TEST(test_words__a_long_text_is_looked_at_up_to_its_limit)
{
    begin();
    char *long_text = arena_alloc(mem, 100000);
    struct word *w;
    int n;

    for (int i = 0; i < 100000; i++)
        long_text[i] = i % 5 == 4 ? ' ' : (char)('a' + i % 7);
    words_analyse(words, mem, (struct str){long_text, 100000}, &w, &n);
    ck_assert_int_gt(n, 50);
    ck_assert_int_le(n, WORDS_MAX_TOKENS);
    memset(long_text, 'x', 100000);
    words_analyse(words, mem, (struct str){long_text, 100000}, &w, &n);
    ck_assert_int_eq(n, 1);
    ck_assert_uint_le(w[0].written.n, WORDS_MAX_TEXT);
    for (int i = 0; i < 100000; i += 3)
        memcpy(long_text + i, "\xe5\xb7\xa5",
               i + 3 <= 100000 ? 3 : 0); /* one sign, again and again */
    words_analyse(words, mem, (struct str){long_text, 99999}, &w, &n);
    ck_assert_int_eq(n, WORDS_MAX_TOKENS);
    finish();
}
END_TEST

static struct words_tables small(void)
{
    return (struct words_tables){
        .function_words = STR("kind,words\nnegation,non\nfunction,di la\n"),
        .variants = STR("meant,written\ncasa,ca\n"),
        .stems = STR("stem,words\ncas,casa case\n"),
        .rings = STR("ring,words\nriposo,casa di riposo\n"),
    };
}

static void refused(const struct words_tables *t, const char *part)
{
    struct words *w;
    struct str why = STR("");

    ck_assert_int_eq(words_build(mem, t, &w, &why), ST_INVALID);
    ck_assert_msg(memmem(why.p, why.n, part, strlen(part)) != NULL, "\"%.*s\" does not say \"%s\"",
                  (int)why.n, why.p, part);
}

START_TEST(test_words__a_broken_table_is_refused_with_its_line)
{
    struct words *w;
    struct str why;

    begin();
    struct words_tables t = small();

    ck_assert_int_eq(words_build(mem, &t, &w, &why), ST_OK);

    t.function_words = STR("kind,words\nnegation,non\nnegations,mai\n");
    refused(&t, "function_words.csv line 3");
    t.function_words = STR("kind,words\nnegation,non\nfunction,di non\n");
    refused(&t, "another kind");
    t.function_words = STR("kind\nnegation\n");
    refused(&t, "no column \"words\"");
    t = small();
    t.variants = STR("meant,written\ncasa,ca | cha\nlavoro,cha\n");
    refused(&t, "variants.csv line 3: this variant stands twice");
    t.variants = STR("meant,written\n,ca\n");
    refused(&t, "variants.csv line 2");
    t = small();
    t.stems = STR("stem,words\ncas,casa\ncasat,casa\n");
    refused(&t, "stems.csv line 3");
    t = small();
    t.rings = STR("ring,words\nriposo,casa di la\n");
    refused(&t, "join the words with _");
    t.rings = STR("ring,words\nriposo,\"casa\n");
    refused(&t, "rings.csv");
    finish();
}
END_TEST

/* ---- typing mistakes ---- */

START_TEST(test_typos__mistaken_words_find_the_right_ones)
{
    begin();
    const struct cases c = cases_read(mem, "needs/cases/typos.tsv");
    struct str *list = ARENA_ARRAY(mem, struct str, (size_t)c.n_rows + 4);

    for (int i = 0; i < c.n_rows; i++)
        list[i] = str_fold(mem, cases_cell(&c, i, "meant"));
    list[c.n_rows] = STR("bollo");
    list[c.n_rows + 1] = STR("assegno");
    list[c.n_rows + 2] = STR("permettere");
    list[c.n_rows + 3] = STR("lavare");
    const struct vocabulary *const v = vocabulary_new(mem, list, c.n_rows + 4);

    for (int i = 0; i < c.n_rows; i++) {
        struct correction best[3];
        const int n = vocabulary_correct(v, str_fold(mem, cases_cell(&c, i, "written")), best, 3);

        ck_assert_msg(n > 0, "typos.tsv line %d: nothing found", c.lines[i]);
        same(best[0].meant, list[i], "needs/cases/typos.tsv", c.lines[i]);
        for (int k = 1; k < n; k++)
            ck_assert_int_ge(best[k].cost_permille, best[k - 1].cost_permille);
    }
    finish();
}
END_TEST

START_TEST(test_typos__a_light_slip_costs_less_than_a_wrong_letter)
{
    struct correction c;
    const struct str list[] = {STR("bolletta")};

    begin();
    const struct vocabulary *const v = vocabulary_new(mem, list, 1);
    static const char *const by_cost[] = {"bolletta", "bolleta", "bolketta", "bolxetta"};
    int last = -1;

    for (int i = 0; i < ARRAY_LEN(by_cost); i++) {
        ck_assert_int_eq(vocabulary_correct(v, str_of(by_cost[i]), &c, 1), 1);
        ck_assert_msg(c.cost_permille > last, "%s costs %d", by_cost[i], c.cost_permille);
        last = c.cost_permille;
    }
    ck_assert_int_eq(last, 1000);
    ck_assert_int_eq(vocabulary_correct(v, STR("blolettta"), &c, 1),
                     1); /* two letters changed places and one doubled */
    ck_assert_int_lt(c.cost_permille, 1000);
    finish();
}
END_TEST

START_TEST(test_typos__short_words_numbers_and_other_scripts_are_left_alone)
{
    struct correction c[2];
    const struct str list[] = {STR("casa"), STR("112"), STR("gas"), STR("casa"), STR("робота")};

    begin();
    const struct vocabulary *const v = vocabulary_new(mem, list, 5);

    ck_assert_int_eq(vocabulary_correct(v, STR("gaz"), c, 2), 0);
    ck_assert_int_eq(vocabulary_correct(v, STR("1123"), c, 2), 0);
    ck_assert_int_eq(vocabulary_correct(v, STR("робота"), c, 2), 0);
    ck_assert_int_eq(vocabulary_correct(v, STR(""), c, 2), 0);
    ck_assert_int_eq(vocabulary_correct(v, STR("cassa"), c, 0), 0);
    ck_assert_int_eq(vocabulary_correct(v, STR("cassa"), c, 2), 1); /* listed twice, found once */
    ck_assert_int_eq(c[0].index, 0);
    ck_assert(vocabulary_has(v, STR("gas")));
    ck_assert(!vocabulary_has(v, STR("gaz")));
    ck_assert_int_eq(vocabulary_correct(v, STR("precipitevolissimevolmentissimamente"), c, 2), 0);
    finish();
}
END_TEST

/* Whatever the first pass throws out is truly far: checked against the plain distance. */
START_TEST(test_typos__no_near_word_is_lost)
{
    enum { N = 400 };
    struct str list[N];
    uint32_t seed = 7;

    begin();
    for (int i = 0; i < N; i++) {
        char *p = arena_alloc(mem, 16);
        const size_t n = 5 + (size_t)(i % 8);

        for (size_t k = 0; k < n; k++) {
            seed = seed * 1664525u + 1013904223u;
            p[k] = "abeilor"[seed >> 16 & 7 ? (seed >> 16 & 7) - 1 : 0];
        }
        list[i] = (struct str){p, n};
    }
    const struct vocabulary *const v = vocabulary_new(mem, list, N);
    int n_near = 0;

    for (int i = 0; i < N; i++) {
        struct correction c[N];
        struct str asked = str_copy(mem, list[i]);

        ((char *)asked.p)[asked.n / 2] = 'z'; /* one wrong letter in the middle */
        const int n = vocabulary_correct(v, asked, c, N);

        for (int k = 0; k < N; k++) {
            if (str_distance(asked, list[k]) != 1 || !vocabulary_has(v, list[k]))
                continue;
            bool is_found = false;

            for (int m = 0; m < n; m++)
                is_found |= str_eq(c[m].meant, list[k]);
            ck_assert_msg(is_found, "%.*s is near %.*s", (int)list[k].n, list[k].p, (int)asked.n,
                          asked.p);
            n_near++;
        }
    }
    ck_assert_int_ge(n_near, N);
    finish();
}
END_TEST

UNIT_MAIN("needs_words", test_words__what_people_write_becomes_words,
          test_words__stems_bring_together_and_keep_apart,
          test_words__every_ring_has_a_name_and_a_number,
          test_words__an_expression_keeps_what_was_written,
          test_words__what_cannot_be_read_is_no_word,
          test_words__a_long_text_is_looked_at_up_to_its_limit,
          test_words__a_broken_table_is_refused_with_its_line,
          test_typos__mistaken_words_find_the_right_ones,
          test_typos__a_light_slip_costs_less_than_a_wrong_letter,
          test_typos__short_words_numbers_and_other_scripts_are_left_alone,
          test_typos__no_near_word_is_lost)

/* search_test.c - what is found, in which order and why; on the engine of
 * WECARE_TEST_STORE. */
#include "base/clock.h"
#include "search_testing.h"
#include "tests/support/cases.h"
#include "unit.h"
#include <pthread.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct str widened_of(struct search_test *t, const struct search_answer *a)
{
    switch (a->widened) {
    case WIDENED_KM:
        return str_fmt(t->mem, "%d", a->widened_to_km);
    case WIDENED_DISTRICT:
        return STR("district");
    case WIDENED_ALL:
        return STR("all");
    case WIDENED_NOT:
        break;
    }
    return STR("");
}

static enum search_facet facet_of(struct str name)
{
    for (int f = 0; f < FACET_COUNT; f++)
        if (str_eq_z(name, search_facet_name((enum search_facet)f)))
            return (enum search_facet)f;
    ck_abort_msg("no facet %.*s", (int)name.n, name.p);
    return FACET_COUNT;
}

static int read_choices(struct str text, struct search_choice *out)
{
    int n = 0;

    while (text.n > 0) {
        struct str value = str_cut(&text, ' ');
        const struct str name = str_cut(&value, '=');

        out[n++] = (struct search_choice){facet_of(name), value};
    }
    return n;
}

START_TEST(test_search__finds_in_this_order)
{
    struct search_test t;
    int n_wrong = 0;

    search_test_open(&t, false);
    const struct cases k = cases_read(t.mem, "search/cases/search.tsv");

    ck_assert_int_gt(k.n_rows, 0);
    for (int i = 0; i < k.n_rows; i++) {
        struct search_choice choices[8];
        struct search_ask ask = {.words = cases_cell(&k, i, "words"),
                                 .need = cases_cell(&k, i, "need"),
                                 .choices = choices,
                                 .n_choices = read_choices(cases_cell(&k, i, "choices"), choices)};
        int64_t km = 0;
        const struct str order = cases_cell(&k, i, "order");

        search_test_read(&t);
        str_to_int(cases_cell(&k, i, "km"), &km);
        ask.km = (int)km;
        ask.order = str_eq_z(order, "nearest") ? SEARCH_NEAREST
                    : str_eq_z(order, "name")  ? SEARCH_BY_NAME
                                               : SEARCH_BEST;
        search_test_where(&t, cases_cell(&k, i, "where"), &ask);
        const struct search_answer a = search_test_ask(&t, &ask);
        const struct str ids = search_test_ids(&t, &a), widened = widened_of(&t, &a);

        if (str_eq(ids, cases_cell(&k, i, "ids")) && str_eq(widened, cases_cell(&k, i, "widened")))
            continue;
        n_wrong++;
        fprintf(stderr, "# search.tsv:%d: %.*s\n#   found \"%.*s\" widened \"%.*s\"\n", k.lines[i],
                (int)cases_cell(&k, i, "why").n, cases_cell(&k, i, "why").p, (int)ids.n, ids.p,
                (int)widened.n, widened.p);
    }
    ck_assert_int_eq(n_wrong, 0);
    search_test_close(&t);
}
END_TEST

/* ---- what is told ---- */

static const struct search_hit *hit_of(struct search_test *t, const struct search_answer *a,
                                       const char *id)
{
    for (int i = 0; i < a->n_hits; i++)
        if (strcmp(search_test_id(t, a->hits[i].service_id), id) == 0)
            return &a->hits[i];
    ck_abort_msg("%s was not found", id);
    return NULL;
}

static void ck_reasons(struct search_test *t, const struct search_hit *h, const char *words)
{
    struct str all = STR("");

    for (int i = 0; i < h->n_reasons; i++) {
        const struct str one = search_reason_text(&t->c, &h->reasons[i]);

        all = str_fmt(t->mem, "%.*s%s%.*s", (int)all.n, all.p, i > 0 ? " " : "", (int)one.n, one.p);
    }
    ck_assert_msg(str_eq_z(all, words), "%.*s", (int)all.n, all.p);
}

START_TEST(test_search__each_place_in_the_order_has_its_reasons)
{
    struct search_test t;
    struct search_ask ask = {.need = STR("spesa-alimentare")};

    search_test_open(&t, false);
    search_test_read(&t);
    ask.area_id = search_test_area(&t, AREA_COMUNE, "ivrea-to");
    const struct search_answer a = search_test_ask(&t, &ask);

    ck_reasons(&t, hit_of(&t, &a, "spesa-ivrea"),
               "È per tutti, ovunque abiti. Risponde a: Mi serve cibo o un pacco spesa. Adesso è "
               "chiuso. Apre il 23 novembre 2026 alle 9:00. È a 0 m in linea d’aria. Confermato il 1 "
               "ottobre 2026.");
    ck_reasons(&t, hit_of(&t, &a, "spesa-solo-strambino"),
               "È per chi abita in altri Comuni. Risponde a: Mi serve cibo o un pacco spesa. "
               "Adesso è chiuso. Apre il 23 novembre 2026 alle 9:00. È a 9,8 km in linea d’aria. "
               "Confermato il 1 ottobre 2026.");
    ck_reasons(&t, hit_of(&t, &a, "chiuso"),
               "È per tutti, ovunque abiti. Risponde a: Mi serve cibo o un pacco spesa. È aperto "
               "adesso. È a 0 m in linea d’aria. Nessuno ha ancora confermato queste notizie: "
               "telefona prima di andare.");
    search_test_close(&t);
}
END_TEST

static const char hideout[] = "Segretissima";

START_TEST(test_search__a_secret_place_has_no_point_and_no_words)
{
    struct search_test t;
    struct search_ask ask = {.need = STR("violenza-in-casa")};

    search_test_open(&t, false);
    search_test_read(&t);
    ask.area_id = search_test_area(&t, AREA_COMUNE, "ivrea-to");
    const struct search_answer a = search_test_ask(&t, &ask);
    const struct search_hit *const h = hit_of(&t, &a, "rifugio");

    ck_assert(!h->has_point && !h->has_distance && h->distance_m == 0 && h->lat == 0);
    ck_assert_int_eq(h->area_id, ask.area_id);
    for (int i = 0; i < h->n_reasons; i++)
        ck_assert_int_ne(h->reasons[i].reason, REASON_NEAR);
    search_test_ck(&t, hideout, "", "ivrea-to", "");
    search_test_ck(&t, "nascondiglio", "", "ivrea-to", "");
    search_test_close(&t);
}
END_TEST

static int count_of(const struct search_answer *a, enum search_facet f, const char *value)
{
    for (int i = 0; i < a->facets[f].n; i++)
        if (str_eq_z(a->facets[f].list[i].value, value))
            return a->facets[f].list[i].n;
    return 0;
}

START_TEST(test_search__facets_tell_what_each_value_would_leave)
{
    struct search_test t;
    const struct search_choice free_only = {FACET_COST, STR("free")};
    struct search_ask ask = {
        .need = STR("spesa-alimentare"), .choices = &free_only, .n_choices = 1};

    search_test_open(&t, false);
    search_test_read(&t);
    ask.area_id = search_test_area(&t, AREA_COMUNE, "ivrea-to");
    const struct search_answer a = search_test_ask(&t, &ask);

    ck_assert_int_eq(a.n_total, 4);
    ck_assert_int_eq(a.n_here, 4);
    ck_assert_int_eq(count_of(&a, FACET_COST, "free"), 4);
    ck_assert_int_eq(count_of(&a, FACET_COST, "by-isee"),
                     1); /* as if nothing of cost were chosen */
    ck_assert_int_eq(count_of(&a, FACET_KIND, "benefit"), 0); /* the one benefit is not free */
    ck_assert_int_eq(count_of(&a, FACET_KIND, "service"), 4);
    ck_assert_int_eq(count_of(&a, FACET_OPEN, "now"), 2);
    ck_assert_int_eq(count_of(&a, FACET_ACCESS, "wheelchair"), 2);
    ck_assert_int_eq(count_of(&a, FACET_LANGUAGE, "ro"), 1);
    ck_assert_int_eq(count_of(&a, FACET_FRESH, "good"), 2);
    ck_assert_int_eq(count_of(&a, FACET_TARGET, "poverta"), 3);
    const struct search_choice both[] = {{FACET_KIND, STR("course")}, {FACET_COST, STR("free")}};

    ask.choices = both;
    ask.n_choices = 2;
    ask.no_widening = true;
    const struct search_answer b = search_test_ask(&t, &ask);

    ck_assert_int_eq(b.n_total, 0);
    ck_assert_int_eq(count_of(&b, FACET_KIND, "service"), 4);
    ck_assert_int_eq(count_of(&b, FACET_KIND, "benefit"), 0);
    ck_assert_int_eq(count_of(&b, FACET_COST, "by-isee"), 0); /* it is no course either */
    search_test_close(&t);
}
END_TEST

START_TEST(test_search__words_are_corrected_and_told)
{
    struct search_test t;
    struct search_ask ask = {.words = STR("bolete della luce")};

    search_test_open(&t, false);
    struct search_answer a = search_test_ask(&t, &ask);

    ck_assert_int_ge(a.n_corrections, 1);
    ck_assert(str_eq_z(a.corrections[0].written, "bolete"));
    ck_assert(str_eq_z(a.corrections[0].meant, "bollette"));
    ck_assert_int_ge(a.n_understood, 1);
    ck_assert(str_eq_z(a.understood[0].need->id, "bollette"));
    ck_assert(a.understood[0].is_main && !a.understood[0].is_chosen);
    ask.words = STR("dispnsa banchete"); /* names alone know these */
    a = search_test_ask(&t, &ask);
    ck_assert_int_eq(a.n_corrections, 2);
    ck_assert(str_eq_z(a.corrections[0].meant, "dispensa"));
    ck_assert(str_eq_z(a.corrections[1].meant, "banchette"));
    ck_assert_str_eq(search_test_id(&t, a.hits[0].service_id), "spesa-banchette");
    search_test_close(&t);
}
END_TEST

START_TEST(test_search__pages_take_up_where_the_last_ended)
{
    struct search_test t;
    struct search_ask ask = {.need = STR("spesa-alimentare"), .page_size = 2, .page = 3};

    search_test_open(&t, false);
    search_test_read(&t);
    ask.area_id = search_test_area(&t, AREA_COMUNE, "ivrea-to");
    struct search_answer a = search_test_ask(&t, &ask);

    ck_assert_int_eq(a.n_pages, 3);
    ck_assert(str_eq_z(search_test_ids(&t, &a), "| spesa-solo-strambino"));
    ask.page = 4;
    a = search_test_ask(&t, &ask);
    ck_assert_int_eq(a.n_hits, 0);
    ask.page = INT32_MAX;
    ask.page_size = INT32_MAX;
    a = search_test_ask(&t, &ask);
    ck_assert_int_eq(a.n_hits, 0);
    search_test_close(&t);
}
END_TEST

START_TEST(test_search__an_empty_answer_says_what_to_try)
{
    struct search_test t;
    const struct search_choice zh = {FACET_LANGUAGE, STR("zh")};
    struct search_ask ask = {.need = STR("spesa-alimentare"), .choices = &zh, .n_choices = 1};

    search_test_open(&t, false);
    search_test_read(&t);
    ask.area_id = search_test_area(&t, AREA_COMUNE, "ivrea-to");
    struct search_answer a = search_test_ask(&t, &ask);

    ck_assert_int_eq(a.n_total, 0);
    ck_assert_int_eq(a.n_suggestions, 1);
    ck_assert_int_eq(a.suggestions[0].kind, SUGGEST_WITHOUT_FACETS);
    ck_assert_int_eq(a.suggestions[0].n, 6);
    search_test_close(&t);
}
END_TEST

START_TEST(test_search__doors_open_and_close_with_the_clock)
{
    struct search_test t;
    const struct search_choice now = {FACET_OPEN, STR("now")};
    struct search_ask ask = {.need = STR("spesa-alimentare"), .choices = &now, .n_choices = 1};

    search_test_open(&t, false);
    search_test_read(&t);
    ask.area_id = search_test_area(&t, AREA_COMUNE, "ivrea-to");
    static const struct {
        const char *day;
        int hour, minute;
        const char *ids;
    } moments[] = {
        {"2026-11-21", 10, 59, "chiuso spesa-strambino"},
        {"2026-11-21", 11, 0, "chiuso"},
        {"2026-11-23", 8, 59, "chiuso"},
        {"2026-11-23", 9, 0, "spesa-ivrea chiuso | spesa-solo-strambino"},
        {"2026-11-21", 10, 0, "chiuso spesa-strambino"}, /* and back again */
        {"2026-11-24", 15, 0, "chiuso spesa-banchette"},
    };

    for (int i = 0; i < ARRAY_LEN(moments); i++) {
        search_test_at(&t, moments[i].day, moments[i].hour, moments[i].minute);
        const struct search_answer a = search_test_ask(&t, &ask);
        const struct str ids = search_test_ids(&t, &a);

        ck_assert_msg(str_eq_z(ids, moments[i].ids), "%s %d:%d %.*s", moments[i].day,
                      moments[i].hour, moments[i].minute, (int)ids.n, ids.p);
    }
    search_test_close(&t);
}
END_TEST

START_TEST(test_search__needs_are_counted_within_reach)
{
    struct search_test t;
    struct search_ask ask = {.km = 10};
    int *counts, n;

    search_test_open(&t, false);
    struct ctx *const c = search_test_read(&t);

    ask.area_id = search_test_area(&t, AREA_COMUNE, "cuorgne-to");
    ck_assert_int_eq(search_count_needs(c, &ask, &counts, &n), ST_OK);
    const struct needs *const x = needs_of(c);

    ck_assert_int_eq(n, needs_n(x));
    for (int i = 0; i < n; i++) {
        const struct str id = needs_at(x, i)->id;
        const int want =
            str_eq_z(id, "bollette") || str_eq_z(id, "imparare-italiano") || str_eq_z(id, "debiti");

        ck_assert_msg(counts[i] == want, "%.*s: %d", (int)id.n, id.p, counts[i]);
    }
    search_test_close(&t);
}
END_TEST

/* A request whose memory ends in the middle of an answer leaves no index held for ever. */
START_TEST(test_search__memory_that_ends_lets_the_index_go)
{
    struct search_test t;
    const struct search_ask ask = {.need = STR("spesa-alimentare")};
    struct arena *const small = arena_new(6000);
    jmp_buf trap;
    volatile int n_jumped = 0;

    search_test_open(&t, false);
    ck_assert_int_eq(search_test_ask(&t, &ask).n_total, 6);
    struct ctx c = *search_test_read(&t);

    c.mem = small;
    arena_trap(small, &trap);
    for (volatile int i = 0; i < 3; i++) {
        struct search_answer a;

        arena_reset(small);
        if (setjmp(trap) == 0)
            search_services(&c, &ask, &a);
        else
            n_jumped++;
    }
    ck_assert_int_eq(n_jumped, 3);
    search_test_ck(&t, "", "debiti", "ivrea-to", "telefono-soldi");
    arena_free(small);
    search_test_close(&t); /* the leak checker of the sanitizers says the rest */
}
END_TEST

UNIT_MAIN("search", test_search__finds_in_this_order, test_search__each_place_in_the_order_has_its_reasons,
          test_search__a_secret_place_has_no_point_and_no_words, test_search__facets_tell_what_each_value_would_leave,
          test_search__words_are_corrected_and_told, test_search__pages_take_up_where_the_last_ended,
          test_search__an_empty_answer_says_what_to_try, test_search__doors_open_and_close_with_the_clock,
          test_search__needs_are_counted_within_reach, test_search__memory_that_ends_lets_the_index_go)

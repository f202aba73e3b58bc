/* catalogue_search_test.c - what is found, in which order and why; on the engine of
 * WECARE_TEST_STORE. */
#include "catalogue_search_testing.h"
#include "catalogue_testing.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct search_answer search(struct search_test *t, const struct search_ask *ask)
{
    struct search_answer out;

    ck_assert_int_eq(catalogue_search(search_test_read(t), ask, &out), ST_OK);
    return out;
}

/* "a b | c": ids in their order, the bar where those for others begin. */
static struct str ids_of(struct search_test *t, const struct search_answer *a)
{
    struct str all = STR("");

    for (int i = 0; i < a->n_hits; i++)
        all = str_fmt(t->mem, "%.*s%s%s%s", (int)all.n, all.p, i > 0 ? " " : "",
                      (a->page - 1) * a->page_size + i == a->n_here ? "| " : "",
                      search_test_id(t, a->hits[i].service_id));
    return all;
}

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

static void read_where(struct search_test *t, struct str where, struct search_ask *ask)
{
    const char *const z = str_z(t->mem, where);

    if (sscanf(z, "point %lf %lf", &ask->lat, &ask->lon) == 2)
        ask->has_point = true;
    else if (strncmp(z, "district ", 9) == 0)
        ask->area_id = search_test_area(t, AREA_DISTRICT, z + 9);
    else if (where.n > 0)
        ask->area_id = search_test_area(t, AREA_COMUNE, z);
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
    const struct cases k = cases_read(t.mem, "search.tsv");

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
        read_where(&t, cases_cell(&k, i, "where"), &ask);
        const struct search_answer a = search(&t, &ask);
        const struct str ids = ids_of(&t, &a), widened = widened_of(&t, &a);

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

UNIT_MAIN("search", test_search__finds_in_this_order)

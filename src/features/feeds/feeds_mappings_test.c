/* feeds_mappings_test.c - the mappings to begin from (reference/mappings) over small invented lists of their kind. */
#include "feeds_testing.h"
#include "features/catalogue/catalogue.h"
#include "unit.h"
#include <stdlib.h>
#include <string.h>

struct finding {
    struct arena *mem;
    struct service all[8];
    int n;
};

static enum status find_job(struct ctx *c, void *arg)
{
    struct finding *f = arg;
    const struct service_read read = {.limit = 500};
    struct service *list;
    int n;

    c->mem = f->mem;
    const enum status st = catalogue_read(c, c->mem, &read, &list, &n);

    for (int i = 0; st == ST_OK && i < n && f->n < 8; i++)
        if (str_starts(list[i].source, STR("csv:airs")) || str_starts(list[i].source, STR("csv:cadmo")))
            f->all[f->n++] = list[i];
    return st;
}

static const char *path(struct arena *mem, const char *file)
{
    const char *top = getenv("WECARE_SOURCE");

    return str_fmt(mem, "%s/%s", top == NULL ? "." : top, file).p;
}

/* The list comes in, and the same again changes nothing. */
static struct finding taken(struct harness *h, const char *list, const char *mapping, int n)
{
    const char *const options[IMPORT_MAX_OPTIONS] = {[2] = path(h->mem, mapping)};
    struct finding f = {.mem = h->mem};
    struct feeds_import i = feeds_testing_import(h, "csv", path(h->mem, list), options, false);

    ck_assert_msg(i.st == ST_OK, "row %d: %s %s", (int)(i.problems.n > 0 ? i.problems.list[0].row : 0), i.problems.n > 0 ? i.problems.list[0].field : "",
                  i.problems.n > 0 ? i.problems.list[0].key : "");
    ck_assert_int_eq(i.n_added, n);
    i = feeds_testing_import(h, "csv", path(h->mem, list), options, false);
    ck_assert_int_eq(i.n_same, n);
    ck_assert_int_eq(harness_read(h, find_job, &f), ST_OK);
    ck_assert_int_eq(f.n, n);
    return f;
}

static const struct service *of(const struct finding *f, const char *source_id)
{
    for (int i = 0; i < f->n; i++)
        if (str_eq_z(f->all[i].source_id, source_id))
            return &f->all[i];
    ck_abort_msg("%s is not there", source_id);
}

START_TEST(test_mappings__a_list_after_airs)
{
    struct harness *h = harness_new();
    const struct finding f = taken(h, "src/features/feeds/cases/airs.csv", "reference/mappings/airs.map", 3);
    const struct service *food = of(&f, "70001"), *beds = of(&f, "70002"), *bikes = of(&f, "70004");

    ck_assert_int_eq(food->n_needs, 1);
    ck_assert(str_eq_z(food->needs[0], "spesa-alimentare"));
    ck_assert_int_eq(food->fee, FEE_FREE);
    ck_assert_int_eq(food->n_documents, 2);
    ck_assert(str_eq_z(food->parts.attributes[0].code, "BD-1800.2000"));
    ck_assert(food->ats[0].location->has_point && str_eq_z(food->ats[0].location->addresses[0].address_1, "via Prova 1"));
    ck_assert_int_eq(beds->status, SERVICE_CLOSED_NOW);
    ck_assert(beds->ats[0].location->is_secret);
    ck_assert_int_eq(beds->ats[0].location->n_addresses, 0);
    ck_assert_int_eq(bikes->n_needs, 0); /* a code that the mapping does not know */
    harness_free(h);
}
END_TEST

START_TEST(test_mappings__a_table_like_those_of_cadmo)
{
    struct harness *h = harness_new();
    const struct finding f = taken(h, "src/features/feeds/cases/cadmo.csv", "reference/mappings/cadmo.map", 3);
    const struct service *home = of(&f, "1001"), *meals = of(&f, "1002");

    ck_assert(str_eq_z(home->name, "Assistenza domiciliare di prova"));
    ck_assert(str_eq_z(home->description, "Aiuto in casa per chi non è più autonomo."));
    ck_assert(str_eq_z(home->needs[0], "aiuto-in-casa") && str_eq_z(home->targets[0], "anziani"));
    ck_assert_int_eq(home->fee, FEE_BY_ISEE);
    ck_assert_int_eq(home->n_areas, 1);
    ck_assert(str_eq_z(home->confirmed_by, "Consorzio di prova"));
    ck_assert_int_eq(home->organisation_kind, ORGANISATION_THIRD_SECTOR);
    ck_assert_int_eq(meals->status, SERVICE_CLOSED_NOW);
    ck_assert_int_eq(meals->organisation_kind, ORGANISATION_PARISH);
    ck_assert(meals->email.n == 0); /* "nessuna" is no address */
    harness_free(h);
}
END_TEST

UNIT_MAIN("feeds_mappings", test_mappings__a_list_after_airs, test_mappings__a_table_like_those_of_cadmo)

/* feeds_owned_test.c - what a body corrected here is not overwritten by a feed, and the feed's word is kept beside it. */
#include "feeds_testing.h"
#include "base/macros.h"
#include "features/catalogue/catalogue_history.h"
#include "unit.h"
#include <string.h>

struct bench {
    struct harness *h;
    const char *folder;
    int64_t service_id;
    struct service now;
    struct field_conflict *conflicts;
    int n_conflicts;
};

static struct feeds_import pull(struct bench *b, const char *phone, const char *description)
{
    static const char *const options[IMPORT_MAX_OPTIONS] = {[2] = "altrui"};
    const struct str text = str_fmt(
        b->h->mem,
        "[{\"id\":\"0a0a0a0a-0000-4000-8000-000000000002\",\"name\":\"Mensa\",\"status\":\"active\",\"description\":\"%s\","
        "\"phones\":[{\"id\":\"0a0a0a0a-0000-4000-8000-000000000003\",\"number\":\"%s\"}],"
        "\"organization\":{\"id\":\"0a0a0a0a-0000-4000-8000-000000000001\",\"name\":\"Ente\",\"description\":\"Ente\"}}]",
        description, phone);
    const struct feeds_import i = feeds_testing_import(b->h, "hsds", feeds_testing_file(b->h->mem, b->folder, "a.json", text), options, false);

    ck_assert_int_eq(i.st, ST_OK);
    return i;
}

static enum status look_job(struct ctx *c, void *arg)
{
    struct bench *b = arg;
    const struct service_read read = {.limit = 500};
    const struct conflict_read open = {.limit = 20};
    struct service *list;
    int n = 0;

    c->mem = b->h->mem;
    enum status st = catalogue_read(c, c->mem, &read, &list, &n);

    for (int i = 0; st == ST_OK && i < n; i++)
        if (str_eq_z(list[i].source, "hsds:altrui")) {
            b->now = list[i];
            b->service_id = list[i].service_id;
        }
    return st == ST_OK ? catalogue_conflicts(c, &open, &b->conflicts, &b->n_conflicts) : st;
}

static void look(struct bench *b)
{
    ck_assert_int_eq(harness_read(b->h, look_job, b), ST_OK);
}

static enum status correct_job(struct ctx *c, void *arg)
{
    const struct bench *b = arg;
    const struct edit_who who = {.how = EDIT_BY_DESK, .by = STR("Ente")};
    const struct edit_change x = {.field = EDIT_PHONES, .text = STR("0125 222222"), .has_was = true,
                                  .was_sum = catalogue_edit_sum(catalogue_edit_text(c->mem, EDIT_PHONES, &b->now))};
    struct edit_outcome out;
    const enum status st = catalogue_edit(c, b->service_id, 0, &x, 1, &who, &out);

    ck_assert_int_eq(out.n_taken, 1);
    return st;
}

static enum status settle_job(struct ctx *c, void *arg)
{
    const struct bench *b = arg;

    return catalogue_settle(c, b->conflicts[0].conflict_id, true, &(struct edit_who){.how = EDIT_BY_DESK, .by = STR("Ente")});
}

START_TEST(test_owned__a_feed_leaves_what_the_body_corrected)
{
    struct bench b = {.h = harness_new()};

    b.folder = feeds_testing_folder(b.h->mem);
    ck_assert_int_eq(pull(&b, "0125 111111", "Pasti caldi").n_added, 1);
    look(&b);
    ck_assert_int_eq(harness_write(b.h, correct_job, &b), ST_OK);
    pull(&b, "0125 333333", "Pasti caldi e pane");
    look(&b);
    ck_assert(str_eq_z(b.now.description, "Pasti caldi e pane")); /* what nobody corrected follows the feed */
    ck_assert_int_eq(b.now.parts.n_phones, 1);
    ck_assert(str_eq_z(b.now.parts.phones[0].number, "0125 222222"));
    ck_assert_int_eq(b.n_conflicts, 1);
    ck_assert_int_eq((int)b.conflicts[0].field, EDIT_PHONES);
    ck_assert(str_eq_z(b.conflicts[0].source, "hsds:altrui") && !b.conflicts[0].is_editor);
    ck_assert(str_eq_z(b.conflicts[0].ours, "0125 222222") && str_eq_z(b.conflicts[0].theirs, "0125 333333"));
    pull(&b, "0125 333333", "Pasti caldi e pane"); /* the same again is no second conflict */
    look(&b);
    ck_assert_int_eq(b.n_conflicts, 1);
    ck_assert_int_eq(harness_write(b.h, settle_job, &b), ST_OK);
    look(&b);
    ck_assert_int_eq(b.n_conflicts, 0);
    ck_assert(str_eq_z(b.now.parts.phones[0].number, "0125 333333"));
    feeds_testing_drop(b.folder);
    harness_free(b.h);
}
END_TEST

UNIT_MAIN("feeds_owned", test_owned__a_feed_leaves_what_the_body_corrected)

/* exchange_body_test.c - a body goes from one portal to another with its history, and is the same there. */
#include "exchange_body.h"
#include "base/digest.h"
#include "base/macros.h"
#include "base/unzip.h"
#include "features/catalogue/catalogue_history.h"
#include "features/catalogue/catalogue_write.h"
#include "features/feeds/feeds_testing.h"
#include "features/publish/publish_testing.h"
#include "features/upkeep/upkeep.h"
#include "unit.h"
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BODY "Ente \"di prova\" & figli"

struct moving {
    struct harness *a, *b;
    const char *folder;
    int64_t n_fields, n_different;
};

/* ---- what one body has: everything, corrected, undone, confirmed ---- */

static void edit(struct ctx *c, int64_t service_id, enum edit_field f, const char *text)
{
    const struct edit_who who = {.how = EDIT_BY_DESK, .by = STR(BODY), .batch = STR("giro-1")};
    const struct edit_change x = {.field = f, .text = str_of(text)};
    struct edit_outcome out;
    struct service s;

    ck_assert_int_eq(catalogue_service(c, service_id, &s), ST_OK);
    ck_assert_int_eq(catalogue_edit(c, service_id, s.change_no, &x, 1, &who, &out), ST_OK);
    ck_assert_int_eq(out.n_taken, 1);
}

static enum status keep_entries(struct ctx *c, void *arg)
{
    const struct edit_who who = {.how = EDIT_BY_DESK, .by = STR(BODY)};
    struct organisations_whom whom;
    struct edit_key *keys;
    struct history_row *rows;
    int n = 0, n_rows;

    (void)arg;
    ck_assert_int_eq(organisations_whom(c, STR(BODY), &whom), ST_OK);
    ck_assert(whom.is_found);
    ck_assert_int_eq(catalogue_edit_keys(c, &(struct edit_list){whom.found.organisation_id, false}, &keys, &n), ST_OK);
    ck_assert_int_gt(n, 3);
    edit(c, keys[n - 1].service_id, EDIT_SUMMARY, "Riga prima\tcon \"virgolette\"");
    edit(c, keys[n - 1].service_id, EDIT_EMAIL, "nuova@example.org");
    edit(c, keys[n - 2].service_id, EDIT_WAIT_TIME, "due settimane");
    ck_assert_int_eq(catalogue_history(c, &(struct history_read){.service_id = keys[n - 1].service_id, .limit = 1}, &rows, &n_rows), ST_OK);
    ck_assert_int_eq(catalogue_undo(c, rows[0].history_id, &who), ST_OK);
    ck_assert_int_eq(catalogue_confirm(c, keys[n - 1].service_id, c->today - 3, HOW_PHONE, STR(BODY)), ST_OK);
    ck_assert_int_eq(upkeep_set_rhythm(c, keys[n - 1].service_id, 3), ST_OK);
    ck_assert_int_eq(upkeep_set_rhythm(c, keys[0].service_id, 12), ST_OK);
    return ST_OK;
}

/* ---- the commands, as an administrator gives them ---- */

static const char *leave(struct moving *m, struct harness *h, const char *name)
{
    const char *file = str_fmt(h->mem, "%s/%s", m->folder, name).p;
    char *argv[] = {(char *)"body", (char *)BODY, (char *)"-o", (char *)file, NULL};

    ck_assert_int_eq(exchange_export_command(h->db, 4, argv), 0);
    ck_assert_int_eq(exchange_export_command(h->db, 4, argv), 1); /* what is there is not written over */
    return file;
}

static void on_progress(struct import_run *run, int64_t done, int64_t total)
{
    (void)run;
    (void)done;
    (void)total;
}

static void on_say(struct import_run *run, struct str line)
{
    (void)run;
    (void)line;
}

static struct import_run arrive(struct harness *h, const char *file, enum status wanted)
{
    struct ctx *c = ARENA_NEW(h->mem, struct ctx);
    struct import_run run = {.file = file, .c = c, .db = h->db, .progress = on_progress, .say = on_say};

    *c = ctx_new(h->mem, &actor_keeper, LANG_EN);
    const enum status st = exchange_import_body(&run);

    ck_assert_msg(st == wanted, "%s %s %s", status_name(st), c->problems.n > 0 ? c->problems.list[0].key : "", c->problems.n > 0 ? c->problems.list[0].field : "");
    return run;
}

/* ---- field by field ---- */

static json_t *read_part(struct arena *mem, const char *file, const char *name)
{
    struct unzip_trouble t;
    struct unzip *z;
    struct str bytes;

    ck_assert_int_eq(unzip_open(mem, file, STR(""), NULL, &z, &t), ST_OK);
    ck_assert_int_eq(unzip_whole(z, unzip_find(z, name), mem, 64 << 20, &bytes, &t), ST_OK);
    unzip_close(z);
    ck_assert_ptr_null(memmem(bytes.p, bytes.n, OUT_CANARY, strlen(OUT_CANARY)));
    return json_loadb(bytes.p, bytes.n, 0, NULL);
}

static const json_t *of_id(const json_t *list, const json_t *one)
{
    const char *id = json_string_value(json_object_get(one, "id"));

    for (size_t i = 0; id != NULL && i < json_array_size(list); i++)
        if (strcmp(json_string_value(json_object_get(json_array_get(list, i), "id")), id) == 0)
            return json_array_get(list, i);
    return NULL;
}

static void differs(struct moving *m, const char *where, const json_t *a, const json_t *b)
{
    char *x = json_dumps(a, JSON_ENCODE_ANY), *y = json_dumps(b, JSON_ENCODE_ANY);

    m->n_different++;
    fprintf(stderr, "%s: %s, there %s\n", where, x == NULL ? "nothing" : x, y == NULL ? "nothing" : y);
    free(x);
    free(y);
}

static void compare(struct moving *m, const char *where, const json_t *a, const json_t *b);

static void compare_objects(struct moving *m, const json_t *a, const json_t *b)
{
    const char *name;
    json_t *v;

    json_object_foreach((json_t *)a, name, v)
        compare(m, name, v, json_object_get(b, name));
    json_object_foreach((json_t *)b, name, v)
        if (json_object_get(a, name) == NULL)
            differs(m, name, NULL, v);
}

static void compare(struct moving *m, const char *where, const json_t *a, const json_t *b)
{
    const bool by_id = strcmp(where, "contents") == 0 || strcmp(where, "entries") == 0; /* their order is each portal's own */

    if (b == NULL || json_typeof(a) != json_typeof(b) || json_array_size(a) != json_array_size(b)) {
        differs(m, where, a, b);
    } else if (json_is_object(a)) {
        compare_objects(m, a, b);
    } else if (json_is_array(a)) {
        for (size_t i = 0; i < json_array_size(a); i++)
            compare(m, "", json_array_get(a, i), by_id ? of_id(b, json_array_get(a, i)) : json_array_get(b, i));
    } else {
        m->n_fields++;
        if (!json_equal(a, b))
            differs(m, where, a, b);
    }
}

static void compare_files(struct moving *m, const char *a, const char *b)
{
    static const char *const parts[] = {"services.json", "kept.json"};

    for (int i = 0; i < ARRAY_LEN(parts); i++) {
        json_t *x = read_part(m->a->mem, a, parts[i]), *y = read_part(m->a->mem, b, parts[i]);

        ck_assert_ptr_nonnull(x);
        compare(m, "", x, y);
        json_decref(x);
        json_decref(y);
    }
}

START_TEST(test_body__is_the_same_in_another_portal)
{
    struct moving m = {.a = harness_new(), .b = harness_new()};

    m.folder = feeds_testing_folder(m.a->mem);
    out_stage(m.a, (struct out_stage){.n_plain = 5});
    ck_assert_int_eq(harness_write(m.a, keep_entries, NULL), ST_OK);
    const char *a = leave(&m, m.a, "a.zip");
    const struct import_run first = arrive(m.b, a, ST_OK);

    ck_assert_int_gt(first.n_added, 3);
    compare_files(&m, a, leave(&m, m.b, "b.zip"));
    fprintf(stderr, "%lld fields compared, %lld differences\n", (long long)m.n_fields, (long long)m.n_different);
    ck_assert_int_gt(m.n_fields, 300);
    ck_assert_int_eq(m.n_different, 0);
    const struct import_run again = arrive(m.b, a, ST_OK); /* nothing twice: history neither */

    ck_assert_int_eq(again.n_added + again.n_changed, 0);
    compare_files(&m, a, leave(&m, m.b, "c.zip"));
    ck_assert_int_eq(m.n_different, 0);
    feeds_testing_drop(m.folder);
    harness_free(m.b);
    harness_free(m.a);
}
END_TEST

START_TEST(test_body__what_is_no_package_is_refused)
{
    struct moving m = {.b = harness_new()};
    char *nobody[] = {(char *)"body", (char *)"Nessuno", NULL};

    m.folder = feeds_testing_folder(m.b->mem);
    ck_assert_int_eq(exchange_export_command(m.b->db, 2, nobody), 1);
    ck_assert_int_eq(exchange_export_command(m.b->db, 1, nobody), 2);
    arrive(m.b, feeds_testing_file(m.b->mem, m.folder, "a.zip", STR("PK no")), ST_INVALID);
    arrive(m.b, feeds_testing_file(m.b->mem, m.folder, "b.zip", harness_get(m.b, "/dati/hsds.zip").body), ST_INVALID);
    feeds_testing_drop(m.folder);
    harness_free(m.b);
}
END_TEST

UNIT_MAIN("exchange_body", test_body__is_the_same_in_another_portal, test_body__what_is_no_package_is_refused)

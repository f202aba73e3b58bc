/*
 * secret_test.c - the address of a refuge is in no answer of the portal, and nothing reads where it
 * is kept.
 *
 * How     a refuge is put in whose address, name, directions and point all hold a canary. Every row
 * of the router that reads is asked, with each value its address may take and each question of
 * `queries`; what is asked by POST stands in `posts`. A new page is walked by itself; a page that
 * takes a new question adds a line to `queries`, one that is asked by POST a line to `posts`, a new
 * command or file a test of its own here. Seeing  another service with an ordinary address must be
 * seen in many answers, and the refuge by its name: a walk that sees nothing proves nothing.
 */
#include "base/buf.h"
#include "base/macros.h"
#include "base/unzip.h"
#include "features/catalogue/catalogue_full_testing.h"
#include "promises.h"
#include "tests/support/harness.h"
#include "tests/unit.h"
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#define OK(call) ck_assert_int_eq(call, ST_OK)
static const char IVREA[] = "001125";
static const char CONTROL[] = "via dei Segnali 44"; /* must be seen */
/* Small letters: answers are searched without regard to case. */
static const char *const canaries[] = {"canarin", "45.987", "45,987", "7.123", "7,123"};

static const char *const queries[] = {
    "",
    "?cosa=rifugio+di+prova",
    "?cosa=rifugio+di+prova&dove=ivrea-to&km=50",
    "?cosa=canarina&dove=ivrea",
    "?bisogno=scappare-di-casa&dove=ivrea-to",
    "?bisogno=scappare-di-casa&dove=001125&vista=stampa",
    "?bisogno=scappare-di-casa&dove=ivrea-to&vista=mappa",
    "?bisogno=scappare-di-casa&dove=ivrea-to&vista=telefono",
    "?lat=45.4671&lon=7.8753&cosa=rifugio",
    "?full=true&per_page=100",
    "?per_page=1000",
    "?format=ndjson",
    "?full_service=true",
};

static const struct {
    const char *target, *type, *body;
} posts[] = {
    {"/api/hsds/3.0/services", "application/json",
     "{\"search\":\"rifugio di prova\",\"full\":true}"},
    {"/api/hsds/3.0/services", "application/json", "{\"search\":\"canarina\"}"},
    {"/api/hsds/3.0/services", "application/x-www-form-urlencoded", "search=rifugio"},
    {"/api/hsds/3.0/service_at_locations", "application/json",
     "{\"search\":\"rifugio\",\"full\":true}"},
    {"/spetta/risultato", "application/x-www-form-urlencoded", "persone=1&dove=Ivrea"},
    {"/spetta/operatore", "application/x-www-form-urlencoded", "persone=1&dove=Ivrea"},
    {"/calcoli", "application/x-www-form-urlencoded", "persone=1"},
    {"/api/rules/1/ask", "application/json", "{\"componenti\":[{}]}"},
};

/* ---- the refuge, and a service that is no secret ---- */

struct stage {
    struct str values[16]; /* what a part of an address may be */
    int n_values;
    int64_t refuge_location;
};

static void put_refuge(struct ctx *c, struct catalogue_write *w, struct full *f, bool is_secret)
{
    static const struct str need = STR("scappare-di-casa");

    full_make(c,
              &(struct full_put){.source_id = "refuge",
                                 .name = "Rifugio di prova",
                                 .istat = IVREA,
                                 .is_secret = is_secret,
                                 .address = "via Canarina 17"},
              f);
    f->location.name = STR("Casa Canarina");
    f->location.alternate_name = STR("La Canarina");
    f->location.description = STR("Suonare a Canarino");
    f->location.transportation = STR("Bus Canarino, fermata 3");
    f->location.url = STR("https://canarina.example.org/");
    f->location.external_identifier = STR("CANARINO-77");
    f->location.external_identifier_type = STR("canarino");
    f->location.lat = 45.987651;
    f->location.lon = 7.123987;
    f->location.addresses[0].attention = STR("Portineria Canarina");
    f->location.addresses[0].address_2 = STR("scala Canarina");
    f->location.addresses[0].postal_code = STR("CANARINO9");
    f->location.addresses[1].address_1 = STR("Casella Canarina 9");
    /* written by mistake where everybody reads */
    f->location.access[0].description = STR("Rampa in Via Canarina, n. 17");
    f->service.description =
        STR("Chiama prima. Siamo in VIA CANARINA 17, al primo piano; via Canarina è in centro.");
    f->service.parts.phones[0].description = STR("citofono di via Canarina 17");
    f->service.ats[0].description = STR("In via Canarina, 17");
    f->service.ats[0].schedules[0].notes = STR("entrata da via Canarina");
    f->service.needs = &need;
    f->service.n_needs = 1;
    f->service.kind = SERVICE_SERVICE;
    full_put(w, f);
}

static void add_values(struct ctx *c, struct stage *s, int64_t service_id)
{
    struct service x;
    struct organisation o;

    OK(catalogue_service(c, service_id, &x));
    OK(organisations_by_id(c, x.organisation_id, &o));
    const struct str list[] = {x.slug, x.uuid, x.ats[0].uuid, x.ats[0].location->uuid,
                               o.slug, o.uuid};

    for (int i = 0; i < ARRAY_LEN(list); i++)
        s->values[s->n_values++] = str_copy(c->mem, list[i]);
}

static enum status set_stage(struct ctx *c, void *arg)
{
    struct stage *s = arg;
    struct catalogue_write *w;
    struct full f, control;

    OK(catalogue_write_begin(c, STR("csv:prova"), &w));
    put_refuge(c, w, &f, true);
    full_make(c,
              &(struct full_put){.source_id = "control",
                                 .name = "Sportello in vista",
                                 .istat = IVREA,
                                 .address = CONTROL},
              &control);
    full_put(w, &control);
    OK(catalogue_write_end(w, true, NULL));
    s->refuge_location = f.location_id;
    add_values(c, s, f.service_id);
    s->values[s->n_values++] = STR("ivrea-to");
    s->values[s->n_values++] = STR("scappare-di-casa");
    s->values[s->n_values++] = STR("001125");
    struct service x;

    OK(catalogue_service(c, control.service_id, &x));
    s->values[s->n_values++] = str_copy(c->mem, x.slug);
    s->values[s->n_values++] = str_copy(c->mem, x.uuid);
    s->values[s->n_values++] = str_copy(c->mem, x.ats[0].location->uuid);
    return ST_OK;
}

/* ---- looking ---- */

struct walk {
    struct harness *h;
    struct arena *mem;
    int n_asked, n_control, n_refuge, n_leaks, n_zips;
    char leaks[3000];
};

static bool holds(struct str text, const char *small)
{
    const size_t n = strlen(small);

    for (size_t i = 0; i + n <= text.n; i++) {
        size_t k = 0;

        while (k < n && (text.p[i + k] | (text.p[i + k] >= 'A' && text.p[i + k] <= 'Z' ? 32 : 0)) ==
                            small[k])
            k++;
        if (k == n)
            return true;
    }
    return false;
}

/* A package and a spreadsheet are zips: what stands in their entries is looked at, one after the other. */
static struct str opened(struct walk *k, struct str body)
{
    struct unzip_trouble trouble;
    struct unzip *z;
    struct buf all = buf_new(k->mem, 65536);

    if (!unzip_is_zip(body))
        return body;
    OK(unzip_open(k->mem, NULL, body, NULL, &z, &trouble));
    for (int i = 0; i < unzip_count(z); i++) {
        struct str entry;

        OK(unzip_whole(z, i, k->mem, 64 << 20, &entry, &trouble));
        buf_str(&all, entry);
    }
    unzip_close(z);
    k->n_zips++;
    return buf_view(&all);
}

static void look(struct walk *k, const char *what, const char *asked, const struct web_reply *r)
{
    k->n_asked++;
    k->n_control += holds(r->body, "via dei segnali 44");
    k->n_refuge += holds(r->body, "rifugio di prova");
    for (int i = 0; i < ARRAY_LEN(canaries); i++) {
        /* what was asked may be said again: "canarina" typed into the field of the search */
        const bool was_asked = strstr(asked, "canarin") != NULL && i == 0 &&
                               !holds(r->body, "via canarin") && !holds(r->body, "casa canarin") &&
                               !holds(r->body, "bus canarin");

        if (!was_asked && (holds(r->body, canaries[i]) || holds(r->headers, canaries[i]))) {
            const size_t at = strlen(k->leaks);

            k->n_leaks++;
            snprintf(k->leaks + at, sizeof k->leaks - at, "%s%s says %s\n", what, asked,
                     canaries[i]);
        }
    }
}

static void ask_get(struct walk *k, const char *path)
{
    for (int q = 0; q < ARRAY_LEN(queries); q++) {
        const struct web_ask a = {.method = "GET",
                                  .target = str_fmt(k->mem, "%s%s", path, queries[q]).p};
        struct web_reply r = {0};

        web_app_ask(k->h->app, k->mem, &a, &r);
        r.body = opened(k, r.body);
        look(k, path, queries[q], &r);
        arena_reset(k->mem);
        if (strchr(path, '?') != NULL)
            return;
    }
}

/* A row's path with one value for each of its variable parts. */
static void fill(char *out, size_t room, const char *path, struct str value)
{
    size_t n = 0;

    for (const char *p = path; *p != '\0' && n + value.n + 1 < room;) {
        if (p[0] == '/' && p[1] == ':') {
            out[n++] = '/';
            memcpy(out + n, value.p, value.n);
            n += value.n;
            p++;
            while (*p != '\0' && *p != '/')
                p++;
        } else {
            out[n++] = *p++;
        }
    }
    out[n] = '\0';
}

static void walk_rows(struct walk *k, const struct stage *s)
{
    const struct route *r;
    char path[400];

    for (int i = 0; (r = web_app_route(k->h->app, i)) != NULL; i++) {
        if (r->method != GET)
            continue;
        for (int v = 0; v < s->n_values; v++) {
            fill(path, sizeof path, r->path, s->values[v]);
            ask_get(k, path);
            if (strchr(r->path, ':') == NULL)
                break;
        }
    }
}

static void walk_posts(struct walk *k)
{
    for (int i = 0; i < ARRAY_LEN(posts); i++) {
        const char *const headers[] = {str_fmt(k->h->mem, "Content-Type: %s", posts[i].type).p,
                                       NULL};
        const struct web_ask a = {.method = "POST",
                                  .target = posts[i].target,
                                  .headers = headers,
                                  .body = str_of(posts[i].body)};
        struct web_reply r = {0};

        web_app_ask(k->h->app, k->mem, &a, &r);
        look(k, posts[i].target, posts[i].body, &r);
        arena_reset(k->mem);
    }
}

START_TEST(test_secret__no_answer_says_where_a_refuge_is)
{
    struct harness *h = harness_new();
    struct walk k = {.h = h, .mem = arena_new(0)};
    struct stage s = {.n_values = 0};

    OK(harness_write(h, set_stage, &s));
    walk_rows(&k, &s);
    walk_posts(&k);
    if (k.n_leaks > 0)
        ck_abort_msg("%d answers tell:\n%s", k.n_leaks, k.leaks);
    printf("# %d answers, %d with the ordinary address, %d with the refuge by name\n", k.n_asked,
           k.n_control, k.n_refuge);
    ck_assert_int_ge(k.n_asked, 300);
    ck_assert_int_ge(k.n_control, 10);
    ck_assert_int_ge(k.n_refuge, 20);
    ck_assert_int_ge(k.n_zips, 2); /* the package, the spreadsheet */
    arena_free(k.mem);
    harness_free(h);
}
END_TEST

/* ---- where it is kept ---- */

START_TEST(test_secret__no_query_reads_the_table)
{
    int n = 0;

    for (int i = 0; i < n_all_statements; i++)
        for (int k = 0; k < all_statements[i].n; k++) {
            const struct db_statement *s = all_statements[i].list[k];

            if (strstr(s->sqlite, "catalogue_secret") == NULL &&
                strstr(s->postgres, "catalogue_secret") == NULL)
                continue;
            n++;
            ck_assert_msg(s->writes && s->n_columns == 0 && strstr(s->sqlite, "SELECT") == NULL,
                          "%s reads catalogue_secret", s->name);
        }
    ck_assert_int_eq(n, 2);
}
END_TEST

/* Every text of every table but the one it belongs to, on SQLite. */
static int n_in_tables(struct store_testing *st, const char *canary)
{
    char path[600], sql[400];
    sqlite3_stmt *tables, *row;
    sqlite3 *db;
    int n = 0;

    snprintf(path, sizeof path, "%s/wecare.db", st->folder);
    ck_assert_int_eq(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    ck_assert_int_eq(
        sqlite3_prepare_v2(
            db,
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'catalogue_secret'",
            -1, &tables, NULL),
        SQLITE_OK);
    while (sqlite3_step(tables) == SQLITE_ROW) {
        snprintf(sql, sizeof sql, "SELECT * FROM %s", (const char *)sqlite3_column_text(tables, 0));
        ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &row, NULL), SQLITE_OK);
        while (sqlite3_step(row) == SQLITE_ROW)
            for (int i = 0; i < sqlite3_column_count(row); i++)
                if (sqlite3_column_type(row, i) == SQLITE_TEXT)
                    n += holds((struct str){(const char *)sqlite3_column_text(row, i),
                                            (size_t)sqlite3_column_bytes(row, i)},
                               canary);
        sqlite3_finalize(row);
    }
    sqlite3_finalize(tables);
    sqlite3_close(db);
    return n;
}

/* The tables of the catalogue, on either engine. */
static int64_t n_in_catalogue(struct store_testing *st)
{
    static const char *const columns[] = {"catalogue_location WHERE parts",
                                          "catalogue_location WHERE name",
                                          "catalogue_location WHERE alternate_name",
                                          "catalogue_location WHERE description",
                                          "catalogue_location WHERE transportation",
                                          "catalogue_location WHERE url",
                                          "catalogue_location WHERE external_identifier",
                                          "catalogue_at WHERE parts",
                                          "catalogue_service WHERE parts",
                                          "catalogue_service WHERE more",
                                          "catalogue_service WHERE description",
                                          "catalogue_service WHERE slug"};
    char sql[300];
    int64_t n = 0;

    for (int i = 0; i < ARRAY_LEN(columns); i++) {
        snprintf(sql, sizeof sql,
                 "SELECT COUNT(*) FROM %s <> REPLACE(REPLACE(%s, 'anarin', ''), '45.987', '')",
                 columns[i], strstr(columns[i], "WHERE ") + 6);
        n += store_testing_number(st, sql);
    }
    n += store_testing_number(
        st, "SELECT COUNT(*) FROM catalogue_location WHERE lat BETWEEN 45.987 AND 45.988");
    return n;
}

static enum status put_again(struct ctx *c, void *arg)
{
    struct catalogue_write *w;
    struct full f;

    OK(catalogue_write_begin(c, STR("csv:prova"), &w));
    put_refuge(c, w, &f, *(bool *)arg);
    ck_assert_int_eq(f.location_change, PUT_CHANGED);
    return catalogue_write_end(w, false, NULL);
}

static enum status without_it(struct ctx *c, void *arg)
{
    struct catalogue_write *w;

    OK(catalogue_write_begin(c, STR("csv:prova"), &w));
    return catalogue_write_end(w, true, NULL);
}

START_TEST(test_secret__it_is_kept_in_one_table_and_goes_with_the_refuge)
{
    static const char kept[] = "SELECT COUNT(*) FROM catalogue_secret";
    struct harness *h = harness_new();
    struct stage s = {.n_values = 0};
    bool is_secret = false;

    OK(harness_write(h, set_stage, &s));
    ck_assert_int_eq(store_testing_number(&h->store, kept), 1);
    ck_assert_int_eq(
        store_testing_number(
            &h->store,
            "SELECT COUNT(*) FROM catalogue_secret WHERE address <> REPLACE(address, 'Canarin', '')"
            " AND address <> REPLACE(address, '45.987651', '')"),
        1);
    ck_assert_int_eq(n_in_catalogue(&h->store), 0);
    if (store_testing_engine() == DB_SQLITE)
        ck_assert_int_eq(n_in_tables(&h->store, "canarin"), 0);
    OK(harness_write(h, put_again, &is_secret)); /* no secret any more: the table lets it go */
    ck_assert_int_eq(store_testing_number(&h->store, kept), 0);
    ck_assert_int_gt(n_in_catalogue(&h->store), 5); /* and the look above sees what is there */
    is_secret = true;
    OK(harness_write(h, put_again,
                     &is_secret)); /* a secret again: gone from where everybody reads */
    ck_assert_int_eq(store_testing_number(&h->store, kept), 1);
    ck_assert_int_eq(n_in_catalogue(&h->store), 0);
    OK(harness_write(h, without_it, NULL));
    ck_assert_int_eq(store_testing_number(&h->store, kept), 0);
    harness_free(h);
}
END_TEST

static enum status write_beside(struct ctx *c, void *arg)
{
    return db_exec(c->tx, arg);
}

/* The belt beside the braces: the table itself refuses what would tell. */
START_TEST(test_secret__the_table_of_places_takes_nothing_that_tells)
{
    static char *const sql[] = {
        "UPDATE catalogue_location SET name = 'x' WHERE is_secret = 1",
        "UPDATE catalogue_location SET url = 'x' WHERE is_secret = 1",
        "UPDATE catalogue_location SET is_point_of_town = 0 WHERE is_secret = 1"};
    struct harness *h = harness_new();
    struct stage s = {.n_values = 0};

    OK(harness_write(h, set_stage, &s));
    for (int i = 0; i < ARRAY_LEN(sql); i++)
        ck_assert_int_eq(harness_write(h, write_beside, sql[i]), ST_CONFLICT);
    harness_free(h);
}
END_TEST

UNIT_MAIN("secret", test_secret__no_answer_says_where_a_refuge_is,
          test_secret__no_query_reads_the_table,
          test_secret__it_is_kept_in_one_table_and_goes_with_the_refuge,
          test_secret__the_table_of_places_takes_nothing_that_tells)

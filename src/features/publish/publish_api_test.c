/* publish_api_test.c - the HSDS API on the engine under test: forms, pages, filters, refusals, worst
 * cases. */
#include "base/macros.h"
#include "publish_api_ask.h"
#include "features/feeds/feeds_hsds_fields.h"
#include "publish_testing.h"
#include "tests/unit.h"
#include <stdio.h>
#include <string.h>

#define API "/api/hsds/3.0"
enum { N_PLAIN = 1230 };

/* ---- forms ---- */

static void keeps(struct harness *h, const json_t *entry, enum hsds_object as)
{
    struct hsds_wrongs wrongs;

    hsds_check(h->mem, entry, as, &wrongs);
    for (int i = 0; i < wrongs.n; i++)
        ck_abort_msg("%s %s: %.*s %s %.*s", hsds_object_name(as), out_str(entry, "id"),
                     (int)wrongs.list[i].path.n, wrongs.list[i].path.p, wrongs.list[i].key,
                     (int)wrongs.list[i].value.n, wrongs.list[i].value.p);
}

static int64_t all_keep(struct harness *h, const char *target, enum hsds_object as)
{
    json_t *list = out_json(h, target);
    const int64_t total = out_int(list, "total_items");
    size_t i;
    json_t *x;

    ck_assert_int_eq(out_int(list, "size"),
                     (int64_t)json_array_size(json_object_get(list, "contents")));
    json_array_foreach(json_object_get(list, "contents"), i, x) keeps(h, x, as);
    json_decref(list);
    return total;
}

START_TEST(test_api__every_answer_keeps_to_hsds_whatever_the_data_hold)
{
    struct harness *h = harness_new();

    out_stage(h, (struct out_stage){3, 0});
    ck_assert_int_ge(all_keep(h, API "/services?per_page=1000", HSDS_SERVICE), 7);
    ck_assert_int_ge(all_keep(h, API "/services?per_page=1000&full=true", HSDS_SERVICE), 7);
    ck_assert_int_ge(all_keep(h, API "/services?minimal=1", HSDS_SERVICE), 7);
    ck_assert_int_ge(all_keep(h, API "/organizations?per_page=1000&full=true", HSDS_ORGANIZATION),
                     48);
    ck_assert_int_ge(all_keep(h, API "/organizations?full_service=true", HSDS_ORGANIZATION), 48);
    ck_assert_int_ge(
        all_keep(h, API "/service_at_locations?full=true&per_page=1000", HSDS_SERVICE_AT_LOCATION),
        2);
    ck_assert_int_ge(all_keep(h, API "/locations", HSDS_LOCATION), 2);
    ck_assert_int_ge(all_keep(h, API "/taxonomies", HSDS_TAXONOMY), 6);
    ck_assert_int_ge(all_keep(h, API "/taxonomy_terms?per_page=1000", HSDS_TAXONOMY_TERM), 150);
    harness_free(h);
}
END_TEST

static json_t *service(struct harness *h, const char *name)
{
    const struct str id = out_id(h, name);

    return out_json(h, str_fmt(h->mem, API "/services/%s", id.p).p);
}

static const json_t *attribute(const json_t *s, const char *code, const char *value)
{
    size_t i;
    json_t *a;

    json_array_foreach(json_object_get(s, "attributes"), i,
                       a) if (strcmp(out_str(json_object_get(a, "taxonomy_term"), "code"), code) ==
                                  0 &&
                              (value == NULL || strcmp(out_str(a, "value"), value) == 0)) return a;
    return NULL;
}

START_TEST(test_api__a_service_says_all_that_is_known_of_it)
{
    static const struct {
        const char *code, *value;
    } said[] = {{"benefit", NULL},
                {"spesa-alimentare", NULL},
                {"pasto-caldo", NULL},
                {"A2.01", NULL},
                {"H", NULL},
                {"poverta", NULL},
                {"isee-note", "ISEE fino a 9.360 euro"},
                {"intake", "Sportello sociale"},
                {"places-free", "3"},
                {"apply-by", "2027-01-31"},
                {"confirmed-how", "phone"},
                {"confirmed-by", "Consorzio di prova"},
                {"way", "presence"},
                {"way", "home"},
                {"fee", "by-isee"},
                {"access", "hearing"},
                {"X1", NULL}};
    struct harness *h = harness_new();

    out_stage(h, (struct out_stage){0, 0});
    json_t *s = service(h, "Mensa piena");

    for (int k = 0; k < ARRAY_LEN(said); k++)
        ck_assert_msg(attribute(s, said[k].code, said[k].value) != NULL, "%s is not said",
                      said[k].code);
    ck_assert_str_eq(out_str(s, "assured_date"), "2026-11-01");
    ck_assert(json_real_value(json_object_get(s, "minimum_age")) == 17.5);
    ck_assert_int_eq(out_int(s, "maximum_age"), 99);
    ck_assert_ptr_null(attribute(s, "demo", NULL));
    const json_t *org = json_object_get(s, "organization");

    ck_assert_str_eq(out_str(org, "description"), "ente del Terzo settore");
    ck_assert_ptr_nonnull(attribute(org, "demo", NULL));
    ck_assert_str_eq(out_str(org, "website"), ""); /* no scheme: no address */
    const json_t *cost = json_array_get(json_object_get(s, "cost_options"), 0);

    ck_assert(json_real_value(json_object_get(cost, "amount")) == 2.5);
    json_decref(s);
    /* an invented one says so, in lists too */
    s = service(h, "Servizio inventato");
    ck_assert_ptr_nonnull(attribute(s, "demo", NULL));
    json_decref(s);
    s = out_json(h, API "/services?per_page=1000");
    int n_demo = 0;
    size_t i;
    json_t *x;

    json_array_foreach(json_object_get(s, "contents"), i, x)
        n_demo += attribute(x, "demo", NULL) != NULL;
    ck_assert_int_eq(n_demo, 1);
    json_decref(s);
    s = service(h, "=1+1; \"<script>\" \\ \xF0\x9F\x8D\x9E");
    ck_assert_str_eq(out_str(s, "url"),
                     "https://esempio.it/citt%C3%A0%20di%20pane?x=%5B1%5D&y=%25zz#a%23b");
    ck_assert_str_eq(out_str(s, "email"), "");
    ck_assert_str_eq(out_str(s, "assurer_email"), "");
    ck_assert_str_eq(out_str(s, "status"), "temporarily closed");
    json_decref(s);
    harness_free(h);
}
END_TEST

START_TEST(test_api__hours_that_hsds_cannot_say_are_not_said_wrongly)
{
    struct harness *h = harness_new();

    out_stage(h, (struct out_stage){0, 0});
    json_t *s = service(h, "Mensa piena");
    const json_t *list = json_object_get(s, "schedules");
    const json_t *x = json_array_get(list, 0);

    ck_assert_int_eq(json_array_size(list), 8);
    ck_assert_str_eq(out_str(x, "byday"), "MO,TU,WE,TH,FR");
    ck_assert_str_eq(out_str(x, "opens_at"), "09:00");
    ck_assert_str_eq(out_str(x, "closes_at"), "12:30");
    x = json_array_get(list, 1);
    ck_assert_str_eq(out_str(x, "freq"), "MONTHLY");
    ck_assert_str_eq(out_str(x, "byday"), "1TU,-1FR");
    x = json_array_get(list, 2); /* closed on Sundays: no hours, and the word */
    ck_assert_str_eq(out_str(x, "opens_at"), "");
    ck_assert_str_eq(out_str(x, "description"), "Chiuso");
    ck_assert_ptr_nonnull(attribute(x, "closed", NULL));
    x = json_array_get(list, 3);
    ck_assert_str_eq(out_str(x, "description"), "Su appuntamento. Chiama \"prima\"");
    ck_assert_ptr_nonnull(attribute(x, "by-appointment", NULL));
    x = json_array_get(list, 4); /* each 24 June: the next one, that day alone */
    ck_assert_str_eq(out_str(x, "freq"), "");
    ck_assert_str_eq(out_str(x, "valid_from") + 4, "-06-24");
    ck_assert_str_eq(out_str(x, "valid_from"), out_str(x, "valid_to"));
    x = json_array_get(list, 5); /* a season over the new year, with its dates */
    ck_assert_str_eq(out_str(x, "valid_from") + 4, "-11-15");
    ck_assert_str_eq(out_str(x, "valid_to") + 4, "-03-15");
    ck_assert_int_eq(atoi(out_str(x, "valid_to")) - atoi(out_str(x, "valid_from")), 1);
    x = json_array_get(list, 6); /* holidays alone: nobody may take it for daily */
    ck_assert_str_eq(out_str(x, "opens_at"), "");
    ck_assert_str_eq(out_str(x, "description"), "Solo nei giorni festivi: 09:00-12:30");
    x = json_array_get(list, 7);
    ck_assert_str_eq(out_str(x, "bymonthday"), "15,-1");
    ck_assert_str_eq(out_str(x, "closes_at"), "00:00");
    json_decref(s);
    harness_free(h);
}
END_TEST

/* ---- pages ---- */

/* Every page of so many; names of what it holds, each once. */
static int walk(struct harness *h, const char *path, int per_page)
{
    json_t *seen = json_object();
    int64_t n_pages = 1, total = 0;

    for (int64_t page = 1; page <= n_pages; page++) {
        json_t *list =
            out_json(h, str_fmt(h->mem, "%s%cpage=%lld&per_page=%d", path,
                                strchr(path, '?') == NULL ? '?' : '&', (long long)page, per_page)
                            .p);
        size_t i;
        json_t *x;

        n_pages = out_int(list, "total_pages");
        total = out_int(list, "total_items");
        ck_assert_int_eq(out_int(list, "page_number"), page);
        ck_assert_int_eq(json_is_true(json_object_get(list, "first_page")), page == 1);
        ck_assert_int_eq(json_is_true(json_object_get(list, "last_page")), page == n_pages);
        ck_assert_int_eq(json_is_true(json_object_get(list, "empty")), total == 0);
        json_array_foreach(json_object_get(list, "contents"), i, x)
        {
            ck_assert_msg(json_object_get(seen, out_str(x, "id")) == NULL, "%s twice",
                          out_str(x, "name"));
            json_object_set_new(seen, out_str(x, "id"), json_true());
        }
        json_decref(list);
    }
    ck_assert_int_eq((int)json_object_size(seen), total);
    json_decref(seen);
    return (int)total;
}

START_TEST(test_api__pages_of_any_size_hold_each_entry_once)
{
    struct harness *h = harness_new();

    out_stage(h, (struct out_stage){N_PLAIN, 0});
    const int n = walk(h, API "/services", 1000);

    ck_assert_int_ge(n, N_PLAIN + 4);
    ck_assert_int_eq(walk(h, API "/services", 100), n);
    ck_assert_int_eq(walk(h, API "/services", 37), n);
    ck_assert_int_eq(walk(h, API "/services?full=true", 499), n);
    ck_assert_int_eq(walk(h, API "/services?minimal=true", 100000), n);
    ck_assert_int_eq(walk(h, API "/service_at_locations", 1),
                     walk(h, API "/service_at_locations", 100));
    ck_assert_int_eq(walk(h, API "/organizations", 7), walk(h, API "/organizations?full=true", 30));
    ck_assert_int_eq(walk(h, API "/organizations?modified_after=2020-01-01", 7),
                     walk(h, API "/organizations", 1000));
    ck_assert_int_eq(walk(h, API "/locations?modified_after=2020-01-01", 1),
                     walk(h, API "/locations", 50));
    ck_assert_int_eq(walk(h, API "/taxonomy_terms", 13), walk(h, API "/taxonomy_terms", 1000));
    /* past the last page: nothing, and it says so */
    json_t *far = out_json(h, API "/services?page=100000&per_page=1000");

    ck_assert(json_is_true(json_object_get(far, "empty")));
    ck_assert_int_eq(out_int(far, "total_items"), n);
    json_decref(far);
    /* ndjson: a line each, no envelope */
    const struct web_reply r = harness_get(h, API "/services?format=ndjson");
    int n_lines = 0;

    for (struct str rest = r.body; rest.n > 0; n_lines++) {
        const struct str line = str_cut(&rest, '\n');
        json_t *x = json_loadb(line.p, line.n, 0, NULL);

        ck_assert_msg(x != NULL, "line %d is no JSON", n_lines);
        json_decref(x);
    }
    ck_assert_int_eq(n_lines, n);
    harness_free(h);
}
END_TEST

START_TEST(test_api__what_changes_is_there_at_once)
{
    struct harness *h = harness_new();

    out_stage(h, (struct out_stage){5, 0});
    const int n = walk(h, API "/services", 50);
    const struct str id = out_id(h, "servizio 00003");
    const char *target = str_fmt(h->mem, API "/services/%s", id.p).p;

    out_stage(h, (struct out_stage){20, 5});
    ck_assert_int_eq(walk(h, API "/services", 50), n + 20);
    out_stage(h, (struct out_stage){25, 0}); /* the same again doubles nothing */
    ck_assert_int_eq(walk(h, API "/services", 50), n + 20);
    out_set_state(h, "servizio 00003", SERVICE_HIDDEN);
    ck_assert_int_eq(walk(h, API "/services", 50), n + 19);
    ck_assert_int_eq(walk(h, API "/services?full=true", 50), n + 19);
    ck_assert_int_eq(harness_get(h, target).code, 404);
    out_set_state(h, "servizio 00003", SERVICE_GONE);
    ck_assert_int_eq(harness_get(h, target).code, 410);
    ck_assert_int_eq(walk(h, API "/services", 50), n + 19);
    out_set_state(h, "servizio 00003", SERVICE_SHOWN);
    ck_assert_int_eq(harness_get(h, target).code, 200);
    ck_assert_int_eq(walk(h, API "/services", 50), n + 20);
    harness_free(h);
}
END_TEST

/* ---- filters ---- */

static int n_of(struct harness *h, const char *query)
{
    json_t *list = out_json(h, str_fmt(h->mem, API "/services%s", query).p);
    const int n = (int)out_int(list, "total_items");

    json_decref(list);
    return n;
}

/* "id,name" of a term by its code. */
static const char *term_id(struct harness *h, const char *code)
{
    json_t *list = out_json(h, API "/taxonomy_terms?per_page=1000");
    const char *id = "";
    size_t i;
    json_t *t;

    json_array_foreach(json_object_get(list, "contents"), i,
                       t) if (strcmp(out_str(t, "code"), code) == 0) id =
        str_copy(h->mem, str_of(out_str(t, "id"))).p;
    json_decref(list);
    ck_assert_msg(*id != '\0', "there is no term %s", code);
    return id;
}

START_TEST(test_api__filters_hold_all_together)
{
    struct harness *h = harness_new();

    out_stage(h, (struct out_stage){5, 0});
    json_t *s = service(h, "Mensa piena");
    const char *org = str_copy(h->mem, str_of(out_str(s, "organization_id"))).p;
    const char *theirs =
        str_copy(h->mem, str_of(out_str(attribute(s, "X1", NULL), "taxonomy_term_id"))).p;
    const char *need = term_id(h, "pasto-caldo"), *siuss = term_id(h, "A2.01"),
               *mark = term_id(h, "demo");

    json_decref(s);
#define QUERY(...) str_fmt(h->mem, __VA_ARGS__).p
    const int of_org = n_of(h, QUERY("?organization_id=%s", org));
    const int with_need = n_of(h, QUERY("?taxonomy_term_id=%s", need));

    ck_assert_int_eq(of_org, 9);
    ck_assert_int_ge(with_need, 1);
    ck_assert_int_ge(n_of(h, QUERY("?taxonomy_term_id=%s", siuss)), with_need);
    ck_assert_int_eq(n_of(h, QUERY("?taxonomy_term_id=%s&organization_id=%s", need, org)), 1);
    ck_assert_int_eq(n_of(h, QUERY("?taxonomy_term_id=%s&taxonomy_term_id=%s&organization_id=%s",
                                   need, siuss, org)),
                     1);
    ck_assert_int_eq(n_of(h, QUERY("?taxonomy_term_id=%s&taxonomy_term_id=%s", need, mark)), 0);
    ck_assert_int_eq(n_of(h, QUERY("?taxonomy_term_id=%s&organization_id=%s", mark, org)), 1);
    ck_assert_int_eq(n_of(h, QUERY("?taxonomy_term_id=%s", theirs)), 1);
    ck_assert_int_eq(n_of(h, "?taxonomy_term_id=00000000-0000-4000-8000-000000000000"), 0);
    ck_assert_int_eq(n_of(h, "?taxonomy_id=00000000-0000-4000-8000-000000000000"), 0);
    ck_assert_int_eq(n_of(h, "?organization_id=00000000-0000-4000-8000-000000000000"), 0);
    ck_assert_int_eq(n_of(h, QUERY("?organization_id=%s&modified_after=2020-01-01", org)), 9);
    ck_assert_int_eq(n_of(h, "?modified_after=2100-01-01T00:00:00Z"), 0);
    ck_assert_int_eq(n_of(h, "?modified_after=2020-01-01T00:00:00%2B01:00"), n_of(h, ""));
    /* the instant given out finds the entry again: on or after */
    s = service(h, "Mensa piena");
    ck_assert_int_ge(
        n_of(h, QUERY("?modified_after=%s&organization_id=%s", out_str(s, "last_modified"), org)),
        1);
    json_decref(s);
    harness_free(h);
}
END_TEST

START_TEST(test_api__taxonomies_have_their_terms)
{
    struct harness *h = harness_new();
    json_t *all = out_json(h, API "/taxonomies");
    int n = 0;
    size_t i;
    json_t *t;

    json_array_foreach(json_object_get(all, "contents"), i, t)
    {
        json_t *terms = out_json(h, QUERY(API "/taxonomy_terms?taxonomy_id=%s", out_str(t, "id")));
        json_t *top = out_json(
            h, QUERY(API "/taxonomy_terms?top_only=true&taxonomy_id=%s", out_str(t, "id")));

        ck_assert_msg(out_int(terms, "total_items") > 0, "%s has no terms", out_str(t, "name"));
        ck_assert_int_gt(out_int(top, "total_items"), 0);
        n += (int)out_int(terms, "total_items");
        json_decref(terms);
        json_decref(top);
    }
    json_decref(all);
    all = out_json(h, API "/taxonomy_terms?per_page=1");
    ck_assert_int_eq(out_int(all, "total_items"), n);
    const json_t *group = json_array_get(json_object_get(all, "contents"), 0);
    json_t *of_group = out_json(h, QUERY(API "/taxonomy_terms?parent_id=%s", out_str(group, "id")));

    ck_assert_int_ge(out_int(of_group, "total_items"), 3);
    json_decref(of_group);
    json_decref(all);
    harness_free(h);
}
END_TEST

/* ---- words ---- */

START_TEST(test_api__words_are_searched_for_by_post_with_filters)
{
    struct harness *h = harness_new();

    out_stage(h, (struct out_stage){150, 0});
    json_t *list = out_post(h, API "/services", "{\"search\":\"mensa piena\",\"full\":true}");
    const json_t *first = json_array_get(json_object_get(list, "contents"), 0);

    ck_assert_str_eq(out_str(first, "name"), "Mensa piena"); /* best first */
    keeps(h, first, HSDS_SERVICE);
    json_decref(list);
    list = out_post(h, API "/services",
                    QUERY("{\"search\":\"mensa piena\",\"taxonomy_term_id\":[\"%s\",\"%s\"]}",
                          term_id(h, "demo"), term_id(h, "pasto-caldo")));
    ck_assert_int_eq(out_int(list, "total_items"), 0);
    json_decref(list);
    list =
        out_post(h, API "/services", "{\"search\":\"servizio\",\"per_page\":1000}"); /* in pieces */
    ck_assert_int_ge(out_int(list, "total_items"), 150);
    ck_assert_int_eq(out_int(list, "size"), out_int(list, "total_items"));
    json_decref(list);
    list = out_post(h, API "/service_at_locations", "{\"search\":\"mensa piena\"}");
    ck_assert_int_ge(out_int(list, "total_items"), 1);
    json_decref(list);
    list = out_post(h, API "/services", "{}");
    ck_assert_int_eq(out_int(list, "total_items"), n_of(h, ""));
    json_decref(list);
    harness_free(h);
}
END_TEST

/* ---- refusals ---- */

static void refused(struct harness *h, const struct web_reply *r, const char *what, const char *key)
{
    ck_assert_msg(r->code == 400, "%s answers %d", what, r->code);
    ck_assert(str_eq_z(harness_header(h, r, "Content-Type"), "application/problem+json"));
    harness_has(r, str_fmt(h->mem, "\"key\":\"publish.%s\"", key).p);
    harness_has_not(r, "{value}");
}

START_TEST(test_api__a_wrong_parameter_is_refused_and_named)
{
    static const struct {
        const char *target, *key;
    } cases[] = {
        {"/services?page=0", "api-number"},
        {"/services?page=-1", "api-number"},
        {"/services?page=99999999999999999999", "api-number"},
        {"/services?page=1.5", "api-number"},
        {"/services?page=", "api-number"},
        {"/services?per_page=1001", "api-per-page"},
        {"/services?per_page=100001&minimal=true", "api-number"},
        {"/services?full=yes", "api-bool"},
        {"/services?format=xml", "api-format"},
        {"/services?taxonomy_term_id=pasto-caldo", "api-uuid"},
        {"/services?organization_id='%20OR%201=1", "api-uuid"},
        {"/services?modified_after=21/11/2026", "api-instant"},
        {"/services?modified_after=2026-02-30", "api-instant"},
        {"/services?modified_after=2026-11-21T25:00", "api-instant"},
        {"/services?search=mensa", "api-search-by-post"},
        {"/services?page=1&page=2", "api-twice"},
        {"/services?Page=1", "api-unknown"},
        {"/services?proximity=10", "api-proximity"},
        {"/services?proximity=0&comune=ivrea", "api-metres"},
        {"/services?postcode=10015", "api-no-caps"},
        {"/services?comune=Nessunposto", "no-comune"},
        {"/services?minimum_age=-1", "api-age"},
        {"/services?day=lunedi", "api-day"},
        {"/services?start_time=9.30", "api-time"},
        {"/locations?proximity=10", "api-unknown"},
        {"/organizations?taxonomy_id=00000000-0000-4000-8000-000000000000", "api-unknown"},
        {"/locations?full=true", "api-unknown"},
        {"/taxonomies?search=x", "api-unknown"},
        {"?page=1", "api-none"},
        {"/services/00000000-0000-4000-8000-000000000000?full=true", "api-none"},
    };
    struct harness *h = harness_new();

    for (int i = 0; i < ARRAY_LEN(cases); i++) {
        const struct web_reply r = harness_get(h, QUERY(API "%s", cases[i].target));

        refused(h, &r, cases[i].target, cases[i].key);
    }
    struct buf eleven = buf_new(h->mem, 1024);

    buf_z(&eleven, API "/services?page=1");
    for (int i = 0; i < API_MOST_TERMS + 1; i++)
        buf_z(&eleven, "&taxonomy_term_id=00000000-0000-4000-8000-000000000000");
    const struct web_reply r = harness_get(h, str_z(h->mem, buf_view(&eleven)));

    refused(h, &r, "eleven terms", "api-too-many");
    /* in English under /en, and all troubles at once */
    const struct web_reply en = harness_get(h, "/en" API "/services?page=0&full=2");

    harness_has(&en, "Write a whole number from 1");
    harness_has(&en, "Write true or false here");
    harness_free(h);
}
END_TEST

static struct web_reply post(struct harness *h, const char *type, struct str body)
{
    const char *headers[] = {type, NULL};

    return harness_ask(h, &(struct web_ask){.method = "POST",
                                            .target = API "/services",
                                            .headers = headers,
                                            .body = body,
                                            .without_token = true});
}

START_TEST(test_api__a_question_that_cannot_be_read_is_refused)
{
    static const struct {
        const char *body, *key;
    } cases[] = {
        {"[1]", "api-json"},
        {"{", "api-json"},
        {"null", "api-json"},
        {"{\"page\":1,\"page\":2}", "api-json"},
        {"{\"page\":{}}", "api-json-value"},
        {"{\"page\":1.5}", "api-json-value"},
        {"{\"page\":[1,2]}", "api-twice"},
        {"{\"taxonomy_term_id\":[[1]]}", "api-json-value"},
        {"{\"searh\":\"x\"}", "api-unknown"},
        {"{\"search\":"
         "\"012345678901234567890123456789012345678901234567890123456789012345678901234567890123456"
         "7890123"
         "45678901234567890123456789012345678901234567890123456789012345678901234567890123456789012"
         "34567890123456789"
         "0123456789012345678901234567890\"}",
         "api-words"},
    };
    struct harness *h = harness_new();

    for (int i = 0; i < ARRAY_LEN(cases); i++) {
        const struct web_reply r = post(h, "Content-Type: application/json", str_of(cases[i].body));

        refused(h, &r, cases[i].body, cases[i].key);
    }
    /* deep, long and odd: an answer, whatever it is, and the next question is served */
    struct buf deep = buf_new(h->mem, 900 * 1000);

    for (int i = 0; i < 400 * 1000; i++)
        buf_z(&deep, "[");
    ck_assert_int_eq(post(h, "Content-Type: application/json", buf_view(&deep)).code, 400);
    deep.n = 0;
    buf_z(&deep, "{\"taxonomy_term_id\":[");
    for (int i = 0; i < 20000; i++)
        buf_z(&deep, "\"00000000-0000-4000-8000-000000000000\",");
    buf_z(&deep, "\"\"]}");
    ck_assert_int_eq(post(h, "Content-Type: application/json", buf_view(&deep)).code, 400);
    ck_assert_int_eq(post(h, "Content-Type: text/plain", STR("x")).code, 415);
    ck_assert_int_eq(post(h, "Content-Type: application/json", STR("{\"search\":\"\"}")).code, 200);
    ck_assert_int_eq(
        post(h, "Content-Type: application/json", STR("{\"search\":\"' OR 1=1 -- * \\\" NEAR(\"}"))
            .code,
        200);
    harness_free(h);
}
END_TEST

START_TEST(test_api__what_is_not_there_is_said_so)
{
    static const char *const targets[] = {"/services/00000000-0000-4000-8000-000000000000",
                                          "/services/x",
                                          "/services/%27%3B--",
                                          "/organizations/00000000-0000-4000-8000-000000000000",
                                          "/locations/x",
                                          "/service_at_locations/x",
                                          "/taxonomies/x",
                                          "/taxonomy_terms/x"};
    struct harness *h = harness_new();

    for (int i = 0; i < ARRAY_LEN(targets); i++) {
        const struct web_reply r = harness_get(h, QUERY(API "%s", targets[i]));

        ck_assert_msg(r.code == 404, "%s answers %d", targets[i], r.code);
        harness_has(&r, "\"key\":\"publish.api-no-");
    }
    ck_assert_int_eq(harness_get(h, API "/").code, 308);
    ck_assert_int_eq(harness_get(h, "/api/status").code, 200);
    harness_free(h);
}
END_TEST

UNIT_MAIN("publish_api", test_api__every_answer_keeps_to_hsds_whatever_the_data_hold,
          test_api__a_service_says_all_that_is_known_of_it,
          test_api__hours_that_hsds_cannot_say_are_not_said_wrongly,
          test_api__pages_of_any_size_hold_each_entry_once, test_api__what_changes_is_there_at_once,
          test_api__filters_hold_all_together, test_api__taxonomies_have_their_terms,
          test_api__words_are_searched_for_by_post_with_filters,
          test_api__a_wrong_parameter_is_refused_and_named,
          test_api__a_question_that_cannot_be_read_is_refused,
          test_api__what_is_not_there_is_said_so)

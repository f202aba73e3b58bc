/* feeds_hsds_test.c - wecare import hsds: what comes in, what is refused and why, and the same again. */
#include "base/buf.h"
#include "feeds_hsds_fields.h"
#include "feeds_intake.h"
#include "features/publish/publish_testing.h"
#include "feeds_testing.h"
#include "features/catalogue/catalogue.h"
#include "unit.h"
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#define ORG "00000000-0000-4000-8000-000000000001"
#define SVC "00000000-0000-4000-8000-000000000002"
#define SV2 "00000000-0000-4000-8000-000000000003"
#define LOC "00000000-0000-4000-8000-000000000004"
#define AT1 "00000000-0000-4000-8000-000000000005"
#define NOT "00000000-0000-4000-8000-0000000000ff"
#define PERSON "Anna Persona"

static const char organisation[] = "{\"id\":\"" ORG "\",\"name\":\"Ente\",\"description\":\"Un ente\"}";

/* A service with all that hangs on one, of the organisation given. */
static const char *service(struct arena *mem, const char *id, const char *name, const char *owner)
{
    return str_fmt(mem,
                   "{\"id\":\"%s\",\"name\":\"%s\",\"status\":\"active\",\"url\":\"https://www.example.org/a\",\"description\":\"Un aiuto. E poi altro.\",%s,"
                   "\"phones\":[{\"id\":\"" NOT "\",\"number\":\"011 555 0101\"}],"
                   "\"contacts\":[{\"id\":\"" NOT "\",\"name\":\"" PERSON "\",\"title\":\"Segreteria\"}],"
                   "\"schedules\":[{\"id\":\"" NOT "\",\"freq\":\"WEEKLY\",\"byday\":\"MO\",\"opens_at\":\"09:00\",\"closes_at\":\"12:00\"}],"
                   "\"attributes\":[{\"id\":\"" NOT "\",\"taxonomy_term\":{\"id\":\"" NOT "\",\"name\":\"x\",\"description\":\"x\",\"code\":\"pasto-caldo\"}}],"
                   "\"cost_options\":[{\"id\":\"" NOT "\",\"amount\":12.5,\"currency\":\"EUR\"}],"
                   "\"service_at_locations\":[{\"id\":\"" AT1 "\",\"location\":{\"id\":\"" LOC "\",\"location_type\":\"physical\",\"latitude\":45.4,"
                   "\"longitude\":7.8,\"addresses\":[{\"id\":\"" NOT "\",\"address_1\":\"Via Roma 1\",\"city\":\"Ivrea\",\"state_province\":\"TO\","
                   "\"postal_code\":\"10015\",\"country\":\"IT\",\"address_type\":\"physical\"}]}}]}",
                   id, name, owner)
        .p;
}

struct bench {
    struct harness *h;
    const char *folder;
};

static struct bench open_bench(void)
{
    struct bench b = {.h = harness_new()};

    b.folder = feeds_testing_folder(b.h->mem);
    return b;
}

static void close_bench(struct bench *b)
{
    feeds_testing_drop(b->folder);
    harness_free(b->h);
}

static struct feeds_import import(struct bench *b, const char *text, const char *const *options, bool is_dry)
{
    return feeds_testing_import(b->h, "hsds", feeds_testing_file(b->h->mem, b->folder, "feed.json", str_of(text)), options, is_dry);
}

static const char *owned(struct bench *b)
{
    return str_fmt(b->h->mem, "\"organization\":%s", organisation).p;
}

static enum status read_service(struct ctx *c, void *out)
{
    return catalogue_service_by_uuid(c, STR(SVC), out);
}

static enum status read_count(struct ctx *c, void *out)
{
    struct catalogue_counts k;
    const enum status st = catalogue_count(c, &k);

    *(int64_t *)out = k.services;
    return st;
}

static int64_t count_services(struct bench *b)
{
    int64_t n = -1;

    ck_assert_int_eq(harness_read(b->h, read_count, &n), ST_OK);
    return n;
}

START_TEST(test_hsds__everything_of_a_service_comes_in)
{
    struct bench b = open_bench();
    const struct feeds_import i = import(&b, service(b.h->mem, SVC, "Uno", owned(&b)), NULL, false);
    struct service s;

    ck_assert_int_eq(i.st, ST_OK);
    ck_assert_int_eq(i.n_added, 1);
    ck_assert_int_eq(harness_read(b.h, read_service, &s), ST_OK);
    ck_assert(str_eq_z(s.name, "Uno") && str_eq_z(s.summary, "Un aiuto.") && str_eq_z(s.organisation_name, "Ente"));
    ck_assert_int_eq(s.parts.n_phones, 1);
    ck_assert_int_eq(s.n_schedules, 1);
    ck_assert_int_eq(s.schedules[0].rule.opens_min, 540);
    ck_assert_int_eq(s.n_needs, 1);
    ck_assert(str_eq_z(s.needs[0], "pasto-caldo"));
    ck_assert_int_eq(s.costs[0].amount_cents, 1250);
    ck_assert_int_eq(s.n_ats, 1);
    ck_assert(str_eq_z(s.ats[0].location->comune_name, "Ivrea"));
    ck_assert(str_eq_z(s.parts.contacts[0].role, "Segreteria"));
    close_bench(&b);
}
END_TEST

START_TEST(test_hsds__the_same_again_changes_nothing_and_news_update)
{
    struct bench b = open_bench();
    const char *text = service(b.h->mem, SVC, "Uno", owned(&b));
    const int64_t before = count_services(&b);

    ck_assert_int_eq(import(&b, text, NULL, false).n_added, 1);
    ck_assert_int_eq(import(&b, text, NULL, false).n_same, 1);
    ck_assert_int_eq(import(&b, service(b.h->mem, SVC, "Due", owned(&b)), NULL, false).n_changed, 1);
    ck_assert_int_eq(count_services(&b), before + 1);
    close_bench(&b);
}
END_TEST

START_TEST(test_hsds__every_shape_of_a_file)
{
    struct bench b = open_bench();
    struct arena *mem = b.h->mem;
    const char *one = service(mem, SVC, "Uno", owned(&b)), *two = service(mem, SV2, "Due", owned(&b));
    const char *by_key = service(mem, SV2, "Due", "\"organization_id\":\"" ORG "\"");
    const char *const texts[] = {
        str_fmt(mem, "[%s,%s]", one, two).p,
        str_fmt(mem, "{\"total_items\":2,\"last_page\":true,\"contents\":[%s,%s]}", one, two).p,
        str_fmt(mem, "%s\n%s\n", one, two).p,
        str_fmt(mem, "[%s,%s,%s]", by_key, one, organisation).p, /* its organisation comes later */
    };

    for (int i = 0; i < 4; i++) {
        const struct feeds_import r = import(&b, texts[i], NULL, true);

        ck_assert_msg(r.st == ST_OK, "shape %d: %s", i, r.problems.n > 0 ? r.problems.list[0].key : "?");
        ck_assert_msg(r.n_added == 2, "shape %d: %d", i, (int)r.n_added);
    }
    close_bench(&b);
}
END_TEST

START_TEST(test_hsds__a_dry_run_changes_nothing)
{
    struct bench b = open_bench();
    const int64_t before = count_services(&b);

    ck_assert_int_eq(import(&b, service(b.h->mem, SVC, "Uno", owned(&b)), NULL, true).n_added, 1);
    ck_assert_int_eq(count_services(&b), before);
    close_bench(&b);
}
END_TEST

START_TEST(test_hsds__one_refused_row_and_nothing_comes_in_unless_asked)
{
    static const char *const skip[IMPORT_MAX_OPTIONS] = {""};
    struct bench b = open_bench();
    struct arena *mem = b.h->mem;
    const char *bad = service(mem, SV2, "Due", str_fmt(mem, "%s,\"email\":\"nessuna\"", owned(&b)).p);
    const char *text = str_fmt(mem, "[%s,%s]", service(mem, SVC, "Uno", owned(&b)), bad).p;
    const int64_t before = count_services(&b);
    struct feeds_import i = import(&b, text, NULL, false);

    ck_assert_int_eq(i.st, ST_INVALID);
    ck_assert_int_eq(i.n_refused, 1);
    ck_assert(feeds_import_has(&i, "feeds.not-email", 2));
    ck_assert_int_eq(count_services(&b), before);
    i = import(&b, text, skip, false);
    ck_assert_int_eq(i.st, ST_OK);
    ck_assert_int_eq(i.n_added, 1);
    ck_assert_int_eq(i.n_refused, 1);
    ck_assert_int_eq(count_services(&b), before + 1);
    close_bench(&b);
}
END_TEST

/* What a broken file would leave half read is not taken even when refused rows may be skipped. */
START_TEST(test_hsds__a_file_that_ends_half_way_brings_nothing)
{
    static const char *const skip[IMPORT_MAX_OPTIONS] = {""};
    struct bench b = open_bench();
    const int64_t before = count_services(&b);
    const struct feeds_import i = import(&b, str_fmt(b.h->mem, "[%s,{\"id\"", service(b.h->mem, SVC, "Uno", owned(&b))).p, skip, false);

    ck_assert_int_eq(i.st, ST_INVALID);
    ck_assert(feeds_import_has(&i, "feeds.json-ends", -1));
    ck_assert_int_eq(count_services(&b), before);
    close_bench(&b);
}
END_TEST

static void refuses(struct bench *b, const char *text, const char *key)
{
    const struct feeds_import i = import(b, text, NULL, true);

    ck_assert_msg(i.st == ST_INVALID, "%.60s is taken", text);
    ck_assert_msg(feeds_import_has(&i, key, -1), "%.60s: %s, not %s", text, i.problems.list[0].key, key);
    ck_assert_msg(text_has(LANG_IT, key) && text_has(LANG_EN, key), "%s has no words", key);
}

START_TEST(test_hsds__each_fault_has_its_reason)
{
    struct bench b = open_bench();
    struct arena *mem = b.h->mem;
    const char *o = owned(&b);

    refuses(&b, service(mem, "12x", "Uno", o), "feeds.not-uuid");
    refuses(&b, service(mem, SVC, "", o), "feeds.empty");
    refuses(&b, service(mem, SVC, "Uno", str_fmt(mem, "%s,\"assurer_email\":\"a@b\"", o).p), "feeds.not-email");
    refuses(&b, service(mem, SVC, "Uno", str_fmt(mem, "%s,\"assured_date\":\"2026-02-30\"", o).p), "feeds.not-day");
    refuses(&b, service(mem, SVC, "Uno", str_fmt(mem, "%s,\"last_modified\":\"ieri\"", o).p), "feeds.not-instant");
    refuses(&b, service(mem, SVC, "Uno", str_fmt(mem, "%s,\"minimum_age\":\"12\"", o).p), "feeds.not-number");
    refuses(&b, service(mem, SVC, "Uno", str_fmt(mem, "%s,\"minimum_age\":80,\"maximum_age\":20", o).p), "feeds.ages");
    refuses(&b, service(mem, SVC, "Uno", str_fmt(mem, "%s,\"languages\":{}", o).p), "feeds.not-list");
    refuses(&b, service(mem, SVC, "Uno", str_fmt(mem, "%s,\"languages\":[1]", o).p), "feeds.not-object");
    refuses(&b, service(mem, SVC, "Uno", str_fmt(mem, "%s,\"alert\":[\"x\"]", o).p), "feeds.not-text");
    refuses(&b, service(mem, SVC, "Uno", "\"organization\":{\"id\":\"" ORG "\",\"name\":\"Ente\"}"), "feeds.missing");
    refuses(&b, service(mem, SVC, "Uno", "\"organization_id\":\"" NOT "\""), "feeds.no-organisation");
    refuses(&b, str_fmt(mem, "[%s,%s]", service(mem, SVC, "Uno", o), service(mem, SVC, "Uno", o)).p, "feeds.id-twice");
    refuses(&b, str_fmt(mem, "[%s,%s]", organisation, organisation).p, "feeds.id-twice");
    refuses(&b, "[{\"id\":\"" SVC "\",\"name\":\"x\",\"status\":\"open\"}]", "feeds.not-choice");
    refuses(&b, "[{\"what\":1}]", "feeds.what-is-this");
    refuses(&b, "[{\"a\":1,\"a\":2}]", "feeds.json-name-twice");
    refuses(&b, "no", "feeds.json-not");
    close_bench(&b);
}
END_TEST

START_TEST(test_hsds__forms_of_values)
{
    static const struct {
        enum hsds_form form;
        const char *value;
        bool is_good;
    } all[] = {
        {HSDS_UUID, "ac148810-d857-441c-9679-408f346de14b", true}, {HSDS_UUID, "ac148810d857441c9679408f346de14b", false},
        {HSDS_UUID, "ac148810-d857-441c-9679-408f346de14g", false}, {HSDS_URL, "http://example.com", true},
        {HSDS_URL, "https://example.com:8080/a?b#c", true}, {HSDS_URL, "https://perché.example/è", true},
        {HSDS_URL, "example/counselling", false}, {HSDS_URL, "javascript:alert(1)", false}, {HSDS_URL, "https://a b.it", false},
        {HSDS_URL, "https://locale", false}, {HSDS_URL, "HTTPS://a.it", true}, {HSDS_URL, "https://", false}, {HSDS_URL, "https://a.it/\"onclick", false},
        {HSDS_URI, "urn:isbn:1", true}, {HSDS_URI, "example_com", false}, {HSDS_EMAIL, "a@b.it", true}, {HSDS_EMAIL, "email-example_com", false},
        {HSDS_EMAIL, "a@b@c.it", false}, {HSDS_EMAIL, "@b.it", false}, {HSDS_EMAIL, "a b@c.it", false}, {HSDS_TIME, "09:00", true},
        {HSDS_TIME, "09:00:00+01:00", true}, {HSDS_TIME, "24:00", true}, {HSDS_TIME, "24:01", false}, {HSDS_TIME, "9:00", false},
        {HSDS_INSTANT, "2023-03-15T10:30:45.123Z", true}, {HSDS_INSTANT, "2023-03-15", true}, {HSDS_INSTANT, "2023-03-15T99:00Z", false},
        {HSDS_DAY, "2024-02-29", true}, {HSDS_DAY, "2023-02-29", false},
    };

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        ck_assert_msg((hsds_check_text(all[i].form, NULL, str_of(all[i].value)) == NULL) == all[i].is_good, "%s", all[i].value);
}
END_TEST

START_TEST(test_hsds__doubts_are_notices)
{
    struct bench b = open_bench();
    struct arena *mem = b.h->mem;
    const char *owner = "\"organization\":{\"id\":\"" ORG "\",\"name\":\"Ente\",\"description\":\"x\",\"parent_organization_id\":\"" NOT "\"}";
    const char *more = ",\"assured_date\":\"2999-01-01\",\"languages\":[]";
    struct feeds_import i = import(&b, service(mem, SVC, "Uno", str_fmt(mem, "%s%s", owner, more).p), NULL, true);

    ck_assert_int_eq(i.st, ST_OK);
    ck_assert(feeds_import_said(&i, "day to come"));
    ck_assert(feeds_import_said(&i, "The parent organisation " NOT " is not there"));
    i = import(&b, str_fmt(mem, "{\"page_number\":1,\"last_page\":false,\"contents\":[%s]}", service(mem, SVC, "Uno", owned(&b))).p, NULL, true);
    ck_assert(feeds_import_said(&i, "one page of several"));
    close_bench(&b);
}
END_TEST

/* Gone ones are named and stay; the option hides them; they come back with their source. */
START_TEST(test_hsds__what_is_gone_is_said_and_hidden_only_when_asked)
{
    static const char *const hide[IMPORT_MAX_OPTIONS] = {NULL, ""};
    struct bench b = open_bench();
    struct arena *mem = b.h->mem;
    const char *both = str_fmt(mem, "[%s,%s]", service(mem, SVC, "Uno", owned(&b)), service(mem, SV2, "Due", owned(&b))).p;
    const char *one = str_fmt(mem, "[%s]", service(mem, SVC, "Uno", owned(&b))).p;

    ck_assert_int_eq(import(&b, both, NULL, false).n_added, 2);
    const int64_t all = count_services(&b);
    struct feeds_import i = import(&b, one, NULL, false);

    ck_assert_int_eq(i.n_gone, 1);
    ck_assert(feeds_import_said(&i, "gone: Due"));
    ck_assert_int_eq(count_services(&b), all);
    i = import(&b, one, hide, false);
    ck_assert_int_eq(i.n_gone, 1);
    ck_assert_int_eq(count_services(&b), all - 1);
    ck_assert_int_eq(import(&b, both, hide, false).n_gone, 0);
    ck_assert_int_eq(count_services(&b), all);
    close_bench(&b);
}
END_TEST

START_TEST(test_hsds__a_source_has_the_name_of_its_file_or_host)
{
    struct arena *mem = arena_new(0);

    ck_assert(str_eq_z(feeds_source_of_file(mem, "dati/Scuole 2024.json"), "scuole-2024"));
    ck_assert(str_eq_z(feeds_source_of_file(mem, "feed/"), "feed"));
    ck_assert(str_eq_z(feeds_source_of_file(mem, "https://welfare.example:8443/api/services?page=1"), "welfare-example"));
    arena_free(mem);
}
END_TEST

/* Noise of a whole file ends the reading: the rest is not taken for read. */
START_TEST(test_hsds__too_many_refused_rows_are_the_wrong_file)
{
    static const char *const skip[IMPORT_MAX_OPTIONS] = {""};
    struct bench b = open_bench();
    struct buf text = buf_new(b.h->mem, 1 << 20);

    buf_fmt(&text, "[%s", service(b.h->mem, SVC, "Uno", owned(&b)));
    for (int i = 0; i < FEEDS_MAX_REFUSED; i++)
        buf_z(&text, ",1");
    buf_z(&text, "]");
    buf_char(&text, '\0');
    const int64_t before = count_services(&b);
    const struct feeds_import i = import(&b, text.p, skip, false);

    ck_assert_int_eq(i.st, ST_INVALID);
    ck_assert(feeds_import_has(&i, "feeds.too-many-refused", -1));
    ck_assert_int_eq(count_services(&b), before);
    close_bench(&b);
}
END_TEST

/* ---- from one portal into another ---- */

static enum status read_canary(struct ctx *c, void *out)
{
    struct service *list;
    int n;
    const enum status st = catalogue_read(c, c->mem, &(struct service_read){.limit = 500}, &list, &n);

    for (int i = 0; i < n; i++)
        if (str_eq_z(list[i].name, *(const char *const *)out)) {
            *(struct service *)out = list[i];
            return ST_OK;
        }
    return st == ST_OK ? ST_NOT_FOUND : st;
}

static struct service named(struct harness *h, const char *name)
{
    union {
        const char *name;
        struct service s;
    } u = {.name = name};

    ck_assert_msg(harness_read(h, read_canary, &u) == ST_OK, "%s has not come in", name);
    return u.s;
}

/* What our API gives out comes in again, with nothing lost that can be said. */
START_TEST(test_hsds__what_a_portal_gives_out_another_takes_in)
{
    struct bench from = open_bench();

    out_stage(from.h, (struct out_stage){.n_plain = 3});
    struct web_reply r = harness_get(from.h, "/api/hsds/3.0/services?full=true&per_page=100");
    struct bench to = open_bench();

    ck_assert_int_eq(r.code, 200);
    const char *file = feeds_testing_file(to.h->mem, to.folder, "portal.json", (struct str){r.body.p, r.body.n});
    struct feeds_import i = feeds_testing_import(to.h, "hsds", file, NULL, false);

    for (int k = 0; k < i.problems.n; k++)
        printf("# row %d %s: %s %.*s\n", (int)i.problems.list[k].row, i.problems.list[k].field, i.problems.list[k].key,
               (int)i.problems.list[k].value.n, i.problems.list[k].value.p);
    ck_assert_int_eq(i.st, ST_OK);
    ck_assert_int_ge(i.n_read, 7);
    ck_assert_int_eq(i.n_added + i.n_same, i.n_read); /* the initiatives stand in both */
    const struct service a = named(from.h, "Mensa piena"), b = named(to.h, "Mensa piena");

    ck_assert(str_eq(a.uuid, b.uuid) && str_eq(a.summary, b.summary) && str_eq(a.isee_note, b.isee_note) && str_eq(a.intake, b.intake));
    ck_assert_int_eq(a.kind, b.kind);
    ck_assert_int_eq(a.fee, b.fee);
    ck_assert_int_eq(a.ways, b.ways);
    ck_assert_int_eq(a.places_free, b.places_free);
    ck_assert_int_eq(a.confirmed_on, b.confirmed_on);
    ck_assert_int_eq(a.n_needs, b.n_needs);
    ck_assert_int_eq(a.n_targets, b.n_targets);
    ck_assert_int_eq(a.parts.n_attributes, b.parts.n_attributes);
    ck_assert_int_eq(a.n_schedules, b.n_schedules);
    for (int k = 0; k < a.n_schedules; k++)
        ck_assert_int_eq(a.schedules[k].rule.kind, b.schedules[k].rule.kind);
    const struct service refuge = named(to.h, "Casa rifugio");

    ck_assert_int_eq(refuge.n_ats, 1);
    ck_assert(refuge.ats[0].location->is_secret && str_eq_z(refuge.ats[0].location->comune_name, "Ivrea"));
    i = feeds_testing_import(to.h, "hsds", file, NULL, false);
    ck_assert_int_eq(i.n_same, i.n_read);
    close_bench(&to);
    close_bench(&from);
}
END_TEST

/* ---- the CSV package ---- */

static void write_package(struct bench *b, const char *more_phones, const char *more_services)
{
    struct arena *mem = b->h->mem;

    feeds_testing_file(mem, b->folder, "organizations.csv", STR("id,name,description\n" ORG ",Ente,\"Un \"\"ente\"\"\"\n"));
    feeds_testing_file(mem, b->folder, "services.csv",
                       str_fmt(mem, "\xEF\xBB\xBFid;organization_id;name;status;minimum_age\r\n" SVC ";" ORG ";\"Uno; e due\";active;12\r\n%s", more_services));
    feeds_testing_file(mem, b->folder, "locations.csv", STR("id,location_type,latitude,longitude\n" LOC ",physical,45.4,7.8\n"));
    feeds_testing_file(mem, b->folder, "addresses.csv",
                       STR("id,location_id,address_1,city,state_province,postal_code,country,address_type\n" NOT "," LOC
                           ",\"Via\nRoma 1\",Ivrea,TO,10015,IT,physical\n"));
    feeds_testing_file(mem, b->folder, "service_at_location.csv", STR("id,service_id,location_id\n" AT1 "," SVC "," LOC "\n"));
    feeds_testing_file(mem, b->folder, "phones.csv", str_fmt(mem, "id,service_id,number\n" NOT "," SVC ",011 555 0101\n%s", more_phones));
}

START_TEST(test_tables__joined_by_their_keys)
{
    struct bench b = open_bench();
    struct service s;

    write_package(&b, "", "");
    const struct feeds_import i = feeds_testing_import(b.h, "hsds", b.folder, NULL, false);

    ck_assert_int_eq(i.st, ST_OK);
    ck_assert_int_eq(harness_read(b.h, read_service, &s), ST_OK);
    ck_assert(str_eq_z(s.name, "Uno; e due"));
    ck_assert(s.has_min_age && s.min_age == 12);
    ck_assert_int_eq(s.parts.n_phones, 1);
    ck_assert_int_eq(s.n_ats, 1);
    ck_assert(str_eq_z(s.ats[0].location->addresses[0].address_1, "Via\nRoma 1"));
    ck_assert_int_eq(feeds_testing_import(b.h, "hsds", b.folder, NULL, false).n_same, 1);
    close_bench(&b);
}
END_TEST

START_TEST(test_tables__dangling_keys_and_repeated_ids_are_named)
{
    struct bench b = open_bench();

    write_package(&b, NOT "," SVC ",011 555 0102\n" ORG "," SV2 ",011 555 0103\n", SV2 ";" NOT ";Due;active;\r\n");
    const struct feeds_import i = feeds_testing_import(b.h, "hsds", b.folder, NULL, true);

    ck_assert_int_eq(i.st, ST_INVALID);
    ck_assert(feeds_import_has(&i, "feeds.id-twice", 3));  /* phones.csv */
    ck_assert(feeds_import_has(&i, "feeds.dangling", 3));  /* services.csv: no such organisation */
    ck_assert(!feeds_import_has(&i, "feeds.dangling", 4)); /* the service's row is there, if refused */
    write_package(&b, ORG "," NOT ",011 555 0103\n", "");
    const struct feeds_import again = feeds_testing_import(b.h, "hsds", b.folder, NULL, true);

    ck_assert_int_eq(again.st, ST_OK);
    ck_assert(feeds_import_said(&again, "row 3: phones.csv: service_id: The key " NOT " leads nowhere"));
    close_bench(&b);
}
END_TEST

START_TEST(test_tables__a_broken_table_brings_nothing)
{
    static const char *const skip[IMPORT_MAX_OPTIONS] = {""};
    struct bench b = open_bench();
    const int64_t before = count_services(&b);

    write_package(&b, "\"open,", "");
    ck_assert_int_eq(feeds_testing_import(b.h, "hsds", b.folder, skip, false).st, ST_INVALID);
    write_package(&b, "", "\xff\xfe;x;y;active;\r\n");
    ck_assert_int_eq(feeds_testing_import(b.h, "hsds", b.folder, NULL, false).st, ST_INVALID);
    ck_assert_int_eq(count_services(&b), before);
    close_bench(&b);
}
END_TEST

UNIT_MAIN("feeds_hsds", test_hsds__everything_of_a_service_comes_in, test_hsds__the_same_again_changes_nothing_and_news_update,
          test_hsds__every_shape_of_a_file, test_hsds__a_dry_run_changes_nothing,
          test_hsds__one_refused_row_and_nothing_comes_in_unless_asked, test_hsds__a_file_that_ends_half_way_brings_nothing,
          test_hsds__each_fault_has_its_reason, test_hsds__forms_of_values, test_hsds__doubts_are_notices,
          test_hsds__what_is_gone_is_said_and_hidden_only_when_asked, test_hsds__a_source_has_the_name_of_its_file_or_host,
          test_hsds__too_many_refused_rows_are_the_wrong_file, test_hsds__what_a_portal_gives_out_another_takes_in, test_tables__joined_by_their_keys,
          test_tables__dangling_keys_and_repeated_ids_are_named, test_tables__a_broken_table_brings_nothing)

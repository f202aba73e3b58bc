/* feeds_old_test.c - HSDS 1.1 and 2.0, with numbers for ids, in zips' folders, in old encodings. */
#include "base/digest.h"
#include "base/macros.h"
#include "base/zip_write.h"
#include "feeds_testing.h"
#include "features/catalogue/catalogue.h"
#include "unit.h"
#include <string.h>

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

static void put(struct bench *b, const char *name, const char *text)
{
    feeds_testing_file(b->h->mem, b->folder, name, str_of(text));
}

static struct feeds_import import(struct bench *b, const char *file)
{
    static const char *const options[IMPORT_MAX_OPTIONS] = {[2] = "vecchia"};

    return feeds_testing_import(b->h, "hsds", file, options, false);
}

struct finding {
    struct bench *b;
    struct service all[20];
    int n;
};

static enum status find_job(struct ctx *c, void *arg)
{
    struct finding *f = arg;
    const struct service_read read = {.limit = 500};
    struct service *list;
    int n;

    c->mem = f->b->h->mem;
    const enum status st = catalogue_read(c, c->mem, &read, &list, &n);

    for (int i = 0; st == ST_OK && i < n; i++)
        if (str_eq_z(list[i].source, "hsds:vecchia") && f->n < 20)
            f->all[f->n++] = list[i];
    return st;
}

static struct finding found(struct bench *b)
{
    struct finding f = {.b = b};

    ck_assert_int_eq(harness_read(b->h, find_job, &f), ST_OK);
    return f;
}

static void put_package(struct bench *b)
{
    put(b, "organizations.csv", "id,name,description,url\n1,Ente vecchio,Un ente,https://www.ente.example\n");
    put(b, "services.csv", "id,organization_id,name,description,status\n7,1,Mensa,Pasti caldi ogni giorno,active\n8,1,Doccia,Docce,active\n");
    put(b, "locations.csv", "id,organization_id,name,latitude,longitude\n3,1,Casa,45.4667,7.8833\n");
    put(b, "services_at_location.csv", "id,service_id,location_id\n1,7,3\n");
    put(b, "physical_addresses.csv", "id,location_id,address_1,city,state_province,postal_code,country\n1,3,via Roma 1,Ivrea,TO,10015,IT\n");
    put(b, "regular_schedules.csv", "id,service_id,weekday,opens_at,closes_at\n1,7,1,09:00,12:00\n2,7,Friday,14:00,17:00\n");
    put(b, "holiday_schedules.csv", "id,service_id,closed,start_date,end_date\n1,7,true,2026-08-10,2026-08-20\n");
    put(b, "eligibility.csv", "id,service_id,eligibility\n1,7,Residenti\n2,7,Senza lavoro\n");
    put(b, "phones.csv", "id,service_id,number,type\n1,7,0125 123456,voice\n");
    put(b, "languages.csv", "id,service_id,language\n1,7,italiano\n");
}

START_TEST(test_old__a_package_of_1_1_comes_in)
{
    struct bench b = open_bench();

    put_package(&b);
    const struct feeds_import i = import(&b, b.folder);

    ck_assert_msg(i.st == ST_OK, "%s %s %.*s", i.problems.n > 0 ? i.problems.list[0].field : "", i.problems.n > 0 ? i.problems.list[0].key : "", (int)i.said.n, i.said.p);
    ck_assert_int_eq(i.n_added, 2);
    const struct finding f = found(&b);

    ck_assert_int_eq(f.n, 2);
    const struct service *s = str_eq_z(f.all[0].name, "Mensa") ? &f.all[0] : &f.all[1];

    ck_assert(uuid_is(s->uuid) && s->uuid.p[14] == '5');
    ck_assert(str_eq_z(s->eligibility, "Residenti; Senza lavoro"));
    ck_assert_int_eq(s->n_schedules, 3);
    ck_assert_int_eq(s->parts.n_phones, 1);
    ck_assert_int_eq(s->n_languages, 1);
    ck_assert(str_eq_z(s->languages[0].name, "italiano"));
    ck_assert_int_eq(s->n_ats, 1);
    ck_assert(s->ats[0].location->has_point && str_eq_z(s->ats[0].location->addresses[0].address_1, "via Roma 1"));
    int n_closed = 0, weekdays = 0;

    for (int k = 0; k < s->n_schedules; k++) {
        n_closed += s->schedules[k].rule.kind == HOURS_CLOSED;
        weekdays |= s->schedules[k].rule.weekdays;
    }
    ck_assert_int_eq(n_closed, 1);
    ck_assert_int_eq(weekdays, 1 | 16);
    /* The same ids at every pull, so the same again changes nothing. */
    const struct feeds_import again = import(&b, b.folder);

    ck_assert_int_eq(again.n_same, 2);
    ck_assert_int_eq(again.n_added + again.n_changed, 0);
    close_bench(&b);
}
END_TEST

/* A folder within, a file that is no table, entries packed and whole: as directories give it away. */
START_TEST(test_old__a_zip_comes_in_like_its_folder)
{
    static const struct {
        const char *name, *text;
    } files[] = {{"pacco/LEGGIMI.txt", "un elenco"},
                 {"pacco/organizations.csv", "id,name,description\n1,Ente vecchio,Un ente\n"},
                 {"pacco/services.csv", "id,organization_id,name,description,status\n7,1,Mensa,Pasti caldi,active\n"},
                 {"pacco/phones.csv", "id,service_id,number,type\n1,7,0125 123456,voice\n"}};
    struct bench b = open_bench();
    struct zip_write z = zip_write_new(b.h->mem, 20000, 600);
    struct buf out = buf_new(b.h->mem, 1024);

    for (int i = 0; i < ARRAY_LEN(files); i++) {
        struct zip_flow *flow = zip_flow_new(b.h->mem);

        zip_write_open(&z, &out, files[i].name);
        zip_flow_put(flow, &out, str_of(files[i].text), true);
        zip_write_close(&z, &out, flow);
    }
    zip_write_end(&z, &out);
    const struct feeds_import i = import(&b, feeds_testing_file(b.h->mem, b.folder, "vecchia.zip", buf_view(&out)));

    ck_assert_msg(i.st == ST_OK, "%s %.*s", i.problems.n > 0 ? i.problems.list[0].key : "", (int)i.said.n, i.said.p);
    const struct finding f = found(&b);

    ck_assert_int_eq(f.n, 1);
    ck_assert(str_eq_z(f.all[0].name, "Mensa"));
    ck_assert(str_eq_z(f.all[0].parts.phones[0].number, "0125 123456"));
    close_bench(&b);
}
END_TEST

START_TEST(test_old__nested_entries_of_2_0_come_in)
{
    struct bench b = open_bench();

    put(&b, "vecchia.json",
        "{\"contents\":[{\"id\":12,\"name\":\"Sportello\",\"description\":\"Ascolto\",\"status\":\"active\","
        "\"organization\":{\"id\":5,\"name\":\"Ente\",\"description\":\"Un ente\"},"
        "\"eligibilitys\":[{\"id\":1,\"eligibility\":\"Tutti\"}],"
        "\"regular_schedules\":[{\"id\":2,\"weekday\":3,\"opens_at\":\"09:00\",\"closes_at\":\"10:00\"}],"
        "\"service_at_locations\":[{\"id\":3,\"location\":{\"id\":4,\"name\":\"Casa\",\"latitude\":45.4,\"longitude\":7.8,"
        "\"physical_addresses\":[{\"id\":6,\"address_1\":\"via Po 2\",\"city\":\"Ivrea\",\"country\":\"IT\"}]}}]}]}");
    const struct feeds_import i = import(&b, str_fmt(b.h->mem, "%s/vecchia.json", b.folder).p);

    ck_assert_msg(i.st == ST_OK, "%s %s", i.problems.n > 0 ? i.problems.list[0].key : "", i.problems.n > 0 ? i.problems.list[0].field : "");
    const struct finding f = found(&b);

    ck_assert_int_eq(f.n, 1);
    ck_assert(str_eq_z(f.all[0].eligibility, "Tutti"));
    ck_assert_int_eq(f.all[0].schedules[0].rule.weekdays, 4);
    ck_assert(str_eq_z(f.all[0].ats[0].location->addresses[0].address_1, "via Po 2"));
    close_bench(&b);
}
END_TEST

START_TEST(test_old__other_encodings_are_read_and_told)
{
    struct bench b = open_bench();
    static const char wide[] = "\xff\xfei\0d\0,\0n\0a\0m\0e\0,\0d\0e\0s\0c\0r\0i\0p\0t\0i\0o\0n\0\n\0"
                               "1\0,\0C\0i\0t\0t\0\xe0\0,\0d\0\n\0";

    put_package(&b);
    feeds_testing_file(b.h->mem, b.folder, "programs.csv", STR("id,organization_id,name,description\n1,1,Perch\xe9,d\n2,1,Perché,d\n"));
    feeds_testing_file(b.h->mem, b.folder, "taxonomies.csv", (struct str){wide, sizeof wide - 1});
    const struct feeds_import i = import(&b, b.folder);

    ck_assert_msg(i.st == ST_OK, "%s", i.problems.n > 0 ? i.problems.list[0].key : "");
    ck_assert(feeds_import_said(&i, "row 2: programs.csv: The row is not UTF-8"));
    ck_assert(!feeds_import_said(&i, "row 3: programs.csv: The row is not UTF-8"));
    ck_assert(feeds_import_said(&i, "taxonomies.csv: The file is in UTF-16"));
    close_bench(&b);
}
END_TEST

START_TEST(test_old__words_for_ids_are_refused_in_3_0)
{
    struct bench b = open_bench();

    put(&b, "a.json", "[{\"id\":\"uno\",\"name\":\"a\",\"status\":\"active\",\"organization\":{\"id\":\"5\",\"name\":\"E\",\"description\":\"E\"}}]");
    const struct feeds_import i = import(&b, str_fmt(b.h->mem, "%s/a.json", b.folder).p);

    ck_assert_int_eq(i.st, ST_INVALID);
    ck_assert(feeds_import_has(&i, "feeds.not-uuid", 1));
    close_bench(&b);
}
END_TEST

UNIT_MAIN("feeds_old", test_old__a_package_of_1_1_comes_in,
          test_old__a_zip_comes_in_like_its_folder, test_old__nested_entries_of_2_0_come_in, test_old__other_encodings_are_read_and_told,
          test_old__words_for_ids_are_refused_in_3_0)

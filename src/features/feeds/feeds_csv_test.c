/* feeds_csv_test.c - wecare import csv: the mapping, what comes in through it, and what is refused. */
#include "base/buf.h"
#include "feeds_mapping_private.h"
#include "core/bodies/phones.h"
#include "feeds_testing.h"
#include "features/catalogue/catalogue.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>

static const char needed[] = "[source]\nname = prova\n[fields]\nid = {c}\nname = {n}\nneeds = pasto-caldo\norganisation.name = Ente\n";

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

static struct feeds_import import_bytes(struct bench *b, const char *mapping, struct str list, bool skips, bool is_dry)
{
    const char *map = feeds_testing_file(b->h->mem, b->folder, "list.map", str_of(mapping));
    const char *file = feeds_testing_file(b->h->mem, b->folder, "list.csv", list);
    const char *const options[IMPORT_MAX_OPTIONS] = {skips ? "" : NULL, NULL, map};

    return feeds_testing_import(b->h, "csv", file, options, is_dry);
}

static struct feeds_import import(struct bench *b, const char *mapping, const char *list)
{
    return import_bytes(b, mapping, str_of(list), false, false);
}

struct found {
    struct str source_id;
    struct service s;
};

static enum status find(struct ctx *c, void *arg)
{
    struct found *f = arg;
    struct service *list;
    struct service_read r = {.limit = 500};
    int n = 1;

    while (n > 0) {
        const enum status st = catalogue_read(c, c->mem, &r, &list, &n);

        if (st != ST_OK)
            return st;
        for (int i = 0; i < n; i++) {
            r.after_id = list[i].service_id;
            if (str_eq(list[i].source_id, f->source_id)) {
                f->s = list[i];
                return ST_OK;
            }
        }
    }
    return ST_NOT_FOUND;
}

static struct service found(struct bench *b, const char *id)
{
    struct found f = {.source_id = str_of(id)};

    ck_assert_int_eq(harness_read(b->h, find, &f), ST_OK);
    return f.s;
}

START_TEST(test_csv__every_field_can_be_reached)
{
    struct bench b = open_bench();
    const struct str map = feeds_testing_cases(b.h->mem, "all_fields.map"), list = feeds_testing_cases(b.h->mem, "all_fields.csv");
    const struct feeds_import i = import_bytes(&b, str_z(b.h->mem, map), list, false, false);

    ck_assert_msg(i.st == ST_OK, "%s %s", i.problems.n > 0 ? i.problems.list[0].field : "", i.problems.n > 0 ? i.problems.list[0].key : "");
    const struct service s = found(&b, "a1");

    ck_assert_int_eq(s.kind, SERVICE_COURSE);
    ck_assert_int_eq(s.status, SERVICE_CLOSED_NOW);
    ck_assert_int_eq(s.fee, FEE_BY_ISEE);
    ck_assert_int_eq(s.ways, WAY_PRESENCE | WAY_PHONE);
    ck_assert(str_eq_z(s.summary, "Corso per chi cerca casa") && str_eq_z(s.intake, "Sportello unico") && str_eq_z(s.isee_note, "Sotto 9.360 euro"));
    ck_assert(s.has_places_free && s.places_free == 3 && s.has_min_age && s.min_age == 18 && !s.has_max_age);
    ck_assert_int_eq(s.starts_on, day_parse(STR("2027-01-10")));
    ck_assert_int_eq(s.confirmed_how, HOW_PHONE);
    ck_assert(s.confirmed_on != DAY_NONE && str_eq_z(s.confirmed_by, "Ufficio di piano"));
    ck_assert_int_eq(s.n_needs, 2);
    ck_assert_int_eq(s.n_targets, 1);
    ck_assert_int_eq(s.n_areas, 3);
    ck_assert(s.areas[0].area_id != 0 && s.areas[1].area_id != 0 && s.areas[2].area_id == 0);
    ck_assert_int_eq(s.n_documents, 2);
    ck_assert_int_eq(s.n_languages, 2);
    ck_assert_int_eq(s.n_schedules, 2);
    ck_assert_int_eq(s.n_costs, 2);
    ck_assert_int_eq(s.costs[0].amount_cents, 1250);
    ck_assert_int_eq(s.parts.n_phones, 3);
    ck_assert(str_eq_z(s.parts.phones[1].type, "cell") && str_eq_z(s.parts.phones[2].extension, "12"));
    ck_assert_int_eq(s.parts.n_contacts, 1);
    ck_assert_int_eq(s.parts.n_attributes, 1);
    ck_assert_int_eq(s.parts.n_funding, 1);
    ck_assert_int_eq(s.n_access, 1);
    ck_assert_int_eq(s.n_ats, 2);
    ck_assert(str_eq_z(s.ats[0].location->comune_name, "Ivrea") && str_eq_z(s.ats[1].location->comune_name, "Samone"));
    ck_assert_int_eq(s.ats[0].location->access_bits, ACCESS_WHEELCHAIR | ACCESS_LIFT);
    ck_assert_int_eq(s.ats[1].n_schedules, 1);
    ck_assert_int_eq(s.organisation_kind, ORGANISATION_THIRD_SECTOR);
    close_bench(&b);
}
END_TEST

/* The mapping of that test, and the page for whoever writes one, speak of every field. */
START_TEST(test_csv__every_field_is_tried_and_documented)
{
    struct arena *mem = arena_new(0);
    const char *map = str_z(mem, feeds_testing_cases(mem, "all_fields.map"));
    const char *page = str_z(mem, feeds_testing_cases(mem, "../../../../docs/operator/import-csv.md"));

    for (int i = 0; feeds_field_at(i) != NULL; i++) {
        const char *field = feeds_field_at(i);

        ck_assert_msg(strstr(map, str_fmt(mem, "\n%s = ", field).p) != NULL, "%s is not tried", field);
        ck_assert_msg(strstr(page, str_fmt(mem, "`%s`", field).p) != NULL, "%s is not documented", field);
    }
    arena_free(mem);
}
END_TEST

START_TEST(test_csv__the_same_again_updates_and_never_doubles)
{
    struct bench b = open_bench();

    ck_assert_int_eq(import(&b, needed, "c,n\n1,Uno\n2,Due\n").n_added, 2);
    ck_assert_int_eq(import(&b, needed, "c,n\n1,Uno\n2,Due\n").n_same, 2);
    const struct feeds_import i = import(&b, needed, "c,n\n2,Due e mezzo\n");

    ck_assert_int_eq(i.n_changed, 1);
    ck_assert_int_eq(i.n_added, 0);
    ck_assert_int_eq(i.n_gone, 1);
    ck_assert(feeds_import_said(&i, "gone: Uno (1), still shown"));
    close_bench(&b);
}
END_TEST

/* What a clerk's spreadsheet looks like: a mark, semicolons, Windows letters, empty rows. */
START_TEST(test_csv__files_as_spreadsheets_write_them)
{
    struct bench b = open_bench();
    char *windows = arena_alloc(b.h->mem, 4096);

    snprintf(windows, 4096, "%s", needed);
    memmove(strstr(windows, "[fields]") + 24, strstr(windows, "[fields]"), strlen(strstr(windows, "[fields]")) + 1);
    memcpy(strstr(windows, "prova\n") + 6, "encoding = windows-1252\n", 24);
    ck_assert_int_eq(import(&b, needed, "\xEF\xBB\xBF" "c;n\r\n1;\"Uno; \"\"due\"\"\"\r\n;\r\n\r\n2;Perché\r\n").n_added, 2);
    ck_assert(str_eq_z(found(&b, "1").name, "Uno; \"due\"") && str_eq_z(found(&b, "2").name, "Perché"));
    const struct feeds_import i = import(&b, needed, "c,n\n3,Perch\xe9\n");

    /* Each row by itself: one of another encoding is read, and told. */
    ck_assert_int_eq(i.st, ST_OK);
    ck_assert(feeds_import_said(&i, "row 2: The row is not UTF-8"));
    ck_assert(str_eq_z(found(&b, "3").name, "Perché"));
    ck_assert_int_eq(import(&b, windows, "c,n\n3,Perch\xe9 \x80\n").st, ST_OK);
    ck_assert(str_eq_z(found(&b, "3").name, "Perché €"));
    close_bench(&b);
}
END_TEST

struct fault {
    const char *field, *cells, *key; /* a row "1,Uno,cells" of c,n,x */
};

START_TEST(test_csv__each_fault_has_its_reason)
{
    static const struct fault all[] = {
        {"kind = {x}", "festa", "feeds.not-choice"}, {"status = {x}", "chiuso", "feeds.not-choice"}, {"fee = {x}", "caro", "feeds.not-choice"},
        {"ways = {x}", "presence; piccione", "feeds.not-choice"}, {"url = {x}", "www.a.it", "feeds.not-url"},
        {"email = {x}", "nessuna", "feeds.not-email"}, {"uuid = {x}", "12", "feeds.not-uuid"}, {"minimum_age = {x}", "dodici", "feeds.not-number"},
        {"minimum_age = {x}", "200", "feeds.ages"}, {"places_free = {x}", "-1", "feeds.not-number"}, {"confirmed_on = {x}", "30/02/2026", "feeds.not-day"},
        {"confirmed_on = {x | days-ago}", "ieri", "feeds.map-days-ago"}, {"targets = {x}", "marziani", "feeds.not-choice"},
        {"served = {x}", "Atlantide", "feeds.area-unknown"}, {"served = {x}", "Samone", "feeds.area-unknown"},
        {"phones = {x}", "chiamate Anna", "feeds.not-phone"}, {"hours = {x}", "Lun 9-", "opening.time"},
        {"location.comune = {x}", "Atlantide", "feeds.comune-unknown"}, {"location.comune = {x}", "999999", "feeds.comune-unknown"},
        {"cost.amount = {x}", "-3", "feeds.not-number"}, {"organisation.body = {x}", "MB99", "feeds.no-body"},
        {"organisation.kind = {x}", "setta", "feeds.not-choice"}, {"alert = {x | table t}\n[table t]\nsì = Sì", "no", "feeds.map-not-in-table"},
        {"location.comune = Ivrea\nlocation.secret = {x}", "forse", "feeds.map-yes"}, {"contact.email = {x}", "a@b", "feeds.not-email"},
        {"starts_on = 2027-02-01\nends_on = {x}", "2027-01-01", "feeds.days-order"},
    };
    struct bench b = open_bench();

    for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
        struct feeds_import i = import_bytes(&b, str_fmt(b.h->mem, "%s%s\n", needed, all[k].field).p,
                                             str_fmt(b.h->mem, "c,n,x\n1,Uno,%s\n", all[k].cells), false, true);

        if (strcmp(all[k].cells, "Samone") == 0) { /* one in Torino alone since the other went into a merger, or two */
            ck_assert(i.st == ST_OK || feeds_import_has(&i, "feeds.comune-several", 2));
            continue;
        }
        ck_assert_msg(i.st == ST_INVALID, "%s %s is taken", all[k].field, all[k].cells);
        ck_assert_msg(feeds_import_has(&i, all[k].key, 2), "%s %s: %s", all[k].field, all[k].cells, i.problems.list[0].key);
    }
    struct feeds_import i = import(&b, needed, "c,n\n1,Uno\n,Due\n3,\n1,Uno\n");

    ck_assert(feeds_import_has(&i, "feeds.missing", 3) && feeds_import_has(&i, "feeds.missing", 4) && feeds_import_has(&i, "feeds.id-twice", 5));
    ck_assert_int_eq(i.n_refused, 3);
    i = import(&b, needed, "c,m\n1,Uno\n");
    ck_assert(feeds_import_has(&i, "base.csv-no-column", -1));
    close_bench(&b);
}
END_TEST

START_TEST(test_csv__refused_rows_stay_out_and_the_others_come_in_when_asked)
{
    struct bench b = open_bench();
    const char *mapping = str_fmt(b.h->mem, "%semail = {e}\n", needed).p;
    struct feeds_import i = import_bytes(&b, mapping, STR("c,n,e\n1,Uno,no\n2,Due,\n3,Tre,a@b.it\n"), true, false);

    ck_assert_int_eq(i.st, ST_OK);
    ck_assert_int_eq(i.n_added, 2);
    ck_assert_int_eq(i.n_refused, 1);
    i = import_bytes(&b, mapping, STR("c,n,e\n4,Quattro,\n5,\"open"), true, false);
    ck_assert_int_eq(i.st, ST_INVALID); /* what comes after an open quote is not known */
    close_bench(&b);
}
END_TEST

START_TEST(test_csv__rows_are_left_out_as_the_mapping_says)
{
    struct bench b = open_bench();
    const char *mapping = str_fmt(b.h->mem, "[source]\nskip = {s} = Chiusa; sospesa\nskip = {n} = prova\n%s", needed).p;
    const struct feeds_import i = import(&b, mapping, "c,n,s\n1,Uno,aperta\n2,Due,CHIUSA\n3,Tre,sospesa\n4,Prova,\n");

    ck_assert_int_eq(i.n_added, 1);
    ck_assert(feeds_import_said(&i, "3 rows left out"));
    close_bench(&b);
}
END_TEST

START_TEST(test_csv__a_managing_body_gives_its_own_services)
{
    struct bench b = open_bench();
    const char *mapping = str_fmt(b.h->mem, "%sorganisation.body = {b}\n", needed).p;

    ck_assert_int_eq(import(&b, mapping, "c,n,b\n1,Uno,MB32\n2,Due,MB32\n3,Tre,\n").n_added, 3);
    ck_assert(str_eq_z(found(&b, "1").organisation_slug, "mb32-cis-cirie"));
    ck_assert_int_eq(found(&b, "1").organisation_id, found(&b, "2").organisation_id);
    ck_assert(str_eq_z(found(&b, "3").organisation_name, "Ente"));
    close_bench(&b);
}
END_TEST

/* An address that must stay secret is in no answer. */
START_TEST(test_csv__a_secret_address_is_read_by_nobody)
{
    struct bench b = open_bench();
    const char *mapping = str_fmt(b.h->mem, "%slocation.comune = Ivrea\nlocation.address = {a}\nlocation.name = {a}\nlocation.transport = {a}\n"
                                            "location.lat = 45.123456\nlocation.lon = 7.654321\nlocation.secret = {s}\nphones = 0125 555 0101\n",
                                  needed)
                              .p;
    static const char *const pages[] = {"/api/hsds/3.0/services?per_page=100", "/api/hsds/3.0/locations?per_page=100",
                                        "/api/hsds/3.0/service_at_locations?per_page=100", "/dati/servizi.csv", "/dati/servizi.geojson"};

    ck_assert_int_eq(import(&b, mapping, "c,n,a,s\n1,Rifugio,via del Canarino Segreto 7,sì\n").st, ST_OK);
    const struct service s = found(&b, "1");

    ck_assert(s.ats[0].location->is_secret);
    ck_assert_int_eq(s.ats[0].location->n_addresses, 0);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct web_reply r = harness_get(b.h, pages[i]);

        harness_has_not(&r, "Canarino");
        harness_has_not(&r, "45.123456");
    }
    const struct feeds_import again = import(&b, mapping, "c,n,a,s\n1,Rifugio,via del Canarino Segreto 8,sì\n");

    ck_assert(!feeds_import_said(&again, "Canarino"));
    close_bench(&b);
}
END_TEST

/* ---- the mapping by itself ---- */

static void mapping_refused(const char *text, const char *key, int64_t line)
{
    struct arena *mem = arena_new(0);
    struct feeds_mapping *m;
    struct mapping_trouble t;

    ck_assert_msg(feeds_mapping_read(mem, str_of(text), &m, &t) == ST_INVALID, "%s", text);
    ck_assert_msg(strcmp(t.key, key) == 0, "%s: %s", text, t.key);
    ck_assert_msg(t.line == line, "%s: line %d", text, (int)t.line);
    ck_assert(text_has(LANG_IT, key) && text_has(LANG_EN, key));
    arena_free(mem);
}

START_TEST(test_mapping__each_fault_is_named_with_its_line)
{
    mapping_refused("id = {c}\n", "feeds.map-section", 1);
    mapping_refused("[source]\nname = Con Spazi\n", "feeds.map-name", 2);
    mapping_refused("[source]\nnome = a\n", "feeds.map-source", 2);
    mapping_refused("[source]\ndemo = forse\n", "feeds.map-yes", 2);
    mapping_refused("[source]\nencoding = latin1\n", "feeds.map-encoding", 2);
    mapping_refused("[source]\nseparator = x\n", "feeds.map-separator", 2);
    mapping_refused("[source]\nskip = chiusa\n", "feeds.map-skip", 2);
    mapping_refused("[campi]\n", "feeds.map-section", 1);
    mapping_refused("[fields]\nnome = {n}\n", "feeds.map-field", 2);
    mapping_refused("[fields]\nphone.10.number = {n}\n", "feeds.map-field", 2);
    mapping_refused("[fields]\nname.2 = {n}\n", "feeds.map-field", 2);
    mapping_refused("[fields]\nid = {n}\nid = {n}\n", "feeds.map-twice", 3);
    mapping_refused("[fields]\nid {n}\n", "feeds.map-line", 2);
    mapping_refused("[fields]\nid = {n\n", "feeds.map-brace", 2);
    mapping_refused("[fields]\nid = n}\n", "feeds.map-brace", 2);
    mapping_refused("[fields]\nid = {}\n", "feeds.map-column", 2);
    mapping_refused("[fields]\nid = a[{n}\n", "feeds.map-bracket", 2);
    mapping_refused("[fields]\nid = a[[{n}]]\n", "feeds.map-bracket", 2);
    mapping_refused("[fields]\nid = {n | maiuscolo}\n", "feeds.map-filter", 2);
    mapping_refused("[source]\nname = a\n[fields]\nid = {n | table t}\n", "feeds.map-no-table", 4);
    mapping_refused("[table t]\na = 1\nA = 2\n", "feeds.map-twice", 3);
    mapping_refused("[source]\nname = a\n[fields]\nname = {n}\n", "feeds.map-needs", 0);
    mapping_refused("\xff", "feeds.map-not-utf8", 0);
}
END_TEST

static bool put_together(void *arg, const struct csv_row *row)
{
    struct mapping_row *r = arg;
    struct str out;

    r->row = row;
    ck_assert(feeds_mapping_get(r, "name", 1, &out));
    ck_assert_msg(str_eq(out, row->cells[0]), "line %d: \"%.*s\"", (int)row->line, (int)out.n, out.p);
    return true;
}

/* The first cell is what must come out. */
START_TEST(test_mapping__texts_are_put_together)
{
    static const struct {
        const char *text, *row; /* want,a,b */
    } all[] = {
        {"{a}", "x,x,"}, {"fisso", "fisso,,"}, {"{a}, {b}", "\"via, 3\",via,3"}, {"{a}[, {b}]", "via,via,"}, {"[{a} ]{b}", "3,,3"},
        {"{a | table t}", "Uno,1,"}, {"{a | table t}", "vuoto,,"}, {"{a | table t}", "altro,9,"}, {"{a | table t | lower}", "uno,1,"},
        {"{a | sentence}", "Scuola media è,SCUOLA MEDIA È,"}, {"{a | title}", "Via Dell'Olmo,VIA DELL'OLMO,"}, {"{a | first}", "x,x; y,"},
        {"{a | digits}", "39011,+39 011,"}, {"{a | url}", "https://www.a.it,www.a.it,"}, {"{a | url}", "http://a.it,http//a.it,"},
        {"{a | url}", "https://a.it/b,https:https//a.it/b,"}, {"{a | url | if-url}", ",senza sito,"}, {"{a | day}", "2026-11-21,21/11/2026,"},
        {"{a | days-ago}", "2026-11-11,10,"}, {"{a | days-ahead}", "2026-12-01,10,"}, {"\\{a\\} \\[x\\]", "{a} [x],,"},
    };
    struct arena *mem = arena_new(0);

    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct feeds_mapping *m;
        struct mapping_trouble t;
        struct csv_trouble trouble;
        const struct str text = str_fmt(mem, "[source]\nname=x\n[fields]\nid={a}\nneeds={b}\norganisation.name=x\nname=%s\n"
                                             "[table t]\n1 = Uno\n* = altro\n(empty) = vuoto\n", all[i].text);

        ck_assert_int_eq(feeds_mapping_read(mem, text, &m, &t), ST_OK);
        struct mapping_row r = {.m = m, .mem = mem, .today = day_parse(STR("2026-11-21"))};
        const struct csv_options o = {.each = put_together, .arg = &r};

        ck_assert_int_eq(csv_read_bytes(mem, str_fmt(mem, "want,a,b\n%s\n", all[i].row), &o, &trouble), ST_OK);
    }
    arena_free(mem);
}
END_TEST

START_TEST(test_mapping__days_and_telephones_as_people_write_them)
{
    struct arena *mem = arena_new(0);
    struct phone list[PHONES_MOST];
    struct str wrong;
    int n = 0;

    ck_assert_int_eq(feeds_day(STR("21/11/2026")), day_parse(STR("2026-11-21")));
    ck_assert_int_eq(feeds_day(STR("1.2.26")), day_parse(STR("2026-02-01")));
    ck_assert_int_eq(feeds_day(STR("20261121")), day_parse(STR("2026-11-21")));
    ck_assert_int_eq(feeds_day(STR("2026-13-01")), DAY_NONE);
    ck_assert_int_eq(feeds_day(STR("oggi")), DAY_NONE);
    ck_assert(phones_read(mem, STR("011 555 0101 (segreteria); 333 555 0102 / 0125 555 0103\nfax 011/5550104; 800 555 010 numero verde"), list, &n, &wrong));
    ck_assert_int_eq(n, 5);
    ck_assert(str_eq_z(list[0].number, "011 555 0101") && str_eq_z(list[0].description, "segreteria") && str_eq_z(list[0].type, "voice"));
    ck_assert(str_eq_z(list[1].number, "333 555 0102") && str_eq_z(list[1].type, "cell"));
    ck_assert(str_eq_z(list[3].number, "011/5550104") && str_eq_z(list[3].type, "fax") && list[3].description.n == 0);
    ck_assert(str_eq_z(list[4].description, "numero verde"));
    ck_assert(phones_read(mem, STR("112"), list, &n, &wrong) && n == 1);
    ck_assert(!phones_read(mem, STR("011 555 0101; 12"), list, &n, &wrong));
    ck_assert(!phones_read(mem, STR("12345678901234567"), list, &n, &wrong));
    arena_free(mem);
}
END_TEST

UNIT_MAIN("feeds_csv", test_csv__every_field_can_be_reached, test_csv__every_field_is_tried_and_documented, test_csv__the_same_again_updates_and_never_doubles,
          test_csv__files_as_spreadsheets_write_them, test_csv__each_fault_has_its_reason,
          test_csv__refused_rows_stay_out_and_the_others_come_in_when_asked, test_csv__rows_are_left_out_as_the_mapping_says,
          test_csv__a_managing_body_gives_its_own_services, test_csv__a_secret_address_is_read_by_nobody, test_mapping__each_fault_is_named_with_its_line,
          test_mapping__texts_are_put_together, test_mapping__days_and_telephones_as_people_write_them)

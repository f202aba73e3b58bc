/* open_data_test.c - calendars, news, sitemap, the list of a comune, what the asker wants. */
#include "features/publish/publish_testing.h"
#include "base/date.h"
#include "core/bodies/organisations.h"
#include "features/catalogue/catalogue_edit.h"
#include "base/macros.h"
#include "open_data_datasets.h"
#include "open_data_ical.h"
#include "open_data_routes.h"
#include "unit.h"
#include <string.h>

static int count(struct str in, const char *text)
{
    const size_t n = strlen(text);
    int found = 0;

    for (size_t i = 0; i + n <= in.n; i++)
        found += memcmp(in.p + i, text, n) == 0;
    return found;
}

static struct web_reply ask(struct harness *h, const char *target, const char *header)
{
    const char *headers[] = {header, NULL};

    return harness_ask(h, &(struct web_ask){.method = "GET", .target = target, .headers = headers});
}

/* ---- datasets ---- */

START_TEST(test_data__every_file_of_the_portal_stands_in_the_table)
{
    struct harness *h = harness_new();
    const struct route *r;
    int n_files = 0;

    for (int i = 0; (r = web_app_route(h->app, i)) != NULL; i++) {
        bool is_there = strncmp(r->path, "/dati/", 6) != 0 || strcmp(r->path, "/dati/catalogo") == 0 || strcmp(r->path, "/dati/servizi") == 0 ||
                        strcmp(r->path, "/dati/scambio") == 0 /* for portals alone, not a file */ || strcmp(r->audit, "view") == 0;

        for (int d = 0; d < n_dataset_rows; d++)
            for (int f = 0; f < DATASET_FILES && dataset_rows[d].files[f].address != NULL; f++) {
                is_there = is_there || strcmp(dataset_rows[d].files[f].address, r->path) == 0;
                n_files += strcmp(dataset_rows[d].files[f].address, r->path) == 0;
            }
        ck_assert_msg(is_there, "%s stands in no dataset", r->path);
    }
    ck_assert_int_ge(n_files, 15);
    const struct web_reply page = harness_get(h, "/dati");

    ck_assert_int_eq(page.code, 200);
    for (int d = 0; d < n_dataset_rows; d++)
        for (int f = 0; f < DATASET_FILES && dataset_rows[d].files[f].address != NULL; f++)
            harness_has(&page, str_fmt(h->mem, "href=\"%s\"", dataset_rows[d].files[f].address).p);
    harness_has(&page, "CC BY 4.0");
    harness_has(&page, "href=\"/incorpora\"");
    harness_free(h);
}
END_TEST

static enum status put_courses(struct ctx *c, void *arg)
{
    static const struct {
        const char *kind;
        int starts, ends; /* days from today; 0: not said */
    } all[] = {{"course", -10, 10}, {"event", 5, 0}, {"course", -20, -1}, {"event", -3, 0}, {"course", 0, 0}, {"service", -10, 10}};
    const struct organisation o = {.name = STR("Scuola di prova"), .source = STR("csv:x"), .source_id = STR("1")};
    enum put_change change;
    int64_t body = 0, id = 0;

    (void)arg;
    ck_assert_int_eq(organisations_put(c, &o, &body, &change), ST_OK);
    for (int i = 0; i < ARRAY_LEN(all); i++) {
        const struct edit_change list[] = {
            {.field = EDIT_NAME, .text = str_fmt(c->mem, "Voce %d", i)},
            {.field = EDIT_KIND, .text = str_of(all[i].kind)},
            {.field = EDIT_STARTS_ON, .text = all[i].starts == 0 ? STR("") : day_iso(c->mem, c->today + all[i].starts)},
            {.field = EDIT_ENDS_ON, .text = all[i].ends == 0 ? STR("") : day_iso(c->mem, c->today + all[i].ends)}};
        struct edit_outcome outcome;

        ck_assert_int_eq(catalogue_edit_add(c, body, list, ARRAY_LEN(list), &(struct edit_who){.how = EDIT_BY_DESK, .by = STR("x")}, &id, &outcome),
                         ST_OK);
    }
    return ST_OK;
}

/* As many as the calendar has: with a day, and not over. */
START_TEST(test_data__courses_and_events_to_come_are_counted)
{
    struct harness *h = harness_new();

    ck_assert_int_eq(harness_write(h, put_courses, NULL), ST_OK);
    const struct web_reply page = harness_get(h, "/dati"), calendar = harness_get(h, "/dati/eventi.ics");
    const char *text = str_z(h->mem, page.body), *at = strstr(text, "Corsi ed eventi");
    int n = 0;

    for (const char *e = str_z(h->mem, calendar.body); (e = strstr(e, "BEGIN:VEVENT")) != NULL; e++)
        n++;
    ck_assert_int_eq(n, 2);
    ck_assert_ptr_nonnull(at);
    const char *size = strstr(at, "righe");

    ck_assert(size != NULL && strncmp(size - 2, "2 ", 2) == 0);
    harness_free(h);
}
END_TEST

START_TEST(test_data__what_is_wanted_is_given)
{
    static const char *const types[] = {"text/html", "text/turtle", "application/ld+json"};
    static const struct {
        const char *accept;
        int wanted;
    } cases[] = {{"", 0}, {"*/*", 0}, {"text/turtle", 1}, {"TEXT/Turtle", 1}, {"application/ld+json, text/turtle;q=0.5", 2},
                 {"text/html;q=0.4, text/turtle;q=0.8, */*;q=0.1", 1}, {"text/*;q=0.2, application/ld+json;q=0.9", 2},
                 {"text/turtle;q=0, */*", 0}, {"text/turtle;q=x", 0}, {"image/png", 0}, {"application/*", 2}};
    struct harness *h = harness_new();

    for (int i = 0; i < ARRAY_LEN(cases); i++)
        ck_assert_msg(open_data_choose(str_of(cases[i].accept), types, 3) == cases[i].wanted, "%s", cases[i].accept);
    struct web_reply r = ask(h, "/dati/catalogo", "Accept: text/turtle");

    ck_assert_int_eq(r.code, 200);
    ck_assert(str_eq_z(harness_header(h, &r, "Content-Type"), "text/turtle; charset=utf-8"));
    harness_has(&r, "dcatapit:Catalog");
    r = ask(h, "/dati/catalogo", "Accept: text/html");
    ck_assert_int_eq(r.code, 303);
    ck_assert(str_eq_z(harness_header(h, &r, "Location"), "/dati"));
    r = ask(h, "/dati/servizi?dove=ivrea-to", "Accept: application/ld+json");
    ck_assert(str_eq_z(harness_header(h, &r, "Location"), "/dati/servizi.jsonld?dove=ivrea-to"));
    harness_free(h);
}
END_TEST

/* ---- calendars ---- */

START_TEST(test_ical__lines_are_folded_and_text_is_escaped)
{
    struct arena *mem = arena_new(0);
    struct buf b = buf_new(mem, 100), name = buf_new(mem, 100);

    for (int i = 0; i < 60; i++)
        buf_z(&name, "è");
    buf_z(&name, ", a; b\\c\nd");
    ical_event(&b, &(struct ical_event){.uid = STR("x"), .summary = buf_view(&name), .is_day = true, .from_day = 0, .to_day = 0});
    struct str rest = buf_view(&b);

    ck_assert_int_eq(count(rest, "\n"), count(rest, "\r\n"));
    while (rest.n > 0) {
        const struct str line = str_cut(&rest, '\n');

        ck_assert_msg(line.n <= 76, "a line has %zu bytes", line.n);
        ck_assert(str_is_utf8(line));
    }
    ck_assert_int_eq(count(buf_view(&b), "\\, a\\; b\\\\c\\nd"), 1);
    ck_assert_int_eq(count(buf_view(&b), "DTSTART;VALUE=DATE:19700101\r\nDTEND;VALUE=DATE:19700102\r\n"), 1);
    arena_free(mem);
}
END_TEST

static struct str slug_of(struct harness *h, const char *name)
{
    json_t *s = out_json(h, str_fmt(h->mem, "/api/hsds/3.0/services/%.*s", 36, out_id(h, name).p).p);
    const char *url = out_str(s, "url"), *at = strstr(url, "/servizi/");

    ck_assert_msg(at != NULL, "%s has the address %s", name, url);
    const struct str slug = str_copy(h->mem, str_of(at + strlen("/servizi/")));

    json_decref(s);
    return slug;
}

START_TEST(test_ical__hours_of_a_service_are_openings)
{
    struct harness *h = harness_new();

    out_stage(h, (struct out_stage){3, 0});
    const struct str slug = slug_of(h, "servizio 00001");
    const char *target = str_fmt(h->mem, "/servizi/%.*s/orari.ics", (int)slug.n, slug.p).p;
    struct web_reply r = harness_get(h, target);

    ck_assert_int_eq(r.code, 200);
    ck_assert(str_eq_z(harness_header(h, &r, "Content-Type"), "text/calendar; charset=utf-8"));
    harness_has(&r, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
    harness_has(&r, "BEGIN:VTIMEZONE\r\n");
    ck_assert_int_eq(count(r.body, "BEGIN:VEVENT"), count(r.body, "END:VEVENT"));
    /* asked again: nothing has changed */
    const struct str tag = harness_header(h, &r, "ETag");

    ck_assert_uint_gt(tag.n, 0);
    r = ask(h, target, str_fmt(h->mem, "If-None-Match: %.*s", (int)tag.n, tag.p).p);
    ck_assert_int_eq(r.code, 304);
    ck_assert_uint_eq(r.body.n, 0);
    out_set_state(h, "servizio 00001", SERVICE_GONE);
    ck_assert_int_eq(harness_get(h, target).code, 410);
    ck_assert_int_eq(harness_get(h, "/servizi/nessuno-aaaaaa/orari.ics").code, 404);
    harness_free(h);
}
END_TEST

/* ---- news ---- */

START_TEST(test_atom__what_changed_last_stands_first)
{
    struct harness *h = harness_new();

    out_stage(h, (struct out_stage){120, 0});
    struct web_reply r = harness_get(h, "/dati/novita.atom");

    ck_assert_int_eq(r.code, 200);
    ck_assert(str_eq_z(harness_header(h, &r, "Content-Type"), "application/atom+xml; charset=utf-8"));
    ck_assert_int_eq(count(r.body, "<entry>"), 100);
    harness_has_not(&r, "&lt;script&gt;alert(1)&lt;/script&gt;</title>\n<script");
    const struct str changed = harness_header(h, &r, "Last-Modified"), tag = harness_header(h, &r, "ETag");

    ck_assert_uint_gt(changed.n, 0);
    ck_assert_int_eq(ask(h, "/dati/novita.atom", str_fmt(h->mem, "If-None-Match: %.*s", (int)tag.n, tag.p).p).code, 304);
    ck_assert_int_eq(ask(h, "/dati/novita.atom", str_fmt(h->mem, "If-Modified-Since: %.*s", (int)changed.n, changed.p).p).code, 304);
    ck_assert_int_eq(ask(h, "/dati/novita.atom", "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT").code, 200);
    out_set_state(h, "servizio 00007", SERVICE_HIDDEN);
    out_set_state(h, "servizio 00007", SERVICE_SHOWN);
    ck_assert_int_eq(ask(h, "/dati/novita.atom", str_fmt(h->mem, "If-None-Match: %.*s", (int)tag.n, tag.p).p).code, 200);
    r = harness_get(h, "/dati/novita.atom?dove=ivrea-to&bisogno=pasto-caldo");
    ck_assert_int_ge(count(r.body, "<entry>"), 1);
    ck_assert_int_lt(count(r.body, "<entry>"), 100);
    ck_assert_int_eq(ask(h, "/dati/novita.atom?ente=nessuno", "Accept: application/json").code, 400);
    ck_assert_int_eq(ask(h, "/dati/novita.atom?distretto=nessuno", "Accept: application/json").code, 400);
    ck_assert_int_eq(harness_get(h, "/dati/novita.atom?distretto=21-cirie-lanzo").code, 200);
    harness_free(h);
}
END_TEST

/* ---- sitemap ---- */

START_TEST(test_sitemap__every_shown_page_once)
{
    struct harness *h = harness_new();

    out_stage(h, (struct out_stage){700, 0});
    struct web_reply r = harness_get(h, "/sitemap.xml");
    const int n_parts = count(r.body, "<loc>");
    int n_services = 0, n_pages = 0;

    ck_assert_int_ge(n_parts, 3);
    for (int i = 1; i <= n_parts; i++) {
        r = harness_get(h, str_fmt(h->mem, "/sitemap/%d.xml", i).p);
        ck_assert_int_eq(r.code, 200);
        ck_assert_int_le(count(r.body, "<loc>"), 50000);
        ck_assert_int_eq(count(r.body, "</urlset>"), 1);
        n_services += count(r.body, "/servizi/");
        n_pages += count(r.body, "/territorio/comune/");
    }
    json_t *all = out_json(h, "/api/hsds/3.0/services?per_page=1");

    ck_assert_int_eq(n_services, (int)out_int(all, "total_items"));
    ck_assert_int_eq(n_pages, 1180);
    json_decref(all);
    ck_assert_int_eq(harness_get(h, str_fmt(h->mem, "/sitemap/%d.xml", n_parts + 1).p).code, 404);
    ck_assert_int_eq(harness_get(h, "/sitemap/0.xml").code, 404);
    ck_assert_int_eq(harness_get(h, "/sitemap/01.xml").code, 404);
    ck_assert_int_eq(harness_get(h, "/sitemap/1.html").code, 404);
    r = harness_get(h, "/robots.txt");
    harness_has(&r, "Sitemap: http://localhost/sitemap.xml\n");
    harness_free(h);
}
END_TEST

/* ---- the list of a comune ---- */

START_TEST(test_embed__a_frame_may_stand_elsewhere_and_nothing_else_may)
{
    struct harness *h = harness_new();

    out_stage(h, (struct out_stage){30, 0});
    struct web_reply r = harness_get(h, "/incorpora/ivrea-to?quanti=5");
    struct str policy = harness_header(h, &r, "Content-Security-Policy");

    ck_assert_int_eq(r.code, 200);
    ck_assert_int_eq(count(policy, "frame-ancestors *"), 1);
    ck_assert_int_eq(count(policy, "script-src"), 0);
    harness_has_not(&r, "<script");
    harness_has_not(&r, "<form");
    ck_assert_int_eq(count(r.body, "<li>"), 5);
    ck_assert_int_eq(count(r.body, "target=\"_blank\""), count(r.body, "target=\"_blank\" rel=\"noopener\""));
    harness_has(&r, "href=\"http://localhost/servizi/");
    r = harness_get(h, "/en/incorpora/ivrea-to");
    harness_has(&r, "<html lang=\"en\">");
    harness_has(&r, "href=\"http://localhost/en/servizi/");
    for (int i = 0; web_app_route(h->app, i) != NULL; i++) {
        const struct route *row = web_app_route(h->app, i);

        if (row->method != GET || strchr(row->path, ':') != NULL)
            continue;
        r = harness_get(h, row->path);
        policy = harness_header(h, &r, "Content-Security-Policy");
        ck_assert_msg(count(policy, "frame-ancestors 'none'") == 1, "%s may be framed", row->path);
    }
    r = harness_get(h, "/incorpora/ivrea?quanti=5");
    ck_assert_msg(str_eq_z(harness_header(h, &r, "Location"), "/incorpora/ivrea-to?quanti=5"), "%.*s", (int)r.headers.n, r.headers.p);
    ck_assert_int_eq(harness_get(h, "/incorpora/atlantide").code, 404);
    harness_free(h);
}
END_TEST

START_TEST(test_embed__the_feed_says_the_same)
{
    struct harness *h = harness_new();

    out_stage(h, (struct out_stage){30, 0});
    json_t *feed = out_json(h, "/incorpora/ivrea-to/feed.json?bisogno=pasto-caldo");
    const json_t *items = json_object_get(feed, "items");
    size_t i;
    json_t *item;

    ck_assert_str_eq(out_str(feed, "version"), "https://jsonfeed.org/version/1.1");
    ck_assert_str_eq(out_str(feed, "feed_url"), "http://welfare.example.it/incorpora/ivrea-to/feed.json?bisogno=pasto-caldo");
    ck_assert_uint_ge(json_array_size(items), 1);
    json_array_foreach(items, i, item)
    {
        ck_assert_str_ne(out_str(item, "id"), "");
        ck_assert_str_ne(out_str(item, "url"), "");
        ck_assert_str_ne(out_str(item, "content_text"), "");
    }
    const struct web_reply page = harness_get(h, "/incorpora/ivrea-to?bisogno=pasto-caldo");

    ck_assert_int_eq(count(page.body, "<li>"), (int)json_array_size(items));
    json_array_foreach(items, i, item)
    {
        const json_t *ours = json_object_get(item, "_wecare");
        const char *path = strstr(out_str(item, "url"), "/servizi/");

        ck_assert(path != NULL && count(page.body, path) == 1);
        ck_assert_str_ne(out_str(ours, "phone"), "");
        ck_assert_int_ge(count(page.body, out_str(ours, "phone")), 1);
        ck_assert_int_ge(count(page.body, out_str(ours, "place")), 1);
    }
    const struct web_reply r = harness_get(h, "/incorpora/ivrea-to/feed.json");

    ck_assert(str_eq_z(harness_header(h, &r, "Access-Control-Allow-Origin"), "*"));
    json_decref(feed);
    harness_free(h);
}
END_TEST

START_TEST(test_embed__the_lines_to_paste)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_get(h, "/incorpora?dove=ivrea&quanti=20&bisogno=pasto-caldo&in=en");

    harness_has(&r, "&lt;iframe src=&#34;http://localhost/en/incorpora/ivrea-to?bisogno=pasto-caldo&amp;amp;quanti=20&#34;");
    harness_has(&r, "http://localhost/en/incorpora/ivrea-to/feed.json?bisogno=pasto-caldo&amp;quanti=20");
    r = harness_get(h, "/incorpora?dove=San+Giorgio");
    harness_has_not(&r, "&lt;iframe");
    harness_has(&r, "href=\"/incorpora?dove=san-giorgio-canavese-to\"");
    r = harness_get(h, "/incorpora?dove=Atlantide");
    harness_has_not(&r, "&lt;iframe");
    harness_has(&r, "e-dove");
    harness_free(h);
}
END_TEST

UNIT_MAIN("open_data", test_data__courses_and_events_to_come_are_counted, test_data__every_file_of_the_portal_stands_in_the_table, test_data__what_is_wanted_is_given,
          test_ical__lines_are_folded_and_text_is_escaped, test_ical__hours_of_a_service_are_openings, test_atom__what_changed_last_stands_first,
          test_sitemap__every_shown_page_once, test_embed__a_frame_may_stand_elsewhere_and_nothing_else_may, test_embed__the_feed_says_the_same,
          test_embed__the_lines_to_paste)

/* exchange_test.c - the page of sources, the page where a feed is checked, and what portals are given. */
#include "exchange.h"
#include "base/buf.h"
#include "exchange_store.h"
#include "tests/support/harness.h"
#include "unit.h"
#include <jansson.h>
#include <string.h>

static enum status add_feeds(struct ctx *c, void *arg)
{
    const struct exchange_feed good = {.name = STR("altro-portale"), .kind = EXCHANGE_PORTAL, .url = STR("https://welfare.example"), .every_s = 900};
    struct exchange_feed again = good;

    (void)arg;
    ck_assert_int_eq(exchange_add(c, &good), ST_OK);
    ck_assert_int_eq(exchange_add(c, &again), ST_CONFLICT);
    again.name = STR("Nome largo");
    ck_assert_int_eq(exchange_add(c, &again), ST_INVALID);
    c->problems.n = 0;
    again.name = STR("ftp");
    again.url = STR("ftp://welfare.example");
    ck_assert_int_eq(exchange_add(c, &again), ST_INVALID);
    c->problems.n = 0;
    again.url = good.url;
    again.every_s = 0;
    ck_assert_int_eq(exchange_add(c, &again), ST_INVALID);
    return ST_OK;
}

static enum status note_pull(struct ctx *c, void *arg)
{
    const struct exchange_refusal refused = {12, STR("phones.number"), STR("feeds.not-uuid"), STR("x<y")};
    struct exchange_pull done = {.began_at = 1760000000000, .ended_at = 1760000001000, .state = STR("taken"), .n_read = 321, .n_added = 7,
                                 .n_changed = 5, .n_gone = 3, .n_refused = 1};
    struct exchange_feed f;

    (void)arg;
    ck_assert_int_eq(exchange_feed(c, STR("altro-portale"), &f), ST_OK);
    for (int i = 0; i < EXCHANGE_KEPT_PULLS + 5; i++)
        ck_assert_int_eq(exchange_store_pull(c, f.feed_id, &done, &refused, 1), ST_OK);
    struct exchange_pull *kept;
    int n;

    ck_assert_int_eq(exchange_pulls(c, f.feed_id, 100, &kept, &n), ST_OK);
    ck_assert_int_eq(n, EXCHANGE_KEPT_PULLS);
    return ST_OK;
}

static enum status remove_feed(struct ctx *c, void *arg)
{
    (void)arg;
    ck_assert_int_eq(exchange_remove(c, STR("altro-portale")), ST_OK);
    return exchange_remove(c, STR("altro-portale")) == ST_NOT_FOUND ? ST_OK : ST_INVALID;
}

START_TEST(test_exchange__the_page_of_sources_says_how_it_went)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_get(h, "/dati/fonti");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Per ora nessun altro catalogo viene letto.");
    ck_assert_int_eq(harness_write(h, add_feeds, NULL), ST_OK);
    r = harness_get(h, "/dati/fonti");
    harness_has(&r, "altro-portale");
    harness_has(&r, "ogni 15 minuti");
    harness_has(&r, "non ancora");
    ck_assert_int_eq(harness_write(h, note_pull, NULL), ST_OK);
    r = harness_get(h, "/dati/fonti");
    harness_has(&r, ">321</td>");
    harness_has(&r, "Righe rifiutate di altro-portale");
    harness_has(&r, "riga 12, phones.number:");
    harness_has(&r, "x&lt;y");
    ck_assert_int_eq(harness_write(h, remove_feed, NULL), ST_OK);
    r = harness_get(h, "/dati/fonti");
    harness_has_not(&r, "altro-portale");
    ck_assert_int_eq(harness_get(h, "/en/dati/fonti").code, 200);
    harness_free(h);
}
END_TEST

static struct web_reply check(struct harness *h, const char *field, struct str value)
{
    static const char *const multipart[] = {"Content-Type: multipart/form-data; boundary=XX", NULL};
    struct buf b = buf_new(h->mem, value.n + 400);

    buf_fmt(&b, "--XX\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n", field, strcmp(field, "file") == 0 ? "; filename=\"a.json\"" : "");
    buf_str(&b, value);
    buf_z(&b, "\r\n--XX\r\nContent-Disposition: form-data; name=\"fine\"\r\n\r\n1\r\n--XX--\r\n");
    return harness_ask(h, &(struct web_ask){.method = "POST", .target = "/dati/controlla", .headers = multipart, .body = buf_view(&b)});
}

#define ENTE "\"organization\":{\"id\":\"0a0a0a0a-0000-4000-8000-000000000001\",\"name\":\"Ente\",\"description\":\"Ente\"}"

START_TEST(test_exchange__a_publisher_reads_what_is_wrong)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_get(h, "/dati/controlla");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Controlla il tuo flusso");
    r = check(h, "testo", STR("  "));
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "Scrivi un indirizzo, scegli un file o incolla il testo.");
    r = check(h, "testo", STR("[{\"id\":\"0a0a0a0a-0000-4000-8000-000000000002\",\"name\":\"Mensa\",\"status\":\"active\"," ENTE "},"
                              "{\"id\":\"uno\",\"name\":\"Doccia\",\"status\":\"active\"," ENTE "}]"));
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Righe lette: 2. Errori: 1.");
    harness_has(&r, "id=\"errori\"");
    harness_has(&r, "riga 2, id:");
    harness_has(&r, "id=\"consigli\"");
    harness_has(&r, "alert-warning");
    r = check(h, "file", STR("[{\"id\":\"0a0a0a0a-0000-4000-8000-000000000002\",\"name\":\"<b>\",\"status\":\"open\"," ENTE "}]"));
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "id=\"errori\"");
    r = check(h, "testo", STR("<!doctype html>"));
    harness_has(&r, "Il flusso ha errori");
    r = check(h, "indirizzo", STR("http://127.0.0.1:1/"));
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Il flusso non si riesce a leggere.");
    r = harness_get(h, "/trova?cosa=mensa&dove=ivrea-to"); /* nothing of it was kept */
    harness_has_not(&r, "Doccia");
    harness_free(h);
}
END_TEST

START_TEST(test_exchange__portals_are_told_what_changed)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_get(h, "/dati/scambio?dopo=0");
    json_t *first = json_loadb(r.body.p, r.body.n, 0, NULL);

    ck_assert_int_eq(r.code, 200);
    ck_assert(json_is_string(json_object_get(first, "portal")));
    ck_assert(json_is_integer(json_object_get(first, "change")));
    ck_assert(json_is_true(json_object_get(first, "last_page")));
    json_decref(first);
    harness_free(h);
}
END_TEST

UNIT_MAIN("exchange", test_exchange__the_page_of_sources_says_how_it_went, test_exchange__a_publisher_reads_what_is_wrong,
          test_exchange__portals_are_told_what_changed)

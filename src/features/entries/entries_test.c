/* entries_test.c - Schede in process: rows, confirmation of what is on the screen, drafts, keys that end, lists pasted. */
#include "base/macros.h"
#include "core/links/links.h"
#include "features/catalogue/catalogue_full_testing.h"
#include "features/catalogue/catalogue_history.h"
#include "features/sheets/sheets.h"
#include "tests/support/harness.h"
#include "tests/unit.h"
#include "web/web_testing.h"
#include <stdio.h>
#include <string.h>

enum { N_ENTRIES = 3 };

static struct harness *h;
static struct str token;
static int64_t link_id, body_id, ids[N_ENTRIES + 1];
static char slugs[N_ENTRIES + 1][120], cookie[200];

/* Three entries of one body, one of another. */
static enum status put_all(struct ctx *c, void *arg)
{
    static const char *const names[] = {"Sportello casa", "Sportello lavoro", "Doposcuola", "Di un altro ente"};
    struct catalogue_write *w;
    struct full f;

    ck_assert_int_eq(catalogue_write_begin(c, STR("csv:prova"), &w), ST_OK);
    for (int i = 0; i <= N_ENTRIES; i++) {
        const struct full_put p = {.name = names[i], .source_id = names[i], .istat = "001125"};

        full_make(c, &p, &f);
        f.location.source_id = str_fmt(c->mem, "luogo-%d", i);
        f.service.confirmed_on = DAY_NONE;
        if (i == N_ENTRIES) {
            f.organisation.source_id = STR("altro");
            f.organisation.name = STR("Altro ente");
        }
        full_put(w, &f);
        ids[i] = f.service_id;
        if (i == 0)
            body_id = f.organisation_id;
    }
    ck_assert_int_eq(catalogue_write_end(w, true, NULL), ST_OK);
    const struct links_ask ask = {.purpose = LINKS_KEEP, .organisation_id = body_id};
    struct links_link *list;
    int n = 0;

    ck_assert_int_eq(links_issue(c, &ask, &token), ST_OK);
    token = str_copy(h->mem, token);
    ck_assert_int_eq(links_list(c, body_id, false, &list, &n), ST_OK);
    link_id = list[0].link_id;
    for (int i = 0; i <= N_ENTRIES; i++) {
        struct service s;

        ck_assert_int_eq(catalogue_service(c, ids[i], &s), ST_OK);
        snprintf(slugs[i], sizeof slugs[i], "%.*s", (int)s.slug.n, s.slug.p);
    }
    return ST_OK;
}

static void begin(void)
{
    h = harness_new();
    ck_assert_int_eq(harness_write(h, put_all, NULL), ST_OK);
    snprintf(cookie, sizeof cookie, "wecare_key=%.*s", (int)token.n, token.p);
}

static void finish(void)
{
    harness_free(h);
}

static struct web_reply ask(const char *method, const char *target, const char *form)
{
    const char *const headers[] = {str_fmt(h->mem, "Cookie: %s", cookie).p, "Content-Type: application/x-www-form-urlencoded", NULL};

    return harness_ask(h, &(struct web_ask){.method = method, .target = target, .headers = headers, .body = str_of(form)});
}

static struct web_reply get(const char *target)
{
    return ask("GET", target, "");
}

static struct web_reply post(const char *target, const char *form)
{
    return ask("POST", target, form);
}

/* pattern with the slug in the place of %s */
static const char *path(const char *pattern, int i)
{
    const char *at = strstr(pattern, "%s");

    return str_fmt(h->mem, "%.*s%s%s", (int)(at - pattern), pattern, slugs[i], at + 2).p;
}

/* The value of the hidden field of that name, the n-th. */
static struct str hidden(const struct web_reply *r, const char *name, int n)
{
    const struct str mark = str_fmt(h->mem, "name=\"%s\" value=\"", name);
    const char *at = str_z(h->mem, r->body);

    for (int i = 0; i <= n; i++) {
        at = strstr(at, mark.p);
        if (at == NULL)
            return STR("");
        at += mark.n;
    }
    return str_head(str_of(at), strcspn(at, "\""));
}

static struct service now;

static enum status read_now(struct ctx *c, void *arg)
{
    const enum status st = catalogue_service(c, *(int64_t *)arg, &now);

    now.email = str_copy(h->mem, now.email);
    now.name = str_copy(h->mem, now.name);
    return st;
}

static void look(int i)
{
    ck_assert_int_eq(harness_read(h, read_now, &ids[i]), ST_OK);
}

/* ---- who comes in ---- */

START_TEST(test_entries__without_a_key_nobody_comes_in)
{
    begin();
    const char *const paths[] = {"/schede", "/schede/nuova", "/schede/incolla", path("/schede/%s", 0), path("/schede/%s/storia", 0)};

    for (int i = 0; i < ARRAY_LEN(paths); i++) {
        const struct web_reply r = harness_get(h, paths[i]);

        ck_assert_int_eq(r.code, 403);
        harness_has_not(&r, "Sportello casa");
    }
    ck_assert_int_eq(harness_post(h, path("/schede/%s", 0), "azione=tolta").code, 403);
    look(0);
    ck_assert_int_eq(now.state, SERVICE_SHOWN);
    finish();
}
END_TEST

START_TEST(test_entries__of_another_body_are_not_there)
{
    begin();
    const struct web_reply list = get("/schede");

    harness_has(&list, "Sportello lavoro");
    harness_has_not(&list, "Di un altro ente");
    ck_assert_int_eq(get(path("/schede/%s", N_ENTRIES)).code, 404);
    ck_assert_int_eq(get(path("/schede/%s/storia", N_ENTRIES)).code, 404);
    ck_assert_int_eq(post(path("/schede/%s", N_ENTRIES), "azione=tolta").code, 404);
    look(N_ENTRIES);
    ck_assert_int_eq(now.state, SERVICE_SHOWN);
    finish();
}
END_TEST

/* ---- a row ---- */

static struct str row_form(const struct web_reply *r, int i, const char *hours, const char *act)
{
    const struct str was = hidden(r, "was-hours", 0);

    return str_fmt(h->mem, "scheda=%s&hours=%s&was-hours=%.*s&azione=%s&torna=%%2Fschede", slugs[i], hours, (int)was.n, was.p, act);
}

START_TEST(test_entries__a_row_opens_saves_and_is_undone)
{
    begin();
    const struct web_reply top = get("/schede");
    const char *whole = str_z(h->mem, top.body), *button = strstr(whole, "Confermo tutt");

    ck_assert(button != NULL && button > strstr(whole, "</table>")); /* below the rows: each was on the screen */
    struct web_reply r = get(path("/schede?modifica=%s", 0));

    harness_has(&r, "name=\"hours\"");
    r = post("/schede", row_form(&r, 0, "lun-ven+8-12", "salva").p);
    ck_assert_int_eq(r.code, 303);
    const struct str where = harness_header(h, &r, "Location");

    ck_assert(strstr(str_z(h->mem, where), "esito=salvato&lotto=") != NULL);
    r = get(str_z(h->mem, str_head(where, (size_t)str_index(where, '#'))));
    harness_has(&r, "lun-ven 8:00-12:00");
    harness_has(&r, "Salvato.");
    const struct str batch = hidden(&r, "lotto", 0);

    ck_assert_int_eq(batch.n, 12);
    ck_assert_int_eq(post("/schede/annulla", str_fmt(h->mem, "lotto=%.*s&torna=%%2Fschede", (int)batch.n, batch.p).p).code, 303);
    r = get("/schede");
    harness_has_not(&r, "lun-ven 8:00-12:00");
    finish();
}
END_TEST

START_TEST(test_entries__what_is_refused_comes_back_and_is_kept)
{
    begin();
    struct web_reply r = get(path("/schede?modifica=%s", 0));

    r = post("/schede", row_form(&r, 0, "quando+capita", "salva").p);
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "quando capita");
    harness_has(&r, "is-invalid");
    r = get(path("/schede/%s", 0));
    harness_has(&r, "Riprendi la bozza");
    harness_has(&r, "su 100: che cosa conta</summary>"); /* the ten criteria of its quality */
    r = get(path("/schede/%s?bozza=1", 0));
    harness_has(&r, "quando capita");
    finish();
}
END_TEST

START_TEST(test_entries__only_into_these_pages_a_form_leads_back)
{
    begin();
    struct web_reply r = get(path("/schede?modifica=%s", 0));
    const struct str was = hidden(&r, "was-hours", 0);

    r = post("/schede", str_fmt(h->mem, "scheda=%s&hours=lun+9-10&was-hours=%.*s&torna=https%%3A%%2F%%2Fexample.org", slugs[0], (int)was.n, was.p).p);
    ck_assert_int_eq(r.code, 303);
    ck_assert(str_starts(harness_header(h, &r, "Location"), STR("/schede?")));
    finish();
}
END_TEST

/* ---- confirmation ---- */

START_TEST(test_entries__exactly_what_was_on_the_screen_is_confirmed)
{
    begin();
    const struct web_reply list = get("/schede");
    struct str voices[N_ENTRIES];

    /* one of each row's own form, then all of the last form: the order is that of the names */
    for (int i = 0; i < N_ENTRIES; i++) {
        voices[i] = hidden(&list, "voce", i);
        ck_assert(voices[i].n > 10);
    }
    /* the first row changes after it was shown; the third is not sent */
    struct web_reply r = get(path("/schede?modifica=%s", 2)); /* Doposcuola is first by name */

    ck_assert_int_eq(post("/schede", row_form(&r, 2, "lun-ven+8-12", "salva").p).code, 303);
    r = post("/schede/conferma", str_fmt(h->mem, "voce=%.*s&voce=%.*s&torna=%%2Fschede", (int)voices[0].n, voices[0].p, (int)voices[1].n,
                                         voices[1].p).p);
    ck_assert_int_eq(r.code, 303);
    ck_assert(strstr(str_z(h->mem, harness_header(h, &r, "Location")), "esito=confermate&n=1&lasciate=1") != NULL);
    look(2);
    ck_assert_int_eq(now.confirmed_on, DAY_NONE);
    look(0);
    ck_assert_int_ne(now.confirmed_on, DAY_NONE);
    look(1);
    ck_assert_int_eq(now.confirmed_on, DAY_NONE);
    finish();
}
END_TEST

/* ---- the whole entry ---- */

START_TEST(test_entries__two_editors_are_told)
{
    begin();
    const struct web_reply a = get(path("/schede/%s", 0)), b = get(path("/schede/%s", 0));
    const struct str was_a = hidden(&a, "was-email", 0), was_b = hidden(&b, "was-email", 0), url = hidden(&b, "was-url", 0);

    ck_assert_int_eq(post(path("/schede/%s", 0), str_fmt(h->mem, "azione=salva&email=a%%40example.org&was-email=%.*s", (int)was_a.n, was_a.p).p).code, 303);
    struct web_reply r = post(path("/schede/%s", 0),
                              str_fmt(h->mem, "azione=salva&email=b%%40example.org&was-email=%.*s&url=https%%3A%%2F%%2Fexample.org%%2Fnuovo&was-url=%.*s",
                                      (int)was_b.n, was_b.p, (int)url.n, url.p).p);

    ck_assert_int_eq(r.code, 303);
    ck_assert(strstr(str_z(h->mem, harness_header(h, &r, "Location")), "esito=conflitto") != NULL);
    look(0);
    ck_assert(str_eq_z(now.email, "a@example.org") && str_eq_z(now.url, "https://example.org/nuovo"));
    r = get(path("/schede/%s", 0));
    harness_has(&r, "b@example.org");
    harness_has(&r, "Prendi la loro");
    const struct str choice = hidden(&r, "scelta", 0);

    ck_assert_int_eq(post(path("/schede/%s/altri", 0), str_fmt(h->mem, "scelta=%.*s&azione=prendi", (int)choice.n, choice.p).p).code, 303);
    look(0);
    ck_assert(str_eq_z(now.email, "b@example.org"));
    finish();
}
END_TEST

START_TEST(test_entries__what_may_be_about_a_person_is_asked_and_not_forbidden)
{
    begin();
    struct web_reply r = get(path("/schede/%s", 0));
    const struct str was = hidden(&r, "was-description", 0);
    const struct str form = str_fmt(h->mem, "azione=salva&description=Chiedi+di+Maria+al+333+1234567.&was-description=%.*s", (int)was.n, was.p);

    r = post(path("/schede/%s", 0), form.p);
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "333 1234567");
    harness_has(&r, "name=\"visto\"");
    r = post(path("/schede/%s", 0), str_fmt(h->mem, "%s&visto=1", form.p).p);
    ck_assert_int_eq(r.code, 303);
    look(0);
    ck_assert(str_starts(now.description, STR("Chiedi di Maria")));
    finish();
}
END_TEST

START_TEST(test_entries__a_preview_is_seen_by_its_body_alone)
{
    begin();
    struct web_reply r = get(path("/schede/%s", 0));
    const struct str was = hidden(&r, "was-name", 0);

    r = post(path("/schede/%s", 0), str_fmt(h->mem, "azione=anteprima&name=Nome+mai+visto&was-name=%.*s", (int)was.n, was.p).p);
    ck_assert_int_eq(r.code, 303);
    r = get(path("/schede/%s/anteprima", 0));
    harness_has(&r, "<h1 data-element=\"service-title\">Nome mai visto</h1>");
    const struct web_reply seen = harness_get(h, path("/servizi/%s", 0));

    harness_has_not(&seen, "Nome mai visto");
    ck_assert_int_eq(get(path("/schede/%s/anteprima", N_ENTRIES)).code, 404);
    ck_assert_int_eq(harness_get(h, path("/schede/%s/anteprima", 0)).code, 403);
    finish();
}
END_TEST

START_TEST(test_entries__new_gone_and_back)
{
    begin();
    struct web_reply r = post("/schede/nuova", "azione=salva&name=Nuovo+sportello&was-name=0000000000000000&phones=0125+555+0909&was-phones=0000000000000000");

    ck_assert_int_eq(r.code, 303);
    r = get("/schede");
    harness_has(&r, "Nuovo sportello");
    ck_assert_int_eq(post("/schede/nuova", "azione=salva&name=&was-name=0000000000000000").code, 422);
    ck_assert_int_eq(post(path("/schede/%s", 0), "azione=tolta").code, 303);
    look(0);
    ck_assert_int_eq(now.state, SERVICE_GONE);
    r = get("/schede?filtro=tolte");
    harness_has(&r, "Sportello casa");
    ck_assert_int_eq(post(path("/schede/%s", 0), "azione=torna").code, 303);
    look(0);
    ck_assert_int_eq(now.state, SERVICE_SHOWN);
    finish();
}
END_TEST

/* ---- a key that ends ---- */

static enum status revoke(struct ctx *c, void *arg)
{
    return links_revoke(c, link_id);
}

static enum status issue(struct ctx *c, void *arg)
{
    const struct links_ask ask = {.purpose = LINKS_KEEP, .organisation_id = body_id};
    const enum status st = links_issue(c, &ask, &token);

    token = str_copy(h->mem, token);
    return st;
}

START_TEST(test_entries__a_key_that_ends_loses_nothing)
{
    begin();
    struct web_reply r = get(path("/schede/%s", 0));
    const struct str was = hidden(&r, "was-summary", 0);

    ck_assert_int_eq(harness_write(h, revoke, NULL), ST_OK);
    r = post(path("/schede/%s", 0), str_fmt(h->mem, "azione=salva&summary=Una+frase+scritta+piano.&was-summary=%.*s", (int)was.n, was.p).p);
    ck_assert_int_eq(r.code, 410);
    harness_has(&r, "Una frase scritta piano.");
    look(0);
    ck_assert(!str_eq_z(now.summary, "Una frase scritta piano."));
    ck_assert_int_eq(get("/schede").code, 410);
    /* a new key finds it */
    ck_assert_int_eq(harness_write(h, issue, NULL), ST_OK);
    snprintf(cookie, sizeof cookie, "wecare_key=%.*s", (int)token.n, token.p);
    r = get(path("/schede/%s?bozza=1", 0));
    harness_has(&r, "Una frase scritta piano.");
    finish();
}
END_TEST

/* ---- a list from a sheet ---- */

START_TEST(test_entries__a_list_is_looked_at_then_written_and_undone_together)
{
    begin();
    static const char text[] = "testo=Sportello%09Telefono%09Orario%09Comune%0A"
                               "Sportello+casa%090125+555+0777%09lun-ven+9-12%09Ivrea%0A"
                               "Sportello+anziani%090125+555+0888%09mar+9-12%2C+gio+14-17%09Ivrea%0A"
                               "Sportello+strano%09nessuno%09boh%09Ivrea%0A";
    struct web_reply r = post("/schede/incolla", str_fmt(h->mem, "%s&azione=controlla", text).p);

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "1 nuova");
    harness_has(&r, "1 cambia");
    harness_has(&r, "1 resta nel riquadro");
    look(0);
    const struct str before = catalogue_first_phone(&now);

    ck_assert(!str_eq_z(before, "0125 555 0777"));
    r = post("/schede/incolla", str_fmt(h->mem, "%s&azione=salva", text).p);
    ck_assert_int_eq(r.code, 303);
    const struct str where = harness_header(h, &r, "Location");

    ck_assert(strstr(str_z(h->mem, where), "esito=incollate&n=2&lasciate=1") != NULL);
    r = get(str_z(h->mem, where));
    harness_has(&r, "Sportello strano"); /* it stays in the box, with the names on top */
    harness_has_not(&r, "Sportello anziani\t");
    look(0);
    ck_assert(str_eq_z(catalogue_first_phone(&now), "0125 555 0777"));
    /* the sheet says the comune alone and no need: the street and the needs stay */
    ck_assert(now.n_needs == 2 && now.ats[0].location->n_addresses > 0 && str_eq_z(now.ats[0].location->addresses[0].address_1, "via Roma 1"));
    const struct str batch = hidden(&r, "lotto", 0);

    ck_assert_int_eq(post("/schede/annulla", str_fmt(h->mem, "lotto=%.*s", (int)batch.n, batch.p).p).code, 303);
    look(0);
    ck_assert(!str_eq_z(catalogue_first_phone(&now), "0125 555 0777"));
    r = get("/schede");
    harness_has_not(&r, "Sportello anziani");
    finish();
}
END_TEST

/* `n` rows; every tenth of them has hours that cannot be read. */
static const char *long_list(int n, const char *what)
{
    struct buf b = buf_new(h->mem, (size_t)n * 80 + 100);

    buf_z(&b, "testo=Sportello%09Telefono%09Orario%09Comune%0A");
    for (int i = 0; i < n; i++)
        buf_fmt(&b, "Sportello+numero+%d%%090125+555+%04d%%09%s%%09Ivrea%%0A", i, i, i % 10 == 9 ? "boh" : "lun-ven+9-12");
    buf_fmt(&b, "&azione=%s", what);
    return str_z(h->mem, buf_view(&b));
}

static void says_how_many(const char *words)
{
    const struct web_reply r = get("/schede");

    harness_has(&r, words);
}

/* One paste, one action: looked at, written and undone as one, more rows than the page shows (five thousand of them are pasted in
 * tests/journeys/entries.journey.mjs). */
START_TEST(test_entries__a_long_list_is_one_action)
{
    enum { MANY = 500 };
    begin();
    struct web_reply r = post("/schede/incolla", long_list(MANY, "controlla"));

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "450 nuove");
    harness_has(&r, "50 restano nel riquadro");
    harness_has(&r, "300 righe sono controllate ma non stanno qui sotto");
    harness_has(&r, "Sportello numero 9 "); /* what stays comes first, to the last of it, then some of the others */
    harness_has(&r, "Sportello numero 499 ");
    harness_has_not(&r, "Sportello numero 498 ");
    harness_has(&r, "id=\"salta-2\"");
    r = post("/schede/incolla", long_list(MANY, "salva"));
    ck_assert_int_eq(r.code, 303);
    const struct str where = harness_header(h, &r, "Location");

    ck_assert(strstr(str_z(h->mem, where), "esito=incollate&n=450&lasciate=50") != NULL);
    says_how_many(">453 schede<");
    r = get(str_z(h->mem, where));
    harness_has(&r, "Sportello numero 499\t"); /* the rest is in the box */
    harness_has_not(&r, "Sportello numero 498\t");
    const struct str batch = hidden(&r, "lotto", 0);

    ck_assert_int_eq(post("/schede/annulla", str_fmt(h->mem, "lotto=%.*s", (int)batch.n, batch.p).p).code, 303);
    says_how_many(">3 schede<");
    finish();
}
END_TEST

/* Five times too many: told on the page, with what was pasted. */
START_TEST(test_entries__a_list_that_is_too_long_is_told_kindly)
{
    begin();
    const struct web_reply r = post("/schede/incolla", long_list(5 * SHEET_MOST_ROWS, "controlla"));

    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "L’elenco ha più di 5000 righe. Dividilo e prova con una parte alla volta.");
    harness_has(&r, "Sportello numero 24999\t");
    finish();
}
END_TEST

/* A file beside a box that is not empty: which of the two is meant is asked, and the box stays. */
START_TEST(test_entries__a_file_beside_a_full_box_is_asked_about)
{
    begin();
    static const char body[] = "--XX\r\nContent-Disposition: form-data; name=\"testo\"\r\n\r\nSportello rimasto\r\n"
                               "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.tsv\"\r\n\r\nSportello\tComune\nDal file\tIvrea\r\n"
                               "--XX\r\nContent-Disposition: form-data; name=\"azione\"\r\n\r\ncontrolla\r\n--XX--\r\n";
    const char *const headers[] = {"Content-Type: multipart/form-data; boundary=XX", str_fmt(h->mem, "Cookie: %s", cookie).p, NULL};
    const struct web_ask two = {.method = "POST", .target = "/schede/incolla", .headers = headers, .body = str_of(body)};
    const struct web_reply r = harness_ask(h, &two);

    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "hai scelto anche un file");
    harness_has(&r, "Sportello rimasto");
    harness_has_not(&r, "Dal file");
    finish();
}
END_TEST

/* What is no text, a name of ten kilobytes, marks of HTML: told or shown as text. */
START_TEST(test_entries__hostile_texts_are_told_or_shown_as_text)
{
    begin();
    struct web_reply r = get(path("/schede/%s", 0));
    const struct str was = hidden(&r, "was-name", 0);
    char *name = arena_alloc(h->mem, 10241);

    memset(name, 'a', 10240);
    r = post(path("/schede/%s", 0), str_fmt(h->mem, "azione=salva&name=%s&was-name=%.*s", name, (int)was.n, was.p).p);
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "troppo lungo");
    r = post(path("/schede/%s", 0), str_fmt(h->mem, "azione=salva&name=%%3Cscript%%3Ealert(1)%%3C%%2Fscript%%3E&was-name=%.*s", (int)was.n, was.p).p);
    ck_assert_int_eq(r.code, 303);
    r = get("/schede");
    harness_has_not(&r, "<script>alert(1)");
    harness_has(&r, "&lt;script&gt;alert(1)");
    finish();
}
END_TEST

UNIT_MAIN("entries", test_entries__without_a_key_nobody_comes_in, test_entries__of_another_body_are_not_there,
          test_entries__a_row_opens_saves_and_is_undone, test_entries__what_is_refused_comes_back_and_is_kept,
          test_entries__only_into_these_pages_a_form_leads_back, test_entries__exactly_what_was_on_the_screen_is_confirmed,
          test_entries__two_editors_are_told, test_entries__what_may_be_about_a_person_is_asked_and_not_forbidden,
          test_entries__a_preview_is_seen_by_its_body_alone, test_entries__new_gone_and_back, test_entries__a_key_that_ends_loses_nothing,
          test_entries__a_list_is_looked_at_then_written_and_undone_together, test_entries__a_long_list_is_one_action,
          test_entries__a_list_that_is_too_long_is_told_kindly, test_entries__a_file_beside_a_full_box_is_asked_about,
          test_entries__hostile_texts_are_told_or_shown_as_text)

/* finder_service_test.c - the sheet of a service: what it says, in which order, and what it never
 * says. */
#include "base/date.h"
#include "base/macros.h"
#include "features/catalogue/catalogue.h"
#include "finder_clarity.h"
#include "finder_hours.h"
#include "finder_sheet_testing.h"
#include "finder_testing.h"
#include "tests/support/harness.h"
#include "tests/unit.h"
#include <jansson.h>
#include <string.h>

static struct harness *filled(void)
{
    struct harness *h = harness_new();

    ck_assert_int_eq(harness_write(h, finder_sheet_testing_write, NULL), ST_OK);
    return h;
}

static const char *path_of(struct harness *h, const char *name)
{
    struct finder_sheet_testing_find f = {.name = name, .mem = h->mem};

    ck_assert_int_eq(harness_read(h, finder_sheet_testing_slug, &f), ST_OK);
    return str_fmt(h->mem, "/servizi/%.*s", (int)f.slug.n, f.slug.p).p;
}

static struct web_reply sheet(struct harness *h, const char *name)
{
    const struct web_reply r = harness_get(h, path_of(h, name));

    ck_assert_int_eq(r.code, 200);
    return r;
}

static ptrdiff_t place_of(const struct web_reply *r, const char *text)
{
    const char *at = memmem(r->body.p, r->body.n, text, strlen(text));

    return at == NULL ? -1 : at - r->body.p;
}

/* ---- the national model ---- */

START_TEST(test_sheet__sections_stand_in_the_order_of_the_national_model)
{
    static const char *const order[] = {"A chi è rivolto</h2>",
                                        "data-element=\"service-addressed\"",
                                        "Come fare</h2>",
                                        "data-element=\"service-how-to\"",
                                        "Cosa serve</h2>",
                                        "data-element=\"service-needed\"",
                                        "Cosa si ottiene</h2>",
                                        "data-element=\"service-achieved\"",
                                        "Tempi e scadenze</h2>",
                                        "data-element=\"service-calendar-text\"",
                                        "Accedi al servizio</h2>",
                                        "data-element=\"service-generic-access\"",
                                        "Condizioni di servizio</h2>",
                                        "data-element=\"service-file\"",
                                        "Contatti</h2>",
                                        "data-element=\"service-area\"",
                                        "data-element=\"service-topic\"",
                                        "data-element=\"feedback\""};
    static const char *const names[] = {FOOD, BARE}; /* one tells everything, one nothing */
    struct harness *h = filled();

    for (int k = 0; k < ARRAY_LEN(names); k++) {
        const struct web_reply r = sheet(h, names[k]);
        ptrdiff_t last = 0;

        for (int i = 0; i < ARRAY_LEN(order); i++) {
            const ptrdiff_t at = place_of(&r, order[i]);

            if (k == 1 && strstr(order[i], "service-topic") != NULL)
                continue; /* it answers no need */
            if (at <= last)
                ck_abort_msg("%s: %s stands at %td, after %td", names[k], order[i], at, last);
            last = at;
        }
        harness_has(&r, "data-element=\"service-title\"");
        harness_has(&r, "data-element=\"service-status\"");
        harness_has(&r, "<ul data-element=\"page-index\"><li><a href=\"#chi\">");
    }
    harness_free(h);
}
END_TEST

START_TEST(test_sheet__everything_told_is_shown)
{
    static const char *const texts[] = {"Servizio attivo",
                                        "Gratis",
                                        "href=\"tel:01255550101\"",
                                        "Chiama <span class=\"w-nowrap\">0125 555 0101",
                                        "Via dei Cappuccini 00, Ivrea",
                                        "ingresso senza gradini",
                                        "<ol class=\"w-steps\"><li><p>Chiama o passa all’emporio.",
                                        "Un documento, anche scaduto",
                                        "ISEE fino a 9.360 euro.",
                                        "Da 30 a 80 punti al mese",
                                        "Attesa: 5 giorni.",
                                        "di persona, per telefono",
                                        "distretto di Ivrea-Cuorgnè",
                                        "Pensato per: Povertà",
                                        "italiano, francese, arabo (su appuntamento)",
                                        "mailto:dispensa@example.org",
                                        "href=\"https://example.org/dispensa\"",
                                        "il primo martedì del mese: 18.30–20",
                                        "da Consorzio di prova, per telefono",
                                        "/e-adesso?servizio=emporio",
                                        "/aiuto/scrivi?pagina=%2Fservizi%2Femporio",
                                        "Mi serve cibo o un pacco spesa"};
    struct harness *h = filled();
    const struct web_reply r = sheet(h, FOOD);

    for (int i = 0; i < ARRAY_LEN(texts); i++)
        harness_has(&r, texts[i]);
    harness_has_not(&r, "Dati dimostrativi");
    harness_has_not(&r, "1. Chiama");
    harness_free(h);
}
END_TEST

START_TEST(test_sheet__what_is_not_told_is_said_and_what_to_do)
{
    struct harness *h = filled();
    const struct web_reply r = sheet(h, BARE);

    harness_has(&r, "Nessun telefono indicato.");
    harness_has(&r, "Orario non indicato: telefona");
    harness_has(&r, "Indirizzo non indicato: telefona");
    harness_has(&r, "Nessuno ha ancora confermato questa scheda.");
    harness_has(&r, "Il costo non è scritto.");
    harness_has(&r, "Dati dimostrativi");
    harness_has_not(&r, "class=\"w-hours\"");
    harness_has_not(&r, "href=\"tel:\"");
    harness_free(h);
}
END_TEST

START_TEST(test_sheet__a_service_that_is_gone_says_so_and_is_not_for_search_engines)
{
    struct harness *h = filled();
    const struct web_reply r = sheet(h, GONE);

    harness_has(&r, "Questo servizio non c’è più.");
    harness_has(&r, "name=\"robots\" content=\"noindex\"");
    harness_free(h);
}
END_TEST

/* ---- addresses ---- */

START_TEST(test_sheet__an_old_name_in_the_address_leads_to_the_right_one)
{
    struct harness *h = filled();
    const char *const path = path_of(h, FOOD);
    const char *const letters = strrchr(path, '-');
    const struct web_reply r =
        harness_get(h, str_fmt(h->mem, "/servizi/un-nome-di-prima%s", letters).p);

    ck_assert_int_eq(r.code, 303);
    ck_assert(str_eq_z(harness_header(h, &r, "Location"), path));
    ck_assert_int_eq(harness_get(h, "/servizi/non-esiste-aaaaaa").code, 404);
    ck_assert_int_eq(harness_get(h, "/servizi/x").code, 404);
    harness_free(h);
}
END_TEST

START_TEST(test_sheet__in_english_all_words_of_the_page_are_english)
{
    struct harness *h = filled();
    const struct web_reply r = harness_get(h, str_fmt(h->mem, "/en%s", path_of(h, FOOD)).p);

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Who it is for</h2>");
    harness_has(&r, "Free");
    harness_has(&r, "the first Tuesday of the month: 18:30–20");
    harness_has(&r, "Italian, French, Arabic");
    harness_has_not(&r, "finder.");
    harness_free(h);
}
END_TEST

/* ---- the secret place: in no output ---- */

START_TEST(test_sheet__a_secret_address_is_in_no_page_and_in_no_data)
{
    struct harness *h = filled();

    finder_testing_fill(h);
    static const char *const more[] = {"", "?dove=ivrea-to", "/chiarezza?stelle=3"};
    const char *const path = path_of(h, REFUGE);
    const char *const slug = strrchr(path, '/') + 1;
    const char *const others[] = {str_fmt(h->mem, "/e-adesso?servizio=%s", slug).p,
                                  "/bacheca/torino-to", "/territorio/comune/torino-to",
                                  "/manca/comune/torino-to",
                                  "/dati/cosa-manca.csv?comune=torino-to"};
    struct web_reply r = sheet(h, REFUGE);

    harness_has(&r, "Indirizzo riservato: telefona.");
    harness_has(&r, "Torino");
    harness_has_not(&r, "openstreetmap.org/?mlat");
    harness_has_not(&r, "openstreetmap.org/search");
    harness_has_not(&r, "geo:");
    harness_has_not(&r, "\"geo\"");
    for (int i = 0; i < ARRAY_LEN(more); i++) {
        r = harness_get(h, str_fmt(h->mem, "%s%s", path, more[i]).p);
        ck_assert_int_eq(r.code, 200);
        harness_has_not(&r, "Canarino");
    }
    for (int i = 0; i < ARRAY_LEN(others); i++) {
        r = harness_get(h, others[i]);
        ck_assert_int_eq(r.code, 200);
        harness_has_not(&r, "Canarino");
        harness_has_not(&r, finder_testing_secret);
    }
    r = sheet(h, "Casa rifugio Le Querce");
    harness_has_not(&r, finder_testing_secret);
    harness_has(&r, "data-esci");
    harness_free(h);
}
END_TEST

/* ---- data for search engines ---- */

static json_t *data_of(const struct web_reply *r)
{
    static const char open[] = "<script type=\"application/ld+json\">";
    const char *from = memmem(r->body.p, r->body.n, open, strlen(open));

    ck_assert_ptr_nonnull(from);
    from += strlen(open);
    const char *to = memmem(from, r->body.n - (size_t)(from - r->body.p), "</script>", 9);
    json_error_t why;
    json_t *j = json_loadb(from, (size_t)(to - from), JSON_REJECT_DUPLICATES, &why);

    if (j == NULL)
        ck_abort_msg("the data are no JSON: %s", why.text);
    return j;
}

START_TEST(test_sheet__data_say_what_the_page_says)
{
    struct harness *h = filled();
    const struct web_reply r = sheet(h, FOOD);
    json_t *j = data_of(&r);
    const json_t *channel = json_array_get(json_object_get(j, "availableChannel"), 0);
    const json_t *place = json_object_get(channel, "serviceLocation");

    ck_assert_str_eq(json_string_value(json_object_get(j, "@type")), "Service");
    ck_assert_str_eq(json_string_value(json_object_get(j, "name")), FOOD);
    ck_assert_str_eq(
        json_string_value(json_object_get(json_object_get(channel, "servicePhone"), "telephone")),
        "0125 555 0101");
    ck_assert_str_eq(
        json_string_value(json_object_get(json_object_get(place, "address"), "addressLocality")),
        "Ivrea");
    /* two rules of each week; the one of each first Tuesday would be told wrong */
    ck_assert_int_eq(json_array_size(json_object_get(channel, "hoursAvailable")), 2);
    harness_has_not(&r, "disambiguatingDescription");
    json_decref(j);
    harness_free(h);
}
END_TEST

START_TEST(test_sheet__hostile_names_end_nothing)
{
    struct harness *h = harness_new();

    finder_testing_fill(h);
    const struct web_reply r = sheet(h, "Nome <b>con</b> & \"segni\"");
    json_t *j = data_of(&r);

    ck_assert_str_eq(json_string_value(json_object_get(j, "name")), "Nome <b>con</b> & \"segni\"");
    harness_has_not(&r, "<script>alert(1)");
    harness_has_not(&r, "<b>con</b>");
    harness_has_not(&r, "<i>altri</i>");
    json_decref(j);
    harness_free(h);
}
END_TEST

/* ---- hours ---- */

struct moment {
    struct harness *h;
    const char *name, *at;
    enum lang lang;
    struct finder_hours_view hours;
};

static enum status hours_job(struct ctx *c, void *arg)
{
    struct moment *m = arg;
    struct finder_sheet_testing_find f = {.name = m->name, .mem = m->h->mem};
    struct service s;
    enum status st = finder_sheet_testing_slug(c, &f);

    if (st == ST_OK)
        st = catalogue_service_by_slug(c, f.slug, &s);
    if (st != ST_OK)
        return st;
    const struct str day = str_head(str_of(m->at), 10);
    int64_t hour = 0, minute = 0;

    ck_assert(str_to_int(str_head(str_from(str_of(m->at), 11), 2), &hour));
    ck_assert(str_to_int(str_head(str_from(str_of(m->at), 14), 2), &minute));
    c->mem = m->h->mem;
    c->lang = m->lang;
    c->today = day_parse(day);
    c->now_ms = hours_instant(c->today, (int)(hour * 60 + minute), false);
    m->hours = finder_hours(c, &s, s.n_ats > 0 ? &s.ats[0] : NULL);
    return ST_OK;
}

START_TEST(test_sheet__the_state_of_the_moment_in_words)
{
    static const struct {
        const char *name, *at, *it, *en;
    } cases[] = {
        {FOOD, "2026-11-16 09:00", "Aperto ora, fino alle 12", "Open now, until 12"},
        {FOOD, "2026-11-16 12:00", "Chiuso ora. Apre domani alle 14",
         "Closed now. Opens tomorrow at 14"},
        {FOOD, "2026-11-16 08:59", "Chiuso ora. Apre oggi alle 9", "Closed now. Opens today at 9"},
        {FOOD, "2026-11-21 12:30", "Chiuso ora. Apre lunedì alle 9",
         "Closed now. Opens Monday at 9"},
        {FOOD, "2026-12-01 18:15", "Chiuso ora. Apre oggi alle 18.30",
         "Closed now. Opens today at 18:30"},
        /* 7 December is a Monday, 8 December a holiday */
        {FOOD, "2026-12-07 13:00", "Chiuso ora. Apre mercoledì alle 9",
         "Closed now. Opens Wednesday at 9"},
        {NIGHT, "2026-11-16 23:00", "Aperto ora. Chiude domani alle 8",
         "Open now. Closes tomorrow at 8"},
        {NIGHT, "2026-11-17 07:00", "Aperto ora, fino alle 8", "Open now, until 8"},
        /* the night the clock goes back */
        {NIGHT, "2026-10-24 22:00", "Aperto ora. Chiude domani alle 8",
         "Open now. Closes tomorrow at 8"},
        {BARE, "2026-11-16 09:00", "Orario non indicato: telefona", "Hours not given: call"},
    };
    struct harness *h = filled();

    for (int i = 0; i < ARRAY_LEN(cases); i++)
        for (enum lang lang = LANG_IT; lang <= LANG_EN; lang++) {
            struct moment m = {.h = h, .name = cases[i].name, .at = cases[i].at, .lang = lang};
            const char *const wanted = lang == LANG_IT ? cases[i].it : cases[i].en;

            ck_assert_int_eq(harness_read(h, hours_job, &m), ST_OK);
            if (!str_eq_z(m.hours.state, wanted))
                ck_abort_msg("%s at %s: %.*s, not %s", cases[i].name, cases[i].at,
                             (int)m.hours.state.n, m.hours.state.p, wanted);
        }
    harness_free(h);
}
END_TEST

START_TEST(test_sheet__the_week_has_today_marked_and_says_what_is_not_usual)
{
    struct harness *h = filled();
    struct moment m = {.h = h, .name = FOOD, .at = "2026-12-02 10:00"}; /* a Wednesday */

    ck_assert_int_eq(harness_read(h, hours_job, &m), ST_OK);
    ck_assert_int_eq(m.hours.n_rows, 7);
    for (int i = 0; i < 7; i++)
        ck_assert_int_eq(m.hours.rows[i].is_today, i == 2);
    ck_assert(str_eq_z(m.hours.rows[0].hours, "9–12"));
    ck_assert(str_eq_z(m.hours.rows[0].note, ""));
    ck_assert(str_eq_z(m.hours.rows[1].hours, "chiuso")); /* 8 December */
    ck_assert(str_eq_z(m.hours.rows[1].note, "8 dicembre, festa"));
    ck_assert(str_eq_z(m.hours.rows[6].hours, "chiuso"));
    m.at = "2026-11-30 10:00"; /* the day before the first Tuesday */
    ck_assert_int_eq(harness_read(h, hours_job, &m), ST_OK);
    ck_assert(str_eq_z(m.hours.rows[1].hours, "14–18, 18.30–20"));
    ck_assert(str_eq_z(m.hours.rows[1].note, "solo il 1 dicembre"));
    m.name = NIGHT;
    ck_assert_int_eq(harness_read(h, hours_job, &m), ST_OK);
    ck_assert(str_eq_z(m.hours.rows[6].hours, "20–8"));
    harness_free(h);
}
END_TEST

/* ---- not for me ---- */

START_TEST(test_sheet__asked_from_a_comune_it_does_not_serve_it_says_so_and_shows_others)
{
    struct harness *h = filled();
    struct web_reply r = harness_get(h, str_fmt(h->mem, "%s?dove=cuneo-cn", path_of(h, FOOD)).p);

    harness_has(&r, "Questo servizio non è per chi abita a Cuneo.");
    harness_has(&r, "Per chi abita a Cuneo</h2>");
    harness_has(&r, NEAR_FOOD);
    r = harness_get(h, str_fmt(h->mem, "%s?dove=banchette-to", path_of(h, FOOD)).p);
    harness_has_not(&r, "non è per chi abita"); /* no source says its district */
    r = harness_get(h, str_fmt(h->mem, "%s?dove=ivrea-to", path_of(h, FOOD)).p);
    harness_has_not(&r, "non è per chi abita");
    r = harness_get(h, str_fmt(h->mem, "%s?dove=atlantide", path_of(h, FOOD)).p);
    ck_assert_int_eq(r.code, 200);
    harness_has_not(&r, "non è per chi abita");
    harness_free(h);
}
END_TEST

/* ---- from the territory to the sheet ---- */

START_TEST(test_sheet__organisations_and_comuni_list_their_services)
{
    struct harness *h = filled();
    struct web_reply r = sheet(h, FOOD);
    const char *const link = memmem(r.body.p, r.body.n, "href=\"/enti/", 12);

    ck_assert_ptr_nonnull(link);
    struct str path = {link + 6, r.body.n - (size_t)(link + 6 - r.body.p)};

    path = str_cut(&path, '"');
    r = harness_get(h, str_fmt(h->mem, "%.*s", (int)path.n, path.p).p);
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Emporio di comunità di prova</h1>");
    harness_has(&r, FOOD);
    harness_has(&r, NIGHT);
    harness_has(&r, "href=\"tel:01255550101\"");
    harness_has_not(&r, "Canarino");
    ck_assert_int_eq(harness_get(h, "/enti/nessuno-aaaaaa").code, 404);
    r = harness_get(h, "/territorio/comune/ivrea-to");
    harness_has(&r, "Servizi per chi abita a Ivrea</h2>");
    harness_has(&r, "href=\"/trova?dove=ivrea-to\"");
    harness_has(&r, "href=\"/bacheca/ivrea-to\"");
    harness_has(&r, "href=\"/manca/comune/ivrea-to\"");
    harness_has(&r, FOOD);
    harness_free(h);
}
END_TEST

/* ---- how clear is it ---- */

static enum status rows_job(struct ctx *c, void *arg)
{
    struct finder_clarity_row *rows, *out = arg;
    int n = 0;
    const enum status st = finder_clarity_rows(c, &rows, &n);

    out->n = 0;
    if (st == ST_OK && n > 0)
        *out = rows[0];
    return st;
}

START_TEST(test_clarity__stars_lead_to_the_question_that_follows)
{
    struct harness *h = filled();
    const char *const path = path_of(h, FOOD);
    struct web_reply r = sheet(h, FOOD);

    harness_has(&r, "Quanto sono chiare le informazioni su questa pagina?");
    harness_has(&r, "data-element=\"feedback-rate-5\"");
    harness_has_not(&r, "form_token"); /* the page may be kept for everybody */
    r = harness_get(h, str_fmt(h->mem, "%s/chiarezza?stelle=4", path).p);
    harness_has(&r, "Quali sono stati gli aspetti che hai preferito?");
    harness_has(&r, "Le indicazioni erano chiare");
    r = harness_get(h, str_fmt(h->mem, "%s/chiarezza?stelle=3", path).p);
    harness_has(&r, "Dove hai incontrato le maggiori difficoltà?");
    harness_has(&r, "data-element=\"feedback-input-text\"");
    harness_free(h);
}
END_TEST

START_TEST(test_clarity__an_answer_is_counted_and_nobody_is_kept)
{
    struct harness *h = filled();
    const char *const post = str_fmt(h->mem, "%s/chiarezza", path_of(h, FOOD)).p;
    struct finder_clarity_row row;
    struct web_reply r = harness_post(h, post, "stelle=2&aspetto=3&altro=");

    ck_assert_int_eq(r.code, 303);
    ck_assert_int_eq(harness_post(h, post, "stelle=5&aspetto=1&altro=").code, 303);
    ck_assert_int_eq(harness_read(h, rows_job, &row), ST_OK);
    ck_assert_int_eq(row.n, 2);
    ck_assert_int_eq(row.stars_total, 7);
    ck_assert_int_eq(row.n_hard[3], 1);
    ck_assert_int_eq(row.n_liked[1], 1);
    r = harness_post(h, post, "stelle=1&altro=Manca+il+numero+del+sabato");
    ck_assert_int_eq(r.code, 303);
    const struct str to = harness_header(h, &r, "Location");

    r = harness_get(h, str_fmt(h->mem, "%.*s", (int)to.n, to.p).p);
    harness_has(&r, "Grazie");
    harness_has(&r, "/aiuto/scrivi/");
    harness_free(h);
}
END_TEST

START_TEST(test_clarity__a_wrong_form_comes_back_with_what_was_written)
{
    struct harness *h = filled();
    const char *const post = str_fmt(h->mem, "%s/chiarezza", path_of(h, FOOD)).p;
    struct finder_clarity_row row;
    struct web_reply r = harness_post(h, post, "stelle=9&altro=ecco");

    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "Manca il voto.");
    harness_has(&r, "ecco</textarea>");
    char long_form[400] = "stelle=3&altro=";

    memset(long_form + 15, 'a', 201);
    long_form[216] = '\0';
    r = harness_post(h, post, long_form);
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "Il testo è troppo lungo.");
    ck_assert_int_eq(harness_read(h, rows_job, &row), ST_OK);
    ck_assert_int_eq(row.n, 0);
    harness_free(h);
}
END_TEST

static enum status twice_job(struct ctx *c, void *arg)
{
    const struct finder_clarity_form f = {
        .service_uuid = STR("u"), .stars = 3, .nonce = STR("0123456789abcdef0123456789abcdef")};
    struct str code;
    const enum status st = finder_clarity_send(c, &f, &code);

    return st == ST_OK ? finder_clarity_send(c, &f, &code) : st;
}

START_TEST(test_clarity__the_same_form_counts_once)
{
    struct harness *h = harness_new();
    struct finder_clarity_row row;

    ck_assert_int_eq(harness_write(h, twice_job, NULL), ST_OK);
    ck_assert_int_eq(harness_read(h, rows_job, &row), ST_OK);
    ck_assert_int_eq(row.n, 1);
    harness_free(h);
}
END_TEST

UNIT_MAIN("finder_service", test_sheet__sections_stand_in_the_order_of_the_national_model,
          test_sheet__everything_told_is_shown, test_sheet__what_is_not_told_is_said_and_what_to_do,
          test_sheet__a_service_that_is_gone_says_so_and_is_not_for_search_engines,
          test_sheet__an_old_name_in_the_address_leads_to_the_right_one,
          test_sheet__in_english_all_words_of_the_page_are_english,
          test_sheet__a_secret_address_is_in_no_page_and_in_no_data,
          test_sheet__data_say_what_the_page_says, test_sheet__hostile_names_end_nothing,
          test_sheet__the_state_of_the_moment_in_words,
          test_sheet__the_week_has_today_marked_and_says_what_is_not_usual,
          test_sheet__asked_from_a_comune_it_does_not_serve_it_says_so_and_shows_others,
          test_sheet__organisations_and_comuni_list_their_services,
          test_clarity__stars_lead_to_the_question_that_follows,
          test_clarity__an_answer_is_counted_and_nobody_is_kept,
          test_clarity__a_wrong_form_comes_back_with_what_was_written,
          test_clarity__the_same_form_counts_once)

/* programme_test.c - the projects as people and programs get them, on the engine under test. */
#include "base/macros.h"
#include "features/programme/programme.h"
#include "features/programme/programme_store.h"
#include "features/programme/programme_view.h"
#include "programme_sql.h"
#include "tests/support/harness.h"
#include "tests/unit.h"
#include <jansson.h>
#include <string.h>

static int n_of(const struct web_reply *r, const char *text)
{
    int n = 0;

    for (struct str rest = r->body; rest.n > 0;) {
        const char *at = memmem(rest.p, rest.n, text, strlen(text));

        if (at == NULL)
            break;
        n++;
        rest = str_from(rest, (size_t)(at - rest.p) + 1);
    }
    return n;
}

/* ---- the list ---- */

START_TEST(test_programme__list_has_22_projects_and_says_how_old_they_are)
{
    struct harness *h = harness_new();
    const struct web_reply r = harness_get(h, "/progetti");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "22 progetti");
    ck_assert_int_eq(n_of(&r, "<tr><th scope=\"row\">"), 22);
    harness_has(&r, "rilevazione di giugno 2020");
    harness_has(&r, "IRES Piemonte");
    harness_has(&r, "href=\"/progetti/cuorgne\"");
    harness_has(&r, "643.111");
    harness_has_not(&r, "Togli i filtri");
    harness_free(h);
}
END_TEST

START_TEST(test_programme__filters_count_and_keep_their_address)
{
    static const struct {
        const char *target, *heading;
    } cases[] = {
        {"/progetti?tipo=job-inclusion", "13 progetti su 22"}, /* table 1.4 */
        {"/progetti?tipo=minors-families", "7 progetti su 22"},
        {"/progetti?grandezza=small", "6 progetti su 22"},
        {"/progetti?distretto=21", "1 progetto su 22"},
        {"/progetti?testo=monviso", "1 progetto su 22"},
        {"/progetti?testo=MONVIS+neWs", "1 progetto su 22"},
        {"/progetti?tipo=housing&grandezza=large", "1 progetto su 22"},
        {"/progetti?distretto=99", "0 progetti su 22"},
        {"/progetti?tipo=x", "0 progetti su 22"},
        {"/progetti?distretto=abc", "22 progetti"},
    };
    struct harness *h = harness_new();

    for (int i = 0; i < ARRAY_LEN(cases); i++) {
        const struct web_reply r = harness_get(h, cases[i].target);

        ck_assert_int_eq(r.code, 200);
        harness_has(&r, cases[i].heading);
    }
    struct web_reply r = harness_get(h, "/progetti?tipo=job-inclusion&testo=a");

    harness_has(&r, "/dati/progetti.csv?tipo=job-inclusion&amp;testo=a");
    harness_has(&r, "<option value=\"job-inclusion\" selected>Inserimento al lavoro (13)");
    r = harness_get(h, "/progetti?testo=zzz");
    harness_has(&r, "Nessun progetto corrisponde");
    harness_free(h);
}
END_TEST

/* ---- one project ---- */

START_TEST(test_programme__targets_carry_qualifier_unit_and_source)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_get(h, "/progetti/biella");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Obiettivi dichiarati");
    harness_has(&r, "circa 100 persone");
    harness_has(&r, "almeno 700 donazioni");
    harness_has(&r, "70 famiglie");
    harness_has(&r, "almeno 700 donazioni</q>");
    harness_has(&r, "Capitolo: WELFARE COMUNITARIO");
    r = harness_get(h, "/progetti/alessandria");
    harness_has(&r, "da 10 a 15 persone");
    r = harness_get(h, "/en/progetti/biella");
    harness_has(&r, "at least 700 donations");
    harness_has(&r, "Declared targets");
    harness_free(h);
}
END_TEST

/* A number that describes the project is no target: four tables, in this order. */
START_TEST(test_programme__design_status_and_context_stand_apart)
{
    struct harness *h = harness_new();
    const struct web_reply r = harness_get(h, "/progetti/biella");
    const char *const marks[] = {"id=\"n-target\"",  "Volontari formati",
                                 "id=\"n-design\"",  "Linee di azione",
                                 "id=\"n-status\"",  "Potenziali Punti.com censiti",
                                 "id=\"n-context\"", "Enti gestori coinvolti"};
    struct str rest = r.body;

    for (int i = 0; i < ARRAY_LEN(marks); i++) {
        const char *at = memmem(rest.p, rest.n, marks[i], strlen(marks[i]));

        ck_assert_msg(at != NULL, "%s is not there, or not in its place", marks[i]);
        rest = str_from(rest, (size_t)(at - rest.p));
    }
    harness_free(h);
}
END_TEST

START_TEST(test_programme__a_project_without_targets_says_so)
{
    static const char *const four[] = {"mondovi", "rivoli", "cuorgne", "moncalieri"};
    struct harness *h = harness_new();

    for (int i = 0; i < ARRAY_LEN(four); i++) {
        const struct web_reply r = harness_get(h, str_fmt(h->mem, "/progetti/%s", four[i]).p);

        ck_assert_int_eq(r.code, 200);
        harness_has(&r, "non dichiara obiettivi in numeri");
        harness_has_not(&r, "id=\"n-target\"");
    }
    harness_free(h);
}
END_TEST

START_TEST(test_programme__initiatives_ask_whether_they_are_still_there)
{
    struct harness *h = harness_new();
    const struct web_reply r = harness_get(h, "/progetti/cuorgne");

    harness_has(&r, "Last minute market");
    harness_has(&r, "segnalata nel 2018: c’è ancora?");
    ck_assert_int_eq(n_of(&r, "c’è ancora?</li>"), 30);
    harness_free(h);
}
END_TEST

START_TEST(test_programme__other_spellings_lead_to_the_right_address)
{
    struct harness *h = harness_new();
    const struct web_reply r = harness_get(h, "/progetti/Cuorgn%C3%A8");

    ck_assert_int_eq(r.code, 303);
    ck_assert(str_eq_z(harness_header(h, &r, "Location"), "/progetti/cuorgne"));
    ck_assert_int_eq(harness_get(h, "/progetti/nessuno").code, 404);
    ck_assert_int_eq(harness_get(h, "/progetti/P01%27%20OR%201=1").code, 404);
    harness_free(h);
}
END_TEST

/* ---- files ---- */

START_TEST(test_programme__files_have_every_row_and_its_source)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_get(h, "/dati/progetti.csv");

    ck_assert_int_eq(r.code, 200);
    ck_assert(str_starts(harness_header(h, &r, "Content-Type"), STR("text/csv")));
    ck_assert_int_eq(n_of(&r, "\r\n"), 23);
    ck_assert_int_eq(n_of(&r, "\"IRES Piemonte 2020\"\r\n"), 22);
    r = harness_get(h, "/dati/progetti.csv?grandezza=small");
    ck_assert_int_eq(n_of(&r, "\r\n"), 7);
    r = harness_get(h, "/dati/obiettivi.csv");
    ck_assert_int_eq(n_of(&r, "\r\n"), 172);
    harness_has(&r, "\"range\",10,15,");
    harness_has(&r, "\"exact\",2,\"\",");
    r = harness_get(h, "/dati/obiettivi.csv?progetto=P01");
    ck_assert_int_eq(n_of(&r, "\r\n"), 10);
    harness_free(h);
}
END_TEST

START_TEST(test_programme__programs_get_the_same_list)
{
    struct harness *h = harness_new();
    const struct web_reply r = harness_get(h, "/api/v1/projects?tipo=job-inclusion");
    json_t *got = json_loadb(r.body.p, r.body.n, JSON_REJECT_DUPLICATES, NULL);

    ck_assert_ptr_nonnull(got);
    ck_assert_int_eq(json_integer_value(json_object_get(got, "count")), 13);
    const json_t *first = json_array_get(json_object_get(got, "items"), 0);

    ck_assert_str_eq(json_string_value(json_object_get(first, "code")), "P01");
    ck_assert_int_eq((int)json_array_size(json_object_get(first, "bodies")), 10);
    ck_assert_int_eq((int)json_array_size(json_object_get(first, "districts")), 5);
    json_decref(got);
    harness_free(h);
}
END_TEST

/* ---- loading, words, hostile values ---- */

static enum status count_all(struct ctx *c, void *arg)
{
    int *n = arg;
    struct programme_project *projects;
    struct programme_target *targets;
    struct programme_initiative *initiatives;
    enum status st =
        programme_projects(c, &(struct programme_filter){.district_no = 0}, &projects, &n[0]);

    if (st == ST_OK)
        st = programme_targets(c, STR(""), &targets, &n[1]);
    if (st == ST_OK)
        st = programme_initiatives_of_body(c, STR("MB32"), &initiatives, &n[2]);
    n[3] = (int)projects[0].project_id;
    return st;
}

static enum status load_again(struct ctx *c, void *arg)
{
    (void)arg;
    return programme_load_reference(c);
}

START_TEST(test_programme__loading_twice_is_loading_once)
{
    struct harness *h = harness_new();
    int once[4] = {0}, twice[4] = {0};

    ck_assert_int_eq(harness_read(h, count_all, once), ST_OK);
    ck_assert_int_eq(harness_write(h, load_again, NULL), ST_OK);
    ck_assert_int_eq(harness_read(h, count_all, twice), ST_OK);
    ck_assert_int_eq(once[0], 22);
    ck_assert_int_eq(once[1], 171);
    ck_assert_int_eq(once[2], 9);
    ck_assert_int_eq(memcmp(once, twice, sizeof once), 0);
    harness_free(h);
}
END_TEST

static void has_words(struct ctx *c, const char *group, struct str code)
{
    const struct str key = str_fmt(c->mem, "programme.%s%.*s", group, (int)code.n, code.p);

    for (int lang = 0; lang < LANG_COUNT; lang++)
        ck_assert_msg(text_has(lang, key.p), "no words for %s", key.p);
}

static enum status check_words(struct ctx *c, void *arg)
{
    struct programme_target *t;
    struct programme_project *p;
    struct programme_phase *phases;
    int n = 0;

    (void)arg;
    ck_assert_int_eq(programme_targets(c, STR(""), &t, &n), ST_OK);
    for (int i = 0; i < n; i++) {
        has_words(c, "unit-", t[i].unit);
        has_words(c, "amount-", t[i].qualifier);
        has_words(c, "numbers-", t[i].kind);
        if (t[i].people.n > 0)
            has_words(c, "people-", t[i].people);
        if (t[i].note.n > 0)
            has_words(c, "note-", t[i].code);
    }
    ck_assert_int_eq(programme_projects(c, &(struct programme_filter){.district_no = 0}, &p, &n),
                     ST_OK);
    for (int i = 0; i < n; i++) {
        struct programme_initiative *list;
        int n_list = 0;

        has_words(c, "size-", p[i].size_class);
        for (int k = 0; k < p[i].n_kinds; k++)
            has_words(c, "kind-", p[i].kinds[k]);
        ck_assert_int_eq(programme_initiatives_of_project(c, p[i].code, &list, &n_list), ST_OK);
        for (int k = 0; k < n_list; k++)
            has_words(c, "initiative-", list[k].kind);
    }
    ck_assert_int_eq(programme_phases(c, &phases, &n), ST_OK);
    ck_assert_int_eq(n, 5);
    for (int i = 0; i < n; i++)
        has_words(c, "phase-", str_fmt(c->mem, "%d", (int)phases[i].phase_no));
    return ST_OK;
}

START_TEST(test_programme__every_value_of_the_tables_has_words)
{
    struct harness *h = harness_new();

    ck_assert_int_eq(harness_read(h, check_words, NULL), ST_OK);
    harness_free(h);
}
END_TEST

static enum status put_hostile(struct ctx *c, void *arg)
{
    const struct programme_project_put_in in = {.code = STR("P99"),
                                                .slug = STR("hostile"),
                                                .lead_name = STR("=cmd|' /C calc'!A0"),
                                                .title = STR("<script>alert(1)</script>"),
                                                .folded = STR("script"),
                                                .population = 1,
                                                .area_name = STR("\" onclick=\"x"),
                                                .size_class = STR("small"),
                                                .surveyed = STR("2020-06")};

    (void)arg;
    return programme_sql_project_put(c, &in, NULL);
}

START_TEST(test_programme__hostile_names_stay_text)
{
    static const char *const targets[] = {"/progetti", "/progetti/hostile",
                                          "/progetti?testo=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
                                          "/progetti?x=%22%3E%3Cscript%3Ealert(1)&tipo=housing"};
    struct harness *h = harness_new();

    ck_assert_int_eq(harness_write(h, put_hostile, NULL), ST_OK);
    for (int i = 0; i < ARRAY_LEN(targets); i++) {
        const struct web_reply r = harness_get(h, targets[i]);

        ck_assert_int_eq(r.code, 200);
        harness_has_not(&r, "<script>alert");
        harness_has_not(&r, "\" onclick=\"x");
    }
    struct web_reply r = harness_get(h, "/progetti/hostile");

    harness_has(&r, "&lt;script&gt;alert(1)&lt;/script&gt;");
    r = harness_get(h, "/dati/progetti.csv");
    harness_has(&r, "\"'=cmd|' /C calc'!A0\"");
    harness_free(h);
}
END_TEST

UNIT_MAIN("programme", test_programme__list_has_22_projects_and_says_how_old_they_are,
          test_programme__filters_count_and_keep_their_address,
          test_programme__targets_carry_qualifier_unit_and_source,
          test_programme__design_status_and_context_stand_apart,
          test_programme__a_project_without_targets_says_so,
          test_programme__initiatives_ask_whether_they_are_still_there,
          test_programme__other_spellings_lead_to_the_right_address,
          test_programme__files_have_every_row_and_its_source,
          test_programme__programs_get_the_same_list, test_programme__loading_twice_is_loading_once,
          test_programme__every_value_of_the_tables_has_words,
          test_programme__hostile_names_stay_text)

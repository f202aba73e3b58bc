/* entitled_api_test.c - the measures and what a household is due, as programs get them. */
#include "features/entitled/entitled.h"
#include "tests/support/harness.h"
#include "tests/unit.h"
#include <jansson.h>
#include <string.h>

/* T-ADI-1 of the field. */
#define FAMILY                                                                                                                        \
    "{\"isee_pfi\":\"4000\",\"reddito_familiare\":\"1200.00\",\"in_affitto\":true,\"affitto_annuo\":5000,\"residenza_anni\":5,"         \
    "\"residenza_continua_anni\":2,\"immobili_senza_casa\":0,\"casa_valore_imu\":0,\"patrimonio_mobiliare\":500,\"dimissioni_volontarie\":false,\"riceve_adi\":false,\"componenti\":["    \
    "{\"eta\":40,\"disabile\":false,\"non_autosufficiente\":false,\"disabile_grave\":false,\"svantaggio_certificato\":false},"                                       \
    "{\"eta\":38,\"carichi_di_cura\":true,\"disabile\":false,\"non_autosufficiente\":false,\"disabile_grave\":false},"                    \
    "{\"eta\":8,\"disabile\":false,\"non_autosufficiente\":false,\"disabile_grave\":false},"                                           \
    "{\"eta\":5,\"disabile\":false,\"non_autosufficiente\":false,\"disabile_grave\":false}]}"
/* E1 of the field. */
#define ALONE                                                                                                                           \
    "{\"in_affitto\":true,\"affitto_annuo\":\"4800\",\"depositi\":3000,\"titoli_stato\":0,\"casa_valore_imu\":0,\"mutuo_residuo\":0,"    \
    "\"altri_immobili\":0,\"entrambi_i_genitori_lavorano\":false,\"genitore_solo_non_lavora\":false,\"componenti\":[{\"eta\":40,"         \
    "\"reddito_dipendente\":14000,\"reddito_pensione\":0,\"altri_redditi\":0,\"mantenimento_versato\":0,\"disabile\":false,"            \
    "\"non_autosufficiente\":false,\"figlio_convivente\":false}]}"

static struct web_reply send(struct harness *h, const char *target, const char *body)
{
    static const char *const headers[] = {"Content-Type: application/json", NULL};
    const struct web_ask ask = {.method = "POST", .target = target, .headers = headers, .body = str_of(body), .without_token = true};

    return harness_ask(h, &ask);
}

static json_t *json_of(const struct web_reply *r)
{
    json_error_t e;
    json_t *const j = json_loadb(r->body.p, r->body.n, JSON_REJECT_DUPLICATES, &e);

    ck_assert_msg(j != NULL, "%s: %.*s", e.text, (int)r->body.n, r->body.p);
    return j;
}

static json_t *by_code(json_t *list, const char *code)
{
    json_t *x;
    size_t i;

    json_array_foreach (list, i, x)
        if (strcmp(json_string_value(json_object_get(x, "code")), code) == 0)
            return x;
    ck_abort_msg("there is no %s", code);
}

static const char *text(const json_t *j, const char *key)
{
    const char *const z = json_string_value(json_object_get(j, key));

    ck_assert_msg(z != NULL, "%s is no text", key);
    return z;
}

static int64_t cents(const json_t *due, const char *amount)
{
    json_t *x;
    size_t i;

    json_array_foreach (json_object_get(due, "amounts"), i, x)
        if (strcmp(text(x, "name"), amount) == 0)
            return json_integer_value(json_object_get(x, "cents"));
    ck_abort_msg("there is no amount %s", amount);
}

START_TEST(test_api__measures_say_source_and_facts)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_get(h, "/api/rules/1/measures");
    json_t *j = json_of(&r), *const adi = by_code(json_object_get(j, "items"), "ADI");

    ck_assert_int_eq(r.code, 200);
    ck_assert(json_is_true(json_object_get(j, "is_simulation")));
    ck_assert_str_eq(text(adi, "name"), "Assegno di inclusione");
    ck_assert_ptr_nonnull(strstr(text(adi, "source"), "D.L. 4 maggio 2023 n. 48"));
    ck_assert_str_eq(text(adi, "reliability"), "V2");
    ck_assert(json_is_false(json_object_get(adi, "is_indicator")) && json_array_size(json_object_get(adi, "asks")) > 8);
    ck_assert(json_is_true(json_object_get(by_code(json_object_get(j, "items"), "ISEE_ORD"), "is_indicator")));
    json_decref(j);
    r = harness_get(h, "/api/rules/1/measures?day=domani");
    ck_assert_int_eq(r.code, 400);
    ck_assert(str_starts(harness_header(h, &r, "Content-Type"), STR("application/problem+json")));
    ck_assert_int_eq(harness_get(h, "/api/rules/1/measures?giorno=2026-01-01").code, 400);
    ck_assert_int_eq(harness_get(h, "/api/rules/1/status").code, 200);
    harness_free(h);
}
END_TEST

START_TEST(test_api__rules_are_those_of_the_day)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_get(h, "/api/rules/1/measures?day=2012-01-01");
    json_t *j = json_of(&r), *x;
    size_t i;

    json_array_foreach (json_object_get(j, "items"), i, x)
        ck_assert_str_ne(text(x, "code"), "ADI");
    ck_assert_str_eq(text(j, "day"), "2012-01-01");
    json_decref(j);
    harness_free(h);
}
END_TEST

START_TEST(test_api__a_household_is_told_what_is_due_to_the_cent)
{
    struct harness *h = harness_new();
    struct web_reply r = send(h, "/api/rules/1/ask", FAMILY);
    json_t *j = json_of(&r);
    const json_t *const adi = by_code(json_object_get(j, "measures"), "ADI");

    ck_assert_int_eq(r.code, 200);
    ck_assert(json_is_true(json_object_get(j, "is_simulation")));
    ck_assert_str_ne(text(adi, "verdict"), "no");
    ck_assert_str_ne(text(adi, "verdict"), "to-check");
    ck_assert_int_eq(cents(adi, "quota A, integrazione del reddito"), 82083);
    ck_assert_int_eq(cents(adi, "quota B, affitto"), 30333);
    ck_assert_int_eq(cents(adi, "in tutto"), 112417);
    ck_assert(json_array_size(json_object_get(adi, "steps")) > 8);
    ck_assert(str_eq_z(harness_header(h, &r, "Cache-Control"), "no-store"));
    json_decref(j);
    harness_free(h);
}
END_TEST

START_TEST(test_api__an_isee_is_an_estimate_with_its_steps)
{
    struct harness *h = harness_new();
    struct web_reply r = send(h, "/api/rules/1/isee", ALONE);
    json_t *j = json_of(&r);
    const json_t *const isee = by_code(json_object_get(j, "indicators"), "ISEE_ORD");
    const json_t *const amount = json_array_get(json_object_get(isee, "amounts"), 0);

    ck_assert_int_eq(r.code, 200);
    ck_assert_int_eq(json_integer_value(json_object_get(amount, "cents")), 640000);
    ck_assert_ptr_nonnull(strstr(text(isee, "name"), "stima"));
    ck_assert(json_is_true(json_object_get(j, "is_simulation")) && json_array_size(json_object_get(isee, "steps")) > 5);
    ck_assert_ptr_null(json_object_get(j, "measures"));
    json_decref(j);
    harness_free(h);
}
END_TEST

START_TEST(test_api__what_cannot_be_read_is_a_problem)
{
    static const char *const bodies[] = {"", "{", "[]", "{\"componenti\":[]}", "{\"componenti\":[{\"eta\":\"x\"}]}", "{\"mai\":1,\"componenti\":[{}]}",
                                         "{\"isee_ord\":1,\"isee_ord\":2,\"componenti\":[{}]}", "{\"isee_ord\":\"99999999999999999999\",\"componenti\":[{}]}"};
    struct harness *h = harness_new();

    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct web_reply r = send(h, "/api/rules/1/ask", bodies[i]);
        json_t *j = json_of(&r);

        ck_assert_msg(r.code == 400, "%s answers %d", bodies[i], r.code);
        ck_assert_int_eq(json_integer_value(json_object_get(j, "status")), 400);
        json_decref(j);
    }
    ck_assert_int_eq(send(h, "/api/rules/1/ask?day=x", FAMILY).code, 400);
    harness_free(h);
}
END_TEST

/* Nothing said: nothing is sure, and every answer that waits says for what. */
START_TEST(test_api__nothing_known_is_never_a_bare_answer)
{
    struct harness *h = harness_new();
    struct web_reply r = send(h, "/api/rules/1/ask", "{\"componenti\":[{}]}");
    json_t *j = json_of(&r), *x;
    size_t i;

    json_array_foreach (json_object_get(j, "measures"), i, x) {
        ck_assert_str_ne(text(x, "verdict"), "sure");
        if (strcmp(text(x, "verdict"), "to-check") == 0 && json_is_false(json_object_get(x, "is_unconfirmed")))
            ck_assert_msg(json_array_size(json_object_get(x, "missing")) > 0, "%s waits for nothing", text(x, "code"));
    }
    ck_assert(json_array_size(json_object_get(j, "missing")) > 0);
    json_decref(j);
    harness_free(h);
}
END_TEST

UNIT_MAIN("entitled_api", test_api__measures_say_source_and_facts, test_api__rules_are_those_of_the_day,
          test_api__a_household_is_told_what_is_due_to_the_cent, test_api__an_isee_is_an_estimate_with_its_steps,
          test_api__what_cannot_be_read_is_a_problem, test_api__nothing_known_is_never_a_bare_answer)

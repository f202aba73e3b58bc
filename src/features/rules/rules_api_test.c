/* rules_api_test.c - texts checked and asked as programs do it: what is right, what is wrong and where, and that nothing stays. */
#include "base/buf.h"
#include "tests/support/described.h"
#include "tests/support/traces.h"
#include "tests/unit.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define CHECK "/api/rules/1/check"
#define TRACE "/api/rules/1/trace"
#define HEAD "misura PROVA \\\"Prova\\\"\\nfonte \\\"prova\\\" S\\n"
#define LIMIT HEAD "parametro limite \\\"limite\\\" = 10.140 euro\\nrequisito \\\"L'ISEE non supera il limite\\\": isee_ord <= limite\\n" \
              "importo aiuto \\\"aiuto\\\" al mese = 100 euro\\n"

static json_t *post(struct harness *h, const char *path, const char *body, int code)
{
    struct web_reply r;
    json_t *const j = described_post(h, path, str_of(body), code == 200, &r);

    ck_assert_msg(r.code == code, "%s %s: %.*s", path, body, (int)r.body.n, r.body.p);
    return j;
}

static const char *text(const json_t *j, const char *key)
{
    return json_is_string(json_object_get(j, key)) ? json_string_value(json_object_get(j, key)) : "";
}

static const json_t *first(const json_t *j, const char *list)
{
    return json_array_get(json_object_get(j, list), 0);
}

START_TEST(test_rules_api__a_right_text_says_what_it_holds)
{
    struct harness *h = harness_new();
    json_t *j = post(h, CHECK, "{\"text\":\"" LIMIT "esempio \\\"sotto\\\" con isee_ord = 10.140 euro esito sì vale aiuto = 100 euro\\n\"}", 200);
    const json_t *const rule = json_object_get(j, "rule"), *const parts = json_object_get(rule, "parts");

    ck_assert(json_is_true(json_object_get(j, "is_right")) && json_array_size(json_object_get(j, "faults")) == 0);
    ck_assert_str_eq(text(rule, "code"), "PROVA");
    ck_assert_int_eq(json_integer_value(json_object_get(rule, "examples")), 1);
    ck_assert_str_eq(json_string_value(json_array_get(json_object_get(rule, "asks"), 0)), "isee_ord");
    ck_assert_uint_eq(json_array_size(parts), 3);
    ck_assert_str_eq(text(json_array_get(parts, 0), "kind"), "parameter");
    ck_assert_str_eq(text(json_array_get(parts, 1), "kind"), "requirement");
    ck_assert_str_eq(text(json_array_get(parts, 2), "per"), "mese");
    ck_assert_str_eq(text(json_array_get(parts, 0), "said"), "10.140 euro");
    json_decref(j);
    harness_free(h);
}
END_TEST

/* As `wecare rules check` says it, with its place, in the language of the address. */
START_TEST(test_rules_api__a_fault_has_line_column_and_words)
{
    struct harness *h = harness_new();
    json_t *j = post(h, CHECK, "{\"text\":\"" HEAD "importo a \\\"a\\\" = nome\"}", 200);
    const json_t *f = first(j, "faults");

    ck_assert(json_is_false(json_object_get(j, "is_right")) && json_is_null(json_object_get(j, "rule")));
    ck_assert_int_eq(json_integer_value(json_object_get(f, "line")), 3);
    ck_assert_int_eq(json_integer_value(json_object_get(f, "column")), 17);
    ck_assert_str_eq(text(f, "key"), "rules.error-name");
    ck_assert_str_eq(text(f, "message"), "Il nome nome non è stato ancora definito.");
    json_decref(j);
    j = post(h, "/en" CHECK, "{\"text\":\"" HEAD "importo a \\\"a\\\" = nome\"}", 200);
    ck_assert_str_eq(text(first(j, "faults"), "message"), "The name nome has not been defined yet.");
    json_decref(j);
    /* an example that does not hold: what the text says is told all the same */
    j = post(h, CHECK, "{\"text\":\"" LIMIT "esempio \\\"x\\\" con isee_ord = 1 euro vale aiuto = 99 euro\"}", 200);
    f = first(j, "faults");
    ck_assert_str_eq(text(f, "key"), "rules.error-example");
    ck_assert_int_eq(json_integer_value(json_object_get(f, "line")), 6);
    ck_assert(json_is_false(json_object_get(j, "is_right")) && json_is_object(json_object_get(j, "rule")));
    json_decref(j);
    harness_free(h);
}
END_TEST

START_TEST(test_rules_api__one_measure_step_by_step_in_words)
{
    struct harness *h = harness_new();
    json_t *j = post(h, TRACE, "{\"rule\":{\"text\":\"" LIMIT "\"},\"household\":{\"isee_ord\":\"9860.14\",\"componenti\":[{}]}}", 200);
    const json_t *due = json_object_get(j, "due");

    ck_assert_str_eq(text(due, "verdict"), "sure");
    ck_assert_str_eq(text(first(due, "steps"), "sentence"),
                     "L'ISEE non supera il limite: 9.860,14 euro non supera 10.140,00 euro. (prova)");
    ck_assert_int_eq(json_integer_value(json_object_get(first(due, "amounts"), "cents")), 10000);
    json_decref(j);
    j = post(h, TRACE, "{\"rule\":{\"code\":\"ADI\",\"day\":\"2026-03-01\"},\"household\":{\"isee_pfi\":20000,\"componenti\":[{\"eta\":40}]}}", 200);
    due = json_object_get(j, "due");
    ck_assert_str_eq(text(due, "verdict"), "no");
    ck_assert(strstr(text(json_array_get(json_object_get(due, "steps"), 1), "sentence"), "testo valido dal 1 gennaio 2026") != NULL);
    json_decref(j);
    /* a law that has ended is found by its day, and without one; of several the one of the day */
    j = post(h, TRACE, "{\"rule\":{\"code\":\"REI\"},\"household\":{\"componenti\":[{}]}}", 200);
    ck_assert_str_eq(text(json_object_get(j, "due"), "valid_from"), "2018-07-01");
    json_decref(j);
    j = post(h, TRACE, "{\"rule\":{\"code\":\"ISEE_ORD\",\"day\":\"2015-03-01\"},\"household\":{\"componenti\":[{}]}}", 200);
    ck_assert_str_eq(text(json_object_get(j, "due"), "valid_to"), "2016-05-28");
    json_decref(j);
    j = post(h, TRACE, "{\"rule\":{\"code\":\"ISEE_ORD\"},\"household\":{\"componenti\":[{}]}}", 200);
    ck_assert(json_is_null(json_object_get(json_object_get(j, "due"), "valid_to")));
    json_decref(j);
    harness_free(h);
}
END_TEST

static const struct {
    const char *path, *body, *field, *says;
} wrong[] = {
    {CHECK, "", "", "line 1"},
    {CHECK, "{\"text\":", "", "un solo oggetto JSON"},
    {CHECK, "[]", "", "un solo oggetto JSON"},
    {CHECK, "{\"text\":\"a\",\"text\":\"b\"}", "", "duplicate"},
    {CHECK, "{\"text\":\"a\\u0000\"}", "", "un solo oggetto JSON"},
    {CHECK, "{\"text\":\"\xff\"}", "", "UTF-8"},
    {CHECK, "{}", "text", "Manca il testo della regola"},
    {CHECK, "{\"text\":5}", "text", "{\"text\": \"misura ...\"}"},
    {CHECK, "{\"text\":\"a\",\"testo\":\"b\"}", "testo", "si possono dire: text."},
    {CHECK "?day=2026-01-01", "{\"text\":\"a\"}", "day", "si possono dire: text."},
    {TRACE, "{\"household\":{\"componenti\":[{}]}}", "rule", "in uno di questi 2 modi"},
    {TRACE, "{\"rule\":\"ADI\",\"household\":{\"componenti\":[{}]}}", "rule", "in uno di questi 2 modi"},
    {TRACE, "{\"rule\":{\"code\":\"ADI\",\"text\":\"x\"},\"household\":{\"componenti\":[{}]}}", "rule", "in uno di questi 2 modi"},
    {TRACE, "{\"rule\":{\"text\":\"x\",\"day\":\"2026-01-01\"},\"household\":{\"componenti\":[{}]}}", "rule", "in uno di questi 2 modi"},
    {TRACE, "{\"rule\":{\"code\":\"MAI\"},\"household\":{\"componenti\":[{}]}}", "rule.code", "codice in quel giorno: MAI"},
    {TRACE, "{\"rule\":{\"code\":\"ADI\",\"day\":\"1999-01-01\"},\"household\":{\"componenti\":[{}]}}", "rule.code", "codice in quel giorno"},
    {TRACE, "{\"rule\":{\"code\":\"ADI\",\"day\":\"domani\"},\"household\":{\"componenti\":[{}]}}", "rule.day", "2026-03-01"},
    {TRACE, "{\"rule\":{\"text\":\"misura X \\\"x\\\"\\nimporto a = nome\"},\"household\":{\"componenti\":[{}]}}", "rule.text", "Riga 2, posto 13"},
    {TRACE, "{\"rule\":{\"code\":\"ADI\"}}", "household", "Il nucleo non si legge"},
    {TRACE, "{\"rule\":{\"code\":\"ADI\"},\"household\":{\"componenti\":[]}}", "household", "1 to 40 persons"},
    {TRACE, "{\"rule\":{\"code\":\"ADI\"},\"household\":{\"mai\":1,\"componenti\":[{}]}}", "household", "\"mai\""},
};

START_TEST(test_rules_api__what_cannot_be_read_is_told_where_it_stands)
{
    struct harness *h = harness_new();
    static const char *const json[] = {"Content-Type: application/json", NULL}, *const plain[] = {"Content-Type: text/plain", NULL};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const struct web_ask ask = {.method = "POST", .target = wrong[i].path, .headers = json, .body = str_of(wrong[i].body), .without_token = true};
        const struct web_reply r = harness_ask(h, &ask);
        json_t *const j = json_loadb(r.body.p, r.body.n, 0, NULL);
        const json_t *const p = first(j, "problems");

        ck_assert_msg(r.code == 400 && strcmp(text(p, "field"), wrong[i].field) == 0 && strstr(text(p, "detail"), wrong[i].says) != NULL,
                      "%s: %.*s", wrong[i].body, (int)r.body.n, r.body.p);
        json_decref(j);
    }
    const struct web_ask ask = {.method = "POST", .target = CHECK, .headers = plain, .body = STR("misura"), .without_token = true};

    const struct web_reply r = harness_ask(h, &ask);

    ck_assert_int_eq(r.code, 415);
    harness_has(&r, "Content-Type: application/json");
    harness_free(h);
}
END_TEST

/* Long, deep, hostile: an answer in time, the same as the command's. */
START_TEST(test_rules_api__texts_that_are_too_much)
{
    struct harness *h = harness_new();
    struct buf b = buf_new(h->mem, 1 << 20);
    struct web_reply r;

    buf_z(&b, "{\"text\":\"");
    for (int i = 0; i < 300 * 1024; i++)
        buf_char(&b, '#');
    buf_z(&b, "\"}");
    json_t *j = described_post(h, CHECK, buf_view(&b), true, &r);

    ck_assert_int_eq(r.code, 200);
    ck_assert_str_eq(text(first(j, "faults"), "message"), "Il testo è troppo lungo.");
    json_decref(j);
    b = buf_new(h->mem, 1 << 20);
    buf_z(&b, "{\"text\":\"" HEAD "importo a \\\"a\\\" = ");
    for (int i = 0; i < 2000; i++)
        buf_char(&b, '(');
    buf_z(&b, "1\"}");
    j = described_post(h, CHECK, buf_view(&b), true, &r);
    ck_assert_str_eq(text(first(j, "faults"), "key"), "rules.error-deep");
    json_decref(j);
    b = buf_new(h->mem, 1 << 20);
    buf_z(&b, "{\"text\":");
    for (int i = 0; i < 100000; i++)
        buf_char(&b, '[');
    j = described_post(h, CHECK, buf_view(&b), false, &r);
    ck_assert_int_eq(r.code, 400);
    json_decref(j);
    b = buf_new(h->mem, 7 << 20);
    buf_z(&b, "{\"text\":\"");
    for (int i = 0; i < 6 << 20; i++)
        buf_char(&b, '#');
    buf_z(&b, "\"}");
    json_decref(described_post(h, CHECK, buf_view(&b), true, &r));
    ck_assert_int_eq(r.code, 413);
    harness_has(&r, "al massimo a 1024 KB");
    harness_free(h);
}
END_TEST

static struct buf repeated(struct harness *h, const char *before, const char *part, int n, const char *after)
{
    struct buf b = buf_new(h->mem, 1 << 20);

    buf_z(&b, before);
    for (int i = 0; i < n; i++)
        buf_z(&b, part);
    buf_z(&b, after);
    return b;
}

/* What was sent is said back cut, but never inside a character; many wrong names, many objects cost little. */
START_TEST(test_rules_api__what_is_said_back_can_be_read)
{
    struct harness *h = harness_new();
    struct buf b = repeated(h, "{\"a", "à", 60, "\":1}");
    struct web_reply r;
    json_t *j = described_post(h, CHECK, buf_view(&b), false, &r);

    ck_assert(r.code == 400 && str_is_utf8(r.body) && strlen(text(first(j, "problems"), "field")) == 99);
    json_decref(j);
    b = repeated(h, "{\"household\":{\"componenti\":[{}]},\"rule\":{\"code\":\"", "€", 50, "\"}}");
    j = described_post(h, TRACE, buf_view(&b), false, &r);
    ck_assert(r.code == 400 && str_is_utf8(r.body) && json_is_object(j));
    json_decref(j);
    b = buf_new(h->mem, 1 << 20);
    for (int i = 0; i < 60000; i++)
        buf_fmt(&b, "%sk%d\":1", i == 0 ? "{\"" : ",\"", i);
    buf_z(&b, "}");
    j = described_post(h, CHECK, buf_view(&b), false, &r);
    ck_assert(r.code == 400 && json_array_size(json_object_get(j, "problems")) == 20);
    json_decref(j);
    b = repeated(h, "{\"text\":[", "{},", 10000, "1]}");
    j = described_post(h, CHECK, buf_view(&b), false, &r);
    ck_assert(r.code == 400 && strstr(text(first(j, "problems"), "detail"), "too many objects and lists") != NULL);
    json_decref(j);
    harness_free(h);
}
END_TEST

START_TEST(test_rules_api__nothing_of_a_household_stays)
{
    static const char *const canaries[] = {"98.765", "9876543", "Zzyzxqw", NULL};
    struct harness *h = harness_new();
    struct traces t;

    traces_begin(&t, h);
    json_decref(post(h, TRACE, "{\"rule\":{\"code\":\"ADI\"},\"household\":{\"isee_pfi\":\"98.765\",\"componenti\":[{\"eta\":40}]}}", 200));
    json_decref(post(h, TRACE, "{\"rule\":{\"code\":\"Zzyzxqw\"},\"household\":{\"isee_pfi\":\"9876543\",\"Zzyzxqw\":1,\"componenti\":[{\"eta\":40}]}}", 400));
    json_decref(post(h, CHECK, "{\"text\":\"misura Zzyzxqw\"}", 200));
    traces_none(&t, canaries);
    harness_free(h);
}
END_TEST

UNIT_MAIN("rules_api", test_rules_api__a_right_text_says_what_it_holds, test_rules_api__a_fault_has_line_column_and_words,
          test_rules_api__one_measure_step_by_step_in_words, test_rules_api__what_cannot_be_read_is_told_where_it_stands,
          test_rules_api__texts_that_are_too_much, test_rules_api__what_is_said_back_can_be_read,
          test_rules_api__nothing_of_a_household_stays)

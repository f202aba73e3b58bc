/* simulations_api_test.c - two texts compared and simulated as programs do it: the command's answer byte for byte, what is refused,
 * that nothing of a population stays, and the examples of docs/developer/api.md. */
#include "base/buf.h"
#include "base/jwrite.h"
#include "simulations_feature.h"
#include "simulations_held.h"
#include "tests/support/described.h"
#include "tests/support/traces.h"
#include "tests/unit.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define DIFF "/api/rules/1/diff"
#define SIMULATE "/api/rules/1/simulate"
#define TEXT(limit)                                                                                                                  \
    "misura PROVA \"Prova\"\nfonte \"prova\" S\nparametro limite \"limite\" = " limit " euro\n"                                      \
    "requisito \"L'ISEE non supera il limite\": isee_ord <= limite\nimporto aiuto \"aiuto\" al mese = 100 euro\n"

static const char *text(const json_t *j, const char *key)
{
    return json_is_string(json_object_get(j, key)) ? json_string_value(json_object_get(j, key)) : "";
}

static struct str in_json(struct harness *h, struct str raw)
{
    struct buf b = buf_new(h->mem, raw.n + 100);
    struct jwrite j = jwrite_to(&b);

    jwrite_str(&j, NULL, raw);
    return buf_view(&b);
}

/* {"old": {"text": ...}, "new": {"text": ...}<more>}. */
static struct str ask_of(struct harness *h, const char *old_text, const char *new_text, const char *more)
{
    const struct str a = in_json(h, str_of(old_text)), b = in_json(h, str_of(new_text));

    return str_fmt(h->mem, "{\"old\":{\"text\":%.*s},\"new\":{\"text\":%.*s}%s}", (int)a.n, a.p, (int)b.n, b.p, more);
}

static struct web_reply send(struct harness *h, const char *path, struct str body, int code)
{
    struct web_reply r;

    json_decref(described_post(h, path, body, code == 200, &r));
    ck_assert_msg(r.code == code, "%d: %.*s", r.code, (int)r.body.n, r.body.p);
    return r;
}

/* ---- diff ---- */

START_TEST(test_simulations_api__what_is_not_the_same)
{
    struct harness *h = harness_new();
    struct web_reply r;
    json_t *j = described_post(h, DIFF, ask_of(h, TEXT("10.140"), TEXT("9.360") "importo altro \"altro\" = 5 euro\n", ""), true, &r);
    const json_t *const list = json_object_get(j, "differences"), *const one = json_array_get(list, 0);

    ck_assert_int_eq(r.code, 200);
    ck_assert(json_is_false(json_object_get(j, "is_same")) && json_array_size(list) == 2);
    ck_assert_str_eq(text(one, "how"), "changed");
    ck_assert_str_eq(text(one, "kind"), "parameter");
    ck_assert_str_eq(text(one, "before"), "10.140 euro");
    ck_assert_str_eq(text(one, "after"), "9.360 euro");
    ck_assert_str_eq(text(json_array_get(list, 1), "how"), "added");
    ck_assert(json_is_null(json_object_get(json_array_get(list, 1), "before")));
    json_decref(j);
    /* the law of another day */
    j = described_post(h, DIFF, STR("{\"old\":{\"code\":\"ISEE_ORD\",\"day\":\"2015-03-01\"},\"new\":{\"code\":\"ISEE_ORD\"}}"), true, &r);
    ck_assert(r.code == 200 && json_is_false(json_object_get(j, "is_same")));
    json_decref(j);
    j = described_post(h, DIFF, STR("{\"old\":{\"code\":\"ADI\"},\"new\":{\"code\":\"ADI\"}}"), true, &r);
    ck_assert(json_is_true(json_object_get(j, "is_same")));
    json_decref(j);
    /* both texts are wrong: both are told */
    j = described_post(h, DIFF, ask_of(h, "misura", "misura X \"x\"\nimporto a = nome", ""), false, &r);
    ck_assert_int_eq(r.code, 400);
    ck_assert_uint_eq(json_array_size(json_object_get(j, "problems")), 2);
    ck_assert_str_eq(text(json_array_get(json_object_get(j, "problems"), 1), "field"), "new.text");
    ck_assert_int_eq(json_integer_value(json_object_get(json_array_get(json_object_get(j, "problems"), 1), "line")), 2);
    json_decref(j);
    harness_free(h);
}
END_TEST

/* ---- simulate ---- */

static struct str written(struct harness *h, const char *name, struct str bytes)
{
    const struct str path = str_fmt(h->mem, "/tmp/wecare-simulate-%d-%s", (int)getpid(), name);
    FILE *const f = fopen(path.p, "wb");

    ck_assert(f != NULL && fwrite(bytes.p, 1, bytes.n, f) == bytes.n && fclose(f) == 0);
    return path;
}

static struct str read_again(struct harness *h, const char *path)
{
    FILE *const f = fopen(path, "rb");
    char *const bytes = arena_alloc(h->mem, 4 << 20);

    ck_assert(f != NULL);
    const size_t n = fread(bytes, 1, 4 << 20, f);

    fclose(f);
    return (struct str){bytes, n};
}

/* The file the command writes with these words after OLD and NEW. */
static struct str commanded(struct harness *h, const char *old_text, const char *new_text, const char *const *words, int n_words)
{
    const struct str a = written(h, "old", str_of(old_text)), b = written(h, "new", str_of(new_text)), out = written(h, "out", STR(""));
    char *argv[12] = {(char *)(uintptr_t)a.p, (char *)(uintptr_t)b.p, (char *)(uintptr_t) "--out", (char *)(uintptr_t)out.p};

    for (int i = 0; i < n_words; i++)
        argv[4 + i] = (char *)(uintptr_t)words[i];
    ck_assert_int_eq(simulations_simulate_command(NULL, 4 + n_words, argv), 0);
    const struct str bytes = read_again(h, out.p);

    unlink(a.p);
    unlink(b.p);
    unlink(out.p);
    return bytes;
}

static struct str thirty(struct harness *h)
{
    struct buf b = buf_new(h->mem, 1000);

    buf_z(&b, "nucleo,comune,isee_ord,eta\n");
    for (int i = 0; i < 30; i++)
        buf_fmt(&b, "%d,%s,%s,40\n", i, i < 10 ? "Ivrea" : "Torino", i < 10 ? "5000" : i < 27 ? "9000" : "\"20.000,50\"");
    return buf_view(&b);
}

START_TEST(test_simulations_api__the_same_bytes_as_the_command)
{
    static const char *const synthetic[] = {"--synthetic", "7,3000", "--budget", "100.000,50", "--rank", "points"};
    struct harness *h = harness_new();
    struct web_reply r = send(h, SIMULATE,
                              ask_of(h, TEXT("10.140"), TEXT("5.000"),
                                     ",\"population\":{\"synthetic\":{\"seed\":7,\"households\":3000}},\"budget\":\"100.000,50\",\"rank\":\"points\""),
                              200);

    ck_assert(str_eq(r.body, commanded(h, TEXT("10.140"), TEXT("5.000"), synthetic, 6)));
    ck_assert(str_eq_z(harness_header(h, &r, "Cache-Control"), "no-store"));
    const struct str people = thirty(h), sent = in_json(h, people), csv = written(h, "csv", people);
    const char *const files[] = {csv.p, "--paid", "--rank", "isee_ord"};

    r = send(h, SIMULATE,
             ask_of(h, TEXT("10.140"), TEXT("5.000"),
                    str_fmt(h->mem, ",\"population\":{\"csv\":%.*s},\"is_paid\":true,\"rank\":\"isee_ord\",\"budget\":null", (int)sent.n, sent.p).p),
             200);
    ck_assert(str_eq(r.body, commanded(h, TEXT("10.140"), TEXT("5.000"), files, 4)));
    harness_has(&r, "\"households\":30");
    harness_has_not(&r, "\"served_old\":3,"); /* three are too few to be shown */
    unlink(csv.p);
    harness_free(h);
}
END_TEST

static enum status enter(struct ctx *c, void *arg)
{
    *(bool *)arg = simulations_held_enter(c);
    return ST_OK;
}

static enum status leave(struct ctx *c, void *arg)
{
    simulations_held_leave(c);
    return ST_OK;
}

#define FEW ",\"population\":{\"synthetic\":{\"seed\":1,\"households\":50}}"

START_TEST(test_simulations_api__one_at_a_time)
{
    struct harness *h = harness_new();
    const struct str ask = ask_of(h, TEXT("10.140"), TEXT("5.000"), FEW);
    bool is_first = false, is_second = true;

    harness_read(h, enter, &is_first);
    harness_read(h, enter, &is_second);
    ck_assert(is_first && !is_second);
    struct web_reply r = send(h, SIMULATE, ask, 503);

    harness_has(&r, "Un’altra simulazione è al lavoro");
    ck_assert(harness_header(h, &r, "Retry-After").n > 0);
    harness_read(h, leave, NULL);
    send(h, SIMULATE, ask, 200);
    send(h, SIMULATE, STR("{}"), 400); /* one that is refused leaves too */
    send(h, SIMULATE, ask, 200);
    harness_free(h);
}
END_TEST

static const struct {
    const char *more, *field, *says;
    int code;
} wrong[] = {
    {"", "population", "in uno di questi 2 modi", 400},
    {",\"population\":{\"csv\":\"a\",\"synthetic\":{\"seed\":1,\"households\":5}}", "population", "in uno di questi 2 modi", 400},
    {",\"population\":{\"synthetic\":{\"seed\":1}}", "population.synthetic", "in uno di questi 2 modi", 400},
    {",\"population\":{\"synthetic\":{\"seed\":-1,\"households\":5}}", "population.synthetic.seed", "non -1", 400},
    {",\"population\":{\"synthetic\":{\"seed\":1,\"households\":0}}", "population.synthetic.households", "da 1 a 200.000", 400},
    {",\"population\":{\"synthetic\":{\"seed\":1,\"households\":1.5}}", "population.synthetic.households", "da 1 a 200.000", 400},
    {",\"population\":{\"synthetic\":{\"seed\":1,\"households\":200001}}", "population.synthetic.households", "non 200001", 413},
    {",\"population\":{\"synthetic\":{\"seed\":1,\"households\":9000000000000000000}}", "population.synthetic.households", "da 1 a 200.000", 413},
    {",\"population\":{\"csv\":\"\"}", "population.csv", "", 400},
    {",\"population\":{\"csv\":\"nucleo,cognome\\n1,Zanetti\\n\"}", "population.csv", "può dire chi è una persona", 400},
    {",\"population\":{\"csv\":\"nucleo,codice_fiscale\\n1,x\\n\"}", "population.csv", "può dire chi è una persona", 400},
    {",\"population\":{\"csv\":\"nucleo,eta\\nRSSMRA80A01H501U,40\\n\"}", "population.csv", "può dire chi è una persona", 400},
    {",\"population\":{\"csv\":\"nucleo,eta\\n1,quaranta\\n\"}", "population.csv", "quaranta", 400},
    {FEW ",\"budget\":\"molto\"", "budget", "non è un numero: molto", 400},
    {FEW ",\"budget\":-5", "budget", "non è un numero", 400},
    {FEW ",\"budget\":\"1,005\"", "budget", "non è un numero", 400},
    {FEW ",\"rank\":\"mai\"", "rank", "con questo nome: mai", 400},
    {FEW ",\"rank\":3", "rank", "con questo nome", 400},
    {FEW ",\"is_paid\":\"si\"", "is_paid", "true o false", 400},
    {FEW ",\"threads\":9", "threads", "si possono dire: old, new, population", 400},
};

START_TEST(test_simulations_api__what_is_refused_and_why)
{
    struct harness *h = harness_new();
    struct web_reply r;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        json_t *const j = described_post(h, SIMULATE, ask_of(h, TEXT("1"), TEXT("2"), wrong[i].more), false, &r);
        const json_t *const p = json_array_get(json_object_get(j, "problems"), 0);

        ck_assert_msg(r.code == wrong[i].code && strcmp(text(p, "field"), wrong[i].field) == 0 && strstr(text(p, "detail"), wrong[i].says) != NULL,
                      "%s: %.*s", wrong[i].more, (int)r.body.n, r.body.p);
        json_decref(j);
    }
    struct buf b = buf_new(h->mem, 4 << 20);

    buf_z(&b, ",\"population\":{\"csv\":\"");
    for (int i = 0; i < (2 << 20) + 1; i++)
        buf_char(&b, 'a');
    buf_z(&b, "\"}");
    r = send(h, SIMULATE, ask_of(h, TEXT("1"), TEXT("2"), str_z(h->mem, buf_view(&b))), 413);
    harness_has(&r, "population.csv");
    harness_has(&r, "troppe righe");
    /* the line of a cell that cannot be read */
    r = send(h, SIMULATE, ask_of(h, TEXT("1"), TEXT("2"), ",\"population\":{\"csv\":\"nucleo,eta\\n1,40\\n2,x\\n\"}"), 400);
    harness_has(&r, "\"line\":3");
    harness_free(h);
}
END_TEST

START_TEST(test_simulations_api__nothing_of_a_population_stays)
{
    static const char *const canaries[] = {"quux", "Zetaville", "4321", NULL};
    struct harness *h = harness_new();
    struct traces t;

    traces_begin(&t, h);
    send(h, SIMULATE, ask_of(h, TEXT("1"), TEXT("5.000"), ",\"population\":{\"csv\":\"nucleo,comune,isee_ord,eta\\nquuxone,Zetaville,4321.09,40\\nquuxa,Zetaville,4321.09,40\\nquuxb,Zetaville,4321.09,40\\nquuxc,Zetaville,4321.09,40\\nquuxd,Zetaville,4321.09,40\\n\"}"), 200);
    send(h, SIMULATE, ask_of(h, TEXT("1"), TEXT("2"), ",\"population\":{\"csv\":\"nucleo,quuxtwo\\n1,Zetaville\\n\"}"), 400);
    send(h, SIMULATE, ask_of(h, TEXT("1"), TEXT("2"), ",\"population\":{\"csv\":\"nucleo,eta\\nquux,4321\\nZetaville,x\\n\"}"), 400);
    traces_none(&t, canaries);
    harness_free(h);
}
END_TEST

/* ---- docs/developer/api.md ---- */

/* A line `    curl $P/api/... --json '{...}'`, and under it how the answer begins, up to "...". */
static void try_example(struct harness *h, struct str line, struct str answer)
{
    const ptrdiff_t at = str_index(line, '\'');
    const char *const path = strstr(line.p, "/api/rules/");
    struct web_reply r;

    ck_assert_msg(at > 0 && line.p[line.n - 1] == '\'' && path != NULL && path < line.p + at, "%.*s", (int)line.n, line.p);
    const struct str body = {line.p + at + 1, line.n - (size_t)at - 2}, target = {path, strcspn(path, " ")};

    json_decref(described_post(h, str_z(h->mem, target), body, true, &r));
    ck_assert_msg(r.code == 200, "%.*s: %.*s", (int)line.n, line.p, (int)r.body.n, r.body.p);
    answer = str_trim(answer);
    ck_assert_msg(str_ends(answer, STR("...")), "%.*s", (int)answer.n, answer.p);
    answer.n -= 3;
    ck_assert_msg(str_starts(r.body, answer), "%.*s\nis told as\n%.*s", (int)(r.body.n < 400 ? r.body.n : 400), r.body.p, (int)answer.n, answer.p);
}

START_TEST(test_simulations_api__the_examples_of_the_document_answer_as_it_says)
{
    struct harness *h = harness_new();
    struct str rest = read_again(h, str_fmt(h->mem, "%s/docs/developer/api.md", getenv("WECARE_SOURCE")).p);
    int n = 0;

    while (rest.n > 0) {
        const struct str line = str_cut(&rest, '\n');

        if (!str_starts(line, STR("    curl ")))
            continue;
        try_example(h, line, str_cut(&rest, '\n'));
        n++;
    }
    ck_assert_int_eq(n, 6); /* ask, isee, check, trace, diff, simulate */
    harness_free(h);
}
END_TEST

UNIT_MAIN("simulations_api", test_simulations_api__what_is_not_the_same, test_simulations_api__the_same_bytes_as_the_command,
          test_simulations_api__one_at_a_time, test_simulations_api__what_is_refused_and_why,
          test_simulations_api__nothing_of_a_population_stays, test_simulations_api__the_examples_of_the_document_answer_as_it_says)

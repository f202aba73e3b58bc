#include "tests/support/described.h"
#include <string.h>

static const json_t *schema_of(const json_t *doc, const json_t *schema)
{
    const char *const ref = json_string_value(json_object_get(schema, "$ref"));

    if (ref == NULL)
        return schema;
    const char *const name = strrchr(ref, '/') + 1;
    const json_t *const found = json_object_get(json_object_get(json_object_get(doc, "components"), "schemas"), name);

    ck_assert_msg(found != NULL, "%s is not there", ref);
    return schema_of(doc, found);
}

static bool is_of_type(const json_t *j, const char *type)
{
    static const struct {
        const char *name;
        json_type type;
    } plain[] = {{"object", JSON_OBJECT}, {"array", JSON_ARRAY}, {"string", JSON_STRING}, {"integer", JSON_INTEGER}, {"null", JSON_NULL}};

    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (strcmp(type, plain[i].name) == 0)
            return json_typeof(j) == plain[i].type;
    return strcmp(type, "boolean") == 0 ? json_is_boolean(j) : json_is_number(j);
}

static bool is_of_types(const json_t *j, const json_t *types)
{
    const json_t *one;
    size_t i;

    if (json_is_string(types))
        return is_of_type(j, json_string_value(types));
    json_array_foreach (types, i, one)
        if (is_of_type(j, json_string_value(one)))
            return true;
    return types == NULL;
}

/* Of an object; what is none needs none. */
static bool has_all(const json_t *j, const json_t *names)
{
    const json_t *one;
    size_t i;

    if (!json_is_object(j))
        return true;
    json_array_foreach (names, i, one)
        if (json_object_get(j, json_string_value(one)) == NULL)
            return false;
    return true;
}

static bool is_one_of(const json_t *j, const json_t *values)
{
    const json_t *one;
    size_t i;

    json_array_foreach (values, i, one)
        if (json_equal(j, one))
            return true;
    return values == NULL;
}

static bool fits(const json_t *doc, const json_t *schema, const json_t *j, const char *at);

static bool members_fit(const json_t *doc, const json_t *schema, const json_t *j, const char *at)
{
    const json_t *const known = json_object_get(schema, "properties");
    const char *name;
    json_t *v;

    json_object_foreach ((json_t *)j, name, v) {
        const json_t *const one = json_object_get(known, name);

        if (one == NULL && known != NULL && !json_is_true(json_object_get(schema, "additionalProperties"))) {
            fprintf(stderr, "# %s: \"%s\" is not described\n", at, name);
            return false;
        }
        if (one != NULL && !fits(doc, one, v, name))
            return false;
    }
    return true;
}

static bool has_one_way(const json_t *schema, const json_t *j)
{
    const json_t *const ways = json_object_get(schema, "oneOf");
    const json_t *one;
    size_t i;
    int n = 0;

    json_array_foreach (ways, i, one)
        n += has_all(j, json_object_get(one, "required"));
    return ways == NULL || n == 1;
}

static bool fits(const json_t *doc, const json_t *schema, const json_t *j, const char *at)
{
    const json_t *const s = schema_of(doc, schema), *const same = json_object_get(s, "const");
    const json_t *one;
    size_t i;

    if (!is_of_types(j, json_object_get(s, "type")) || !is_one_of(j, json_object_get(s, "enum")) || (same != NULL && !json_equal(j, same)) ||
        !has_all(j, json_object_get(s, "required")) || !has_one_way(s, j)) {
        fprintf(stderr, "# %s is not as it is described\n", at);
        return false;
    }
    json_array_foreach (j, i, one)
        if (json_object_get(s, "items") != NULL && !fits(doc, json_object_get(s, "items"), one, at))
            return false;
    return members_fit(doc, s, j, at);
}

static const json_t *schema_in(const json_t *doc, const json_t *holder)
{
    const char *const ref = json_string_value(json_object_get(holder, "$ref"));
    const char *type;
    json_t *content;

    if (ref != NULL)
        holder = json_object_get(json_object_get(json_object_get(doc, "components"), "responses"), strrchr(ref, '/') + 1);
    json_object_foreach (json_object_get(holder, "content"), type, content)
        return json_object_get(content, "schema");
    ck_abort_msg("there is no schema");
}

json_t *described_post(struct harness *h, const char *path, struct str body, bool is_asked_well, struct web_reply *out)
{
    static const char *const headers[] = {"Content-Type: application/json", NULL};
    const char *const plain = strncmp(path, "/en/", 4) == 0 ? path + 3 : path; /* the same in another language */
    const struct web_ask ask = {.method = "POST", .target = path, .headers = headers, .body = body, .without_token = true};
    const struct web_reply told = harness_get(h, "/api/openapi.json");
    json_t *const doc = json_loadb(told.body.p, told.body.n, 0, NULL), *const sent = json_loadb(body.p, body.n, 0, NULL);
    const json_t *const way = json_object_get(json_object_get(json_object_get(doc, "paths"), plain), "post");
    char code[8];

    ck_assert_msg(way != NULL, "%s is not described", plain);
    *out = harness_ask(h, &ask);
    if (is_asked_well)
        ck_assert(sent != NULL && fits(doc, schema_in(doc, json_object_get(way, "requestBody")), sent, "what is sent"));
    snprintf(code, sizeof code, "%d", out->code);
    const json_t *const answer = json_object_get(json_object_get(way, "responses"), code);

    ck_assert_msg(answer != NULL, "%s answers %d, which is not described: %.*s", path, out->code, (int)out->body.n, out->body.p);
    json_t *const j = json_loadb(out->body.p, out->body.n, JSON_REJECT_DUPLICATES, NULL);

    ck_assert_msg(j != NULL && fits(doc, schema_in(doc, answer), j, "the answer"), "%.*s", (int)out->body.n, out->body.p);
    json_decref(sent);
    json_decref(doc);
    return j;
}

/* publish_openapi.c - GET /api/openapi.json: what programs may ask of the portal, in OpenAPI 3.1. The
 * parameters are those of the table that refuses the others. */
#include "publish_openapi.h"
#include "base/jwrite.h"
#include "publish_api_ask.h"
#include "publish_api_routes.h"
#include <string.h>

static void text(struct jwrite *j, const char *key, const char *z)
{
    jwrite_str(j, key, str_of(z));
}

/* "/services/:id" as "/services/{id}". */
static struct str template_of(struct arena *mem, const char *path)
{
    struct buf b = buf_new(mem, 80);
    bool is_value = false;

    for (; *path != '\0'; path++) {
        if (*path == '/' && is_value) {
            buf_char(&b, '}');
            is_value = false;
        }
        if (*path == ':') {
            buf_char(&b, '{');
            is_value = true;
        } else {
            buf_char(&b, *path);
        }
    }
    if (is_value)
        buf_char(&b, '}');
    return buf_view(&b);
}

static void put_ref(struct jwrite *j, const char *key, struct arena *mem, const char *schema)
{
    const bool is_far = strncmp(schema, "https://", 8) == 0;

    jwrite_open(j, key, '{');
    jwrite_str(j, "$ref",
               is_far ? str_of(schema) : str_fmt(mem, "#/components/schemas/%s", schema));
    jwrite_close(j, '}');
}

/* ---- parameters ---- */

static void put_param_type(struct jwrite *j, enum api_param_type type)
{
    text(j, "type",
         type == PARAM_IS_NUMBER ? "integer"
         : type == PARAM_IS_BOOL ? "boolean"
                                 : "string");
    if (type == PARAM_IS_NUMBER)
        jwrite_int(j, "minimum", 1);
    if (type == PARAM_IS_UUID)
        text(j, "format", "uuid");
    if (type == PARAM_IS_WORDS)
        jwrite_int(j, "maxLength", API_MOST_WORDS);
    if (type == PARAM_IS_FORMAT) {
        jwrite_open(j, "enum", '[');
        text(j, NULL, "json");
        text(j, NULL, "ndjson");
        jwrite_close(j, ']');
    }
}

static void put_param_schema(struct jwrite *j, const char *key, const struct api_param_row *p,
                             bool describes)
{
    jwrite_open(j, key, '{');
    if (describes)
        text(j, "description", p->text);
    if (p->is_repeated) {
        text(j, "type", "array");
        jwrite_int(j, "maxItems", API_MOST_TERMS);
        jwrite_open(j, "items", '{');
    }
    put_param_type(j, p->type);
    if (p->is_repeated)
        jwrite_close(j, '}');
    jwrite_close(j, '}');
}

static bool has_value(const struct operation *op, const char *name)
{
    const char *at = strstr(op->path, name);

    return at != NULL && at > op->path && at[-1] == ':';
}

static void put_own(struct jwrite *j, const struct operation *op, const struct own_param *p)
{
    const bool in_path = has_value(op, p->name);

    jwrite_open(j, NULL, '{');
    text(j, "name", p->name);
    text(j, "in", in_path ? "path" : "query");
    jwrite_bool(j, "required", in_path);
    text(j, "description", p->text);
    jwrite_open(j, "schema", '{');
    text(j, "type", "string");
    jwrite_close(j, '}');
    text(j, "example", p->example);
    jwrite_close(j, '}');
}

static void put_parameters(struct jwrite *j, const struct operation *op)
{
    static const struct own_param id = {"id", "The id of the entry.",
                                        "8ad7a3a5-0000-8000-8000-000000000000"};

    jwrite_open(j, "parameters", '[');
    if (has_value(op, "id"))
        put_own(j, op, &id);
    for (int i = 0; i < ARRAY_LEN(op->own) && op->own[i].name != NULL; i++)
        put_own(j, op, &op->own[i]);
    for (int p = 0; p < PARAM_COUNT && op->method == GET; p++) {
        if ((op->params & PARAM(p)) == 0 || p == PARAM_SEARCH)
            continue;
        jwrite_open(j, NULL, '{');
        text(j, "name", api_params[p].name);
        text(j, "in", "query");
        jwrite_bool(j, "required", false);
        text(j, "description", api_params[p].text);
        put_param_schema(j, "schema", &api_params[p], false);
        jwrite_close(j, '}');
    }
    jwrite_close(j, ']');
}

static void put_request_body(struct jwrite *j, const struct operation *op)
{
    static const char *const types[] = {"application/json", "application/x-www-form-urlencoded"};

    jwrite_open(j, "requestBody", '{');
    jwrite_bool(j, "required", true);
    jwrite_open(j, "content", '{');
    for (int t = 0; t < ARRAY_LEN(types); t++) {
        jwrite_open(j, types[t], '{');
        jwrite_open(j, "schema", '{');
        text(j, "type", "object");
        jwrite_bool(j, "additionalProperties", false);
        jwrite_open(j, "properties", '{');
        for (int p = 0; p < PARAM_COUNT; p++)
            if ((op->params & PARAM(p)) != 0)
                put_param_schema(j, api_params[p].name, &api_params[p], true);
        jwrite_close(j, '}');
        jwrite_close(j, '}');
        jwrite_close(j, '}');
    }
    jwrite_close(j, '}');
    jwrite_close(j, '}');
}

/* ---- answers ---- */

static void put_list_schema(struct jwrite *j, struct arena *mem, const struct operation *op)
{
    jwrite_open(j, "schema", '{');
    if (op->answer == ANSWER_PAGE) {
        jwrite_open(j, "allOf", '[');
        put_ref(j, NULL, mem, "Page");
        jwrite_close(j, ']');
    }
    text(j, "type", "object");
    jwrite_open(j, "properties", '{');
    jwrite_open(j, op->answer == ANSWER_PAGE ? "contents" : "items", '{');
    text(j, "type", "array");
    put_ref(j, "items", mem, op->schema);
    jwrite_close(j, '}');
    jwrite_close(j, '}');
    jwrite_close(j, '}');
}

static void put_content(struct jwrite *j, struct arena *mem, const struct operation *op)
{
    jwrite_open(j, "content", '{');
    jwrite_open(j,
                op->answer == ANSWER_FILE      ? op->type
                : op->answer == ANSWER_PROBLEM ? "application/problem+json"
                                               : "application/json",
                '{');
    if (op->answer == ANSWER_ONE)
        put_ref(j, "schema", mem, op->schema);
    else if (op->answer == ANSWER_PROBLEM)
        put_ref(j, "schema", mem, "Problem");
    else if (op->answer != ANSWER_FILE)
        put_list_schema(j, mem, op);
    jwrite_close(j, '}');
    if (op->answer == ANSWER_PAGE && (op->params & PARAM(PARAM_FORMAT)) != 0) {
        jwrite_open(j, "application/x-ndjson", '{');
        put_ref(j, "schema", mem, op->schema);
        jwrite_close(j, '}');
    }
    jwrite_close(j, '}');
}

static void put_trouble(struct jwrite *j, struct arena *mem, const char *code, const char *words)
{
    jwrite_open(j, code, '{');
    text(j, "description", words);
    jwrite_open(j, "content", '{');
    jwrite_open(j, "application/problem+json", '{');
    put_ref(j, "schema", mem, "Problem");
    jwrite_close(j, '}');
    jwrite_close(j, '}');
    jwrite_close(j, '}');
}

static void put_operation(struct jwrite *j, struct arena *mem, const struct operation *op)
{
    jwrite_open(j, op->method == GET ? "get" : "post", '{');
    text(j, "operationId", op->id);
    text(j, "summary", op->summary);
    text(j, "description", op->text);
    jwrite_open(j, "tags", '[');
    text(j, NULL, op->tag);
    jwrite_close(j, ']');
    put_parameters(j, op);
    if (op->method == POST)
        put_request_body(j, op);
    jwrite_open(j, "responses", '{');
    jwrite_open(j, "200", '{');
    text(j, "description", op->summary);
    put_content(j, mem, op);
    jwrite_close(j, '}');
    put_trouble(j, mem, "400",
                "A parameter is not one of these, or its value cannot be read: the problems say "
                "which and why.");
    if (strchr(op->path, ':') != NULL || strstr(op->path, "/v1/areas") != NULL)
        put_trouble(j, mem, "404", "There is none such.");
    put_trouble(
        j, mem, "503",
        "Too much at once, or the database does not answer: Retry-After says when to ask again.");
    jwrite_close(j, '}');
    jwrite_close(j, '}');
}

/* Both ways of one path stand side by side in the table. */
static void put_paths(struct jwrite *j, struct arena *mem)
{
    jwrite_open(j, "paths", '{');
    for (int i = 0; i < openapi_n_operations; i++) {
        const bool goes_on =
            i > 0 && strcmp(openapi_operations[i - 1].path, openapi_operations[i].path) == 0;
        const bool comes_again =
            i + 1 < openapi_n_operations &&
            strcmp(openapi_operations[i + 1].path, openapi_operations[i].path) == 0;

        if (!goes_on)
            jwrite_open(j, str_z(mem, template_of(mem, openapi_operations[i].path)), '{');
        put_operation(j, mem, &openapi_operations[i]);
        if (!comes_again)
            jwrite_close(j, '}');
    }
    jwrite_close(j, '}');
}

/* ---- components: written as they are ---- */

static const char components[] =
    "\"components\":{\"schemas\":{"
    "\"ApiInformation\":{\"type\":\"object\",\"required\":[\"version\",\"profile\",\"openapi_url\"]"
    ",\"properties\":{"
    "\"version\":{\"type\":\"string\"},\"profile\":{\"type\":\"string\",\"format\":\"uri\"},"
    "\"openapi_url\":{\"type\":\"string\",\"format\":\"uri\"},\"publisher\":{\"type\":\"string\"},"
    "\"license\":{\"type\":\"string\"}}},"
    "\"Page\":{\"type\":\"object\",\"required\":[\"total_items\",\"total_pages\",\"page_number\","
    "\"size\","
    "\"first_page\",\"last_page\",\"empty\",\"contents\"],\"properties\":{"
    "\"total_items\":{\"type\":\"integer\",\"description\":\"How many entries there are in all.\"},"
    "\"total_pages\":{\"type\":\"integer\"},\"page_number\":{\"type\":\"integer\"},"
    "\"size\":{\"type\":\"integer\",\"description\":\"Entries on this page.\"},"
    "\"first_page\":{\"type\":\"boolean\"},\"last_page\":{\"type\":\"boolean\"},\"empty\":{"
    "\"type\":\"boolean\"},"
    "\"contents\":{\"type\":\"array\"}}},"
    "\"Problem\":{\"type\":\"object\",\"description\":\"RFC "
    "9457\",\"required\":[\"title\",\"status\"],\"properties\":{"
    "\"type\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},\"status\":{\"type\":"
    "\"integer\"},"
    "\"detail\":{\"type\":\"string\"},\"problems\":{\"type\":\"array\",\"items\":{\"type\":"
    "\"object\",\"properties\":{"
    "\"field\":{\"type\":\"string\"},\"key\":{\"type\":\"string\"},\"detail\":{\"type\":\"string\"}"
    "}}}}},"
    "\"Area\":{\"type\":\"object\",\"required\":[\"kind\",\"code\",\"name\"],\"properties\":{"
    "\"kind\":{\"type\":\"string\"},\"code\":{\"type\":\"string\"},\"slug\":{\"type\":\"string\"},"
    "\"name\":{\"type\":\"string\"},\"from\":{\"type\":[\"string\",\"null\"]},\"to\":{\"type\":["
    "\"string\",\"null\"]},"
    "\"lat\":{\"type\":[\"number\",\"null\"]},\"lon\":{\"type\":[\"number\",\"null\"]},"
    "\"comuni\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}},"
    "\"Body\":{\"type\":\"object\",\"required\":[\"code\",\"slug\",\"name\",\"kind\"],"
    "\"properties\":{"
    "\"code\":{\"type\":\"string\"},\"slug\":{\"type\":\"string\"},\"name\":{\"type\":\"string\"},"
    "\"kind\":{\"type\":\"string\"},\"district\":{\"type\":[\"string\",\"null\"]},"
    "\"seat\":{\"type\":[\"string\",\"null\"]},\"known_comuni\":{\"type\":\"integer\"},"
    "\"is_complete\":{\"type\":\"boolean\"},\"from\":{\"type\":[\"string\",\"null\"]},"
    "\"to\":{\"type\":[\"string\",\"null\"]},\"successor\":{\"type\":[\"string\",\"null\"]},"
    "\"comuni\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}},"
    "\"Project\":{\"type\":\"object\",\"required\":[\"code\",\"slug\",\"title\"],\"properties\":{"
    "\"code\":{\"type\":\"string\"},\"slug\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},"
    "\"lead\":{\"type\":\"string\"},\"area\":{\"type\":\"string\"},\"population\":{\"type\":"
    "\"integer\"},"
    "\"size_class\":{\"type\":\"string\"},\"surveyed\":{\"type\":\"string\"},"
    "\"districts\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}},"
    "\"bodies\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},"
    "\"kinds\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}},"
    "\"OpenApi\":{\"type\":\"object\",\"required\":[\"openapi\",\"info\",\"paths\"]}}}";

static const struct {
    const char *name, *text;
} tags[] = {
    {"files", "Open data as files."},
    {"house", "About the API itself."},
    {"hsds", "The catalogue in HSDS 3.0, the Human Services Data Specification of Open Referral."},
    {"territory", "Comuni, districts, managing bodies."},
};

static void put_info(struct jwrite *j, struct web *w, struct str origin)
{
    const struct site *site = web_site(w);

    jwrite_open(j, "info", '{');
    text(j, "title", site->portal_name);
    text(j, "version", WECARE_VERSION);
    text(j, "summary", "Services and opportunities of a territory's welfare, as open data");
    text(j, "description",
         "Times of opening are wall times of Europe/Rome. Entries with the mark `demo` are "
         "invented. What is not "
         "known is left out. Errors are problem documents (RFC 9457) in plain words; under /en/api "
         "they are "
         "in English.");
    jwrite_open(j, "contact", '{');
    text(j, "name", site->keeper_name != NULL ? site->keeper_name : site->portal_name);
    jwrite_str(j, "url", origin);
    jwrite_close(j, '}');
    jwrite_open(j, "license", '{');
    text(j, "name", site->licence);
    jwrite_close(j, '}');
    jwrite_close(j, '}');
}

enum status publish_api_openapi(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct jwrite j = jwrite_to(web_out(w));
    const struct str origin = web_origin(w);
    struct api_ask ask;
    const enum status st = api_read_ask(w, 0, &ask);

    if (st != ST_OK)
        return st;
    web_set_type(w, "application/json");
    jwrite_open(&j, NULL, '{');
    text(&j, "openapi", "3.1.0");
    put_info(&j, w, origin);
    jwrite_open(&j, "servers", '[');
    jwrite_open(&j, NULL, '{');
    jwrite_str(&j, "url", origin);
    jwrite_close(&j, '}');
    jwrite_close(&j, ']');
    jwrite_open(&j, "tags", '[');
    for (int i = 0; i < ARRAY_LEN(tags); i++) {
        jwrite_open(&j, NULL, '{');
        text(&j, "name", tags[i].name);
        text(&j, "description", tags[i].text);
        jwrite_close(&j, '}');
    }
    jwrite_close(&j, ']');
    put_paths(&j, c->mem);
    buf_char(web_out(w), ',');
    buf_z(web_out(w), components);
    jwrite_close(&j, '}');
    return ST_OK;
}

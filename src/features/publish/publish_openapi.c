/* publish_openapi.c - GET /api/openapi.json: what programs may ask of the portal, in OpenAPI 3.1. The
 * parameters are those of the table that refuses the others. */
#include "publish_openapi.h"
#include "base/jwrite.h"
#include "base/macros.h"
#include "features/catalogue/catalogue_terms.h"
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
    jwrite_open(j, key, '{');
    jwrite_str(j, "$ref", str_fmt(mem, "#/components/schemas/%s", schema));
    jwrite_close(j, '}');
}

/* ---- parameters ---- */

static void put_values(struct jwrite *j, const char *const *values, int n)
{
    jwrite_open(j, "enum", '[');
    for (int i = 0; i < n; i++)
        text(j, NULL, values[i]);
    jwrite_close(j, ']');
}

static void put_range(struct jwrite *j, int least, int most)
{
    jwrite_int(j, "minimum", least);
    jwrite_int(j, "maximum", most);
}

static void put_param_type(struct jwrite *j, enum api_param_type type)
{
    static const char *const formats[] = {"json", "ndjson"};
    static const char *const days[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

    text(j, "type",
         type == PARAM_IS_NUMBER || type == PARAM_IS_METRES ? "integer"
         : type == PARAM_IS_AGE                             ? "number"
         : type == PARAM_IS_BOOL                            ? "boolean"
                                                            : "string");
    switch (type) {
    case PARAM_IS_NUMBER:
        put_range(j, 1, API_MOST_MINIMAL);
        break;
    case PARAM_IS_METRES:
        put_range(j, 1, API_MOST_METRES);
        break;
    case PARAM_IS_AGE:
        put_range(j, 0, 150);
        break;
    case PARAM_IS_UUID:
        text(j, "format", "uuid");
        break;
    case PARAM_IS_WORDS:
    case PARAM_IS_PLACE:
        jwrite_int(j, "maxLength", type == PARAM_IS_PLACE ? 100 : API_MOST_WORDS);
        break;
    case PARAM_IS_FORMAT:
        put_values(j, formats, ARRAY_LEN(formats));
        break;
    case PARAM_IS_DAY:
        put_values(j, days, ARRAY_LEN(days));
        break;
    case PARAM_IS_TIME:
        text(j, "pattern", "^[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?$");
        break;
    case PARAM_IS_INSTANT:
    case PARAM_IS_BOOL:
        break;
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

static void put_request_body(struct jwrite *j, struct arena *mem, const struct operation *op)
{
    static const char *const types[] = {"application/json", "application/x-www-form-urlencoded"};

    jwrite_open(j, "requestBody", '{');
    jwrite_bool(j, "required", true);
    jwrite_open(j, "content", '{');
    for (int t = 0; t < (op->body != NULL ? 1 : ARRAY_LEN(types)); t++) {
        jwrite_open(j, types[t], '{');
        if (op->body != NULL) {
            put_ref(j, "schema", mem, op->body);
            jwrite_close(j, '}');
            continue;
        }
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

static void put_trouble(struct jwrite *j, struct arena *mem, const char *code, const char *name)
{
    jwrite_open(j, code, '{');
    jwrite_str(j, "$ref", str_fmt(mem, "#/components/responses/%s", name));
    jwrite_close(j, '}');
}

static void put_headers(struct jwrite *j, struct arena *mem)
{
    static const char *const names[] = {"X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"};

    jwrite_open(j, "headers", '{');
    for (int i = 0; i < ARRAY_LEN(names); i++) {
        jwrite_open(j, names[i], '{');
        jwrite_str(j, "$ref", str_fmt(mem, "#/components/headers/%s", names[i]));
        jwrite_close(j, '}');
    }
    jwrite_close(j, '}');
}

static void put_operation(struct jwrite *j, struct arena *mem, const struct operation *op)
{
    const bool is_one = strchr(op->path, ':') != NULL;

    jwrite_open(j, op->method == GET ? "get" : "post", '{');
    text(j, "operationId", op->id);
    text(j, "summary", op->summary);
    text(j, "description", op->text);
    jwrite_open(j, "tags", '[');
    text(j, NULL, op->tag);
    jwrite_close(j, ']');
    put_parameters(j, op);
    if (op->method == POST)
        put_request_body(j, mem, op);
    jwrite_open(j, "responses", '{');
    jwrite_open(j, "200", '{');
    text(j, "description", op->summary);
    put_headers(j, mem);
    put_content(j, mem, op);
    jwrite_close(j, '}');
    if (op->answer == ANSWER_FILE)
        put_trouble(j, mem, "304", "NotModified");
    if (is_one && strstr(op->path, "hsds") != NULL)
        put_trouble(j, mem, "308", "Joined");
    put_trouble(j, mem, "400", "BadRequest");
    if (is_one || strstr(op->path, "/v1/areas") != NULL)
        put_trouble(j, mem, "404", "NotFound");
    if (is_one && strstr(op->path, "hsds") != NULL)
        put_trouble(j, mem, "410", "Gone");
    if (op->method == POST) {
        put_trouble(j, mem, "413", "TooLarge");
        put_trouble(j, mem, "415", "NoSuchType");
    }
    put_trouble(j, mem, "429", "TooMany");
    put_trouble(j, mem, "503", "Unavailable");
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

static const struct {
    const char *name, *text;
} tags[] = {
    {"files", "Open data as files."},
    {"house", "About the API itself."},
    {"hsds", "The catalogue in HSDS 3.0, the Human Services Data Specification of Open Referral."},
    {"rules", "What a household may be due, and why. A simulation: the ISEE that counts is issued by INPS. Nothing is kept."},
    {"territory", "Comuni, districts, managing bodies."},
};

/* The licence's own page, or ours that tells of it. */
static struct str licence_address(struct arena *mem, const char *name, struct str origin)
{
    static const struct {
        const char *name, *address;
    } known[] = {{"CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"},
                 {"CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"},
                 {"CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"}};

    for (int i = 0; i < ARRAY_LEN(known); i++)
        if (strcmp(known[i].name, name) == 0)
            return str_of(known[i].address);
    return str_fmt(mem, "%.*s/note-legali", (int)origin.n, origin.p);
}

static void put_info(struct jwrite *j, struct web *w, struct str origin)
{
    const struct site *site = web_site(w);

    jwrite_open(j, "info", '{');
    text(j, "title", site->portal_name);
    text(j, "version", WECARE_VERSION);
    text(j, "summary", "Services and opportunities of a territory's welfare, as open data");
    text(j, "x-summary", "Services and opportunities of a territory's welfare, as open data");
    jwrite_str(j, "x-api-id", catalogue_uuid_of(web_ctx(w)->mem, STR("api"), origin));
    jwrite_str(j, "termsOfService", str_fmt(web_ctx(w)->mem, "%.*s/note-legali", (int)origin.n, origin.p));
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
    jwrite_str(j, "url", licence_address(web_ctx(w)->mem, site->licence, origin));
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
    buf_z(web_out(w), "\"components\":");
    buf_z(web_out(w), openapi_components);
    jwrite_close(&j, '}');
    return ST_OK;
}

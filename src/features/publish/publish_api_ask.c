/* publish_api_ask.c - the parameters of the API, read and refused. */
#include "publish_api_ask.h"
#include "base/date.h"
#include "core/places/places.h"
#include <jansson.h>
#include <string.h>
#include <strings.h>

enum { JSON_MOST_NAMES = 40 };

const struct api_param_row api_params[PARAM_COUNT] = {
    [PARAM_PAGE] = {"page", PARAM_IS_NUMBER, false, "Page number, from 1."},
    [PARAM_PER_PAGE] = {"per_page", PARAM_IS_NUMBER, false,
                        "Entries on a page: 50 unless told, at most 1000 (100000 with minimal)."},
    [PARAM_FORMAT] = {"format", PARAM_IS_FORMAT, false,
                      "json, or ndjson: every entry found, one JSON object a line, without pages."},
    [PARAM_TERM] = {"taxonomy_term_id", PARAM_IS_UUID, true,
                    "Entries that carry this taxonomy term. Given several times, all of them."},
    [PARAM_TAXONOMY] = {"taxonomy_id", PARAM_IS_UUID, true,
                        "Entries that carry any term of this taxonomy."},
    [PARAM_ORGANIZATION] = {"organization_id", PARAM_IS_UUID, false,
                            "Entries of this organization."},
    [PARAM_MODIFIED_AFTER] = {"modified_after", PARAM_IS_INSTANT, false,
                              "Entries modified on or after this day or instant (RFC 3339)."},
    [PARAM_MINIMAL] = {"minimal", PARAM_IS_BOOL, false,
                       "Only id, name, status and the instant of the last change."},
    [PARAM_FULL] = {"full", PARAM_IS_BOOL, false, "Fully nested entries."},
    [PARAM_FULL_SERVICE] = {"full_service", PARAM_IS_BOOL, false,
                            "The organization's services fully nested."},
    [PARAM_TOP_ONLY] = {"top_only", PARAM_IS_BOOL, false, "Only terms without a parent."},
    [PARAM_PARENT] = {"parent_id", PARAM_IS_UUID, false, "Only terms with this parent."},
    [PARAM_POSTCODE] = {"postcode", PARAM_IS_PLACE, false,
                        "Postal code (CAP), where these are loaded: entries that serve who lives there."},
    [PARAM_COMUNE] = {"comune", PARAM_IS_PLACE, false,
                      "ISTAT code or name of a comune: entries that serve who lives there."},
    [PARAM_PROXIMITY] = {"proximity", PARAM_IS_METRES, false,
                         "With postcode or comune: entries with a place within so many metres of its town."},
    [PARAM_MIN_AGE] = {"minimum_age", PARAM_IS_AGE, false, "Entries whose minimum age is at least this."},
    [PARAM_MAX_AGE] = {"maximum_age", PARAM_IS_AGE, false, "Entries whose maximum age is at most this."},
    [PARAM_DAY] = {"day", PARAM_IS_DAY, true, "Entries open on this day of the week. Given several times, any of them."},
    [PARAM_START_TIME] = {"start_time", PARAM_IS_TIME, false,
                          "Entries that open at this time or later, on the days asked."},
    [PARAM_END_TIME] = {"end_time", PARAM_IS_TIME, false,
                        "Entries that close at this time or earlier, on the days asked."},
    [PARAM_SEARCH] =
        {"search", PARAM_IS_WORDS, false,
         "Words in anybody's language; only by POST, so that a need stays out of addresses."},
};

/* ---- values ---- */

static bool digits(struct str *s, int n, int *out)
{
    int v = 0;

    if ((int)s->n < n)
        return false;
    for (int i = 0; i < n; i++) {
        if (s->p[i] < '0' || s->p[i] > '9')
            return false;
        v = v * 10 + (s->p[i] - '0');
    }
    *s = str_from(*s, (size_t)n);
    *out = v;
    return true;
}

static bool skip(struct str *s, const char *any)
{
    if (s->n == 0 || s->p[0] == '\0' || strchr(any, s->p[0]) == NULL)
        return false;
    *s = str_from(*s, 1);
    return true;
}

/* "Z", "+02:00", or nothing; a plus that stood bare in an address has become a space. */
static bool read_offset(struct str s, int64_t *minutes)
{
    int hour, minute;

    *minutes = 0;
    if (s.n == 0 || str_eq(s, STR("Z")) || str_eq(s, STR("z")))
        return true;
    const int sign = s.p[0] == '-' ? -1 : 1;

    if (!skip(&s, "+- ") || !digits(&s, 2, &hour) || !skip(&s, ":") || !digits(&s, 2, &minute) ||
        s.n > 0 || hour > 23 || minute > 59)
        return false;
    *minutes = sign * (hour * 60 + minute);
    return true;
}

bool api_read_instant(struct str s, int64_t *out_ms)
{
    const int day = day_parse(str_head(s, 10));
    int hour = 0, minute = 0, second = 0, ms = 0, scale = 100, digit;
    int64_t offset = 0;

    if (day == DAY_NONE)
        return false;
    s = str_from(s, 10);
    if (s.n > 0) {
        if (!skip(&s, "Tt ") || !digits(&s, 2, &hour) || !skip(&s, ":") || !digits(&s, 2, &minute))
            return false;
        if (skip(&s, ":") && !digits(&s, 2, &second))
            return false;
        if (skip(&s, "."))
            for (; digits(&s, 1, &digit); scale /= 10)
                ms += digit * scale;
        if (hour > 23 || minute > 59 || second > 60 || !read_offset(s, &offset))
            return false;
    }
    *out_ms = (((int64_t)day * 24 + hour) * 60 + minute - offset) * 60000 + second * 1000 + ms;
    return true;
}

static bool is_uuid(struct str s)
{
    for (size_t i = 0; i < s.n && i < 36; i++) {
        const char c = s.p[i];
        const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
        const bool is_hex =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');

        if (is_dash ? c != '-' : !is_hex)
            return false;
    }
    return s.n == 36;
}

/* Ids are compared as they are stored: small letters. */
static struct str small(struct arena *mem, struct str s)
{
    char *p = arena_alloc(mem, s.n);

    for (size_t i = 0; i < s.n; i++)
        p[i] = s.p[i] >= 'A' && s.p[i] <= 'F' ? (char)(s.p[i] + 32) : s.p[i];
    return (struct str){p, s.n};
}

/* ---- one parameter ---- */

struct reading {
    struct web *w;
    struct api_ask *out;
    unsigned allowed, seen;
    bool is_post;
    enum status st; /* of the database */
};

static void wrong(struct reading *r, struct str name, const char *key, struct str value)
{
    struct ctx *c = web_ctx(r->w);

    problems_add(&c->problems, str_z(c->mem, str_head(name, 100)), key, str_head(value, 100));
}

static void put_number(struct reading *r, enum api_param p, struct str v)
{
    int64_t n;

    if (!str_to_int(v, &n) || n < 1 || n > API_MOST_MINIMAL)
        wrong(r, str_of(api_params[p].name), "publish.api-number", v);
    else
        *(p == PARAM_PAGE ? &r->out->page : &r->out->per_page) = (int)n;
}

static void put_bool(struct reading *r, enum api_param p, struct str v)
{
    bool *const to = p == PARAM_MINIMAL        ? &r->out->is_minimal
                     : p == PARAM_FULL         ? &r->out->is_full
                     : p == PARAM_FULL_SERVICE ? &r->out->is_full_service
                                               : &r->out->is_top_only;

    if (str_eq(v, STR("true")) || str_eq(v, STR("1")))
        *to = true;
    else if (!str_eq(v, STR("false")) && !str_eq(v, STR("0")))
        wrong(r, str_of(api_params[p].name), "publish.api-bool", v);
}

static void put_uuid(struct reading *r, enum api_param p, struct str v)
{
    struct arena *mem = web_ctx(r->w)->mem;
    struct api_ask *out = r->out;

    if (!is_uuid(v))
        wrong(r, str_of(api_params[p].name), "publish.api-uuid", v);
    else if (p == PARAM_ORGANIZATION)
        out->organization = small(mem, v);
    else if (p == PARAM_PARENT)
        out->parent = small(mem, v);
    else if ((p == PARAM_TERM ? out->n_terms : out->n_taxonomies) == API_MOST_TERMS)
        wrong(r, str_of(api_params[p].name), "publish.api-too-many", STR(""));
    else if (p == PARAM_TERM)
        out->terms[out->n_terms++] = small(mem, v);
    else
        out->taxonomies[out->n_taxonomies++] = small(mem, v);
}

/* One comune, of a postal code or by its name or code; with several there is none. */
static void put_place(struct reading *r, enum api_param p, struct str v)
{
    struct ctx *c = web_ctx(r->w);
    const struct str name = str_of(api_params[p].name);
    struct comune_hit *hits;
    bool has_caps = false;
    int n = 0;

    if (p == PARAM_POSTCODE && r->st == ST_OK)
        r->st = places_has_caps(c, &has_caps);
    if (r->st == ST_OK && p == PARAM_POSTCODE && !has_caps) {
        wrong(r, name, "publish.api-no-caps", v);
        return;
    }
    if (r->st == ST_OK)
        r->st = places_find_comuni(c, str_head(v, 100), 2, &hits, &n);
    if (r->st != ST_OK)
        return;
    const bool is_whole = n > 0 && (p == PARAM_POSTCODE ? hits[0].match == MATCH_CAP : hits[0].match <= MATCH_FORMER);

    if (!is_whole)
        wrong(r, name, p == PARAM_POSTCODE ? "publish.api-postcode" : "publish.no-comune", v);
    else if (n > 1 && p == PARAM_COMUNE)
        wrong(r, name, "publish.several-comuni", v);
    else
        r->out->area_id = hits[0].comune.area.area_id;
}

static bool read_decimal(struct str v, double *out)
{
    double whole = 0, scale = 1;
    bool has_point = false;

    if (v.n == 0 || v.n > 9)
        return false;
    for (size_t i = 0; i < v.n; i++) {
        if (v.p[i] == '.' && !has_point && i > 0) {
            has_point = true;
            continue;
        }
        if (v.p[i] < '0' || v.p[i] > '9')
            return false;
        whole = whole * 10 + (v.p[i] - '0');
        scale *= has_point ? 10 : 1;
    }
    *out = whole / scale;
    return true;
}

static void put_metres(struct reading *r, enum api_param p, struct str v)
{
    double metres;

    if (!read_decimal(v, &metres) || metres < 1 || metres > API_MOST_METRES)
        wrong(r, str_of(api_params[p].name), "publish.api-metres", v);
    else
        r->out->proximity_m = (int)metres;
}

static void put_age(struct reading *r, enum api_param p, struct str v)
{
    double years;

    if (!read_decimal(v, &years) || years > 150) {
        wrong(r, str_of(api_params[p].name), "publish.api-age", v);
    } else if (p == PARAM_MIN_AGE) {
        r->out->has_min_age = true;
        r->out->min_age = years;
    } else {
        r->out->has_max_age = true;
        r->out->max_age = years;
    }
}

static void put_weekday(struct reading *r, enum api_param p, struct str v)
{
    static const char days[] = "MOTUWETHFRSASU";

    for (int d = 0; d < 7; d++)
        if (v.n == 2 && strncasecmp(v.p, days + d * 2, 2) == 0) {
            r->out->weekdays |= 1 << d;
            return;
        }
    wrong(r, str_of(api_params[p].name), "publish.api-day", v);
}

/* "09:30", "09:30:00", "24:00". */
static void put_time(struct reading *r, enum api_param p, struct str v)
{
    struct str s = v;
    int hour = 0, minute = 0, second = 0;
    const bool is_time = digits(&s, 2, &hour) && skip(&s, ":") && digits(&s, 2, &minute) &&
                         (s.n == 0 || (skip(&s, ":") && digits(&s, 2, &second) && s.n == 0));

    if (!is_time || hour * 60 + minute > 24 * 60 || minute > 59)
        wrong(r, str_of(api_params[p].name), "publish.api-time", v);
    else
        *(p == PARAM_START_TIME ? &r->out->opens_from : &r->out->closes_to) = hour * 60 + minute;
}

static void put_value(struct reading *r, enum api_param p, struct str v)
{
    const struct str name = str_of(api_params[p].name);

    switch (api_params[p].type) {
    case PARAM_IS_NUMBER:
        put_number(r, p, v);
        break;
    case PARAM_IS_BOOL:
        put_bool(r, p, v);
        break;
    case PARAM_IS_UUID:
        put_uuid(r, p, v);
        break;
    case PARAM_IS_INSTANT:
        r->out->has_modified_after = api_read_instant(v, &r->out->modified_after);
        if (!r->out->has_modified_after)
            wrong(r, name, "publish.api-instant", v);
        break;
    case PARAM_IS_FORMAT:
        r->out->is_ndjson = str_eq(v, STR("ndjson"));
        if (!r->out->is_ndjson && !str_eq(v, STR("json")))
            wrong(r, name, "publish.api-format", v);
        break;
    case PARAM_IS_WORDS:
        if (v.n > API_MOST_WORDS)
            wrong(r, name, "publish.api-words", STR(""));
        r->out->search = str_trim(str_copy(web_ctx(r->w)->mem, str_head(v, API_MOST_WORDS)));
        break;
    case PARAM_IS_PLACE:
        put_place(r, p, v);
        break;
    case PARAM_IS_METRES:
        put_metres(r, p, v);
        break;
    case PARAM_IS_AGE:
        put_age(r, p, v);
        break;
    case PARAM_IS_DAY:
        put_weekday(r, p, v);
        break;
    case PARAM_IS_TIME:
        put_time(r, p, v);
        break;
    }
}

static struct str allowed_names(struct reading *r)
{
    struct buf b = buf_new(web_ctx(r->w)->mem, 256);

    for (int p = 0; p < PARAM_COUNT; p++)
        if ((r->allowed & PARAM(p)) != 0 && (p != PARAM_SEARCH || r->is_post))
            buf_fmt(&b, "%s%s", b.n > 0 ? ", " : "", api_params[p].name);
    return buf_view(&b);
}

static void take(struct reading *r, struct str name, struct str value)
{
    int p = 0;

    while (p < PARAM_COUNT && !str_eq_z(name, api_params[p].name))
        p++;
    if (p == PARAM_COUNT || (r->allowed & PARAM(p)) == 0)
        problems_add(&web_ctx(r->w)->problems, str_z(web_ctx(r->w)->mem, str_head(name, 100)),
                     r->allowed == 0 ? "publish.api-none" : "publish.api-unknown", allowed_names(r));
    else if (p == PARAM_SEARCH && !r->is_post)
        wrong(r, name, "publish.api-search-by-post", STR(""));
    else if ((r->seen & PARAM(p)) != 0 && !api_params[p].is_repeated)
        wrong(r, name, "publish.api-twice", STR(""));
    else
        put_value(r, (enum api_param)p, value);
    if (p < PARAM_COUNT)
        r->seen |= PARAM(p);
}

/* ---- where they stand ---- */

static void take_json_value(struct reading *r, struct str name, const json_t *v)
{
    struct arena *mem = web_ctx(r->w)->mem;

    if (json_is_string(v))
        take(r, name, str_copy(mem, (struct str){json_string_value(v), json_string_length(v)}));
    else if (json_is_boolean(v))
        take(r, name, json_is_true(v) ? STR("true") : STR("false"));
    else if (json_is_integer(v))
        take(r, name, str_fmt(mem, "%lld", (long long)json_integer_value(v)));
    else
        wrong(r, name, "publish.api-json-value", STR(""));
}

static void take_json_object(struct reading *r, json_t *all)
{
    const char *name;
    json_t *v;

    if (json_object_size(all) > JSON_MOST_NAMES) {
        wrong(r, STR(""), "publish.api-json", STR(""));
        return;
    }
    json_object_foreach(all, name, v)
    {
        const struct str key = str_copy(web_ctx(r->w)->mem, str_of(name));

        if (!json_is_array(v)) {
            take_json_value(r, key, v);
            continue;
        }
        for (size_t i = 0; i < json_array_size(v) && i <= API_MOST_TERMS; i++)
            take_json_value(r, key, json_array_get(v, i));
    }
}

/* No memory of ours is asked for between json_loadb and json_decref but a few hundred bytes that
 * the reading of the request has left over many times. */
static void take_json(struct reading *r, struct str body)
{
    json_error_t e;
    json_t *all = json_loadb(body.p, body.n, JSON_REJECT_DUPLICATES, &e);

    if (!json_is_object(all))
        wrong(r, STR(""), "publish.api-json", STR(""));
    else
        take_json_object(r, all);
    json_decref(all);
}

enum status api_read_ask(struct web *w, unsigned allowed, struct api_ask *out)
{
    struct reading r = {.w = w, .out = out, .allowed = allowed, .is_post = web_body(w).n > 0};
    struct str name, value;

    *out = (struct api_ask){.page = 1, .opens_from = -1, .closes_to = -1};
    for (int i = 0; web_query_pair(w, i, &name, &value); i++)
        take(&r, name, value);
    if (r.is_post && !web_form_pair(w, 0, &name, &value))
        take_json(&r, web_body(w));
    for (int i = 0; web_form_pair(w, i, &name, &value); i++)
        take(&r, name, value);
    if (out->per_page == 0)
        out->per_page = API_PER_PAGE;
    else if (out->per_page > API_MOST_PER_PAGE && !out->is_minimal)
        wrong(&r, STR("per_page"), "publish.api-per-page", STR(""));
    if (r.st != ST_OK)
        return r.st;
    if (out->proximity_m > 0 && out->area_id == 0 && web_ctx(w)->problems.n == 0)
        wrong(&r, STR("proximity"), "publish.api-proximity", STR(""));
    return web_ctx(w)->problems.n > 0 ? ST_INVALID : ST_OK;
}

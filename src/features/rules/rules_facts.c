/* rules_facts.c - what can be known of a household: the list, and households from JSON. */
#include "base/log.h"
#include "base/macros.h"
#include "base/sheet.h"
#include "base/status.h"
#include "base/tables.h"
#include "rules_json.h"
#include <string.h>

enum { MAX_FACTS = 400, MAX_JSON = 64 * 1024 };

struct rules_facts {
    struct rules_fact *list;
    int n;
};

static enum rules_type type_of(struct str s)
{
    static const char *const names[] = {"", "numero", "euro", "si-no", "codice"};

    for (int i = 1; i < (int)ARRAY_LEN(names); i++)
        if (str_eq_z(s, names[i]))
            return (enum rules_type)i;
    return 0;
}

static void read_codes(struct arena *mem, struct str text, struct rules_fact *f)
{
    struct str *const list = arena_alloc(mem, (text.n + 1) * sizeof *list);

    while (text.n > 0)
        list[f->n_codes++] = str_trim(str_cut(&text, '|'));
    f->codes = list;
}

/* "", or for a number "0", for a truth "no" or "sì". */
static bool read_usual(struct rules_fact *f)
{
    int64_t n = 0;

    f->usual_value = (struct rules_value){.type = f->type, .number = ratio_of(0)};
    if (f->usual.n == 0)
        return true;
    if (f->type == RULES_BOOL ? !str_eq_z(f->usual, "no") && !str_eq_z(f->usual, "sì") : !str_to_int(f->usual, &n))
        return false;
    f->usual_value.number = ratio_of(f->type == RULES_BOOL ? str_eq_z(f->usual, "sì") : f->type == RULES_MONEY ? n * 100 : n);
    f->usual_value.known = RULES_ESTIMATE;
    return f->type != RULES_CODE && n >= 0 && n <= 1000000;
}

enum status rules_facts_build(struct arena *mem, struct str csv, struct rules_facts **out, struct str *why)
{
    struct sheet s;
    struct rules_facts *const x = arena_alloc(mem, sizeof *x);

    if (sheet_read(mem, csv, &s, why) != ST_OK)
        return ST_INVALID;
    *x = (struct rules_facts){.list = arena_alloc(mem, (size_t)(s.n_rows + 1) * sizeof *x->list)};
    for (int i = 0; i < s.n_rows; i++) {
        struct rules_fact *const f = &x->list[x->n];

        *f = (struct rules_fact){.name = sheet_cell(&s, i, "name"),
                                 .is_of_member = str_eq_z(sheet_cell(&s, i, "of"), "persona"),
                                 .type = type_of(sheet_cell(&s, i, "type")),
                                 .label = sheet_cell(&s, i, "label"),
                                 .usual = sheet_cell(&s, i, "usual"),
                                 .chapter = sheet_cell(&s, i, "chapter")};
        if (f->type == 0 || f->name.n == 0 || x->n >= MAX_FACTS || !read_usual(f) || rules_fact_find(x, f->name) >= 0) {
            *why = str_fmt(mem, "line %d: a fact has a new name, one of numero, euro, si-no, codice, and a usual value of its type", (int)s.lines[i]);
            return ST_INVALID;
        }
        if (f->type == RULES_CODE)
            read_codes(mem, sheet_cell(&s, i, "codes"), f);
        x->n++;
    }
    *out = x;
    return ST_OK;
}

const struct rules_facts *rules_facts_open(struct arena *mem)
{
    const struct table_file *const t = table_find("rules/facts.csv");
    struct rules_facts *x = NULL;
    struct str why = STR("rules/facts.csv is not built in");

    if (t == NULL || rules_facts_build(mem, t->bytes, &x, &why) != ST_OK)
        bug("rules/facts.csv: %.*s", (int)why.n, why.p);
    return x;
}

int rules_n_facts(const struct rules_facts *f)
{
    return f->n;
}

const struct rules_fact *rules_fact_at(const struct rules_facts *f, int i)
{
    return &f->list[i];
}

int rules_fact_find(const struct rules_facts *f, struct str name)
{
    for (int i = 0; i < f->n; i++)
        if (str_eq(f->list[i].name, name))
            return i;
    return -1;
}

/* ---- households ---- */

static struct rules_value *unknown(struct arena *mem, const struct rules_facts *f)
{
    struct rules_value *const v = arena_alloc(mem, (size_t)(f->n + 1) * sizeof *v);

    for (int i = 0; i < f->n; i++)
        v[i] = (struct rules_value){.type = f->list[i].type, .number = ratio_of(0)};
    return v;
}

struct rules_household *rules_household_with(struct arena *mem, const struct rules_facts *f, int n_members, int n_outside)
{
    struct rules_household *const h = arena_alloc(mem, sizeof *h);

    *h = (struct rules_household){.values = unknown(mem, f),
                                  .members = arena_alloc(mem, (size_t)(n_members + n_outside) * sizeof *h->members),
                                  .n_members = n_members,
                                  .n_outside = n_outside};
    for (int i = 0; i < n_members + n_outside; i++)
        h->members[i].values = unknown(mem, f);
    return h;
}

struct rules_household *rules_household_new(struct arena *mem, const struct rules_facts *f, int n_members)
{
    return rules_household_with(mem, f, n_members, 0);
}

struct rules_household *rules_household_copy(struct arena *mem, const struct rules_facts *f, const struct rules_household *h)
{
    struct rules_household *const x = rules_household_with(mem, f, h->n_members, h->n_outside);
    const size_t n_bytes = (size_t)f->n * sizeof *h->values;

    memcpy(x->values, h->values, n_bytes);
    for (int i = 0; i < h->n_members + h->n_outside; i++)
        memcpy(x->members[i].values, h->members[i].values, n_bytes);
    return x;
}

/* "11545.89" or "11545,89": a number with at most six decimals, exactly. */
static bool read_number(struct str s, struct ratio *out)
{
    bool is_negative = s.n > 0 && s.p[0] == '-', in_decimals = false;
    int64_t n = 0, den = 1;
    int digits = 0;

    for (size_t i = is_negative; i < s.n; i++) {
        if ((s.p[i] == '.' || s.p[i] == ',') && !in_decimals && digits > 0) {
            in_decimals = true;
            continue;
        }
        if (s.p[i] < '0' || s.p[i] > '9' || ++digits > 15 || den > 100000)
            return false;
        n = n * 10 + (s.p[i] - '0');
        den *= in_decimals ? 10 : 1;
    }
    return digits > 0 && ratio_make(is_negative ? -n : n, den, out);
}

static bool read_value(struct arena *mem, const struct rules_fact *f, const json_t *j, struct rules_value *out)
{
    out->number = ratio_of(0);
    if (f->type == RULES_BOOL) {
        out->number = ratio_of(json_is_true(j));
        return json_is_boolean(j);
    }
    if (f->type == RULES_CODE) {
        for (int i = 0; i < f->n_codes; i++)
            if (json_is_string(j) && str_eq_z(f->codes[i], json_string_value(j))) {
                out->code = f->codes[i];
                return true;
            }
        return false;
    }
    struct str text = json_is_string(j)    ? str_of(json_string_value(j))
                      : json_is_integer(j) ? str_fmt(mem, "%lld", (long long)json_integer_value(j))
                      : json_is_real(j)    ? str_fmt(mem, "%.6f", json_real_value(j))
                                           : STR("");

    if (!read_number(text, &out->number))
        return false;
    return f->type != RULES_MONEY || ratio_mul(out->number, ratio_of(100), &out->number);
}

struct reading {
    struct arena *mem;
    const struct rules_facts *facts;
    struct str *why;
};

/* Facts of one object into `values`; "componenti" and "stime" are left to the caller. */
static bool read_object(struct reading *r, const json_t *object, bool of_member, enum rules_known known,
                        struct rules_value *values)
{
    const char *name;
    json_t *j;

    json_object_foreach ((json_t *)object, name, j) {
        if (!of_member && (strcmp(name, "componenti") == 0 || strcmp(name, "figli_fuori") == 0 || strcmp(name, "stime") == 0))
            continue;
        const int i = rules_fact_find(r->facts, str_of(name));

        if (i < 0 || r->facts->list[i].is_of_member != of_member) {
            *r->why = str_fmt(r->mem, "\"%s\" is no fact of a %s", name, of_member ? "person" : "household");
            return false;
        }
        if (json_is_null(j))
            continue;
        values[i].known = known;
        if (!read_value(r->mem, &r->facts->list[i], j, &values[i])) {
            *r->why = str_fmt(r->mem, "\"%s\" has a value that cannot be read", name);
            return false;
        }
    }
    return true;
}

static bool read_household(struct reading *r, const json_t *j, struct rules_household **out)
{
    const json_t *const members = json_object_get(j, "componenti");
    const json_t *const guesses = json_object_get(j, "stime");
    const json_t *const outside = json_object_get(j, "figli_fuori");
    const size_t n = json_array_size(members), n_outside = json_array_size(outside);

    if (n < 1 || n + n_outside > RULES_MAX_MEMBERS) {
        *r->why = str_fmt(r->mem, "\"componenti\" is a list of 1 to %d persons", RULES_MAX_MEMBERS);
        return false;
    }
    struct rules_household *const h = rules_household_with(r->mem, r->facts, (int)n, (int)n_outside);

    if (!read_object(r, j, false, RULES_CERTAIN, h->values) ||
        (guesses != NULL && !read_object(r, guesses, false, RULES_ESTIMATE, h->values)))
        return false;
    for (size_t i = 0; i < n + n_outside; i++)
        if (!read_object(r, i < n ? json_array_get(members, i) : json_array_get(outside, i - n), true, RULES_CERTAIN,
                         h->members[i].values))
            return false;
    *out = h;
    return true;
}

enum status rules_household_of(struct arena *mem, const struct rules_facts *f, const json_t *object, struct rules_household **out,
                               struct str *why)
{
    struct reading r = {mem, f, why};

    return read_household(&r, object, out) ? ST_OK : ST_INVALID;
}

enum status rules_household_read(struct arena *mem, const struct rules_facts *f, struct str json,
                                 struct rules_household **out, struct str *why)
{
    json_error_t e;

    if (json.n > MAX_JSON) {
        *why = STR("a household is 64 KB at most");
        return ST_INVALID;
    }
    json_t *const j = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, &e);

    if (j == NULL) {
        *why = str_fmt(mem, "line %d: %s", e.line, e.text);
        return ST_INVALID;
    }
    const enum status st = json_is_object(j) ? rules_household_of(mem, f, j, out, why) : ST_INVALID;

    if (!json_is_object(j))
        *why = STR("a household is one JSON object");
    json_decref(j);
    return st;
}

/* publish_tables.c - objects into rows, and what the package says of its tables. */
#include "publish_tables.h"
#include "base/jwrite.h"
#include "base/macros.h"
#include <string.h>

const struct publish_table_row publish_tables[PUBLISH_TABLES] = {
    [TABLE_ORGANIZATIONS] = {"organizations.csv", NULL, "organization_id", "organization",
                             "!id !name alternate_name !description email website tax_status tax_id #year_incorporated legal_status "
                             "logo uri parent_organization_id"},
    [TABLE_SERVICES] = {"services.csv", NULL, "service_id", "service",
                        "!id !organization_id program_id !name alternate_name description url email !status interpretation_services "
                        "application_process fees_description wait_time accreditations eligibility_description #minimum_age "
                        "#maximum_age assured_date assurer_email licenses alert last_modified"},
    [TABLE_LOCATIONS] = {"locations.csv", NULL, "location_id", "location",
                         "!id !location_type url organization_id name alternate_name description transportation #latitude #longitude "
                         "external_identifier external_identifier_type"},
    [TABLE_AT] = {"service_at_location.csv", "service_at_locations", "service_at_location_id", "service_at_location",
                  "!id !service_id !location_id description"},
    [TABLE_PROGRAMS] = {"programs.csv", "programs", "program_id", "program", "!id !organization_id !name alternate_name !description"},
    [TABLE_IDENTIFIERS] = {"organization_identifiers.csv", "organization_identifiers", NULL, "organization_identifier",
                           "!id !organization_id identifier_scheme !identifier_type !identifier"},
    [TABLE_CONTACTS] = {"contacts.csv", "contacts", "contact_id", "contact",
                        "!id organization_id service_id service_at_location_id location_id name title department email"},
    [TABLE_PHONES] = {"phones.csv", "phones", "phone_id", "phone",
                      "!id location_id service_id organization_id contact_id service_at_location_id !number #extension type description"},
    [TABLE_ADDRESSES] = {"addresses.csv", "addresses", NULL, "address",
                         "!id location_id attention !address_1 address_2 !city region !state_province postal_code !country "
                         "!address_type"},
    [TABLE_SCHEDULES] = {"schedules.csv", "schedules", NULL, "schedule",
                         "!id service_id location_id service_at_location_id valid_from valid_to dtstart #timezone until #count wkst freq "
                         "#interval byday byweekno bymonthday byyearday description opens_at closes_at schedule_link attending_type "
                         "notes"},
    [TABLE_COSTS] = {"cost_options.csv", "cost_options", NULL, "cost_option",
                     "!id !service_id valid_from valid_to option currency #amount amount_description"},
    [TABLE_AREAS] = {"service_areas.csv", "service_areas", NULL, "service_area",
                     "!id service_id name description extent extent_type uri"},
    [TABLE_LANGUAGES] = {"languages.csv", "languages", NULL, "language", "!id service_id location_id phone_id name code note"},
    [TABLE_DOCUMENTS] = {"required_documents.csv", "required_documents", NULL, "required_document", "!id service_id document uri"},
    [TABLE_ACCESS] = {"accessibility.csv", "accessibility", NULL, "accessibility", "!id location_id description details url"},
    [TABLE_FUNDING] = {"funding.csv", "funding", NULL, "funding", "!id organization_id service_id source"},
    [TABLE_ATTRIBUTES] = {"attributes.csv", "attributes", NULL, "attribute",
                          "!id !link_id !taxonomy_term_id link_type !link_entity value"},
    [TABLE_TAXONOMIES] = {"taxonomies.csv", NULL, "taxonomy_id", "taxonomy", "!id !name !description uri version"},
    [TABLE_TERMS] = {"taxonomy_terms.csv", NULL, "taxonomy_term_id", "taxonomy_term",
                     "!id code !name !description parent_id taxonomy language taxonomy_id term_uri"},
};

/* ---- ids met before ---- */

struct publish_ids {
    uint64_t *list; /* hashes; 0 is a free place */
    size_t n, room; /* room: a power of two */
};

static uint64_t hash_of(const char *z)
{
    uint64_t h = 1469598103934665603u;

    for (; *z != '\0'; z++)
        h = (h ^ (unsigned char)*z) * 1099511628211u;
    return h == 0 ? 1 : h;
}

static void put_id(struct publish_ids *ids, uint64_t h)
{
    size_t at = h & (ids->room - 1);

    while (ids->list[at] != 0)
        at = (at + 1) & (ids->room - 1);
    ids->list[at] = h;
    ids->n++;
}

/* True the first time. */
static bool is_new(struct arena *keep, struct publish_ids *ids, const char *id)
{
    const uint64_t h = hash_of(id);

    for (size_t at = h & (ids->room - 1); ids->room > 0 && ids->list[at] != 0; at = (at + 1) & (ids->room - 1))
        if (ids->list[at] == h)
            return false;
    if (ids->n * 2 >= ids->room) {
        const struct publish_ids old = *ids;

        ids->room = old.room == 0 ? 1024 : old.room * 2;
        ids->list = ARENA_ARRAY(keep, uint64_t, ids->room);
        ids->n = 0;
        for (size_t i = 0; i < old.room; i++)
            if (old.list[i] != 0)
                put_id(ids, old.list[i]);
    }
    put_id(ids, h);
    return true;
}

struct publish_rows publish_rows_new(struct arena *keep)
{
    static const enum publish_table once[] = {TABLE_ORGANIZATIONS, TABLE_LOCATIONS, TABLE_TAXONOMIES, TABLE_TERMS};
    struct publish_rows r = {.keep = keep};

    for (int i = 0; i < ARRAY_LEN(once); i++)
        r.seen[once[i]] = ARENA_NEW(keep, struct publish_ids);
    return r;
}

/* ---- rows ---- */

/* The next name, without its marks; false past the last. */
static bool next_column(struct str *rest, struct str *name, char *mark)
{
    if (rest->n == 0)
        return false;
    *name = str_cut(rest, ' ');
    *mark = '\0';
    if (name->p[0] == '#' || name->p[0] == '!') {
        *mark = name->p[0];
        *name = str_from(*name, 1);
    }
    return true;
}

void publish_table_head(struct buf *out, enum publish_table t)
{
    struct str rest = str_of(publish_tables[t].columns), name;
    char mark;

    for (bool is_first = true; next_column(&rest, &name, &mark); is_first = false)
        buf_fmt(out, "%s%.*s", is_first ? "" : ",", (int)name.n, name.p);
    buf_z(out, "\r\n");
}

/* Inside what it stands: the key of that row and what it is called. */
struct parent {
    const char *key, *id, *entity;
};

static const char *text_of(const json_t *object, const char *name)
{
    const char *z = json_string_value(json_object_get(object, name));

    return z == NULL ? "" : z;
}

/* "program_id" is the id of the program that stands inside, when it is not said by itself. */
static const char *id_inside(struct arena *mem, const json_t *object, struct str column)
{
    const struct str tail = STR("_id");

    if (column.n <= tail.n || !str_eq(str_from(column, column.n - tail.n), tail))
        return "";
    return text_of(json_object_get(object, str_z(mem, str_head(column, column.n - tail.n))), "id");
}

static void put_cell(struct buf *out, struct str v)
{
    bool is_quoted = false;

    for (size_t i = 0; i < v.n; i++)
        is_quoted = is_quoted || v.p[i] == '"' || v.p[i] == ',' || v.p[i] == '\n' || v.p[i] == '\r';
    if (!is_quoted) {
        buf_str(out, v);
        return;
    }
    buf_char(out, '"');
    for (size_t i = 0; i < v.n; i++) {
        if (v.p[i] == '"')
            buf_char(out, '"');
        buf_char(out, v.p[i]);
    }
    buf_char(out, '"');
}

static struct str cell_of(struct arena *mem, const json_t *object, const struct parent *p, struct str column)
{
    const json_t *v = json_object_get(object, str_z(mem, column));

    if (json_is_string(v))
        return str_of(json_string_value(v));
    if (json_is_integer(v))
        return str_fmt(mem, "%lld", (long long)json_integer_value(v));
    if (json_is_real(v))
        return str_fmt(mem, "%.9g", json_real_value(v));
    if (p->key != NULL && (str_eq_z(column, p->key) || str_eq_z(column, "link_id")))
        return str_of(p->id);
    if (p->entity != NULL && str_eq_z(column, "link_entity"))
        return str_of(p->entity);
    return str_of(id_inside(mem, object, column));
}

static void put_row(struct publish_rows *r, struct arena *mem, enum publish_table t, const json_t *object, const struct parent *p)
{
    struct str rest = str_of(publish_tables[t].columns), name;
    char mark;

    for (bool is_first = true; next_column(&rest, &name, &mark); is_first = false) {
        if (!is_first)
            buf_char(r->out[t], ',');
        put_cell(r->out[t], cell_of(mem, object, p, name));
    }
    buf_z(r->out[t], "\r\n");
}

/* What stands by itself and is named by others; met here when it came after its own turn. */
static const struct {
    enum publish_table in;
    const char *member;
    enum publish_table table;
} inside[] = {{TABLE_SERVICES, "organization", TABLE_ORGANIZATIONS},
              {TABLE_AT, "location", TABLE_LOCATIONS},
              {TABLE_ATTRIBUTES, "taxonomy_term", TABLE_TERMS},
              {TABLE_TERMS, "taxonomy_detail", TABLE_TAXONOMIES}};

static void take(struct publish_rows *r, struct arena *mem, enum publish_table t, const json_t *object, const struct parent *p)
{
    const struct parent here = {publish_tables[t].key, text_of(object, "id"), publish_tables[t].entity}, none = {0};

    if (r->seen[t] != NULL && !is_new(r->keep, r->seen[t], here.id))
        return;
    put_row(r, mem, t, object, p);
    for (int i = 0; i < ARRAY_LEN(inside); i++) {
        const json_t *one = t == inside[i].in ? json_object_get(object, inside[i].member) : NULL;

        if (one != NULL)
            take(r, mem, inside[i].table, one, &none);
    }
    for (int i = 0; i < PUBLISH_TABLES; i++) {
        const json_t *list = publish_tables[i].member == NULL ? NULL : json_object_get(object, publish_tables[i].member);

        for (size_t k = 0; k < json_array_size(list); k++)
            take(r, mem, (enum publish_table)i, json_array_get(list, k), &here);
    }
}

void publish_take_apart(struct publish_rows *r, struct arena *mem, enum publish_table t, const json_t *object)
{
    const struct parent none = {0};

    take(r, mem, t, object, &none);
}

/* ---- the descriptor ---- */

static void put_fields(struct jwrite *j, enum publish_table t)
{
    struct str rest = str_of(publish_tables[t].columns), name;
    char mark;

    jwrite_open(j, "fields", '[');
    while (next_column(&rest, &name, &mark)) {
        jwrite_open(j, NULL, '{');
        jwrite_str(j, "name", name);
        jwrite_str(j, "type", mark == '#' ? STR("number") : STR("string"));
        if (mark == '!') {
            jwrite_open(j, "constraints", '{');
            jwrite_bool(j, "required", true);
            if (str_eq_z(name, "id"))
                jwrite_bool(j, "unique", true);
            jwrite_close(j, '}');
        }
        jwrite_close(j, '}');
    }
    jwrite_close(j, ']');
}

static void put_keys(struct jwrite *j, enum publish_table t)
{
    struct str rest = str_of(publish_tables[t].columns), name;
    char mark;

    jwrite_open(j, "foreignKeys", '[');
    while (next_column(&rest, &name, &mark))
        for (int i = 0; i < PUBLISH_TABLES; i++) {
            const bool is_own = str_eq_z(name, "parent_id") && t == TABLE_TERMS && i == TABLE_TERMS;

            if (!is_own && (publish_tables[i].key == NULL || !str_eq_z(name, publish_tables[i].key)))
                continue;
            jwrite_open(j, NULL, '{');
            jwrite_str(j, "fields", name);
            jwrite_open(j, "reference", '{');
            jwrite_str(j, "resource", str_head(str_of(publish_tables[i].file), strlen(publish_tables[i].file) - 4));
            jwrite_str(j, "fields", STR("id"));
            jwrite_close(j, '}');
            jwrite_close(j, '}');
        }
    jwrite_close(j, ']');
}

static void put_resource(struct jwrite *j, enum publish_table t)
{
    const char *file = publish_tables[t].file;

    jwrite_open(j, NULL, '{');
    jwrite_str(j, "name", str_head(str_of(file), strlen(file) - 4));
    jwrite_str(j, "path", str_of(file));
    jwrite_str(j, "profile", STR("tabular-data-resource"));
    jwrite_str(j, "format", STR("csv"));
    jwrite_str(j, "mediatype", STR("text/csv"));
    jwrite_str(j, "encoding", STR("utf-8"));
    jwrite_open(j, "schema", '{');
    jwrite_str(j, "primaryKey", STR("id"));
    put_fields(j, t);
    put_keys(j, t);
    jwrite_close(j, '}');
    jwrite_close(j, '}');
}

void publish_descriptor(struct buf *out, const struct publish_about *about)
{
    struct jwrite j = jwrite_to(out);

    jwrite_open(&j, NULL, '{');
    jwrite_str(&j, "profile", STR("tabular-data-package"));
    jwrite_str(&j, "name", about->name);
    jwrite_str(&j, "title", about->title);
    jwrite_str(&j, "homepage", about->address);
    jwrite_str(&j, "created", about->made_at);
    jwrite_open(&j, "licenses", '[');
    jwrite_open(&j, NULL, '{');
    jwrite_str(&j, "title", about->licence);
    jwrite_close(&j, '}');
    jwrite_close(&j, ']');
    jwrite_open(&j, "resources", '[');
    for (int t = 0; t < PUBLISH_TABLES; t++)
        put_resource(&j, (enum publish_table)t);
    jwrite_close(&j, ']');
    jwrite_close(&j, '}');
    buf_char(out, '\n');
}

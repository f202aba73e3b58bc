/* feeds_tables.c - the first reading: rows checked, and where each of them stands, by its keys. */
#include "feeds_tables.h"
#include "base/csv.h"
#include "base/macros.h"
#include "feeds_hsds_old.h"
#include "feeds_tables_private.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Those that others point at come first, so that a key that leads nowhere is seen at once. */
static const enum hsds_object order[] = {
    HSDS_ORGANIZATION, HSDS_PROGRAM, HSDS_TAXONOMY, HSDS_TAXONOMY_TERM, HSDS_LOCATION, HSDS_SERVICE, HSDS_SERVICE_AT_LOCATION, HSDS_CONTACT,
    HSDS_PHONE, HSDS_ADDRESS, HSDS_SCHEDULE, HSDS_COST_OPTION, HSDS_SERVICE_AREA, HSDS_LANGUAGE, HSDS_REQUIRED_DOCUMENT,
    HSDS_ACCESSIBILITY, HSDS_FUNDING, HSDS_ORGANIZATION_IDENTIFIER, HSDS_ATTRIBUTE,
};

static const struct {
    const char *name;
    enum hsds_object to; /* HSDS_NONE: an attribute's link may lead to anything */
} keys[] = {
    {"service_id", HSDS_SERVICE}, {"organization_id", HSDS_ORGANIZATION}, {"location_id", HSDS_LOCATION},
    {"service_at_location_id", HSDS_SERVICE_AT_LOCATION}, {"contact_id", HSDS_CONTACT}, {"phone_id", HSDS_PHONE},
    {"program_id", HSDS_PROGRAM}, {"taxonomy_id", HSDS_TAXONOMY}, {"taxonomy_term_id", HSDS_TAXONOMY_TERM}, {"link_id", HSDS_NONE},
};

struct feeds_tables *feeds_tables_new(struct feeds_intake *in)
{
    struct feeds_tables *t = ARENA_NEW(in->keep, struct feeds_tables);

    t->in = in;
    t->mem = arena_new(0);
    t->refused = feeds_seen_new();
    t->eligibility = feeds_seen_new();
    return t;
}

void feeds_tables_free(struct feeds_tables *t)
{
    if (t == NULL)
        return;
    for (int i = 0; i < HSDS_OBJECT_COUNT; i++) {
        struct hsds_table *b = &t->tables[i];

        for (int k = 0; k < b->n_parts; k++)
            close(b->parts[k].fd);
        for (int64_t k = 0; k < b->n_rows; k++)
            json_decref(b->rows[k]);
        feeds_seen_free(b->ids);
        arena_free(b->mem_places);
        arena_free(b->mem);
    }
    feeds_seen_free(t->refused);
    feeds_seen_free(t->eligibility);
    arena_free(t->mem);
}

/* What tables are called elsewhere: by the singular, and in HSDS 1.1 and 2.0. */
static const struct {
    const char *name;
    enum hsds_object object;
    bool is_old;
} other_names[] = {
    {"service_at_locations.csv", HSDS_SERVICE_AT_LOCATION}, {"services_at_location.csv", HSDS_SERVICE_AT_LOCATION, true},
    {"organization.csv", HSDS_ORGANIZATION}, {"service.csv", HSDS_SERVICE}, {"location.csv", HSDS_LOCATION}, {"address.csv", HSDS_ADDRESS},
    {"phone.csv", HSDS_PHONE}, {"contact.csv", HSDS_CONTACT}, {"schedule.csv", HSDS_SCHEDULE}, {"cost_option.csv", HSDS_COST_OPTION},
    {"service_area.csv", HSDS_SERVICE_AREA}, {"language.csv", HSDS_LANGUAGE}, {"required_document.csv", HSDS_REQUIRED_DOCUMENT},
    {"program.csv", HSDS_PROGRAM}, {"organization_identifier.csv", HSDS_ORGANIZATION_IDENTIFIER}, {"attribute.csv", HSDS_ATTRIBUTE},
    {"taxonomy_term.csv", HSDS_TAXONOMY_TERM}, {"physical_addresses.csv", HSDS_ADDRESS, true}, {"physical_address.csv", HSDS_ADDRESS, true},
    {"postal_addresses.csv", HSDS_ADDRESS, true}, {"postal_address.csv", HSDS_ADDRESS, true}, {"regular_schedules.csv", HSDS_SCHEDULE, true},
    {"regular_schedule.csv", HSDS_SCHEDULE, true}, {"holiday_schedules.csv", HSDS_SCHEDULE, true}, {"holiday_schedule.csv", HSDS_SCHEDULE, true},
    {"payments_accepted.csv", HSDS_COST_OPTION, true}, {"payment_accepted.csv", HSDS_COST_OPTION, true},
    {"services_taxonomy.csv", HSDS_ATTRIBUTE, true}, {"service_taxonomy.csv", HSDS_ATTRIBUTE, true},
    {"service_attribute.csv", HSDS_ATTRIBUTE, true}, {"service_attributes.csv", HSDS_ATTRIBUTE, true},
    {"other_attribute.csv", HSDS_ATTRIBUTE, true}, {"other_attributes.csv", HSDS_ATTRIBUTE, true}, {"taxonomy.csv", HSDS_TAXONOMY_TERM, true},
    {"accessibility_for_disabilities.csv", HSDS_ACCESSIBILITY, true},
};

static bool add_part(struct feeds_tables *t, const char *folder, const char *name, enum hsds_object as)
{
    struct hsds_table *b = &t->tables[as];
    const char *file = str_fmt(t->mem, "%s/%s", folder, name).p;
    const int fd = b->n_parts < TABLE_MAX_PARTS ? open(file, O_RDONLY | O_CLOEXEC) : -1;

    if (fd >= 0)
        b->parts[b->n_parts++] = (struct hsds_part){.file = file, .name = name, .fd = fd};
    return fd >= 0;
}

static bool on_eligibility(void *arg, const struct csv_row *row)
{
    enum { MOST = 1000000 };
    struct feeds_tables *t = arg;
    json_t *object = json_object();
    const struct str service = csv_cell(row, "service_id"), words = csv_cell(row, "eligibility");
    int64_t at = 0;

    arena_reset(t->in->row);
    json_object_set_new(object, "service_id", json_stringn(service.p, service.n));
    feeds_hsds_modern_row(t->in, object, HSDS_NONE);
    const struct str id = hsds_text(t->in, object, "service_id");

    if (words.n > 0 && t->n_said < MOST && feeds_seen_add(t->eligibility, id, t->n_said + 1, &at)) {
        if (t->n_said == t->room_said) {
            const int64_t room = t->room_said * 2 + 256;

            t->said = arena_grow(t->mem, t->said, (size_t)t->room_said * sizeof *t->said, (size_t)room * sizeof *t->said);
            t->room_said = room;
        }
        t->said[t->n_said++] = str_copy(t->mem, words);
    } else if (words.n > 0 && at > 0) {
        t->said[at - 1] = str_fmt(t->mem, "%.*s; %.*s", (int)t->said[at - 1].n, t->said[at - 1].p, (int)words.n, words.p);
    }
    json_decref(object);
    return true;
}

/* 1.1 and 2.0: who may use a service, in a table of its own. */
static void read_eligibility(struct feeds_tables *t, const char *folder)
{
    static const char *const names[] = {"eligibility.csv", "eligibilities.csv"};
    struct csv_trouble trouble;

    for (int i = 0; i < ARRAY_LEN(names); i++) {
        const char *file = str_fmt(t->mem, "%s/%s", folder, names[i]).p;

        if (access(file, R_OK) != 0)
            continue;
        t->in->is_old = true;
        if (csv_read_file(t->in->keep, file, &(struct csv_options){.each = on_eligibility, .arg = t, .mends_1252 = true}, &trouble) != ST_OK)
            feeds_notice(t->in, str_of(names[i]), trouble.key, trouble.value);
    }
}

void feeds_tables_add_folder(struct feeds_tables *t, const char *folder)
{
    for (int i = 0; i < HSDS_OBJECT_COUNT; i++)
        if (hsds_table_name((enum hsds_object)i) != NULL)
            add_part(t, folder, hsds_table_name((enum hsds_object)i), (enum hsds_object)i);
    for (int i = 0; i < ARRAY_LEN(other_names); i++)
        if (add_part(t, folder, other_names[i].name, other_names[i].object))
            t->in->is_old |= other_names[i].is_old;
    read_eligibility(t, folder);
}

void feeds_tables_add_json(struct feeds_tables *t, struct str table, int64_t row, const json_t *tree)
{
    enum { MOST = 1000000 };
    const enum hsds_object as = hsds_object_of_table(table);
    struct hsds_table *b = &t->tables[as];

    if (as == HSDS_NONE)
        return; /* a table of another profile */
    if (b->mem == NULL)
        b->mem = arena_new(0);
    if (b->n_rows == MOST) {
        feeds_refuse(t->in, STR(""), "feeds.too-many-rows", table);
        return;
    }
    if (b->n_rows == b->room_rows) {
        const int64_t room = b->room_rows * 2 + 256;

        b->rows = arena_grow(b->mem, b->rows, (size_t)b->room_rows * sizeof *b->rows, (size_t)room * sizeof *b->rows);
        b->room_rows = room;
    }
    b->rows[b->n_rows++] = json_incref((json_t *)tree);
}

/* ---- a row as an object ---- */

static json_t *number_of(struct str s)
{
    int64_t whole;
    double real;

    if (str_to_int(s, &whole))
        return json_integer(whole);
    if (str_to_double(s, &real))
        return json_real(real);
    return json_stringn(s.p, s.n); /* the check says that it is none */
}

/* Columns that 3.0 calls otherwise or has not: feeds_hsds_old.c makes of them what they are now. */
static const char *const old_names[] = {"url", "language", "service_area", "accessibility", "term", "vocabulary", "weekday",
                                        "closed", "start_date", "end_date", "payment", "taxonomy_id"};
static_assert(ARRAY_LEN(old_names) <= TABLE_OLD_NAMES, "room for every old name");

static void see_names(struct feeds_intake *in, struct hsds_part *part, enum hsds_object as, const struct csv_row *row)
{
    const struct hsds_field *fields = hsds_fields(as);

    part->separator = csv_separator(row);
    for (int f = 0; fields[f].name != NULL; f++)
        part->columns[f] = csv_column(row, fields[f].name);
    for (int i = 0; i < ARRAY_LEN(old_names); i++)
        part->old[i] = in->is_old ? csv_column(row, old_names[i]) : -1;
}

/* What were two tables is one now: the same number in both is two ids. Nothing refers to these. */
static void part_ids(json_t *out, const struct hsds_part *part, enum hsds_object as)
{
    const char *id = json_string_value(json_object_get(out, "id"));

    if (id != NULL && strlen(id) < 100 && (as == HSDS_ADDRESS || as == HSDS_SCHEDULE || as == HSDS_COST_OPTION || as == HSDS_ATTRIBUTE))
        json_object_set_new(out, "id", json_sprintf("%s %s", part->name, id));
}

static void add_old(json_t *out, const struct hsds_part *part, enum hsds_object as, const struct str *cells, int n_cells)
{
    for (int i = 0; i < ARRAY_LEN(old_names); i++) {
        const int at = part->old[i];

        if (at >= 0 && at < n_cells && cells[at].n > 0 && json_object_get(out, old_names[i]) == NULL)
            json_object_set_new_nocheck(out, old_names[i], json_stringn_nocheck(cells[at].p, cells[at].n));
    }
    part_ids(out, part, as);
    if (as == HSDS_ADDRESS && strncmp(part->name, "postal", 6) == 0)
        json_object_set_new(out, "address_type", json_string("postal"));
}

json_t *feeds_row_object(struct feeds_intake *in, const struct hsds_part *part, enum hsds_object as, const struct str *cells, int n_cells)
{
    const struct hsds_field *fields = hsds_fields(as);
    json_t *out = json_object();

    for (int f = 0; fields[f].name != NULL; f++) {
        const int at = part->columns[f];

        if (at < 0 || at >= n_cells || cells[at].n == 0 || fields[f].type == HSDS_LIST || fields[f].type == HSDS_ONE)
            continue;
        json_object_set_new_nocheck(out, fields[f].name,
                                    fields[f].type == HSDS_NUMBER ? number_of(cells[at])
                                                                  : json_stringn_nocheck(cells[at].p, cells[at].n));
    }
    if (in->is_old) {
        add_old(out, part, as, cells, n_cells);
        feeds_hsds_modern_as(in, out, as);
    } else {
        feeds_hsds_modern_row(in, out, as);
    }
    return out;
}

/* ---- the first reading ---- */

struct scanning {
    struct feeds_tables *t;
    struct hsds_table *b;
    int part;
    enum hsds_object as;
    struct feeds_hsds *h;
};

uint64_t feeds_key_hash(const struct feeds_tables *t, const char *key, struct str value)
{
    return feeds_seen_hash(t->refused, value) ^ ((uint64_t)(unsigned char)key[0] << 56 | (uint64_t)strlen(key) << 48);
}

static void index_row(struct scanning *s, const char *key, struct str value, uint64_t ref)
{
    struct hsds_table *b = s->b;

    if (b->n_places == b->room_places) {
        struct arena *mem = arena_new(0), *old = b->mem_places;
        const int64_t room = b->room_places * 2 + 1024;
        struct row_place *places = ARENA_ARRAY(mem, struct row_place, (size_t)room);

        if (b->n_places > 0)
            memcpy(places, b->places, (size_t)b->n_places * sizeof *places);
        b->places = places;
        b->room_places = room;
        b->mem_places = mem;
        arena_free(old);
    }
    b->places[b->n_places++] = (struct row_place){feeds_key_hash(s->t, key, value), ref};
}

/* Every key the row has: does it lead somewhere? False when none does and one is needed. */
static bool follow_keys(struct scanning *s, const json_t *row, uint64_t ref)
{
    struct feeds_intake *in = s->t->in;
    int n_keys = 0, n_good = 0;

    for (int k = 0; k < ARRAY_LEN(keys); k++) {
        const struct str value = hsds_text(in, row, keys[k].name);
        const enum hsds_object to = keys[k].to;
        int64_t line;

        if (value.n == 0)
            continue;
        n_keys++;
        if (to != HSDS_NONE && (s->t->tables[to].ids == NULL || !feeds_seen_find(s->t->tables[to].ids, value, &line))) {
            const bool is_needed = (s->as == HSDS_SERVICE && to == HSDS_ORGANIZATION) || s->as == HSDS_SERVICE_AT_LOCATION;

            if (is_needed)
                feeds_refuse(in, str_of(keys[k].name), "feeds.dangling", value);
            else
                feeds_notice(in, str_of(keys[k].name), "feeds.dangling", value);
            continue;
        }
        if (to == HSDS_NONE && s->as == HSDS_ATTRIBUTE) {
            bool is_there = false;

            for (int i = 0; i < HSDS_OBJECT_COUNT; i++)
                is_there |= s->t->tables[i].ids != NULL && feeds_seen_find(s->t->tables[i].ids, value, &line);
            if (!is_there) {
                feeds_notice(in, str_of(keys[k].name), "feeds.dangling", value);
                continue;
            }
        }
        n_good++;
        index_row(s, keys[k].name, value, ref);
    }
    return n_keys == 0 || n_good > 0;
}

static void check_needed_keys(struct scanning *s, const json_t *row)
{
    static const struct {
        enum hsds_object as;
        const char *key;
    } needed[] = {{HSDS_SERVICE, "organization_id"}, {HSDS_SERVICE_AT_LOCATION, "service_id"}, {HSDS_SERVICE_AT_LOCATION, "location_id"}};

    for (int i = 0; i < ARRAY_LEN(needed); i++)
        if (needed[i].as == s->as && hsds_text(s->t->in, row, needed[i].key).n == 0)
            feeds_refuse(s->t->in, str_of(needed[i].key), "feeds.missing", STR(""));
}

static void scan_row(struct scanning *s, const json_t *row, int64_t line, uint64_t ref)
{
    struct feeds_intake *in = s->t->in;
    const struct str id = hsds_text(in, row, "id");
    int64_t first;

    in->is_row_refused = false;
    in->row_no = line;
    if (feeds_hsds_is_good(s->h, row, s->as)) {
        check_needed_keys(s, row);
        if (!feeds_seen_add(s->b->ids, id, line, &first))
            feeds_refuse(in, STR("id"), "feeds.id-twice", str_fmt(in->row, "%.*s (%lld)", (int)id.n, id.p, (long long)first));
        else if (!in->is_row_refused && follow_keys(s, row, ref) && !in->is_row_refused)
            index_row(s, "id", id, ref);
    }
    if (in->is_row_refused)
        feeds_seen_add(s->t->refused, str_fmt(in->row, "%d:%llu", (int)s->as, (unsigned long long)ref), 1, &first);
}

static bool on_row(void *arg, const struct csv_row *row)
{
    struct scanning *s = arg;
    struct feeds_intake *in = s->t->in;

    arena_reset(in->row);
    in->row_no = row->line;
    in->is_row_refused = false;
    struct hsds_part *part = &s->b->parts[s->part];

    if (part->separator == 0)
        see_names(in, part, s->as, row);
    if (row->was_1252)
        feeds_notice(in, STR(""), "feeds.was-1252", STR(""));
    if (row->wrong != NULL || row->n_bytes <= 0) {
        feeds_refuse(in, STR(""), row->wrong != NULL ? row->wrong : "feeds.line-ends", STR(""));
        return feeds_goes_on(in);
    }
    json_t *object = feeds_row_object(in, part, s->as, row->cells, row->n_cells);

    s->b->n_lines++;
    scan_row(s, object, row->line, (uint64_t)s->part << 60 | (uint64_t)row->at << 20 | (uint64_t)row->n_bytes);
    json_decref(object);
    return feeds_goes_on(in);
}

static int by_hash(const void *a, const void *b)
{
    const struct row_place *x = a, *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->ref > y->ref) - (x->ref < y->ref);
}

static void scan_file(struct scanning *s)
{
    static const char *const needed[] = {"id"};
    struct feeds_intake *in = s->t->in;
    struct csv_trouble trouble;
    const enum status st = csv_read_file(
        in->keep, s->b->parts[s->part].file,
        &(struct csv_options){.needed = needed, .n_needed = 1, .each = on_row, .arg = s, .mends_1252 = true}, &trouble);

    if (st == ST_OK)
        return;
    in->row_no = trouble.line;
    in->is_row_refused = false;
    if (st == ST_INVALID)
        feeds_refuse(in, STR(""), trouble.key, trouble.value);
    else
        in->st = st;
    in->skips_refused = false; /* the rest of the table is not known */
}

/* An object's list of children, from the table of their kind. */
static void scan(struct feeds_tables *t, enum hsds_object as, struct feeds_hsds *h)
{
    struct hsds_table *b = &t->tables[as];
    struct scanning s = {t, b, 0, as, h};

    if (b->n_parts == 0 && b->n_rows == 0)
        return;
    b->ids = feeds_seen_new();
    for (s.part = 0; s.part < b->n_parts && feeds_goes_on(t->in); s.part++) {
        t->in->table = str_fmt(t->in->keep, "%s: ", b->parts[s.part].name);
        scan_file(&s);
    }
    t->in->table = str_fmt(t->in->keep, "%s: ", hsds_table_name(as));
    for (int64_t i = 0; i < b->n_rows; i++) {
        arena_reset(t->in->row);
        feeds_hsds_modern_row(t->in, b->rows[i], as);
        scan_row(&s, b->rows[i], i + 1, (uint64_t)i);
    }
    if (b->n_places > 0)
        qsort(b->places, (size_t)b->n_places, sizeof *b->places, by_hash);
    t->in->table = STR("");
}

enum status feeds_tables_take(struct feeds_tables *t, struct feeds_hsds *h)
{
    /* Checked anew also when a reader before has got further: where each row stands is known in memory alone. */
    if (t->in->n_skipped > 0)
        t->in->n_refused = t->in->run->n_refused = t->in->run->n_read = 0;
    for (int i = 0; i < ARRAY_LEN(order) && feeds_goes_on(t->in); i++)
        scan(t, order[i], h);
    if (feeds_goes_on(t->in))
        feeds_tables_join(t, h);
    return t->in->st;
}

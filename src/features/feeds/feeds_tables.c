/* feeds_tables.c - the first reading: rows checked, and where each of them stands, by its keys. */
#include "feeds_tables.h"
#include "base/csv.h"
#include "base/macros.h"
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
    for (int i = 0; i < HSDS_OBJECT_COUNT; i++)
        t->tables[i].fd = -1;
    return t;
}

void feeds_tables_free(struct feeds_tables *t)
{
    if (t == NULL)
        return;
    for (int i = 0; i < HSDS_OBJECT_COUNT; i++) {
        struct hsds_table *b = &t->tables[i];

        if (b->fd >= 0)
            close(b->fd);
        for (int64_t k = 0; k < b->n_rows; k++)
            json_decref(b->rows[k]);
        feeds_seen_free(b->ids);
        arena_free(b->mem_places);
        arena_free(b->mem);
    }
    feeds_seen_free(t->refused);
    arena_free(t->mem);
}

void feeds_tables_add_folder(struct feeds_tables *t, const char *folder)
{
    for (int i = 0; i < HSDS_OBJECT_COUNT; i++) {
        const char *name = hsds_table_name((enum hsds_object)i);
        struct hsds_table *b = &t->tables[i];

        if (name == NULL)
            continue;
        b->file = str_fmt(t->mem, "%s/%s", folder, name).p;
        b->fd = open(b->file, O_RDONLY | O_CLOEXEC);
        if (b->fd < 0 && i == HSDS_SERVICE_AT_LOCATION) {
            b->file = str_fmt(t->mem, "%s/service_at_locations.csv", folder).p;
            b->fd = open(b->file, O_RDONLY | O_CLOEXEC);
        }
    }
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

json_t *feeds_row_object(const struct hsds_table *b, enum hsds_object as, const struct str *cells, int n_cells)
{
    const struct hsds_field *fields = hsds_fields(as);
    json_t *out = json_object();

    for (int f = 0; fields[f].name != NULL; f++) {
        const int at = b->columns[f];

        if (at < 0 || at >= n_cells || cells[at].n == 0 || fields[f].type == HSDS_LIST || fields[f].type == HSDS_ONE)
            continue;
        json_object_set_new_nocheck(out, fields[f].name,
                                    fields[f].type == HSDS_NUMBER ? number_of(cells[at])
                                                                  : json_stringn_nocheck(cells[at].p, cells[at].n));
    }
    return out;
}

/* ---- the first reading ---- */

struct scanning {
    struct feeds_tables *t;
    struct hsds_table *b;
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
    if (s->b->separator == 0) {
        const struct hsds_field *fields = hsds_fields(s->as);

        s->b->separator = csv_separator(row);
        for (int f = 0; fields[f].name != NULL; f++)
            s->b->columns[f] = csv_column(row, fields[f].name);
    }
    if (row->wrong != NULL || row->n_bytes <= 0) {
        feeds_refuse(in, STR(""), row->wrong != NULL ? row->wrong : "feeds.line-ends", STR(""));
        return feeds_goes_on(in);
    }
    json_t *object = feeds_row_object(s->b, s->as, row->cells, row->n_cells);

    s->b->n_lines++;
    scan_row(s, object, row->line, (uint64_t)row->at << 20 | (uint64_t)row->n_bytes);
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
        in->keep, s->b->file, &(struct csv_options){.needed = needed, .n_needed = 1, .each = on_row, .arg = s}, &trouble);

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
    struct scanning s = {t, b, as, h};

    if (b->fd < 0 && b->n_rows == 0)
        return;
    b->ids = feeds_seen_new();
    t->in->table = str_fmt(t->in->keep, "%s: ", hsds_table_name(as));
    if (b->fd >= 0)
        scan_file(&s);
    for (int64_t i = 0; i < b->n_rows; i++) {
        arena_reset(t->in->row);
        scan_row(&s, b->rows[i], i + 1, (uint64_t)i);
    }
    if (b->n_places > 0)
        qsort(b->places, (size_t)b->n_places, sizeof *b->places, by_hash);
    t->in->table = STR("");
}

enum status feeds_tables_take(struct feeds_tables *t, struct feeds_hsds *h)
{
    /* Checked anew also when a reader before has got further: where each row stands is known in memory alone. */
    t->in->n_refused = t->in->run->n_refused = t->in->run->n_read = 0;
    for (int i = 0; i < ARRAY_LEN(order) && feeds_goes_on(t->in); i++)
        scan(t, order[i], h);
    if (feeds_goes_on(t->in))
        feeds_tables_join(t, h);
    return t->in->st;
}

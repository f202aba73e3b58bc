/* feeds_tables_join.c - the second reading: each entry with the rows that hang on it, as one nested object. */
#include "base/csv.h"
#include "base/macros.h"
#include "feeds_tables_private.h"
#include <string.h>
#include <unistd.h>

static const char *key_to(enum hsds_object parent, enum hsds_object child)
{
    static const char *const by_parent[HSDS_OBJECT_COUNT] = {
        [HSDS_SERVICE] = "service_id", [HSDS_ORGANIZATION] = "organization_id", [HSDS_LOCATION] = "location_id",
        [HSDS_SERVICE_AT_LOCATION] = "service_at_location_id", [HSDS_CONTACT] = "contact_id", [HSDS_PHONE] = "phone_id",
    };

    return child == HSDS_ATTRIBUTE ? "link_id" : by_parent[parent];
}

/* First place of a hash; n_places when there is none. */
static int64_t first_place(const struct hsds_table *b, uint64_t hash)
{
    int64_t low = 0, high = b->n_places;

    while (low < high) {
        const int64_t middle = (low + high) / 2;

        if (b->places[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A row read again; NULL when the file has changed meanwhile. */
static json_t *read_again(struct feeds_tables *t, const struct hsds_table *b, enum hsds_object as, uint64_t ref)
{
    struct str cells[CSV_MAX_COLUMNS];

    if (b->n_parts == 0)
        return ref < (uint64_t)b->n_rows ? json_copy(b->rows[ref]) : NULL;
    const struct hsds_part *part = &b->parts[ref >> 60];
    const size_t n = ref & 0xfffff;
    char *bytes = arena_alloc(t->in->row, n);

    if (pread(part->fd, bytes, n, (off_t)(ref >> 20 & 0xffffffffff)) != (ssize_t)n) {
        t->in->st = ST_UNAVAILABLE;
        return NULL;
    }
    const int n_cells = csv_split_row(t->in->row, (struct str){bytes, n}, part->separator, cells, CSV_MAX_COLUMNS);

    return feeds_row_object(t->in, part, as, cells, n_cells);
}

static bool is_refused(struct feeds_tables *t, enum hsds_object as, uint64_t ref)
{
    int64_t n;

    return t->in->n_refused > 0 &&
           feeds_seen_find(t->refused, str_fmt(t->in->row, "%d:%llu", (int)as, (unsigned long long)ref), &n);
}

static void hang(struct feeds_tables *t, json_t *parent, enum hsds_object as, int depth);

/* The one object a key leads to: the term of an attribute, the taxonomy of a term. */
static void hang_one(struct feeds_tables *t, json_t *object, const struct hsds_field *f, const char *key)
{
    const struct hsds_table *b = &t->tables[f->of];
    const char *id = json_string_value(json_object_get(object, key));

    if (id == NULL || b->n_places == 0)
        return;
    const uint64_t hash = feeds_key_hash(t, "id", str_of(id));
    const int64_t i = first_place(b, hash);

    if (i < b->n_places && b->places[i].hash == hash) {
        json_t *one = read_again(t, b, f->of, b->places[i].ref);

        if (one != NULL)
            json_object_set_new(object, f->name, one);
    }
}

static void hang_list(struct feeds_tables *t, json_t *parent, enum hsds_object as, const struct hsds_field *f, struct str id, int depth)
{
    const struct hsds_table *b = &t->tables[f->of];
    const char *key = key_to(as, f->of);
    json_t *list = NULL;

    if (key == NULL || b->n_places == 0)
        return;
    const uint64_t hash = feeds_key_hash(t, key, id);

    for (int64_t i = first_place(b, hash); i < b->n_places && b->places[i].hash == hash; i++) {
        if (is_refused(t, f->of, b->places[i].ref))
            continue;
        json_t *child = read_again(t, b, f->of, b->places[i].ref);

        if (child == NULL)
            continue;
        hang(t, child, f->of, depth + 1);
        list = list == NULL ? json_array() : list;
        json_array_append_new(list, child);
    }
    if (list != NULL)
        json_object_set_new(parent, f->name, list);
}

/* Everything that hangs on an object, level by level; organisations, places and services apart. */
static void hang(struct feeds_tables *t, json_t *parent, enum hsds_object as, int depth)
{
    enum { DEEPEST = 4 };
    const struct str id = str_copy(t->in->row, str_of(json_string_value(json_object_get(parent, "id"))));

    if (as == HSDS_ATTRIBUTE) {
        for (const struct hsds_field *f = hsds_fields(as); f->name != NULL; f++)
            if (f->type == HSDS_ONE)
                hang_one(t, parent, f, "taxonomy_term_id");
        return;
    }
    for (const struct hsds_field *f = hsds_fields(as); f->name != NULL && depth < DEEPEST && t->in->st == ST_OK; f++)
        if (f->type == HSDS_LIST && f->of != HSDS_LOCATION && f->of != HSDS_SERVICE && f->of != HSDS_METADATA)
            hang_list(t, parent, as, f, id, depth);
}

/* ---- entry by entry ---- */

struct joining {
    struct feeds_tables *t;
    struct feeds_hsds *h;
    enum hsds_object as;
    int64_t n;
    int part;
};

static void take_location(struct joining *j, const json_t *tree)
{
    int64_t organisation_id = 0, id;

    feeds_seen_find(j->t->in->organisations, hsds_text(j->t->in, tree, "organization_id"), &organisation_id);
    feeds_take_location(j->h, tree, organisation_id, &id);
}

static void take(struct joining *j, json_t *tree, int64_t line, uint64_t ref)
{
    struct feeds_intake *in = j->t->in;
    int64_t id;

    if (is_refused(j->t, j->as, ref))
        return;
    in->row_no = line;
    in->is_row_refused = false;
    hang(j->t, tree, j->as, 0);
    if (j->as == HSDS_SERVICE && feeds_seen_find(j->t->eligibility, hsds_text(in, tree, "id"), &id) &&
        json_object_get(tree, "eligibility_description") == NULL)
        json_object_set_new(tree, "eligibility_description", json_stringn(j->t->said[id - 1].p, j->t->said[id - 1].n));
    switch (j->as) {
    case HSDS_TAXONOMY:
        feeds_take_taxonomy(j->h, tree);
        break;
    case HSDS_TAXONOMY_TERM:
        feeds_take_term(j->h, tree);
        break;
    case HSDS_ORGANIZATION:
        feeds_take_organisation(j->h, tree, &id);
        break;
    case HSDS_LOCATION:
        take_location(j, tree);
        break;
    default:
        feeds_take_service(j->h, tree, 0);
        break;
    }
}

static bool on_row(void *arg, const struct csv_row *row)
{
    struct joining *j = arg;
    struct feeds_intake *in = j->t->in;

    arena_reset(in->row);
    in->run->n_read += j->as == HSDS_SERVICE;
    if (row->wrong == NULL && row->n_bytes > 0) {
        if (feeds_was_read(in))
            return true;
        json_t *tree = feeds_row_object(in, &j->t->tables[j->as].parts[j->part], j->as, row->cells, row->n_cells);

        take(j, tree, row->line, (uint64_t)j->part << 60 | (uint64_t)row->at << 20 | (uint64_t)row->n_bytes);
        json_decref(tree);
        feeds_mark(in);
    }
    if (j->as == HSDS_SERVICE && ++j->n % 256 == 0)
        in->run->progress(in->run, j->n, j->t->tables[HSDS_SERVICE].n_lines);
    return feeds_goes_on(in);
}

static void join(struct joining *j)
{
    const struct hsds_table *b = &j->t->tables[j->as];
    struct feeds_intake *in = j->t->in;
    struct csv_trouble trouble;

    for (j->part = 0; j->part < b->n_parts && feeds_goes_on(in); j->part++) {
        const struct csv_options o = {.each = on_row, .arg = j, .mends_1252 = true};

        in->table = str_fmt(in->keep, "%s: ", b->parts[j->part].name);
        if (csv_read_file(in->keep, b->parts[j->part].file, &o, &trouble) != ST_OK && in->n_refused == 0)
            in->st = ST_UNAVAILABLE; /* it could be read a moment ago */
    }
    in->table = str_fmt(in->keep, "%s: ", hsds_table_name(j->as));
    for (int64_t i = 0; i < b->n_rows && feeds_goes_on(in); i++) {
        arena_reset(in->row);
        in->run->n_read += j->as == HSDS_SERVICE;
        if (feeds_was_read(in))
            continue;
        json_t *tree = json_copy(b->rows[i]);

        take(j, tree, i + 1, (uint64_t)i);
        json_decref(tree);
        feeds_mark(in);
    }
    in->table = STR("");
}

void feeds_tables_join(struct feeds_tables *t, struct feeds_hsds *h)
{
    static const enum hsds_object order[] = {HSDS_TAXONOMY, HSDS_TAXONOMY_TERM, HSDS_ORGANIZATION, HSDS_LOCATION, HSDS_SERVICE};

    for (int i = 0; i < ARRAY_LEN(order) && t->in->st == ST_OK; i++) {
        struct joining j = {t, h, order[i], 0, 0};

        join(&j);
    }
}

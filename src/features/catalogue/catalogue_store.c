/* catalogue_store.c - services and locations out of their tables; nothing here writes. */
#include "catalogue_store.h"
#include "base/macros.h"
#include "catalogue_pack.h"
#include "catalogue_sql.h"

static const char *const state_names[] = {
    [SERVICE_SHOWN] = "shown", [SERVICE_HIDDEN] = "hidden", [SERVICE_GONE] = "gone"};

const char *catalogue_state_name(enum service_state s)
{
    return state_names[s];
}

enum service_state catalogue_state_of(struct str name)
{
    for (int i = 0; i < ARRAY_LEN(state_names); i++)
        if (str_eq_z(name, state_names[i]))
            return (enum service_state)i;
    return SERVICE_HIDDEN;
}

void catalogue_store_words(struct arena *mem, struct str text, const struct str **out, int *n_out)
{
    struct str rest = text, *list;
    int n = 0;

    while (rest.n > 0)
        n += str_cut(&rest, ' ').n > 0;
    list = ARENA_ARRAY(mem, struct str, (size_t)n);
    *n_out = 0;
    while (text.n > 0) {
        const struct str word = str_cut(&text, ' ');

        if (word.n > 0)
            list[(*n_out)++] = word;
    }
    *out = list;
}

/* The queries put text into c->mem: here it is the arena that was asked for. */
static struct ctx with_mem(const struct ctx *c, struct arena *mem)
{
    struct ctx copy = *c;

    copy.mem = mem;
    return copy;
}

static struct str keys(struct arena *mem, const int64_t *ids, int n)
{
    struct buf b = buf_new(mem, (size_t)n * 8 + 1);

    for (int i = 0; i < n; i++) {
        if (i > 0)
            buf_char(&b, ',');
        buf_int(&b, ids[i]);
    }
    return buf_view(&b);
}

/* ---- locations ---- */

/* Two queries give the same columns in rows of two types. */
#define LOCATION_OF(r)                                                                             \
    ((struct location){.location_id = (r)->location_id,                                            \
                       .uuid = (r)->uuid,                                                          \
                       .type = (r)->type,                                                          \
                       .name = (r)->name,                                                          \
                       .alternate_name = (r)->alternate_name,                                      \
                       .description = (r)->description,                                            \
                       .transportation = (r)->transportation,                                      \
                       .url = (r)->url,                                                            \
                       .external_identifier = (r)->external_identifier,                            \
                       .external_identifier_type = (r)->external_identifier_type,                  \
                       .comune_id = (r)->has_comune_id ? (r)->comune_id : 0,                       \
                       .comune_name = (r)->has_comune_name ? (r)->comune_name : STR(""),           \
                       .comune_slug = (r)->has_comune_slug ? (r)->comune_slug : STR(""),           \
                       .prov = (r)->prov,                                                          \
                       .quarter = (r)->quarter,                                                    \
                       .has_point = (r)->has_lat,                                                  \
                       .lat = (r)->has_lat ? (r)->lat : 0,                                         \
                       .lon = (r)->has_lon ? (r)->lon : 0,                                         \
                       .is_point_of_town = (r)->is_point_of_town != 0,                             \
                       .is_secret = (r)->is_secret != 0,                                           \
                       .organisation_id = (r)->has_organisation_id ? (r)->organisation_id : 0,     \
                       .source = (r)->source,                                                      \
                       .source_id = (r)->source_id,                                                \
                       .changed_at = (r)->changed_at})

enum status catalogue_store_locations(struct ctx *c, struct arena *mem, const int64_t *ids, int n,
                                      struct location **out, int *n_out)
{
    struct ctx own = with_mem(c, mem);
    struct catalogue_location_of_ids_row *rows;
    int n_rows = 0;
    const enum status st = catalogue_sql_location_of_ids(
        &own, &(struct catalogue_location_of_ids_in){keys(mem, ids, n)}, &rows, &n_rows);

    *n_out = 0;
    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(mem, struct location, (size_t)n_rows);
    for (int i = 0; i < n_rows; i++) {
        struct location *l = &(*out)[(*n_out)++];

        *l = LOCATION_OF(&rows[i]);
        catalogue_unpack_location(mem, rows[i].parts, l->uuid, l);
    }
    return ST_OK;
}

/* ---- services ---- */

static int day_of(bool has, struct str text)
{
    return has ? day_parse(text) : DAY_NONE;
}

static void read_words(struct arena *mem, const struct catalogue_service_of_ids_row *r,
                       struct service *s)
{
    s->name = r->name;
    s->alternate_name = r->alternate_name;
    s->summary = r->summary;
    s->description = r->description;
    s->url = r->url;
    s->email = r->email;
    s->application_process = r->application_process;
    s->eligibility = r->eligibility;
    s->wait_time = r->wait_time;
    s->interpretation = r->interpretation;
    s->accreditations = r->accreditations;
    s->licenses = r->licenses;
    s->fees = r->fees;
    s->isee_note = r->isee_note;
    s->intake = r->intake;
    s->alert = r->alert;
    s->program_uuid = r->program_uuid;
    s->assurer_email = r->assurer_email;
    catalogue_store_words(mem, r->needs, &s->needs, &s->n_needs);
    catalogue_store_words(mem, r->targets, &s->targets, &s->n_targets);
}

static void read_service(struct arena *mem, const struct catalogue_service_of_ids_row *r,
                         bool with_ids, struct service *s)
{
    *s = (struct service){.service_id = r->service_id,
                          .uuid = r->uuid,
                          .slug = r->slug,
                          .organisation_id = r->organisation_id,
                          .organisation_uuid = r->organisation_uuid,
                          .organisation_name = r->organisation_name,
                          .organisation_slug = r->organisation_slug,
                          .organisation_phone = r->organisation_phone,
                          .organisation_kind = organisations_kind_of(r->organisation_kind),
                          .kind = catalogue_kind_of(r->kind),
                          .status = catalogue_status_of(r->status),
                          .state = catalogue_state_of(r->state),
                          .fee = catalogue_fee_of(r->fee),
                          .ways = (int)r->ways,
                          .has_min_age = r->has_min_age,
                          .min_age = r->has_min_age ? r->min_age : 0,
                          .has_max_age = r->has_max_age,
                          .max_age = r->has_max_age ? r->max_age : 0,
                          .has_places_free = r->has_places_free,
                          .places_free = r->has_places_free ? (int)r->places_free : 0,
                          .places_on = day_of(r->has_places_on, r->places_on),
                          .starts_on = day_of(r->has_starts_on, r->starts_on),
                          .ends_on = day_of(r->has_ends_on, r->ends_on),
                          .apply_by = day_of(r->has_apply_by, r->apply_by),
                          .confirmed_on = day_of(r->has_confirmed_on, r->confirmed_on),
                          .confirmed_how = catalogue_how_of(r->confirmed_how),
                          .confirmed_by = r->confirmed_by,
                          .source = r->source,
                          .source_id = r->source_id,
                          .is_demo = r->is_demo != 0,
                          .initiative_year = (int)r->initiative_year,
                          .due_state = (enum due_state)r->due_state,
                          .change_no = r->change_no,
                          .changed_at = r->changed_at};
    read_words(mem, r, s);
    catalogue_unpack_service(mem, r->parts, r->more, with_ids ? s->uuid : STR(""), s);
}

/* Both in order of key: one walk puts each place with its service. */
static void read_ats(struct arena *mem, struct service *list, int n,
                     const struct catalogue_at_of_services_row *rows, int n_rows, bool with_ids)
{
    struct service_at *ats = ARENA_ARRAY(mem, struct service_at, (size_t)n_rows);
    struct location *locations = ARENA_ARRAY(mem, struct location, (size_t)n_rows);
    int at = 0;

    for (int i = 0; i < n; i++) {
        while (at < n_rows && rows[at].service_id < list[i].service_id)
            at++;
        list[i].ats = &ats[at];
        for (; at < n_rows && rows[at].service_id == list[i].service_id; at++) {
            const struct catalogue_at_of_services_row *r = &rows[at];

            locations[at] = LOCATION_OF(r);
            catalogue_unpack_location(mem, r->parts, with_ids ? r->uuid : STR(""), &locations[at]);
            ats[at] = (struct service_at){.uuid = r->at_uuid,
                                          .description = r->at_description,
                                          .location_id = r->location_id,
                                          .service_id = r->service_id,
                                          .location = &locations[at]};
            catalogue_unpack_at(mem, r->at_parts, with_ids ? r->at_uuid : STR(""), &ats[at]);
            list[i].n_ats++;
        }
    }
}

static const struct service *find(const struct service *list, int n, int64_t id)
{
    int lo = 0, hi = n;

    while (lo < hi) {
        const int mid = (lo + hi) / 2;

        if (list[mid].service_id < id)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < n && list[lo].service_id == id ? &list[lo] : NULL;
}

enum status catalogue_store_services(struct ctx *c, struct arena *mem, const struct service_ask *a,
                                     struct service **out, int *n_out)
{
    struct ctx own = with_mem(c, mem);
    struct catalogue_service_of_ids_row *rows = NULL;
    struct catalogue_at_of_services_row *ats = NULL;
    int n_rows = 0, n_ats = 0;
    const struct str ids = keys(mem, a->ids, a->n);
    enum status st = ST_OK;

    *n_out = 0;
    if (a->n > 0)
        st = catalogue_sql_service_of_ids(&own, &(struct catalogue_service_of_ids_in){ids}, &rows,
                                          &n_rows);
    if (st == ST_OK && a->n > 0)
        st = catalogue_sql_at_of_services(&own, &(struct catalogue_at_of_services_in){ids}, &ats,
                                          &n_ats);
    if (st != ST_OK)
        return st;
    struct service *list = ARENA_ARRAY(mem, struct service, (size_t)n_rows);

    for (int i = 0; i < n_rows; i++)
        read_service(mem, &rows[i], a->with_ids, &list[i]);
    read_ats(mem, list, n_rows, ats, n_ats, a->with_ids);
    *out = ARENA_ARRAY(mem, struct service, (size_t)a->n);
    for (int i = 0; i < a->n; i++) {
        const struct service *s = find(list, n_rows, a->ids[i]);

        if (s != NULL && (!a->shown_only || catalogue_is_offered(s, c->today)))
            (*out)[(*n_out)++] = *s;
    }
    return ST_OK;
}

/* ---- keys ---- */

#define IDS_OF(mem, rows, n_rows, column, out)                                                     \
    do {                                                                                           \
        (out)->n = (n_rows);                                                                       \
        (out)->ids = ARENA_ARRAY((mem), int64_t, (size_t)(n_rows));                                \
        for (int i = 0; i < (n_rows); i++)                                                         \
            (out)->ids[i] = (rows)[i].column;                                                      \
    } while (0)

enum status catalogue_store_of_organisation(struct ctx *c, int64_t organisation_id,
                                            struct id_list *out)
{
    struct catalogue_service_of_organisation_row *rows;
    int n = 0;
    const enum status st = catalogue_sql_service_of_organisation(
        c, &(struct catalogue_service_of_organisation_in){organisation_id}, &rows, &n);

    if (st == ST_OK)
        IDS_OF(c->mem, rows, n, service_id, out);
    return st;
}

enum status catalogue_store_in_comune(struct ctx *c, int64_t comune_id, int limit,
                                      struct id_list *out)
{
    struct catalogue_service_in_comune_row *rows;
    int n = 0;
    const enum status st = catalogue_sql_service_in_comune(
        c, &(struct catalogue_service_in_comune_in){comune_id, limit}, &rows, &n);

    if (st == ST_OK)
        IDS_OF(c->mem, rows, n, service_id, out);
    return st;
}

enum status catalogue_store_at_location(struct ctx *c, int64_t location_id, struct id_list *out)
{
    struct catalogue_service_at_location_row *rows;
    int n = 0;
    const enum status st = catalogue_sql_service_at_location(
        c, &(struct catalogue_service_at_location_in){location_id}, &rows, &n);

    if (st == ST_OK)
        IDS_OF(c->mem, rows, n, service_id, out);
    return st;
}

enum status catalogue_store_block(struct ctx *c, struct arena *mem, const struct service_read *r,
                                  struct id_list *out)
{
    struct ctx own = with_mem(c, mem);
    int n = 0;
    enum status st;

    if (r->after_change > 0) {
        struct catalogue_service_changed_row *rows;
        const struct catalogue_service_changed_in in = {r->after_id, r->after_change, r->with_gone,
                                                        r->limit};

        st = catalogue_sql_service_changed(&own, &in, &rows, &n);
        if (st == ST_OK)
            IDS_OF(mem, rows, n, service_id, out);
    } else {
        struct catalogue_service_block_row *rows;
        const struct catalogue_service_block_in in = {r->after_id, r->changed_from, r->with_gone,
                                                      r->limit};

        st = catalogue_sql_service_block(&own, &in, &rows, &n);
        if (st == ST_OK)
            IDS_OF(mem, rows, n, service_id, out);
    }
    return st;
}

enum status catalogue_store_location_block(struct ctx *c, struct arena *mem,
                                           const struct location_read *r, struct id_list *out)
{
    struct ctx own = with_mem(c, mem);
    struct catalogue_location_block_row *rows;
    const struct catalogue_location_block_in in = {r->after_id, r->changed_from, r->limit};
    int n = 0;
    const enum status st = catalogue_sql_location_block(&own, &in, &rows, &n);

    if (st == ST_OK)
        IDS_OF(mem, rows, n, location_id, out);
    return st;
}

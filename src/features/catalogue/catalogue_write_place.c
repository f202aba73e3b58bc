/* catalogue_write_place.c - how places come in, the secret ones too; and what goes at the end. */
#include "catalogue_pack.h"
#include "catalogue_writer.h"
#include "base/digest.h"
#include "base/random.h"
#include "catalogue_sql.h"
#include <stdlib.h>

struct place {
    struct location l; /* as it is kept: of a secret one only what may be known */
    struct str parts, secret;
    int64_t sum;
};

/* What tells where a refuge is goes into `secret`; the town's point stands for its own. */
static enum status prepare(struct catalogue_write *w, const struct location *given, struct place *p)
{
    struct buf parts = buf_new(w->mem, 256), secret = buf_new(w->mem, 256);
    struct area comune;
    enum status st = ST_OK;

    p->l = *given;
    p->l.type = given->type.n > 0 ? given->type : STR("physical");
    p->l.uuid = uuid_tidy(w->mem, given->uuid);
    if (given->is_secret) {
        catalogue_pack_secret(&secret, given);
        p->secret = buf_view(&secret);
        p->l.name = p->l.alternate_name = p->l.description = STR("");
        p->l.transportation = p->l.url = STR("");
        p->l.external_identifier = p->l.external_identifier_type = STR("");
        p->l.n_addresses = 0;
        p->l.has_point = p->l.is_point_of_town = false;
    }
    if (!p->l.has_point && given->comune_id != 0) {
        st = catalogue_writer_area(w, given->comune_id, &comune);
        p->l.has_point = p->l.is_point_of_town = st == ST_OK && comune.has_point;
        p->l.lat = st == ST_OK ? comune.lat : 0;
        p->l.lon = st == ST_OK ? comune.lon : 0;
    }
    if (p->l.prov.n == 0 && given->comune_id != 0) {
        struct area province;

        if (catalogue_writer_area(w, given->comune_id, &comune) == ST_OK && comune.parent_id != 0 &&
            catalogue_writer_area(w, comune.parent_id, &province) == ST_OK)
            p->l.prov = province.code;
    }
    catalogue_pack_location(&parts, &p->l, !given->is_secret);
    p->parts = buf_view(&parts);
    for (int i = 0; given->is_secret && i < given->n_addresses; i++)
        p->parts = catalogue_redact(w->mem, p->parts, given->addresses[i].address_1);
    return st;
}

static int64_t sum_of(const struct place *p)
{
    const struct location *l = &p->l;
    const struct str texts[] = {l->uuid,           l->type, l->name,   l->alternate_name,      l->description,
                                l->transportation, l->url,  l->external_identifier, l->external_identifier_type,
                                l->prov,           l->quarter, p->parts, p->secret};
    struct digest d;

    digest_begin(&d);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        digest_text(&d, texts[i]);
    digest_int(&d, l->comune_id);
    digest_int(&d, l->organisation_id);
    digest_int(&d, l->is_secret + 2 * l->has_point + 4 * l->is_point_of_town);
    digest_real(&d, l->has_point ? l->lat : 0);
    digest_real(&d, l->has_point ? l->lon : 0);
    return digest_end(&d);
}

static struct catalogue_location_add_in row_in(const struct catalogue_write *w, const struct place *p)
{
    const struct location *l = &p->l;

    return (struct catalogue_location_add_in){.uuid = l->uuid,
                                              .type = l->type,
                                              .name = l->name,
                                              .alternate_name = l->alternate_name,
                                              .description = l->description,
                                              .transportation = l->transportation,
                                              .url = l->url,
                                              .external_identifier = l->external_identifier,
                                              .external_identifier_type = l->external_identifier_type,
                                              .has_comune_id = l->comune_id != 0,
                                              .comune_id = l->comune_id,
                                              .prov = l->prov,
                                              .quarter = l->quarter,
                                              .has_lat = l->has_point,
                                              .lat = l->lat,
                                              .has_lon = l->has_point,
                                              .lon = l->lon,
                                              .is_point_of_town = l->is_point_of_town,
                                              .is_secret = l->is_secret,
                                              .has_organisation_id = l->organisation_id != 0,
                                              .organisation_id = l->organisation_id,
                                              .parts = p->parts,
                                              .source = w->source,
                                              .source_id = l->source_id,
                                              .sum = p->sum,
                                              .changed_at = w->own.now_ms};
}

static enum status set_row(struct catalogue_write *w, int64_t location_id, const struct place *p)
{
    const struct catalogue_location_add_in a = row_in(w, p);
    const struct catalogue_location_set_in in = {.location_id = location_id,
                                                 .type = a.type,
                                                 .name = a.name,
                                                 .alternate_name = a.alternate_name,
                                                 .description = a.description,
                                                 .transportation = a.transportation,
                                                 .url = a.url,
                                                 .external_identifier = a.external_identifier,
                                                 .external_identifier_type = a.external_identifier_type,
                                                 .has_comune_id = a.has_comune_id,
                                                 .comune_id = a.comune_id,
                                                 .prov = a.prov,
                                                 .quarter = a.quarter,
                                                 .has_lat = a.has_lat,
                                                 .lat = a.lat,
                                                 .has_lon = a.has_lon,
                                                 .lon = a.lon,
                                                 .is_point_of_town = a.is_point_of_town,
                                                 .is_secret = a.is_secret,
                                                 .has_organisation_id = a.has_organisation_id,
                                                 .organisation_id = a.organisation_id,
                                                 .parts = a.parts,
                                                 .sum = a.sum,
                                                 .changed_at = a.changed_at};
    enum status st = catalogue_sql_location_set(&w->own, &in, NULL);

    if (st == ST_OK)
        st = catalogue_sql_service_touch_location(
            &w->own, &(struct catalogue_service_touch_location_in){location_id, w->change_no, w->own.now_ms},
            NULL);
    return st;
}

static enum status put_secret(struct catalogue_write *w, int64_t location_id, const struct place *p,
                              bool was_there)
{
    if (p->l.is_secret)
        return catalogue_sql_secret_put(&w->own, &(struct catalogue_secret_put_in){location_id, p->secret},
                                        NULL);
    return was_there ? catalogue_sql_secret_drop(&w->own, &(struct catalogue_secret_drop_in){location_id}, NULL)
                     : ST_OK;
}

static enum status find(struct catalogue_write *w, const struct location *l,
                        struct catalogue_location_by_source_row *f)
{
    const struct catalogue_location_by_source_in in = {w->source, l->source_id};
    enum status st = catalogue_sql_location_by_source(&w->own, &in, f);

    if (st == ST_NOT_FOUND && l->uuid.n > 0) {
        struct catalogue_location_by_uuid_row r;

        st = catalogue_sql_location_by_uuid(&w->own, &(struct catalogue_location_by_uuid_in){l->uuid}, &r);
        if (st == ST_OK)
            *f = (struct catalogue_location_by_source_row){r.location_id, r.sum, r.source, r.uuid};
    }
    return st;
}

static enum status add(struct catalogue_write *w, struct place *p, int64_t *out_id)
{
    struct catalogue_location_add_row row;
    struct catalogue_location_add_in in = row_in(w, p);

    if (in.uuid.n == 0)
        in.uuid = random_uuid(w->mem, w->own.now_ms);
    const enum status st = catalogue_sql_location_add(&w->own, &in, &row);

    if (st == ST_OK)
        *out_id = row.location_id;
    return st == ST_OK ? put_secret(w, row.location_id, p, false) : st;
}

static enum status put(struct catalogue_write *w, struct place *p, int64_t *out_id, enum put_change *out_change)
{
    struct catalogue_location_by_source_row f;
    enum status st = w->is_first ? ST_NOT_FOUND : find(w, &p->l, &f);

    if (st == ST_NOT_FOUND) {
        *out_change = PUT_ADDED;
        st = add(w, p, out_id);
        if (st != ST_NOT_FOUND)
            return st;
        st = find(w, &p->l, &f); /* twice in one file, or another's id */
        if (st == ST_NOT_FOUND)
            return ST_CONFLICT;
    }
    if (st != ST_OK)
        return st;
    *out_id = f.location_id;
    *out_change = !str_eq(f.source, w->source) ? PUT_LEFT : f.sum == p->sum ? PUT_SAME : PUT_CHANGED;
    if (*out_change != PUT_CHANGED)
        return ST_OK;
    st = set_row(w, f.location_id, p);
    return st == ST_OK ? put_secret(w, f.location_id, p, true) : st;
}

enum status catalogue_put_location(struct catalogue_write *w, const struct location *given, int64_t *out_id,
                                   enum put_change *out_change)
{
    struct place p = {0};

    arena_reset(w->mem);
    enum status st = prepare(w, given, &p);

    if (st != ST_OK)
        return st;
    p.sum = sum_of(&p);
    st = put(w, &p, out_id, out_change);
    if (st == ST_OK && *out_change != PUT_LEFT) {
        catalogue_writer_saw(w, &w->locations, *out_id);
        for (int i = 0; given->is_secret && i < given->n_addresses; i++)
            catalogue_writer_note_secret(w, *out_id, given->addresses[i].address_1);
        w->places[*out_id % CACHED_PLACES] = (struct writer_place){*out_id, given->comune_id};
    }
    return st;
}

enum status catalogue_find_location(struct catalogue_write *w, struct str source_id, int64_t *out_id)
{
    struct catalogue_location_by_source_row f;

    arena_reset(w->mem);
    const enum status st = catalogue_sql_location_by_source(
        &w->own, &(struct catalogue_location_by_source_in){w->source, source_id}, &f);

    if (st == ST_OK)
        *out_id = f.location_id;
    return st;
}

/* ---- at the end of a source that was given whole ---- */

static int by_number(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

static bool was_seen(const struct seen *s, int64_t id)
{
    return s->n_ids > 0 && bsearch(&id, s->ids, (size_t)s->n_ids, sizeof id, by_number) != NULL;
}

/* Keys first, changes afterwards: a query that is read is not written under. */
struct missing {
    struct catalogue_write *w;
    const struct seen *seen;
    struct seen list;
};

static bool note_service(void *arg, const struct catalogue_service_shown_of_source_row *r)
{
    struct missing *m = arg;

    if (!was_seen(m->seen, r->service_id))
        catalogue_writer_saw(m->w, &m->list, r->service_id);
    return true;
}

static bool note_location(void *arg, const struct catalogue_location_unused_row *r)
{
    struct missing *m = arg;

    if (!was_seen(m->seen, r->location_id))
        catalogue_writer_saw(m->w, &m->list, r->location_id);
    return true;
}

static enum status take_away(struct catalogue_write *w, int64_t service_id)
{
    const struct catalogue_service_set_state_in in = {service_id, STR("gone"), w->change_no, w->own.now_ms};
    enum status st = catalogue_sql_at_clear(&w->own, &(struct catalogue_at_clear_in){service_id}, NULL);

    return st == ST_OK ? catalogue_sql_service_set_state(&w->own, &in, NULL) : st;
}

static enum status drop_location(struct catalogue_write *w, int64_t location_id)
{
    enum status st =
        catalogue_sql_secret_drop(&w->own, &(struct catalogue_secret_drop_in){location_id}, NULL);

    return st == ST_OK
               ? catalogue_sql_location_drop(&w->own, &(struct catalogue_location_drop_in){location_id}, NULL)
               : st;
}

static enum status find_missing(struct catalogue_write *w, struct missing *services)
{
    catalogue_writer_seen(w, &w->services);
    const enum status st = catalogue_sql_service_shown_of_source(
        &w->own, &(struct catalogue_service_shown_of_source_in){w->source}, note_service, services);

    catalogue_writer_seen(w, &services->list);
    return st;
}

enum status catalogue_write_missing(struct catalogue_write *w, const int64_t **out_ids, int *n_out)
{
    struct missing services = {w, &w->services, {0}};

    arena_reset(w->mem);
    const enum status st = find_missing(w, &services);

    *out_ids = services.list.ids;
    *n_out = services.list.n;
    return st;
}

/* Those that offer nothing any more and were not put again. */
static enum status sweep_organisations(struct catalogue_write *w)
{
    struct catalogue_service_any_of_organisation_row r;
    int64_t *ids;
    int n = 0;
    enum status st = organisations_of_source(&w->own, w->source, &ids, &n);

    for (int i = 0; st == ST_OK && i < n; i++) {
        if (was_seen(&w->organisations, ids[i]))
            continue;
        st = catalogue_sql_service_any_of_organisation(
            &w->own, &(struct catalogue_service_any_of_organisation_in){ids[i]}, &r);
        if (st == ST_OK && r.n == 0)
            st = organisations_set_state(&w->own, ids[i], ORGANISATION_GONE);
    }
    return st;
}

enum status catalogue_writer_sweep(struct catalogue_write *w, int64_t *n_gone)
{
    struct missing services = {w, &w->services, {0}}, locations = {w, &w->locations, {0}};
    enum status st;

    arena_reset(w->mem);
    catalogue_writer_seen(w, &w->locations);
    catalogue_writer_seen(w, &w->organisations);
    st = find_missing(w, &services);
    for (int i = 0; st == ST_OK && i < services.list.n; i++)
        st = take_away(w, services.list.ids[i]);
    if (st == ST_OK)
        st = catalogue_sql_location_unused(&w->own, &(struct catalogue_location_unused_in){w->source},
                                           note_location, &locations);
    catalogue_writer_seen(w, &locations.list);
    for (int i = 0; st == ST_OK && i < locations.list.n; i++)
        st = drop_location(w, locations.list.ids[i]);
    if (st == ST_OK)
        st = sweep_organisations(w);
    *n_gone = services.list.n;
    return st;
}

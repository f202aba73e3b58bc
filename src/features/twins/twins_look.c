/* twins_look.c - what has changed is laid beside what shares a number with it. */
#include "twins_store.h"
#include "base/date.h"
#include "base/macros.h"
#include "core/bodies/organisations.h"

enum { BLOCK = 20, MOST_NEAR = 40, MOST_SHARED = 60, MOST_PHONES = 16, MOST_HINTS = 5 };

/* ---- faces ---- */

struct face_room {
    struct twins_face face;
    struct str phones[MOST_PHONES], streets[MOST_PHONES];
};

static void add_phones(struct face_room *r, const struct parts *p)
{
    for (int i = 0; i < p->n_phones && r->face.n_phones < MOST_PHONES; i++)
        r->phones[r->face.n_phones++] = p->phones[i].number;
}

/* The switchboard of the organisation is not the service's: a hundred others have it. */
static void face_of_service(const struct service *s, struct face_room *r)
{
    r->face = (struct twins_face){.name = s->name,
                                  .organisation = s->organisation_name,
                                  .email = s->email,
                                  .site = s->url,
                                  .phones = r->phones,
                                  .streets = r->streets};
    add_phones(r, &s->parts);
    for (int i = 0; i < s->n_ats; i++) {
        const struct location *l = s->ats[i].location;

        add_phones(r, &s->ats[i].parts);
        if (l == NULL)
            continue;
        add_phones(r, &l->parts);
        if (r->face.comune_id == 0) {
            r->face.comune_id = l->comune_id;
            r->face.comune_name = l->comune_name;
        }
        if (l->n_addresses > 0 && l->comune_id == r->face.comune_id && r->face.n_streets < MOST_PHONES)
            r->streets[r->face.n_streets++] = l->addresses[0].address_1;
    }
}

static void face_of_organisation(const struct organisation *o, struct face_room *r)
{
    r->face = (struct twins_face){.name = o->name,
                                  .tax_id = o->tax_id,
                                  .email = o->email,
                                  .site = o->website,
                                  .comune_id = o->comune_id,
                                  .comune_name = o->comune_name,
                                  .phones = r->phones,
                                  .streets = r->streets};
    add_phones(r, &o->parts);
}

/* ---- one thing ---- */

static enum status put_keys(struct ctx *c, const char *kind, int64_t id, const struct twins_face *f)
{
    int64_t keys[TWINS_KEYS];
    const int n = twins_keys(c->mem, f, keys);
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && i < n; i++)
        st = twins_sql_key_add(c, &(struct twins_key_add_in){str_of(kind), id, keys[i]}, NULL);
    return st;
}

static enum status forget(struct ctx *c, const char *kind, int64_t id)
{
    enum status st = twins_sql_key_drop(c, &(struct twins_key_drop_in){str_of(kind), id}, NULL);

    if (st == ST_OK)
        st = twins_sql_pair_drop_open(c, &(struct twins_pair_drop_open_in){str_of(kind), id}, NULL);
    return st;
}

static enum status put_pair(struct ctx *c, const char *kind, int64_t a, int64_t b, const struct twins_likeness *l,
                            int *n_pairs)
{
    const struct twins_pair_put_in in = {.kind = str_of(kind),
                                         .a_id = a < b ? a : b,
                                         .b_id = a < b ? b : a,
                                         .score = l->score,
                                         .why = l->why,
                                         .found_on = day_iso(c->mem, c->today)};
    int64_t n = 0;
    const enum status st = twins_sql_pair_put(c, &in, &n);

    *n_pairs += (int)n;
    return st;
}

static enum status near_ids(struct ctx *c, const char *kind, int64_t id, int64_t **out, int *n_out)
{
    struct twins_key_near_row *rows;
    const struct twins_key_near_in in = {str_of(kind), id, TWINS_KEYS, MOST_SHARED, MOST_NEAR};
    const enum status st = twins_sql_key_near(c, &in, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, int64_t, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = rows[i].thing_id;
    return ST_OK;
}

static enum status look_at_service(struct ctx *c, const struct service *s, int *n_pairs)
{
    struct face_room mine;
    struct service *near;
    int64_t *ids;
    int n = 0;
    enum status st = forget(c, "service", s->service_id);

    if (st != ST_OK || !catalogue_is_offered(s, c->today) || s->initiative_year > 0)
        return st;
    face_of_service(s, &mine);
    st = put_keys(c, "service", s->service_id, &mine.face);
    if (st == ST_OK)
        st = near_ids(c, "service", s->service_id, &ids, &n);
    if (st == ST_OK)
        st = catalogue_cards(c, ids, n, &near, &n);
    for (int i = 0; st == ST_OK && i < n; i++) {
        struct face_room other;

        /* One list of one body says twice what it means twice. */
        if (near[i].organisation_id == s->organisation_id && str_eq(near[i].source, s->source))
            continue;
        face_of_service(&near[i], &other);
        const struct twins_likeness l = twins_compare(c->mem, &mine.face, &other.face);

        if (l.score >= TWINS_ASK)
            st = put_pair(c, "service", s->service_id, near[i].service_id, &l, n_pairs);
    }
    return st;
}

static enum status look_at_organisation(struct ctx *c, const struct organisation *o, int *n_pairs)
{
    struct face_room mine;
    int64_t *ids = NULL;
    int n = 0;
    enum status st = forget(c, "organisation", o->organisation_id);

    if (st != ST_OK)
        return st;
    face_of_organisation(o, &mine);
    st = put_keys(c, "organisation", o->organisation_id, &mine.face);
    if (st == ST_OK)
        st = near_ids(c, "organisation", o->organisation_id, &ids, &n);
    for (int i = 0; st == ST_OK && i < n; i++) {
        struct organisation other;
        struct face_room face;

        st = organisations_by_id(c, ids[i], &other);
        if (st == ST_NOT_FOUND || (st == ST_OK && other.state != ORGANISATION_SHOWN)) {
            st = ST_OK;
            continue;
        }
        face_of_organisation(&other, &face);
        const struct twins_likeness l = twins_compare(c->mem, &mine.face, &face.face);

        if (st == ST_OK && l.score >= TWINS_ASK)
            st = put_pair(c, "organisation", o->organisation_id, ids[i], &l, n_pairs);
    }
    return st;
}

/* ---- a look in pieces ---- */

static enum status look_begin(struct ctx *c, const char *kind, int64_t goal, struct twins_look_get_row *r)
{
    const enum status st = twins_sql_look_get(c, &(struct twins_look_get_in){str_of(kind)}, r);

    if (st == ST_OK && r->after_id == 0)
        r->goal = goal;
    return st;
}

static enum status look_end(struct ctx *c, const char *kind, const struct twins_look_get_row *r, bool is_whole)
{
    const struct twins_look_set_in in = {.kind = str_of(kind),
                                         .since = is_whole ? r->goal : r->since,
                                         .goal = r->goal,
                                         .after_id = is_whole ? 0 : r->after_id};

    return twins_sql_look_set(c, &in, NULL);
}

/* Each block has a memory of its own: a look at a million rows takes as much as one at a hundred. */
static enum status look_at_services(struct ctx *c, int most, struct twins_report *out)
{
    struct arena *const block = arena_new(0), *const own = c->mem;
    struct twins_look_get_row r = {0};
    int64_t change = 0;
    bool is_whole = false;
    enum status st = catalogue_change(c, &change);

    if (st == ST_OK)
        st = look_begin(c, "service", change, &r);
    c->mem = block;
    while (st == ST_OK && !is_whole && out->n_services < most) {
        struct service *list;
        int n = 0;
        const struct service_read ask = {.after_id = r.after_id,
                                         .after_change = r.since,
                                         .limit = BLOCK,
                                         .with_gone = true,
                                         .without_ids = true};

        arena_reset(block);
        st = catalogue_read(c, block, &ask, &list, &n);
        for (int i = 0; st == ST_OK && i < n; i++)
            st = look_at_service(c, &list[i], &out->n_pairs);
        if (n > 0)
            r.after_id = list[n - 1].service_id;
        out->n_services += n;
        is_whole = n < BLOCK;
    }
    c->mem = own;
    arena_free(block);
    out->is_whole = out->is_whole && is_whole;
    return st == ST_OK ? look_end(c, "service", &r, is_whole) : st;
}

static enum status look_at_organisations(struct ctx *c, int most, struct twins_report *out)
{
    struct arena *const block = arena_new(0), *const own = c->mem;
    struct twins_look_get_row r = {0};
    bool is_whole = false;
    enum status st = look_begin(c, "organisation", c->now_ms, &r);

    c->mem = block;
    while (st == ST_OK && !is_whole && out->n_organisations < most) {
        struct organisation *list;
        int n = 0;
        const struct organisation_page ask = {.after = r.after_id, .changed_from = r.since, .limit = BLOCK};

        arena_reset(block);
        st = organisations_page(c, &ask, &list, &n);
        for (int i = 0; st == ST_OK && i < n; i++)
            st = look_at_organisation(c, &list[i], &out->n_pairs);
        if (n > 0)
            r.after_id = list[n - 1].organisation_id;
        out->n_organisations += n;
        is_whole = n < BLOCK;
    }
    c->mem = own;
    arena_free(block);
    out->is_whole = out->is_whole && is_whole;
    return st == ST_OK ? look_end(c, "organisation", &r, is_whole) : st;
}

enum status twins_look(struct ctx *c, int most, struct twins_report *out)
{
    *out = (struct twins_report){.is_whole = true};
    enum status st = look_at_organisations(c, most, out);

    if (st == ST_OK)
        st = look_at_services(c, most, out);
    return st;
}

/* ---- one that is not there yet ---- */

static void keep_best(struct twins_hint *list, int *n, const struct twins_hint *h)
{
    int at = *n < MOST_HINTS ? (*n)++ : MOST_HINTS;

    if (at == MOST_HINTS && list[at - 1].score >= h->score)
        return;
    at = at == MOST_HINTS ? at - 1 : at;
    for (; at > 0 && list[at - 1].score < h->score; at--)
        list[at] = list[at - 1];
    list[at] = *h;
}

enum status twins_like_organisation(struct ctx *c, const struct twins_face *f, struct twins_hint **out, int *n_out)
{
    int64_t keys[TWINS_KEYS], seen[TWINS_KEYS * MOST_NEAR];
    const int n_keys = twins_keys(c->mem, f, keys);
    int n_seen = 0;
    enum status st = ST_OK;

    *out = ARENA_ARRAY(c->mem, struct twins_hint, MOST_HINTS);
    *n_out = 0;
    for (int k = 0; st == ST_OK && k < n_keys; k++) {
        struct twins_key_of_row *rows;
        int n = 0;

        st = twins_sql_key_of(c, &(struct twins_key_of_in){STR("organisation"), keys[k], MOST_NEAR}, &rows, &n);
        for (int i = 0; st == ST_OK && i < n; i++) {
            struct organisation o;
            struct face_room face;
            bool is_new = true;

            for (int s = 0; s < n_seen; s++)
                is_new = is_new && seen[s] != rows[i].thing_id;
            if (!is_new)
                continue;
            seen[n_seen++] = rows[i].thing_id;
            st = organisations_by_id(c, rows[i].thing_id, &o);
            if (st == ST_NOT_FOUND || (st == ST_OK && o.state != ORGANISATION_SHOWN)) {
                st = ST_OK;
                continue;
            }
            face_of_organisation(&o, &face);
            const struct twins_likeness l = twins_compare(c->mem, f, &face.face);

            if (st == ST_OK && l.score >= TWINS_ASK)
                keep_best(*out, n_out, &(struct twins_hint){o.organisation_id, o.name, o.slug, l.score, l.why});
        }
    }
    return st;
}

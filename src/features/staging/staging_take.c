/* staging_take.c - one transaction in which all that waits goes into the catalogue. */
#include "staging_private.h"
#include "staging_sql.h"
#include <string.h>

struct taking {
    struct staging *s;
    const struct staging_take *t;
    struct staging_taken *out;
    /* of one run of the job */
    struct ctx c;
    struct arena *mem, *row;
    struct catalogue_write *w;
    struct staging_known *known;
    int64_t n_organisations, n_locations; /* references met so far */
};

static void count(struct staging_counts *k, enum put_change change)
{
    k->n_added += change == PUT_ADDED;
    k->n_changed += change == PUT_CHANGED;
    k->n_same += change == PUT_SAME;
    k->n_left += change == PUT_LEFT;
}

static int64_t key_of(const struct staged_refs *r, int64_t ref)
{
    return ref > 0 && ref <= r->n ? r->list[ref - 1].key : -ref;
}

static void note_ref(struct taking *x, enum staging_kind kind, int64_t key)
{
    struct staging *s = x->s;

    if (kind == STAGED_ORGANISATION)
        s->organisations.list[x->n_organisations++].key = key;
    else if (kind == STAGED_LOCATION)
        s->locations.list[x->n_locations++].key = key;
}

static void tell_left(struct taking *x, enum staging_kind kind, struct str name, enum put_change change)
{
    if (change == PUT_LEFT && x->t->left != NULL)
        x->t->left(x->t->arg, kind, name);
}

static enum status put_organisation(struct taking *x, const struct staged *e, int64_t *key, enum put_change *change)
{
    struct organisation o;

    if (!staging_unpack(x->row, e->bytes, &staged_organisation, &o))
        return ST_UNAVAILABLE;
    const enum status st = catalogue_put_organisation(x->w, &o, key, change);

    if (st == ST_OK) {
        count(&x->out->organisations, *change);
        tell_left(x, e->kind, o.name, *change);
    }
    return st;
}

static enum status put_location(struct taking *x, const struct staged *e, int64_t *key, enum put_change *change)
{
    struct location l;

    if (!staging_unpack(x->row, e->bytes, &staged_location, &l))
        return ST_UNAVAILABLE;
    l.organisation_id = key_of(&x->s->organisations, e->organisation);
    const enum status st = catalogue_put_location(x->w, &l, key, change);

    if (st == ST_OK) {
        count(&x->out->locations, *change);
        tell_left(x, e->kind, l.name, *change);
    }
    return st;
}

static enum status put_service(struct taking *x, const struct staged *e, int64_t *key, enum put_change *change)
{
    struct service v;

    if (!staging_unpack(x->row, e->bytes, &staged_service, &v) || v.n_ats != e->n_places)
        return ST_UNAVAILABLE;
    v.organisation_id = key_of(&x->s->organisations, e->organisation);
    for (int i = 0; i < v.n_ats; i++)
        v.ats[i].location_id = key_of(&x->s->locations, e->places[i]);
    const enum status st = catalogue_put_service(x->w, &v, key, change);

    if (st == ST_OK) {
        count(&x->out->services, *change);
        tell_left(x, e->kind, v.name, *change);
    }
    return st;
}

static enum status put_words(struct taking *x, const struct staged *e, enum put_change *change)
{
    struct taxonomy t;
    struct taxonomy_term term;

    if (e->kind == STAGED_TAXONOMY)
        return staging_unpack(x->row, e->bytes, &staged_taxonomy, &t) ? catalogue_put_taxonomy(x->w, &t, change) : ST_UNAVAILABLE;
    return staging_unpack(x->row, e->bytes, &staged_term, &term) ? catalogue_put_term(x->w, &term, change) : ST_UNAVAILABLE;
}

static enum status put_new(struct taking *x, const struct staged *e)
{
    enum put_change change = PUT_SAME;
    int64_t key = 0;
    enum status st;

    switch (e->kind) {
    case STAGED_ORGANISATION:
        st = put_organisation(x, e, &key, &change);
        break;
    case STAGED_LOCATION:
        st = put_location(x, e, &key, &change);
        break;
    case STAGED_SERVICE:
        st = put_service(x, e, &key, &change);
        break;
    default:
        st = put_words(x, e, &change);
        break;
    }
    if (st != ST_OK)
        return st;
    note_ref(x, e->kind, key);
    /* What was left alone is asked again next time: its owner may have let it go. */
    staging_known_set(x->known, &(struct known){e->hash, change == PUT_LEFT ? 0 : e->sum, key, (int)e->kind, true});
    return ST_OK;
}

/* The same as last time: nothing is written, but it is there. */
static void keep(struct taking *x, const struct staged *e, const struct known *k)
{
    staging_known_see(x->known, e->hash);
    note_ref(x, e->kind, k->key);
    if (e->kind == STAGED_SERVICE)
        x->out->services.n_same++;
    else if (e->kind == STAGED_ORGANISATION)
        x->out->organisations.n_same++;
    else if (e->kind == STAGED_LOCATION)
        x->out->locations.n_same++;
    if (e->kind <= STAGED_SERVICE)
        catalogue_write_same(x->w, e->kind == STAGED_SERVICE ? WRITE_SERVICE : e->kind == STAGED_LOCATION ? WRITE_LOCATION : WRITE_ORGANISATION,
                             k->key);
}

static enum status take_gone(struct taking *x, const struct staged *e)
{
    struct known k;

    if (!staging_known_find(x->known, e->hash, &k))
        return ST_OK;
    k.kind = 0; /* taken out */
    staging_known_set(x->known, &k);
    const enum status st = catalogue_set_state(&x->c, k.key, SERVICE_GONE);

    x->out->n_gone += st == ST_OK;
    return st == ST_NOT_FOUND ? ST_OK : st;
}

static enum status take_block(struct taking *x, struct str bytes)
{
    enum status st = ST_OK;
    struct staged e;
    bool is_bad = false;

    while (st == ST_OK && staged_next(x->row, &bytes, &e, &is_bad)) {
        struct known k;

        if (e.kind == STAGED_NOTE)
            continue;
        if (e.is_gone)
            st = take_gone(x, &e);
        else if (e.is_new)
            st = put_new(x, &e);
        else if (staging_known_find(x->known, e.hash, &k))
            keep(x, &e, &k);
        else
            st = ST_UNAVAILABLE; /* staged as known, and is not */
        arena_reset(x->row);
    }
    return is_bad ? ST_UNAVAILABLE : st;
}

static enum status end_source(struct taking *x)
{
    const struct staging *s = x->s;
    const bool sweeps = s->is_whole && x->t->hides_gone;
    const int64_t *ids;
    int n = 0;
    enum status st = ST_OK;

    if (s->is_whole)
        st = catalogue_write_missing(x->w, &ids, &n);
    if (st == ST_OK && s->is_whole && x->t->missing != NULL)
        st = x->t->missing(x->t->arg, &x->c, ids, n);
    x->out->n_missing = n;
    x->out->n_gone += sweeps ? n : 0;
    if (st == ST_OK)
        st = staging_known_save(x->known, &x->c, s->source_id, sweeps);
    struct catalogue_write *w = x->w;

    x->w = NULL;
    const enum status ended = catalogue_write_end(w, st == ST_OK && sweeps, NULL);

    return st == ST_OK ? ended : st;
}

static enum status take_blocks(struct taking *x)
{
    struct staging *s = x->s;
    struct staging_run_is_mine_row mine;
    enum status st = staging_sql_run_is_mine(&x->c, &(struct staging_run_is_mine_in){s->run_id, s->reader}, &mine);

    if (st == ST_OK && mine.n == 0)
        return ST_CONFLICT;
    if (st == ST_OK)
        st = staging_known_load(x->known, &x->c, s->source_id);
    if (st == ST_OK)
        st = catalogue_write_begin(&x->c, s->source, &x->w);
    for (int64_t i = 0; st == ST_OK && i < s->n_blocks; i++) {
        struct staging_block_row block;

        arena_reset(x->mem);
        st = staging_sql_block(&x->c, &(struct staging_block_in){s->run_id, i}, &block);
        if (st == ST_OK)
            st = take_block(x, block.bytes);
    }
    arena_reset(x->mem);
    if (st == ST_OK)
        st = end_source(x);
    return st == ST_OK ? staging_sql_run_drop(&x->c, &(struct staging_run_drop_in){s->run_id}, NULL) : st;
}

static enum status take_job(struct db_tx *tx, void *arg)
{
    struct taking x = *(struct taking *)arg;

    *x.out = (struct staging_taken){.n_gone = 0};
    x.mem = arena_new(0);
    x.row = arena_new(0);
    x.known = staging_known_new();
    x.c = staging_ctx(x.s, x.mem, tx);
    const enum status st = take_blocks(&x);

    catalogue_write_end(x.w, false, NULL); /* when it did not end well: its memory */
    staging_known_free(x.known);
    arena_free(x.row);
    arena_free(x.mem);
    return st;
}

enum status staging_take(struct staging *s, const struct staging_take *t, struct staging_taken *out)
{
    struct taking x = {.s = s, .t = t, .out = out};

    if (!s->is_sealed)
        return ST_CONFLICT;
    staging_known_free(s->known); /* read anew inside: what it holds now is not needed twice */
    s->known = staging_known_new();
    const enum status st = staging_patiently(db_write_alone, s->db, take_job, &x);

    if (st == ST_OK) {
        s->run_id = 0;
        staging_sweep(s);
    }
    return st;
}

/* staging.c - a reading begins or goes on; entries gather in blocks, blocks are written with the place they reach. */
#include "staging_private.h"
#include "base/log.h"
#include "base/random.h"
#include "staging_sql.h"
#include <string.h>

struct ctx staging_ctx(struct staging *s, struct arena *mem, struct db_tx *tx)
{
    struct ctx c = ctx_new(mem, &actor_keeper, LANG_IT);

    (void)s;
    c.tx = tx;
    return c;
}

/* Somebody else may be at it for some seconds (the daily round of a portal): who brings a million rows waits. */
enum status staging_patiently(enum status (*write)(struct db *, db_job, void *), struct db *d, db_job job, void *arg)
{
    enum { TIMES = 60 }; /* the store waits some seconds each time */
    enum status st = ST_BUSY;

    for (int i = 0; st == ST_BUSY && i < TIMES; i++)
        st = write(d, job, arg);
    return st;
}

/* ---- the entries of a block ---- */

static bool take_fixed(struct str *rest, void *to, size_t n)
{
    if (rest->n < n)
        return false;
    memcpy(to, rest->p, n);
    *rest = str_from(*rest, n);
    return true;
}

static bool take_text(struct str *rest, struct str *out)
{
    int64_t n;

    if (!staging_get_number(rest, &n) || n < 0 || (uint64_t)n > rest->n)
        return false;
    *out = str_head(*rest, (size_t)n);
    *rest = str_from(*rest, (size_t)n);
    return true;
}

static bool take_new(struct arena *mem, struct str *rest, struct staged *e)
{
    int64_t n = 0;

    if (!take_fixed(rest, &e->sum, 8) || !staging_get_number(rest, &e->organisation) || !staging_get_number(rest, &n) || n < 0 ||
        (uint64_t)n > rest->n)
        return false;
    e->places = ARENA_ARRAY(mem, int64_t, (size_t)n);
    e->n_places = (int)n;
    for (int i = 0; i < n; i++)
        if (!staging_get_number(rest, &e->places[i]))
            return false;
    return take_text(rest, &e->bytes);
}

bool staged_next(struct arena *mem, struct str *rest, struct staged *out, bool *out_is_bad)
{
    unsigned char head;

    *out = (struct staged){.kind = 0};
    *out_is_bad = false;
    if (!take_fixed(rest, &head, 1))
        return false;
    out->kind = head & 15;
    out->is_new = (head & STAGED_IS_NEW) != 0;
    out->is_gone = (head & STAGED_IS_GONE) != 0;
    *out_is_bad = !take_fixed(rest, &out->hash, 8) || !staging_get_number(rest, &out->row) || !take_text(rest, &out->id) ||
                  (out->is_new && !take_new(mem, rest, out));
    return !*out_is_bad;
}

int64_t staging_ref_add(struct staging *s, enum staging_kind kind, uint64_t hash)
{
    struct staged_refs *r = kind == STAGED_ORGANISATION ? &s->organisations : &s->locations;

    if (r->n == r->room) {
        struct arena *mem = arena_new(0), *was = r->mem;
        const int64_t room = r->room * 2 + 256;
        struct staged_ref *list = ARENA_ARRAY(mem, struct staged_ref, (size_t)room);

        if (r->n > 0)
            memcpy(list, r->list, (size_t)r->n * sizeof *list);
        arena_free(was);
        *r = (struct staged_refs){list, r->n, room, mem};
    }
    r->list[r->n++] = (struct staged_ref){hash, 0};
    return r->n;
}

static bool has_ref(enum staging_kind kind)
{
    return kind == STAGED_ORGANISATION || kind == STAGED_LOCATION;
}

/* ---- beginning ---- */

struct opening {
    struct staging *s;
    struct staging_run_of_source_row run;
};

static enum status begin_run(struct ctx *c, struct opening *o)
{
    struct staging *s = o->s;
    const struct staging_run_add_in in = {s->source_id, s->identity, s->reader, c->now_ms};
    const enum status st = staging_sql_run_add(c, &in, NULL);

    return st == ST_OK ? staging_sql_run_of_source(c, &(struct staging_run_of_source_in){s->source_id}, &o->run) : st;
}

static enum status drop_run(struct ctx *c, int64_t run_id)
{
    return staging_sql_run_drop(c, &(struct staging_run_drop_in){run_id}, NULL);
}

struct sweeping {
    struct staging *s;
    int64_t n;
};

static enum status sweep_job(struct db_tx *tx, void *arg)
{
    enum { AT_ONCE = 8 };
    struct sweeping *x = arg;
    struct ctx c = staging_ctx(x->s, x->s->row, tx);

    return staging_sql_block_drop(&c, &(struct staging_block_drop_in){AT_ONCE}, &x->n);
}

void staging_sweep(struct staging *s)
{
    struct sweeping x = {s, 1};

    while (x.n > 0 && db_write(s->db, sweep_job, &x) == ST_OK)
        arena_reset(s->row);
}

static enum status open_job(struct db_tx *tx, void *arg)
{
    struct opening *o = arg;
    struct staging *s = o->s;
    struct ctx c = staging_ctx(s, s->mem, tx);
    struct staging_source_by_name_row source;
    unsigned char key[crypto_shorthash_KEYBYTES];

    random_bytes(key, sizeof key);
    enum status st = staging_sql_source_add(
        &c, &(struct staging_source_add_in){s->source, {(const char *)key, sizeof key}}, NULL);

    if (st == ST_OK)
        st = staging_sql_source_by_name(&c, &(struct staging_source_by_name_in){s->source}, &source);
    if (st != ST_OK)
        return st;
    s->source_id = source.source_id;
    memcpy(s->hash_key, source.hash_key.p, source.hash_key.n < sizeof s->hash_key ? source.hash_key.n : sizeof s->hash_key);
    st = staging_sql_run_of_source(&c, &(struct staging_run_of_source_in){s->source_id}, &o->run);
    if (st == ST_NOT_FOUND)
        return begin_run(&c, o);
    if (st == ST_OK && !str_eq(o->run.identity, s->identity)) {
        st = drop_run(&c, o->run.run_id);
        return st == ST_OK ? begin_run(&c, o) : st;
    }
    return st == ST_OK ? staging_sql_run_take_over(&c, &(struct staging_run_take_over_in){o->run.run_id, s->reader}, NULL) : st;
}

/* What was read before: its references take their numbers again, and the reader is told. */
static enum status meet_block(struct staging *s, const struct staging_ask *a, struct str bytes)
{
    struct staged e;
    bool is_bad;

    while (staged_next(s->row, &bytes, &e, &is_bad)) {
        const int64_t ref = has_ref(e.kind) ? staging_ref_add(s, e.kind, e.hash) : 0;

        if (a->met != NULL)
            a->met(a->arg, e.kind, e.id, ref, e.row);
    }
    return is_bad ? ST_UNAVAILABLE : ST_OK;
}

static enum status read_before(struct staging *s, const struct staging_ask *a)
{
    struct db_tx *tx;
    enum status st = db_read_begin(s->db, &tx);

    if (st != ST_OK)
        return st;
    struct ctx c = staging_ctx(s, s->row, tx);

    st = staging_known_load(s->known, &c, s->source_id);
    for (int64_t i = 0; st == ST_OK && i < s->n_blocks; i++) {
        struct staging_block_row block;

        arena_reset(s->row);
        st = staging_sql_block(&c, &(struct staging_block_in){s->run_id, i}, &block);
        if (st == ST_OK)
            st = meet_block(s, a, block.bytes);
    }
    db_read_end(tx);
    return st;
}

static void fresh_block(struct staging *s)
{
    arena_reset(s->table);
    s->block = buf_new(s->table, STAGING_BLOCK + STAGING_BLOCK / 8);
}

enum status staging_open(struct arena *mem, const struct staging_ask *a, struct staging **out)
{
    struct staging *s = ARENA_NEW(mem, struct staging);
    struct opening o = {.s = s};

    s->mem = mem;
    s->row = arena_new(0);
    s->table = arena_new(0);
    s->db = a->db;
    s->source = str_copy(mem, a->source);
    s->identity = str_copy(mem, a->identity);
    s->reader = random_uuid(mem, 0);
    s->known = staging_known_new();
    fresh_block(s);
    enum status st = staging_patiently(db_write, s->db, open_job, &o);

    if (st == ST_OK) {
        s->run_id = o.run.run_id;
        s->read_to = o.run.read_to;
        s->page = str_copy(mem, o.run.page);
        s->is_sealed = o.run.is_sealed;
        s->is_whole = o.run.is_whole;
        s->n_blocks = s->n_written = o.run.n_blocks;
        s->tally = (struct staging_tally){o.run.n_read, o.run.n_refused};
        staging_sweep(s);
        st = read_before(s, a);
    }
    *out = s;
    if (st != ST_OK) {
        staging_close(s, true);
        *out = NULL;
    }
    return st;
}

int64_t staging_at(const struct staging *s)
{
    return s->read_to;
}

struct str staging_page(const struct staging *s)
{
    return s->page;
}

bool staging_is_sealed(const struct staging *s)
{
    return s->is_sealed;
}

bool staging_is_whole(const struct staging *s)
{
    return s->is_whole;
}

struct staging_tally staging_tally(const struct staging *s)
{
    return s->tally;
}

/* ---- entries ---- */

static uint64_t hash_of(const struct staging *s, enum staging_kind kind, struct str id)
{
    uint64_t hash = 0;

    crypto_shorthash((unsigned char *)&hash, (const unsigned char *)(id.n > 0 ? id.p : ""), id.n, s->hash_key);
    hash ^= (uint64_t)kind * UINT64_C(0x9E3779B97F4A7C15);
    return hash == 0 ? 1 : hash;
}

/* What a reference says in the sum: the same in every run, whatever key the database gives. */
static int64_t meaning(const struct staged_refs *r, int64_t ref)
{
    return ref > 0 && ref <= r->n ? (int64_t)r->list[ref - 1].hash : ref;
}

struct putting {
    enum staging_kind kind;
    const struct shape *shape;
    const void *what;
    struct str id;
    int64_t row, organisation;
    const struct service_at *ats;
    int n_ats;
};

static int64_t sum_of(const struct staging *s, const struct putting *p, struct str bytes)
{
    struct digest d;

    digest_begin(&d);
    digest_text(&d, bytes);
    digest_int(&d, meaning(&s->organisations, p->organisation));
    for (int i = 0; i < p->n_ats; i++)
        digest_int(&d, meaning(&s->locations, p->ats[i].location_id));
    const int64_t sum = digest_end(&d);

    return sum == 0 ? 1 : sum; /* 0: to be put whatever it says */
}

static void put_head(struct staging *s, const struct putting *p, uint64_t hash, int marks)
{
    buf_char(&s->block, (char)((int)p->kind | marks));
    buf_put(&s->block, &hash, 8);
    staging_put_number(&s->block, p->row);
    staging_put_number(&s->block, (int64_t)p->id.n);
    buf_str(&s->block, p->id);
}

/* A block without the place it reaches: whoever reads on writes it anew. */
static enum status spill(struct staging *s);

static enum status put(struct staging *s, const struct putting *p, int64_t *out_ref)
{
    const uint64_t hash = hash_of(s, p->kind, p->id);
    struct known k;

    if (s->block.n > (size_t)STAGING_BLOCK * 4) {
        const enum status st = spill(s);

        if (st != ST_OK)
            return st;
    }
    arena_reset(s->row);
    struct buf packed = buf_new(s->row, 2048);

    if (p->shape != NULL)
        staging_pack(&packed, p->shape, p->what);
    const int64_t sum = sum_of(s, p, buf_view(&packed));
    const bool is_same = p->shape == NULL || (staging_known_find(s->known, hash, &k) && k.sum == sum);

    put_head(s, p, hash, is_same ? 0 : STAGED_IS_NEW);
    if (!is_same) {
        buf_put(&s->block, &sum, 8);
        staging_put_number(&s->block, p->organisation);
        staging_put_number(&s->block, p->n_ats);
        for (int i = 0; i < p->n_ats; i++)
            staging_put_number(&s->block, p->ats[i].location_id);
        staging_put_number(&s->block, (int64_t)packed.n);
        buf_str(&s->block, buf_view(&packed));
    }
    if (has_ref(p->kind))
        *out_ref = staging_ref_add(s, p->kind, hash);
    return ST_OK;
}

enum status staging_put_organisation(struct staging *s, const struct organisation *o, int64_t row, int64_t *out_ref)
{
    return put(s, &(struct putting){STAGED_ORGANISATION, &staged_organisation, o, o->source_id, row}, out_ref);
}

enum status staging_put_location(struct staging *s, const struct location *l, int64_t row, int64_t *out_ref)
{
    return put(s, &(struct putting){STAGED_LOCATION, &staged_location, l, l->source_id, row, l->organisation_id}, out_ref);
}

enum status staging_put_service(struct staging *s, const struct service *v, int64_t row)
{
    return put(s, &(struct putting){STAGED_SERVICE, &staged_service, v, v->source_id, row, v->organisation_id, v->ats, v->n_ats}, NULL);
}

enum status staging_put_taxonomy(struct staging *s, const struct taxonomy *t, int64_t row)
{
    return put(s, &(struct putting){STAGED_TAXONOMY, &staged_taxonomy, t, t->uuid, row}, NULL);
}

enum status staging_put_term(struct staging *s, const struct taxonomy_term *t, int64_t row)
{
    return put(s, &(struct putting){STAGED_TERM, &staged_term, t, t->uuid, row}, NULL);
}

enum status staging_note(struct staging *s, struct str id, int64_t row)
{
    return put(s, &(struct putting){.kind = STAGED_NOTE, .id = id, .row = row}, NULL);
}

enum status staging_put_gone(struct staging *s, struct str id)
{
    const struct putting p = {.kind = STAGED_SERVICE, .id = id};

    put_head(s, &p, hash_of(s, STAGED_SERVICE, id), STAGED_IS_GONE);
    return ST_OK;
}

/* ---- blocks ---- */

struct writing {
    struct staging *s;
    int64_t n_blocks; /* up to the mark */
    bool is_sealed;
};

static enum status write_job(struct db_tx *tx, void *arg)
{
    const struct writing *x = arg;
    struct staging *s = x->s;
    struct ctx c = staging_ctx(s, s->row, tx);
    const struct staging_run_mark_in mark = {.run_id = s->run_id,
                                             .reader = s->reader,
                                             .n_blocks = x->n_blocks,
                                             .read_to = s->read_to,
                                             .page = s->page,
                                             .n_read = s->tally.n_read,
                                             .n_refused = s->tally.n_refused,
                                             .is_sealed = x->is_sealed,
                                             .is_whole = s->is_whole};
    int64_t n = 0;
    enum status st = staging_sql_run_mark(&c, &mark, &n);

    if (st == ST_OK && n == 0)
        return ST_CONFLICT; /* another reader has taken over */
    if (st == ST_OK && s->block.n > 0)
        st = staging_sql_block_add(&c, &(struct staging_block_add_in){s->run_id, s->n_written, buf_view(&s->block)}, NULL);
    return st;
}

static enum status write_block(struct staging *s, bool is_marked, bool is_sealed)
{
    const int64_t after = s->n_written + (s->block.n > 0);
    struct writing x = {s, is_marked ? after : s->n_blocks, is_sealed};

    arena_reset(s->row);
    const enum status st = staging_patiently(db_write, s->db, write_job, &x);

    if (st != ST_OK)
        return st;
    s->n_written = after;
    s->n_blocks = x.n_blocks;
    s->is_sealed = is_sealed;
    fresh_block(s);
    return ST_OK;
}

static enum status spill(struct staging *s)
{
    return write_block(s, false, false);
}

enum status staging_mark(struct staging *s, int64_t at, struct str page, struct staging_tally tally)
{
    if (s->block.n < STAGING_BLOCK)
        return ST_OK;
    s->read_to = at;
    s->page = str_eq(page, s->page) ? s->page : str_copy(s->mem, page);
    s->tally = tally;
    return write_block(s, true, false);
}

enum status staging_seal(struct staging *s, bool is_whole, struct staging_tally tally)
{
    s->is_whole = is_whole;
    s->tally = tally;
    return write_block(s, true, true);
}

/* ---- ending ---- */

static enum status drop_job(struct db_tx *tx, void *arg)
{
    struct staging *s = arg;
    struct ctx c = staging_ctx(s, s->row, tx);
    struct staging_run_is_mine_row mine;
    const enum status st = staging_sql_run_is_mine(&c, &(struct staging_run_is_mine_in){s->run_id, s->reader}, &mine);

    return st == ST_OK && mine.n > 0 ? drop_run(&c, s->run_id) : st;
}

void staging_close(struct staging *s, bool keep)
{
    if (s == NULL)
        return;
    if (!keep && s->run_id != 0 && db_write(s->db, drop_job, s) != ST_OK)
        log_event(LOG_WARN, "staging-not-dropped", LOG_Z("source", str_z(s->mem, s->source)), LOG_END);
    if (!keep && s->run_id != 0)
        staging_sweep(s);
    staging_known_free(s->known);
    arena_free(s->organisations.mem);
    arena_free(s->locations.mem);
    arena_free(s->table);
    arena_free(s->row);
    s->run_id = 0;
}

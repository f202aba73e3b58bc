/* publish_api_directory.c - the keys of the lists of the API, kept beside the database. */
#include "publish_api_directory.h"
#include "base/log.h"
#include "base/sheet.h"
#include "features/search/search.h"
#include "store/db.h"
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 500 };

struct entry {
    int64_t service_id, changed_at, organisation_id;
    uint64_t needs[API_MOST_NEEDS / 64];
    uint64_t targets;
    uint32_t marks;
    uint32_t first_foreign;
    uint16_t n_foreign, n_ats;
    uint8_t kind;
    bool is_shown;
};

/* Keys of organisations or places: made anew when their number or the last change is another. */
struct keys {
    struct arena *mem;
    int64_t *list;
    int n, room;
    int64_t change, count;
};

struct directory {
    pthread_rwlock_t lock;
    struct arena *mem; /* of the services and their foreign terms */
    struct entry *list;
    int n, room;
    uint64_t *foreign;
    uint32_t n_foreign, foreign_room;
    int64_t change;
    struct keys organisations, locations;
};

static void *make(struct db *d)
{
    struct arena *mem = arena_new(0);
    struct directory *x = ARENA_NEW(mem, struct directory);

    (void)d;
    x->mem = mem;
    x->organisations.mem = arena_new(0);
    x->locations.mem = arena_new(0);
    x->change = x->organisations.change = x->locations.change = -1;
    if (pthread_rwlock_init(&x->lock, NULL) != 0)
        bug("the system gives no lock");
    return x;
}

static void end(void *kept, struct db *d)
{
    struct directory *x = kept;

    (void)d;
    pthread_rwlock_destroy(&x->lock);
    arena_free(x->organisations.mem);
    arena_free(x->locations.mem);
    arena_free(x->mem);
}

static const struct db_beside beside = {"feeds-api", make, end};

/* ---- conditions ---- */

static uint64_t hash_of(struct str s)
{
    unsigned char b[16];
    uint64_t h;

    crypto_generichash(b, sizeof b, (const unsigned char *)s.p, s.n, NULL, 0);
    memcpy(&h, b, sizeof h);
    return h | 1; /* never 0 */
}

static int target_index(struct arena *mem, struct str code)
{
    const struct sheet s = sheet_of_table(mem, "needs/areas.csv");

    for (int i = 0; i < s.n_rows && i < 64; i++)
        if (str_eq(sheet_cell(&s, i, "code"), code))
            return i;
    return -1;
}

static int need_index(const struct needs *needs, struct str id)
{
    for (int i = 0; i < needs_n(needs) && i < API_MOST_NEEDS; i++)
        if (str_eq(needs_at(needs, i)->id, id))
            return i;
    return -1;
}

static bool has_code(const struct str *codes, int n, struct str code)
{
    for (int i = 0; i < n; i++)
        if (str_eq(codes[i], code))
            return true;
    return false;
}

/* All needs to which a code (or a group) leads. */
static void add_needs(struct api_condition *k, const struct needs *needs, const struct api_term *t)
{
    for (int i = 0; i < needs_n(needs) && i < API_MOST_NEEDS; i++) {
        const struct need *need = needs_at(needs, i);
        const bool is_in =
            t->taxonomy == OWN_SIUSS   ? has_code(need->siuss, need->n_siuss, t->code)
            : t->taxonomy == OWN_CISIS ? has_code(need->cisis, need->n_cisis, t->code)
            : t->is_group                  ? str_eq(needs_group(needs, need->group)->id, t->code)
                                           : str_eq(need->id, t->code);

        if (is_in)
            k->needs[i / 64] |= (uint64_t)1 << (i % 64);
    }
}

static void add_term(struct ctx *c, struct api_condition *k, const struct needs *needs,
                     const struct api_term *t)
{
    int i;

    switch (t->taxonomy) {
    case OWN_NEEDS:
    case OWN_SIUSS:
    case OWN_CISIS:
        add_needs(k, needs, t);
        break;
    case OWN_TARGETS:
        i = target_index(c->mem, t->code);
        k->targets |= i < 0 ? 0 : (uint64_t)1 << i;
        break;
    case OWN_KINDS:
        k->kinds |= (uint32_t)1 << catalogue_kind_of(t->code);
        break;
    case OWN_MARKS:
        for (i = 0; i < MARK_COUNT; i++)
            if (str_eq(api_mark_term(c, (enum api_mark)i).code, t->code))
                k->marks |= (uint32_t)1 << i;
        break;
    case OWN_COUNT:
        break;
    }
}

struct api_condition api_condition_of_term(struct ctx *c, const struct needs *needs,
                                           struct str uuid)
{
    struct api_condition k = {.foreign = hash_of(uuid)};
    struct api_term *terms;
    int n;

    api_terms(c, needs, &terms, &n);
    for (int i = 0; i < n; i++)
        if (str_eq(api_term_id(c->mem, &terms[i]), uuid))
            add_term(c, &k, needs, &terms[i]);
    return k;
}

struct api_condition api_condition_of_taxonomy(struct ctx *c, const struct needs *needs,
                                               struct str uuid)
{
    struct api_condition k = {.foreign = hash_of(uuid)};
    struct api_term *terms;
    int n, tax = 0;

    while (tax < OWN_COUNT && !str_eq(catalogue_taxonomy_uuid(c->mem, (enum own_taxonomy)tax), uuid))
        tax++;
    if (tax == OWN_COUNT)
        return k;
    api_terms(c, needs, &terms, &n);
    for (int i = 0; i < n; i++)
        if (terms[i].taxonomy == (enum own_taxonomy)tax)
            add_term(c, &k, needs, &terms[i]);
    return k;
}

static bool holds(const struct directory *x, const struct entry *e, const struct api_condition *k)
{
    for (int i = 0; i < API_MOST_NEEDS / 64; i++)
        if ((e->needs[i] & k->needs[i]) != 0)
            return true;
    if ((e->targets & k->targets) != 0 || (e->marks & k->marks) != 0 ||
        (k->kinds >> e->kind & 1) != 0)
        return true;
    for (uint32_t i = 0; i < e->n_foreign; i++)
        if (x->foreign[e->first_foreign + i] == k->foreign)
            return true;
    return false;
}

static int by_key(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

static bool passes(const struct directory *x, const struct entry *e, const struct api_filter *f)
{
    if (!e->is_shown || (f->organisation_id != 0 && e->organisation_id != f->organisation_id) ||
        (f->has_changed_from && e->changed_at < f->changed_from))
        return false;
    for (int i = 0; i < f->n; i++)
        if (!holds(x, e, &f->all[i]))
            return false;
    return f->only == NULL ||
           bsearch(&e->service_id, f->only, (size_t)f->n_only, sizeof *f->only, by_key) != NULL;
}

/* ---- reading what changed ---- */

uint32_t api_marks_of(const struct service *s)
{
    const struct {
        bool is_said;
        enum api_mark mark;
    } all[] = {{s->is_demo, MARK_DEMO},
               {s->initiative_year > 0, MARK_INITIATIVE},
               {s->summary.n > 0, MARK_SUMMARY},
               {s->isee_note.n > 0, MARK_ISEE},
               {s->intake.n > 0, MARK_INTAKE},
               {s->has_places_free, MARK_PLACES_FREE},
               {s->starts_on != DAY_NONE, MARK_STARTS},
               {s->ends_on != DAY_NONE, MARK_ENDS},
               {s->apply_by != DAY_NONE, MARK_APPLY_BY},
               {s->confirmed_how != HOW_UNKNOWN, MARK_CONFIRMED_HOW},
               {s->confirmed_by.n > 0, MARK_CONFIRMED_BY},
               {s->ways != 0, MARK_WAY},
               {s->fee != FEE_UNKNOWN, MARK_FEE},
               {s->n_access > 0, MARK_ACCESS}};
    uint32_t bits = 0;

    for (int i = 0; i < ARRAY_LEN(all); i++)
        bits |= all[i].is_said ? (uint32_t)1 << all[i].mark : 0;
    return bits;
}

static void add_foreign(struct directory *x, struct entry *e, struct str id)
{
    if (x->n_foreign == x->foreign_room) {
        const uint32_t room = x->foreign_room == 0 ? 256 : x->foreign_room * 2;

        x->foreign = arena_grow(x->mem, x->foreign, x->foreign_room * sizeof *x->foreign,
                                room * sizeof *x->foreign);
        x->foreign_room = room;
    }
    x->foreign[x->n_foreign++] = hash_of(id);
    e->n_foreign++;
}

/* What the tables say, looked up once for a whole reading. */
struct reader {
    struct ctx own; /* a memory without a trap: nothing may jump out while the lock is held */
    const struct needs *needs;
    struct sheet areas;
    struct taxonomy *taxonomies;
    int n_taxonomies;
};

static void add_attribute(struct directory *x, const struct reader *r, struct entry *e,
                          const struct attribute *a)
{
    struct arena *mem = r->own.mem;

    if (e->n_foreign > UINT16_MAX - 2)
        return;
    add_foreign(x, e, a->term_uuid.n > 0 ? a->term_uuid : catalogue_uuid_of(mem, a->taxonomy, a->code));
    for (int i = 0; i < r->n_taxonomies; i++)
        if (str_eq(r->taxonomies[i].name, a->taxonomy) ||
            str_eq(r->taxonomies[i].uuid, a->taxonomy)) {
            add_foreign(x, e, r->taxonomies[i].uuid);
            return;
        }
}

static void fill(struct directory *x, const struct reader *r, struct entry *e,
                 const struct service *s)
{
    *e = (struct entry){.service_id = s->service_id,
                        .changed_at = s->changed_at,
                        .organisation_id = s->organisation_id,
                        .marks = api_marks_of(s),
                        .first_foreign = x->n_foreign,
                        .n_ats = (uint16_t)(s->n_ats < UINT16_MAX ? s->n_ats : UINT16_MAX),
                        .kind = (uint8_t)s->kind,
                        .is_shown = s->state == SERVICE_SHOWN};
    for (int i = 0; i < s->n_needs; i++) {
        const int k = need_index(r->needs, s->needs[i]);

        if (k >= 0)
            e->needs[k / 64] |= (uint64_t)1 << (k % 64);
    }
    for (int i = 0; i < s->n_targets; i++)
        for (int k = 0; k < r->areas.n_rows && k < 64; k++)
            if (str_eq(sheet_cell(&r->areas, k, "code"), s->targets[i]))
                e->targets |= (uint64_t)1 << k;
    for (int i = 0; i < s->parts.n_attributes; i++)
        add_attribute(x, r, e, &s->parts.attributes[i]);
}

static int by_service(const void *a, const void *b)
{
    return by_key(&((const struct entry *)a)->service_id, &((const struct entry *)b)->service_id);
}

static struct entry *entry_for(struct directory *x, int n_before, int64_t service_id)
{
    const struct entry wanted = {.service_id = service_id};
    struct entry *found =
        n_before == 0 ? NULL
                      : bsearch(&wanted, x->list, (size_t)n_before, sizeof wanted, by_service);

    if (found != NULL)
        return found;
    if (x->n == x->room) {
        const int room = x->room == 0 ? 1024 : x->room * 2;

        x->list = arena_grow(x->mem, x->list, (size_t)x->room * sizeof *x->list,
                             (size_t)room * sizeof *x->list);
        x->room = room;
    }
    return &x->list[x->n++];
}

static enum status read_services(struct directory *x, struct reader *r, int64_t change)
{
    struct arena *mem = arena_new(0);
    struct service_read read = {.after_change = x->change < 0 ? 0 : x->change,
                                .limit = BLOCK,
                                .with_gone = true,
                                .without_ids = true};
    const int n_before = x->n;
    enum status st = ST_OK;
    int n = 1;

    while (st == ST_OK && n > 0) {
        struct service *block;

        arena_reset(mem);
        st = catalogue_read(&r->own, mem, &read, &block, &n);
        for (int i = 0; st == ST_OK && i < n; i++)
            fill(x, r, entry_for(x, n_before, block[i].service_id), &block[i]);
        if (st == ST_OK && n > 0)
            read.after_id = block[n - 1].service_id;
    }
    arena_free(mem);
    /* New ones have greater keys than those before, unless several writers took theirs crosswise.
     */
    if (x->n > 0)
        qsort(x->list, (size_t)x->n, sizeof *x->list, by_service);
    if (st == ST_OK)
        x->change = change;
    return st;
}

/* Under the lock for writing: from the snapshot of c, unless another was quicker. */
static enum status bring_up(struct ctx *c, struct directory *x, int64_t change)
{
    struct arena *mem = arena_new(0);
    struct reader r = {.own = *c, .needs = needs_of(c)};
    enum status st;

    r.own.mem = mem;
    r.own.problems = problems_new(mem);
    r.areas = sheet_of_table(mem, "needs/areas.csv");
    st = catalogue_taxonomies(&r.own, &r.taxonomies, &r.n_taxonomies);
    pthread_rwlock_wrlock(&x->lock);
    if (st == ST_OK && x->change < change)
        st = read_services(x, &r, change);
    pthread_rwlock_unlock(&x->lock);
    arena_free(mem);
    return st;
}

static enum status up_to_date(struct ctx *c, struct directory **out)
{
    struct directory *x = db_beside(db_of(c->tx), &beside);
    int64_t change;
    enum status st = catalogue_change(c, &change);
    bool is_old;

    if (st != ST_OK)
        return st;
    pthread_rwlock_rdlock(&x->lock);
    is_old = x->change < change;
    pthread_rwlock_unlock(&x->lock);
    *out = x;
    return is_old ? bring_up(c, x, change) : ST_OK;
}

/* ---- giving out ---- */

static enum status select_entries(struct ctx *c, const struct api_filter *f, bool by_place,
                                  int first, struct api_key *out, int room, int *n_out,
                                  int *n_total)
{
    struct directory *x;
    const enum status st = up_to_date(c, &x);
    int n = 0, total = 0;

    if (st != ST_OK)
        return st;
    pthread_rwlock_rdlock(&x->lock);
    for (int i = 0; i < x->n; i++) {
        const struct entry *e = &x->list[i];
        const int n_here = by_place ? e->n_ats : 1;

        if (n_here == 0 || !passes(x, e, f))
            continue;
        for (int k = 0; k < n_here; k++, total++)
            if (total >= first && n < room)
                out[n++] = (struct api_key){e->service_id, k};
    }
    pthread_rwlock_unlock(&x->lock);
    *n_out = n;
    *n_total = total;
    return ST_OK;
}

enum status api_directory_services(struct ctx *c, const struct api_filter *f, int first,
                                   struct api_key *out, int room, int *n_out, int *n_total)
{
    return select_entries(c, f, false, first, out, room, n_out, n_total);
}

enum status api_directory_ats(struct ctx *c, const struct api_filter *f, int first,
                              struct api_key *out, int room, int *n_out, int *n_total)
{
    return select_entries(c, f, true, first, out, room, n_out, n_total);
}

/* ---- organisations and places ---- */

/* The keys of one block after `after`; *n 0: no more. */
typedef enum status (*read_keys)(struct ctx *c, int64_t after, int64_t *out, int *n);

static enum status read_organisations(struct ctx *c, int64_t after, int64_t *out, int *n)
{
    const struct organisation_page page = {.after = after, .limit = BLOCK};
    struct organisation *list;
    const enum status st = organisations_page(c, &page, &list, n);

    for (int i = 0; st == ST_OK && i < *n; i++)
        out[i] = list[i].organisation_id;
    return st;
}

static enum status read_locations(struct ctx *c, int64_t after, int64_t *out, int *n)
{
    const struct location_read read = {.after_id = after, .limit = BLOCK};
    struct location *list;
    const enum status st = catalogue_read_locations(c, c->mem, &read, &list, n);

    for (int i = 0; st == ST_OK && i < *n; i++)
        out[i] = list[i].location_id;
    return st;
}

static void add_key(struct keys *k, int64_t id)
{
    if (k->n == k->room) {
        const int room = k->room == 0 ? 1024 : k->room * 2;

        k->list =
            arena_grow(k->mem, k->list, (size_t)k->room * sizeof id, (size_t)room * sizeof id);
        k->room = room;
    }
    k->list[k->n++] = id;
}

/* Under the lock for writing. */
static enum status fill_keys(struct ctx *c, struct keys *k, read_keys read, int64_t change,
                             int64_t count)
{
    struct ctx own = *c;
    int64_t ids[BLOCK], after = 0;
    enum status st = ST_OK;
    int n = 1;

    arena_reset(k->mem);
    k->list = NULL;
    k->n = k->room = 0;
    own.mem = arena_new(0);
    own.problems = problems_new(own.mem);
    while (st == ST_OK && n > 0) {
        st = read(&own, after, ids, &n);
        for (int i = 0; st == ST_OK && i < n; i++)
            add_key(k, ids[i]);
        if (st == ST_OK && n > 0)
            after = ids[n - 1];
        arena_reset(own.mem);
    }
    arena_free(own.mem);
    k->change = st == ST_OK ? change : -1;
    k->count = count;
    return st;
}

struct asked {
    int first, room;
    struct api_key *out;
    int *n_out, *n_total;
};

static enum status give_keys(struct ctx *c, struct directory *x, struct keys *k, read_keys read,
                             int64_t count, const struct asked *a)
{
    int64_t change;
    enum status st = catalogue_change(c, &change);
    int n = 0;

    if (st != ST_OK)
        return st;
    pthread_rwlock_wrlock(&x->lock);
    if (k->change < change || k->count != count)
        st = fill_keys(c, k, read, change, count);
    for (int i = a->first; st == ST_OK && i < k->n && n < a->room; i++)
        a->out[n++] = (struct api_key){.id = k->list[i]};
    *a->n_out = n;
    *a->n_total = k->n;
    pthread_rwlock_unlock(&x->lock);
    return st;
}

enum status api_directory_organisations(struct ctx *c, int first, struct api_key *out, int room,
                                        int *n_out, int *n_total)
{
    struct directory *x = db_beside(db_of(c->tx), &beside);
    int64_t count = 0;
    const enum status st = organisations_count(c, 0, &count);

    return st != ST_OK ? st
                       : give_keys(c, x, &x->organisations, read_organisations, count,
                                   &(struct asked){first, room, out, n_out, n_total});
}

/* A place comes, goes and changes with the services given there: the last change says it all. */
enum status api_directory_locations(struct ctx *c, int first, struct api_key *out, int room,
                                    int *n_out, int *n_total)
{
    struct directory *x = db_beside(db_of(c->tx), &beside);

    return give_keys(c, x, &x->locations, read_locations, 0,
                     &(struct asked){first, room, out, n_out, n_total});
}

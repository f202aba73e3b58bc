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
    float min_age, max_age; /* years; -1: not said */
    uint32_t first_foreign, first_slot;
    uint16_t n_foreign, n_ats, n_slots;
    uint8_t kind;
    bool is_shown;
};

/* When it opens on some days of the week, of whatever weeks and seasons. */
struct slot {
    uint16_t opens, closes; /* minutes of the day; HOURS_NONE: not said */
    uint8_t weekdays;
};
enum { HOURS_NONE = 0xffff };

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
    struct slot *slots;
    uint32_t n_slots, slot_room;
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

/* ---- which of them ---- */

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

static bool is_open_so(const struct directory *x, const struct entry *e, const struct api_filter *f)
{
    for (uint32_t i = 0; i < e->n_slots; i++) {
        const struct slot *s = &x->slots[e->first_slot + i];

        if ((f->weekdays == 0 || (s->weekdays & f->weekdays) != 0) &&
            (f->opens_from < 0 || (s->opens != HOURS_NONE && s->opens >= f->opens_from)) &&
            (f->closes_to < 0 || (s->closes != HOURS_NONE && s->closes <= f->closes_to)))
            return true;
    }
    return false;
}

static bool passes(const struct directory *x, const struct entry *e, const struct api_filter *f)
{
    if (!e->is_shown || (f->organisation_id != 0 && e->organisation_id != f->organisation_id) ||
        (f->has_changed_from && e->changed_at < f->changed_from) ||
        (f->has_min_age && (e->min_age < 0 || (double)e->min_age < f->min_age)) ||
        (f->has_max_age && (e->max_age < 0 || (double)e->max_age > f->max_age)))
        return false;
    if ((f->weekdays != 0 || f->opens_from >= 0 || f->closes_to >= 0) && !is_open_so(x, e, f))
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
               {s->n_access > 0, MARK_ACCESS},
               {s->initiative_year == 0, MARK_FRESHNESS},
               {s->initiative_year == 0, MARK_SCORE}};
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
    x->foreign[x->n_foreign++] = api_hash_of(id);
    e->n_foreign++;
}

/* Days of the week on which a rule may hold; all of them when it goes by the day of the month. */
static uint8_t weekdays_of(const struct hours_rule *r)
{
    uint8_t bits = r->weekdays;

    for (int d = 0; d < 7; d++)
        bits |= r->nth[d] != 0 ? (uint8_t)(1 << d) : 0;
    return bits == 0 ? 0x7f : bits;
}

static void add_slots(struct directory *x, struct entry *e, const struct schedule *list, int n)
{
    for (int i = 0; i < n; i++) {
        const struct hours_rule *r = &list[i].rule;

        if (r->kind == HOURS_CLOSED || r->only_holidays || e->n_slots == UINT16_MAX)
            continue;
        if (x->n_slots == x->slot_room) {
            const uint32_t room = x->slot_room == 0 ? 256 : x->slot_room * 2;

            x->slots = arena_grow(x->mem, x->slots, x->slot_room * sizeof *x->slots, room * sizeof *x->slots);
            x->slot_room = room;
        }
        x->slots[x->n_slots++] =
            (struct slot){.opens = r->opens_min < 0 ? HOURS_NONE : (uint16_t)r->opens_min,
                          .closes = r->closes_min < 0 ? HOURS_NONE : (uint16_t)r->closes_min,
                          .weekdays = weekdays_of(r)};
        e->n_slots++;
    }
}

/* The hours that hold at each place, or anywhere. */
static void add_hours(struct directory *x, struct entry *e, const struct service *s)
{
    const struct schedule *list;
    int n;

    for (int i = 0; i < s->n_ats || (i == 0 && s->n_ats == 0); i++) {
        catalogue_hours(s, s->n_ats == 0 ? NULL : &s->ats[i], &list, &n);
        add_slots(x, e, list, n);
    }
}

/* What the tables say, looked up once for a whole reading. */
struct reader {
    struct ctx own; /* a memory without a trap: nothing may jump out while the lock is held */
    const struct needs *needs;
    struct sheet areas;
    struct api_out known; /* what calls found of the entries near the last one */
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

static void fill(struct directory *x, struct reader *r, struct entry *e,
                 const struct service *s)
{
    *e = (struct entry){.service_id = s->service_id,
                        .changed_at = s->changed_at,
                        .organisation_id = s->organisation_id,
                        .marks = api_marks_of(s),
                        .first_foreign = x->n_foreign,
                        .first_slot = x->n_slots,
                        .min_age = s->has_min_age ? (float)s->min_age : -1,
                        .max_age = s->has_max_age ? (float)s->max_age : -1,
                        .n_ats = (uint16_t)(s->n_ats < UINT16_MAX ? s->n_ats : UINT16_MAX),
                        .kind = (uint8_t)s->kind,
                        .is_shown = s->state == SERVICE_SHOWN};
    for (int i = 0; i < s->n_needs; i++) {
        const int k = api_need_index(r->needs, s->needs[i]);

        if (k >= 0)
            e->needs[k / 64] |= (uint64_t)1 << (k % 64);
    }
    for (int i = 0; i < s->n_targets; i++)
        for (int k = 0; k < r->areas.n_rows && k < 64; k++)
            if (str_eq(sheet_cell(&r->areas, k, "code"), s->targets[i]))
                e->targets |= (uint64_t)1 << k;
    for (int i = 0; i < s->parts.n_attributes; i++)
        add_attribute(x, r, e, &s->parts.attributes[i]);
    add_hours(x, e, s);
    if (api_verified_on(&r->known, s) != DAY_NONE)
        e->marks |= (uint32_t)1 << MARK_VERIFIED;
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

    r->known = (struct api_out){.c = &r->own};
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
        if (st == ST_OK)
            st = r->known.upkept.st;
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

enum status api_directory_changed_at(struct ctx *c, int64_t *out_ms)
{
    struct directory *x;
    const enum status st = up_to_date(c, &x);

    *out_ms = 0;
    if (st != ST_OK)
        return st;
    pthread_rwlock_rdlock(&x->lock);
    for (int i = 0; i < x->n; i++)
        if (x->list[i].changed_at > *out_ms)
            *out_ms = x->list[i].changed_at;
    pthread_rwlock_unlock(&x->lock);
    return ST_OK;
}

enum status api_directory_changes(struct ctx *c, const int64_t *ids, int n, int64_t *out_ms)
{
    struct directory *x;
    const enum status st = up_to_date(c, &x);

    if (st != ST_OK)
        return st;
    pthread_rwlock_rdlock(&x->lock);
    for (int i = 0; i < n; i++) {
        const struct entry wanted = {.service_id = ids[i]};
        const struct entry *e = x->n == 0 ? NULL : bsearch(&wanted, x->list, (size_t)x->n, sizeof wanted, by_service);

        out_ms[i] = e == NULL ? 0 : e->changed_at;
    }
    pthread_rwlock_unlock(&x->lock);
    return ST_OK;
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

/* search_cards.c - what a list shows of a service: read once, kept, copied out for whoever asks. */
#include "search_cards.h"
#include "store/db.h"
#include <pthread.h>
#include <string.h>

enum {
    N_SLOTS = 4096,
    MOST_BYTES = 2 * 1024 * 1024, /* of a generation; there are two */
    MOST_OF_ONE = 4096            /* longer ones are read each time */
};

/* What a card has of its service: members of both structs. */
#define VALUES(X)                                                                                  \
    X(service_id)                                                                                  \
    X(organisation_id)                                                                             \
    X(organisation_kind)                                                                           \
    X(kind)                                                                                        \
    X(status)                                                                                      \
    X(state)                                                                                       \
    X(fee)                                                                                         \
    X(ways)                                                                                        \
    X(has_places_free)                                                                             \
    X(places_free)                                                                                 \
    X(places_on)                                                                                   \
    X(starts_on)                                                                                   \
    X(ends_on)                                                                                     \
    X(apply_by)                                                                                    \
    X(confirmed_on)                                                                                \
    X(confirmed_how)                                                                               \
    X(due_state)                                                                                   \
    X(is_demo)                                                                                     \
    X(initiative_year)                                                                             \
    X(n_documents)                                                                                 \
    X(change_no)
#define TEXTS(X)                                                                                   \
    X(slug)                                                                                        \
    X(name)                                                                                        \
    X(summary)                                                                                     \
    X(isee_note)                                                                                   \
    X(organisation_name)                                                                           \
    X(organisation_slug)                                                                           \
    X(confirmed_by)

#define MEMBER(f) __typeof__(((struct service *)NULL)->f) f;
#define COPY_TO_CARD(f) k->f = s->f;
#define COPY_TO_SERVICE(f) s->f = k->f;

struct card_place {
    int64_t location_id;
    struct str comune_name, comune_slug, quarter;
    int access_bits;
    bool is_secret;
};

/* In one block: the card, its places, its texts. */
struct card {
    struct card *next; /* in its slot */
    size_t n_bytes;
    int64_t territory_no;
    VALUES(MEMBER)
    TEXTS(MEMBER)
    struct str phone;
    struct card_place *places;
    int n_places;
};

struct generation {
    struct arena *mem;
    struct card *slots[N_SLOTS];
    size_t n_bytes;
};

struct keeper {
    struct arena *mem;
    pthread_mutex_t lock;
    struct generation *now, *before; /* what is asked for in `before` goes over to `now` */
};

/* ---- one card ---- */

static struct str put_text(char **at, struct str text)
{
    const struct str put = {*at, text.n};

    memcpy(*at, text.p, text.n);
    *at += text.n;
    return put;
}

static struct card *card_of(struct arena *mem, const struct service *s)
{
    const struct str phone = catalogue_first_phone(s);
    size_t n = sizeof(struct card) + (size_t)s->n_ats * sizeof(struct card_place) + phone.n;

#define ADD_TEXT(f) n += s->f.n;
    TEXTS(ADD_TEXT)
#undef ADD_TEXT
    for (int i = 0; i < s->n_ats; i++) {
        const struct location *const l = s->ats[i].location;

        n += l == NULL ? 0 : l->comune_name.n + l->comune_slug.n + l->quarter.n;
    }
    struct card *const k = arena_alloc(mem, n);
    char *at;

    k->n_bytes = n;
    VALUES(COPY_TO_CARD)
    k->places = (struct card_place *)(k + 1);
    at = (char *)(k->places + s->n_ats);
#define PUT_TEXT(f) k->f = put_text(&at, s->f);
    TEXTS(PUT_TEXT)
#undef PUT_TEXT
    k->phone = put_text(&at, phone);
    for (int i = 0; i < s->n_ats; i++) {
        const struct location *const l = s->ats[i].location;

        if (l != NULL)
            k->places[k->n_places++] = (struct card_place){l->location_id,
                                                           put_text(&at, l->comune_name),
                                                           put_text(&at, l->comune_slug),
                                                           put_text(&at, l->quarter),
                                                           l->access_bits,
                                                           l->is_secret};
    }
    return k;
}

static struct card *copy_card(void *room, const struct card *of)
{
    struct card *const k = memcpy(room, of, of->n_bytes);
    const ptrdiff_t by = (char *)k - (const char *)of;

    k->next = NULL;
    k->places = (struct card_place *)(k + 1);
    k->phone.p += by;
#define MOVE_TEXT(f) k->f.p += by;
    TEXTS(MOVE_TEXT)
#undef MOVE_TEXT
    for (int i = 0; i < k->n_places; i++) {
        k->places[i].comune_name.p += by;
        k->places[i].comune_slug.p += by;
        k->places[i].quarter.p += by;
    }
    return k;
}

/* The service as the card tells it; texts stay where the card is. */
static void unfold(struct arena *mem, const struct card *k, struct service *s)
{
    struct location *const places = ARENA_ARRAY(mem, struct location, (size_t)k->n_places);

    *s = (struct service){0};
    VALUES(COPY_TO_SERVICE)
    TEXTS(COPY_TO_SERVICE)
    s->documents = ARENA_ARRAY(mem, struct document, (size_t)k->n_documents);
    if (k->phone.n > 0) {
        s->parts.phones = ARENA_NEW(mem, struct phone);
        s->parts.phones[0].number = k->phone;
        s->parts.n_phones = 1;
    }
    s->ats = ARENA_ARRAY(mem, struct service_at, (size_t)k->n_places);
    for (int i = 0; i < k->n_places; i++) {
        const struct card_place *const p = &k->places[i];

        places[i] = (struct location){.location_id = p->location_id,
                                      .comune_name = p->comune_name,
                                      .comune_slug = p->comune_slug,
                                      .quarter = p->quarter,
                                      .access_bits = p->access_bits,
                                      .is_secret = p->is_secret};
        s->ats[s->n_ats++] = (struct service_at){
            .location_id = p->location_id, .service_id = k->service_id, .location = &places[i]};
    }
}

/* ---- keeping; under the lock ---- */

static struct card **slot_of(struct generation *g, int64_t service_id)
{
    return &g->slots[(uint64_t)service_id * 0x9E3779B97F4A7C15u >> 52];
}

static struct generation *generation_new(void)
{
    struct arena *const mem = arena_new(0);
    struct generation *const g = ARENA_NEW(mem, struct generation);

    g->mem = mem;
    return g;
}

static void keep(struct keeper *x, const struct card *k)
{
    if (x->now->n_bytes + k->n_bytes > MOST_BYTES) {
        arena_free(x->before->mem);
        x->before = x->now;
        x->now = generation_new();
    }
    struct card *const own = copy_card(arena_alloc(x->now->mem, k->n_bytes), k);
    struct card **const slot = slot_of(x->now, k->service_id);

    own->next = *slot;
    *slot = own;
    x->now->n_bytes += k->n_bytes;
}

static const struct card *find_in(struct generation *g, const struct search_hit *h,
                                  int64_t territory_no)
{
    for (const struct card *k = *slot_of(g, h->service_id); k != NULL; k = k->next)
        if (k->service_id == h->service_id && k->change_no == h->change_no &&
            k->territory_no == territory_no)
            return k;
    return NULL;
}

static const struct card *find(struct keeper *x, const struct search_hit *h, int64_t territory_no)
{
    const struct card *k = find_in(x->now, h, territory_no);

    if (k != NULL)
        return k;
    k = find_in(x->before, h, territory_no);
    if (k == NULL)
        return NULL;
    if (x->now->n_bytes + k->n_bytes <= MOST_BYTES)
        keep(x, k); /* no new generation now: k is in the old one */
    return k;
}

static void *make_keeper(struct db *d)
{
    struct arena *const mem = arena_new(0);
    struct keeper *const x = ARENA_NEW(mem, struct keeper);

    x->mem = mem;
    x->now = generation_new();
    x->before = generation_new();
    pthread_mutex_init(&x->lock, NULL);
    return x;
}

static void end_keeper(void *kept, struct db *d)
{
    struct keeper *const x = kept;

    arena_free(x->now->mem);
    arena_free(x->before->mem);
    pthread_mutex_destroy(&x->lock);
    arena_free(x->mem);
}

static const struct db_beside beside = {"cards", make_keeper, end_keeper};

/* ---- a list of them ---- */

/* Copies what is there; nothing of the request's memory, whose end may jump, is asked for under the
 * lock: first the room is measured, then it is filled as far as it goes. */
static void take_kept(struct ctx *c, struct keeper *x, const struct search_answer *a,
                      const struct card **cards)
{
    size_t n_bytes = 0;

    pthread_mutex_lock(&x->lock);
    for (int i = 0; i < a->n_hits; i++) {
        const struct card *const k = find(x, &a->hits[i], a->territory_no);

        n_bytes += k == NULL ? 0 : (k->n_bytes + 15) & ~(size_t)15;
    }
    pthread_mutex_unlock(&x->lock);
    if (n_bytes == 0)
        return;
    char *room = arena_alloc(c->mem, n_bytes);

    pthread_mutex_lock(&x->lock);
    for (int i = 0; i < a->n_hits; i++) {
        const struct card *const k = find(x, &a->hits[i], a->territory_no);
        const size_t n = k == NULL ? 0 : (k->n_bytes + 15) & ~(size_t)15;

        if (k == NULL || n > n_bytes)
            continue;
        cards[i] = copy_card(room, k);
        room += n;
        n_bytes -= n;
    }
    pthread_mutex_unlock(&x->lock);
}

static enum status read_missing(struct ctx *c, struct keeper *x, const struct search_answer *a,
                                const struct card **cards)
{
    int64_t *const ids = ARENA_ARRAY(c->mem, int64_t, (size_t)a->n_hits);
    struct service *list;
    int n_ids = 0, n = 0;

    for (int i = 0; i < a->n_hits; i++)
        if (cards[i] == NULL)
            ids[n_ids++] = a->hits[i].service_id;
    if (n_ids == 0)
        return ST_OK;
    const enum status st = catalogue_cards(c, ids, n_ids, &list, &n);

    if (st != ST_OK)
        return st;
    for (int i = 0, at = 0; i < a->n_hits && at < n; i++) {
        if (cards[i] != NULL || a->hits[i].service_id != list[at].service_id)
            continue;
        struct card *const k = card_of(c->mem, &list[at++]);

        k->territory_no = a->territory_no;
        cards[i] = k;
        if (x == NULL || k->n_bytes > MOST_OF_ONE || k->change_no != a->hits[i].change_no)
            continue;
        pthread_mutex_lock(&x->lock);
        if (find_in(x->now, &a->hits[i], a->territory_no) == NULL)
            keep(x, k);
        pthread_mutex_unlock(&x->lock);
    }
    return ST_OK;
}

enum status search_cards(struct ctx *c, const struct search_answer *a, struct service **out,
                         int *n_out)
{
    const struct card **const cards = ARENA_ARRAY(c->mem, const struct card *, (size_t)a->n_hits);
    struct keeper *const x =
        db_may_write(c->tx) || a->territory_no == 0 ? NULL : db_beside(db_of(c->tx), &beside);

    *n_out = 0;
    if (x != NULL)
        take_kept(c, x, a, cards);
    const enum status st = read_missing(c, x, a, cards);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct service, (size_t)a->n_hits);
    for (int i = 0; i < a->n_hits; i++) {
        struct service *const s = &(*out)[*n_out];

        if (cards[i] == NULL)
            continue;
        unfold(c->mem, cards[i], s);
        *n_out += catalogue_is_offered(s, c->today);
    }
    return ST_OK;
}

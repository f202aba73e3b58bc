/* publish_api_list.c - the lists of the API: conditions, a page by its keys, the envelope, long lists
 * in pieces. */
#include "features/search/search.h"
#include "publish_api_ask.h"
#include "publish_api_directory.h"
#include "publish_api_lists.h"
#include <stdlib.h>

enum {
    AT_ONCE = 100,      /* entries that are written without pieces */
    BLOCK = 50,         /* entries of one piece */
    FULL_BLOCK = 5,     /* organisations with all their services */
    MOST_KEYS = 2000000 /* of a list without pages */
};

/* Lives in the memory of the handler, over all pieces. */
struct list {
    enum api_list kind;
    struct api_ask ask;
    struct api_key *keys;
    int n, at; /* keys of this page; how many are done */
    int n_written;
    int total;
    bool is_dense; /* the keys follow one another in the tables: read as a block */
    bool needs_comma;
    int64_t *found; /* keys in the order of the search; NULL: there was none */
    int n_found;
};

/* ---- which ---- */

static int by_key(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

/* Of a place asked for: within so many metres of its town, or whoever lives there may use it. */
static bool is_there(const struct api_ask *ask, const struct search_hit *hit)
{
    if (ask->area_id == 0)
        return true;
    return ask->proximity_m == 0 ? hit->serves_here : hit->has_distance && hit->distance_m <= ask->proximity_m;
}

/* Everything the words find or the place has, page after page, best first; and the same keys sorted for
 * the filter. */
static enum status find_words(struct ctx *c, struct list *l, struct api_filter *f)
{
    const int km = (l->ask.proximity_m + 999) / 1000;
    struct search_ask ask = {.words = l->ask.search,
                             .area_id = l->ask.area_id,
                             .km = km > 0 && km < SEARCH_MOST_KM ? km : SEARCH_MOST_KM,
                             .page = 1,
                             .page_size = SEARCH_MOST_PAGE,
                             .no_widening = true,
                             .no_counting = true};
    struct search_answer answer = {0};
    int64_t *sorted;
    int n = 0;

    do {
        const enum status st = search_services(c, &ask, &answer);

        if (st != ST_OK)
            return st;
        if (l->found == NULL)
            l->found = ARENA_ARRAY(c->mem, int64_t, (size_t)answer.n_total + 1);
        for (int i = 0; i < answer.n_hits && n < answer.n_total; i++)
            if (is_there(&l->ask, &answer.hits[i]))
                l->found[n++] = answer.hits[i].service_id;
    } while (answer.n_hits > 0 && ask.page++ < answer.n_pages && n < answer.n_total);
    sorted = ARENA_ARRAY(c->mem, int64_t, (size_t)n + 1);
    for (int i = 0; i < n; i++)
        sorted[i] = l->found[i];
    qsort(sorted, (size_t)n, sizeof *sorted, by_key);
    l->n_found = n;
    f->only = sorted;
    f->n_only = n;
    return ST_OK;
}

static int by_service(const void *a, const void *b)
{
    const struct api_key *x = a, *y = b;

    return by_key(&x->id, &y->id);
}

/* From the order of keys to that of the search, then the page that was asked for. */
static void sort_as_found(struct ctx *c, struct list *l, int first, int room)
{
    struct api_key *out = ARENA_ARRAY(c->mem, struct api_key, (size_t)room + 1);
    int n = 0, at = 0;

    for (int i = 0; i < l->n_found && l->n > 0; i++) {
        const struct api_key wanted = {.id = l->found[i]};
        const struct api_key *k =
            bsearch(&wanted, l->keys, (size_t)l->n, sizeof wanted, by_service);

        if (k == NULL)
            continue;
        while (k > l->keys && k[-1].id == wanted.id)
            k--;
        for (; k < l->keys + l->n && k->id == wanted.id; k++, at++)
            if (at >= first && n < room)
                out[n++] = *k;
    }
    l->keys = out;
    l->n = n;
}

/* *is_none: an organisation that is not there has nothing. */
static enum status make_filter(struct ctx *c, struct list *l, struct api_filter *f, bool *is_none)
{
    const struct api_ask *ask = &l->ask;
    const struct needs *needs = needs_of(c);
    enum status st = ST_OK;

    *f = (struct api_filter){.has_changed_from = ask->has_modified_after,
                             .changed_from = ask->modified_after,
                             .has_min_age = ask->has_min_age,
                             .has_max_age = ask->has_max_age,
                             .min_age = ask->min_age,
                             .max_age = ask->max_age,
                             .weekdays = ask->weekdays,
                             .opens_from = ask->opens_from,
                             .closes_to = ask->closes_to};
    *is_none = false;
    for (int i = 0; i < ask->n_terms; i++)
        f->all[f->n++] = api_condition_of_term(c, needs, ask->terms[i]);
    for (int i = 0; i < ask->n_taxonomies; i++)
        f->all[f->n++] = api_condition_of_taxonomy(c, needs, ask->taxonomies[i]);
    if (ask->organization.n > 0) {
        struct organisation org;

        st = organisations_by_uuid(c, ask->organization, &org);
        *is_none = st == ST_NOT_FOUND || (st == ST_OK && org.state != ORGANISATION_SHOWN);
        if (st == ST_NOT_FOUND)
            st = ST_OK;
        else if (st == ST_OK)
            f->organisation_id = org.organisation_id;
    }
    if (st == ST_OK && (ask->search.n > 0 || ask->area_id != 0))
        st = find_words(c, l, f);
    return st;
}

/* Organisations and places changed from an instant on: few, so they are walked from the first. */
static enum status walk_changed(struct ctx *c, struct list *l, int first, int room)
{
    int64_t after = 0, total = 0;
    int at = 0;
    enum status st = l->kind == API_ORGANISATIONS
                         ? organisations_count(c, l->ask.modified_after, &total)
                         : catalogue_count_locations(c, l->ask.modified_after, &total);

    l->total = (int)total;
    while (st == ST_OK && l->n < room && at < first + room) {
        const struct organisation_page page = {after, l->ask.modified_after, 500};
        const struct location_read read = {after, l->ask.modified_after, 500};
        struct organisation *orgs = NULL;
        struct location *places = NULL;
        int n = 0;

        st = l->kind == API_ORGANISATIONS ? organisations_page(c, &page, &orgs, &n)
                                          : catalogue_read_locations(c, c->mem, &read, &places, &n);
        if (st != ST_OK || n == 0)
            break;
        for (int i = 0; i < n; i++, at++) {
            after = orgs != NULL ? orgs[i].organisation_id : places[i].location_id;
            if (at >= first && l->n < room)
                l->keys[l->n++].id = after;
        }
    }
    return st;
}

static enum status read_keys(struct ctx *c, struct list *l, const struct api_filter *f, int first,
                             int room)
{
    l->keys = ARENA_ARRAY(c->mem, struct api_key, (size_t)room);
    l->n = 0;
    if ((l->kind == API_ORGANISATIONS || l->kind == API_LOCATIONS) && l->ask.has_modified_after)
        return walk_changed(c, l, first, room);
    switch (l->kind) {
    case API_SERVICES:
        return api_directory_services(c, f, first, l->keys, room, &l->n, &l->total);
    case API_ATS:
        return api_directory_ats(c, f, first, l->keys, room, &l->n, &l->total);
    case API_ORGANISATIONS:
        return api_directory_organisations(c, first, l->keys, room, &l->n, &l->total);
    case API_LOCATIONS:
        return api_directory_locations(c, first, l->keys, room, &l->n, &l->total);
    }
    return ST_OK;
}

static enum status select_keys(struct ctx *c, struct list *l)
{
    const int64_t skipped = (int64_t)(l->ask.page - 1) * l->ask.per_page;
    const bool is_past = skipped > INT32_MAX && !l->ask.is_ndjson;
    const int first = l->ask.is_ndjson || is_past ? 0 : (int)skipped;
    struct api_filter f;
    bool is_none;
    enum status st = make_filter(c, l, &f, &is_none);

    if (st != ST_OK || is_none)
        return st;
    l->is_dense = f.n == 0 && f.organisation_id == 0 && f.only == NULL && !f.has_changed_from && !f.has_min_age &&
                  !f.has_max_age && f.weekdays == 0 && f.opens_from < 0 && f.closes_to < 0;
    if (l->ask.is_ndjson || f.only != NULL) { /* all of them: how many is asked first */
        st = read_keys(c, l, &f, 0, 0);
        if (st == ST_OK)
            st = read_keys(c, l, &f, 0, l->total < MOST_KEYS ? l->total : MOST_KEYS);
        if (st == ST_OK && f.only != NULL)
            sort_as_found(c, l, first, l->ask.is_ndjson ? l->n : l->ask.per_page);
    } else {
        st = read_keys(c, l, &f, first, l->ask.per_page);
    }
    if (is_past)
        l->n = 0;
    return st;
}

/* ---- each entry ---- */

static void line_end(struct api_out *o, struct list *l)
{
    l->n_written++;
    if (!l->ask.is_ndjson)
        return;
    buf_char(o->j.out, '\n');
    o->j.needs_comma = false;
}

static enum api_depth depth_of(const struct api_ask *ask)
{
    return ask->is_minimal ? API_MINIMAL : ask->is_full ? API_FULL : API_LIST;
}

static enum status put_one_service(struct api_out *o, struct list *l, const struct service *s)
{
    struct organisation org;
    const enum status st =
        l->ask.is_full ? organisations_by_id(o->c, s->organisation_id, &org) : ST_NOT_FOUND;

    if (st != ST_OK && st != ST_NOT_FOUND)
        return st;
    api_put_service(o, NULL, s, st == ST_OK ? &org : NULL, depth_of(&l->ask));
    line_end(o, l);
    return ST_OK;
}

/* Cards hold all that lists say; only full entries need the ids of parts too. What has ended has no card any more:
 * it is read by itself, and says that it is inactive. */
static enum status put_cards(struct api_out *o, struct list *l, int n)
{
    int64_t ids[BLOCK];
    struct service *cards;
    int n_cards = 0;

    for (int i = 0; i < n; i++)
        ids[i] = l->keys[l->at + i].id;
    enum status st = catalogue_cards(o->c, ids, n, &cards, &n_cards);

    for (int i = 0, at = 0; st == ST_OK && i < n; i++) {
        struct service ended;

        if (at < n_cards && cards[at].service_id == ids[i]) {
            st = put_one_service(o, l, &cards[at++]);
            continue;
        }
        st = catalogue_service(o->c, ids[i], &ended);
        st = st == ST_OK ? put_one_service(o, l, &ended) : st == ST_NOT_FOUND ? ST_OK : st;
    }
    return st;
}

static enum status put_services(struct api_out *o, struct list *l, int n)
{
    struct service *block;
    int n_read = 0;
    enum status st = ST_OK;

    if (!l->ask.is_full)
        return put_cards(o, l, n);
    if (l->is_dense) {
        const struct service_read read = {.after_id = l->keys[l->at].id - 1, .limit = n};

        st = catalogue_read(o->c, o->c->mem, &read, &block, &n_read);
        for (int i = 0; st == ST_OK && i < n_read; i++)
            if (block[i].service_id <= l->keys[l->at + n - 1].id)
                st = put_one_service(o, l, &block[i]);
        return st;
    }
    for (int i = 0; i < n && st == ST_OK; i++) {
        struct service s;

        st = catalogue_service(o->c, l->keys[l->at + i].id, &s);
        if (st == ST_OK && s.state == SERVICE_SHOWN)
            st = put_one_service(o, l, &s);
        else if (st == ST_NOT_FOUND)
            st = ST_OK; /* hidden since the list was made */
    }
    return st;
}

static enum status put_ats(struct api_out *o, struct list *l, int n)
{
    struct service s = {0};

    for (int i = 0; i < n; i++) {
        const struct api_key *k = &l->keys[l->at + i];
        const enum status st = s.service_id == k->id ? ST_OK : catalogue_service(o->c, k->id, &s);

        if (st == ST_NOT_FOUND)
            continue;
        if (st != ST_OK)
            return st;
        if (k->nth < s.n_ats && s.state == SERVICE_SHOWN) {
            api_put_at(o, NULL, &s, &s.ats[k->nth], true, l->ask.is_full ? API_FULL : API_LIST);
            line_end(o, l);
        }
    }
    return ST_OK;
}

/* A card lacks what a full entry needs: each service by itself. */
enum status api_services_of(struct ctx *c, int64_t organisation_id, bool is_full,
                            struct service **out, int *n_out)
{
    struct service *cards;
    int n = 0, n_full = 0;
    enum status st = catalogue_of_organisation(c, organisation_id, &cards, &n);

    for (int i = 0; is_full && st == ST_OK && i < n; i++) {
        st = catalogue_service(c, cards[i].service_id, &cards[n_full]);
        if (st == ST_OK)
            n_full++;
        else if (st == ST_NOT_FOUND)
            st = ST_OK;
    }
    *out = cards;
    *n_out = is_full ? n_full : n;
    return st;
}

static enum status put_organisations(struct api_out *o, struct list *l, int n)
{
    const struct organisation_page page = {
        l->keys[l->at].id - 1, l->ask.has_modified_after ? l->ask.modified_after : 0, n};
    const bool is_full = l->ask.is_full || l->ask.is_full_service;
    struct organisation *list;
    int n_read = 0;
    enum status st = organisations_page(o->c, &page, &list, &n_read);

    for (int i = 0; st == ST_OK && i < n_read; i++) {
        struct api_organisation v = {.organisation = &list[i],
                                     .has_full_services = l->ask.is_full_service};
        struct service *services = NULL;

        if (is_full)
            st = api_services_of(o->c, list[i].organisation_id, true, &services, &v.n_services);
        if (st != ST_OK)
            return st;
        v.services = services;
        api_put_organisation(o, NULL, &v, is_full ? API_FULL : API_LIST);
        line_end(o, l);
    }
    return st;
}

static enum status put_locations(struct api_out *o, struct list *l, int n)
{
    const struct location_read read = {l->keys[l->at].id - 1,
                                       l->ask.has_modified_after ? l->ask.modified_after : 0, n};
    struct location *list;
    int n_read = 0;
    const enum status st = catalogue_read_locations(o->c, o->c->mem, &read, &list, &n_read);

    for (int i = 0; st == ST_OK && i < n_read; i++) {
        api_put_location(o, NULL, &list[i]);
        line_end(o, l);
    }
    return st;
}

static enum status put_block(struct api_out *o, struct list *l)
{
    const bool is_heavy =
        l->kind == API_ORGANISATIONS && (l->ask.is_full || l->ask.is_full_service);
    const int block = is_heavy ? FULL_BLOCK : BLOCK;
    const int n = l->n - l->at < block ? l->n - l->at : block;
    enum status st = ST_OK;

    o->j.needs_comma = l->needs_comma;
    switch (l->kind) {
    case API_SERVICES:
        st = put_services(o, l, n);
        break;
    case API_ATS:
        st = put_ats(o, l, n);
        break;
    case API_ORGANISATIONS:
        st = put_organisations(o, l, n);
        break;
    case API_LOCATIONS:
        st = put_locations(o, l, n);
        break;
    }
    l->needs_comma = o->j.needs_comma;
    l->at += n;
    return st;
}

/* ---- the envelope ---- */

void api_page_top(struct jwrite *j)
{
    jwrite_open(j, NULL, '{');
    jwrite_open(j, "contents", '[');
}

/* After the entries: how many were written is known only then. */
void api_page_end(struct jwrite *j, const struct api_ask *ask, int total, int n_written)
{
    const int n_pages = (total + ask->per_page - 1) / ask->per_page;

    jwrite_close(j, ']');
    jwrite_int(j, "total_items", total);
    jwrite_int(j, "total_pages", n_pages);
    jwrite_int(j, "page_number", ask->page);
    jwrite_int(j, "size", n_written);
    jwrite_bool(j, "first_page", ask->page == 1);
    jwrite_bool(j, "last_page", ask->page >= n_pages);
    jwrite_bool(j, "empty", n_written == 0);
    jwrite_close(j, '}');
}

static enum status piece(struct web *w, void *state, bool *out_is_last)
{
    struct list *l = state;
    struct api_out o = api_out_new(w);
    const enum status st = l->at < l->n ? put_block(&o, l) : ST_OK;

    *out_is_last = l->at >= l->n;
    if (st == ST_OK && *out_is_last && !l->ask.is_ndjson)
        api_page_end(&o.j, &l->ask, l->total, l->n_written);
    return st == ST_OK ? o.upkept.st : st;
}

enum status api_list(struct web *w, enum api_list kind, unsigned allowed)
{
    struct ctx *c = web_ctx(w);
    struct list *l = ARENA_NEW(c->mem, struct list);
    struct jwrite j = jwrite_to(web_out(w));
    enum status st = api_read_ask(w, allowed, &l->ask);
    bool is_last = false;

    l->kind = kind;
    if (st == ST_OK)
        st = select_keys(c, l);
    if (st != ST_OK)
        return st;
    web_set_type(w, l->ask.is_ndjson ? "application/x-ndjson" : "application/json");
    if (!l->ask.is_ndjson)
        api_page_top(&j);
    if (l->n > AT_ONCE || l->ask.is_ndjson) {
        web_stream(w, piece, l);
        return ST_OK;
    }
    while (st == ST_OK && !is_last)
        st = piece(w, l, &is_last);
    return st;
}

/* search_find.c - marks what words and needs speak of, weighs each line, puts them in
 * order. */
#include "base/macros.h"
#include "search_asking.h"
#include <stdlib.h>
#include <string.h>

enum {
    RIDGE_FROM_M = 3000, /* nearer than this the road is never much longer */
    FAR_BAND = 5,
    REMOTE_BAND = 2, /* where nobody has to go stands as what is within 10 km */
};

static const float ridge = 1.5F; /* half as far again */

/* ---- marks ---- */

static void mark_line(struct asked_segment *s, uint32_t line, uint32_t mark)
{
    if (s->marks[line] == 0)
        s->marked[s->n_marked++] = line;
    s->marks[line] |= mark;
}

static void mark_word(struct asked_segment *s, int term, int word)
{
    const struct segment *const of = s->segment;
    const uint32_t bit = 1u << word;
    uint32_t marks[1 << FIELD_BITS];

    if (term < 0)
        return;
    for (int fields = 0; fields < 1 << FIELD_BITS; fields++)
        marks[fields] = bit |
                        (fields & (FIELD_NAME | FIELD_BODY | FIELD_PLACE) ? bit << NAME_SHIFT : 0) |
                        (fields & (FIELD_BODY | FIELD_PLACE) ? bit << BODY_SHIFT : 0);
    for (uint32_t i = of->first_of_term[term]; i < of->first_of_term[term + 1]; i++)
        mark_line(s, of->postings[i] >> FIELD_BITS,
                  marks[of->postings[i] & ((1 << FIELD_BITS) - 1)]);
}

static size_t n_postings(const struct segment *s, int term)
{
    return term < 0 ? 0 : s->first_of_term[term + 1] - s->first_of_term[term];
}

static void mark_words(struct asking *a, struct asked_segment *s)
{
    const struct segment *const of = s->segment;

    for (int w = 0; w < a->n_words; w++) {
        mark_word(s, map_get(&of->term_of, a->words[w].stem), w);
        for (int r = 0; r < WORDS_MAX_RINGS && a->words[w].ring[r] >= 0; r++)
            mark_word(s, of->term_of_ring[a->words[w].ring[r]], w);
    }
}

static void mark_needs(struct asking *a, struct asked_segment *s)
{
    const struct segment *const of = s->segment;

    for (int k = 0; k < a->n_needs; k++)
        for (uint32_t i = of->first_of_need[a->need[k]]; i < of->first_of_need[a->need[k] + 1]; i++)
            mark_line(s, of->by_need[i], (uint32_t)(k == 0 ? NEED_MAIN : NEED_OTHER) << NEED_SHIFT);
}

static bool is_any_needed(const struct asking *a)
{
    for (int i = 0; i < a->shelf->n_segments; i++)
        for (int k = 0; k < a->n_needs; k++)
            if (a->shelf->segments[i]->first_of_need[a->need[k]] <
                a->shelf->segments[i]->first_of_need[a->need[k] + 1])
                return true;
    return false;
}

/* Where nothing has all the words, nor a need they speak of, those that have most of them. */
static void settle_for_less(struct asking *a)
{
    int most = 0;

    for (int i = 0; i < a->shelf->n_segments; i++) {
        const struct asked_segment *const s = &a->segments[i];

        for (int k = 0; k < s->n_marked && most < a->n_words; k++) {
            const uint32_t line = s->marked[k];
            const int n = __builtin_popcount(s->marks[line] & a->all_words);

            if (n > most && !shelf_is_dead(a->shelf, i, s->segment->lines[line].service))
                most = n;
        }
    }
    a->least_words = most > 0 ? most : a->n_words;
}

static void read_choices(struct asking *a, struct asked_segment *s)
{
    for (int i = 0; i < a->ask->n_choices; i++) {
        const struct search_choice *const ch = &a->ask->choices[i];

        for (int bit = 0; bit < 64 && ch->facet < FACET_COUNT; bit++)
            if (ch->value.n > 0 &&
                str_eq(asking_facet_value(s->segment, ch->facet, bit), ch->value))
                s->chosen[ch->facet] |= 1ull << bit;
    }
    for (int i = 0; i < a->ask->n_choices; i++) {
        const enum search_facet f = a->ask->choices[i].facet;

        s->is_chosen_unknown[f] = s->chosen[f] == 0;
    }
}

/* No more lines than this can have a mark. */
static size_t most_marked(const struct asking *a, const struct segment *s)
{
    size_t n = 0;

    for (int k = 0; k < a->n_needs; k++)
        n += s->first_of_need[a->need[k] + 1] - s->first_of_need[a->need[k]];
    for (int w = 0; w < a->n_words; w++) {
        n += n_postings(s, map_get(&s->term_of, a->words[w].stem));
        for (int r = 0; r < WORDS_MAX_RINGS && a->words[w].ring[r] >= 0; r++)
            n += n_postings(s, s->term_of_ring[a->words[w].ring[r]]);
    }
    return n < (size_t)s->n_lines ? n : (size_t)s->n_lines;
}

void asking_mark(struct asking *a)
{
    for (int i = 0; i < a->shelf->n_segments; i++) {
        struct asked_segment *const s = &a->segments[i];

        s->segment = a->shelf->segments[i];
        asking_see_served(a, s);
        read_choices(a, s);
        if (a->n_words == 0 && a->n_needs == 0)
            continue;
        s->marks = ARENA_ARRAY(a->mem, uint32_t, (size_t)s->segment->n_lines);
        s->marked = ARENA_ARRAY(a->mem, uint32_t, most_marked(a, s->segment));
        mark_words(a, s);
        mark_needs(a, s);
    }
    if (a->n_words > 1 && !is_any_needed(a))
        settle_for_less(a);
}

/* ---- one line ---- */

/* Names come before needs where the words are somebody's name: a word that no need knows ("auser"),
 * a whole body ("caritas") unless the words say a need for sure, two words of what has the need. A
 * lone word of the needs ("casa") does not make "Casa della salute" the first answer. */
static bool is_name(const struct asking *a, uint32_t told, uint32_t need)
{
    if (a->n_needs == 0)
        return true;
    if ((told >> BODY_SHIFT & a->all_words) == a->all_words &&
        (need == NEED_MAIN || !a->hits.is_sure))
        return true;
    if (need == NEED_MAIN && a->n_words > 1)
        return true;
    for (int i = 0; i < a->n_words; i++)
        if (!a->words[i].is_of_needs)
            return true;
    return false;
}

int asking_match(const struct asking *a, const struct asked_segment *s, uint32_t line)
{
    const uint32_t told = s->marks == NULL ? 0 : s->marks[line];
    const uint32_t need = told >> NEED_SHIFT & NEED_MAIN ? NEED_MAIN : told >> NEED_SHIFT;

    if (a->n_words > 0 && !(a->is_need_asked && need == 0)) {
        const uint32_t all = told & a->all_words;

        if ((told >> NAME_SHIFT & a->all_words) == a->all_words && is_name(a, told, need))
            return MATCH_NAME;
        if (need == NEED_MAIN)
            return MATCH_NEED;
        if (all == a->all_words || need == NEED_OTHER)
            return MATCH_WORDS;
        if (a->least_words < a->n_words && __builtin_popcount(all) >= a->least_words)
            return MATCH_SOME;
        return MATCH_NONE;
    }
    if (need != 0)
        return need == NEED_MAIN ? MATCH_NEED : MATCH_WORDS;
    return s->marks == NULL ? MATCH_NEED : MATCH_NONE;
}

void asking_weigh(const struct asking *a, const struct asked_segment *s, const struct shelf_line *l,
                  struct weighed *out)
{
    const bool is_placed = a->comune >= 0 || a->has_point || a->is_district_asked;
    const bool is_here = l->comune != GEO_NONE && a->is_in != NULL && a->is_in[l->comune];

    *out = (struct weighed){.metres = -1, .serves = s->serves[l->served]};
    out->has_door = l->location_id != 0;
    out->is_remote = out->serves.level > SERVES_NOT &&
                     (!out->has_door || ((l->ways & (WAY_HOME | WAY_PHONE | WAY_ONLINE)) &&
                                         out->serves.level >= SERVES_WIDER));
    out->is_in_reach = !is_placed || a->reach == REACH_ALL || out->is_remote ||
                       out->serves.level >= SERVES_DISTRICT ||
                       (a->reach == REACH_DISTRICT && is_here);
    if (a->has_point && l->lat != GEO_NO_POINT) {
        const float squared = geo_metres_squared(&a->from, l->lat, l->lon);

        if (a->reach == REACH_KM && squared <= a->reach_squared)
            out->is_in_reach = true;
        out->metres = __builtin_sqrtf(squared);
        out->is_across = a->is_across != NULL && l->comune != GEO_NONE && a->is_across[l->comune] &&
                         out->metres > RIDGE_FROM_M;
    }
    if (!out->is_in_reach)
        return;
    out->hours = l->flags & LINE_CLOSED ? HOURS_IS_CLOSED
                                        : segment_hours_state(s->segment, l->hours, a->c->now_ms);
    out->fresh = catalogue_freshness(l->confirmed_on, a->c->today);
    out->is_sunk = (l->flags & LINE_SUNK) != 0;
}

/* Of each facet the values that a line has. */
static void facet_bits(const struct shelf_line *l, const struct weighed *w,
                       uint64_t out[FACET_COUNT])
{
    out[FACET_TARGET] = l->targets;
    out[FACET_KIND] = 1ull << l->kind;
    out[FACET_WAY] = l->ways;
    out[FACET_COST] = 1ull << l->fee;
    out[FACET_OPEN] = w->hours == HOURS_IS_OPEN;
    out[FACET_LANGUAGE] = l->languages;
    out[FACET_ACCESS] = l->access;
    out[FACET_FRESH] = w->fresh == FRESH_GOOD && !w->is_sunk;
}

/* ---- order ---- */

static int band_of(const struct weighed *w)
{
    static const float steps[FAR_BAND] = {2000, 5000, 10000, 20000, 40000};
    int band = w->metres < 0 ? FAR_BAND : 0;
    const float far = w->is_across ? w->metres * ridge : w->metres;

    while (band < FAR_BAND && far > steps[band])
        band++;
    return w->is_remote && band > REMOTE_BAND ? REMOTE_BAND : band;
}

static int fresh_rank(enum freshness f)
{
    return f == FRESH_GOOD ? 0 : f == FRESH_AGING ? 1 : 2;
}

/* From the highest bit: whom it serves, how it answers, whether somebody answers for it, open,
 * near, fresh, metres. */
static uint64_t key_of(const struct asking *a, const struct weighed *w, int match)
{
    const uint64_t elsewhere = w->serves.level == SERVES_NOT;
    const float far = w->metres < 0 ? 0 : w->is_across ? w->metres * ridge : w->metres;
    const uint64_t metres = far >= 8000000 ? 8000000 : (uint64_t)far;

    if (a->ask->order == SEARCH_NEAREST && a->has_point)
        return elsewhere << 60 | (uint64_t)(w->metres < 0) << 59 |
               (uint64_t)(w->metres < 0 ? 0 : w->metres);
    if (a->ask->order == SEARCH_BY_NAME)
        return elsewhere << 60;
    return elsewhere << 60 | (uint64_t)match << 56 | (uint64_t)w->is_sunk << 55 |
           (uint64_t)(w->hours != HOURS_IS_OPEN) << 54 |
           (uint64_t)(a->has_point ? band_of(w) : 0) << 50 | (uint64_t)fresh_rank(w->fresh) << 46 |
           metres << 16;
}

static bool comes_before(const struct asking *a, const struct found *x, const struct found *y)
{
    if (x->key != y->key)
        return x->key < y->key;
    if (a->ask->order == SEARCH_BY_NAME) {
        const struct segment *const s = a->shelf->segments[x->segment],
                                    *const t = a->shelf->segments[y->segment];
        const int c = str_cmp(s->services[s->lines[x->line].service].folded_name,
                              t->services[t->lines[y->line].service].folded_name);

        if (c != 0)
            return c < 0;
    }
    return x->service_id < y->service_id;
}

static void swap(struct found *list, int i, int k)
{
    const struct found f = list[i];

    list[i] = list[k];
    list[k] = f;
}

/* The first n of the list in their order; the rest after them in any. */
static void put_in_order(const struct asking *a, struct found *list, int from, int to, int n)
{
    while (to - from > 1 && from < n) {
        int low = from, high = to - 1;

        swap(list, from + (to - from) / 2, high);
        for (int i = from; i < high; i++)
            if (comes_before(a, &list[i], &list[high]))
                swap(list, i, low++);
        swap(list, low, high);
        if (low - from < to - low - 1) { /* the smaller part by itself */
            put_in_order(a, list, from, low, n);
            from = low + 1;
        } else {
            put_in_order(a, list, low + 1, to, n);
            to = low;
        }
    }
}

/* ---- all of them ---- */

/* A service on its way through its lines: the best of them, and the values it has. */
struct seen {
    bool is_in_reach, is_found;
    struct found best;
    uint64_t bits[FACET_COUNT];
};

static void see_line(struct asking *a, int segment, uint32_t line, int match, struct seen *out)
{
    const struct asked_segment *const s = &a->segments[segment];
    const struct shelf_line *const l = &s->segment->lines[line];
    struct weighed w;
    int n_failed = 0, failed = 0;
    uint64_t bits[FACET_COUNT];

    asking_weigh(a, s, l, &w);
    if (!w.is_in_reach)
        return;
    out->is_in_reach = true;
    facet_bits(l, &w, bits);
    for (int f = 0; a->ask->n_choices > 0 && f < FACET_COUNT; f++)
        if (s->is_chosen_unknown[f] || (s->chosen[f] != 0 && !(bits[f] & s->chosen[f]))) {
            n_failed++;
            failed = f;
        }
    if (n_failed == 1)
        out->bits[failed] |= bits[failed];
    if (n_failed > 0)
        return;
    for (int f = 0; f < FACET_COUNT; f++)
        out->bits[f] |= bits[f];
    const struct found f = {.key = key_of(a, &w, match),
                            .service_id = s->segment->services[l->service].service_id,
                            .line = line,
                            .segment = (uint8_t)segment,
                            .match = (uint8_t)match};

    if (!out->is_found || comes_before(a, &f, &out->best))
        out->best = f;
    out->is_found = true;
}

static void put_seen(struct asking *a, int segment, const struct seen *s)
{
    a->n_without_choices += s->is_in_reach;
    for (int f = 0; f < FACET_COUNT; f++)
        for (uint64_t bits = s->bits[f]; bits != 0; bits &= bits - 1)
            a->counts[segment][f][__builtin_ctzll(bits)]++;
    if (!s->is_found)
        return;
    if (a->n_found == a->room) {
        const int wider = a->room == 0 ? 1024 : a->room * 2;

        a->found = arena_grow(a->mem, a->found, (size_t)a->room * sizeof *a->found,
                              (size_t)wider * sizeof *a->found);
        a->room = wider;
    }
    a->found[a->n_found++] = s->best;
    a->n_here += s->best.key >> 60 == 0;
}

/* A service with several places is seen at the first of its lines, through all of them. */
static void see_service(struct asking *a, int segment, uint32_t line, uint64_t *done)
{
    const struct asked_segment *const s = &a->segments[segment];
    const uint32_t service = s->segment->lines[line].service;
    struct seen seen = {0};

    if (done[service / 64] >> (service % 64) & 1)
        return;
    done[service / 64] |= 1ull << (service % 64);
    for (uint32_t l = s->segment->services[service].first_line; l != 0;
         l = s->segment->lines[l - 1].next) {
        const int match = asking_match(a, s, l - 1);

        if (match != MATCH_NONE)
            see_line(a, segment, l - 1, match, &seen);
    }
    put_seen(a, segment, &seen);
}

static void try_line(struct asking *a, int segment, uint32_t line, uint64_t *done)
{
    const struct asked_segment *const s = &a->segments[segment];
    const struct segment *const of = s->segment;
    const int match = asking_match(a, s, line);
    const uint32_t service = of->lines[line].service;

    if (match == MATCH_NONE || shelf_is_dead(a->shelf, segment, service) ||
        (a->ask->organisation_id != 0 &&
         of->services[service].organisation_id != a->ask->organisation_id))
        return;
    if (of->services[service].n_lines > 1) {
        see_service(a, segment, line, done);
        return;
    }
    struct seen seen = {0};

    see_line(a, segment, line, match, &seen);
    put_seen(a, segment, &seen);
}

/* False when no door among the lines of a comune can be within reach. */
static bool may_reach(const struct asking *a, const struct segment *s, int comune)
{
    const struct shelf_box *const b = &s->boxes[comune];

    if (a->reach == REACH_ALL || !(a->comune >= 0 || a->has_point || a->is_district_asked))
        return true;
    if (a->reach == REACH_DISTRICT)
        return comune < s->n_comuni && a->is_in != NULL && a->is_in[comune];
    if (!a->has_point || b->low_lat > b->high_lat)
        return false;
    const int32_t lat = a->from.lat < b->low_lat    ? b->low_lat
                        : a->from.lat > b->high_lat ? b->high_lat
                                                    : a->from.lat;
    const int32_t lon = a->from.lon < b->low_lon    ? b->low_lon
                        : a->from.lon > b->high_lon ? b->high_lon
                                                    : a->from.lon;
    const float margin = 1.01F; /* the nearest point of a box is no point on the sphere */

    return geo_metres_squared(&a->from, lat, lon) <= a->reach_squared * margin;
}

/* Of the parts of a list of areas, how many may be reached however far their doors are. */
static uint32_t n_parts_reached(uint8_t level)
{
    return level >= SERVES_DISTRICT ? SERVED_PARTS
           : level == SERVES_WIDER  ? SERVED_REMOTE + 1
           : level == SERVES_ANYONE ? SERVED_NO_DOOR + 1
                                    : 0;
}

static bool has_bit(const uint64_t *bits, uint32_t at)
{
    return bits[at / 64] >> (at % 64) & 1;
}

static void set_bits(uint64_t *bits, uint32_t from, uint32_t to)
{
    for (; from < to && from % 64 != 0; from++)
        bits[from / 64] |= 1ull << (from % 64);
    for (; from + 64 <= to; from += 64)
        bits[from / 64] = ~0ull;
    for (; from < to; from++)
        bits[from / 64] |= 1ull << (from % 64);
}

/* Comune by comune those whose doors may be near; then what is reached from anywhere. */
static void find_by_place(struct asking *a, int segment, const uint64_t *is_near, uint64_t *done)
{
    const struct asked_segment *const of = &a->segments[segment];
    const struct segment *const s = of->segment;

    for (uint32_t l = 0; l < (uint32_t)s->n_lines; l++) {
        if (l % 64 == 0 && is_near[l / 64] == 0) {
            l += 63;
            continue;
        }
        if (has_bit(is_near, l) && (of->marks == NULL || of->marks[l] != 0))
            try_line(a, segment, l, done);
    }
    for (int i = 0; i < s->n_served; i++) {
        const uint32_t *const first = &s->first_of_served[i * SERVED_PARTS];
        const uint32_t n_parts = n_parts_reached(of->serves[i].level);

        for (uint32_t k = first[0]; k < first[n_parts]; k++) {
            const uint32_t line = s->by_served[k];

            if ((of->marks == NULL || of->marks[line] != 0) && !has_bit(is_near, line))
                try_line(a, segment, line, done);
        }
    }
}

/* The same from the other side, where few lines have a mark. */
static void find_by_mark(struct asking *a, int segment, const uint64_t *is_near, uint64_t *done)
{
    const struct asked_segment *const of = &a->segments[segment];
    const struct segment *const s = of->segment;

    for (int i = 0; i < of->n_marked; i++) {
        const uint32_t line = of->marked[i], part = s->served_part[line];

        if (has_bit(is_near, line) ||
            part % SERVED_PARTS < n_parts_reached(of->serves[part / SERVED_PARTS].level))
            try_line(a, segment, line, done);
    }
}

/* Lines lie comune by comune: those that may be near are a few runs of them. */
static void find_in(struct asking *a, int segment)
{
    const struct asked_segment *const of = &a->segments[segment];
    const struct segment *const s = of->segment;
    uint64_t *const done = ARENA_ARRAY(a->mem, uint64_t, (size_t)s->n_services / 64 + 1);
    uint64_t *const is_near = ARENA_ARRAY(a->mem, uint64_t, (size_t)s->n_lines / 64 + 1);
    uint32_t n_near = 0;

    for (int c = 0; c <= s->n_comuni; c++) {
        const uint32_t from = s->first_of_comune[c], to = s->first_of_comune[c + 1];

        if (from == to || !may_reach(a, s, c))
            continue;
        set_bits(is_near, from, to);
        n_near += to - from;
    }
    if (of->marks != NULL && (uint32_t)of->n_marked < n_near)
        find_by_mark(a, segment, is_near, done);
    else
        find_by_place(a, segment, is_near, done);
}

void asking_find(struct asking *a, int n_in_order)
{
    a->n_found = a->n_here = a->n_without_choices = 0;
    memset(a->counts, 0, sizeof a->counts);
    a->reach_squared = (float)a->km * 1000 * ((float)a->km * 1000);
    for (int i = 0; i < a->shelf->n_segments && !a->is_nothing; i++)
        find_in(a, i);
    put_in_order(a, a->found, 0, a->n_found, n_in_order);
}

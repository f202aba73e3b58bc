/* search_shelf_build.c - a segment is filled service by service, then put in order once. */
#include "base/macros.h"
#include "search_pile.h"
#include "search_shelf.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NO_SERVICE = -1, MOST_HOURS_RULES = 64, TEXT_FIELDS = 6 };

/* A word of a service: which, and in which fields. */
struct told {
    uint32_t term, fields;
};

struct term_state {
    int64_t told_at; /* of the pile, for the service or the place at hand */
    int64_t owner;   /* service (or place) it was last told for */
};

struct building_line {
    struct shelf_line line;
    int64_t first_told, end_told; /* words of its place alone */
};

struct building_service {
    struct shelf_service service;
    int64_t first_told, end_told; /* its words */
    int64_t first_need, end_need;
};

struct segment_build {
    struct arena *scratch; /* goes when the segment is closed */
    struct arena *line;    /* emptied at each service */
    struct segment *segment;
    const struct needs *needs;
    const struct geo *geo;
    struct pile services, lines, told, needs_told, terms, hours, served, listed;
    struct map hours_of, served_of, listed_of;
    int64_t n_owners;
};

struct segment_build *segment_begin(const struct needs *x, const struct geo *g)
{
    struct arena *const scratch = arena_new(0), *const mem = arena_new(0);
    struct segment_build *const b = ARENA_NEW(scratch, struct segment_build);
    struct segment *const s = ARENA_NEW(mem, struct segment);

    s->mem = mem;
    atomic_init(&s->n_holders, 1);
    s->term_of = map_new(mem, 4096);
    s->n_rings = words_n_rings(needs_words(x));
    s->term_of_ring = ARENA_ARRAY(mem, int, (size_t)s->n_rings);
    for (int i = 0; i < s->n_rings; i++)
        s->term_of_ring[i] = -1;
    s->n_needs = needs_n(x);
    s->languages = ARENA_ARRAY(mem, struct str, MOST_LANGUAGES);
    s->targets = ARENA_ARRAY(mem, struct str, MOST_TARGETS);
    *b = (struct segment_build){.scratch = scratch,
                                .line = arena_new(0),
                                .segment = s,
                                .needs = x,
                                .geo = g,
                                .services = pile_new(scratch, sizeof(struct building_service)),
                                .lines = pile_new(scratch, sizeof(struct building_line)),
                                .told = pile_new(scratch, sizeof(struct told)),
                                .needs_told = pile_new(scratch, sizeof(int)),
                                .terms = pile_new(scratch, sizeof(struct term_state)),
                                .hours = pile_new(scratch, sizeof(struct hours)),
                                .served = pile_new(scratch, sizeof(struct served)),
                                .listed = pile_new(scratch, sizeof(struct str)),
                                .hours_of = map_new(scratch, 256),
                                .served_of = map_new(scratch, 256),
                                .listed_of = map_new(scratch, 1024)};
    return b;
}

/* ---- words ---- */

static uint32_t term_of(struct segment_build *b, struct str stem)
{
    struct segment *const s = b->segment;
    int term = map_get(&s->term_of, stem);

    if (term < 0) {
        term = s->n_terms++;
        map_add(&s->term_of, str_copy(s->mem, stem), term);
        ((struct term_state *)pile_add(&b->terms))->owner = NO_SERVICE;
    }
    return (uint32_t)term;
}

static uint32_t term_of_ring(struct segment_build *b, int ring)
{
    struct segment *const s = b->segment;

    if (s->term_of_ring[ring] < 0) {
        s->term_of_ring[ring] = s->n_terms++;
        ((struct term_state *)pile_add(&b->terms))->owner = NO_SERVICE;
    }
    return (uint32_t)s->term_of_ring[ring];
}

/* Once for each owner (a service, a place), with all the fields it stands in. */
static void tell(struct segment_build *b, uint32_t term, uint32_t fields)
{
    struct term_state *const t = pile_at(&b->terms, term);

    if (t->owner == b->n_owners) {
        ((struct told *)pile_at(&b->told, t->told_at))->fields |= fields;
        return;
    }
    *t = (struct term_state){b->told.n, b->n_owners};
    *(struct told *)pile_add(&b->told) = (struct told){term, fields};
}

/* Names of bodies and services: what a mistaken word may have been meant for. */
static void list_word(struct segment_build *b, struct str folded)
{
    if (folded.n < 4 || map_get(&b->listed_of, folded) >= 0)
        return;
    const struct str kept = str_copy(b->segment->mem, folded);

    map_add(&b->listed_of, kept, (int)b->listed.n);
    *(struct str *)pile_add(&b->listed) = kept;
}

static void tell_text(struct segment_build *b, struct str text, uint32_t fields)
{
    struct word *w;
    int n;

    if (text.n == 0)
        return;
    words_analyse(needs_words(b->needs), b->line, text, &w, &n);
    for (int i = 0; i < n; i++) {
        if (w[i].is_function)
            continue;
        tell(b, term_of(b, w[i].stem), fields);
        for (int r = 0; r < WORDS_MAX_RINGS && w[i].ring[r] >= 0; r++)
            tell(b, term_of_ring(b, w[i].ring[r]), fields);
        if (fields & (FIELD_NAME | FIELD_BODY | FIELD_PLACE))
            list_word(b, w[i].folded);
    }
}

/* ---- what is alike is kept once ---- */

/* Field by field: what lies between them in memory must not tell two rules apart. */
static void put_rule(struct hours_rule *out, const struct hours_rule *r)
{
    out->kind = r->kind;
    out->freq = r->freq;
    out->interval = r->interval;
    out->weekdays = r->weekdays;
    memcpy(out->nth, r->nth, sizeof out->nth);
    memcpy(out->monthdays, r->monthdays, sizeof out->monthdays);
    out->week_start = r->week_start;
    out->start_day = r->start_day;
    out->until_day = r->until_day;
    out->count = r->count;
    out->from_day = r->from_day;
    out->to_day = r->to_day;
    out->season_from = r->season_from;
    out->season_to = r->season_to;
    out->opens_min = r->opens_min;
    out->closes_min = r->closes_min;
    out->on_holidays = r->on_holidays;
    out->only_holidays = r->only_holidays;
}

static uint32_t hours_of(struct segment_build *b, const struct hours *h)
{
    const int n = h->n_rules < MOST_HOURS_RULES ? h->n_rules : MOST_HOURS_RULES;
    struct hours_rule *rules = ARENA_ARRAY(b->line, struct hours_rule, (size_t)n + 1);

    for (int i = 0; i < n; i++)
        put_rule(&rules[i], &h->rules[i]);
    rules[n].interval = h->patron_month; /* the key of the map alone */
    rules[n].count = h->patron_day;
    const struct str key = {(const char *)rules, ((size_t)n + 1) * sizeof *rules};
    const int known = map_get(&b->hours_of, key);

    if (known >= 0)
        return (uint32_t)known;
    const struct str kept = str_copy(b->segment->mem, key);
    const int at = (int)b->hours.n;

    map_add(&b->hours_of, kept, at);
    struct hours_rule *const own = ARENA_ARRAY(b->segment->mem, struct hours_rule, (size_t)n + 1);

    memcpy(own, rules, (size_t)n * sizeof *rules);
    *(struct hours *)pile_add(&b->hours) = (struct hours){
        .rules = own, .n_rules = n, .patron_month = h->patron_month, .patron_day = h->patron_day};
    return (uint32_t)at;
}

static int by_number(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static uint32_t served_of(struct segment_build *b, const struct service *s)
{
    int64_t *const ids = ARENA_ARRAY(b->line, int64_t, (size_t)s->n_areas);
    int n = 0;

    for (int i = 0; i < s->n_areas; i++)
        if (s->areas[i].area_id != 0)
            ids[n++] = s->areas[i].area_id;
    qsort(ids, (size_t)n, sizeof *ids, by_number);
    const struct str key = {(const char *)ids, (size_t)n * sizeof *ids};
    const int known = map_get(&b->served_of, key);

    if (known >= 0)
        return (uint32_t)known;
    int64_t *const own = ARENA_ARRAY(b->segment->mem, int64_t, (size_t)n);
    const int at = (int)b->served.n;

    memcpy(own, ids, key.n);
    map_add(&b->served_of, (struct str){(const char *)own, key.n}, at);
    *(struct served *)pile_add(&b->served) = (struct served){own, n};
    return (uint32_t)at;
}

/* The bit of a value; 0 when there are too many, or it is empty. */
static uint64_t bit_of(struct segment *s, struct str *list, int *n, int most, struct str value)
{
    if (value.n == 0)
        return 0;
    for (int i = 0; i < *n; i++)
        if (str_eq(list[i], value))
            return 1ull << i;
    if (*n == most)
        return 0;
    list[*n] = str_copy(s->mem, value);
    return 1ull << (*n)++;
}

static uint64_t languages_of(struct segment *s, const struct language *list, int n)
{
    uint64_t bits = 0;

    for (int i = 0; i < n; i++)
        if (!str_eq_z(list[i].code, "it"))
            bits |= bit_of(s, s->languages, &s->n_languages, MOST_LANGUAGES, list[i].code);
    return bits;
}

/* ---- a service ---- */

bool shelf_takes(const struct service *s)
{
    return s->state == SERVICE_SHOWN && s->status != SERVICE_INACTIVE &&
           s->status != SERVICE_DEFUNCT;
}

static void add_line(struct segment_build *b, const struct service *s, const struct service_at *at,
                     const struct shelf_line *like)
{
    struct building_service *const of = pile_at(&b->services, b->services.n - 1);
    struct building_line *const out = pile_add(&b->lines);
    const struct location *const l = at == NULL ? NULL : at->location;
    struct hours h = {0};

    *out = (struct building_line){.line = *like};
    struct shelf_line *const line = &out->line;

    catalogue_hours_rules(b->line, s, at, &h);
    line->hours = hours_of(b, &h);
    out->first_told = b->told.n;
    if (l != NULL) {
        const int comune = geo_comune_of(b->geo, l->comune_id);

        line->location_id = l->location_id;
        line->comune = comune < 0 ? GEO_NONE : (uint16_t)comune;
        line->languages |= languages_of(b->segment, l->languages, l->n_languages);
        line->access |= (uint8_t)l->access_bits;
        line->flags |= (l->is_secret ? LINE_SECRET : 0) | (l->is_point_of_town ? LINE_TOWN : 0);
        if (l->has_point) {
            line->lat = (int32_t)lround(l->lat * 1e6);
            line->lon = (int32_t)lround(l->lon * 1e6);
        } else if (comune >= 0) {
            line->lat = b->geo->comuni[comune].lat;
            line->lon = b->geo->comuni[comune].lon;
            line->flags |= LINE_TOWN;
        }
        b->n_owners++;
        tell_text(b, l->comune_name, FIELD_PLACE);
        tell_text(b, l->quarter, FIELD_PLACE);
        if (!l->is_secret)
            tell_text(b, l->name, FIELD_PLACE);
    }
    out->end_told = b->told.n;
    line->next = of->service.first_line;
    of->service.first_line = (uint32_t)b->lines.n; /* for now: of the pile */
    of->service.n_lines++;
}

void segment_add(struct segment_build *b, const struct service *s)
{
    struct segment *const out = b->segment;

    if (!shelf_takes(s) || catalogue_has_ended(s, b->geo->day))
        return;
    arena_reset(b->line);
    struct building_service *const of = pile_add(&b->services);

    of->service = (struct shelf_service){.service_id = s->service_id,
                                         .organisation_id = s->organisation_id,
                                         .change_no = s->change_no,
                                         .folded_name = str_fold(out->mem, s->name)};
    b->n_owners++;
    of->first_told = b->told.n;
    tell_text(b, s->name, FIELD_NAME);
    tell_text(b, s->alternate_name, FIELD_NAME);
    tell_text(b, s->organisation_name, FIELD_BODY);
    const struct str texts[TEXT_FIELDS] = {s->summary,   s->description, s->eligibility,
                                           s->isee_note, s->fees,        s->intake};

    for (int i = 0; i < TEXT_FIELDS; i++)
        tell_text(b, texts[i], FIELD_TEXT);
    of->end_told = b->told.n;
    of->first_need = b->needs_told.n;
    for (int i = 0; i < s->n_needs; i++) {
        const struct need *const need = need_by_id(b->needs, s->needs[i]);

        if (need != NULL)
            *(int *)pile_add(&b->needs_told) = (int)(need - needs_at(b->needs, 0));
    }
    of->end_need = b->needs_told.n;
    struct shelf_line like = {.service = (uint32_t)b->services.n - 1,
                              .lat = GEO_NO_POINT,
                              .lon = GEO_NO_POINT,
                              .comune = GEO_NONE,
                              .confirmed_on = s->confirmed_on,
                              .served = served_of(b, s),
                              .kind = (uint8_t)s->kind,
                              .ways = (uint8_t)s->ways,
                              .fee = (uint8_t)s->fee,
                              .languages = languages_of(out, s->languages, s->n_languages)};

    if (s->status == SERVICE_CLOSED_NOW)
        like.flags |= LINE_CLOSED;
    if (s->due_state == DUE_TO_RECONFIRM)
        like.flags |= LINE_SUNK;
    for (int i = 0; i < s->n_access; i++)
        like.access |= (uint8_t)s->access[i].bits;
    for (int i = 0; i < s->n_targets; i++)
        like.targets |=
            (uint16_t)bit_of(out, out->targets, &out->n_targets, MOST_TARGETS, s->targets[i]);
    for (int i = 0; i < s->n_ats; i++)
        add_line(b, s, &s->ats[i], &like);
    if (s->n_ats == 0)
        add_line(b, s, NULL, &like);
}

/* ---- closing ---- */

/* new_of[old]: lines comune by comune, those without one last; inside a comune as they came. */
static uint32_t *order_lines(const struct segment_build *b)
{
    const int n = (int)b->lines.n, n_comuni = b->geo->n_comuni;
    uint32_t *const new_of = ARENA_ARRAY(b->scratch, uint32_t, (size_t)n);
    uint32_t *const first = ARENA_ARRAY(b->scratch, uint32_t, (size_t)n_comuni + 2);

    for (int i = 0; i < n; i++) {
        const struct building_line *const l = pile_at(&b->lines, i);

        first[(l->line.comune == GEO_NONE ? n_comuni : l->line.comune) + 1]++;
    }
    for (int c = 0; c <= n_comuni; c++)
        first[c + 1] += first[c];
    for (int i = 0; i < n; i++) {
        const struct building_line *const l = pile_at(&b->lines, i);

        new_of[i] = first[l->line.comune == GEO_NONE ? n_comuni : l->line.comune]++;
    }
    return new_of;
}

static void put_lines(struct segment_build *b, const uint32_t *new_of, uint32_t *old_of)
{
    struct segment *const s = b->segment;

    s->n_lines = (int)b->lines.n;
    s->n_services = (int)b->services.n;
    s->lines = ARENA_ARRAY(s->mem, struct shelf_line, (size_t)s->n_lines);
    s->services = ARENA_ARRAY(s->mem, struct shelf_service, (size_t)s->n_services);
    for (int i = 0; i < s->n_lines; i++) {
        struct shelf_line *const l = &s->lines[new_of[i]];

        *l = ((struct building_line *)pile_at(&b->lines, i))->line;
        l->next = l->next == 0 ? 0 : new_of[l->next - 1] + 1;
        old_of[new_of[i]] = (uint32_t)i;
    }
    for (int i = 0; i < s->n_services; i++) {
        s->services[i] = ((struct building_service *)pile_at(&b->services, i))->service;
        s->services[i].first_line = new_of[s->services[i].first_line - 1] + 1;
    }
}

static void put_postings(struct segment_build *b, const uint32_t *old_of)
{
    struct segment *const s = b->segment;
    uint32_t *const at = ARENA_ARRAY(b->scratch, uint32_t, (size_t)s->n_terms + 1);

    s->first_of_term = ARENA_ARRAY(s->mem, uint32_t, (size_t)s->n_terms + 1);
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < s->n_lines; i++) {
            const struct building_line *const l = pile_at(&b->lines, old_of[i]);
            const struct building_service *const of = pile_at(&b->services, l->line.service);
            const int64_t ranges[2][2] = {{of->first_told, of->end_told},
                                          {l->first_told, l->end_told}};

            for (int r = 0; r < 2; r++)
                for (int64_t k = ranges[r][0]; k < ranges[r][1]; k++) {
                    const struct told *const t = pile_at(&b->told, k);

                    if (pass == 0)
                        s->first_of_term[t->term + 1]++;
                    else
                        s->postings[at[t->term]++] = (uint32_t)i << FIELD_BITS | t->fields;
                }
        }
        if (pass == 1)
            break;
        for (int t = 0; t < s->n_terms; t++)
            s->first_of_term[t + 1] += s->first_of_term[t];
        memcpy(at, s->first_of_term, (size_t)s->n_terms * sizeof *at);
        s->postings = ARENA_ARRAY(s->mem, uint32_t, s->first_of_term[s->n_terms]);
    }
}

static void put_needs(struct segment_build *b)
{
    struct segment *const s = b->segment;
    uint32_t *const at = ARENA_ARRAY(b->scratch, uint32_t, (size_t)s->n_needs + 1);

    s->first_of_need = ARENA_ARRAY(s->mem, uint32_t, (size_t)s->n_needs + 1);
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < s->n_lines; i++) {
            const struct building_service *const of = pile_at(&b->services, s->lines[i].service);

            for (int64_t k = of->first_need; k < of->end_need; k++) {
                const int need = *(int *)pile_at(&b->needs_told, k);

                if (pass == 0)
                    s->first_of_need[need + 1]++;
                else
                    s->by_need[at[need]++] = (uint32_t)i;
            }
        }
        if (pass == 1)
            break;
        for (int k = 0; k < s->n_needs; k++)
            s->first_of_need[k + 1] += s->first_of_need[k];
        memcpy(at, s->first_of_need, (size_t)s->n_needs * sizeof *at);
        s->by_need = ARENA_ARRAY(s->mem, uint32_t, s->first_of_need[s->n_needs]);
    }
}

static void put_comuni(struct segment_build *b)
{
    struct segment *const s = b->segment;

    s->n_comuni = b->geo->n_comuni;
    s->first_of_comune = ARENA_ARRAY(s->mem, uint32_t, (size_t)s->n_comuni + 2);
    s->boxes = ARENA_ARRAY(s->mem, struct shelf_box, (size_t)s->n_comuni + 1);
    for (int c = 0; c <= s->n_comuni; c++)
        s->boxes[c] = (struct shelf_box){INT32_MAX, INT32_MIN, INT32_MAX, INT32_MIN};
    for (int i = 0; i < s->n_lines; i++) {
        const struct shelf_line *const l = &s->lines[i];
        const int comune = l->comune == GEO_NONE ? s->n_comuni : l->comune;
        struct shelf_box *const box = &s->boxes[comune];

        s->first_of_comune[comune + 1]++;
        if (l->lat == GEO_NO_POINT)
            continue;
        box->low_lat = l->lat < box->low_lat ? l->lat : box->low_lat;
        box->high_lat = l->lat > box->high_lat ? l->lat : box->high_lat;
        box->low_lon = l->lon < box->low_lon ? l->lon : box->low_lon;
        box->high_lon = l->lon > box->high_lon ? l->lon : box->high_lon;
    }
    for (int c = 0; c <= s->n_comuni; c++)
        s->first_of_comune[c + 1] += s->first_of_comune[c];
}

static uint32_t part_of(const struct shelf_line *l)
{
    if (l->location_id == 0)
        return SERVED_NO_DOOR;
    return l->ways & (WAY_HOME | WAY_PHONE | WAY_ONLINE) ? SERVED_REMOTE : SERVED_AT_DOOR;
}

static void put_served(struct segment_build *b)
{
    struct segment *const s = b->segment;
    const size_t n = (size_t)b->served.n * SERVED_PARTS;
    uint32_t *const at = ARENA_ARRAY(b->scratch, uint32_t, n + 1);

    s->n_served = (int)b->served.n;
    s->served = ARENA_ARRAY(s->mem, struct served, (size_t)s->n_served);
    for (int i = 0; i < s->n_served; i++)
        s->served[i] = *(struct served *)pile_at(&b->served, i);
    s->first_of_served = ARENA_ARRAY(s->mem, uint32_t, n + 1);
    s->by_served = ARENA_ARRAY(s->mem, uint32_t, (size_t)s->n_lines);
    s->served_part = ARENA_ARRAY(s->mem, uint32_t, (size_t)s->n_lines);
    for (int i = 0; i < s->n_lines; i++) {
        s->served_part[i] = s->lines[i].served * SERVED_PARTS + part_of(&s->lines[i]);
        s->first_of_served[s->served_part[i] + 1]++;
    }
    for (size_t i = 0; i < n; i++)
        s->first_of_served[i + 1] += s->first_of_served[i];
    memcpy(at, s->first_of_served, n * sizeof *at);
    for (int i = 0; i < s->n_lines; i++)
        s->by_served[at[s->served_part[i]]++] = (uint32_t)i;
}

struct segment *segment_close(struct segment_build *b)
{
    struct segment *const s = b->segment;
    uint32_t *const old_of = ARENA_ARRAY(b->scratch, uint32_t, (size_t)b->lines.n);

    put_lines(b, order_lines(b), old_of);
    put_postings(b, old_of);
    put_needs(b);
    put_comuni(b);
    put_served(b);
    s->n_hours = (int)b->hours.n;
    s->hours = ARENA_ARRAY(s->mem, struct hours, (size_t)s->n_hours);
    s->open_until = ARENA_ARRAY(s->mem, _Atomic uint64_t, (size_t)s->n_hours);
    for (int i = 0; i < s->n_hours; i++)
        s->hours[i] = *(struct hours *)pile_at(&b->hours, i);
    s->n_listed = (int)b->listed.n;
    s->listed = ARENA_ARRAY(s->mem, struct str, (size_t)s->n_listed);
    for (int i = 0; i < s->n_listed; i++)
        s->listed[i] = *(struct str *)pile_at(&b->listed, i);
    s->vocabulary = vocabulary_new(s->mem, s->listed, s->n_listed);
    s->bytes = (int64_t)arena_used(s->mem);
    segment_drop(&(struct segment_build){.scratch = b->scratch, .line = b->line});
    return s;
}

void segment_drop(struct segment_build *b)
{
    struct arena *const scratch = b->scratch, *const line = b->line;

    if (b->segment != NULL)
        segment_release(b->segment);
    arena_free(line);
    arena_free(scratch);
}

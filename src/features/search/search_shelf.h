/*
 * search_shelf.h - private: the services as they lie in memory to be searched.
 *
 * Why     full text, distance, hours and eight facets with their numbers have to be asked together
 *         and on two databases alike: decision 0009 measures it beside the engines' own search.
 * Parts   a segment holds services once and for all: postings of their words, postings of their
 *         needs, and for each place a line of 64 bytes with all that a facet can ask. A shelf is a
 *         few segments, with the marks of what newer ones have replaced.
 * Order   lines lie comune by comune along the curve of search_shelf_geo.h.
 * Threads a segment never changes once closed, but for the memory of which hours are open: that is
 *         one atomic word each, whoever writes it.
 */
#pragma once
#include "base/map.h"
#include "search.h"
#include "search_shelf_geo.h"
#include <stdatomic.h>

/* Where in a service a word stands. */
enum { FIELD_NAME = 1, FIELD_BODY = 2, FIELD_PLACE = 4, FIELD_TEXT = 8, FIELD_BITS = 4 };

enum { LINE_SECRET = 1, LINE_TOWN = 2, LINE_CLOSED = 4, LINE_SUNK = 8 };

/* One service at one place, or a service that has none. */
struct shelf_line {
    int64_t location_id; /* 0: none */
    uint64_t languages;  /* bits of segment.languages */
    int32_t lat, lon;    /* GEO_NO_POINT: none */
    uint32_t service;    /* of the segment */
    uint32_t next;       /* line of the same service + 1; 0 ends */
    uint32_t hours;      /* of the segment */
    uint32_t served;     /* of the segment */
    int32_t confirmed_on;
    uint16_t comune; /* of the geo; GEO_NONE */
    uint16_t targets;
    uint8_t kind, ways, fee, access;
    uint8_t flags;
};

struct shelf_service {
    int64_t service_id, organisation_id, change_no;
    struct str folded_name;
    uint32_t first_line; /* + 1; 0: taken out */
    uint32_t n_lines;
};

enum { MOST_LANGUAGES = 64, MOST_TARGETS = 16 };

/* A list of areas that may use something; none: anyone. */
struct served {
    const int64_t *areas;
    int n;
};

enum { SERVED_NO_DOOR, SERVED_REMOTE, SERVED_AT_DOOR, SERVED_PARTS };

struct shelf_box {
    int32_t low_lat, high_lat, low_lon, high_lon; /* low above high: no points */
};

struct segment {
    struct arena *mem;
    atomic_int n_holders;
    struct shelf_service *services; /* by service_id */
    struct shelf_line *lines;
    int n_services, n_lines;

    /* Lines of each comune of the geo (after the last: of none), and the box their points lie in.
     */
    uint32_t *first_of_comune; /* n_comuni + 2 */
    struct shelf_box *boxes;   /* n_comuni + 1 */
    int n_comuni;
    /* Lines of each list of areas: first those without a door, then those that also come or are
     * called, then the others. */
    uint32_t *first_of_served; /* n_served * SERVED_PARTS + 1 */
    uint32_t *by_served;
    uint32_t *served_part; /* by line: list * SERVED_PARTS + part, close together */

    struct map term_of; /* stem -> term */
    int n_terms;
    uint32_t *first_of_term; /* n_terms + 1 */
    uint32_t *postings;      /* line << FIELD_BITS | fields */
    int *term_of_ring;       /* -1: none */
    int n_rings;
    uint32_t *first_of_need; /* n_needs + 1 */
    uint32_t *by_need;       /* lines */
    int n_needs;

    struct hours *hours;
    _Atomic uint64_t *open_until; /* beside hours: what is remembered of each */
    int n_hours;
    struct served *served;
    int n_served;
    struct str *languages, *targets; /* MOST_LANGUAGES, MOST_TARGETS at most */
    int n_languages, n_targets;
    struct vocabulary *vocabulary; /* of names, to correct typing mistakes by */
    struct str *listed;
    int n_listed;
    int64_t bytes;
};

/* ---- building ---- */

struct segment_build;
struct segment_build *segment_begin(const struct needs *x, const struct geo *g);
/* In order of service_id. Those hidden, gone or no longer given are left out. */
void segment_add(struct segment_build *b, const struct service *s);
/* The segment, held once. The build is gone. */
struct segment *segment_close(struct segment_build *b);
void segment_drop(struct segment_build *b); /* instead of closing it */
void segment_hold(struct segment *s);
void segment_release(struct segment *s);

/* -1: none. */
int segment_find(const struct segment *s, int64_t service_id);
/* The state at an instant, remembered until it changes. */
enum hours_state segment_hours_state(const struct segment *s, uint32_t hours, int64_t now_ms);

/* True when a search may show it. */
bool shelf_takes(const struct service *s);

/* ---- the shelf ---- */

enum { MOST_SEGMENTS = 8 };

struct shelf {
    struct arena *mem;
    atomic_int n_holders;
    const struct needs *needs;
    struct geo *geo;
    struct geo_hold *geo_hold; /* keeps geo */
    struct segment *segments[MOST_SEGMENTS];
    uint64_t *dead[MOST_SEGMENTS]; /* bit of each service that a newer segment has, or nobody; NULL:
                                      none */
    int n_dead[MOST_SEGMENTS];
    int n_segments;
    struct gap_table *_Atomic gaps; /* made when first asked for; NULL: not yet */
    int64_t change;                 /* of the catalogue */
    int64_t base_change;            /* of the first segment */
};

static inline bool shelf_is_dead(const struct shelf *s, int segment, uint32_t service)
{
    return s->dead[segment] != NULL && (s->dead[segment][service / 64] >> (service % 64) & 1);
}

/* The shelf as the transaction of c sees the catalogue, or newer; shelf_release it. */
enum status shelf_take(struct ctx *c, struct shelf **out);
void shelf_release(struct shelf *s);
/* Where there is none yet, one is begun in a thread of its own. */
void shelf_start(struct ctx *c);

/* ---- what nothing answers (search_gaps_table.c) ---- */

struct gap_table {
    struct arena *mem;
    const uint16_t *n;        /* need by need, a number for each comune: services within reach */
    const uint16_t *n_remote; /* by telephone or on line */
    const uint16_t *n_area;   /* need by need, for each area of the geo: of districts alone */
};
/* Lives as long as the shelf; n stops at 65535. */
const struct gap_table *shelf_gaps(struct shelf *s);
void gap_table_free(struct gap_table *t);

/*
 * search_asking.h - private: one search on its way from what was asked to the answer.
 *
 * Steps   search_words.c understands the words and the place; search_find.c
 *         marks the lines they speak of, weighs each and puts them in order;
 * search_tell.c writes down what was found and why.
 */
#pragma once
#include "search_shelf.h"

enum { MOST_QUERY_WORDS = 8, MOST_NEEDS = 5, MOST_MAIN_NEEDS = 3 };

struct query_word {
    struct str written, folded, stem;
    int ring[WORDS_MAX_RINGS];
    bool is_of_needs; /* the needs know it */
};

/* A list of areas that may use a service, seen from the comune of whoever asks. */
enum { SERVES_NOT, SERVES_ANYONE, SERVES_WIDER, SERVES_DISTRICT, SERVES_COMUNE };
struct serves {
    uint8_t level;
    int area; /* of the geo, by which it serves; -1: none */
};

enum reach { REACH_KM, REACH_DISTRICT, REACH_ALL };

enum { MATCH_NAME, MATCH_NEED, MATCH_WORDS, MATCH_SOME, MATCH_NONE };

/* Where the marks of a line stand in its 32 bits. */
enum {
    NAME_SHIFT = MOST_QUERY_WORDS,
    BODY_SHIFT = 2 * MOST_QUERY_WORDS,
    NEED_SHIFT = 3 * MOST_QUERY_WORDS,
    NEED_MAIN = 1,
    NEED_OTHER = 2
};

/* What a search knows of one segment. */
struct asked_segment {
    const struct segment *segment;
    uint32_t *marks; /* by line: bits of the words it has; above them, of those in its name, its
                        body's or its place's; above, of those in its body's or its place's; above,
                        a need (NEED_MAIN, NEED_OTHER). NULL: neither words nor needs are asked */
    uint32_t *marked; /* the lines that have a mark, each once, in no order */
    int n_marked;
    struct serves *serves; /* by list of areas */
    uint64_t chosen[FACET_COUNT];        /* bits of the values chosen */
    bool is_chosen_unknown[FACET_COUNT]; /* chosen, and nothing here has any of them */
};

struct found {
    uint64_t key;
    int64_t service_id;
    uint32_t line;
    uint8_t segment, match;
};

struct asking {
    struct ctx *c;
    struct arena *mem; /* of this search alone, however much it takes */
    const struct shelf *shelf;
    const struct search_ask *ask;

    int comune;             /* of the geo; -1: none */
    int district;           /* area of the geo; -1: not known, or none asked */
    bool is_district_asked; /* the area asked about is one, or another list of comuni */
    bool has_point;
    double lat, lon;
    struct geo_from from;
    const uint8_t *is_across; /* by comune; NULL: not known of any */
    const uint8_t *is_in;     /* by comune: lies in `district` */

    struct query_word words[MOST_QUERY_WORDS];
    int n_words;
    uint32_t all_words; /* a bit for each */
    int least_words;    /* a line needs so many of them; n_words, or fewer where nothing has all */
    struct need_hits hits;
    int need[MOST_MAIN_NEEDS]; /* main first */
    int n_needs;
    bool is_need_asked, is_nothing; /* a need that there is not: nothing is found */
    struct search_correction *corrections;
    int n_corrections;

    struct asked_segment segments[MOST_SEGMENTS];
    enum reach reach;
    int km;
    float reach_squared;

    struct found *found;
    int n_found, room, n_here;
    int n_without_choices;
    int counts[MOST_SEGMENTS][FACET_COUNT][64];
};

/* What the phrase and the place of the ask mean. */
void asking_understand(struct asking *a);
/* Of each list of areas of a segment, how it serves who asks. */
void asking_see_served(struct asking *a, struct asked_segment *s);
/* Marks lines by words and needs: once, before any asking_find. */
void asking_mark(struct asking *a);
/* All that is within reach, in order as far as n_in_order. */
void asking_find(struct asking *a, int n_in_order);
void asking_tell(struct asking *a, struct search_answer *out);

/* Weighing one line: what the order, the reach and the reasons ask of it. */
struct weighed {
    bool is_in_reach, is_across, has_door, is_remote, is_sunk;
    struct serves serves;
    enum hours_state hours;
    enum freshness fresh;
    float metres; /* -1: none */
};
void asking_weigh(const struct asking *a, const struct asked_segment *s, const struct shelf_line *l,
                  struct weighed *out);
/* MATCH_NONE: the words and needs do not speak of it. */
int asking_match(const struct asking *a, const struct asked_segment *s, uint32_t line);
/* The value of a bit; empty: none. */
struct str asking_facet_value(const struct segment *s, enum search_facet f, int bit);

/* The whole of it: the answer lives in c->mem, what it takes on the way in mem. */
void search_on_shelf(struct ctx *c, const struct search_ask *ask, struct arena *mem,
                     const struct shelf *s, struct search_answer *out);

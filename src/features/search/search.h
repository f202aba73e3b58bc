/*
 * search.h - from what a person needs, and where, to the services that help.
 *
 * Why     "Di che cosa hai bisogno?" must end at a telephone number of somebody who may help this
 *         person, is near, is open, and was there when last asked. Decision 0009 says how.
 * Found   a service that has the need asked for, or one understood from the words; or whose texts
 *         (name, body, place, summary, description) have all the words, by stem, near synonym or
 *         corrected typing mistake; where nothing has all, those that have most.
 * Within  reach means: its door within km in linea d'aria; or it comes to the home, or is
 *         reached by phone or on line; or it was made for the comune asked about (its own area, its
 *         body's, its district's: not the whole region), however far its desk is.
 * Order   first who serves the comune, then those that answer by name or by need before those that
 *         only mention the words, among these the ones nobody has reconfirmed last ("Da
 *         riconfermare"), then open now, then near (in steps), then fresh, then metres.
 *         Across a ridge: a place outside the district, the body's area and the valley of whoever
 *         asks counts half as far again beyond 3 km; the distance shown stays the true one.
 *         Services for other comuni only come last: "Per chi abita altrove".
 * Widens  by itself when nothing for this comune is within km: 20, 40, the district, everywhere;
 *         widened_to_km and widened_to say so. With no place asked there is no distance.
 * Secret  places have no point and no distance: their comune alone is known here.
 * Words   search_reason_text; values of facets have the words of catalogue.h and of the needs.
 * Memory  everything in c->mem, except needs, which live as long as the database is open.
 * Threads any number of searches at once; one index for all of them beside the database.
 * Errors  only what the database did. What is asked in vain (no such need, a comune that is none)
 *         is an empty answer with suggestions.
 * Where   a comune named in the words ("caritas ivrea", "dentista a Biella") is taken for the place
 *         when none is asked: see answer.area_id.
 */
#pragma once
#include "features/catalogue/catalogue.h"
#include "features/needs/needs.h"

/* ---- what is asked ---- */

enum search_facet {
    FACET_TARGET,   /* codes of reference/needs/areas.csv: "anziani" */
    FACET_KIND,     /* catalogue_kind_name: "service", "benefit", "course", ... */
    FACET_WAY,      /* catalogue_way_name: "presence", "phone", "online", "home" */
    FACET_COST,     /* catalogue_fee_name: "free", "by-isee", "paid", "unknown" */
    FACET_OPEN,     /* "now" */
    FACET_LANGUAGE, /* "en", "ar": spoken beside Italian */
    FACET_ACCESS,   /* catalogue_access_name: "wheelchair", "toilet", ... */
    FACET_FRESH,    /* "good": confirmed in the last six months (FRESH_GOOD) */
    FACET_COUNT
};
const char *search_facet_name(enum search_facet f); /* "target", "kind", ... */

/* Values of one facet: any of them; facets among them: all. */
struct search_choice {
    enum search_facet facet;
    struct str value;
};

enum search_order {
    SEARCH_BEST,    /* the order of the head of this file */
    SEARCH_NEAREST, /* by metres alone; without a place, best */
    SEARCH_BY_NAME
};

enum {
    SEARCH_KM = 10,          /* when ask.km is 0 */
    SEARCH_MOST_KM = 200,    /* more is everywhere */
    SEARCH_PAGE_SIZE = 20,   /* when ask.page_size is 0 */
    SEARCH_MOST_PAGE = 1000, /* hits of one page at most */
    SEARCH_MOST_REASONS = 10
};

struct search_ask {
    struct str words; /* as typed; may be empty */
    struct str need;  /* slug of a need chosen; empty: none. Unknown: nothing is found */
    int64_t area_id;  /* comune (a hamlet: its comune), or a district: what lies in it; 0: none */
    bool has_point;   /* near me: with area_id 0, the nearest town stands for the comune */
    double lat, lon;
    int km;                  /* 0: SEARCH_KM */
    int64_t organisation_id; /* services of one organisation only; 0: of all */
    const struct search_choice *choices;
    int n_choices;
    enum search_order order;
    int page, page_size; /* from 1; 0: the first, SEARCH_PAGE_SIZE */
    bool no_widening;    /* what stands within km and no more: lists, exports */
    bool no_counting;    /* not a person's search: never counted among the misses */
};

/* ---- what is answered ---- */

enum search_reason {
    REASON_SERVES_COMUNE = 1, /* made for your comune: text its name */
    REASON_SERVES_DISTRICT,   /* for your body's area or district: text its name */
    REASON_SERVES_WIDER,      /* for your province, your region: text its name */
    REASON_SERVES_ANYONE,     /* nobody is left out by where they live */
    REASON_ELSEWHERE,         /* for other comuni only */
    REASON_NEED,              /* answers the need: text its label in the language of c */
    REASON_NAME,              /* its name or body has your words: text the words */
    REASON_WORDS,             /* its description has your words */
    REASON_SOME_WORDS,        /* it has n of your words */
    REASON_OPEN,              /* open now, until at_ms when known (0: not known) */
    REASON_APPOINTMENT,       /* by appointment now */
    REASON_CLOSED,            /* closed now, opens at at_ms (0: not known) */
    REASON_HOURS_UNKNOWN,     /* hours not told: telephone */
    REASON_NEAR,              /* n metres in linea d'aria */
    REASON_RIDGE,             /* as near, but in another valley or district: the road is longer */
    REASON_COMES_HOME,
    REASON_FROM_HOME, /* by phone or on line: nowhere to go */
    REASON_FRESH,     /* confirmed n days ago */
    REASON_AGEING,    /* confirmed n days ago: may have changed */
    REASON_STALE,     /* nobody has confirmed it for n days; -1: never */
    REASON_COUNT
};
struct reason {
    enum search_reason reason;
    struct str text;
    int64_t n;
    int64_t at_ms;
};
/* The sentence of a reason in the language of c. */
struct str search_reason_text(struct ctx *c, const struct reason *r);
/* "850 m", "3,4 km", "12 km". */
struct str search_distance_text(struct ctx *c, int64_t metres);

struct search_hit {
    int64_t service_id;
    int64_t change_no;         /* of the service, as it was found: for search_cards.h */
    int64_t location_id;       /* the place that serves best; 0: it has none */
    int64_t area_id;           /* comune of that place; 0: none */
    bool has_distance;         /* a place, a point asked from, and no secret */
    int64_t distance_m;        /* in linea d'aria */
    bool is_across;            /* another valley or district: see REASON_RIDGE */
    bool serves_here;          /* false: stands under "Per chi abita altrove" */
    struct hours_answer hours; /* at c->now_ms */
    enum freshness fresh;
    int confirmed_on; /* day; DAY_NONE: never */
    bool has_point;   /* false for secret places too */
    double lat, lon;
    const struct reason *reasons; /* in the order in which they decide */
    int n_reasons;
};

struct search_understood {
    const struct need *need;
    bool is_chosen; /* asked for by its slug, not understood from words */
    bool is_main;   /* the one the answer begins with; others are "forse cercavi" */
};

struct search_correction {
    struct str written, meant; /* "bolleta", "bolletta" */
};

struct search_count {
    struct str value; /* of the facet */
    int n;            /* services one would have with it, all other facets standing */
    bool is_chosen;
};

struct search_facet_counts {
    struct search_count *list; /* those with services or chosen; most first, then by value */
    int n;
};

enum search_widened { WIDENED_NOT, WIDENED_KM, WIDENED_DISTRICT, WIDENED_ALL };

/* When there is nothing, or little: what may be tried instead. */
enum search_suggestion_kind {
    SUGGEST_WITHOUT_FACETS, /* n services when the filters are taken off */
    SUGGEST_NEED,           /* need: one that the words may have meant, n services within reach */
    SUGGEST_WORDS           /* text: words of the catalogue like those written, n services */
};
struct search_suggestion {
    enum search_suggestion_kind kind;
    const struct need *need;
    struct str text;
    int n;
};

struct search_answer {
    int n_total; /* services, both sections */
    int n_here;  /* those that serve the comune: hits from n_here on stand under "Per chi abita
                    altrove"; equal to n_total when no place was asked */
    int page, page_size, n_pages;
    struct search_hit *hits; /* of this page */
    int n_hits;
    int km; /* within which was searched in the end; 0: no limit */
    enum search_widened widened;
    int widened_to_km;                    /* with WIDENED_KM */
    struct str widened_area;              /* with WIDENED_DISTRICT: its name */
    int64_t area_id;                      /* the comune taken; 0: none */
    int64_t territory_no;                 /* of the state of the territory: for search_cards.h */
    struct search_understood *understood; /* the main ones first */
    int n_understood;
    struct search_correction *corrections;
    int n_corrections;
    struct search_facet_counts facets[FACET_COUNT];
    struct search_suggestion *suggestions;
    int n_suggestions;
};

enum status search_services(struct ctx *c, const struct search_ask *ask, struct search_answer *out);

/* How many services stand within reach for each need (by its place in needs_at), all kinds: for
 * lists of needs with numbers. n_counts is needs_n. Nothing is widened. */
enum status search_count_needs(struct ctx *c, const struct search_ask *ask, int **out_counts,
                               int *n_counts);

/* Builds or brings up the index now, so that the first search need not: at the start. */
enum status search_warm(struct ctx *c);

/*
 * publish_api_ask.h - private: what a program may ask, one table for reading, refusing and
 * describing.
 *
 * Why     a parameter mistyped and passed over in silence gives a list that looks right and is not:
 * each name that a list does not know is refused, with the names that it knows. Where   GET: in the
 * address. POST: the same names as a form or as one JSON object, and `search` too: what somebody
 * needs does not stay in an address, a history or a log. Limits  page and per_page from 1; 1,000 on
 * a page, 100,000 with `minimal`; ten terms at once.
 * Source  HSDS 3.0 API reference; the UK profile for postcode, proximity, minimum_age, maximum_age, day,
 * start_time, end_time. `comune` is our own: where no postal codes are loaded, an ISTAT code or a name.
 */
#pragma once
#include "web/web.h"

enum api_param {
    PARAM_PAGE,
    PARAM_PER_PAGE,
    PARAM_FORMAT,
    PARAM_TERM,
    PARAM_TAXONOMY,
    PARAM_ORGANIZATION,
    PARAM_MODIFIED_AFTER,
    PARAM_MINIMAL,
    PARAM_FULL,
    PARAM_FULL_SERVICE,
    PARAM_TOP_ONLY,
    PARAM_PARENT,
    PARAM_POSTCODE,
    PARAM_COMUNE,
    PARAM_PROXIMITY,
    PARAM_MIN_AGE,
    PARAM_MAX_AGE,
    PARAM_DAY,
    PARAM_START_TIME,
    PARAM_END_TIME,
    PARAM_SEARCH,
    PARAM_COUNT
};

enum api_param_type {
    PARAM_IS_NUMBER = 1,
    PARAM_IS_BOOL,
    PARAM_IS_UUID,
    PARAM_IS_INSTANT,
    PARAM_IS_FORMAT,
    PARAM_IS_WORDS,
    PARAM_IS_PLACE,  /* a postal code, a comune */
    PARAM_IS_METRES,
    PARAM_IS_AGE,    /* years, with decimals */
    PARAM_IS_DAY,    /* MO..SU */
    PARAM_IS_TIME    /* 09:30, wall time of Europe/Rome */
};

struct api_param_row {
    const char *name;
    enum api_param_type type;
    bool is_repeated; /* several times: all of them hold */
    const char *text; /* English, for the description of the API */
};
extern const struct api_param_row api_params[PARAM_COUNT];

#define PARAM(p) (1u << (p))

/* What each list takes. */
#define API_TAXONOMY_PARAMS (PARAM(PARAM_PAGE) | PARAM(PARAM_PER_PAGE))
#define API_TERM_PARAMS                                                                            \
    (API_TAXONOMY_PARAMS | PARAM(PARAM_TAXONOMY) | PARAM(PARAM_TOP_ONLY) | PARAM(PARAM_PARENT))
#define API_LOCATION_PARAMS                                                                        \
    (API_TAXONOMY_PARAMS | PARAM(PARAM_FORMAT) | PARAM(PARAM_MODIFIED_AFTER))
#define API_ORGANISATION_PARAMS                                                                    \
    (API_LOCATION_PARAMS | PARAM(PARAM_FULL) | PARAM(PARAM_FULL_SERVICE))
#define API_AT_PARAMS                                                                              \
    (API_LOCATION_PARAMS | PARAM(PARAM_TERM) | PARAM(PARAM_TAXONOMY) | PARAM(PARAM_ORGANIZATION) | \
     PARAM(PARAM_FULL) | PARAM(PARAM_SEARCH) | PARAM(PARAM_POSTCODE) | PARAM(PARAM_COMUNE) |       \
     PARAM(PARAM_PROXIMITY) | PARAM(PARAM_MIN_AGE) | PARAM(PARAM_MAX_AGE) | PARAM(PARAM_DAY) |     \
     PARAM(PARAM_START_TIME) | PARAM(PARAM_END_TIME))
#define API_SERVICE_PARAMS (API_AT_PARAMS | PARAM(PARAM_MINIMAL))

enum {
    API_PER_PAGE = 50,
    API_MOST_PER_PAGE = 1000,
    API_MOST_MINIMAL = 100000,
    API_MOST_TERMS = 10,
    API_MOST_WORDS = 200,
    API_MOST_METRES = 200000
};

struct api_ask {
    int page, per_page;
    bool is_minimal, is_full, is_full_service, is_top_only, is_ndjson;
    struct str terms[API_MOST_TERMS];
    struct str taxonomies[API_MOST_TERMS];
    int n_terms, n_taxonomies;
    struct str organization, parent, search; /* empty: not asked */
    int64_t area_id;     /* comune of postcode or comune; 0: not asked */
    int proximity_m;     /* within so many metres of its town; 0: any distance, but it must serve there */
    bool has_min_age, has_max_age;
    double min_age, max_age;
    int weekdays;        /* bits, 0 Monday; 0: not asked */
    int opens_from, closes_to; /* minutes of the day; -1: not asked */
    bool has_modified_after;
    int64_t modified_after; /* UTC milliseconds; on or after */
};

/* allowed: bits of PARAM(). ST_INVALID: every problem is noted in the context, each with its name.
 */
enum status api_read_ask(struct web *w, unsigned allowed, struct api_ask *out);

/* "2026-11-21", "2026-11-21T10:05:00Z", with fractions of a second or an offset; false for others.
 */
bool api_read_instant(struct str s, int64_t *out_ms);

/*
 * search_testing.h - for tests: an invented catalogue over the real territory, and
 * searches at a given instant.
 *
 * Time    unless a test says another: Saturday 21 November 2026, 10:00 in Europe/Rome.
 */
#pragma once
#include "core/places/places_testing.h"
#include "features/catalogue/catalogue_write.h"
#include "search.h"

struct search_test {
    struct territory_test territory;
    struct arena *mem; /* of answers; goes with the test */
    struct db_tx *tx;  /* a read transaction; NULL outside search_test_read and _end */
    struct ctx c;
    int64_t now_ms;
};

/* With the rows of cases/search_services.tsv; is_empty: with none. */
void search_test_open(struct search_test *t, bool is_empty);
void search_test_close(struct search_test *t);
/* A new read transaction, the one before ended: &t->c is its context. */
struct ctx *search_test_read(struct search_test *t);
void search_test_read_end(struct search_test *t);
void search_test_at(struct search_test *t, const char *day, int hour, int minute);

/* One row of services, as in search_services.tsv but for its id; n_areas of `serves` as there. */
struct search_row {
    const char *id, *name, *body, *place, *kind, *needs, *targets, *text, *hours, *ways, *fee;
    const char *serves, *languages, *access, *confirmed;
};
/* Puts rows in one write transaction under the source "test"; again: updates. */
void search_test_put(struct search_test *t, const struct search_row *rows, int n);
/* The service of that id is hidden, or shown again. */
void search_test_set_state(struct search_test *t, const char *id, enum service_state state);
int64_t search_test_area(struct search_test *t, enum area_kind kind, const char *slug);
/* The id of a row, by its service. */
const char *search_test_id(struct search_test *t, int64_t service_id);
/* "a b | c": the ids of a page in their order, the bar where those for who lives elsewhere begin.
 */
struct str search_test_ids(struct search_test *t, const struct search_answer *a);

/* What a search finds in a read transaction of its own. */
struct search_answer search_test_ask(struct search_test *t, const struct search_ask *ask);
/* "samone-to", "district SLUG", "point LAT LON", or "" for anywhere, into the question. */
void search_test_where(struct search_test *t, struct str where, struct search_ask *ask);
/* Words, or a need, somewhere: these ids in this order. */
void search_test_ck(struct search_test *t, const char *words, const char *need, const char *where, const char *ids);

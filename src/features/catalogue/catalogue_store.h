/*
 * catalogue_store.h - private to catalogue: rows of its tables, read whole and in blocks.
 */
#pragma once
#include "features/catalogue/catalogue.h"

struct id_list {
    int64_t *ids;
    int n;
};

/* Whole services in the order of the keys given, at their places; those that are not there are left
 * out. with_ids: parts get their derived ids. Memory: mem. */
struct service_ask {
    const int64_t *ids;
    int n;
    bool with_ids;
    bool shown_only;
};
enum status catalogue_store_services(struct ctx *c, struct arena *mem, const struct service_ask *a,
                                     struct service **out, int *n_out);
enum status catalogue_store_locations(struct ctx *c, struct arena *mem, const int64_t *ids, int n,
                                      struct location **out, int *n_out);

/* ---- keys ---- */
enum status catalogue_store_of_organisation(struct ctx *c, int64_t organisation_id,
                                            struct id_list *out);
enum status catalogue_store_in_comune(struct ctx *c, int64_t comune_id, int limit,
                                      struct id_list *out);
enum status catalogue_store_at_location(struct ctx *c, int64_t location_id, struct id_list *out);
enum status catalogue_store_block(struct ctx *c, struct arena *mem, const struct service_read *r,
                                  struct id_list *out);
enum status catalogue_store_location_block(struct ctx *c, struct arena *mem,
                                           const struct location_read *r, struct id_list *out);

const char *catalogue_state_name(enum service_state s);
enum service_state catalogue_state_of(struct str name);

/* "a b c" as views. */
void catalogue_store_words(struct arena *mem, struct str text, const struct str **out, int *n_out);

/*
 * organisations_store.h - private to bodies: rows of the table organisation.
 */
#pragma once
#include "core/bodies/organisations.h"

/* What finding one again gives. */
struct organisation_found {
    int64_t organisation_id, sum;
    enum organisation_state state;
    struct str source, code;
};

enum status organisations_store_by_source(struct ctx *c, struct str source, struct str source_id,
                                          struct organisation_found *out);
enum status organisations_store_by_uuid(struct ctx *c, struct str uuid,
                                        struct organisation_found *out);
enum status organisations_store_by_slug(struct ctx *c, struct str slug, int64_t *out_id);
enum status organisations_store_by_body(struct ctx *c, int64_t body_id, int64_t *out_id);

/* Whole ones, in the order of the keys given; those that are not there are left out. */
enum status organisations_store_read(struct ctx *c, const int64_t *ids, int n,
                                     struct organisation **out, int *n_out);
enum status organisations_store_page(struct ctx *c, const struct organisation_page *p,
                                     int64_t **out, int *n_out);
enum status organisations_store_count(struct ctx *c, int64_t changed_from, int64_t *out);

enum status organisations_store_of_source(struct ctx *c, struct str source, int64_t **out,
                                          int *n_out);

/* o->uuid and o->slug are set. ST_NOT_FOUND: its id, code or source id is taken. */
enum status organisations_store_add(struct ctx *c, const struct organisation *o, struct str code,
                                    int64_t sum, int64_t *out_id);
enum status organisations_store_set(struct ctx *c, int64_t organisation_id,
                                    const struct organisation *o, int64_t sum);
enum status organisations_store_set_state(struct ctx *c, int64_t organisation_id,
                                          enum organisation_state state);

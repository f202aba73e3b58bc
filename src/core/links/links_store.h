/*
 * links_store.h - private to links: rows of the table link.
 */
#pragma once
#include "core/links/links.h"

struct links_new {
    int64_t head;
    struct str hash; /* hexadecimal digits */
    const struct links_ask *ask;
    int expires_on;
};
enum status links_store_add(struct ctx *c, const struct links_new *n, int64_t *out_id);

struct links_found {
    struct links_link link; /* without name and slug */
    struct str hash;
};
enum status links_store_by_head(struct ctx *c, int64_t head, struct links_found **out, int *n_out);
enum status links_store_list(struct ctx *c, int64_t organisation_id, bool with_ended,
                             struct links_link **out, int *n_out);
enum status links_store_revoke(struct ctx *c, int64_t link_id, bool *out_is_done, bool *out_is_there);
enum status links_store_revoke_all(struct ctx *c, int64_t organisation_id, const char *purpose);
enum status links_store_enter(struct ctx *c, int64_t link_id);
enum status links_store_move(struct ctx *c, int64_t from_id, int64_t to_id);
/* ST_NOT_FOUND: nobody was told of. */
enum status links_store_manager(struct ctx *c, int64_t organisation_id, int64_t *out_id);
enum status links_store_set_manager(struct ctx *c, int64_t organisation_id, int64_t manager_id);
enum status links_store_sweep(struct ctx *c, int before);

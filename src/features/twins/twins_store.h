/*
 * twins_store.h - private to twins: the only door to its tables.
 */
#pragma once
#include "twins.h"
#include "twins_sql.h"

const char *twins_kind_name(enum twins_kind kind); /* "service", "organisation" */

enum status twins_store_pair(struct ctx *c, int64_t pair_id, struct twins_pair *out);
enum status twins_store_open(struct ctx *c, int most, struct twins_pair **out, int *n_out);
enum status twins_store_answered(struct ctx *c, int most, struct twins_pair **out, int *n_out);
enum status twins_store_of_organisation(struct ctx *c, int64_t organisation_id, int most, struct twins_pair **out,
                                        int *n_out);
enum status twins_store_join(struct ctx *c, int64_t join_id, struct twins_join *out);
enum status twins_store_joins(struct ctx *c, int most, struct twins_join **out, int *n_out);

/*
 * albo_store.h - private to albo: the only door to its tables.
 */
#pragma once
#include "albo.h"
#include "albo_sql.h"

const char *albo_state_name(enum albo_state s);

enum status albo_store_by_code(struct ctx *c, struct str code, struct albo_proposal *out);
enum status albo_store_by_id(struct ctx *c, int64_t proposal_id, struct albo_proposal *out);
enum status albo_store_waiting(struct ctx *c, int most, struct albo_proposal **out, int *n_out);
/* ST_CONFLICT: it was answered already. */
enum status albo_store_answer(struct ctx *c, const struct albo_proposal *p);

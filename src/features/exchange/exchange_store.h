/*
 * exchange_store.h - private: rows of the tables of exchange.
 */
#pragma once
#include "exchange.h"

/* How far it was read, when it was whole. */
enum status exchange_store_read_to(struct ctx *c, const struct exchange_feed *f);
/* A pull that ended and what it refused, in the place of what the one before refused. */
enum status exchange_store_pull(struct ctx *c, int64_t feed_id, const struct exchange_pull *p, const struct exchange_refusal *list, int n);

/*
 * regulations_key.h - private to regulations: who may write the regulations of a body.
 *
 * A key to keep of a public body, or a managing body's key to approve. An association that keeps its entries decides nothing
 * about what others pay.
 */
#pragma once
#include "core/links/links.h"
#include "web/web.h"

/* ST_OK: *k is the key, acted by from then on. Else as links_here; ST_DENIED: a key, but not of a public body. */
enum status regulations_key(struct web *w, struct links_link *k);
/* The page that says so. */
enum status regulations_refuse(struct web *w, enum status st, const struct links_link *k);
/* Who acts is that organisation, the Region or the administrator. */
bool regulations_may_write(const struct ctx *c, int64_t organisation_id);

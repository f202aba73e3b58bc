/*
 * publish_hsds.h - one service as HSDS 3.0 in full, for slices that send it in an envelope of their own.
 *
 * What    the same object that /api/hsds/3.0/services/:id gives: what is secret is not in it,
 *         nor how it is kept (freshness, score), which each portal reckons for itself.
 */
#pragma once
#include "base/jwrite.h"
#include "features/catalogue/catalogue.h"

/* As an item of an open list. org: its organisation; NULL: only what the service knows of it. origin: of this
 * portal's addresses. */
void publish_hsds_service(struct ctx *c, struct jwrite *j, struct str origin, const struct service *s, const struct organisation *org);

/*
 * catalogue_pack.h - private to catalogue: the parts of a service and of a place, in one text and
 *                    out of it (lines of core/bodies/parts.h; letters H L X C D S G here).
 */
#pragma once
#include "features/catalogue/catalogue.h"

/* `parts` of a service: what lists and the index need (S L X H P); `more`: the rest (D C K A F). */
void catalogue_pack_service(struct buf *parts, struct buf *more, const struct service *s);
void catalogue_unpack_service(struct arena *mem, struct str parts, struct str more, struct str owner_uuid,
                              struct service *s);

/* with_addresses: false for a place that must stay secret. */
void catalogue_pack_location(struct buf *b, const struct location *l, bool with_addresses);
void catalogue_unpack_location(struct arena *mem, struct str parts, struct str owner_uuid, struct location *l);

void catalogue_pack_at(struct buf *b, const struct service_at *at);
void catalogue_unpack_at(struct arena *mem, struct str parts, struct str owner_uuid, struct service_at *at);

/* Everything of a place that tells where it is. */
void catalogue_pack_secret(struct buf *b, const struct location *l);

/* A rule in a few letters, "f1 w31 o540 c720": what is as usual is left out. */
struct str catalogue_rule_text(struct arena *mem, const struct hours_rule *r);
/* False on a text that is none. */
bool catalogue_rule_read(struct str text, struct hours_rule *out);
/* Open every day, all day, from always: what a rule is before anything is said of it. */
struct hours_rule catalogue_rule_usual(void);

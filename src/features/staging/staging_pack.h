/*
 * staging_pack.h - private: an organisation, a place, a service as bytes and back.
 *
 * Bytes   follow from what would be written alone: keys of the database are not in them, so the same entry
 *         gives the same bytes in every run. Members that are only read are not in them.
 * Memory  texts of what is unpacked are views of the bytes, arrays live in the arena.
 */
#pragma once
#include "base/buf.h"
#include "staging.h"

struct shape;
extern const struct shape staged_organisation, staged_location, staged_service, staged_taxonomy, staged_term;

void staging_pack(struct buf *b, const struct shape *s, const void *from);
/* False: the bytes are not those of such a thing. *to is zeroed first. */
bool staging_unpack(struct arena *mem, struct str bytes, const struct shape *s, void *to);

/* Numbers, seven bits at a time; false: the text ends before the number does. */
void staging_put_number(struct buf *b, int64_t v);
bool staging_get_number(struct str *rest, int64_t *out);

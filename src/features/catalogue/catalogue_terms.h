/*
 * catalogue_terms.h - the ids of our own taxonomies, the same on every portal.
 *
 * Why   what an entry is for and HSDS has no member for (needs, kind, marks) travels as attributes whose
 *       terms have ids made of their names: another portal of this kind knows them again by the id.
 * Ids   UUID version 8 of the BLAKE2b of "wecare:SPACE:NAME".
 * Pure  no database, no clock: the same name gives the same id.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"

enum own_taxonomy {
    OWN_NEEDS,
    OWN_SIUSS,
    OWN_CISIS,
    OWN_TARGETS,
    OWN_KINDS,
    OWN_MARKS,
    OWN_COUNT
};

/* "needs", "siuss": how a taxonomy of ours is called in codes. */
const char *catalogue_taxonomy_code(enum own_taxonomy t);

struct str catalogue_uuid_of(struct arena *mem, struct str space, struct str name);
struct str catalogue_taxonomy_uuid(struct arena *mem, enum own_taxonomy t);
struct str catalogue_term_uuid(struct arena *mem, enum own_taxonomy t, struct str code);

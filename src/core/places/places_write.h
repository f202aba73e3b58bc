/* places_write.h - private: writes that only loading and imports of this slice do. */
#pragma once
#include "core/places/places.h"

enum status places_write_comune(struct ctx *c, int64_t area_id, struct str istat,
                                struct str belfiore, struct str prov);
/* kind "former": the name of a comune that is no more; "slug": an address from before. */
enum status places_write_alias(struct ctx *c, int64_t area_id, struct str kind, struct str name,
                               struct str slug, int until);
enum status places_write_clear_former(struct ctx *c);

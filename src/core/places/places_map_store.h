/* places_map_store.h - private: tables of the map. */
#pragma once
#include "core/places/places_make_map.h"
#include "core/places/places_map.h"

struct places_frame {
    struct map_frame f;
    bool is_schematic;
    struct str source;
};

struct places_outline {
    int64_t area_id;
    enum map_detail detail;
    struct str path;
    struct grid_point label;
    struct path_box box;
};

struct places_arc {
    int64_t left, right; /* right 0: the outside */
    struct str line;
};

struct places_label {
    int64_t area_id;
    int x, y;
};

struct places_group {
    int64_t comune_id, in_id;
};

enum status places_map_store_frame(struct ctx *c, struct places_frame *out);
enum status places_map_store_set_frame(struct ctx *c, const struct map_frame *f, bool is_schematic,
                                       struct str source);
enum status places_map_store_clear(struct ctx *c);
enum status places_map_store_put_outline(struct ctx *c, const struct places_outline *o);
enum status places_map_store_put_arc(struct ctx *c, int64_t arc_no, int64_t left, int64_t right,
                                     struct str fine, struct str coarse);
enum status places_map_store_shapes(struct ctx *c, enum map_detail detail, struct map_shape **out,
                                    int *n_out);
enum status places_map_store_shape(struct ctx *c, int64_t area_id, enum map_detail detail,
                                   struct map_shape *out);
enum status places_map_store_around(struct ctx *c, int64_t area_id, struct map_shape **out,
                                    int *n_out);
enum status places_map_store_labels(struct ctx *c, enum map_detail detail,
                                    struct places_label **out, int *n_out);
enum status places_map_store_arcs(struct ctx *c, enum map_detail detail, struct places_arc **out,
                                  int *n_out);
/* For every comune the nearest area of a kind it lies in on a day; a comune cut among several comes
 * once for each. */
enum status places_map_store_groups(struct ctx *c, enum area_kind kind, int on,
                                    struct places_group **out, int *n_out);

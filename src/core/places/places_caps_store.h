/* places_caps_store.h - private: the table of postal codes. */
#pragma once
#include "core/places/places.h"

struct places_cap {
    struct str cap;
    int64_t area_id;
};

enum status places_caps_store_all(struct ctx *c, struct places_cap **out, int *n_out);
enum status places_caps_store_put(struct ctx *c, const struct places_cap *one);
enum status places_caps_store_drop(struct ctx *c, const struct places_cap *one);

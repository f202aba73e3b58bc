/*
 * tryout_feature.h - private: the handlers, for the table of the slice, and what they share.
 */
#pragma once
#include "core/places/places_map.h"
#include "tryout.h"

enum { TRYOUT_MAP_W = 560, TRYOUT_MAP_H = 520 };

enum status tryout_page(struct web *w);
enum status tryout_post(struct web *w);
enum status tryout_map_picture(struct web *w);
enum status tryout_csv(struct web *w);
enum status tryout_xlsx(struct web *w);

/* The part of the territory that a picture shows. */
struct tryout_frame {
    enum map_detail detail;
    double x, y, scale; /* corner in the map's frame; units of the drawing for one of it */
    bool is_there;
};
/* So that km on each side of the comune fit; km 0: the whole region. */
enum status tryout_frame_around(struct ctx *c, const struct area *comune, int km, struct tryout_frame *out);
enum status tryout_frame_point(struct ctx *c, const struct tryout_frame *f, double lat, double lon, int *out_x, int *out_y);

/* The page again when the list cannot be read; for the files too. */
enum status tryout_refuse(struct web *w, const struct tryout_list *list, const struct sheet_trouble *why);

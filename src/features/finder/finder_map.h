/*
 * finder_map.h - private to finder: the frame that a picture of the outlines and the pins over it
 * share.
 *
 * Why     the outlines are the same for everybody who searches around a comune: a picture of its
 * own, kept by the browser. The pins belong to one answer and stand in its page. Units FINDER_MAP_W
 * x FINDER_MAP_H of the drawing, y downwards.
 */
#pragma once
#include "core/places/places_map.h"

enum { FINDER_MAP_W = 420, FINDER_MAP_H = 520, FINDER_REGION_KM = 104 };

struct finder_frame {
    enum map_detail detail;
    double x, y;   /* of the map's frame: the corner */
    double scale;  /* units of the drawing for one of the map's frame */
    double km;     /* units of the drawing for one km */
    int radius_km; /* how far it reaches; 0: the whole region */
    bool is_there; /* false: there is no map at all */
};

/* Around a comune (NULL, or without a point: the whole region), so that radius_km fits. */
enum status finder_frame_around(struct ctx *c, const struct area *comune, int radius_km,
                                struct finder_frame *out);
/* The steps of the reach, so that the same pictures are asked again and again. */
int finder_map_step(int km);
/* "/trova/mappa.svg?dove=ivrea-to&km=20" */
struct str finder_picture_path(struct ctx *c, const struct area *comune, int radius_km);

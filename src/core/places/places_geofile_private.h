/* places_geofile_private.h - shared by the two halves of the reader. */
#pragma once
#include "core/places/places_geofile.h"
#include <jansson.h>

struct geo_arc {
    double *xy; /* 2 * n numbers, as in the file */
    int n;
};

struct geo_reader {
    struct arena *mem;     /* for the whole file: arcs, troubles */
    struct arena *feature; /* emptied after each feature */
    const struct geo_options *o;
    struct geo_trouble *trouble;
    const char *begin, *p, *end;
    int64_t n_features, n_points;
    struct geo_arc *arcs;
    int n_arcs, room_arcs;
    bool has_transform;
    double scale[2], translate[2];
    json_t *objects; /* of a topology, kept until its arcs are known */
    bool is_collection, is_topology, has_features, has_arcs, is_stopped, is_refused;
};

void geo_refuse(struct geo_reader *r, int64_t row, const char *key, struct str value);
/* Code, name and rings of one feature, handed over. */
void geo_give_feature(struct geo_reader *r, const json_t *feature);
/* The object of a topology whose geometries carry codes, each handed over. */
void geo_give_topology(struct geo_reader *r);
/* One arc of a topology, as it stands in the file. */
void geo_take_arc(struct geo_reader *r, const json_t *arc);

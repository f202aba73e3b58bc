/*
 * search_shelf_geo.h - private: comuni, and what each lies in, as the index needs them at hand.
 *
 * Why     a search asks a million times whether a place is near and whether it serves whoever asks:
 *         1,180 comuni and some hundred areas fit in a few hundred kilobytes.
 * Order   comuni lie along a curve that keeps neighbours together, so that what is near on the map
 * is near in memory. Memory  all in the arena of geo_load, read only afterwards.
 */
#pragma once
#include "core/places/places.h"

enum { GEO_NO_POINT = INT32_MIN, GEO_NONE = 0xFFFF };

/* Whoever lives in one lives near the others of it; what is wider says little of the way there. */
enum geo_level { GEO_WIDER = 1, GEO_DISTRICT, GEO_COMUNE };

struct geo_area {
    int64_t area_id;
    enum area_kind kind;
    enum geo_level level;
    struct str slug, name;
    int comune;             /* of a comune or a hamlet: its place in the list; else -1 */
    const uint16_t *comuni; /* that lie in it */
    int n_comuni;
};

struct geo_comune {
    int area;         /* of the list of areas */
    int32_t lat, lon; /* millionths of a degree; GEO_NO_POINT: not known */
    struct str folded;
    int district;           /* of the list of areas; -1: not known */
    bool is_district_known; /* it lies in some area of GEO_DISTRICT */
    const uint16_t *in;     /* areas it lies in, itself left out */
    const uint16_t *own;    /* itself and its hamlets */
    int n_in, n_own;
};

struct geo {
    struct geo_area *areas; /* by area_id */
    int n_areas;
    struct geo_comune *comuni;
    int n_comuni;
    int day;      /* of the memberships */
    int64_t no;   /* another for each reading beside a database; 0: read for one transaction */
    uint64_t sum; /* of the comuni and their points: equal sums, equal places in the list */
};

/* Of the day of c. */
enum status geo_load(struct ctx *c, struct arena *mem, struct geo **out);
/* -1: not known. */
int geo_find(const struct geo *g, int64_t area_id);
/* Of a comune or a hamlet; -1 else. */
int geo_comune_of(const struct geo *g, int64_t area_id);
/* The comune whose town is nearest; -1: none has a point. */
int geo_nearest(const struct geo *g, double lat, double lon);
/* The area of that id when the comune is it, has it as a hamlet or lies in it; -1 else. */
int geo_of_comune(const struct geo *g, const struct geo_comune *c, int64_t area_id);
bool geo_lies_in(const struct geo *g, int comune, int area);

/* Metres in linea d'aria within a permille of places_distance_m, for many points from one. */
struct geo_from {
    int32_t lat, lon;
    float per_lat, per_lon, bend;
};
struct geo_from geo_from(double lat, double lon);
static inline float geo_metres_squared(const struct geo_from *f, int32_t lat, int32_t lon)
{
    const float dy = (float)(lat - f->lat), dx = (float)(lon - f->lon);
    const float y = dy * f->per_lat, x = dx * (f->per_lon - f->bend * dy);

    return x * x + y * y;
}

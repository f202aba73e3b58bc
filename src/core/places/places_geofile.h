/*
 * places_geofile.h - private: reads outlines from a GeoJSON or TopoJSON file, feature by feature.
 *
 * Why     ISTAT's boundaries of all Italy are 60 MB and more: the file is mapped, one feature at a
 *         time is made into a tree (jansson, duplicate names refused) and let go.
 * Reads   FeatureCollection with Polygon and MultiPolygon; Topology with quantised or plain arcs.
 *         Coordinates are WGS84 degrees, longitude first (RFC 7946); a file that declares another
 *         reference system, or whose numbers are no degrees, is refused with its reason.
 * Codes   PRO_COM_T, PRO_COM (ISTAT), com_istat_code (openpolis), istat, and the like: text or
 *         number, made into six digits. Names: COMUNE, name, nome.
 */
#pragma once
#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"
#include <stdbool.h>
#include <stdint.h>

enum { GEO_MAX_POINTS = 40 * 1000 * 1000 };

struct geo_ring {
    double *lonlat; /* 2 * n numbers */
    int n;
};

struct geo_feature {
    int64_t row;     /* 1-based number of the feature in the file */
    struct str code; /* six digits; empty: none was found */
    struct str name;
    const char *wrong; /* message key; NULL: the rings can be used */
    struct str value;  /* for {value} */
    struct geo_ring *rings;
    int n_rings;
};

/* Everything in a feature lives until the call returns. False stops the reading. */
typedef bool (*geo_each)(void *arg, const struct geo_feature *f);

struct geo_trouble {
    int64_t row;
    const char *key;
    struct str value;
};

struct geo_options {
    geo_each each;
    void *arg;
    void (*progress)(void *arg, int64_t done, int64_t total); /* bytes */
};

/* ST_INVALID: *trouble says why the whole file is refused. ST_NOT_FOUND: it cannot be opened. */
enum status geofile_read(struct arena *mem, const char *file, const struct geo_options *o,
                         struct geo_trouble *trouble);

/* places_boundaries.c - wecare import boundaries FILE: outlines of the comuni, all or none. */
#include "core/places/places_feature.h"
#include "core/places/places_geofile.h"
#include "core/places/places_make_map.h"
#include "core/places/places_map_store.h"
#include <math.h>
#include <stdlib.h>

const char places_boundaries_help[] =
    "outlines of the comuni, GeoJSON or TopoJSON, WGS84\n\n"
    "The file has one Polygon or MultiPolygon for each comune, with its ISTAT code in a property\n"
    "(PRO_COM_T, PRO_COM, com_istat_code or istat). Features of other regions are passed over.\n\n"
    "ISTAT publishes the boundaries each year as shapefiles in UTM (EPSG:32632):\n"
    "  https://www.istat.it/notizia/confini-delle-unita-amministrative-a-fini-statistici-al-1-gennaio-2018-2/\n"
    "Turn the layer of the comuni (Com01012025_g_WGS84) into WGS84 degrees, for instance with\n"
    "  ogr2ogr -t_srs EPSG:4326 comuni.geojson Com01012025_g_WGS84.shp\n"
    "openpolis publishes ready GeoJSON and TopoJSON files: https://github.com/openpolis/geojson-italy\n\n"
    "Every comune of the portal must have its outline. Comuni that merged since the file was made\n"
    "are put together by name. Neighbours keep their common border however it is simplified.\n"
    "Until boundaries are imported, maps show cells around the towns and say \"mappa schematica\".\n";

static const double FAR_M = 40000; /* of an outline's middle from the town: a wrong code or swapped axes */

struct known_comune {
    int64_t area_id;
    struct str code;
    double lat, lon;
    bool has_point, is_covered;
};

struct importing {
    struct import_run *run;
    struct ctx *c;
    struct map_frame f;
    struct known_comune *comuni; /* by code */
    int n_comuni;
    struct ring *rings;
    int n_rings, room_rings;
    struct str *seen; /* codes of the file, to refuse one that comes twice */
    int n_seen, room_seen;
    int64_t n_other; /* features of other regions */
};

static int by_code(const void *a, const void *b)
{
    const struct known_comune *x = a, *y = b;

    return str_cmp(x->code, y->code);
}

static enum status load_known(struct importing *im)
{
    struct comune *list;
    const enum status st = places_comuni(im->c, &list, &im->n_comuni);

    if (st != ST_OK)
        return st;
    im->comuni = ARENA_ARRAY(im->c->mem, struct known_comune, (size_t)im->n_comuni);
    for (int i = 0; i < im->n_comuni; i++)
        im->comuni[i] = (struct known_comune){.area_id = list[i].area.area_id,
                                              .code = list[i].istat,
                                              .lat = list[i].area.lat,
                                              .lon = list[i].area.lon,
                                              .has_point = list[i].area.has_point};
    qsort(im->comuni, (size_t)im->n_comuni, sizeof *im->comuni, by_code);
    return ST_OK;
}

static void refuse(struct importing *im, const struct geo_feature *f, const char *field,
                   const char *key, struct str value)
{
    im->run->n_refused++;
    problems_add_row(&im->c->problems, f->row, field, key, str_copy(im->c->mem, value));
}

static bool is_seen(struct importing *im, struct str code)
{
    for (int i = im->n_seen - 1; i >= 0; i--)
        if (str_eq(im->seen[i], code))
            return true;
    if (im->n_seen == im->room_seen) {
        const int wider = im->room_seen == 0 ? 1024 : im->room_seen * 2;

        im->seen = arena_grow(im->c->mem, im->seen, (size_t)im->room_seen * sizeof *im->seen,
                              (size_t)wider * sizeof *im->seen);
        im->room_seen = wider;
    }
    im->seen[im->n_seen++] = str_copy(im->c->mem, code);
    return false;
}

static struct known_comune *find_known(struct importing *im, struct str code)
{
    const struct known_comune key = {.code = code};

    return bsearch(&key, im->comuni, (size_t)im->n_comuni, sizeof key, by_code);
}

/* A comune of the file that has merged since: the one that took its name over. */
static struct known_comune *find_former(struct importing *im, const struct geo_feature *f)
{
    struct comune_hit *hits;
    int n = 0;

    if (f->name.n == 0 || places_find_comuni(im->c, f->name, 2, &hits, &n) != ST_OK || n == 0 ||
        hits[0].match != MATCH_FORMER || !str_eq(str_head(hits[0].comune.istat, 3), str_head(f->code, 3)))
        return NULL;
    return find_known(im, hits[0].comune.istat);
}

/* A province is ours when any of its comuni is: the first three digits are the province's. */
static bool is_of_region(const struct importing *im, struct str code)
{
    for (int i = 0; i < im->n_comuni; i++)
        if (str_eq(str_head(im->comuni[i].code, 3), str_head(code, 3)))
            return true;
    return false;
}

/* The middle of the first ring must be near the town. */
static bool is_far(const struct known_comune *k, const struct geo_feature *f)
{
    const struct geo_ring *r = &f->rings[0];
    double lat = 0, lon = 0;

    for (int i = 0; i < r->n; i++) {
        lon += r->lonlat[i * 2] / r->n;
        lat += r->lonlat[i * 2 + 1] / r->n;
    }
    return k->has_point && (double)places_distance_m(lat, lon, k->lat, k->lon) > FAR_M;
}

static void add_ring(struct importing *im, int64_t owner, const struct geo_ring *from)
{
    struct ring r = {.owner = owner};

    if (im->n_rings == im->room_rings) {
        const int wider = im->room_rings == 0 ? 2048 : im->room_rings * 2;

        im->rings = arena_grow(im->c->mem, im->rings, (size_t)im->room_rings * sizeof *im->rings,
                               (size_t)wider * sizeof *im->rings);
        im->room_rings = wider;
    }
    r.points = ARENA_ARRAY(im->c->mem, struct grid_point, (size_t)from->n);
    for (int i = 0; i < from->n; i++) {
        const struct grid_point p =
            places_project(&im->f, from->lonlat[i * 2 + 1], from->lonlat[i * 2]);

        if (r.n == 0 || p.x != r.points[r.n - 1].x || p.y != r.points[r.n - 1].y)
            r.points[r.n++] = p;
    }
    im->rings[im->n_rings++] = r;
}

static bool on_feature(void *arg, const struct geo_feature *f)
{
    struct importing *im = arg;
    struct known_comune *k = NULL;

    im->run->n_read++;
    if (f->code.n > 0) {
        k = find_known(im, f->code);
        if (k == NULL && !is_of_region(im, f->code)) {
            im->n_other++;
            return true;
        }
    }
    if (f->wrong != NULL) {
        refuse(im, f, "geometry", f->wrong, f->value.n > 0 ? f->value : f->code);
        return true;
    }
    if (is_seen(im, f->code)) {
        refuse(im, f, "istat", "places.geo-code-twice", f->code);
        return true;
    }
    if (k == NULL)
        k = find_former(im, f);
    if (k == NULL) {
        refuse(im, f, "istat", "places.geo-unknown-code", f->code);
        return true;
    }
    if (is_far(k, f)) {
        refuse(im, f, "geometry", "places.geo-far", f->code);
        return true;
    }
    k->is_covered = true;
    for (int i = 0; i < f->n_rings; i++)
        add_ring(im, k->area_id, &f->rings[i]);
    return true;
}

static void on_progress(void *arg, int64_t done, int64_t total)
{
    struct importing *im = arg;

    im->run->progress(im->run, done, total);
}

static void check_covered(struct importing *im)
{
    for (int i = 0; i < im->n_comuni; i++)
        if (!im->comuni[i].is_covered) {
            im->run->n_refused++;
            problems_add(&im->c->problems, "istat", "places.geo-missing", im->comuni[i].code);
        }
}

/* What changes: outlines that were there and are another now. */
static enum status count_changes(struct importing *im, const struct map_shape *old, int n_old,
                                 bool was_schematic)
{
    struct map_shape *now;
    int n_now = 0;
    const enum status st = places_map_store_shapes(im->c, MAP_FINE, &now, &n_now);

    for (int i = 0; st == ST_OK && i < n_now; i++) {
        const struct map_shape *before = NULL;

        for (int k = 0; !was_schematic && before == NULL && k < n_old; k++)
            if (old[k].area.area_id == now[i].area.area_id)
                before = &old[k];
        im->run->n_added += before == NULL;
        im->run->n_same += before != NULL && str_eq(before->path, now[i].path);
        im->run->n_changed += before != NULL && !str_eq(before->path, now[i].path);
    }
    return st;
}

static enum status write(struct importing *im)
{
    struct places_frame frame;
    struct map_shape *old = NULL;
    int n_old = 0;
    enum status st = places_map_store_frame(im->c, &frame);
    const bool was_schematic = st == ST_NOT_FOUND || (st == ST_OK && frame.is_schematic);

    if (st == ST_OK || st == ST_NOT_FOUND)
        st = places_map_store_shapes(im->c, MAP_FINE, &old, &n_old);
    if (st == ST_OK)
        st = places_write_map(im->c, &im->f, im->rings, im->n_rings, false,
                              STR("Confini: ISTAT, CC BY 4.0"));
    return st == ST_OK ? count_changes(im, old, n_old, was_schematic) : st;
}

enum status places_import_boundaries(struct import_run *run)
{
    struct importing im = {.run = run, .c = run->c};
    const struct geo_options o = {.each = on_feature, .arg = &im, .progress = on_progress};
    struct geo_trouble trouble;
    enum status st = load_known(&im);

    if (st == ST_OK)
        st = places_frame_of_comuni(run->c, &im.f);
    if (st == ST_OK)
        st = geofile_read(run->c->mem, run->file, &o, &trouble);
    if (st == ST_INVALID)
        problems_add_row(&run->c->problems, trouble.row, "", trouble.key, trouble.value);
    if (st != ST_OK)
        return st;
    check_covered(&im);
    if (im.n_other > 0)
        run->say(run, str_fmt(run->c->mem, "%lld features of other regions passed over",
                              (long long)im.n_other));
    return run->n_refused > 0 ? ST_INVALID : write(&im);
}

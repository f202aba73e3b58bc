/* places_geofeature.c - one feature, or one geometry of a topology: its code and its rings. */
#include "base/macros.h"
#include "core/places/places_geofile_private.h"
#include <math.h>
#include <string.h>

struct taking {
    struct geo_reader *r;
    struct geo_feature *f;
    int room;
};

static void wrong(struct taking *t, const char *key, struct str value)
{
    if (t->f->wrong != NULL)
        return;
    t->f->wrong = key;
    t->f->value = value;
}

/* Six digits from "001125", "1125", 1125 or 1125.0; empty from anything else. */
static struct str code_of(struct arena *mem, const json_t *v)
{
    int64_t n = -1;

    if (json_is_string(v))
        str_to_int(str_trim(str_of(json_string_value(v))), &n);
    else if (json_is_integer(v))
        n = json_integer_value(v);
    else if (json_is_real(v) && json_real_value(v) == floor(json_real_value(v)) &&
             fabs(json_real_value(v)) < 1e6)
        n = (int64_t)json_real_value(v);
    return n > 0 && n < 1000000 ? str_fmt(mem, "%06lld", (long long)n) : STR("");
}

static struct str property_code(struct arena *mem, const json_t *properties)
{
    static const char *const names[] = {"PRO_COM_T", "pro_com_t", "istat", "ISTAT", "com_istat_code",
                                        "codice_istat", "COD_ISTAT", "PRO_COM", "pro_com", "com_istat_code_num"};

    for (int i = 0; i < ARRAY_LEN(names); i++) {
        const struct str code = code_of(mem, json_object_get(properties, names[i]));

        if (code.n > 0)
            return code;
    }
    return STR("");
}

static struct str property_name(struct arena *mem, const json_t *properties)
{
    static const char *const names[] = {"COMUNE", "comune", "name", "NAME", "nome", "com_name"};

    for (int i = 0; i < ARRAY_LEN(names); i++) {
        const char *z = json_string_value(json_object_get(properties, names[i]));

        if (z != NULL)
            return str_copy(mem, str_head(str_of(z), 100));
    }
    return STR("");
}

static bool is_degrees(double lon, double lat)
{
    return isfinite(lon) && isfinite(lat) && fabs(lon) <= 180 && fabs(lat) <= 90;
}

static struct geo_ring *new_ring(struct taking *t, int n_points)
{
    struct geo_feature *f = t->f;

    if (f->n_rings == t->room) {
        const int wider = t->room == 0 ? 4 : t->room * 2;

        f->rings = arena_grow(t->r->feature, f->rings, (size_t)t->room * sizeof *f->rings,
                              (size_t)wider * sizeof *f->rings);
        t->room = wider;
    }
    f->rings[f->n_rings] = (struct geo_ring){
        .lonlat = ARENA_ARRAY(t->r->feature, double, (size_t)n_points * 2)};
    return &f->rings[f->n_rings++];
}

static void put_point(struct taking *t, struct geo_ring *ring, double lon, double lat)
{
    if (!is_degrees(lon, lat))
        wrong(t, "places.geo-not-degrees", str_fmt(t->r->feature, "%g, %g", lon, lat));
    ring->lonlat[ring->n * 2] = lon;
    ring->lonlat[ring->n * 2 + 1] = lat;
    ring->n++;
}

/* False: the file has more points than we take; everything stops. */
static bool count_points(struct taking *t, size_t n)
{
    if (n > (size_t)(GEO_MAX_POINTS - t->r->n_points)) {
        geo_refuse(t->r, t->f->row, "places.geo-too-many-points", STR("40 000 000"));
        return false;
    }
    t->r->n_points += (int64_t)n;
    return true;
}

/* ---- GeoJSON ---- */

static void take_ring(struct taking *t, const json_t *points)
{
    const size_t n = json_array_size(points);

    if (n < 4) {
        wrong(t, "places.geo-ring", STR(""));
        return;
    }
    if (!count_points(t, n))
        return;
    struct geo_ring *ring = new_ring(t, (int)n);

    for (size_t i = 0; i < n; i++) {
        const json_t *p = json_array_get(points, i);
        const json_t *lon = json_array_get(p, 0), *lat = json_array_get(p, 1);

        if (!json_is_number(lon) || !json_is_number(lat)) {
            wrong(t, "places.geo-ring", STR(""));
            return;
        }
        put_point(t, ring, json_number_value(lon), json_number_value(lat));
    }
}

/* ---- TopoJSON ---- */

void geo_take_arc(struct geo_reader *r, const json_t *arc)
{
    const size_t n = json_array_size(arc);

    if (n < 2 || n > (size_t)(GEO_MAX_POINTS - r->n_points)) {
        geo_refuse(r, r->n_arcs + 1, n < 2 ? "places.geo-arc" : "places.geo-too-many-points", STR("40 000 000"));
        return;
    }
    r->n_points += (int64_t)n;
    if (r->n_arcs == r->room_arcs) {
        const int wider = r->room_arcs == 0 ? 256 : r->room_arcs * 2;

        r->arcs = arena_grow(r->mem, r->arcs, (size_t)r->room_arcs * sizeof *r->arcs,
                             (size_t)wider * sizeof *r->arcs);
        r->room_arcs = wider;
    }
    struct geo_arc *a = &r->arcs[r->n_arcs++];

    *a = (struct geo_arc){ARENA_ARRAY(r->mem, double, n * 2), (int)n};
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < 2; k++) {
            const json_t *v = json_array_get(json_array_get(arc, i), k);

            if (!json_is_number(v))
                geo_refuse(r, r->n_arcs, "places.geo-arc", STR(""));
            a->xy[i * 2 + k] = json_number_value(v);
        }
}

/* Quantised arcs are steps from the point before; plain ones are degrees. */
static void make_degrees(struct geo_reader *r)
{
    for (int i = 0; r->has_transform && i < r->n_arcs; i++) {
        double at[2] = {0, 0};

        for (int k = 0; k < r->arcs[i].n; k++)
            for (int d = 0; d < 2; d++) {
                at[d] += r->arcs[i].xy[k * 2 + d];
                r->arcs[i].xy[k * 2 + d] = at[d] * r->scale[d] + r->translate[d];
            }
    }
}

static const struct geo_arc *arc_at(const struct taking *t, const json_t *index, bool *is_reversed)
{
    const json_int_t i = json_integer_value(index);
    const json_int_t at = i < 0 ? -1 - i : i;

    *is_reversed = i < 0;
    return json_is_integer(index) && at < t->r->n_arcs ? &t->r->arcs[at] : NULL;
}

static void take_arc_ring(struct taking *t, const json_t *indexes)
{
    size_t n = 0;
    bool is_reversed;

    for (size_t i = 0; i < json_array_size(indexes); i++) {
        const struct geo_arc *a = arc_at(t, json_array_get(indexes, i), &is_reversed);

        if (a == NULL) {
            wrong(t, "places.geo-arc-missing", STR(""));
            return;
        }
        n += (size_t)a->n;
        if (n > GEO_MAX_POINTS)
            break;
    }
    if (!count_points(t, n))
        return;
    if (n < 4) {
        wrong(t, "places.geo-ring", STR(""));
        return;
    }
    struct geo_ring *ring = new_ring(t, (int)n);

    for (size_t i = 0; i < json_array_size(indexes); i++) {
        const struct geo_arc *a = arc_at(t, json_array_get(indexes, i), &is_reversed);

        for (int k = i == 0 ? 0 : 1; k < a->n; k++) { /* the first point ended the arc before */
            const int at = is_reversed ? a->n - 1 - k : k;

            put_point(t, ring, a->xy[at * 2], a->xy[at * 2 + 1]);
        }
    }
}

/* ---- both ---- */

static void take_polygon(struct taking *t, const json_t *rings)
{
    if (json_array_size(rings) == 0)
        wrong(t, "places.geo-ring", STR(""));
    for (size_t i = 0; i < json_array_size(rings); i++) {
        if (t->r->is_topology)
            take_arc_ring(t, json_array_get(rings, i));
        else
            take_ring(t, json_array_get(rings, i));
    }
}

static void give(struct geo_reader *r, const json_t *properties, const json_t *geometry,
                 const char *shape)
{
    struct geo_feature f = {.row = ++r->n_features,
                            .code = property_code(r->feature, properties),
                            .name = property_name(r->feature, properties)};
    struct taking t = {.r = r, .f = &f};
    const char *type = json_string_value(json_object_get(geometry, "type"));
    const json_t *parts = json_object_get(geometry, shape);

    if (f.code.n == 0)
        wrong(&t, "places.geo-no-code", f.name);
    if (type != NULL && strcmp(type, "Polygon") == 0)
        take_polygon(&t, parts);
    else if (type != NULL && strcmp(type, "MultiPolygon") == 0)
        for (size_t i = 0; i < json_array_size(parts); i++)
            take_polygon(&t, json_array_get(parts, i));
    else
        wrong(&t, "places.geo-no-polygon", str_of(type == NULL ? "?" : type));
    if (f.n_rings == 0)
        wrong(&t, "places.geo-ring", STR(""));
    if (!r->is_refused && !r->is_stopped)
        r->is_stopped = !r->o->each(r->o->arg, &f);
}

void geo_give_feature(struct geo_reader *r, const json_t *feature)
{
    give(r, json_object_get(feature, "properties"), json_object_get(feature, "geometry"),
         "coordinates");
}

/* A topology may hold comuni, provinces and the region: the layer with the most codes is taken. */
static const json_t *best_layer(struct geo_reader *r)
{
    const json_t *best = NULL;
    size_t most = 0;
    const char *name;
    json_t *layer;

    json_object_foreach(r->objects, name, layer)
    {
        const json_t *list = json_object_get(layer, "geometries");
        size_t n = 0;

        for (size_t i = 0; i < json_array_size(list); i++) {
            const json_t *g = json_array_get(list, i);

            n += property_code(r->feature, json_object_get(g, "properties")).n > 0;
            arena_reset(r->feature);
        }
        if (n > most) {
            most = n;
            best = list;
        }
    }
    return best;
}

void geo_give_topology(struct geo_reader *r)
{
    const json_t *list = best_layer(r);

    make_degrees(r);
    if (list == NULL)
        geo_refuse(r, 0, "places.geo-no-layer", STR(""));
    for (size_t i = 0; i < json_array_size(list) && !r->is_refused && !r->is_stopped; i++) {
        const json_t *g = json_array_get(list, i);

        give(r, json_object_get(g, "properties"), g, "arcs");
        arena_reset(r->feature);
    }
}

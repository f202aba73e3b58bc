/* places_geofile.c - the frame of the file: members of the outermost object, one after the other. */
#include "core/places/places_geofile_private.h"
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const int64_t MAX_FILE_BYTES = (int64_t)1 << 30;
static const size_t MAX_VALUE_BYTES = (size_t)64 << 20; /* of one feature, arc or other member */

void geo_refuse(struct geo_reader *r, int64_t row, const char *key, struct str value)
{
    if (r->is_refused)
        return; /* the first trouble explains the others */
    r->is_refused = true;
    *r->trouble = (struct geo_trouble){row, key, str_copy(r->mem, value)};
}

static bool is_over(const struct geo_reader *r)
{
    return r->is_refused || r->is_stopped;
}

static void skip_space(struct geo_reader *r)
{
    while (r->p < r->end && (*r->p == ' ' || *r->p == '\t' || *r->p == '\n' || *r->p == '\r'))
        r->p++;
}

static void refuse_here(struct geo_reader *r, const char *key)
{
    geo_refuse(r, r->n_features + (r->has_features ? 1 : 0), key,
               str_fmt(r->mem, "%lld", (long long)(r->p - r->begin)));
}

static bool take(struct geo_reader *r, char ch)
{
    skip_space(r);
    if (r->p == r->end || *r->p != ch)
        return false;
    r->p++;
    return true;
}

/* The next value as a tree; NULL and refused when it is none. */
static json_t *take_value(struct geo_reader *r)
{
    json_error_t e;

    skip_space(r);
    const size_t left = (size_t)(r->end - r->p);
    json_t *v = json_loadb(r->p, left < MAX_VALUE_BYTES ? left : MAX_VALUE_BYTES,
                           JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK | JSON_DECODE_ANY, &e);

    if (v == NULL) {
        const bool is_twice = json_error_code(&e) == json_error_duplicate_key;

        r->p += e.position > 0 && (size_t)e.position <= left ? e.position : 0;
        refuse_here(r, is_twice ? "places.geo-name-twice" : "places.geo-not-json");
        return NULL;
    }
    r->p += e.position;
    return v;
}

static void report(struct geo_reader *r)
{
    if (r->o->progress != NULL)
        r->o->progress(r->o->arg, r->p - r->begin, r->end - r->begin);
}

/* An array whose items are handed over one by one and let go. */
static void walk_array(struct geo_reader *r, void (*item)(struct geo_reader *, const json_t *))
{
    if (!take(r, '[')) {
        refuse_here(r, "places.geo-not-json");
        return;
    }
    if (take(r, ']'))
        return;
    for (int64_t n = 0; !is_over(r); n++) {
        json_t *v = take_value(r);

        if (v == NULL)
            return;
        item(r, v);
        json_decref(v);
        arena_reset(r->feature);
        if (n % 64 == 0)
            report(r);
        if (take(r, ']'))
            return;
        if (!is_over(r) && !take(r, ','))
            refuse_here(r, "places.geo-not-json");
    }
}

static bool is_wgs84(const char *name)
{
    static const char *const good[] = {"CRS84", "EPSG::4326", "EPSG:4326", "EPSG::6706", "EPSG:6706"};

    for (size_t i = 0; name != NULL && i < sizeof good / sizeof *good; i++)
        if (strstr(name, good[i]) != NULL)
            return true;
    return false;
}

static void take_crs(struct geo_reader *r, const json_t *crs)
{
    const char *name =
        json_string_value(json_object_get(json_object_get(crs, "properties"), "name"));

    if (!json_is_null(crs) && !is_wgs84(name))
        geo_refuse(r, 0, "places.geo-crs", str_of(name == NULL ? "?" : name));
}

static void take_transform(struct geo_reader *r, const json_t *t)
{
    for (size_t i = 0; i < 2; i++) {
        const json_t *s = json_array_get(json_object_get(t, "scale"), i);
        const json_t *o = json_array_get(json_object_get(t, "translate"), i);

        if (!json_is_number(s) || !json_is_number(o))
            geo_refuse(r, 0, "places.geo-transform", STR(""));
        r->scale[i] = json_number_value(s);
        r->translate[i] = json_number_value(o);
    }
    r->has_transform = true;
}

static void take_type(struct geo_reader *r, const json_t *type)
{
    const char *z = json_string_value(type);

    r->is_collection = z != NULL && strcmp(z, "FeatureCollection") == 0;
    r->is_topology = z != NULL && strcmp(z, "Topology") == 0;
    if (!r->is_collection && !r->is_topology)
        geo_refuse(r, 0, "places.geo-type", str_of(z == NULL ? "?" : z));
}

static void take_member(struct geo_reader *r, const char *name)
{
    if (strcmp(name, "features") == 0 && !r->has_features) {
        r->has_features = true;
        walk_array(r, geo_give_feature);
        return;
    }
    if (strcmp(name, "arcs") == 0 && !r->has_arcs) {
        r->has_arcs = true;
        walk_array(r, geo_take_arc);
        return;
    }
    if (strcmp(name, "features") == 0 || strcmp(name, "arcs") == 0) {
        refuse_here(r, "places.geo-name-twice");
        return;
    }
    json_t *v = take_value(r);

    if (v == NULL)
        return;
    if (strcmp(name, "type") == 0)
        take_type(r, v);
    else if (strcmp(name, "crs") == 0)
        take_crs(r, v);
    else if (strcmp(name, "transform") == 0)
        take_transform(r, v);
    else if (strcmp(name, "objects") == 0 && r->objects == NULL)
        r->objects = json_incref(v);
    json_decref(v);
}

static void walk_file(struct geo_reader *r)
{
    if (!take(r, '{')) {
        refuse_here(r, "places.geo-not-json");
        return;
    }
    for (bool is_first = true; !is_over(r) && !take(r, '}'); is_first = false) {
        if (!is_first && !take(r, ',')) {
            refuse_here(r, "places.geo-not-json");
            return;
        }
        json_t *name = take_value(r);

        if (name != NULL && (!json_is_string(name) || !take(r, ':')))
            refuse_here(r, "places.geo-not-json");
        if (!is_over(r))
            take_member(r, json_string_value(name));
        json_decref(name);
    }
}

static void read_mapped(struct geo_reader *r)
{
    walk_file(r);
    if (!is_over(r) && r->is_topology)
        geo_give_topology(r);
    else if (!is_over(r) && !r->is_collection)
        geo_refuse(r, 0, "places.geo-type", STR("?"));
    if (r->objects != NULL)
        json_decref(r->objects);
    if (!is_over(r) && r->n_features == 0)
        geo_refuse(r, 0, "places.geo-empty", STR(""));
    report(r);
}

enum status geofile_read(struct arena *mem, const char *file, const struct geo_options *o,
                         struct geo_trouble *trouble)
{
    struct geo_reader r = {.mem = mem, .o = o, .trouble = trouble};
    const int fd = open(file, O_RDONLY | O_CLOEXEC);
    struct stat about;
    enum status st = ST_INVALID;

    *trouble = (struct geo_trouble){0};
    if (fd < 0)
        return ST_NOT_FOUND;
    if (fstat(fd, &about) != 0 || about.st_size == 0) {
        geo_refuse(&r, 0, "places.geo-empty", STR(""));
    } else if (about.st_size > MAX_FILE_BYTES) {
        geo_refuse(&r, 0, "places.geo-too-large", STR("1 GB"));
    } else {
        void *bytes = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);

        if (bytes == MAP_FAILED) {
            close(fd);
            return ST_UNAVAILABLE;
        }
        r.begin = r.p = bytes;
        r.end = r.begin + about.st_size;
        r.feature = arena_new(0);
        if (about.st_size >= 3 && memcmp(r.p, "\xEF\xBB\xBF", 3) == 0)
            r.p += 3;
        read_mapped(&r);
        arena_free(r.feature);
        munmap(bytes, (size_t)about.st_size);
        st = r.is_refused ? ST_INVALID : ST_OK;
    }
    close(fd);
    return st;
}

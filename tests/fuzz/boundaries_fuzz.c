/* Any bytes as a file of boundaries: outlines that can be drawn, or a refusal with its reason. */
#include "core/places/places_geofile.h"
#include "core/places/places_topology.h"
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

enum { MAX_RINGS = 64, MAX_POINTS = 4096 };

struct taken {
    struct arena *mem;
    struct ring rings[MAX_RINGS];
    int n_rings, n_features;
};

static bool take(void *arg, const struct geo_feature *f)
{
    struct taken *t = arg;

    t->n_features++;
    if (f->row != t->n_features || (f->code.n != 0 && f->code.n != 6))
        abort();
    for (int i = 0; f->wrong == NULL && i < f->n_rings && t->n_rings < MAX_RINGS; i++) {
        struct ring *r = &t->rings[t->n_rings++];

        r->owner = t->n_features;
        r->n = f->rings[i].n < MAX_POINTS ? f->rings[i].n : MAX_POINTS;
        r->points = ARENA_ARRAY(t->mem, struct grid_point, (size_t)r->n);
        for (int k = 0; k < r->n; k++)
            r->points[k] = (struct grid_point){(int32_t)(f->rings[i].lonlat[k * 2] * 50),
                                               (int32_t)(f->rings[i].lonlat[k * 2 + 1] * 50)};
    }
    return true;
}

static void draw(struct arena *mem, const struct ring *rings, int n_rings)
{
    int n, n_overlaps;
    struct border *b = topology_borders(mem, rings, n_rings, &n, &n_overlaps);
    const struct border **lines = ARENA_ARRAY(mem, const struct border *, (size_t)n);
    struct buf path = buf_new(mem, 64);
    struct path_box box;

    for (int i = 0; i < n; i++) {
        struct border back;
        struct buf line = buf_new(mem, 64);

        b[i] = topology_simplify(mem, &b[i], 2);
        b[i] = topology_coarser(mem, &b[i], 4);
        lines[i] = &b[i];
        topology_write_line(&line, &b[i]);
        if (!topology_read_line(mem, buf_view(&line), &back) || back.n != b[i].n)
            abort();
    }
    if (topology_path(&path, lines, n, &box) != (path.n > 0) || box.w < 0 || box.h < 0)
        abort();
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct taken t = {.mem = arena_new((size_t)256 << 20)};
    const struct geo_options o = {.each = take, .arg = &t};
    const int fd = memfd_create("boundaries", MFD_CLOEXEC);
    struct geo_trouble trouble;

    if (fd >= 0 && write(fd, data, size) == (ssize_t)size) {
        const char *path = str_fmt(t.mem, "/proc/self/fd/%d", fd).p;
        const enum status st = geofile_read(t.mem, path, &o, &trouble);

        if (st != ST_OK && (st != ST_INVALID || trouble.key == NULL))
            abort();
        draw(t.mem, t.rings, t.n_rings);
    }
    close(fd);
    arena_free(t.mem);
    return 0;
}

/* territory_mosaic.c - the comuni as one picture: stands beside the question on the home page. */
#include "territory_feature.h"
#include "territory_view.h"
#include <stdlib.h>

/* Colour says one thing: whether we know who answers in that comune. */
enum { UNKNOWN, KNOWN };
static const char *const fills[] = {[UNKNOWN] = "#f3dcc6", [KNOWN] = "#c2672d"};

static int by_id(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

/* Comuni whose body is known, in order of their id. */
static int64_t *known_ids(struct ctx *c, const struct territory_row *rows, int n, int *out_n)
{
    int64_t *ids = ARENA_ARRAY(c->mem, int64_t, (size_t)n);

    *out_n = 0;
    for (int i = 0; i < n; i++)
        if (rows[i].body.body_id != 0)
            ids[(*out_n)++] = rows[i].comune.area.area_id;
    qsort(ids, (size_t)*out_n, sizeof *ids, by_id);
    return ids;
}

static void put_group(struct buf *b, const struct places_map *m, const int64_t *ids, int n_ids,
                      int group)
{
    buf_fmt(b, "<path fill=\"%s\" d=\"", fills[group]);
    for (int i = 0; i < m->n_shapes; i++) {
        const int64_t id = m->shapes[i].area.area_id;
        const bool is_known = bsearch(&id, ids, (size_t)n_ids, sizeof *ids, by_id) != NULL;

        if (is_known == (group == KNOWN))
            buf_str(b, m->shapes[i].path);
    }
    buf_z(b, "\"/>");
}

/* GET /territorio/mappa.svg - by itself, without the style sheet of the portal. */
enum status territory_mosaic(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct buf *b = web_out(w);
    struct territory_row *rows;
    struct places_map m;
    int n_rows = 0, n_ids = 0;
    enum status st = territory_rows(c, &rows, &n_rows);

    if (st == ST_OK)
        st = places_map_comuni(c, MAP_COARSE, &m);
    if (st != ST_OK)
        return st;
    const int64_t *ids = known_ids(c, rows, n_rows, &n_ids);

    web_set_type(w, "image/svg+xml");
    buf_fmt(
        b,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"%d %d %d %d\">"
        "<g fill-rule=\"evenodd\" stroke=\"#fff\" stroke-width=\".6\" stroke-linejoin=\"round\">",
        m.x - 1, m.y - 1, m.w + 2, m.h + 2);
    put_group(b, &m, ids, n_ids, UNKNOWN);
    put_group(b, &m, ids, n_ids, KNOWN);
    buf_z(b, "</g></svg>");
    return ST_OK;
}

/* territory_mosaic.c - the comuni as one picture: stands beside the question on the home page. */
#include "territory_feature.h"
#include "territory_view.h"

/* Colour says one thing: whether we know who answers in that comune. */
static const char *const fills[] = {"#f3dcc6", "#c2672d"};

static void put_group(struct buf *b, const struct places_map *m, bool is_known, const char *fill)
{
    buf_fmt(b, "<path fill=\"%s\" d=\"", fill);
    for (int i = 0; i < m->n_shapes; i++)
        if ((m->shapes[i].group_id != 0) == is_known)
            buf_str(b, m->shapes[i].path);
    buf_z(b, "\"/>");
}

/* GET /territorio/mappa.svg - by itself, without the style sheet of the portal. */
enum status territory_mosaic(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct buf *b = web_out(w);
    struct places_map m;
    const enum status st = places_map_comuni(c, MAP_COARSE, &m);

    if (st != ST_OK)
        return st;
    web_set_type(w, "image/svg+xml");
    buf_fmt(b,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"%d %d %d %d\">"
            "<g fill-rule=\"evenodd\" stroke=\"#fff\" stroke-width=\".6\" stroke-linejoin=\"round\">",
            m.x - 1, m.y - 1, m.w + 2, m.h + 2);
    put_group(b, &m, false, fills[0]);
    put_group(b, &m, true, fills[1]);
    buf_z(b, "</g></svg>");
    return ST_OK;
}

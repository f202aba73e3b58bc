/* finder_here.c - the comune around a point: for who presses "near me". */
#include "core/places/places.h"
#include "finder_feature.h"

/* GET /trova/qui?lat=&lon= - nothing is kept of the point; the page sends it rounded to about a km.
 */
enum status finder_here(struct web *w)
{
    enum { FARTHEST_M = 60000 };
    struct ctx *c = web_ctx(w);
    const struct comune *best = NULL;
    struct comune *list;
    int n = 0;
    int64_t least = FARTHEST_M;
    double lat = 0, lon = 0;

    if (!str_to_double(web_query(w, "lat"), &lat) || !str_to_double(web_query(w, "lon"), &lon))
        return web_redirect(w, STR("/trova")); /* no point: there the comune is typed */
    const enum status st = places_comuni(c, &list, &n);

    if (st != ST_OK)
        return st;
    for (int i = 0; i < n; i++) {
        const struct area *a = &list[i].area;
        const int64_t m = a->has_point ? places_distance_m(lat, lon, a->lat, a->lon) : FARTHEST_M;

        if (m < least) {
            least = m;
            best = &list[i];
        }
    }
    if (best == NULL)
        return ST_NOT_FOUND;
    struct buf *b = web_out(w);

    web_set_type(w, "application/json");
    buf_z(b, "{\"comune\":\"");
    buf_json(b, str_fmt(c->mem, "%.*s (%.*s)", (int)best->area.name.n, best->area.name.p,
                        (int)best->prov.n, best->prov.p));
    buf_z(b, "\"}");
    return ST_OK;
}

/* tryout_map.c - outlines around a comune as a picture of its own, kept by the browser; the pins stand in the page. */
#include "base/macros.h"
#include "base/text.h"
#include "tryout_feature.h"
#include <math.h>
#include <stdlib.h>

/* The middle of the region. */
static const double middle_lat = 45.06, middle_lon = 7.92;
enum { REGION_KM = 118, FINE_UNTIL_KM = 20, MOST_LABELS = 16, LETTER_W = 7 };

enum status tryout_frame_around(struct ctx *c, const struct area *comune, int km, struct tryout_frame *out)
{
    const bool is_around = comune != NULL && comune->has_point && km > 0;
    const double lat = is_around ? comune->lat : middle_lat, lon = is_around ? comune->lon : middle_lon;
    const double half_km = is_around ? km * 1.1 : REGION_KM, span = 0.5, degree_km = 111.2;
    int x = 0, y = 0, x_up = 0, y_up = 0;

    *out = (struct tryout_frame){.detail = is_around && km <= FINE_UNTIL_KM ? MAP_FINE : MAP_COARSE};
    enum status st = places_map_point(c, out->detail, lat, lon, &x, &y);

    if (st == ST_OK)
        st = places_map_point(c, out->detail, lat + span, lon, &x_up, &y_up);
    if (st == ST_NOT_FOUND)
        return ST_OK;
    if (st != ST_OK)
        return st;
    out->scale = TRYOUT_MAP_H / (2 * half_km) * degree_km * span / (y - y_up);
    out->x = x - TRYOUT_MAP_W / 2.0 / out->scale;
    out->y = y - TRYOUT_MAP_H / 2.0 / out->scale;
    out->is_there = true;
    return ST_OK;
}

enum status tryout_frame_point(struct ctx *c, const struct tryout_frame *f, double lat, double lon, int *out_x, int *out_y)
{
    int x = 0, y = 0;
    const enum status st = places_map_point(c, f->detail, lat, lon, &x, &y);

    *out_x = (int)lround((x - f->x) * f->scale);
    *out_y = (int)lround((y - f->y) * f->scale);
    return st;
}

static bool is_seen(const struct tryout_frame *f, const struct map_shape *s)
{
    return s->x < f->x + TRYOUT_MAP_W / f->scale && s->x + s->w > f->x && s->y < f->y + TRYOUT_MAP_H / f->scale && s->y + s->h > f->y;
}

static void put_outlines(struct buf *b, const struct tryout_frame *f, const struct places_map *m)
{
    buf_fmt(b,
            "<g transform=\"scale(%.5f) translate(%.1f %.1f)\" fill-rule=\"evenodd\" stroke=\"#cfc4ae\" stroke-width=\"%.2f\" "
            "stroke-linejoin=\"round\" fill=\"#f9f6ef\">",
            f->scale, -f->x, -f->y, 0.9 / f->scale);
    for (int i = 0; i < m->n_shapes; i++)
        if (is_seen(f, &m->shapes[i])) {
            buf_z(b, "<path d=\"");
            buf_str(b, m->shapes[i].path);
            buf_z(b, "\"/>");
        }
    buf_z(b, "</g>");
}

struct label {
    struct str text;
    int x, y, half;
};

static bool has_room(const struct label *all, int n, const struct label *l)
{
    if (l->x - l->half < 4 || l->x + l->half > TRYOUT_MAP_W - 4 || l->y < 16 || l->y > TRYOUT_MAP_H - 24)
        return false;
    for (int i = 0; i < n; i++)
        if (abs(all[i].x - l->x) < all[i].half + l->half && abs(all[i].y - l->y) < 18)
            return false;
    return true;
}

/* The largest comuni that have room: people know their way by them. */
static void put_labels(struct buf *b, const struct tryout_frame *f, const struct places_map *m)
{
    struct label labels[MOST_LABELS];
    double least = INFINITY;
    int n = 0;

    for (int tries = 0; tries < 4 * MOST_LABELS && n < MOST_LABELS; tries++) {
        const struct map_shape *best = NULL;
        double most = -1;

        for (int i = 0; i < m->n_shapes; i++) {
            const double size = (double)m->shapes[i].w * m->shapes[i].h + i * 1e-3;

            if (size < least && size > most && is_seen(f, &m->shapes[i])) {
                most = size;
                best = &m->shapes[i];
            }
        }
        if (best == NULL)
            break;
        least = most;
        const struct label l = {best->area.name, (int)lround((best->label_x - f->x) * f->scale), (int)lround((best->label_y - f->y) * f->scale) + 18,
                                (int)str_length(best->area.name) * LETTER_W / 2 + 4};

        if (has_room(labels, n, &l))
            labels[n++] = l;
    }
    for (int i = 0; i < n; i++) {
        buf_fmt(b, "<text x=\"%d\" y=\"%d\">", labels[i].x, labels[i].y);
        buf_html(b, labels[i].text);
        buf_z(b, "</text>");
    }
}

/* GET /prova/mappa.svg?dove=ivrea-to&km=20 */
enum status tryout_map_picture(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct str slug = web_query(w, "dove");
    struct comune comune;
    struct tryout_frame f;
    struct places_map m;
    int64_t km = 0;
    enum status st = slug.n > 0 ? places_comune_by_slug(c, slug, &comune) : ST_OK;

    if (!str_to_int(web_query(w, "km"), &km) || km < 0 || km > REGION_KM)
        km = 0;
    if (st == ST_OK)
        st = tryout_frame_around(c, slug.n > 0 ? &comune.area : NULL, (int)km, &f);
    if (st == ST_OK && !f.is_there)
        st = ST_NOT_FOUND;
    if (st == ST_OK)
        st = places_map_comuni(c, f.detail, &m);
    if (st != ST_OK)
        return st;
    struct buf *b = web_out(w);

    web_set_type(w, "image/svg+xml");
    buf_fmt(b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\"><rect width=\"%d\" height=\"%d\" fill=\"#e6edf2\"/>", TRYOUT_MAP_W,
            TRYOUT_MAP_H, TRYOUT_MAP_W, TRYOUT_MAP_H);
    put_outlines(b, &f, &m);
    buf_z(b, "<g font-family=\"Titillium Web,Arial,sans-serif\" font-size=\"13\" fill=\"#3d566e\" text-anchor=\"middle\" stroke=\"#f9f6ef\" "
             "stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\">");
    put_labels(b, &f, &m);
    buf_fmt(b, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" font-size=\"11\">", TRYOUT_MAP_W - 8, TRYOUT_MAP_H - 8);
    buf_html(b, m.is_schematic ? text_get(c->lang, "tryout.map-schematic") : m.source);
    buf_z(b, "</text></g></svg>");
    return ST_OK;
}

/* finder_map.c - outlines around a comune as a picture, and the pins of an answer over it. */
#include "finder_map.h"
#include "base/macros.h"
#include "finder_feature.h"
#include "finder_results_view.h"
#include "finder_words.h"
#include <math.h>
#include <stdlib.h>

/* The middle of the region, for who has not said where. */
static const double middle_lat = 45.26, middle_lon = 7.92;
enum { FINE_UNTIL_KM = 20, LETTER_W = 8, LETTER_H = 14, MAX_LABELS = 14, MOST_SEEN_KM = 40 };

static const int steps[] = {5, 10, 20, 40, 80};

int finder_map_step(int km)
{
    for (int i = 0; i < ARRAY_LEN(steps); i++)
        if (km <= steps[i])
            return steps[i];
    return 0;
}

enum status finder_frame_around(struct ctx *c, const struct area *comune, int radius_km,
                                struct finder_frame *out)
{
    const bool is_around = comune != NULL && comune->has_point && radius_km > 0;
    const double lat = is_around ? comune->lat : middle_lat;
    const double lon = is_around ? comune->lon : middle_lon;
    const double half_km = is_around ? radius_km * 1.12 : FINDER_REGION_KM;
    const double degree_km = 111.2, span = 0.5; /* of latitude */
    struct map_spot spots[] = {{.lat = lat, .lon = lon}, {.lat = lat + span, .lon = lon}};

    *out = (struct finder_frame){.detail = is_around && radius_km <= FINE_UNTIL_KM ? MAP_FINE
                                                                                   : MAP_COARSE,
                                 .radius_km = is_around ? radius_km : 0};
    const enum status st = places_map_spots(c, out->detail, spots, ARRAY_LEN(spots));

    if (st == ST_NOT_FOUND)
        return ST_OK;
    if (st != ST_OK)
        return st;
    const double unit_km = (spots[0].y - spots[1].y) / (degree_km * span);

    out->km = FINDER_MAP_W / (2 * half_km);
    out->scale = out->km / unit_km;
    out->x = spots[0].x - FINDER_MAP_W / 2.0 / out->scale;
    out->y = spots[0].y - FINDER_MAP_H / 2.0 / out->scale;
    out->is_there = true;
    return ST_OK;
}

/* From the map's frame to the drawing. */
static void place_spots(const struct finder_frame *f, struct map_spot *spots, int n)
{
    for (int i = 0; i < n; i++) {
        spots[i].x = (int)lround((spots[i].x - f->x) * f->scale);
        spots[i].y = (int)lround((spots[i].y - f->y) * f->scale);
    }
}

struct str finder_picture_path(struct ctx *c, const struct area *comune, int radius_km)
{
    if (comune == NULL || radius_km == 0)
        return STR("/trova/mappa.svg");
    return str_fmt(c->mem, "/trova/mappa.svg?dove=%.*s&km=%d", (int)comune->slug.n, comune->slug.p,
                   radius_km);
}

/* ---- the picture ---- */

struct label {
    struct str text;
    int left, right, top, bottom, x, y;
};

static bool has_room(const struct label *all, int n, const struct label *l)
{
    if (l->left < 2 || l->right > FINDER_MAP_W - 2 || l->top < 2 || l->bottom > FINDER_MAP_H - 2)
        return false;
    for (int i = 0; i < n; i++)
        if (l->left < all[i].right && all[i].left < l->right && l->top < all[i].bottom &&
            all[i].top < l->bottom)
            return false;
    return true;
}

static struct label label_at(const struct finder_frame *f, const struct map_shape *s)
{
    const int x = (int)lround((s->label_x - f->x) * f->scale),
              y = (int)lround((s->label_y - f->y) * f->scale) + 20;
    const int half = (int)str_length(s->area.name) * LETTER_W / 2 + 3;

    return (struct label){s->area.name, x - half, x + half, y - LETTER_H, y + 4, x, y};
}

static bool is_seen(const struct finder_frame *f, const struct map_shape *s)
{
    const double w = FINDER_MAP_W / f->scale, h = FINDER_MAP_H / f->scale;

    return s->x < f->x + w && s->x + s->w > f->x && s->y < f->y + h && s->y + s->h > f->y;
}

/* The comune itself first, then the largest: they are the ones people know their way by. */
static int pick_labels(const struct finder_frame *f, const struct places_map *m,
                       const struct area *own, struct label *out)
{
    int n = 0;
    double least = INFINITY;

    for (int i = 0; own != NULL && i < m->n_shapes; i++)
        if (m->shapes[i].area.area_id == own->area_id)
            out[n++] = label_at(f, &m->shapes[i]);
    while (n < MAX_LABELS) {
        const struct map_shape *best = NULL;

        for (int i = 0; i < m->n_shapes; i++) {
            const struct map_shape *s = &m->shapes[i];
            const double size = (double)s->w * s->h + i * 1e-3;

            if (size >= least || !is_seen(f, s) ||
                (best != NULL && size <= (double)best->w * best->h))
                continue;
            best = s;
        }
        if (best == NULL)
            break;
        least = (double)best->w * best->h;
        const struct label l = label_at(f, best);

        if (has_room(out, n, &l))
            out[n++] = l;
    }
    return n;
}

static void put_outlines(struct buf *b, const struct finder_frame *f, const struct places_map *m,
                         const struct area *own)
{
    buf_fmt(b,
            "<g transform=\"scale(%.5f) translate(%.1f %.1f)\" fill-rule=\"evenodd\" "
            "stroke=\"#cfc4ae\" "
            "stroke-width=\"%.2f\" stroke-linejoin=\"round\" fill=\"#f9f6ef\">",
            f->scale, -f->x, -f->y, 0.9 / f->scale);
    for (int i = 0; i < m->n_shapes; i++) {
        const struct map_shape *s = &m->shapes[i];

        if (!is_seen(f, s))
            continue;
        buf_z(b, own != NULL && s->area.area_id == own->area_id ? "<path fill=\"#f3dcc6\" d=\""
                                                                : "<path d=\"");
        buf_str(b, s->path);
        buf_z(b, "\"/>");
    }
    buf_z(b, "</g>");
}

static void put_scale(struct ctx *c, struct buf *b, const struct finder_frame *f)
{
    const int km = f->km > 12 ? 2 : f->km > 4 ? 5 : f->km > 1.5 ? 20 : 50;
    const struct str words = finder_say(c, "finder.km", "n", str_fmt(c->mem, "%d", km));

    buf_fmt(
        b,
        "<path d=\"M14 %d v-6 h%.0f v6\" fill=\"none\" stroke=\"#17324d\" stroke-width=\"1.5\"/>"
        "<text x=\"18\" y=\"%d\" text-anchor=\"start\" fill=\"#17324d\">",
        FINDER_MAP_H - 12, f->km * km, FINDER_MAP_H - 24);
    buf_html(b, words);
    buf_z(b, "</text>");
}

static void put_labels(struct buf *b, const struct label *l, int n, bool has_own)
{
    for (int i = 0; i < n; i++) {
        buf_fmt(b, "<text x=\"%d\" y=\"%d\"%s>", l[i].x, l[i].y,
                i == 0 && has_own ? " fill=\"#17324d\" font-weight=\"700\"" : "");
        buf_html(b, l[i].text);
        buf_z(b, "</text>");
    }
}

/* GET /trova/mappa.svg - by itself, without the style sheet of the portal. */
enum status finder_map_picture(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct comune comune;
    struct finder_frame f;
    struct places_map m;
    struct label labels[MAX_LABELS];
    int64_t km = 0;
    const struct str slug = web_query(w, "dove");
    const bool has_own = slug.n > 0;
    enum status st = has_own ? places_comune_by_slug(c, slug, &comune) : ST_OK;

    if (!str_to_int(web_query(w, "km"), &km) || km < 0 || km > SEARCH_MOST_KM)
        km = 0;
    if (st == ST_OK)
        st = finder_frame_around(c, has_own ? &comune.area : NULL, finder_map_step((int)km), &f);
    if (st == ST_OK && !f.is_there)
        st = ST_NOT_FOUND;
    if (st == ST_OK)
        st = places_map_comuni(c, f.detail, &m);
    if (st != ST_OK)
        return st;
    struct buf *b = web_out(w);
    const struct area *own = has_own ? &comune.area : NULL;

    web_set_type(w, "image/svg+xml");
    buf_fmt(b,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\"><rect width=\"%d\" "
            "height=\"%d\" "
            "fill=\"#e6edf2\"/>",
            FINDER_MAP_W, FINDER_MAP_H, FINDER_MAP_W, FINDER_MAP_H);
    put_outlines(b, &f, &m, own);
    buf_z(
        b,
        "<g font-family=\"Titillium Web,Arial,sans-serif\" font-size=\"13\" fill=\"#3d566e\" "
        "text-anchor=\"middle\" "
        "stroke=\"#f9f6ef\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\">");
    put_labels(b, labels, pick_labels(&f, &m, own, labels), own != NULL);
    put_scale(c, b, &f);
    buf_fmt(b, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" font-size=\"11\">", FINDER_MAP_W - 8,
            FINDER_MAP_H - 8);
    buf_html(b, m.is_schematic ? text_get(c->lang, "finder.map-schematic") : m.source);
    buf_z(b, "</text></g></svg>");
    return ST_OK;
}

/* ---- the pins ---- */

/* Doors of one street would hide each other: one pin stands for them all. NULL: it has room. */
static struct finder_pin *pin_near(struct finder_map_view *v, const struct finder_pin *p)
{
    enum { PIN_W = 20, PIN_H = 22 };

    for (int i = 0; i < v->n_pins; i++)
        if (abs(v->pins[i].x - p->x) < PIN_W && abs(v->pins[i].y - p->y) < PIN_H)
            return &v->pins[i];
    return NULL;
}

static struct str pin_label(struct ctx *c, const struct finder_pin *p)
{
    if (p->n == 1)
        return str_fmt(c->mem, "%d", p->rank);
    if (p->n == 2)
        return str_fmt(c->mem, "%d, %d", p->rank, p->last_rank);
    return str_fmt(c->mem, p->last_rank - p->rank == p->n - 1 ? "%d–%d" : "%d…%d", p->rank,
                   p->last_rank);
}

static void join(struct ctx *c, struct finder_pin *to, const struct finder_pin *p)
{
    to->last_rank = p->rank;
    to->n++;
    to->is_other = to->is_other && p->is_other;
    to->name =
        str_fmt(c->mem, "%.*s; %.*s", (int)to->name.n, to->name.p, (int)p->name.n, p->name.p);
}

static void add_pin(struct ctx *c, const struct map_spot *at, const struct finder_spot *k,
                    struct finder_map_view *out)
{
    enum { EDGE = 12, HEAD = 34 };
    struct finder_pin p = {.x = at->x,
                           .y = at->y,
                           .rank = k->rank,
                           .last_rank = k->rank,
                           .n = 1,
                           .is_other = k->is_other};

    if (p.x < EDGE || p.x > FINDER_MAP_W - EDGE || p.y < HEAD || p.y > FINDER_MAP_H - EDGE / 2)
        return; /* outside the picture: the list has it */
    p.name = str_fmt(c->mem, "%d. %.*s", k->rank, (int)k->name.n, k->name.p);
    struct finder_pin *near = pin_near(out, &p);

    if (near != NULL)
        join(c, near, &p);
    else
        out->pins[out->n_pins++] = p;
}

/* Letters are counted, not measured. */
static void finish_pins(struct ctx *c, struct finder_map_view *out)
{
    enum { LEAST = 11, A_LETTER = 4, EDGES = 5 };

    for (int i = 0; i < out->n_pins; i++) {
        struct finder_pin *p = &out->pins[i];
        const int half = (int)str_length(pin_label(c, p)) * A_LETTER + EDGES;

        p->label = pin_label(c, p);
        if (p->n > 1) /* what is seen is also what is heard first */
            p->name = str_fmt(c->mem, "%.*s: %.*s", (int)p->label.n, p->label.p, (int)p->name.n,
                              p->name.p);
        p->half = half > LEAST ? half : LEAST;
        p->width = 2 * p->half;
    }
}

static const struct finder_card *card_of_rank(const struct finder_cards *cards, int rank)
{
    for (int i = 0; i < cards->n_cards; i++)
        if (cards->cards[i].rank == rank)
            return &cards->cards[i];
    return NULL;
}

/* How far the picture reaches: as far as was searched, and on to the farthest of this page that is
 * not too far. */
static int radius_of(const struct search_answer *r)
{
    int km = r->km;

    for (int i = 0; i < r->n_hits; i++) {
        const int64_t far = r->hits[i].has_distance ? r->hits[i].distance_m / 1000 + 1 : 0;

        if (far > km && far <= MOST_SEEN_KM && r->hits[i].serves_here)
            km = (int)far;
    }
    return km == 0 ? 0 : finder_map_step(km);
}

static void fill_circle(struct ctx *c, const struct finder_frame *f, const struct area *comune,
                        int km, struct finder_map_view *out)
{
    const struct text_arg args[] = {{"km", text_int(c->mem, c->lang, km)}, {"name", comune->name}};

    if (km == 0 || km > f->radius_km)
        return;
    out->circle = (int)lround(f->km * km);
    out->caption = text_fill(c->mem, text_get(c->lang, "finder.map-circle"), args, ARRAY_LEN(args));
}

enum status finder_pins(struct ctx *c, const struct finder_pins_ask *a, struct finder_map_view *out)
{
    struct finder_frame f;
    int64_t n_shown = 0;
    enum status st = finder_frame_around(c, a->comune, finder_map_step(a->radius_km), &f);

    *out = (struct finder_map_view){.w = FINDER_MAP_W,
                                    .h = FINDER_MAP_H,
                                    .middle_x = FINDER_MAP_W / 2,
                                    .middle_y = FINDER_MAP_H / 2};
    if (st != ST_OK || !f.is_there)
        return st;
    struct map_spot *const spots = ARENA_ARRAY(c->mem, struct map_spot, (size_t)a->n);

    for (int i = 0; i < a->n; i++)
        spots[i] = (struct map_spot){.lat = a->spots[i].lat, .lon = a->spots[i].lon};
    st = places_map_spots(c, f.detail, spots, a->n);
    if (st != ST_OK)
        return st;
    place_spots(&f, spots, a->n);
    out->pins = ARENA_ARRAY(c->mem, struct finder_pin, (size_t)a->n);
    for (int i = 0; i < a->n; i++)
        if (a->spots[i].has_point)
            add_pin(c, &spots[i], &a->spots[i], out);
    for (int i = 0; i < out->n_pins; i++)
        n_shown += out->pins[i].n;
    finish_pins(c, out);
    out->is_there = out->n_pins > 0;
    out->picture = finder_picture_path(c, f.radius_km > 0 ? a->comune : NULL, f.radius_km);
    out->title = finder_say_n(c, "finder.map-title", n_shown, NULL, STR(""));
    if (f.radius_km > 0)
        fill_circle(c, &f, a->comune, a->circle_km, out);
    return st;
}

enum status finder_fill_map(struct ctx *c, const struct finder_ask *a,
                            const struct search_answer *r, const struct finder_cards *cards,
                            struct finder_map_view *out)
{
    const struct area *comune = a->where.is_found ? &a->where.comune.area : NULL;
    const int before = (r->page > 1 ? r->page - 1 : 0) * r->page_size;
    struct finder_spot *const spots = ARENA_ARRAY(c->mem, struct finder_spot, (size_t)r->n_hits + 1);

    for (int i = 0; i < r->n_hits; i++) {
        const struct finder_card *k = card_of_rank(cards, before + i + 1);
        const struct search_hit *h = &r->hits[i];

        spots[i] = (struct finder_spot){.lat = h->lat,
                                        .lon = h->lon,
                                        .has_point = k != NULL && h->has_point,
                                        .is_other = !h->serves_here,
                                        .rank = before + i + 1,
                                        .name = k != NULL ? k->name : STR("")};
    }
    return finder_pins(c,
                       &(struct finder_pins_ask){
                           .comune = comune,
                           .radius_km = comune != NULL && comune->has_point ? radius_of(r) : 0,
                           .circle_km = r->km,
                           .spots = spots,
                           .n = r->n_hits},
                       out);
}

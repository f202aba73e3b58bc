/* territory_map.c - a map of places made ready for a page: one size, links, labels. */
#include "territory_view.h"

enum { SIDE = 640, LETTER_W = 12, LETTER_H = 26, MAX_NAMED = 14 };

struct fit {
    double scale;
    int x, y;
    int width; /* of the drawing */
};

static struct fit fit_of(const struct places_map *m)
{
    const int longest = m->w > m->h ? m->w : m->h;

    const double scale = longest > 0 ? (double)SIDE / longest : 1.0;

    return (struct fit){scale, m->x, m->y, (int)(scale * m->w + 0.5)};
}

static int scaled(double scale, int v)
{
    return (int)(scale * v + 0.5);
}

struct label_box {
    int left, right, top, bottom;
};

/* Letters are counted, not measured: a little wider than they are, so that nothing touches. */
static struct label_box box_of(const struct territory_label *l)
{
    const int w = (int)str_length(l->text) * LETTER_W;
    const int left = l->anchor == LABEL_START ? l->x
                     : l->anchor == LABEL_END ? l->x - w
                                              : l->x - w / 2;

    return (struct label_box){left, left + w, l->y - LETTER_H, l->y + LETTER_H / 4};
}

static bool has_room(const struct territory_map_view *v, const struct territory_label *l)
{
    const struct label_box a = box_of(l);

    for (int i = 0; i < v->n_labels; i++) {
        const struct label_box b = box_of(&v->labels[i]);

        if (v->labels[i].text.n > 0 && a.left < b.right && b.left < a.right && a.top < b.bottom &&
            b.top < a.bottom)
            return false;
    }
    return true;
}

/* Near an edge the words run inwards; where another label stands only the dot is drawn. */
static void add_label(struct territory_map_view *v, const struct fit *f, const struct map_shape *s,
                      struct str text, bool has_dot)
{
    const int half = (int)str_length(text) * LETTER_W / 2;
    struct territory_label l = {.text = text,
                                .x = scaled(f->scale, s->label_x - f->x),
                                .y = scaled(f->scale, s->label_y - f->y),
                                .has_dot = has_dot};

    l.anchor = l.x < half ? LABEL_START : l.x + half > f->width ? LABEL_END : LABEL_MIDDLE;
    if (!has_room(v, &l))
        l.text = STR("");
    v->labels[v->n_labels++] = l;
}

static struct str joined_paths(struct ctx *c, const struct places_map *m)
{
    struct buf b = buf_new(c->mem, 4096);

    for (int i = 0; i < m->n_shapes; i++)
        buf_str(&b, m->shapes[i].path);
    return buf_view(&b);
}

struct territory_map_view territory_draw(struct ctx *c, const struct territory_map_ask *ask)
{
    const struct places_map *m = ask->map;
    const struct places_map *frame = ask->back != NULL && ask->back->n_shapes > 0 ? ask->back : m;
    const struct fit f = fit_of(frame);
    struct territory_map_view v = {.title = ask->title,
                                   .is_schematic = m->is_schematic,
                                   .source = m->source,
                                   .has_links = ask->has_codes};

    v.box = str_fmt(c->mem, "0 0 %d %d", scaled(f.scale, frame->w), scaled(f.scale, frame->h));
    v.transform = str_fmt(c->mem, "scale(%.4f) translate(%d %d)", f.scale, -f.x, -f.y);
    if (ask->back != NULL)
        v.back = joined_paths(c, ask->back);
    v.shapes = ARENA_ARRAY(c->mem, struct territory_shape, (size_t)m->n_shapes);
    v.labels = ARENA_ARRAY(c->mem, struct territory_label, (size_t)m->n_shapes);
    v.n_shapes = m->n_shapes;
    for (int i = 0; i < m->n_shapes; i++) {
        const struct map_shape *s = &m->shapes[i];
        const bool is_chosen = ask->chosen_id != 0 && s->area.area_id == ask->chosen_id;

        v.shapes[i] = (struct territory_shape){
            .path = s->path, .name = s->area.name, .css = is_chosen ? STR("w-c4") : STR("w-c1")};
        if (ask->has_codes) {
            v.shapes[i].href = territory_area_path(c, &s->area);
            v.shapes[i].css = STR("w-c2");
            add_label(&v, &f, s, s->area.code, false);
        } else if (is_chosen) {
            add_label(&v, &f, s, s->area.name, true);
        }
    }
    for (int i = 0; ask->chosen_id != 0 && i < m->n_shapes && m->n_shapes <= MAX_NAMED; i++)
        if (m->shapes[i].area.area_id != ask->chosen_id)
            add_label(&v, &f, &m->shapes[i], m->shapes[i].area.name, true);
    return v;
}

/* tryout_services.c - the services by need, the columns to be corrected, the map. */
#include "base/macros.h"
#include "base/text.h"
#include "features/needs/needs.h"
#include "tryout_feature.h"
#include "tryout_parts.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- by need ---- */

static struct tryout_service service_of(const struct tryout_row *r)
{
    return (struct tryout_service){.name = r->name, .body = r->body, .summary = r->summary, .phones = r->phones, .first_phone = r->first_phone,
                                   .email = r->email, .url = r->url, .hours = r->hours, .place = r->place, .eligibility = r->eligibility,
                                   .fees = r->fees, .line = r->line};
}

/* need NULL: those for which none was found. */
static void put_need(struct ctx *c, const struct tryout_list *l, const struct need *need, struct tryout_view *v)
{
    struct tryout_need_view *out = &v->needs[v->n_needs];
    int n = 0;

    for (int i = 0; i < l->n_rows; i++)
        n += l->rows[i].need == need && l->rows[i].same_as == 0;
    if (n == 0)
        return;
    *out = (struct tryout_need_view){.services = ARENA_ARRAY(c->mem, struct tryout_service, (size_t)n)};
    if (need == NULL) {
        out->label = text_get(c->lang, "tryout.need-none");
    } else {
        out->id = need->id;
        out->label = need->label[c->lang == LANG_EN ? NEED_EN : NEED_IT].text;
    }
    for (int i = 0; i < l->n_rows; i++)
        if (l->rows[i].need == need && l->rows[i].same_as == 0)
            out->services[out->n_services++] = service_of(&l->rows[i]);
    v->n_needs++;
}

void tryout_put_needs(struct ctx *c, const struct tryout_list *l, struct tryout_view *v)
{
    const struct needs *needs = needs_of(c);

    v->needs = ARENA_ARRAY(c->mem, struct tryout_need_view, (size_t)needs_n(needs) + 1);
    for (int i = 0; i < needs_n(needs); i++)
        put_need(c, l, needs_at(needs, i), v);
    put_need(c, l, NULL, v);
}

/* ---- columns ---- */

static struct str example_of(const struct sheet_grid *g, int column)
{
    enum { MOST = 60 };

    for (int row = 0; row < g->n_rows; row++) {
        const struct str cell = g->cells[(size_t)row * (size_t)g->n_columns + (size_t)column];
        size_t n = cell.n < MOST ? cell.n : MOST;

        while (n > 0 && n < cell.n && ((unsigned char)cell.p[n] & 0xc0) == 0x80)
            n--;
        if (n > 0)
            return str_head(cell, n);
    }
    return STR("");
}

void tryout_put_columns(struct ctx *c, const struct tryout_list *l, struct tryout_view *v)
{
    v->columns = ARENA_ARRAY(c->mem, struct tryout_column_view, (size_t)l->columns.n + 1);
    for (int i = 0; i < l->columns.n; i++) {
        struct tryout_column_view *x = &v->columns[v->n_columns];

        *x = (struct tryout_column_view){.nth = i + 1,
                                         .name = l->grid.names[i],
                                         .example = example_of(&l->grid, i),
                                         .is_person = l->columns.is_person[i] && l->columns.of[i] == SHEET_LEFT_OUT,
                                         .is_unsure = !l->columns.is_sure[i],
                                         .options = ARENA_ARRAY(c->mem, struct tryout_option, SHEET_FIELD_COUNT),
                                         .n_options = SHEET_FIELD_COUNT};
        if (x->name.n + x->example.n == 0)
            continue; /* a column with nothing in it */
        if (x->name.n == 0)
            x->name = str_fmt(c->mem, "%d", i + 1);
        for (int f = 0; f < SHEET_FIELD_COUNT; f++)
            x->options[f] = (struct tryout_option){sheet_field_name((enum sheet_field)f), sheet_field_words(c, (enum sheet_field)f),
                                                   l->columns.of[i] == (enum sheet_field)f};
        v->n_columns++;
    }
}

/* ---- map ---- */

static const int steps[] = {5, 10, 20, 40, 80};

/* The place nearest to the middle of them all. */
static const struct tryout_place *middle_of(const struct tryout_list *l, double *out_far_km)
{
    double south = 90, north = -90, west = 180, east = -180;
    const struct tryout_place *best = NULL;
    int64_t least = INT64_MAX, far = 0;

    for (int i = 0; i < l->n_places; i++) {
        const struct tryout_place *p = &l->places[i];

        if (!p->has_point)
            continue;
        south = fmin(south, p->lat), north = fmax(north, p->lat), west = fmin(west, p->lon), east = fmax(east, p->lon);
    }
    for (int i = 0; i < l->n_places; i++) {
        const int64_t m = places_distance_m((south + north) / 2, (west + east) / 2, l->places[i].lat, l->places[i].lon);

        if (l->places[i].has_point && m < least) {
            least = m;
            best = &l->places[i];
        }
    }
    for (int i = 0; best != NULL && i < l->n_places; i++) {
        const int64_t m = places_distance_m(best->lat, best->lon, l->places[i].lat, l->places[i].lon);

        far = l->places[i].has_point && m > far ? m : far;
    }
    *out_far_km = (double)far / 1000;
    return best;
}

static int step_of(double km)
{
    for (int i = 0; i < ARRAY_LEN(steps); i++)
        if (km <= steps[i])
            return steps[i];
    return 0;
}

/* Names under the circles, the largest first, where they hide nothing. */
static void name_pins(struct tryout_map_view *m, const struct tryout_list *l, const int *place_of_pin)
{
    enum { LETTER_W = 7, LINE_H = 16 };

    for (int i = 0; i < m->n_pins; i++) {
        struct tryout_pin *p = &m->pins[i];
        const struct str town = l->places[place_of_pin[i]].name;
        const int half = (int)str_length(town) * LETTER_W / 2 + 4, y = p->y + p->r + 14;
        bool has_room = p->x - half > 0 && p->x + half < TRYOUT_MAP_W && y < TRYOUT_MAP_H - 20;

        for (int k = 0; k < m->n_pins && has_room; k++) {
            const struct tryout_pin *o = &m->pins[k];
            const int wide = half + (o->town.n > 0 ? (int)str_length(o->town) * LETTER_W / 2 : o->r);
            const bool is_on_circle = k != i && abs(o->x - p->x) < half + o->r && abs(o->y - (y - 5)) < o->r + 8;

            has_room = !is_on_circle && (k == i || o->town.n == 0 || abs(o->x - p->x) > wide || abs(o->y + o->below - y) > LINE_H);
        }
        if (!has_room)
            continue;
        p->town = town;
        p->below = p->r + 14;
    }
}

static enum status put_pins(struct ctx *c, const struct tryout_frame *f, const struct tryout_list *l, struct tryout_map_view *m)
{
    int *place_of_pin = ARENA_ARRAY(c->mem, int, (size_t)l->n_places + 1);

    m->pins = ARENA_ARRAY(c->mem, struct tryout_pin, (size_t)l->n_places + 1);
    for (int i = 0; i < l->n_places; i++) {
        const struct tryout_place *p = &l->places[i];
        struct tryout_pin *pin = &m->pins[m->n_pins];
        const struct text_arg args[] = {{"name", p->name}, {"n", text_int(c->mem, c->lang, p->n)}};
        const double r = 11 + 3 * sqrt((double)p->n);

        if (!p->has_point)
            continue;
        *pin = (struct tryout_pin){.r = (int)(r > 26 ? 26 : r),
                                   .label = str_fmt(c->mem, "%d", p->n),
                                   .name = text_fill(c->mem, text_get_n(c->lang, "tryout.pin", p->n), args, 2)};
        const enum status st = tryout_frame_point(c, f, p->lat, p->lon, &pin->x, &pin->y);

        if (st != ST_OK)
            return st;
        if (pin->x >= 0 && pin->x <= TRYOUT_MAP_W && pin->y >= 0 && pin->y <= TRYOUT_MAP_H)
            place_of_pin[m->n_pins++] = i;
    }
    name_pins(m, l, place_of_pin);
    return ST_OK;
}

/* Comuni as near as the farthest of the list, and at least 10 km, that the list does not name; the nearest first. */
static enum status put_bare(struct ctx *c, const struct tryout_list *l, const struct tryout_place *middle, double far_km, struct tryout_view *v)
{
    enum { NEAR_MOST = 200, NAMED = 12 };
    struct buf names = buf_new(c->mem, 200);
    struct near_comune *near;
    int n = 0;
    const enum status st = places_near(c, middle->comune_id, NEAR_MOST, &near, &n);

    for (int i = 0; st == ST_OK && i < n; i++) {
        bool is_named = (double)near[i].distance_m > (far_km > 10 ? far_km : 10) * 1000;

        for (int k = 0; k < l->n_places && !is_named; k++)
            is_named = l->places[k].comune_id == near[i].comune.area.area_id;
        if (is_named)
            continue;
        if (v->n_bare++ < NAMED)
            buf_fmt(&names, "%s%.*s", names.n > 0 ? ", " : "", (int)near[i].comune.area.name.n, near[i].comune.area.name.p);
    }
    v->bare_names = buf_view(&names);
    if (v->n_bare > NAMED) {
        const struct text_arg args[] = {{"names", buf_view(&names)}, {"n", text_int(c->mem, c->lang, v->n_bare - NAMED)}};

        v->bare_names = text_fill(c->mem, text_get(c->lang, "tryout.bare-more"), args, 2);
    }
    return st;
}

enum status tryout_put_map(struct ctx *c, const struct tryout_list *l, struct tryout_view *v)
{
    double far_km = 0;
    const struct tryout_place *middle = middle_of(l, &far_km);
    struct tryout_frame f;
    const int km = step_of(far_km);

    v->towns = ARENA_ARRAY(c->mem, struct tryout_town, (size_t)l->n_places + 1);
    for (int i = 0; i < l->n_places; i++)
        v->towns[v->n_towns++] = (struct tryout_town){l->places[i].name, l->places[i].n};
    if (middle == NULL)
        return ST_OK;
    enum status st = km == 0 ? ST_OK : put_bare(c, l, middle, far_km, v);

    if (st != ST_OK)
        return st;
    const struct area around = {.has_point = true, .lat = middle->lat, .lon = middle->lon};
    st = tryout_frame_around(c, &around, km, &f);
    if (st != ST_OK || !f.is_there)
        return st;
    v->has_map = true;
    v->map = (struct tryout_map_view){.w = TRYOUT_MAP_W,
                                      .h = TRYOUT_MAP_H,
                                      .title = text_get(c->lang, "tryout.map-title"),
                                      .picture = km == 0 ? STR("/prova/mappa.svg")
                                                         : str_fmt(c->mem, "/prova/mappa.svg?dove=%.*s&km=%d", (int)middle->slug.n, middle->slug.p, km)};
    return put_pins(c, &f, l, &v->map);
}

/* simulations_charts.c - example households along ISEE as lines: before dashed, after whole, jumps as jumps. */
#include "base/macros.h"
#include "base/text.h"
#include "simulations_asked.h"
#include <stdlib.h>

enum { LEFT = 70, TOP = 20, WIDE = 540, HIGH = 200, TABLE_STEP = 10, MARKS = 4 };

static int x_of(int64_t isee)
{
    return LEFT + (int)(isee * WIDE / ((int64_t)(SIMULATIONS_POINTS - 1) * SIMULATIONS_STEP));
}

static int y_of(int64_t year, int64_t most)
{
    return TOP + HIGH - (int)(year * HIGH / (most > 0 ? most : 1));
}

static void put_point(struct buf *b, int64_t isee, int64_t year, int64_t most)
{
    buf_fmt(b, "%s%d,%d", b->n > 0 ? " " : "", x_of(isee), y_of(year, most));
}

/* Where the amount jumps between two points the line goes straight down or up. */
static struct str line(struct ctx *c, const int64_t *years, const struct simulations_result *r, int who, bool is_old, int64_t most)
{
    struct buf b = buf_new(c->mem, 1200);

    for (int i = 0; i < SIMULATIONS_POINTS; i++) {
        const int64_t from = (int64_t)(i - 1) * SIMULATIONS_STEP, to = (int64_t)i * SIMULATIONS_STEP;

        for (int k = 0; k < r->n_jumps && i > 0; k++) {
            const struct simulations_jump *const j = &r->jumps[k];

            if (j->who != who || j->is_old != is_old || j->at < from || j->at >= to)
                continue;
            put_point(&b, j->at, j->before, most);
            put_point(&b, j->at, j->after, most);
        }
        put_point(&b, to, years[i], most);
    }
    return buf_view(&b);
}

static int64_t most_of(const struct simulations_curve *x)
{
    int64_t most = 0;

    for (int i = 0; i < SIMULATIONS_POINTS; i++) {
        most = x->old_year[i] > most ? x->old_year[i] : most;
        most = x->new_year[i] > most ? x->new_year[i] : most;
    }
    return most;
}

static struct str percent(struct ctx *c, int bp)
{
    const struct str n = text_decimal(c->mem, c->lang, bp / 100.0, 1);

    return str_fmt(c->mem, "%.*s\u00a0%%", (int)n.n, n.p);
}

/* Where the two lines lie apart the most. */
static struct str sentence(struct ctx *c, const struct simulations_curve *x)
{
    int at = 0;

    for (int i = 1; i < SIMULATIONS_POINTS; i++)
        if (llabs(x->new_year[i] - x->old_year[i]) > llabs(x->new_year[at] - x->old_year[at]))
            at = i;
    const struct text_arg args[] = {{"isee", simulations_euro(c, (int64_t)at * SIMULATIONS_STEP)}, {"before", simulations_euro(c, x->old_year[at])},
                                    {"after", simulations_euro(c, x->new_year[at])}};

    return text_fill(c->mem, text_get(c->lang, x->old_year[at] == x->new_year[at] ? "simulations.curve-same" : "simulations.curve-apart"), args, 3);
}

static void fill_curve(struct ctx *c, const struct simulations_result *r, int who, struct simulations_curve_view *v)
{
    const struct simulations_curve *const x = &r->curves[who];
    const int64_t most = most_of(x);

    *v = (struct simulations_curve_view){.id = who, .title = simulations_example_words(c, who), .sentence = sentence(c, x),
                                         .old_line = line(c, x->old_year, r, who, true, most), .new_line = line(c, x->new_year, r, who, false, most),
                                         .ticks = ARENA_ARRAY(c->mem, struct simulations_tick, 8),
                                         .marks = ARENA_ARRAY(c->mem, struct simulations_tick, MARKS + 1),
                                         .points = ARENA_ARRAY(c->mem, struct simulations_point_view, SIMULATIONS_POINTS)};
    for (int64_t isee = 0; isee <= 6000000; isee += 1000000)
        v->ticks[v->n_ticks++] = (struct simulations_tick){x_of(isee), text_int(c->mem, c->lang, isee / 100)};
    for (int i = 0; i <= MARKS && most > 0; i++)
        v->marks[v->n_marks++] = (struct simulations_tick){y_of(most * i / MARKS, most), text_int(c->mem, c->lang, (most * i / MARKS + 50) / 100)};
    for (int i = 0; i < SIMULATIONS_POINTS; i += TABLE_STEP)
        v->points[v->n_points++] = (struct simulations_point_view){
            simulations_euro(c, (int64_t)i * SIMULATIONS_STEP), simulations_euro(c, x->old_year[i]), simulations_euro(c, x->new_year[i]),
            percent(c, x->old_rate[i]), percent(c, x->new_rate[i])};
}

void simulations_fill_curves(struct web *w, const struct simulations_result *r, struct simulations_result_view *v)
{
    struct ctx *const c = web_ctx(w);

    if (!r->depends_on_isee) {
        v->curves_none = text_get(c->lang, "simulations.curves-none");
        return;
    }
    v->curves = ARENA_ARRAY(c->mem, struct simulations_curve_view, SIMULATIONS_EXAMPLES);
    for (int e = 0; e < SIMULATIONS_EXAMPLES; e++)
        if (most_of(&r->curves[e]) > 0)
            fill_curve(c, r, e, &v->curves[v->n_curves++]);
    if (v->n_curves == 0)
        v->curves_none = text_get(c->lang, "simulations.curves-none");
}

/* regulations_draw.c - what is paid by ISEE as lines: told apart by dash and letter, broken where the amount jumps. */
#include "base/macros.h"
#include "regulations_figures.h"

enum { LEFT = 90, RIGHT = 690, TOP = 20, BOTTOM = 340, LETTER_APART = 26, LETTER_DROP = 8, TABLE_STEPS = 10, X_TICKS = 5, Y_TICKS = 4 };

static const char *const looks[] = {"w-curve-0", "w-curve-1", "w-curve-2", "w-curve-3", "w-curve-4", "w-curve-5", "w-curve-6"};
static const char *const dashes[] = {"none", "14 6", "3 5", "14 5 3 5", "7 7", "22 6", "3 3 10 3"};

static int x_of(int64_t isee_cents)
{
    return LEFT + (int)((RIGHT - LEFT) * isee_cents / REGULATIONS_TO_CENTS);
}

static int y_of(int64_t cents, int64_t most)
{
    return BOTTOM - (int)((BOTTOM - TOP) * cents / most);
}

/* A sum that is easy to read and not under the largest. */
static int64_t round_up(int64_t cents)
{
    static const int steps[] = {1, 2, 4, 5, 8, 10};
    int64_t unit = 100;

    for (; unit * 10 < cents; unit *= 10)
        continue;
    for (int i = 0; i < ARRAY_LEN(steps); i++)
        if (unit * steps[i] >= cents)
            return unit * steps[i];
    return unit * 10;
}

static bool is_jump_after(const struct regulations_curve *v, int64_t isee)
{
    for (int i = 0; i < v->n_jumps; i++)
        if (v->jumps[i].at_cents == isee)
            return true;
    return false;
}

static void draw_line(struct ctx *c, const struct regulations_figure *f, int64_t most, struct regulations_line *out)
{
    struct buf b = buf_new(c->mem, 1024);
    bool is_down = false;

    out->marks = ARENA_ARRAY(c->mem, struct regulations_mark, 2 * (size_t)f->curve.n_jumps);
    for (int i = 0; i < f->curve.n_points; i++) {
        const struct regulations_point *const p = &f->curve.points[i];
        const int x = x_of(p->isee_cents), y = y_of(p->cents * f->times, most);

        if (!p->is_known) {
            is_down = false;
            continue;
        }
        if (is_down && i > 0 && is_jump_after(&f->curve, f->curve.points[i - 1].isee_cents)) {
            out->marks[out->n_marks++] =
                (struct regulations_mark){x, y_of(f->curve.points[i - 1].cents * f->times, most), false};
            out->marks[out->n_marks++] = (struct regulations_mark){x, y, true};
            is_down = false;
        }
        buf_fmt(&b, "%s%d %d", is_down ? "L" : "M", x, y);
        is_down = true;
        out->at_x = x + 6;
        out->at_y = y + LETTER_DROP;
    }
    out->path = buf_view(&b);
}

struct letters {
    int sum, n; /* of where they would stand, each less its place in the pile */
};

/* Letters at the ends of the lines, none over another, in the order of the lines and within the frame: those that are too
 * near stand around their middle. */
static void part_letters(struct ctx *c, struct regulations_line *lines, int n)
{
    const int apart = n > 1 && (BOTTOM - TOP) / (n - 1) < LETTER_APART ? (BOTTOM - TOP) / (n - 1) : LETTER_APART;
    int *const order = ARENA_ARRAY(c->mem, int, (size_t)n + 1);
    struct letters *const piles = ARENA_ARRAY(c->mem, struct letters, (size_t)n + 1);
    int n_piles = 0, at = 0;

    for (int i = 0; i < n; i++) {
        int k = i;

        for (; k > 0 && lines[order[k - 1]].at_y > lines[i].at_y; k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
    for (int i = 0; i < n; i++) {
        piles[n_piles++] = (struct letters){lines[order[i]].at_y - i * apart, 1};
        while (n_piles > 1 && piles[n_piles - 2].sum * piles[n_piles - 1].n > piles[n_piles - 1].sum * piles[n_piles - 2].n) {
            piles[n_piles - 2].sum += piles[n_piles - 1].sum;
            piles[n_piles - 2].n += piles[n_piles - 1].n;
            n_piles--;
        }
    }
    for (int p = 0; p < n_piles; p++)
        for (int k = 0; k < piles[p].n; k++, at++) {
            const int y = piles[p].sum / piles[p].n + at * apart, low = TOP + LETTER_DROP + at * apart,
                      high = BOTTOM + LETTER_DROP - (n - 1 - at) * apart;

            lines[order[at]].at_y = y < low ? low : y > high ? high : y;
        }
}

static void put_ticks(struct ctx *c, int64_t most, struct regulations_chart *out)
{
    out->xs = ARENA_ARRAY(c->mem, struct regulations_tick, X_TICKS + 1);
    out->ys = ARENA_ARRAY(c->mem, struct regulations_tick, Y_TICKS + 1);
    for (int i = 0; i <= X_TICKS; i++) {
        const int64_t isee = (int64_t)REGULATIONS_TO_CENTS / X_TICKS * i;

        out->xs[out->n_xs++] = (struct regulations_tick){x_of(isee), text_int(c->mem, c->lang, isee / 100)};
    }
    for (int i = 0; i <= Y_TICKS; i++)
        out->ys[out->n_ys++] = (struct regulations_tick){y_of(most / Y_TICKS * i, most), regulations_euro(c, most / Y_TICKS * i)};
}

static const struct regulations_point *point_at(const struct regulations_curve *v, int64_t isee)
{
    const struct regulations_point *best = NULL;

    for (int i = 0; i < v->n_points; i++)
        if (v->points[i].isee_cents <= isee)
            best = &v->points[i];
    return best;
}

static void put_table(struct ctx *c, const struct regulations_figure *f, int n, struct regulations_chart *out)
{
    out->rows = ARENA_ARRAY(c->mem, struct regulations_row, TABLE_STEPS + 1);
    for (int i = 0; i <= TABLE_STEPS; i++) {
        const int64_t isee = (int64_t)REGULATIONS_TO_CENTS / TABLE_STEPS * i;
        struct regulations_row *const r = &out->rows[out->n_rows++];

        r->label = regulations_euro(c, isee);
        r->cells = ARENA_ARRAY(c->mem, struct regulations_cell, (size_t)n);
        for (r->n_cells = 0; r->n_cells < n; r->n_cells++) {
            const struct regulations_point *const p = point_at(&f[r->n_cells].curve, isee);

            r->cells[r->n_cells].words = p == NULL || !p->is_known ? text_get(c->lang, "regulations.not-known")
                                                                   : regulations_euro(c, p->cents * f[r->n_cells].times);
        }
    }
}

void regulations_draw(struct ctx *c, const struct regulations_figure *f, int n, struct regulations_chart *out)
{
    int64_t most = 100;

    *out = (struct regulations_chart){.lines = ARENA_ARRAY(c->mem, struct regulations_line, (size_t)n)};
    for (int i = 0; i < n; i++)
        if (f[i].curve.most_cents * f[i].times > most)
            most = f[i].curve.most_cents * f[i].times;
    most = round_up(most);
    for (int i = 0; i < n; i++) {
        struct regulations_line *const l = &out->lines[out->n_lines++];

        l->letter = str_fmt(c->mem, "%c", 'A' + i % 26);
        l->label = f[i].regulation->body;
        l->look = str_of(looks[i % ARRAY_LEN(looks)]);
        l->dash = str_of(dashes[i % ARRAY_LEN(dashes)]);
        draw_line(c, &f[i], most, l);
    }
    part_letters(c, out->lines, n);
    put_ticks(c, most, out);
    put_table(c, f, n, out);
}

/* recognition_draw.c - curves, percentages against the truth, errors by citizenship: as drawings, each with its table. */
#include "base/macros.h"
#include "core/people/people_score.h"
#include "recognition_view.h"
#include <math.h>
#include <stdlib.h>

enum { LEFT = 52, RIGHT = 540, TOP = 16, BOTTOM = 256, FROM_BITS = -6, TO_BITS = 12 };
enum { ROW = 34, BARS_FROM = 150, BARS_TO = 520, BAR_HIGH = 20, WHISKER = 5 };

static double x_of(double bits)
{
    return LEFT + (fmin(fmax(bits, FROM_BITS), TO_BITS) - FROM_BITS) * (RIGHT - LEFT) / (TO_BITS - FROM_BITS);
}

static double y_of(double share)
{
    return BOTTOM - share * (BOTTOM - TOP);
}

static struct str path_of(struct ctx *c, const struct people_quality *q, bool of_recall)
{
    struct buf b = buf_new(c->mem, 512);

    for (int i = 0; i < PEOPLE_CURVE; i++)
        if (q->curve[i].score >= FROM_BITS && q->curve[i].score <= TO_BITS)
            buf_fmt(&b, "%c%.1f %.1f", b.n == 0 ? 'M' : 'L', x_of(q->curve[i].score),
                    y_of(of_recall ? q->curve[i].recall : q->curve[i].precision));
    return buf_view(&b);
}

/* "99,98 %" of what is nearly sure, never "100 %". */
static struct str near_percent(struct ctx *c, double p)
{
    const double odd = p > 0.5 ? 1 - p : p;

    return recognition_percent(c, odd < 0.0001 && p > 0.5 ? 0.9999 : p, odd >= 0.01 ? 0 : odd >= 0.001 ? 1 : 2);
}

static struct str sure(struct ctx *c, double bits)
{
    return near_percent(c, people_probability(bits));
}

/* Italian says "al 90 %" and "all'85 %". */
struct str recognition_at(struct ctx *c, double share)
{
    const struct str words = near_percent(c, share);
    const int whole = atoi(words.p);
    const bool is_vowel = whole == 1 || whole == 8 || whole == 11 || (whole >= 80 && whole < 90);

    return recognition_filled(c, is_vowel ? "recognition.at-vowel" : "recognition.at", &(struct text_arg){"n", words}, 1);
}

static void draw_curve(struct ctx *c, const struct people_quality *q, double review, struct recognition_said *out)
{
    static const double ticks[] = {-4, 0, 4, 8};

    out->precision = recognition_percent(c, q->at_cut.precision, 1);
    out->recall = recognition_percent(c, q->at_cut.recall, 1);
    out->cut_percent = sure(c, q->cut);
    out->review_percent = sure(c, review);
    out->precision_path = path_of(c, q, false);
    out->recall_path = path_of(c, q, true);
    out->cut_x = llround(x_of(q->cut));
    out->review_x = llround(x_of(review));
    out->cut_path = str_fmt(c->mem, "M%lld %dV%d", (long long)out->cut_x, TOP, BOTTOM);
    out->review_path = str_fmt(c->mem, "M%lld %dV%d", (long long)out->review_x, TOP, BOTTOM);
    out->ticks = ARENA_ARRAY(c->mem, struct recognition_tick, ARRAY_LEN(ticks));
    for (int i = 0; i < ARRAY_LEN(ticks); i++)
        out->ticks[out->n_ticks++] = (struct recognition_tick){llround(x_of(ticks[i])), sure(c, ticks[i])};
    out->points = ARENA_ARRAY(c->mem, struct recognition_point, PEOPLE_CURVE);
    for (int i = 0; i < PEOPLE_CURVE; i++)
        if (q->curve[i].score >= FROM_BITS && q->curve[i].score <= TO_BITS)
            out->points[out->n_points++] = (struct recognition_point){sure(c, q->curve[i].score), recognition_percent(c, q->curve[i].precision, 1),
                                                                      recognition_percent(c, q->curve[i].recall, 1)};
}

static struct str between(struct ctx *c, struct recognition_interval w, bool is_percent)
{
    const struct text_arg args[] = {{"from", is_percent ? recognition_percent(c, w.from, 1) : text_decimal(c->mem, c->lang, 100 * w.from, 1)},
                                    {"to", is_percent ? recognition_percent(c, w.to, 1) : text_decimal(c->mem, c->lang, 100 * w.to, 1)}};

    return recognition_filled(c, "recognition.between", args, ARRAY_LEN(args));
}

static void draw_bins(struct ctx *c, const struct people_quality *q, struct recognition_said *out)
{
    out->bins = ARENA_ARRAY(c->mem, struct recognition_bin_view, PEOPLE_BINS);
    for (int i = 0; i < PEOPLE_BINS; i++) {
        if (q->bins[i].n == 0)
            continue;
        const double truth = (double)q->bins[i].n_right / (double)q->bins[i].n;
        const struct recognition_interval w = recognition_wilson(q->bins[i].n_right, q->bins[i].n);
        const double x = LEFT + q->bins[i].stated * (RIGHT - LEFT);
        const bool is_whole = truth == 1 || (truth <= 0.99 && truth >= 0.015);
        const struct text_arg args[] = {{"said", recognition_at(c, q->bins[i].stated)},
                                        {"n", text_decimal(c->mem, c->lang, 100 * truth, is_whole ? 0 : 1)}};

        out->bins[out->n_bins++] =
            (struct recognition_bin_view){.words = recognition_filled(c, "recognition.of-hundred", args, ARRAY_LEN(args)),
                                          .between = between(c, w, true),
                                          .n = text_int(c->mem, c->lang, (int64_t)q->bins[i].n),
                                          .x = llround(x),
                                          .y = llround(y_of(truth)),
                                          .whisker = str_fmt(c->mem, "M%.1f %.1fV%.1fM%.1f %.1fh%dM%.1f %.1fh%d", x, y_of(w.from), y_of(w.to),
                                                             x - WHISKER, y_of(w.from), 2 * WHISKER, x - WHISKER, y_of(w.to), 2 * WHISKER)};
    }
}

/* States are kept in capitals: shown as names are. */
static struct str as_name(struct ctx *c, struct str folded)
{
    char *p = arena_alloc(c->mem, folded.n + 1);

    for (size_t i = 0; i < folded.n; i++) {
        const bool begins = i == 0 || folded.p[i - 1] == ' ';

        p[i] = !begins && folded.p[i] >= 'A' && folded.p[i] <= 'Z' ? (char)(folded.p[i] - 'A' + 'a') : folded.p[i];
    }
    return folded.n == 0 ? text_get(c->lang, "recognition.group-unknown") : (struct str){p, folded.n};
}

/* A scale that holds every whisker and is easy to read: 2, 5, 10, 20, 50 or 100 errors of a hundred. */
static double scale_of(const struct people_quality *q)
{
    static const double scales[] = {0.02, 0.05, 0.1, 0.2, 0.5};
    double most = 0;

    for (int i = 0; i < q->n_groups; i++)
        most = fmax(most, 1 - recognition_wilson(q->groups[i].at_cut.n_right, q->groups[i].at_cut.n_given).from);
    for (int i = 0; i < ARRAY_LEN(scales); i++)
        if (most <= scales[i])
            return scales[i];
    return 1;
}

static void draw_groups(struct ctx *c, const struct people_quality *q, struct recognition_said *out)
{
    const double scale = scale_of(q), by = (BARS_TO - BARS_FROM) / scale;
    const bool by_five = scale == 0.05 || scale == 0.1 || scale == 0.5;
    const int n_ticks = by_five ? 5 : 4;
    struct buf grid = buf_new(c->mem, 64);

    out->groups = ARENA_ARRAY(c->mem, struct recognition_group_view, PEOPLE_GROUPS);
    for (int i = 0; i < q->n_groups; i++) {
        const struct people_measure *const m = &q->groups[i].at_cut;
        const struct recognition_interval right = recognition_wilson(m->n_right, m->n_given), w = {1 - right.to, 1 - right.from};
        const double errors = m->n_given == 0 ? 0 : 1 - m->precision, y = i * ROW + ROW / 2.0;

        out->groups[out->n_groups++] = (struct recognition_group_view){
            .name = as_name(c, q->groups[i].name),
            .errors = m->n_given == 0 ? text_get(c->lang, "recognition.few") : text_decimal(c->mem, c->lang, 100 * errors, 1),
            .between = between(c, w, false),
            .found = recognition_percent(c, m->recall, 1),
            .n = text_int(c->mem, c->lang, (int64_t)m->n_true),
            .y = i * ROW + (ROW - BAR_HIGH) / 2,
            .text_y = i * ROW + ROW / 2 + 6,
            .width = llround(errors * by),
            .whisker = str_fmt(c->mem, "M%.1f %.1fH%.1fM%.1f %.1fv%dM%.1f %.1fv%d", BARS_FROM + w.from * by, y, BARS_FROM + w.to * by,
                               BARS_FROM + w.from * by, y - WHISKER, 2 * WHISKER, BARS_FROM + w.to * by, y - WHISKER, 2 * WHISKER)};
    }
    out->group_ticks = ARENA_ARRAY(c->mem, struct recognition_tick, (size_t)n_ticks + 1);
    for (int i = 0; i <= n_ticks; i++) {
        const int x = BARS_FROM + (BARS_TO - BARS_FROM) * i / n_ticks;

        buf_fmt(&grid, "M%d 0V%d", x, q->n_groups * ROW + 4);
        out->group_ticks[out->n_group_ticks++] =
            (struct recognition_tick){x, text_decimal(c->mem, c->lang, 100 * scale * i / n_ticks, scale == 0.02 ? 1 : 0)};
    }
    out->groups_grid = buf_view(&grid);
    out->groups_foot = q->n_groups * ROW + 24;
    out->groups_box = str_fmt(c->mem, "0 0 560 %d", q->n_groups * ROW + 34);
}

static void say_gap(struct ctx *c, const struct people_quality *q, struct recognition_said *out)
{
    struct recognition_interval w;
    int least, most;

    if (!recognition_gap(q, &least, &most, &w)) {
        out->gap_words = text_get(c->lang, "recognition.gap-unknown");
        return;
    }
    const double gap = people_gap(q);
    const struct text_arg args[] = {{"n", text_decimal(c->mem, c->lang, 100 * gap, 1)},
                                    {"least", out->groups[least].name},
                                    {"most", out->groups[most].name},
                                    {"from", text_decimal(c->mem, c->lang, 100 * w.from, 1)},
                                    {"to", text_decimal(c->mem, c->lang, 100 * w.to, 1)}};

    out->gap_words = recognition_filled(c, gap <= 0.03 ? "recognition.gap-close" : "recognition.gap-far", args, ARRAY_LEN(args));
}

void recognition_draw(struct ctx *c, const struct people_quality *q, double review, struct recognition_said *out)
{
    draw_curve(c, q, review, out);
    draw_bins(c, q, out);
    draw_groups(c, q, out);
    say_gap(c, q, out);
}

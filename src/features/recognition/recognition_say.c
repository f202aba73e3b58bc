/* recognition_say.c - a judgement in words that a director understands: the verdict first, then what it means, then what is weak. */
#include "base/clock.h"
#include "base/macros.h"
#include "core/people/people_words.h"
#include "recognition_view.h"
#include <math.h>

enum { PER = 1000, MINUTES = 60, POINT_FEW = 3 };

static const char *const bar_keys[RECOGNITION_BARS] = {"recognition.bar-precision", "recognition.bar-recall", "recognition.bar-best",
                                                       "recognition.bar-persons",   "recognition.bar-gap",    "recognition.bar-said"};
static const char *const weak_keys[RECOGNITION_BARS] = {"recognition.weak-precision", "recognition.weak-recall", "recognition.weak-best",
                                                        "recognition.weak-persons",   "recognition.weak-gap",    "recognition.weak-said"};

struct str recognition_percent(struct ctx *c, double share, int n_decimals)
{
    const struct str n = text_decimal(c->mem, c->lang, 100 * share, n_decimals);

    return str_fmt(c->mem, "%.*s\u00a0%%", (int)n.n, n.p);
}

struct str recognition_filled(struct ctx *c, const char *key, const struct text_arg *args, int n)
{
    return text_fill(c->mem, text_get(c->lang, key), args, n);
}

struct str recognition_bar_words(struct ctx *c, int kind)
{
    return text_get(c->lang, bar_keys[kind]);
}

struct str recognition_bar_value(struct ctx *c, int kind, const struct recognition_bar *b)
{
    if (!b->is_known)
        return text_get(c->lang, "recognition.few");
    if (kind != RECOGNITION_GAP)
        return recognition_percent(c, b->value, 1);
    return recognition_filled(c, "recognition.points", &(struct text_arg){"n", text_decimal(c->mem, c->lang, 100 * b->value, 1)}, 1);
}

static struct str must_of(struct ctx *c, int kind, const struct recognition_bar *b)
{
    const struct text_arg args[] = {{"least", recognition_percent(c, b->least, b->least == 0.985)},
                                    {"most", recognition_percent(c, b->most, 0)},
                                    {"points", text_decimal(c->mem, c->lang, 100 * b->most, 0)}};

    return recognition_filled(c,
                              kind == RECOGNITION_GAP ? "recognition.must-points"
                              : b->most < 1           ? "recognition.must-between"
                                                      : "recognition.must-least",
                              args, ARRAY_LEN(args));
}

static struct str whole(struct ctx *c, double v)
{
    return text_int(c->mem, c->lang, (int64_t)llround(v));
}

/* The bars that are not met, by name. */
static struct str not_met(struct ctx *c, const struct recognition_bar *bars)
{
    struct buf b = buf_new(c->mem, 256);

    for (int i = 0; i < RECOGNITION_BARS; i++)
        if (bars[i].is_known && !bars[i].is_met) {
            buf_z(&b, b.n == 0 ? "" : "; ");
            buf_str(&b, recognition_bar_words(c, i));
        }
    return buf_view(&b);
}

static void say_bars(struct ctx *c, const struct recognition_bar *bars, struct recognition_said *out)
{
    int n_known = 0;
    const int n_met = recognition_bars_met(bars, &n_known);
    const struct text_arg args[] = {{"n", text_int(c->mem, c->lang, n_known)},
                                    {"met", text_int(c->mem, c->lang, n_met)},
                                    {"list", not_met(c, bars)}};

    out->verdict = recognition_filled(c,
                                      n_met == 0         ? "recognition.verdict-none"
                                      : n_met == n_known ? "recognition.verdict-good"
                                                         : "recognition.verdict-some",
                                      args, ARRAY_LEN(args));
    out->bars = ARENA_ARRAY(c->mem, struct recognition_bar_view, RECOGNITION_BARS);
    for (int i = 0; i < RECOGNITION_BARS; i++)
        out->bars[out->n_bars++] = (struct recognition_bar_view){recognition_bar_words(c, i), recognition_bar_value(c, i, &bars[i]),
                                                                 must_of(c, i, &bars[i]), bars[i].is_known, bars[i].is_met};
}

/* What it means for who works with it: by a thousand records. */
static void say_practice(struct ctx *c, const struct people_quality *q, struct recognition_said *out)
{
    const double by = q->n_records == 0 ? 0 : (double)PER / (double)q->n_records, waits = (double)q->queue.n * by;
    const struct text_arg args[] = {{"hours", text_decimal(c->mem, c->lang, waits / MINUTES, 1)},
                                    {"right", q->queue.n == 0 ? STR("0") : whole(c, 100.0 * (double)q->queue.n_right / (double)q->queue.n)}};

    out->made = whole(c, (double)q->at_cut.n_given * by);
    out->wrong = text_decimal(c->mem, c->lang, (double)(q->at_cut.n_given - q->at_cut.n_right) * by, 1);
    out->missed = whole(c, (double)(q->at_cut.n_true - q->at_cut.n_right) * by);
    out->has_queue = q->has_queue;
    out->queue = whole(c, waits);
    out->queue_words = recognition_filled(c, "recognition.queue-words", args, ARRAY_LEN(args));
}

static void weak(struct recognition_said *out, struct str words)
{
    out->weak[out->n_weak++] = (struct recognition_line){words};
}

/* The percentage that is furthest from what is true, when chance alone does not make it so. */
static void say_weak_percent(struct ctx *c, const struct people_quality *q, struct recognition_said *out)
{
    double far = 0.05;
    int at = -1;

    for (int b = 0; b < PEOPLE_BINS; b++) {
        const struct recognition_interval w = recognition_wilson(q->bins[b].n_right, q->bins[b].n);
        const double least = fmax(w.from - q->bins[b].stated, q->bins[b].stated - w.to);

        if (q->bins[b].n >= PEOPLE_GROUP_LEAST && least > far) {
            far = least;
            at = b;
        }
    }
    if (at < 0)
        return;
    const double truth = (double)q->bins[at].n_right / (double)q->bins[at].n;
    const struct text_arg args[] = {{"said", recognition_at(c, q->bins[at].stated)}, {"truth", recognition_at(c, truth)}};

    weak(out, recognition_filled(c, truth > q->bins[at].stated ? "recognition.weak-careful" : "recognition.weak-bold", args, ARRAY_LEN(args)));
}

/* What a number among the others hides: bars not met, the citizenship that is found least, percentages that say too much. */
static void say_weak(struct ctx *c, const struct people_quality *q, const struct recognition_bar *bars, struct recognition_said *out)
{
    int least = -1;

    out->weak = ARENA_ARRAY(c->mem, struct recognition_line, RECOGNITION_BARS + 4);
    for (int i = 0; i < RECOGNITION_BARS; i++)
        if (bars[i].is_known && !bars[i].is_met)
            weak(out, text_get(c->lang, weak_keys[i]));
    for (int g = 0; g < q->n_groups; g++)
        if (q->groups[g].name.n > 0 && (least < 0 || q->groups[g].at_cut.recall < q->groups[least].at_cut.recall))
            least = g;
    if (least >= 0 && q->groups[least].at_cut.recall < q->at_cut.recall - 0.05) {
        const struct text_arg args[] = {{"name", out->groups[least].name},
                                        {"found", recognition_percent(c, q->groups[least].at_cut.recall, 0)},
                                        {"all", recognition_percent(c, q->at_cut.recall, 0)}};

        weak(out, recognition_filled(c, "recognition.weak-group", args, ARRAY_LEN(args)));
    }
    say_weak_percent(c, q, out);
    if (q->n_groups < POINT_FEW)
        weak(out, text_get(c->lang, "recognition.weak-few-groups"));
    weak(out, text_get(c->lang, "recognition.weak-small"));
}

void recognition_say(struct ctx *c, const struct recognition_model *m, struct recognition_said *out)
{
    const struct people_quality *const q = m->quality;
    struct recognition_bar bars[RECOGNITION_BARS];

    *out = (struct recognition_said){.verdict = text_get(c->lang, "recognition.verdict-unknown"),
                                     .has_quality = q != NULL,
                                     .has_model = m->model != NULL};
    if (m->brought_at != 0) {
        const struct text_arg args[] = {{"day", text_day(c->mem, c->lang, clock_day_at(m->brought_at))}, {"by", m->by}, {"name", m->label}};

        out->origin = recognition_filled(c, "recognition.origin", args, ARRAY_LEN(args));
    }
    if (q != NULL) {
        const struct text_arg args[] = {{"n", text_int(c->mem, c->lang, (int64_t)q->n_records)},
                                        {"pairs", text_int(c->mem, c->lang, (int64_t)q->at_cut.n_true)}};

        out->data = recognition_filled(c, m->brought_at == 0 ? "recognition.data-invented" : "recognition.data-own", args, ARRAY_LEN(args));
        recognition_bars(q, bars);
        say_bars(c, bars, out);
        say_practice(c, q, out);
        recognition_draw(c, q, q->has_queue ? q->queue.from : m->model != NULL ? m->model->cut_review : q->cut, out);
        say_weak(c, q, bars, out);
    }
    if (m->model != NULL)
        recognition_weigh(c, m->model, out);
}

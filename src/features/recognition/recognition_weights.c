/* recognition_weights.c - what a model goes by: each finding of each field, against strangers and against relatives, in words. */
#include "base/macros.h"
#include "core/people/people_words.h"
#include "recognition_view.h"
#include <math.h>
#include <stdlib.h>

enum { ROW = 34, BAR_HIGH = 20, ZERO = 345, WIDE_BITS = 20, BITS_WIDE = 8, SHOWN = 5 };
static const double tiny = 1e-9, most_bits = 30;

/* How much more often the finding occurs in two records of one person than in those of others, log2. */
static double bits_of(const struct people_model *m, enum people_class against, int column, int level)
{
    const double bits = log2(fmax(m->p[PEOPLE_SAME][column][level], tiny) / fmax(m->p[against][column][level], tiny));

    return fmax(-most_bits, fmin(most_bits, bits));
}

/* Records that never say it leave the model as it began: every level as likely as any other among strangers. */
static bool is_seen(const struct people_model *m, int column)
{
    for (int l = 1; l < people_column_levels[column]; l++)
        if (m->p[PEOPLE_UNRELATED][column][l] != m->p[PEOPLE_UNRELATED][column][0])
            return true;
    return false;
}

/* 16,000 and not 16,384: two figures say it. */
static double rounded(double times)
{
    const double unit = times < 10 ? 0.1 : pow(10, floor(log10(times)) - 1);

    return round(times / unit) * unit;
}

static struct str bits_words(struct ctx *c, double bits)
{
    const double times = rounded(exp2(fabs(bits)));
    const struct str n = text_decimal(c->mem, c->lang, fabs(bits), 1);
    const struct text_arg args[] = {{"bits", str_fmt(c->mem, "%s%.*s", bits < 0 ? "\u2212" : "+", (int)n.n, n.p)},
                                    {"times", times > 1e6 ? text_get(c->lang, "recognition.million") : text_decimal(c->mem, c->lang, times, times < 10)}};

    return recognition_filled(c, fabs(bits) < 0.5 ? "recognition.times-none" : bits > 0 ? "recognition.times-more" : "recognition.times-less", args,
                              ARRAY_LEN(args));
}

static struct str short_bits(struct ctx *c, double bits)
{
    return str_fmt(c->mem, "%s%.0f", bits < -0.5 ? "\u2212" : bits > 0.5 ? "+" : "", fabs(bits));
}

static void weigh_field(struct ctx *c, const struct people_model *m, int column, int at, struct recognition_field_view *f)
{
    const int n = people_column_levels[column];
    double most = 0, least = 0;

    f->levels = ARENA_ARRAY(c->mem, struct recognition_level_view, (size_t)n);
    for (int l = 0; l < n; l++) {
        struct str field, finding;
        const double bits = bits_of(m, PEOPLE_UNRELATED, column, l);

        people_level_in_words(c->mem, c->lang, column, l, &field, &finding);
        f->name = field;
        f->levels[f->n_levels++] = (struct recognition_level_view){
            finding, bits_words(c, bits), m->n_classes == 3 ? bits_words(c, bits_of(m, PEOPLE_HOUSEHOLD, column, l)) : STR("")};
        most = fmax(most, bits);
        least = fmin(least, bits);
    }
    f->y = at * ROW + (ROW - BAR_HIGH) / 2;
    f->text_y = at * ROW + ROW / 2 + 6;
    f->for_x = ZERO;
    f->for_width = llround(fmin(most, WIDE_BITS) * BITS_WIDE);
    f->against_width = llround(fmin(-least, WIDE_BITS) * BITS_WIDE);
    f->against_x = ZERO - f->against_width;
    f->for_words = short_bits(c, most);
    f->against_words = short_bits(c, least);
    f->for_text_x = ZERO + f->for_width + 6;
    f->against_text_x = f->against_x - 6;
}

struct strong {
    int column, level;
    double bits;
};

static int by_bits(const void *a, const void *b)
{
    const double x = fabs(((const struct strong *)a)->bits), y = fabs(((const struct strong *)b)->bits);

    return x > y ? -1 : x < y;
}

/* The findings that say most, for and against, one of each field; what one person hardly ever shows is not worth a line. */
static void say_strongest(struct ctx *c, const struct people_model *m, struct recognition_said *out)
{
    struct strong list[2 * PEOPLE_COLUMNS];
    int n = 0;

    for (int col = 0; col < PEOPLE_COLUMNS; col++)
        if (is_seen(m, col)) {
            const int last = people_column_levels[col] - 1;

            list[n++] = (struct strong){col, 0, bits_of(m, PEOPLE_UNRELATED, col, 0)};
            list[n++] = (struct strong){col, last, bits_of(m, PEOPLE_UNRELATED, col, last)};
        }
    qsort(list, (size_t)n, sizeof *list, by_bits);
    out->strongest = ARENA_ARRAY(c->mem, struct recognition_line, SHOWN);
    for (int i = 0; i < n && out->n_strongest < SHOWN; i++) {
        struct str field, finding;

        people_level_in_words(c->mem, c->lang, list[i].column, list[i].level, &field, &finding);
        const struct text_arg args[] = {{"field", field}, {"finding", finding}, {"weight", bits_words(c, list[i].bits)}};

        out->strongest[out->n_strongest++] = (struct recognition_line){recognition_filled(c, "recognition.strong", args, ARRAY_LEN(args))};
    }
}

void recognition_weigh(struct ctx *c, const struct people_model *m, struct recognition_said *out)
{
    out->fields = ARENA_ARRAY(c->mem, struct recognition_field_view, PEOPLE_COLUMNS);
    for (int col = 0; col < PEOPLE_COLUMNS; col++)
        if (col != PEOPLE_COL_ORDER && is_seen(m, col)) {
            weigh_field(c, m, col, out->n_fields, &out->fields[out->n_fields]);
            out->n_fields++;
        }
    out->fields_box = str_fmt(c->mem, "0 0 560 %d", out->n_fields * ROW + 28);
    out->fields_zero = str_fmt(c->mem, "M%d 0V%d", ZERO, out->n_fields * ROW);
    say_strongest(c, m, out);
}

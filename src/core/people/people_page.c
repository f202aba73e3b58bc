/* people_page.c - Qualità del riconoscimento: how often the engine is right, and for whom. */
#include "base/log.h"
#include "base/tables.h"
#include "people_pages.h"
#include "people_view.h"

enum { LEFT = 48, RIGHT = 628, TOP = 16, BOTTOM = 256, FROM_BITS = -6, TO_BITS = 14, BAR = 34, BARS_FROM = 170, BARS_WIDE = 400 };

static struct str percent(struct ctx *c, double share)
{
    const struct str n = text_decimal(c->mem, c->lang, 100 * share, 1);

    return str_fmt(c->mem, "%.*s %%", (int)n.n, n.p);
}

static double x_of(double bits)
{
    return LEFT + (bits - FROM_BITS) * (RIGHT - LEFT) / (TO_BITS - FROM_BITS);
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
            buf_fmt(&b, "%c%.1f %.1f", b.n == 0 ? 'M' : 'L', x_of(q->curve[i].score), y_of(of_recall ? q->curve[i].recall : q->curve[i].precision));
    return buf_view(&b);
}

/* What was said beside what was true: of a hundred links said to be so likely, how many are right. */
static void fill_bins(struct ctx *c, const struct people_quality *q, struct people_quality_view *v)
{
    v->bins = ARENA_ARRAY(c->mem, struct people_bar_view, PEOPLE_BINS);
    for (int i = 0; i < PEOPLE_BINS; i++) {
        if (q->bins[i].n == 0)
            continue;
        const double is_true = (double)q->bins[i].n_right / (double)q->bins[i].n;

        v->bins[v->n_bins++] = (struct people_bar_view){.name = percent(c, q->bins[i].stated),
                                                        .share = percent(c, is_true),
                                                        .n = (int64_t)q->bins[i].n,
                                                        .x = (int64_t)(LEFT + q->bins[i].stated * (RIGHT - LEFT)),
                                                        .y = (int64_t)y_of(is_true)};
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
    return folded.n == 0 ? text_get(c->lang, "people.group-unknown") : (struct str){p, folded.n};
}

static void fill_groups(struct ctx *c, const struct people_quality *q, struct people_quality_view *v)
{
    v->groups = ARENA_ARRAY(c->mem, struct people_bar_view, PEOPLE_GROUPS);
    for (int i = 0; i < q->n_groups; i++) {
        const struct people_measure *m = &q->groups[i].at_cut;

        v->groups[v->n_groups] = (struct people_bar_view){.name = as_name(c, q->groups[i].name),
                                                          .share = percent(c, m->precision),
                                                          .other = percent(c, m->recall),
                                                          .n = (int64_t)m->n_true,
                                                          .x = BARS_FROM,
                                                          .y = v->n_groups * BAR,
                                                          .width = (int64_t)(m->precision * BARS_WIDE)};
        v->n_groups++;
    }
    v->groups_box = str_fmt(c->mem, "0 0 640 %d", v->n_groups * BAR);
}

/* GET /riconoscimento - the judgement of the model that comes with the program, on invented people. */
enum status people_quality_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct table_file *file = table_find("people/quality.tsv");
    struct people_quality *q = ARENA_NEW(c->mem, struct people_quality);
    struct people_wrong wrong;
    struct people_quality_view v = {.frame = frame_new(w, text_get(c->lang, "people.quality-title"))};

    if (file == NULL || people_quality_read(c->mem, file->bytes, q, &wrong) != ST_OK)
        bug("reference/people/quality.tsv cannot be read");
    v.frame->description = text_get(c->lang, "people.quality-lead");
    v.n_records = text_int(c->mem, c->lang, (int64_t)q->n_records);
    v.n_true = text_int(c->mem, c->lang, (int64_t)q->at_cut.n_true);
    v.precision = percent(c, q->at_cut.precision);
    v.recall = percent(c, q->at_cut.recall);
    v.cut_percent = percent(c, people_probability(q->cut));
    v.gap = text_decimal(c->mem, c->lang, 100 * q->gap, 1);
    v.is_close = q->gap <= 0.03;
    v.precision_path = path_of(c, q, false);
    v.recall_path = path_of(c, q, true);
    v.cut_path = str_fmt(c->mem, "M%.1f %dV%d", x_of(q->cut), TOP, BOTTOM);
    v.cut_x = (int64_t)x_of(q->cut);
    fill_bins(c, q, &v);
    fill_groups(c, q, &v);
    return html_people_quality(w, &v);
}

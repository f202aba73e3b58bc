/* recognition_models_page.c - who keeps the portal brings models, lays them side by side, and chooses which one everybody reads. */
#include "base/clock.h"
#include "base/date.h"
#include "base/macros.h"
#include "core/links/links.h"
#include "core/people/people_words.h"
#include "recognition_feature.h"
#include "recognition_pages.h"
#include "recognition_view.h"
#include <math.h>
#include <string.h>

/* *out_done: the page that says no was written. */
static enum status enter(struct web *w, struct links_link *k, bool *out_done)
{
    const enum status st = links_here(w, LINKS_APPROVE, k);

    *out_done = st != ST_OK;
    return st == ST_OK ? ST_OK : links_refuse(w, LINKS_APPROVE, st, k);
}

/* What everybody reads is one page: the Region chooses. */
static bool may_choose(const struct ctx *c)
{
    bool is_region = false;

    (void)links_acting_for(c, &is_region);
    return is_region;
}

static bool may_take(const struct ctx *c, const struct recognition_model *m)
{
    bool is_region = false;
    const int64_t acting = links_acting_for(c, &is_region);

    return m->model_id != 0 && (is_region || (m->by_id != 0 && m->by_id == acting));
}

static struct str brought_words(struct ctx *c, const struct recognition_model *m)
{
    const struct text_arg args[] = {{"day", text_day(c->mem, c->lang, m->brought_at == 0 ? DAY_NONE : clock_day_at(m->brought_at))}, {"by", m->by}};

    return recognition_filled(c, m->brought_at == 0 ? "recognition.brought-program" : "recognition.brought", args, ARRAY_LEN(args));
}

static struct str path_of(struct ctx *c, int64_t id)
{
    return str_fmt(c->mem, "/riconoscimento/modelli/%lld", (long long)id);
}

/* "Soglie rispettate: 4 su 6.", "C’è solo il modello: manca la misura." */
static struct str bars_words(struct ctx *c, const struct recognition_model *m)
{
    struct recognition_bar bars[RECOGNITION_BARS];
    int n_known = 0;

    if (m->quality == NULL)
        return text_get(c->lang, m->model == NULL ? "recognition.row-none" : "recognition.row-model");
    recognition_bars(m->quality, bars);
    const int n_met = recognition_bars_met(bars, &n_known);
    const struct text_arg args[] = {{"met", text_int(c->mem, c->lang, n_met)}, {"n", text_int(c->mem, c->lang, n_known)}};

    return recognition_filled(c, m->model == NULL ? "recognition.row-quality" : "recognition.row-both", args, ARRAY_LEN(args));
}

static struct str problem_words(struct ctx *c, const struct problem *p)
{
    return p == NULL ? STR("") : recognition_filled(c, p->key, &(struct text_arg){"value", p->value}, 1);
}

static void fill_problems(struct ctx *c, struct recognition_list_view *v)
{
    v->errors = ARENA_ARRAY(c->mem, struct recognition_error_view, (size_t)c->problems.n + 1);
    for (int i = 0; i < c->problems.n; i++) {
        const struct problem *const p = &c->problems.list[i];

        v->errors[v->n_errors++] =
            (struct recognition_error_view){problem_words(c, p), str_fmt(c->mem, "#%s", *p->field == '\0' ? "nome" : p->field)};
    }
    v->label_error = problem_words(c, problems_of(&c->problems, "nome"));
    v->model_error = problem_words(c, problems_of(&c->problems, "modello"));
    v->quality_error = problem_words(c, problems_of(&c->problems, "qualita"));
}

static enum status show_list(struct web *w, struct recognition_list_view *v)
{
    struct ctx *c = web_ctx(w);
    struct recognition_model *list;
    int n = 0;
    const enum status st = recognition_list(c, &list, &n);

    if (st != ST_OK)
        return st;
    v->frame = frame_new(w, text_get(c->lang, "recognition.models-title"));
    v->frame->is_hidden = true;
    frame_crumb(w, v->frame, text_get(c->lang, "recognition.title"), STR("/riconoscimento"));
    v->rows = ARENA_ARRAY(c->mem, struct recognition_row_view, (size_t)n);
    v->gone = ARENA_ARRAY(c->mem, struct recognition_row_view, (size_t)n);
    for (int i = 0; i < n; i++) {
        const struct recognition_row_view row = {.label = list[i].label,
                                                 .id = list[i].model_id,
                                                 .brought = brought_words(c, &list[i]),
                                                 .bars = bars_words(c, &list[i]),
                                                 .is_used = list[i].is_used,
                                                 .may_take = may_take(c, &list[i])};

        if (list[i].is_gone)
            v->gone[v->n_gone++] = row;
        else
            v->rows[v->n_rows++] = row;
    }
    v->may_choose = may_choose(c);
    fill_problems(c, v);
    return html_recognition_models(w, v);
}

static struct str done_words(struct web *w)
{
    static const char *const done[][2] = {{"portato", "recognition.done-brought"}, {"noto", "recognition.done-known"},
                                          {"usato", "recognition.done-used"},      {"tolto", "recognition.done-gone"},
                                          {"rimesso", "recognition.done-back"}};
    const struct str said = web_query(w, "fatto");

    for (int i = 0; i < ARRAY_LEN(done); i++)
        if (str_eq_z(said, done[i][0]))
            return text_get(web_lang(w), done[i][1]);
    return STR("");
}

/* GET /riconoscimento/modelli */
enum status recognition_models_page(struct web *w)
{
    struct recognition_list_view v = {.done = done_words(w)};
    struct links_link k;
    bool is_done;
    const enum status st = enter(w, &k, &is_done);

    return st == ST_OK && !is_done ? show_list(w, &v) : st;
}

/* POST /riconoscimento/modelli - what was refused comes back with its reason; a browser does not give a file twice by itself. */
enum status recognition_models_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct recognition_list_view v = {.label = web_field(w, "nome")};
    struct web_upload model = {.bytes = {"", 0}}, quality = {.bytes = {"", 0}};
    struct links_link k;
    bool is_done, is_known = false;
    int64_t id = 0;
    enum status st = enter(w, &k, &is_done);

    if (st != ST_OK || is_done)
        return st;
    web_upload_at(w, "modello", 0, &model);
    web_upload_at(w, "qualita", 0, &quality);
    const struct recognition_ask ask = {v.label, model.bytes, quality.bytes, k.name, k.organisation_id};

    st = recognition_bring(c, &ask, &id, &is_known);
    if (st == ST_INVALID) {
        web_set_code(w, 422);
        return show_list(w, &v);
    }
    const struct str path = path_of(c, id);

    return st == ST_OK ? web_redirect(w, str_fmt(c->mem, "%.*s?fatto=%s", (int)path.n, path.p, is_known ? "noto" : "portato")) : st;
}

/* ---- one beside another ---- */

static struct str change_words(struct ctx *c, double here, double there, bool is_less_better)
{
    const double points = 100 * (here - there);
    const struct text_arg n = {"n", text_decimal(c->mem, c->lang, fabs(points), 1)};

    if (fabs(points) < 0.05)
        return text_get(c->lang, "recognition.change-none");
    return recognition_filled(c, (points < 0) == is_less_better ? "recognition.change-better" : "recognition.change-worse", &n, 1);
}

static void compare_measures(struct ctx *c, const struct people_quality *a, const struct people_quality *b, struct recognition_one_view *v)
{
    struct recognition_bar here[RECOGNITION_BARS], there[RECOGNITION_BARS];

    recognition_bars(a, here);
    recognition_bars(b, there);
    v->pairs = ARENA_ARRAY(c->mem, struct recognition_pair_view, RECOGNITION_BARS + 2);
    for (int i = 0; i < RECOGNITION_BARS; i++)
        v->pairs[v->n_pairs++] = (struct recognition_pair_view){
            recognition_bar_words(c, i), recognition_bar_value(c, i, &here[i]), recognition_bar_value(c, i, &there[i]),
            !here[i].is_known || !there[i].is_known || i == RECOGNITION_SAID /* nearer to what was said, not more, is better */
                ? STR("–")
                : change_words(c, here[i].value, there[i].value, i == RECOGNITION_GAP)};
    if (a->has_queue && b->has_queue && a->n_records > 0 && b->n_records > 0)
        v->pairs[v->n_pairs++] = (struct recognition_pair_view){
            text_get(c->lang, "recognition.practice-queue"),
            text_int(c->mem, c->lang, llround(1000.0 * (double)a->queue.n / (double)a->n_records)),
            text_int(c->mem, c->lang, llround(1000.0 * (double)b->queue.n / (double)b->n_records)), STR("–")};
    v->pairs[v->n_pairs++] = (struct recognition_pair_view){text_get(c->lang, "recognition.records"), text_int(c->mem, c->lang, (int64_t)a->n_records),
                                                            text_int(c->mem, c->lang, (int64_t)b->n_records), STR("–")};
}

static void compare_models(struct ctx *c, const struct people_model *old, const struct people_model *fresh, struct recognition_one_view *v)
{
    static const char *const keys[] = {"recognition.drift-none", "recognition.drift-classes", "recognition.drift-share", "recognition.drift-level"};

    if (old == NULL || fresh == NULL) {
        v->drift = text_get(c->lang, "recognition.drift-unknown");
        return;
    }
    const struct people_drift d = people_model_drift(old, fresh);
    struct str field, finding;

    people_level_in_words(c->mem, c->lang, d.column, d.level, &field, &finding);
    const struct text_arg args[] = {{"field", field},
                                    {"finding", finding},
                                    {"before", recognition_percent(c, d.before, 0)},
                                    {"now", recognition_percent(c, d.now, 0)},
                                    {"times", text_decimal(c->mem, c->lang, d.times, 1)},
                                    {"old", text_int(c->mem, c->lang, old->n_classes)},
                                    {"fresh", text_int(c->mem, c->lang, fresh->n_classes)}};

    v->has_drift = true;
    v->is_far = d.kind != PEOPLE_DRIFT_NONE;
    v->drift = recognition_filled(c, keys[d.kind], args, ARRAY_LEN(args));
}

/* With the one asked for; else the one in use; else, of the one in use itself, the one before it. */
static const struct recognition_model *other_of(struct web *w, const struct recognition_model *list, int n, int64_t id)
{
    const struct recognition_model *before = NULL, *used = NULL, *own = NULL;
    bool is_past = false;
    int64_t asked = -1;

    if (!str_to_int(web_query(w, "con"), &asked))
        asked = -1;
    for (int i = 0; i < n; i++) {
        if (list[i].model_id == id) {
            is_past = true;
            continue;
        }
        if (list[i].is_gone)
            continue;
        if (list[i].model_id == asked)
            return &list[i];
        used = list[i].is_used ? &list[i] : used;
        before = is_past && before == NULL ? &list[i] : before;
        own = &list[i];
    }
    return used != NULL ? used : before != NULL ? before : own;
}

static enum status fill_compare(struct web *w, const struct recognition_model *m, struct recognition_one_view *v)
{
    struct ctx *c = web_ctx(w);
    struct recognition_model *list;
    int n = 0;
    const enum status st = recognition_list(c, &list, &n);

    if (st != ST_OK)
        return st;
    const struct recognition_model *const other = other_of(w, list, n, m->model_id);

    v->others = ARENA_ARRAY(c->mem, struct recognition_option, (size_t)n);
    for (int i = 0; i < n && other != NULL; i++)
        if (!list[i].is_gone && list[i].model_id != m->model_id)
            v->others[v->n_others++] = (struct recognition_option){list[i].model_id, list[i].label, list[i].model_id == other->model_id};
    if (other == NULL)
        return ST_OK;
    v->against = other->label;
    compare_models(c, other->model, m->model, v);
    if (m->quality != NULL && other->quality != NULL)
        compare_measures(c, m->quality, other->quality, v);
    return ST_OK;
}

/* enter, and the model that the address names. */
static enum status enter_model(struct web *w, struct recognition_model *out, bool *out_done)
{
    struct links_link k;
    int64_t id = 0;
    const enum status st = enter(w, &k, out_done);

    if (st != ST_OK || *out_done)
        return st;
    return str_to_int(web_path_value(w, "id"), &id) && id >= 0 ? recognition_get(web_ctx(w), id, out) : ST_NOT_FOUND;
}

/* GET /riconoscimento/modelli/:id, ?con= the other */
enum status recognition_model_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct recognition_one_view v = {.done = done_words(w)};
    struct recognition_model m;
    bool is_done;
    enum status st = enter_model(w, &m, &is_done);

    if (st != ST_OK || is_done)
        return st;
    if (m.is_gone)
        return ST_NOT_FOUND;
    v.frame = frame_new(w, m.label);
    v.frame->is_hidden = true;
    frame_crumb(w, v.frame, text_get(c->lang, "recognition.title"), STR("/riconoscimento"));
    frame_crumb(w, v.frame, text_get(c->lang, "recognition.models-title"), STR("/riconoscimento/modelli"));
    v.label = m.label;
    v.brought = brought_words(c, &m);
    v.id = m.model_id;
    v.is_used = m.is_used;
    v.may_choose = may_choose(c);
    v.may_take = may_take(c, &m);
    st = fill_compare(w, &m, &v);
    recognition_say(c, &m, &v.said);
    v.said.origin = STR(""); /* said above */
    return st == ST_OK ? html_recognition_model(w, &v) : st;
}

/* ---- choosing ---- */

static enum status act(struct web *w, enum status (*job)(struct ctx *c, const struct recognition_model *m), const char *done)
{
    struct ctx *c = web_ctx(w);
    struct recognition_model m;
    bool is_done;
    enum status st = enter_model(w, &m, &is_done);

    if (st != ST_OK || is_done)
        return st;
    if (c->problems.n > 0) /* the form was open for a day */
        return ST_DENIED;
    st = job(c, &m);
    return st == ST_OK ? web_redirect(w, str_fmt(c->mem, "/riconoscimento/modelli?fatto=%s", done)) : st;
}

static enum status use(struct ctx *c, const struct recognition_model *m)
{
    return may_choose(c) ? recognition_use(c, m->model_id) : fail(c, ST_DENIED, "recognition.region-only");
}

static enum status take_away(struct ctx *c, const struct recognition_model *m)
{
    return may_take(c, m) ? recognition_take_away(c, m->model_id, false) : fail(c, ST_DENIED, "recognition.not-yours");
}

static enum status put_back(struct ctx *c, const struct recognition_model *m)
{
    return may_take(c, m) ? recognition_take_away(c, m->model_id, true) : fail(c, ST_DENIED, "recognition.not-yours");
}

/* POST /riconoscimento/modelli/:id/usa */
enum status recognition_use_post(struct web *w)
{
    return act(w, use, "usato");
}

/* POST /riconoscimento/modelli/:id/togli */
enum status recognition_take_post(struct web *w)
{
    return act(w, take_away, "tolto");
}

/* POST /riconoscimento/modelli/:id/rimetti */
enum status recognition_back_post(struct web *w)
{
    return act(w, put_back, "rimesso");
}

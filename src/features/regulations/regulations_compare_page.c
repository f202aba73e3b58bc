/* regulations_compare_page.c - regulations side by side: parameters, thresholds by district, one household, the chart. */
#include "base/macros.h"
#include "regulations_compare.h"
#include "regulations_feature.h"
#include "regulations_figures.h"
#include "regulations_pages.h"

enum { MOST_AGE = 120, MOST_ADULTS = 10, MOST_MINORS = 10, MOST_TIMES = 744, MOST_ISEE = 100000000 };

static struct str text(struct ctx *c, const char *key)
{
    return text_get(c->lang, key);
}

static struct str with(struct ctx *c, const char *key, const char *name, struct str value)
{
    return text_fill(c->mem, text_get(c->lang, key), &(struct text_arg){name, value}, 1);
}

enum regulation_kind regulations_asked_kind(struct str typed)
{
    const enum regulation_kind k = regulations_kind_of(typed);

    return k != 0 ? k : REGULATION_HOME_CARE;
}

/* ---- the household ---- */

static void read_number(struct ctx *c, const char *field, struct str typed, int least, int most, int *out)
{
    int64_t v = 0;

    if (str_trim(typed).n == 0)
        return;
    if (str_to_int(str_trim(typed), &v) && v >= least && v <= most)
        *out = (int)v;
    else
        problems_add(&c->problems, field, "regulations.number-wrong", str_fmt(c->mem, "%d", most));
}

static void read_household(struct web *w, struct regulations_asked *a, struct regulations_compare_view *v)
{
    struct ctx *c = web_ctx(w);
    int64_t cents = 0;

    v->isee = web_field(w, "isee");
    v->age = web_field(w, "eta");
    v->adults = web_field(w, "adulti");
    v->minors = web_field(w, "minori");
    v->times = web_field(w, "volte");
    if (str_trim(v->isee).n > 0) {
        if (regulations_read_money(v->isee, &cents) && cents <= MOST_ISEE)
            a->isee_cents = cents;
        else
            problems_add(&c->problems, "isee", "regulations.money-wrong", v->isee);
    }
    read_number(c, "eta", v->age, 0, MOST_AGE, &a->age);
    read_number(c, "adulti", v->adults, 1, MOST_ADULTS, &a->adults);
    read_number(c, "minori", v->minors, 0, MOST_MINORS, &a->minors);
    read_number(c, "volte", v->times, 1, MOST_TIMES, &a->times);
}

static struct str problem_of(struct ctx *c, const char *field)
{
    const struct problem *const p = problems_of(&c->problems, field);

    return p == NULL ? STR("") : with(c, p->key, "value", p->value);
}

static void show_household(struct ctx *c, const struct regulations_asked *a, struct regulations_compare_view *v)
{
    v->isee_error = problem_of(c, "isee");
    v->age_error = problem_of(c, "eta");
    v->adults_error = problem_of(c, "adulti");
    v->minors_error = problem_of(c, "minori");
    v->times_error = problem_of(c, "volte");
    if (v->isee_error.n == 0)
        v->isee = regulations_money(c->mem, a->isee_cents);
    if (v->age_error.n == 0)
        v->age = str_fmt(c->mem, "%d", a->age);
    if (v->adults_error.n == 0)
        v->adults = str_fmt(c->mem, "%d", a->adults);
    if (v->minors_error.n == 0)
        v->minors = str_fmt(c->mem, "%d", a->minors);
    if (v->times_error.n == 0)
        v->times = str_fmt(c->mem, "%d", a->times);
}

/* ---- answers ---- */

static struct str missing_words(struct ctx *c, const struct regulations_figure *f)
{
    struct buf b = buf_new(c->mem, 64);

    for (int i = 0; i < f->answer.n_missing; i++) {
        if (i > 0)
            buf_z(&b, ", ");
        buf_str(&b, rules_fact_at(regulations_facts(c), f->answer.missing[i])->label);
    }
    return with(c, "regulations.missing-facts", "list", buf_view(&b));
}

static void put_answer(struct ctx *c, const struct regulations_figure *f, int i, struct regulations_answer_view *out)
{
    *out = (struct regulations_answer_view){.letter = str_fmt(c->mem, "%c", 'A' + i % 26),
                                            .body = f->regulation->body,
                                            .district = f->regulation->district};
    if (f->is_known) {
        const struct text_arg args[] = {{"sum", regulations_euro(c, f->cents)}, {"per", regulations_per_words(c, f->per)}};

        out->unit = text_fill(c->mem, text(c, "regulations.sum-per"), args, ARRAY_LEN(args));
        out->month = regulations_euro(c, f->month_cents);
    } else {
        out->note = missing_words(c, f);
    }
    if (f->answer.verdict == RULES_NO)
        out->note = text(c, "regulations.says-no");
    out->steps = ARENA_ARRAY(c->mem, struct regulations_step_view, (size_t)f->answer.n_steps);
    for (; out->n_steps < f->answer.n_steps; out->n_steps++)
        out->steps[out->n_steps].words =
            rules_sentence(c->mem, f->rules, regulations_facts(c), &f->answer.steps[out->n_steps]);
}

/* ---- thresholds by district ---- */

static struct str ratio_words(struct ctx *c, int64_t low, int64_t high)
{
    return low == 0 ? text(c, "regulations.no-ratio") : text_decimal(c->mem, c->lang, (double)high / (double)low, 2);
}

static struct regulations_disparity disparity(struct ctx *c, struct str name, const struct regulations_spread *s)
{
    struct regulations_disparity d = {.name = name, .n = s->n, .low = regulations_euro(c, s->low), .high = regulations_euro(c, s->high),
                                      .ratio = ratio_words(c, s->low, s->high), .spread = regulations_euro(c, s->high - s->low)};

    if (s->n_months > 0) {
        d.low_month = regulations_euro(c, s->low_month);
        d.high_month = regulations_euro(c, s->high_month);
        d.month_ratio = ratio_words(c, s->low_month, s->high_month);
    }
    return d;
}

static void put_districts(struct ctx *c, const struct regulations_figure *f, int n, struct regulations_compare_view *v)
{
    const struct regulations_spread all = regulations_spread_of(f, n, STR(""));

    v->districts = ARENA_ARRAY(c->mem, struct regulations_disparity, (size_t)n + 1);
    for (int i = 0; i < n; i++) {
        const struct regulation *const r = f[i].regulation;

        if (r->district_code.n == 0 || (i > 0 && str_eq(f[i - 1].regulation->district_code, r->district_code)))
            continue;
        const struct regulations_spread s = regulations_spread_of(f, n, r->district_code);

        v->districts[v->n_districts++] = disparity(c, r->district, &s);
    }
    const int n_districts = v->n_districts;

    v->districts[v->n_districts++] = disparity(c, text(c, "regulations.all"), &all);
    const struct text_arg args[] = {{"n", text_int(c->mem, c->lang, n)},
                                    {"districts", text_int(c->mem, c->lang, n_districts)},
                                    {"low", regulations_euro(c, all.low)},
                                    {"high", regulations_euro(c, all.high)},
                                    {"spread", regulations_euro(c, all.high - all.low)}};

    v->harmonise = text_fill(c->mem, text(c, all.high > all.low ? "regulations.harmonise" : "regulations.harmonised"), args, ARRAY_LEN(args));
}

/* ---- the page ---- */

static void put_columns(struct ctx *c, const struct regulations_figure *f, int n, struct regulations_compare_view *v)
{
    v->columns = ARENA_ARRAY(c->mem, struct regulations_column, (size_t)n);
    for (v->n_columns = 0; v->n_columns < n; v->n_columns++) {
        const struct regulation *const r = f[v->n_columns].regulation;

        v->columns[v->n_columns] = (struct regulations_column){
            .letter = str_fmt(c->mem, "%c", 'A' + v->n_columns % 26),
            .body = r->body,
            .body_path = str_fmt(c->mem, "/enti/%.*s", (int)r->body_slug.n, r->body_slug.p),
            .title = r->title,
            .path = str_fmt(c->mem, "/regolamenti/%.*s", (int)r->slug.n, r->slug.p),
            .district = r->district,
            .is_invented = r->is_invented};
        if (r->is_invented)
            v->invented = text(c, "regulations.invented-long");
    }
}

static void put_kinds(struct ctx *c, enum regulation_kind kind, struct regulations_compare_view *v)
{
    const struct str name = str_of(regulations_kind_name(kind));

    v->kind = name;
    v->kind_words = regulations_kind_words(c, kind);
    v->is_support = regulations_gives(kind);
    v->kinds = ARENA_ARRAY(c->mem, struct regulations_option, REGULATION_KIND_COUNT);
    for (int k = 1; k < REGULATION_KIND_COUNT; k++)
        v->kinds[v->n_kinds++] = (struct regulations_option){str_of(regulations_kind_name((enum regulation_kind)k)),
                                                             regulations_kind_words(c, (enum regulation_kind)k), k == (int)kind};
    v->csv_path = str_fmt(c->mem, "/regolamenti/confronto.csv?tipo=%.*s", (int)name.n, name.p);
    v->xlsx_path = str_fmt(c->mem, "/regolamenti/confronto.xlsx?tipo=%.*s", (int)name.n, name.p);
}

static enum status show(struct web *w, enum regulation_kind kind, const struct regulations_asked *a, struct regulations_compare_view *v)
{
    struct ctx *c = web_ctx(w);
    struct regulations_figure *f;
    struct regulation *list;
    int n = 0, n_unread = 0;
    enum status st = regulations_list(c, &(struct regulations_find){.kind = kind, .on = c->today}, &list, &n);

    show_household(c, a, v);
    put_kinds(c, kind, v);
    if (st == ST_OK)
        st = regulations_figures(c, list, n, a, &f, &n, &n_unread);
    if (st != ST_OK)
        return st;
    put_columns(c, f, n, v);
    regulations_compare_rows(c, f, n, &v->rows, &v->n_rows);
    if (n > 0) {
        put_districts(c, f, n, v);
        regulations_draw(c, f, n, &v->chart);
        v->chart.title = with(c, regulations_gives(kind) ? "regulations.chart-gets" : "regulations.chart-pays", "kind", v->kind_words);
        v->chart.finding = v->harmonise;
    }
    v->answers = ARENA_ARRAY(c->mem, struct regulations_answer_view, (size_t)n);
    for (; v->n_answers < n; v->n_answers++)
        put_answer(c, &f[v->n_answers], v->n_answers, &v->answers[v->n_answers]);
    v->frame->description = text(c, "regulations.description");
    return html_regulations_compare(w, v);
}

/* GET /regolamenti?tipo=home-care - with the usual household. */
enum status regulations_compare_page(struct web *w)
{
    struct regulations_compare_view v = {.frame = frame_new(w, text(web_ctx(w), "regulations.title"))};
    const enum regulation_kind kind = regulations_asked_kind(web_query(w, "tipo"));
    const struct regulations_asked a = regulations_asked_of(kind);

    return show(w, kind, &a, &v);
}

/* POST /regolamenti - one household through all of them; nothing of it is kept. */
enum status regulations_compare_post(struct web *w)
{
    struct regulations_compare_view v = {.frame = frame_new(w, text(web_ctx(w), "regulations.title")), .was_asked = true};
    const enum regulation_kind kind = regulations_asked_kind(web_field(w, "tipo"));
    struct regulations_asked a = regulations_asked_of(kind);

    read_household(w, &a, &v);
    v.frame->is_hidden = true;
    if (web_ctx(w)->problems.n > 0) {
        web_set_code(w, 422);
        v.error = text(web_ctx(w), "regulations.fix-first");
    }
    return show(w, kind, &a, &v);
}

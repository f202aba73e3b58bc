/* finder_filters.c - filters with counts, chips that take them off. */
#include "base/macros.h"
#include "finder_results_view.h"
#include "finder_words.h"

static const struct {
    enum search_facet facet;
    const char *title;
} order[] = {
    {FACET_OPEN, "finder.filter-open"},         {FACET_TARGET, "finder.filter-target"},
    {FACET_WAY, "finder.filter-way"},           {FACET_COST, "finder.filter-cost"},
    {FACET_KIND, "finder.filter-kind"},         {FACET_ACCESS, "finder.filter-access"},
    {FACET_LANGUAGE, "finder.filter-language"}, {FACET_FRESH, "finder.filter-fresh"},
};

enum { MAX_LANGUAGES = 12 };

/* Key of the words for a value. */
static const char *key_of(struct ctx *c, enum search_facet f, const char *value)
{
    switch (f) {
    case FACET_KIND:
        return str_fmt(c->mem, "catalogue.kind-%s", value).p;
    case FACET_WAY:
        return str_fmt(c->mem, "catalogue.way-%s", value).p;
    case FACET_COST:
        return str_fmt(c->mem, "finder.cost-%s", value).p;
    case FACET_ACCESS:
        return str_fmt(c->mem, "catalogue.access-%s", value).p;
    case FACET_LANGUAGE:
        return str_fmt(c->mem, "finder.language-%s", value).p;
    case FACET_OPEN:
        return "finder.filter-open-now";
    case FACET_FRESH:
        return "finder.filter-fresh-only";
    case FACET_TARGET:
    case FACET_COUNT:
        break;
    }
    return "";
}

/* Words of the catalogue begin small: here they stand alone. */
static struct str capital(struct ctx *c, struct str s)
{
    if (s.n == 0 || s.p[0] < 'a' || s.p[0] > 'z')
        return s;
    return str_fmt(c->mem, "%c%.*s", s.p[0] - 'a' + 'A', (int)s.n - 1, s.p + 1);
}

/* The value itself where there are no words for it. */
static struct str label_of(struct ctx *c, enum search_facet f, struct str value)
{
    if (f == FACET_TARGET) {
        const struct str label = needs_code_label(finder_needs(c), value);

        return label.n > 0 ? label : value;
    }
    const char *key = key_of(c, f, str_z(c->mem, value));

    return capital(c, text_has(c->lang, key) ? text_get(c->lang, key) : value);
}

/* A box that would change nothing, or that says that nothing is known, is not shown. */
static bool is_of_use(const struct search_count *k, int n_total)
{
    return k->is_chosen || (k->n > 0 && k->n < n_total && !str_eq_z(k->value, "unknown"));
}

static void fill_values(struct ctx *c, enum search_facet f, const struct search_answer *r,
                        struct finder_filter *out)
{
    const struct search_facet_counts *counts = &r->facets[f];

    out->values = ARENA_ARRAY(c->mem, struct finder_filter_value, (size_t)counts->n);
    for (int i = 0; i < counts->n && out->n_values < MAX_LANGUAGES; i++) {
        const struct search_count *k = &counts->list[i];

        if (!is_of_use(k, r->n_total))
            continue;
        out->values[out->n_values++] =
            (struct finder_filter_value){.name = finder_facet_name(f),
                                         .value = k->value,
                                         .label = label_of(c, f, k->value),
                                         .n = k->n,
                                         .is_chosen = k->is_chosen,
                                         .id = str_fmt(c->mem, "f-%s-%d", search_facet_name(f), i)};
    }
}

static void keep(struct finder_results_view *v, const char *name, struct str value)
{
    if (value.n > 0)
        v->kept[v->n_kept++] = (struct finder_hidden){name, value};
}

/* What the form of the filters carries along. */
static void fill_kept(struct ctx *c, const struct finder_ask *a, struct finder_results_view *v)
{
    enum { MOST_KEPT = 5 };

    v->kept = ARENA_ARRAY(c->mem, struct finder_hidden, MOST_KEPT);
    keep(v, "cosa", a->ask.words);
    keep(v, "bisogno", a->need != NULL ? a->need->id : STR(""));
    keep(v, "dove", a->where.is_found ? a->where.comune.area.slug : STR(""));
    keep(v, "km", a->ask.km > 0 ? str_fmt(c->mem, "%d", a->ask.km) : STR(""));
}

static void fill_chips(struct ctx *c, const struct finder_ask *a, struct finder_results_view *v)
{
    v->chips = ARENA_ARRAY(c->mem, struct finder_chip, (size_t)a->ask.n_choices);
    for (int i = 0; i < a->ask.n_choices; i++)
        v->chips[v->n_chips++] = (struct finder_chip){
            label_of(c, a->choices[i].facet, a->choices[i].value),
            finder_address(c, a, &(struct finder_change){.without_choice = i + 1})};
    v->clear_path = finder_address(c, a, &(struct finder_change){.no_choices = true});
    v->n_chosen = a->ask.n_choices;
}

void finder_fill_filters(struct ctx *c, const struct finder_ask *a, const struct search_answer *r,
                         struct finder_results_view *v)
{
    v->filters = ARENA_ARRAY(c->mem, struct finder_filter, ARRAY_LEN(order));
    for (int i = 0; i < ARRAY_LEN(order); i++) {
        struct finder_filter *f = &v->filters[v->n_filters];

        fill_values(c, order[i].facet, r, f);
        f->title = text_get(c->lang, order[i].title);
        v->n_filters += f->n_values > 0;
        if (f->n_values == 0)
            *f = (struct finder_filter){0};
    }
    fill_kept(c, a, v);
    fill_chips(c, a, v);
}

/* programme_page.c - the 22 projects as people see them: the list with its filter, one project. */
#include "base/macros.h"
#include "programme_feature.h"
#include "programme_pages.h"
#include "programme_view.h"

struct programme_filter programme_read_filter(struct web *w)
{
    struct programme_filter f = {.kind = web_query(w, "tipo"),
                                 .size_class = web_query(w, "grandezza"),
                                 .words = str_trim(web_query(w, "testo"))};

    if (!str_to_int(web_query(w, "distretto"), &f.district_no) || f.district_no < 0)
        f.district_no = 0;
    return f;
}

static struct programme_link *body_links(struct ctx *c, const struct programme_project *p)
{
    struct programme_link *links = ARENA_ARRAY(c->mem, struct programme_link, (size_t)p->n_bodies);

    for (int i = 0; i < p->n_bodies; i++)
        links[i] = programme_body_link(c, p->bodies[i]);
    return links;
}

static struct str *kind_words(struct ctx *c, const struct programme_project *p)
{
    struct str *kinds = ARENA_ARRAY(c->mem, struct str, (size_t)p->n_kinds);

    for (int i = 0; i < p->n_kinds; i++)
        kinds[i] = programme_words(c, "kind-", p->kinds[i]);
    return kinds;
}

static void fill_lines(struct ctx *c, struct programme_list_view *v,
                       const struct programme_project *list, int n)
{
    v->lines = ARENA_ARRAY(c->mem, struct programme_line, (size_t)n);
    v->n_lines = n;
    for (int i = 0; i < n; i++)
        v->lines[i] = (struct programme_line){.slug = list[i].slug,
                                              .title = list[i].title,
                                              .lead_name = list[i].lead_name,
                                              .population = list[i].population,
                                              .surveyed = programme_month(c, list[i].surveyed),
                                              .bodies = body_links(c, &list[i]),
                                              .n_bodies = list[i].n_bodies,
                                              .kinds = kind_words(c, &list[i]),
                                              .n_kinds = list[i].n_kinds};
}

/* "Minori e famiglie (7)": how many of all projects have it. */
static struct str counted(struct ctx *c, struct str label, int n)
{
    const struct text_arg args[] = {{"label", label}, {"n", text_int(c->mem, c->lang, n)}};

    return text_fill(c->mem, text_get(c->lang, "programme.filter-option"), args, ARRAY_LEN(args));
}

static void fill_kinds(struct ctx *c, struct programme_list_view *v,
                       const struct programme_filter *f, const struct programme_project *all)
{
    v->kinds = ARENA_ARRAY(c->mem, struct programme_option, (size_t)programme_n_kinds);
    v->n_kinds = programme_n_kinds;
    for (int i = 0; i < programme_n_kinds; i++) {
        const struct str kind = str_of(programme_kinds[i]);
        int n = 0;

        for (int k = 0; k < v->n_all; k++)
            for (int m = 0; m < all[k].n_kinds; m++)
                n += str_eq(all[k].kinds[m], kind);
        v->kinds[i] =
            (struct programme_option){.value = kind,
                                      .label = counted(c, programme_words(c, "kind-", kind), n),
                                      .is_chosen = str_eq(kind, f->kind)};
    }
}

static void fill_sizes(struct ctx *c, struct programme_list_view *v,
                       const struct programme_filter *f, const struct programme_project *all)
{
    static const char *const sizes[] = {"small", "medium", "large", "regional-capital"};

    v->sizes = ARENA_ARRAY(c->mem, struct programme_option, ARRAY_LEN(sizes));
    v->n_sizes = ARRAY_LEN(sizes);
    for (int i = 0; i < ARRAY_LEN(sizes); i++) {
        const struct str size = str_of(sizes[i]);
        int n = 0;

        for (int k = 0; k < v->n_all; k++)
            n += str_eq(all[k].size_class, size);
        v->sizes[i] =
            (struct programme_option){.value = size,
                                      .label = counted(c, programme_words(c, "size-", size), n),
                                      .is_chosen = str_eq(size, f->size_class)};
    }
}

static void fill_districts(struct ctx *c, struct programme_list_view *v,
                           const struct programme_filter *f, const struct programme_project *all)
{
    int n = 0;

    for (int i = 0; i < v->n_all; i++)
        n += all[i].n_districts;
    v->districts = ARENA_ARRAY(c->mem, struct programme_option, (size_t)n);
    for (int i = 0; i < v->n_all; i++)
        for (int k = 0; k < all[i].n_districts; k++)
            v->districts[v->n_districts++] = (struct programme_option){
                .value = str_fmt(c->mem, "%lld", (long long)all[i].districts[k]),
                .label = programme_district_link(c, all[i].districts[k]).label,
                .is_chosen = all[i].districts[k] == f->district_no};
}

static enum status fill_about(struct ctx *c, struct programme_list_view *v)
{
    struct programme_phase *phases;
    int64_t *measures;
    enum status st = programme_phases(c, &phases, &v->n_phases);

    if (st == ST_OK)
        st = programme_measures(c, &measures, &v->n_measures);
    if (st != ST_OK)
        return st;
    v->phases = ARENA_ARRAY(c->mem, struct programme_phase_view, (size_t)v->n_phases);
    for (int i = 0; i < v->n_phases; i++) {
        const struct text_arg months[] = {{"from", programme_month(c, phases[i].from_month)},
                                          {"to", programme_month(c, phases[i].to_month)}};
        const char *key =
            phases[i].to_month.n > 0 ? "programme.phase-months" : "programme.phase-from";

        v->phases[i] = (struct programme_phase_view){
            .months = text_fill(c->mem, text_get(c->lang, key), months, ARRAY_LEN(months)),
            .words = programme_words(c, "phase-",
                                     str_fmt(c->mem, "%lld", (long long)phases[i].phase_no))};
    }
    v->measures = ARENA_ARRAY(c->mem, struct str, (size_t)v->n_measures);
    for (int i = 0; i < v->n_measures; i++)
        v->measures[i] =
            programme_words(c, "measure-", str_fmt(c->mem, "%lld", (long long)measures[i]));
    return ST_OK;
}

/* GET /progetti - every state of the filter has its address. */
enum status programme_list_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct programme_filter f = programme_read_filter(w);
    struct programme_project *list, *all;
    struct programme_list_view v = {.frame = frame_new(w, text_get(c->lang, "programme.title")),
                                    .words = f.words};
    int n = 0;
    enum status st =
        programme_projects(c, &(struct programme_filter){.district_no = 0}, &all, &v.n_all);

    if (st == ST_OK)
        st = programme_projects(c, &f, &list, &n);
    if (st == ST_OK)
        st = fill_about(c, &v);
    if (st != ST_OK)
        return st;
    v.frame->description = text_get(c->lang, "programme.lead");
    v.is_filtered = f.kind.n > 0 || f.size_class.n > 0 || f.words.n > 0 || f.district_no != 0;
    v.csv_path = STR("/dati/progetti.csv");
    if (v.is_filtered) {
        const struct str query = web_query_string(w);

        v.csv_path = str_fmt(c->mem, "/dati/progetti.csv?%.*s", (int)query.n, query.p);
    }
    fill_lines(c, &v, list, n);
    fill_kinds(c, &v, &f, all);
    fill_sizes(c, &v, &f, all);
    fill_districts(c, &v, &f, all);
    return html_programme_list(w, &v);
}

static struct programme_number number_row(struct ctx *c, const struct programme_target *t)
{
    struct programme_number row = {.activity = t->activity,
                                   .indicator = t->indicator,
                                   .amount = programme_amount(c, t),
                                   .section = t->section,
                                   .snippet = t->snippet};

    if (t->people.n > 0 && !str_eq(t->people, t->unit)) /* "70 famiglie" says it already */
        row.people = programme_words(c, "people-", t->people);
    if (t->measured.n > 0)
        row.measured = programme_month(c, t->measured);
    if (t->note.n > 0)
        row.note = programme_words(c, "note-", t->code);
    return row;
}

static void fill_numbers(struct ctx *c, struct programme_project_view *v,
                         const struct programme_target *targets, int n)
{
    static const char *const kinds[] = {"target", "design", "status", "context"};

    v->numbers = ARENA_ARRAY(c->mem, struct programme_numbers, ARRAY_LEN(kinds));
    for (int k = 0; k < ARRAY_LEN(kinds); k++) {
        const struct str kind = str_of(kinds[k]);
        struct programme_numbers *t = &v->numbers[v->n_numbers];

        *t = (struct programme_numbers){
            .id = kind,
            .title = programme_words(c, "numbers-", kind),
            .caption = programme_words(c, "caption-", kind),
            .rows = ARENA_ARRAY(c->mem, struct programme_number, (size_t)n)};
        for (int i = 0; i < n; i++)
            if (str_eq(targets[i].kind, kind))
                t->rows[t->n_rows++] = number_row(c, &targets[i]);
        v->n_numbers += t->n_rows > 0;
        v->has_targets |= k == 0 && t->n_rows > 0;
    }
}

static void fill_initiatives(struct ctx *c, struct programme_project_view *v,
                             const struct programme_initiative *list, int n)
{
    v->initiatives = ARENA_ARRAY(c->mem, struct programme_initiative_view, (size_t)n);
    v->n_initiatives = n;
    for (int i = 0; i < n; i++)
        v->initiatives[i] = (struct programme_initiative_view){
            .name = list[i].name,
            .kind = programme_words(c, "initiative-", list[i].kind),
            .what = list[i].what,
            .year = str_fmt(c->mem, "%lld", (long long)list[i].year)};
}

static void fill_project(struct ctx *c, struct programme_project_view *v,
                         const struct programme_project *p)
{
    v->code = p->code;
    v->title = p->title;
    v->lead_name = p->lead_name;
    v->area_name = p->area_name;
    v->size = programme_words(c, "size-", p->size_class);
    v->surveyed = programme_month(c, p->surveyed);
    v->path = str_fmt(c->mem, "/progetti/%.*s", (int)p->slug.n, p->slug.p);
    v->population = p->population;
    v->n_comuni_stated = p->n_comuni_stated;
    v->bodies = body_links(c, p);
    v->n_bodies = p->n_bodies;
    v->kinds = kind_words(c, p);
    v->n_kinds = p->n_kinds;
    v->districts = ARENA_ARRAY(c->mem, struct programme_link, (size_t)p->n_districts);
    v->n_districts = p->n_districts;
    for (int i = 0; i < p->n_districts; i++)
        v->districts[i] = programme_district_link(c, p->districts[i]);
}

/* GET /progetti/:slug - one project; an address written otherwise (accents, capitals, its code)
 * leads to the right one. */
enum status programme_project_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct str asked = web_path_value(w, "slug");
    struct programme_project p;
    struct programme_target *targets;
    struct programme_initiative *initiatives;
    int n_targets = 0, n_initiatives = 0;
    enum status st = programme_project_by_slug(c, asked, &p);

    if (st == ST_NOT_FOUND) {
        st = programme_project_by_slug(c, str_slug(c->mem, asked), &p);
        if (st == ST_OK)
            return web_redirect(w, str_fmt(c->mem, "/progetti/%.*s", (int)p.slug.n, p.slug.p));
    }
    if (st == ST_OK)
        st = programme_targets(c, p.code, &targets, &n_targets);
    if (st == ST_OK)
        st = programme_initiatives_of_project(c, p.code, &initiatives, &n_initiatives);
    if (st != ST_OK)
        return st;
    const struct text_arg name = {"name", p.lead_name};
    struct programme_project_view v = {
        .frame =
            frame_new(w, text_fill(c->mem, text_get(c->lang, "programme.page-title"), &name, 1))};

    frame_crumb(w, v.frame, text_get(c->lang, "programme.title"), STR("/progetti"));
    fill_project(c, &v, &p);
    fill_numbers(c, &v, targets, n_targets);
    fill_initiatives(c, &v, initiatives, n_initiatives);
    return html_programme_project(w, &v);
}

/* needs.c - the tables of the needs, read and checked; what others ask about them. */
#include "needs.h"
#include "base/log.h"
#include "base/sheet.h"
#include "base/tables.h"
#include "needs_index.h"

const char *const need_language_code[NEED_LANGUAGE_COUNT] = {"it", "facile", "en", "fr", "ro",
                                                             "ar", "sq",     "es", "zh", "uk"};

struct reading {
    struct needs *x;
    struct arena *mem;
    const char *file;
    struct sheet sheet;
    int row;
    enum need_language language; /* of the labels being read */
    struct str *why;
};

static enum status refuse(const struct reading *r, const char *what, struct str value)
{
    *r->why = str_fmt(r->mem, "%s line %lld: %s: \"%.*s\"", r->file,
                      (long long)r->sheet.lines[r->row], what, (int)value.n, value.p);
    return ST_INVALID;
}

static struct str cell(const struct reading *r, const char *name)
{
    return sheet_cell(&r->sheet, r->row, name);
}

static enum status open_sheet(struct reading *r, const char *file, struct str bytes,
                              const char *const *columns)
{
    struct str why;

    r->file = file;
    if (sheet_read(r->mem, bytes, &r->sheet, &why) != ST_OK) {
        *r->why = str_fmt(r->mem, "%s %.*s", file, (int)why.n, why.p);
        return ST_INVALID;
    }
    for (; *columns != NULL; columns++) {
        if (sheet_column(&r->sheet, *columns) < 0) {
            *r->why = str_fmt(r->mem, "%s has no column \"%s\"", file, *columns);
            return ST_INVALID;
        }
    }
    return ST_OK;
}

/* ---- codes, groups, needs ---- */

static enum status read_codes(struct reading *r, const char *file, struct str bytes)
{
    struct needs *const x = r->x;
    const enum status st = open_sheet(r, file, bytes, (const char *const[]){"code", "label", NULL});

    if (st != ST_OK)
        return st;
    const size_t n = (size_t)(x->n_codes + r->sheet.n_rows);

    x->code_labels = arena_grow(r->mem, x->code_labels, (size_t)x->n_codes * sizeof *x->code_labels,
                                n * sizeof *x->code_labels);
    for (r->row = 0; r->row < r->sheet.n_rows; r->row++) {
        if (map_add(&x->code_of, cell(r, "code"), x->n_codes) != x->n_codes)
            return refuse(r, "this code stands twice", cell(r, "code"));
        x->code_labels[x->n_codes++] = cell(r, "label");
    }
    return ST_OK;
}

static bool is_slug(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !(s.p[i] >= '0' && s.p[i] <= '9') && s.p[i] != '-')
            return false;
    return s.n > 0;
}

static void put_italian(struct need_label *labels, struct str text, struct str help)
{
    for (int l = 0; l < NEED_LANGUAGE_COUNT; l++)
        labels[l] = (struct need_label){.text = text, .help = help, .is_italian = true};
}

static enum status read_groups(struct reading *r, struct str bytes)
{
    struct needs *const x = r->x;
    const enum status st = open_sheet(r, "groups.csv", bytes,
                                      (const char *const[]){"id", "icon", "label", "help", NULL});

    if (st != ST_OK)
        return st;
    x->groups = ARENA_ARRAY(r->mem, struct need_group, (size_t)r->sheet.n_rows);
    for (r->row = 0; r->row < r->sheet.n_rows; r->row++) {
        struct need_group *const g = &x->groups[x->n_groups];

        *g = (struct need_group){.id = cell(r, "id"), .icon = cell(r, "icon")};
        put_italian(g->label, cell(r, "label"), cell(r, "help"));
        if (!is_slug(g->id) || map_add(&x->group_of, g->id, x->n_groups) != x->n_groups)
            return refuse(r, "this is no id of its own", g->id);
        x->n_groups++;
    }
    return ST_OK;
}

static enum status read_list(struct reading *r, const char *column, struct str **out, int *n_out)
{
    struct str rest = cell(r, column);
    int n = 1;

    for (size_t i = 0; i < rest.n; i++)
        n += rest.p[i] == ' ';
    *out = ARENA_ARRAY(r->mem, struct str, (size_t)n);
    while (rest.n > 0) {
        const struct str code = str_cut(&rest, ' ');

        if (code.n == 0)
            continue;
        if (map_get(&r->x->code_of, code) < 0)
            return refuse(r, "no such code", code);
        (*out)[(*n_out)++] = code;
    }
    return ST_OK;
}

static enum status read_need(struct reading *r)
{
    struct needs *const x = r->x;
    struct need *const n = &x->needs[x->n_needs];
    const int group = map_get(&x->group_of, cell(r, "group"));

    *n = (struct need){
        .id = cell(r, "id"), .group = group, .is_urgent = str_eq(cell(r, "urgent"), STR("yes"))};
    put_italian(n->label, cell(r, "label"), cell(r, "help"));
    if (group < 0)
        return refuse(r, "no such group", cell(r, "group"));
    if (!is_slug(n->id) || map_get(&x->group_of, n->id) >= 0 ||
        map_add(&x->need_of, n->id, x->n_needs) != x->n_needs)
        return refuse(r, "this is no id of its own", n->id);
    if (x->n_needs > 0 && group != x->needs[x->n_needs - 1].group && x->groups[group].n > 0)
        return refuse(r, "the needs of a group stand together", n->id);
    if (x->groups[group].n++ == 0)
        x->groups[group].first = x->n_needs;
    enum status st = read_list(r, "siuss", &n->siuss, &n->n_siuss);

    if (st == ST_OK)
        st = read_list(r, "cisis", &n->cisis, &n->n_cisis);
    if (st == ST_OK)
        st = read_list(r, "areas", &n->areas, &n->n_areas);
    x->n_needs++;
    return st;
}

static enum status read_needs(struct reading *r, struct str bytes)
{
    enum status st = open_sheet(r, "needs.csv", bytes,
                                (const char *const[]){"id", "group", "label", "help", "siuss",
                                                      "cisis", "areas", "urgent", NULL});

    if (st == ST_OK)
        r->x->needs = ARENA_ARRAY(r->mem, struct need, (size_t)r->sheet.n_rows);
    for (r->row = 0; st == ST_OK && r->row < r->sheet.n_rows; r->row++)
        st = read_need(r);
    return st;
}

/* ---- labels of other languages, phrases ---- */

static enum status read_label(struct reading *r)
{
    struct needs *const x = r->x;
    const struct str id = cell(r, "id"), text = cell(r, "label"), help = cell(r, "help");
    const int need = map_get(&x->need_of, id), group = map_get(&x->group_of, id);

    if (need < 0 && group < 0)
        return refuse(r, "no need and no group has this id", id);
    struct need_label *const label =
        need >= 0 ? &x->needs[need].label[r->language] : &x->groups[group].label[r->language];

    if (!label->is_italian)
        return refuse(r, "this id stands twice", id);
    if (text.n == 0)
        return ST_OK;
    *label = (struct need_label){
        .text = text, .help = help.n > 0 ? help : label->help, .reviewer = cell(r, "reviewer")};
    return ST_OK;
}

static enum status read_labels(struct reading *r, const struct needs_tables *t)
{
    enum status st = ST_OK;

    for (int l = NEED_IT + 1; l < NEED_LANGUAGE_COUNT && st == ST_OK; l++) {
        if (t->labels[l].n == 0)
            continue;
        const struct str file = str_fmt(r->mem, "labels_%s.csv", need_language_code[l]);

        r->language = (enum need_language)l;
        st = open_sheet(r, file.p, t->labels[l],
                        (const char *const[]){"id", "label", "help", "reviewer", NULL});
        for (r->row = 0; st == ST_OK && r->row < r->sheet.n_rows; r->row++)
            st = read_label(r);
    }
    return st;
}

static enum status read_phrases(struct reading *r)
{
    struct needs *const x = r->x;
    const struct str id = cell(r, "need");
    const int need = map_get(&x->need_of, id), group = map_get(&x->group_of, id);
    const int target = need >= 0 ? need : x->n_needs + group;
    struct str rest = cell(r, "phrases");
    int64_t sure;

    if (need < 0 && group < 0)
        return refuse(r, "no need and no group has this id", id);
    if (!str_to_int(cell(r, "sure"), &sure) || sure < 1 || sure > MAX_SURE)
        return refuse(r, "sure is 1, 2 or 3", cell(r, "sure"));
    while (rest.n > 0) {
        const struct str phrase = str_trim(str_cut(&rest, '|'));
        const char *why;

        if (phrase.n > 0 && index_add(x, target, (int)sure, phrase, true, &why) != ST_OK)
            return refuse(r, why, phrase);
    }
    return ST_OK;
}

static enum status read_words(struct reading *r, struct str bytes)
{
    enum status st =
        open_sheet(r, "words.csv", bytes, (const char *const[]){"need", "sure", "phrases", NULL});

    for (r->row = 0; st == ST_OK && r->row < r->sheet.n_rows; r->row++)
        st = read_phrases(r);
    return st;
}

/* What is shown is found too: the label, each part of the help, and the label in every language. A
 * label of function words alone says nothing to the search, and that is no mistake of the table. */
static void add_labels(struct needs *x, int target, const struct need_label *labels)
{
    const char *why;
    struct str rest = labels[NEED_IT].help;

    index_add(x, target, SURE_POINTS, labels[NEED_IT].text, true, &why);
    while (rest.n > 0) {
        const struct str part = str_trim(str_cut(&rest, ','));

        if (part.n > 0)
            index_add(x, target, SURE_HINT, part, true, &why);
    }
    for (int l = NEED_IT + 1; l < NEED_LANGUAGE_COUNT; l++)
        if (!labels[l].is_italian)
            index_add(x, target, l == NEED_FACILE ? SURE_HINT : SURE_POINTS, labels[l].text,
                      l == NEED_FACILE, &why);
}

enum status needs_build(struct arena *mem, const struct needs_tables *t, struct needs **out,
                        struct str *why)
{
    struct needs *const x = ARENA_NEW(mem, struct needs);
    struct reading r = {.x = x, .mem = mem, .why = why};

    *x = (struct needs){.mem = mem,
                        .scratch = arena_new(0),
                        .need_of = map_new(mem, 200),
                        .group_of = map_new(mem, 20),
                        .code_of = map_new(mem, 80),
                        .term_of = map_new(mem, 4000),
                        .listed_at = map_new(mem, 4000)};
    *out = x;
    enum status st = words_build(mem, &t->analysis, &x->words, why);

    if (st == ST_OK)
        st = read_codes(&r, "siuss.csv", t->siuss);
    if (st == ST_OK)
        st = read_codes(&r, "cisis.csv", t->cisis);
    if (st == ST_OK)
        st = read_codes(&r, "areas.csv", t->areas);
    if (st == ST_OK)
        st = read_groups(&r, t->groups);
    if (st == ST_OK)
        st = read_needs(&r, t->needs);
    if (st == ST_OK)
        st = read_labels(&r, t);
    if (st == ST_OK)
        st = read_words(&r, t->words);
    if (st != ST_OK) {
        arena_free(x->scratch);
        return st;
    }
    for (int i = 0; i < x->n_needs; i++)
        add_labels(x, i, x->needs[i].label);
    for (int g = 0; g < x->n_groups; g++)
        add_labels(x, x->n_needs + g, x->groups[g].label);
    index_close(x);
    return ST_OK;
}

static struct str bytes_of(const char *name)
{
    const struct table_file *const f = table_find(name);

    if (f == NULL)
        bug("no table %s", name);
    return f->bytes;
}

struct needs *needs_open(struct arena *mem)
{
    struct needs_tables t = {
        .groups = bytes_of("needs/groups.csv"),
        .needs = bytes_of("needs/needs.csv"),
        .words = bytes_of("needs/words.csv"),
        .siuss = bytes_of("needs/siuss.csv"),
        .cisis = bytes_of("needs/cisis.csv"),
        .areas = bytes_of("needs/areas.csv"),
        .analysis = {bytes_of("needs/function_words.csv"), bytes_of("needs/variants.csv"),
                     bytes_of("needs/stems.csv"), bytes_of("needs/rings.csv")},
    };
    struct needs *x;
    struct str why = STR("");

    for (int l = NEED_IT + 1; l < NEED_LANGUAGE_COUNT; l++)
        t.labels[l] = bytes_of(str_fmt(mem, "needs/labels_%s.csv", need_language_code[l]).p);
    if (needs_build(mem, &t, &x, &why) != ST_OK)
        bug("%.*s", (int)why.n, why.p);
    return x;
}

/* ---- what others ask ---- */

bool needs_has_stem(const struct needs *x, struct str stem)
{
    return map_get(&x->term_of, stem) >= 0;
}

const struct vocabulary *needs_vocabulary(const struct needs *x)
{
    return x->vocabulary;
}

const struct words *needs_words(const struct needs *x)
{
    return x->words;
}

int needs_n_groups(const struct needs *x)
{
    return x->n_groups;
}

const struct need_group *needs_group(const struct needs *x, int i)
{
    return &x->groups[i];
}

int needs_n(const struct needs *x)
{
    return x->n_needs;
}

const struct need *needs_at(const struct needs *x, int i)
{
    return &x->needs[i];
}

const struct need *need_by_id(const struct needs *x, struct str id)
{
    const int i = map_get(&x->need_of, id);

    return i < 0 ? NULL : &x->needs[i];
}

struct str needs_code_label(const struct needs *x, struct str code)
{
    const int i = map_get(&x->code_of, code);

    return i < 0 ? STR("") : x->code_labels[i];
}

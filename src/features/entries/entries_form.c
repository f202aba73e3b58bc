/* entries_form.c - forms of entries: what was typed, what is shown beside each field. */
#include "base/clock.h"
#include "base/date.h"
#include "base/gulpease.h"
#include "base/macros.h"
#include "base/personal.h"
#include "base/random.h"
#include "entries_feature.h"
#include "features/needs/needs.h"
#include <stdio.h>
#include <string.h>

enum { MOST_WARNINGS = 4, MOST_LONGS = 5, EASY = 60, SEEN_DIGITS = 16, MOST_CHECKED = 200 };

struct str entries_words(struct ctx *c, const char *key, const char *name, struct str value)
{
    const struct text_arg arg = {name, value};

    return text_fill(c->mem, text_get(c->lang, key), &arg, 1);
}

struct str entries_sum_text(struct ctx *c, int64_t sum)
{
    return str_fmt(c->mem, "%016llx", (unsigned long long)sum);
}

static bool read_sum(struct str text, int64_t *out)
{
    uint64_t v = 0;

    if (text.n != SEEN_DIGITS)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        const char ch = text.p[i];
        const int digit = ch >= '0' && ch <= '9' ? ch - '0' : ch >= 'a' && ch <= 'f' ? ch - 'a' + 10 : -1;

        if (digit < 0)
            return false;
        v = v << 4 | (uint64_t)digit;
    }
    memcpy(out, &v, sizeof v);
    return true;
}

struct str entries_when(struct ctx *c, int64_t at_ms)
{
    return text_day(c->mem, c->lang, clock_day_at(at_ms));
}

struct str entries_new_batch(struct ctx *c)
{
    return random_code(c->mem, 12);
}

struct str entries_opened(struct ctx *c)
{
    return str_fmt(c->mem, "%lld", (long long)c->now_ms);
}

/* ---- what came ---- */

static bool has_checks(enum edit_field f)
{
    return f == EDIT_NEEDS || f == EDIT_TARGETS || f == EDIT_WAYS;
}

static struct str ticked(struct web *w, const char *name)
{
    struct buf b = buf_new(web_ctx(w)->mem, 64);
    struct str one;

    for (int i = 0; i < MOST_CHECKED && web_field_at(w, name, i, &one); i++) {
        if (b.n > 0 && one.n > 0)
            buf_char(&b, '\n');
        buf_str(&b, one);
    }
    return buf_view(&b);
}

int entries_read_form(struct web *w, struct edit_change *list)
{
    struct ctx *c = web_ctx(w);
    int n = 0;

    for (int i = 1; i < EDIT_FIELD_COUNT; i++) {
        const enum edit_field f = (enum edit_field)i;
        const char *name = catalogue_edit_shape(f)->name;
        struct edit_change x = {.field = f};
        struct str was, first;

        if (!web_field_at(w, str_z(c->mem, str_fmt(c->mem, "was-%s", name)), 0, &was))
            continue;
        if (!has_checks(f) && !web_field_at(w, name, 0, &first))
            continue;
        x.text = has_checks(f) ? ticked(w, name) : first;
        x.has_was = read_sum(was, &x.was_sum);
        list[n++] = x;
    }
    return n;
}

int entries_draft_changes(const struct draft *d, struct edit_change *list)
{
    for (int i = 0; i < d->n; i++) {
        list[i] = (struct edit_change){.field = d->fields[i].field, .text = d->fields[i].text};
        list[i].has_was = read_sum(d->fields[i].was, &list[i].was_sum);
    }
    return d->n;
}

struct draft entries_draft_of(struct ctx *c, const struct edit_change *list, int n)
{
    struct draft d = {.fields = ARENA_ARRAY(c->mem, struct draft_field, (size_t)n + 1), .n = n};

    for (int i = 0; i < n; i++)
        d.fields[i] = (struct draft_field){list[i].field, list[i].text, list[i].has_was ? entries_sum_text(c, list[i].was_sum) : STR("")};
    return d;
}

const struct edit_change *entries_typed(const struct edit_change *list, int n, enum edit_field f)
{
    for (int i = 0; i < n; i++)
        if (list[i].field == f)
            return &list[i];
    return NULL;
}

/* ---- what is shown ---- */

static const char *hint_of(enum edit_field f)
{
    switch (f) {
    case EDIT_NAME: return "entries.hint-name";
    case EDIT_SUMMARY: return "entries.hint-summary";
    case EDIT_DESCRIPTION: return "entries.hint-description";
    case EDIT_HOURS: return "entries.hint-hours";
    case EDIT_PHONES: return "entries.hint-phones";
    case EDIT_PLACES: return "entries.hint-places";
    case EDIT_AREAS: return "entries.hint-areas";
    case EDIT_DOCUMENTS: return "entries.hint-documents";
    case EDIT_LANGUAGES: return "entries.hint-languages";
    case EDIT_APPLICATION: return "entries.hint-application";
    case EDIT_ELIGIBILITY: return "entries.hint-eligibility";
    case EDIT_FEES: return "entries.hint-fees";
    case EDIT_ISEE_NOTE: return "entries.hint-isee-note";
    case EDIT_INTAKE: return "entries.hint-intake";
    case EDIT_ALERT: return "entries.hint-alert";
    case EDIT_PLACES_FREE: return "entries.hint-places-free";
    case EDIT_NEEDS: return "entries.hint-needs";
    default: return NULL;
    }
}

static bool is_prose(enum edit_field f)
{
    return f == EDIT_SUMMARY || f == EDIT_DESCRIPTION || f == EDIT_APPLICATION || f == EDIT_ELIGIBILITY || f == EDIT_INTAKE ||
           f == EDIT_ALERT;
}

static bool is_free_text(enum edit_field f)
{
    const enum edit_kind kind = catalogue_edit_shape(f)->kind;

    return (kind == EDIT_LINE || kind == EDIT_PROSE) && f != EDIT_EMAIL && f != EDIT_URL;
}

static enum entries_widget widget_of(enum edit_field f)
{
    if (has_checks(f))
        return WIDGET_CHECKS;
    if (f == EDIT_SUMMARY || f == EDIT_ALERT)
        return WIDGET_AREA;
    switch (catalogue_edit_shape(f)->kind) {
    case EDIT_PROSE:
    case EDIT_LIST: return WIDGET_AREA;
    case EDIT_CHOICE: return WIDGET_SELECT;
    case EDIT_NUMBER: return WIDGET_NUMBER;
    case EDIT_DAY: return WIDGET_DAY;
    default: return WIDGET_LINE;
    }
}

static bool holds_line(struct str text, struct str id)
{
    while (text.n > 0)
        if (str_eq(str_trim(str_cut(&text, '\n')), id))
            return true;
    return false;
}

static void add_choice(struct ctx *c, struct entries_group *g, enum edit_field f, struct str value, struct str label, struct str text)
{
    g->choices[g->n_choices] = (struct entries_choice){
        .value = value,
        .label = label,
        .id = str_fmt(c->mem, "%s-%.*s", catalogue_edit_shape(f)->name, (int)value.n, value.p),
        .is_on = holds_line(text, value)};
    g->n_choices++;
}

static struct entries_group *new_groups(struct ctx *c, struct entries_field *out, int n_groups, int n_choices)
{
    struct entries_group *g = ARENA_ARRAY(c->mem, struct entries_group, (size_t)n_groups);

    for (int i = 0; i < n_groups; i++)
        g[i].choices = ARENA_ARRAY(c->mem, struct entries_choice, (size_t)n_choices);
    out->groups = g;
    out->n_groups = n_groups;
    return g;
}

static void fill_names(struct ctx *c, struct entries_field *out, const char *const *names, int n)
{
    struct entries_group *g = new_groups(c, out, 1, n);

    for (int i = 0; i < n; i++)
        add_choice(c, g, out->field, str_of(names[i]), catalogue_edit_words(c, out->field, str_of(names[i])), out->text);
}

static void fill_needs(struct ctx *c, struct entries_field *out)
{
    const struct needs *x = needs_of(c);
    const int language = c->lang == LANG_EN ? NEED_EN : NEED_IT;
    struct entries_group *g = new_groups(c, out, needs_n_groups(x), needs_n(x));

    for (int i = 0; i < needs_n_groups(x); i++) {
        const struct need_group *from = needs_group(x, i);

        g[i].label = from->label[language].text;
        for (int k = 0; k < from->n; k++) {
            const struct need *need = needs_at(x, from->first + k);

            add_choice(c, &g[i], out->field, need->id, need->label[language].text, out->text);
        }
    }
}

static void fill_targets(struct ctx *c, struct entries_field *out)
{
    const struct needs *x = needs_of(c);
    struct entries_group *g = new_groups(c, out, 1, 100);

    for (int i = 0; i < needs_n(x); i++)
        for (int k = 0; k < needs_at(x, i)->n_areas && g->n_choices < 100; k++) {
            const struct str id = needs_at(x, i)->areas[k];
            bool is_there = false;

            for (int j = 0; j < g->n_choices; j++)
                is_there |= str_eq(g->choices[j].value, id);
            if (!is_there)
                add_choice(c, g, out->field, id, needs_code_label(x, id), out->text);
        }
}

static void fill_choices(struct ctx *c, struct entries_field *out)
{
    static const char *const fees[] = {"unknown", "free", "by-isee", "paid"};
    static const char *const kinds[] = {"service", "benefit", "course", "job", "apprenticeship", "event", "volunteering", "call"};
    static const char *const statuses[] = {"active", "temporarily closed", "inactive"};
    static const char *const ways[] = {"presence", "phone", "online", "home"};

    switch (out->field) {
    case EDIT_FEE: fill_names(c, out, fees, ARRAY_LEN(fees)); break;
    case EDIT_KIND: fill_names(c, out, kinds, ARRAY_LEN(kinds)); break;
    case EDIT_STATUS: fill_names(c, out, statuses, ARRAY_LEN(statuses)); break;
    case EDIT_WAYS: fill_names(c, out, ways, ARRAY_LEN(ways)); break;
    case EDIT_NEEDS: fill_needs(c, out); break;
    case EDIT_TARGETS: fill_targets(c, out); break;
    default: break;
    }
}

static void fill_ease(struct ctx *c, struct entries_field *out)
{
    struct gulpease g;
    struct str rest = out->text, sentence;
    struct entries_text *longs = ARENA_ARRAY(c->mem, struct entries_text, MOST_LONGS);
    int n_words;

    gulpease_measure(out->text, &g);
    out->is_hard = g.is_told && g.score < EASY;
    if (g.is_told)
        out->ease = entries_words(c, out->is_hard ? "entries.ease-hard" : "entries.ease-good", "score", str_fmt(c->mem, "%d", g.score));
    while (out->n_longs < MOST_LONGS && gulpease_next_long(&rest, &sentence, &n_words))
        longs[out->n_longs++].text = sentence;
    out->longs = longs;
}

static int warnings_of(struct ctx *c, struct str text, struct entries_text *out)
{
    static const char *const keys[PERSONAL_KINDS] = {[PERSONAL_MOBILE] = "base.personal-mobile",
                                                     [PERSONAL_MAIL] = "base.personal-mail",
                                                     [PERSONAL_TAX_CODE] = "base.personal-tax-code",
                                                     [PERSONAL_HEALTH] = "base.personal-health"};
    struct personal found[MOST_WARNINGS];
    const int n = personal_find(c->mem, text, found, MOST_WARNINGS);

    for (int i = 0; i < n; i++)
        out[i].text = entries_words(c, keys[found[i].kind], "value", found[i].words);
    return n;
}

struct entries_field entries_field(struct ctx *c, enum edit_field f, const struct service *s, const struct edit_change *typed, const char *prefix)
{
    const struct edit_shape *shape = catalogue_edit_shape(f);
    const struct str now = catalogue_edit_text(c->mem, f, s);
    const struct problem *p = problems_of(&c->problems, shape->name);
    const char *hint = hint_of(f);
    struct entries_text *warnings = ARENA_ARRAY(c->mem, struct entries_text, MOST_WARNINGS);
    struct entries_field out = {.field = f,
                                .name = shape->name,
                                .id = str_fmt(c->mem, "%s%s", prefix, shape->name),
                                .label = text_get(c->lang, shape->label),
                                .hint = hint == NULL ? STR("") : text_get(c->lang, hint),
                                .widget = widget_of(f),
                                .text = typed != NULL ? typed->text : now,
                                .was = entries_sum_text(c, typed != NULL && typed->has_was ? typed->was_sum : catalogue_edit_sum(now)),
                                .is_needed = shape->is_needed,
                                .is_prose = is_prose(f)};

    if (p != NULL)
        out.error = entries_words(c, p->key, "value", p->value);
    out.rows = f == EDIT_DESCRIPTION ? 8 : shape->kind == EDIT_PROSE ? 4 : f == EDIT_SUMMARY || f == EDIT_ALERT ? 2 : 3;
    fill_choices(c, &out);
    if (out.is_prose)
        fill_ease(c, &out);
    if (is_free_text(f))
        out.n_warnings = warnings_of(c, out.text, warnings);
    out.warnings = warnings;
    return out;
}

void entries_faults(struct ctx *c, struct entries_field *fields, int n, struct entries_fault *out, int *n_out)
{
    for (int i = 0; i < n; i++)
        if (fields[i].error.n > 0 && *n_out < EDIT_FIELD_COUNT)
            out[(*n_out)++] = (struct entries_fault){fields[i].id, fields[i].label, fields[i].error};
}

bool entries_cautions(struct ctx *c, const struct edit_change *list, int n, const struct service *s, struct entries_fault *out, int *n_out)
{
    *n_out = 0;
    for (int i = 0; i < n; i++) {
        const struct edit_shape *shape = catalogue_edit_shape(list[i].field);
        struct entries_text found[MOST_WARNINGS];

        if (!is_free_text(list[i].field) || str_eq(list[i].text, catalogue_edit_text(c->mem, list[i].field, s)))
            continue;
        const int n_found = warnings_of(c, list[i].text, found);

        for (int k = 0; k < n_found && *n_out < EDIT_FIELD_COUNT; k++)
            out[(*n_out)++] = (struct entries_fault){str_of(shape->name), text_get(c->lang, shape->label), found[k].text};
    }
    return *n_out > 0;
}

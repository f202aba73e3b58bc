/* regulations_compare.c - rows of the comparison, with what differs told apart. */
#include "regulations_compare.h"
#include "base/date.h"
#include "base/macros.h"

enum { MOST_ROWS = 60, FOUND_ROWS = 10 };

struct regulations_asked regulations_asked_of(enum regulation_kind kind)
{
    struct regulations_asked a = regulations_asked_usual;

    if (kind == REGULATION_SCHOOL || kind == REGULATION_SUPPORT) {
        a.age = 38;
        a.minors = 2;
        a.isee_cents = kind == REGULATION_SUPPORT ? 480000 : a.isee_cents;
    }
    if (kind == REGULATION_CARE_HOME)
        a.times = 1;
    return a;
}

static struct str found(struct ctx *c, const struct regulations_figure *f, int row)
{
    const struct regulations_curve *const v = &f->curve;

    switch (row) {
    case 0:
        return regulations_pattern_words(c, f->regulation);
    case 1:
        return regulations_isee_words(c, v);
    case 2:
        return regulations_per_words(c, f->per);
    case 3:
        return v->has_free ? regulations_euro(c, v->free_cents) : text_get(c->lang, "regulations.nobody");
    case 4:
        return v->has_full ? regulations_euro(c, v->full_cents) : text_get(c->lang, "regulations.nobody");
    case 5:
        return regulations_euro(c, v->most_cents);
    case 6:
        return text_int(c->mem, c->lang, v->n_jumps);
    case 7: {
        int64_t most = 0;

        for (int i = 0; i < v->n_jumps; i++) {
            const int64_t d = v->jumps[i].after_cents - v->jumps[i].before_cents;

            most = d > most ? d : -d > most ? -d : most;
        }
        return regulations_euro(c, most);
    }
    case 8:
        return text_day(c->mem, c->lang, f->regulation->from);
    default:
        return rules_source_of(f->rules).text;
    }
}

/* The words that most cells have; ties go to the first. */
static struct str usual(const struct regulations_row *r)
{
    struct str best = STR("");
    int n_best = 0;

    for (int i = 0; i < r->n_cells; i++) {
        int n = 0;

        for (int k = 0; k < r->n_cells; k++)
            n += str_eq(r->cells[i].words, r->cells[k].words);
        if (n > n_best) {
            n_best = n;
            best = r->cells[i].words;
        }
    }
    return best;
}

static void tell_apart(struct regulations_row *r)
{
    const struct str most = usual(r);

    for (int i = 0; i < r->n_cells; i++) {
        r->cells[i].is_other = !str_eq(r->cells[i].words, most);
        r->is_different = r->is_different || r->cells[i].is_other;
    }
}

static const struct rules_parameter *named(struct ctx *c, const struct rules *r, struct str name)
{
    for (int i = 0; i < rules_n_parameters(r); i++) {
        struct rules_parameter *const p = ARENA_NEW(c->mem, struct rules_parameter);

        *p = rules_parameter_at(r, i);
        if (str_eq(p->name, name))
            return p;
    }
    return NULL;
}

static bool is_there(const struct str *names, int n, struct str name)
{
    for (int i = 0; i < n; i++)
        if (str_eq(names[i], name))
            return true;
    return false;
}

static void parameter_row(struct ctx *c, const struct regulations_figure *f, int n, const struct rules_parameter *p,
                          struct regulations_row *out)
{
    *out = (struct regulations_row){.label = p->text, .cells = ARENA_ARRAY(c->mem, struct regulations_cell, (size_t)n)};
    for (; out->n_cells < n; out->n_cells++) {
        const struct rules_parameter *const own = named(c, f[out->n_cells].rules, p->name);

        out->cells[out->n_cells].words = own == NULL ? text_get(c->lang, "regulations.not-there") : regulations_parameter_words(c, own);
    }
    tell_apart(out);
}

void regulations_compare_rows(struct ctx *c, const struct regulations_figure *f, int n, struct regulations_row **out, int *n_out)
{
    static const char *const labels[FOUND_ROWS] = {
        "regulations.row-pattern", "regulations.row-isee", "regulations.row-per",      "regulations.row-free", "regulations.row-full",
        "regulations.row-most",    "regulations.row-jumps", "regulations.row-jump-most", "regulations.row-from", "regulations.row-source"};
    struct str names[MOST_ROWS];
    int n_names = 0;

    *out = ARENA_ARRAY(c->mem, struct regulations_row, FOUND_ROWS + MOST_ROWS);
    *n_out = 0;
    for (int row = 0; n > 0 && row < FOUND_ROWS; row++) {
        struct regulations_row *const r = &(*out)[(*n_out)++];
        const bool is_support = regulations_gives(f[0].regulation->kind);

        if (is_support && row == 4) {
            --*n_out;
            continue;
        }
        r->label = text_get(c->lang, is_support && row == 3 ? "regulations.row-limit" : labels[row]);
        r->cells = ARENA_ARRAY(c->mem, struct regulations_cell, (size_t)n);
        for (; r->n_cells < n; r->n_cells++)
            r->cells[r->n_cells].words = found(c, &f[r->n_cells], row);
        tell_apart(r);
    }
    for (int i = 0; i < n; i++)
        for (int k = 0; k < rules_n_parameters(f[i].rules) && n_names < MOST_ROWS; k++) {
            const struct rules_parameter p = rules_parameter_at(f[i].rules, k);

            if (is_there(names, n_names, p.name))
                continue;
            names[n_names++] = p.name;
            parameter_row(c, f, n, &p, &(*out)[(*n_out)++]);
        }
}

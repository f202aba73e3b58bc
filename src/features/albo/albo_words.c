/* albo_words.c - lists to choose from, problems in words. */
#include "albo_words.h"
#include "base/macros.h"
#include "features/albo/albo_themes.h"

struct str albo_say(struct ctx *c, const char *key, const char *name, struct str value)
{
    return text_fill(c->mem, text_get(c->lang, key), &(struct text_arg){name, value}, 1);
}

struct str albo_problem(struct ctx *c, const char *field)
{
    const struct problem *p = problems_of(&c->problems, field);

    return p == NULL ? STR("") : albo_say(c, p->key, "value", p->value);
}

static struct str counted(struct ctx *c, struct str label, const int *n_of, int i)
{
    return n_of == NULL ? label : str_fmt(c->mem, "%.*s (%d)", (int)label.n, label.p, n_of[i]);
}

struct albo_option *albo_kind_options(struct ctx *c, enum organisation_kind chosen, bool all, const int *n_of, int *n_out)
{
    struct albo_option *list = ARENA_ARRAY(c->mem, struct albo_option, ORGANISATION_KIND_COUNT);

    *n_out = 0;
    for (int k = all ? 1 : ORGANISATION_THIRD_SECTOR; k < ORGANISATION_KIND_COUNT; k++)
        if (n_of == NULL || n_of[k] > 0 || k == (int)chosen)
            list[(*n_out)++] = (struct albo_option){
                .value = str_of(organisations_kind_name((enum organisation_kind)k)),
                .label = counted(c, organisations_kind_words(c, (enum organisation_kind)k), n_of, k),
                .is_chosen = k == (int)chosen};
    return list;
}

struct albo_option *albo_section_options(struct ctx *c, enum albo_section chosen, const int *n_of, int *n_out)
{
    struct albo_option *list = ARENA_ARRAY(c->mem, struct albo_option, ALBO_SECTION_COUNT);

    *n_out = 0;
    for (int s = 1; s < ALBO_SECTION_COUNT; s++)
        list[(*n_out)++] = (struct albo_option){.value = str_of(albo_section_name((enum albo_section)s)),
                                                .label = counted(c, albo_section_words(c, (enum albo_section)s), n_of, s),
                                                .is_chosen = s == (int)chosen};
    return list;
}

struct albo_option *albo_theme_options(struct ctx *c, struct str chosen, int *n_out)
{
    struct albo_option *list = ARENA_ARRAY(c->mem, struct albo_option, N_ALBO_THEMES);

    *n_out = N_ALBO_THEMES;
    for (int i = 0; i < N_ALBO_THEMES; i++) {
        struct str rest = chosen;

        list[i] = (struct albo_option){.value = str_of(albo_themes[i]),
                                       .label = albo_theme_words(c, str_of(albo_themes[i]))};
        while (rest.n > 0)
            if (str_eq_z(str_cut(&rest, ' '), albo_themes[i]))
                list[i].is_chosen = true;
    }
    return list;
}

struct str albo_themes_said(struct ctx *c, const struct str *themes, int n)
{
    struct buf b = buf_new(c->mem, 96);

    for (int i = 0; i < n; i++) {
        const struct str words = albo_theme_words(c, themes[i]);

        if (words.n > 0 && b.n > 0)
            buf_z(&b, ", ");
        buf_str(&b, words);
    }
    return buf_view(&b);
}

static void join(struct buf *b, struct str words)
{
    if (b->n > 0)
        buf_z(b, ". ");
    buf_str(b, words);
}

enum status albo_entry_words(struct ctx *c, int64_t organisation_id, struct str *out)
{
    struct buf b = buf_new(c->mem, 128);
    struct albo_line l;
    const enum status st = albo_entry(c, organisation_id, &l);

    *out = STR("");
    if (st != ST_OK)
        return st == ST_NOT_FOUND ? ST_OK : st;
    if (l.section != ALBO_NO_SECTION) {
        buf_z(&b, "RUNTS: ");
        buf_str(&b, albo_section_words(c, l.section));
        if (l.runts_number.n > 0) {
            buf_z(&b, ", ");
            buf_str(&b, albo_say(c, "albo.number", "n", l.runts_number));
        }
    }
    if (l.n_themes > 0) {
        join(&b, text_get(c->lang, "albo.for"));
        buf_char(&b, ' ');
        buf_str(&b, albo_themes_said(c, l.themes, l.n_themes));
    }
    if (l.is_self_help)
        join(&b, text_get(c->lang, "albo.self-help"));
    if (l.is_responsible)
        join(&b, text_get(c->lang, "albo.responsible"));
    *out = buf_view(&b);
    return ST_OK;
}

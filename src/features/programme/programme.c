/* programme.c - which projects answer a question; pure reading. */
#include "programme.h"
#include "base/macros.h"
#include "programme_store.h"

const char *const programme_kinds[] = {
    "minors-families", "job-inclusion",  "elderly",     "housing",     "harmonisation",
    "tables-networks", "project-office", "information", "mutual-help",
};
const int programme_n_kinds = ARRAY_LEN(programme_kinds);

/* Each word of the question begins some word of the text; both are folded. */
static bool has_words(struct str folded, struct str asked)
{
    while (asked.n > 0) {
        const struct str word = str_cut(&asked, ' ');
        struct str rest = folded;
        bool is_found = word.n == 0;

        while (!is_found && rest.n > 0)
            is_found = str_starts(str_cut(&rest, ' '), word);
        if (!is_found)
            return false;
    }
    return true;
}

static bool has_kind(const struct programme_project *p, struct str kind)
{
    for (int i = 0; i < p->n_kinds; i++)
        if (str_eq(p->kinds[i], kind))
            return true;
    return false;
}

static bool has_district(const struct programme_project *p, int64_t district_no)
{
    for (int i = 0; i < p->n_districts; i++)
        if (p->districts[i] == district_no)
            return true;
    return false;
}

enum status programme_projects(struct ctx *c, const struct programme_filter *f,
                               struct programme_project **out, int *n_out)
{
    const struct str words = str_fold(c->mem, f->words);
    struct programme_project *list;
    int n = 0;
    const enum status st = programme_store_projects(c, &list, &n);

    if (st != ST_OK)
        return st;
    *n_out = 0;
    for (int i = 0; i < n; i++) {
        const struct programme_project *p = &list[i];

        if ((f->kind.n > 0 && !has_kind(p, f->kind)) ||
            (f->size_class.n > 0 && !str_eq(p->size_class, f->size_class)) ||
            (f->district_no != 0 && !has_district(p, f->district_no)) ||
            !has_words(p->folded, words))
            continue;
        list[(*n_out)++] = *p;
    }
    *out = list;
    return ST_OK;
}

enum status programme_project_by_slug(struct ctx *c, struct str slug, struct programme_project *out)
{
    return programme_store_find(c, &(struct programme_wanted){.slug = slug}, out);
}

enum status programme_project_by_code(struct ctx *c, struct str code, struct programme_project *out)
{
    return programme_store_find(c, &(struct programme_wanted){.code = code}, out);
}

enum status programme_project_of_body(struct ctx *c, struct str body_code,
                                      struct programme_project *out)
{
    return programme_store_find(c, &(struct programme_wanted){.body_code = body_code}, out);
}

enum status programme_project_of_district(struct ctx *c, int64_t district_no,
                                          struct programme_project *out)
{
    return programme_store_find(c, &(struct programme_wanted){.district_no = district_no}, out);
}

bool programme_covers(const struct programme_project *p, struct str district_code)
{
    int64_t no = 0;

    return str_to_int(district_code, &no) && has_district(p, no);
}

enum status programme_targets(struct ctx *c, struct str project_code, struct programme_target **out,
                              int *n_out)
{
    return programme_store_targets(c, project_code, out, n_out);
}

enum status programme_initiatives_of_project(struct ctx *c, struct str project_code,
                                             struct programme_initiative **out, int *n_out)
{
    return programme_store_initiatives(c, project_code, STR(""), out, n_out);
}

enum status programme_initiatives_of_body(struct ctx *c, struct str body_code,
                                          struct programme_initiative **out, int *n_out)
{
    return programme_store_initiatives(c, STR(""), body_code, out, n_out);
}

enum status programme_phases(struct ctx *c, struct programme_phase **out, int *n_out)
{
    return programme_store_phases(c, out, n_out);
}

enum status programme_measures(struct ctx *c, int64_t **out_numbers, int *n_out)
{
    return programme_store_measures(c, out_numbers, n_out);
}

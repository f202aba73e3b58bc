/* rules_single.c - one household of a population, and amounts by their name. */
#include "rules_population.h"
#include "rules_private.h"

static struct rules_value value_of(const struct rules_population *p, const struct rules_fact *f, int i, int64_t at)
{
    const int64_t *const column = f->is_of_member ? p->of_member[i] : p->of_household[i];
    const uint8_t *const truths = p->truths != NULL ? p->truths[i] : NULL;
    struct rules_value v = {.type = f->type, .number = {0, 1}};

    if (column == NULL && truths == NULL)
        return f->usual_value;
    v.known = p->known[i] == NULL ? RULES_CERTAIN : (enum rules_known)p->known[i][at];
    if (truths != NULL)
        v.number.num = truths[at];
    else if (f->type == RULES_CODE)
        v.code = f->codes[column[at]];
    else
        ratio_make(column[at], f->type == RULES_NUMBER ? RULES_DEN : 1, &v.number);
    return v;
}

struct rules_household *rules_population_household(struct arena *mem, const struct rules_facts *f,
                                                   const struct rules_population *p, int64_t h)
{
    const int64_t first = p->first_member[h];
    const int n = (int)(p->first_member[h + 1] - first);
    const int n_outside = p->n_outside != NULL ? (int)p->n_outside[h] : 0;
    struct rules_household *const x = rules_household_with(mem, f, n - n_outside, n_outside);

    for (int i = 0; i < rules_n_facts(f); i++) {
        const struct rules_fact *const a = rules_fact_at(f, i);

        if (!a->is_of_member)
            x->values[i] = value_of(p, a, i, h);
        for (int m = 0; m < n && a->is_of_member; m++)
            x->members[m].values[i] = value_of(p, a, i, first + m);
    }
    return x;
}

int rules_find_amount(const struct rules *r, struct str name)
{
    int n = 0;

    for (int i = 0; i < r->n; i++) {
        if (r->list[i].kind != DEFINE_AMOUNT)
            continue;
        if (str_eq(r->list[i].name, name))
            return n;
        n++;
    }
    return -1;
}

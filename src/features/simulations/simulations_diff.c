/* simulations_diff.c - what changed between two texts, part by part. */
#include "base/macros.h"
#include "features/rules/rules_parts.h"
#include "simulations_private.h"

struct sides {
    struct arena *mem;
    struct rules_part *a, *b;
    int n_a, n_b;
    struct simulations_difference *out;
    int n;
};

/* Parameters as people read them, all else in the words of the language. */
static struct str says(struct arena *mem, const struct rules_part *p)
{
    if (p->kind == RULES_PART_PARAMETER && p->typed.n > 0)
        return p->unit.n == 0 ? p->typed
                              : str_fmt(mem, "%.*s %.*s", (int)p->typed.n, p->typed.p, (int)p->unit.n, p->unit.p);
    return p->said;
}

/* The same part in the other text: by name; requirements by their words. */
static const struct rules_part *twin(const struct rules_part *p, const struct rules_part *list, int n)
{
    for (int i = 0; i < n; i++)
        if (list[i].kind == p->kind && (p->name.n > 0 ? str_eq(list[i].name, p->name) : str_eq(list[i].words, p->words)))
            return &list[i];
    return NULL;
}

static void put(struct sides *s, int how, const struct rules_part *p, struct str before, struct str after)
{
    s->out[s->n++] = (struct simulations_difference){.how = how, .kind = p->kind, .name = p->name, .words = p->words, .before = before, .after = after};
}

static bool same_number(const struct rules_part *x, const struct rules_part *y)
{
    return x->kind == RULES_PART_PARAMETER && x->type == y->type && ratio_cmp(x->number, y->number) == 0;
}

static void compare(struct sides *s)
{
    for (int i = 0; i < s->n_b; i++) {
        const struct rules_part *const y = &s->b[i], *const x = twin(y, s->a, s->n_a);

        if (x == NULL)
            put(s, SIMULATIONS_ADDED, y, STR(""), says(s->mem, y));
        else if (!same_number(x, y) && (!str_eq(x->said, y->said) || !str_eq(x->per, y->per)))
            put(s, SIMULATIONS_CHANGED, y, says(s->mem, x), says(s->mem, y));
    }
    for (int i = 0; i < s->n_a; i++)
        if (twin(&s->a[i], s->b, s->n_b) == NULL)
            put(s, SIMULATIONS_TAKEN_AWAY, &s->a[i], says(s->mem, &s->a[i]), STR(""));
}

void simulations_differences(struct arena *mem, const struct rules *a, struct str a_text,
                             const struct rules *b, struct str b_text, struct simulations_difference **out, int *n_out)
{
    struct sides s = {.mem = mem};

    rules_parts(mem, a, a_text, &s.a, &s.n_a);
    rules_parts(mem, b, b_text, &s.b, &s.n_b);
    s.out = ARENA_ARRAY(mem, struct simulations_difference, (size_t)(s.n_a + s.n_b) + 1);
    compare(&s);
    *out = s.out;
    *n_out = s.n;
}

/* rules_trace.c - a step as a sentence, and where one cent more makes an amount jump. */
#include "base/date.h"
#include "base/macros.h"
#include "base/text.h"
#include "rules_private.h"
#include "rules_show.h"
#include <string.h>

enum { MAX_THRESHOLDS = 500 };

/* ---- sentences ---- */

static struct str list_of_missing(struct arena *mem, const struct rules_facts *f, const struct rules_step *s)
{
    struct str out = STR("");

    for (int i = 0; i < s->n_missing; i++) {
        const struct str label = rules_fact_at(f, s->missing[i])->label;

        out = str_fmt(mem, "%.*s%s%.*s", (int)out.n, out.p, i > 0 ? ", " : "", (int)label.n, label.p);
    }
    return out;
}

static struct str outcome(struct arena *mem, const struct rules_facts *f, const struct rules_step *s)
{
    static const char *const verdicts[] = {"sì", "probabilmente sì", "da verificare", "no"};

    if (s->n_missing > 0) {
        const struct str list = list_of_missing(mem, f, s);

        return str_fmt(mem, "da verificare, manca: %.*s", (int)list.n, list.p);
    }
    if (!s->is_requirement)
        return s->sum;
    if (s->relation == 0)
        return s->detail.n == 0 ? str_of(verdicts[s->verdict])
                                : str_fmt(mem, "%s; %.*s", verdicts[s->verdict], (int)s->detail.n, s->detail.p);
    const struct str left = rules_show_value(mem, &s->left), right = rules_show_value(mem, &s->right);

    return str_fmt(mem, "%.*s %s %.*s%s", (int)left.n, left.p, rules_relation((enum node_kind)s->relation, s->holds), (int)right.n, right.p,
                   s->verdict == RULES_PROBABLY ? ", secondo una stima" : s->verdict == RULES_TO_CHECK ? ", da verificare" : "");
}

struct str rules_sentence(struct arena *mem, const struct rules *r, const struct rules_facts *f, const struct rules_step *s)
{
    const struct str what = outcome(mem, f, s);
    const struct str since = r->from != DAY_NONE ? text_day(mem, LANG_IT, r->from) : STR("");

    return str_fmt(mem, "%.*s: %.*s. (%.*s%s%.*s)", (int)s->text.n, s->text.p, (int)what.n, what.p, (int)s->source.text.n,
                   s->source.text.p, since.n > 0 ? "; testo valido dal " : "", (int)since.n, since.p);
}

/* ---- jumps ---- */

struct thresholds {
    int64_t *list;
    int n;
    bool is_full;
};

static void add(struct thresholds *t, enum rules_type type, struct ratio v)
{
    int at = t->n;

    if (type != RULES_MONEY || v.den != 1 || v.num < 0)
        return;
    for (int i = 0; i < t->n; i++)
        if (t->list[i] == v.num)
            return;
    if (t->n == MAX_THRESHOLDS) {
        t->is_full = true;
        return;
    }
    for (; at > 0 && t->list[at - 1] > v.num; at--)
        t->list[at] = t->list[at - 1];
    t->list[at] = v.num;
    t->n++;
}

static void walk(struct thresholds *t, const struct node *n)
{
    if (n->kind == NODE_CONSTANT)
        add(t, n->type, n->constant.number);
    for (int i = 0; i < n->n_children; i++)
        walk(t, n->child[i]);
}

static void gather(struct thresholds *t, const struct rules *r)
{
    for (int i = 0; i < r->n; i++) {
        const struct definition *const d = &r->list[i];

        walk(t, d->node);
        for (int k = 0; k < d->n_bands; k++) {
            add(t, d->node->type, d->bands[k].low);
            add(t, d->node->type, d->bands[k].high);
            walk(t, d->bands[k].value);
        }
    }
}

struct probe {
    struct arena *mem; /* scratch */
    const struct rules *rules;
    const struct rules_facts *facts;
    struct rules_household *h;
    int fact, amount;
    struct str *why;
};

/* What is due with so many cents; a "no" is nothing. */
static bool due_at(struct probe *p, int64_t cents, int64_t *out)
{
    struct rules_answer a;

    arena_reset(p->mem);
    p->h->values[p->fact].number = ratio_of(cents);
    p->h->values[p->fact].known = RULES_CERTAIN;
    if (rules_ask(p->mem, p->rules, p->facts, p->h, &a, p->why) != ST_OK)
        return false;
    *out = p->amount < a.n_amounts ? a.amounts[p->amount].cents : 0;
    return true;
}

static bool find_jumps(struct probe *p, const struct thresholds *t, int64_t least, struct rules_jump *list, int *n)
{
    for (int i = 0; i < t->n; i++) {
        int64_t due[3];
        const int64_t at = t->list[i];

        for (int k = 0; k < 3; k++)
            if (!due_at(p, at + k - 1, &due[k]))
                return false;
        for (int k = at > 0 ? 0 : 1; k < 2; k++) {
            const int64_t rise = due[k + 1] - due[k];
            const bool is_told = *n > 0 && list[*n - 1].at_cents == at + k - 1;

            if ((rise >= least || -rise >= least) && !is_told)
                list[(*n)++] = (struct rules_jump){at + k - 1, due[k], due[k + 1]};
        }
    }
    return true;
}

enum status rules_jumps(struct arena *mem, const struct rules *r, const struct rules_facts *f, const struct rules_household *h,
                        int fact, int amount, int64_t least_cents, struct rules_jump **out, int *n_out, struct str *why)
{
    struct thresholds t = {.list = ARENA_ARRAY(mem, int64_t, MAX_THRESHOLDS)};

    *n_out = 0;
    gather(&t, r);
    if (t.is_full) {
        *why = STR("too many thresholds");
        return ST_INVALID;
    }
    struct arena *const scratch = arena_new(0);
    struct str problem = STR("");
    struct probe p = {scratch, r, f, rules_household_copy(mem, f, h), fact, amount, &problem};

    *out = ARENA_ARRAY(mem, struct rules_jump, 2 * MAX_THRESHOLDS);
    const bool is_found = find_jumps(&p, &t, least_cents, *out, n_out);

    if (!is_found)
        *why = str_copy(mem, problem);
    arena_free(scratch);
    return is_found ? ST_OK : ST_INVALID;
}

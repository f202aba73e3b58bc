/* rules_shelf.c - see rules_shelf.h. */
#include "rules_shelf.h"
#include "base/date.h"
#include "base/log.h"
#include "base/tables.h"
#include "store/db.h"
#include <limits.h>

struct text {
    const struct rules *rules;
    const struct table_file *file;
};

struct rules_shelf {
    const struct rules_facts *facts;
    struct text *laws, *samples;
    int n_laws, n_samples;
};

static const struct rules *read_text(struct arena *mem, const struct rules_facts *f, const struct table_file *t)
{
    const struct rules *r = NULL;
    struct rules_error e;

    if (rules_parse(mem, f, t->bytes, &r, &e) != ST_OK)
        bug("%s:%d:%d: %s", t->name, e.line, e.column, e.key);
    return r;
}

const struct rules_shelf *rules_shelf_open(struct arena *mem)
{
    struct rules_shelf *const s = ARENA_NEW(mem, struct rules_shelf);

    s->facts = rules_facts_open(mem);
    s->laws = ARENA_ARRAY(mem, struct text, (size_t)n_tables);
    s->samples = ARENA_ARRAY(mem, struct text, (size_t)n_tables);
    for (int i = 0; i < n_tables; i++) {
        const struct table_file *const t = &table_all[i];
        const struct str name = str_of(t->name);

        if (!str_starts(name, STR("rules/")) || !str_ends(name, STR(".rules")))
            continue;
        const struct text one = {read_text(mem, s->facts, t), t};

        if (str_starts(name, STR("rules/samples/")))
            s->samples[s->n_samples++] = one;
        else
            s->laws[s->n_laws++] = one;
    }
    return s;
}

/* ---- kept beside a database ---- */

struct kept {
    struct arena *mem;
    const struct rules_shelf *shelf;
};

static void *make_shelf(struct db *d)
{
    struct arena *const mem = arena_new(0);
    struct kept *const k = ARENA_NEW(mem, struct kept);

    *k = (struct kept){mem, rules_shelf_open(mem)};
    return k;
}

static void end_shelf(void *kept, struct db *d)
{
    arena_free(((struct kept *)kept)->mem);
}

static const struct db_beside shelf_beside = {"rules", make_shelf, end_shelf};

const struct rules_shelf *rules_shelf_of(struct ctx *c)
{
    return ((struct kept *)db_beside(db_of(c->tx), &shelf_beside))->shelf;
}

/* ---- asking ---- */

const struct rules_facts *rules_shelf_facts(const struct rules_shelf *s)
{
    return s->facts;
}

int rules_shelf_n(const struct rules_shelf *s)
{
    return s->n_laws;
}

const struct rules *rules_shelf_at(const struct rules_shelf *s, int i)
{
    return s->laws[i].rules;
}

int rules_shelf_n_samples(const struct rules_shelf *s)
{
    return s->n_samples;
}

const struct rules *rules_shelf_sample_at(const struct rules_shelf *s, int i)
{
    return s->samples[i].rules;
}

bool rules_holds_on(const struct rules *r, int day)
{
    int from, to;

    rules_validity(r, &from, &to);
    return (from == DAY_NONE || day >= from) && (to == DAY_NONE || day <= to);
}

static const struct rules *find(const struct text *list, int n, struct str code, int day)
{
    for (int i = 0; i < n; i++)
        if (str_eq(rules_code(list[i].rules), code) && rules_holds_on(list[i].rules, day))
            return list[i].rules;
    return NULL;
}

const struct rules *rules_shelf_find(const struct rules_shelf *s, struct str code, int day)
{
    const struct rules *const r = find(s->laws, s->n_laws, code, day);

    return r != NULL ? r : find(s->samples, s->n_samples, code, day);
}

static int begins_on(const struct rules *r)
{
    int from, to;

    rules_validity(r, &from, &to);
    return from == DAY_NONE ? INT_MIN : from;
}

static const struct rules *newest(const struct text *list, int n, struct str code)
{
    const struct rules *best = NULL;

    for (int i = 0; i < n; i++)
        if (str_eq(rules_code(list[i].rules), code) && (best == NULL || begins_on(list[i].rules) > begins_on(best)))
            best = list[i].rules;
    return best;
}

const struct rules *rules_shelf_pick(const struct rules_shelf *s, struct str code, int day)
{
    const struct rules *r = rules_shelf_find(s, code, day);

    if (r == NULL)
        r = newest(s->laws, s->n_laws, code);
    return r != NULL ? r : newest(s->samples, s->n_samples, code);
}

const struct table_file *rules_shelf_file(const struct rules_shelf *s, const struct rules *r)
{
    for (int i = 0; i < s->n_laws; i++)
        if (s->laws[i].rules == r)
            return s->laws[i].file;
    for (int i = 0; i < s->n_samples; i++)
        if (s->samples[i].rules == r)
            return s->samples[i].file;
    return NULL;
}

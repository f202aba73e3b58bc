/*
 * simulations_alike.c - households of a file made alike in groups of five or more, before anything is asked about them.
 *
 * Whoever may run as many simulations as he likes, one cent of threshold after the other, with texts of his own, would find each
 * household by taking one result from the next: no hiding of single figures helps. Here what is asked has no household that differs
 * from at least four others in anything that a run can see (place, members, facts, kind). So every count is nobody or five and more, and so
 * is every count reckoned from others, from other tables or from other runs: what comes out cannot tell what does not go in.
 */
#include "base/macros.h"
#include "simulations_private.h"
#include <stdlib.h>
#include <string.h>

enum { GROUP = SIMULATIONS_LEAST, THICK = 40, N_AGES = 5, LEAST_VALUES = 3 };

struct alike {
    struct simulations_rows *r;
    struct arena *mem;
    int *of_house, *of_member, n_house, n_member; /* facts that the file has; ISEE first */
    int age;
    int64_t *carry; /* by fact: what rounding left over, so that as many say yes as before */
    int64_t *place_carry;
    int64_t *order; /* households, those of a group beside each other */
    int64_t *from;  /* where each group begins in the order; n_groups + 1 */
    int64_t n_groups;
    int level;      /* what the order is made by just now */
};

/* ---- who is like whom ---- */

enum { BY_ISEE, BY_KIND, BY_MEMBERS, BY_FACTS }; /* levels: who has an ISEE; then facts of the household, then of members */

static int compare(int64_t x, int64_t y)
{
    return x < y ? -1 : x > y;
}

static bool is_number(const struct alike *a, int fact)
{
    const enum rules_type t = rules_fact_at(a->r->facts, fact)->type;

    return t == RULES_NUMBER || t == RULES_MONEY;
}

static bool is_isee(const struct simulations_rows *r, int fact)
{
    return str_starts(rules_fact_at(r->facts, fact)->name, STR("isee_"));
}

/* Ages count by the borders that texts draw most; of other numbers, whether they are known. */
static int64_t kind_of_value(const struct alike *a, int fact, int64_t row)
{
    static const int64_t borders[N_AGES] = {3, 6, 18, 65, 80};
    const int64_t v = a->r->columns[fact][row];
    int64_t n = 0;

    if (a->r->known[fact][row] == RULES_UNKNOWN)
        return -1;
    if (fact != a->age)
        return is_number(a, fact) ? 0 : v;
    for (int i = 0; i < N_AGES; i++)
        n += v >= borders[i] * RULES_DEN;
    return n;
}

static int64_t n_members_of(const struct simulations_rows *r, int64_t h)
{
    return r->first[h + 1] - r->first[h];
}

static int by_members_fact(const struct alike *a, int fact, int64_t x, int64_t y)
{
    const struct simulations_rows *const r = a->r;
    const int64_t n = n_members_of(r, x) < n_members_of(r, y) ? n_members_of(r, x) : n_members_of(r, y);
    int c = 0;

    for (int64_t k = 0; k < n && c == 0; k++)
        c = compare(kind_of_value(a, fact, r->first[x] + k), kind_of_value(a, fact, r->first[y] + k));
    return c != 0 ? c : compare(n_members_of(r, x), n_members_of(r, y));
}

static int by_level(const struct alike *a, int64_t x, int64_t y)
{
    const int i = a->level - BY_FACTS;

    if (a->level == BY_ISEE)
        return a->n_house > 0 ? compare(kind_of_value(a, a->of_house[0], x), kind_of_value(a, a->of_house[0], y)) : 0;
    if (a->level == BY_KIND)
        return compare(a->r->kinds[x], a->r->kinds[y]);
    if (a->level == BY_MEMBERS)
        return compare(n_members_of(a->r, x), n_members_of(a->r, y));
    if (i < a->n_house)
        return compare(kind_of_value(a, a->of_house[i], x), kind_of_value(a, a->of_house[i], y));
    return by_members_fact(a, a->of_member[i - a->n_house], x, y);
}

static int order_by_level(const void *p, const void *q, void *arg)
{
    const int64_t x = *(const int64_t *)p, y = *(const int64_t *)q;
    const int c = by_level(arg, x, y);

    return c != 0 ? c : compare(x, y);
}

/* By ISEE, then by the other numbers. */
static int order_by_numbers(const void *p, const void *q, void *arg)
{
    const struct alike *const a = arg;
    const int64_t x = *(const int64_t *)p, y = *(const int64_t *)q;
    int c = 0;

    for (int i = 0; i < a->n_house && c == 0; i++)
        if (is_number(a, a->of_house[i]))
            c = compare(a->r->columns[a->of_house[i]][x], a->r->columns[a->of_house[i]][y]);
    return c != 0 ? c : compare(x, y);
}

/* Five by five along ISEE. The first have up to four more, each piece otherwise: cut alike, all would lie askew on one side. */
static void cut(struct alike *a, int64_t from, int64_t to)
{
    int64_t more = a->n_groups % GROUP;

    qsort_r(a->order + from, (size_t)(to - from), sizeof *a->order, order_by_numbers, a);
    for (; to - from >= 2 * GROUP + more; from += GROUP + more, more = 0)
        a->from[a->n_groups++] = from;
    a->from[a->n_groups++] = from;
}

/* Into pieces that are of one kind, as long as none gets so thin that its groups would lie far apart along ISEE. */
static void part(struct alike *a, int64_t from, int64_t to, int level)
{
    if (level == BY_FACTS + a->n_house + a->n_member || to - from < 2 * THICK) {
        cut(a, from, to);
        return;
    }
    a->level = level;
    qsort_r(a->order + from, (size_t)(to - from), sizeof *a->order, order_by_level, a);
    for (int64_t at = from, end; at < to; at = end) {
        a->level = level;
        for (end = at + 1; end < to && (end - at < THICK || by_level(a, a->order[end - 1], a->order[end]) == 0); end++)
            ;
        if (to - end < THICK)
            end = to;
        part(a, at, end, level + 1);
    }
}

/* ---- one of a group ---- */

/* Yes when most say so; what is rounded away counts for the next group, and back. */
static int64_t most_say(int64_t *carry, int64_t n_yes, int64_t n)
{
    if (n_yes == 0 || n_yes == n)
        return n_yes > 0;
    *carry += n_yes;
    const bool is_yes = 2 * *carry >= n;

    *carry -= is_yes ? n : 0;
    return is_yes;
}

static int64_t most_frequent(const int64_t *v, int64_t n)
{
    int64_t best = v[0], most = 0;

    for (int64_t i = 0; i < n; i++) {
        int64_t same = 0;

        for (int64_t k = 0; k < n; k++)
            same += v[k] == v[i];
        if (same > most || (same == most && v[i] < best)) {
            most = same;
            best = v[i];
        }
    }
    return best;
}

/* Whole euro, whole numbers; what all of them have stays to the cent. */
static int64_t mean_of(const int64_t *v, int64_t n, int64_t unit)
{
    int64_t whole = 0, rest = 0;
    bool are_same = true;

    for (int64_t i = 0; i < n; i++) {
        whole += v[i] / n;
        rest += v[i] % n;
        are_same &= v[i] == v[0];
    }
    return are_same ? v[0] : (whole + rest / n + unit / 2) / unit * unit;
}

/* Known when most of them know it, three at least: a number is their mean, a code the most frequent of theirs. */
static void level(struct alike *a, int fact, const int64_t *rows, int64_t n, int64_t *spare, int64_t *out, uint8_t *out_known)
{
    const struct simulations_rows *const r = a->r;
    const enum rules_type type = rules_fact_at(r->facts, fact)->type;
    int64_t n_known = 0, n_guesses = 0, n_yes = 0;

    for (int64_t i = 0; i < n; i++) {
        if (r->known[fact][rows[i]] == RULES_UNKNOWN)
            continue;
        spare[n_known++] = r->columns[fact][rows[i]];
        n_yes += r->columns[fact][rows[i]] != 0;
        n_guesses += r->known[fact][rows[i]] == RULES_ESTIMATE;
    }
    *out = 0;
    *out_known = RULES_UNKNOWN;
    if (2 * n_known <= n || n_known < LEAST_VALUES)
        return;
    *out_known = 2 * n_guesses >= n_known ? RULES_ESTIMATE : RULES_CERTAIN;
    *out = type == RULES_BOOL   ? most_say(&a->carry[fact], n_yes, n_known)
           : type == RULES_CODE ? most_frequent(spare, n_known)
                                : mean_of(spare, n_known, type == RULES_MONEY ? 100 : RULES_DEN);
}

/* ---- groups ---- */

static int64_t middle_size(const struct alike *a, const int64_t *who, int64_t n)
{
    int64_t below = 0;

    for (int64_t size = 1;; size++) {
        for (int64_t k = 0; k < n; k++)
            below += n_members_of(a->r, who[k]) == size;
        if (2 * below > n)
            return size;
    }
}

/* Where most is owed to: each comune gets as many households as it had, but for a group. */
static int32_t place_of(struct alike *a, const int64_t *who, int64_t n)
{
    int32_t best = a->r->place[who[0]];

    for (int64_t k = 0; k < n; k++)
        a->place_carry[a->r->place[who[k]]]++;
    for (int64_t k = 1; k < n; k++)
        if (a->place_carry[a->r->place[who[k]]] > a->place_carry[best])
            best = a->r->place[who[k]];
    a->place_carry[best] -= n;
    return best;
}

/* A name that stands for nobody any more would still say that somebody lives there. */
static void forget_places(struct alike *a)
{
    struct simulations_rows *const r = a->r;
    int32_t *const to = arena_array(a->mem, (size_t)r->n_places + 1, sizeof *to), n = 0;

    for (int64_t h = 0; h < r->n_households; h++)
        to[r->place[h]] = 1;
    for (int32_t i = 0; i < r->n_places; i++) {
        if (to[i] == 0)
            continue;
        r->names[n] = r->names[i];
        r->codes[n] = r->codes[i];
        r->zone_of[n] = r->zone_of[i];
        to[i] = n++;
    }
    r->n_places = n;
    for (int64_t h = 0; h < r->n_households; h++)
        r->place[h] = to[r->place[h]];
}

/* Households from..to-1 of the order, which is theirs from now on: that of the file says nothing any more. */
static void make_group(struct alike *a, int64_t from, int64_t to, int64_t *const *columns, uint8_t *const *known, const int64_t *first)
{
    const struct simulations_rows *const r = a->r;
    const int64_t *const who = a->order + from, n = to - from;
    int64_t rows[3 * GROUP], spare[3 * GROUP], v;
    uint8_t is_known;

    for (int i = 0; i < a->n_house; i++) {
        const int f = a->of_house[i];

        level(a, f, who, n, spare, &v, &is_known);
        for (int64_t h = from; h < to; h++) {
            columns[f][h] = v;
            known[f][h] = is_known;
        }
    }
    for (int i = 0; i < a->n_member; i++)
        for (int64_t m = 0; m < first[from + 1] - first[from]; m++) {
            const int f = a->of_member[i];
            int64_t n_rows = 0;

            for (int64_t k = 0; k < n; k++)
                if (r->first[who[k]] + m < r->first[who[k] + 1])
                    rows[n_rows++] = r->first[who[k]] + m;
            level(a, f, rows, n_rows, spare, &v, &is_known);
            for (int64_t h = from; h < to; h++) {
                columns[f][first[h] + m] = v;
                known[f][first[h] + m] = is_known;
            }
        }
}

/* As many members as the middle one of each group; the columns anew. */
static void make_groups(struct alike *a)
{
    struct simulations_rows *const r = a->r;
    const size_t n_facts = (size_t)rules_n_facts(r->facts) + 1;
    int64_t *const first = arena_array(r->own, (size_t)r->n_households + 1, sizeof *first);
    int32_t *const place = arena_array(r->own, (size_t)r->n_households + 1, sizeof *place);
    int64_t **const columns = arena_array(r->own, n_facts, sizeof *columns);
    uint8_t **const known = arena_array(r->own, n_facts, sizeof *known);

    for (int64_t i = 0; i < a->n_groups; i++) {
        const int64_t *const who = a->order + a->from[i], n = a->from[i + 1] - a->from[i], size = middle_size(a, who, n);
        const int32_t where = place_of(a, who, n);

        for (int64_t h = a->from[i]; h < a->from[i + 1]; h++) {
            first[h + 1] = first[h] + size;
            place[h] = where;
        }
    }
    for (int i = 0; i < a->n_house + a->n_member; i++) {
        const int f = i < a->n_house ? a->of_house[i] : a->of_member[i - a->n_house];
        const size_t n = (size_t)(i < a->n_house ? r->n_households : first[r->n_households]) + 1;

        columns[f] = arena_array(r->own, n, sizeof **columns);
        known[f] = arena_alloc(r->own, n);
    }
    for (int64_t i = 0; i < a->n_groups; i++)
        make_group(a, a->from[i], a->from[i + 1], columns, known, first);
    memcpy(r->columns, columns, (n_facts - 1) * sizeof *columns);
    memcpy(r->known, known, (n_facts - 1) * sizeof *known);
    r->place = place;
    r->first = first;
    r->n_members = first[r->n_households];
    forget_places(a);
}

void simulations_alike(struct simulations_rows *r)
{
    struct arena *const mem = arena_new(0);
    const int n_facts = rules_n_facts(r->facts);
    struct alike a = {.r = r, .mem = mem, .age = rules_fact_find(r->facts, STR("eta"))};

    a.of_house = ARENA_ARRAY(mem, int, (size_t)n_facts + 1);
    a.of_member = ARENA_ARRAY(mem, int, (size_t)n_facts + 1);
    a.carry = ARENA_ARRAY(mem, int64_t, (size_t)n_facts + 1);
    a.place_carry = ARENA_ARRAY(mem, int64_t, (size_t)r->n_places + 1);
    a.order = arena_array(mem, (size_t)r->n_households + 1, sizeof *a.order);
    a.from = arena_array(mem, (size_t)r->n_households + 1, sizeof *a.from);
    for (int round = 0; round < 2; round++)
        for (int f = 0; f < n_facts; f++) {
            if (r->columns[f] == NULL || is_isee(r, f) != (round == 0))
                continue;
            if (rules_fact_at(r->facts, f)->is_of_member)
                a.of_member[a.n_member++] = f;
            else
                a.of_house[a.n_house++] = f;
        }
    for (int64_t h = 0; h < r->n_households; h++)
        a.order[h] = h;
    part(&a, 0, r->n_households, BY_ISEE);
    a.from[a.n_groups] = r->n_households;
    make_groups(&a);
    arena_free(mem);
}

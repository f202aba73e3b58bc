/* simulations_run.c - two texts asked about everybody, and what each household moves. */
#include "base/buf.h"
#include "base/macros.h"
#include "features/rules/rules_parts.h"
#include "simulations_private.h"
#include <pthread.h>
#include <string.h>

enum { CHUNK = 16384, MOST_THREADS = 64, DIGIT_BITS = 11 };

/* Hours, days and meals: twenty a month. */
static const struct {
    const char *per;
    int64_t times;
} years[] = {{"mese", 12}, {"bimestre", 6}, {"trimestre", 4}, {"semestre", 2}, {"settimana", 52}, {"ora", 240}, {"giorno", 240}, {"pasto", 240}};

bool simulations_read_side(struct arena *mem, const struct rules_facts *f, struct str text, struct simulations_side *out,
                           struct rules_error *error)
{
    struct rules_part *parts;
    int n, n_amounts = 0;

    *out = (struct simulations_side){.amount = -1, .per_year = 1};
    if (rules_parse(mem, f, text, &out->rules, error) != ST_OK)
        return false;
    rules_parts(mem, out->rules, text, &parts, &n);
    for (int i = 0; i < n; i++) {
        if (parts[i].kind != RULES_PART_AMOUNT)
            continue;
        if (parts[i].type == RULES_MONEY) {
            out->amount = n_amounts;
            out->amount_words = parts[i].words;
            out->per = parts[i].per;
        }
        n_amounts++;
    }
    for (int i = 0; i < ARRAY_LEN(years); i++)
        if (str_eq_z(out->per, years[i].per))
            out->per_year = years[i].times;
    return true;
}

int64_t simulations_year(const struct simulations_side *s, const struct rules_outcome *x, bool *served)
{
    int64_t year;

    *served = !x->is_error && (x->verdict == RULES_YES || x->verdict == RULES_PROBABLY);
    if (!*served || s->amount < 0 || __builtin_mul_overflow(x->cents, s->per_year, &year))
        return 0;
    return year;
}

/* ---- which facts ---- */

static int isee_of(const struct rules_facts *f, const struct rules *r)
{
    const int *asks;
    int n;

    rules_asks(r, &asks, &n);
    for (int i = 0; i < n; i++)
        if (str_starts(rules_fact_at(f, asks[i])->name, STR("isee_")) && rules_fact_at(f, asks[i])->type == RULES_MONEY)
            return asks[i];
    return -1;
}

static int isee_of_both(const struct rules_facts *f, const struct rules *a, const struct rules *b)
{
    const int x = isee_of(f, b), y = isee_of(f, a);

    return x >= 0 ? x : y >= 0 ? y : rules_fact_find(f, STR("isee_ord"));
}

static int rank_fact(const struct rules_facts *f, const struct simulations_choice *o)
{
    const struct str name = o->rank == SIMULATIONS_BY_POINTS ? STR("punteggio_sociale") : o->rank_fact;
    const int i = o->rank == SIMULATIONS_BY_ISEE ? -1 : rules_fact_find(f, name);

    const struct rules_fact *const a = i >= 0 ? rules_fact_at(f, i) : NULL;

    return a != NULL && !a->is_of_member && (a->type == RULES_NUMBER || a->type == RULES_MONEY) ? i : -1;
}

static bool read_both(struct arena *mem, const struct rules_facts *f, const struct simulations_choice *o, struct simulations_side side[2],
                      struct simulations_error *error)
{
    for (int k = 0; k < 2; k++) {
        *error = (struct simulations_error){.in_new = k == 1};
        if (!simulations_read_side(mem, f, k == 0 ? o->old_text : o->new_text, &side[k], &error->error))
            return false;
    }
    if (o->rank != SIMULATIONS_BY_ISEE && rank_fact(f, o) < 0) {
        *error = (struct simulations_error){.key = "simulations.no-such-fact"};
        return false;
    }
    return true;
}

enum status simulations_wanted(struct arena *mem, const struct rules_facts *f, const struct simulations_choice *o, bool *wanted,
                               struct simulations_error *error)
{
    struct simulations_side side[2];

    memset(wanted, 0, (size_t)rules_n_facts(f) * sizeof *wanted);
    if (!read_both(mem, f, o, side, error))
        return ST_INVALID;
    for (int k = 0; k < 2; k++) {
        const int *asks;
        int n;

        rules_asks(side[k].rules, &asks, &n);
        for (int i = 0; i < n; i++)
            wanted[asks[i]] = true;
    }
    wanted[isee_of_both(f, side[0].rules, side[1].rules)] = true;
    if (rank_fact(f, o) >= 0)
        wanted[rank_fact(f, o)] = true;
    return ST_OK;
}

/* ---- fifths of ISEE ---- */

/* Small to large, by digits: it takes the same time whatever stands there. */
static void sort_numbers(int64_t *a, int64_t *spare, int64_t n)
{
    int64_t highest = 0, *from = a, *to = spare;

    for (int64_t i = 0; i < n; i++)
        highest |= a[i];
    for (int shift = 0; highest >> shift > 0 && shift < 63; shift += DIGIT_BITS) {
        int64_t at[1 << DIGIT_BITS] = {0}, sum = 0;

        for (int64_t i = 0; i < n; i++)
            at[from[i] >> shift & ((1 << DIGIT_BITS) - 1)]++;
        for (int k = 0; k < 1 << DIGIT_BITS; k++) {
            const int64_t before = sum;

            sum += at[k];
            at[k] = before;
        }
        for (int64_t i = 0; i < n; i++)
            to[at[from[i] >> shift & ((1 << DIGIT_BITS) - 1)]++] = from[i];
        int64_t *const other = from;

        from = to;
        to = other;
    }
    if (from != a)
        memcpy(a, from, (size_t)n * sizeof *a);
}

static bool knows(const struct rules_population *p, int fact, int64_t h)
{
    return p->of_household[fact] != NULL && (p->known[fact] == NULL || p->known[fact][h] != RULES_UNKNOWN) && p->of_household[fact][h] >= 0;
}

/* *sorted: the ISEE of all who have one. */
static int64_t fifths(struct arena *mem, const struct rules_population *p, struct simulations_result *out, const int64_t **sorted)
{
    int64_t *const list = arena_array(mem, (size_t)p->n_households + 1, sizeof *list), n = 0;

    for (int64_t h = 0; h < p->n_households; h++)
        if (knows(p, out->isee, h))
            list[n++] = p->of_household[out->isee][h];
    sort_numbers(list, arena_array(mem, (size_t)n + 1, sizeof *list), n);
    for (int q = 0; q < 5; q++)
        out->quintile_to[q] = n == 0 ? 0 : list[((int64_t)(q + 1) * n + 4) / 5 - 1];
    *sorted = list;
    return n;
}

/* ---- everybody ---- */

struct sums {
    struct simulations_count all, kinds[SIMULATIONS_KINDS], quintiles[5], *places;
    int64_t gains, losses, n_to_check_old, n_to_check_new, n_no_isee, n_errors;
};

struct work {
    const struct simulations_population *p;
    const struct simulations_side *side;
    const struct simulations_result *result; /* read only: fifths, isee */
    bool is_paid;
    int64_t from, to;
    int64_t *years; /* of the new text; NULL: nobody asked */
    struct simulations_before *before; /* NULL: not kept */
    struct sums s;
    struct arena *mem;
    pthread_t thread;
    bool is_thread;
};

static void add_one(struct simulations_count *c, bool before, bool after, int64_t x, int64_t y, int move)
{
    c->households++;
    c->served_old += before;
    c->served_new += after;
    c->cost_old += x;
    c->cost_new += y;
    c->gain += move > 0;
    c->lose += move < 0;
    c->same += move == 0;
    c->enter += !before && after;
    c->leave += before && !after;
}

static int move_of(bool before, bool after, int64_t x, int64_t y, bool is_paid)
{
    if (before != after)
        return after ? 1 : -1;
    const int more = (y > x) - (y < x);

    return is_paid ? -more : more;
}

static void add_household(struct work *w, int64_t h, const struct rules_outcome *a, const struct rules_outcome *b)
{
    const struct rules_population *const p = &w->p->p;
    bool before, after;
    const int64_t x = simulations_year(&w->side[0], a, &before), y = simulations_year(&w->side[1], b, &after);
    const int move = move_of(before, after, x, y, w->is_paid);

    w->s.n_to_check_old += !a->is_error && a->verdict == RULES_TO_CHECK;
    w->s.n_to_check_new += !b->is_error && b->verdict == RULES_TO_CHECK;
    w->s.n_errors += a->is_error || b->is_error;
    if (w->years != NULL)
        w->years[h] = after ? y : -1;
    if (move > 0)
        w->s.gains += w->is_paid && before ? x - y : y - x;
    if (move < 0)
        w->s.losses += w->is_paid && after ? y - x : x - y;
    add_one(&w->s.all, before, after, x, y, move);
    add_one(&w->s.places[w->p->place[h]], before, after, x, y, move);
    for (int k = 0; k < SIMULATIONS_KINDS; k++)
        if (w->p->kinds[h] >> k & 1)
            add_one(&w->s.kinds[k], before, after, x, y, move);
    if (!knows(p, w->result->isee, h)) {
        w->s.n_no_isee++;
        return;
    }
    int q = 0;

    while (q < 4 && p->of_household[w->result->isee][h] > w->result->quintile_to[q])
        q++;
    add_one(&w->s.quintiles[q], before, after, x, y, move);
}

static void *work_part(void *arg)
{
    struct work *const w = arg;
    struct rules_outcome *const a = arena_array(w->mem, CHUNK, sizeof *a), *const b = arena_array(w->mem, CHUNK, sizeof *b);

    w->s.places = arena_array(w->mem, (size_t)w->p->n_places + 1, sizeof *w->s.places);
    for (int64_t at = w->from; at < w->to; at += CHUNK) {
        const int64_t end = at + CHUNK < w->to ? at + CHUNK : w->to;

        struct rules_outcome *const x = w->before != NULL ? w->before->of + at : a;

        if (w->before == NULL || !w->before->is_full)
            rules_ask_all(w->side[0].rules, w->p->facts, &w->p->p, w->side[0].amount, at, end, x);
        rules_ask_all(w->side[1].rules, w->p->facts, &w->p->p, w->side[1].amount, at, end, b);
        for (int64_t h = at; h < end; h++)
            add_household(w, h, &x[h - at], &b[h - at]);
    }
    return NULL;
}

static void add_counts(struct simulations_count *to, const struct simulations_count *from)
{
    to->households += from->households;
    to->served_old += from->served_old;
    to->served_new += from->served_new;
    to->gain += from->gain;
    to->lose += from->lose;
    to->same += from->same;
    to->enter += from->enter;
    to->leave += from->leave;
    to->cost_old += from->cost_old;
    to->cost_new += from->cost_new;
}

static void add_sums(struct simulations_result *out, const struct simulations_population *p, const struct sums *s)
{
    add_counts(&out->all, &s->all);
    for (int k = 0; k < SIMULATIONS_KINDS; k++)
        add_counts(&out->kinds[k], &s->kinds[k]);
    for (int q = 0; q < 5; q++)
        add_counts(&out->quintiles[q], &s->quintiles[q]);
    for (int i = 0; i < p->n_places; i++) {
        add_counts(&out->places[i], &s->places[i]);
        add_counts(&out->zones[p->zone_of[i]], &s->places[i]);
    }
    out->mean_gain += s->gains;
    out->mean_loss += s->losses;
    out->n_to_check_old += s->n_to_check_old;
    out->n_to_check_new += s->n_to_check_new;
    out->n_no_isee += s->n_no_isee;
    out->n_errors += s->n_errors;
}

static void ask_everybody(struct arena *mem, const struct simulations_population *p, const struct simulations_choice *o,
                          const struct simulations_side *side, int64_t *list, struct simulations_result *out)
{
    const int asked = o->n_threads < 1 ? 1 : o->n_threads > MOST_THREADS ? MOST_THREADS : o->n_threads;
    struct work *const w = arena_array(mem, (size_t)asked, sizeof *w);
    const int64_t n = p->p.n_households;

    for (int i = 0; i < asked; i++) {
        w[i] = (struct work){.p = p, .side = side, .result = out, .is_paid = o->is_paid, .years = list, .mem = arena_new(0), .before = o->before,
                             .from = n * i / asked, .to = n * (i + 1) / asked};
        w[i].is_thread = i > 0 && pthread_create(&w[i].thread, NULL, work_part, &w[i]) == 0;
    }
    for (int i = 0; i < asked; i++)
        if (!w[i].is_thread)
            work_part(&w[i]);
    for (int i = 0; i < asked; i++) {
        if (w[i].is_thread)
            pthread_join(w[i].thread, NULL);
    }
    if (o->before != NULL && !o->before->is_full) /* a full one is read by others meanwhile */
        o->before->is_full = true;
    for (int i = 0; i < asked; i++) {
        add_sums(out, p, &w[i].s);
        arena_free(w[i].mem);
    }
    out->mean_gain = out->all.gain > 0 ? out->mean_gain / out->all.gain : 0;
    out->mean_loss = out->all.lose > 0 ? out->mean_loss / out->all.lose : 0;
}

struct simulations_result *simulations_new(struct arena *mem, const struct simulations_population *p)
{
    struct simulations_result *const r = arena_alloc(mem, sizeof *r);

    *r = (struct simulations_result){.places = arena_array(mem, (size_t)p->n_places + 1, sizeof *r->places),
                                     .zones = arena_array(mem, (size_t)p->n_zones + 1, sizeof *r->zones)};
    return r;
}

static void put_hashes(struct arena *mem, const struct simulations_population *p, const struct simulations_choice *o,
                       struct simulations_result *out)
{
    struct buf asked = buf_new(mem, o->old_text.n + o->new_text.n + 1024), figures = buf_new(mem, 64 * 1024);

    simulations_put_asked(&asked, p, o);
    simulations_hash(buf_view(&asked), out->hash);
    simulations_put_figures(&figures, p, out);
    simulations_hash(buf_view(&figures), out->result_hash);
}

enum status simulations_run(struct arena *mem, const struct simulations_population *p, const struct simulations_choice *o,
                            struct simulations_result *out, struct simulations_error *error)
{
    struct arena *const scratch = arena_new(0);
    struct simulations_side side[2];
    const int64_t *isee;
    int64_t *list = NULL;

    if (!read_both(scratch, p->facts, o, side, error)) {
        error->error.value = str_copy(mem, error->error.value);
        arena_free(scratch);
        return ST_INVALID;
    }
    out->isee = isee_of_both(p->facts, side[0].rules, side[1].rules);
    out->old_name = str_copy(mem, rules_name(side[0].rules));
    out->new_name = str_copy(mem, rules_name(side[1].rules));
    out->amount_old = str_copy(mem, side[0].amount_words);
    out->amount_new = str_copy(mem, side[1].amount_words);
    out->per = str_copy(mem, side[1].per);
    const int64_t n_isee = fifths(scratch, &p->p, out, &isee);

    if (o->budget_cents > 0)
        list = arena_array(scratch, (size_t)p->p.n_households + 1, sizeof *list);
    ask_everybody(scratch, p, o, side, list, out);
    simulations_steps(p, &side[0], &side[1], o->is_paid, isee, n_isee, out);
    if (list != NULL)
        simulations_serve(p, o, list, out);
    simulations_hide(p, out);
    put_hashes(scratch, p, o, out);
    arena_free(scratch);
    return ST_OK;
}

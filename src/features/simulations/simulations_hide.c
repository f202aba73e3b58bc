/* simulations_hide.c - counts that would point at somebody are not shown, nor what would give them away by difference. */
#include "base/macros.h"
#include "simulations_private.h"

enum { N_COUNTS = 10 };

static bool is_small(int64_t n)
{
    return n > 0 && n < SIMULATIONS_LEAST;
}

/* All that a row says or lets be reckoned: what is not served is as telling as what is. */
static void counts_of(const struct simulations_count *c, int64_t out[N_COUNTS])
{
    out[0] = c->households;
    out[1] = c->served_old;
    out[2] = c->households - c->served_old;
    out[3] = c->served_new;
    out[4] = c->households - c->served_new;
    out[5] = c->gain;
    out[6] = c->lose;
    out[7] = c->same;
    out[8] = c->enter;
    out[9] = c->leave;
}

static bool tells_too_much(const struct simulations_count *c)
{
    int64_t n[N_COUNTS];

    counts_of(c, n);
    for (int i = 0; i < N_COUNTS; i++)
        if (is_small(n[i]))
            return true;
    return false;
}

static void hide(struct simulations_count *c)
{
    c->hides_households = is_small(c->households);
    c->hides_served = c->hides_moves = c->hides_money = true;
}

static bool is_hidden(const struct simulations_count *c)
{
    return c->hides_moves;
}

static void add(struct simulations_count *to, const struct simulations_count *c)
{
    to->households += c->households;
    to->served_old += c->served_old;
    to->served_new += c->served_new;
    to->gain += c->gain;
    to->lose += c->lose;
    to->same += c->same;
    to->enter += c->enter;
    to->leave += c->leave;
}

/* Rows whose sum is known: what is hidden, taken together, must be nobody or enough people, and more than one row. */
static bool hold_together(struct simulations_count *const *rows, int n, const struct simulations_count *rest)
{
    struct simulations_count sum = *rest;
    int n_hidden = rest->households > 0;

    for (int i = 0; i < n; i++)
        if (is_hidden(rows[i])) {
            n_hidden++;
            add(&sum, rows[i]);
        }
    return n_hidden == 0 || (n_hidden > 1 && !tells_too_much(&sum));
}

/* Parts of a whole that is shown; `rest`: of the whole, but in no row. Households of a hidden row stay hidden too: the sum of
 * the others would tell them. */
static void hide_parts(struct simulations_count *const *rows, int n, const struct simulations_count *rest)
{
    for (int i = 0; i < n; i++)
        if (rows[i]->households > 0 && tells_too_much(rows[i]))
            hide(rows[i]);
    while (!hold_together(rows, n, rest)) {
        int least = -1;

        for (int i = 0; i < n; i++)
            if (rows[i]->households > 0 && !is_hidden(rows[i]) && (least < 0 || rows[i]->households < rows[least]->households))
                least = i;
        if (least < 0)
            return;
        hide(rows[least]);
    }
}

/* Small numbers of households hidden alone would be the difference of all others: hidden rows hide theirs together. */
static void hide_households(struct simulations_count *const *rows, int n)
{
    bool any = false;

    for (int i = 0; i < n; i++)
        any |= rows[i]->hides_households;
    for (int i = 0; i < n && any; i++)
        if (is_hidden(rows[i]))
            rows[i]->hides_households = true;
}

static void hide_part_of(struct simulations_count **rows, int n, const struct simulations_count *rest)
{
    hide_parts(rows, n, rest);
    hide_households(rows, n);
}

static void hide_places(const struct simulations_population *p, struct simulations_result *r)
{
    static const struct simulations_count nobody;
    struct arena *const mem = arena_new(0);
    struct simulations_count **const rows = arena_array(mem, (size_t)p->n_places + (size_t)p->n_zones + 1, sizeof *rows);

    for (int z = 0; z < p->n_zones; z++)
        rows[z] = &r->zones[z];
    hide_part_of(rows, p->n_zones, &nobody);
    for (int z = 0; z < p->n_zones; z++) {
        int n = 0;

        for (int i = 0; i < p->n_places; i++)
            if (p->zone_of[i] == z)
                rows[n++] = &r->places[i];
        if (is_hidden(&r->zones[z])) {
            for (int i = 0; i < n; i++) {
                hide(rows[i]);
                rows[i]->hides_households = r->zones[z].hides_households || rows[i]->hides_households;
            }
        } else {
            hide_part_of(rows, n, &nobody);
        }
    }
    arena_free(mem);
}

/* What is left of the whole beside a part: hidden like the part, for who takes one from the other. */
static void take_off(struct simulations_count *whole, const struct simulations_count *part)
{
    whole->households -= part->households;
    whole->served_old -= part->served_old;
    whole->served_new -= part->served_new;
    whole->gain -= part->gain;
    whole->lose -= part->lose;
    whole->same -= part->same;
    whole->enter -= part->enter;
    whole->leave -= part->leave;
}

static void hide_kinds(struct simulations_result *r)
{
    for (int k = 0; k < SIMULATIONS_KINDS; k++) {
        struct simulations_count *const c = &r->kinds[k];
        struct simulations_count others = r->all;

        take_off(&others, c);
        if ((c->households > 0 && tells_too_much(c)) || (others.households > 0 && tells_too_much(&others)))
            hide(c);
    }
}

void simulations_hide(const struct simulations_population *p, struct simulations_result *r)
{
    struct simulations_count *fifths[5], rest = r->all;

    if (tells_too_much(&r->all))
        hide(&r->all);
    hide_kinds(r);
    for (int q = 0; q < 5; q++) {
        fifths[q] = &r->quintiles[q];
        take_off(&rest, fifths[q]);
    }
    hide_part_of(fifths, 5, &rest);
    hide_places(p, r);
    r->hides_mean_gain = is_small(r->all.gain);
    r->hides_mean_loss = is_small(r->all.lose);
    r->list.hides = is_small(r->list.n_served) || is_small(r->list.n_waiting) || is_small(r->list.n_asking);
}

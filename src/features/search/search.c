/*
 * search.c - a search from end to end: taken within the distance asked for, then further
 * and further until something is there for whoever asks.
 */
#include "search.h"
#include "search_asking.h"
#include "search_misses_count.h"
#include <setjmp.h>

static const int wider_km[] = {20, 40};

/* One way of widening is taken after the other while nothing serves the comune. */
static void find_widening(struct asking *a, int n_in_order, struct search_answer *out)
{
    const bool is_placed = a->has_point || a->comune >= 0;

    asking_find(a, n_in_order);
    if (!is_placed || a->is_nothing || a->ask->no_widening || a->reach == REACH_ALL)
        return;
    for (size_t i = 0; i < sizeof wider_km / sizeof *wider_km && a->n_here == 0; i++) {
        if (wider_km[i] <= a->km)
            continue;
        a->km = wider_km[i];
        asking_find(a, n_in_order);
        out->widened = WIDENED_KM;
        out->widened_to_km = a->km;
    }
    if (a->n_here == 0 && a->district >= 0) {
        a->reach = REACH_DISTRICT;
        asking_find(a, n_in_order);
        out->widened = WIDENED_DISTRICT;
        out->widened_area = str_copy(a->c->mem, a->shelf->geo->areas[a->district].name);
    }
    if (a->n_here == 0) {
        a->reach = REACH_ALL;
        asking_find(a, n_in_order);
        out->widened = WIDENED_ALL;
    }
    if (out->widened != WIDENED_KM)
        out->widened_to_km = 0;
    if (out->widened != WIDENED_DISTRICT)
        out->widened_area = STR("");
    if (a->n_found == 0)
        out->widened = WIDENED_NOT; /* there is nothing anywhere: nothing to say of how far */
}

/* A miss: one person's first look, no filters, and nothing that serves the comune within 20 km. */
static void count_miss(struct asking *a, const struct search_answer *out)
{
    const bool is_far = out->widened > WIDENED_KM ||
                        (out->widened == WIDENED_KM && out->widened_to_km > wider_km[0]);

    if (a->ask->no_counting || a->ask->n_choices > 0 || out->page > 1 || a->is_nothing ||
        (a->n_words == 0 && a->n_needs == 0) || (a->n_here > 0 && !is_far))
        return;
    misses_count(a->c, a->n_needs > 0 ? needs_at(a->shelf->needs, a->need[0])->id : STR(""),
                 out->area_id);
}

static struct asking begin(struct ctx *c, const struct search_ask *ask, struct arena *mem,
                           const struct shelf *s)
{
    struct asking a = {.c = c, .mem = mem, .shelf = s, .ask = ask, .km = ask->km};

    if (a.km <= 0)
        a.km = SEARCH_KM;
    if (a.km > SEARCH_MOST_KM)
        a.reach = REACH_ALL;
    asking_understand(&a);
    if (a.is_district_asked)
        a.reach = REACH_DISTRICT;
    asking_mark(&a);
    return a;
}

void search_on_shelf(struct ctx *c, const struct search_ask *ask, struct arena *mem,
                     const struct shelf *s, struct search_answer *out)
{
    struct asking a = begin(c, ask, mem, s);
    int n_in_order;

    *out =
        (struct search_answer){.page = ask->page > 0 ? ask->page : 1,
                               .page_size = ask->page_size > 0 ? ask->page_size : SEARCH_PAGE_SIZE};
    if (out->page_size > SEARCH_MOST_PAGE)
        out->page_size = SEARCH_MOST_PAGE;
    if (out->page > INT32_MAX / out->page_size)
        out->page = INT32_MAX / out->page_size;
    n_in_order = out->page * out->page_size;
    find_widening(&a, n_in_order, out);
    asking_tell(&a, out);
    count_miss(&a, out);
}

static void count_needs(struct ctx *c, const struct search_ask *ask, struct arena *mem,
                        const struct shelf *s, int *counts)
{
    struct asking a = begin(c, ask, mem, s);

    a.reach_squared = (float)a.km * 1000 * ((float)a.km * 1000);
    for (int i = 0; i < s->n_segments && !a.is_nothing; i++) {
        const struct segment *const of = s->segments[i];
        uint8_t *const is_in = ARENA_ARRAY(mem, uint8_t, (size_t)of->n_lines);

        for (uint32_t l = 0; l < (uint32_t)of->n_lines; l++) {
            struct weighed w;

            if (shelf_is_dead(s, i, of->lines[l].service))
                continue;
            asking_weigh(&a, &a.segments[i], &of->lines[l], &w);
            is_in[l] = w.is_in_reach && w.serves.level != SERVES_NOT;
        }
        for (int k = 0; k < of->n_needs; k++)
            for (uint32_t p = of->first_of_need[k]; p < of->first_of_need[k + 1]; p++) {
                const uint32_t line = of->by_need[p];
                bool is_first = is_in[line];

                for (uint32_t l = of->services[of->lines[line].service].first_line;
                     is_first && l != 0; l = of->lines[l - 1].next)
                    if (is_in[l - 1] && l - 1 < line)
                        is_first = false; /* another place of it was counted */
                counts[k] += is_first;
            }
    }
}

/* ---- what holds a shelf lets it go, also when the request's memory ends in between ---- */

typedef void (*on_shelf)(struct ctx *c, const struct search_ask *ask, struct arena *mem,
                         const struct shelf *s, void *out);

static enum status with_shelf(struct ctx *c, const struct search_ask *ask, on_shelf work, void *out)
{
    struct shelf *s;
    const enum status st = shelf_take(c, &s);
    jmp_buf trap;

    if (st != ST_OK)
        return st;
    struct arena *const mem = arena_new(0);
    jmp_buf *const old = arena_trap(c->mem, &trap);

    if (old == NULL) {
        arena_trap(c->mem, NULL);
        work(c, ask, mem, s, out);
    } else if (setjmp(trap) == 0) {
        work(c, ask, mem, s, out);
        arena_trap(c->mem, old);
    } else {
        arena_free(mem);
        shelf_release(s);
        arena_trap(c->mem, old);
        longjmp(*old, 1);
    }
    arena_free(mem);
    shelf_release(s);
    return ST_OK;
}

static void search_on(struct ctx *c, const struct search_ask *ask, struct arena *mem,
                      const struct shelf *s, void *out)
{
    search_on_shelf(c, ask, mem, s, out);
}

static void count_on(struct ctx *c, const struct search_ask *ask, struct arena *mem,
                     const struct shelf *s, void *out)
{
    count_needs(c, ask, mem, s, out);
}

enum status search_services(struct ctx *c, const struct search_ask *ask, struct search_answer *out)
{
    return with_shelf(c, ask, search_on, out);
}

enum status search_count_needs(struct ctx *c, const struct search_ask *ask, int **out_counts,
                               int *n_counts)
{
    *n_counts = needs_n(needs_of(c));
    *out_counts = ARENA_ARRAY(c->mem, int, (size_t)*n_counts);
    return with_shelf(c, ask, count_on, *out_counts);
}

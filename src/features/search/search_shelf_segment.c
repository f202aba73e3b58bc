/* search_shelf_segment.c - a closed segment: held, asked, let go. */
#include "base/clock.h"
#include "features/opening/opening.h"
#include "search_shelf.h"

void segment_hold(struct segment *s)
{
    atomic_fetch_add(&s->n_holders, 1);
}

void segment_release(struct segment *s)
{
    if (s != NULL && atomic_fetch_sub(&s->n_holders, 1) == 1)
        arena_free(s->mem);
}

int segment_find(const struct segment *s, int64_t service_id)
{
    int low = 0, high = s->n_services - 1;

    while (low <= high) {
        const int mid = low + (high - low) / 2;

        if (s->services[mid].service_id == service_id)
            return mid;
        if (s->services[mid].service_id < service_id)
            low = mid + 1;
        else
            high = mid - 1;
    }
    return -1;
}

/* ---- which hours are open: two minutes and a state in one word ---- */

enum { MINUTE_BITS = 28, STATE_BITS = 4 };
static const uint64_t minute_mask = (1ull << MINUTE_BITS) - 1;

static uint64_t pack(int64_t from_min, int64_t to_min, enum hours_state state)
{
    return ((uint64_t)from_min & minute_mask) << (MINUTE_BITS + STATE_BITS) |
           ((uint64_t)to_min & minute_mask) << STATE_BITS | (uint64_t)state;
}

/* It holds from the minute it was asked in to its next change, at most to midnight, when an open
 * day without hours may begin. Changes fall on whole minutes. */
enum hours_state segment_hours_state(const struct segment *s, uint32_t hours, int64_t now_ms)
{
    const int64_t now_min = now_ms / 60000;
    const uint64_t kept = atomic_load_explicit(&s->open_until[hours], memory_order_relaxed);
    const int64_t from = (int64_t)(kept >> (MINUTE_BITS + STATE_BITS) & minute_mask);
    const int64_t to = (int64_t)(kept >> STATE_BITS & minute_mask);

    if (kept != 0 && from <= now_min && now_min < to)
        return (enum hours_state)(kept & ((1u << STATE_BITS) - 1));
    struct hours_answer a;

    hours_at(&s->hours[hours], now_ms, &a);
    int64_t until = hours_instant(clock_day_at(now_ms) + 1, 0, false);

    if (a.has_until && a.until_ms < until)
        until = a.until_ms;
    if (a.has_next && a.next_ms < until)
        until = a.next_ms;
    atomic_store_explicit(&s->open_until[hours], pack(now_min, until / 60000, a.state),
                          memory_order_relaxed);
    return a.state;
}

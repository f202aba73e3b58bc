/* people_pool.c - see people_pool.h: a table of digests over rows of texts. */
#include "people_pool.h"
#include <string.h>

enum { FIRST_SLOTS = 256 };

struct people_pool people_pool_new(struct arena *mem)
{
    struct people_pool p = {.values = people_rows_new(mem, sizeof(struct people_value)), .n = 1, .n_slots = FIRST_SLOTS};

    people_rows_at(&p.values, 0);
    p.slots = ARENA_ARRAY(mem, uint32_t, FIRST_SLOTS);
    return p;
}

static uint32_t slot_of(const struct people_pool *p, const char text[PEOPLE_NAME_MAX])
{
    return (uint32_t)people_hash(text, PEOPLE_NAME_MAX) & (p->n_slots - 1);
}

static void rehash(struct people_pool *p)
{
    p->n_slots *= 2;
    p->slots = ARENA_ARRAY(p->values.mem, uint32_t, p->n_slots);
    for (uint32_t v = 1; v < p->n; v++) {
        uint32_t at = slot_of(p, people_pool_at(p, v)->text);

        while (p->slots[at] != 0)
            at = (at + 1) & (p->n_slots - 1);
        p->slots[at] = v;
    }
}

uint32_t people_pool_keep(struct people_pool *p, const char *text, size_t n, bool *is_new)
{
    struct people_value v = {.n = (uint8_t)(n > PEOPLE_NAME_MAX ? PEOPLE_NAME_MAX : n)};

    *is_new = false;
    if (n == 0)
        return 0;
    memcpy(v.text, text, v.n);
    uint32_t at = slot_of(p, v.text);

    for (; p->slots[at] != 0; at = (at + 1) & (p->n_slots - 1))
        if (memcmp(people_pool_at(p, p->slots[at])->text, v.text, PEOPLE_NAME_MAX) == 0)
            return p->slots[at];
    const uint32_t id = p->n++;

    *(struct people_value *)people_rows_at(&p->values, id) = v;
    p->slots[at] = id;
    *is_new = true;
    if (p->n * 2 > p->n_slots)
        rehash(p);
    return id;
}

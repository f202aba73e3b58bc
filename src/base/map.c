/* map.c - open addressing over FNV-1a; texts come from our own tables, never from
 * outside. */
#include "base/map.h"

static uint32_t hash_of(struct str s)
{
    uint32_t h = 2166136261u;

    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 16777619u;
    return h;
}

struct map map_new(struct arena *mem, int n_expected)
{
    uint32_t room = 16;

    while (room < (uint32_t)n_expected * 2)
        room *= 2;
    return (struct map){.mem = mem, .slots = ARENA_ARRAY(mem, struct map_slot, room), .room = room};
}

/* The slot of the text, or the empty one where it would stand. */
static struct map_slot *slot_of(const struct map *m, struct str key, uint32_t hash)
{
    uint32_t at = hash & (m->room - 1);

    while (m->slots[at].key.p != NULL &&
           (m->slots[at].hash != hash || !str_eq(m->slots[at].key, key)))
        at = (at + 1) & (m->room - 1);
    return &m->slots[at];
}

static void widen(struct map *m)
{
    struct map wider = map_new(m->mem, (int)m->room);

    for (uint32_t i = 0; i < m->room; i++)
        if (m->slots[i].key.p != NULL)
            *slot_of(&wider, m->slots[i].key, m->slots[i].hash) = m->slots[i];
    m->slots = wider.slots;
    m->room = wider.room;
}

static struct map_slot *put(struct map *m, struct str key, int value)
{
    const uint32_t hash = hash_of(key);
    struct map_slot *s = slot_of(m, key, hash);

    if (s->key.p != NULL)
        return s;
    if (m->n * 2 >= m->room) {
        widen(m);
        s = slot_of(m, key, hash);
    }
    *s = (struct map_slot){{key.p == NULL ? "" : key.p, key.n}, hash, value};
    m->n++;
    return s;
}

int map_add(struct map *m, struct str key, int value)
{
    return put(m, key, value)->value;
}

void map_set(struct map *m, struct str key, int value)
{
    put(m, key, value)->value = value;
}

int map_get(const struct map *m, struct str key)
{
    const struct map_slot *const s = slot_of(m, key, hash_of(key));

    return s->key.p == NULL ? -1 : s->value;
}

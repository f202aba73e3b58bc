/* feeds_seen.c - open addressing, half full at most; a larger table has an arena of its own. */
#include "feeds_seen.h"
#include "base/random.h"
#include <sodium.h>

enum { FIRST_ROOM = 1024 };

struct slot {
    uint64_t hash; /* 0: empty */
    int64_t value;
};

struct feeds_seen {
    struct arena *mem;   /* of this */
    struct arena *table; /* of the slots */
    struct slot *slots;
    size_t n, room;
    unsigned char key[crypto_shorthash_KEYBYTES];
};

struct feeds_seen *feeds_seen_new(void)
{
    struct arena *mem = arena_new(0);
    struct feeds_seen *s = ARENA_NEW(mem, struct feeds_seen);

    s->mem = mem;
    s->table = arena_new(0);
    s->room = FIRST_ROOM;
    s->slots = ARENA_ARRAY(s->table, struct slot, s->room);
    random_bytes(s->key, sizeof s->key);
    return s;
}

void feeds_seen_free(struct feeds_seen *s)
{
    if (s == NULL)
        return;
    arena_free(s->table);
    arena_free(s->mem);
}

uint64_t feeds_seen_hash(const struct feeds_seen *s, struct str key)
{
    uint64_t hash = 0;

    crypto_shorthash((unsigned char *)&hash, (const unsigned char *)(key.n > 0 ? key.p : ""), key.n, s->key);
    return hash == 0 ? 1 : hash;
}

static struct slot *slot_of(struct slot *slots, size_t room, uint64_t hash)
{
    size_t i = hash & (room - 1);

    while (slots[i].hash != 0 && slots[i].hash != hash)
        i = (i + 1) & (room - 1);
    return &slots[i];
}

static void grow(struct feeds_seen *s)
{
    struct arena *table = arena_new(0);
    const size_t room = s->room * 2;
    struct slot *slots = ARENA_ARRAY(table, struct slot, room);

    for (size_t i = 0; i < s->room; i++)
        if (s->slots[i].hash != 0)
            *slot_of(slots, room, s->slots[i].hash) = s->slots[i];
    arena_free(s->table);
    s->table = table;
    s->slots = slots;
    s->room = room;
}

bool feeds_seen_add(struct feeds_seen *s, struct str key, int64_t value, int64_t *out)
{
    const uint64_t hash = feeds_seen_hash(s, key);
    struct slot *slot = slot_of(s->slots, s->room, hash);

    if (slot->hash != 0) {
        *out = slot->value;
        return false;
    }
    *slot = (struct slot){hash, value};
    *out = value;
    if (++s->n * 2 > s->room)
        grow(s);
    return true;
}

bool feeds_seen_find(const struct feeds_seen *s, struct str key, int64_t *out)
{
    const struct slot *slot = slot_of(s->slots, s->room, feeds_seen_hash(s, key));

    if (slot->hash == 0)
        return false;
    *out = slot->value;
    return true;
}

void feeds_seen_set(struct feeds_seen *s, struct str key, int64_t value)
{
    struct slot *slot = slot_of(s->slots, s->room, feeds_seen_hash(s, key));

    if (slot->hash != 0)
        slot->value = value;
}

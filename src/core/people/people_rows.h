/*
 * people_rows.h - private to people: an array that grows without ever being copied whole.
 *
 * Why     of four million records a doubled copy would need as much memory again, three times over.
 * Where   items stand in chunks; the first chunk grows while there are few. An item is moved only then.
 * Memory  the arena given to people_rows_new; items are zeroed.
 */
#pragma once
#include "base/arena.h"
#include <stdint.h>

enum { PEOPLE_CHUNK_BITS = 12, PEOPLE_CHUNK = 1 << PEOPLE_CHUNK_BITS };

struct people_rows {
    struct arena *mem;
    char **chunk;
    size_t size; /* of an item */
    uint32_t room, n_chunks, room_chunks;
};

static inline struct people_rows people_rows_new(struct arena *mem, size_t size)
{
    return (struct people_rows){.mem = mem, .size = size};
}

static inline void *people_row(const struct people_rows *r, uint32_t i)
{
    return r->chunk[i >> PEOPLE_CHUNK_BITS] + (i & (PEOPLE_CHUNK - 1)) * r->size;
}

/* Item i, there being room for it now: of items before it each was asked for once. */
void *people_rows_at(struct people_rows *r, uint32_t i);

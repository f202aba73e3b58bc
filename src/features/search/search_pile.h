/*
 * search_pile.h - private: a list that grows without moving, while a segment is built.
 *
 * Memory  blocks of the arena given; items stay where they are.
 */
#pragma once
#include "base/arena.h"
#include <stdint.h>

enum { PILE_BLOCK = 4096 }; /* items; a power of two */

struct pile {
    struct arena *mem;
    size_t size; /* of an item */
    char **blocks;
    int n_blocks, room;
    int64_t n;
};

static inline struct pile pile_new(struct arena *mem, size_t size)
{
    return (struct pile){.mem = mem, .size = size};
}

/* A zeroed item at the end. */
static inline void *pile_add(struct pile *p)
{
    if (p->n == (int64_t)p->n_blocks * PILE_BLOCK) {
        if (p->n_blocks == p->room) {
            const int wider = p->room == 0 ? 64 : p->room * 2;

            p->blocks = arena_grow(p->mem, p->blocks, (size_t)p->room * sizeof *p->blocks,
                                   (size_t)wider * sizeof *p->blocks);
            p->room = wider;
        }
        p->blocks[p->n_blocks++] = arena_array(p->mem, PILE_BLOCK, p->size);
    }
    const int64_t at = p->n++;

    return p->blocks[at / PILE_BLOCK] + (size_t)(at % PILE_BLOCK) * p->size;
}

static inline void *pile_at(const struct pile *p, int64_t at)
{
    return p->blocks[at / PILE_BLOCK] + (size_t)(at % PILE_BLOCK) * p->size;
}

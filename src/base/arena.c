#include "base/arena.h"
#include "base/fault.h"
#include "base/log.h"
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIRST_BLOCK = 16 * 1024, ALIGN = 16 };

struct block {
    struct block *next;
    size_t size; /* usable bytes after the header */
    size_t used;
    size_t pad; /* keeps the header a multiple of ALIGN */
};

struct arena {
    struct block *first;
    struct block *current;
    size_t cap;
    size_t handed_out;
    jmp_buf *trap;
};

void arena_set_up(void)
{
#ifdef M_ARENA_MAX
    const long n_cores = sysconf(_SC_NPROCESSORS_ONLN);

    mallopt(M_ARENA_MAX, n_cores < 2 ? 2 : n_cores > 64 ? 64 : (int)n_cores);
#endif
}

static void *block_bytes(struct block *b)
{
    return (char *)b + sizeof(struct block);
}

static struct block *block_new(size_t size)
{
    struct block *b;

    if (fault_hit("arena.alloc"))
        return NULL;
    if (size > SIZE_MAX - sizeof *b)
        return NULL;
    b = malloc(sizeof *b + size);
    if (b != NULL)
        *b = (struct block){.size = size};
    return b;
}

struct arena *arena_new(size_t cap_bytes)
{
    struct arena *a = calloc(1, sizeof *a);
    struct block *b = a == NULL ? NULL : malloc(sizeof *b + FIRST_BLOCK);

    if (b == NULL)
        bug("no memory for an arena");
    *b = (struct block){.size = FIRST_BLOCK};
    a->first = a->current = b;
    a->cap = cap_bytes;
    return a;
}

void arena_free(struct arena *a)
{
    if (a == NULL)
        return;
    for (struct block *b = a->first, *next; b != NULL; b = next) {
        next = b->next;
        free(b);
    }
    free(a);
}

void arena_reset(struct arena *a)
{
    for (struct block *b = a->first->next, *next; b != NULL; b = next) {
        next = b->next;
        free(b);
    }
    a->first->next = NULL;
    a->first->used = 0;
    a->current = a->first;
    a->handed_out = 0;
}

static void NORETURN out_of_memory(struct arena *a, size_t wanted)
{
    if (a->trap != NULL)
        longjmp(*a->trap, 1);
    bug("arena out of memory: %zu handed out, %zu wanted, cap %zu", a->handed_out, wanted, a->cap);
}

static size_t round_up(struct arena *a, size_t n)
{
    if (n > SIZE_MAX - ALIGN)
        out_of_memory(a, n);
    return (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
}

void *arena_alloc(struct arena *a, size_t n_bytes)
{
    const size_t n = round_up(a, n_bytes == 0 ? 1 : n_bytes);
    struct block *b = a->current;

    if (a->cap != 0 && (n > a->cap || a->handed_out > a->cap - n))
        out_of_memory(a, n);
    if (n > b->size - b->used) {
        /* Each block doubles the last, so that a large page costs few calls. */
        const size_t grown = b->size < (size_t)1 << 24 ? b->size * 2 : b->size;

        b = block_new(n > grown ? n : grown);
        if (b == NULL)
            out_of_memory(a, n);
        a->current->next = b;
        a->current = b;
    }
    void *p = (char *)block_bytes(b) + b->used;

    b->used += n;
    a->handed_out += n;
    return memset(p, 0, n);
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(n, size, &bytes))
        out_of_memory(a, SIZE_MAX);
    return arena_alloc(a, bytes);
}

void *arena_grow(struct arena *a, void *old, size_t old_bytes, size_t new_bytes)
{
    struct block *b = a->current;
    const size_t was = round_up(a, old_bytes == 0 ? 1 : old_bytes);
    const size_t want = round_up(a, new_bytes == 0 ? 1 : new_bytes);

    if (old != NULL && want >= was && (char *)old + was == (char *)block_bytes(b) + b->used &&
        want - was <= b->size - b->used && (a->cap == 0 || want - was <= a->cap - a->handed_out)) {
        memset((char *)old + was, 0, want - was);
        b->used += want - was;
        a->handed_out += want - was;
        return old;
    }
    void *p = arena_alloc(a, new_bytes);

    if (old != NULL && old_bytes != 0)
        memcpy(p, old, old_bytes < new_bytes ? old_bytes : new_bytes);
    return p;
}

jmp_buf *arena_trap(struct arena *a, jmp_buf *trap)
{
    jmp_buf *before = a->trap;

    a->trap = trap;
    return before;
}

size_t arena_used(const struct arena *a)
{
    return a->handed_out;
}

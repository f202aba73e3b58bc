/*
 * arena.h - memory that has an address: everything is let go together.
 *
 * Why     a request allocates freely and frees nothing; the arena is reset when the answer is
 *         sent. malloc appears in arena.c and nowhere else (libraries keep their own).
 * Limits  an arena has a cap. Past it, or when the system has no memory, the arena springs its
 *         trap (arena_trap) if one is set: the request ends with ST_BUSY, its transaction is
 *         rolled back, the data are untouched. Without a trap it is a bug() and the worker ends.
 *         So nobody tests what arena_alloc returns.
 * Threads one arena belongs to one thread at a time.
 */
#pragma once
#include <setjmp.h>
#include <stddef.h>

struct arena;

/* Once, before threads start: as many heaps as cores. glibc would give each of the threads that wait
 * for a visitor a heap of its own, and what one request let go would serve no other. */
void arena_set_up(void);

/* cap_bytes: the most that may be handed out before a reset; 0 means no cap of its own. */
struct arena *arena_new(size_t cap_bytes);
void arena_free(struct arena *a);

/* Everything handed out is gone; the first block is kept for the next request. */
void arena_reset(struct arena *a);

/* Zeroed, aligned for any type. n_bytes may be 0 (a valid pointer to nothing). */
void *arena_alloc(struct arena *a, size_t n_bytes);

/* Room for n items of size bytes, zeroed; an overflow of n * size springs the trap. */
void *arena_array(struct arena *a, size_t n, size_t size);

/* A larger copy of a block that was handed out by this arena (in place when it was the last). */
void *arena_grow(struct arena *a, void *old, size_t old_bytes, size_t new_bytes);

/* Where to go when memory ends: longjmp(*trap, 1). NULL takes it away. The frame that called
 * setjmp must still be there. Returns the one set before, to put back. */
jmp_buf *arena_trap(struct arena *a, jmp_buf *trap);

/* Bytes handed out since the last reset. */
size_t arena_used(const struct arena *a);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_array((a), (n), sizeof(type)))

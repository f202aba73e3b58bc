/* people_rows.c - chunks of rows. */
#include "people_rows.h"

void *people_rows_at(struct people_rows *r, uint32_t i)
{
    while (i >= r->room) {
        if (r->n_chunks == 1 && r->room < PEOPLE_CHUNK) {
            r->chunk[0] = arena_grow(r->mem, r->chunk[0], r->room * r->size, r->room * 2 * r->size);
            r->room *= 2;
            continue;
        }
        if (r->n_chunks == r->room_chunks) {
            const uint32_t to = r->room_chunks == 0 ? 4 : r->room_chunks * 2;

            r->chunk = r->chunk == NULL ? ARENA_ARRAY(r->mem, char *, to)
                                        : arena_grow(r->mem, r->chunk, r->room_chunks * sizeof *r->chunk, to * sizeof *r->chunk);
            r->room_chunks = to;
        }
        const uint32_t n = r->n_chunks == 0 ? 64 : PEOPLE_CHUNK;

        r->chunk[r->n_chunks++] = arena_array(r->mem, n, r->size);
        r->room += n;
    }
    return people_row(r, i);
}

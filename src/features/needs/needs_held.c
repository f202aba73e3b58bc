/* needs_held.c - the needs kept in memory beside a database: made once, read by all. */
#include "needs.h"
#include "store/db.h"

struct needs_kept {
    struct arena *mem;
    struct needs *needs;
};

static void *make_needs(struct db *d)
{
    struct arena *const mem = arena_new(0);
    struct needs_kept *const k = ARENA_NEW(mem, struct needs_kept);

    *k = (struct needs_kept){mem, needs_open(mem)};
    return k;
}

static void end_needs(void *kept, struct db *d)
{
    arena_free(((struct needs_kept *)kept)->mem);
}

static const struct db_beside needs_beside = {"needs", make_needs, end_needs};

const struct needs *needs_of(struct ctx *c)
{
    return ((struct needs_kept *)db_beside(db_of(c->tx), &needs_beside))->needs;
}

/* stream.c - an answer that goes on after its handler: one piece, one read transaction. */
#include "base/log.h"
#include "web/inside.h"
#include <setjmp.h>
#include <zlib.h>

enum { PIECE_BYTES = 64 * 1024, PACK_LEVEL = 4, PACK_GZIP = 15 + 16, PACK_MEMORY = 8 };

/* ---- gzip, piece by piece ---- */

/* Lives in the memory of the handler; what zlib asks for at the start stands there too. */
struct stream_pack {
    z_stream z;
};

static void *pack_alloc(void *mem, unsigned n, unsigned size)
{
    return arena_array(mem, n, size);
}

static void pack_free(void *mem, void *p)
{
    (void)mem; /* goes with the arena */
    (void)p;
}

static struct str pack(struct stream_pack *p, struct arena *mem, struct str plain, bool is_last)
{
    struct buf b = buf_new(mem, plain.n / 4 + 1024);

    p->z.next_in = (Bytef *)(uintptr_t)plain.p;
    p->z.avail_in = (uInt)plain.n;
    do {
        buf_room(&b, 1024);
        p->z.next_out = (Bytef *)b.p + b.n;
        p->z.avail_out = (uInt)(b.room - b.n);
        deflate(&p->z, is_last ? Z_FINISH : Z_NO_FLUSH);
        b.n = b.room - p->z.avail_out;
    } while (p->z.avail_out == 0);
    return buf_view(&b);
}

struct str stream_pack_first(struct web *w, struct str plain)
{
    struct stream_pack *p = ARENA_NEW(w->ctx.mem, struct stream_pack);

    p->z = (z_stream){.zalloc = pack_alloc, .zfree = pack_free, .opaque = w->ctx.mem};
    if (deflateInit2(&p->z, PACK_LEVEL, Z_DEFLATED, PACK_GZIP, PACK_MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        bug("zlib cannot begin");
    w->pack = p;
    return pack(p, w->ctx.mem, plain, false);
}

/* ---- one piece ---- */

void stream_end(struct web *w)
{
    if (w->end != NULL)
        w->end(w->end_state);
    w->end = NULL;
}

/* Out of memory jumps to here, over frames of the piece and of db_run but of nothing else. */
static enum status run_piece(struct web *w, bool *is_last)
{
    jmp_buf trap;
    volatile enum status st = ST_BUSY;

    arena_trap(w->ctx.mem, &trap);
    if (setjmp(trap) == 0) {
        w->ctx.problems = problems_new(w->ctx.mem);
        w->out = buf_new(w->ctx.mem, PIECE_BYTES);
        st = w->piece(w, w->piece_state, is_last);
    } else {
        metrics_event(w->app->metrics, EVENT_OUT_OF_MEMORY);
    }
    arena_trap(w->ctx.mem, NULL);
    return st;
}

/* Packing needs memory too. */
static enum status pack_piece(struct web *w, bool is_last, struct str *out)
{
    jmp_buf trap;
    volatile enum status st = ST_BUSY;

    arena_trap(w->ctx.mem, &trap);
    if (setjmp(trap) == 0) {
        *out = pack(w->pack, w->ctx.mem, *out, is_last);
        st = ST_OK;
    }
    arena_trap(w->ctx.mem, NULL);
    return st;
}

enum status stream_next(struct web *w, struct arena *mem, struct str *out, bool *is_last)
{
    struct db_tx *tx;

    arena_reset(mem);
    w->ctx.mem = mem;
    *is_last = false;
    enum status st = db_read_begin(w->app->o.db, &tx);

    if (st != ST_OK)
        return st;
    w->ctx.tx = tx;
    st = run_piece(w, is_last);
    w->ctx.tx = NULL;
    db_read_end(tx);
    *out = buf_view(&w->out);
    if (st == ST_OK && w->pack != NULL)
        st = pack_piece(w, *is_last, out);
    return st;
}

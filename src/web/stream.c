/* stream.c - an answer that goes on after its handler: one piece, one read transaction. */
#include "web/inside.h"
#include <setjmp.h>

enum { PIECE_BYTES = 64 * 1024 };

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
    return st;
}

/* Any bytes as the target of a request: segments nobody can climb with, or refused; and what was
 * read, written again, reads the same. */
#include "base/buf.h"
#include "web/request_target.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void check(struct arena *mem, const struct target *t)
{
    struct buf b = buf_new(mem, 256);
    struct target again;

    if (t->lang != LANG_IT)
        buf_fmt(&b, "/%s", lang_code[t->lang]);
    for (int i = 0; i < t->n_segments; i++) {
        const struct str s = t->segments[i];

        if (s.n == 0 || str_eq(s, STR(".")) || str_eq(s, STR("..")) || !str_is_utf8(s) ||
            memchr(s.p, '/', s.n) != NULL || memchr(s.p, '\\', s.n) != NULL ||
            memchr(s.p, '\n', s.n) != NULL)
            abort();
        buf_char(&b, '/');
        buf_url(&b, s);
    }
    if (t->path.n == 0 || t->path.p[0] != '/')
        abort();
    if (b.n == 0)
        buf_char(&b, '/');
    const enum status st = target_read(mem, buf_view(&b), &again);

    if (st == ST_TOO_LARGE && b.n > TARGET_MAX)
        return; /* escapes take room */
    if (st != ST_OK || again.n_segments != t->n_segments || again.lang != t->lang)
        abort();
    for (int i = 0; i < t->n_segments; i++)
        if (!str_eq(t->segments[i], again.segments[i]))
            abort();
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct arena *const mem = arena_new((size_t)64 << 20);
    struct target t;

    if (target_read(mem, (struct str){(const char *)data, size}, &t) == ST_OK)
        check(mem, &t);
    arena_free(mem);
    return 0;
}

/* Any bytes as a query string or a form: text within its bounds, or refused. */
#include "base/arena.h"
#include "web/pairs.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct arena *const mem = arena_new((size_t)64 << 20);
    struct pairs p;

    if (pairs_urlencoded(mem, (struct str){(const char *)data, size}, 50, &p) == ST_OK) {
        if (p.n > 50)
            abort();
        for (int i = 0; i < p.n; i++)
            if (p.list[i].is_file || p.list[i].name.n > PAIR_NAME_MAX ||
                !str_is_utf8(p.list[i].name) || !str_is_utf8(p.list[i].value))
                abort();
    }
    arena_free(mem);
    return 0;
}

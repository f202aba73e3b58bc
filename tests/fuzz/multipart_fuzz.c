/* Any bytes as a multipart form, the first line as its Content-Type. Values borrow the body. */
#include "base/arena.h"
#include "web/pairs.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct arena *const mem = arena_new((size_t)64 << 20);
    struct str body = {(const char *)data, size};
    const struct str type = str_cut(&body, '\n');
    struct pairs p;

    if (pairs_multipart(mem, type, body, 50, &p) == ST_OK) {
        if (p.n > 50)
            abort();
        for (int i = 0; i < p.n; i++) {
            const struct pair *at = &p.list[i];

            if (!str_is_utf8(at->name) || !str_is_utf8(at->is_file ? at->file_name : at->value))
                abort();
            if (at->value.n > 0 &&
                (at->value.p < body.p || at->value.p + at->value.n > body.p + body.n))
                abort();
        }
    }
    arena_free(mem);
    return 0;
}

/* Any bytes as a compiled catalogue; and as a rule of plurals. */
#include "base/arena.h"
#include "base/plural.h"
#include "tools/embed/embed.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct arena *const mem = arena_new((size_t)64 << 20);
    const struct str bytes = {(const char *)data, size};
    struct mo m;
    struct str why;
    uint64_t form;

    if (mo_read(mem, bytes, &m, &why)) {
        for (int i = 0; i < m.n_words; i++)
            for (int k = 0; k < m.words[i].n_forms; k++)
                if (m.words[i].forms[k].n == 0 || !str_is_utf8(m.words[i].forms[k]))
                    abort();
    } else if (why.n == 0) {
        abort();
    }
    plural_form(bytes, size, &form);
    arena_free(mem);
    return 0;
}

/* Any bytes as a template: it compiles or it is refused in words, never anything else. */
#include "base/arena.h"
#include "tools/pagec/pagec.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct arena *const mem = arena_new((size_t)256 << 20);
    jmp_buf trap;

    if (setjmp(trap) == 0) {
        const struct pagec_file file = {"pages/f.html", {(const char *)data, size}};
        const struct pagec_job job = {mem, "fuzz", "features/fuzz", "fuzz_pages.h", &file, 1};
        struct pagec_made made;

        arena_trap(mem, &trap);
        const bool is_well = pagec_compile(&job, &made);

        /* Refused means told where; well means both files were made. */
        if (is_well != (made.errors.n == 0) || (is_well && (made.c.n == 0 || made.h.n == 0)))
            abort();
        if (!is_well && memmem(made.errors.p, made.errors.n, "pages/f.html:", 13) == NULL)
            abort();
    }
    arena_free(mem);
    return 0;
}

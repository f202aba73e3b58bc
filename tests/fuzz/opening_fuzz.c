/* Any bytes as a text of opening hours: rules that can be asked, or a refusal with its place. */
#include "features/opening/opening_text.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct arena *const mem = arena_new((size_t)16 << 20);
    struct hours_text h;
    struct hours_range ranges[12];
    struct str wrong;
    const char *key = NULL;
    const enum status st = hours_text_read(mem, (struct str){(const char *)data, size}, &h, &wrong, &key);

    if (st == ST_OK) {
        const struct hours all = {.rules = h.rules, .n_rules = h.n};

        for (int i = 0; i < h.n; i++)
            if (h.rules[i].opens_min >= 1440 || h.rules[i].closes_min > 1440)
                abort();
        for (int day = 20700; day < 20715; day++)
            hours_of_day(&all, day, ranges, 12);
    } else if (key == NULL || h.n != 0) {
        abort();
    }
    arena_free(mem);
    return 0;
}

/* Any bytes as a feed of JSON: entries, entries with their reason, or an end with its reason. */
#include "features/feeds/feeds_hsds_fields.h"
#include "features/feeds/feeds_json_split.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

struct taken {
    struct arena *mem;
    int64_t last;
};

static bool take(void *arg, const struct feeds_json_item *item)
{
    struct taken *t = arg;
    struct hsds_wrongs wrongs;

    if ((item->wrong == NULL) != (item->tree != NULL) || item->row < 0)
        abort();
    if (item->tree != NULL && hsds_guess(item->tree, false) != HSDS_NONE) {
        hsds_check(t->mem, item->tree, hsds_guess(item->tree, false), &wrongs);
        for (int i = 0; i < wrongs.n; i++)
            if (wrongs.list[i].key == NULL || wrongs.list[i].path.n > 4096)
                abort();
    }
    return true;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct taken t = {.mem = arena_new((size_t)64 << 20)};
    struct feeds_json_trouble trouble;
    const struct str bytes = {(const char *)data, size};
    const enum status st =
        feeds_json_split(t.mem, &(struct feeds_json_options){.fd = -1, .bytes = bytes, .each = take, .arg = &t}, &trouble);

    if (st != ST_OK && (st != ST_INVALID || trouble.key == NULL))
        abort();
    arena_free(t.mem);
    return 0;
}

/* search_feature.c - what search gives to the program. */
#include "search_misses_count.h"
#include "search_shelf.h"
#include "web/feature.h"

/* At each start and once a day; the first search finds its index made. */
static enum status daily(struct ctx *c)
{
    shelf_start(c);
    return misses_sweep(c);
}

const struct feature search_feature = {
    .name = "search",
    .daily = daily,
};

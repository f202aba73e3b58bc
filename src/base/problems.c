#include "base/problems.h"
#include <string.h>

struct problems problems_new(struct arena *mem)
{
    return (struct problems){mem, NULL, 0, 0};
}

void problems_add_row(struct problems *p, int64_t row, const char *field, const char *key,
                      struct str value)
{
    if (p->n == p->room) {
        const int room = p->room == 0 ? 8 : p->room * 2;

        p->list = arena_grow(p->mem, p->list, sizeof *p->list * (size_t)p->room,
                             sizeof *p->list * (size_t)room);
        p->room = room;
    }
    p->list[p->n++] = (struct problem){field, key, str_copy(p->mem, value), row};
}

void problems_add(struct problems *p, const char *field, const char *key, struct str value)
{
    problems_add_row(p, 0, field, key, value);
}

const struct problem *problems_of(const struct problems *p, const char *field)
{
    for (int i = 0; i < p->n; i++)
        if (strcmp(p->list[i].field, field) == 0)
            return &p->list[i];
    return NULL;
}

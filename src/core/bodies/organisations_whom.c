/* organisations_whom.c - the organisation an administrator means: by name, slug, code or id; else the nearest. */
#include "core/bodies/organisations.h"
#include <string.h>

enum { PAGE = 500 };

static void keep_near(struct organisations_whom *k, const struct organisation *o, int distance)
{
    int i = k->n < ORGANISATIONS_NEAREST ? k->n++ : ORGANISATIONS_NEAREST;

    for (; i > 0 && k->distance[i - 1] > distance; i--)
        if (i < ORGANISATIONS_NEAREST) {
            k->list[i] = k->list[i - 1];
            k->distance[i] = k->distance[i - 1];
        }
    if (i < ORGANISATIONS_NEAREST) {
        k->list[i] = *o;
        k->distance[i] = distance;
    }
}

/* 0: the same name. A name that holds the words comes before one that is spelled alike. */
static int distance_of(struct str folded, struct str name)
{
    if (str_eq(folded, name))
        return 0;
    if (folded.n >= 3 && name.n > folded.n && memmem(name.p, name.n, folded.p, folded.n) != NULL)
        return 1;
    return 1 + str_distance(folded, name);
}

static enum status by_name(struct ctx *c, struct str folded, struct organisations_whom *k)
{
    struct organisation *list;
    int64_t after = 0;
    int n = 0;

    do {
        const struct organisation_page p = {.after = after, .limit = PAGE};
        const enum status st = organisations_page(c, &p, &list, &n);

        if (st != ST_OK)
            return st;
        for (int i = 0; i < n; i++)
            keep_near(k, &list[i], distance_of(folded, str_fold(c->mem, list[i].name)));
        after = n > 0 ? list[n - 1].organisation_id : 0;
    } while (n == PAGE);
    return ST_OK;
}

static enum status by_any_id(struct ctx *c, struct str whom, struct organisation *out)
{
    struct body b;
    enum status st = organisations_by_uuid(c, whom, out);

    if (st != ST_NOT_FOUND)
        return st;
    st = bodies_by_code(c, whom, &b);
    if (st == ST_OK)
        return organisations_of_body(c, b.body_id, out);
    st = organisations_by_slug(c, whom, out);
    return st == ST_OK && !str_eq(out->slug, whom) ? ST_NOT_FOUND : st;
}

enum status organisations_whom(struct ctx *c, struct str typed, struct organisations_whom *out)
{
    const struct str whom = str_trim(typed);
    enum status st;

    *out = (struct organisations_whom){0};
    st = by_any_id(c, whom, &out->found);
    if (st == ST_OK)
        out->is_found = true;
    if (st != ST_NOT_FOUND)
        return st;
    st = by_name(c, str_fold(c->mem, whom), out);
    out->is_found = out->n > 0 && out->distance[0] == 0 && (out->n == 1 || out->distance[1] != 0);
    if (out->is_found)
        out->found = out->list[0];
    return st;
}

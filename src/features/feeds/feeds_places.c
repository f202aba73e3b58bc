/* feeds_places.c - the comuni in memory, by code and by name; what they do not answer places is asked, once. */
#include "feeds_places.h"
#include "feeds_seen.h"
#include <stdlib.h>
#include <strings.h>

struct entry {
    struct str folded, istat, prov, prov_folded, name;
    int64_t area_id;
};

struct feeds_places {
    struct arena *mem;
    struct entry *by_name;
    const struct entry **by_istat;
    int n;
    struct feeds_seen *asked; /* what places was asked: its key, 0 none, -1 several */
};

static int by_name(const void *a, const void *b)
{
    return str_cmp(((const struct entry *)a)->folded, ((const struct entry *)b)->folded);
}

static int by_istat(const void *a, const void *b)
{
    return str_cmp((*(const struct entry *const *)a)->istat, (*(const struct entry *const *)b)->istat);
}

enum status feeds_places_open(struct ctx *c, struct feeds_places **out)
{
    struct arena *mem = arena_new(0), *was = c->mem;
    struct feeds_places *p = ARENA_NEW(mem, struct feeds_places);
    struct comune *list;

    p->mem = mem;
    p->asked = feeds_seen_new();
    c->mem = mem;
    const enum status st = places_comuni(c, &list, &p->n);

    c->mem = was;
    if (st != ST_OK) {
        feeds_places_close(p);
        return st;
    }
    p->by_name = ARENA_ARRAY(mem, struct entry, (size_t)p->n + 1);
    p->by_istat = ARENA_ARRAY(mem, const struct entry *, (size_t)p->n + 1);
    for (int i = 0; i < p->n; i++)
        p->by_name[i] = (struct entry){.folded = str_fold(mem, list[i].area.name),
                                       .istat = list[i].istat,
                                       .prov = list[i].prov,
                                       .prov_folded = str_fold(mem, list[i].prov_name),
                                       .name = list[i].area.name,
                                       .area_id = list[i].area.area_id};
    qsort(p->by_name, (size_t)p->n, sizeof *p->by_name, by_name);
    for (int i = 0; i < p->n; i++)
        p->by_istat[i] = &p->by_name[i];
    qsort(p->by_istat, (size_t)p->n, sizeof *p->by_istat, by_istat);
    *out = p;
    return ST_OK;
}

void feeds_places_close(struct feeds_places *p)
{
    if (p == NULL)
        return;
    feeds_seen_free(p->asked);
    arena_free(p->mem);
}

static bool is_istat(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n == 6;
}

static const struct entry *of_istat(const struct feeds_places *p, struct str istat)
{
    int low = 0, high = p->n;

    while (low < high) {
        const int middle = (low + high) / 2;

        if (str_cmp(p->by_istat[middle]->istat, istat) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < p->n && str_eq(p->by_istat[low]->istat, istat) ? p->by_istat[low] : NULL;
}

static bool is_in(const struct entry *e, struct str province, struct str province_folded)
{
    return province.n == 0 || (province.n == e->prov.n && strncasecmp(province.p, e->prov.p, province.n) == 0) ||
           str_eq(e->prov_folded, province_folded);
}

/* How many comuni are called so; *out is one of them. */
static int of_name(const struct feeds_places *p, struct arena *mem, struct str name, struct str province, const struct entry **out)
{
    const struct str folded = str_fold(mem, name), province_folded = str_fold(mem, province);
    int low = 0, high = p->n, n = 0;

    while (low < high) {
        const int middle = (low + high) / 2;

        if (str_cmp(p->by_name[middle].folded, folded) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < p->n && str_eq(p->by_name[low].folded, folded); low++)
        if (is_in(&p->by_name[low], province, province_folded)) {
            *out = &p->by_name[low];
            n++;
        }
    return n;
}

/* Former names, hamlets, CAPs: what places knows; only whole names and codes are taken for an answer. */
static enum status ask_places(struct feeds_places *p, struct ctx *c, struct str typed, struct str province, int64_t *out)
{
    const struct str key = str_fmt(c->mem, "%.*s|%.*s", (int)typed.n, typed.p, (int)province.n, province.p);
    struct comune_hit *hits;
    int n = 0, n_good = 0;
    int64_t found = 0;

    if (!feeds_seen_find(p->asked, key, &found)) {
        const struct str province_folded = str_fold(c->mem, province);
        const enum status st = places_find_comuni(c, typed, 5, &hits, &n);

        if (st != ST_OK)
            return st;
        for (int i = 0; i < n; i++) {
            const struct entry e = {.prov = hits[i].comune.prov, .prov_folded = str_fold(c->mem, hits[i].comune.prov_name)};

            if (hits[i].match > MATCH_HAMLET || !is_in(&e, province, province_folded))
                continue;
            found = hits[i].comune.area.area_id;
            n_good++;
        }
        found = n_good > 1 ? -1 : found;
        feeds_seen_add(p->asked, key, found, &found);
    }
    *out = found;
    return found == 0 ? ST_NOT_FOUND : found < 0 ? ST_CONFLICT : ST_OK;
}

enum status feeds_places_comune(struct feeds_places *p, struct ctx *c, struct str typed, struct str province, struct str cap,
                                int64_t *out_area_id)
{
    const struct entry *e = NULL;
    struct str name = str_trim(typed);

    province = str_trim(province);
    if (is_istat(name)) {
        e = of_istat(p, name);
        *out_area_id = e == NULL ? 0 : e->area_id;
        return e != NULL ? ST_OK : ask_places(p, c, name, STR(""), out_area_id);
    }
    if (name.n == 0)
        return str_trim(cap).n == 0 ? ST_NOT_FOUND : ask_places(p, c, str_trim(cap), STR(""), out_area_id);
    if (name.n > 4 && name.p[name.n - 1] == ')' && name.p[name.n - 4] == '(') {
        province = (struct str){name.p + name.n - 3, 2};
        name = str_trim(str_head(name, name.n - 4));
    }
    const int n = of_name(p, c->mem, name, province, &e);

    if (n == 1) {
        *out_area_id = e->area_id;
        return ST_OK;
    }
    return n > 1 ? ST_CONFLICT : ask_places(p, c, name, province, out_area_id);
}

enum status feeds_places_area(struct feeds_places *p, struct ctx *c, struct str typed, int64_t *out_area_id, struct str *out_name)
{
    const ptrdiff_t colon = str_index(typed, ':');
    struct area area;
    enum status st;

    if (colon > 0) {
        const struct str written = str_trim(str_head(typed, (size_t)colon));
        const enum area_kind kind = str_eq_z(written, "body") ? AREA_BODY_AREA : places_kind_of(written);

        if (kind == 0)
            return ST_NOT_FOUND;
        st = places_area_by_code(c, kind, str_trim(str_from(typed, (size_t)colon + 1)), &area);
    } else {
        st = feeds_places_comune(p, c, typed, STR(""), STR(""), out_area_id);
        if (st == ST_OK)
            st = places_area(c, *out_area_id, &area);
    }
    if (st == ST_OK) {
        *out_area_id = area.area_id;
        *out_name = area.name;
    }
    return st;
}

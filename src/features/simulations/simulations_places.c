/* simulations_places.c - where invented households live: people by project area, shared among its comuni. */
#include "base/digest.h"
#include "base/map.h"
#include "base/sheet.h"
#include "simulations_private.h"
#include <sodium.h>
#include <stdlib.h>

enum { MOST_PROJECTS = 64 };

void simulations_hash(struct str bytes, char out[SIMULATIONS_HASH + 1])
{
    unsigned char h[SIMULATIONS_HASH / 2];

    crypto_generichash(h, sizeof h, (const unsigned char *)bytes.p, bytes.n, NULL, 0);
    sodium_bin2hex(out, SIMULATIONS_HASH + 1, h, sizeof h);
}

struct in_project {
    struct sheet s;    /* memberships */
    struct map rows;   /* "comune 001002 project" -> row */
    struct arena *mem;
};

/* What an area of a kind lies in; empty: not known. */
static struct str lies_in(const struct in_project *x, const char *kind, struct str code, const char *in_kind)
{
    const int row = map_get(&x->rows, str_fmt(x->mem, "%s %.*s %s", kind, (int)code.n, code.p, in_kind));

    return row < 0 ? STR("") : sheet_cell(&x->s, row, "in");
}

static void read_memberships(struct arena *mem, struct in_project *x)
{
    x->mem = mem;
    x->s = sheet_of_table(mem, "territory/memberships.csv");
    x->rows = map_new(mem, x->s.n_rows);
    for (int i = 0; i < x->s.n_rows; i++) {
        const struct str kind = sheet_cell(&x->s, i, "area_kind"), area = sheet_cell(&x->s, i, "area"), in = sheet_cell(&x->s, i, "in_kind");

        if (sheet_cell(&x->s, i, "to").n == 0)
            map_add(&x->rows, str_fmt(mem, "%.*s %.*s %.*s", (int)kind.n, kind.p, (int)area.n, area.p, (int)in.n, in.p), i);
    }
}

/* Directly, through its district, or through its managing body's. */
static struct str project_of(const struct in_project *x, struct str istat)
{
    struct str project = lies_in(x, "comune", istat, "project");
    struct str district = lies_in(x, "comune", istat, "district");

    if (project.n == 0 && district.n == 0) {
        const struct str body = lies_in(x, "comune", istat, "body-area");

        if (body.n > 0)
            district = lies_in(x, "body-area", body, "district");
    }
    if (project.n == 0 && district.n > 0)
        project = lies_in(x, "district", district, "project");
    return project;
}

struct place {
    struct str name, code;
    int project;
};

static int by_name(const void *a, const void *b)
{
    const struct place *const x = a, *const y = b;
    const int o = str_cmp(x->name, y->name);

    return o != 0 ? o : str_cmp(x->code, y->code);
}

void simulations_places_open(struct arena *mem, struct simulations_places *out)
{
    const struct sheet comuni = sheet_of_table(mem, "territory/comuni.csv"), projects = sheet_of_table(mem, "programme/projects.csv");
    struct map by_code = map_new(mem, MOST_PROJECTS);
    struct place *const all = ARENA_ARRAY(mem, struct place, (size_t)comuni.n_rows);
    int n_of[MOST_PROJECTS] = {0}, n = 0;
    struct in_project in;
    int64_t sum = 0;

    read_memberships(mem, &in);
    for (int i = 0; i < projects.n_rows && i < MOST_PROJECTS; i++)
        map_set(&by_code, sheet_cell(&projects, i, "project_id"), i);
    for (int i = 0; i < comuni.n_rows; i++) {
        const struct str istat = sheet_cell(&comuni, i, "istat"), project = project_of(&in, istat);
        const int at = project.n > 0 ? map_get(&by_code, project) : -1;

        if (at < 0)
            continue;
        all[n++] = (struct place){sheet_cell(&comuni, i, "name"), istat, at};
        n_of[at]++;
    }
    qsort(all, (size_t)n, sizeof *all, by_name);
    *out = (struct simulations_places){.names = ARENA_ARRAY(mem, struct str, (size_t)n + 1), .codes = ARENA_ARRAY(mem, struct str, (size_t)n + 1),
                                       .zones = ARENA_ARRAY(mem, struct str, (size_t)n + 1), .until = ARENA_ARRAY(mem, int64_t, (size_t)n + 1), .n = n};
    for (int i = 0; i < n; i++) {
        int64_t people = 0;

        sheet_int(&projects, all[i].project, "population", &people);
        sum += people / n_of[all[i].project];
        out->names[i] = all[i].name;
        out->codes[i] = all[i].code;
        out->zones[i] = sheet_cell(&projects, all[i].project, "area_name");
        out->until[i] = sum;
    }
}

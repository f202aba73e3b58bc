/* cases.c - reads the tables under the cases/ of a slice. */
#include "tests/support/cases.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FILE = 1 << 20, MAX_ROWS = 4000 };

static void NORETURN give_up(const char *file, const char *why)
{
    fprintf(stderr, "cases: %s: %s\n", file, why);
    exit(EXIT_FAILURE);
}

static struct str read_all(struct arena *mem, const char *file)
{
    const char *const top = getenv("WECARE_SOURCE");
    const char *const path = str_fmt(mem, "%s/src/%s%s", top == NULL ? "." : top, strncmp(file, "core/", 5) == 0 ? "" : "features/", file).p;
    FILE *f = fopen(path, "rb");
    char *p = arena_alloc(mem, MAX_FILE);

    if (f == NULL)
        give_up(path, "cannot be opened");
    const size_t n = fread(p, 1, MAX_FILE, f);

    fclose(f);
    if (n == MAX_FILE)
        give_up(path, "is too long");
    return (struct str){p, n};
}

static int n_cells_of(struct str line)
{
    int n = 1;

    for (size_t i = 0; i < line.n; i++)
        n += line.p[i] == '\t';
    return n;
}

struct cases cases_read(struct arena *mem, const char *file)
{
    struct cases c = {.names = NULL};
    struct str rest = read_all(mem, file);

    for (int line = 1; rest.n > 0; line++) {
        struct str cells = str_cut(&rest, '\n');
        const int n = n_cells_of(cells);

        if (cells.n == 0 || cells.p[0] == '#')
            continue;
        struct str *row;

        if (c.names == NULL) {
            c.names = row = ARENA_ARRAY(mem, struct str, (size_t)n);
            c.n_names = n;
            c.cells = ARENA_ARRAY(mem, struct str, (size_t)n * MAX_ROWS);
            c.lines = ARENA_ARRAY(mem, int, MAX_ROWS);
        } else {
            if (n > c.n_names || c.n_rows == MAX_ROWS)
                give_up(file, "has too many cells or rows");
            row = c.cells + (size_t)c.n_rows * (size_t)c.n_names;
            c.lines[c.n_rows++] = line;
        }
        for (int i = 0; i < n; i++)
            row[i] = str_cut(&cells, '\t');
    }
    if (c.n_rows == 0)
        give_up(file, "has no rows");
    return c;
}

struct str cases_cell(const struct cases *c, int row, const char *name)
{
    for (int i = 0; i < c->n_names; i++)
        if (str_eq_z(c->names[i], name))
            return c->cells[(size_t)row * (size_t)c->n_names + (size_t)i];
    give_up(name, "no such column");
}

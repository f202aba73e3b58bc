/*
 * sqlc.c - sqlc SLICE FOLDER OUT.c OUT.h: compiles FOLDER/sql and FOLDER/schema.
 *
 * Exit    0 done; 1 something is wrong in the files (told on standard error); 2 wrong use.
 */
#include "sqlc.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_LIMIT = 1 << 20 };

static bool read_text(struct arena *mem, const char *path, struct str *out)
{
    FILE *in = fopen(path, "rb");
    char *p = arena_alloc(mem, FILE_LIMIT);
    const size_t n = in == NULL ? 0 : fread(p, 1, FILE_LIMIT, in);
    const bool is_good = in != NULL && ferror(in) == 0 && n < FILE_LIMIT;

    if (!is_good)
        fprintf(stderr, "%s:1: %s\n", path, in == NULL ? strerror(errno) : "larger than 1 MB");
    if (in != NULL)
        fclose(in);
    *out = str_copy(mem, (struct str){p, n});
    return is_good;
}

static int only_sql(const struct dirent *d)
{
    const size_t n = strlen(d->d_name);

    return n > 4 && strcmp(d->d_name + n - 4, ".sql") == 0 && d->d_name[0] != '.';
}

/* Paths in messages and #line begin at src/: the same on every machine. */
static const char *shown(const char *path)
{
    const char *found = NULL;

    for (const char *p = strstr(path, "/src/"); p != NULL; p = strstr(p + 1, "/src/"))
        found = p + 1;
    return found == NULL ? path : found;
}

static bool read_folder(struct arena *mem, const char *folder, const char *sub,
                        const struct sqlc_file **out, int *out_n)
{
    const char *dir = str_fmt(mem, "%s/%s", folder, sub).p;
    struct dirent **names = NULL;
    const int n = scandir(dir, &names, only_sql, alphasort);
    struct sqlc_file *list = ARENA_ARRAY(mem, struct sqlc_file, n < 0 ? 0 : (size_t)n);
    bool is_good = true;

    for (int i = 0; i < n; i++) {
        const char *path = str_fmt(mem, "%s/%s", dir, names[i]->d_name).p;

        list[i].path = shown(path);
        list[i].name = str_z(mem, str_of(names[i]->d_name));
        is_good = read_text(mem, path, &list[i].text) && is_good;
        free(names[i]);
    }
    free(names);
    *out = list;
    *out_n = n < 0 ? 0 : n;
    return is_good; /* a slice may have no such folder */
}

static bool write_text(const char *path, const struct buf *b)
{
    FILE *to = fopen(path, "wb");
    const bool is_written = to != NULL && fwrite(b->p, 1, b->n, to) == b->n;
    const bool is_closed = to != NULL && fclose(to) == 0;

    if (!is_written || !is_closed)
        fprintf(stderr, "sqlc: %s: %s\n", path, strerror(errno));
    return is_written && is_closed;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? path : slash + 1;
}

int main(int argc, char **argv)
{
    struct arena *mem = arena_new(0);

    if (argc != 5 || !sqlc_is_name(str_of(argv[1]))) {
        fprintf(stderr, "use: sqlc SLICE FOLDER OUT.c OUT.h\n");
        arena_free(mem);
        return 2;
    }
    struct sqlc_input in = {
        .slice = argv[1], .c_path = base_name(argv[3]), .h_name = base_name(argv[4])};
    struct sqlc_errors errors = {.text = buf_new(mem, 4096)};
    struct buf c = buf_new(mem, 1 << 16), h = buf_new(mem, 1 << 14);
    bool is_done = access(argv[2], R_OK | X_OK) == 0;

    if (!is_done)
        fprintf(stderr, "sqlc: %s: %s\n", argv[2], strerror(errno));
    is_done = is_done && read_folder(mem, argv[2], "sql", &in.sql, &in.n_sql) &&
              read_folder(mem, argv[2], "schema", &in.schema, &in.n_schema);
    if (is_done && !sqlc_compile(mem, &in, &c, &h, &errors)) {
        fwrite(errors.text.p, 1, errors.text.n, stderr);
        fprintf(stderr, "sqlc: %s: %d wrong\n", argv[1], errors.n);
        is_done = false;
    }
    is_done = is_done && write_text(argv[3], &c) && write_text(argv[4], &h);
    arena_free(mem);
    return is_done ? 0 : 1;
}

/*
 * pagec.c - the page compiler as a program: pagec SLICE FOLDER OUT.c OUT.h
 *
 * Compiles FOLDER/pages/?.html. Ends with 0 when all is well, 1 when a template is wrong, 2 when
 * it was called wrongly or a file cannot be read or written.
 */
#include "pagec.h"
#include "base/buf.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FILES = 500 };

static bool read_whole(struct arena *mem, const char *path, struct str *out)
{
    FILE *const f = fopen(path, "rb");
    struct buf b = buf_new(mem, 16384);
    char part[16384];
    size_t n;

    if (f == NULL)
        return false;
    while ((n = fread(part, 1, sizeof part, f)) > 0)
        buf_put(&b, part, n);
    const bool is_read = ferror(f) == 0;

    fclose(f);
    *out = buf_view(&b);
    return is_read;
}

static bool write_whole(const char *path, struct str s)
{
    FILE *const f = fopen(path, "wb");
    const bool is_written = f != NULL && fwrite(s.p, 1, s.n, f) == s.n;

    return f != NULL && fclose(f) == 0 && is_written;
}

/* From "src/" on: what a person sees, the same on every machine. */
static const char *shown(const char *path)
{
    const char *found = strncmp(path, "src/", 4) == 0 ? path : NULL;

    for (const char *p = path; (p = strstr(p, "/src/")) != NULL; p++)
        found = p + 1;
    return found != NULL ? found : path;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct pagec_file *)a)->path, ((const struct pagec_file *)b)->path);
}

/* Number of templates; -1 and a word on standard error when one cannot be read. */
static int read_templates(struct arena *mem, const char *folder, struct pagec_file *files)
{
    const char *const pages = str_fmt(mem, "%s/pages", folder).p;
    DIR *const d = opendir(pages);
    int n = 0;

    if (d == NULL) {
        fprintf(stderr, "pagec: cannot open the folder %s\n", pages);
        return -1;
    }
    for (const struct dirent *e; (e = readdir(d)) != NULL;) {
        const char *const path = str_fmt(mem, "%s/%s", pages, e->d_name).p;

        if (e->d_name[0] == '.' || !str_ends(str_of(e->d_name), STR(".html")))
            continue;
        if (n == MAX_FILES || !read_whole(mem, path, &files[n].text)) {
            fprintf(stderr, "pagec: cannot read %s\n", path);
            closedir(d);
            return -1;
        }
        files[n++].path = shown(path);
    }
    closedir(d);
    qsort(files, (size_t)n, sizeof *files, by_path);
    return n;
}

static int run(struct arena *mem, char **argv)
{
    struct pagec_file *const files = ARENA_ARRAY(mem, struct pagec_file, MAX_FILES);
    const int n = read_templates(mem, argv[2], files);

    if (n < 0)
        return 2;
    const char *const name = strrchr(argv[4], '/');
    const char *const below = shown(argv[2]);
    const struct pagec_job job = {
        .mem = mem,
        .slice = argv[1],
        .folder = strncmp(below, "src/", 4) == 0 ? below + 4 : NULL,
        .header = name == NULL ? argv[4] : name + 1,
        .files = files,
        .n_files = n,
    };
    struct pagec_made made;

    if (!pagec_compile(&job, &made)) {
        fwrite(made.errors.p, 1, made.errors.n, stderr);
        return 1;
    }
    if (!write_whole(argv[3], made.c) || !write_whole(argv[4], made.h)) {
        fprintf(stderr, "pagec: cannot write %s or %s\n", argv[3], argv[4]);
        return 2;
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "use: pagec SLICE FOLDER OUT.c OUT.h\n");
        return 2;
    }
    struct arena *const mem = arena_new(0);
    const int code = run(mem, argv);

    arena_free(mem);
    return code;
}

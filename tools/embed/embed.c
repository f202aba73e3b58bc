/*
 * embed.c - words, assets and tables into C, as a program:
 *
 *     embed words  OUT.c it=IT.mo en=EN.mo      the catalogues, in the order of enum lang
 *     embed assets OUT.c FOLDER                 the files of ui/dist (its top folder only)
 *     embed tables OUT.c [PREFIX=]FOLDER...     .csv, .tsv, .json, .map, .rules below reference/ and the like
 *
 * Ends with 0 when all is well, 1 when an input is wrong, 2 when it was called wrongly.
 */
#include "embed.h"
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_LANGS = 16 };

static int refuse(struct str why)
{
    fprintf(stderr, "embed: %.*s\n", (int)why.n, why.p);
    return 1;
}

static int finish(struct arena *mem, const char *out, const struct buf *c, const struct buf *blob)
{
    const char *const blob_path = str_fmt(mem, "%s.bin", out).p;

    if (!embed_write(out, buf_view(c)) || (blob != NULL && !embed_write(blob_path, buf_view(blob))))
        return refuse(str_fmt(mem, "cannot write %s", out));
    return 0;
}

static int words(struct arena *mem, const char *out, int n, char **args)
{
    struct embed_lang langs[MAX_LANGS];
    struct buf c = buf_new(mem, 1 << 18);
    struct str why;

    if (n > MAX_LANGS)
        return refuse(STR("too many catalogues"));
    for (int i = 0; i < n; i++) {
        struct str rest = str_of(args[i]);
        const struct str code = str_cut(&rest, '=');

        if (code.n != 2 || !embed_read(mem, str_z(mem, rest), &langs[i].mo))
            return refuse(str_fmt(mem, "cannot read %s (it=FILE.mo)", args[i]));
        langs[i].code = str_z(mem, code);
    }
    return embed_words(mem, langs, n, &c, &why) ? finish(mem, out, &c, NULL) : refuse(why);
}

static int assets(struct arena *mem, const char *out, const char *folder)
{
    struct embed_file *files;
    struct buf c = buf_new(mem, 4096), blob = buf_new(mem, 1 << 20);
    struct str why;
    const int n = embed_folder(mem, folder, false, &files, &why);

    if (n < 0 || !embed_assets(mem, files, n, str_fmt(mem, "%s.bin", out).p, &c, &blob, &why))
        return refuse(why);
    return finish(mem, out, &c, &blob);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct embed_file *)a)->name, ((const struct embed_file *)b)->name);
}

static int tables(struct arena *mem, const char *out, int n_folders, char **folders)
{
    struct embed_file *all = NULL;
    struct buf c = buf_new(mem, 4096), blob = buf_new(mem, 1 << 20);
    struct str why;
    int n_all = 0;

    for (int i = 0; i < n_folders; i++) {
        struct embed_file *files;
        struct str rest = str_of(folders[i]);
        const struct str prefix = strchr(folders[i], '=') == NULL ? STR("") : str_cut(&rest, '=');
        const int n = embed_folder(mem, rest.p, true, &files, &why);

        if (n < 0)
            return refuse(why);
        for (int k = 0; prefix.n > 0 && k < n; k++)
            files[k].name = str_fmt(mem, "%.*s/%s", (int)prefix.n, prefix.p, files[k].name).p;
        all = arena_grow(mem, all, sizeof *all * (size_t)n_all, sizeof *all * (size_t)(n_all + n));
        memcpy(all + n_all, files, sizeof *all * (size_t)n);
        n_all += n;
    }
    qsort(all, (size_t)n_all, sizeof *all, by_name);
    for (int i = 1; i < n_all; i++)
        if (strcmp(all[i].name, all[i - 1].name) == 0)
            return refuse(str_fmt(mem, "two folders have %s", all[i].name));
    embed_tables(all, n_all, str_fmt(mem, "%s.bin", out).p, &c, &blob);
    return finish(mem, out, &c, &blob);
}

static int run(struct arena *mem, int argc, char **argv)
{
    if (argc >= 4 && strcmp(argv[1], "words") == 0)
        return words(mem, argv[2], argc - 3, argv + 3);
    if (argc == 4 && strcmp(argv[1], "assets") == 0)
        return assets(mem, argv[2], argv[3]);
    if (argc >= 4 && strcmp(argv[1], "tables") == 0)
        return tables(mem, argv[2], argc - 3, argv + 3);
    fprintf(
        stderr,
        "use: embed words OUT.c it=FILE.mo ... | assets OUT.c FOLDER | tables OUT.c [PREFIX=]FOLDER...\n");
    return 2;
}

int main(int argc, char **argv)
{
    if (sodium_init() < 0)
        return refuse(STR("libsodium does not start"));
    struct arena *const mem = arena_new(0);
    const int code = run(mem, argc, argv);

    arena_free(mem);
    return code;
}

/* Reading folders, writing the C around a blob. */
#include "embed.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_FILES = 2000, MAX_DEEP = 4 };

bool embed_read(struct arena *mem, const char *path, struct str *out)
{
    FILE *const f = fopen(path, "rb");
    struct buf b = buf_new(mem, 65536);
    char part[65536];
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

bool embed_write(const char *path, struct str bytes)
{
    FILE *const f = fopen(path, "wb");
    const bool is_written = f != NULL && fwrite(bytes.p, 1, bytes.n, f) == bytes.n;

    return f != NULL && fclose(f) == 0 && is_written;
}

struct walk {
    struct arena *mem;
    const char *top;
    bool is_deep;
    struct embed_file *files;
    int n;
    struct str *why;
};

static bool walk_folder(struct walk *w, const char *below, int depth);

static bool take_entry(struct walk *w, const char *below, const char *name, int depth)
{
    struct stat st;
    const char *const rel =
        *below == '\0' ? str_fmt(w->mem, "%s", name).p : str_fmt(w->mem, "%s/%s", below, name).p;
    const char *const path = str_fmt(w->mem, "%s/%s", w->top, rel).p;

    if (stat(path, &st) != 0) {
        *w->why = str_fmt(w->mem, "cannot look at %s", path);
        return false;
    }
    if (S_ISDIR(st.st_mode))
        return !w->is_deep || depth >= MAX_DEEP || walk_folder(w, rel, depth + 1);
    if (!S_ISREG(st.st_mode))
        return true;
    if (w->n == MAX_FILES || !embed_read(w->mem, path, &w->files[w->n].bytes)) {
        *w->why = str_fmt(w->mem, "cannot read %s", path);
        return false;
    }
    w->files[w->n++].name = rel;
    return true;
}

static bool walk_folder(struct walk *w, const char *below, int depth)
{
    const char *const path = str_fmt(w->mem, "%s/%s", w->top, below).p;
    DIR *const d = opendir(path);
    bool is_well = d != NULL;

    if (d == NULL) {
        *w->why = str_fmt(w->mem, "cannot open the folder %s", path);
        return false;
    }
    for (const struct dirent *e; is_well && (e = readdir(d)) != NULL;)
        if (e->d_name[0] != '.')
            is_well = take_entry(w, below, e->d_name, depth);
    closedir(d);
    return is_well;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct embed_file *)a)->name, ((const struct embed_file *)b)->name);
}

int embed_folder(struct arena *mem, const char *folder, bool is_deep, struct embed_file **out,
                 struct str *why)
{
    struct walk w = {mem, folder, is_deep, ARENA_ARRAY(mem, struct embed_file, MAX_FILES), 0, why};

    if (!walk_folder(&w, "", 0))
        return -1;
    qsort(w.files, (size_t)w.n, sizeof *w.files, by_name);
    *out = w.files;
    return w.n;
}

size_t embed_blob_add(struct buf *blob, struct str bytes)
{
    while (blob->n % 16 != 0)
        buf_char(blob, '\0');
    const size_t at = blob->n;

    buf_str(blob, bytes);
    return at;
}

void embed_blob_code(struct buf *c, const char *symbol, const char *path)
{
    struct buf quoted = buf_new(c->mem, 128);

    embed_c_string(&quoted, str_of(path));
    const struct str q = buf_view(&quoted);

    buf_fmt(c, "extern const char %s[];\n", symbol);
    buf_fmt(
        c,
        "__asm__(\".pushsection .rodata.%s,\\\"a\\\",@progbits\\n\"\n"
        "        \".balign 16\\n.global %s\\n.hidden %s\\n.type %s, @object\\n%s:\\n\"\n"
        "        \".incbin \\\"\" %.*s \"\\\"\\n.byte 0\\n.size %s, .-%s\\n.popsection\\n\");\n",
        symbol, symbol, symbol, symbol, symbol, (int)q.n, q.p, symbol, symbol);
}

void embed_c_string(struct buf *c, struct str s)
{
    buf_char(c, '"');
    for (size_t i = 0; i < s.n; i++) {
        const unsigned char ch = (unsigned char)s.p[i];

        if (ch == '"' || ch == '\\' || ch == '?')
            buf_fmt(c, "\\%c", ch);
        else if (ch < 0x20 || ch == 0x7f)
            buf_fmt(c, "\\%03o", ch);
        else
            buf_char(c, (char)ch);
    }
    buf_char(c, '"');
}

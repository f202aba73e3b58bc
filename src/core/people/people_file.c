/* people_file.c - whole files, and written without a half one ever standing there. */
#include "people_file.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST = 256 * 1024 * 1024, AT_ONCE = 1 << 16 };

enum status people_file_get(struct arena *mem, const char *file, struct str *out, struct str *why)
{
    FILE *f = fopen(file, "rb");
    size_t n = 0, room = 1 << 16;
    char *p = arena_alloc(mem, room);

    *why = STR("cannot be read");
    if (f == NULL)
        return ST_NOT_FOUND;
    for (size_t got; (got = fread(p + n, 1, room - n, f)) > 0;) {
        n += got;
        if (n < room)
            continue;
        if (room >= MOST) {
            fclose(f);
            *why = STR("is larger than 256 MB");
            return ST_TOO_LARGE;
        }
        p = arena_grow(mem, p, room, room * 2);
        room *= 2;
    }
    const bool is_whole = ferror(f) == 0;

    fclose(f);
    *out = (struct str){p, n};
    return is_whole ? ST_OK : ST_UNAVAILABLE;
}

static const char *beside(struct arena *mem, const char *file)
{
    return str_fmt(mem, "%s.new", file).p;
}

static bool is_same(const char *a, const char *b)
{
    struct stat x, y;

    return stat(a, &x) == 0 && stat(b, &y) == 0 && S_ISREG(x.st_mode) && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

bool people_file_harms(struct arena *mem, const char *out, const char *read)
{
    return out != NULL && read != NULL && (is_same(out, read) || is_same(beside(mem, out), read));
}

/* A device or a pipe must not be replaced by a file of its name. */
static bool is_no_file(const char *file)
{
    struct stat s;

    return stat(file, &s) == 0 && !S_ISREG(s.st_mode);
}

void people_sink_open(struct arena *mem, const char *file, struct people_sink *s)
{
    const bool is_terminal = file == NULL || strcmp(file, "-") == 0;

    *s = (struct people_sink){.out = buf_new(mem, AT_ONCE * 2), .file = file, .beside = is_terminal || is_no_file(file) ? NULL : beside(mem, file)};
    s->stream = is_terminal ? stdout : fopen(s->beside != NULL ? s->beside : file, "wb");
    s->is_broken = s->stream == NULL;
}

static void pour(struct people_sink *s)
{
    s->is_broken = s->is_broken || fwrite(s->out.p, 1, s->out.n, s->stream) != s->out.n;
    s->out.n = 0;
}

void people_sink_row(struct people_sink *s)
{
    if (s->out.n >= AT_ONCE)
        pour(s);
}

enum status people_sink_close(struct people_sink *s, struct str *why)
{
    pour(s);
    bool ok = !s->is_broken && fflush(s->stream) == 0;

    *why = STR("cannot be written");
    if (s->beside == NULL && s->stream != NULL && s->stream != stdout)
        ok = fclose(s->stream) == 0 && ok;
    if (s->beside == NULL)
        return ok ? ST_OK : ST_UNAVAILABLE;
    ok = ok && fsync(fileno(s->stream)) == 0;
    if (s->stream != NULL)
        ok = fclose(s->stream) == 0 && ok;
    ok = ok && rename(s->beside, s->file) == 0;
    if (!ok)
        unlink(s->beside);
    return ok ? ST_OK : ST_UNAVAILABLE;
}

enum status people_file_put(struct arena *mem, const char *file, struct str text, struct str *why)
{
    struct people_sink s;

    people_sink_open(mem, file, &s);
    s.is_broken = s.is_broken || fwrite(text.p, 1, text.n, s.stream) != text.n;
    return people_sink_close(&s, why);
}

enum status people_file_key(struct arena *mem, const char *file, unsigned char out[PEOPLE_KEY_BYTES], struct str *why)
{
    struct str text;
    const enum status st = people_file_get(mem, file, &text, why);

    if (st != ST_OK)
        return st;
    if (text.n < PEOPLE_KEY_BYTES) {
        *why = STR("a key has 32 bytes");
        return ST_INVALID;
    }
    memcpy(out, text.p, PEOPLE_KEY_BYTES);
    return ST_OK;
}

/* people_file.c - whole files, and written without a half one ever standing there. */
#include "people_file.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MOST = 256 * 1024 * 1024 };

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

enum status people_file_put(struct arena *mem, const char *file, struct str text, struct str *why)
{
    if (file == NULL || strcmp(file, "-") == 0)
        return fwrite(text.p, 1, text.n, stdout) == text.n && fflush(stdout) == 0 ? ST_OK : ST_UNAVAILABLE;
    const char *beside = str_fmt(mem, "%s.new", file).p;
    FILE *f = fopen(beside, "wb");
    bool ok = f != NULL && fwrite(text.p, 1, text.n, f) == text.n && fflush(f) == 0 && fsync(fileno(f)) == 0;

    if (f != NULL)
        ok = fclose(f) == 0 && ok;
    ok = ok && rename(beside, file) == 0;
    if (!ok) {
        unlink(beside);
        *why = STR("cannot be written");
    }
    return ok ? ST_OK : ST_UNAVAILABLE;
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

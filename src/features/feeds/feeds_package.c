/* feeds_package.c - zips are unpacked, UTF-16 is made UTF-8, in a folder that goes with the import. */
#include "feeds_package.h"
#include "base/buf.h"
#include "base/unzip.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 65536, MOST_ENTRIES = 200, MOST_DESCRIPTION = 4 * 1024 * 1024 };

/* ---- UTF-16 ---- */

static bool write_all(int fd, const char *p, size_t n)
{
    while (n > 0) {
        const ssize_t w = write(fd, p, n);

        if (w < 0 && errno == EINTR)
            continue;
        if (w <= 0)
            return false;
        p += w;
        n -= (size_t)w;
    }
    return true;
}

static void put_letter(struct buf *b, uint32_t cp)
{
    if (cp < 0x80) {
        buf_char(b, (char)cp);
    } else if (cp < 0x800) {
        buf_char(b, (char)(0xc0 | cp >> 6));
        buf_char(b, (char)(0x80 | (cp & 0x3f)));
    } else {
        if (cp >= 0x10000) {
            buf_char(b, (char)(0xf0 | cp >> 18));
            buf_char(b, (char)(0x80 | (cp >> 12 & 0x3f)));
        } else {
            buf_char(b, (char)(0xe0 | cp >> 12));
        }
        buf_char(b, (char)(0x80 | (cp >> 6 & 0x3f)));
        buf_char(b, (char)(0x80 | (cp & 0x3f)));
    }
}

/* Half of a letter outside the first plane that stands alone is no letter. */
static void decode(struct buf *b, const unsigned char *p, size_t n, bool is_big, uint32_t *high)
{
    for (size_t i = 0; i + 1 < n; i += 2) {
        const uint32_t u = is_big ? (uint32_t)p[i] << 8 | p[i + 1] : (uint32_t)p[i + 1] << 8 | p[i];

        if (*high != 0 && u >= 0xdc00 && u < 0xe000) {
            put_letter(b, 0x10000 + ((*high - 0xd800) << 10 | (u - 0xdc00)));
            *high = 0;
            continue;
        }
        if (*high != 0)
            put_letter(b, 0xfffd);
        *high = u >= 0xd800 && u < 0xdc00 ? u : 0;
        if (*high == 0)
            put_letter(b, u >= 0xdc00 && u < 0xe000 ? 0xfffd : u);
    }
}

/* 0: it has no mark of UTF-16; 1: little end first; 2: big. */
static int utf16_of(int fd)
{
    unsigned char mark[4] = {0};
    const ssize_t n = pread(fd, mark, sizeof mark, 0);

    if (n < 2 || (n == 4 && mark[0] == 0xff && mark[1] == 0xfe && mark[2] == 0 && mark[3] == 0))
        return 0;
    return mark[0] == 0xff && mark[1] == 0xfe ? 1 : mark[0] == 0xfe && mark[1] == 0xff ? 2 : 0;
}

static bool transcode(int from, int to, bool is_big)
{
    struct arena *mem = arena_new(0), *row = arena_new(0);
    unsigned char *piece = arena_alloc(mem, PIECE);
    uint32_t high = 0;
    off_t at = 2;
    bool is_well = true;

    for (ssize_t n = PIECE; is_well && n > 1; at += n) {
        arena_reset(row);
        struct buf b = buf_new(row, PIECE * 2);

        n = pread(from, piece, PIECE, at);
        n -= n > 0 ? n & 1 : 0;
        decode(&b, piece, n > 0 ? (size_t)n : 0, is_big, &high);
        is_well = n >= 0 && write_all(to, b.p, b.n);
    }
    arena_free(row);
    arena_free(mem);
    return is_well;
}

/* ---- our folder ---- */

static const char *make_folder(struct feeds_intake *in, struct feeds_package *p)
{
    char folder[] = "/tmp/wecare-package-XXXXXX";

    if (p->ours == NULL && mkdtemp(folder) != NULL)
        p->ours = str_fmt(in->keep, "%s", folder).p;
    return p->ours;
}

static struct str last_part(struct str path)
{
    for (ptrdiff_t at = str_index(path, '/'); at >= 0; at = str_index(path, '/'))
        path = str_from(path, (size_t)at + 1);
    return path;
}

static bool is_read_by_us(struct str name)
{
    return str_ends(name, STR(".csv")) || str_ends(name, STR(".json")) || str_ends(name, STR(".ndjson")) || str_ends(name, STR(".jsonl"));
}

/* One file as UTF-8 in our folder; false: it needs nothing. */
static bool mend_file(struct feeds_intake *in, struct feeds_package *p, const char *file, const char **out)
{
    const int from = open(file, O_RDONLY | O_CLOEXEC), kind = from < 0 ? 0 : utf16_of(from);
    const struct str name = last_part(str_of(file));
    bool is_mended = false;

    if (kind != 0 && make_folder(in, p) != NULL) {
        *out = str_fmt(in->keep, "%s/%.*s.utf8", p->ours, (int)name.n, name.p).p;
        const int to = open(*out, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

        is_mended = to >= 0 && transcode(from, to, kind == 2);
        if (to >= 0)
            close(to);
        if (is_mended)
            feeds_notice(in, name, "feeds.was-utf16", STR(""));
        else
            in->st = ST_UNAVAILABLE;
    }
    if (from >= 0)
        close(from);
    return is_mended;
}

/* ---- what a package says of itself ---- */

static bool leaves_folder(struct str path)
{
    struct str rest = path;

    if (path.n == 0 || path.p[0] == '/' || path.p[0] == '\\' || (path.n > 1 && path.p[1] == ':') || str_index(path, '\\') >= 0)
        return true;
    while (rest.n > 0)
        if (str_eq_z(str_cut(&rest, '/'), ".."))
            return true;
    return memmem(path.p, path.n, "://", 3) != NULL;
}

static void check_description(struct feeds_intake *in, const char *folder)
{
    const char *file = str_fmt(in->keep, "%s/datapackage.json", folder).p;
    struct stat about;
    size_t i;
    json_t *one;

    if (stat(file, &about) != 0 || !S_ISREG(about.st_mode))
        return;
    if (about.st_size > MOST_DESCRIPTION) {
        feeds_refuse(in, STR("datapackage.json"), "feeds.json-too-long", STR("4 MB"));
        return;
    }
    json_error_t e;
    json_t *tree = json_load_file(file, JSON_REJECT_DUPLICATES, &e);
    const char *version = json_string_value(json_object_get(tree, "version"));

    if (tree == NULL)
        feeds_notice(in, STR("datapackage.json"), "feeds.json-broken", STR(""));
    if (version != NULL && (strncmp(version, "1.", 2) == 0 || strncmp(version, "2.", 2) == 0))
        in->is_old = true;
    json_array_foreach(json_object_get(tree, "resources"), i, one)
    {
        const struct str path = str_of(json_string_value(json_object_get(one, "path")));

        if (json_is_string(json_object_get(one, "path")) && leaves_folder(path)) {
            in->is_row_refused = false;
            in->skips_refused = false;
            feeds_refuse(in, STR("datapackage.json"), "feeds.package-outside", path);
        }
    }
    json_decref(tree);
}

/* ---- zips ---- */

static enum status refuse_zip(struct feeds_intake *in, const struct unzip_trouble *t)
{
    in->is_row_refused = false;
    in->skips_refused = false;
    feeds_refuse(in, STR(""), t->key, t->value);
    return ST_INVALID;
}

static enum status unpack_one(struct feeds_intake *in, struct unzip *z, int i, const char *folder)
{
    const struct str name = last_part(unzip_name(z, i));
    const char *to = str_fmt(in->keep, "%s/%.*s", folder, (int)name.n, name.p).p;
    struct unzip_trouble t = {"base.zip-twice", name};

    if (name.n == 0 || name.p[0] == '.' || !is_read_by_us(name))
        return ST_OK;
    if (access(to, F_OK) == 0)
        return refuse_zip(in, &t);
    const enum status st = unzip_to_file(z, i, to, &t);

    return st == ST_INVALID ? refuse_zip(in, &t) : st;
}

static enum status unpack(struct feeds_intake *in, struct feeds_package *p)
{
    const struct unzip_limits limits = {.max_entries = MOST_ENTRIES};
    struct unzip_trouble t;
    struct unzip *z;
    enum status st = unzip_open(in->keep, p->path, STR(""), &limits, &z, &t);

    if (st == ST_INVALID)
        return refuse_zip(in, &t);
    if (st == ST_OK && make_folder(in, p) == NULL)
        st = ST_UNAVAILABLE;
    for (int i = 0; st == ST_OK && i < unzip_count(z); i++)
        st = unpack_one(in, z, i, p->ours);
    unzip_close(z);
    p->path = p->ours;
    return st;
}

/* ---- all of it ---- */

static bool begins_as_zip(const char *path)
{
    char first[4];
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    const ssize_t n = fd < 0 ? -1 : pread(fd, first, sizeof first, 0);

    if (fd >= 0)
        close(fd);
    return n == (ssize_t)sizeof first && unzip_is_zip((struct str){first, sizeof first});
}

/* Tables in UTF-16 are written anew; then the others stand beside them in our folder by a link. */
static void mend_folder(struct feeds_intake *in, struct feeds_package *p)
{
    const char *from = p->path, *was_ours = p->ours;
    struct dirent **list = NULL;
    const int n = scandir(from, &list, NULL, alphasort);
    const char *mended;
    int n_mended = 0;

    for (int i = 0; i < n; i++) {
        const char *file = str_fmt(in->keep, "%s/%s", from, list[i]->d_name).p;

        if (list[i]->d_name[0] == '.' || !is_read_by_us(str_of(list[i]->d_name)) || !mend_file(in, p, file, &mended))
            continue;
        n_mended++;
        rename(mended, str_fmt(in->keep, "%s/%s", p->ours, list[i]->d_name).p);
    }
    for (int i = 0; i < n; i++) {
        const char *full = n_mended > 0 && was_ours == NULL ? realpath(str_fmt(in->keep, "%s/%s", from, list[i]->d_name).p, NULL) : NULL;

        if (full != NULL && is_read_by_us(str_of(list[i]->d_name)))
            (void)!symlink(full, str_fmt(in->keep, "%s/%s", p->ours, list[i]->d_name).p); /* there already: mended */
        free((char *)full);
        free(list[i]);
    }
    free(list);
    if (n_mended > 0)
        p->path = p->ours;
}

enum status feeds_package_open(struct feeds_intake *in, const char *path, struct feeds_package *out)
{
    struct stat about;
    const char *mended;
    enum status st = ST_OK;

    *out = (struct feeds_package){path, NULL};
    if (stat(path, &about) != 0)
        return ST_NOT_FOUND;
    if (S_ISREG(about.st_mode) && begins_as_zip(path))
        st = unpack(in, out);
    else if (S_ISREG(about.st_mode) && mend_file(in, out, path, &mended))
        out->path = mended;
    if (st == ST_OK && (S_ISDIR(about.st_mode) || out->path == out->ours)) {
        check_description(in, out->path);
        mend_folder(in, out);
    }
    return st != ST_OK ? st : in->st;
}

void feeds_package_close(const struct feeds_package *p)
{
    struct arena *mem = arena_new(0);
    DIR *d = p->ours == NULL ? NULL : opendir(p->ours);

    for (const struct dirent *e; d != NULL && (e = readdir(d)) != NULL;)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            unlink(str_fmt(mem, "%s/%s", p->ours, e->d_name).p);
    if (d != NULL)
        closedir(d);
    if (p->ours != NULL)
        rmdir(p->ours);
    arena_free(mem);
}

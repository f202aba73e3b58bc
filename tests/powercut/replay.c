/*
 * replay.c - cuts the power at many places of a log (cutlog.h) and looks at what is left.
 *
 * Use     replay LOG SNAPSHOT --cuts N --seed S --keys SQL [--none SQL] [--deaf all|-wal]
 * Image   the files as a disk may hold them after the cut: what an fsync covered is there; of the
 *         rest any part may be missing, whole writes or single sectors (512 or 4096 bytes), later
 *         ones there and earlier ones not; of names made, moved or taken away since the folder's
 *         last fsync, the last ones may be missing.
 * Good    SQLite opens the image, finds it whole, --keys gives every key acknowledged before the
 *         cut, and --none gives no row.
 * Deaf    the disk lies: fsyncs (of all files, or of those whose name ends so) cover nothing. A
 *         test of the test: now there must be losses.
 * Prints  one line "cuts N acked N lost N corrupt N half N seed N"; exit 0 when all are good.
 */
#include "cutdisk.h"
#include <fcntl.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <dirent.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct options {
    const char *log, *snapshot, *keys, *none, *deaf;
    long n_cuts;
    uint64_t seed;
};

struct report {
    long n_cuts, n_lost, n_corrupt, n_half;
};

/* SplitMix64: the same seed, the same cuts, on every machine. */
static uint64_t chance(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* ---- an image ---- */

enum mode { KEEP_NONE, KEEP_ALL, KEEP_SOME, KEEP_FIRST, KEEP_ALL_BUT_ONE, TEAR_512, TEAR_4096, N_MODES };

/* A write of which each sector is there or not. */
static void apply_torn(struct disk *d, struct object *o, const struct change *c, size_t sector,
                       uint64_t *seed)
{
    for (uint64_t at = c->offset; at < c->offset + c->n;) {
        const uint64_t end = (at / sector + 1) * sector;
        const uint64_t n = (end < c->offset + c->n ? end : c->offset + c->n) - at;

        if (chance(seed) % 2 == 0)
            disk_bytes(d, o, at, c->bytes + (at - c->offset), n);
        at += n;
    }
}

static void apply_part(struct disk *d, struct object *to, const struct object *from, enum mode mode,
                       uint64_t *seed)
{
    const size_t n = from->n_pending;
    const size_t one = n == 0 ? 0 : chance(seed) % n;

    for (size_t i = 0; i < n; i++) {
        const struct change *c = &from->pending[i];
        const bool is_kept = mode == KEEP_ALL || (mode == KEEP_SOME && chance(seed) % 2 == 0) ||
                             (mode == KEEP_FIRST && i < one) || (mode == KEEP_ALL_BUT_ONE && i != one) ||
                             (c->is_truncate && mode >= TEAR_512 && chance(seed) % 2 == 0);

        if (is_kept)
            disk_apply(d, to, c);
        else if (!c->is_truncate && mode >= TEAR_512)
            apply_torn(d, to, c, mode == TEAR_512 ? 512 : 4096, seed);
    }
}

static void write_file(const char *folder, const char *name, const struct object *o)
{
    char path[400];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    if (fd < 0 || (o->n > 0 && write(fd, o->bytes, o->n) != (ssize_t)o->n))
        die("the image cannot be written", path);
    close(fd);
}

static void empty_folder(const char *folder)
{
    DIR *dir = opendir(folder);
    char path[700];

    for (struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0) {
            snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
            unlink(path);
        }
    if (dir != NULL)
        closedir(dir);
}

static enum mode make_image(const struct disk *d, const char *folder, uint64_t *seed,
                            struct arena *scratch)
{
    struct disk tmp = {.mem = scratch};
    struct folder names = d->durable;
    const size_t n_names = d->n_namings == 0 ? 0 : chance(seed) % (d->n_namings + 1);
    const enum mode mode = (enum mode)(chance(seed) % N_MODES);

    for (size_t i = 0; i < n_names; i++)
        disk_set_names(&names, &d->namings[i]);
    empty_folder(folder);
    for (int i = 0; i < names.n; i++) {
        const struct object *from = names.list[i].object;
        struct object image = {0};

        if (from == NULL)
            continue;
        disk_bytes(&tmp, &image, 0, from->bytes, from->n);
        apply_part(&tmp, &image, from, mode, seed);
        write_file(folder, names.list[i].name, &image);
    }
    return mode;
}

/* ---- what is left ---- */

struct keys {
    struct str *list; /* acknowledged, sorted within the part before the cut */
    size_t n;
};

static int by_text(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static size_t read_keys(sqlite3 *h, const char *sql, struct arena *mem, struct str **out)
{
    sqlite3_stmt *s = NULL;
    size_t n = 0, room = 0;
    int rc = sqlite3_prepare_v2(h, sql, -1, &s, NULL);

    *out = NULL;
    while (rc == SQLITE_OK && (rc = sqlite3_step(s)) == SQLITE_ROW) {
        if (n == room) {
            *out = arena_grow(mem, *out, sizeof **out * room, sizeof **out * (room * 2 + 256));
            room = room * 2 + 256;
        }
        (*out)[n++] = str_copy(mem, str_of((const char *)sqlite3_column_text(s, 0)));
        rc = SQLITE_OK;
    }
    sqlite3_finalize(s);
    if (n > 1)
        qsort(*out, n, sizeof **out, by_text);
    return n;
}

static bool is_whole(sqlite3 *h)
{
    sqlite3_stmt *s = NULL;
    const bool is_it = sqlite3_prepare_v2(h, "PRAGMA integrity_check(1)", -1, &s, NULL) == SQLITE_OK &&
                       sqlite3_step(s) == SQLITE_ROW &&
                       strcmp((const char *)sqlite3_column_text(s, 0), "ok") == 0;

    sqlite3_finalize(s);
    return is_it;
}

static long n_missing(const struct str *acked, size_t n_acked, const struct str *there, size_t n_there)
{
    long n = 0;

    for (size_t i = 0; i < n_acked; i++)
        n += n_there == 0 || bsearch(&acked[i], there, n_there, sizeof *there, by_text) == NULL;
    return n;
}

/* A bad image is shown, so that it can be looked at again: the same seed makes it again. */
static void show(const char *what, size_t cut, enum mode mode, sqlite3 *h)
{
    static const char *const modes[N_MODES] = {"nothing", "all", "some", "the first", "all but one",
                                               "sectors of 512", "sectors of 4096"};

    fprintf(stderr, "# cut after record %zu, %s kept of what was not synced: %s (%s)\n", cut,
            modes[mode], what, h == NULL ? "" : sqlite3_errmsg(h));
}

static void look(const char *folder, const struct options *o, const struct keys *acked, size_t cut,
                 enum mode mode, struct arena *scratch, struct report *r)
{
    char path[300];
    sqlite3 *h = NULL;
    struct str *there;
    const struct report before = *r;

    snprintf(path, sizeof path, "%s/wecare.db", folder);
    r->n_cuts++;
    if (access(path, F_OK) != 0) { /* the cut came before the program had made it */
        r->n_lost += acked->n > 0;
        return;
    }
    const bool is_open = sqlite3_open_v2(path, &h, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK;

    if (!is_open || !is_whole(h)) {
        r->n_corrupt++;
    } else {
        const size_t n_there = read_keys(h, o->keys, scratch, &there);
        const long n = n_missing(acked->list, acked->n, there, n_there);

        r->n_lost += n > 0;
        if (o->none != NULL)
            r->n_half += read_keys(h, o->none, scratch, &there) > 0;
    }
    if (o->deaf == NULL && r->n_corrupt + r->n_lost + r->n_half != before.n_corrupt + before.n_lost + before.n_half)
        show(r->n_corrupt > before.n_corrupt ? "corrupt" : r->n_lost > before.n_lost ? "lost" : "half", cut,
             mode, h);
    sqlite3_close(h);
}

/* ---- all together ---- */

struct log {
    const unsigned char *p;
    size_t n;
    size_t n_records, n_acks;
};

static const struct cut_record *record_at(const struct log *l, size_t at)
{
    const struct cut_record *r = (const struct cut_record *)(const void *)(l->p + at);

    if (l->n - at < sizeof *r || r->magic != CUT_MAGIC || r->n_bytes > l->n - at - sizeof *r)
        return NULL; /* the program was killed in the middle of its last record */
    return r;
}

static struct log map_log(const char *path)
{
    const int fd = open(path, O_RDONLY);
    struct stat st;
    struct log l = {0};

    if (fd < 0 || fstat(fd, &st) != 0 || st.st_size == 0)
        die("no log, or an empty one", path);
    l.n = (size_t)st.st_size;
    l.p = mmap(NULL, l.n, PROT_READ, MAP_PRIVATE, fd, 0);
    if (l.p == MAP_FAILED)
        die("the log cannot be read", path);
    close(fd);
    for (size_t at = 0; at < l.n && record_at(&l, at) != NULL; at += sizeof(struct cut_record) + record_at(&l, at)->n_bytes) {
        l.n_records++;
        l.n_acks += record_at(&l, at)->kind == CUT_ACK;
    }
    return l;
}

static int by_number(const void *a, const void *b)
{
    const size_t x = *(const size_t *)a, y = *(const size_t *)b;

    return (x > y) - (x < y);
}

/* Where to cut: half of them anywhere, half right after an acknowledgement. */
static size_t *choose(struct arena *mem, const struct log *l, const struct options *o, uint64_t *seed)
{
    size_t *cuts = ARENA_ARRAY(mem, size_t, (size_t)o->n_cuts);
    size_t *acks = ARENA_ARRAY(mem, size_t, l->n_acks + 1);
    size_t n_acks = 0, i = 0;

    for (size_t at = 0; i < l->n_records; at += sizeof(struct cut_record) + record_at(l, at)->n_bytes, i++)
        if (record_at(l, at)->kind == CUT_ACK)
            acks[n_acks++] = i + 1;
    for (long k = 0; k < o->n_cuts; k++)
        cuts[k] = k % 2 == 0 || n_acks == 0 ? 1 + chance(seed) % l->n_records : acks[chance(seed) % n_acks];
    qsort(cuts, (size_t)o->n_cuts, sizeof *cuts, by_number);
    return cuts;
}

static void insert_key(struct keys *k, struct str key)
{
    size_t at = k->n;

    while (at > 0 && str_cmp(k->list[at - 1], key) > 0) {
        k->list[at] = k->list[at - 1];
        at--;
    }
    k->list[at] = key;
    k->n++;
}

static struct report replay(const struct options *o, const struct log *l, const char *image)
{
    struct arena *mem = arena_new(0), *scratch = arena_new(0);
    struct disk d = disk_new(mem, o->snapshot, o->deaf);
    struct report r = {0};
    struct keys acked = {.list = ARENA_ARRAY(mem, struct str, l->n_acks + 1)};
    uint64_t seed = o->seed;
    const size_t *cuts = choose(mem, l, o, &seed);
    long k = 0;
    size_t i = 0;

    for (size_t at = 0; i < l->n_records; i++) {
        const struct cut_record *rec = record_at(l, at);
        const unsigned char *bytes = l->p + at + sizeof *rec;

        disk_take(&d, rec, bytes);
        if (rec->kind == CUT_ACK)
            insert_key(&acked, (struct str){(const char *)bytes, rec->n_bytes});
        for (; k < o->n_cuts && cuts[k] == i + 1; k++) {
            const enum mode mode = make_image(&d, image, &seed, scratch);

            look(image, o, &acked, i + 1, mode, scratch, &r);
            arena_reset(scratch);
        }
        at += sizeof *rec + rec->n_bytes;
    }
    arena_free(scratch);
    arena_free(mem);
    return r;
}

static struct options read_options(int argc, char **argv)
{
    struct options o = {.n_cuts = 200, .seed = 1};

    if (argc < 3)
        die("use: replay LOG SNAPSHOT --keys SQL [--none SQL] [--cuts N] [--seed S] [--deaf all|-wal]", "");
    o.log = argv[1];
    o.snapshot = argv[2];
    for (int i = 3; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--keys") == 0)
            o.keys = argv[i + 1];
        else if (strcmp(argv[i], "--none") == 0)
            o.none = argv[i + 1];
        else if (strcmp(argv[i], "--deaf") == 0)
            o.deaf = argv[i + 1];
        else if (strcmp(argv[i], "--cuts") == 0)
            o.n_cuts = atol(argv[i + 1]);
        else if (strcmp(argv[i], "--seed") == 0)
            o.seed = strtoull(argv[i + 1], NULL, 10);
        else
            die("unknown option", argv[i]);
    }
    if (o.keys == NULL || o.n_cuts < 1)
        die("--keys and --cuts are needed", "");
    return o;
}

int main(int argc, char **argv)
{
    const struct options o = read_options(argc, argv);
    const struct log l = map_log(o.log);
    const char *tmp = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"; /* images need no disk */
    char image[100];

    snprintf(image, sizeof image, "%s/wecare-image-XXXXXX", tmp);
    if (mkdtemp(image) == NULL)
        die("no folder for the images", image);
    const struct report r = replay(&o, &l, image);

    empty_folder(image);
    rmdir(image);
    printf("cuts %ld acked %zu lost %ld corrupt %ld half %ld seed %llu records %zu\n", r.n_cuts, l.n_acks,
           r.n_lost, r.n_corrupt, r.n_half, (unsigned long long)o.seed, l.n_records);
    return r.n_lost + r.n_corrupt + r.n_half == 0 ? 0 : 1;
}

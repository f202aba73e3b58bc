#include "cutdisk.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void NORETURN die(const char *what, const char *more)
{
    fprintf(stderr, "replay: %s%s%s\n", what, *more == '\0' ? "" : ": ", more);
    exit(2);
}

static void need(struct disk *d, struct object *o, size_t n)
{
    if (n > o->room) {
        const size_t room = n * 2;

        o->bytes = arena_grow(d->mem, o->bytes, o->room, room);
        o->room = room;
    }
}

void disk_bytes(struct disk *d, struct object *o, uint64_t at, const void *bytes, size_t n)
{
    need(d, o, at + n);
    if (at > o->n)
        memset(o->bytes + o->n, 0, at - o->n);
    if (n > 0)
        memcpy(o->bytes + at, bytes, n);
    if (at + n > o->n)
        o->n = at + n;
}

void disk_apply(struct disk *d, struct object *o, const struct change *c)
{
    if (!c->is_truncate) {
        disk_bytes(d, o, c->offset, c->bytes, c->n);
    } else if (c->offset <= o->n) {
        o->n = c->offset;
    } else {
        need(d, o, c->offset);
        memset(o->bytes + o->n, 0, c->offset - o->n);
        o->n = c->offset;
    }
}

static struct object *object_new(struct disk *d, uint64_t inode, const char *name)
{
    if (d->n_objects == MAX_OBJECTS)
        die("too many files", "");
    struct object *o = &d->objects[d->n_objects++];

    *o = (struct object){.inode = inode};
    snprintf(o->name, sizeof o->name, "%s", name);
    return o;
}

/* The newest: an inode number is used again after its file is gone. */
static struct object *object_of(struct disk *d, uint64_t inode)
{
    for (int i = d->n_objects - 1; i >= 0; i--)
        if (d->objects[i].inode == inode)
            return &d->objects[i];
    die("a file that was never opened", "");
}

static struct entry *entry_of(struct folder *f, const char *name)
{
    for (int i = 0; i < f->n; i++)
        if (strcmp(f->list[i].name, name) == 0)
            return &f->list[i];
    if (f->n == MAX_NAMES)
        die("too many names", name);
    snprintf(f->list[f->n].name, sizeof f->list[f->n].name, "%s", name);
    f->list[f->n].object = NULL;
    return &f->list[f->n++];
}

void disk_set_names(struct folder *f, const struct naming *n)
{
    for (int i = 0; i < n->n; i++)
        entry_of(f, n->set[i].name)->object = n->set[i].object;
}

static void add_naming(struct disk *d, const struct naming *n)
{
    if (d->n_namings == d->room_namings) {
        const size_t room = d->room_namings * 2 + 64;

        d->namings = arena_grow(d->mem, d->namings, sizeof *n * d->room_namings, sizeof *n * room);
        d->room_namings = room;
    }
    d->namings[d->n_namings++] = *n;
    disk_set_names(&d->live, n);
}

static void add_change(struct disk *d, struct object *o, struct change c)
{
    if (o->n_pending == o->room_pending) {
        const size_t room = o->room_pending * 2 + 64;

        o->pending = arena_grow(d->mem, o->pending, sizeof c * o->room_pending, sizeof c * room);
        o->room_pending = room;
    }
    o->pending[o->n_pending++] = c;
}

static bool is_deaf(const struct disk *d, const struct object *o)
{
    return d->deaf != NULL &&
           (strcmp(d->deaf, "all") == 0 || str_ends(str_of(o->name), str_of(d->deaf)));
}

static void settle(struct disk *d, struct object *o, uint64_t covers)
{
    size_t n = 0;

    while (o->n_settled + n < covers && n < o->n_pending)
        disk_apply(d, o, &o->pending[n++]);
    o->n_settled += n;
    o->n_pending -= n;
    memmove(o->pending, o->pending + n, sizeof *o->pending * o->n_pending);
}

static void settle_names(struct disk *d, uint64_t covers)
{
    size_t n = 0;

    while (d->n_names_settled + n < covers && n < d->n_namings)
        disk_set_names(&d->durable, &d->namings[n++]);
    d->n_names_settled += n;
    d->n_namings -= n;
    memmove(d->namings, d->namings + n, sizeof *d->namings * d->n_namings);
}

/* ---- the log ---- */

static void take_open(struct disk *d, const struct cut_record *r, const char *name)
{
    struct object *o = entry_of(&d->live, name)->object;

    if (o == NULL)
        die("a file was there that the snapshot does not hold", name);
    o->inode = r->inode;
}

static void take_rename(struct disk *d, const char *names)
{
    struct naming n = {.n = 2};

    snprintf(n.set[0].name, sizeof n.set[0].name, "%s", names);
    snprintf(n.set[1].name, sizeof n.set[1].name, "%s", names + strlen(names) + 1);
    n.set[1].object = entry_of(&d->live, n.set[0].name)->object;
    add_naming(d, &n);
}

void disk_take(struct disk *d, const struct cut_record *r, const unsigned char *bytes)
{
    struct naming n = {.n = 1};

    if (r->number >= MAX_SYNCS)
        die("too many fsyncs", "");
    switch ((enum cut_kind)r->kind) {
    case CUT_OPEN:
        take_open(d, r, (const char *)bytes);
        break;
    case CUT_CREATE:
    case CUT_UNLINK:
        snprintf(n.set[0].name, sizeof n.set[0].name, "%s", (const char *)bytes);
        if (r->kind == CUT_CREATE)
            n.set[0].object = object_new(d, r->inode, n.set[0].name);
        add_naming(d, &n);
        break;
    case CUT_RENAME:
        take_rename(d, (const char *)bytes);
        break;
    case CUT_WRITE:
    case CUT_TRUNCATE:
        add_change(d, object_of(d, r->inode),
                   (struct change){r->kind == CUT_TRUNCATE, r->offset, r->n_bytes, bytes});
        break;
    case CUT_SYNC_BEGINS: {
        const struct object *o = object_of(d, r->inode);

        d->sync_covers[r->number] = o->n_settled + o->n_pending;
        break;
    }
    case CUT_SYNC_ENDS:
        if (!is_deaf(d, object_of(d, r->inode)))
            settle(d, object_of(d, r->inode), d->sync_covers[r->number]);
        break;
    case CUT_DIR_BEGINS:
        d->sync_covers[r->number] = d->n_names_settled + d->n_namings;
        break;
    case CUT_DIR_ENDS:
        settle_names(d, d->sync_covers[r->number]);
        break;
    case CUT_ACK:
        break;
    case CUT_UNKNOWN:
        die("the program did what the recorder does not follow", (const char *)bytes);
    }
}

static void read_snapshot(struct disk *d, const char *folder)
{
    DIR *dir = opendir(folder);
    char path[700];

    if (dir == NULL)
        die("no snapshot", folder);
    for (struct dirent *e; (e = readdir(dir)) != NULL;) {
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        const int fd = open(path, O_RDONLY);
        struct stat st;

        if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && !str_ends(str_of(e->d_name), STR("-shm"))) {
            struct object *o = object_new(d, 0, e->d_name);

            need(d, o, (size_t)st.st_size);
            if (read(fd, o->bytes, (size_t)st.st_size) != st.st_size)
                die("the snapshot cannot be read", path);
            o->n = (size_t)st.st_size;
            entry_of(&d->durable, e->d_name)->object = o;
        }
        if (fd >= 0)
            close(fd);
    }
    closedir(dir);
    d->live = d->durable;
}

struct disk disk_new(struct arena *mem, const char *snapshot, const char *deaf)
{
    struct disk d = {.mem = mem, .deaf = deaf};

    d.objects = ARENA_ARRAY(mem, struct object, MAX_OBJECTS);
    d.sync_covers = ARENA_ARRAY(mem, uint64_t, MAX_SYNCS);
    read_snapshot(&d, snapshot);
    return d;
}

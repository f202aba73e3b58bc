/*
 * cutdisk.h - a disk as a log (cutlog.h) makes it: what fsyncs covered, and what waits.
 *
 * Memory  everything lives in the arena of the disk; bytes of changes stay in the log.
 */
#pragma once
#include "base/arena.h"
#include "base/macros.h"
#include "base/str.h"
#include "cutlog.h"
#include <stdbool.h>
#include <stdint.h>

enum { MAX_OBJECTS = 4096, MAX_NAMES = 64, MAX_SYNCS = 1 << 20 };

/* A write or a truncation that no fsync covers yet. */
struct change {
    bool is_truncate;
    uint64_t offset, n;
    const unsigned char *bytes; /* in the log */
};

struct object {
    uint64_t inode;
    char name[80]; /* the first it had: for --deaf */
    unsigned char *bytes;
    size_t n, room;
    struct change *pending;
    size_t n_pending, room_pending;
    uint64_t n_settled; /* changes that became durable: pending[0] is number n_settled */
};

struct entry {
    char name[80];
    struct object *object; /* NULL: no such name any more */
};

struct folder {
    struct entry list[MAX_NAMES];
    int n;
};

/* One change of names: name now means object (NULL: gone). A rename is two in one step. */
struct naming {
    struct entry set[2];
    int n;
};

struct disk {
    struct arena *mem;
    struct object *objects;
    int n_objects;
    struct folder durable, live;
    struct naming *namings; /* since the folder's last fsync */
    size_t n_namings, room_namings;
    uint64_t n_names_settled;
    uint64_t *sync_covers; /* by number of fsync: how many changes of its object it covers */
    const char *deaf;
};

/* Ends the program: the log or the folder cannot be used. */
void NORETURN die(const char *what, const char *more);

/* The disk as the snapshot's files say; deaf: see replay.c, NULL for an honest disk. */
struct disk disk_new(struct arena *mem, const char *snapshot, const char *deaf);
/* What the program did next. */
void disk_take(struct disk *d, const struct cut_record *r, const unsigned char *bytes);

/* For making an image: one change in whole, some bytes, the names after a change of them. */
void disk_apply(struct disk *d, struct object *o, const struct change *c);
void disk_bytes(struct disk *d, struct object *o, uint64_t at, const void *bytes, size_t n);
void disk_set_names(struct folder *f, const struct naming *n);

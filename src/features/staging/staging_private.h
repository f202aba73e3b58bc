/*
 * staging_private.h - private to staging: what a reading keeps in memory, and the form of a staged entry.
 *
 * Entry   kind and marks (1 byte), hash of kind and id (8), row, id; then, unless it is the same as last
 *         time: sum (8), the organisation and the places it refers to, its packed bytes.
 */
#pragma once
#include "base/buf.h"
#include "base/digest.h"
#include "staging_known.h"
#include "staging_pack.h"

enum { STAGED_IS_NEW = 16, STAGED_IS_GONE = 32, STAGING_BLOCK = 256 * 1024 };

struct staged_ref {
    uint64_t hash;
    int64_t key; /* while it is taken */
};

struct staged_refs {
    struct staged_ref *list;
    int64_t n, room;
    struct arena *mem;
};

struct staging {
    struct arena *mem, *row, *table;
    struct db *db;
    struct str source, identity, reader, page;
    unsigned char hash_key[crypto_shorthash_KEYBYTES];
    int64_t source_id, run_id, read_to, n_blocks, n_written; /* blocks up to the last mark; written in all */
    bool is_sealed, is_whole;
    struct staging_tally tally;
    struct staging_known *known;
    struct staged_refs organisations, locations;
    struct buf block;
    size_t n_first; /* room that the block began with */
};

struct staged {
    enum staging_kind kind;
    bool is_new, is_gone;
    uint64_t hash;
    int64_t row, sum, organisation;
    int64_t *places;
    int n_places;
    struct str id, bytes;
};

/* Cuts the next entry off *rest; false: there is none, or the block is broken (*out_is_bad). */
bool staged_next(struct arena *mem, struct str *rest, struct staged *out, bool *out_is_bad);
/* The next number of that kind; organisations and places only. */
int64_t staging_ref_add(struct staging *s, enum staging_kind kind, uint64_t hash);
struct ctx staging_ctx(struct staging *s, struct arena *mem, struct db_tx *tx);
/* db_write or db_write_alone, again while it is ST_BUSY. */
enum status staging_patiently(enum status (*write)(struct db *, db_job, void *), struct db *d, db_job job, void *arg);
/* Blocks of readings that are over go, a few at a time. */
void staging_sweep(struct staging *s);

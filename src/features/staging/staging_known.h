/*
 * staging_known.h - private: which entries of a source were taken last, with their sums and keys.
 *
 * Rows    256 buckets a source, each one row of packed entries: a million entries are read in 256 rows, and
 *         what did not change is not written.
 */
#pragma once
#include "staging.h"

struct staging_known;

struct known {
    uint64_t hash; /* of kind and source_id; 0: empty */
    int64_t sum;   /* 0: it is to be put again whatever it says */
    int64_t key;   /* in the catalogue */
    int kind;
    bool is_seen;  /* in this run */
};

struct staging_known *staging_known_new(void);
void staging_known_free(struct staging_known *k); /* NULL is fine */
enum status staging_known_load(struct staging_known *k, struct ctx *c, int64_t source_id);
bool staging_known_find(const struct staging_known *k, uint64_t hash, struct known *out);
/* New, or changed; its bucket is written by staging_known_save. */
void staging_known_set(struct staging_known *k, const struct known *e);
void staging_known_see(struct staging_known *k, uint64_t hash);
/* Writes the buckets that changed (write). without_unseen: what was not seen goes too. */
enum status staging_known_save(struct staging_known *k, struct ctx *c, int64_t source_id, bool without_unseen);

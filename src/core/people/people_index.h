/*
 * people_index.h - one record at the desk against all the others, while the person waits.
 *
 * Why     the check at entry must give what the nightly run would: the same keys, the same model, the
 *         same pairs. A block that is too large is passed over here as there.
 * In memory  struct people_index, over a set that is not sealed: records are added to both.
 * Stored  the table people_index holds digests and record numbers and nothing else; who keeps the
 *         records (in a vault, under a consent) gives them for comparison.
 * Removal leaves no trace: what a record left in the index is overwritten or deleted.
 */
#pragma once
#include "people_score.h"
#include "store/ctx.h"

struct people_index;

struct people_index *people_index_new(struct arena *mem, struct people_set *set, const struct people_model *m,
                                      const unsigned char secret[PEOPLE_KEY_BYTES], int max_block);
/* A record that was added to the set; twice is once. */
void people_index_add(struct people_index *ix, uint32_t record);
/* ST_NOT_FOUND: it is not there. */
enum status people_index_remove(struct people_index *ix, uint32_t record);

/* Links of one record (in the index or not) with those in it, the strongest first, from least up. */
void people_index_check(struct people_index *ix, struct arena *mem, uint32_t record, double least, struct people_edge **out, size_t *n_out);

/* Postings in use, for tests and figures. */
uint64_t people_index_postings(const struct people_index *ix);
bool people_index_has_trace(const struct people_index *ix, uint32_t record);

/* ---- stored ---- */

/* In a write transaction. */
enum status people_stored_put(struct ctx *c, int64_t record_id, const uint64_t keys[PEOPLE_PASSES]);
enum status people_stored_remove(struct ctx *c, int64_t record_id, const uint64_t keys[PEOPLE_PASSES]);
/* The records that share a key, ascending and each once; blocks past max_block are passed over. */
enum status people_stored_find(struct ctx *c, const uint64_t keys[PEOPLE_PASSES], int max_block, int64_t **out, size_t *n_out);

/* A whole register at once (a first index, a new key). Its digests wait in files that have no name, a part of them each, and
 * go in part by part in their order: one by one, as records come, every one would be another page of the table. */
struct people_filling;
struct people_filling *people_filling_new(struct arena *mem);
/* ST_UNAVAILABLE: there is no room for the files. */
enum status people_filling_add(struct people_filling *f, int64_t record_id, const uint64_t keys[PEOPLE_PASSES]);
/* In a write transaction; may be said again if the transaction is. */
enum status people_filling_put(struct ctx *c, struct people_filling *f);
void people_filling_free(struct people_filling *f);

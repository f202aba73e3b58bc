/*
 * zip_write.h - a zip archive written as it goes: headers, packed entries, the list at the end.
 *
 * Why     packages of tables and spreadsheets are zips; made piece by piece they may be longer than memory.
 * Use     struct zip_write z = zip_write_new(mem);
 *         zip_write_open(&z, out, "a.csv");  zip_flow_put(&flow, out, bytes, is_last)...
 *         zip_write_close(&z, out, &flow);   zip_write_end(&z, out);
 *         or, packed before into another buffer or file: zip_write_whole, then the packed bytes.
 * Limits  no entry and no archive of 4 GB or more (there is no ZIP64 here): see zip_write_is_full.
 * Memory  the list of entries and the packer live in `mem`; what is written goes to the buffer given.
 * Source  PKWARE APPNOTE 6.3; RFC 1951. Names are UTF-8.
 */
#pragma once
#include "base/arena.h"
#include "base/buf.h"
#include <stdbool.h>
#include <stdint.h>

struct zip_flow; /* one entry on its way through the packer */

struct zip_flow *zip_flow_new(struct arena *mem);
/* Packs bytes into out; is_last ends it. */
void zip_flow_put(struct zip_flow *f, struct buf *out, struct str bytes, bool is_last);
int64_t zip_flow_packed(const struct zip_flow *f); /* bytes that came out so far */
int64_t zip_flow_plain(const struct zip_flow *f);  /* bytes that went in */

struct zip_write_entry;
struct zip_write {
    struct arena *mem;
    struct zip_write_entry *list;
    int n, room;
    int64_t at; /* bytes written so far */
    int day, minutes; /* stands as the time of every entry; minutes of the day */
};

struct zip_write zip_write_new(struct arena *mem, int day, int minutes);
/* An entry whose length is not known yet: its bytes follow from zip_flow_put, then zip_write_close. */
void zip_write_open(struct zip_write *z, struct buf *out, const char *name);
void zip_write_close(struct zip_write *z, struct buf *out, const struct zip_flow *f);
/* An entry packed before: its zip_flow_packed(f) bytes must follow. */
void zip_write_whole(struct zip_write *z, struct buf *out, const char *name, const struct zip_flow *f);
void zip_write_end(struct zip_write *z, struct buf *out);
/* No more may be written: what there is would be wrong. */
bool zip_write_is_full(const struct zip_write *z);

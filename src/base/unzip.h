/*
 * unzip.h - the entries of a zip file, one after the other, in little memory: spreadsheets and packages of tables.
 *
 * Why     a zip is the oldest trap there is: forty kilobytes that become petabytes, names that climb out of
 *         the folder, links, entries that lie upon each other. What is not a plain honest zip is refused when
 *         it is opened, before a byte is unpacked; what lies about its size is stopped while it is read.
 * In      stored and deflated entries, from a file or from bytes in memory. Folders are passed over.
 * Refused encrypted entries, other methods, ZIP64, several disks, symbolic links, names that are absolute,
 *         climb (".."), hold a backslash, a colon or a control character or come twice, entries that overlap,
 *         more entries or bytes than the limits, an entry that grows more than max_ratio times.
 * Memory  the list of entries in the arena; one open entry takes about 110 KB, let go by unzip_close.
 * Threads one unzip belongs to one thread at a time; one entry is open at a time.
 */
#pragma once
#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"

struct unzip;

struct unzip_limits {
    int max_entries;         /* 0: 200 */
    int64_t max_bytes;       /* of all entries unpacked; 0: 2 GB */
    int64_t max_entry_bytes; /* of one; 0: as max_bytes */
    int max_ratio;           /* unpacked : packed, past the first megabyte; 0: 200 */
};

struct unzip_trouble {
    const char *key;  /* message key: "base.zip-..." */
    struct str value; /* for {value}: a name or a limit; in the arena */
};

/* From `file`, or from `bytes` when file is NULL (they stay the caller's and must outlive *out). limits NULL:
 * the defaults. ST_OK: *out is to be closed. ST_INVALID: *trouble says why. ST_NOT_FOUND: cannot be opened. */
enum status unzip_open(struct arena *mem, const char *file, struct str bytes, const struct unzip_limits *limits,
                       struct unzip **out, struct unzip_trouble *trouble);
void unzip_close(struct unzip *z); /* NULL is fine */

/* Files alone, in the order of the directory. */
int unzip_count(const struct unzip *z);
struct str unzip_name(const struct unzip *z, int i);
int64_t unzip_size(const struct unzip *z, int i); /* unpacked, as the directory says */
/* The one of that name, or else the one whose last part it is ("pack/services.csv"); -1: there is none. */
int unzip_find(const struct unzip *z, const char *name);

/* Begins to read entry i; one that was open is let go. */
enum status unzip_entry(struct unzip *z, int i, struct unzip_trouble *trouble);
/* Up to n bytes of it; *out_n 0: its end, size and checksum were right. ST_INVALID: *trouble says why. */
enum status unzip_read(struct unzip *z, void *to, size_t n, size_t *out_n, struct unzip_trouble *trouble);
/* The whole of a small entry, at most max_bytes, in mem. */
enum status unzip_whole(struct unzip *z, int i, struct arena *mem, int64_t max_bytes, struct str *out,
                        struct unzip_trouble *trouble);
/* The whole of an entry into a new file. */
enum status unzip_to_file(struct unzip *z, int i, const char *file, struct unzip_trouble *trouble);

/* Begins as a zip does. */
bool unzip_is_zip(struct str first_bytes);

/*
 * feeds_pull.h - HSDS that comes page by page, from a feed that somebody else fetches.
 *
 * Use     feeds_pull_open with run->db set (staged), or with run->checks_only; feeds_pull_page for each page as
 *         it arrives; feeds_pull_end; feeds_pull_close. Refused entries and notices are told through run.
 * Look    each entry is shown before it is read: the caller gives it back (json_incref), another in its place,
 *         or NULL when it is not for us.
 */
#pragma once
#include "web/feature.h"
#include <jansson.h>

struct feeds_pull;

struct feeds_pull_ask {
    struct import_run *run;
    struct str source;   /* "hsds:NAME" */
    struct str identity; /* of this pull: staging.h */
    json_t *(*look)(void *arg, json_t *tree); /* NULL: all as they are */
    void (*envelope)(void *arg, const json_t *tree); /* what stood around the entries of a page; NULL: not told */
    void *arg;
    bool skips_refused, hides_gone;
};
/* Whatever comes of it, *out is to be closed. */
enum status feeds_pull_open(const struct feeds_pull_ask *a, struct feeds_pull **out);
/* The bytes of one page: an object with `contents`, an array, or lines. ST_INVALID: it cannot be read; a
 * refusal says why. */
enum status feeds_pull_page(struct feeds_pull *p, struct str bytes);
/* The source says that it has this service no more. */
void feeds_pull_gone(struct feeds_pull *p, struct str id);
/* is_whole: the pages were all that the source has. */
enum status feeds_pull_end(struct feeds_pull *p, bool is_whole);
void feeds_pull_close(struct feeds_pull *p);

/* A file or folder through the importer of its kind ("hsds", "csv", "xlsx"), as the command line does; mapping: path of
 * the mapping, for a list. run->db set, or checks_only. */
struct feeds_file_ask {
    const char *kind, *source, *mapping; /* source: short name; NULL: by the file's */
    bool skips_refused, hides_gone;
};
enum status feeds_take_file(struct import_run *run, const struct feeds_file_ask *a);

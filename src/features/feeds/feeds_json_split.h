/*
 * feeds_json_split.h - private: a JSON file of any length, handed over object by object.
 *
 * Why     a directory of a region is an array of gigabytes: only one entry at a time is made into a
 *         tree (jansson, duplicate names refused) and let go.
 * Reads   a plain array; a page of an HSDS answer (object with `contents`); an object whose members
 *         are named like files ("services.csv") and hold arrays of rows; one object by itself; objects
 *         one after the other (newline-delimited). With or without a byte-order mark.
 * Limits  64 KB are read at a time, an entry has 8 MB and 32 levels at most, empty space between two of
 *         them 1 MB: memory does not grow with the file, and what is past a limit is refused at once.
 * Wrong   an entry that is whole but not good JSON is handed over with its reason and reading goes on;
 *         broken brackets, or a limit that is passed, end the reading.
 */
#pragma once
#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"
#include <jansson.h>
#include <stdint.h>

enum { FEEDS_JSON_MAX_BYTES = 8 * 1024 * 1024, FEEDS_JSON_MAX_DEPTH = 32, FEEDS_JSON_MAX_GAP = 1024 * 1024 };

struct feeds_json_item {
    int64_t row;       /* 1-based number of the entry in the file */
    struct str member; /* "contents", "services.csv": the array it stands in; empty: none */
    bool is_passed;    /* passed over, as `passes` asked: there is no tree and nothing is wrong */
    bool is_envelope;  /* what stood around the arrays of a page; its arrays are null */
    const char *wrong; /* message key; NULL: tree is there */
    struct str value;  /* for {value} */
    const json_t *tree;
};

/* The item is gone when this returns. False stops the reading (ST_OK). */
typedef bool (*feeds_json_each)(void *arg, const struct feeds_json_item *item);

struct feeds_json_options {
    int fd;           /* read to its end, from where it stands; -1: from bytes */
    struct str bytes;
    feeds_json_each each;
    void *arg;
    void (*progress)(void *arg, int64_t done); /* bytes; may be NULL */
    bool (*passes)(void *arg); /* asked before each entry: true, it is not made into a tree; may be NULL */
};

struct feeds_json_trouble {
    int64_t row;     /* the entry being read; 0: none yet */
    const char *key; /* message key */
    struct str value;
};

/* ST_INVALID: *trouble says why reading ended. ST_UNAVAILABLE: the file cannot be read. */
enum status feeds_json_split(struct arena *mem, const struct feeds_json_options *o, struct feeds_json_trouble *trouble);

/*
 * pairs.h - names and values of a query string or of a form, from a body nobody has checked yet.
 *
 * Formats application/x-www-form-urlencoded (as browsers write it: "+" is a space, a "%" that no
 *         two digits follow stands for itself) and multipart/form-data.
 * Checked every name and value is UTF-8 without controls (files: only their names). Sizes and
 *         numbers are bounded; the body itself was bounded before.
 * Pure    no database, no clock. Memory: what had to be decoded is in the arena; the rest borrows
 *         the body.
 */
#pragma once
#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"

enum {
    PAIRS_MAX = 1000,       /* names in one form */
    PAIRS_QUERY_MAX = 100,  /* names in one query string */
    PAIR_NAME_MAX = 200,    /* bytes of a name */
    PART_HEADER_MAX = 2048, /* bytes of the headers of one part */
    BOUNDARY_MAX = 70       /* RFC 2046 */
};

struct pair {
    struct str name, value;
    bool is_file;
    struct str file_name, type; /* of a file */
};

struct pairs {
    struct pair *list;
    int n;
    int room;
};

/* ST_INVALID: not text, or a name too long. ST_TOO_LARGE: more than max pairs. */
enum status pairs_urlencoded(struct arena *mem, struct str text, int max, struct pairs *out);
/* content_type: the header's value, with its boundary. */
enum status pairs_multipart(struct arena *mem, struct str content_type, struct str body, int max,
                            struct pairs *out);

/* The n-th pair of that name, files or not files; NULL past the last. */
const struct pair *pairs_at(const struct pairs *p, const char *name, int n, bool is_file);

/* "%41+b" decoded; *out borrows the text when nothing had to be decoded. */
struct str percent_decode(struct arena *mem, struct str s, bool plus_is_space);

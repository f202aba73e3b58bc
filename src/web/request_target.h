/*
 * request_target.h - what a request asks for: "/en/territorio?dove=Ivrea", read strictly.
 *
 * Refused a target that does not begin with one "/", bytes outside printable ASCII, "#", "\",
 *         "<", ">", a quote; in the path a "%" without two digits, an encoded slash, backslash,
 *         NUL or control, "." and ".." as a segment (also encoded), an empty segment, text that is
 *         not UTF-8; more than TARGET_MAX bytes or TARGET_SEGMENTS segments.
 * Why     one road has one address: nothing is guessed, so that no check is passed by an address
 *         that means something else to the next reader.
 * Pure    no database, no clock.
 */
#pragma once
#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"
#include "base/text.h"

enum { TARGET_MAX = 8192, TARGET_SEGMENTS = 16 };

struct target {
    enum lang lang;  /* of the prefix */
    struct str path; /* as asked, without prefix, query and last slash; at least "/" */
    struct str segments[TARGET_SEGMENTS]; /* decoded */
    int n_segments;
    struct str query;    /* as asked, without the question mark */
    bool has_last_slash; /* "/territorio/": to be sent to the address without */
};

/* ST_INVALID: refused. ST_TOO_LARGE: too long. */
enum status target_read(struct arena *mem, struct str raw, struct target *out);

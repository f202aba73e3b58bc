/*
 * pagec.h - the page compiler: templates in, C out.
 *
 * What    every pages/?.html of a slice becomes C functions that write into the answer; the
 *         language of templates is described in tools/README.md.
 * Why     the place of each value (text, attribute, start of an address, inside of one) is
 *         decided while building, by a tokenizer that follows HTML through literals and through
 *         both ways of each {{#if}}; a value in a place where no escaping is safe does not
 *         compile. A missing field is an error of the C compiler, told at the template's line.
 * Errors  "file:line:col: what is wrong, and what to write instead"; one per file, files go on.
 * Memory  everything lives in the arena of the job.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"

struct pagec_file {
    const char *path; /* shown in messages and in #line */
    struct str text;
};

struct pagec_job {
    struct arena *mem;
    const char *slice;
    const char *folder; /* below src/, before headers named without one; NULL: none */
    const char *header; /* name by which the C file includes its header */
    const struct pagec_file *files;
    int n_files;
};

struct pagec_made {
    struct str c;
    struct str h;
    struct str errors; /* empty: all is well */
};

/* false when there are errors; c and h are then of no use. */
bool pagec_compile(const struct pagec_job *job, struct pagec_made *out);

/*
 * slug.h - addresses of pages that outlive a change of name: "mensa-di-via-roma-ivrea-k7m2qx".
 *
 * How     the last six letters find the thing, what stands before them is for the eye.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"

enum { SLUG_CODE_LEN = 6 };

/* Six letters and digits that follow from a UUID; attempt 1, 2, ... gives others, when two things
 * meet at the same code. */
struct str slug_code(struct arena *mem, struct str uuid, int attempt);
/* name, then the place unless the name says it, then the code. */
struct str slug_make(struct arena *mem, struct str name, struct str place, struct str code);
/* The code at the end of a slug; empty when it cannot be one. */
struct str slug_code_of(struct str slug);

/*
 * table_sum.h - one short text that differs when tables of reference/ differ: whoever keeps it
 *               beside what was loaded knows at the next start that there is nothing to load.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"

/* 32 hexadecimal digits over the version and the bytes of the tables, in the order given. version:
 * raised when the same tables are loaded in another way. A table that is not built in is a bug(). */
struct str table_sum(struct arena *mem, const char *version, const char *const *names, int n_names);

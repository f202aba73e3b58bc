/* catalogue_misses_store.h - private: the table of counts. Months are those of the calendar. */
#pragma once
#include "catalogue_misses.h"

enum status misses_store_put(struct ctx *c, const struct miss *m);
/* Of the months before that one, newest first. */
enum status misses_store_before(struct ctx *c, int year, int month, struct miss **out, int *n_out);
enum status misses_store_drop(struct ctx *c, int year, int month);

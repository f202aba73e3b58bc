/*
 * upkeep_corrections.h - private to upkeep: corrections of citizens, closed by what a body does.
 */
#pragma once
#include "upkeep.h"

/* Open ones of an entry: mended, or looked at and found right. *out_ids: which, with spaces between. */
enum status upkeep_corrections_close(struct ctx *c, int64_t service_id, bool is_mended, struct str *out_ids);
enum status upkeep_corrections_open_again(struct ctx *c, struct str ids);
/* Once a day: words that were answered long ago go. */
enum status upkeep_corrections_sweep(struct ctx *c);

/*
 * upkeep_act.h - private to upkeep: what every act on an entry begins with.
 */
#pragma once
#include "upkeep_store.h"

/* The row of an entry, or the one it will begin with; brought up to what the catalogue says. ST_NOT_FOUND: an
 * initiative of 2018-2020. */
enum status upkeep_row_of(struct ctx *c, const struct service *s, struct upkeep_row *out);
/* Notes how an entry stands before something is done to it (write). kind "confirmed", "hidden", "shown", "checked". */
enum status upkeep_note_act(struct ctx *c, const struct service *s, const struct upkeep_row *r, const char *kind,
                            struct str batch, struct str corrections);
struct str upkeep_new_batch(struct ctx *c);

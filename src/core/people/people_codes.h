/*
 * people_codes.h - private to people: the codici fiscali of a file, one row each, for the body that owns the file.
 */
#pragma once
#include "base/buf.h"
#include "people_set.h"

/* rec_id,code,doubts,birth_date,sex,belfiore,birth_place: code is valid, wrong or cut; doubts are "not-then" (the place was
 * none that day) and "not-given" (another place was written), parted by a blank; birth_place by its name of that day. A code that
 * seems somebody else's is "another", with nothing after it. Records without a code are left out. Returns how many rows. */
uint32_t people_codes_write(struct buf *b, const struct people_set *set);

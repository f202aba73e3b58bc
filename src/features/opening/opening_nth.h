/*
 * opening_nth.h - private: which days of the month, as one says them: "il secondo e il quarto giovedì del mese",
 * "tutti i giovedì tranne il primo", "l'ultima domenica".
 */
#pragma once
#include "base/buf.h"
#include "base/str.h"
#include <stdint.h>

enum hours_nth_said {
    HOURS_NTH_NONE,   /* no such words stand here: *rest is left alone */
    HOURS_NTH_OF_DAY, /* *day and its bits *nth, as in struct hours_rule */
    HOURS_NTH_EACH,   /* "tutti i giovedì": every week, *nth is 0 */
    HOURS_NTH_WRONG,  /* they begin so and cannot be told: *rest is where */
};

enum hours_nth_said hours_nth_read(struct arena *mem, struct str *rest, int *day, uint16_t *nth);

/* The shorter of the two ways; hours_nth_read reads both. nth is not 0. */
void hours_nth_put(struct buf *b, int day, uint16_t nth);

/*
 * http_date.h - instants as HTTP writes them: "Sun, 06 Nov 1994 08:49:37 GMT".
 *
 * Source  RFC 9110 section 5.6.7; its two obsolete forms are not read: who sends one gets the answer whole.
 * Units   UTC milliseconds, whole seconds. Pure.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"
#include <stdbool.h>
#include <stdint.h>

struct str http_date(struct arena *mem, int64_t at_ms);
/* False: not such a date; *out_ms is left alone. */
bool http_date_read(struct str s, int64_t *out_ms);

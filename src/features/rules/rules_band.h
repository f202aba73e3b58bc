/* rules_band.h - private to the slice: whether a number lies in a band. */
#pragma once
#include "rules_private.h"

bool rules_in_band(const struct band *b, struct ratio x);

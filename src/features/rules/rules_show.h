/* rules_show.h - private to the slice: numbers and reckonings as Italians read them. */
#pragma once
#include "rules_private.h"

/* "10.140,00 euro", "2,76", "si'", the code. Fractions: as many decimals as are needed, six at most. */
struct str rules_show_value(struct arena *mem, const struct rules_value *v);
/* "non supera": how two sides of a comparison stand. */
const char *rules_relation(enum node_kind kind, bool holds);

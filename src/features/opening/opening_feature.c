/* opening_feature.c - what opening gives to the program: rules for others, nothing to ask for. */
#include "web/feature.h"

const struct feature opening_feature = {
    .name = "opening",
};

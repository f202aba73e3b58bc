/* sheets_feature.c - what sheets gives to the program: a reading for others, nothing to ask for. */
#include "web/feature.h"

const struct feature sheets_feature = {
    .name = "sheets",
};

/* feeds_feature.c - what feeds gives to the program. */
#include "feeds_feature.h"

const struct feature feeds_feature = {
    .name = "feeds",
};

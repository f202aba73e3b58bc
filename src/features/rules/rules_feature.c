/* rules_feature.c - what rules gives to the program. */
#include "rules_feature.h"
#include "base/macros.h"
#include "web/feature.h"

static const struct command commands[] = {
    {"rules", "checks the text of a rule, or asks it about one household", rules_command},
};

const struct feature rules_feature = {
    .name = "rules",
    .commands = commands,
    .n_commands = ARRAY_LEN(commands),
};

/* rules_feature.c - what rules gives to the program. */
#include "rules_feature.h"
#include "base/macros.h"
#include "web/feature.h"

static const struct command commands[] = {
    {"rules", "check FILE...: is the text of a rule right; eval FILE HOUSEHOLD.json: asks it about one household", rules_command, true},
};

const struct feature rules_feature = {
    .name = "rules",
    .commands = commands,
    .n_commands = ARRAY_LEN(commands),
};

/* simulations_feature.c - what simulations gives to the program. */
#include "simulations_feature.h"
#include "base/macros.h"

static const struct command commands[] = {
    {"rules simulate", "OLD NEW POPULATION.csv|--synthetic SEED,N: an old text of rules against a new one", simulations_simulate_command, true},
    {"rules diff", "OLD NEW: what changed between two texts of rules", simulations_diff_command, true},
};

const struct feature simulations_feature = {
    .name = "simulations",
    .commands = commands,
    .n_commands = ARRAY_LEN(commands),
};

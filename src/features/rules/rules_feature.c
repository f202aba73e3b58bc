/* rules_feature.c - what rules gives to the program. */
#include "rules_feature.h"
#include "base/macros.h"
#include "web/feature.h"

static const char help_isee[] =
    "wecare isee HOUSEHOLD.json [DAY]    every kind of ISEE that the data allow, step by step\n"
    "\n"
    "Always an estimate: the one ISEE that counts is issued by INPS. Each step is a sentence with its\n"
    "article. DAY (2024-05-31) picks the rules of then; left out, of today. The file is one JSON object:\n"
    "  {\"in_affitto\": true, \"affitto_annuo\": 4800, \"depositi\": 3000, ...,\n"
    "   \"componenti\": [{\"eta\": 40, \"reddito_dipendente\": 14000}, ...], \"figli_fuori\": [...]}\n"
    "with the names of reference/rules/facts.csv. What is left out is unknown. Nothing is kept.\n";

static const char help_rules[] =
    "wecare rules check FILE...                    is the text of a rule right, do its examples hold\n"
    "wecare rules eval RULE HOUSEHOLD.json [DAY]   asks it about one household\n"
    "wecare rules trace RULE HOUSEHOLD.json [DAY]  the same in sentences, with article and date\n"
    "wecare rules ask HOUSEHOLD.json [DAY]         every measure that is built in, in order of certainty\n"
    "\n"
    "RULE is a file in the language of docs/developer/rules.md, or the code of a text that is built in\n"
    "(ADI, ISEE_ORD), as it holds on DAY (2024-05-31), or today. An error has its line and column.\n";

enum { BODY_KB = 768 }; /* a text of RULES_MAX_TEXT with its escapes, and a household */

#define ASK(path, handler)                                                                                                          \
    {                                                                                                                               \
        POST, path, handler, ANYONE, TX_READ, CACHE_NEVER, COST_SEARCH, "public", "measure", "view", .body_kb = BODY_KB             \
    }

static const struct route routes[] = {
    ASK("/api/rules/1/check", rules_api_check),
    ASK("/api/rules/1/trace", rules_api_trace),
};

static const struct command commands[] = {
    {"isee", help_isee, .run = rules_isee_command, .without_db = true},
    {"rules", help_rules, .run = rules_command, .without_db = true},
};

const struct feature rules_feature = {
    .name = "rules",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .commands = commands,
    .n_commands = ARRAY_LEN(commands),
};

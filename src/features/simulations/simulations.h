/*
 * simulations.h - an old text of rules against a new one, over a population: who gains, who loses, what it costs.
 *
 * Why     before a threshold changes, whoever decides sees how many it touches, where, and at what cost; and can
 *         show the same figures again a year later.
 * People  from an anonymised CSV (columns named as facts, one row a person) or invented from a seed and the margins
 *         of reference/simulations/margins.csv. Nothing of it is stored.
 * Same    the same texts, population and choices give the same result, byte for byte, whatever the number of threads;
 *         the saved file carries them all but the CSV, and can be run again; of a CSV it has the hash of what is asked about.
 * Counted a household is served when the answer is yes or probably; what is still to be checked is told apart and
 *         costs nothing. Amounts become a year's: a month's twelve times.
 * Hidden  a file's households are asked about in groups of SIMULATIONS_LEAST or more that are made alike in all that a run can see:
 *         no number of runs, however they differ, counts fewer. Beside that, of any population, counts from 1 to 4 and the money
 *         beside them, and what would give them away by difference.
 * Units   money in cents a year; ISEE in cents; rates in basis points.
 * Memory  results live in the arena given; populations in arenas of their own.
 * Threads a population is read only: any thread may use it.
 */
#pragma once
#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"
#include "features/rules/rules_population.h"

enum {
    SIMULATIONS_MOST = 2000000,     /* households of a synthetic population */
    SIMULATIONS_MOST_WEB = 200000,  /* on a page */
    SIMULATIONS_MAX_CSV = 2 << 20,  /* bytes of a CSV on a page */
    SIMULATIONS_LEAST = 5,          /* a count below is not shown */
    SIMULATIONS_HASH = 64           /* hexadecimal digits */
};

/* ---- populations ---- */

enum simulations_kind { /* a household counts in each that fits */
    SIMULATIONS_SINGLE = 0,
    SIMULATIONS_COUPLE, /* two adults and nobody else */
    SIMULATIONS_MINORS,
    SIMULATIONS_ELDERS, /* somebody is 65 or more */
    SIMULATIONS_DISABLED,
    SIMULATIONS_OTHER, /* none of these */
    SIMULATIONS_KINDS
};

struct simulations_population {
    struct arena *own; /* to be let go with simulations_free; NULL: lives elsewhere */
    const struct rules_facts *facts;
    struct rules_population p;
    const int32_t *place;     /* of each household, among places */
    const struct str *places; /* names of comuni by name; the last is "" when some have none */
    const struct str *place_codes; /* ISTAT; may be empty */
    const int32_t *zone_of;   /* of each place, among zones: areas of the 22 projects; the last is "" */
    const struct str *zones;
    int n_places, n_zones;
    const uint8_t *kinds;     /* bits by enum simulations_kind */
    uint64_t seed;            /* of a synthetic one */
    bool is_synthetic;
    char hash[SIMULATIONS_HASH + 1]; /* of the households as they are asked about, or of seed, number and margins */
    int isee;                 /* fact that ISEE is read from */
};

/* Invented: n households (1..SIMULATIONS_MOST) of a seed. Only the facts marked in `wanted` (by place in the list of
 * facts; NULL: all) get columns: the others are as if nobody knew them. Same seed, number and margins: same facts, whatever
 * is wanted. */
struct simulations_population *simulations_invent(const struct rules_facts *f, uint64_t seed, int64_t n, const bool *wanted);
/* What the margins are and where they come from, for whoever reads the result. */
struct simulations_margin {
    struct str label, source; /* in Italian */
};
void simulations_margins(struct arena *mem, const struct simulations_margin **out, int *n_out);

struct simulations_trouble {
    int64_t line;     /* 0: the file as a whole */
    const char *key;  /* "simulations.csv-..." */
    struct str value; /* for {value} */
};
/* From a CSV, its households made alike in groups (see Hidden): `nucleo` says who belongs together (rows of one household follow
 * each other), `comune` (name or ISTAT code) where; all other columns are facts. Facts of a household stand in its first row. An
 * empty cell is not known. ST_INVALID: *why; also for columns of names, tax codes, addresses or dates of birth: an anonymised file
 * has none. */
enum status simulations_read(struct arena *mem, const struct rules_facts *f, struct str csv, struct simulations_population **out,
                             struct simulations_trouble *why);
void simulations_free(struct simulations_population *p);

/* ---- what is asked ---- */

enum simulations_rank { SIMULATIONS_BY_ISEE = 0, SIMULATIONS_BY_POINTS, SIMULATIONS_BY_FACT };

struct simulations_choice {
    struct str old_text, new_text;
    bool is_paid;         /* the amount is what a household pays (co-payment): less is better */
    int64_t budget_cents; /* a year; 0: no ceiling */
    enum simulations_rank rank; /* who is served first: lowest ISEE; most points, then lowest ISEE; most of a fact, then ISEE */
    struct str rank_fact;
    int n_threads;        /* 0: one; never part of the result */
    struct simulations_before *before; /* NULL: none; never part of the result */
};

/* What the old text answers of each household: it stays the same while the new one is moved. Kept by the caller, for one
 * population and one old text; filled by the first run, read by those after it. */
struct simulations_before {
    struct rules_outcome *of; /* n_households */
    bool is_full;
};

/* ---- what comes out ---- */

struct simulations_count {
    int64_t households, served_old, served_new, gain, lose, same, enter, leave;
    int64_t cost_old, cost_new; /* cents a year */
    bool hides_households, hides_served, hides_moves, hides_money; /* not to be shown */
};

struct simulations_jump {
    int64_t at;      /* the last cent of ISEE before it */
    int64_t before, after; /* a year's amount at that cent and at the next */
    int who;         /* of the examples */
    bool is_old;     /* in the old text; else in the new */
    int64_t n_near;  /* households within SIMULATIONS_NEAR of it; -1: hidden */
};
enum { SIMULATIONS_NEAR = 50000, SIMULATIONS_EXAMPLES = 4, SIMULATIONS_POINTS = 101, SIMULATIONS_STEP = 60000, SIMULATIONS_JUMPS = 24 };

/* Example households along ISEE: x = i * SIMULATIONS_STEP. */
struct simulations_curve {
    int64_t old_year[SIMULATIONS_POINTS], new_year[SIMULATIONS_POINTS];
    int old_rate[SIMULATIONS_POINTS], new_rate[SIMULATIONS_POINTS]; /* lost of each further euro of income, in basis points */
};

struct simulations_list { /* with a budget */
    int64_t n_asking, n_served, n_waiting, spent, n_tied; /* tied: as many at the cut as nobody can tell apart */
    int64_t last_rank, last_isee; /* of the last one served */
    bool hides;
};

struct simulations_result {
    char hash[SIMULATIONS_HASH + 1];   /* of what was asked */
    char result_hash[SIMULATIONS_HASH + 1]; /* of what came out */
    struct str old_name, new_name, amount_old, amount_new, per; /* amount's words; empty: the text has none */
    int isee;                          /* fact */
    struct simulations_count all, kinds[SIMULATIONS_KINDS], quintiles[5];
    int64_t quintile_to[5];            /* the highest ISEE in it */
    struct simulations_count *places;  /* n_places */
    struct simulations_count *zones;   /* n_zones */
    int64_t n_to_check_old, n_to_check_new, n_no_isee, n_errors;
    int64_t mean_gain, mean_loss;      /* cents a year */
    bool hides_mean_gain, hides_mean_loss;
    struct simulations_curve curves[SIMULATIONS_EXAMPLES];
    struct simulations_jump jumps[SIMULATIONS_JUMPS];
    int n_jumps;
    bool depends_on_isee;
    struct simulations_list list;
};

struct simulations_error {
    bool in_new;              /* else in the old text */
    struct rules_error error; /* of a text */
    const char *key;          /* "simulations.no-such-fact"; NULL: of a text */
};

/* The facts that two texts and the figures want, for simulations_invent. ST_INVALID: *error. */
enum status simulations_wanted(struct arena *mem, const struct rules_facts *f, const struct simulations_choice *o, bool *wanted,
                               struct simulations_error *error);
/* Room for a result over that population. */
struct simulations_result *simulations_new(struct arena *mem, const struct simulations_population *p);
/* Fills it. ST_INVALID: a text is wrong, *error says which and where. What is reckoned on the way is let go again. */
enum status simulations_run(struct arena *mem, const struct simulations_population *p, const struct simulations_choice *o,
                            struct simulations_result *out, struct simulations_error *error);

/* ---- files ---- */

/* The result as JSON: what was asked (both texts, the population's hash, the choices), hashes, figures. */
struct str simulations_json(struct arena *mem, const struct simulations_population *p, const struct simulations_choice *o,
                            const struct simulations_result *r);
/* What a saved file asks: the texts and choices; a synthetic population by seed and number, else *n 0 and the hash that the
 * CSV must have. ST_INVALID: *why in one English sentence. */
struct simulations_saved {
    struct simulations_choice choice;
    bool is_synthetic;
    uint64_t seed;
    int64_t n;
    struct str population_hash, hash, result_hash;
};
enum status simulations_saved_read(struct arena *mem, struct str json, struct simulations_saved *out, struct str *why);

/* ---- what changed between two texts ---- */

struct simulations_difference {
    enum { SIMULATIONS_CHANGED, SIMULATIONS_ADDED, SIMULATIONS_TAKEN_AWAY } how;
    int kind;               /* enum rules_part_kind */
    struct str name, words; /* "limite_isee", "limite dell'ISEE" */
    struct str before, after; /* "10.140 euro" */
};
void simulations_differences(struct arena *mem, const struct rules *a, struct str a_text,
                             const struct rules *b, struct str b_text, struct simulations_difference **out, int *n_out);

/* simulations_private.h - private to the slice: pieces of a population and of a result. */
#pragma once
#include "base/buf.h"
#include "simulations.h"

/* BLAKE2b-256 of bytes as hexadecimal digits, ended by a NUL. */
void simulations_hash(struct str bytes, char out[SIMULATIONS_HASH + 1]);

/* Comuni with a weight: how many people the project they belong to has, shared alike. */
struct simulations_places {
    struct str *names, *codes, *zones; /* by name */
    int64_t *until; /* weights summed up */
    int n;
};
void simulations_places_open(struct arena *mem, struct simulations_places *out);

/* Margins of reference/simulations/margins.csv. */
struct simulations_row {
    struct str what, key, typical, label;
    int64_t low, high, weight; /* euro or plain numbers; per thousand */
};
struct simulations_table {
    struct simulations_row *rows;
    int n;
};
void simulations_table_open(struct arena *mem, struct simulations_table *out);
const struct simulations_row *simulations_row_of(const struct simulations_table *t, const char *what, struct str key);
/* What a household of the examples has in a fact: "typical" of its row; false: nobody says. */
bool simulations_typical(const struct simulations_table *t, const struct rules_fact *f, int64_t *out);

/* A cell as a column holds it: cents, 10^-6, 0 or 1, the place of a code. */
bool simulations_value(const struct rules_fact *f, struct str cell, int64_t *out);

uint8_t simulations_kinds_of(int n_members, int n_adults, int n_minors, int n_elders, bool is_disabled);

/* Households of a file as they were read, column by column. */
struct simulations_rows {
    const struct rules_facts *facts;
    struct arena *own; /* what is made anew lives here */
    int64_t n_households, n_members, *first;
    int64_t **columns; /* by fact; NULL: the file has none */
    uint8_t **known;
    int32_t *place;
    const uint8_t *kinds;
    struct str *names, *codes; /* of the places */
    int32_t *zone_of;
    int n_places;
};
/* Makes them alike in groups of SIMULATIONS_LEAST or more, in all but their number in the file; kinds are to be reckoned anew.
 * There must be as many as SIMULATIONS_LEAST. */
void simulations_alike(struct simulations_rows *r);
/* As simulations_read, each household as it stands in the file: for tests and for what compares with it. */
enum status simulations_read_exact(struct arena *mem, const struct rules_facts *f, struct str csv, struct simulations_population **out,
                                   struct simulations_trouble *why);

/* One text, read for a run. */
struct simulations_side {
    const struct rules *rules;
    int amount; /* among the amounts; -1: none */
    int64_t per_year;
    struct str amount_words, per;
};
bool simulations_read_side(struct arena *mem, const struct rules_facts *f, struct str text, struct simulations_side *out,
                           struct rules_error *error);
/* A year's cents of an outcome; *served says whether the household is. */
int64_t simulations_year(const struct simulations_side *s, const struct rules_outcome *x, bool *served);

/* Examples along ISEE: curves, rates, jumps; isee: of everybody who has one, from small to large. */
void simulations_steps(const struct simulations_population *p, const struct simulations_side *a, const struct simulations_side *b,
                       bool is_paid, const int64_t *isee, int64_t n_isee, struct simulations_result *out);
/* Who is served within a budget: years of the new text by household, -1: not served. */
void simulations_serve(const struct simulations_population *p, const struct simulations_choice *o, const int64_t *years,
                       struct simulations_result *out);
/* Marks what may not be shown. */
void simulations_hide(const struct simulations_population *p, struct simulations_result *r);
/* The part of the JSON that is hashed: what was asked, and what came out. */
void simulations_put_asked(struct buf *b, const struct simulations_population *p, const struct simulations_choice *o);
void simulations_put_figures(struct buf *b, const struct simulations_population *p, const struct simulations_result *r);

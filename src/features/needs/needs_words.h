/*
 * needs_words.h - how the words people write become words that can be compared.
 *
 * Why     people write "bolleta", "nn riesco a pagare", "ël travaj", "робота": the same analysis
 * runs over what they write, over the words of the needs and over the texts of the services, so
 *         that what is written in the tables as people say it is found as people write it.
 * Steps   split and fold (accents, capitals, Cyrillic too; one token per Chinese character), read
 *         short message spelling, dialect and other languages (variants.csv), mark function words
 *         and what a negation reaches, turn ages into words ("85 anni" is an elder), stem (Italian
 *         Snowball, exceptions first: it takes "anziano" to "anzi" but "anziani" to "anzian"), name
 *         the rings of near synonyms a word or an expression belongs to (rings.csv).
 * Source  reference/needs/ (its README names the columns); libstemmer 2.2.
 * Memory  everything lives in the arena given. `struct words` is read only once built: any number
 *         of threads may use one.
 * Pure    no clock, no database, no locale: same tables and text, same answer.
 */
#pragma once
#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"

struct words; /* opaque: stop words, variants, exceptions of the stemmer, rings */

enum {
    WORDS_MAX_TEXT = 2000,  /* bytes of a text that are looked at; the rest is left out */
    WORDS_MAX_TOKENS = 200, /* tokens of a text that are looked at */
    WORDS_MAX_RINGS = 4,    /* rings named on one token */
};

struct word {
    struct str written; /* a view of the text as it was written */
    struct str folded;  /* without accents and capitals, after variants ("nn" is "non") */
    struct str stem;
    int ring[WORDS_MAX_RINGS]; /* numbers of rings; -1 where there is none */
    int clause;                /* counts commas, full stops, "ma": a negation does not cross them */
    bool is_function;          /* article, preposition, auxiliary: carries no need */
    bool is_negated;           /* "non riesco a pagare": pagare is; "senza casa": casa is */
    bool is_refused;           /* "non cerco lavoro, cerco compagnia": lavoro is */
    bool is_weak;              /* said of everything ("posto", "finire"): speaks softly */
    bool is_known;             /* stands in a table, or is function: never corrected */
};

/* Built from the tables inside the binary. */
struct words *words_open(struct arena *mem);
/* The same from texts given (CSV, as in reference/needs/); ST_INVALID: *why names the line. */
struct words_tables {
    struct str function_words, variants, stems, rings;
};
enum status words_build(struct arena *mem, const struct words_tables *t, struct words **out,
                        struct str *why);

/* Splits and analyses a text; never fails: what cannot be read is no token. */
void words_analyse(const struct words *w, struct arena *mem, struct str text, struct word **out,
                   int *n_out);

/* The stem of one folded word, in the arena. */
struct str words_stem(const struct words *w, struct arena *mem, struct str folded);

/* Stands in the table of function words as more than a right word that is never corrected (names
 * of towns are no more than that). */
bool words_is_function(const struct words *w, struct str folded);

int words_n_rings(const struct words *w);
struct str words_ring_name(const struct words *w, int ring);
/* Number of a ring by its name; -1 when there is none. */
int words_ring_of(const struct words *w, struct str name);

/* ---- typing mistakes ---- */

struct vocabulary; /* opaque: the words that a mistaken one may have been meant for */

struct vocabulary *vocabulary_new(struct arena *mem, const struct str *folded, int n);
bool vocabulary_has(const struct vocabulary *v, struct str folded);

struct correction {
    struct str meant;  /* the word of the vocabulary */
    int index;         /* its place in the list given to vocabulary_new */
    int cost_permille; /* 1000 is one wrong letter; a key beside or a double letter costs less */
};

/* The nearest words within what the length of the word allows, best first; returns how many (at
 * most n_room). None for words of three letters or less and for numbers. */
int vocabulary_correct(const struct vocabulary *v, struct str folded, struct correction *out,
                       int n_room);

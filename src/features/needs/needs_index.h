/*
 * needs_index.h - private: the needs and the phrases that speak of them, as they lie in memory.
 *
 * A phrase of words.csv becomes an entry: its content words, each with the weight of how rare it is
 * among the needs. Postings lead from a stem, or from a ring of near synonyms, to the places where
 * it stands. A target is a need, or after them a group.
 */
#pragma once
#include "needs.h"
#include "needs_lexicon.h"

enum { MAX_ENTRY_WORDS = 8, MAX_SURE = 3 };

/* How sure a phrase is: as the tables say it; and SURE_REST for the one telling word of a longer
 * phrase
 * ("non ce la faccio con l'affitto"), which says less than a phrase but more than a pointer. */
enum { SURE_HINT = 1, SURE_POINTS, SURE_SAYS, SURE_REST, N_SURE };

struct entry_word {
    int term;                  /* number of its stem */
    int ring[WORDS_MAX_RINGS]; /* -1: none */
    bool is_negated, is_weak;
    int weight; /* 16ths of a bit: how rare among the needs */
};

struct entry {
    int target;
    int sure;
    struct entry_word words[MAX_ENTRY_WORDS];
    int n;
    int mass; /* sum of the weights */
};

struct posting {
    int entry, at;
};

/* Of all that a word says in the phrases, the share that it says of one target. */
struct leaning {
    int target;
    int weight; /* rarity of the word times the root of the share, 16ths of a bit */
};

struct needs {
    struct arena *mem;
    struct arena
        *scratch; /* while it is built: what the analysis of a phrase needs and nobody keeps */
    struct words *words;
    struct need_group *groups;
    int n_groups;
    struct need *needs;
    int n_needs;
    struct map need_of, group_of, code_of; /* by id, by code */
    struct str *code_labels;
    int n_codes;

    struct entry *entries; /* by target */
    int n_entries;
    struct map term_of; /* stem -> term */
    int n_terms;
    int *first_of_term, *first_of_ring; /* postings of each, n + 1 long */
    struct posting *by_term, *by_ring;
    int *first_leaning_of_term, *first_leaning_of_ring; /* n + 1 long */
    struct leaning *term_leanings, *ring_leanings;
    struct str *listed; /* the vocabulary: the Italian words of phrases and rings, then those that
                           say nothing */
    int n_listed, n_telling;
    struct map listed_at;
    struct vocabulary *vocabulary;
};

/* Adds one phrase; *why when it has no word that carries a need, or too many. Words of Italian
 * (is_vocabulary) are those that typing mistakes are corrected to. */
enum status index_add(struct needs *x, int target, int sure, struct str phrase, bool is_vocabulary,
                      const char **why);

/* After the last phrase: order, weights, postings, vocabulary. */
void index_close(struct needs *x);

/* What a phrase was taken for where a word of it is in no table. */
struct repair {
    size_t from, to; /* bytes of the repaired text */
    struct str written;
    int cost_permille;
};

struct repaired {
    struct str text; /* the phrase itself when nothing was repaired */
    struct repair *list;
    int n;
};

/* Typing mistakes corrected, words written as one parted, beginnings completed. */
void repair_phrase(const struct needs *x, struct arena *mem, struct str phrase,
                   struct repaired *out);

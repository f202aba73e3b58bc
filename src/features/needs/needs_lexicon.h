/*
 * needs_lexicon.h - private: the tables of the analysis as they lie in memory.
 *
 * Kinds of function words (function_words.csv): function (carries no need), negation, end (a
 * negation does not cross it), want ("cerco", "mi serve"), common (a right word, never corrected to
 * another), weak (a right word that is said of everything: "posto", "finire").
 */
#pragma once
#include "base/map.h"
#include "needs_split.h"
#include "needs_words.h"

enum word_flag {
    FLAG_FUNCTION = 1,
    FLAG_NEGATION = 2,
    FLAG_END = 4,
    FLAG_WANT = 8,
    FLAG_COMMON = 16,
    FLAG_WEAK = 32
};

enum { MAX_VARIANT = 8, MAX_EXPRESSION = 8 };

struct variant {
    struct str from[MAX_VARIANT], to[MAX_VARIANT]; /* folded */
    int n_from, n_to;
    int next; /* with the same first token; -1 ends */
};

struct expression_item {
    struct str text; /* a stem, or a folded word when is_function */
    bool is_function;
};

struct expression {
    struct expression_item items[MAX_EXPRESSION];
    int n;
    bool is_exact; /* one telling word or none: the function words are wanted too, "per_strada" */
    int ring;
    int next;
};

struct ring_member {
    int ring, next;
};

struct words {
    struct arena *mem;
    struct map flags;      /* folded -> word_flag */
    struct map variant_of; /* first folded token -> variants */
    struct variant *variants;
    int n_variants;
    struct map stem_of; /* folded -> index in stems */
    struct str *stems;
    int n_stems;
    struct map rings;                    /* name -> ring */
    struct str *ring_names, *ring_stems; /* a collapsed expression's stem is "=name" */
    int n_rings;
    struct map ring_of; /* stem -> memberships */
    struct ring_member *memberships;
    int n_memberships;
    struct map expression_of; /* stem or folded function word that begins -> expressions */
    struct expression *expressions;
    int n_expressions;
    struct str *members; /* of the rings, as written: words of the vocabulary */
    int n_members;
    struct map known; /* folded */
    struct map weak;  /* stems */
};

/* A word on its way: what words_analyse will hand out, and what only the steps need. */
struct draft {
    struct word w;
    int flags;
    bool is_number;
    bool is_plain; /* Latin letters: can be stemmed */
};

/* Split, variants, ages, flags and stems; expressions are still apart. *n_out drafts. */
struct draft *lexicon_drafts(const struct words *w, struct arena *mem, struct str text, int *n_out);

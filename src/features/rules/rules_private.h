/* rules_private.h - private to the slice: tokens and trees of a rule. */
#pragma once
#include "rules.h"

enum token_kind {
    TOKEN_END,
    TOKEN_WORD,
    TOKEN_NUMBER, /* number */
    TOKEN_DATE,   /* day */
    TOKEN_TEXT,   /* text, without its quotes */
    TOKEN_SIGN    /* text: "<=", "(" ... */
};
struct token {
    enum token_kind kind;
    struct str text; /* as written */
    struct ratio number;
    int day;
    int line, column;
};

/* Splits; false with *error. The list ends with TOKEN_END. */
bool rules_split(struct arena *mem, struct str text, struct token **out, int *n_out,
                 struct rules_error *error);

enum node_kind {
    NODE_CONSTANT,
    NODE_FACT,   /* index: place in the list of facts */
    NODE_NAME,   /* index: place among the definitions */
    NODE_ADD,
    NODE_SUBTRACT,
    NODE_MULTIPLY,
    NODE_DIVIDE,
    NODE_NEGATE,
    NODE_EQUAL,
    NODE_DIFFERENT,
    NODE_LESS,
    NODE_LESS_EQUAL,
    NODE_MORE,
    NODE_MORE_EQUAL,
    NODE_AND,
    NODE_OR,
    NODE_NOT,
    NODE_LEAST,    /* minimo(a; b; ...) */
    NODE_GREATEST, /* massimo(a; b; ...) */
    NODE_IF,       /* se A allora B altrimenti C */
    NODE_ROUND,    /* arrotonda(a; step) */
    NODE_COUNT,    /* conta(componenti: A) */
    NODE_ANY,      /* almeno_uno(componenti: A) */
    NODE_ALL,      /* tutti(componenti: A) */
    NODE_SUM,      /* somma(componenti: A) */
    NODE_SIZE,     /* n_componenti */
    NODE_BANDS     /* index: place among the definitions; one child, what is looked up */
};

enum node_who {
    WHO_MEMBERS, /* componenti */
    WHO_OTHERS,  /* altri: everybody but who asks */
    WHO_OUTSIDE  /* figli_fuori: children who live elsewhere */
};

struct node {
    enum node_kind kind;
    enum rules_type type;
    struct rules_value constant;
    int index;
    enum node_who who; /* quantifiers */
    struct node **child;
    int n_children;
    int depth; /* of the tree below, through the names it uses: who asks goes down as far */
    int line, column;
};

struct band {
    bool has_low, has_high, with_low, with_high;
    struct ratio low, high;
    struct node *value;
    int line, column;
};

enum definition_kind {
    DEFINE_PARAMETER,
    DEFINE_VALUE,
    DEFINE_BANDS,
    DEFINE_REQUIREMENT,
    DEFINE_CHECK,    /* verifica: a requirement that is "to be checked" where another is "no" */
    DEFINE_AMOUNT,
    DEFINE_ESTIMATE  /* stima: what a fact is reckoned to be; rules_ask passes over it */
};
struct definition {
    enum definition_kind kind;
    struct str name; /* requirements may have none */
    struct str text; /* what people read */
    struct str per;  /* amounts */
    struct rules_source source;
    enum rules_type type;
    struct node *node; /* bands: what is looked up */
    struct band *bands;
    int n_bands;
    bool of_member; /* holds inside a quantifier only */
    int fact;       /* of an estimate */
    int depth;      /* of its tree */
    int line, column;
};

/* One example a text carries. */
struct example {
    struct str name;
    const struct rules_household *household;
    bool has_verdict;
    enum rules_verdict verdict;
    struct example_amount {
        int index; /* among the amounts */
        struct ratio number;
        enum rules_type type;
    } *amounts;
    int n_amounts;
    int line, column;
};

struct rules {
    struct str code, name, level, where, deadline;
    struct rules_source source;
    int from, to;
    struct str *papers, *needs, *against;
    int n_papers, n_needs, n_against;
    struct definition *list;
    int n;
    int *asks;
    int n_asks;
    struct example *examples;
    int n_examples;
};

/* State of the reading. */
struct reader {
    struct arena *mem;
    const struct rules_facts *facts;
    const struct token *t;
    int at, n;
    int depth;
    int in_members; /* inside a quantifier */
    struct rules *rules;
    struct rules_error *error;
};

bool reader_wrong(struct reader *r, const struct token *t, const char *key);
bool reader_is(const struct reader *r, const char *word);
bool reader_take(struct reader *r, const char *word);
bool reader_need(struct reader *r, const char *word);
/* An expression of the language; NULL with the error noted. */
struct node *rules_expression(struct reader *r);
/* A sum: what stands before the "=" of a band. */
struct node *rules_bound(struct reader *r);
/* In a band from..to on `at`: lineare(a; b), a at its beginning and b at its end; NULL with the error noted. */
struct node *rules_linear(struct reader *r, struct node *at, struct ratio low, struct ratio high);
/* esempio "..." con ...; after the word: false with the error noted. */
bool rules_read_example(struct reader *r);
/* Words between texts and codes, shared by the statements. */
bool reader_text(struct reader *r, struct str *out);
bool reader_word(struct reader *r, struct str *out);
/* Bands of one definition have neither gaps nor overlaps. */
bool rules_bands_hold(struct reader *r, const struct definition *d);
/* What the i-th `stima` line of a text comes to for a household; false: a number grew too large. */
bool rules_reckon_estimate(struct arena *mem, const struct rules *r, const struct rules_facts *f,
                           const struct rules_household *h, int i, struct rules_value *out);

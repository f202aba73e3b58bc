/*
 * people_model.h - what is known about agreement: how often each level occurs among records of one
 * person, of one household, of two people who have nothing to do with each other.
 *
 * Why     three classes: relatives share surname, address and telephone, and a model that knows only
 *         "same" and "different" takes a household for one person (decision 0012).
 * Kept    a model holds probabilities, names that at least PEOPLE_LEAST_COUNT records bear, and dates, places and
 *         contacts that at least so many people of different names share: nothing in it reaches a person.
 * Source  Fellegi and Sunter 1969; expectation-maximisation over patterns of levels.
 */
#pragma once
#include "base/buf.h"
#include "base/status.h"
#include "base/text.h"
#include "people_block.h"
#include "people_compare.h"

enum people_class { PEOPLE_SAME, PEOPLE_HOUSEHOLD, PEOPLE_UNRELATED, PEOPLE_CLASSES };
enum { PEOPLE_MODEL_VERSION = 1, PEOPLE_LEAST_COUNT = 5, PEOPLE_MAX_ORIGINS = 64 };

/* Columns whose values have frequencies of their own. */
struct people_counts {
    struct people_count *rows; /* by text, ascending */
    uint32_t n;
    uint64_t n_records; /* that have a value */
    double rare;        /* frequency taken for a value that is not in rows */
    double collision;   /* probability that two values of two records are equal */
};

struct people_count {
    char text[PEOPLE_TEXT_MAX];
    uint32_t count;
    uint32_t *by_origin; /* names: n_origins of them; else NULL */
};

enum people_counted { PEOPLE_COUNT_GIVEN, PEOPLE_COUNT_SURNAME, PEOPLE_COUNT_BIRTH, PEOPLE_COUNT_BIRTHPLACE, PEOPLE_COUNT_ADDRESS,
                      PEOPLE_COUNT_MUNICIPALITY, PEOPLE_COUNT_PHONE, PEOPLE_COUNT_EMAIL, PEOPLE_COUNT_POSTCODE, PEOPLE_COUNT_EXTRA1,
                      PEOPLE_COUNT_EXTRA2, PEOPLE_COUNTED };

struct people_model {
    int n_classes; /* 2: no household evidence in the data, or three do not describe them better */
    uint64_t n_records, n_candidates;
    double prior[PEOPLE_CLASSES]; /* of any pair of records */
    double p[PEOPLE_CLASSES][PEOPLE_COLUMNS][PEOPLE_LEVELS];
    double bits_per_pair_2, bits_per_pair_3; /* what BIC compared, in bits a candidate pair */
    double cut_automatic, cut_review;        /* log2 odds */
    int n_origins;
    struct str origin[PEOPLE_MAX_ORIGINS]; /* [0] is "not known" */
    uint64_t origin_count[PEOPLE_MAX_ORIGINS];
    struct people_counts counts[PEOPLE_COUNTED];
};

struct people_learn_options {
    unsigned char secret[PEOPLE_KEY_BYTES];
    int max_block;
    int n_classes; /* 0: chosen by BIC */
    int n_iterations; /* 0: 200 */
    int n_threads; /* 0: one; the model is the same for any number */
    uint32_t one_of; /* learns from one candidate pair of so many, chosen by the pair; 0: from all up to 400,000 records, then from
                        fewer, so that some five million are looked at */
    void (*progress)(void *arg, const char *what, uint64_t done, uint64_t total); /* may be NULL */
    void *arg;
};

/* Learns without any truth. ST_INVALID: fewer than 50 records. */
enum status people_learn(struct arena *mem, const struct people_set *set, const struct people_learn_options *o, struct people_model **out);

/* Counts of the values of a set, in the shape that a model keeps. */
void people_count_values(struct arena *mem, const struct people_set *set, struct people_model *m);
/* The value of a record as counts keep it; empty when not known. buf: PEOPLE_TEXT_MAX bytes. */
struct str people_counted_text(const struct people_set *set, uint32_t i, enum people_counted what, char *buf);
const struct people_count *people_count_find(const struct people_counts *c, struct str text);

/* Text, one number a line, the same model the same bytes; and back. *why is one English sentence. */
void people_model_write(struct buf *out, const struct people_model *m);
enum status people_model_read(struct arena *mem, struct str text, struct people_model **out, struct str *why);

/* Where a file is wrong and the key of the words that say it; line 0: as a whole. */
struct people_wrong {
    int64_t line;
    const char *key; /* NULL: nothing is */
};
struct str people_wrong_in_words(struct arena *mem, enum lang lang, const struct people_wrong *w);
/* NULL, or the key of what is wrong with the line that says what a file is and its version; other: it is something else. */
const char *people_first_line_wrong(struct str line, const char *word, int version, const char *other);

/* The figures alone, without any value that records share: what a portal keeps. Values are looked at and left. */
void people_model_write_figures(struct arena *mem, struct buf *out, const struct people_model *m);
enum status people_model_read_figures(struct arena *mem, struct str text, struct people_model **out, struct people_wrong *wrong);
/* The same for the same figures: which model a judgement is of. */
uint64_t people_model_mark(struct arena *mem, const struct people_model *m);

/* How far a model moved from an older one: the first of these that is too far, else the level that moved most. */
struct people_drift {
    enum people_drift_kind { PEOPLE_DRIFT_NONE, PEOPLE_DRIFT_CLASSES, PEOPLE_DRIFT_SHARE, PEOPLE_DRIFT_LEVEL } kind;
    double times; /* as many records of one person as before */
    int column, level;
    double before, now; /* probability of that level among records of one person */
};
struct people_drift people_model_drift(const struct people_model *old, const struct people_model *fresh);
/* May the new model take the place of the old one? *why says which figure moved too far. */
bool people_model_is_near(const struct people_model *old, const struct people_model *fresh, struct arena *mem, struct str *why);

/*
 * people_words.h - why two records are, or are not, one person: in words.
 *
 * Why     who reviews a link, and the person who contests one, must be able to read the reasons.
 * Values  are never in the words: only which field agrees and how much that says.
 */
#pragma once
#include "people_score.h"
#include "base/text.h"

enum people_verdict { PEOPLE_AUTOMATIC, PEOPLE_REVIEW, PEOPLE_NOTHING };

enum people_verdict people_verdict_of(const struct people_model *m, double score);

struct people_sentence {
    struct str field;    /* "Cognome" */
    struct str finding;  /* "uguale" */
    struct str strength; /* "molto a favore" */
    double bits;
};

/* One finding of one field: "Codice fiscale", "uguale". */
void people_level_in_words(struct arena *mem, enum lang lang, int column, int level, struct str *out_field, struct str *out_finding);
/* The strongest first. */
int people_reasons_in_words(struct arena *mem, enum lang lang, const struct people_reason *reasons, int n,
                            struct people_sentence out[PEOPLE_COLUMNS]);
struct str people_verdict_in_words(struct arena *mem, enum lang lang, const struct people_model *m, double score);

enum { PEOPLE_DOUBTS = 3 };
/* What is doubtful in the code of one record, in words; how many. */
int people_doubts_in_words(enum lang lang, const struct people_record *r, struct str out[PEOPLE_DOUBTS]);

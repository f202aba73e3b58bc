/*
 * rules_parts.h - the parts of a text, and a text with other numbers in its parameters.
 *
 * Why     who proposes another threshold changes one number, not a text; who compares two texts wants to
 *         know which parameter, band or requirement is another, in words.
 * Memory  the arena given, and that of the text.
 */
#pragma once
#include "rules.h"

enum rules_part_kind {
    RULES_PART_PARAMETER,
    RULES_PART_VALUE,
    RULES_PART_BANDS,
    RULES_PART_REQUIREMENT,
    RULES_PART_CHECK, /* verifica */
    RULES_PART_AMOUNT,
    RULES_PART_ESTIMATE /* stima */
};

/* "parameter", "value", "bands", "requirement", "check", "amount", "estimate". */
const char *rules_part_word(enum rules_part_kind kind);

struct rules_part {
    enum rules_part_kind kind;
    struct str name;  /* "limite_isee"; requirements have none */
    struct str words; /* "limite dell'ISEE" */
    struct str per;   /* of an amount: "mese"; may be empty */
    struct rules_source source;
    enum rules_type type;
    bool is_of_member;
    struct ratio number; /* of a parameter: cents, or the number (20% is 1/5) */
    struct str typed;    /* of a parameter: its number as it stands in the text, "10.140"; empty: it cannot be changed alone */
    struct str unit;     /* of a parameter: "euro", "%", "mesi" or nothing */
    struct str said;     /* what it says, in the words of the language, white space and notes aside */
};

/* The parts in the order of the text that r was parsed from. */
void rules_parts(struct arena *mem, const struct rules *r, struct str text, struct rules_part **out, int *n_out);

struct rules_change {
    struct str name;   /* of a parameter */
    struct str number; /* "9.360" or "9.360,50"; also "9360.5" */
};
/* The text with other numbers; what is beside them stays as it is, byte for byte. ST_INVALID: *wrong is the place of the
 * change whose name is no parameter or whose number cannot be read. The new text is not parsed. */
enum status rules_change(struct arena *mem, const struct rules *r, struct str text, const struct rules_change *changes, int n,
                         struct str *out, int *wrong);
/* "10.140,50" of cents, "0,3" of a number: as the language writes it, exact to six decimals. */
struct str rules_number_typed(struct arena *mem, struct ratio number);
/* A number as people type it, in either way of writing. */
bool rules_number_read(struct str typed, struct ratio *out);

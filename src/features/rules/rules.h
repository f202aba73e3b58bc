/*
 * rules.h - dated rules of welfare as texts that a jurist reads and a machine reckons with.
 *
 * Why     thresholds change by date, each has an article behind it, and nobody accepts a bare "no":
 *         a rule is a text with parameters, requirements, bands and amounts, each with its source;
 *         the answer says which requirement failed, what is missing, and how the sum was made.
 * Text    docs/developer/rules.md has the language; reference/rules/ the rules that are shipped.
 * Answer  yes; probably (it rests on an estimate); no, with the requirement that failed; to be
 *         checked, with the facts that are missing. A fact nobody knows is not a "no".
 * Units   money in cents, exact fractions (rules_ratio.h) until it is shown; ages in years.
 * Source  DOMAIN.md 0-2: D.P.C.M. 159/2013 and the laws that each file names.
 * Pure    no clock, no database: the same texts, facts and day give the same answer.
 * Memory  everything lives in the arena given. What is parsed is read only: any thread may use it.
 */
#pragma once
#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"
#include "rules_ratio.h"

enum { RULES_MAX_TEXT = 256 * 1024, RULES_MAX_DEPTH = 64, RULES_MAX_MEMBERS = 40 };

enum rules_type {
    RULES_NUMBER = 1, /* numero */
    RULES_MONEY,      /* euro */
    RULES_BOOL,       /* si-no */
    RULES_CODE        /* one of a list of words */
};

enum rules_known {
    RULES_UNKNOWN,  /* nobody has said */
    RULES_ESTIMATE, /* reckoned or guessed: an answer that rests on it is "probably" */
    RULES_CERTAIN
};

struct rules_value {
    enum rules_known known;
    enum rules_type type;
    struct ratio number; /* NUMBER, MONEY (cents); BOOL: 0 or 1 */
    struct str code;
};

/* ---- facts: what can be known of a household (reference/rules/facts.csv) ---- */

struct rules_fact {
    struct str name;     /* "isee_ord", "eta" */
    bool is_of_member;   /* of each person; else of the household */
    enum rules_type type;
    const struct str *codes; /* of RULES_CODE */
    int n_codes;
    struct str label; /* in Italian, for a trace: "ISEE ordinario" */
    struct str usual; /* what rules_chain takes, as an estimate, when nobody says: "no", "0"; empty: nothing */
    struct rules_value usual_value; /* the same: RULES_ESTIMATE, or unknown */
    struct str chapter; /* what belongs together on a page that shows all of them: "casa"; empty: nothing does */
};

struct rules_facts; /* the list; opaque */
/* From the table built in. */
const struct rules_facts *rules_facts_open(struct arena *mem);
enum status rules_facts_build(struct arena *mem, struct str csv, struct rules_facts **out,
                              struct str *why);
int rules_n_facts(const struct rules_facts *f);
const struct rules_fact *rules_fact_at(const struct rules_facts *f, int i);
int rules_fact_find(const struct rules_facts *f, struct str name); /* -1: none */

struct rules_member {
    struct rules_value *values; /* by place in the list of facts; those of households unknown */
};
struct rules_household {
    struct rules_value *values; /* by place in the list of facts */
    struct rules_member *members; /* the first is who asks; after n_members come those outside */
    int n_members;
    int n_outside; /* children who live elsewhere, for an ISEE of residential care: `figli_fuori` */
};
/* All unknown. n_members 1..RULES_MAX_MEMBERS. */
struct rules_household *rules_household_new(struct arena *mem, const struct rules_facts *f,
                                            int n_members);
/* The same and further persons who live elsewhere: n_members + n_outside up to RULES_MAX_MEMBERS. */
struct rules_household *rules_household_with(struct arena *mem, const struct rules_facts *f, int n_members, int n_outside);
struct rules_household *rules_household_copy(struct arena *mem, const struct rules_facts *f, const struct rules_household *h);
/* From JSON: {"isee_ord": "11545.89", "certi": false, "componenti": [{"eta": 8}, ...]}. ST_INVALID:
 * *why says the field. Money as a text or a number of euro; a fact left out or null is unknown; a
 * name under "stime" is an estimate; "figli_fuori" lists children who live elsewhere. */
enum status rules_household_read(struct arena *mem, const struct rules_facts *f, struct str json,
                                 struct rules_household **out, struct str *why);

/* ---- texts ---- */

struct rules_error {
    int line, column; /* from 1; 0: the text as a whole */
    const char *key;  /* "rules.error-..." */
    struct str value; /* for {value} */
};

struct rules_source {
    struct str text; /* "D.L. 48/2023, art. 2 c. 2" */
    struct str mark; /* V, V2, K, S: how sure; empty: not said */
};

struct rules; /* one measure, parsed and checked */

/* ST_INVALID: *error says where and why; nothing half read. Refused too: names used before they
 * are there or in a circle, types that do not go together, bands with gaps or overlaps, a text that
 * is not UTF-8 or longer than RULES_MAX_TEXT. */
enum status rules_parse(struct arena *mem, const struct rules_facts *f, struct str text,
                        const struct rules **out, struct rules_error *error);

struct str rules_code(const struct rules *r); /* "ADI" */
struct str rules_name(const struct rules *r);
struct rules_source rules_source_of(const struct rules *r);
/* Day numbers, both included; DAY_NONE: open. */
void rules_validity(const struct rules *r, int *out_from, int *out_to);
/* What the text says of itself; empty when it does not. level: "nazionale", "regionale", "locale". */
struct str rules_level(const struct rules *r);
struct str rules_where(const struct rules *r); /* where to go: "INPS, patronato" */
struct str rules_deadline(const struct rules *r); /* by when: "entro il 31 dicembre", "secondo l'avviso" */
/* Papers to bring, needs of the needs tree it answers, codes it does not go together with. */
void rules_papers(const struct rules *r, const struct str **out, int *n_out);
void rules_needs(const struct rules *r, const struct str **out, int *n_out);
void rules_against(const struct rules *r, const struct str **out, int *n_out);
/* Facts the rule asks about, by place in the list of facts. */
void rules_asks(const struct rules *r, const int **out, int *n_out);

/* ---- what a text carries ---- */

struct rules_parameter {
    struct str name, text; /* "limite_isee", "limite dell'ISEE" */
    struct rules_value value;
    struct rules_source source; /* that of the text when it has none of its own */
};
int rules_n_parameters(const struct rules *r);
struct rules_parameter rules_parameter_at(const struct rules *r, int i);
/* The fact a `stima` line reckons, by place in the list; -1 past the last. A text with one is an indicator. */
int rules_estimates(const struct rules *r, int i);

/* A text may carry examples: facts and what must come of them (docs/developer/rules.md, `esempio`). A text
 * is saved only when all pass. ST_INVALID: *error has the first that does not, at its line; the value of
 * "rules.error-example" says what was wanted and what came. */
enum status rules_check_examples(struct arena *mem, const struct rules *r, const struct rules_facts *f,
                                 struct rules_error *error);
int rules_n_examples(const struct rules *r);

/* ---- one household ---- */

enum rules_verdict { RULES_YES, RULES_PROBABLY, RULES_TO_CHECK, RULES_NO };

struct rules_step {
    struct str text; /* "L'ISEE non supera 10.140,00 euro" */
    struct str sum;  /* "9.860,14 <= 10.140,00"; may be empty */
    struct rules_source source;
    enum rules_verdict verdict; /* of a requirement */
    bool is_requirement;
    int relation; /* of a requirement that compares two sums (private); 0: it does not */
    struct str detail; /* of one of several parts: what each came to, of alternatives the one that holds; in Italian */
    bool holds;
    struct rules_value left, right; /* what it compares */
    bool is_check; /* of `verifica`: when it does not hold somebody must look, it is no "no" */
    const int *missing; /* facts, by place in the list */
    int n_missing;
};

struct rules_amount {
    struct str name, per; /* "quota A", "mese" */
    struct rules_value value;
    int64_t cents; /* rounded, halves up; when value is known and money */
};

struct rules_answer {
    enum rules_verdict verdict;
    struct rules_step *steps; /* in the order of the text */
    int n_steps;
    struct rules_amount *amounts; /* of what is not a plain "no" */
    int n_amounts;
    const int *missing; /* facts that could change the answer */
    int n_missing;
};

/* One step as a sentence in Italian, with its article and the day the text holds from: "L'ISEE non supera
 * il limite: 9.860,14 euro non supera 10.140,00 euro. (D.L. 48/2023, art. 2; testo valido dal 1 gennaio 2026)". */
struct str rules_sentence(struct arena *mem, const struct rules *r, const struct rules_facts *f, const struct rules_step *s);

/* Where one cent more of a fact changes an amount by at least least_cents: the jumps at the thresholds that
 * the text names. The household gives all other facts. */
struct rules_jump {
    int64_t at_cents;            /* the last cent before the jump */
    int64_t before_cents, after_cents;
};
enum status rules_jumps(struct arena *mem, const struct rules *r, const struct rules_facts *f,
                        const struct rules_household *h, int fact, int amount, int64_t least_cents,
                        struct rules_jump **out, int *n_out, struct str *why);

/* ST_INVALID: a number grew past what can be reckoned exactly: *why says in which step. */
enum status rules_ask(struct arena *mem, const struct rules *r, const struct rules_facts *f,
                      const struct rules_household *h, struct rules_answer *out, struct str *why);

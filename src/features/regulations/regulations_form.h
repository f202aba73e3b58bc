/*
 * regulations_form.h - private to regulations: the form by which a body types its regulation in ten minutes.
 *
 * What it makes is a text of rules and nothing else: saved is the text; the form is read back from it. A text that
 * somebody wrote by hand is not forced into the form: regulations_form_back says no.
 * Shape   a few fields by the pattern chosen, bands, own examples. Typed values stand as typed until
 *         regulations_form_tidy has found them right; then as the text writes them ("8.000,00").
 */
#pragma once
#include "regulations_plan.h"

enum regulations_pattern {
    PATTERN_EXEMPT = 1,   /* exempt: nothing up to a threshold, then all */
    PATTERN_BANDS,        /* bands: a share of the cost by band */
    PATTERN_FEES,         /* fees: a sum by band */
    PATTERN_LINEAR,       /* linear: a share that grows in a straight line */
    PATTERN_PROPORTIONAL, /* proportional: the ISEE as a part of the upper threshold, times a tariff */
    PATTERN_CAP,          /* cap: the cost, but never more than a part of the income */
    PATTERN_CHILDREN,     /* children: less for each further child */
    PATTERN_TOP_UP,       /* top-up: what is missing to a minimum (support) */
    PATTERN_FLAT,         /* flat: so much for each person (support) */
    PATTERN_GRANTS,       /* grants: a sum by band (support) */
    PATTERN_PLAN,         /* plan: points of a scale of need, a ceiling by band, a plan of care (care-plan, and nothing else) */
    PATTERN_COUNT
};
const char *regulations_pattern_name(enum regulations_pattern p);
enum regulations_pattern regulations_pattern_of(struct str name); /* 0: none */
enum regulations_pattern regulations_first_pattern(enum regulation_kind kind); /* of a new one */
bool regulations_pattern_fits(enum regulations_pattern p, enum regulation_kind kind);

enum form_field {
    FORM_TITLE,
    FORM_FROM,
    FORM_TO,
    FORM_SOURCE,
    FORM_WHERE,
    FORM_PAPERS,     /* beside the ISEE: "carta d'identità; contratto" */
    FORM_ISEE,       /* which: isee_ord, isee_soc, isee_min */
    FORM_PER,        /* ora, giorno, pasto, mese */
    FORM_COST,
    FORM_TARIFF,
    FORM_FREE,       /* threshold below which nothing is paid */
    FORM_FREE_BOUND, /* compreso, escluso */
    FORM_FULL,
    FORM_LEAST,
    FORM_MOST,
    FORM_SHARE,      /* of the monthly income */
    FORM_LEFT,       /* what must be left each month */
    FORM_REDUCTION,
    FORM_LIMIT,      /* support: ISEE of access */
    FORM_LIMIT_BOUND,
    FORM_MINIMUM,    /* support: what a month must reach */
    FORM_FIXED,      /* support: so much for each person */
    FORM_CEILING,    /* support: at most */
    FORM_MONTH_MOST, /* what is paid: at most in a month; empty: no end */
    FORM_GIVES,      /* plan: tetto, piano: the sum of the band, or what the plan costs up to it */
    FORM_COUNTS_AS,  /* plan: scala, sociale: the points are also the social score of an assessment */
    FORM_PART_FROM,  /* plan: ISEE up to which nothing of it is paid; empty, with the next: nobody pays */
    FORM_PART_TO,    /* plan: ISEE from which all of it is paid */
    FORM_FIELD_COUNT
};
enum form_type { FORM_TEXT, FORM_DAY, FORM_MONEY, FORM_PERCENT, FORM_CHOICE };

struct form_shape {
    const char *name;   /* in the form and in problems */
    const char *label, *hint; /* keys; hint may be NULL */
    enum form_type type;
    unsigned patterns;  /* bit by pattern; all: every one */
    bool is_needed;
    const char *const *choices; /* of FORM_CHOICE; words "regulations.choice-<value>" */
    int n_choices;
    const char *usual;  /* what a new form shows; NULL: nothing */
};
const struct form_shape *regulations_form_shape(enum form_field f);
bool regulations_form_asks(enum form_field f, enum regulations_pattern p);

enum { FORM_BANDS = PLAN_BANDS, FORM_EXAMPLES = 6 };

/* A band begins where the one before ends when nothing is typed for from. Of a plan: from is points, value the ceiling, and
 * it ends where the next begins. */
struct form_band {
    struct str from, to, value;
    bool is_from_out, is_to_out; /* the bound itself is outside */
};
struct form_points {
    struct str some, all; /* of the answer in the middle, of the last; the first gives none */
};
struct form_example {
    struct str isee, children, times, wanted; /* euro; number; hours, days or meals a month; euro */
    struct str answers, cost; /* of a plan: "poco", "tanto", all questions answered alike; euro a month */
};
struct regulations_form {
    enum regulation_kind kind;
    enum regulations_pattern pattern;
    struct str values[FORM_FIELD_COUNT];
    struct form_band bands[FORM_BANDS];
    int n_bands;
    struct form_example examples[FORM_EXAMPLES];
    int n_examples;
    struct form_points points[PLAN_ITEMS];
    struct str prices[PLAN_SERVICES];
};

/* What the steps of a plan are called in its text; the first two go on with the words of a question, of a price. */
#define PLAN_POINTS_OF "punti: "
#define PLAN_MONTH_OF "costo di un mese: "
#define PLAN_POINTS "punti in tutto"
#define PLAN_BAND "fascia di intensità"
#define PLAN_CEILING "tetto della fascia"
#define PLAN_COST "costo del piano in un mese"
#define PLAN_RECOGNISED "costo riconosciuto, entro il tetto"
#define PLAN_PART "parte a tuo carico"
#define PLAN_COVERED "contributo"
#define PLAN_REMAINS "resta a tuo carico"

/* A new one of that kind and pattern, with the usual choices made. */
void regulations_form_begin(struct regulations_form *f, enum regulation_kind kind, enum regulations_pattern p);
/* Typed values become canonical; what is wrong goes to c->problems by the name of its field: false then. */
bool regulations_form_tidy(struct ctx *c, struct regulations_form *f);

/* The text, and for each of its lines the field it comes from. f is tidy. */
struct form_text {
    struct str text;
    const char *const *field_of_line; /* by line from 1; "" where it is of none */
    int n_lines;
};
struct form_text regulations_form_text(struct ctx *c, const struct regulations_form *f);
/* Reads a text that the form made. False: it was written or changed by hand. */
bool regulations_form_back(struct ctx *c, enum regulation_kind kind, struct str text, struct regulations_form *out);

/* "8000", "8.000,5", "8000 €" as cents; "25", "12,5 %" as hundredths of a percent. False: neither. */
bool regulations_read_money(struct str typed, int64_t *out_cents);
bool regulations_read_percent(struct str typed, int64_t *out_bp);
struct str regulations_money(struct arena *mem, int64_t cents); /* "8.000,00" */

/* simulations_asked.h - private to the slice: what a form asks, and its answer. */
#pragma once
#include "features/regulations/regulations.h"
#include "features/rules/rules_parts.h"
#include "features/rules/rules_shelf.h"
#include "simulations.h"
#include "simulations_view.h"
#include "web/web.h"

#define SIMULATIONS_REGULATION STR("regolamento:")
enum { SIMULATIONS_MOST_FIELDS = 60, SIMULATIONS_DEFAULT = 20000 };

struct simulations_asked {
    const struct rules_shelf *shelf;
    const struct rules_facts *facts;
    struct str measure;                /* "ADI@2026-01-01" or "regolamento:SLUG"; empty: none */
    struct str base_text, measure_name; /* of the measure */
    struct str typed_old, typed_new;   /* texts of their own; empty: those of the measure */
    struct simulations_choice choice;  /* both texts in full */
    struct rules_part *parts;          /* of the new text */
    int n_parts;
    struct str slider;                 /* name of a parameter; empty: none */
    struct str csv, budget;
    int64_t n;
    uint64_t seed;
    bool is_usually_paid;              /* a regulation that says what is paid */
    bool is_read;                      /* the texts are right */
    struct simulations_saved saved;    /* a file was brought */
    bool has_saved;
    struct simulations_mistake mistakes[SIMULATIONS_MOST_FIELDS];
    int n_mistakes;
    struct str old_error, new_error, csv_error;
    struct str field_errors[SIMULATIONS_MOST_FIELDS], field_typed[SIMULATIONS_MOST_FIELDS]; /* by part; of what is wrong */
};

/* Reads address and form. ST_OK also when something is to be mended: see mistakes. */
enum status simulations_ask_read(struct web *w, struct simulations_asked *a);
/* Runs it; ST_INVALID: mistakes say what. *people has names, places and hash, but no facts. */
enum status simulations_refuse(struct web *w, struct simulations_asked *a);
enum status simulations_ask_run(struct web *w, struct simulations_asked *a, struct simulations_result **out,
                                struct simulations_population **people);

/* Who is asked: a CSV, or households of a seed. */
struct simulations_people {
    struct str csv;
    bool is_synthetic;
    uint64_t seed;
    int64_t n;
};
/* What is wrong in what was asked: in the CSV (csv.key), else in a text or in a choice. */
struct simulations_wrong {
    struct simulations_trouble csv;
    struct simulations_error asked;
};
/* The same for a page and for programs. ST_INVALID: *wrong. ST_BUSY: the memory of the request ended. */
enum status simulations_ask_people(struct ctx *c, const struct simulations_people *who, const struct simulations_choice *o,
                                   struct simulations_result **out, struct simulations_population **people, struct simulations_wrong *wrong);
void simulations_mistake(struct simulations_asked *a, const char *field, struct str words);

/* The form as it was filled in. */
enum status simulations_fill_form(struct web *w, const struct simulations_asked *a, struct simulations_view *v);
void simulations_fill_result(struct web *w, const struct simulations_asked *a, const struct simulations_result *r,
                             const struct simulations_population *p, struct simulations_result_view *v);
void simulations_fill_curves(struct web *w, const struct simulations_result *r, struct simulations_result_view *v);
struct str simulations_euro(struct ctx *c, int64_t cents); /* "1.234 €" */
struct str simulations_example_words(struct ctx *c, int who);
struct str simulations_kind_words(struct ctx *c, int kind);

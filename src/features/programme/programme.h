/*
 * programme.h - the 22 territorial projects of the WE.CA.RE. strategy, read-only, as the survey
 *               of 2020 describes them.
 *
 * Why     who lives or works in a place sees what was tried there and what was promised; who
 *         plans sees declared numbers beside their source.
 * Source  reference/ tables transcribed from "WE.CA.RE." documents (IRES Piemonte 2020, reuse
 *         allowed with the source named); each number keeps its section and a short quotation.
 * Codes   projects "P01".."P22", bodies "MB01".."MB49", districts 1..30: those of reference/.
 * Memory  results live in c->mem.
 */
#pragma once
#include "base/status.h"
#include "base/str.h"
#include "store/ctx.h"
#include <stdbool.h>
#include <stdint.h>

struct programme_project {
    int64_t project_id;
    struct str code, slug;
    struct str lead_name; /* the place that leads: "Alessandria" */
    struct str title, area_name;
    struct str folded;     /* for looking up words */
    struct str size_class; /* small, medium, large, regional-capital */
    struct str surveyed;   /* month of the survey: "2020-06" */
    int64_t population;
    int64_t n_comuni_stated; /* 0: not stated */
    const int64_t *districts;
    int n_districts;
    const struct str *bodies; /* codes */
    int n_bodies;
    const struct str *kinds; /* of intervention: "job-inclusion" */
    int n_kinds;
};

/* All given conditions together; an empty text or 0 asks nothing. */
struct programme_filter {
    struct str kind;
    struct str size_class;
    struct str words; /* each word must begin a word of title, lead, area or slug */
    int64_t district_no;
};

struct programme_target {
    struct str code, project_code;
    struct str activity, indicator;
    struct str kind;      /* target, design, status, context */
    struct str qualifier; /* exact, about, at-least, range, min, max */
    int64_t amount;
    int64_t amount_to;   /* with range only */
    struct str unit;     /* "working-tables": words under programme.unit-* */
    struct str people;   /* whom it counts; may be empty */
    struct str measured; /* "2020-03" for status; may be empty */
    struct str section, snippet, note;
};

struct programme_initiative {
    struct str project_code, name, kind, what;
    struct str source;
    int64_t year; /* of the document that names it: it may be gone since */
};

struct programme_phase {
    int64_t phase_no;
    struct str from_month, to_month; /* to_month empty: open when the document was written */
};

enum status programme_projects(struct ctx *c, const struct programme_filter *f,
                               struct programme_project **out, int *n_out);
enum status programme_project_by_slug(struct ctx *c, struct str slug,
                                      struct programme_project *out);
enum status programme_project_by_code(struct ctx *c, struct str code,
                                      struct programme_project *out);
enum status programme_project_of_body(struct ctx *c, struct str body_code,
                                      struct programme_project *out);
enum status programme_project_of_district(struct ctx *c, int64_t district_no,
                                          struct programme_project *out);
/* True when the project covers the district of that code ("21"). */
bool programme_covers(const struct programme_project *p, struct str district_code);
/* An empty code asks for those of every project. */
enum status programme_targets(struct ctx *c, struct str project_code, struct programme_target **out,
                              int *n_out);
enum status programme_initiatives_of_project(struct ctx *c, struct str project_code,
                                             struct programme_initiative **out, int *n_out);
enum status programme_initiatives_of_body(struct ctx *c, struct str body_code,
                                          struct programme_initiative **out, int *n_out);
enum status programme_phases(struct ctx *c, struct programme_phase **out, int *n_out);
enum status programme_measures(struct ctx *c, int64_t **out_numbers, int *n_out);

/* The kinds of intervention of the survey, in the order of its tables; words under
 * programme.kind-*. */
extern const char *const programme_kinds[];
extern const int programme_n_kinds;

/*
 * programme_store.h - private to programme: rows of its tables as the domain knows them, and the
 *                     loading of the reference tables.
 */
#pragma once
#include "programme.h"

/* All projects, with their districts, bodies and kinds, in the order of the programme. */
enum status programme_store_projects(struct ctx *c, struct programme_project **out, int *n_out);
/* By what one project is looked for: an empty text or 0 asks nothing. */
struct programme_wanted {
    struct str slug, code, body_code;
    int64_t district_no;
};
enum status programme_store_find(struct ctx *c, const struct programme_wanted *w,
                                 struct programme_project *out);
enum status programme_store_targets(struct ctx *c, struct str project_code,
                                    struct programme_target **out, int *n_out);
enum status programme_store_initiatives(struct ctx *c, struct str project_code,
                                        struct str body_code, struct programme_initiative **out,
                                        int *n_out);
enum status programme_store_phases(struct ctx *c, struct programme_phase **out, int *n_out);
enum status programme_store_measures(struct ctx *c, int64_t **out_numbers, int *n_out);

/* reference/ into the tables (write); the same twice gives the same. */
enum status programme_load_reference(struct ctx *c);

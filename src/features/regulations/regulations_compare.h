/*
 * regulations_compare.h - private to regulations: what of regulations stands side by side, on the page and in files.
 */
#pragma once
#include "regulations_figures.h"
#include "regulations_form.h"

/* Home care when nothing, or nothing known, was chosen. */
enum regulation_kind regulations_asked_kind(struct str typed);
/* The household that a kind is compared with when nobody says more. */
struct regulations_asked regulations_asked_of(enum regulation_kind kind);

/* First what is found by asking, then every parameter by its name; a row says whether it differs, a cell whether it is not
 * what most have. */
void regulations_compare_rows(struct ctx *c, const struct regulations_figure *f, int n, struct regulations_row **out, int *n_out);

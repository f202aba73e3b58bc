/*
 * finder_home_view.h - private to finder: the first page.
 */
#pragma once
#include "finder_view.h"

struct finder_home_view {
    struct frame *frame;
    struct finder_groups groups;
    bool has_caps;      /* postal codes were imported: the label may speak of them */
    bool has_territory; /* the slices behind the entries are in the program */
    bool has_programme;
    bool has_messages;
    bool has_tryout; /* a body may try its own list */
    bool has_due;    /* six questions tell what one may be due */
    bool has_points; /* desks where somebody listens first */
    bool gives_hand; /* somebody looks for volunteers */
    int64_t n_districts, n_bodies;
};

/*
 * finder_needs_view.h - private to finder: the needs in their groups, in ten languages.
 */
#pragma once
#include "finder_view.h"

struct finder_tongue_view {
    struct str name, path;
    const char *lang, *dir, *current; /* current: for aria-current */
};

struct finder_needs_view {
    struct frame *frame;
    struct finder_groups groups;
    struct finder_tongue_view *tongues;
    int n_tongues;
    const char *dir;    /* of the sentences: "ltr", "rtl" */
    bool is_facile;
    bool is_unreviewed; /* nobody has reviewed any of them: said once, on top */
    bool is_partly;     /* some have been reviewed: the others are marked one by one */
};

/*
 * finder_needs_view.h - private to finder: the needs in their groups, in ten languages.
 */
#pragma once
#include "finder_card_view.h"

struct finder_tongue_view {
    struct str name, path;
    const char *lang, *dir, *current; /* current: for aria-current */
};

struct finder_needs_view {
    struct frame *frame;
    struct finder_groups groups;
    struct finder_tongue_view *tongues;
    int n_tongues;
    const char *dir; /* of the sentences: "ltr", "rtl" */
    bool is_facile;
    bool is_unreviewed; /* nobody has reviewed any of them: said once, on top */
    bool is_partly;     /* some have been reviewed: the others are marked one by one */
};

/* One need, or one group with its needs: where do you need it, and who helps. */
struct finder_need_page_view {
    struct frame *frame;
    struct str id, label, help; /* in the language of the page */
    struct str other;           /* the sentence in the language asked with ?in= ... */
    const char *other_lang, *other_dir;
    bool is_other_unreviewed;
    bool is_group, is_urgent, is_violence;
    bool has_caps, has_messages;
    const char *search;            /* where the form leads */
    struct finder_need_view *near; /* others of the group, or all of it */
    int n_near;
    const char *near_dir;
    struct finder_cards cards;
    int n_all;
    struct str all_path;
};

/* Pages about violence. */
struct finder_violence_view {
    struct frame *frame;
    struct finder_need_view *needs;
    int n_needs;
    bool has_caps;
};

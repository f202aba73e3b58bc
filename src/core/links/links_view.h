/*
 * links_view.h - private to links: what its pages show.
 */
#pragma once
#include "core/links/links.h"
#include "web/frame.h"

struct links_key_view {
    struct frame *frame;
    struct str action;  /* where the button sends to */
    struct str name;    /* whose */
    struct str opens;   /* what it opens, in words */
    struct str button;  /* what to do there */
    struct str until;   /* its last day */
    bool is_ending;     /* within two weeks */
};

struct links_held {
    struct str name, opens, until, path;
};
struct links_keys_view {
    struct frame *frame;
    struct links_held *held;
    int n_held;
    bool was_left; /* a moment ago */
    bool has_regulations; /* a key is here by which a body writes its regulations, and the portal has them */
};

struct links_leave_view {
    struct frame *frame;
};

struct links_refused_view {
    struct frame *frame;
    struct str title, happened, to_do;
    const char *phone, *phone_hours, *contact; /* NULL: not set */
};

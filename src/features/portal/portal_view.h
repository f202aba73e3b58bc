/*
 * portal_view.h - private to portal: what its pages show.
 */
#pragma once
#include "web/frame.h"

struct portal_help_view {
    struct frame *frame;
    bool has_caps, has_territory, has_programme, has_messages;
};

/* One measure of the last run of the checks. */
struct portal_fact {
    struct str label;
    struct str result;
};

struct portal_accessibility_view {
    struct frame *frame;
    bool has_messages;
    struct str checked_on; /* day of the run, as people write it; empty: none is known */
    struct portal_fact *facts;
    int n_facts;
};

struct portal_privacy_view {
    struct frame *frame;
    const char *keeper_name, *keeper_contact; /* NULL: unset, and the page says so */
    bool has_messages;
};

struct portal_legal_view {
    struct frame *frame;
    const char *licence;
    const char *version;
    bool has_territory, has_programme;
};

/* Reads reference/portal/checks.csv into the view. */
void portal_read_facts(struct ctx *c, struct portal_accessibility_view *v);

/*
 * finder_view.h - private to finder: the shapes that more than one group of pages shows.
 *
 * Use     each group of pages has its own finder_GROUP_view.h (finder_needs_view.h, finder_results_view.h,
 *         finder_service_view.h...), which includes this one; its templates are pages/GROUP*.html.
 *         A view holds words ready to be read: no rule, no number that the template would compute.
 */
#pragma once
#include "web/frame.h"

/* A link with its words; an empty path: words only. */
struct finder_link {
    struct str label;
    struct str path; /* of this site, without the language prefix */
};

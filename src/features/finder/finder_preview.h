/*
 * finder_preview.h - the sheet of a service that is not saved yet, as citizens would see it.
 */
#pragma once
#include "features/catalogue/catalogue.h"
#include "web/web.h"

struct finder_preview {
    struct str back;        /* where the form is: a path of this site */
    bool is_hidden_in_part; /* some field could not be read: it is shown as it was */
};
/* A whole page: the sheet under a bar that says what it is and leads back. Not for search engines. */
enum status finder_show_preview(struct web *w, const struct service *s, const struct finder_preview *p);

/*
 * regulations_edit_page.h - private to regulations: the form as it stands, shown again with what was typed.
 */
#pragma once
#include "core/links/links.h"
#include "regulations_form.h"

struct regulations_draft {
    struct str slug;   /* empty: a new one */
    int version;       /* that was in force when the writing began */
    bool was_invented;
    bool is_text;      /* written as a text, not by the form */
    struct str text;   /* of is_text */
    struct regulations_form form;
    bool is_previewed; /* right: what it makes is shown */
    const struct rules *rules;
    struct rules_error error; /* of a text; key NULL: none */
    bool is_clash;     /* somebody saved meanwhile */
    struct str theirs; /* their text */
};
enum status regulations_show_form(struct web *w, const struct links_link *k, const struct regulations_draft *d);

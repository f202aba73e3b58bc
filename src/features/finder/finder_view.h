/*
 * finder_view.h - private to finder: the shapes that more than one group of pages shows.
 *
 * Use     each group of pages has its own finder_GROUP_view.h (finder_needs_view.h,
 * finder_results_view.h, finder_service_view.h...), which includes this one; its templates are
 * pages/GROUP*.html. A view holds words ready to be read: no rule, no number that the template
 * would compute.
 */
#pragma once
#include "features/needs/needs.h"
#include "web/frame.h"

/* A link with its words; an empty path: words only. */
struct finder_link {
    struct str label;
    struct str path; /* of this site, without the language prefix */
};

struct finder_need_view {
    struct str id, path, label, help;
    const char *lang; /* of the label: the page's own, or "it" where there is no translation */
    bool is_unreviewed;
    bool is_current;
};

struct finder_group_view {
    struct str id, path, label, help;
    const char *icon;
    const char *lang, *css; /* "w-t1" */
    struct finder_need_view *needs;
    int n_needs;
};

struct finder_groups {
    struct finder_group_view *groups;
    int n_groups;
};

/* The needs of the program: built once, see the catalogue. */
const struct needs *finder_needs(struct ctx *c);
/* The twelve groups in one language, with their needs or without. */
struct finder_groups finder_fill_groups(struct ctx *c, const struct needs *all,
                                        enum need_language in, bool with_needs);
struct finder_need_view finder_fill_need(struct ctx *c, const struct needs *all,
                                         const struct need *n, enum need_language in);
enum need_language finder_language(enum lang lang);
/* The language asked with ?in=, else that of the page. */
enum need_language finder_language_asked(struct web *w);
const char *finder_dir(enum need_language in); /* "ltr", "rtl" */
/* Where a need or a group is read about: those of violence have pages of their own. */
struct str finder_need_path(struct ctx *c, const struct needs *all, const struct need *n);
struct str finder_group_path(struct ctx *c, const struct need_group *g);
bool finder_is_violence(const struct needs *all, const struct need *n);
/* True when a slice of the program gives that entry of the menu. */
bool finder_has_entry(struct web *w, const char *path);

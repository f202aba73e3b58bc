/*
 * frame.h - what stands around every page: head, header, menu, breadcrumb, foot; and the pages
 * that say what went wrong.
 *
 * Use     the view of a page has a `struct frame *frame` made by frame_new; its template begins
 *         with {{> web.frame_top v.frame}} and ends with {{> web.frame_end v.frame}}. Between the
 *         two stands the inside of <main>. The page writes its own <h1>, once.
 *
 *             v.frame = frame_new(w, text_get(c->lang, "territory.title"));
 *             v.frame->description = text_get(c->lang, "territory.description");
 *             frame_crumb(w, v.frame, text_get(c->lang, "territory.title"), STR("/territorio"));
 *
 * Shown   only what works: the region's name, the phone, the keeper when they are set; menu
 *         entries of slices that are there; the language menu leads to the same page.
 * Memory  everything lives in the arena of the request.
 */
#pragma once
#include "base/status.h"
#include "base/str.h"
#include "web/page.h"
#include "web/web.h"
#include <stdbool.h>

struct crumb {
    struct str title;
    struct str path; /* of this site, without the language prefix */
};

/* One link of the menu or of the language menu. */
struct frame_link {
    struct str label;
    struct str path;     /* menu: of this site; languages: with the origin */
    const char *lang;    /* languages: the code; else NULL */
    const char *icon;    /* name in the sprite or NULL */
    const char *current; /* "page" or "true" where we are, else "false": for aria-current */
};

struct frame {
    /* What a page says. */
    struct str title;       /* of the page; also the last piece of the breadcrumb */
    struct str description; /* one sentence for search engines; frame_new puts the portal's */
    const struct crumb *crumbs; /* between the home and this page; see frame_crumb */
    int n_crumbs;
    bool is_home;           /* no breadcrumb */
    bool is_hidden;         /* not for search engines: error pages, answers to somebody */
    const char *skip_to;    /* id of the field people come for: the first skip link; NULL: none */
    struct str skip_label;

    /* What frame_new fills in. */
    const char *lang;       /* "it" */
    const char *lang_label; /* "Italiano" */
    const char *portal_name;
    const char *region_name, *phone, *phone_hours; /* NULL: not shown */
    struct html logo;       /* empty: the house's mark */
    const char *licence;
    struct str canonical;   /* this page's address with origin, without query */
    struct str today;       /* for the printed page */
    struct frame_link *menu;       /* order below MENU_FOOT_HELP */
    struct frame_link *foot_help;  /* below MENU_FOOT_RULES */
    struct frame_link *foot_rules; /* the rest */
    struct frame_link *langs;      /* every language, this page in it */
    int n_menu, n_foot_help, n_foot_rules, n_langs;
    bool is_demo;
};

struct frame *frame_new(struct web *w, struct str title);

/* One more step of the breadcrumb, from the top down; not the home, not the page itself. */
void frame_crumb(struct web *w, struct frame *f, struct str title, struct str path);

/* ---- pages that say what went wrong, for the router ---- */

/* The page of an HTTP code (400, 403, 404, 405, 409, 413, 422, 429, 500, 503...): what happened
 * and what to do, kindly; the words of fail()'s key when there is one. Writes the body only: the
 * router has set the code. */
enum status frame_error(struct web *w, int code);

/* 503 while many people ask at once: small, needs nothing but the style sheet. */
enum status frame_waiting(struct web *w, int retry_after_s);

/* What error.html and waiting.html show. */
struct frame_error_view {
    struct frame *frame;
    struct str title, happened, to_do;
    struct str words; /* of fail()'s key, in place of what happened; may be empty */
    struct str code;
};
struct frame_waiting_view {
    const char *lang, *portal_name, *phone;
    struct str again; /* the page that was asked */
    int retry_after_s;
};

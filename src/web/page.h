/*
 * page.h - what compiled templates call: every value is escaped for the place it stands in.
 *
 * Made by tools/pagec from pages/?.html; hand-written code hardly ever needs this header.
 * PAGE_PUT picks by the C type of the value: struct str, const char *, integers (written as
 * people of the language write them), struct html (raw: markup made by trusted code).
 * A double has no form of its own: say how many decimals with text_decimal first.
 */
#pragma once
#include "base/buf.h"
#include "base/text.h"
#include "web/web.h"

/* Markup made by code that escaped its parts itself; the only thing written raw. */
struct html {
    struct str markup;
};

enum page_place {
    PAGE_TEXT,    /* between tags */
    PAGE_ATTR,    /* inside a quoted attribute */
    PAGE_URL,     /* a whole URL at the start of href, src, action: only http(s), tel, mailto, / # ? */
    PAGE_SEGMENT, /* a part of a URL after literal text: percent-encoded */
    PAGE_NUMBER   /* plain digits: in attributes like width, value, data-n */
};

void page_put_str(struct web *w, enum page_place place, struct str s);
void page_put_z(struct web *w, enum page_place place, const char *z);
void page_put_int(struct web *w, enum page_place place, int64_t v);
void page_put_html(struct web *w, enum page_place place, struct html h); /* PAGE_TEXT only */

#define PAGE_PUT(w, place, v)                                                                      \
    _Generic((v),                                                                                  \
        struct str: page_put_str,                                                                  \
        const char *: page_put_z,                                                                  \
        char *: page_put_z,                                                                        \
        struct html: page_put_html,                                                                \
        int: page_put_int,                                                                         \
        long: page_put_int,                                                                        \
        long long: page_put_int)(w, place, v)

#define PAGE_TRUE(v)                                                                               \
    _Generic((v), struct str: page_true_str, const char *: page_true_z, char *: page_true_z,       \
             struct html: page_true_html, default: page_true_int)(v)
bool page_true_str(struct str s); /* not empty */
bool page_true_z(const char *z);  /* not NULL, not empty */
bool page_true_html(struct html h);
bool page_true_int(int64_t v);

/* Literal bytes of the template. */
void page_raw(struct web *w, const char *bytes, size_t n);
/* Words of a key; with values: {name} replaced, each value escaped for the place. Words are text,
 * never markup. */
void page_text(struct web *w, enum page_place place, const char *key);
struct page_arg {
    const char *name;
    struct str value;
};
void page_text_with(struct web *w, enum page_place place, const char *key, const int64_t *count,
                    const struct page_arg *args, int n_args);
/* The language prefix ("" or "/en") before a path of this site in href and action. */
void page_prefix(struct web *w);

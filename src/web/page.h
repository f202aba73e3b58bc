/*
 * page.h - what compiled templates call: every value is escaped for the place it stands in.
 *
 * Made by tools/pagec from pages/?.html; hand-written code hardly ever needs this header.
 * PAGE_PUT picks by the C type of the value: struct str, const char *, integers (written as
 * people of the language write them), struct html (raw: markup made by trusted code, and only
 * between tags: PAGE_PUT_IN, for every other place, does not know it).
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
    PAGE_TEXT,    /* between tags, or in title and textarea */
    PAGE_ATTR,    /* a quoted attribute that people read: title, alt, aria-label, content */
    PAGE_URL,     /* a whole URL: only http(s), tel, mailto, / # ?; anything else becomes # */
    PAGE_LINK,    /* the same; a path of this site gets the language prefix */
    PAGE_SEGMENT, /* a part of a URL after literal text: percent-encoded, never . or .. */
    PAGE_TEL,     /* after "tel:" or "sms:": digits and a leading + are kept */
    PAGE_MAIL,    /* after "mailto:": percent-encoded but for @ */
    PAGE_NUMBER   /* plain digits: attributes that programs read (width, value, id, data-n), and
                     {{plain v.year}} in text */
};

void page_put_str(struct web *w, enum page_place place, struct str s);
void page_put_z(struct web *w, enum page_place place, const char *z);
void page_put_int(struct web *w, enum page_place place, int64_t v);
void page_put_html(struct web *w, enum page_place place, struct html h); /* PAGE_TEXT only */

#define PAGE_PUT_IN(w, place, v)                                                                   \
    _Generic((v),                                                                                  \
        struct str: page_put_str,                                                                  \
        const char *: page_put_z,                                                                  \
        char *: page_put_z,                                                                        \
        int: page_put_int,                                                                         \
        unsigned: page_put_int,                                                                    \
        long: page_put_int,                                                                        \
        long long: page_put_int)(w, place, v)
#define PAGE_PUT(w, place, v)                                                                      \
    _Generic((v),                                                                                  \
        struct str: page_put_str,                                                                  \
        const char *: page_put_z,                                                                  \
        char *: page_put_z,                                                                        \
        struct html: page_put_html,                                                                \
        int: page_put_int,                                                                         \
        unsigned: page_put_int,                                                                    \
        long: page_put_int,                                                                        \
        long long: page_put_int)(w, place, v)

#define PAGE_TRUE(v)                                                                               \
    _Generic((v), struct str: page_true_str, const char *: page_true_z, char *: page_true_z,       \
             struct html: page_true_html, default: page_true_int)(v)
bool page_true_str(struct str s); /* not empty */
bool page_true_z(const char *z);  /* not NULL, not empty */
bool page_true_html(struct html h);
bool page_true_int(int64_t v);

/* {{#if v.kind == "comune"}} */
#define PAGE_IS(v, z)                                                                              \
    _Generic((v), struct str: page_is_str, const char *: page_is_z, char *: page_is_z)(v, z)
bool page_is_str(struct str s, const char *z);
bool page_is_z(const char *s, const char *z); /* NULL is the empty text */

/* A value as words, for {name} inside a message. */
#define PAGE_WORD(w, v)                                                                            \
    _Generic((v),                                                                                  \
        struct str: page_word_str,                                                                 \
        const char *: page_word_z,                                                                 \
        char *: page_word_z,                                                                       \
        int: page_word_int,                                                                        \
        unsigned: page_word_int,                                                                   \
        long: page_word_int,                                                                       \
        long long: page_word_int)(w, v)
struct str page_word_str(struct web *w, struct str s);
struct str page_word_z(struct web *w, const char *z);
struct str page_word_int(struct web *w, int64_t v);

/* Literal bytes of the template. */
void page_raw(struct web *w, const char *bytes, size_t n);
/* Words of a key; with values: {name} replaced, the whole escaped for the place. Words are text,
 * never markup. With a count: the plural form, {n} is the count. */
void page_text(struct web *w, enum page_place place, const char *key);
struct page_arg {
    const char *name;
    struct str value;
};
void page_text_with(struct web *w, enum page_place place, const char *key, const int64_t *count,
                    const struct page_arg *args, int n_args);
/* The same as a value, for an argument of a part: (t "key" name=v.x). */
struct str page_words(struct web *w, const char *key, const int64_t *count,
                      const struct page_arg *args, int n_args);

/* The language prefix ("" or "/en") before a path of this site in href and action. */
void page_prefix(struct web *w);
/* The home of the language: "/" or "/en". */
void page_home(struct web *w);
/* The fingerprinted address of an asset. */
void page_asset(struct web *w, const char *name);
/* An icon of the sprite, hidden from who listens: a word stands beside it. NULL or "": nothing. */
void page_icon(struct web *w, const char *name, const char *css_class);
/* The hidden field of a form's one-time token, which the router asks of every POST. */
#define PAGE_TOKEN_FIELD "form_token"
void page_form_token(struct web *w);

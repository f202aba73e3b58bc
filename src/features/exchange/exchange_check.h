/*
 * exchange_check.h - private: what is wrong with somebody's feed, in words for who publishes it.
 *
 * Levels  an error is a row that would be refused; a warning is something that is left out or guessed; advice
 *         is what citizens would miss (no telephone, no opening hours). Each with row, field, what was found.
 * Reads   a file, bytes, an address: an HSDS API (its first pages), a package, JSON. Nothing is stored.
 */
#pragma once
#include "base/text.h"
#include "exchange.h"
#include "web/outside.h"

enum check_level { CHECK_ERROR = 1, CHECK_WARNING, CHECK_ADVICE };

struct check_line {
    enum check_level level;
    int64_t row;      /* 0: the whole */
    struct str field; /* "phones[2].number"; may be empty */
    const char *key;  /* of words, with value for {value} */
    struct str value;
    int64_t n; /* how often: lines of the same field and key are told a few times, then counted */
};

enum { CHECK_MOST_LINES = 200, CHECK_MOST_ALIKE = 5 };

struct check_report {
    struct check_line lines[CHECK_MOST_LINES];
    int n_lines;
    int64_t n_errors, n_warnings, n_advice;
    int64_t n_rows, n_services, n_organisations, n_places;
    struct str what; /* as asked */
    struct str why;  /* it could not be read at all: one sentence; empty: it could */
};

struct check_ask {
    struct ctx *c; /* its transaction is read in; NULL: one of its own */
    struct db *db;
    const struct outside *outside; /* NULL: addresses are not fetched */
    struct arena *mem;
    const char *what;  /* address, or path when lets_files */
    struct str bytes;  /* in its place: pasted or uploaded */
    bool lets_files;
    enum lang lang;
};
void exchange_check(const struct check_ask *a, struct check_report *out);
/* "exchange.verdict-good" and so on: what it all comes to. */
const char *exchange_check_verdict(const struct check_report *r);
struct str exchange_check_words(struct arena *mem, const struct check_line *l, enum lang lang);
/* All of it for a terminal. */
struct str exchange_check_text(struct arena *mem, const struct check_report *r, enum lang lang);

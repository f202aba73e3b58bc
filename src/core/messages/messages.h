/*
 * messages.h - a note of anybody to who keeps the portal, and its answer.
 *
 * Why     every request gets an answer (PRODUCT.md, promise 10), also from who has no account.
 * Privacy the words may hold personal data though the form asks for none: they are never logged,
 *         the time of arrival is rounded to the hour, nothing about the sender is kept, and an
 *         answered note is deleted MESSAGES_KEEP_DAYS after its answer.
 * Writes  functions marked (write) need a write transaction in c->tx.
 */
#pragma once
#include "base/str.h"
#include "store/ctx.h"
#include <stdbool.h>
#include <stdint.h>

enum {
    MESSAGES_WORDS_MAX = 2000, /* code points of a note and of an answer */
    MESSAGES_PAGE_MAX = 200,   /* bytes of the address of the page it is about */
    MESSAGES_PER_HOUR = 120,   /* notes taken in one hour of the clock, from everybody together */
    MESSAGES_KEEP_DAYS = 90,   /* after the answer */
    MESSAGES_ANSWER_DAYS = 15, /* an answer is promised within these */
    MESSAGES_CODE_LEN = 10
};

enum messages_state { MESSAGES_RECEIVED, MESSAGES_READ, MESSAGES_ANSWERED };

struct messages_form {
    struct str words; /* what is not working */
    struct str page;  /* address of the page it is about; may be empty */
    struct str nonce; /* of the form it was written in; empty: made here */
};

struct messages_note {
    int64_t note_id;
    struct str code; /* as stored: MESSAGES_CODE_LEN characters */
    struct str page;
    struct str words;
    struct str answer;
    enum messages_state state;
    int received_on, read_on, answered_on; /* day numbers; DAY_NONE: not yet */
    int answer_by;                         /* the promised day */
};

/* A value for the hidden field of a new form. */
struct str messages_new_nonce(struct ctx *c);

/* Takes the note (write). ST_INVALID: the problems say what to fix, nothing was kept. The same
 * form sent twice gives the code of the first; with other words it is another note. */
enum status messages_send(struct ctx *c, const struct messages_form *f, struct str *out_code);

/* A code as a person types it ("abcde-23456", spaces) in the form that is stored; empty when it
 * cannot be one. */
struct str messages_tidy_code(struct ctx *c, struct str typed);
/* In two groups, to be read out: "ABCDE-23456". */
struct str messages_show_code(struct ctx *c, struct str code);

/* ST_NOT_FOUND: no such note, or no longer kept. */
enum status messages_find(struct ctx *c, struct str code, struct messages_note *out);

/* ---- for who keeps the portal ---- */

enum status messages_open(struct ctx *c, struct messages_note **out, int *n_out);
enum status messages_mark_read(struct ctx *c, struct messages_note *note); /* write */
/* ST_CONFLICT: answered already. ST_INVALID: no words, or too many. */
enum status messages_answer(struct ctx *c, struct messages_note *note,
                            struct str answer);                               /* write */
enum status messages_delete(struct ctx *c, const struct messages_note *note); /* write */
/* Deletes what is past its time (write): once a day, and before each sending and `wecare notes`. */
enum status messages_sweep(struct ctx *c, int64_t *n_deleted);

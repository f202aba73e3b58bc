/*
 * post.h - letters by electronic mail: an outbox in the database, sent by a job.
 *
 * Why     a mail is part of what a transaction did: kept with it or undone with it, sent afterwards,
 *         and not lost when the mail server is away for days.
 * How     post_put writes a row, unique by key: the same key again changes nothing. The job sends
 *         what is due, a few at a time, over one connection. 4xx and no connection: tried again
 *         after pauses that grow, for POST_GIVE_UP_DAYS from the first try. 5xx: bounced, with the
 *         server's words, and the address is marked when it was the address that was refused. With
 *         mail.server unset mails wait; nothing is lost and nobody gives up.
 * Later   a refusal that comes as a mail to the sender is read by `wecare mail bounced`, which a mail server runs for each.
 * Twice   a mail is sent twice only when the program dies, or the line is cut, between the server's
 *         acceptance and the note of it; it then has the same Message-ID, which many mailboxes show once.
 * Secret  a text may hold a key (links.h): it is wiped when the mail is sent or dropped, and POST_TEXT_DAYS
 *         after it failed. The log holds numbers of mails, never addresses or words.
 * Links   "{portal}" in the text, in front of a path, becomes the public address of the portal when
 *         the mail is sent: "{portal}/conferma/...".
 */
#pragma once
#include "store/ctx.h"
#include <stdbool.h>
#include <stdint.h>

enum {
    POST_KEY_MAX = 120,     /* bytes */
    POST_ADDRESS_MAX = 254, /* RFC 5321 */
    POST_SUBJECT_MAX = 150, /* code points */
    POST_TEXT_MAX = 65536,  /* bytes */
    POST_GIVE_UP_DAYS = 5,
    POST_TEXT_DAYS = 7,     /* of one that failed: it can be tried again by hand */
    POST_KEEP_DAYS = 400    /* a row without its text, after its end: what was written to whom */
};

enum post_state {
    POST_WAITING,  /* to be sent, or sent again */
    POST_SENT,     /* accepted by the mail server; it may come back later: post_came_back */
    POST_BOUNCED,  /* refused for good: see words */
    POST_GIVEN_UP, /* tried for POST_GIVE_UP_DAYS */
    POST_DROPPED   /* withdrawn before it was sent */
};
const char *post_state_name(enum post_state s); /* "waiting", "sent", "bounced", "given-up", "dropped" */

struct post_mail {
    struct str key;          /* what makes it one: "upkeep:ask:MB32:2026-11" */
    struct str to;           /* one address */
    struct str subject;      /* one line */
    struct str text;         /* plain; empty lines part paragraphs; long lines are fine */
    struct str reply_to;     /* an address; may be empty */
    struct str unsubscribe;  /* path for List-Unsubscribe, "/conferma/..."; may be empty */
    int64_t organisation_id; /* whom it is about, or 0 */
};

/* An address that a mail can be sent to: letters, digits and the usual signs before the @, a domain
 * with a dot after it; no spaces, comments, quotes, line ends, nothing that is not ASCII. */
bool post_is_address(struct str s);

/* Into the outbox (write). ST_INVALID: a problem of "to", "subject", "text", "reply_to" or "key" says
 * which; nothing was kept. *out_state (may be NULL) tells what became of it: POST_WAITING when new; of
 * an earlier one of the same key its state; POST_BOUNCED at once when the address is marked. */
enum status post_put(struct ctx *c, const struct post_mail *m, enum post_state *out_state);
/* Withdraws one that still waits (write); ST_NOT_FOUND: none waits under that key. */
enum status post_drop(struct ctx *c, struct str key);

struct post_row {
    int64_t mail_id;
    struct str key, to, subject;
    struct str text; /* empty once it is wiped */
    int64_t organisation_id; /* 0: none */
    enum post_state state;
    int64_t put_at, due_at; /* due_at: of the next try */
    int64_t ended_at;       /* 0: it waits */
    int n_tries;
    struct str words; /* of the last refusal: the server's, or ours; may be empty */
};
enum status post_by_key(struct ctx *c, struct str key, struct post_row *out);
enum status post_by_id(struct ctx *c, int64_t mail_id, struct post_row *out);
/* Those of an organisation, the newest first, at most limit. */
enum status post_of_organisation(struct ctx *c, int64_t organisation_id, int limit,
                                 struct post_row **out, int *n_out);
/* All in a state after mail_id `after`, in order of id, at most limit. */
enum status post_list(struct ctx *c, enum post_state state, int64_t after, int limit,
                      struct post_row **out, int *n_out);
/* Mails that bounced or were given up at that instant or later, in order: what upkeep reads. */
enum status post_failed_since(struct ctx *c, int64_t since_ms, struct post_row **out, int *n_out);

struct post_mark {
    int64_t at;       /* when the server last refused it */
    struct str words; /* the server's */
};
/* ST_NOT_FOUND: the address is not marked. Case aside. */
enum status post_marked(struct ctx *c, struct str address, struct post_mark *out);
/* A mail that tells that one of ours did not arrive, as a mail server hands it on (write). ST_OK: that one is bounced now, with the
 * server's words, and its address is marked when nobody lives there. ST_NOT_FOUND: the text reports no failure for good, or none of
 * a mail that was sent from here; the same twice is that too. */
struct post_back {
    int64_t mail_id;
    bool is_marked;
    struct str status, words;
};
enum status post_came_back(struct ctx *c, struct str bytes, struct post_back *out);
/* It was put right, or somebody says it works (write). */
enum status post_unmark(struct ctx *c, struct str address);
/* Due at once and tries forgotten (write): one that waits, bounced or was given up, if its text is
 * still there; an address that was marked is not any more. ST_CONFLICT: its text is gone. */
enum status post_retry(struct ctx *c, int64_t mail_id);
/* Two organisations became one (write). */
enum status post_move(struct ctx *c, int64_t from_organisation_id, int64_t to_organisation_id);

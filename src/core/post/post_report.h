/*
 * post_report.h - private to post: a mail that tells that another did not arrive.
 *
 * Why     many servers take every mail and look afterwards whether anybody lives there: the refusal comes later, as a mail to
 *         the sender. Who does not get our mails must be known all the same.
 * Reads   delivery reports (RFC 3464: Postfix, Exim, Sendmail, Exchange, Gmail and most others) and those of qmail, which has a
 *         shape of its own. An answer by a person or a machine, a report that says "delayed": POST_REPORT_NONE.
 * Whose   the report carries the Message-ID of our mail: a number by chance that only who got the mail knows. What a stranger
 *         makes up names none of ours and does nothing.
 * Pure    no database, no clock. Memory: texts are views of the bytes or live in mem.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"

enum { POST_REPORT_IDS = 8, POST_REPORT_MOST_BYTES = 1024 * 1024, POST_REPORT_WORDS = 300 };

enum post_report_kind {
    POST_REPORT_NONE,    /* it reports no failure for good */
    POST_REPORT_ADDRESS, /* nobody lives at that address, or no server for it: 5.1.x, 5.2.0, 5.2.1, 5.4.4, 5.0.0 */
    POST_REPORT_MAIL     /* the mail was not wanted, the mailbox is full...: the address may be good */
};

struct post_report {
    enum post_report_kind kind;
    struct str status; /* "5.1.1" */
    struct str words;  /* the server's: "550 5.1.1 nobody here"; may be empty */
    struct str ids[POST_REPORT_IDS]; /* what stands before the @ of each Message-ID that it names */
    int n_ids;
};

void post_report_read(struct arena *mem, struct str bytes, struct post_report *out);

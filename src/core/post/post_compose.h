/*
 * post_compose.h - private to post: a mail as it goes over the wire (RFC 5322, 2045, 2047).
 *
 * Safe    nothing of what a person typed can begin a header: subject and name are encoded unless they
 *         are plain letters, addresses are checked (post_is_address), the text is quoted-printable.
 * Pure    no database, no clock: the same gives the same bytes.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"

struct post_sender {
    struct str address, name; /* name may be empty */
};
/* "Name <address>" or an address, as in the settings. False: neither. */
bool post_sender_read(struct arena *mem, struct str setting, struct post_sender *out);

struct post_letter {
    struct post_sender from;
    struct str to, subject, text, reply_to, unsubscribe, message_id; /* message_id: without its domain */
    struct str origin; /* takes the place of {portal} */
    int64_t at_ms;
};
/* Lines end with CR LF; dots are not doubled yet. */
struct str post_compose(struct arena *mem, const struct post_letter *l);

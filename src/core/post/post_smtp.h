/*
 * post_smtp.h - private to post: one connection to the keeper's mail server (libcurl).
 *
 * Where   the server that mail.server names and no other; no proxy of the environment, no .netrc. It
 *         may stand inside the network: the keeper has named it (web/outbound.h is for addresses that
 *         others name).
 * TLS     starttls and tls refuse a server without, or with a certificate that is not for its name.
 *         To this machine itself starttls is not asked for; none is for this machine alone.
 * Bounds  what the server says is read up to 64 KB a mail, a mail takes at most a minute.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"
#include "web/outside.h"
#include <stdatomic.h>

enum post_outcome {
    POST_ACCEPTED,
    POST_ADDRESS_REFUSED, /* 5xx to the address: it is marked */
    POST_MAIL_REFUSED,    /* 5xx to the text */
    POST_TRY_LATER,       /* 4xx to this one */
    POST_CUT,             /* the line was cut, or silent, once this one was at hand: was it taken? */
    POST_NO_SERVER,       /* not reached, no TLS, no sign-in, or it would take no mail of ours */
    POST_STOPPED          /* the portal is being stopped; nothing was sent */
};

struct post_wire; /* one connection, kept for the next mail */

struct post_wire_options {
    const struct outside *outside;
    const atomic_bool *stop; /* NULL: never */
    int timeout_ms;          /* of a mail; 0: a minute */
};
/* NULL: the settings do not do; *why has one English sentence. */
struct post_wire *post_wire_open(const struct post_wire_options *o, struct arena *mem, struct str *why);
void post_wire_close(struct post_wire *w); /* NULL is fine */

/* letter: as post_compose wrote it. *words: what the server said last, or what failed; on one line, in
 * valid UTF-8, at most 300 bytes, in mem. */
enum post_outcome post_wire_send(struct post_wire *w, struct str from, struct str to, struct str letter,
                                 struct arena *mem, struct str *words);

/* Whether a mail.server ("HOST", "HOST:PORT", "[v6]:PORT") is this machine itself. */
bool post_is_here(struct str server);

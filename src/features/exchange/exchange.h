/*
 * exchange.h - catalogues that keep each other fresh: feeds that come in by themselves, portals beside each other.
 *
 * Why     whoever keeps a catalogue publishes it once, and everybody has it; nobody types it again, and there
 *         is no centre that must be asked.
 * Kinds   portal: another portal of this kind, asked for what changed since last time, gone entries too;
 *         hsds: any HSDS API, page by page, by modified_after, once a day as a whole; file: a package (zip),
 *         JSON, or CSV or a spreadsheet with a mapping, at an https address.
 * Origin  an entry that came from another portal carries that portal's id as a mark wherever it goes on to.
 *         Who sees his own id come back leaves it: no echo, and a ring of three is cut. An entry that comes by two
 *         ways belongs to the way it came first.
 * Owned   a field corrected here by its body stays so; what the feed says is a conflict (catalogue_history.h).
 */
#pragma once
#include "store/ctx.h"
#include "store/db.h"
#include <stdbool.h>
#include <stdint.h>

enum exchange_kind { EXCHANGE_PORTAL = 1, EXCHANGE_HSDS, EXCHANGE_FILE };
const char *exchange_kind_name(enum exchange_kind k); /* words "exchange.kind-<name>" */
enum exchange_kind exchange_kind_of(struct str name); /* 0: none */

struct exchange_feed {
    int64_t feed_id;
    struct str name; /* short: "ires-scuole" */
    enum exchange_kind kind;
    struct str url, mapping;
    int64_t every_s;
    struct str read_to;
    int64_t whole_at, added_at;
};

enum { EXCHANGE_KEPT_PULLS = 20, EXCHANGE_KEPT_REFUSALS = 200 };

struct exchange_pull {
    int64_t began_at, ended_at;
    struct str state; /* "taken", "same", "failed"; words "exchange.state-<name>" */
    struct str why;
    int64_t n_read, n_added, n_changed, n_same, n_gone, n_refused, n_own;
};

struct exchange_refusal {
    int64_t row;
    struct str field, message, value; /* message: a key of words */
};

enum status exchange_feeds(struct ctx *c, struct exchange_feed **out, int *n_out);
/* ST_NOT_FOUND: none. */
enum status exchange_feed(struct ctx *c, struct str name, struct exchange_feed *out);
enum status exchange_pulls(struct ctx *c, int64_t feed_id, int limit, struct exchange_pull **out, int *n_out);
enum status exchange_refusals(struct ctx *c, int64_t feed_id, int limit, struct exchange_refusal **out, int *n_out);

/* Asked from now on (write). ST_INVALID: a problem of "name", "url" or "every"; ST_CONFLICT: that name is taken. */
enum status exchange_add(struct ctx *c, const struct exchange_feed *f);
/* Not asked any more (write); its entries stay. ST_NOT_FOUND: none. */
enum status exchange_remove(struct ctx *c, struct str name);

/* What this portal is called among portals; made at the first asking (write). */
enum status exchange_own_id(struct ctx *c, struct str *out);

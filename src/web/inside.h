/*
 * inside.h - the insides of src/web: a request as it came, and a request being answered. For
 * files of this folder only.
 *
 * Memory  incoming lives in the arena of the connection (or of the test); struct web and all it
 *         makes live in an arena of their own, so that a page that outgrew its memory can be
 *         dropped whole and an error page written in its place.
 */
#pragma once
#include "store/db.h"
#include "web/accepts.h"
#include "web/kept.h"
#include "web/metrics.h"
#include "web/pairs.h"
#include "web/request_target.h"
#include "web/router.h"
#include "web/server.h"
#include <pthread.h>
#include <stdatomic.h>

struct header_line {
    struct str name, value;
};

/* A request as it came, already refused when malformed (guard.h). */
struct incoming {
    struct str method;
    struct str target; /* raw, with the query */
    const struct header_line *headers;
    int n_headers;
    struct str body;
    bool is_too_large; /* the body was read and thrown away */
    bool has_address;  /* of whoever is connected; not over a Unix socket */
    unsigned char address[16];
};

enum { ANSWER_HEADERS_MAX = 40 };

struct answer {
    int code;
    struct header_line headers[ANSWER_HEADERS_MAX];
    int n_headers;
    struct str body;
    int place;         /* of the metrics: index of the route, or METRICS_* */
    bool must_close;   /* the connection cannot be trusted further */
    struct kept *kept; /* holds the body: kept_release when it is sent */
    struct web *more;  /* goes on after the body: stream_next until the last; NULL: that is all */
};

struct web {
    struct web_app *app;
    const struct incoming *in;
    struct ctx ctx;
    struct actor actor;
    struct target target;
    const struct route *route; /* NULL until found */
    struct router_match match;
    struct pairs query;
    struct pairs form;
    struct str cookie; /* of the forms; empty when none came */
    struct str nonce;  /* of the form that was sent */
    bool is_posting;
    bool is_late;          /* a form of ours whose token has expired: shown again, never written */
    bool has_asked_header; /* the answer may depend on more than its key */
    struct str kept_key;   /* empty: the answer is not to be kept */
    int64_t kept_version;

    bool is_asking; /* a POST that only reads */

    /* the answer; cleared before each run of a handler */
    struct buf out;
    int code;
    const char *type;
    struct str download;
    struct str location;
    struct header_line more[WEB_MORE_HEADERS];
    int n_more;
    bool is_framed;     /* other sites may show it */
    bool keeps_written; /* what was written stays although the code says that something is to be fixed */
    struct str version; /* a weak entity tag, with its quotes; empty: made of the bytes */
    int64_t changed_ms; /* of Last-Modified; 0: not said */
    int retry_s;        /* with 429 */
    struct stream_pack *pack; /* of an answer in pieces; NULL: sent as it is */
    web_piece piece;       /* the answer goes on; NULL: it does not */
    void *piece_state;
    void (*end)(void *state); /* after the last piece, or when it is cut; NULL: nothing to do */
    void *end_state;
    struct str token;      /* given out by this page */
    struct str new_cookie; /* to be set with it */
    const char *set_cookie; /* name of one that the handler sets; NULL: none */
    struct str set_value;
};

/* Arenas waiting for the next request. */
struct arena_pool {
    pthread_mutex_t lock;
    struct arena **free;
    int n_free;
    int room;
    size_t cap_bytes;
};

struct web_app {
    struct web_app_options o;
    struct arena *mem;
    struct site site;
    struct router *router;
    struct menu_entry *menu;
    int n_menu;
    struct metrics *metrics;
    struct throttle *throttle;
    struct kept_pages *kept; /* NULL: none are kept */
    struct arena_pool pages; /* for answers */
    web_access decide;
    void *decide_arg;
    bool is_https;
};

enum status arena_pool_init(struct arena_pool *p, struct arena *mem, int room, size_t cap_bytes);
void arena_pool_end(struct arena_pool *p);
struct arena *arena_pool_take(struct arena_pool *p);
void arena_pool_give(struct arena_pool *p, struct arena *a);

/* The first header of that name; the empty text when there is none. */
struct str incoming_header(const struct incoming *in, const char *name);

/* The largest body that this address takes: the setting's, or more where its row says so. */
int64_t web_body_limit(const struct web_app *app, struct arena *mem, const struct incoming *in);
/* The whole road of one request. mem: where the answer lives; an arena of its own, emptied when a
 * page outgrows it. */
void web_answer(struct web_app *app, struct arena *mem, const struct incoming *in,
                struct answer *out);
/* The waiting page in its place: 503 when all hands are full, 429 when one address has too many. */
void web_turn_away(struct web_app *app, struct arena *mem, const struct incoming *in, int code,
                   struct answer *out);

/* The answer is sent or cut. */
void stream_end(struct web *w);
/* From now on the pieces are sent as gzip; what the handler wrote comes first. */
struct str stream_pack_first(struct web *w, struct str plain);
/* The next piece of an answer that goes on, in mem (emptied first); *is_last may come with it. */
enum status stream_next(struct web *w, struct arena *mem, struct str *out, bool *is_last);

/* The name under which a cookie of ours travels, and its value; the empty text when it did not come. */
struct str cookie_full_name(const struct web_app *app, struct arena *mem, const char *name);
struct str cookie_find(const struct incoming *in, struct str name);

/* Forgets what a handler wrote. */
void web_clear(struct web *w);

void answer_header(struct answer *a, struct str name, struct str value);
/* A short page that needs nothing: for refusals before there is a request to speak of. */
struct str plain_page(struct arena *mem, enum lang lang, const char *title_key,
                      const char *text_key);
void answer_plain(struct arena *mem, struct answer *a, int code, const char *title_key,
                  const char *text_key);

/*
 * server.h - the portal as a server: one table of routes, one guard, one door.
 *
 * Start   web_app_new checks every row of every feature's routes: a row left incomplete, two rows
 *         for one path, a menu entry that leads nowhere, a message key without words: ST_INVALID
 *         and one sentence in *why; the program does not start.
 * Test    web_app_ask runs one request in process, through the same router, transaction, handler
 *         and headers, without a socket.
 * Memory  a write handler runs on the database's writer thread, possibly twice; what it wrote into
 *         the answer is cleared before each run and sent only when the outcome is durable. A
 * request that needs more than arena_bytes ends with ST_BUSY, its transaction undone.
 */
#pragma once
#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"
#include "store/db.h"
#include "web/feature.h"

struct web_app;

struct web_limits {
    int max_connections;      /* open at once; past it a new one gets the waiting page */
    int max_per_address;      /* open at once from one address; a Unix socket counts as none */
    int max_at_work;          /* requests at work at once; further ones wait up to wait_ms */
    int wait_ms;              /* then the waiting page, 503 with Retry-After */
    int idle_s;               /* a connection that sends nothing */
    int request_s;            /* headers and body must have arrived by then */
    int points;               /* a minute, of one address, for what programs ask (throttle.h); 0: no limit */
    int64_t max_header_bytes; /* 32 KB */
    int64_t max_body_bytes;   /* a form; imports come by the command line */
    int64_t arena_bytes;      /* memory of one request */
    int64_t kept_bytes;       /* finished public pages kept until the data change; 0: none */
};

struct web_app_options {
    const struct feature *const *features;
    int n_features;
    struct db *db;
    const struct site *site;
    const char *origin; /* "https://portale.example.it"; NULL: from the Host of each request */
    struct web_limits limits;
    const unsigned char *token_key; /* 32 bytes: keys the form tokens; kept in the data folder */
};

/* Decides on a row whose `who` is not ANYONE, and says who asks. ST_OK lets the request pass;
 * anything else is answered with the page of that status. Until one is set, only ANYONE passes. */
typedef enum status (*web_access)(void *arg, struct web *w, const struct route *row,
                                  struct actor *out);

enum status web_app_new(const struct web_app_options *o, struct arena *mem, struct web_app **out,
                        struct str *why);
void web_app_free(struct web_app *app);
/* Before the server starts. */
void web_app_set_access(struct web_app *app, web_access decide, void *arg);
/* Rows of all features, for the checks that walk every page. */
const struct route *web_app_route(const struct web_app *app, int i); /* NULL past the last */

/* ---- in process ---- */
struct web_ask {
    const char *method;         /* "GET", "HEAD", "POST" */
    const char *target;         /* "/territorio?x=1" */
    const char *const *headers; /* "Name: value", NULL ends; may be NULL */
    struct str body;
    bool without_token; /* POST: do not add a valid form token by itself */
};
struct web_reply {
    int code;           /* 0: an answer in pieces was cut */
    struct str headers; /* "Name: value\n..." */
    struct str body;    /* not compressed unless asked for by Accept-Encoding */
};
void web_app_ask(struct web_app *app, struct arena *mem, const struct web_ask *ask,
                 struct web_reply *out);

/* ---- over a socket ---- */
struct web_server;

/* listen: "127.0.0.1:8080", "[::1]:8080", "unix:PATH"; "systemd" takes the socket handed over. */
enum status web_server_start(struct web_app *app, const char *listen, struct web_server **out,
                             struct str *why, struct arena *mem);
int web_server_port(const struct web_server *s); /* 0 for a Unix socket */
/* Stops accepting, lets requests at work finish (at most grace_ms), closes. */
void web_server_stop(struct web_server *s, int grace_ms);

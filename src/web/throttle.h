/*
 * throttle.h - how much one address may ask in a minute of what programs ask for.
 *
 * Why     one program that reads the whole catalogue in a loop must not slow the pages of people: what
 *         is asked under /api/ and every export costs points; a page costs nothing.
 * Points  a row's cost class (COST_PAGE 1, COST_SEARCH 5, COST_EXPORT 10): as many a minute as the setting
 *         web.points says; they come back one by one, so that a pause of a second helps.
 * Who     the address of the connection, an IPv6 one by its /64. What comes from this machine (a proxy
 *         in front) counts by the last address of X-Forwarded-For, and not at all without one.
 * Source  RFC 6585 (429); draft-ietf-httpapi-ratelimit-headers; Italian guidelines for interoperability
 *         (ModI), which ask for X-RateLimit-Limit, -Remaining and -Reset.
 * Memory  a table of fixed size: the address that asked longest ago gives way.
 * Threads any number at once.
 */
#pragma once
#include "web/inside.h"

struct throttle;

/* points a minute; 0: nobody is held back. */
struct throttle *throttle_new(struct arena *mem, int points);
void throttle_end(struct throttle *t);

struct throttle_turn {
    bool is_counted; /* else nothing else here is said */
    bool is_refused;
    int limit, remaining;
    int reset_s; /* until all points are back */
    int retry_s; /* refused: until this may be asked again */
};

/* Takes the points of that row from whoever asks. now_us: of the monotonic clock. */
struct throttle_turn throttle_take(struct throttle *t, const struct incoming *in, const struct route *row, int64_t now_us);
/* The headers that tell a program how it stands. */
void throttle_headers(struct arena *mem, const struct throttle_turn *turn, struct answer *out);
/* What a row is asked by programs, and so counted, and so open to pages of other sites (CORS). */
bool throttle_is_for_programs(const struct route *row);

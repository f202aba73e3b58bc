/*
 * connections.h - who is connected, how long each may still take, and whose turn it is to work.
 *
 * Deadlines a connection that has not sent its request, or not taken its answer, in time is shut
 *         down by one watching thread, however it drips: a byte now and then buys no time.
 * Turns   at most n requests work at once; the next wait in order, up to a limit.
 * Memory  everything is allocated at the start.
 * Threads every call may come from any thread.
 */
#pragma once
#include "base/arena.h"
#include "base/status.h"
#include "web/metrics.h"
#include <stdatomic.h>
#include <sys/socket.h>

struct connections;

enum connection_room {
    ROOM_FREE = 0,
    ROOM_FULL,        /* past the limit of all: let in only to be told so */
    ROOM_FULL_ADDRESS /* past the limit of one address */
};

struct connection {
    int fd; /* -1: the place is free */
    unsigned char address[16];
    bool has_address;
    atomic_bool is_idle; /* between two requests: nothing would be lost */
    enum connection_room room;
    atomic_int_fast64_t until_us; /* monotonic; 0: none */
    struct connection *next;      /* among the free */
};

/* max: places, besides some spare ones in which the rest is told to come back. */
enum status connections_new(struct arena *mem, int max, int max_per_address, struct metrics *m,
                            struct connections **out);
enum { CONNECTIONS_SPARE = 32 };

/* NULL when even the spare places are taken. */
struct connection *connections_enter(struct connections *all, int fd, const struct sockaddr *from,
                                     int64_t may_take_us);
void connections_leave(struct connections *all, struct connection *c);

/* From now on it may take that long; 0: as long as it needs. */
void connection_allow(struct connection *c, int64_t may_take_us);
void connection_set_idle(struct connection *c, bool is_idle);

/* Shuts every connection between two requests; used at the end. */
void connections_shut_idle(struct connections *all);
int connections_n_busy(struct connections *all);

/* The watching thread. */
enum status connections_watch(struct connections *all);
void connections_end(struct connections *all);

/* ---- turns ---- */
struct turns;
enum status turns_new(struct arena *mem, int n, struct metrics *m, struct turns **out);
bool turns_take(struct turns *t, int wait_ms); /* false: waited in vain */
void turns_give(struct turns *t);
void turns_end(struct turns *t);

/*
 * listen.h - opens the door that a setting names: an address and port, a Unix socket, or the
 * socket that systemd hands over.
 */
#pragma once
#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"

struct listening {
    int fd;
    int port;                /* 0 for a Unix socket */
    bool is_local;           /* a Unix socket: no address of the asker */
    const char *unlink_path; /* to be taken away at the end; NULL for none */
};

/* where: "127.0.0.1:8080", "[::1]:8080", "*:8080" (every address of the machine), "unix:PATH",
 * "systemd". ST_INVALID: cannot be understood; ST_UNAVAILABLE: taken or not allowed. */
enum status listen_open(struct arena *mem, const char *where, struct listening *out,
                        struct str *why);
void listen_close(struct listening *l);

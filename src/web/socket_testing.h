/*
 * socket_testing.h - a small portal served on a real socket, and a client that knows nothing of
 * HTTP: raw bytes in, raw bytes out. Test programs only.
 */
#pragma once
#include "web/web_testing.h"
#include <stdatomic.h>

struct socket_testing {
    struct web_testing web;
    struct web_server *server;
    int port;
    atomic_int n_handled;  /* how often a handler ran */
    atomic_int n_sleeping; /* handlers of /slow that have begun */
};

extern struct socket_testing socket_testing;

/* Rows: /hello, /slow (0.7 s), /large, /form, POST /note. */
void socket_testing_begin(const struct web_limits *limits);
void socket_testing_end(void);

struct exchange {
    int code;
    int n_replies;
    bool closed;
    char text[16 * 1024];
};

int call_up(void);
void say(int fd, const void *bytes, size_t n);
/* Reads until the other side closes or nothing comes for a while; *closed says which. */
size_t hear(int fd, char *p, size_t room, int wait_ms, bool *closed);
int code_of(const char *reply);
void exchange(const void *bytes, size_t n, int wait_ms, struct exchange *x);

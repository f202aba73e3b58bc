/*
 * mail_sink.h - a mail server for a test: tests/support/mailsink.py as a process of its own.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"
#include <sys/types.h>

struct mail_sink {
    pid_t pid;
    int to, from; /* its standard input and output */
    char folder[64];
    char server[32]; /* "127.0.0.1:PORT", for mail.server */
};

/* more: further words ("--mode", "tls"), NULL ends. */
void mail_sink_begin(struct mail_sink *s, const char *const *more);
void mail_sink_end(struct mail_sink *s);
/* How many it has kept, and the n-th (from 1) with its envelope on top. */
int mail_sink_count(const struct mail_sink *s);
struct str mail_sink_mail(const struct mail_sink *s, struct arena *mem, int n);

/*
 * log.h - one line of JSON per event on standard error; keys and identifiers, never names,
 *         tax codes, health, or words that people typed.
 *
 * Use     log_event(LOG_INFO, "import-done", LOG_INT("rows", n), LOG_Z("kind", kind), LOG_END);
 */
#pragma once
#include "base/macros.h"
#include <stdint.h>

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

struct log_field {
    const char *key; /* NULL ends the list */
    const char *z;   /* text when not NULL, else the number */
    int64_t i;
};

#define LOG_INT(k, v) ((struct log_field){(k), NULL, (v)})
#define LOG_Z(k, v) ((struct log_field){(k), (v), 0})
#define LOG_END ((struct log_field){NULL, NULL, 0})

void log_set_level(enum log_level least);
void log_to_fd(int fd); /* for tests; standard error until called */
void log_event(enum log_level level, const char *event, ...); /* struct log_field ..., LOG_END */

/* What we got wrong: logs where, then ends the process (abort, so that the supervisor restarts
 * it). The database is safe by construction: nothing is acknowledged before it is durable. */
#define bug(...) bug_at(__FILE__, __LINE__, __VA_ARGS__)
void NORETURN bug_at(const char *file, int line, const char *fmt, ...) PRINTF_LIKE(3, 4);

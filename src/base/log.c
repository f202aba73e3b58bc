#include "base/log.h"
#include "base/clock.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static enum log_level least = LOG_INFO; /* both set before threads start */
static int fd = STDERR_FILENO;

void log_set_level(enum log_level level)
{
    least = level;
}

void log_to_fd(int new_fd)
{
    fd = new_fd;
}

struct line {
    char p[1024];
    size_t n;
};

static void put(struct line *l, const char *z)
{
    for (; *z != '\0' && l->n < sizeof l->p - 2; z++)
        l->p[l->n++] = *z;
}

static void put_quoted(struct line *l, const char *z)
{
    put(l, "\"");
    for (; *z != '\0' && l->n < sizeof l->p - 12; z++) {
        const unsigned char c = (unsigned char)*z;
        char esc[8];

        if (c < 0x20 || c == '"' || c == '\\' || c == 0x7f) {
            snprintf(esc, sizeof esc, "\\u%04x", c);
            put(l, esc);
        } else {
            l->p[l->n++] = (char)c;
        }
    }
    put(l, "\"");
}

/* One write per line, so that lines of several threads never mix. */
static void finish(struct line *l)
{
    l->p[l->n++] = '\n';
    ssize_t written = write(fd, l->p, l->n);

    (void)written; /* a full disk under the log must not stop the service */
}

static void begin(struct line *l, enum log_level level, const char *event)
{
    static const char *const names[] = {"debug", "info", "warn", "error"};
    char head[64];

    l->n = 0;
    snprintf(head, sizeof head, "{\"at\":%lld,\"level\":\"%s\",\"event\":",
             (long long)clock_now_ms(), names[level]);
    put(l, head);
    put_quoted(l, event);
}

void log_event(enum log_level level, const char *event, ...)
{
    struct line l;
    va_list ap;

    if (level < least)
        return;
    begin(&l, level, event);
    va_start(ap, event);
    for (struct log_field f = va_arg(ap, struct log_field); f.key != NULL;
         f = va_arg(ap, struct log_field)) {
        char number[32];

        put(&l, ",");
        put_quoted(&l, f.key);
        put(&l, ":");
        if (f.z != NULL) {
            put_quoted(&l, f.z);
        } else {
            snprintf(number, sizeof number, "%lld", (long long)f.i);
            put(&l, number);
        }
    }
    va_end(ap);
    put(&l, "}");
    finish(&l);
}

void bug_at(const char *file, int line, const char *fmt, ...)
{
    struct line l;
    char text[512];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    begin(&l, LOG_ERROR, "bug");
    put(&l, ",\"where\":");
    put_quoted(&l, file);
    snprintf(text + sizeof text - 16, 16, "%d", line);
    put(&l, ",\"line\":");
    put(&l, text + sizeof text - 16);
    text[sizeof text - 16] = '\0';
    put(&l, ",\"what\":");
    put_quoted(&l, text);
    put(&l, "}");
    finish(&l);
    abort();
}

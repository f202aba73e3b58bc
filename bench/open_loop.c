/*
 * open_loop.c - asks at a fixed rate, whatever the answers do, as people arrive.
 *
 *     open_loop PORT RATE SECONDS CONNECTIONS PATHS.txt
 *
 * Time    a request counts from when it was due, not from when a connection was free: a server that
 *         stops for a second is seen to stop for all who came in that second.
 * Prints  one line: requests, errors, p50, p90, p99, worst in milliseconds.
 */
#include "base/clock.h"
#include "base/macros.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_CONNECTIONS = 1024, MOST_PATHS = 4096, ROOM = 4 * 1024 * 1024, LATE_US = 5000000 };

struct connection {
    int fd;
    bool is_busy;
    int64_t due_us;
    char *bytes; /* of the answer, as far as its head is needed */
    size_t n;
    size_t wanted; /* 0: the head is not whole yet */
};

struct load {
    int port, n_connections, n_paths;
    char *paths[MOST_PATHS];
    struct connection all[MOST_CONNECTIONS];
    int64_t *times_us;
    int n_due, n_sent, n_done, n_errors;
};

static void die(const char *what)
{
    fprintf(stderr, "open_loop: %s: %s\n", what, strerror(errno));
    exit(2);
}

static void dial(const struct load *l, struct connection *c)
{
    const struct sockaddr_in to = {.sin_family = AF_INET,
                                   .sin_port = htons((uint16_t)l->port),
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const int one = 1;

    c->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (c->fd < 0 || connect(c->fd, (const struct sockaddr *)&to, sizeof to) != 0)
        die("connect");
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    c->is_busy = false;
}

static void ask(struct load *l, struct connection *c, int64_t due_us)
{
    char request[1200];
    const int n = snprintf(request, sizeof request,
                           "GET %s HTTP/1.1\r\nHost: bench\r\nAccept-Encoding: gzip\r\n\r\n",
                           l->paths[l->n_sent % l->n_paths]);

    c->is_busy = true;
    c->due_us = due_us;
    c->n = c->wanted = 0;
    l->n_sent++;
    if (write(c->fd, request, (size_t)n) != n)
        l->n_errors++;
}

static void finish(struct load *l, struct connection *c, bool is_good)
{
    l->n_errors += !is_good;
    l->times_us[l->n_done++] = clock_mono_us() - c->due_us;
    c->is_busy = false;
}

/* The head says how long the body is. */
static void read_head(struct connection *c)
{
    const char *end = memmem(c->bytes, c->n, "\r\n\r\n", 4);
    const char *length;

    if (end == NULL)
        return;
    length = memmem(c->bytes, (size_t)(end - c->bytes), "Content-Length: ", 16);
    c->wanted =
        (size_t)(end - c->bytes) + 4 + (length == NULL ? 0 : strtoul(length + 16, NULL, 10));
}

static void hear(struct load *l, struct connection *c)
{
    const ssize_t n = read(c->fd, c->bytes + c->n, ROOM - c->n);

    if (n <= 0) {
        close(c->fd);
        if (c->is_busy)
            finish(l, c, false);
        dial(l, c);
        return;
    }
    c->n += (size_t)n;
    if (c->wanted == 0)
        read_head(c);
    if (c->wanted != 0 && c->n >= c->wanted)
        finish(l, c, memcmp(c->bytes, "HTTP/1.1 200", 12) == 0);
}

static void wait_for_answers(struct load *l, int64_t until_us)
{
    static struct pollfd polls[MOST_CONNECTIONS];
    const int64_t left_us = until_us - clock_mono_us();
    const struct timespec wait = {left_us > 0 ? left_us / 1000000 : 0,
                                  left_us > 0 ? left_us % 1000000 * 1000 : 0};

    for (int i = 0; i < l->n_connections; i++)
        polls[i] = (struct pollfd){.fd = l->all[i].fd, .events = POLLIN};
    if (ppoll(polls, (nfds_t)l->n_connections, &wait, NULL) <= 0)
        return;
    for (int i = 0; i < l->n_connections; i++)
        if (polls[i].revents != 0)
            hear(l, &l->all[i]);
}

static void run(struct load *l, double rate, double seconds)
{
    const int64_t began_us = clock_mono_us();
    const int n = (int)(rate * seconds);

    l->times_us = calloc((size_t)n, sizeof *l->times_us);
    while (l->n_done < n) {
        const int64_t now_us = clock_mono_us();
        const int64_t next_us = began_us + (int64_t)(1e6 * l->n_sent / rate);
        struct connection *free_one = NULL;

        for (int i = 0; i < l->n_connections && free_one == NULL; i++)
            if (!l->all[i].is_busy)
                free_one = &l->all[i];
        if (l->n_sent < n && now_us >= next_us && free_one != NULL) {
            ask(l, free_one, next_us);
            continue;
        }
        if (now_us > began_us + (int64_t)(seconds * 1e6) + LATE_US) {
            l->n_errors += n - l->n_done;
            return;
        }
        wait_for_answers(l, l->n_sent < n && free_one != NULL ? next_us : now_us + 100000);
    }
}

static int by_time(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

static double at_share(const struct load *l, double share)
{
    const int i = (int)(share * (l->n_done - 1) + 0.5);

    return l->n_done == 0 ? 0 : (double)l->times_us[i] / 1000;
}

static void read_paths(struct load *l, const char *file)
{
    FILE *f = fopen(file, "r");
    char line[1000];

    if (f == NULL)
        die(file);
    while (l->n_paths < MOST_PATHS && fgets(line, sizeof line, f) != NULL) {
        line[strcspn(line, "\r\n")] = '\0';
        if (*line == '/')
            l->paths[l->n_paths++] = strdup(line);
    }
    fclose(f);
    if (l->n_paths == 0)
        die("no paths");
}

int main(int argc, char **argv)
{
    static struct load l;

    if (argc != 6 || atoi(argv[4]) < 1 || atoi(argv[4]) > MOST_CONNECTIONS) {
        fprintf(stderr, "usage: open_loop PORT RATE SECONDS CONNECTIONS PATHS.txt\n");
        return 2;
    }
    l.port = atoi(argv[1]);
    l.n_connections = atoi(argv[4]);
    read_paths(&l, argv[5]);
    for (int i = 0; i < l.n_connections; i++) {
        l.all[i].bytes = malloc(ROOM);
        dial(&l, &l.all[i]);
    }
    run(&l, atof(argv[2]), atof(argv[3]));
    qsort(l.times_us, (size_t)l.n_done, sizeof *l.times_us, by_time);
    printf("requests %d errors %d p50 %.2f p90 %.2f p99 %.2f worst %.2f\n", l.n_done, l.n_errors,
           at_share(&l, 0.5), at_share(&l, 0.9), at_share(&l, 0.99), at_share(&l, 1));
    return 0;
}

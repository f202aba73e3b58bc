/* server.c - the portal over a socket: libmicrohttpd with a thread per connection. */
#include "base/clock.h"
#include "base/log.h"
#include "web/connections.h"
#include "web/guard.h"
#include "web/listen.h"
#include "web/own_pages.h"
#include <microhttpd.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

enum {
    THREAD_STACK_BYTES = 256 * 1024,
    CONNECTION_POOL_BYTES = 64 * 1024, /* headers of both ways, within one connection */
    FULL_MAY_TAKE_US = 2000000,        /* who is only told to come back */
    SEND_BYTES_PER_S = 4096,           /* the slowest reader that is still served */
    STREAM_BLOCK_BYTES = 32 * 1024,    /* of a long answer, handed over at once */
    PIECE_WAIT_MS = 20000,             /* a long answer waits longer for its turn than a page */
    DRAIN_FACTOR = 16,   /* of a form too large, read away so that the answer arrives */
    BODIES_AT_ONCE = 64, /* forms of the largest size being received */
    OTHER_DESCRIPTORS = 256
};

struct web_server {
    struct web_app *app;
    struct MHD_Daemon *daemon;
    struct listening door;
    struct connections *connections;
    struct turns *turns;
    struct arena_pool calls;
    atomic_bool is_stopping;
};

/* One request on the way in. Lives in its own arena, apart from the answer's. */
struct call {
    struct web_server *server;
    struct connection *from;
    struct arena *mem;
    struct arena *page; /* of the answer, until it is sent */
    struct kept *kept;  /* the same */
    struct web *more;   /* the answer goes on */
    struct arena *piece_mem;
    struct str piece; /* what is still to be sent of it */
    bool is_last;
    struct incoming in;
    struct header_line lines[GUARD_HEADERS_MAX];
    bool has_many_headers;
    bool is_begun;
    bool is_answered;
    struct buf body;
    int64_t most;     /* bytes of body that this address takes */
    int64_t promised; /* bytes of body reserved in the gauge */
    int64_t dropped;  /* bytes of a body too large */
};

static int64_t seconds(int s)
{
    return (int64_t)s * 1000000;
}

/* ---- sending ---- */

static const char *logged_method(struct str method)
{
    return str_eq(method, STR("GET"))    ? "GET"
           : str_eq(method, STR("POST")) ? "POST"
           : str_eq(method, STR("HEAD")) ? "HEAD"
                                         : "other";
}

static void note(struct call *call, const struct answer *a, int64_t began_us)
{
    struct metrics *m = call->server->app->metrics;
    const int64_t us = clock_mono_us() - began_us;

    metrics_count(m, a->place, a->code, us);
    log_event(LOG_INFO, "request", LOG_Z("method", logged_method(call->in.method)),
              LOG_Z("route", metrics_place_name(m, a->place)), LOG_INT("code", a->code),
              LOG_INT("us", us), LOG_INT("bytes", (int64_t)a->body.n), LOG_END);
}

/* The next piece, when it is its turn like any other work. */
static bool next_piece(struct call *call)
{
    struct web_server *s = call->server;
    enum status st;

    connection_allow(call->from, 0);
    if (call->piece_mem == NULL)
        call->piece_mem = arena_pool_take(&s->app->pages);
    if (!turns_take(s->turns, PIECE_WAIT_MS))
        return false;
    st = stream_next(call->more, call->piece_mem, &call->piece, &call->is_last);
    turns_give(s->turns);
    connection_allow(call->from, seconds(s->app->o.limits.request_s) +
                                     (int64_t)call->piece.n * 1000000 / SEND_BYTES_PER_S);
    return st == ST_OK;
}

/* A piece that fails ends the connection, so that nobody takes half a file for a whole one. */
static ssize_t read_pieces(void *cls, uint64_t at, char *out, size_t room)
{
    struct call *call = cls;

    (void)at;
    while (call->piece.n == 0) {
        if (call->is_last)
            return MHD_CONTENT_READER_END_OF_STREAM;
        if (!next_piece(call)) {
            log_event(LOG_WARN, "stream-cut", LOG_END);
            return MHD_CONTENT_READER_END_WITH_ERROR;
        }
    }
    const size_t n = call->piece.n < room ? call->piece.n : room;

    memcpy(out, call->piece.p, n);
    call->piece = str_from(call->piece, n);
    return (ssize_t)n;
}

static struct MHD_Response *make_response(struct call *call, const struct answer *a)
{
    if (a->more == NULL)
        return MHD_create_response_from_buffer(a->body.n,
                                               (void *)(uintptr_t)(a->body.n == 0 ? "" : a->body.p),
                                               MHD_RESPMEM_PERSISTENT);
    call->more = a->more;
    call->piece = a->body;
    return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK_BYTES, read_pieces,
                                             call, NULL);
}

static enum MHD_Result send_answer(struct call *call, struct MHD_Connection *con,
                                   const struct answer *a, int64_t began_us)
{
    const bool closes =
        a->must_close || atomic_load_explicit(&call->server->is_stopping, memory_order_relaxed);
    struct MHD_Response *r = make_response(call, a);

    call->kept = a->kept;
    if (r == NULL)
        return MHD_NO;
    for (int i = 0; i < a->n_headers; i++)
        MHD_add_response_header(r, str_z(call->mem, a->headers[i].name),
                                str_z(call->mem, a->headers[i].value));
    if (closes)
        MHD_add_response_header(r, MHD_HTTP_HEADER_CONNECTION, "close");
    const enum MHD_Result done = MHD_queue_response(con, (unsigned int)a->code, r);

    MHD_destroy_response(r);
    call->is_answered = true;
    connection_allow(call->from, seconds(call->server->app->o.limits.request_s) +
                                     (int64_t)a->body.n * 1000000 / SEND_BYTES_PER_S);
    note(call, a, began_us);
    return done;
}

static enum MHD_Result refuse(struct call *call, struct MHD_Connection *con,
                              enum guard_reason reason)
{
    struct answer a = {.place = METRICS_REFUSED};

    metrics_refused(call->server->app->metrics, (int)reason);
    answer_plain(call->mem, &a, guard_code(reason), "web.malformed-title", "web.malformed-text");
    a.place = METRICS_REFUSED;
    a.must_close = true;
    return send_answer(call, con, &a, clock_mono_us());
}

/* 503 or 429: the page that asks for a little patience. */
static enum MHD_Result turn_away(struct call *call, struct MHD_Connection *con, int code,
                                 bool closes)
{
    struct web_app *app = call->server->app;
    const int64_t began_us = clock_mono_us();
    struct answer a;

    call->page = arena_pool_take(&app->pages);
    web_turn_away(app, call->page, &call->in, code, &a);
    a.must_close = closes;
    return send_answer(call, con, &a, began_us);
}

static enum MHD_Result work(struct call *call, struct MHD_Connection *con)
{
    struct web_server *s = call->server;
    const int64_t began_us = clock_mono_us();
    const bool takes_turn = !own_page_is(call->in.target);
    struct answer a;

    connection_allow(call->from, 0);
    if (takes_turn && !turns_take(s->turns, s->app->o.limits.wait_ms))
        return turn_away(call, con, 503, false);
    call->page = arena_pool_take(&s->app->pages);
    web_answer(s->app, call->page, &call->in, &a);
    if (takes_turn)
        turns_give(s->turns);
    return send_answer(call, con, &a, began_us);
}

/* ---- receiving ---- */

static enum MHD_Result take_header(void *cls, enum MHD_ValueKind kind, const char *name,
                                   size_t name_bytes, const char *value, size_t value_bytes)
{
    struct call *call = cls;

    (void)kind;
    if (call->in.n_headers == GUARD_HEADERS_MAX) {
        call->has_many_headers = true;
        return MHD_NO;
    }
    call->lines[call->in.n_headers++] =
        (struct header_line){{name, name_bytes}, {value == NULL ? "" : value, value_bytes}};
    return MHD_YES;
}

static int64_t header_bytes(struct MHD_Connection *con)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(con, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);

    return info == NULL ? 0 : (int64_t)info->header_size;
}

/* Room for a body that is announced; false when too much is being received already. */
static bool reserve_body(struct call *call)
{
    struct web_app *app = call->server->app;
    const int64_t at_once = app->o.limits.max_body_bytes * BODIES_AT_ONCE;
    const int64_t n = guard_body_bytes(&call->in);

    if (n == 0)
        return true;
    call->promised = n < 0 || n > call->most ? call->most : n;
    if (metrics_add(app->metrics, GAUGE_BODY_BYTES, call->promised) <= at_once)
        return true;
    metrics_add(app->metrics, GAUGE_BODY_BYTES, -call->promised);
    call->promised = 0;
    return false;
}

/* A form that is too large is read away, so that the browser takes the time to read why; one that
 * is absurd is not. */
static enum MHD_Result check_body(struct call *call, struct MHD_Connection *con)
{
    struct web_app *app = call->server->app;
    const int64_t max = call->most;
    struct answer a = {0};

    if (guard_body_bytes(&call->in) <= max)
        return MHD_YES;
    call->in.is_too_large = true;
    if (guard_body_bytes(&call->in) <= max * DRAIN_FACTOR)
        return MHD_YES;
    const int64_t began_us = clock_mono_us();

    call->page = arena_pool_take(&app->pages);
    web_answer(app, call->page, &call->in, &a);
    a.must_close = true;
    return send_answer(call, con, &a, began_us);
}

static enum MHD_Result begin_call(struct call *call, struct MHD_Connection *con, const char *method,
                                  const char *version)
{
    const struct web_limits *limits = &call->server->app->o.limits;

    call->is_begun = true;
    call->in.method = str_of(method);
    call->in.headers = call->lines;
    call->in.has_address = call->from->has_address;
    memcpy(call->in.address, call->from->address, sizeof call->in.address);
    MHD_get_connection_values_n(con, MHD_HEADER_KIND, take_header, call);
    if (call->from->room != ROOM_FREE)
        return turn_away(call, con, call->from->room == ROOM_FULL ? 503 : 429, true);
    const enum guard_reason reason = guard_check(&call->in, str_of(version), header_bytes(con),
                                                 call->has_many_headers, limits->max_header_bytes);

    if (reason != GUARD_PASSES)
        return refuse(call, con, reason);
    call->most = web_body_limit(call->server->app, call->mem, &call->in);
    if (!reserve_body(call))
        return turn_away(call, con, 503, true);
    return check_body(call, con);
}

static enum MHD_Result take_body(struct call *call, const char *bytes, size_t *n)
{
    const int64_t max = call->most;

    if (!call->in.is_too_large && (int64_t)(call->body.n + *n) > max)
        call->in.is_too_large = true;
    if (call->in.is_too_large) {
        call->dropped += (int64_t)*n;
        if (call->dropped > max * DRAIN_FACTOR)
            return MHD_NO; /* endless: nothing to say to it */
    } else {
        if (call->body.mem == NULL)
            call->body =
                buf_new(call->mem, guard_body_bytes(&call->in) > 0 ? (size_t)call->promised : *n);
        buf_put(&call->body, bytes, *n);
    }
    *n = 0;
    return MHD_YES;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *con, const char *url,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_bytes, void **out_call)
{
    struct call *call = *out_call;

    (void)cls;
    (void)url; /* decoded by the library; ours is read from the raw target */
    if (call == NULL)
        return MHD_NO;
    if (!call->is_begun)
        return begin_call(call, con, method, version);
    if (*upload_bytes > 0)
        return take_body(call, upload, upload_bytes);
    if (call->is_answered)
        return MHD_YES;
    if (!call->in.is_too_large && call->body.mem != NULL)
        call->in.body = buf_view(&call->body);
    return work(call, con);
}

/* ---- coming and going ---- */

static struct connection *connection_of(struct MHD_Connection *con)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(con, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

    return info == NULL ? NULL : info->socket_context;
}

/* The library's first callback: the request line has arrived, nothing of it is changed yet. */
static void *on_target(void *cls, const char *uri, struct MHD_Connection *con)
{
    struct web_server *s = cls;
    struct connection *from = connection_of(con);

    if (from == NULL)
        return NULL;
    struct arena *mem = arena_pool_take(&s->calls);
    struct call *call = ARENA_NEW(mem, struct call);

    call->server = s;
    call->from = from;
    call->mem = mem;
    call->in.target = str_copy(mem, str_of(uri));
    if (atomic_load_explicit(&from->is_idle, memory_order_relaxed)) {
        connection_set_idle(from, false);
        if (from->room == ROOM_FREE)
            connection_allow(from, seconds(s->app->o.limits.request_s));
    }
    return call;
}

static void on_completed(void *cls, struct MHD_Connection *con, void **out_call,
                         enum MHD_RequestTerminationCode why)
{
    struct call *call = *out_call;
    struct web_server *s = cls;

    (void)con;
    (void)why;
    if (call == NULL)
        return;
    *out_call = NULL;
    if (call->promised > 0)
        metrics_add(s->app->metrics, GAUGE_BODY_BYTES, -call->promised);
    kept_release(call->kept);
    if (call->more != NULL)
        stream_end(call->more);
    if (call->piece_mem != NULL)
        arena_pool_give(&s->app->pages, call->piece_mem);
    if (call->page != NULL)
        arena_pool_give(&s->app->pages, call->page);
    connection_allow(call->from, seconds(s->app->o.limits.idle_s + s->app->o.limits.request_s));
    connection_set_idle(call->from, true);
    arena_pool_give(&s->calls, call->mem);
}

static void on_connection(void *cls, struct MHD_Connection *con, void **context,
                          enum MHD_ConnectionNotificationCode what)
{
    struct web_server *s = cls;

    if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
        if (*context != NULL)
            connections_leave(s->connections, *context);
        *context = NULL;
        return;
    }
    const union MHD_ConnectionInfo *fd =
        MHD_get_connection_info(con, MHD_CONNECTION_INFO_CONNECTION_FD);
    const union MHD_ConnectionInfo *from =
        MHD_get_connection_info(con, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    struct connection *c = connections_enter(
        s->connections, fd->connect_fd, s->door.is_local || from == NULL ? NULL : from->client_addr,
        seconds(s->app->o.limits.request_s));

    if (c == NULL)
        shutdown(fd->connect_fd, SHUT_RDWR);
    else if (c->room != ROOM_FREE)
        connection_allow(c, FULL_MAY_TAKE_US);
    *context = c;
}

static void on_library_words(void *cls, const char *fmt, va_list ap)
{
    (void)cls;
    (void)ap;
    log_event(LOG_DEBUG, "http-library", LOG_Z("what", fmt), LOG_END);
}

/* ---- start and stop ---- */

static struct MHD_Daemon *start_daemon(struct web_server *s)
{
    const struct web_limits *l = &s->app->o.limits;

    return MHD_start_daemon(
        MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL |
            MHD_USE_ITC | MHD_USE_ERROR_LOG,
        0, NULL, NULL, on_request, s, MHD_OPTION_EXTERNAL_LOGGER, on_library_words, NULL,
        MHD_OPTION_LISTEN_SOCKET, (MHD_socket)s->door.fd, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned int)(l->max_connections + CONNECTIONS_SPARE), MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned int)l->idle_s, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_POOL_BYTES,
        MHD_OPTION_THREAD_STACK_SIZE, (size_t)THREAD_STACK_BYTES, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_URI_LOG_CALLBACK, on_target, s, MHD_OPTION_NOTIFY_COMPLETED, on_completed, s,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, s, MHD_OPTION_END);
}

/* A descriptor for each connection, besides those of the database and of the program. */
static enum status raise_descriptors(int n)
{
    struct rlimit l;

    if (getrlimit(RLIMIT_NOFILE, &l) != 0)
        return ST_UNAVAILABLE;
    if (l.rlim_cur >= (rlim_t)n)
        return ST_OK;
    l.rlim_cur = l.rlim_max < (rlim_t)n ? l.rlim_max : (rlim_t)n;
    return setrlimit(RLIMIT_NOFILE, &l) == 0 && l.rlim_cur >= (rlim_t)n ? ST_OK : ST_UNAVAILABLE;
}

static int64_t largest_body(const struct web_app *app)
{
    int64_t most = app->o.limits.max_body_bytes;

    for (int i = 0; i < router_n_rows(app->router); i++)
        if (router_row(app->router, i)->body_kb * 1024LL > most)
            most = router_row(app->router, i)->body_kb * 1024LL;
    return most;
}

static enum status prepare(struct web_server *s, struct arena *mem)
{
    const struct web_limits *l = &s->app->o.limits;
    enum status st = connections_new(mem, l->max_connections, l->max_per_address, s->app->metrics,
                                     &s->connections);

    if (st == ST_OK)
        st = turns_new(mem, l->max_at_work, s->app->metrics, &s->turns);
    if (st == ST_OK) /* a growing buffer leaves its smaller selves behind: four times the largest */
        st = arena_pool_init(&s->calls, mem, l->max_at_work,
                             (size_t)largest_body(s->app) * 4 + 1024 * 1024);
    if (st == ST_OK)
        st = connections_watch(s->connections);
    return st;
}

enum status web_server_start(struct web_app *app, const char *listen, struct web_server **out,
                             struct str *why, struct arena *mem)
{
    struct web_server *s = ARENA_NEW(mem, struct web_server);
    enum status st = listen_open(mem, listen, &s->door, why);

    s->app = app;
    if (st != ST_OK)
        return st;
    if (raise_descriptors(app->o.limits.max_connections + OTHER_DESCRIPTORS) != ST_OK) {
        *why = str_fmt(mem,
                       "the system allows too few open files for %d connections: raise "
                       "ulimit -n or lower web.connections",
                       app->o.limits.max_connections);
        listen_close(&s->door);
        return ST_UNAVAILABLE;
    }
    st = prepare(s, mem);
    if (st == ST_OK)
        s->daemon = start_daemon(s);
    if (s->daemon == NULL) {
        *why = STR("the web server cannot start: no threads or no memory");
        listen_close(&s->door);
        return ST_UNAVAILABLE;
    }
    *out = s;
    return ST_OK;
}

int web_server_port(const struct web_server *s)
{
    return s->door.port;
}

void web_server_stop(struct web_server *s, int grace_ms)
{
    const int64_t until_us = clock_mono_us() + (int64_t)grace_ms * 1000;
    const struct timespec pause = {.tv_nsec = 5000000};

    atomic_store(&s->is_stopping, true);
    MHD_quiesce_daemon(s->daemon);
    do {
        connections_shut_idle(s->connections);
        nanosleep(&pause, NULL);
    } while (connections_n_busy(s->connections) > 0 && clock_mono_us() < until_us);
    MHD_stop_daemon(s->daemon);
    connections_end(s->connections);
    turns_end(s->turns);
    arena_pool_end(&s->calls);
    listen_close(&s->door);
}

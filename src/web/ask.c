/* ask.c - one request in process: the same guard, router, transaction, handler and headers as
 * over a socket. */
#include "base/clock.h"
#include "web/form_token.h"
#include "web/guard.h"
#include "web/page.h"
#include <string.h>
#include <strings.h>

enum { HEADERS_MAX = GUARD_HEADERS_MAX + 8 };

struct asking {
    struct arena *mem;
    struct header_line lines[HEADERS_MAX];
    struct incoming in;
    bool is_cut;
};

static void add_line(struct asking *a, const char *name, struct str value)
{
    if (a->in.n_headers < HEADERS_MAX)
        a->lines[a->in.n_headers++] = (struct header_line){str_of(name), value};
    else
        a->is_cut = true;
}

static void read_headers(struct asking *a, const char *const *headers)
{
    for (; headers != NULL && *headers != NULL; headers++) {
        struct str value = str_of(*headers);
        const struct str name = str_cut(&value, ':');

        add_line(a, str_z(a->mem, name), str_trim(value));
    }
    if (incoming_header(&a->in, "Host").n == 0)
        add_line(a, "Host", STR("localhost"));
}

/* The field is put where the body's format wants it. */
static void add_token(struct asking *a, struct web_app *app)
{
    const struct str type = incoming_header(&a->in, "Content-Type");
    const struct str cookie = form_cookie_new(a->mem);
    const struct str token = form_token_new(a->mem, app->o.token_key, cookie, clock_now_ms());
    struct buf b = buf_new(a->mem, a->in.body.n + 256);
    const char *mark = type.n == 0 ? NULL : memmem(type.p, type.n, "boundary=", 9);

    add_line(a, "Cookie",
             str_fmt(a->mem, "%s=%.*s", app->is_https ? "__Host-form" : "form", (int)cookie.n,
                     cookie.p));
    if (mark != NULL) {
        struct str boundary = str_from(type, (size_t)(mark - type.p) + 9);

        if (boundary.n > 1 && boundary.p[0] == '"')
            boundary = (struct str){boundary.p + 1, boundary.n - 2};
        buf_fmt(&b,
                "--%.*s\r\nContent-Disposition: form-data; name=\"" PAGE_TOKEN_FIELD "\"\r\n\r\n"
                "%.*s\r\n",
                (int)boundary.n, boundary.p, (int)token.n, token.p);
        buf_str(&b, a->in.body);
    } else {
        if (type.n == 0)
            add_line(a, "Content-Type", STR("application/x-www-form-urlencoded"));
        buf_str(&b, a->in.body);
        buf_fmt(&b, "%s" PAGE_TOKEN_FIELD "=%.*s", a->in.body.n == 0 ? "" : "&", (int)token.n,
                token.p);
    }
    a->in.body = buf_view(&b);
}

/* What goes on is asked for to its end; a piece that fails leaves code 0, as a cut connection. */
static void keep_pieces(struct web_app *app, struct arena *mem, struct answer *got, bool is_head)
{
    struct arena *page = arena_pool_take(&app->pages);
    struct buf b = buf_new(mem, 1024);
    bool is_last = is_head;
    struct str piece;

    buf_str(&b, got->body);
    while (!is_last && got->code != 0) {
        if (stream_next(got->more, page, &piece, &is_last) != ST_OK)
            got->code = 0;
        else
            buf_str(&b, piece);
    }
    stream_end(got->more);
    got->body = buf_view(&b);
    arena_pool_give(&app->pages, page);
}

static void keep_reply(struct arena *mem, const struct answer *got, bool is_head,
                       struct web_reply *out)
{
    struct buf b = buf_new(mem, 1024);

    for (int i = 0; i < got->n_headers; i++) {
        buf_str(&b, got->headers[i].name);
        buf_z(&b, ": ");
        buf_str(&b, got->headers[i].value);
        buf_char(&b, '\n');
    }
    out->code = got->code;
    out->headers = buf_view(&b);
    out->body = is_head ? (struct str){"", 0} : str_copy(mem, got->body);
}

void web_app_ask(struct web_app *app, struct arena *mem, const struct web_ask *ask,
                 struct web_reply *out)
{
    struct asking *a = ARENA_NEW(mem, struct asking);
    struct arena *page = arena_pool_take(&app->pages);
    const int64_t began_us = clock_mono_us();
    struct answer got = {0};

    a->mem = mem;
    a->in = (struct incoming){.method = str_of(ask->method),
                              .target = str_of(ask->target),
                              .headers = a->lines,
                              .body = ask->body};
    read_headers(a, ask->headers);
    if (strcmp(ask->method, "POST") == 0 && !ask->without_token)
        add_token(a, app);
    if ((int64_t)a->in.body.n > web_body_limit(app, mem, &a->in)) {
        a->in.is_too_large = true;
        a->in.body = (struct str){"", 0};
    }
    const enum guard_reason reason =
        guard_check(&a->in, STR("HTTP/1.1"), 0, a->is_cut, app->o.limits.max_header_bytes);

    if (reason != GUARD_PASSES) {
        metrics_refused(app->metrics, (int)reason);
        got.place = METRICS_REFUSED;
        answer_plain(page, &got, guard_code(reason), "web.malformed-title", "web.malformed-text");
    } else {
        web_answer(app, page, &a->in, &got);
    }
    if (got.more != NULL)
        keep_pieces(app, mem, &got, strcmp(ask->method, "HEAD") == 0);
    metrics_count(app->metrics, got.place, got.code, clock_mono_us() - began_us);
    keep_reply(mem, &got, strcmp(ask->method, "HEAD") == 0, out);
    kept_release(got.kept);
    arena_pool_give(&app->pages, page);
}

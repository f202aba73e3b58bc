#include "web/error_page.h"
#include "web/frame.h"

enum { RETRY_AFTER_S = 5 };

static const int code_of[ST_COUNT] = {
    [ST_OK] = 200,     [ST_INVALID] = 400,  [ST_NOT_FOUND] = 404,
    [ST_DENIED] = 403, [ST_CONFLICT] = 409, [ST_TOO_LARGE] = 413,
    [ST_BUSY] = 503,   [ST_TIMEOUT] = 504,  [ST_UNAVAILABLE] = 503,
    [ST_GONE] = 410,
};

int error_code(enum status st)
{
    return st >= 0 && st < ST_COUNT ? code_of[st] : 500;
}

int error_retry_after_s(int code)
{
    return code == 503 || code == 429 || code == 504 ? RETRY_AFTER_S : 0;
}

static const char *reason(int code)
{
    switch (code) {
    case 400:
        return "Bad Request";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 409:
        return "Conflict";
    case 410:
        return "Gone";
    case 413:
        return "Content Too Large";
    case 415:
        return "Unsupported Media Type";
    case 422:
        return "Unprocessable Content";
    case 429:
        return "Too Many Requests";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    default:
        return "Error";
    }
}

static void write_problem(struct web *w, int code)
{
    struct buf *b = web_out(w);
    const struct problems *p = &w->ctx.problems;

    web_set_type(w, "application/problem+json");
    buf_fmt(b, "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d", reason(code), code);
    for (int i = 0; i < p->n; i++) {
        const struct text_arg value = {"value", p->list[i].value};

        buf_z(b, i == 0 ? ",\"problems\":[{\"field\":\"" : ",{\"field\":\"");
        buf_json(b, str_of(p->list[i].field));
        buf_z(b, "\",\"key\":\"");
        buf_json(b, str_of(p->list[i].key));
        buf_z(b, "\",\"detail\":\"");
        buf_json(b, text_fill(w->ctx.mem, text_get(w->ctx.lang, p->list[i].key), &value, 1));
        if (p->list[i].row > 0)
            buf_fmt(b, "\",\"line\":%lld}", (long long)p->list[i].row);
        else
            buf_z(b, "\"}");
    }
    buf_z(b, p->n > 0 ? "]}\n" : "}\n");
}

static bool is_for_program(struct web *w)
{
    return (w->target.n_segments > 0 && str_eq(w->target.segments[0], STR("api"))) ||
           accepts_json(incoming_header(w->in, "Accept"));
}

void error_write(struct web *w, int code)
{
    web_clear(w);
    web_set_code(w, code);
    if (is_for_program(w))
        write_problem(w, code);
    else if (code == 503 && w->ctx.problems.n == 0)
        frame_waiting(w, RETRY_AFTER_S);
    else
        frame_error(w, code);
}

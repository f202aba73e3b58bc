/* web.c - what a handler sees of a request (web.h). */
#include "web/web.h"
#include "base/log.h"
#include "web/answer_head.h"
#include "web/form_token.h"
#include "web/http_date.h"
#include <string.h>
#include <strings.h>

struct ctx *web_ctx(struct web *w)
{
    return &w->ctx;
}

struct str incoming_header(const struct incoming *in, const char *name)
{
    const size_t n = strlen(name);

    for (int i = 0; i < in->n_headers; i++)
        if (in->headers[i].name.n == n && strncasecmp(in->headers[i].name.p, name, n) == 0)
            return in->headers[i].value;
    return (struct str){"", 0};
}

struct str web_header(struct web *w, const char *name)
{
    w->has_asked_header = true;
    return incoming_header(w->in, name);
}

/* On https the browser itself holds a name of this kind to this host, this path and to https. */
struct str cookie_full_name(const struct web_app *app, struct arena *mem, const char *name)
{
    return str_fmt(mem, "%s%s", app->is_https ? "__Host-" : "", name);
}

struct str cookie_find(const struct incoming *in, struct str name)
{
    for (int i = 0; i < in->n_headers; i++) {
        struct str rest = in->headers[i].value;

        if (in->headers[i].name.n != 6 || strncasecmp(in->headers[i].name.p, "Cookie", 6) != 0)
            continue;
        while (rest.n > 0) {
            struct str value = str_cut(&rest, ';');
            const struct str key = str_trim(str_cut(&value, '='));

            if (str_eq(key, name))
                return str_trim(value);
        }
    }
    return (struct str){"", 0};
}

struct str web_cookie(struct web *w, const char *name)
{
    if (w->route == NULL || w->route->cache != CACHE_NEVER)
        bug("a page that may be kept asks for the cookie %s", name);
    return cookie_find(w->in, cookie_full_name(w->app, w->ctx.mem, name));
}

void web_set_cookie(struct web *w, const char *name, struct str value)
{
    w->set_cookie = name;
    w->set_value = str_copy(w->ctx.mem, value);
}

bool web_is_address_secret(struct web *w)
{
    return w->route != NULL && w->route->is_secret_address;
}

struct str web_path_value(struct web *w, const char *name)
{
    const int i = w->route == NULL ? -1 : router_value_index(w->route, name);

    return i < 0 ? (struct str){"", 0} : w->match.values[i];
}

static struct str value_at(const struct pairs *p, const char *name)
{
    const struct pair *found = pairs_at(p, name, 0, false);

    return found == NULL ? (struct str){"", 0} : found->value;
}

struct str web_query(struct web *w, const char *name)
{
    return value_at(&w->query, name);
}

bool web_query_at(struct web *w, const char *name, int n, struct str *out)
{
    const struct pair *found = pairs_at(&w->query, name, n, false);

    if (found == NULL)
        return false;
    *out = found->value;
    return true;
}

struct str web_field(struct web *w, const char *name)
{
    return value_at(&w->form, name);
}

bool web_field_at(struct web *w, const char *name, int n, struct str *out)
{
    const struct pair *found = pairs_at(&w->form, name, n, false);

    if (found == NULL)
        return false;
    *out = found->value;
    return true;
}

static bool nth_pair(const struct pairs *p, int n, struct str *name, struct str *value)
{
    if (n < 0 || n >= p->n)
        return false;
    *name = p->list[n].name;
    *value = p->list[n].is_file ? STR("") : p->list[n].value;
    return true;
}

bool web_query_pair(struct web *w, int n, struct str *name, struct str *value)
{
    return nth_pair(&w->query, n, name, value);
}

bool web_form_pair(struct web *w, int n, struct str *name, struct str *value)
{
    return nth_pair(&w->form, n, name, value);
}

struct str web_body(struct web *w)
{
    return w->is_asking ? w->in->body : (struct str){"", 0};
}

void web_stream(struct web *w, web_piece piece, void *state)
{
    w->piece = piece;
    w->piece_state = state;
}

void web_at_end(struct web *w, void (*end)(void *state), void *state)
{
    w->end = end;
    w->end_state = state;
}

bool web_upload_at(struct web *w, const char *name, int n, struct web_upload *out)
{
    const struct pair *found = pairs_at(&w->form, name, n, true);

    if (found == NULL)
        return false;
    *out = (struct web_upload){found->file_name, found->type, found->value};
    return true;
}

struct str web_path(struct web *w)
{
    return w->target.path;
}

struct str web_query_string(struct web *w)
{
    return w->target.query;
}

bool web_is_swap(struct web *w)
{
    return str_eq(incoming_header(w->in, "HX-Request"), STR("true"));
}

enum lang web_lang(struct web *w)
{
    return w->ctx.lang;
}

struct str web_origin(struct web *w)
{
    const struct str host = incoming_header(w->in, "Host");

    if (w->app->o.origin != NULL)
        return str_of(w->app->o.origin);
    return str_fmt(w->ctx.mem, "http://%.*s", (int)host.n, host.p);
}

struct buf *web_out(struct web *w)
{
    return &w->out;
}

void web_set_type(struct web *w, const char *content_type)
{
    w->type = content_type;
}

void web_set_code(struct web *w, int code)
{
    w->code = code;
}

void web_keep_written(struct web *w)
{
    w->keeps_written = true;
}

void web_set_download(struct web *w, struct str file_name)
{
    w->download = str_copy(w->ctx.mem, file_name);
}

void web_set_header(struct web *w, const char *name, struct str value)
{
    if (w->n_more < WEB_MORE_HEADERS)
        w->more[w->n_more++] = (struct header_line){str_of(name), str_copy(w->ctx.mem, value)};
}

void web_allow_frames(struct web *w)
{
    w->is_framed = true;
    w->has_asked_header = true; /* what we keep has the headers of every page */
}

bool web_has_same(struct web *w, struct str version, int64_t changed_ms)
{
    const struct str origin = web_origin(w), tags = web_header(w, "If-None-Match"),
                     since = web_header(w, "If-Modified-Since");
    int64_t since_ms;

    w->version = answer_tag(w->ctx.mem, str_fmt(w->ctx.mem, "%s %s %.*s %.*s", WECARE_VERSION, lang_code[w->ctx.lang],
                                                (int)origin.n, origin.p, (int)version.n, version.p));
    w->changed_ms = changed_ms / 1000 * 1000;
    const bool is_same = tags.n > 0 ? accepts_holds_tag(tags, w->version)
                                    : w->changed_ms > 0 && http_date_read(since, &since_ms) && w->changed_ms <= since_ms;

    if (is_same)
        w->code = 304;
    return is_same;
}

/* Bytes that a Location may not hold are written as %XX: a line end would begin a new header. */
static void put_location(struct buf *b, struct str path)
{
    for (size_t i = 0; i < path.n; i++) {
        const unsigned char c = (unsigned char)path.p[i];

        if (c <= 0x20 || c >= 0x7f || c == '\\' || c == '"' || c == '<' || c == '>')
            buf_fmt(b, "%%%02X", c);
        else
            buf_char(b, (char)c);
    }
}

static enum status lead_to(struct web *w, struct str path, int code)
{
    struct buf b = buf_new(w->ctx.mem, path.n + 8);

    /* Only to this site: a path, and not one that a browser takes for another host. */
    if (path.n == 0 || path.p[0] != '/' || (path.n > 1 && (path.p[1] == '/' || path.p[1] == '\\')))
        path = STR("/");
    if (w->ctx.lang != LANG_IT)
        buf_fmt(&b, "/%s", lang_code[w->ctx.lang]);
    put_location(&b, path);
    w->code = code;
    w->location = buf_view(&b);
    return ST_OK;
}

enum status web_redirect(struct web *w, struct str path)
{
    return lead_to(w, path, 303);
}

enum status web_moved(struct web *w, struct str path)
{
    return lead_to(w, path, 308);
}

struct str web_form_token(struct web *w)
{
    if (w->token.n > 0)
        return w->token;
    if (!form_cookie_looks_right(w->cookie)) {
        w->cookie = form_cookie_new(w->ctx.mem);
        w->new_cookie = w->cookie;
    }
    w->token = form_token_new(w->ctx.mem, w->app->o.token_key, w->cookie, w->ctx.now_ms);
    return w->token;
}

struct str web_form_nonce(struct web *w)
{
    return w->nonce;
}

const struct site *web_site(struct web *w)
{
    return &w->app->site;
}

bool web_has_row(struct web *w, const char *path)
{
    for (int i = 0; i < router_n_rows(w->app->router); i++)
        if (strcmp(router_row(w->app->router, i)->path, path) == 0)
            return true;
    return false;
}

const struct menu_entry *web_menu(struct web *w, int *n)
{
    *n = w->app->n_menu;
    return w->app->menu;
}

void web_clear(struct web *w)
{
    w->out.n = 0;
    w->code = 200;
    w->type = "text/html; charset=utf-8";
    w->download = (struct str){"", 0};
    w->piece = NULL;
    w->set_cookie = NULL;
    w->n_more = 0;
    w->is_framed = false;
    w->version = (struct str){"", 0};
    w->changed_ms = 0;
    w->location = (struct str){"", 0};
    w->token = (struct str){"", 0}; /* the cookie stays: it is set only along with a token */
}

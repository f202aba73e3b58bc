#include "web/answer_head.h"
#include "web/error_page.h"
#include "web/http_date.h"
#include "web/throttle.h"
#include <string.h>

enum { GZIP_LEAST_BYTES = 1024, KEY_MAX = 500 };

void answer_header(struct answer *a, struct str name, struct str value)
{
    if (a->n_headers < ANSWER_HEADERS_MAX)
        a->headers[a->n_headers++] = (struct header_line){name, value};
}

static const struct header_line safety[] = {
    {STR("Content-Security-Policy"),
     STR("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
         "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
         "frame-ancestors 'none'")},
    {STR("X-Content-Type-Options"), STR("nosniff")},
    /* not no-referrer: the browser would then hide its Origin from our own forms */
    {STR("Referrer-Policy"), STR("same-origin")},
    {STR("Permissions-Policy"),
     STR("camera=(), microphone=(), geolocation=(self), payment=(), usb=(), browsing-topics=()")},
    {STR("Cross-Origin-Opener-Policy"), STR("same-origin")},
    {STR("Cross-Origin-Resource-Policy"), STR("same-origin")},
};

void answer_safety(const struct web_app *app, struct answer *out)
{
    for (int i = 0; i < ARRAY_LEN(safety); i++)
        answer_header(out, safety[i].name, safety[i].value);
    if (app->is_https)
        answer_header(out, STR("Strict-Transport-Security"), STR("max-age=31536000"));
}

static void replace(struct answer *a, const char *name, struct str value)
{
    for (int i = 0; i < a->n_headers; i++)
        if (str_eq_z(a->headers[i].name, name))
            a->headers[i].value = value;
}

/* Open data may be read by pages of other sites; what is made to be embedded may stand in theirs. */
static void open_to_others(struct web *w, struct answer *out)
{
    const bool is_open = w->route != NULL && w->route->who == ANYONE && throttle_is_for_programs(w->route);

    if (w->is_framed)
        replace(out, "Content-Security-Policy",
                STR("default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
                    "form-action 'none'; base-uri 'none'; frame-ancestors *"));
    if (is_open || w->is_framed)
        replace(out, "Cross-Origin-Resource-Policy", STR("cross-origin"));
    if (!is_open)
        return;
    answer_header(out, STR("Access-Control-Allow-Origin"), STR("*"));
    answer_header(out, STR("Access-Control-Expose-Headers"),
                  STR("ETag, Last-Modified, Link, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset"));
}

static bool may_be_kept(struct web *w)
{
    return w->route != NULL && w->route->cache != CACHE_NEVER && (w->code == 200 || w->code == 304) &&
           w->token.n == 0 && w->actor.account_id == 0;
}

static void put_caching(struct web *w, struct answer *out)
{
    if (!may_be_kept(w))
        answer_header(out, STR("Cache-Control"), STR("no-store"));
    else if (w->route->cache == CACHE_SHORT)
        answer_header(out, STR("Cache-Control"), STR("public, max-age=60"));
    else
        answer_header(out, STR("Cache-Control"), STR("public, max-age=0, must-revalidate"));
    answer_header(out, STR("Vary"), STR("Accept-Encoding, HX-Request"));
}

/* Two sums of 64 bits, side by side, eight bytes a step each: a tag tells one answer from the next, it
 * proves nothing to anybody, and a cryptographic hash cost a seventh of a page. */
static void sum_of(struct str body, uint64_t out[2])
{
    uint64_t x = 0x9e3779b97f4a7c15u ^ body.n, y = 0xc2b2ae3d27d4eb4fu, part[2];

    for (size_t i = 0; i < body.n; i += sizeof part) {
        if (body.n - i >= sizeof part) {
            memcpy(part, body.p + i, sizeof part);
        } else {
            part[0] = part[1] = 0;
            memcpy(part, body.p + i, body.n - i);
        }
        x = (x ^ part[0]) * 0xff51afd7ed558ccdu;
        x ^= x >> 32;
        y = (y ^ part[1]) * 0xc4ceb9fe1a85ec53u;
        y ^= y >> 29;
    }
    out[0] = (x ^ y >> 32) * 0xff51afd7ed558ccdu;
    out[1] = (y ^ x >> 32) * 0xc4ceb9fe1a85ec53u;
}

static struct str tag_of(struct arena *mem, struct str body, const char *suffix)
{
    uint64_t sum[2];

    sum_of(body, sum);
    return str_fmt(mem, "\"%016llx%016llx%s\"", (unsigned long long)sum[0],
                   (unsigned long long)sum[1], suffix);
}

struct str answer_tag(struct arena *mem, struct str bytes)
{
    return tag_of(mem, bytes, "");
}

/* Strong: two answers with one tag have the same bytes, compression included. */
static struct str make_tag(struct arena *mem, struct str body, bool is_packed)
{
    return tag_of(mem, body, is_packed ? "-g" : "");
}

/* What the handler said of its version: weak, since the bytes may be packed or not. */
static void put_version(struct web *w, struct answer *out)
{
    if (w->version.n == 0 || !may_be_kept(w))
        return;
    answer_header(out, STR("ETag"), str_fmt(w->ctx.mem, "W/%.*s", (int)w->version.n, w->version.p));
    if (w->changed_ms > 0)
        answer_header(out, STR("Last-Modified"), http_date(w->ctx.mem, w->changed_ms));
}

static bool is_text(const char *type)
{
    return strncmp(type, "text/", 5) == 0 || strstr(type, "json") != NULL ||
           strstr(type, "svg") != NULL || strstr(type, "xml") != NULL;
}

/* The name as every browser takes it, and as it is (RFC 6266). */
static struct str disposition(struct arena *mem, struct str name)
{
    struct buf b = buf_new(mem, 64 + name.n * 4);

    buf_z(&b, "attachment; filename=\"");
    for (size_t i = 0; i < name.n; i++) {
        const unsigned char c = (unsigned char)name.p[i];
        const bool is_plain = c >= 0x20 && c < 0x7f && strchr("\"\\/%", c) == NULL;

        buf_char(&b, is_plain ? (char)c : '_');
    }
    buf_z(&b, "\"; filename*=UTF-8''");
    buf_url(&b, name);
    return buf_view(&b);
}

static void put_cookie(struct web *w, const char *name, struct str value, const char *more,
                       struct answer *out)
{
    const struct str full = cookie_full_name(w->app, w->ctx.mem, name);

    answer_header(out, STR("Set-Cookie"),
                  str_fmt(w->ctx.mem, "%.*s=%.*s; Path=/; HttpOnly; SameSite=%s%s", (int)full.n, full.p,
                          (int)value.n, value.p, more, w->app->is_https ? "; Secure" : ""));
}

/* The form's is Lax: a form reached from elsewhere must find the one it was shown with. */
static void put_cookies(struct web *w, struct answer *out)
{
    if (w->token.n > 0 && w->new_cookie.n > 0)
        put_cookie(w, "form", w->new_cookie, "Lax", out);
    if (w->set_cookie != NULL)
        put_cookie(w, w->set_cookie, w->set_value, w->set_value.n > 0 ? "Strict" : "Strict; Max-Age=0", out);
}

static void hide_address(struct answer *out)
{
    for (int i = 0; i < out->n_headers; i++)
        if (str_eq_z(out->headers[i].name, "Referrer-Policy"))
            out->headers[i].value = STR("strict-origin");
}

static bool accepts_gzip(struct web *w)
{
    return (accepts_encodings(incoming_header(w->in, "Accept-Encoding")) & ACCEPTS_GZIP) != 0;
}

/* The body is sent, or nothing when the asker has it already. */
static void put_tagged(struct web *w, struct str tag, struct str body, bool is_packed,
                       struct answer *out)
{
    answer_header(out, STR("ETag"), tag);
    if (accepts_holds_tag(incoming_header(w->in, "If-None-Match"), tag)) {
        out->code = 304;
        return;
    }
    if (is_packed)
        answer_header(out, STR("Content-Encoding"), STR("gzip"));
    out->body = body;
}

static bool is_to_be_kept(struct web *w)
{
    return w->kept_key.n > 0 && may_be_kept(w) && !w->has_asked_header && w->download.n == 0 &&
           w->location.n == 0;
}

void answer_kept(struct web *w, struct kept *k, struct answer *out)
{
    const struct kept_answer *a = kept_answer_of(k);

    out->kept = k;
    out->code = 200;
    answer_safety(w->app, out);
    open_to_others(w, out);
    put_caching(w, out);
    answer_header(out, STR("Content-Type"), a->type);
    put_tagged(w, a->tag, a->body, a->is_packed, out);
}

struct str answer_key(struct web *w)
{
    const struct str host = w->app->o.origin != NULL ? STR("") : incoming_header(w->in, "Host");

    if (w->in->target.n + host.n > KEY_MAX)
        return (struct str){"", 0};
    return str_fmt(w->ctx.mem, "%d%d%d %.*s %.*s", accepts_gzip(w), web_is_swap(w), w->ctx.today,
                   (int)host.n, host.p, (int)w->in->target.n, w->in->target.p);
}

static void put_body(struct web *w, struct answer *out)
{
    const struct str plain = buf_view(&w->out);
    const bool is_kept = is_to_be_kept(w);
    struct str body = plain;
    bool is_packed = false;

    put_version(w, out);
    if (w->code == 304)
        return;
    answer_header(out, STR("Content-Type"), str_of(w->type));
    if (w->piece != NULL) { /* no length, no tag of its bytes: it is not known yet what will follow */
        const bool packs = is_text(w->type) && accepts_gzip(w);

        if (packs)
            answer_header(out, STR("Content-Encoding"), STR("gzip"));
        out->body = packs ? stream_pack_first(w, plain) : plain;
        out->more = w;
        return;
    }
    if (plain.n >= GZIP_LEAST_BYTES && is_text(w->type) && accepts_gzip(w)) {
        const struct str packed = gzip_pack(w->ctx.mem, plain, is_kept ? GZIP_SMALL : GZIP_FAST);

        is_packed = packed.n > 0; /* else it would not be shorter */
        body = is_packed ? packed : plain;
    }
    if (!may_be_kept(w) || w->version.n > 0) {
        out->body = body;
        if (is_packed)
            answer_header(out, STR("Content-Encoding"), STR("gzip"));
        return;
    }
    const struct str tag = make_tag(w->ctx.mem, plain, is_packed);

    if (is_kept)
        kept_put(w->app->kept, w->kept_key, w->kept_version,
                 &(struct kept_answer){body, tag, str_of(w->type), is_packed});
    put_tagged(w, tag, body, is_packed, out);
}

void answer_finish(struct web *w, struct answer *out)
{
    out->code = w->code;
    answer_safety(w->app, out);
    open_to_others(w, out);
    put_caching(w, out);
    put_cookies(w, out);
    if (web_is_address_secret(w))
        hide_address(out);
    for (int i = 0; i < w->n_more; i++)
        answer_header(out, w->more[i].name, w->more[i].value);
    if (error_retry_after_s(w->code) > 0)
        answer_header(out, STR("Retry-After"),
                      str_fmt(w->ctx.mem, "%d", w->retry_s > 0 ? w->retry_s : error_retry_after_s(w->code)));
    if (w->location.n > 0) {
        answer_header(out, STR("Location"), w->location);
        return;
    }
    if (w->download.n > 0)
        answer_header(out, STR("Content-Disposition"), disposition(w->ctx.mem, w->download));
    put_body(w, out);
}

/* ---- pages that need nothing ---- */

struct str plain_page(struct arena *mem, enum lang lang, const char *title_key,
                      const char *text_key)
{
    struct buf b = buf_new(mem, 1024);

    buf_fmt(&b,
            "<!doctype html><html lang=\"%s\"><meta charset=\"utf-8\">"
            "<meta name=\"viewport\" content=\"width=device-width\"><title>",
            lang_code[lang]);
    buf_html(&b, text_get(lang, title_key));
    buf_z(&b, "</title><h1>");
    buf_html(&b, text_get(lang, title_key));
    buf_z(&b, "</h1><p>");
    buf_html(&b, text_get(lang, text_key));
    buf_z(&b, "</p></html>\n");
    return buf_view(&b);
}

void answer_plain(struct arena *mem, struct answer *a, int code, const char *title_key,
                  const char *text_key)
{
    struct buf b = buf_new(mem, 2048);

    a->code = code;
    a->n_headers = 0;
    for (int i = 0; i < ARRAY_LEN(safety); i++)
        answer_header(a, safety[i].name, safety[i].value);
    answer_header(a, STR("Content-Type"), STR("text/html; charset=utf-8"));
    answer_header(a, STR("Cache-Control"), STR("no-store"));
    if (error_retry_after_s(code) > 0)
        answer_header(a, STR("Retry-After"), str_fmt(mem, "%d", error_retry_after_s(code)));
    buf_str(&b, plain_page(mem, LANG_IT, title_key, text_key));
    a->body = buf_view(&b);
}

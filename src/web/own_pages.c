#include "web/own_pages.h"
#include "web/answer_head.h"
#include "web/asset.h"
#include "web/error_page.h"
#include <string.h>

static bool is_reading(struct web *w)
{
    return str_eq(w->in->method, STR("GET")) || str_eq(w->in->method, STR("HEAD"));
}

static void finish_text(struct web *w, struct answer *out, int code, struct str type)
{
    out->code = code;
    out->place = METRICS_OWN;
    answer_safety(w->app, out);
    answer_header(out, STR("Content-Type"), type);
    answer_header(out, STR("Cache-Control"), STR("no-store"));
    out->body = buf_view(&w->out);
}

static void health(struct web *w, struct answer *out)
{
    const bool is_ready = db_state(w->app->o.db) == ST_OK;

    buf_fmt(&w->out, "{\"status\":\"%s\",\"version\":\"%s\"}\n", is_ready ? "ready" : "unavailable",
            WECARE_VERSION);
    finish_text(w, out, is_ready ? 200 : 503, STR("application/json"));
}

/* The portal's keeper asks the server itself; what comes through the proxy in front is anybody. */
static bool came_through_proxy(struct web *w)
{
    return incoming_header(w->in, "X-Forwarded-For").n > 0 ||
           incoming_header(w->in, "Forwarded").n > 0 || incoming_header(w->in, "X-Real-IP").n > 0;
}

static void metrics(struct web *w, struct answer *out)
{
    metrics_write(w->app->metrics, &w->out);
    buf_fmt(&w->out,
            "# HELP wecare_data_version Changes when committed data may differ.\n"
            "# TYPE wecare_data_version gauge\nwecare_data_version %lld\n",
            (long long)db_data_version(w->app->o.db));
    finish_text(w, out, 200, STR("text/plain; version=0.0.4; charset=utf-8"));
}

static void robots(struct web *w, struct answer *out)
{
    const struct str origin = web_origin(w);

    buf_z(&w->out, "User-agent: *\nDisallow: /health\nDisallow: /metrics\n");
    if (web_has_row(w, "/sitemap.xml"))
        buf_fmt(&w->out, "Sitemap: %.*s/sitemap.xml\n", (int)origin.n, origin.p);
    finish_text(w, out, 200, STR("text/plain; charset=utf-8"));
}

static struct str quoted_tag(struct arena *mem, const struct asset *a, const char *suffix)
{
    return str_fmt(mem, "\"%s%s\"", a->address + strlen("/assets/"), suffix);
}

/* fixed: the address holds the fingerprint, so who has it may keep it for ever. */
static void asset(struct web *w, const struct asset *a, bool fixed, struct answer *out)
{
    const int accepted = accepts_encodings(incoming_header(w->in, "Accept-Encoding"));
    const char *suffix = "";

    out->code = 200;
    out->place = METRICS_ASSETS;
    answer_safety(w->app, out);
    answer_header(out, STR("Content-Type"), str_of(a->type));
    answer_header(out, STR("Cache-Control"),
                  fixed ? STR("public, max-age=31536000, immutable")
                        : STR("public, max-age=86400"));
    if (a->brotli.n > 0 || a->gzip.n > 0)
        answer_header(out, STR("Vary"), STR("Accept-Encoding"));
    out->body = a->plain;
    if (a->brotli.n > 0 && (accepted & ACCEPTS_BROTLI) != 0) {
        answer_header(out, STR("Content-Encoding"), STR("br"));
        out->body = a->brotli;
        suffix = "-b";
    } else if (a->gzip.n > 0 && (accepted & ACCEPTS_GZIP) != 0) {
        answer_header(out, STR("Content-Encoding"), STR("gzip"));
        out->body = a->gzip;
        suffix = "-g";
    }
    const struct str tag = quoted_tag(w->ctx.mem, a, suffix);

    answer_header(out, STR("ETag"), tag);
    if (accepts_holds_tag(incoming_header(w->in, "If-None-Match"), tag)) {
        out->code = 304;
        out->body = (struct str){"", 0};
    }
}

static const struct asset *find_icon(void)
{
    const struct asset *a = asset_find(STR("favicon.ico"));

    return a != NULL ? a : asset_find(STR("favicon.svg"));
}

bool own_page_is(struct str target)
{
    static const char *const starts[] = {"/assets/", "/health", "/metrics", "/robots.txt",
                                         "/favicon.ico"};

    for (int i = 0; i < ARRAY_LEN(starts); i++)
        if (str_starts(target, str_of(starts[i])))
            return true;
    return false;
}

bool own_page(struct web *w, struct answer *out)
{
    const struct str path = w->target.path;
    const struct asset *a = NULL;
    const bool is_asset = str_starts(path, STR("/assets/"));
    const bool is_icon = str_eq(path, STR("/favicon.ico"));
    void (*page)(struct web *, struct answer *) = str_eq(path, STR("/health"))       ? health
                                                  : str_eq(path, STR("/metrics"))    ? metrics
                                                  : str_eq(path, STR("/robots.txt")) ? robots
                                                                                     : NULL;

    if (w->target.lang != LANG_IT || (page == NULL && !is_asset && !is_icon))
        return false;
    if (is_asset || is_icon)
        a = is_icon ? find_icon() : asset_at(path);
    if (w->target.has_last_slash || (page == NULL && a == NULL) ||
        (page == metrics && came_through_proxy(w))) {
        error_write(w, 404);
        answer_finish(w, out);
    } else if (!is_reading(w)) {
        error_write(w, 405);
        answer_header(out, STR("Allow"), STR("GET, HEAD"));
        answer_finish(w, out);
    } else if (page != NULL) {
        page(w, out);
    } else {
        asset(w, a, is_asset, out);
    }
    return true;
}

/* answer.c - one request from its target to its answer: language, row, access, form, transaction,
 * handler, page of the status. */
#include "base/log.h"
#include "web/answer_head.h"
#include "web/error_page.h"
#include "web/form_token.h"
#include "web/inside.h"
#include "web/own_pages.h"
#include "web/page.h"
#include "web/throttle.h"
#include "base/clock.h"
#include <setjmp.h>
#include <string.h>
#include <strings.h>

/* ---- the handler, with its memory bounded ---- */

/* Out of memory jumps to here, over frames of the handler and of db_run but of nothing else. */
static enum status run_handler(struct web *w)
{
    jmp_buf trap;
    jmp_buf *const before = arena_trap(w->ctx.mem, &trap);
    volatile enum status st = ST_BUSY;

    if (setjmp(trap) == 0)
        st = w->route->handler(w);
    else
        metrics_event(w->app->metrics, EVENT_OUT_OF_MEMORY);
    arena_trap(w->ctx.mem, before);
    w->ctx.tx = NULL;
    return st;
}

static enum status run_reading(struct web *w)
{
    struct db_tx *tx;
    enum status st = db_read_begin(w->app->o.db, &tx);

    if (st != ST_OK)
        return st;
    w->ctx.tx = tx;
    st = run_handler(w);
    db_read_end(tx);
    return st;
}

struct write_job {
    struct web *w;
    enum status handler;
};

/* On the writer thread, perhaps twice: what an earlier run wrote into the answer is gone. */
static enum status write_job(struct db_tx *tx, void *arg)
{
    struct write_job *j = arg;

    web_clear(j->w);
    j->w->ctx.problems = problems_new(j->w->ctx.mem);
    j->w->ctx.tx = tx;
    if (j->w->is_late)
        fail(&j->w->ctx, ST_INVALID, "web.form-late");
    j->handler = run_handler(j->w);
    /* Whatever a late form's handler did is undone; only the form shown again may be sent. */
    if (j->w->is_late && (j->handler != ST_OK || j->w->code < 400))
        return j->handler = ST_DENIED;
    /* A form shown again (422) is an answer, but what was done for it is undone, unless its handler kept it. */
    return j->handler == ST_OK && j->w->code >= 400 && (j->w->is_late || !j->w->keeps_written) ? ST_INVALID : j->handler;
}

static enum status run_writing(struct web *w)
{
    struct write_job j = {w, ST_BUSY};
    const enum status st = db_write(w->app->o.db, write_job, &j);

    if (st == ST_INVALID && j.handler == ST_OK)
        return ST_OK;
    return st;
}

static enum status run(struct web *w)
{
    switch (w->route->tx) {
    case TX_READ:
        return run_reading(w);
    case TX_WRITE:
        return run_writing(w);
    case TX_NONE:
        break;
    }
    return run_handler(w);
}

/* ---- what stands before it ---- */

static bool is_type(struct str header, const char *z)
{
    const size_t n = strlen(z);

    return header.n >= n && strncasecmp(header.p, z, n) == 0 &&
           (header.n == n || header.p[n] == ';' || header.p[n] == ' ');
}

/* A program is told why; a page has its own words for the code. */
static int refuse_body(struct web *w, int code)
{
    const long long most = web_body_limit(w->app, w->ctx.mem, w->in) / 1024;

    if (w->is_asking && code == 413)
        problems_add(&w->ctx.problems, "", "web.body-too-large", str_fmt(w->ctx.mem, "%lld", most));
    else if (w->is_asking)
        problems_add(&w->ctx.problems, "", "web.body-type", STR(""));
    return code;
}

/* The HTTP code of the refusal, or 0. */
static int read_form(struct web *w)
{
    const struct str type = incoming_header(w->in, "Content-Type");
    enum status st = ST_OK;

    if (w->in->is_too_large)
        return refuse_body(w, 413);
    if (w->in->body.n == 0)
        return 0;
    if (incoming_header(w->in, "Content-Encoding").n > 0)
        return refuse_body(w, 415);
    if (is_type(type, "application/x-www-form-urlencoded"))
        st = pairs_urlencoded(w->ctx.mem, w->in->body, PAIRS_MAX, &w->form);
    else if (is_type(type, "multipart/form-data"))
        st = pairs_multipart(w->ctx.mem, type, w->in->body, PAIRS_MAX, &w->form);
    else if (w->is_asking && is_type(type, "application/json"))
        st = str_is_utf8(w->in->body) ? ST_OK : fail(&w->ctx, ST_INVALID, "web.body-not-text");
    else
        return refuse_body(w, 415);
    return st == ST_OK ? 0 : error_code(st);
}

static struct str after_scheme(struct str origin)
{
    return str_starts(origin, STR("https://"))  ? str_from(origin, 8)
           : str_starts(origin, STR("http://")) ? str_from(origin, 7)
                                                : (struct str){"", 0};
}

/* Said by the browser itself, in a header that a forged post cannot write. */
static bool is_said_to_be_ours(struct web *w)
{
    return str_eq(incoming_header(w->in, "Sec-Fetch-Site"), STR("same-origin")) ||
           incoming_header(w->in, "Origin").n > 0;
}

/* What the browser says of where the form comes from: a forged post cannot change it. Browsers too
 * old to say so are left to the token. */
static bool comes_from_us(struct web *w)
{
    const struct str site = incoming_header(w->in, "Sec-Fetch-Site"),
                     origin = incoming_header(w->in, "Origin");

    if (site.n > 0 && !str_eq(site, STR("same-origin")) && !str_eq(site, STR("none")))
        return false;
    if (origin.n == 0)
        return true;
    if (w->app->o.origin != NULL)
        return str_eq_z(origin, w->app->o.origin);
    const struct str host = after_scheme(origin), ours = incoming_header(w->in, "Host");

    return host.n > 0 && host.n == ours.n && strncasecmp(host.p, ours.p, ours.n) == 0;
}

static int check_post(struct web *w)
{
    const int code = read_form(w);

    if (code != 0 || (w->is_asking && !w->route->asks_only))
        return code;
    if (!comes_from_us(w)) {
        fail(&w->ctx, ST_DENIED, "web.form-from-elsewhere");
        return 403;
    }
    if (w->route->asks_only)
        return 0;
    if (form_token_check(w->ctx.mem, w->app->o.token_key, w->cookie, web_field(w, PAGE_TOKEN_FIELD),
                         w->ctx.now_ms, &w->nonce))
        return 0;
    /* Nothing typed is lost: a form left open too long comes back as it was, with a fresh token. */
    w->is_late = is_said_to_be_ours(w) && w->route->tx == TX_WRITE;
    if (!w->is_late) {
        fail(&w->ctx, ST_DENIED, "web.form-expired");
        return 403;
    }
    return 0;
}

static enum status check_access(struct web *w)
{
    if (w->app->decide != NULL)
        return w->app->decide(w->app->decide_arg, w, w->route, &w->actor);
    return w->route->who == ANYONE ? ST_OK : ST_DENIED;
}

/* "/territorio/" is found at "/territorio": one page, one address. */
static void redirect_slash(struct web *w, struct answer *out)
{
    struct buf b = buf_new(w->ctx.mem, 256);
    struct str path = w->in->target;

    path = str_cut(&path, '?');
    while (path.n > 1 && path.p[path.n - 1] == '/')
        path.n--;
    buf_str(&b, path);
    if (w->target.query.n > 0) {
        buf_char(&b, '?');
        buf_str(&b, w->target.query);
    }
    web_clear(w);
    web_set_code(w, 308);
    w->location = buf_view(&b);
    out->place = METRICS_NOWHERE;
}

static void refuse_method(struct web *w, struct answer *out)
{
    const bool gets = w->match.route[GET] != NULL, posts = w->match.route[POST] != NULL;

    error_write(w, 405);
    answer_header(out, STR("Allow"),
                  gets && posts ? STR("GET, HEAD, POST")
                  : gets        ? STR("GET, HEAD")
                                : STR("POST"));
}

/* A finished page that still holds. The version is asked for before anything is read: a page that
 * saw newer data than it says is thrown away, never the other way round. */
static struct kept *find_kept(struct web *w)
{
    if (w->app->kept == NULL || w->is_posting || w->route->cache == CACHE_NEVER ||
        w->actor.account_id != 0)
        return NULL;
    w->kept_key = answer_key(w);
    if (w->kept_key.n == 0)
        return NULL;
    w->kept_version = db_data_version(w->app->o.db);
    return kept_find(w->app->kept, w->kept_key, w->kept_version);
}

/* Everything that happens once a row is known. True when the whole answer is in out. */
static bool serve_row(struct web *w, struct answer *out)
{
    enum status st = check_access(w);
    struct kept *kept = st == ST_OK ? find_kept(w) : NULL;

    if (kept != NULL) {
        answer_kept(w, kept, out);
        return true;
    }
    const int refused = st == ST_OK && w->is_posting ? check_post(w) : 0;

    if (st == ST_OK && refused == 0)
        st = run(w);
    if (refused != 0)
        error_write(w, refused);
    else if (st != ST_OK)
        error_write(w, error_code(st));
    return false;
}

/* What programs ask costs points; who has none left is told when to come back. */
static void serve_counted(struct web *w, struct answer *out)
{
    const struct throttle_turn turn = throttle_take(w->app->throttle, w->in, w->route, clock_mono_us());

    if (turn.is_refused) {
        w->retry_s = turn.retry_s;
        error_write(w, 429);
    }
    if (turn.is_refused || !serve_row(w, out))
        answer_finish(w, out);
    throttle_headers(w->ctx.mem, &turn, out);
}

static bool find_row(struct web *w, struct answer *out)
{
    const bool is_get = str_eq(w->in->method, STR("GET")) || str_eq(w->in->method, STR("HEAD"));

    w->is_posting = str_eq(w->in->method, STR("POST"));
    if (!router_find(w->app->router, w->target.segments, w->target.n_segments, &w->match)) {
        error_write(w, 404);
        return false;
    }
    if (w->target.has_last_slash) {
        redirect_slash(w, out);
        return false;
    }
    if (is_get)
        w->route = w->match.route[GET];
    else if (w->is_posting)
        w->route = w->match.route[POST];
    if (w->route == NULL) {
        refuse_method(w, out);
        return false;
    }
    w->is_asking = w->is_posting && w->route->tx == TX_READ;
    out->place = w->match.index[w->route->method];
    return true;
}

static void begin(struct web *w, struct web_app *app, struct arena *mem, const struct incoming *in)
{
    *w = (struct web){.app = app, .in = in, .actor = actor_anyone};
    w->ctx = ctx_new(mem, &w->actor, LANG_IT);
    w->out = buf_new(mem, 4096);
    web_clear(w);
}

/* turned_away: the code of who cannot be served now, or 0. */
static void answer_all(struct web_app *app, struct arena *mem, const struct incoming *in,
                       int turned_away, struct answer *out)
{
    struct web *w = ARENA_NEW(mem, struct web);

    begin(w, app, mem, in);
    out->place = METRICS_NOWHERE;
    enum status st = target_read(mem, in->target, &w->target);

    w->ctx.lang = w->target.lang;
    w->cookie = cookie_find(in, cookie_full_name(app, mem, "form"));
    if (st == ST_OK)
        st = pairs_urlencoded(mem, w->target.query, PAIRS_QUERY_MAX, &w->query);
    if (st != ST_OK) {
        w->target.n_segments = 0;
        w->target.path = STR("/");
        out->place = METRICS_REFUSED;
        error_write(w, st == ST_TOO_LARGE ? 414 : 400);
    } else if (turned_away != 0) {
        out->place = METRICS_REFUSED;
        error_write(w, turned_away);
    } else if (own_page(w, out)) {
        return;
    } else if (find_row(w, out)) {
        serve_counted(w, out);
        return;
    }
    answer_finish(w, out);
}

static void answer_within(struct web_app *app, struct arena *mem, const struct incoming *in,
                          int turned_away, struct answer *out)
{
    jmp_buf trap;

    *out = (struct answer){0};
    arena_trap(mem, &trap);
    if (setjmp(trap) == 0) {
        answer_all(app, mem, in, turned_away, out);
        arena_trap(mem, NULL);
        return;
    }
    /* The page outgrew its memory: all of it goes, a small one takes its place. */
    const int place = out->place;

    arena_trap(mem, NULL);
    arena_reset(mem);
    kept_release(out->kept);
    log_event(LOG_WARN, "request-out-of-memory",
              LOG_Z("route", metrics_place_name(app->metrics, place)), LOG_END);
    *out = (struct answer){.place = place};
    answer_plain(mem, out, 503, "web.busy-title", "web.busy-text");
}

int64_t web_body_limit(const struct web_app *app, struct arena *mem, const struct incoming *in)
{
    int64_t most = app->o.limits.max_body_bytes;
    struct router_match match;
    struct target target;

    if (str_eq(in->method, STR("POST")) && target_read(mem, in->target, &target) == ST_OK &&
        router_find(app->router, target.segments, target.n_segments, &match) && match.route[POST] != NULL &&
        match.route[POST]->body_kb * 1024LL > most)
        most = match.route[POST]->body_kb * 1024LL;
    return most;
}

void web_answer(struct web_app *app, struct arena *mem, const struct incoming *in,
                struct answer *out)
{
    answer_within(app, mem, in, 0, out);
}

void web_turn_away(struct web_app *app, struct arena *mem, const struct incoming *in, int code,
                   struct answer *out)
{
    metrics_event(app->metrics, EVENT_TURNED_AWAY);
    answer_within(app, mem, in, code, out);
}

/* exchange_check.c - a feed is read as if it came in, and what is wrong is told instead. */
#include "exchange_check.h"
#include "base/unzip.h"
#include "features/feeds/feeds_pull.h"
#include "web/outbound.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_PAGES = 5, PAGE_BYTES = 8 * 1024 * 1024, FILE_BYTES = 256 * 1024 * 1024, FETCH_MS = 8000 };

struct checking {
    const struct check_ask *a;
    struct check_report *out;
    struct ctx c;
    struct import_run run;
    struct feeds_pull *pull;
    json_t *around;
};

/* ---- what was found ---- */

static void note(struct checking *x, enum check_level level, const struct problem *p)
{
    struct check_report *r = x->out;
    const struct str field = str_of(p->field);
    int n_alike = 0, last = -1;

    r->n_errors += level == CHECK_ERROR;
    r->n_warnings += level == CHECK_WARNING;
    r->n_advice += level == CHECK_ADVICE;
    for (int i = 0; i < r->n_lines; i++)
        if (r->lines[i].level == level && strcmp(r->lines[i].key, p->key) == 0 && str_eq(r->lines[i].field, field)) {
            n_alike++;
            last = i;
        }
    if (n_alike >= CHECK_MOST_ALIKE || (r->n_lines == CHECK_MOST_LINES && last >= 0)) {
        r->lines[last].n++;
        return;
    }
    if (r->n_lines < CHECK_MOST_LINES)
        r->lines[r->n_lines++] =
            (struct check_line){level, p->row, str_copy(x->a->mem, field), p->key, str_copy(x->a->mem, p->value), 1};
}

static void on_refused(struct import_run *run, const struct problem *p)
{
    note(run->ui, CHECK_ERROR, p);
}

static void on_noticed(struct import_run *run, const struct problem *p)
{
    note(run->ui, CHECK_WARNING, p);
}

static void on_progress(struct import_run *run, int64_t done, int64_t total)
{
    (void)run;
    (void)done;
    (void)total;
}

static void on_say(struct import_run *run, struct str line)
{
    (void)run;
    (void)line;
}

static void advise(struct checking *x, const char *field, const char *key)
{
    note(x, CHECK_ADVICE, &(struct problem){field, key, STR(""), x->run.n_read});
}

static bool has_any(const json_t *tree, const char *name)
{
    return json_array_size(json_object_get(tree, name)) > 0;
}

/* Telephones and hours may hang on the service, on where it is, on its organisation. */
static bool has_somewhere(const json_t *service, const char *name)
{
    const json_t *ats = json_object_get(service, "service_at_locations"), *at;
    size_t i;

    if (has_any(service, name) || has_any(json_object_get(service, "organization"), name))
        return true;
    json_array_foreach(ats, i, at) if (has_any(at, name) || has_any(json_object_get(at, "location"), name)) return true;
    return false;
}

static json_t *look(void *arg, json_t *tree)
{
    enum { SHORT = 80 };
    struct checking *x = arg;
    const char *words = json_string_value(json_object_get(tree, "description"));

    if (json_object_get(tree, "status") == NULL)
        return json_incref(tree);
    x->out->n_services++;
    if (!has_somewhere(tree, "phones"))
        advise(x, "phones", "exchange.advice-phones");
    if (!has_somewhere(tree, "schedules"))
        advise(x, "schedules", "exchange.advice-hours");
    if (words == NULL || strlen(words) < SHORT)
        advise(x, "description", "exchange.advice-description");
    if (json_object_get(tree, "assured_date") == NULL)
        advise(x, "assured_date", "exchange.advice-assured");
    return json_incref(tree);
}

static void on_envelope(void *arg, const json_t *tree)
{
    struct checking *x = arg;

    json_decref(x->around);
    x->around = json_incref((json_t *)tree);
}

/* ---- pages of an API, or bytes ---- */

static enum status open_pages(struct checking *x)
{
    const struct feeds_pull_ask ask = {.run = &x->run, .source = STR("hsds:check"), .identity = STR(""), .look = look,
                                       .envelope = on_envelope, .arg = x, .skips_refused = true};

    return feeds_pull_open(&ask, &x->pull);
}

static void check_bytes(struct checking *x, struct str bytes)
{
    enum status st = open_pages(x);

    if (st == ST_OK)
        st = feeds_pull_page(x->pull, bytes);
    if (st == ST_OK)
        st = feeds_pull_end(x->pull, true);
    if (st != ST_OK && st != ST_INVALID)
        x->out->why = str_of(status_name(st));
    feeds_pull_close(x->pull);
}

static enum status fetch(struct checking *x, struct str url, struct str *out)
{
    const struct outside *world = x->a->outside;
    const struct outbound o = {.allow = world->allow, .max_bytes = PAGE_BYTES, .timeout_ms = FETCH_MS, .lets_loopback = world->lets_loopback};
    struct outbound_reply reply;
    const enum status st = outbound_get(&o, str_z(x->a->mem, url), x->a->mem, &reply, &x->out->why);

    *out = reply.body;
    return st;
}

static bool is_root(struct str bytes)
{
    json_t *tree = json_loadb(bytes.p, bytes.n < 65536 ? bytes.n : 0, 0, NULL);
    const bool is = json_object_get(tree, "openapi_url") != NULL;

    json_decref(tree);
    return is;
}

/* The first pages tell what kind of faults there are. */
static void check_api(struct checking *x, struct str base)
{
    enum status st = open_pages(x);
    struct str bytes;

    while (base.n > 0 && base.p[base.n - 1] == '/')
        base.n--;
    for (int page = 1; st == ST_OK && page <= MOST_PAGES; page++) {
        st = fetch(x, str_fmt(x->a->mem, "%.*s/services?page=%d&full=true", (int)base.n, base.p, page), &bytes);
        if (st != ST_OK && page == 1)
            st = fetch(x, str_fmt(x->a->mem, "%.*s/services", (int)base.n, base.p), &bytes);
        if (st == ST_OK)
            st = feeds_pull_page(x->pull, bytes);
        if (!json_is_false(json_object_get(x->around, "last_page")))
            break;
    }
    if (st == ST_OK)
        feeds_pull_end(x->pull, false);
    feeds_pull_close(x->pull);
}

/* ---- files ---- */

static void check_file(struct checking *x, const char *file)
{
    x->run.file = file;
    const enum status st = feeds_take_file(&x->run, &(struct feeds_file_ask){.kind = "hsds", .source = "check", .skips_refused = true});

    if (st != ST_OK && st != ST_INVALID)
        x->out->why = st == ST_NOT_FOUND ? STR("it cannot be read") : str_of(status_name(st));
}

/* Bytes that are a package are put where a package is read from. */
static void check_as_file(struct checking *x, struct str bytes)
{
    char folder[] = "/tmp/wecare-check-XXXXXX";

    if (mkdtemp(folder) == NULL) {
        x->out->why = STR("there is no room for a temporary folder");
        return;
    }
    const char *file = str_fmt(x->a->mem, "%s/check.zip", folder).p;
    const int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    size_t done = 0;

    for (ssize_t n = 1; fd >= 0 && n > 0 && done < bytes.n; done += n > 0 ? (size_t)n : 0)
        n = write(fd, bytes.p + done, bytes.n - done);
    if (fd >= 0)
        close(fd);
    if (done == bytes.n)
        check_file(x, file);
    unlink(file);
    rmdir(folder);
}

static bool is_address(const char *what)
{
    return what != NULL && (strncmp(what, "https://", 8) == 0 || strncmp(what, "http://", 7) == 0);
}

static void check_all(struct checking *x)
{
    const char *what = x->a->what;
    struct str bytes = x->a->bytes;

    if (what != NULL && !is_address(what)) {
        if (x->a->lets_files)
            check_file(x, what);
        else
            x->out->why = STR("it is no address: it must begin with https://");
        return;
    }
    if (what != NULL && x->a->outside == NULL)
        x->out->why = STR("this portal asks nobody outside");
    if (what != NULL && (x->a->outside == NULL || fetch(x, str_of(what), &bytes) != ST_OK))
        return;
    if (unzip_is_zip(bytes))
        check_as_file(x, bytes);
    else if (what != NULL && is_root(bytes))
        check_api(x, str_of(what));
    else
        check_bytes(x, bytes);
}

void exchange_check(const struct check_ask *a, struct check_report *out)
{
    struct checking x = {.a = a, .out = out};
    struct db_tx *tx = a->c == NULL ? NULL : a->c->tx;

    *out = (struct check_report){.what = a->what == NULL ? STR("") : str_of(a->what)};
    if (a->c == NULL && db_read_begin(a->db, &tx) != ST_OK) {
        out->why = STR("the database cannot be read");
        return;
    }
    x.c = ctx_new(a->mem, &actor_anyone, a->lang);
    x.c.tx = tx;
    x.run = (struct import_run){.c = &x.c, .is_dry_run = true, .checks_only = true, .progress = on_progress, .say = on_say,
                                .refused = on_refused, .noticed = on_noticed, .ui = &x};
    check_all(&x);
    out->n_rows = x.run.n_read;
    if (a->c == NULL)
        db_read_end(tx);
    json_decref(x.around);
}

/* ---- in words ---- */

const char *exchange_check_verdict(const struct check_report *r)
{
    if (r->why.n > 0)
        return "exchange.verdict-unread";
    if (r->n_errors > 0)
        return "exchange.verdict-errors";
    if (r->n_rows == 0)
        return "exchange.verdict-empty";
    return r->n_warnings > 0 ? "exchange.verdict-warnings" : r->n_advice > 0 ? "exchange.verdict-advice" : "exchange.verdict-good";
}

struct str exchange_check_words(struct arena *mem, const struct check_line *l, enum lang lang)
{
    const struct text_arg value = {"value", l->value};

    return text_fill(mem, text_get(lang, l->key), &value, 1);
}

static void put_lines(struct buf *b, struct arena *mem, const struct check_report *r, enum check_level level, enum lang lang)
{
    static const char *const titles[] = {NULL, "exchange.check-errors", "exchange.check-warnings", "exchange.check-advice"};
    bool is_first = true;

    for (int i = 0; i < r->n_lines; i++) {
        const struct check_line *l = &r->lines[i];
        const struct str words = exchange_check_words(mem, l, lang);
        const struct text_arg n[] = {{"n", str_fmt(mem, "%lld", (long long)(l->n - 1))}}, row[] = {{"row", str_fmt(mem, "%lld", (long long)l->row)}};

        if (l->level != level)
            continue;
        if (is_first)
            buf_fmt(b, "\n%.*s\n", (int)text_get(lang, titles[level]).n, text_get(lang, titles[level]).p);
        is_first = false;
        buf_z(b, "  ");
        if (l->row > 0) {
            buf_str(b, text_fill(mem, text_get(lang, "exchange.check-row"), row, 1));
            buf_z(b, ": ");
        }
        buf_fmt(b, "%.*s%s%.*s\n", (int)l->field.n, l->field.p, l->field.n > 0 ? ": " : "", (int)words.n, words.p);
        if (l->n > 1) {
            buf_z(b, "    ");
            buf_str(b, text_fill(mem, text_get(lang, "exchange.check-more"), n, 1));
            buf_char(b, '\n');
        }
    }
}

struct str exchange_check_text(struct arena *mem, const struct check_report *r, enum lang lang)
{
    struct buf b = buf_new(mem, 4096);
    const struct str verdict = text_get(lang, exchange_check_verdict(r));
    const struct text_arg counts[] = {{"rows", str_fmt(mem, "%lld", (long long)r->n_rows)},
                                      {"errors", str_fmt(mem, "%lld", (long long)r->n_errors)},
                                      {"warnings", str_fmt(mem, "%lld", (long long)r->n_warnings)},
                                      {"advice", str_fmt(mem, "%lld", (long long)r->n_advice)}};

    buf_str(&b, verdict);
    if (r->why.n > 0)
        buf_fmt(&b, "\n  %.*s", (int)r->why.n, r->why.p);
    buf_char(&b, '\n');
    buf_str(&b, text_fill(mem, text_get(lang, "exchange.check-counts"), counts, 4));
    buf_char(&b, '\n');
    put_lines(&b, mem, r, CHECK_ERROR, lang);
    put_lines(&b, mem, r, CHECK_WARNING, lang);
    put_lines(&b, mem, r, CHECK_ADVICE, lang);
    return buf_view(&b);
}

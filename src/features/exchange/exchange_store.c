/* exchange_store.c - the only file that touches the tables of exchange. */
#include "exchange_store.h"
#include "base/random.h"
#include "core/jobs/jobs.h"
#include "exchange_feature.h"
#include "exchange_sql.h"
#include <string.h>

static const char *const kinds[] = {NULL, "portal", "hsds", "file"};

const char *exchange_kind_name(enum exchange_kind k)
{
    return kinds[k];
}

enum exchange_kind exchange_kind_of(struct str name)
{
    for (int i = EXCHANGE_PORTAL; i <= EXCHANGE_FILE; i++)
        if (str_eq_z(name, kinds[i]))
            return (enum exchange_kind)i;
    return 0;
}

enum status exchange_feeds(struct ctx *c, struct exchange_feed **out, int *n_out)
{
    struct exchange_feeds_row *rows;
    int n = 0;
    const enum status st = exchange_sql_feeds(c, &rows, &n);

    *n_out = 0;
    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct exchange_feed, (size_t)n);
    for (int i = 0; i < n; i++)
        (*out)[(*n_out)++] = (struct exchange_feed){.feed_id = rows[i].feed_id,
                                                    .name = rows[i].name,
                                                    .kind = exchange_kind_of(rows[i].kind),
                                                    .url = rows[i].url,
                                                    .mapping = rows[i].mapping,
                                                    .every_s = rows[i].every_s,
                                                    .read_to = rows[i].read_to,
                                                    .whole_at = rows[i].whole_at,
                                                    .added_at = rows[i].added_at};
    return ST_OK;
}

enum status exchange_feed(struct ctx *c, struct str name, struct exchange_feed *out)
{
    struct exchange_feed *list;
    int n;
    const enum status st = exchange_feeds(c, &list, &n);

    for (int i = 0; st == ST_OK && i < n; i++)
        if (str_eq(list[i].name, name)) {
            *out = list[i];
            return ST_OK;
        }
    return st == ST_OK ? ST_NOT_FOUND : st;
}

enum status exchange_pulls(struct ctx *c, int64_t feed_id, int limit, struct exchange_pull **out, int *n_out)
{
    struct exchange_pulls_row *rows;
    int n = 0;
    const enum status st = exchange_sql_pulls(c, &(struct exchange_pulls_in){feed_id, limit}, &rows, &n);

    *n_out = 0;
    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct exchange_pull, (size_t)n);
    for (int i = 0; i < n; i++)
        (*out)[(*n_out)++] =
            (struct exchange_pull){rows[i].began_at, rows[i].ended_at,  rows[i].state,  rows[i].why,    rows[i].n_read,    rows[i].n_added,
                                   rows[i].n_changed, rows[i].n_same, rows[i].n_gone, rows[i].n_refused, rows[i].n_own};
    return ST_OK;
}

enum status exchange_refusals(struct ctx *c, int64_t feed_id, int limit, struct exchange_refusal **out, int *n_out)
{
    struct exchange_refusals_row *rows;
    int n = 0;
    const enum status st = exchange_sql_refusals(c, &(struct exchange_refusals_in){feed_id, limit}, &rows, &n);

    *n_out = 0;
    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct exchange_refusal, (size_t)n);
    for (int i = 0; i < n; i++)
        (*out)[(*n_out)++] = (struct exchange_refusal){rows[i].row_no, rows[i].field, rows[i].message, rows[i].value};
    return ST_OK;
}

/* ---- writing ---- */

static bool is_name(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !(s.p[i] >= '0' && s.p[i] <= '9') && (i == 0 || s.p[i] != '-'))
            return false;
    return s.n > 0 && s.n <= 40;
}

enum status exchange_add(struct ctx *c, const struct exchange_feed *f)
{
    enum { LEAST_S = 1, MOST_S = 30 * 24 * 3600 };
    const struct exchange_feed_add_in in = {
        .name = f->name, .kind = str_of(exchange_kind_name(f->kind)), .url = f->url, .mapping = f->mapping, .every_s = f->every_s, .added_at = c->now_ms};
    int64_t n = 0;

    if (!is_name(f->name))
        problems_add(&c->problems, "name", "exchange.bad-name", f->name);
    if (!str_starts(f->url, STR("https://")) && !str_starts(f->url, STR("http://")))
        problems_add(&c->problems, "url", "exchange.bad-url", f->url);
    if (f->every_s < LEAST_S || f->every_s > MOST_S)
        problems_add(&c->problems, "every", "exchange.bad-every", STR(""));
    if (c->problems.n > 0)
        return ST_INVALID;
    enum status st = exchange_sql_feed_add(c, &in, &n);

    if (st == ST_OK && n == 0)
        return ST_CONFLICT;
    return st == ST_OK ? jobs_add(c, exchange_job_name, f->name, 0) : st;
}

enum status exchange_remove(struct ctx *c, struct str name)
{
    struct exchange_feed f;
    enum status st = exchange_feed(c, name, &f);

    if (st != ST_OK)
        return st;
    st = jobs_remove(c, exchange_job_name, name);
    if (st == ST_OK || st == ST_NOT_FOUND)
        st = exchange_sql_refusal_drop(c, &(struct exchange_refusal_drop_in){f.feed_id}, NULL);
    if (st == ST_OK)
        st = exchange_sql_pull_drop(c, &(struct exchange_pull_drop_in){f.feed_id, INT64_MAX}, NULL);
    return st == ST_OK ? exchange_sql_feed_drop(c, &(struct exchange_feed_drop_in){f.feed_id}, NULL) : st;
}

enum status exchange_own_id(struct ctx *c, struct str *out)
{
    struct exchange_portal_row r;
    enum status st = exchange_sql_portal(c, &r);

    if (st == ST_NOT_FOUND && !db_may_write(c->tx))
        return ST_UNAVAILABLE; /* the portal has not been started yet */
    if (st == ST_NOT_FOUND) {
        st = exchange_sql_portal_add(c, &(struct exchange_portal_add_in){random_uuid(c->mem, c->now_ms)}, NULL);
        if (st == ST_OK)
            st = exchange_sql_portal(c, &r);
    }
    if (st == ST_OK)
        *out = r.uuid;
    return st;
}

enum status exchange_store_read_to(struct ctx *c, const struct exchange_feed *f)
{
    return exchange_sql_feed_read_to(c, &(struct exchange_feed_read_to_in){f->feed_id, f->read_to, f->whole_at}, NULL);
}

static enum status keep_last(struct ctx *c, int64_t feed_id)
{
    struct exchange_pulls_row *rows;
    int n = 0;
    const enum status st = exchange_sql_pulls(c, &(struct exchange_pulls_in){feed_id, EXCHANGE_KEPT_PULLS}, &rows, &n);

    if (st != ST_OK || n < EXCHANGE_KEPT_PULLS)
        return st;
    return exchange_sql_pull_drop(c, &(struct exchange_pull_drop_in){feed_id, rows[n - 1].pull_id}, NULL);
}

enum status exchange_store_pull(struct ctx *c, int64_t feed_id, const struct exchange_pull *p, const struct exchange_refusal *list, int n)
{
    const struct exchange_pull_add_in in = {feed_id,   p->began_at,  p->ended_at, p->state,  p->why,       p->n_read,
                                            p->n_added, p->n_changed, p->n_same,   p->n_gone, p->n_refused, p->n_own};
    enum status st = exchange_sql_pull_add(c, &in, NULL);

    if (st == ST_OK && !str_eq_z(p->state, "same"))
        st = exchange_sql_refusal_drop(c, &(struct exchange_refusal_drop_in){feed_id}, NULL);
    for (int i = 0; st == ST_OK && i < n; i++)
        st = exchange_sql_refusal_add(
            c, &(struct exchange_refusal_add_in){feed_id, i, list[i].row, list[i].field, list[i].message, list[i].value}, NULL);
    return st == ST_OK ? keep_last(c, feed_id) : st;
}

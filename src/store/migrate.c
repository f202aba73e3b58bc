#include "store/migrate.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "store/ctx.h"
#include "store_sql.h"
#include <string.h>

static const char make_table[] = "CREATE TABLE IF NOT EXISTS store_migration ("
                                 " slice TEXT NOT NULL,"
                                 " number BIGINT NOT NULL,"
                                 " name TEXT NOT NULL,"
                                 " checksum TEXT NOT NULL,"
                                 " applied_at BIGINT NOT NULL,"
                                 " PRIMARY KEY (slice, number))";

struct applied {
    struct store_migration_list_row *rows;
    int n;
};

/* FNV-1a over the texts for both engines: an edit shows, and a database keeps its sums when it
 * moves from one engine to the other. */
static struct str checksum(struct arena *mem, const struct migration *m)
{
    uint64_t sum = 0xcbf29ce484222325u;

    for (int e = 0; e < ARRAY_LEN(m->forward); e++)
        for (const char *p = m->forward[e];; p++) {
            sum = (sum ^ (unsigned char)*p) * 0x100000001b3u;
            if (*p == '\0')
                break;
        }
    return str_fmt(mem, "%016llx", (unsigned long long)sum);
}

static const struct store_migration_list_row *applied_step(const struct applied *a,
                                                           const struct migration *m)
{
    for (int i = 0; i < a->n; i++)
        if (a->rows[i].number == m->number && str_eq_z(a->rows[i].slice, m->slice))
            return &a->rows[i];
    return NULL;
}

static enum status read_applied(struct ctx *c, struct applied *out)
{
    struct store_migration_table_row table;
    const enum status st = store_sql_migration_table(c, &table);

    *out = (struct applied){0};
    if (st != ST_OK || table.n == 0)
        return st;
    return store_sql_migration_list(c, &out->rows, &out->n);
}

static const struct migration *step_of(const struct migration *list, int n, struct str slice,
                                       int64_t number)
{
    for (int i = 0; i < n; i++)
        if (list[i].number == number && str_eq_z(slice, list[i].slice))
            return &list[i];
    return NULL;
}

static bool has_slice(const struct migration *list, int n, struct str slice)
{
    for (int i = 0; i < n; i++)
        if (str_eq_z(slice, list[i].slice))
            return true;
    return false;
}

/* A slice that the program does not have any more keeps its tables and is left alone. */
static enum status compare(struct arena *mem, const struct migration *list, int n,
                           const struct applied *a, struct migration_report *out)
{
    for (int i = 0; i < a->n; i++) {
        const struct store_migration_list_row *row = &a->rows[i];
        const struct migration *m = step_of(list, n, row->slice, row->number);

        if (m == NULL && has_slice(list, n, row->slice)) {
            out->why = str_fmt(mem,
                               "the database is newer than this program: it holds step %04d-%.*s "
                               "of %.*s, which this program does not know",
                               (int)row->number, (int)row->name.n, row->name.p, (int)row->slice.n,
                               row->slice.p);
            return ST_CONFLICT;
        }
        if (m != NULL && !str_eq(checksum(mem, m), row->checksum)) {
            out->why = str_fmt(mem,
                               "step %04d-%s of %s was edited after it had been applied: put it "
                               "back as it was and write a new step",
                               m->number, m->name, m->slice);
            return ST_CONFLICT;
        }
    }
    for (int i = 0; i < n; i++)
        out->n_pending += applied_step(a, &list[i]) == NULL;
    return ST_OK;
}

static enum status state_of(struct db *d, const struct migration *list, int n, struct arena *mem,
                            struct applied *a, struct migration_report *out)
{
    struct ctx c = ctx_new(mem, &actor_keeper, LANG_IT);
    enum status st = db_read_begin(d, &c.tx);

    *out = (struct migration_report){.why = {"", 0}};
    if (st == ST_OK) {
        st = read_applied(&c, a);
        db_read_end(c.tx);
    }
    if (st != ST_OK) {
        out->why = STR("the table of applied steps cannot be read");
        return st;
    }
    return compare(mem, list, n, a, out);
}

enum status migrate_state(struct db *d, const struct migration *list, int n, struct arena *mem,
                          struct migration_report *out)
{
    struct applied a;

    return state_of(d, list, n, mem, &a, out);
}

/* ---- one step, one transaction ---- */

struct step {
    struct db *d;
    struct arena *mem;
    const struct migration *m;
    bool is_back;
    bool was_done; /* by another program that migrates at the same moment */
    struct str why;
};

static enum status record(struct ctx *c, const struct step *s)
{
    const struct str slice = str_of(s->m->slice);

    if (s->is_back)
        return store_sql_migration_remove(
            c, &(struct store_migration_remove_in){.slice = slice, .number = s->m->number}, NULL);
    return store_sql_migration_add(
        c, &(struct store_migration_add_in){.slice = slice, .number = s->m->number,
                                            .name = str_of(s->m->name),
                                            .checksum = checksum(s->mem, s->m),
                                            .at = clock_now_ms()}, NULL);
}

static enum status step_job(struct db_tx *tx, void *arg)
{
    struct step *s = arg;
    const enum db_engine e = db_engine_of(s->d);
    struct ctx c = ctx_new(s->mem, &actor_keeper, LANG_IT);
    struct applied a = {0};
    enum status st;

    c.tx = tx;
    /* Two programs that start at once: a long write alone waits for the other's (postgres.c takes a
     * lock of the whole database), and the second then finds the step done. */
    st = db_exec(tx, make_table);
    if (st == ST_OK)
        st = read_applied(&c, &a);
    s->was_done = st == ST_OK && (applied_step(&a, s->m) == NULL) == s->is_back;
    if (st != ST_OK || s->was_done)
        return st;
    st = db_exec(tx, s->is_back ? s->m->back[e] : s->m->forward[e]);
    if (st == ST_OK && fault_hit("store.migrate"))
        st = ST_UNAVAILABLE;
    if (st == ST_OK)
        st = record(&c, s);
    if (st != ST_OK)
        s->why = str_copy(s->mem, db_error(tx));
    return st;
}

static enum status take_step(struct db *d, const struct migration *m, bool is_back,
                             struct arena *mem, struct migration_report *out)
{
    struct step s = {.d = d, .mem = mem, .m = m, .is_back = is_back, .why = {"", 0}};
    const enum status st = db_write_alone(d, step_job, &s);

    if (st != ST_OK) {
        out->why = str_fmt(mem, "step %04d-%s of %s%s: %s %.*s", m->number, m->name, m->slice,
                           is_back ? ", on its way back" : "", status_name(st), (int)s.why.n,
                           s.why.p);
        return st;
    }
    log_event(LOG_INFO, is_back ? "migration-undone" : "migration-applied",
              LOG_Z("slice", m->slice), LOG_INT("number", m->number), LOG_Z("name", m->name),
              LOG_END);
    out->n_applied += !is_back && !s.was_done;
    out->n_undone += is_back && !s.was_done;
    return ST_OK;
}

enum status migrate_forward(struct db *d, const struct migration *list, int n, struct arena *mem,
                            struct migration_report *out)
{
    struct applied a;
    enum status st = state_of(d, list, n, mem, &a, out);

    for (int i = 0; st == ST_OK && i < n; i++)
        if (applied_step(&a, &list[i]) == NULL) {
            st = take_step(d, &list[i], false, mem, out);
            out->n_pending -= st == ST_OK;
        }
    return st;
}

static const struct migration *last_applied(const struct migration *list, int n, const char *slice,
                                            const struct applied *a, int below)
{
    const struct migration *last = NULL;

    for (int i = 0; i < n; i++)
        if (strcmp(list[i].slice, slice) == 0 && list[i].number < below &&
            applied_step(a, &list[i]) != NULL && (last == NULL || list[i].number > last->number))
            last = &list[i];
    return last;
}

enum status migrate_back(struct db *d, const struct migration *list, int n, const char *slice,
                         int n_steps, struct arena *mem, struct migration_report *out)
{
    struct applied a;
    enum status st = state_of(d, list, n, mem, &a, out);
    int below = 10000;

    for (int i = 0; st == ST_OK && i < n_steps; i++) {
        const struct migration *m = last_applied(list, n, slice, &a, below);

        if (m == NULL) {
            out->why = str_fmt(mem, "%s has no applied step to undo", slice);
            return ST_NOT_FOUND;
        }
        below = m->number;
        st = take_step(d, m, true, mem, out);
        out->n_pending += st == ST_OK;
    }
    return st;
}

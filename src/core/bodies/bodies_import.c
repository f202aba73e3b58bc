/*
 * bodies_import.c - an administrator's full list of which body serves which comune.
 *
 * The file is the whole truth about what was imported before: rows that it no longer has go. What
 * it says of a comune replaces what the reference says of that comune; of comuni it does not name
 * the reference still speaks. One refused row and nothing is changed.
 */
#include "base/sheet.h"
#include "core/bodies/bodies_store.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

const char bodies_memberships_help[] =
    "which managing body serves which comune: the full list, as CSV\n\n"
    "usage: wecare import memberships FILE [--dry-run]\n\n"
    "Columns: istat (6 digits, or the code of a hamlet), body (its code, MB32, or its whole name),\n"
    "source (where the list was read: required), from, to (days as 2021-01-01; empty: not known,\n"
    "still so). The file is the whole of what was imported before: rows that it no longer has go.\n"
    "What it says of a comune takes the place of what the program knew; comuni that it does not\n"
    "name keep what was known. Every difference is said. One refused row and nothing changes.\n";

enum { MAX_FILE_BYTES = 64 * 1024 * 1024 };

struct wanted {
    struct membership_put put;
    struct area area, body_area;
    int64_t line;
};

static enum status refuse(struct import_run *run, int64_t line, const char *column, const char *key, struct str value)
{
    problems_add_row(&run->c->problems, line, column, key, value);
    run->n_refused++;
    return ST_OK;
}

static enum status read_file(struct import_run *run, struct str *out)
{
    struct stat info;
    const int fd = open(run->file, O_RDONLY | O_CLOEXEC);

    if (fd < 0 || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size > MAX_FILE_BYTES) {
        if (fd >= 0)
            close(fd);
        problems_add(&run->c->problems, "", "bodies.import-file", str_of(run->file));
        return ST_INVALID;
    }
    char *p = arena_alloc(run->c->mem, (size_t)info.st_size + 1);
    size_t n = 0;

    for (ssize_t got = 1; got > 0 && n < (size_t)info.st_size; n += got > 0 ? (size_t)got : 0)
        got = read(fd, p + n, (size_t)info.st_size - n);
    close(fd);
    *out = (struct str){p, n};
    return ST_OK;
}

static enum status find_body_area(struct ctx *c, struct str typed, struct area *out)
{
    struct body_row *rows;
    int n = 0;
    enum status st = places_area_by_code(c, AREA_BODY_AREA, typed, out);

    if (st != ST_NOT_FOUND)
        return st;
    st = bodies_store_by_name(c, str_fold(c->mem, typed), &rows, &n);
    if (st != ST_OK)
        return st;
    return n == 1 ? places_area(c, rows[0].area_id, out) : ST_NOT_FOUND;
}

static bool read_day(struct import_run *run, const struct sheet *s, int row, const char *column, int *out)
{
    const struct str cell = sheet_cell(s, row, column);

    *out = day_parse(cell);
    if (cell.n == 0 || *out != DAY_NONE)
        return true;
    refuse(run, s->lines[row], column, "bodies.import-day", cell);
    return false;
}

/* What is wrong in a row is noted and counted; *out_good says whether there was nothing. */
static enum status read_row(struct import_run *run, const struct sheet *s, int row, struct wanted *w, bool *out_good)
{
    struct ctx *c = run->c;
    const struct str code = sheet_cell(s, row, "istat"), body = sheet_cell(s, row, "body");
    const int64_t n_refused = run->n_refused;
    enum status st = places_area_by_code(c, AREA_COMUNE, code, &w->area);

    *w = (struct wanted){.area = w->area, .line = s->lines[row]};
    if (st == ST_NOT_FOUND)
        st = places_area_by_code(c, AREA_HAMLET, code, &w->area);
    if (st == ST_NOT_FOUND)
        st = refuse(run, w->line, "istat", "bodies.import-area", code);
    if (st == ST_OK) {
        st = find_body_area(c, body, &w->body_area);
        if (st == ST_NOT_FOUND)
            st = refuse(run, w->line, "body", "bodies.import-body", body);
    }
    if (st != ST_OK)
        return st;
    w->put = (struct membership_put){.area_id = w->area.area_id,
                                     .in_id = w->body_area.area_id,
                                     .evidence = STR("import"),
                                     .source = sheet_cell(s, row, "source"),
                                     .as_of = sheet_cell(s, row, "as_of"),
                                     .is_import = true};
    read_day(run, s, row, "from", &w->put.from);
    read_day(run, s, row, "to", &w->put.to);
    if (w->put.from != DAY_NONE && w->put.to != DAY_NONE && w->put.to < w->put.from)
        refuse(run, w->line, "to", "bodies.import-order", sheet_cell(s, row, "to"));
    if (w->put.source.n == 0)
        refuse(run, w->line, "source", "bodies.import-source", STR(""));
    *out_good = run->n_refused == n_refused;
    return ST_OK;
}

static int first_day(const struct wanted *w)
{
    return w->put.from == DAY_NONE ? INT_MIN : w->put.from;
}

static int last_day(const struct wanted *w)
{
    return w->put.to == DAY_NONE ? INT_MAX : w->put.to;
}

static int by_area(const void *a, const void *b)
{
    const struct wanted *x = a, *y = b;

    if (x->put.area_id != y->put.area_id)
        return x->put.area_id < y->put.area_id ? -1 : 1;
    if (first_day(x) != first_day(y))
        return first_day(x) < first_day(y) ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

/* Two bodies for one comune on one day cannot both be right. */
static void refuse_overlaps(struct import_run *run, struct wanted *list, int n)
{
    if (n > 1)
        qsort(list, (size_t)n, sizeof *list, by_area);
    for (int i = 1; i < n; i++)
        if (list[i].put.area_id == list[i - 1].put.area_id && first_day(&list[i]) <= last_day(&list[i - 1]))
            refuse(run, list[i].line, "istat", "bodies.import-twice", list[i].area.code);
}

static void say(struct import_run *run, char sign, const struct wanted *w, struct str was)
{
    run->say(run, str_fmt(run->c->mem, "%c %.*s %.*s: %.*s %.*s%s%.*s%s", sign, (int)w->area.code.n, w->area.code.p,
                          (int)w->area.name.n, w->area.name.p, (int)w->body_area.code.n, w->body_area.code.p,
                          (int)w->body_area.name.n, w->body_area.name.p, was.n > 0 ? " (was " : "", (int)was.n,
                          was.n > 0 ? was.p : "", was.n > 0 ? ")" : ""));
}

/* Writes one row and says how the answer for its comune changes. */
static enum status take(struct import_run *run, const struct wanted *w)
{
    struct ctx *c = run->c;
    struct membership before;
    enum put_change change;
    enum status st = places_container(c, w->put.area_id, AREA_BODY_AREA, c->today, &before);
    const bool was_known = st == ST_OK;

    if (st == ST_OK || st == ST_NOT_FOUND)
        st = places_put_membership(c, &w->put, &change);
    if (st != ST_OK)
        return st;
    if (change == PUT_SAME) {
        run->n_same++;
    } else if (!was_known) {
        run->n_added++;
        say(run, '+', w, STR("not known"));
    } else if (before.in.area_id != w->put.in_id) {
        run->n_changed++;
        say(run, '~', w, before.in.name);
    } else {
        run->n_changed += change == PUT_CHANGED;
        run->n_added += change == PUT_ADDED;
        say(run, '=', w, STR("the same body, another source or other days"));
    }
    return ST_OK;
}

static bool is_wanted(const struct imported_membership *m, const struct wanted *list, int n)
{
    for (int i = 0; i < n; i++)
        if (list[i].put.area_id == m->area_id && list[i].put.in_id == m->in_id && list[i].put.from == m->from)
            return true;
    return false;
}

static enum status drop_gone(struct import_run *run, const struct wanted *list, int n)
{
    struct ctx *c = run->c;
    struct imported_membership *old;
    int n_old = 0;
    enum status st = places_imported_memberships(c, AREA_BODY_AREA, &old, &n_old);

    for (int i = 0; st == ST_OK && i < n_old; i++) {
        if (is_wanted(&old[i], list, n))
            continue;
        st = places_drop_membership(c, old[i].area_id, old[i].in_id, old[i].from);
        run->n_gone++;
        run->say(run, str_fmt(c->mem, "- %.*s %.*s: %.*s %.*s", (int)old[i].code.n, old[i].code.p, (int)old[i].name.n,
                              old[i].name.p, (int)old[i].in_code.n, old[i].in_code.p, (int)old[i].in_name.n,
                              old[i].in_name.p));
    }
    return st;
}

static enum status read_rows(struct import_run *run, const struct sheet *s, struct wanted *list, int *n_out)
{
    enum status st = ST_OK;

    *n_out = 0;
    for (int i = 0; st == ST_OK && i < s->n_rows; i++) {
        bool is_good = false;

        run->n_read++;
        st = read_row(run, s, i, &list[*n_out], &is_good);
        *n_out += is_good;
        if (i % 256 == 0)
            run->progress(run, i, s->n_rows);
    }
    return st;
}

enum status bodies_import_memberships(struct import_run *run)
{
    static const char *const needed[] = {"istat", "body", "source"};
    struct ctx *c = run->c;
    struct str bytes, why = {"", 0};
    struct sheet s;
    int n = 0;
    enum status st = read_file(run, &bytes);

    if (st == ST_OK && sheet_read(c->mem, bytes, &s, &why) != ST_OK) {
        problems_add(&c->problems, "", "bodies.import-table", why);
        st = ST_INVALID;
    }
    for (int i = 0; st == ST_OK && i < 3; i++)
        if (sheet_column(&s, needed[i]) < 0) {
            problems_add(&c->problems, needed[i], "bodies.import-column", str_of(needed[i]));
            st = ST_INVALID;
        }
    if (st != ST_OK)
        return st;
    struct wanted *list = ARENA_ARRAY(c->mem, struct wanted, (size_t)s.n_rows + 1);

    st = read_rows(run, &s, list, &n);
    if (st == ST_OK)
        refuse_overlaps(run, list, n);
    if (st == ST_OK && run->n_refused > 0)
        return ST_INVALID;
    if (st == ST_OK)
        st = drop_gone(run, list, n);
    for (int i = 0; st == ST_OK && i < n; i++)
        st = take(run, &list[i]);
    run->progress(run, s.n_rows, s.n_rows);
    return st;
}

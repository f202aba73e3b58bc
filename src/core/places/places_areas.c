/*
 * places_areas.c - wecare import areas FILE: partitions that an administrator draws: hamlets, valleys,
 * quarters, buildings, health districts, ASL.
 *
 * Each area that the file names is as the file says it is: comuni it no longer lists leave it. Areas
 * that the file does not name stay as they are. One refused row and nothing is changed.
 */
#include "base/csv.h"
#include "base/macros.h"
#include "core/places/places.h"
#include "core/places/places_feature.h"
#include <string.h>

const char places_areas_help[] =
    "areas of your own: hamlets, valleys, quarters, buildings, health districts, ASL\n\n"
    "usage: wecare import areas FILE [--dry-run]\n\n"
    "A CSV in UTF-8 with a row for each area and comune: kind (hamlet, free, health-district, asl), code\n"
    "(small letters, digits and hyphens, yours for good: val-chisone), name, istat (a comune of it; for a\n"
    "hamlet the comune it is part of), source (required), from and to (days as 2021-01-01, may be empty).\n"
    "An area that the file names is as the file says; those that it does not name stay. One refused row\n"
    "and nothing changes. The pages of each comune show the areas it lies in, with the source.\n";

static const char *const needed[] = {"kind", "code", "name", "istat", "source"};

struct wanted {
    enum area_kind kind;
    struct str code, name, source;
    int64_t comune_id, area_id;
    int from, to;
    int64_t line;
};

struct importing {
    struct import_run *run;
    struct ctx *c;
    struct wanted *list;
    int n, room;
    enum status st;
};

static bool refuse(struct importing *im, const struct csv_row *row, const char *field, const char *key, struct str value)
{
    im->run->n_refused++;
    problems_add_row(&im->c->problems, row->line, field, key, str_copy(im->c->mem, value));
    return false;
}

static bool is_code(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (memchr("abcdefghijklmnopqrstuvwxyz0123456789-", s.p[i], 37) == NULL)
            return false;
    return s.n > 0 && s.n <= 40 && s.p[0] != '-';
}

static bool read_day(struct importing *im, const struct csv_row *row, const char *column, int *out)
{
    const struct str cell = csv_cell(row, column);

    *out = day_parse(cell);
    return cell.n == 0 || *out != DAY_NONE || refuse(im, row, column, "places.area-day", cell);
}

/* The kinds that are drawn; the others have reference tables and imports of their own. */
static enum area_kind drawn_kind(struct str name)
{
    const enum area_kind kind = places_kind_of(name);

    return kind == AREA_HAMLET || kind == AREA_FREE || kind == AREA_HEALTH_DISTRICT || kind == AREA_ASL ? kind : 0;
}

static const struct wanted *earlier(const struct importing *im, const struct wanted *w, bool same_comune)
{
    for (int i = 0; i < im->n; i++)
        if (im->list[i].kind == w->kind && str_eq(im->list[i].code, w->code) &&
            (!same_comune || im->list[i].comune_id == w->comune_id))
            return &im->list[i];
    return NULL;
}

/* What is wrong in the cells themselves. */
static bool check_cells(struct importing *im, const struct csv_row *row, struct wanted *w)
{
    bool is_good = true;

    if (w->kind == 0)
        is_good = refuse(im, row, "kind", "places.area-kind", csv_cell(row, "kind"));
    if (!is_code(w->code))
        is_good = refuse(im, row, "code", "places.area-code", w->code);
    if (w->name.n == 0 || w->name.n > 200)
        is_good = refuse(im, row, "name", "places.area-name", w->code);
    if (w->source.n == 0)
        is_good = refuse(im, row, "source", "places.area-source", w->code);
    is_good &= read_day(im, row, "from", &w->from);
    is_good &= read_day(im, row, "to", &w->to);
    if (w->from != DAY_NONE && w->to != DAY_NONE && w->to < w->from)
        is_good = refuse(im, row, "to", "places.area-day", csv_cell(row, "to"));
    return is_good;
}

/* What is wrong beside the other rows. */
static bool check_others(struct importing *im, const struct csv_row *row, const struct wanted *w)
{
    const struct wanted *const same = earlier(im, w, false);

    if (earlier(im, w, true) != NULL)
        return refuse(im, row, "istat", "places.area-twice", csv_cell(row, "istat"));
    if (same != NULL && !str_eq(same->name, w->name))
        return refuse(im, row, "name", "places.area-two-names", w->name);
    if (same != NULL && w->kind == AREA_HAMLET)
        return refuse(im, row, "istat", "places.area-twice", csv_cell(row, "istat"));
    return true;
}

static bool on_row(void *arg, const struct csv_row *row)
{
    struct importing *im = arg;
    struct arena *mem = im->c->mem;
    struct comune found;

    im->run->n_read++;
    if (row->wrong != NULL) {
        refuse(im, row, "", row->wrong, STR(""));
        return true;
    }
    struct wanted w = {.kind = drawn_kind(csv_cell(row, "kind")),
                       .code = str_copy(mem, csv_cell(row, "code")),
                       .name = str_copy(mem, csv_cell(row, "name")),
                       .source = str_copy(mem, csv_cell(row, "source")),
                       .line = row->line};
    const enum status st = places_comune_by_istat(im->c, csv_cell(row, "istat"), &found);

    if (st != ST_OK && st != ST_NOT_FOUND) {
        im->st = st;
        return false;
    }
    const bool has_cells = check_cells(im, row, &w);

    if (st == ST_NOT_FOUND)
        refuse(im, row, "istat", "places.area-unknown-comune", csv_cell(row, "istat"));
    w.comune_id = st == ST_OK ? found.area.area_id : 0;
    if (st != ST_OK || !has_cells || !check_others(im, row, &w))
        return true;
    if (im->n == im->room) {
        const int wider = im->room == 0 ? 64 : im->room * 2;

        im->list = arena_grow(mem, im->list, (size_t)im->room * sizeof *im->list, (size_t)wider * sizeof *im->list);
        im->room = wider;
    }
    im->list[im->n++] = w;
    return true;
}

static void on_progress(void *arg, int64_t done, int64_t total)
{
    struct importing *im = arg;

    im->run->progress(im->run, done, total);
}

static void count(struct importing *im, enum put_change change, const struct wanted *w, const char *what)
{
    im->run->n_added += change == PUT_ADDED;
    im->run->n_changed += change == PUT_CHANGED;
    im->run->n_same += change == PUT_SAME || change == PUT_LEFT;
    if (change == PUT_ADDED || change == PUT_CHANGED)
        im->run->say(im->run, str_fmt(im->c->mem, "%c %s %.*s: %s", change == PUT_ADDED ? '+' : '~',
                                      places_kind_name(w->kind), (int)w->code.n, w->code.p, what));
}

static enum status put_row(struct importing *im, struct wanted *w)
{
    const bool is_hamlet = w->kind == AREA_HAMLET;
    const struct area_put a = {.kind = w->kind,
                               .code = w->code,
                               .name = w->name,
                               .parent_id = is_hamlet ? w->comune_id : 0,
                               .from = is_hamlet ? w->from : DAY_NONE,
                               .to = is_hamlet ? w->to : DAY_NONE};
    enum put_change change;
    enum status st = places_put_area(im->c, &a, &w->area_id, &change);

    if (st != ST_OK || is_hamlet) {
        if (st == ST_OK)
            count(im, change, w, str_z(im->c->mem, w->name));
        return st;
    }
    const struct membership_put m = {.area_id = w->comune_id,
                                     .in_id = w->area_id,
                                     .from = w->from,
                                     .to = w->to,
                                     .evidence = STR("import"),
                                     .source = w->source,
                                     .is_import = true};
    struct area comune;

    st = places_put_membership(im->c, &m, &change);
    if (st == ST_OK)
        st = places_area(im->c, w->comune_id, &comune);
    if (st == ST_OK)
        count(im, change, w, str_z(im->c->mem, comune.name));
    return st;
}

/* Comuni that an area of the file had and that the file no longer lists. */
static enum status drop_gone(struct importing *im, enum area_kind kind)
{
    struct imported_membership *old;
    int n = 0;
    enum status st = places_imported_memberships(im->c, kind, &old, &n);

    for (int i = 0; st == ST_OK && i < n; i++) {
        bool is_named = false, is_listed = false;

        for (int k = 0; k < im->n; k++) {
            is_named |= im->list[k].area_id == old[i].in_id;
            is_listed |= im->list[k].area_id == old[i].in_id && im->list[k].comune_id == old[i].area_id &&
                         im->list[k].from == old[i].from;
        }
        if (!is_named || is_listed)
            continue;
        im->run->n_gone++;
        im->run->say(im->run, str_fmt(im->c->mem, "- %s %.*s: %.*s", places_kind_name(kind), (int)old[i].in_code.n,
                                      old[i].in_code.p, (int)old[i].name.n, old[i].name.p));
        st = places_drop_membership(im->c, old[i].area_id, old[i].in_id, old[i].from);
    }
    return st;
}

enum status places_import_areas(struct import_run *run)
{
    static const enum area_kind with_members[] = {AREA_FREE, AREA_HEALTH_DISTRICT, AREA_ASL};
    struct importing im = {.run = run, .c = run->c};
    const struct csv_options o = {.needed = needed,
                                  .n_needed = ARRAY_LEN(needed),
                                  .each = on_row,
                                  .arg = &im,
                                  .progress = on_progress};
    struct csv_trouble trouble;
    enum status st = csv_read_file(run->c->mem, run->file, &o, &trouble);

    if (st == ST_INVALID)
        problems_add_row(&run->c->problems, trouble.line, "", trouble.key, trouble.value);
    if (st == ST_OK)
        st = im.st;
    if (st == ST_OK && run->n_refused > 0)
        return ST_INVALID;
    for (int i = 0; st == ST_OK && i < im.n; i++)
        st = put_row(&im, &im.list[i]);
    for (int i = 0; st == ST_OK && i < ARRAY_LEN(with_members); i++)
        st = drop_gone(&im, with_members[i]);
    return st;
}

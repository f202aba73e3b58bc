/* feeds_csv_in.c - wecare import csv FILE --mapping FILE. */
#include "feeds_csv_in.h"
#include "base/macros.h"
#include "feeds_csv_row.h"
#include "feeds_feature.h"
#include "feeds_package.h"
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char feeds_csv_help[] =
    "services of any list as CSV, with a mapping that says which column is what\n\n"
    "usage: wecare import csv FILE --mapping FILE [--dry-run] [--skip-refused] [--hide-gone]\n\n"
    "The list stays as its keeper has it; the mapping is a text written once: docs/operator/import-csv.md says how,\n"
    "with every field. Reading the same list again brings entries up to date and never doubles them.\n"
    "A dry run names every refused row and why. One refused row and nothing changes; --skip-refused takes all others\n"
    "in. What the list no longer has is counted and named; --hide-gone hides it.\n";

const struct import_option feeds_csv_options[] = {FEEDS_OPTIONS, {"--mapping", .has_value = true, .is_required = true}, {NULL}};

struct csv_import {
    struct feeds_intake *in;
    struct feeds_mapping *mapping;
    struct feeds_seen *bodies; /* code of a managing body -> its organisation */
    int64_t n_skipped;
    /* rows of one id, until another id begins: the texts of their cells live in `group` */
    struct arena *group;
    struct csv_row rows[FEEDS_MAX_PLACES];
    struct str group_id;
    int n_rows;
};

/* The organisation that a managing body is. */
static int64_t body_organisation(struct csv_import *im, struct str code)
{
    struct feeds_intake *in = im->in;
    struct organisation o;
    struct body body;
    int64_t id = 0;

    if (feeds_seen_find(im->bodies, code, &id))
        return id;
    enum status st = bodies_by_code(in->c, code, &body);

    if (st == ST_OK)
        st = organisations_of_body(in->c, body.body_id, &o);
    if (st == ST_OK)
        feeds_seen_add(im->bodies, code, o.organisation_id, &id);
    else if (st == ST_NOT_FOUND)
        feeds_refuse(in, STR("organisation.body"), "feeds.no-body", code);
    else
        in->st = st;
    return id;
}

static void put_row(struct csv_import *im, struct feeds_row *r)
{
    struct feeds_intake *in = im->in;
    struct service *s = &r->service;
    int64_t first;

    if (s->source_id.n > 0 && !feeds_seen_add(in->services, s->source_id, in->row_no, &first))
        feeds_refuse(in, STR("id"), "feeds.id-twice", str_fmt(in->row, "%.*s (%lld)", (int)s->source_id.n, s->source_id.p, (long long)first));
    if (r->body_code.n > 0)
        s->organisation_id = feeds_ref_of_key(in, body_organisation(im, r->body_code));
    if (!feeds_may_put(in))
        return;
    if (r->body_code.n == 0)
        feeds_put_organisation(in, &r->organisation, &s->organisation_id);
    s->ats = r->ats;
    for (int i = 0; i < r->n_locations; i++) {
        r->locations[i].organisation_id = s->organisation_id;
        feeds_put_location(in, &r->locations[i], &r->ats[i].location_id);
    }
    s->n_ats = r->n_locations;
    feeds_put_service(in, s);
}

/* A further row of the same entry: its place, with the hours and telephones of that row. */
static void add_places(struct csv_import *im, const struct csv_row *row, int nth, struct feeds_row *r)
{
    struct feeds_intake *in = im->in;
    struct mapping_row x = {.m = im->mapping, .mem = in->row, .row = row, .today = in->c->today};
    struct feeds_row *more = nth == 0 ? r : ARENA_NEW(in->row, struct feeds_row);

    if (nth > 0)
        feeds_read_row(in, &x, more);
    for (int i = 0; i < more->n_locations; i++) {
        struct service_at at = more->ats[i];
        struct location l = more->locations[i];

        if (at.n_schedules == 0) {
            at.schedules = more->service.schedules;
            at.n_schedules = more->service.n_schedules;
        }
        if (at.parts.n_phones == 0) {
            at.parts.phones = more->service.parts.phones;
            at.parts.n_phones = more->service.parts.n_phones;
        }
        if (nth > 0 && !feeds_mapping_has(im->mapping, "location.id"))
            l.source_id = str_fmt(in->row, "%.*s/%d", (int)r->service.source_id.n, r->service.source_id.p, r->n_locations + 1);
        if (nth == 0) {
            r->ats[i] = at;
        } else if (r->n_locations < FEEDS_MAX_PLACES) {
            r->locations[r->n_locations] = l;
            r->ats[r->n_locations++] = at;
        }
    }
}

/* One entry: a row, or several that are its places. */
static bool take_entry(struct csv_import *im, const struct csv_row *rows, int n_rows)
{
    struct feeds_intake *in = im->in;
    struct mapping_row x = {.m = im->mapping, .mem = in->row, .row = rows, .today = in->c->today};

    if (feeds_was_read(in))
        return true;
    feeds_next_row(in, rows->line);
    if (rows->was_1252)
        feeds_notice(in, STR(""), "feeds.was-1252", STR(""));
    if (rows->wrong != NULL) {
        feeds_refuse(in, STR(""), rows->wrong, STR(""));
        return feeds_goes_on(in);
    }
    if (feeds_mapping_skips(&x)) {
        im->n_skipped++;
        return true;
    }
    struct feeds_row *r = ARENA_NEW(in->row, struct feeds_row);

    feeds_read_row(in, &x, r);
    for (int i = 0; n_rows > 1 && i < n_rows; i++)
        add_places(im, &rows[i], i, r);
    if (n_rows > 1) { /* each place has said its own */
        r->service.n_schedules = 0;
        r->service.parts.n_phones = 0;
    }
    put_row(im, r);
    feeds_mark(in);
    return feeds_goes_on(in);
}

static bool take_group(struct csv_import *im)
{
    const int n = im->n_rows;

    im->n_rows = 0;
    return n == 0 || take_entry(im, im->rows, n);
}

static struct str id_of(struct csv_import *im, const struct csv_row *row)
{
    struct mapping_row x = {.m = im->mapping, .mem = im->group, .row = row, .today = im->in->c->today};
    struct str id;

    return row->wrong == NULL && feeds_mapping_get(&x, "id", 1, &id) ? id : STR("");
}

/* Kept until its entry is whole. */
static void keep_row(struct csv_import *im, const struct csv_row *row)
{
    struct str *cells = ARENA_ARRAY(im->group, struct str, (size_t)row->n_cells + 1);

    for (int i = 0; i < row->n_cells; i++)
        cells[i] = str_copy(im->group, row->cells[i]);
    im->rows[im->n_rows] = *row;
    im->rows[im->n_rows++].cells = cells;
}

static bool join_row(struct csv_import *im, const struct csv_row *row)
{
    const struct str id = id_of(im, row);

    if (im->n_rows > 0 && im->n_rows < FEEDS_MAX_PLACES && id.n > 0 && str_eq(id, im->group_id)) {
        keep_row(im, row);
        return true;
    }
    if (!take_group(im))
        return false;
    arena_reset(im->group);
    im->group_id = id_of(im, row);
    keep_row(im, row);
    return true;
}

static bool on_row(void *arg, const struct csv_row *row)
{
    struct csv_import *im = arg;
    bool is_blank = true;

    for (int i = 0; i < row->n_cells; i++)
        is_blank &= row->cells[i].n == 0;
    if (is_blank && row->wrong == NULL)
        return true; /* a spreadsheet's empty rows */
    return feeds_mapping_source(im->mapping)->has_place_rows ? join_row(im, row) : take_entry(im, row, 1);
}

static void on_progress(void *arg, int64_t done, int64_t total)
{
    struct csv_import *im = arg;

    im->in->run->progress(im->in->run, done, total);
}

static enum status read_list(struct csv_import *im, const char *file, struct str bytes)
{
    const struct mapping_source *source = feeds_mapping_source(im->mapping);
    struct csv_options o = {.each = on_row, .arg = im, .progress = on_progress, .separator = source->separator,
                            .is_windows_1252 = source->is_windows_1252, .mends_1252 = true};
    struct feeds_intake *in = im->in;
    struct csv_trouble trouble;

    o.n_needed = feeds_mapping_columns(im->mapping, &o.needed);
    const enum status st = file == NULL ? csv_read_bytes(in->keep, bytes, &o, &trouble) : csv_read_file(in->keep, file, &o, &trouble);

    if (st == ST_OK && feeds_goes_on(in))
        take_group(im); /* the last one */
    if (st != ST_INVALID)
        return st;
    in->row_no = trouble.line;
    in->is_row_refused = false;
    in->skips_refused = false; /* the rest of the list is not known */
    feeds_refuse(in, STR(""), trouble.key, trouble.value);
    return ST_OK;
}

enum status feeds_csv_take(struct import_run *run, const char *file, struct str bytes, struct str mapping)
{
    struct mapping_trouble trouble;
    struct csv_import im = {.n_skipped = 0};
    struct feeds_package package = {NULL, NULL};

    if (feeds_mapping_read(run->c->mem, mapping, &im.mapping, &trouble) != ST_OK) {
        problems_add_row(&run->c->problems, trouble.line, "mapping", trouble.key, trouble.value);
        return ST_INVALID;
    }
    const struct mapping_source *source = feeds_mapping_source(im.mapping);
    const bool is_demo = source->is_demo && str_eq_z(source->name, "demo");
    enum status st = feeds_intake_open(
        run, is_demo ? STR("demo") : str_fmt(run->c->mem, "csv:%.*s", (int)source->name.n, source->name.p),
        run->db == NULL ? STR("") : feeds_identity(run, run->options[FEEDS_OWN_OPTION]), &im.in);

    im.bodies = feeds_seen_new();
    im.group = arena_new(0);
    if (st == ST_OK && file != NULL && !feeds_is_read(im.in))
        st = feeds_package_open(im.in, file, &package);
    if (st == ST_OK && !feeds_is_read(im.in))
        st = read_list(&im, file == NULL ? NULL : package.path, bytes);
    feeds_package_close(&package);
    if (im.in->st != ST_OK)
        st = im.in->st;
    if (st == ST_OK && im.n_skipped > 0)
        run->say(run, str_fmt(im.in->row, "%lld rows left out, as the mapping says", (long long)im.n_skipped));
    if (st == ST_OK)
        st = feeds_intake_end(im.in, true);
    feeds_seen_free(im.bodies);
    arena_free(im.group);
    feeds_intake_close(im.in);
    return st;
}

enum status feeds_read_mapping_file(struct import_run *run, const char *file, struct str *out)
{
    enum { ROOM = 256 * 1024 + 1 }; /* one byte more than a mapping may have: it refuses that itself */
    const int fd = open(file, O_RDONLY | O_CLOEXEC);
    char *p = arena_alloc(run->c->mem, ROOM);
    size_t n = 0;

    if (fd < 0) {
        problems_add(&run->c->problems, "mapping", "feeds.map-unreadable", str_of(file));
        return ST_INVALID;
    }
    for (ssize_t got = 1; got > 0 && n < ROOM; n += got > 0 ? (size_t)got : 0)
        got = read(fd, p + n, ROOM - n);
    close(fd);
    *out = (struct str){p, n};
    return ST_OK;
}

enum status feeds_import_csv(struct import_run *run)
{
    struct str mapping;
    const enum status st = feeds_read_mapping_file(run, run->options[FEEDS_OWN_OPTION], &mapping);

    return st == ST_OK ? feeds_csv_take(run, run->file, STR(""), mapping) : st;
}

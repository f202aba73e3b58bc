/* places_caps.c - wecare import caps FILE: postal codes, for portals that have the right to them. */
#include "base/csv.h"
#include "base/macros.h"
#include "core/places/places_caps_store.h"
#include "core/places/places_feature.h"

const char places_caps_help[] =
    "postal codes (CAP): columns istat,cap\n\n"
    "A CSV in UTF-8 with a row for each comune and postal code: a town may have many, and many towns\n"
    "may share one. The file is the whole list: what is not in it is taken away.\n"
    "Postal codes are Poste Italiane's: import a list that you may use. Until then the portal asks\n"
    "for the name of the comune and does not speak of CAP.\n";

static const char *const needed[] = {"istat", "cap"};

struct importing {
    struct import_run *run;
    struct ctx *c;
    struct places_cap *now, *before;
    int n_now, room, n_before;
    enum status st;
};

static void refuse(struct importing *im, const struct csv_row *row, const char *field,
                   const char *key, struct str value)
{
    im->run->n_refused++;
    problems_add_row(&im->c->problems, row->line, field, key, str_copy(im->c->mem, value));
}

static bool is_cap(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n == 5;
}

static bool has_cap(const struct places_cap *list, int n, const struct places_cap *one)
{
    for (int i = 0; i < n; i++)
        if (list[i].area_id == one->area_id && str_eq(list[i].cap, one->cap))
            return true;
    return false;
}

static void keep(struct importing *im, const struct places_cap *one)
{
    if (im->n_now == im->room) {
        const int wider = im->room == 0 ? 256 : im->room * 2;

        im->now = arena_grow(im->c->mem, im->now, (size_t)im->room * sizeof *im->now,
                             (size_t)wider * sizeof *im->now);
        im->room = wider;
    }
    im->now[im->n_now++] = *one;
}

static bool on_row(void *arg, const struct csv_row *row)
{
    struct importing *im = arg;
    const struct str istat = csv_cell(row, "istat"), cap = csv_cell(row, "cap");
    struct comune found;

    im->run->n_read++;
    if (row->wrong != NULL) {
        refuse(im, row, "", row->wrong, STR(""));
        return true;
    }
    if (!is_cap(cap)) {
        refuse(im, row, "cap", "places.cap-not-five-digits", cap);
        return true;
    }
    const enum status st = places_comune_by_istat(im->c, istat, &found);

    if (st == ST_NOT_FOUND) {
        refuse(im, row, "istat", "places.cap-unknown-comune", istat);
        return true;
    }
    const struct places_cap one = {str_copy(im->c->mem, cap), found.area.area_id};

    im->st = st;
    if (st == ST_OK && has_cap(im->now, im->n_now, &one))
        refuse(im, row, "cap", "places.cap-twice", cap);
    else if (st == ST_OK)
        keep(im, &one);
    return st == ST_OK;
}

static void on_progress(void *arg, int64_t done, int64_t total)
{
    struct importing *im = arg;

    im->run->progress(im->run, done, total);
}

static enum status write(struct importing *im)
{
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && i < im->n_now; i++) {
        if (has_cap(im->before, im->n_before, &im->now[i])) {
            im->run->n_same++;
            continue;
        }
        im->run->n_added++;
        st = places_caps_store_put(im->c, &im->now[i]);
    }
    for (int i = 0; st == ST_OK && i < im->n_before; i++) {
        if (has_cap(im->now, im->n_now, &im->before[i]))
            continue;
        im->run->n_gone++;
        st = places_caps_store_drop(im->c, &im->before[i]);
    }
    return st;
}

enum status places_import_caps(struct import_run *run)
{
    struct importing im = {.run = run, .c = run->c};
    const struct csv_options o = {.needed = needed,
                                  .n_needed = ARRAY_LEN(needed),
                                  .each = on_row,
                                  .arg = &im,
                                  .progress = on_progress};
    struct csv_trouble trouble;
    enum status st = places_caps_store_all(run->c, &im.before, &im.n_before);

    if (st == ST_OK)
        st = csv_read_file(run->c->mem, run->file, &o, &trouble);
    if (st == ST_INVALID)
        problems_add_row(&run->c->problems, trouble.line, "", trouble.key, trouble.value);
    if (st == ST_OK)
        st = im.st;
    if (st != ST_OK)
        return st;
    return run->n_refused > 0 ? ST_INVALID : write(&im);
}

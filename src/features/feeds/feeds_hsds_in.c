/* feeds_hsds_in.c - wecare import hsds FILE_OR_DIR: nested JSON of any length, or the tables of the CSV package. */
#include "base/clock.h"
#include "base/macros.h"
#include "feeds_feature.h"
#include "feeds_hsds_reading.h"
#include "feeds_package.h"
#include "feeds_json_split.h"
#include "feeds_tables.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char feeds_hsds_help[] =
    "services of a directory that speaks HSDS 1.1, 2.0, 3.0: nested JSON, or its CSV package\n\n"
    "usage: wecare import hsds FILE_OR_DIR [--dry-run] [--skip-refused] [--hide-gone] [--source NAME]\n\n"
    "FILE is an answer of an HSDS API (a page with contents), an array, one object, or an object on each line:\n"
    "services with their organization, organizations, services at locations, taxonomies. DIR holds services.csv,\n"
    "organizations.csv and the other tables, or files of JSON; a zip of these is read too. What was killed in the\n"
    "middle goes on where it stood when the same file is imported again.\n"
    "Every field is looked at: UUIDs, web addresses, e-mail, days, times, choices, keys that lead nowhere, ids that\n"
    "come twice. One refused row and nothing changes; --skip-refused takes all others in. What comes again is brought\n"
    "up to date by its id. What the source no longer has is counted; --hide-gone hides it (give the whole of the\n"
    "source then). NAME is the source's short name; left out, it is made from the name of the file. Names of contact\n"
    "persons are not taken, their role is.\n";

const struct import_option feeds_hsds_options[] = {FEEDS_OPTIONS, {"--source", .has_value = true}, {NULL}};

enum { MAX_FILES = 1000, MAX_ATS = 20000 };

static void keep_at(struct reading *r, const json_t *tree)
{
    struct feeds_hsds *h = &r->h;

    if (h->n_ats == MAX_ATS) {
        feeds_refuse(r->in, STR(""), "feeds.too-many-at", STR("20000"));
        return;
    }
    if (h->n_ats == h->room_ats) {
        const int room = h->room_ats * 2 + 64;

        h->ats = arena_grow(r->in->keep, h->ats, (size_t)h->room_ats * sizeof *h->ats, (size_t)room * sizeof *h->ats);
        h->room_ats = room;
    }
    h->ats[h->n_ats++] = json_incref((json_t *)tree);
}

static void take_entry(struct reading *r, const json_t *tree, enum hsds_object as)
{
    struct feeds_hsds *h = &r->h;
    const struct str id = hsds_text(r->in, tree, "id");
    const json_t *services = json_object_get(tree, "services");
    int64_t key = 0;

    switch (as) {
    case HSDS_SERVICE:
        feeds_take_service(h, tree, 0);
        break;
    case HSDS_ORGANIZATION:
        if (!h->is_second && !feeds_hsds_is_new(h, h->in->top, id))
            break;
        feeds_take_organisation(h, tree, &key);
        for (size_t i = 0; !h->is_second && i < json_array_size(services); i++)
            feeds_take_service(h, json_array_get(services, i), key);
        break;
    case HSDS_LOCATION:
        if (!h->is_second && feeds_hsds_is_new(h, h->in->top, id))
            feeds_take_location(h, tree, 0, &key);
        break;
    case HSDS_SERVICE_AT_LOCATION:
        if (!h->is_second && feeds_hsds_is_new(h, h->in->top, id))
            keep_at(r, tree);
        break;
    case HSDS_TAXONOMY:
        if (!h->is_second)
            feeds_take_taxonomy(h, tree);
        break;
    case HSDS_TAXONOMY_TERM:
        if (!h->is_second)
            feeds_take_term(h, tree);
        break;
    default:
        h->n_other++;
        break;
    }
}

static void take_envelope(struct reading *r, const struct feeds_json_item *item)
{
    if (item->wrong != NULL)
        feeds_refuse(r->in, STR(""), item->wrong, item->value);
    else if (json_is_false(json_object_get(item->tree, "last_page")) || json_integer_value(json_object_get(item->tree, "page_number")) > 1)
        r->is_part = true;
    if (item->wrong == NULL && r->envelope != NULL)
        r->envelope(r->look_arg, item->tree);
}

/* Rows of tables are gathered before they are taken: they are read again. */
static bool was_read(void *arg)
{
    struct reading *r = arg;

    return !r->h.is_second && !r->has_tables && feeds_was_read(r->in);
}

bool feeds_hsds_item(void *arg, const struct feeds_json_item *item)
{
    struct reading *r = arg;
    struct feeds_intake *in = r->in;

    if (item->is_passed)
        return true;

    if (item->is_envelope) {
        in->row_no = 0;
        if (!r->h.is_second)
            take_envelope(r, item);
        return feeds_goes_on(in);
    }
    if (r->h.is_second)
        in->run->n_read--; /* the same rows again */
    feeds_next_row(in, item->row);
    if (item->wrong != NULL) {
        if (!r->h.is_second)
            feeds_refuse(in, STR(""), item->wrong, item->value);
        return feeds_goes_on(in);
    }
    if (str_ends(item->member, STR(".csv"))) {
        r->has_tables = true;
        in->run->n_read--; /* counted when the tables are joined */
        if (!r->h.is_second)
            feeds_tables_add_json(r->tables, item->member, item->row, item->tree);
        return feeds_goes_on(in);
    }
    json_t *looked = r->look == NULL ? json_incref((json_t *)item->tree) : r->look(r->look_arg, (json_t *)item->tree);

    if (looked == NULL)
        return feeds_goes_on(in); /* not for us */
    feeds_hsds_modern(in, looked, r->says_taxonomy);
    const enum hsds_object as = hsds_guess(looked, r->says_taxonomy);

    if (as == HSDS_NONE) {
        if (!r->h.is_second)
            feeds_refuse(in, STR(""), "feeds.what-is-this", STR(""));
    } else if (r->h.is_second ? as == HSDS_SERVICE : feeds_hsds_is_good(&r->h, looked, as)) {
        take_entry(r, looked, as);
    }
    json_decref(looked);
    if (r->h.n_unresolved == 0 && r->h.n_ats == 0 && !r->h.is_second)
        feeds_mark(in);
    return feeds_goes_on(in);
}

static void on_progress(void *arg, int64_t done)
{
    struct reading *r = arg;

    r->in->run->progress(r->in->run, done, r->size);
}

static enum status read_json(struct reading *r, const char *file)
{
    struct feeds_json_trouble trouble;
    struct stat about;
    const int fd = open(file, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return ST_NOT_FOUND;
    r->says_taxonomy = strstr(file, "taxonom") != NULL;
    r->size = fstat(fd, &about) == 0 ? about.st_size : 0;
    const enum status st = feeds_json_split(
        r->in->keep, &(struct feeds_json_options){.fd = fd, .each = feeds_hsds_item, .arg = r, .progress = on_progress, .passes = was_read}, &trouble);

    close(fd);
    if (st == ST_INVALID && !r->h.is_second) {
        r->in->row_no = trouble.row;
        r->in->is_row_refused = false;
        feeds_refuse(r->in, STR(""), trouble.key, trouble.value);
    }
    return st;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The files of JSON in a folder, by name. */
static int list_json(struct feeds_intake *in, const char *folder, const char **out)
{
    DIR *d = opendir(folder);
    int n = 0;

    for (const struct dirent *e; d != NULL && (e = readdir(d)) != NULL && n < MAX_FILES;) {
        const struct str name = str_of(e->d_name);

        if (name.p[0] != '.' && !str_eq_z(name, "datapackage.json") && (str_ends(name, STR(".json")) || str_ends(name, STR(".ndjson")) || str_ends(name, STR(".jsonl"))))
            out[n++] = str_fmt(in->keep, "%s/%s", folder, e->d_name).p;
    }
    if (d != NULL)
        closedir(d);
    qsort(out, (size_t)n, sizeof *out, by_text);
    return n;
}

static int by_service(const void *a, const void *b)
{
    const json_t *x = *(const json_t *const *)a, *y = *(const json_t *const *)b;
    const char *of_x = json_string_value(json_object_get(json_object_get(x, "service"), "id"));
    const char *of_y = json_string_value(json_object_get(json_object_get(y, "service"), "id"));
    const int order = strcmp(of_x == NULL ? "" : of_x, of_y == NULL ? "" : of_y);

    return order != 0 ? order : strcmp(json_string_value(json_object_get(x, "id")), json_string_value(json_object_get(y, "id")));
}

/* Services at locations that stand by themselves, those of one service together. */
void feeds_hsds_take_ats(struct reading *r)
{
    struct feeds_hsds *h = &r->h;
    struct feeds_intake *in = r->in;

    if (h->n_ats > 1)
        qsort(h->ats, (size_t)h->n_ats, sizeof *h->ats, by_service);
    for (int i = 0, next; i < h->n_ats && in->st == ST_OK; i = next) {
        const json_t *nested = json_object_get(h->ats[i], "service");
        const char *id = json_string_value(json_object_get(nested, "id"));
        int64_t row;

        next = i + 1;
        arena_reset(in->row);
        in->is_row_refused = false;
        in->row_no = 0;
        if (id == NULL) {
            const struct str key = hsds_text(in, h->ats[i], "service_id");

            if (!feeds_seen_find(in->services, key, &row))
                feeds_notice(in, STR("service_at_locations"), "feeds.no-service", key);
            continue;
        }
        json_t *service = json_copy((json_t *)nested), *ats = json_array();

        for (next = i; next < h->n_ats; next++) {
            const char *other = json_string_value(json_object_get(json_object_get(h->ats[next], "service"), "id"));

            if (other == NULL || strcmp(other, id) != 0)
                break;
            json_array_append(ats, (json_t *)h->ats[next]);
        }
        json_object_set_new(service, "service_at_locations", ats);
        if (!feeds_seen_find(in->services, str_of(id), &row))
            feeds_take_service(h, service, 0);
        json_decref(service);
    }
    for (int i = 0; i < h->n_ats; i++)
        json_decref((json_t *)h->ats[i]);
    h->n_ats = 0;
}

static enum status read_files(struct reading *r, const char *const *files, int n)
{
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && i < n && feeds_goes_on(r->in); i++) {
        if (n > 1)
            r->in->table = str_fmt(r->in->keep, "%s: ", strrchr(files[i], '/') + 1);
        st = read_json(r, files[i]);
    }
    /* Services that came before their organisation: it may have come since. */
    if (st == ST_OK && r->h.n_unresolved > 0) {
        r->h.is_second = true;
        for (int i = 0; st == ST_OK && i < n && feeds_goes_on(r->in); i++)
            st = read_json(r, files[i]);
        r->h.is_second = false;
    }
    r->in->table = STR("");
    feeds_hsds_take_ats(r);
    return st;
}

static bool has_tables(struct feeds_intake *in, const char *folder)
{
    static const char *const names[] = {"services.csv", "organizations.csv", "service.csv", "organization.csv"};

    for (int i = 0; i < ARRAY_LEN(names); i++)
        if (access(str_fmt(in->keep, "%s/%s", folder, names[i]).p, R_OK) == 0)
            return true;
    return false;
}

static enum status read_all(struct reading *r, const char *path)
{
    struct feeds_intake *in = r->in;
    struct stat about;

    if (stat(path, &about) != 0)
        return ST_NOT_FOUND;
    if (!S_ISDIR(about.st_mode)) {
        const enum status st = read_files(r, &path, 1);

        return st == ST_OK && r->has_tables ? feeds_tables_take(r->tables, &r->h) : st;
    }
    if (has_tables(in, path)) {
        feeds_tables_add_folder(r->tables, path);
        return feeds_tables_take(r->tables, &r->h);
    }
    const char **files = ARENA_ARRAY(in->keep, const char *, MAX_FILES);
    const int n = list_json(in, path, files);

    if (n > 0)
        return read_files(r, files, n);
    feeds_refuse(in, STR(""), "feeds.empty-folder", str_of(path));
    return ST_INVALID;
}

static void tell_end(struct reading *r)
{
    struct feeds_intake *in = r->in;

    in->row_no = 0;
    in->is_row_refused = false;
    feeds_tell_parents(&r->h);
    if (r->is_part)
        feeds_notice(in, STR(""), "feeds.page-only", STR(""));
    if (r->h.n_taken == 0 && in->of_organisations.n_added + in->of_organisations.n_changed + in->of_organisations.n_same == 0 &&
        in->n_refused == 0)
        feeds_notice(in, STR(""), "feeds.nothing", STR(""));
}

enum status feeds_import_hsds(struct import_run *run)
{
    const char *name = run->options == NULL ? NULL : run->options[FEEDS_OWN_OPTION];
    const struct str source = feeds_source_of_file(run->c->mem, name != NULL ? name : run->asked != NULL ? run->asked : run->file);
    struct reading r = {.is_part = false};
    struct feeds_package package = {NULL, NULL};
    enum status st = feeds_intake_open(run, str_fmt(run->c->mem, "hsds:%.*s", (int)source.n, source.p), feeds_identity(run, NULL), &r.in);

    r.h.in = r.in;
    r.h.unresolved = feeds_seen_new();
    r.tables = feeds_tables_new(r.in);
    if (st == ST_OK && !feeds_is_read(r.in))
        st = feeds_package_open(r.in, run->file, &package);
    if (st == ST_OK && package.path != NULL && feeds_goes_on(r.in))
        st = read_all(&r, package.path);
    if (r.in->st != ST_OK)
        st = r.in->st;
    if (st == ST_OK) {
        tell_end(&r);
        st = feeds_intake_end(r.in, !r.is_part);
    }
    feeds_tables_free(r.tables);
    feeds_seen_free(r.h.unresolved);
    feeds_package_close(&package);
    feeds_intake_close(r.in);
    return st;
}

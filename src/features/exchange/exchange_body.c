/* exchange_body.c - wecare export body: the entries of one body, with all that is kept of them. */
#include "exchange_body.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/jwrite.h"
#include "base/zip_write.h"
#include "exchange_feature.h"
#include "features/catalogue/catalogue_history.h"
#include "features/publish/publish_hsds.h"
#include "features/upkeep/upkeep.h"
#include "core/bodies/organisations.h"
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2, ROOM = 64 * 1024 };

const char exchange_export_help[] =
    "wecare export body NAME [-o FILE]   all that a body has here, in one file\n"
    "\n"
    "NAME is the name, the slug or the code of an organisation; FILE is NAME's slug with .zip unless told. The\n"
    "file holds its entries (HSDS 3.0), how they were confirmed, their rhythm, whose each field is and the\n"
    "history; `wecare import body FILE` takes it in elsewhere. Secret addresses are not in it.\n"
    "Exit: 0 done, 1 refused, 2 wrong use.\n";

struct leaving {
    struct ctx c;
    struct arena *mem, *row;
    struct str name;
    struct organisations_whom whom;
    struct buf services, kept;
    struct jwrite j; /* to kept */
    int n_entries;
    int64_t n_history;
};

/* ---- HSDS ---- */

/* The page of a portal is not the body's address. */
static void drop_own_address(json_t *object, const char *member)
{
    const char *v = json_string_value(json_object_get(object, member));

    if (v != NULL && v[0] == '/')
        json_object_del(object, member);
}

static void drop_instants(json_t *tree)
{
    const char *name;
    void *next;
    json_t *v;
    size_t i;

    json_object_del(tree, "last_modified");
    json_object_foreach_safe(tree, next, name, v)
        drop_instants(v);
    json_array_foreach(tree, i, v)
        drop_instants(v);
}

/* That it is invented is said of the entry and of its body; places have it from the portal they stand in. */
static void drop_place_marks(json_t *entry)
{
    size_t i;
    json_t *at;

    json_array_foreach(json_object_get(entry, "service_at_locations"), i, at)
    {
        json_t *place = json_object_get(at, "location"), *list = json_object_get(place, "attributes");

        for (size_t k = json_array_size(list); k > 0; k--) {
            const json_t *term = json_object_get(json_array_get(list, k - 1), "taxonomy_term");
            const char *code = json_string_value(json_object_get(term, "code"));

            if (code != NULL && strcmp(code, "demo") == 0)
                json_array_remove(list, k - 1);
        }
        if (json_array_size(list) == 0)
            json_object_del(place, "attributes");
    }
}

static void put_hsds(struct leaving *x, const struct service *s)
{
    struct buf text = buf_new(x->row, ROOM);
    struct jwrite j = jwrite_to(&text);

    publish_hsds_service(&x->c, &j, STR(""), s, &x->whom.found);
    buf_room(&x->services, text.n * 2 + 2); /* no memory of ours is asked for while jansson holds some */
    json_t *tree = json_loadb(text.p, text.n, 0, NULL);

    drop_instants(tree);
    drop_place_marks(tree);
    drop_own_address(tree, "url");
    drop_own_address(json_object_get(tree, "organization"), "website");
    if (x->n_entries > 0)
        x->services.p[x->services.n++] = ',';
    x->services.n += json_dumpb(tree, x->services.p + x->services.n, text.n * 2, JSON_COMPACT);
    json_decref(tree);
}

/* ---- what HSDS has no place for ---- */

static enum status put_owners(struct leaving *x, int64_t service_id)
{
    struct field_owner *list;
    int n = 0;
    const enum status st = catalogue_owners(&x->c, service_id, &list, &n);

    jwrite_open(&x->j, "owners", '[');
    for (int i = 0; st == ST_OK && i < n; i++) {
        jwrite_open(&x->j, NULL, '{');
        jwrite_str(&x->j, "field", str_of(catalogue_edit_shape(list[i].field)->name));
        jwrite_str(&x->j, "source", list[i].source);
        jwrite_int(&x->j, "at", list[i].at_ms);
        jwrite_close(&x->j, '}');
    }
    jwrite_close(&x->j, ']');
    return st;
}

/* Where the row that was undone stands in the list, from 1; 0: none. */
static int place_of(const struct history_row *list, int n, int64_t history_id)
{
    for (int i = n - 1; history_id != 0 && i >= 0; i--)
        if (list[i].history_id == history_id)
            return n - i;
    return 0;
}

/* The oldest first. */
static enum status put_history(struct leaving *x, int64_t service_id)
{
    const struct history_read read = {.service_id = service_id, .limit = BODY_MOST_HISTORY};
    struct history_row *list;
    int n = 0;
    const enum status st = catalogue_history(&x->c, &read, &list, &n);

    jwrite_open(&x->j, "history", '[');
    for (int i = n - 1; st == ST_OK && i >= 0; i--) {
        const struct history_row *r = &list[i];

        jwrite_open(&x->j, NULL, '{');
        jwrite_str(&x->j, "field", str_of(catalogue_edit_shape(r->field)->name));
        jwrite_str(&x->j, "was", r->was);
        jwrite_str(&x->j, "now", r->now);
        jwrite_str(&x->j, "how", str_of(catalogue_edit_how_name(r->how)));
        jwrite_str(&x->j, "by", r->by);
        jwrite_str(&x->j, "batch", r->batch);
        jwrite_int(&x->j, "at", r->at_ms);
        jwrite_int(&x->j, "undoes", place_of(list, n, r->undoes));
        jwrite_bool(&x->j, "was_owned", r->was_owned);
        jwrite_close(&x->j, '}');
        x->n_history++;
    }
    jwrite_close(&x->j, ']');
    return st;
}

static enum status put_entry(struct leaving *x, int64_t service_id)
{
    struct service s;
    struct upkeep_entry u;
    enum status st = catalogue_service(&x->c, service_id, &s);

    if (st != ST_OK || s.state != SERVICE_SHOWN)
        return st == ST_NOT_FOUND ? ST_OK : st;
    put_hsds(x, &s);
    jwrite_open(&x->j, NULL, '{');
    jwrite_str(&x->j, "id", s.uuid);
    jwrite_str(&x->j, "status", str_of(catalogue_status_name(s.status)));
    if (s.confirmed_on != DAY_NONE) {
        jwrite_str(&x->j, "confirmed_on", day_iso(x->row, s.confirmed_on));
        jwrite_str(&x->j, "confirmed_how", str_of(catalogue_how_name(s.confirmed_how)));
        jwrite_str(&x->j, "confirmed_by", s.confirmed_by);
    }
    st = upkeep_entry(&x->c, service_id, &u);
    if (st == ST_OK)
        jwrite_int(&x->j, "rhythm_months", u.rhythm_months);
    if (st == ST_OK || st == ST_NOT_FOUND)
        st = put_owners(x, service_id);
    if (st == ST_OK)
        st = put_history(x, service_id);
    jwrite_close(&x->j, '}');
    x->n_entries++;
    return st;
}

static enum status leave(struct leaving *x)
{
    struct edit_key *keys;
    int n = 0;
    enum status st = organisations_whom(&x->c, x->name, &x->whom);

    if (st != ST_OK || !x->whom.is_found)
        return st == ST_OK ? ST_NOT_FOUND : st;
    const struct organisation *o = &x->whom.found;

    x->j = jwrite_to(&x->kept);
    buf_z(&x->services, "{\"contents\":[");
    jwrite_open(&x->j, NULL, '{');
    jwrite_str(&x->j, "format", STR(BODY_FORMAT));
    jwrite_str(&x->j, "body", o->slug);
    jwrite_str(&x->j, "id", o->uuid);
    jwrite_str(&x->j, "kind", str_of(organisations_kind_name(o->kind)));
    jwrite_open(&x->j, "entries", '[');
    st = catalogue_edit_keys(&x->c, &(struct edit_list){o->organisation_id, false}, &keys, &n);
    for (int i = 0; st == ST_OK && i < n; i++) {
        x->c.mem = x->row;
        st = put_entry(x, keys[i].service_id);
        x->c.mem = x->mem;
        arena_reset(x->row);
    }
    jwrite_close(&x->j, ']');
    jwrite_close(&x->j, '}');
    buf_z(&x->services, "]}");
    return st;
}

/* ---- the file ---- */

static void zip_one(struct zip_write *z, struct buf *out, const char *name, struct str bytes)
{
    struct zip_flow *flow = zip_flow_new(z->mem);

    zip_write_open(z, out, name);
    zip_flow_put(flow, out, bytes, true);
    zip_write_close(z, out, flow);
}

/* Only its owner may read it, and what stands there already is not written over. */
static bool save(const char *path, struct str bytes)
{
    const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    size_t done = 0;

    for (ssize_t n = 1; fd >= 0 && n > 0 && done < bytes.n; done += n > 0 ? (size_t)n : 0)
        n = write(fd, bytes.p + done, bytes.n - done);
    const bool is_kept = fd >= 0 && done == bytes.n && fsync(fd) == 0;

    if (fd >= 0)
        close(fd);
    return is_kept;
}

static int tell_nearest(const struct leaving *x)
{
    fprintf(stderr, "export: no organisation is called '%.*s'\n", (int)x->name.n, x->name.p);
    for (int i = 0; i < x->whom.n; i++)
        fprintf(stderr, "  %.*s (%.*s)\n", (int)x->whom.list[i].name.n, x->whom.list[i].name.p, (int)x->whom.list[i].slug.n, x->whom.list[i].slug.p);
    return EXIT_REFUSED;
}

static int write_out(struct leaving *x, const char *path)
{
    const struct str slug = x->whom.found.slug;
    const int64_t now = x->c.now_ms;
    struct zip_write z = zip_write_new(x->mem, (int)(now / 86400000), (int)(now / 60000 % (24 * 60)));
    struct buf out = buf_new(x->mem, ROOM);

    if (path == NULL)
        path = str_fmt(x->mem, "%.*s.zip", (int)slug.n, slug.p).p;
    zip_one(&z, &out, "services.json", buf_view(&x->services));
    zip_one(&z, &out, "kept.json", buf_view(&x->kept));
    zip_write_end(&z, &out);
    if (!save(path, buf_view(&out))) {
        fprintf(stderr, "export: %s cannot be written, or is there already\n", path);
        return EXIT_REFUSED;
    }
    printf("%s: %d entries, %lld rows of history\n", path, x->n_entries, (long long)x->n_history);
    return EXIT_DONE;
}

int exchange_export_command(struct db *d, int argc, char **argv)
{
    const bool has_file = argc == 4 && strcmp(argv[2], "-o") == 0;

    if (argc < 2 || strcmp(argv[0], "body") != 0 || (argc != 2 && !has_file)) {
        fprintf(stderr, "export: body, and which?\n\n%s", exchange_export_help);
        return EXIT_USAGE;
    }
    struct arena *mem = arena_new(0), *row = arena_new(0);
    struct leaving x = {.mem = mem, .row = row, .name = str_of(argv[1]), .services = buf_new(mem, ROOM), .kept = buf_new(mem, ROOM)};
    struct db_tx *tx;
    enum status st = db_read_begin(d, &tx);
    int code;

    if (st == ST_OK) {
        x.c = ctx_new(mem, &actor_keeper, LANG_IT);
        x.c.tx = tx;
        st = leave(&x);
        db_read_end(tx);
    }
    if (st == ST_OK)
        code = write_out(&x, has_file ? argv[3] : NULL);
    else if (st == ST_NOT_FOUND)
        code = tell_nearest(&x);
    else {
        fprintf(stderr, "export: %s\n", status_name(st));
        code = EXIT_REFUSED;
    }
    arena_free(row);
    arena_free(mem);
    return code;
}

/* publish_package.c - GET /dati/hsds.zip: the whole catalogue as the tabular package of HSDS 3.0, read once: services go out as they are
 * read, the rows of the other tables wait, packed, in a file without a name. */
#include "base/date.h"
#include "base/log.h"
#include "base/zip_write.h"
#include "publish_api_directory.h"
#include "publish_api_routes.h"
#include "publish_export.h"
#include "publish_tables.h"
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { BLOCK = 50, SENT_AT_ONCE = 256 * 1024, ROOM = 16 * 1024 };

/* Packed bytes of one table, in the file. */
struct chunk {
    off_t at;
    size_t n;
    struct chunk *next;
};

struct packed_table {
    struct zip_flow *flow;
    struct chunk *first, *last;
};

struct package {
    struct arena *mem; /* its own: NULL until the first piece */
    int fd;
    off_t end;
    struct zip_write zip;
    struct publish_rows rows;
    struct packed_table tables[PUBLISH_TABLES];
    enum { AT_TERMS, AT_ORGANISATIONS, AT_LOCATIONS, AT_SERVICES, AT_TABLES, AT_END } phase;
    int64_t after_id;
    int table; /* AT_TABLES: which is being sent */
    bool is_table_begun;
    struct str title, licence, origin;
};

/* ---- the file without a name ---- */

static void end(void *state)
{
    struct package *p = state;

    if (p->fd >= 0)
        close(p->fd);
    arena_free(p->mem);
}

static enum status open_file(struct package *p)
{
    const char *folder = getenv("TMPDIR");

    p->fd = open(folder == NULL || *folder == '\0' ? "/tmp" : folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (p->fd >= 0)
        return ST_OK;
    log_event(LOG_ERROR, "package-no-file", LOG_END);
    return ST_UNAVAILABLE;
}

static enum status keep(struct package *p, enum publish_table t, struct str packed)
{
    struct chunk *k;

    if (packed.n == 0)
        return ST_OK;
    for (size_t done = 0; done < packed.n;) {
        const ssize_t n = pwrite(p->fd, packed.p + done, packed.n - done, p->end + (off_t)done);

        if (n <= 0)
            return ST_UNAVAILABLE;
        done += (size_t)n;
    }
    k = ARENA_NEW(p->mem, struct chunk);
    *k = (struct chunk){.at = p->end, .n = packed.n};
    p->end += (off_t)packed.n;
    if (p->tables[t].last == NULL)
        p->tables[t].first = k;
    else
        p->tables[t].last->next = k;
    p->tables[t].last = k;
    return ST_OK;
}

/* ---- rows ---- */

/* Room for the rows of one piece, in its memory. */
static void begin_rows(struct package *p, struct arena *mem)
{
    for (int t = 0; t < PUBLISH_TABLES; t++) {
        p->rows.out[t] = ARENA_NEW(mem, struct buf);
        *p->rows.out[t] = buf_new(mem, ROOM);
    }
}

static enum status pack_rows(struct package *p, struct web *w, bool is_last)
{
    enum status st = ST_OK;

    for (int t = 0; t < PUBLISH_TABLES && st == ST_OK; t++) {
        const struct str rows = buf_view(p->rows.out[t]);
        const bool goes_out = t == TABLE_SERVICES;
        struct buf packed = buf_new(web_ctx(w)->mem, ROOM);

        if (rows.n == 0 && !is_last)
            continue;
        zip_flow_put(p->tables[t].flow, goes_out ? web_out(w) : &packed, rows, is_last);
        if (!goes_out)
            st = keep(p, (enum publish_table)t, buf_view(&packed));
    }
    return st;
}

/* What was written as JSON is taken apart. No memory of ours is asked for while jansson holds some, but what the piece has room for. */
static enum status take_apart(struct package *p, struct ctx *c, enum publish_table t, struct buf *json)
{
    json_error_t e;
    json_t *object = json_loadb(json->p, json->n, 0, &e);

    if (object == NULL)
        bug("what was written is no JSON");
    publish_take_apart(&p->rows, c->mem, t, object);
    json_decref(object);
    json->n = 0;
    return ST_OK;
}

/* ---- each phase, a block at a time ---- */

static enum status take_terms(struct package *p, struct web *w, struct api_out *o)
{
    struct ctx *c = web_ctx(w);
    struct api_term *ours;
    struct taxonomy *taxonomies;
    struct taxonomy_term *theirs;
    int n_ours, n_taxonomies, n_theirs;
    enum status st = catalogue_taxonomies(c, &taxonomies, &n_taxonomies);

    if (st == ST_OK)
        st = catalogue_terms(c, STR(""), &theirs, &n_theirs);
    if (st != ST_OK)
        return st;
    api_terms(c, o->needs, &ours, &n_ours);
    for (int i = 0; i < n_ours && st == ST_OK; i++) {
        o->j.needs_comma = false;
        api_put_term(o, NULL, &ours[i]);
        st = take_apart(p, c, TABLE_TERMS, o->j.out);
    }
    for (int i = 0; i < n_taxonomies && st == ST_OK; i++) {
        o->j.needs_comma = false;
        api_put_foreign_taxonomy(o, NULL, &taxonomies[i]);
        st = take_apart(p, c, TABLE_TAXONOMIES, o->j.out);
    }
    for (int i = 0; i < n_theirs && st == ST_OK; i++) {
        o->j.needs_comma = false;
        api_put_foreign_term(o, &theirs[i]);
        st = take_apart(p, c, TABLE_TERMS, o->j.out);
    }
    p->phase = AT_ORGANISATIONS;
    return st;
}

static enum status take_organisations(struct package *p, struct web *w, struct api_out *o)
{
    const struct organisation_page page = {.after = p->after_id, .limit = BLOCK};
    struct organisation *list;
    int n = 0;
    enum status st = organisations_page(web_ctx(w), &page, &list, &n);

    for (int i = 0; i < n && st == ST_OK; i++) {
        const struct api_organisation v = {.organisation = &list[i]};

        p->after_id = list[i].organisation_id;
        o->j.needs_comma = false;
        api_put_organisation(o, NULL, &v, API_FULL);
        st = take_apart(p, web_ctx(w), TABLE_ORGANIZATIONS, o->j.out);
    }
    if (st == ST_OK && n == 0) {
        p->phase = AT_LOCATIONS;
        p->after_id = 0;
    }
    return st;
}

static enum status take_locations(struct package *p, struct web *w, struct api_out *o)
{
    const struct location_read read = {.after_id = p->after_id, .limit = BLOCK};
    struct location *list;
    int n = 0;
    enum status st = catalogue_read_locations(web_ctx(w), web_ctx(w)->mem, &read, &list, &n);

    for (int i = 0; i < n && st == ST_OK; i++) {
        p->after_id = list[i].location_id;
        o->j.needs_comma = false;
        api_put_location(o, NULL, &list[i]);
        st = take_apart(p, web_ctx(w), TABLE_LOCATIONS, o->j.out);
    }
    if (st == ST_OK && n == 0) {
        zip_write_open(&p->zip, web_out(w), publish_tables[TABLE_SERVICES].file);
        publish_table_head(p->rows.out[TABLE_SERVICES], TABLE_SERVICES);
        p->phase = AT_SERVICES;
        p->after_id = 0;
    }
    return st;
}

static enum status take_services(struct package *p, struct web *w, struct api_out *o)
{
    const struct service_read read = {.after_id = p->after_id, .limit = BLOCK};
    struct service *list;
    int n = 0;
    enum status st = catalogue_read(web_ctx(w), web_ctx(w)->mem, &read, &list, &n);

    for (int i = 0; i < n && st == ST_OK; i++) {
        p->after_id = list[i].service_id;
        o->j.needs_comma = false;
        api_put_service(o, NULL, &list[i], NULL, API_FULL);
        st = take_apart(p, web_ctx(w), TABLE_SERVICES, o->j.out);
    }
    if (st == ST_OK && n == 0)
        p->phase = AT_TABLES;
    return st == ST_OK ? o->upkept.st : st;
}

/* ---- the tables that waited ---- */

static enum status send_chunk(struct package *p, struct web *w, const struct chunk *k)
{
    struct buf *out = web_out(w);

    buf_room(out, k->n);
    for (size_t done = 0; done < k->n;) {
        const ssize_t n = pread(p->fd, out->p + out->n + done, k->n - done, k->at + (off_t)done);

        if (n <= 0)
            return ST_UNAVAILABLE;
        done += (size_t)n;
    }
    out->n += k->n;
    return ST_OK;
}

static enum status send_tables(struct package *p, struct web *w)
{
    enum status st = ST_OK;

    while (st == ST_OK && p->table < PUBLISH_TABLES && web_out(w)->n < SENT_AT_ONCE) {
        struct packed_table *t = &p->tables[p->table];

        if (p->table != TABLE_SERVICES && !p->is_table_begun)
            zip_write_whole(&p->zip, web_out(w), publish_tables[p->table].file, t->flow);
        p->is_table_begun = true;
        if (t->first != NULL) {
            st = send_chunk(p, w, t->first);
            t->first = t->first->next;
        }
        if (t->first == NULL) {
            p->table++;
            p->is_table_begun = false;
        }
    }
    if (p->table == PUBLISH_TABLES)
        p->phase = AT_END;
    return st;
}

/* ---- piece by piece ---- */

static enum status begin(struct package *p, struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct buf text = buf_new(c->mem, ROOM);
    const int64_t minutes = c->now_ms / 60000 % (24 * 60);
    const struct publish_about about = {.name = STR("wecare-hsds"),
                                        .title = p->title,
                                        .address = p->origin,
                                        .licence = p->licence,
                                        .made_at = instant_iso(c->mem, c->now_ms)};

    p->mem = arena_new(0);
    p->fd = -1;
    web_at_end(w, end, p);
    p->zip = zip_write_new(p->mem, (int)(c->now_ms / 86400000), (int)minutes);
    p->rows = publish_rows_new(p->mem);
    begin_rows(p, c->mem);
    for (int t = 0; t < PUBLISH_TABLES; t++) {
        p->tables[t].flow = zip_flow_new(p->mem);
        if (t != TABLE_SERVICES) /* its rows go out when it begins */
            publish_table_head(p->rows.out[t], (enum publish_table)t);
    }
    publish_descriptor(&text, &about);
    struct zip_flow *flow = zip_flow_new(p->mem);
    struct buf packed = buf_new(c->mem, ROOM);

    zip_flow_put(flow, &packed, buf_view(&text), true);
    zip_write_whole(&p->zip, web_out(w), "datapackage.json", flow);
    buf_str(web_out(w), buf_view(&packed));
    return open_file(p);
}

static enum status step(struct package *p, struct web *w)
{
    struct api_out o = api_out_new(w);
    struct buf json = buf_new(web_ctx(w)->mem, ROOM);

    o.j = jwrite_to(&json);
    switch (p->phase) {
    case AT_TERMS:
        return take_terms(p, w, &o);
    case AT_ORGANISATIONS:
        return take_organisations(p, w, &o);
    case AT_LOCATIONS:
        return take_locations(p, w, &o);
    default:
        return take_services(p, w, &o);
    }
}

static enum status piece(struct web *w, void *state, bool *out_is_last)
{
    struct package *p = state;
    enum status st = ST_OK;

    if (p->mem == NULL)
        st = begin(p, w);
    else
        begin_rows(p, web_ctx(w)->mem);
    if (st == ST_OK && p->phase <= AT_SERVICES) {
        st = step(p, w);
        if (st == ST_OK)
            st = pack_rows(p, w, p->phase == AT_TABLES);
        if (st == ST_OK && p->phase == AT_TABLES)
            zip_write_close(&p->zip, web_out(w), p->tables[TABLE_SERVICES].flow);
    } else if (st == ST_OK) {
        st = send_tables(p, w);
    }
    if (st == ST_OK && zip_write_is_full(&p->zip))
        st = ST_TOO_LARGE;
    if (st == ST_OK && p->phase == AT_END) {
        zip_write_end(&p->zip, web_out(w));
        *out_is_last = true;
    }
    return st;
}

enum status publish_package(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct package *p = ARENA_NEW(c->mem, struct package);
    int64_t change, changed_ms;
    enum status st = catalogue_change(c, &change);

    if (st == ST_OK)
        st = api_directory_changed_at(c, &changed_ms);
    if (st != ST_OK)
        return st;
    if (web_has_same(w, str_fmt(c->mem, "hsds.zip %lld %d", (long long)change, c->today), changed_ms))
        return ST_OK;
    p->title = str_of(web_site(w)->portal_name);
    p->licence = str_of(web_site(w)->licence);
    p->origin = web_origin(w);
    web_set_type(w, "application/zip");
    web_set_download(w, STR("hsds.zip"));
    web_stream(w, piece, p);
    return ST_OK;
}

/* catalogue_write.c - how services, places and organisations come in, each found again by its source. */
#include "features/catalogue/catalogue_alias.h"
#include "features/catalogue/catalogue_write.h"
#include "catalogue_pack.h"
#include "catalogue_store.h"
#include "catalogue_writer.h"
#include "base/digest.h"
#include "base/random.h"
#include "base/slug.h"
#include "catalogue_sql.h"
#include <stdlib.h>
#include <string.h>

enum { MOST_CODES = 20, SUMMARY_BYTES = 200 };

/* ---- the writer ---- */

enum status catalogue_write_begin(struct ctx *c, struct str source, struct catalogue_write **out)
{
    struct catalogue_change_next_row change;
    struct catalogue_service_any_of_source_row any;
    struct catalogue_write *w;
    struct arena *keep;
    enum status st = catalogue_sql_change_next(c, &change);

    *out = NULL;
    if (st == ST_OK)
        st = catalogue_sql_service_any_of_source(
            c, &(struct catalogue_service_any_of_source_in){source}, &any);
    if (st != ST_OK)
        return st;
    keep = arena_new(0);
    w = ARENA_NEW(keep, struct catalogue_write);
    w->keep = keep;
    w->mem = arena_new(0);
    w->own = *c;
    w->own.mem = w->mem;
    w->source = str_copy(keep, source);
    w->change_no = change.n;
    w->is_first = any.n == 0;
    w->comuni = ARENA_ARRAY(keep, struct area, CACHED_COMUNI);
    w->places = ARENA_ARRAY(keep, struct writer_place, CACHED_PLACES);
    *out = w;
    return ST_OK;
}

enum status catalogue_write_end(struct catalogue_write *w, bool is_whole, int64_t *n_gone)
{
    enum status st = ST_OK;
    int64_t n = 0;

    if (w == NULL)
        return ST_OK;
    if (is_whole)
        st = catalogue_writer_sweep(w, &n);
    if (n_gone != NULL)
        *n_gone = n;
    struct arena *const mem = w->mem, *const keep = w->keep;

    arena_free(mem);
    arena_free(keep);
    return st;
}

void catalogue_writer_saw(struct catalogue_write *w, struct seen *s, int64_t id)
{
    if (s->n % SEEN_CHUNK == 0) {
        struct seen_chunk *const chunk = ARENA_NEW(w->keep, struct seen_chunk);

        chunk->before = s->last;
        s->last = chunk;
    }
    s->last->ids[s->n++ % SEEN_CHUNK] = id;
}

static int by_number(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

void catalogue_writer_seen(struct catalogue_write *w, struct seen *s)
{
    int n = s->n;

    if (n == s->n_ids)
        return;
    s->ids = ARENA_ARRAY(w->keep, int64_t, (size_t)n);
    s->n_ids = n;
    for (const struct seen_chunk *k = s->last; k != NULL; k = k->before) {
        const int of = (n - 1) % SEEN_CHUNK + 1;

        n -= of;
        memcpy(s->ids + n, k->ids, sizeof *s->ids * (size_t)of);
    }
    qsort(s->ids, (size_t)s->n_ids, sizeof *s->ids, by_number);
}

void catalogue_write_same(struct catalogue_write *w, enum write_kind kind, int64_t id)
{
    catalogue_writer_saw(w, kind == WRITE_SERVICE ? &w->services : kind == WRITE_LOCATION ? &w->locations : &w->organisations, id);
}

enum status catalogue_writer_area(struct catalogue_write *w, int64_t area_id, struct area *out)
{
    struct area *cached = &w->comuni[area_id % CACHED_COMUNI];
    enum status st = ST_OK;

    if (area_id == 0) {
        *out = (struct area){.name = STR("")};
        return ST_OK;
    }
    if (cached->area_id != area_id) {
        st = places_area(&w->own, area_id, out);
        if (st != ST_OK)
            return st;
        *cached = *out;
        cached->name = str_copy(w->keep, out->name);
        cached->code = str_copy(w->keep, out->code);
        cached->slug = STR("");
    }
    *out = *cached;
    return ST_OK;
}

enum status catalogue_writer_comune(struct catalogue_write *w, int64_t location_id, int64_t *out)
{
    struct writer_place *p = &w->places[location_id % CACHED_PLACES];
    struct catalogue_location_comune_row r;

    if (p->location_id != location_id) {
        const enum status st = catalogue_sql_location_comune(
            &w->own, &(struct catalogue_location_comune_in){location_id}, &r);

        if (st != ST_OK)
            return st;
        *p = (struct writer_place){location_id, r.has_comune_id ? r.comune_id : 0};
    }
    *out = p->comune_id;
    return ST_OK;
}

/* ---- organisations ---- */

enum status catalogue_put_organisation(struct catalogue_write *w, const struct organisation *given,
                                       int64_t *out_id, enum put_change *out_change)
{
    struct organisation o = *given;

    arena_reset(w->mem);
    o.source = w->source;
    o.body_id = 0; /* the managing bodies are the reference's */
    const enum status st = organisations_put(&w->own, &o, out_id, out_change);

    if (st == ST_OK)
        catalogue_writer_saw(w, &w->organisations, *out_id);
    if (st != ST_OK || *out_change != PUT_CHANGED)
        return st;
    return catalogue_sql_service_touch_organisation(
        &w->own, &(struct catalogue_service_touch_organisation_in){*out_id, w->change_no, w->own.now_ms},
        NULL);
}

/* ---- services ---- */

/* The first sentence, or what fits of it, cut at a word. */
static struct str first_sentence(struct str text)
{
    size_t end = 0;

    text = str_trim(text);
    for (size_t i = 0; i < text.n && i < SUMMARY_BYTES; i++) {
        const bool is_end = text.p[i] == '\n' || ((text.p[i] == '.' || text.p[i] == '!' || text.p[i] == '?') &&
                                                  (i + 1 == text.n || text.p[i + 1] == ' ' || text.p[i + 1] == '\n'));

        if (is_end)
            return str_trim(str_head(text, text.p[i] == '\n' ? i : i + 1));
        if (text.p[i] == ' ')
            end = i;
    }
    return text.n <= SUMMARY_BYTES ? text : str_head(text, end > 0 ? end : 0);
}

static enum status fill_slug(struct catalogue_write *w, struct service *s, struct str code)
{
    int64_t comune_id = 0;
    struct area comune = {.name = STR("")};
    enum status st = ST_OK;

    if (s->n_ats > 0)
        st = catalogue_writer_comune(w, s->ats[0].location_id, &comune_id);
    if (st == ST_OK)
        st = catalogue_writer_area(w, comune_id, &comune);
    if (st == ST_OK)
        s->slug = slug_make(w->mem, s->name, comune.name, code);
    return st;
}

static void pack(struct catalogue_write *w, struct service *s, struct service_row *r)
{
    struct buf parts = buf_new(w->mem, 512), more = buf_new(w->mem, 512);

    catalogue_pack_service(&parts, &more, s);
    r->parts = buf_view(&parts);
    r->more = buf_view(&more);
    r->is_redacted = catalogue_writer_redact(w, s, &r->parts, &r->more);
}

/* A word of the desk that is newer than the feed's stays. */
static void keep_confirmation(struct service *s, const struct catalogue_service_by_source_row *f)
{
    const int old = f->has_confirmed_on ? day_parse(f->confirmed_on) : DAY_NONE;

    if (old == DAY_NONE || (s->confirmed_on != DAY_NONE && s->confirmed_on >= old))
        return;
    s->confirmed_on = old;
    s->confirmed_how = catalogue_how_of(f->confirmed_how);
    s->confirmed_by = f->confirmed_by;
}

/* One that was joined to another is not brought back: *out_id is the other. When the other is gone by its
 * own source, this one is what is left of it, and stands for itself again. */
static enum status follow(struct catalogue_write *w, int64_t service_id, int64_t *out_id)
{
    struct service kept;
    enum status st = catalogue_kept(&w->own, service_id, out_id);

    if (st != ST_OK || *out_id == service_id)
        return st;
    st = catalogue_service(&w->own, *out_id, &kept);
    if (st == ST_NOT_FOUND)
        return ST_OK;
    if (st != ST_OK || kept.state != SERVICE_GONE)
        return st;
    *out_id = service_id;
    return catalogue_part(&w->own, service_id);
}

static enum status update(struct catalogue_write *w, struct service *s, struct service_row *r,
                          const struct catalogue_service_by_source_row *f, int64_t *out_id,
                          enum put_change *out_change)
{
    enum status st = ST_OK;
    bool is_left = false;

    *out_change = PUT_LEFT;
    *out_id = f->service_id;
    if (!str_eq(f->source, w->source) || str_eq_z(f->state, "hidden"))
        return ST_OK;
    if (str_eq_z(f->state, "gone"))
        st = follow(w, f->service_id, out_id);
    if (st != ST_OK || *out_id != f->service_id)
        return st;
    *out_change = PUT_SAME;
    if (f->sum == r->sum && str_eq_z(f->state, "shown"))
        return ST_OK;
    if (f->sum == r->sum && str_eq_z(f->state, "gone"))
        st = catalogue_writer_is_gone(w, f->service_id, &is_left);
    if (st != ST_OK || is_left)
        return st;
    *out_change = PUT_CHANGED;
    s->uuid = f->uuid;
    r->code = f->code;
    keep_confirmation(s, f);
    st = catalogue_writer_keep(w, f->service_id, s, r);
    if (st == ST_OK) {
        pack(w, s, r);
        st = fill_slug(w, s, f->code);
    }
    if (st == ST_OK)
        st = catalogue_writer_set(&w->own, f->service_id, r);
    if (st == ST_OK)
        st = catalogue_sql_at_clear(&w->own, &(struct catalogue_at_clear_in){f->service_id}, NULL);
    return st == ST_OK ? catalogue_writer_ats(&w->own, f->service_id, s) : st;
}

static enum status find(struct catalogue_write *w, const struct service *s,
                        struct catalogue_service_by_source_row *f)
{
    const struct catalogue_service_by_source_in in = {w->source, s->source_id};
    enum status st = catalogue_sql_service_by_source(&w->own, &in, f);

    if (st == ST_NOT_FOUND && s->uuid.n > 0) {
        struct catalogue_service_by_uuid_row r;

        st = catalogue_sql_service_by_uuid(&w->own, &(struct catalogue_service_by_uuid_in){s->uuid}, &r);
        if (st == ST_OK)
            *f = (struct catalogue_service_by_source_row){
                .service_id = r.service_id,
                .uuid = r.uuid,
                .sum = r.sum,
                .state = r.state,
                .source = r.source,
                .code = r.code,
                .has_confirmed_on = r.has_confirmed_on,
                .confirmed_on = r.confirmed_on,
                .confirmed_how = r.confirmed_how,
                .confirmed_by = r.confirmed_by};
    }
    return st;
}

/* ST_NOT_FOUND: it is there already after all (twice in one file), or its id is another's. */
static enum status add(struct catalogue_write *w, struct service *s, struct service_row *r, int64_t *out_id)
{
    const bool has_uuid = s->uuid.n > 0;
    enum status st = ST_NOT_FOUND;

    if (!has_uuid)
        s->uuid = random_uuid(w->mem, w->own.now_ms);
    for (int i = 0; st == ST_NOT_FOUND && i < MOST_CODES; i++) {
        struct catalogue_service_by_source_row f;

        r->code = slug_code(w->mem, s->uuid, i);
        st = fill_slug(w, s, r->code);
        if (st == ST_OK)
            st = catalogue_writer_add(&w->own, r, out_id);
        if (st == ST_NOT_FOUND && find(w, s, &f) == ST_OK)
            return ST_NOT_FOUND;
    }
    if (st == ST_OK)
        st = catalogue_writer_ats(&w->own, *out_id, s);
    return st == ST_NOT_FOUND ? ST_CONFLICT : st;
}

static enum status put(struct catalogue_write *w, struct service *s, struct service_row *r, int64_t *out_id,
                       enum put_change *out_change)
{
    struct catalogue_service_by_source_row f;
    const struct str uuid = s->uuid;
    enum status st = w->is_first ? ST_NOT_FOUND : find(w, s, &f);

    if (st == ST_NOT_FOUND) {
        *out_change = PUT_ADDED;
        st = add(w, s, r, out_id);
        if (st != ST_NOT_FOUND)
            return st;
        s->uuid = uuid;
        st = find(w, s, &f);
    }
    if (st != ST_OK)
        return st;
    return update(w, s, r, &f, out_id, out_change);
}

enum status catalogue_put_service(struct catalogue_write *w, const struct service *given, int64_t *out_id,
                                  enum put_change *out_change)
{
    struct service s = *given;

    arena_reset(w->mem);
    struct service_row r = {.s = &s, .change_no = w->change_no};

    s.source = w->source;
    s.state = SERVICE_SHOWN;
    s.uuid = uuid_tidy(w->mem, s.uuid);
    s.kind = s.kind == 0 ? SERVICE_SERVICE : s.kind;
    s.status = s.status == 0 ? SERVICE_ACTIVE : s.status;
    if (s.summary.n == 0)
        s.summary = first_sentence(s.description);
    pack(w, &s, &r);
    r.sum = catalogue_writer_sum(w->mem, &s, r.parts, r.more);
    const enum status st = put(w, &s, &r, out_id, out_change);

    if (st == ST_OK)
        catalogue_writer_saw(w, &w->services, *out_id);
    return st;
}

/* ---- taxonomies ---- */

enum status catalogue_put_taxonomy(struct catalogue_write *w, const struct taxonomy *t,
                                   enum put_change *out_change)
{
    int64_t n = 0;

    arena_reset(w->mem);
    const struct catalogue_taxonomy_put_in in = {.uuid = uuid_tidy(w->mem, t->uuid),
                                                 .name = t->name,
                                                 .description = t->description,
                                                 .uri = t->uri,
                                                 .version = t->version,
                                                 .source = w->source};
    const enum status st = catalogue_sql_taxonomy_put(&w->own, &in, &n);

    *out_change = n == 0 ? PUT_SAME : PUT_CHANGED;
    return st;
}

enum status catalogue_put_term(struct catalogue_write *w, const struct taxonomy_term *t,
                               enum put_change *out_change)
{
    int64_t n = 0;

    arena_reset(w->mem);
    const struct catalogue_term_put_in in = {.uuid = uuid_tidy(w->mem, t->uuid),
                                             .taxonomy_uuid = uuid_tidy(w->mem, t->taxonomy_uuid),
                                             .taxonomy = t->taxonomy,
                                             .code = t->code,
                                             .name = t->name,
                                             .description = t->description,
                                             .parent_uuid = uuid_tidy(w->mem, t->parent_uuid),
                                             .language = t->language,
                                             .uri = t->uri,
                                             .source = w->source};
    const enum status st = catalogue_sql_term_put(&w->own, &in, &n);

    *out_change = n == 0 ? PUT_SAME : PUT_CHANGED;
    return st;
}

/* ---- by hand ---- */

static enum status next_change(struct ctx *c, int64_t *out)
{
    struct catalogue_change_next_row r;
    const enum status st = catalogue_sql_change_next(c, &r);

    if (st == ST_OK)
        *out = r.n;
    return st;
}

static enum status set_confirmed(struct ctx *c, struct catalogue_service_confirm_in *in)
{
    int64_t n = 0;
    enum status st = next_change(c, &in->change_no);

    in->changed_at = c->now_ms;
    if (st == ST_OK)
        st = catalogue_sql_service_confirm(c, in, &n);
    return st == ST_OK && n == 0 ? ST_NOT_FOUND : st;
}

enum status catalogue_confirm(struct ctx *c, int64_t service_id, int on, enum confirm_how how, struct str by)
{
    if (on == DAY_NONE || on > c->today)
        return fail(c, ST_INVALID, "catalogue.confirmed-ahead");
    return set_confirmed(c, &(struct catalogue_service_confirm_in){.service_id = service_id,
                                                                   .has_confirmed_on = true,
                                                                   .confirmed_on = day_iso(c->mem, on),
                                                                   .confirmed_how = str_of(catalogue_how_name(how)),
                                                                   .confirmed_by = by});
}

enum status catalogue_unconfirm(struct ctx *c, int64_t service_id, int on, enum confirm_how how, struct str by)
{
    return set_confirmed(c, &(struct catalogue_service_confirm_in){.service_id = service_id,
                                                                   .has_confirmed_on = on != DAY_NONE,
                                                                   .confirmed_on = day_iso(c->mem, on),
                                                                   .confirmed_how = str_of(catalogue_how_name(how)),
                                                                   .confirmed_by = by});
}

enum status catalogue_set_due(struct ctx *c, int64_t service_id, enum due_state due)
{
    struct catalogue_service_set_due_in in = {.service_id = service_id, .due_state = due};
    int64_t n = 0;
    enum status st = next_change(c, &in.change_no);

    if (st == ST_OK)
        st = catalogue_sql_service_set_due(c, &in, &n);
    return st == ST_OK && n == 0 ? ST_NOT_FOUND : st;
}

enum status catalogue_set_state(struct ctx *c, int64_t service_id, enum service_state state)
{
    struct catalogue_service_set_state_in in = {.service_id = service_id,
                                                .state = str_of(catalogue_state_name(state)),
                                                .changed_at = c->now_ms};
    int64_t n = 0;
    enum status st = next_change(c, &in.change_no);

    if (st == ST_OK)
        st = catalogue_sql_service_set_state(c, &in, &n);
    return st == ST_OK && n == 0 ? ST_NOT_FOUND : st;
}

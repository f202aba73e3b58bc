/* twins_join.c - two are made one, and come apart: entries with their fields, organisations with all they have. */
#include "twins_join.h"
#include "base/date.h"
#include "base/random.h"
#include "core/bodies/organisations.h"
#include "core/post/post.h"
#include "features/catalogue/catalogue_alias.h"
#include "features/catalogue/catalogue_history.h"
#include "twins_store.h"

/* ---- entries ---- */

/* The texts of the chosen fields go into the kept one as edits: each has its row of history. */
static enum status take_fields(struct ctx *c, const struct twins_joining *j, struct str batch)
{
    struct service merged, kept;
    struct edit_change list[EDIT_FIELD_COUNT];
    struct edit_outcome outcome;
    struct str rest = j->choice;
    int n = 0;
    enum status st = catalogue_service(c, j->merged_id, &merged);

    if (st == ST_OK)
        st = catalogue_service(c, j->kept_id, &kept);
    if (st != ST_OK)
        return st;
    while (rest.n > 0 && n < EDIT_FIELD_COUNT) {
        const enum edit_field f = catalogue_edit_named(str_cut(&rest, ' '));

        if (f == EDIT_NONE)
            continue;
        list[n++] = (struct edit_change){
            .field = f,
            .text = catalogue_edit_text(c->mem, f, &merged),
            .has_was = true,
            .was_sum = catalogue_edit_sum(catalogue_edit_text(c->mem, f, &kept))};
    }
    if (n == 0)
        return ST_OK;
    const struct edit_who who = {.how = EDIT_BY_MERGE, .by = j->by, .batch = batch};

    return catalogue_edit(c, j->kept_id, kept.change_no, list, n, &who, &outcome);
}

static enum status note(struct ctx *c, enum twins_kind kind, const struct twins_joining *j, struct str batch,
                        int64_t *out_id)
{
    struct twins_join_add_row r;
    const struct twins_join_add_in in = {.kind = str_of(twins_kind_name(kind)),
                                         .merged_id = j->merged_id,
                                         .kept_id = j->kept_id,
                                         .pair_id = j->pair_id,
                                         .batch = batch,
                                         .by_body = j->by,
                                         .joined_at = c->now_ms};
    const enum status st = twins_sql_join_add(c, &in, &r);

    if (st == ST_OK)
        *out_id = r.join_id;
    return st;
}

static struct str new_batch(struct ctx *c)
{
    const struct str id = random_uuid(c->mem, c->now_ms);

    return str_fmt(c->mem, "merge-%.*s", (int)id.n, id.p);
}

enum status twins_join_services(struct ctx *c, const struct twins_joining *j)
{
    const struct str batch = new_batch(c);
    int64_t join_id;
    enum status st = take_fields(c, j, batch);

    if (st == ST_OK)
        st = catalogue_join(c, j->merged_id, j->kept_id);
    return st == ST_OK ? note(c, TWINS_SERVICE, j, batch, &join_id) : st;
}

/* ---- organisations ---- */

static enum status move_rows(struct ctx *c, int64_t join_id, int64_t from, int64_t to,
                             struct twins_bodies_report *out)
{
    int64_t *services, *places;
    int n_services = 0, n_places = 0;
    enum status st = catalogue_all_of(c, from, &services, &n_services);

    if (st == ST_OK)
        st = catalogue_places_of(c, from, &places, &n_places);
    for (int i = 0; st == ST_OK && i < n_services; i++) {
        st = catalogue_move(c, services[i], to);
        if (st == ST_OK)
            st = twins_sql_moved_add(c, &(struct twins_moved_add_in){join_id, STR("service"), services[i]}, NULL);
    }
    for (int i = 0; st == ST_OK && i < n_places; i++) {
        st = catalogue_move_place(c, places[i], to);
        if (st == ST_OK)
            st = twins_sql_moved_add(c, &(struct twins_moved_add_in){join_id, STR("place"), places[i]}, NULL);
    }
    out->n_services = n_services;
    out->n_places = n_places;
    return st;
}

static enum status only_count(struct ctx *c, int64_t from, struct twins_bodies_report *out)
{
    int64_t *ids;
    enum status st = catalogue_all_of(c, from, &ids, &out->n_services);

    return st == ST_OK ? catalogue_places_of(c, from, &ids, &out->n_places) : st;
}

/* Questions about the one that goes have no second side any more; those it began are asked of nobody. */
static enum status settle_pairs(struct ctx *c, int64_t merged_id, struct twins_bodies_report *out)
{
    int64_t n = 0;
    const struct twins_pair_drop_open_in in = {STR("organisation"), merged_id};
    enum status st = twins_sql_key_drop(c, &(struct twins_key_drop_in){STR("organisation"), merged_id}, NULL);

    if (st == ST_OK)
        st = twins_sql_pair_drop_open(c, &in, &n);
    out->n_pairs = (int)n;
    return st;
}

enum status twins_join_bodies(struct ctx *c, int64_t merged_id, int64_t kept_id, struct str by, bool is_dry,
                              struct twins_bodies_report *out)
{
    const struct twins_joining j = {.merged_id = merged_id, .kept_id = kept_id, .by = by};
    enum status st;

    *out = (struct twins_bodies_report){0};
    st = only_count(c, merged_id, out);
    if (st == ST_OK)
        st = organisations_join(c, merged_id, kept_id); /* a dry run is undone by who asked for it */
    if (st != ST_OK || is_dry)
        return st;
    st = note(c, TWINS_ORGANISATION, &j, new_batch(c), &out->join_id);
    if (st == ST_OK)
        st = move_rows(c, out->join_id, merged_id, kept_id, out);
    if (st == ST_OK) /* mails that wait, and what came of those sent, are the kept one's from now on */
        st = post_move(c, merged_id, kept_id);
    return st == ST_OK ? settle_pairs(c, merged_id, out) : st;
}

/* ---- apart again ---- */

static enum status part_services(struct ctx *c, const struct twins_join *j, struct str by,
                                 struct twins_bodies_report *out)
{
    const struct edit_who who = {.how = EDIT_BY_UNDO, .by = by};
    struct service kept;
    int n_undone = 0;
    enum status st = catalogue_part(c, j->merged_id);

    if (st == ST_OK)
        st = catalogue_service(c, j->kept_id, &kept);
    if (st == ST_OK)
        st = catalogue_undo_batch(c, &(struct undo_batch){kept.organisation_id, j->batch}, &who, &n_undone,
                                  &out->n_left);
    return st == ST_NOT_FOUND ? ST_OK : st; /* no field was taken, or the kept one is hidden */
}

/* What went along goes back, unless it has gone to somebody else since. */
static enum status move_back(struct ctx *c, const struct twins_join *j, struct twins_bodies_report *out)
{
    struct twins_moved_of_row *rows;
    int64_t *at_kept, *places;
    int n = 0, n_kept = 0, n_places = 0;
    int64_t holder = 0; /* the one kept may have gone into a third since, with all of it */
    enum status st = twins_sql_moved_of(c, &(struct twins_moved_of_in){j->join_id}, &rows, &n);

    if (st == ST_OK)
        st = organisations_kept(c, j->kept_id, &holder);
    if (st == ST_OK)
        st = catalogue_all_of(c, holder, &at_kept, &n_kept);
    if (st == ST_OK)
        st = catalogue_places_of(c, holder, &places, &n_places);
    for (int i = 0; st == ST_OK && i < n; i++) {
        const bool is_service = str_eq_z(rows[i].what, "service");
        const int64_t *list = is_service ? at_kept : places;
        bool is_here = false;

        for (int k = 0; k < (is_service ? n_kept : n_places) && !is_here; k++)
            is_here = list[k] == rows[i].row_id;
        if (!is_here) {
            out->n_left++;
            continue;
        }
        st = is_service ? catalogue_move(c, rows[i].row_id, j->merged_id)
                        : catalogue_move_place(c, rows[i].row_id, j->merged_id);
        out->n_services += is_service;
        out->n_places += !is_service;
    }
    return st;
}

enum status twins_part(struct ctx *c, int64_t join_id, struct str by, struct twins_bodies_report *out)
{
    struct twins_join j;
    int64_t n = 0;
    enum status st = twins_store_join(c, join_id, &j);

    *out = (struct twins_bodies_report){.join_id = join_id};
    if (st != ST_OK)
        return st;
    st = twins_sql_join_part(c, &(struct twins_join_part_in){join_id, c->now_ms, by}, &n);
    if (st == ST_OK && n == 0)
        return fail(c, ST_CONFLICT, "twins.parted-already");
    if (st == ST_OK && j.kind == TWINS_SERVICE) {
        st = part_services(c, &j, by, out);
    } else if (st == ST_OK) {
        st = organisations_part(c, j.merged_id);
        if (st == ST_OK)
            st = move_back(c, &j, out);
    }
    /* Nobody is asked at once what was answered a moment ago: two things, until somebody says otherwise. */
    if (st == ST_OK && j.pair_id != 0)
        st = twins_sql_pair_reopen(c, &(struct twins_pair_reopen_in){j.pair_id}, NULL);
    if (st == ST_OK && j.pair_id != 0)
        st = twins_sql_pair_different(
            c, &(struct twins_pair_different_in){j.pair_id, by, day_iso(c->mem, c->today)}, NULL);
    return st;
}

enum status twins_joins(struct ctx *c, int limit, struct twins_join **out, int *n_out)
{
    return twins_store_joins(c, limit, out, n_out);
}

enum status twins_join_by_id(struct ctx *c, int64_t join_id, struct twins_join *out)
{
    return twins_store_join(c, join_id, out);
}

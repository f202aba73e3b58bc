/* twins_page.c - what a body and who looks after it see of pairs: the list, one side by side, what was made one. */
#include "twins.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/macros.h"
#include "core/bodies/organisations.h"
#include "core/links/links.h"
#include "features/catalogue/catalogue_history.h"
#include "twins_feature.h"
#include "twins_pages.h"
#include "twins_view.h"

enum { LISTED = 50, ANSWERED = 20, HISTORY = 60 };

static struct str say(struct ctx *c, const char *key, const char *name, struct str value)
{
    return text_fill(c->mem, text_get(c->lang, key), &(struct text_arg){name, value}, 1);
}

/* ---- the door ---- */

static struct twins_who who_of(const struct links_link *k, bool is_own_only)
{
    return (struct twins_who){.organisation_id = k->organisation_id, .name = k->name, .is_own_only = is_own_only};
}

/* A key to approve before one to keep; *k says why none opens. */
static enum status door(struct web *w, struct twins_who *who, struct links_link *k)
{
    enum status st = links_here(w, LINKS_APPROVE, k);

    if (st == ST_OK) {
        *who = who_of(k, false);
        return st;
    }
    if (st == ST_NOT_FOUND || st == ST_CONFLICT)
        st = links_here(w, LINKS_KEEP, k);
    *who = who_of(k, true);
    return st;
}

/* To one pair: the key to approve may reach less far than the one to keep. */
static enum status door_to(struct web *w, const struct twins_pair *p, struct twins_who *who, struct links_link *k,
                           enum twins_right *right)
{
    enum status st = door(w, who, k);

    if (st == ST_OK)
        st = twins_may(web_ctx(w), p, right);
    if (st != ST_OK || *right != TWINS_MAY_NOT || who->is_own_only)
        return st;
    st = links_here(w, LINKS_KEEP, k);
    if (st == ST_OK) {
        *who = who_of(k, true);
        st = twins_may(web_ctx(w), p, right);
    }
    return st == ST_NOT_FOUND || st == ST_CONFLICT ? ST_OK : st;
}

/* ---- one pair in a line ---- */

static enum status side_of_service(struct ctx *c, int64_t id, struct twins_side_view *v)
{
    struct service s;
    const enum status st = catalogue_service(c, id, &s);

    if (st != ST_OK)
        return st == ST_NOT_FOUND ? ST_OK : st;
    *v = (struct twins_side_view){.name = s.name,
                                  .body = s.organisation_name,
                                  .path = str_fmt(c->mem, "/servizi/%.*s", (int)s.slug.n, s.slug.p),
                                  .phone = catalogue_first_phone(&s)};
    if (s.n_ats > 0 && s.ats[0].location != NULL)
        v->where = s.ats[0].location->comune_name;
    return ST_OK;
}

static enum status side_of_organisation(struct ctx *c, int64_t id, struct twins_side_view *v)
{
    struct organisation o;
    const enum status st = organisations_by_id(c, id, &o);

    if (st != ST_OK)
        return st == ST_NOT_FOUND ? ST_OK : st;
    *v = (struct twins_side_view){.name = o.name,
                                  .path = str_fmt(c->mem, "/enti/%.*s", (int)o.slug.n, o.slug.p),
                                  .where = o.comune_name,
                                  .phone = o.phone};
    return ST_OK;
}

static enum status line_of(struct ctx *c, const struct twins_who *who, const struct twins_pair *p,
                           struct twins_pair_line *v)
{
    enum status (*const side)(struct ctx *, int64_t, struct twins_side_view *) =
        p->kind == TWINS_SERVICE ? side_of_service : side_of_organisation;
    enum status st;

    *v = (struct twins_pair_line){
        .pair_id = p->pair_id,
        .kind = text_get(c->lang, p->kind == TWINS_SERVICE ? "twins.two-entries" : "twins.two-bodies"),
        .why = twins_why_words(c, p->why),
        .score = p->score,
        .is_mine = p->asked_by != 0 && p->asked_by == who->organisation_id};
    if (p->asked_by != 0)
        v->asked = say(c, v->is_mine ? "twins.asked-by-you" : "twins.asked-by", "name", p->asked_name);
    if (p->answered_on != DAY_NONE) {
        const struct text_arg args[] = {{"name", p->answered_by}, {"day", text_day(c->mem, c->lang, p->answered_on)}};

        v->answered = text_fill(c->mem, text_get(c->lang, "twins.answered-by"), args, ARRAY_LEN(args));
    }
    st = side(c, p->a_id, &v->a);
    return st == ST_OK ? side(c, p->b_id, &v->b) : st;
}

static enum status lines_of(struct ctx *c, const struct twins_who *who, const struct twins_pair *list, int n,
                            struct twins_pair_line **out)
{
    enum status st = ST_OK;

    *out = ARENA_ARRAY(c->mem, struct twins_pair_line, (size_t)n);
    for (int i = 0; st == ST_OK && i < n; i++)
        st = line_of(c, who, &list[i], &(*out)[i]);
    return st;
}

/* ---- the list ---- */

static struct str done_words(struct ctx *c, struct str done)
{
    static const char *const known[] = {"diverse", "chiesto", "ancora"};

    for (int i = 0; i < ARRAY_LEN(known); i++)
        if (str_eq_z(done, known[i]))
            return text_get(c->lang, str_fmt(c->mem, "twins.done-%s", known[i]).p);
    return STR("");
}

/* GET /doppioni - those that wait for an answer of who holds the key. */
enum status twins_list_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct links_link k;
    struct twins_who who;
    struct twins_pair *open, *answered;
    enum status st = door(w, &who, &k);

    if (st != ST_OK)
        return links_refuse(w, LINKS_APPROVE, st, &k);
    struct twins_list_view v = {.frame = frame_new(w, text_get(c->lang, "twins.title")),
                                .holder = who.name,
                                .decides = !who.is_own_only,
                                .done = done_words(c, web_query(w, "fatto"))};

    st = twins_open(c, &who, LISTED, &open, &v.n_lines);
    if (st == ST_OK)
        st = lines_of(c, &who, open, v.n_lines, &v.lines);
    if (st == ST_OK)
        st = twins_answered(c, ANSWERED, &answered, &v.n_answered);
    if (st == ST_OK)
        st = lines_of(c, &who, answered, v.n_answered, &v.answered);
    v.frame->is_hidden = true;
    return st == ST_OK ? html_twins_list(w, &v) : st;
}

/* ---- one pair ---- */

static bool asks_for(struct web *w, bool is_post, const char *field)
{
    return is_post ? web_field(w, str_fmt(web_ctx(w)->mem, "prendi-%s", field).p).n > 0 : false;
}

static bool is_in_choice(struct str choice, const char *name)
{
    while (choice.n > 0)
        if (str_eq_z(str_cut(&choice, ' '), name))
            return true;
    return false;
}

static enum status fill_fields(struct web *w, const struct twins_pair *p, bool is_post, struct twins_pair_view *v)
{
    struct ctx *c = web_ctx(w);
    struct twins_field *fields;
    const enum status st = twins_fields(c, p, &fields, &v->n_fields);

    if (st != ST_OK) {
        v->n_fields = 0;
        return st == ST_NOT_FOUND ? ST_OK : st;
    }
    v->fields = ARENA_ARRAY(c->mem, struct twins_field_view, (size_t)v->n_fields);
    for (int i = 0; i < v->n_fields; i++) {
        const struct edit_shape *shape = catalogue_edit_shape(fields[i].field);
        const struct str a = catalogue_edit_words(c, fields[i].field, fields[i].a),
                         b = catalogue_edit_words(c, fields[i].field, fields[i].b);
        const bool was_chosen = p->asked_by != 0 && p->kept_id == v->kept_id && is_in_choice(p->choice, shape->name);

        v->fields[i] = (struct twins_field_view){.name = str_of(shape->name),
                                                 .label = text_get(c->lang, shape->label),
                                                 .a = v->keeps_b ? b : a,
                                                 .b = v->keeps_b ? a : b,
                                                 .takes_b = is_post ? asks_for(w, true, shape->name) : was_chosen};
    }
    return ST_OK;
}

/* The one that stays stands first. */
static void put_kept_first(struct twins_pair_view *v)
{
    const struct twins_side_view a = v->pair.a;

    if (!v->keeps_b)
        return;
    v->pair.a = v->pair.b;
    v->pair.b = a;
}

static enum status show_pair(struct web *w, const struct twins_pair *p, const struct twins_who *who,
                             enum twins_right right, bool is_post)
{
    struct ctx *c = web_ctx(w);
    const struct str stays = is_post ? web_field(w, "resta") : web_query(w, "resta");
    struct twins_pair_view v = {.frame = frame_new(w, text_get(c->lang, "twins.pair-title")),
                                .a_id = p->a_id,
                                .b_id = p->b_id,
                                .asked_name = p->asked_name,
                                .is_service = p->kind == TWINS_SERVICE,
                                .may_decide = right == TWINS_MAY_DECIDE,
                                .is_open = p->state == TWINS_OPEN,
                                .is_different = p->state == TWINS_DIFFERENT,
                                .was_asked = p->asked_by != 0};

    v.kept_id = stays.n == 0 && p->kept_id != 0 ? p->kept_id : str_eq_z(stays, "b") ? p->b_id : p->a_id;
    v.keeps_b = v.kept_id == p->b_id;
    if (c->problems.n > 0)
        v.error = text_get(c->lang, c->problems.list[0].key);
    enum status st = line_of(c, who, p, &v.pair);

    put_kept_first(&v);
    if (st == ST_OK && v.is_service)
        st = fill_fields(w, p, is_post, &v);
    v.frame->is_hidden = true;
    frame_crumb(w, v.frame, text_get(c->lang, "twins.title"), STR("/doppioni"));
    return st == ST_OK ? html_twins_pair(w, &v) : st;
}

static enum status read_pair(struct web *w, struct twins_pair *p)
{
    int64_t id = 0;

    return str_to_int(web_path_value(w, "id"), &id) ? twins_pair(web_ctx(w), id, p) : ST_NOT_FOUND;
}

/* The pair, the key and what it may; *out_done: the page that says no was written. */
static enum status enter(struct web *w, struct twins_pair *p, struct twins_who *who, enum twins_right *right,
                         bool *out_done)
{
    struct links_link k;
    enum status st = read_pair(w, p);

    *out_done = false;
    if (st == ST_NOT_FOUND) { /* whoever has no key learns nothing of what there is */
        st = door(w, who, &k);
        if (st == ST_OK)
            return ST_NOT_FOUND;
    } else if (st == ST_OK) {
        st = door_to(w, p, who, &k, right);
    }
    if (st != ST_OK) {
        *out_done = true;
        return links_refuse(w, LINKS_APPROVE, st, &k);
    }
    return *right == TWINS_MAY_NOT ? ST_NOT_FOUND : ST_OK;
}

/* GET /doppioni/:id - side by side; ?resta=a|b says which one stays. */
enum status twins_pair_page(struct web *w)
{
    struct twins_pair p;
    struct twins_who who;
    enum twins_right right = TWINS_MAY_NOT;
    bool is_done;
    const enum status st = enter(w, &p, &who, &right, &is_done);

    if (st != ST_OK || is_done)
        return st;
    if (p.state == TWINS_JOINED)
        return web_redirect(w, STR("/doppioni/uniti"));
    return show_pair(w, &p, &who, right, false);
}

/* A refusal that can be read: the same page again, with what was chosen. */
static enum status answer_again(struct web *w, const struct twins_pair *p, const struct twins_who *who,
                                enum twins_right right, enum status st)
{
    if (st != ST_INVALID && st != ST_CONFLICT)
        return st;
    if (web_ctx(w)->problems.n == 0)
        return st;
    web_set_code(w, st == ST_CONFLICT ? 409 : 422);
    return show_pair(w, p, who, right, true);
}

/* POST /doppioni/:id/stessa - made one, or the other body is asked. */
enum status twins_same_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct twins_pair p;
    struct twins_who who;
    enum twins_right right = TWINS_MAY_NOT;
    enum twins_outcome outcome = TWINS_WAITS;
    enum edit_field taken[EDIT_FIELD_COUNT];
    struct twins_same same = {.taken = taken};
    bool is_done;
    enum status st = enter(w, &p, &who, &right, &is_done);

    if (st != ST_OK || is_done)
        return st;
    if (c->problems.n > 0) /* a form that came too late */
        return answer_again(w, &p, &who, right, ST_INVALID);
    same.pair_id = p.pair_id;
    same.kept_id = str_eq_z(web_field(w, "resta"), "b") ? p.b_id : p.a_id;
    for (int f = EDIT_NONE + 1; f < EDIT_FIELD_COUNT; f++)
        if (asks_for(w, true, catalogue_edit_shape((enum edit_field)f)->name))
            taken[same.n_taken++] = (enum edit_field)f;
    st = twins_same(c, &who, &same, &outcome);
    if (st != ST_OK)
        return answer_again(w, &p, &who, right, st);
    return web_redirect(w, outcome == TWINS_IS_ONE ? STR("/doppioni/uniti?fatto=1") : STR("/doppioni?fatto=chiesto"));
}

/* POST /doppioni/:id/diverse - nobody is asked again. */
enum status twins_different_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct twins_pair p;
    struct twins_who who;
    enum twins_right right = TWINS_MAY_NOT;
    bool is_done;
    enum status st = enter(w, &p, &who, &right, &is_done);

    if (st != ST_OK || is_done)
        return st;
    st = c->problems.n > 0 ? ST_INVALID : twins_different(c, &who, p.pair_id);
    return st == ST_OK ? web_redirect(w, STR("/doppioni?fatto=diverse")) : answer_again(w, &p, &who, right, st);
}

/* POST /doppioni/:id/ancora - the answer "two things" is taken back. */
enum status twins_again_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct twins_pair p;
    struct twins_who who;
    enum twins_right right = TWINS_MAY_NOT;
    bool is_done;
    enum status st = enter(w, &p, &who, &right, &is_done);

    if (st != ST_OK || is_done)
        return st;
    st = c->problems.n > 0 ? ST_INVALID : twins_ask_again(c, p.pair_id);
    return st == ST_OK ? web_redirect(w, STR("/doppioni?fatto=ancora")) : answer_again(w, &p, &who, right, st);
}

/* ---- what was made one ---- */

/* As a pair of the two, for permission and for the page. */
static struct twins_pair pair_of(const struct twins_join *j)
{
    return (struct twins_pair){.kind = j->kind,
                               .a_id = j->merged_id,
                               .b_id = j->kept_id,
                               .state = TWINS_JOINED,
                               .found_on = DAY_NONE,
                               .answered_on = DAY_NONE};
}

static enum status join_line(struct ctx *c, const struct twins_join *j, struct twins_join_line *v)
{
    const struct twins_pair p = pair_of(j);
    const struct twins_who nobody = {0};
    struct twins_pair_line l;
    const enum status st = line_of(c, &nobody, &p, &l);

    *v = (struct twins_join_line){
        .join_id = j->join_id,
        .kind = text_get(c->lang, j->kind == TWINS_SERVICE ? "twins.entry" : "twins.body"),
        .merged = l.a.name,
        .kept = l.b.name,
        .path = l.b.path,
        .when = text_day(c->mem, c->lang, clock_day_at(j->joined_at)),
        .by = j->by};
    if (j->parted_at != 0)
        v->parted = text_day(c->mem, c->lang, clock_day_at(j->parted_at));
    return st;
}

/* GET /doppioni/uniti */
enum status twins_joins_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct links_link k;
    struct twins_who who;
    struct twins_join *joins;
    int n = 0;
    enum status st = door(w, &who, &k);

    if (st != ST_OK)
        return links_refuse(w, LINKS_APPROVE, st, &k);
    struct twins_joins_view v = {.frame = frame_new(w, text_get(c->lang, "twins.joins-title")),
                                 .was_done = str_eq_z(web_query(w, "fatto"), "1")};

    st = twins_joins(c, LISTED * 4, &joins, &n);
    v.lines = ARENA_ARRAY(c->mem, struct twins_join_line, LISTED);
    for (int i = 0; st == ST_OK && i < n && v.n_lines < LISTED; i++) {
        const struct twins_pair p = pair_of(&joins[i]);
        enum twins_right right = TWINS_MAY_NOT;

        st = twins_may(c, &p, &right);
        if (st == ST_OK && right != TWINS_MAY_NOT)
            st = join_line(c, &joins[i], &v.lines[v.n_lines++]);
    }
    v.frame->is_hidden = true;
    frame_crumb(w, v.frame, text_get(c->lang, "twins.title"), STR("/doppioni"));
    return st == ST_OK ? html_twins_joins(w, &v) : st;
}

static enum status history_of(struct ctx *c, int64_t service_id, struct twins_history_line **out, int *n_out)
{
    struct history_row *rows;
    const enum status st =
        catalogue_history(c, &(struct history_read){.service_id = service_id, .limit = HISTORY}, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct twins_history_line, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = (struct twins_history_line){
            .when = text_day(c->mem, c->lang, clock_day_at(rows[i].at_ms)),
            .what = text_get(c->lang, catalogue_edit_shape(rows[i].field)->label),
            .was = catalogue_edit_words(c, rows[i].field, rows[i].was),
            .now = catalogue_edit_words(c, rows[i].field, rows[i].now),
            .by = rows[i].by};
    return ST_OK;
}

static enum status show_join(struct web *w, const struct twins_join *j)
{
    struct ctx *c = web_ctx(w);
    struct twins_join_view v = {.frame = frame_new(w, text_get(c->lang, "twins.join-title")),
                                .is_parted = j->parted_at != 0,
                                .was_done = str_eq_z(web_query(w, "fatto"), "1"),
                                .is_service = j->kind == TWINS_SERVICE};
    enum status st = join_line(c, j, &v.join);

    if (st == ST_OK && v.is_service)
        st = history_of(c, j->kept_id, &v.kept_lines, &v.n_kept_lines);
    if (st == ST_OK && v.is_service)
        st = history_of(c, j->merged_id, &v.merged_lines, &v.n_merged_lines);
    if (c->problems.n > 0)
        v.error = text_get(c->lang, c->problems.list[0].key);
    v.frame->is_hidden = true;
    frame_crumb(w, v.frame, text_get(c->lang, "twins.title"), STR("/doppioni"));
    frame_crumb(w, v.frame, text_get(c->lang, "twins.joins-title"), STR("/doppioni/uniti"));
    return st == ST_OK ? html_twins_join(w, &v) : st;
}

static enum status enter_join(struct web *w, struct twins_join *j, struct twins_who *who, bool *out_done)
{
    struct links_link k;
    enum twins_right right = TWINS_MAY_NOT;
    int64_t id = 0;
    enum status st = door(w, who, &k);

    *out_done = st != ST_OK;
    if (st != ST_OK)
        return links_refuse(w, LINKS_APPROVE, st, &k);
    st = str_to_int(web_path_value(w, "id"), &id) ? twins_join_by_id(web_ctx(w), id, j) : ST_NOT_FOUND;
    if (st != ST_OK)
        return st;
    const struct twins_pair p = pair_of(j);

    st = door_to(w, &p, who, &k, &right);
    return st == ST_OK && right == TWINS_MAY_NOT ? ST_NOT_FOUND : st;
}

/* GET /doppioni/uniti/:id - the history of both, and the way back. */
enum status twins_join_page(struct web *w)
{
    struct twins_join j;
    struct twins_who who;
    bool is_done;
    const enum status st = enter_join(w, &j, &who, &is_done);

    return st == ST_OK && !is_done ? show_join(w, &j) : st;
}

/* POST /doppioni/uniti/:id/separa */
enum status twins_part_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct twins_bodies_report report;
    struct twins_join j;
    struct twins_who who;
    bool is_done;
    enum status st = enter_join(w, &j, &who, &is_done);

    if (st != ST_OK || is_done)
        return st;
    st = c->problems.n > 0 ? ST_INVALID : twins_part(c, j.join_id, who.name, &report);
    if ((st == ST_INVALID || st == ST_CONFLICT) && c->problems.n > 0) {
        web_set_code(w, st == ST_CONFLICT ? 409 : 422);
        return show_join(w, &j);
    }
    if (st != ST_OK)
        return st;
    return web_redirect(w, str_fmt(c->mem, "/doppioni/uniti/%lld?fatto=1", (long long)j.join_id));
}

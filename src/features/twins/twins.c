/* twins.c - who may answer about a pair, and what an answer does. */
#include "twins_store.h"
#include "base/date.h"
#include "base/macros.h"
#include "core/links/links.h"
#include "twins_join.h"

enum { MOST_READ = 500 };

/* ---- both sides ---- */

struct sides {
    int64_t organisation[2]; /* whose each is; of an organisation: itself */
    bool are_there;          /* both shown */
};

static enum status read_side(struct ctx *c, enum twins_kind kind, int64_t id, int64_t *out_organisation, bool *is_there)
{
    struct service s;
    struct organisation o;
    enum status st;

    *is_there = false;
    *out_organisation = 0;
    if (kind == TWINS_SERVICE) {
        st = catalogue_service(c, id, &s);
        if (st == ST_OK) {
            *out_organisation = s.organisation_id;
            *is_there = s.state == SERVICE_SHOWN;
        }
    } else {
        st = organisations_by_id(c, id, &o);
        if (st == ST_OK) {
            *out_organisation = id;
            *is_there = o.state == ORGANISATION_SHOWN;
        }
    }
    return st == ST_NOT_FOUND ? ST_OK : st; /* hidden by the keeper */
}

static enum status read_sides(struct ctx *c, const struct twins_pair *p, struct sides *out)
{
    bool a = false, b = false;
    enum status st = read_side(c, p->kind, p->a_id, &out->organisation[0], &a);

    if (st == ST_OK)
        st = read_side(c, p->kind, p->b_id, &out->organisation[1], &b);
    out->are_there = a && b;
    return st;
}

/* By either of the two verbs: a body its own, who looks after it. A no is no problem to be shown. */
static enum status may_one(struct ctx *c, int64_t organisation_id, bool *out)
{
    static const enum links_verb verbs[] = {LINKS_MAY_APPROVE, LINKS_MAY_EDIT};
    const struct problems before = c->problems;
    enum status st = ST_DENIED;

    for (int i = 0; st == ST_DENIED && i < ARRAY_LEN(verbs); i++)
        st = links_may(c, verbs[i], organisation_id);
    *out = st == ST_OK;
    c->problems = before;
    return st == ST_DENIED ? ST_OK : st;
}

static enum status may(struct ctx *c, const struct sides *s, enum twins_right *out)
{
    bool a = false, b = false;
    enum status st = may_one(c, s->organisation[0], &a);

    if (st == ST_OK)
        st = may_one(c, s->organisation[1], &b);
    *out = a && b ? TWINS_MAY_DECIDE : a || b ? TWINS_MAY_ASK : TWINS_MAY_NOT;
    return st;
}

enum status twins_may(struct ctx *c, const struct twins_pair *p, enum twins_right *out)
{
    struct sides s;
    const enum status st = read_sides(c, p, &s);

    return st == ST_OK ? may(c, &s, out) : st;
}

/* ---- lists ---- */

enum status twins_pair(struct ctx *c, int64_t pair_id, struct twins_pair *out)
{
    return twins_store_pair(c, pair_id, out);
}

/* Those of the list that he may answer, and whose two sides are there. */
static enum status keep_own(struct ctx *c, int limit, struct twins_pair *list, int n, int *n_out)
{
    enum status st = ST_OK;

    *n_out = 0;
    for (int i = 0; st == ST_OK && i < n && *n_out < limit; i++) {
        enum twins_right right = TWINS_MAY_NOT;
        struct sides s;

        st = read_sides(c, &list[i], &s);
        if (st == ST_OK)
            st = may(c, &s, &right);
        if (st == ST_OK && right != TWINS_MAY_NOT && s.are_there)
            list[(*n_out)++] = list[i];
    }
    return st;
}

enum status twins_open(struct ctx *c, const struct twins_who *who, int limit, struct twins_pair **out, int *n_out)
{
    int n = 0;
    const enum status st = who->is_own_only
                               ? twins_store_of_organisation(c, who->organisation_id, MOST_READ, out, &n)
                               : twins_store_open(c, MOST_READ, out, &n);

    return st == ST_OK ? keep_own(c, limit, *out, n, n_out) : st;
}

enum status twins_answered(struct ctx *c, int limit, struct twins_pair **out, int *n_out)
{
    int n = 0;
    const enum status st = twins_store_answered(c, MOST_READ, out, &n);

    return st == ST_OK ? keep_own(c, limit, *out, n, n_out) : st;
}

enum status twins_count(struct ctx *c, int64_t *out)
{
    struct twins_pair_count_row r;
    const enum status st = twins_sql_pair_count(c, &r);

    *out = st == ST_OK ? r.n : 0;
    return st;
}

struct str twins_why_words(struct ctx *c, int why)
{
    struct buf b = buf_new(c->mem, 96);

    for (int i = 0; i < TWINS_N_WHY; i++)
        if ((why & 1 << i) != 0) {
            if (b.n > 0)
                buf_z(&b, ", ");
            buf_str(&b, text_get(c->lang, str_fmt(c->mem, "twins.why-%s", twins_why_name(1 << i)).p));
        }
    return buf_view(&b);
}

/* ---- what differs ---- */

enum status twins_fields(struct ctx *c, const struct twins_pair *p, struct twins_field **out, int *n_out)
{
    struct service a, b;
    enum status st = catalogue_service(c, p->a_id, &a);

    *n_out = 0;
    if (st == ST_OK)
        st = catalogue_service(c, p->b_id, &b);
    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct twins_field, EDIT_FIELD_COUNT);
    for (int f = EDIT_NONE + 1; f < EDIT_FIELD_COUNT; f++) {
        const struct str ta = catalogue_edit_text(c->mem, (enum edit_field)f, &a),
                         tb = catalogue_edit_text(c->mem, (enum edit_field)f, &b);

        if (f != EDIT_STATE && f != EDIT_STATUS && !str_eq(ta, tb))
            (*out)[(*n_out)++] = (struct twins_field){(enum edit_field)f, ta, tb};
    }
    return ST_OK;
}

/* ---- answers ---- */

/* The pair, when it waits and this one may answer. */
static enum status answerable(struct ctx *c, int64_t pair_id, struct twins_pair *p, enum twins_right *right)
{
    struct sides s;
    enum status st = twins_store_pair(c, pair_id, p);

    if (st == ST_OK)
        st = read_sides(c, p, &s);
    if (st == ST_OK)
        st = may(c, &s, right);
    if (st != ST_OK)
        return st;
    if (*right == TWINS_MAY_NOT)
        return fail(c, ST_DENIED, "twins.not-yours");
    if (p->state == TWINS_JOINED)
        return fail(c, ST_CONFLICT, "twins.joined-already");
    return s.are_there ? ST_OK : fail(c, ST_CONFLICT, "twins.gone");
}

enum status twins_different(struct ctx *c, const struct twins_who *who, int64_t pair_id)
{
    struct twins_pair p;
    enum twins_right right = TWINS_MAY_NOT;
    const enum status st = answerable(c, pair_id, &p, &right);

    if (st != ST_OK || p.state == TWINS_DIFFERENT)
        return st;
    const struct twins_pair_different_in in = {pair_id, who->name, day_iso(c->mem, c->today)};

    return twins_sql_pair_different(c, &in, NULL);
}

enum status twins_ask_again(struct ctx *c, int64_t pair_id)
{
    struct twins_pair p;
    enum twins_right right = TWINS_MAY_NOT;
    const enum status st = answerable(c, pair_id, &p, &right);

    if (st != ST_OK || p.state == TWINS_OPEN)
        return st;
    return twins_sql_pair_reopen(c, &(struct twins_pair_reopen_in){pair_id}, NULL);
}

/* Names of fields in the order of the list, each once: two that mean the same choice write the same. */
static struct str choice_of(struct ctx *c, const struct twins_same *s)
{
    struct buf b = buf_new(c->mem, 64);

    for (int f = EDIT_NONE + 1; f < EDIT_FIELD_COUNT; f++)
        for (int i = 0; i < s->n_taken; i++)
            if (s->taken[i] == (enum edit_field)f && f != EDIT_STATE && f != EDIT_STATUS) {
                if (b.n > 0)
                    buf_char(&b, ' ');
                buf_z(&b, catalogue_edit_shape((enum edit_field)f)->name);
                break;
            }
    return buf_view(&b);
}

static enum status make_one(struct ctx *c, const struct twins_who *who, const struct twins_pair *p, int64_t kept_id,
                            struct str choice)
{
    const int64_t merged_id = kept_id == p->a_id ? p->b_id : p->a_id;
    const struct twins_pair_joined_in in = {.pair_id = p->pair_id,
                                            .kept_id = kept_id,
                                            .choice = choice,
                                            .answered_by = who->name,
                                            .answered_on = day_iso(c->mem, c->today)};
    enum status st;

    if (p->kind == TWINS_SERVICE) {
        const struct twins_joining j = {merged_id, kept_id, p->pair_id, choice, who->name};

        st = twins_join_services(c, &j);
    } else {
        struct twins_bodies_report report;

        st = twins_join_bodies(c, merged_id, kept_id, who->name, false, &report);
    }
    return st == ST_OK ? twins_sql_pair_joined(c, &in, NULL) : st;
}

enum status twins_same(struct ctx *c, const struct twins_who *who, const struct twins_same *s, enum twins_outcome *out)
{
    struct twins_pair p;
    enum twins_right right = TWINS_MAY_NOT;
    enum status st = answerable(c, s->pair_id, &p, &right);

    if (st != ST_OK)
        return st;
    if (p.state == TWINS_DIFFERENT)
        return fail(c, ST_CONFLICT, "twins.said-different");
    if (s->kept_id != p.a_id && s->kept_id != p.b_id)
        return fail(c, ST_INVALID, "twins.which-stays");
    const struct str choice = p.kind == TWINS_SERVICE ? choice_of(c, s) : STR("");
    const bool is_agreed = p.asked_by != 0 && p.asked_by != who->organisation_id && p.kept_id == s->kept_id &&
                           str_eq(p.choice, choice);

    if (right == TWINS_MAY_DECIDE || is_agreed) {
        *out = TWINS_IS_ONE;
        return make_one(c, who, &p, s->kept_id, choice);
    }
    const struct twins_pair_ask_in in = {p.pair_id, s->kept_id, choice, who->organisation_id, who->name};

    *out = TWINS_WAITS;
    return twins_sql_pair_ask(c, &in, NULL);
}

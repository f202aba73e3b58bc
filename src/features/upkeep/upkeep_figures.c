/* upkeep_figures.c - freshness, quality, errors found and time, by district, managing body and organisation. */
#include "base/macros.h"
#include "upkeep_days.h"
#include "upkeep_sample.h"
#include "upkeep_sql.h"
#include "core/places/places.h"
#include <stdlib.h>

enum { CHECK_MONTHS = 24, MINUTES_MONTHS = 12, VERIFIED_DAYS = 365 };

/* One sum on its way; `score` adds up until the end. */
struct sum {
    struct upkeep_figure f;
    int64_t score;
    int n_timed; /* entries of the organisations whose time was measured */
};

struct sums {
    struct ctx *c;
    enum upkeep_by by;
    struct sum *list; /* by id */
    int n, room;
    struct sum all;
};

static struct sum *sum_of(struct sums *s, int64_t id)
{
    int low = 0, high = s->n;

    while (low < high) {
        const int mid = (low + high) / 2;

        if (s->list[mid].f.id < id)
            low = mid + 1;
        else
            high = mid;
    }
    if (low < s->n && s->list[low].f.id == id)
        return &s->list[low];
    if (s->n == s->room) {
        const size_t before = sizeof *s->list * (size_t)s->room;

        s->room = s->room == 0 ? 64 : s->room * 2;
        s->list = arena_grow(s->c->mem, s->list, before, sizeof *s->list * (size_t)s->room);
    }
    memmove(&s->list[low + 1], &s->list[low], sizeof *s->list * (size_t)(s->n - low));
    s->list[low] = (struct sum){.f.id = id};
    s->n++;
    return &s->list[low];
}

static int64_t id_of(enum upkeep_by by, int64_t organisation_id, int64_t body_id, int64_t district_id)
{
    return by == UPKEEP_BY_DISTRICT ? district_id : by == UPKEEP_BY_BODY ? body_id : organisation_id;
}

static void add_entry(struct sum *m, const struct upkeep_entry_figures_row *r, int today)
{
    const int confirmed = r->has_confirmed_on ? day_parse(r->confirmed_on) : DAY_NONE;
    const int verified = upkeep_day_of(r->verified_on);

    m->f.n++;
    m->f.n_sunk += r->due_state == DUE_TO_RECONFIRM;
    m->f.n_due += r->is_due != 0 && r->due_state != DUE_TO_RECONFIRM;
    m->f.n_fresh += r->is_due == 0 && r->due_state != DUE_TO_RECONFIRM;
    m->f.n_verified += verified != DAY_NONE && today - verified <= VERIFIED_DAYS;
    m->score += upkeep_score_of((int)r->lasting, confirmed, today);
}

static bool each_entry(void *arg, const struct upkeep_entry_figures_row *r)
{
    struct sums *s = arg;

    add_entry(sum_of(s, id_of(s->by, r->organisation_id, r->body_id, r->district_id)), r, s->c->today);
    add_entry(&s->all, r, s->c->today);
    return true;
}

static enum status add_checks(struct sums *s)
{
    const struct upkeep_check_sums_in in = {.since = upkeep_month_of(s->c->today) - CHECK_MONTHS + 1};
    struct upkeep_check_sums_row *rows;
    int n = 0;
    const enum status st = upkeep_sql_check_sums(s->c, &in, &rows, &n);

    for (int i = 0; st == ST_OK && i < n; i++) {
        struct sum *const m = sum_of(s, id_of(s->by, rows[i].organisation_id, rows[i].body_id, rows[i].district_id));

        m->f.n_checked += (int)rows[i].n_checked;
        m->f.n_wrong += (int)rows[i].n_wrong;
        s->all.f.n_checked += (int)rows[i].n_checked;
        s->all.f.n_wrong += (int)rows[i].n_wrong;
    }
    return st;
}

static enum status add_minutes(struct sums *s)
{
    const struct upkeep_minutes_sums_in in = {.since = upkeep_month_of(s->c->today) - MINUTES_MONTHS + 1};
    struct upkeep_minutes_sums_row *rows;
    int n = 0;
    const enum status st = upkeep_sql_minutes_sums(s->c, &in, &rows, &n);

    for (int i = 0; st == ST_OK && i < n; i++) {
        const struct upkeep_minutes_sums_row *const r = &rows[i];

        if (!r->has_body_id || !r->has_district_id)
            continue; /* a body without entries today */
        struct sum *const m = sum_of(s, id_of(s->by, r->organisation_id, r->body_id, r->district_id));

        m->f.seconds += r->seconds;
        m->n_timed += (int)r->n_entries;
        s->all.f.seconds += r->seconds;
        s->all.n_timed += (int)r->n_entries;
    }
    return st;
}

static void finish(struct sum *m)
{
    m->f.score = m->f.n == 0 ? 0 : (int)((m->score + m->f.n / 2) / m->f.n);
    m->f.seconds_per_entry = m->n_timed == 0 ? -1 : (int)((m->f.seconds + m->n_timed / 2) / m->n_timed);
    sample_interval(m->f.n_checked, m->f.n_wrong, &m->f.wrong_low, &m->f.wrong_high);
}

static enum status name_of(struct sums *s, struct upkeep_figure *f)
{
    struct organisation o;
    struct area a;
    enum status st = ST_OK;

    if (f->id == 0)
        return ST_OK;
    if (s->by == UPKEEP_BY_DISTRICT) {
        st = places_area(s->c, f->id, &a);
        f->name = a.name;
        f->slug = a.slug;
    } else {
        st = s->by == UPKEEP_BY_BODY ? organisations_of_body(s->c, f->id, &o) : organisations_by_id(s->c, f->id, &o);
        f->name = o.name;
        f->slug = o.slug;
    }
    if (st == ST_NOT_FOUND)
        f->name = f->slug = STR("");
    return st == ST_NOT_FOUND ? ST_OK : st;
}

static int by_name(const void *a, const void *b)
{
    const struct upkeep_figure *const x = a, *const y = b;

    if ((x->name.n == 0) != (y->name.n == 0))
        return x->name.n == 0 ? 1 : -1; /* not known: last */
    const int order = str_cmp(x->name, y->name);

    return order != 0 ? order : (x->id > y->id) - (x->id < y->id);
}

enum status upkeep_figures(struct ctx *c, enum upkeep_by by, struct upkeep_figure **out, int *n_out,
                           struct upkeep_figure *out_all)
{
    struct sums s = {.c = c, .by = by};
    enum status st = upkeep_sql_entry_figures(c, &(struct upkeep_entry_figures_in){.today = day_iso(c->mem, c->today)},
                                              each_entry, &s);

    if (st == ST_OK)
        st = add_checks(&s);
    if (st == ST_OK)
        st = add_minutes(&s);
    *out = ARENA_ARRAY(c->mem, struct upkeep_figure, (size_t)s.n);
    *n_out = 0;
    for (int i = 0; st == ST_OK && i < s.n; i++) {
        finish(&s.list[i]);
        if (s.list[i].f.n == 0)
            continue; /* checked once, has no entries today */
        (*out)[*n_out] = s.list[i].f;
        st = name_of(&s, &(*out)[(*n_out)++]);
    }
    if (st == ST_OK)
        qsort(*out, (size_t)*n_out, sizeof **out, by_name);
    finish(&s.all);
    *out_all = s.all.f;
    return st;
}

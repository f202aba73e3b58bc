/* models.c - a model, its copies, what follows by itself and what does not. */
#include "models.h"
#include "base/date.h"
#include "base/macros.h"
#include "base/random.h"
#include "core/links/links.h"
#include "core/bodies/organisations.h"
#include "models_sql.h"
#include "core/places/places.h"

enum { CODE_LEN = 8 };

static const enum edit_field fields[] = {EDIT_NAME,        EDIT_SUMMARY,   EDIT_DESCRIPTION, EDIT_KIND,  EDIT_NEEDS,
                                         EDIT_TARGETS,     EDIT_ELIGIBILITY, EDIT_MIN_AGE,   EDIT_MAX_AGE, EDIT_WAYS,
                                         EDIT_APPLICATION, EDIT_DOCUMENTS, EDIT_FEE,         EDIT_FEES,  EDIT_ISEE_NOTE,
                                         EDIT_WAIT_TIME};

bool models_has_field(enum edit_field f)
{
    for (int i = 0; i < ARRAY_LEN(fields); i++)
        if (fields[i] == f)
            return true;
    return false;
}

/* ---- reading ---- */

static enum status fill_owner(struct ctx *c, struct models_model *m)
{
    struct organisation o;
    int64_t kept = m->organisation_id;
    enum status st = ST_OK;

    m->owner = text_get(c->lang, "models.region");
    if (m->organisation_id == 0)
        return ST_OK;
    m->owner = STR("");
    st = organisations_kept(c, m->organisation_id, &kept); /* merged: the one it has become */
    if (st == ST_OK)
        st = organisations_by_id(c, kept, &o);
    if (st == ST_OK && o.state == ORGANISATION_SHOWN) {
        m->organisation_id = kept;
        m->owner = o.name;
    }
    return st == ST_NOT_FOUND ? ST_OK : st;
}

#define MODEL_OF(r)                                                                                                    \
    (struct models_model)                                                                                              \
    {                                                                                                                  \
        .model_id = (r)->model_id, .organisation_id = (r)->organisation_id, .code = (r)->code, .name = (r)->name,      \
        .is_open = (r)->is_open != 0, .is_demo = (r)->is_demo != 0, .changed_on = day_parse((r)->changed_on),          \
        .n_copies = (int)(r)->n_copies                                                                                 \
    }

enum status models_list(struct ctx *c, struct models_model **out, int *n_out)
{
    struct models_model_list_row *rows;
    enum status st = models_sql_model_list(c, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct models_model, (size_t)*n_out);
    for (int i = 0; st == ST_OK && i < *n_out; i++) {
        (*out)[i] = MODEL_OF(&rows[i]);
        st = fill_owner(c, &(*out)[i]);
    }
    return st;
}

enum status models_by_code(struct ctx *c, struct str code, struct models_model *out)
{
    struct models_model_get_row r;
    struct models_field_list_row *rows;
    int n = 0;
    enum status st = models_sql_model_get(c, &(struct models_model_get_in){code}, &r);

    if (st != ST_OK)
        return st;
    *out = MODEL_OF(&r);
    st = fill_owner(c, out);
    if (st == ST_OK)
        st = models_sql_field_list(c, &(struct models_field_list_in){out->model_id}, &rows, &n);
    for (int i = 0; st == ST_OK && i < n; i++)
        out->texts[catalogue_edit_named(rows[i].field)] = rows[i].words;
    return st;
}

enum status models_of(struct ctx *c, int64_t service_id, struct models_model *out)
{
    struct models_model_of_copy_row r;
    const enum status st = models_sql_model_of_copy(c, &(struct models_model_of_copy_in){service_id}, &r);

    return st == ST_OK ? models_by_code(c, r.code, out) : st;
}

bool models_may_write(const struct ctx *c, int64_t organisation_id)
{
    bool is_region;
    const int64_t acting = links_acting_for(c, &is_region);

    return is_region || (acting != 0 && acting == organisation_id);
}

enum status models_copies(struct ctx *c, int64_t model_id, struct service **out, int *n_out)
{
    struct models_copy_list_row *rows;
    int n = 0;
    const enum status st = models_sql_copy_list(c, &(struct models_copy_list_in){model_id}, &rows, &n);

    *n_out = 0;
    if (st != ST_OK)
        return st;
    int64_t *ids = ARENA_ARRAY(c->mem, int64_t, (size_t)n);

    for (int i = 0; i < n; i++)
        ids[i] = rows[i].service_id;
    return catalogue_cards(c, ids, n, out, n_out);
}

/* ---- in step ---- */

struct taken {
    struct str texts[EDIT_FIELD_COUNT];
    bool has[EDIT_FIELD_COUNT];
};

static enum status read_taken(struct ctx *c, int64_t service_id, struct taken *out)
{
    struct models_taken_list_row *rows;
    int n = 0;
    const enum status st = models_sql_taken_list(c, &(struct models_taken_list_in){service_id}, &rows, &n);

    *out = (struct taken){.has = {false}};
    for (int i = 0; st == ST_OK && i < n; i++) {
        const enum edit_field f = catalogue_edit_named(rows[i].field);

        out->texts[f] = rows[i].words;
        out->has[f] = true;
    }
    return st;
}

static enum status note_taken(struct ctx *c, int64_t service_id, enum edit_field f, struct str words)
{
    const struct models_taken_put_in in = {service_id, str_of(catalogue_edit_shape(f)->name), words};

    return models_sql_taken_put(c, &in, NULL);
}

/* After an edit the entry may read a text tidier than the model's: what it reads is what was taken. */
static enum status note_all_taken(struct ctx *c, int64_t service_id, const struct edit_change *list, int n)
{
    struct service s;
    enum status st = catalogue_service(c, service_id, &s);

    for (int i = 0; st == ST_OK && i < n; i++)
        st = note_taken(c, service_id, list[i].field, catalogue_edit_text(c->mem, list[i].field, &s));
    return st;
}

/* Fields of one copy that are in step and read otherwise in the model now. */
static enum status follow_one(struct ctx *c, const struct models_model *m, const struct service *s, struct str by,
                              int *n_followed)
{
    const struct edit_who who = {.how = EDIT_BY_MODEL, .by = by};
    struct edit_change list[ARRAY_LEN(fields)];
    struct edit_outcome outcome;
    struct taken t;
    int n = 0;
    enum status st = read_taken(c, s->service_id, &t);

    for (int i = 0; st == ST_OK && i < ARRAY_LEN(fields); i++) {
        const enum edit_field f = fields[i];
        const struct str own = catalogue_edit_text(c->mem, f, s);
        const bool in_step = t.has[f] && str_eq(own, t.texts[f]);

        if (in_step && m->texts[f].n > 0 && !str_eq(own, m->texts[f]))
            list[n++] = (struct edit_change){
                .field = f, .text = m->texts[f], .has_was = true, .was_sum = catalogue_edit_sum(own)};
    }
    if (st != ST_OK || n == 0)
        return st;
    st = catalogue_edit(c, s->service_id, s->change_no, list, n, &who, &outcome);
    if (st == ST_OK) {
        *n_followed += outcome.n_taken > 0;
        st = note_all_taken(c, s->service_id, list, n);
    }
    return st;
}

static enum status follow(struct ctx *c, const struct models_model *m, struct str by, int *n_followed)
{
    struct service *copies;
    int n = 0;
    enum status st = models_copies(c, m->model_id, &copies, &n);

    for (int i = 0; st == ST_OK && i < n; i++)
        st = follow_one(c, m, &copies[i], by, n_followed);
    return st;
}

/* ---- writing a model ---- */

static enum status put_texts(struct ctx *c, int64_t model_id, const struct models_put *p)
{
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && i < ARRAY_LEN(fields); i++) {
        const struct models_field_put_in in = {
            model_id, str_of(catalogue_edit_shape(fields[i])->name), p->texts[fields[i]]};

        st = models_sql_field_put(c, &in, NULL);
    }
    return st;
}

/* The texts as an entry would read them: tidied, or with the problem of their field. */
static enum status tidy(struct ctx *c, struct models_put *p)
{
    struct edit_change list[ARRAY_LEN(fields)];
    struct edit_outcome outcome;
    struct service s;
    int n = 0;

    for (int i = 0; i < ARRAY_LEN(fields); i++)
        if (p->texts[fields[i]].n > 0)
            list[n++] = (struct edit_change){.field = fields[i], .text = p->texts[fields[i]]};
    if (str_trim(p->texts[EDIT_NAME]).n == 0)
        problems_add(&c->problems, catalogue_edit_shape(EDIT_NAME)->name, "models.name-missing", STR(""));
    const enum status st = catalogue_edit_try(c, 0, list, n, &outcome, &s);

    if (st != ST_OK && st != ST_INVALID)
        return st;
    for (int i = 0; i < outcome.n; i++)
        if (outcome.list[i].result == EDIT_REFUSED && problems_of(&c->problems, catalogue_edit_shape(outcome.list[i].field)->name) == NULL)
            problems_add(&c->problems, catalogue_edit_shape(outcome.list[i].field)->name, outcome.list[i].key, outcome.list[i].value);
    if (c->problems.n > 0)
        return ST_INVALID;
    for (int i = 0; i < n; i++)
        p->texts[list[i].field] = catalogue_edit_text(c->mem, list[i].field, &s);
    return ST_OK;
}

enum status models_put(struct ctx *c, const struct models_put *given, struct str *out_code, int *n_followed)
{
    struct models_put p = *given;
    struct models_model m = {0};
    struct models_model_add_row r;
    enum status st = p.code.n > 0 ? models_by_code(c, p.code, &m) : ST_OK;

    *n_followed = 0;
    if (st != ST_OK)
        return st;
    if (!models_may_write(c, p.code.n > 0 ? m.organisation_id : p.organisation_id))
        return fail(c, ST_DENIED, "models.not-yours");
    if (p.code.n > 0 && !m.is_open)
        return fail(c, ST_CONFLICT, "models.closed");
    st = tidy(c, &p);
    if (st != ST_OK)
        return st;
    const struct str today = day_iso(c->mem, c->today), name = p.texts[EDIT_NAME];

    if (p.code.n == 0) {
        p.code = random_code(c->mem, CODE_LEN);
        st = models_sql_model_add(c, &(struct models_model_add_in){p.code, p.organisation_id, name, p.is_demo, today}, &r);
        m.model_id = st == ST_OK ? r.model_id : 0;
    } else {
        st = models_sql_model_set(c, &(struct models_model_set_in){m.model_id, name, today}, NULL);
    }
    if (st == ST_OK)
        st = put_texts(c, m.model_id, &p);
    if (st == ST_OK)
        st = models_by_code(c, p.code, &m);
    *out_code = p.code;
    return st == ST_OK ? follow(c, &m, p.by, n_followed) : st;
}

enum status models_close(struct ctx *c, struct str code)
{
    struct models_model m;
    int64_t n = 0;
    enum status st = models_by_code(c, code, &m);

    if (st == ST_OK && !models_may_write(c, m.organisation_id))
        return fail(c, ST_DENIED, "models.not-yours");
    if (st == ST_OK)
        st = models_sql_model_close(c, &(struct models_model_close_in){m.model_id, day_iso(c->mem, c->today)}, &n);
    return st == ST_OK && n == 0 ? fail(c, ST_CONFLICT, "models.closed") : st;
}

/* ---- copies ---- */

static enum status one_there(struct ctx *c, int64_t model_id, int64_t organisation_id, struct str *out_slug, bool *is_there)
{
    struct models_copy_of_organisation_row *rows;
    const struct models_copy_of_organisation_in in = {model_id, organisation_id};
    int n = 0;
    const enum status st = models_sql_copy_of_organisation(c, &in, &rows, &n);

    *is_there = st == ST_OK && n > 0;
    if (*is_there)
        *out_slug = rows[0].slug;
    return st;
}

/* Where: the comune of its seat, as a line that catalogue_edit reads; not known: nowhere yet. */
static enum status where(struct ctx *c, int64_t organisation_id, struct str *out)
{
    struct organisation o;
    struct comune comune;
    enum status st = organisations_by_id(c, organisation_id, &o);

    *out = STR("");
    if (st != ST_OK || o.comune_id == 0)
        return st;
    st = places_comune(c, o.comune_id, &comune);
    if (st == ST_OK)
        *out = str_fmt(c->mem, "%.*s (%.*s)", (int)comune.area.name.n, comune.area.name.p, (int)comune.prov.n, comune.prov.p);
    return st == ST_NOT_FOUND ? ST_OK : st;
}

enum status models_copy(struct ctx *c, struct str code, int64_t organisation_id, struct str by, struct str *out_slug,
                        bool *out_is_new)
{
    const struct edit_who who = {.how = EDIT_BY_MODEL, .by = by};
    struct edit_change list[ARRAY_LEN(fields) + 1];
    struct edit_outcome outcome;
    struct models_model m;
    struct service s;
    struct str place;
    int64_t id = 0;
    int n = 0;
    bool is_there = false;
    enum status st = models_by_code(c, code, &m);

    if (st == ST_OK && !m.is_open)
        return fail(c, ST_CONFLICT, "models.closed");
    if (st == ST_OK)
        st = one_there(c, m.model_id, organisation_id, out_slug, &is_there);
    *out_is_new = !is_there;
    if (st != ST_OK || is_there)
        return st;
    for (int i = 0; i < ARRAY_LEN(fields); i++)
        if (m.texts[fields[i]].n > 0)
            list[n++] = (struct edit_change){.field = fields[i], .text = m.texts[fields[i]]};
    st = where(c, organisation_id, &place);
    if (st == ST_OK && place.n > 0)
        list[n++] = (struct edit_change){.field = EDIT_PLACES, .text = place};
    if (st == ST_OK)
        st = catalogue_edit_add(c, organisation_id, list, n, &who, &id, &outcome);
    if (st == ST_OK)
        st = models_sql_copy_add(c, &(struct models_copy_add_in){id, m.model_id, day_iso(c->mem, c->today)}, NULL);
    if (st == ST_OK)
        st = catalogue_service(c, id, &s);
    for (int i = 0; st == ST_OK && i < ARRAY_LEN(fields); i++) /* what the model does not say is in step too */
        st = note_taken(c, id, fields[i], catalogue_edit_text(c->mem, fields[i], &s));
    if (st == ST_OK)
        *out_slug = s.slug;
    return st;
}

enum status models_differences(struct ctx *c, const struct models_model *m, int64_t service_id,
                               struct models_difference **out, int *n_out)
{
    struct service s;
    const enum status st = catalogue_service(c, service_id, &s);

    *n_out = 0;
    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct models_difference, ARRAY_LEN(fields));
    for (int i = 0; i < ARRAY_LEN(fields); i++) {
        const struct str own = catalogue_edit_text(c->mem, fields[i], &s);

        if (m->texts[fields[i]].n > 0 && !str_eq(own, m->texts[fields[i]]))
            (*out)[(*n_out)++] = (struct models_difference){fields[i], m->texts[fields[i]], own};
    }
    return ST_OK;
}

enum status models_take(struct ctx *c, int64_t service_id, enum edit_field f, struct str by)
{
    const struct edit_who who = {.how = EDIT_BY_MODEL, .by = by};
    struct edit_outcome outcome;
    struct models_model m;
    struct service s;
    enum status st = models_of(c, service_id, &m);

    if (st == ST_OK && (!models_has_field(f) || m.texts[f].n == 0))
        return ST_NOT_FOUND;
    if (st == ST_OK)
        st = catalogue_service(c, service_id, &s);
    if (st != ST_OK)
        return st;
    const struct edit_change change = {.field = f,
                                       .text = m.texts[f],
                                       .has_was = true,
                                       .was_sum = catalogue_edit_sum(catalogue_edit_text(c->mem, f, &s))};

    st = catalogue_edit(c, service_id, s.change_no, &change, 1, &who, &outcome);
    return st == ST_OK ? note_all_taken(c, service_id, &change, 1) : st;
}

enum status models_leave(struct ctx *c, int64_t service_id)
{
    int64_t n = 0;
    enum status st = models_sql_taken_drop(c, &(struct models_taken_drop_in){service_id}, NULL);

    if (st == ST_OK)
        st = models_sql_copy_drop(c, &(struct models_copy_drop_in){service_id}, &n);
    return st == ST_OK && n == 0 ? ST_NOT_FOUND : st;
}

/* models_page.c - models as people see them: the list, one, its form, where a copy differs. */
#include "models.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/macros.h"
#include "core/links/links.h"
#include "models_feature.h"
#include "models_pages.h"
#include "models_view.h"

static struct str say(struct ctx *c, const char *key, const char *name, struct str value)
{
    return text_fill(c->mem, text_get(c->lang, key), &(struct text_arg){name, value}, 1);
}

static struct str counted(struct ctx *c, const char *key, int n)
{
    return text_fill(c->mem, text_get_n(c->lang, key, n), &(struct text_arg){"n", text_int(c->mem, c->lang, n)}, 1);
}

static struct models_card card_of(struct ctx *c, const struct models_model *m)
{
    return (struct models_card){.code = m->code,
                                .name = m->name,
                                .owner = m->owner.n > 0 ? m->owner : text_get(c->lang, "models.owner-gone"),
                                .summary = m->texts[EDIT_SUMMARY],
                                .copies = counted(c, "models.n-copies", m->n_copies),
                                .changed = text_day(c->mem, c->lang, m->changed_on),
                                .is_demo = m->is_demo};
}

/* GET /modelli */
enum status models_list_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct models_model *list;
    struct models_list_view v = {.frame = frame_new(w, text_get(c->lang, "models.title"))};
    const enum status st = models_list(c, &list, &v.n_cards);

    if (st != ST_OK)
        return st;
    v.cards = ARENA_ARRAY(c->mem, struct models_card, (size_t)v.n_cards);
    for (int i = 0; i < v.n_cards; i++)
        v.cards[i] = card_of(c, &list[i]);
    return html_models_list(w, &v);
}

/* ---- one ---- */

/* "2 differenze: In breve, Costo" */
static struct str differences_words(struct ctx *c, const struct models_difference *d, int n)
{
    struct buf b = buf_new(c->mem, 96);

    if (n == 0)
        return text_get(c->lang, "models.in-step");
    buf_str(&b, counted(c, "models.n-differences", n));
    for (int i = 0; i < n; i++) {
        buf_z(&b, i == 0 ? ": " : ", ");
        buf_str(&b, text_get(c->lang, catalogue_edit_shape(d[i].field)->label));
    }
    return buf_view(&b);
}

/* own_id: the body whose key to keep is here; 0: none. */
static enum status fill_copies(struct ctx *c, int64_t own_id, const struct models_model *m, struct models_show_view *v)
{
    struct service *copies;
    enum status st = models_copies(c, m->model_id, &copies, &v->n_copies);

    if (st != ST_OK)
        return st;
    v->copies = ARENA_ARRAY(c->mem, struct models_copy_view, (size_t)v->n_copies);
    for (int i = 0; st == ST_OK && i < v->n_copies; i++) {
        struct models_difference *d;
        int n = 0;

        st = models_differences(c, m, copies[i].service_id, &d, &n);
        v->copies[i] = (struct models_copy_view){
            .name = copies[i].name,
            .body = copies[i].organisation_name,
            .path = str_fmt(c->mem, "/servizi/%.*s", (int)copies[i].slug.n, copies[i].slug.p),
            .differences = differences_words(c, d, n)};
        if (own_id != 0 && copies[i].organisation_id == own_id)
            v->own_path = str_fmt(c->mem, "/modelli/copie/%.*s", (int)copies[i].slug.n, copies[i].slug.p);
    }
    return st;
}

/* GET /modelli/:code */
enum status models_show_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct models_model m;
    struct links_link k;
    enum status st = models_by_code(c, web_path_value(w, "code"), &m);

    if (st != ST_OK)
        return st;
    struct models_show_view v = {.frame = frame_new(w, m.name),
                                 .card = card_of(c, &m),
                                 .is_open = m.is_open,
                                 .is_orphan = m.owner.n == 0};
    int64_t n_followed = 0;

    if (str_to_int(web_query(w, "seguono"), &n_followed) && n_followed >= 0 && n_followed < 1000000)
        v.done = counted(c, "models.done-followed", (int)n_followed);
    v.fields = ARENA_ARRAY(c->mem, struct models_field_view, EDIT_FIELD_COUNT);
    for (int f = EDIT_NONE + 1; f < EDIT_FIELD_COUNT; f++)
        if (models_has_field((enum edit_field)f) && m.texts[f].n > 0)
            v.fields[v.n_fields++] = (struct models_field_view){
                .label = text_get(c->lang, catalogue_edit_shape((enum edit_field)f)->label),
                .words = catalogue_edit_words(c, (enum edit_field)f, m.texts[f])};
    const bool has_key = links_here(w, LINKS_KEEP, &k) == ST_OK;

    st = fill_copies(c, has_key ? k.organisation_id : 0, &m, &v);
    v.may_write = links_here(w, LINKS_APPROVE, &k) == ST_OK && models_may_write(c, m.organisation_id);
    frame_crumb(w, v.frame, text_get(c->lang, "models.title"), STR("/modelli"));
    return st == ST_OK ? html_models_show(w, &v) : st;
}

/* POST /modelli/:code/copia - one tap: an entry of who holds the key to keep. */
enum status models_copy_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct links_link k;
    struct str slug;
    bool is_new;
    enum status st = links_here(w, LINKS_KEEP, &k);

    if (st != ST_OK)
        return links_refuse(w, LINKS_KEEP, st, &k);
    if (c->problems.n > 0)
        return ST_DENIED;
    st = models_copy(c, web_path_value(w, "code"), k.organisation_id, k.name, &slug, &is_new);
    if (st != ST_OK)
        return st;
    return web_redirect(w, str_fmt(c->mem, "/modelli/copie/%.*s?fatto=%s", (int)slug.n, slug.p, is_new ? "copia" : "era"));
}

/* ---- its form ---- */

static void fill_options(struct ctx *c, enum edit_field f, struct models_field_view *v)
{
    if (f == EDIT_KIND) {
        v->options = ARENA_ARRAY(c->mem, struct models_option, SERVICE_KIND_COUNT);
        for (int k = 1; k < SERVICE_KIND_COUNT; k++) {
            const struct str name = str_of(catalogue_kind_name((enum service_kind)k));

            v->options[v->n_options++] =
                (struct models_option){name, catalogue_kind_words(c, (enum service_kind)k), str_eq(name, v->text)};
        }
    } else {
        v->options = ARENA_ARRAY(c->mem, struct models_option, FEE_PAID + 1);
        for (int k = 0; k <= FEE_PAID; k++) {
            const struct str name = str_of(catalogue_fee_name((enum service_fee)k));

            v->options[v->n_options++] =
                (struct models_option){name, catalogue_fee_words(c, (enum service_fee)k), str_eq(name, v->text)};
        }
    }
}

static enum status show_form(struct web *w, struct str code, const struct str *texts)
{
    struct ctx *c = web_ctx(w);
    const char *title = code.n > 0 ? "models.edit-title" : "models.new-title";
    struct models_edit_view v = {.frame = frame_new(w, text_get(c->lang, title)), .code = code, .n_errors = c->problems.n};
    const struct problem *whole = problems_of(&c->problems, "");

    v.action = code.n > 0 ? str_fmt(c->mem, "/modelli/%.*s/modifica", (int)code.n, code.p) : STR("/modelli/nuovo");
    if (whole != NULL)
        v.error = say(c, whole->key, "value", whole->value);
    v.fields = ARENA_ARRAY(c->mem, struct models_field_view, EDIT_FIELD_COUNT);
    for (int f = EDIT_NONE + 1; f < EDIT_FIELD_COUNT; f++) {
        const struct edit_shape *shape = catalogue_edit_shape((enum edit_field)f);
        const struct problem *p = problems_of(&c->problems, shape->name);

        if (!models_has_field((enum edit_field)f))
            continue;
        struct models_field_view *field = &v.fields[v.n_fields++];

        *field = (struct models_field_view){.name = str_of(shape->name),
                                            .label = text_get(c->lang, shape->label),
                                            .text = texts[f],
                                            .is_long = shape->kind == EDIT_PROSE || shape->kind == EDIT_LIST,
                                            .is_choice = f == EDIT_KIND || f == EDIT_FEE,
                                            .is_needed = f == EDIT_NAME};
        if (p != NULL)
            field->error = say(c, p->key, "value", p->value);
        if (field->is_choice)
            fill_options(c, (enum edit_field)f, field);
    }
    v.frame->is_hidden = true;
    frame_crumb(w, v.frame, text_get(c->lang, "models.title"), STR("/modelli"));
    return html_models_edit(w, &v);
}

/* The key to approve; *out_done: the page that says no was written. */
static enum status enter(struct web *w, struct links_link *k, bool *out_done)
{
    const enum status st = links_here(w, LINKS_APPROVE, k);

    *out_done = st != ST_OK;
    return st == ST_OK ? st : links_refuse(w, LINKS_APPROVE, st, k);
}

/* GET /modelli/nuovo */
enum status models_new_page(struct web *w)
{
    static const struct str nothing[EDIT_FIELD_COUNT];
    struct links_link k;
    bool is_done;
    const enum status st = enter(w, &k, &is_done);

    return st == ST_OK && !is_done ? show_form(w, STR(""), nothing) : st;
}

static void read_fields(struct web *w, struct str *texts)
{
    for (int f = EDIT_NONE + 1; f < EDIT_FIELD_COUNT; f++)
        texts[f] = models_has_field((enum edit_field)f) ? web_field(w, catalogue_edit_shape((enum edit_field)f)->name) : STR("");
}

static enum status save(struct web *w, struct str code)
{
    struct ctx *c = web_ctx(w);
    struct links_link k;
    bool is_done;
    int n_followed = 0;
    enum status st = enter(w, &k, &is_done);

    if (st != ST_OK || is_done)
        return st;
    struct models_put p = {.code = code, .organisation_id = k.organisation_id, .by = k.name};

    read_fields(w, p.texts);
    st = c->problems.n > 0 ? ST_INVALID : models_put(c, &p, &code, &n_followed);
    if (st == ST_INVALID || (st == ST_CONFLICT && c->problems.n > 0)) {
        web_set_code(w, st == ST_CONFLICT ? 409 : 422);
        return show_form(w, p.code, p.texts);
    }
    if (st != ST_OK)
        return st;
    return web_redirect(w, str_fmt(c->mem, "/modelli/%.*s?seguono=%d", (int)code.n, code.p, n_followed));
}

/* POST /modelli/nuovo */
enum status models_new_post(struct web *w)
{
    return save(w, STR(""));
}

/* GET /modelli/:code/modifica */
enum status models_edit_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct models_model m;
    struct links_link k;
    bool is_done;
    enum status st = enter(w, &k, &is_done);

    if (st != ST_OK || is_done)
        return st;
    st = models_by_code(c, web_path_value(w, "code"), &m);
    if (st != ST_OK)
        return st;
    return models_may_write(c, m.organisation_id) ? show_form(w, m.code, m.texts) : fail(c, ST_DENIED, "models.not-yours");
}

/* POST /modelli/:code/modifica */
enum status models_edit_post(struct web *w)
{
    return save(w, web_path_value(w, "code"));
}

/* POST /modelli/:code/chiudi */
enum status models_close_post(struct web *w)
{
    struct links_link k;
    bool is_done;
    enum status st = enter(w, &k, &is_done);

    if (st != ST_OK || is_done)
        return st;
    st = web_ctx(w)->problems.n > 0 ? ST_DENIED : models_close(web_ctx(w), web_path_value(w, "code"));
    return st == ST_OK ? web_redirect(w, STR("/modelli")) : st;
}

/* ---- one copy ---- */

/* The entry of who holds the key to keep, and its model. */
static enum status own_copy(struct web *w, struct links_link *k, struct service *s, struct models_model *m, bool *out_done)
{
    struct ctx *c = web_ctx(w);
    enum status st = links_here(w, LINKS_KEEP, k);

    *out_done = st != ST_OK;
    if (st != ST_OK)
        return links_refuse(w, LINKS_KEEP, st, k);
    st = catalogue_service_by_slug(c, web_path_value(w, "slug"), s);
    if (st == ST_OK && s->organisation_id != k->organisation_id)
        return ST_NOT_FOUND;
    return st == ST_OK ? models_of(c, s->service_id, m) : st;
}

/* GET /modelli/copie/:slug - where the entry reads otherwise than its model. */
enum status models_differences_page(struct web *w)
{
    static const char *const known[] = {"copia", "era", "preso"};
    struct ctx *c = web_ctx(w);
    struct models_difference *d;
    struct models_model m;
    struct links_link k;
    struct service s;
    bool is_done;
    int n = 0;
    enum status st = own_copy(w, &k, &s, &m, &is_done);

    if (st != ST_OK || is_done)
        return st;
    struct models_differences_view v = {.frame = frame_new(w, text_get(c->lang, "models.differences-title")),
                                        .name = s.name,
                                        .slug = s.slug,
                                        .model = m.name,
                                        .code = m.code,
                                        .is_open = m.is_open && m.owner.n > 0};

    for (int i = 0; i < ARRAY_LEN(known); i++)
        if (str_eq_z(web_query(w, "fatto"), known[i]))
            v.done = text_get(c->lang, str_fmt(c->mem, "models.done-%s", known[i]).p);
    st = models_differences(c, &m, s.service_id, &d, &n);
    if (st != ST_OK)
        return st;
    v.fields = ARENA_ARRAY(c->mem, struct models_field_view, (size_t)n);
    for (v.n_fields = 0; v.n_fields < n; v.n_fields++) {
        const struct edit_shape *shape = catalogue_edit_shape(d[v.n_fields].field);

        v.fields[v.n_fields] =
            (struct models_field_view){.name = str_of(shape->name),
                                       .label = text_get(c->lang, shape->label),
                                       .words = catalogue_edit_words(c, d[v.n_fields].field, d[v.n_fields].model),
                                       .own = catalogue_edit_words(c, d[v.n_fields].field, d[v.n_fields].own)};
    }
    v.frame->is_hidden = true;
    frame_crumb(w, v.frame, text_get(c->lang, "models.title"), STR("/modelli"));
    return html_models_differences(w, &v);
}

/* POST /modelli/copie/:slug/prendi - campo=... */
enum status models_take_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct models_model m;
    struct links_link k;
    struct service s;
    bool is_done;
    enum status st = own_copy(w, &k, &s, &m, &is_done);

    if (st != ST_OK || is_done)
        return st;
    st = c->problems.n > 0 ? ST_DENIED
                           : models_take(c, s.service_id, catalogue_edit_named(web_field(w, "campo")), k.name);
    return st == ST_OK ? web_redirect(w, str_fmt(c->mem, "/modelli/copie/%.*s?fatto=preso", (int)s.slug.n, s.slug.p)) : st;
}

/* POST /modelli/copie/:slug/lascia - the entry goes on by itself. */
enum status models_leave_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct models_model m;
    struct links_link k;
    struct service s;
    bool is_done;
    enum status st = own_copy(w, &k, &s, &m, &is_done);

    if (st != ST_OK || is_done)
        return st;
    st = c->problems.n > 0 ? ST_DENIED : models_leave(c, s.service_id);
    return st == ST_OK ? web_redirect(w, str_fmt(c->mem, "/schede/%.*s", (int)s.slug.n, s.slug.p)) : st;
}

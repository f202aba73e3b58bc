/* models_test.c - copies follow field by field until their body changes a field, and can take it back. */
#include "features/models/models.h"
#include "core/bodies/organisations.h"
#include "features/catalogue/catalogue_history.h"
#include "tests/support/keyed.h"
#include "tests/unit.h"

#define OK(call) ck_assert_int_eq(call, ST_OK)
#define IS(s, z) ck_assert_str_eq(str_z(c->mem, s), z)

static int64_t body(struct ctx *c, const char *name)
{
    const struct organisation o = {.name = str_of(name), .source = STR("csv:prova"), .source_id = str_of(name)};
    enum put_change change;
    int64_t id = 0;

    OK(organisations_put(c, &o, &id, &change));
    return id;
}

static struct str copy(struct ctx *c, struct str code, int64_t organisation_id)
{
    struct str slug;
    bool is_new = false;

    OK(models_copy(c, code, organisation_id, STR("ente"), &slug, &is_new));
    ck_assert(is_new);
    return slug;
}

static struct str text(struct ctx *c, struct str slug, enum edit_field f)
{
    struct service s;

    OK(catalogue_service_by_slug(c, slug, &s));
    return catalogue_edit_text(c->mem, f, &s);
}

static enum status in_step(struct ctx *c, void *arg)
{
    struct models_put p = {.by = STR("Regione")};
    const int64_t a = body(c, "Ente A"), b = body(c, "Ente B");
    struct models_difference *d;
    struct models_model m;
    struct service s;
    struct edit_outcome outcome;
    struct history_row *rows;
    struct str code, slug_a, slug_b, again;
    bool is_new = true;
    int n = 0, n_followed = 0;

    (void)arg;
    p.texts[EDIT_NAME] = STR("Pasti a domicilio");
    p.texts[EDIT_DESCRIPTION] = STR("Un pasto caldo al giorno.");
    OK(models_put(c, &p, &code, &n_followed));
    slug_a = copy(c, code, a);
    slug_b = copy(c, code, b);
    OK(models_copy(c, code, a, STR("ente"), &again, &is_new)); /* the tap twice is one entry */
    ck_assert(!is_new);
    ck_assert(str_eq(again, slug_a));
    /* A changes a field: it is A's own from then on */
    OK(catalogue_service_by_slug(c, slug_a, &s));
    const struct edit_change own = {.field = EDIT_DESCRIPTION, .text = STR("Due pasti al giorno."), .has_was = true,
                                    .was_sum = catalogue_edit_sum(STR("Un pasto caldo al giorno."))};

    OK(catalogue_edit(c, s.service_id, 0, &own, 1, &(struct edit_who){.how = EDIT_BY_DESK, .by = STR("Ente A")}, &outcome));
    ck_assert_int_eq(outcome.n_taken, 1);
    p.code = code;
    p.texts[EDIT_DESCRIPTION] = STR("Un pasto caldo, anche la domenica.");
    p.texts[EDIT_FEE] = STR("by-isee");
    OK(models_put(c, &p, &code, &n_followed));
    ck_assert_int_eq(n_followed, 2); /* both took the fee, B alone the words */
    IS(text(c, slug_b, EDIT_DESCRIPTION), "Un pasto caldo, anche la domenica.");
    IS(text(c, slug_a, EDIT_DESCRIPTION), "Due pasti al giorno.");
    IS(text(c, slug_a, EDIT_FEE), "by-isee");
    OK(catalogue_service_by_slug(c, slug_b, &s));
    OK(catalogue_history(c, &(struct history_read){.service_id = s.service_id, .limit = 50}, &rows, &n));
    ck_assert_int_ge(n, 2);
    ck_assert_int_eq(rows[0].how, EDIT_BY_MODEL);
    /* A sees the difference, takes it, and follows again */
    OK(catalogue_service_by_slug(c, slug_a, &s));
    OK(models_of(c, s.service_id, &m));
    OK(models_differences(c, &m, s.service_id, &d, &n));
    ck_assert_int_eq(n, 1);
    ck_assert_int_eq(d[0].field, EDIT_DESCRIPTION);
    OK(models_take(c, s.service_id, EDIT_DESCRIPTION, STR("Ente A")));
    ck_assert_int_eq(models_take(c, s.service_id, EDIT_PHONES, STR("Ente A")), ST_NOT_FOUND);
    p.texts[EDIT_DESCRIPTION] = STR("Terzo testo.");
    OK(models_put(c, &p, &code, &n_followed));
    ck_assert_int_eq(n_followed, 2);
    IS(text(c, slug_a, EDIT_DESCRIPTION), "Terzo testo.");
    OK(models_put(c, &p, &code, &n_followed)); /* the same again changes nothing */
    ck_assert_int_eq(n_followed, 0);
    /* B stops following */
    OK(catalogue_service_by_slug(c, slug_b, &s));
    OK(models_leave(c, s.service_id));
    ck_assert_int_eq(models_leave(c, s.service_id), ST_NOT_FOUND);
    p.texts[EDIT_DESCRIPTION] = STR("Quarto testo.");
    OK(models_put(c, &p, &code, &n_followed));
    ck_assert_int_eq(n_followed, 1);
    IS(text(c, slug_b, EDIT_DESCRIPTION), "Terzo testo.");
    /* closed: nothing changes it, nobody copies it */
    OK(models_close(c, code));
    ck_assert_int_eq(models_put(c, &p, &code, &n_followed), ST_CONFLICT);
    ck_assert_int_eq(models_copy(c, code, b, STR("ente"), &again, &is_new), ST_CONFLICT);
    ck_assert_int_eq(models_close(c, code), ST_CONFLICT);
    return ST_OK;
}

START_TEST(test_models__copies_follow_until_their_body_changes_a_field)
{
    struct harness *h = harness_new();

    OK(harness_write(h, in_step, NULL));
    harness_free(h);
}
END_TEST

static enum status make_body(struct ctx *c, void *arg)
{
    *(int64_t *)arg = body(c, "Ente delle pagine");
    return ST_OK;
}

START_TEST(test_models__written_copied_and_seen_by_links)
{
    struct harness *h = harness_new();
    const struct keyed region = keyed_new(h, 0, LINKS_APPROVE);
    int64_t id = 0;

    OK(harness_write(h, make_body, &id));
    const struct keyed keep = keyed_new(h, id, LINKS_KEEP), other = keyed_new(h, id, LINKS_APPROVE);

    ck_assert_int_eq(harness_get(h, "/modelli/nuovo").code, 403);
    ck_assert_int_eq(keyed_get(&keep, "/modelli/nuovo").code, 403);
    struct web_reply r = keyed_post(&region, "/modelli/nuovo", "name=&description=%3Cb%3EUn+pasto");

    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "Manca il nome");
    harness_has(&r, "&lt;b&gt;Un pasto");
    r = keyed_post(&region, "/modelli/nuovo", "name=Pasti+a+domicilio&description=Un+pasto+al+giorno.&fee=free&kind=service");
    ck_assert_int_eq(r.code, 303);
    struct str at = harness_header(h, &r, "Location");
    const char *model = str_z(h->mem, str_cut(&at, '?'));

    r = harness_get(h, "/modelli");
    harness_has(&r, "Pasti a domicilio");
    ck_assert_int_eq(harness_post(h, str_fmt(h->mem, "%s/copia", model).p, "").code, 403);
    r = keyed_post(&keep, str_fmt(h->mem, "%s/copia", model).p, "");
    ck_assert_int_eq(r.code, 303);
    at = harness_header(h, &r, "Location");
    r = keyed_get(&keep, str_z(h->mem, at));
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Fatto: la scheda è tua");
    harness_has(&r, "uguale al modello");
    r = harness_get(h, model);
    harness_has(&r, "1 ente lo segue");
    harness_has_not(&r, "/chiudi"); /* who may not close it is not shown how */
    r = keyed_get(&other, model);
    harness_has_not(&r, "/chiudi");
    r = keyed_get(&region, model);
    harness_has(&r, "/chiudi");
    /* another body's key neither writes nor closes it */
    ck_assert_int_eq(keyed_post(&other, str_fmt(h->mem, "%s/modifica", model).p, "name=Rubato").code, 403);
    ck_assert_int_eq(keyed_post(&other, str_fmt(h->mem, "%s/chiudi", model).p, "").code, 403);
    ck_assert_int_eq(keyed_post(&region, str_fmt(h->mem, "%s/chiudi", model).p, "").code, 303);
    r = harness_get(h, model);
    harness_has(&r, "Questo modello è chiuso");
    ck_assert_int_eq(harness_get(h, "/modelli/ZZZZZZZZ").code, 404);
    harness_free(h);
}
END_TEST

UNIT_MAIN("models", test_models__copies_follow_until_their_body_changes_a_field, test_models__written_copied_and_seen_by_links)

/* organisations_test.c - one row for every organisation, found again, changed only when it has
 * changed. */
#include "base/digest.h"
#include "core/bodies/organisations.h"
#include "tests/support/harness.h"
#include "tests/unit.h"

#define IS(s, z) ck_assert_str_eq(str_z(c->mem, s), z)
#define OK(call) ck_assert_int_eq(call, ST_OK)

static struct organisation caritas(const char *name)
{
    return (struct organisation){.name = str_of(name),
                                 .kind = ORGANISATION_PARISH,
                                 .email = STR("caritas@example.org"),
                                 .source = STR("csv:prova"),
                                 .source_id = STR("1")};
}

START_TEST(test_organisations__kinds_have_names_and_words)
{
    struct harness *h = harness_new();

    for (int k = 1; k < ORGANISATION_KIND_COUNT; k++) {
        const char *name = organisations_kind_name((enum organisation_kind)k);

        ck_assert_ptr_nonnull(name);
        ck_assert_int_eq((int)organisations_kind_of(str_of(name)), k);
        for (int lang = 0; lang < 2; lang++) {
            struct ctx c = ctx_new(h->mem, &actor_anyone, (enum lang)lang);

            ck_assert_int_gt((int)organisations_kind_words(&c, (enum organisation_kind)k).n, 3);
        }
    }
    ck_assert_int_eq((int)organisations_kind_of(STR("casino")), 0);
    ck_assert_str_eq(organisations_kind_name(ORGANISATION_CONSORTIUM),
                     bodies_kind_name(BODY_CONSORTIUM));
    harness_free(h);
}
END_TEST

static enum status managing_bodies(struct ctx *c, void *arg)
{
    struct organisation o;
    struct body b;
    int64_t n;

    OK(bodies_by_code(c, STR("MB32"), &b));
    OK(organisations_of_body(c, b.body_id, &o));
    ck_assert(str_eq(o.slug, b.slug));
    ck_assert(str_eq(o.name, b.name));
    ck_assert(str_eq(o.body_slug, b.slug));
    IS(o.body_code, "MB32");
    ck_assert(str_eq(o.uuid, uuid_derive(c->mem, STR("wecare managing body"), STR("MB32"))));
    ck_assert_int_eq(o.comune_id, b.has_seat ? b.seat.area.area_id : 0);
    OK(organisations_by_slug(c, b.slug, &o));
    ck_assert_int_eq(o.body_id, b.body_id);
    /* 49 bodies, those that were absorbed are gone, projects of the initiatives beside them */
    struct body *all;
    int n_all = 0, n_ended = 0;

    OK(bodies_list(c, true, &all, &n_all));
    for (int i = 0; i < n_all; i++) {
        const bool has_ended = all[i].to != DAY_NONE && all[i].to < c->today;

        OK(organisations_of_body(c, all[i].body_id, &o));
        ck_assert_int_eq((int)o.state, has_ended ? ORGANISATION_GONE : ORGANISATION_SHOWN);
        n_ended += has_ended;
    }
    ck_assert_int_ge(n_all, 49);
    OK(organisations_count(c, 0, &n));
    ck_assert_int_ge(n, n_all - n_ended);
    return ST_OK;
}

START_TEST(test_organisations__managing_bodies_are_organisations)
{
    struct harness *h = harness_new();

    OK(harness_read(h, managing_bodies, NULL));
    harness_free(h);
}
END_TEST

static enum status put_and_look(struct ctx *c, void *arg)
{
    struct organisation o = caritas("Caritas di prova"), got, other;
    enum put_change change;
    int64_t id, again;

    OK(organisations_put(c, &o, &id, &change));
    ck_assert_int_eq(change, PUT_ADDED);
    OK(organisations_by_id(c, id, &got));
    ck_assert(uuid_is(got.uuid));
    ck_assert(str_starts(got.slug, STR("caritas-di-prova-")));
    IS(got.email, "caritas@example.org");
    OK(organisations_put(c, &o, &again, &change));
    ck_assert_int_eq(change, PUT_SAME);
    ck_assert_int_eq(again, id);
    /* a new name: another slug, and the old one still leads there */
    o.name = STR("Caritas nuova");
    OK(organisations_put(c, &o, &again, &change));
    ck_assert_int_eq(change, PUT_CHANGED);
    ck_assert_int_eq(again, id);
    OK(organisations_by_slug(c, got.slug, &other));
    ck_assert_int_eq(other.organisation_id, id);
    ck_assert(str_starts(other.slug, STR("caritas-nuova-")));
    ck_assert(str_eq(other.uuid, got.uuid));
    OK(organisations_find_source(c, STR("csv:prova"), STR("1"), &again));
    ck_assert_int_eq(again, id);
    ck_assert_int_eq(organisations_find_source(c, STR("csv:altra"), STR("1"), &again),
                     ST_NOT_FOUND);
    /* another source with the same uuid is left alone */
    other = caritas("Un'altra");
    other.source = STR("csv:altra");
    other.uuid = got.uuid;
    OK(organisations_put(c, &other, &again, &change));
    ck_assert_int_eq(change, PUT_LEFT);
    OK(organisations_by_uuid(c, got.uuid, &got));
    IS(got.name, "Caritas nuova");
    /* what the keeper hides stays hidden */
    OK(organisations_set_state(c, id, ORGANISATION_HIDDEN));
    ck_assert_int_eq(organisations_by_id(c, id, &got), ST_NOT_FOUND);
    o.name = STR("Caritas terza");
    OK(organisations_put(c, &o, &again, &change));
    ck_assert_int_eq(change, PUT_LEFT);
    /* what is gone comes back with its source */
    OK(organisations_set_state(c, id, ORGANISATION_GONE));
    OK(organisations_put(c, &o, &again, &change));
    ck_assert_int_eq(change, PUT_CHANGED);
    OK(organisations_by_id(c, id, &got));
    ck_assert_int_eq((int)got.state, ORGANISATION_SHOWN);
    return ST_OK;
}

START_TEST(test_organisations__found_again_and_changed_only_when_changed)
{
    struct harness *h = harness_new();

    OK(harness_write(h, put_and_look, NULL));
    harness_free(h);
}
END_TEST

static enum status pages(struct ctx *c, void *arg)
{
    struct organisation *list;
    struct organisation_page p = {.limit = 7};
    int64_t total, n_seen = 0;
    int n;

    OK(organisations_count(c, 0, &total));
    do {
        OK(organisations_page(c, &p, &list, &n));
        for (int i = 0; i < n; i++) {
            ck_assert_int_gt(list[i].organisation_id, p.after);
            ck_assert_int_eq((int)list[i].state, ORGANISATION_SHOWN);
            p.after = list[i].organisation_id;
        }
        n_seen += n;
    } while (n > 0);
    ck_assert_int_eq(n_seen, total);
    ck_assert_int_gt(total, 14);
    OK(organisations_count(c, c->now_ms + 1, &total));
    ck_assert_int_eq(total, 0);
    return ST_OK;
}

START_TEST(test_organisations__pages_give_each_once)
{
    struct harness *h = harness_new();

    OK(harness_read(h, pages, NULL));
    harness_free(h);
}
END_TEST

/* ---- two that are one ---- */

static int64_t put_as(struct ctx *c, const char *source_id, const char *name)
{
    struct organisation o = caritas(name);
    enum put_change change;
    int64_t id = 0;

    o.source_id = str_of(source_id);
    OK(organisations_put(c, &o, &id, &change));
    return id;
}

static enum status joined(struct ctx *c, void *arg)
{
    const int64_t a = put_as(c, "a", "Caritas A"), b = put_as(c, "b", "Caritas B"),
                  d = put_as(c, "d", "Caritas D");
    struct organisation of_a, got, again = caritas("Caritas A rinata");
    enum put_change change;
    int64_t id, *list;
    int n;

    OK(organisations_by_id(c, a, &of_a));
    OK(organisations_join(c, a, b));
    OK(organisations_by_slug(c, of_a.slug, &got));
    ck_assert_int_eq(got.organisation_id, b);
    OK(organisations_by_uuid(c, of_a.uuid, &got));
    ck_assert_int_eq(got.organisation_id, b);
    OK(organisations_find_source(c, STR("csv:prova"), STR("a"), &id));
    ck_assert_int_eq(id, b);
    /* its source brings it again: the one kept is meant, nothing rises */
    again.source_id = STR("a");
    OK(organisations_put(c, &again, &id, &change));
    ck_assert_int_eq(change, PUT_LEFT);
    ck_assert_int_eq(id, b);
    OK(organisations_by_id(c, a, &got));
    ck_assert_int_eq((int)got.state, ORGANISATION_GONE);
    /* a chain leads to its end, and no circle closes */
    ck_assert_int_eq(organisations_join(c, a, d), ST_CONFLICT);
    ck_assert_int_eq(organisations_join(c, b, a), ST_CONFLICT);
    ck_assert_int_eq(organisations_join(c, d, d), ST_CONFLICT);
    ck_assert_int_eq(organisations_join(c, d, a), ST_CONFLICT);
    OK(organisations_join(c, b, d));
    OK(organisations_kept(c, a, &id));
    ck_assert_int_eq(id, d);
    OK(organisations_joined_to(c, d, &list, &n));
    ck_assert_int_eq(n, 1);
    ck_assert_int_eq(list[0], b);
    /* apart again, one step at a time */
    OK(organisations_part(c, b));
    OK(organisations_kept(c, a, &id));
    ck_assert_int_eq(id, b);
    OK(organisations_part(c, a));
    ck_assert_int_eq(organisations_part(c, a), ST_NOT_FOUND);
    OK(organisations_by_slug(c, of_a.slug, &got));
    ck_assert_int_eq(got.organisation_id, a);
    ck_assert_int_eq((int)got.state, ORGANISATION_SHOWN);
    OK(organisations_put(c, &again, &id, &change));
    ck_assert_int_eq(change, PUT_CHANGED);
    ck_assert_int_eq(id, a);
    return ST_OK;
}

START_TEST(test_organisations__joined_ones_lead_on_and_come_apart)
{
    struct harness *h = harness_new();

    OK(harness_write(h, joined, NULL));
    harness_free(h);
}
END_TEST

static enum status managing_stays(struct ctx *c, void *arg)
{
    const int64_t a = put_as(c, "a", "Caritas A");
    struct organisation managing;
    struct body b;

    OK(bodies_by_code(c, STR("MB32"), &b));
    OK(organisations_of_body(c, b.body_id, &managing));
    ck_assert_int_eq(organisations_join(c, managing.organisation_id, a), ST_CONFLICT);
    ck_assert_str_eq(c->problems.list[0].key, "bodies.join-managing");
    OK(organisations_join(c, a, managing.organisation_id));
    return ST_OK;
}

START_TEST(test_organisations__a_managing_body_is_not_joined_away)
{
    struct harness *h = harness_new();

    OK(harness_write(h, managing_stays, NULL));
    harness_free(h);
}
END_TEST

UNIT_MAIN("organisations", test_organisations__kinds_have_names_and_words,
          test_organisations__managing_bodies_are_organisations,
          test_organisations__found_again_and_changed_only_when_changed,
          test_organisations__pages_give_each_once,
          test_organisations__joined_ones_lead_on_and_come_apart,
          test_organisations__a_managing_body_is_not_joined_away)

/* catalogue_alias_test.c - two entries that are one, whose they are, and what leaves when its day is past. */
#include "features/catalogue/catalogue_alias.h"
#include "base/date.h"
#include "catalogue_full_testing.h"
#include "tests/support/harness.h"
#include "tests/unit.h"

#define IS(s, z) ck_assert_str_eq(str_z(c->mem, s), z)
#define OK(call) ck_assert_int_eq(call, ST_OK)
static const char IVREA[] = "001125";

static struct full put_of(struct ctx *c, const char *source, const char *source_id, const char *name)
{
    struct catalogue_write *w;
    struct full f;

    OK(catalogue_write_begin(c, str_of(source), &w));
    full_make(c, &(struct full_put){.source_id = source_id, .name = name, .istat = IVREA}, &f);
    if (!str_eq_z(str_of(source), "csv:prova")) { /* ids of its own */
        f.service.uuid = f.location.uuid = f.organisation.uuid = STR("");
        for (int i = 0; i < f.service.n_ats; i++)
            f.service.ats[i].uuid = STR("");
    }
    full_put(w, &f);
    OK(catalogue_write_end(w, false, NULL));
    return f;
}

/* ---- two that are one ---- */

static enum status joins(struct ctx *c, void *arg)
{
    const struct full a = put_of(c, "csv:uno", "1", "Doposcuola"), b = put_of(c, "csv:due", "1", "Dopo scuola"),
                      d = put_of(c, "csv:tre", "1", "Il doposcuola");
    struct service of_a, got;
    struct full again;
    int64_t id, *list;
    int n;

    OK(catalogue_service(c, a.service_id, &of_a));
    OK(catalogue_join(c, a.service_id, b.service_id));
    OK(catalogue_service_by_slug(c, of_a.slug, &got));
    ck_assert_int_eq(got.service_id, b.service_id);
    OK(catalogue_service_by_uuid(c, of_a.uuid, &got));
    ck_assert_int_eq(got.service_id, b.service_id);
    /* its feed brings it again, changed: it does not rise */
    again = put_of(c, "csv:uno", "1", "Doposcuola nuovo");
    ck_assert_int_eq(again.service_change, PUT_LEFT);
    ck_assert_int_eq(again.service_id, b.service_id);
    OK(catalogue_service(c, a.service_id, &got));
    ck_assert_int_eq((int)got.state, SERVICE_GONE);
    ck_assert_int_eq(catalogue_join(c, a.service_id, d.service_id), ST_CONFLICT);
    ck_assert_str_eq(c->problems.list[0].key, "catalogue.joined-already");
    ck_assert_int_eq(catalogue_join(c, b.service_id, a.service_id), ST_CONFLICT);
    ck_assert_int_eq(catalogue_join(c, b.service_id, b.service_id), ST_CONFLICT);
    OK(catalogue_join(c, b.service_id, d.service_id));
    OK(catalogue_service_by_slug(c, of_a.slug, &got));
    ck_assert_int_eq(got.service_id, d.service_id);
    OK(catalogue_joined_to(c, d.service_id, &list, &n));
    ck_assert_int_eq(n, 1);
    ck_assert_int_eq(list[0], b.service_id);
    /* apart again: each as it was, with its places */
    OK(catalogue_part(c, b.service_id));
    OK(catalogue_kept(c, a.service_id, &id));
    ck_assert_int_eq(id, b.service_id);
    OK(catalogue_part(c, a.service_id));
    ck_assert_int_eq(catalogue_part(c, a.service_id), ST_NOT_FOUND);
    OK(catalogue_service_by_slug(c, of_a.slug, &got));
    ck_assert_int_eq(got.service_id, a.service_id);
    ck_assert_int_eq((int)got.state, SERVICE_SHOWN);
    ck_assert_int_eq(got.n_ats, 1);
    IS(got.name, "Doposcuola");
    again = put_of(c, "csv:uno", "1", "Doposcuola nuovo");
    ck_assert_int_eq(again.service_change, PUT_CHANGED);
    return ST_OK;
}

START_TEST(test_alias__what_was_joined_leads_on_and_comes_apart)
{
    struct harness *h = harness_new();

    OK(harness_write(h, joins, NULL));
    harness_free(h);
}
END_TEST

/* The one kept is gone by its own source: what was joined is what is left of it. */
static enum status kept_goes(struct ctx *c, void *arg)
{
    const struct full a = put_of(c, "csv:uno", "1", "Doposcuola"), b = put_of(c, "csv:due", "1", "Dopo scuola");
    struct service got;
    struct full again;

    OK(catalogue_join(c, a.service_id, b.service_id));
    OK(catalogue_set_state(c, b.service_id, SERVICE_GONE));
    again = put_of(c, "csv:uno", "1", "Doposcuola");
    ck_assert_int_eq(again.service_change, PUT_CHANGED);
    ck_assert_int_eq(again.service_id, a.service_id);
    OK(catalogue_service(c, a.service_id, &got));
    ck_assert_int_eq((int)got.state, SERVICE_SHOWN);
    /* hidden by the keeper is no reason: it stays joined */
    OK(catalogue_set_state(c, b.service_id, SERVICE_SHOWN));
    OK(catalogue_join(c, a.service_id, b.service_id));
    OK(catalogue_set_state(c, b.service_id, SERVICE_HIDDEN));
    ck_assert_int_eq(put_of(c, "csv:uno", "1", "Doposcuola").service_change, PUT_LEFT);
    /* and one that is gone already is not joined */
    ck_assert_int_eq(catalogue_join(c, b.service_id, a.service_id), ST_NOT_FOUND);
    return ST_OK;
}

START_TEST(test_alias__it_comes_back_when_the_one_kept_is_gone)
{
    struct harness *h = harness_new();

    OK(harness_write(h, kept_goes, NULL));
    harness_free(h);
}
END_TEST

static enum status moves(struct ctx *c, void *arg)
{
    const struct full a = put_of(c, "csv:uno", "1", "Doposcuola"), b = put_of(c, "csv:due", "1", "Dopo scuola");
    struct service *list;
    int64_t *ids, before, after;
    int n;

    OK(catalogue_all_of(c, a.organisation_id, &ids, &n));
    ck_assert_int_eq(n, 1);
    OK(catalogue_change(c, &before));
    OK(catalogue_move(c, ids[0], b.organisation_id));
    OK(catalogue_change(c, &after));
    ck_assert_int_gt(after, before);
    OK(catalogue_of_organisation(c, b.organisation_id, &list, &n));
    ck_assert_int_eq(n, 2);
    OK(catalogue_of_organisation(c, a.organisation_id, &list, &n));
    ck_assert_int_eq(n, 0);
    ck_assert_int_eq(catalogue_move(c, 987654, b.organisation_id), ST_NOT_FOUND);
    return ST_OK;
}

START_TEST(test_alias__entries_go_to_another_organisation)
{
    struct harness *h = harness_new();

    OK(harness_write(h, moves, NULL));
    harness_free(h);
}
END_TEST

/* ---- what leaves by itself ---- */

static enum status put_course(struct ctx *c, const char *id, int ends_on, int places, int64_t *out)
{
    struct catalogue_write *w;
    struct full f;

    OK(catalogue_write_begin(c, STR("csv:corsi"), &w));
    full_make(c, &(struct full_put){.source_id = id, .name = "Corso di italiano", .istat = IVREA}, &f);
    f.service.uuid = f.location.uuid = f.organisation.uuid = STR("");
    f.service.ats[0].uuid = STR("");
    f.service.kind = SERVICE_COURSE;
    f.service.status = SERVICE_ACTIVE;
    f.service.starts_on = DAY_NONE;
    f.service.ends_on = ends_on;
    f.service.has_places_free = true;
    f.service.places_free = places;
    full_put(w, &f);
    *out = f.service_id;
    return catalogue_write_end(w, false, NULL);
}

static int64_t change_of(struct ctx *c, int64_t service_id, struct service *s)
{
    OK(catalogue_service(c, service_id, s));
    return s->change_no;
}

static enum status ends(struct ctx *c, void *arg)
{
    struct service s, *list;
    int64_t id, past, was;
    int n;

    OK(catalogue_leave(c));
    OK(put_course(c, "1", c->today + 1, 4, &id));
    OK(put_course(c, "2", c->today - 1, 4, &past)); /* past on the day it is written */
    OK(catalogue_service(c, past, &s));
    ck_assert(catalogue_has_ended(&s, c->today));
    was = change_of(c, id, &s);
    ck_assert(!catalogue_has_ended(&s, c->today));
    OK(catalogue_of_organisation(c, s.organisation_id, &list, &n));
    ck_assert_int_eq(n, 1);
    ck_assert_int_eq((int)catalogue_status_today(&s, c->today), SERVICE_ACTIVE);
    c->today += 1; /* its last day: still on */
    OK(catalogue_leave(c));
    ck_assert_int_eq(change_of(c, id, &s), was);
    ck_assert(catalogue_is_offered(&s, c->today));
    c->today += 1;
    OK(catalogue_leave(c));
    ck_assert_int_gt(change_of(c, id, &s), was);
    ck_assert(!catalogue_is_offered(&s, c->today));
    ck_assert_int_eq((int)catalogue_status_today(&s, c->today), SERVICE_INACTIVE);
    ck_assert_int_eq((int)s.state, SERVICE_SHOWN); /* its page and history stay */
    OK(catalogue_of_organisation(c, s.organisation_id, &list, &n));
    ck_assert_int_eq(n, 0);
    was = s.change_no;
    OK(catalogue_leave(c)); /* twice a day changes nothing */
    ck_assert_int_eq(change_of(c, id, &s), was);
    c->today -= 2; /* the clock was wrong: it is on again, and who keeps an index is told */
    OK(catalogue_leave(c));
    ck_assert_int_gt(change_of(c, id, &s), was);
    ck_assert(catalogue_is_offered(&s, c->today));
    return ST_OK;
}

START_TEST(test_leave__a_course_is_gone_after_its_last_day)
{
    struct harness *h = harness_new();

    OK(harness_write(h, ends, NULL));
    harness_free(h);
}
END_TEST

static enum status grow_old(struct ctx *c, void *arg)
{
    const int first = c->today;
    struct service s;
    int64_t id, was;

    OK(catalogue_leave(c));
    OK(put_course(c, "1", DAY_NONE, 4, &id));
    was = change_of(c, id, &s);
    ck_assert_int_eq(s.places_on, first);
    c->today = first + PLACES_HOLD_DAYS;
    OK(catalogue_leave(c));
    ck_assert_int_eq(change_of(c, id, &s), was);
    ck_assert(!catalogue_places_are_old(&s, c->today));
    /* the same file again says nothing new */
    OK(put_course(c, "1", DAY_NONE, 4, &id));
    ck_assert_int_eq(change_of(c, id, &s), was);
    c->today += 1;
    OK(catalogue_leave(c));
    ck_assert_int_gt(change_of(c, id, &s), was);
    ck_assert(catalogue_places_are_old(&s, c->today));
    OK(catalogue_places_said(c, id));
    OK(catalogue_service(c, id, &s));
    ck_assert(!catalogue_places_are_old(&s, c->today));
    ck_assert_int_eq(s.places_on, c->today);
    c->today += 1; /* another number is a new word */
    OK(put_course(c, "1", DAY_NONE, 3, &id));
    OK(catalogue_service(c, id, &s));
    ck_assert_int_eq(s.places_on, c->today);
    ck_assert_int_eq(catalogue_places_said(c, 987654), ST_NOT_FOUND);
    return ST_OK;
}

START_TEST(test_leave__free_places_are_believed_for_a_month)
{
    struct harness *h = harness_new();

    OK(harness_write(h, grow_old, NULL));
    harness_free(h);
}
END_TEST

UNIT_MAIN("catalogue_alias", test_alias__what_was_joined_leads_on_and_comes_apart,
          test_alias__it_comes_back_when_the_one_kept_is_gone, test_alias__entries_go_to_another_organisation,
          test_leave__a_course_is_gone_after_its_last_day, test_leave__free_places_are_believed_for_a_month)

/* catalogue_test.c - what is put comes out whole, once, and only changed when it has changed. */
#include "features/catalogue/catalogue.h"
#include "catalogue_full_testing.h"
#include "base/digest.h"
#include "tests/support/harness.h"
#include "tests/unit.h"
#include <string.h>

#define IS(s, z) ck_assert_str_eq(str_z(c->mem, s), z)
#define OK(call) ck_assert_int_eq(call, ST_OK)
static const char IVREA[] = "001125";

static struct catalogue_write *begin(struct ctx *c)
{
    struct catalogue_write *w;

    OK(catalogue_write_begin(c, STR("csv:prova"), &w));
    return w;
}

static int64_t end(struct catalogue_write *w, bool is_whole)
{
    int64_t n;

    OK(catalogue_write_end(w, is_whole, &n));
    return n;
}

/* One service in a source of its own; its key. */
static struct full put_one(struct ctx *c, const char *source_id, const char *name)
{
    struct catalogue_write *w = begin(c);
    struct full f;

    full_make(c, &(struct full_put){.source_id = source_id, .name = name, .istat = IVREA}, &f);
    full_put(w, &f);
    end(w, false);
    return f;
}

/* ---- whole ---- */

static void check_words(struct ctx *c, const struct service *s, const struct service *g)
{
    ck_assert(str_eq(s->name, g->name) && str_eq(s->alternate_name, g->alternate_name));
    ck_assert(str_eq(s->summary, g->summary) && str_eq(s->description, g->description));
    ck_assert(str_eq(s->url, g->url) && str_eq(s->email, g->email));
    ck_assert(str_eq(s->application_process, g->application_process) && str_eq(s->eligibility, g->eligibility));
    ck_assert(str_eq(s->wait_time, g->wait_time) && str_eq(s->interpretation, g->interpretation));
    ck_assert(str_eq(s->accreditations, g->accreditations) && str_eq(s->licenses, g->licenses));
    ck_assert(str_eq(s->fees, g->fees) && str_eq(s->isee_note, g->isee_note) && str_eq(s->intake, g->intake));
    ck_assert(str_eq(s->alert, g->alert) && str_eq(s->program_uuid, g->program_uuid));
    ck_assert(str_eq(s->assurer_email, g->assurer_email) && str_eq(s->confirmed_by, g->confirmed_by));
    ck_assert_int_eq((int)g->kind, (int)s->kind);
    ck_assert_int_eq((int)g->status, (int)s->status);
    ck_assert_int_eq((int)g->fee, (int)s->fee);
    ck_assert_int_eq(g->ways, s->ways);
    ck_assert(g->has_min_age && g->has_max_age && g->has_places_free);
    ck_assert_double_eq(g->min_age, 0.5);
    ck_assert_double_eq(g->max_age, 64);
    ck_assert_int_eq(g->places_free, 0);
    ck_assert_int_eq(g->starts_on, s->starts_on);
    ck_assert_int_eq(g->ends_on, s->ends_on);
    ck_assert_int_eq(g->apply_by, s->apply_by);
    ck_assert_int_eq(g->confirmed_on, s->confirmed_on);
    ck_assert_int_eq((int)g->confirmed_how, (int)s->confirmed_how);
    ck_assert(g->is_demo && g->state == SERVICE_SHOWN && uuid_is(g->uuid));
    IS(g->source, "csv:prova");
    IS(g->source_id, "1");
}

static void check_parts(struct ctx *c, const struct service *g)
{
    ck_assert_int_eq(g->n_needs, 2);
    IS(g->needs[1], "sfratto");
    ck_assert_int_eq(g->n_targets, 1);
    ck_assert_int_eq(g->n_areas, 2);
    ck_assert_int_ne(g->areas[0].area_id, 0);
    IS(g->areas[0].description, "da sei mesi");
    ck_assert_int_eq(g->areas[1].area_id, 0);
    IS(g->areas[1].extent_type, "geojson");
    IS(g->languages[0].note, "il lunedì");
    IS(g->documents[0].uri, "https://example.org/isee");
    ck_assert_int_eq(g->n_costs, 2);
    ck_assert(g->costs[0].has_amount && !g->costs[1].has_amount);
    ck_assert_int_eq(g->costs[0].amount_cents, 500);
    ck_assert_int_eq(g->costs[0].from, day_from_ymd(2026, 1, 1));
    ck_assert_int_eq(g->costs[0].to, DAY_NONE);
    IS(g->costs[1].amount_description, "offerta libera");
    ck_assert_int_eq(g->access[0].bits, ACCESS_HEARING);
    ck_assert_int_eq(g->n_schedules, 2);
    ck_assert_int_eq(g->schedules[0].rule.weekdays, 1 | 4);
    ck_assert_int_eq(g->schedules[0].rule.opens_min, 540);
    ck_assert_int_eq(g->schedules[1].rule.closes_min, 480);
    IS(g->schedules[1].attending_type, "in presenza");
    ck_assert_int_eq(g->parts.n_phones, 2);
    ck_assert_int_eq(g->parts.n_contacts + g->parts.n_attributes + g->parts.n_funding, 3);
    IS(g->parts.phones[0].uuid, "1554f2e2-a373-45db-a3fa-9fc48a61c15e");
    ck_assert(uuid_is(g->parts.phones[1].uuid));
    ck_assert(uuid_is(g->schedules[0].uuid) && uuid_is(g->costs[1].uuid) && uuid_is(g->areas[1].uuid));
}

static void check_place(struct ctx *c, const struct full *f, const struct service *g)
{
    ck_assert_int_eq(g->n_ats, 1);
    const struct service_at *at = &g->ats[0];
    const struct location *l = at->location;

    ck_assert(uuid_is(at->uuid) && uuid_is(l->uuid));
    IS(at->description, "Al secondo piano");
    ck_assert_int_eq(at->schedules[0].rule.weekdays, 8);
    IS(at->parts.phones[0].number, "0125 555 0199");
    ck_assert_int_eq(l->location_id, f->location_id);
    IS(l->name, "Casa del quartiere");
    IS(l->transportation, "Bus 4, fermata Ospedale");
    IS(l->external_identifier, "EXT-77");
    IS(l->comune_name, "Ivrea");
    IS(l->comune_slug, "ivrea-to");
    IS(l->quarter, "San Grato");
    ck_assert_int_eq(l->n_addresses, 2);
    IS(l->addresses[0].address_1, "via Roma 1");
    IS(l->addresses[0].postal_code, "10015");
    IS(l->addresses[1].type, "postal");
    ck_assert(l->has_point && !l->is_point_of_town && !l->is_secret);
    ck_assert_double_eq(l->lat, 45.123456);
    ck_assert_int_eq(l->access_bits, ACCESS_WHEELCHAIR | ACCESS_TOILET | ACCESS_LIFT);
    ck_assert_int_eq(l->n_schedules + l->n_languages, 2);
}

static enum status whole(struct ctx *c, void *arg)
{
    const struct full f = put_one(c, "1", "Sportello casa");
    struct service g, same;
    struct location l;

    OK(catalogue_service(c, f.service_id, &g));
    check_words(c, &f.service, &g);
    check_parts(c, &g);
    check_place(c, &f, &g);
    IS(g.organisation_name, "Ente di prova");
    IS(g.organisation_phone, "0125 555 0101");
    ck_assert_int_eq((int)g.organisation_kind, ORGANISATION_THIRD_SECTOR);
    ck_assert(str_starts(g.slug, STR("sportello-casa-ivrea-")));
    OK(catalogue_service_by_slug(c, g.slug, &same));
    ck_assert_int_eq(same.service_id, f.service_id);
    OK(catalogue_service_by_uuid(c, g.uuid, &same));
    ck_assert_int_eq(same.service_id, f.service_id);
    OK(catalogue_at_by_uuid(c, g.ats[0].uuid, &same));
    ck_assert_int_eq(same.n_ats, 1);
    ck_assert(str_eq(same.ats[0].uuid, g.ats[0].uuid));
    OK(catalogue_location_by_uuid(c, g.ats[0].location->uuid, &l));
    ck_assert_int_eq(l.location_id, f.location_id);
    ck_assert_int_eq(catalogue_service_by_slug(c, STR("sportello-casa-ivrea"), &same), ST_NOT_FOUND);
    ck_assert_int_eq(catalogue_service_by_slug(c, STR("x-222222"), &same), ST_NOT_FOUND);
    ck_assert_int_eq(catalogue_service_by_uuid(c, STR("no"), &same), ST_NOT_FOUND);
    /* ids of parts are the same at each reading */
    OK(catalogue_service(c, f.service_id, &same));
    ck_assert(str_eq(same.costs[1].uuid, g.costs[1].uuid));
    ck_assert(str_eq(same.ats[0].location->addresses[0].uuid, g.ats[0].location->addresses[0].uuid));
    return ST_OK;
}

START_TEST(test_catalogue__what_is_put_comes_out_whole)
{
    struct harness *h = harness_new();

    OK(harness_write(h, whole, NULL));
    harness_free(h);
}
END_TEST

/* ---- again ---- */

static enum status again(struct ctx *c, void *arg)
{
    const struct full f = put_one(c, "1", "Sportello casa");
    struct service before, after;
    int64_t change, later;

    OK(catalogue_service(c, f.service_id, &before));
    OK(catalogue_change(c, &change));
    struct full g = put_one(c, "1", "Sportello casa");

    ck_assert_int_eq(g.service_change, PUT_SAME);
    ck_assert_int_eq(g.location_change, PUT_SAME);
    ck_assert_int_eq(g.organisation_change, PUT_SAME);
    ck_assert_int_eq(g.service_id, f.service_id);
    OK(catalogue_service(c, f.service_id, &after));
    ck_assert_int_eq(after.change_no, before.change_no);
    g = put_one(c, "1", "Sportello della casa");
    ck_assert_int_eq(g.service_change, PUT_CHANGED);
    ck_assert_int_eq(g.service_id, f.service_id);
    OK(catalogue_service_by_slug(c, before.slug, &after)); /* the old address leads there */
    IS(after.name, "Sportello della casa");
    ck_assert(str_eq(after.uuid, before.uuid));
    ck_assert(str_eq(after.ats[0].uuid, before.ats[0].uuid));
    ck_assert_int_eq(after.n_ats, 1);
    ck_assert(!str_eq(after.slug, before.slug));
    OK(catalogue_change(c, &later));
    ck_assert_int_gt(after.change_no, change);
    ck_assert_int_le(after.change_no, later);
    return ST_OK;
}

START_TEST(test_catalogue__the_same_again_changes_nothing)
{
    struct harness *h = harness_new();

    OK(harness_write(h, again, NULL));
    harness_free(h);
}
END_TEST

/* Each field by itself is a change that is seen. */
static enum status each_field(struct ctx *c, void *arg)
{
    put_one(c, "1", "Sportello casa");
    for (int i = 0; i < 24; i++) {
        struct catalogue_write *w = begin(c);
        struct full f;
        struct service *s = &f.service;

        full_make(c, &(struct full_put){.source_id = "1", .name = "Sportello casa", .istat = IVREA}, &f);
        struct str *const texts[] = {&s->summary, &s->description, &s->url, &s->email, &s->application_process,
                                     &s->eligibility, &s->fees, &s->isee_note, &s->intake, &s->alert, &s->wait_time,
                                     &s->languages[0].code, &s->documents[0].document, &s->parts.phones[1].number,
                                     &s->ats[0].description, &s->ats[0].parts.phones[0].number};

        if (i < 16)
            *texts[i] = STR("altro");
        switch (i) {
        case 16: s->has_places_free = false; break;
        case 17: s->fee = FEE_FREE; break;
        case 18: s->min_age = 0.25; break;
        case 19: s->schedules[0].rule.opens_min++; break;
        case 20: s->n_needs = 1; break;
        case 21: s->n_ats = 0; break;
        case 22: s->confirmed_on++; break;
        case 23: s->costs[0].amount_cents++; break;
        default: break;
        }
        full_put(w, &f);
        if (f.service_change != PUT_CHANGED)
            ck_abort_msg("field %d changed and was not seen", i);
        end(w, false);
        put_one(c, "1", "Sportello casa"); /* and back */
    }
    return ST_OK;
}

START_TEST(test_catalogue__every_field_counts_as_a_change)
{
    struct harness *h = harness_new();

    OK(harness_write(h, each_field, NULL));
    harness_free(h);
}
END_TEST

static enum status twice(struct ctx *c, void *arg)
{
    struct catalogue_write *w = begin(c);
    struct full a, b;
    struct service *list;
    int n;

    full_make(c, &(struct full_put){.source_id = "1", .name = "Prima", .istat = IVREA}, &a);
    full_make(c, &(struct full_put){.source_id = "1", .name = "Seconda", .istat = IVREA}, &b);
    full_put(w, &a);
    full_put(w, &b);
    ck_assert_int_eq(b.service_id, a.service_id);
    ck_assert_int_eq(b.service_change, PUT_CHANGED);
    end(w, true);
    OK(catalogue_of_organisation(c, a.organisation_id, &list, &n));
    ck_assert_int_eq(n, 1);
    IS(list[0].name, "Seconda");
    return ST_OK;
}

START_TEST(test_catalogue__one_id_twice_in_one_file_is_one_service)
{
    struct harness *h = harness_new();

    OK(harness_write(h, twice, NULL));
    harness_free(h);
}
END_TEST

static enum status anothers(struct ctx *c, void *arg)
{
    struct full f = put_one(c, "1", "Sportello casa"), g;
    struct catalogue_write *w;
    struct service s;

    OK(catalogue_service(c, f.service_id, &s));
    OK(catalogue_write_begin(c, STR("csv:altra"), &w));
    full_make(c, &(struct full_put){.source_id = "9", .name = "Rubato", .istat = IVREA}, &g);
    g.service.uuid = s.uuid;
    g.location.uuid = s.ats[0].location->uuid;
    full_put(w, &g);
    ck_assert_int_eq(g.service_change, PUT_LEFT);
    ck_assert_int_eq(g.location_change, PUT_LEFT);
    OK(catalogue_write_end(w, true, NULL));
    OK(catalogue_service(c, f.service_id, &s));
    IS(s.name, "Sportello casa");
    ck_assert_int_eq((int)s.state, SERVICE_SHOWN);
    return ST_OK;
}

START_TEST(test_catalogue__anothers_uuid_is_left_alone)
{
    struct harness *h = harness_new();

    OK(harness_write(h, anothers, NULL));
    harness_free(h);
}
END_TEST

UNIT_MAIN("catalogue", test_catalogue__what_is_put_comes_out_whole, test_catalogue__the_same_again_changes_nothing,
          test_catalogue__every_field_counts_as_a_change, test_catalogue__one_id_twice_in_one_file_is_one_service,
          test_catalogue__anothers_uuid_is_left_alone)

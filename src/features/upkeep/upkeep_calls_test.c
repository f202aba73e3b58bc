/* upkeep_calls_test.c - the calls of a managing body: what each answer does, what only a reason may hide. */
#include "base/clock.h"
#include "base/date.h"
#include "core/bodies/organisations.h"
#include "core/links/links.h"
#include "features/catalogue/catalogue_write.h"
#include "features/upkeep/upkeep_calls.h"
#include "features/upkeep/upkeep_testing.h"
#include "tests/support/harness.h"
#include "tests/unit.h"
#include <string.h>

static const char IVREA[] = "001125";

static int64_t number(struct harness *h, const char *sql)
{
    return store_testing_number(&h->store, sql);
}

static struct made_body made(struct harness *h, const char *name, int n, const char *need)
{
    struct made_body b = {.source_id = name, .name = name, .email = "nessuno", .n = n, .confirmed_ago = -1, .istat = IVREA, .need = need};

    upkeep_make(h, &b);
    return b;
}

struct job {
    int64_t id;
    const char *why;
    struct call_done done;
    struct calls calls;
    int64_t body_id;
    enum status got;
    const char *key;
};

static enum status hide(struct ctx *c, void *arg)
{
    struct job *j = arg;

    j->got = upkeep_hide(c, &(struct hide_ask){j->id, str_of(j->why)}, &j->done);
    j->key = c->problems.n > 0 ? c->problems.list[0].key : NULL;
    return j->got;
}

static enum status show(struct ctx *c, void *arg)
{
    struct job *j = arg;

    return upkeep_show(c, j->id, &j->done);
}

static enum status right(struct ctx *c, void *arg)
{
    struct job *j = arg;

    j->done.by = STR("Consorzio");
    return upkeep_check_right(c, j->id, &j->done);
}

static enum status wrong(struct ctx *c, void *arg)
{
    struct job *j = arg;

    return upkeep_check_wrong(c, j->id, str_of(j->why));
}

static enum status nobody(struct ctx *c, void *arg)
{
    struct job *j = arg;

    return upkeep_call_nobody(c, j->id);
}

START_TEST(test_calls__the_last_for_a_need_is_hidden_only_with_a_reason)
{
    struct harness *h = harness_new();
    const struct made_body b = made(h, "Mensa", 2, "spesa-alimentare");
    struct job j = {.id = b.service_ids[0], .why = ""};

    upkeep_day(h, 0);
    ck_assert_int_eq(harness_write(h, hide, &j), ST_OK); /* the other one answers the need */
    j = (struct job){.id = b.service_ids[1], .why = "boh"};
    ck_assert_int_eq(harness_write(h, hide, &j), ST_INVALID);
    ck_assert_str_eq(j.key, "upkeep.hide-last");
    ck_assert_int_eq(number(h, "SELECT count(*) FROM catalogue_service WHERE state = 'hidden'"), 1);
    j.why = "Ha chiuso a giugno, lo dice il parroco";
    ck_assert_int_eq(harness_write(h, hide, &j), ST_OK);
    ck_assert_int_eq(number(h, "SELECT count(*) FROM catalogue_service WHERE state = 'hidden'"), 2);
    ck_assert_int_eq(harness_write(h, show, &j), ST_OK);
    ck_assert_int_eq(number(h, "SELECT count(*) FROM catalogue_service WHERE state = 'hidden'"), 1);
    harness_free(h);
}
END_TEST

START_TEST(test_calls__one_far_away_does_not_count_for_the_need)
{
    struct harness *h = harness_new();
    const struct made_body b = made(h, "Mensa", 1, "spesa-alimentare");
    struct made_body far = {.source_id = "Cuneo", .name = "Cuneo", .email = "", .n = 1, .confirmed_ago = 1, .istat = "004078",
                            .need = "spesa-alimentare"};
    struct job j = {.id = b.service_ids[0], .why = ""};

    upkeep_make(h, &far);
    upkeep_day(h, 0);
    ck_assert_int_eq(harness_write(h, hide, &j), ST_INVALID);
    harness_free(h);
}
END_TEST

START_TEST(test_calls__only_the_sample_makes_verified_and_wrong_takes_it_away)
{
    struct harness *h = harness_new();
    const struct made_body b = made(h, "Mensa", 1, NULL);
    struct job j = {.id = b.service_ids[0], .why = "phone hours"};

    upkeep_day(h, 0); /* draws one of one */
    ck_assert_int_eq(harness_write(h, nobody, &j), ST_OK);
    ck_assert_int_eq(upkeep_entry_now(h, j.id, 0).verified_on, DAY_NONE);
    ck_assert_int_eq(upkeep_entry_now(h, j.id, 0).n_calls, 1);
    ck_assert_int_eq(harness_write(h, right, &j), ST_OK);
    ck_assert_int_eq(upkeep_entry_now(h, j.id, 0).verified_on, clock_today());
    ck_assert_int_eq(upkeep_entry_now(h, j.id, 0).confirmed_on, clock_today());
    ck_assert_int_eq(harness_write(h, right, &j), ST_CONFLICT); /* two who call */
    ck_assert_int_eq(harness_write(h, wrong, &j), ST_CONFLICT);
    store_testing_exec(&h->store, "UPDATE upkeep_check SET outcome = ''");
    ck_assert_int_eq(harness_write(h, wrong, &j), ST_OK);
    ck_assert_int_eq(upkeep_entry_now(h, j.id, 0).verified_on, DAY_NONE);
    ck_assert_int_eq(number(h, "SELECT count(*) FROM upkeep_check WHERE wrong = 'phone hours'"), 1);
    harness_free(h);
}
END_TEST

START_TEST(test_calls__without_a_key_nobody_reads_the_list)
{
    struct harness *h = harness_new();

    ck_assert_int_eq(harness_get(h, "/telefonate").code, 403);
    ck_assert_int_eq(harness_post(h, "/telefonate", "azione=giusta-1").code, 403);
    ck_assert_int_eq(harness_get(h, "/telefonate/foglio/mensa").code, 403);
    harness_free(h);
}
END_TEST

/* ---- whose list ---- */

struct desks {
    const struct made_body *b;
    int64_t service_of_manager;
    struct organisation manager;
    struct str phone, region;
};

static enum status put_own_entry(struct ctx *c, void *arg)
{
    struct desks *d = arg;
    struct catalogue_write *w;
    enum put_change change;
    struct comune ivrea;
    struct body_answer answer;

    ck_assert_int_eq(places_comune_by_istat(c, str_of(IVREA), &ivrea), ST_OK);
    ck_assert_int_eq(bodies_for_area(c, ivrea.area.area_id, c->today, &answer), ST_OK);
    ck_assert_int_eq(organisations_of_body(c, answer.body.body_id, &d->manager), ST_OK);
    const struct service s = {.source_id = STR("own"),
                              .name = STR("Sportello del consorzio"),
                              .organisation_id = d->manager.organisation_id,
                              .kind = SERVICE_SERVICE,
                              .status = SERVICE_ACTIVE,
                              .starts_on = DAY_NONE,
                              .ends_on = DAY_NONE,
                              .apply_by = DAY_NONE,
                              .confirmed_on = DAY_NONE};

    ck_assert_int_eq(catalogue_write_begin(c, STR("own"), &w), ST_OK);
    ck_assert_int_eq(catalogue_put_service(w, &s, &d->service_of_manager, &change), ST_OK);
    ck_assert_int_eq(catalogue_write_end(w, false, NULL), ST_OK);
    const struct links_ask phone = {.purpose = LINKS_PHONE, .organisation_id = d->manager.organisation_id};
    const struct links_ask region = {.purpose = LINKS_PHONE};

    ck_assert_int_eq(links_issue(c, &phone, &d->phone), ST_OK);
    return links_issue(c, &region, &d->region);
}

static enum status who_looks_after(struct ctx *c, void *arg)
{
    struct desks *d = arg;
    int64_t id = -1;

    ck_assert_int_eq(links_manager(c, d->b->organisation_id, &id), ST_OK);
    ck_assert_int_eq(id, d->manager.organisation_id);
    ck_assert_int_eq(links_manager(c, d->manager.organisation_id, &id), ST_OK);
    ck_assert_int_eq(id, 0);
    return ST_OK;
}

/* A page as the browser asks for it that came in by that key. */
static struct web_reply as(struct harness *h, struct str key, const char *path)
{
    const struct web_reply in = harness_post(h, str_fmt(h->mem, "/chiave/%.*s", (int)key.n, key.p).p, "");
    struct str cookie = harness_header(h, &in, "Set-Cookie");
    const struct str held = str_cut(&cookie, ';');
    const char *const headers[] = {str_fmt(h->mem, "Cookie: %.*s", (int)held.n, held.p).p, NULL};

    return harness_ask(h, &(struct web_ask){.method = "GET", .target = path, .headers = headers});
}

START_TEST(test_calls__a_body_without_a_seat_is_called_by_who_manages_where_its_entries_are)
{
    struct harness *h = harness_new();
    const struct made_body b = made(h, "Mensa", 1, NULL); /* no seat; its entry is in Ivrea */
    struct desks d = {.b = &b};

    ck_assert_int_eq(harness_write(h, put_own_entry, &d), ST_OK);
    upkeep_day(h, 0); /* no address: listed at once at the next round */
    upkeep_day(h, 1);
    ck_assert_int_eq(harness_read(h, who_looks_after, &d), ST_OK);
    ck_assert_int_eq(upkeep_entry_now(h, b.service_ids[0], 1).body_id, d.manager.body_id);
    ck_assert_int_eq(upkeep_entry_now(h, d.service_of_manager, 1).body_id, 0); /* nobody checks himself */
    struct web_reply r = as(h, d.phone, "/telefonate");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Mensa 1");
    harness_has_not(&r, "Sportello del consorzio");
    r = as(h, d.phone, str_fmt(h->mem, "/telefonate?correggi=%lld", (long long)b.service_ids[0]).p);
    ck_assert_int_eq(r.code, 200);
    r = as(h, d.phone, str_fmt(h->mem, "/telefonate?correggi=%lld", (long long)d.service_of_manager).p);
    ck_assert_int_eq(r.code, 404);
    harness_free(h);
}
END_TEST

START_TEST(test_calls__the_region_chooses_whose_list_and_stays_there)
{
    struct harness *h = harness_new();
    const struct made_body b = made(h, "Mensa", 1, NULL);
    struct desks d = {.b = &b};

    ck_assert_int_eq(harness_write(h, put_own_entry, &d), ST_OK);
    upkeep_day(h, 0);
    upkeep_day(h, 1);
    const char *const path = str_fmt(h->mem, "/telefonate?gestore=%lld", (long long)d.manager.body_id).p;
    struct web_reply r = as(h, d.region, "/telefonate");

    harness_has_not(&r, "Mensa 1");
    harness_has(&r, str_fmt(h->mem, "<option value=\"%lld\">%.*s (1)</option>", (long long)d.manager.body_id,
                            (int)d.manager.name.n, d.manager.name.p).p);
    r = as(h, d.region, path);
    harness_has(&r, "Mensa 1");
    harness_has_not(&r, "Sportello del consorzio");
    harness_has(&r, str_fmt(h->mem, "action=\"%s\"", path).p); /* what is done there comes back there */
    r = as(h, d.phone, path);
    harness_has_not(&r, "name=\"gestore\""); /* only the Region chooses */
    harness_free(h);
}
END_TEST

UNIT_MAIN("upkeep_calls", test_calls__a_body_without_a_seat_is_called_by_who_manages_where_its_entries_are,
          test_calls__the_region_chooses_whose_list_and_stays_there, test_calls__the_last_for_a_need_is_hidden_only_with_a_reason,
          test_calls__one_far_away_does_not_count_for_the_need,
          test_calls__only_the_sample_makes_verified_and_wrong_takes_it_away,
          test_calls__without_a_key_nobody_reads_the_list)

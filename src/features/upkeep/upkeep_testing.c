#include "features/upkeep/upkeep_testing.h"
#include "base/date.h"
#include "core/post/post.h"
#include "features/catalogue/catalogue_write.h"
#include "tests/unit.h"
#include <string.h>

static const int64_t DAY_MS = 86400000;

static enum status make(struct ctx *c, void *arg)
{
    struct made_body *b = arg;
    struct catalogue_write *w;
    enum put_change change;
    struct comune comune;
    int64_t location_id = 0;
    const struct organisation o = {.source_id = str_of(b->source_id),
                                   .name = str_of(b->name),
                                   .kind = ORGANISATION_THIRD_SECTOR,
                                   .email = str_of(b->email),
                                   .parts = {.n_phones = 0}};

    ck_assert_int_eq(catalogue_write_begin(c, STR("prova"), &w), ST_OK);
    ck_assert_int_eq(catalogue_put_organisation(w, &o, &b->organisation_id, &change), ST_OK);
    if (b->istat != NULL) {
        ck_assert_int_eq(places_comune_by_istat(c, str_of(b->istat), &comune), ST_OK);
        const struct location l = {.source_id = str_of(b->source_id), .comune_id = comune.area.area_id, .prov = comune.prov};

        ck_assert_int_eq(catalogue_put_location(w, &l, &location_id, &change), ST_OK);
    }
    for (int i = 0; i < b->n; i++) {
        struct service_at at = {.location_id = location_id};
        struct str need = str_of(b->need);
        const struct service s = {.source_id = str_fmt(c->mem, "%s-%d", b->source_id, i + 1),
                                  .name = str_fmt(c->mem, "%s %d", b->name, i + 1),
                                  .organisation_id = b->organisation_id,
                                  .kind = SERVICE_SERVICE,
                                  .status = SERVICE_ACTIVE,
                                  .description = STR("Si apre la porta, si chiede."),
                                  .starts_on = DAY_NONE,
                                  .ends_on = DAY_NONE,
                                  .apply_by = DAY_NONE,
                                  .confirmed_on = b->confirmed_ago < 0 ? DAY_NONE : c->today - b->confirmed_ago,
                                  .needs = &need,
                                  .n_needs = b->need != NULL,
                                  .ats = &at,
                                  .n_ats = location_id != 0};

        ck_assert_int_eq(catalogue_put_service(w, &s, &b->service_ids[i], &change), ST_OK);
    }
    ck_assert_int_eq(catalogue_write_end(w, false, NULL), ST_OK);
    return ST_OK;
}

void upkeep_make(struct harness *h, struct made_body *b)
{
    ck_assert_int_eq(harness_write(h, make, b), ST_OK);
}

struct day_job {
    int days;
    struct upkeep_report report;
};

static enum status one_day(struct ctx *c, void *arg)
{
    struct day_job *j = arg;

    c->today += j->days;
    c->now_ms += j->days * DAY_MS;
    return upkeep_round(c, &j->report);
}

struct upkeep_report upkeep_day(struct harness *h, int days_from_now)
{
    struct day_job j = {.days = days_from_now};

    ck_assert_int_eq(harness_write(h, one_day, &j), ST_OK);
    return j.report;
}

struct upkeep_report upkeep_days(struct harness *h, int from, int n)
{
    struct upkeep_report sum = {0};

    for (int i = 0; i < n; i++) {
        const struct upkeep_report r = upkeep_day(h, from + i);

        upkeep_send(h);
        sum.n_mails += r.n_mails;
        sum.n_asked += r.n_asked;
        sum.n_reminded += r.n_reminded;
        sum.n_listed += r.n_listed;
        sum.n_sunk += r.n_sunk;
        sum.n_sampled += r.n_sampled;
        sum.n_waiting_mail = r.n_waiting_mail;
    }
    return sum;
}

void upkeep_send(struct harness *h)
{
    store_testing_exec(&h->store, "UPDATE post_mail SET state = 'bounced', words = '550 nessuno qui' WHERE state = 'waiting'"
                                  " AND substr(address, 1, 5) = 'torna'");
    store_testing_exec(&h->store, "UPDATE post_mail SET state = 'sent' WHERE state = 'waiting'");
}

int64_t upkeep_mails(struct harness *h)
{
    return store_testing_number(&h->store, "SELECT count(*) FROM post_mail");
}

struct mail_job {
    struct harness *h;
    int64_t organisation_id;
    struct str text;
};

static enum status last_mail(struct ctx *c, void *arg)
{
    struct mail_job *j = arg;
    struct post_row *rows;
    int n = 0;
    const enum status st = post_of_organisation(c, j->organisation_id, 1, &rows, &n);

    if (st == ST_OK && n > 0)
        j->text = str_fmt(j->h->mem, "%.*s\n\n%.*s", (int)rows[0].subject.n, rows[0].subject.p, (int)rows[0].text.n, rows[0].text.p);
    return st;
}

struct str upkeep_last_mail(struct harness *h, int64_t organisation_id)
{
    struct mail_job j = {.h = h, .organisation_id = organisation_id};

    ck_assert_int_eq(harness_read(h, last_mail, &j), ST_OK);
    return j.text;
}

struct str upkeep_link_of(struct harness *h, struct str mail)
{
    const char *const at = strstr(str_z(h->mem, mail), "/conferma/");

    ck_assert_ptr_nonnull(at);
    struct str rest = str_of(at);

    return str_copy(h->mem, str_cut(&rest, '\n'));
}

struct entry_job {
    int64_t service_id;
    int days;
    struct upkeep_entry entry;
};

static enum status read_entry(struct ctx *c, void *arg)
{
    struct entry_job *j = arg;

    c->today += j->days;
    const enum status st = upkeep_entry(c, j->service_id, &j->entry);

    j->entry.name = j->entry.slug = STR("");
    return st;
}

struct upkeep_entry upkeep_entry_now(struct harness *h, int64_t service_id, int days_from_now)
{
    struct entry_job j = {.service_id = service_id, .days = days_from_now};

    ck_assert_int_eq(harness_read(h, read_entry, &j), ST_OK);
    return j.entry;
}

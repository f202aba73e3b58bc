#include "year.h"
#include "base/date.h"
#include "base/log.h"
#include "base/macros.h"
#include "core/links/links.h"
#include "core/post/post.h"
#include "features/catalogue/catalogue_write.h"
#include "features/upkeep/upkeep.h"
#include <string.h>

/* Not of Check: the benchmark has no runner. */
#define MUST(claim)                                                                                \
    do {                                                                                           \
        if (!(claim))                                                                              \
            bug("not so: %s", #claim);                                                             \
    } while (0)
#define OK(call) MUST((call) == ST_OK)

enum { DAYS = 365, MOST_ENTRIES = 8, CALLS_BEFORE_REST = 3 };
enum kind { ANSWERS, ANSWERS_REMINDER, ANSWERS_CALL, IS_SILENT };
static const int64_t DAY_MS = 86400000;

struct made {
    int64_t organisation_id;
    enum kind kind;
    int n_entries;
    int n_mails;      /* since it last answered */
    int answers_on;   /* day of the year; -1: it will not */
    struct str token; /* of the last mail */
    int n_calls, called_on;
};
struct year {
    const struct year_plan *plan;
    struct year_result *r;
    struct harness *h;
    struct made *made;
    int64_t last_mail;
    int begins_on, day;
    uint32_t chance;
    int64_t sum_fresh;
    int calls_owed; /* in hundredths */
};

/* Small and the same everywhere (xorshift). */
static uint32_t below(struct year *y, uint32_t n)
{
    y->chance ^= y->chance << 13;
    y->chance ^= y->chance >> 17;
    y->chance ^= y->chance << 5;
    return y->chance % n;
}

static void move_to(struct year *y, struct ctx *c)
{
    const int today = y->begins_on + y->day;

    c->now_ms = (int64_t)today * DAY_MS + 10 * 3600000;
    c->today = today;
}

/* ---- the catalogue at the start ---- */

static enum kind kind_of(int i)
{
    const int k = i * 37 % 100; /* mixed over the alphabet */

    return k < 45 ? ANSWERS : k < 60 ? ANSWERS_REMINDER : k < 70 ? ANSWERS_CALL : IS_SILENT;
}

static void make_one(struct year *y, struct ctx *c, struct catalogue_write *w, int i)
{
    struct made *m = &y->made[i];
    enum put_change change;
    int64_t id;
    const struct organisation o = {.source_id = str_fmt(c->mem, "ente-%d", i),
                                   .name = str_fmt(c->mem, "Ente %d", i),
                                   .kind = ORGANISATION_THIRD_SECTOR,
                                   .email = str_fmt(c->mem, "ente-%d@desk.example", i)};

    *m = (struct made){.kind = kind_of(i), .n_entries = 1 + (int)below(y, MOST_ENTRIES), .answers_on = -1, .called_on = -99};
    OK(catalogue_put_organisation(w, &o, &m->organisation_id, &change));
    for (int k = 0; k < m->n_entries; k++) {
        const struct service s = {.source_id = str_fmt(c->mem, "ente-%d-%d", i, k),
                                  .name = str_fmt(c->mem, "Aiuto %d", k),
                                  .organisation_id = m->organisation_id,
                                  .kind = SERVICE_SERVICE,
                                  .status = SERVICE_ACTIVE,
                                  .starts_on = DAY_NONE,
                                  .ends_on = DAY_NONE,
                                  .apply_by = DAY_NONE,
                                  .confirmed_on = c->today - (int)below(y, 365)};

        OK(catalogue_put_service(w, &s, &id, &change));
    }
}

static enum status make(struct ctx *c, void *arg)
{
    struct year *y = arg;
    struct catalogue_write *w;

    move_to(y, c);
    OK(catalogue_write_begin(c, STR("prova"), &w));
    for (int i = 0; i < y->plan->n_bodies; i++)
        make_one(y, c, w, i);
    OK(catalogue_write_end(w, false, NULL));
    return ST_OK;
}

/* ---- mails ---- */

static struct made *made_of(struct year *y, int64_t organisation_id)
{
    int low = 0, high = y->plan->n_bodies - 1;

    while (low < high) {
        const int middle = (low + high) / 2;

        if (y->made[middle].organisation_id < organisation_id)
            low = middle + 1;
        else
            high = middle;
    }
    return y->made[low].organisation_id == organisation_id ? &y->made[low] : NULL;
}

static struct str token_in(struct arena *mem, struct str text)
{
    static const struct str before = STR("{portal}/conferma/");
    const char *at = memmem(text.p, text.n, before.p, before.n);

    MUST(at != NULL);
    struct str rest = str_from(text, (size_t)(at - text.p) + before.n);

    return str_copy(mem, str_cut(&rest, '\n'));
}

static void take_mail(struct year *y, const struct post_row *row)
{
    struct made *m = made_of(y, row->organisation_id);

    MUST(m != NULL);
    m->n_mails++;
    m->token = token_in(y->h->mem, row->text);
    if (m->kind == ANSWERS || (m->kind == ANSWERS_REMINDER && m->n_mails > 1))
        m->answers_on = y->day + 1 + (int)below(y, 7);
}

/* The round of the day, and what it put into the outbox. */
static enum status round_and_mails(struct ctx *c, void *arg)
{
    struct year *y = arg;
    struct upkeep_report report;
    struct post_row *rows;
    int n = 0;

    move_to(y, c);
    OK(upkeep_round(c, &report));
    MUST(report.is_made && !report.is_jump);
    y->r->n_mails += report.n_mails;
    if (report.n_mails > y->r->n_most_mails_a_day)
        y->r->n_most_mails_a_day = report.n_mails;
    OK(post_list(c, POST_WAITING, y->last_mail, 100000, &rows, &n));
    MUST(n == report.n_mails);
    for (int i = 0; i < n; i++) {
        take_mail(y, &rows[i]);
        y->last_mail = rows[i].mail_id;
    }
    return ST_OK;
}

/* ---- answers ---- */

static void confirm_all(struct year *y, struct ctx *c, struct made *m, enum confirm_how how)
{
    struct upkeep_entry *entries;
    struct str batch;
    int n = 0, n_done = 0;

    OK(upkeep_entries(c, &(struct upkeep_list){.organisation_id = m->organisation_id, .only_due = true}, &entries, &n));
    struct upkeep_one *list = ARENA_ARRAY(c->mem, struct upkeep_one, (size_t)n);
    const struct upkeep_confirm f = {
        .organisation_id = m->organisation_id, .how = how, .by = STR("Ente"), .list = list, .n = n};

    for (int i = 0; i < n; i++)
        list[i].service_id = entries[i].service_id;
    OK(upkeep_confirm(c, &f, &batch, &n_done));
    y->r->n_confirmed += n_done;
    m->n_mails = m->n_calls = 0;
    m->answers_on = -1;
}

static enum status answers(struct ctx *c, void *arg)
{
    struct year *y = arg;

    move_to(y, c);
    for (int i = 0; i < y->plan->n_bodies; i++) {
        struct made *m = &y->made[i];
        struct links_link k;

        if (m->answers_on != y->day)
            continue;
        OK(links_find(c, m->token, &k));
        MUST(k.state == LINKS_LIVE && k.purpose == LINKS_CONFIRM && k.organisation_id == m->organisation_id);
        confirm_all(y, c, m, HOW_MAIL);
    }
    return ST_OK;
}

/* ---- the telephone ---- */

static bool is_listed(struct ctx *c, const struct made *m)
{
    struct upkeep_entry *entries;
    int n = 0;

    OK(upkeep_entries(c, &(struct upkeep_list){.organisation_id = m->organisation_id, .only_due = true}, &entries, &n));
    for (int i = 0; i < n; i++)
        if (entries[i].state == UPKEEP_LISTED || entries[i].state == UPKEEP_SUNK)
            return true;
    return false;
}

/* As the list shows them: the fewest calls first; nobody is called twice within a week. */
static struct made *next_to_call(struct year *y, struct ctx *c)
{
    for (int n_calls = 0; n_calls <= CALLS_BEFORE_REST; n_calls++)
        for (int i = 0; i < y->plan->n_bodies; i++) {
            struct made *m = &y->made[i];
            const bool is_turn = n_calls < CALLS_BEFORE_REST ? m->n_calls == n_calls : m->n_calls >= n_calls;

            if (is_turn && m->n_mails > 1 && m->answers_on < 0 && y->day - m->called_on >= 7 && is_listed(c, m))
                return m;
        }
    return NULL;
}

static void call(struct year *y, struct ctx *c, struct made *m)
{
    const int reached = m->kind == IS_SILENT ? y->plan->silent_reached : y->plan->reached;

    y->r->n_calls++;
    m->n_calls++;
    m->called_on = y->day;
    if ((int)below(y, 100) >= reached)
        return;
    y->r->n_reached++;
    confirm_all(y, c, m, HOW_PHONE);
}

static enum status calls(struct ctx *c, void *arg)
{
    struct year *y = arg;

    move_to(y, c);
    if (day_of_week(c->today) > 5 || day_to_ymd(c->today).month == 8)
        return ST_OK;
    for (y->calls_owed += y->plan->calls_a_month * 100 / 21; y->calls_owed >= 100; y->calls_owed -= 100) {
        struct made *m = next_to_call(y, c);

        if (m == NULL) {
            y->calls_owed = 0;
            break;
        }
        call(y, c, m);
    }
    return ST_OK;
}

/* ---- the end ---- */

static enum status count(struct ctx *c, void *arg)
{
    struct year *y = arg;
    struct year_result *r = y->r;
    struct upkeep_figure *list, all;
    int n = 0;

    move_to(y, c);
    OK(upkeep_figures(c, UPKEEP_BY_DISTRICT, &list, &n, &all));
    r->n_entries = all.n;
    r->n_fresh = all.n_fresh;
    r->n_due = all.n_due;
    r->n_sunk = all.n_sunk;
    return ST_OK;
}

static enum status count_silent(struct ctx *c, void *arg)
{
    struct year *y = arg;

    move_to(y, c);
    for (int i = 0; i < y->plan->n_bodies; i++) {
        struct upkeep_entry *entries;
        int n = 0;

        if (y->made[i].kind != IS_SILENT)
            continue;
        OK(upkeep_entries(c, &(struct upkeep_list){.organisation_id = y->made[i].organisation_id}, &entries, &n));
        y->r->n_silent_entries += n;
        for (int k = 0; k < n; k++)
            y->r->n_silent_fresh += !entries[k].is_due;
    }
    return ST_OK;
}

void year_run(struct harness *h, const struct year_plan *p, struct year_result *out)
{
    struct year y = {.plan = p,
                     .r = out,
                     .h = h,
                     .made = ARENA_ARRAY(h->mem, struct made, (size_t)p->n_bodies),
                     .begins_on = day_from_ymd(2027, 1, 1),
                     .chance = p->seed * 2654435761u + 1};
    int n_counted = 0;

    *out = (struct year_result){0};
    OK(harness_write(h, make, &y));
    for (y.day = 0; y.day < DAYS; y.day++) {
        OK(harness_write(h, round_and_mails, &y));
        store_testing_exec(&h->store, "UPDATE post_mail SET state = 'sent', body = '' WHERE state = 'waiting'");
        OK(harness_write(h, answers, &y));
        OK(harness_write(h, calls, &y));
        if (y.day >= DAYS / 2 && y.day % 7 == 0) {
            OK(harness_read(h, count, &y));
            y.sum_fresh += (int64_t)out->n_fresh * 1000 / out->n_entries;
            n_counted++;
        }
    }
    y.day = DAYS - 1;
    OK(harness_read(h, count, &y));
    OK(harness_read(h, count_silent, &y));
    out->n_mean_fresh = (int)(y.sum_fresh / n_counted);
}

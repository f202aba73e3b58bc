/* upkeep_calls.c - the list of a managing body: whom to call, with what to ask. */
#include "upkeep_calls.h"
#include "base/macros.h"
#include "upkeep_days.h"
#include "upkeep_sql.h"
#include <stdlib.h>

enum { CHECK_OPEN_MONTHS = 3 };

/* ---- gathering ---- */

static struct str phone_of(const struct organisation *o, const struct call_body *b)
{
    if (o->phone.n > 0)
        return o->phone;
    for (int i = 0; i < b->n; i++) {
        const struct str phone = catalogue_first_phone(&b->list[i].service);

        if (phone.n > 0)
            return phone;
    }
    return STR("");
}

static enum status fill_body(struct ctx *c, int64_t organisation_id, struct call_body *b)
{
    struct upkeep_mailbox m;
    enum status st = organisations_by_id(c, organisation_id, &b->organisation);

    if (st == ST_NOT_FOUND) { /* hidden by who keeps the portal: its entries still want an answer */
        b->organisation = (struct organisation){.organisation_id = organisation_id};
        st = ST_OK;
    }
    if (st == ST_OK)
        st = upkeep_store_mailbox(c, organisation_id, &m);
    if (st != ST_OK)
        return st;
    b->mail_on = m.mail_on;
    b->mail_words = m.mail_words;
    b->called_on = DAY_NONE;
    for (int i = 0; i < b->n; i++) {
        const struct upkeep_row *const r = &b->list[i].row;

        if (b->why.n == 0)
            b->why = r->listed_why;
        if (r->n_calls > b->n_calls)
            b->n_calls = r->n_calls;
        if (r->called_on != DAY_NONE && (b->called_on == DAY_NONE || r->called_on > b->called_on))
            b->called_on = r->called_on;
    }
    b->phone = phone_of(&b->organisation, b);
    return ST_OK;
}

/* Entries in order of organisation become bodies with their entries. */
static enum status group(struct ctx *c, struct call_entry *list, int n, struct call_body **out, int *n_out)
{
    enum status st = ST_OK;

    *out = ARENA_ARRAY(c->mem, struct call_body, (size_t)n);
    *n_out = 0;
    for (int i = 0; st == ST_OK && i < n;) {
        struct call_body *const b = &(*out)[(*n_out)++];
        const int64_t id = list[i].service.organisation_id;

        b->list = &list[i];
        while (i < n && list[i].service.organisation_id == id) {
            b->n++;
            i++;
        }
        st = fill_body(c, id, b);
    }
    return st;
}

static int by_calls(const void *a, const void *b)
{
    const struct call_body *const x = a, *const y = b;

    if (x->n_calls != y->n_calls)
        return x->n_calls - y->n_calls;
    return str_cmp(x->organisation.name, y->organisation.name);
}

static int by_organisation(const void *a, const void *b)
{
    const struct call_entry *const x = a, *const y = b;

    if (x->service.organisation_id != y->service.organisation_id)
        return x->service.organisation_id < y->service.organisation_id ? -1 : 1;
    return str_cmp(x->service.name, y->service.name);
}

/* Cards for the rows that are shown; hidden ones keep their row alone. */
static enum status read_cards(struct ctx *c, struct call_entry *list, int *n)
{
    int64_t *const ids = ARENA_ARRAY(c->mem, int64_t, (size_t)*n);
    struct service *cards;
    int n_cards = 0, kept = 0;

    for (int i = 0; i < *n; i++)
        ids[i] = list[i].row.service_id;
    const enum status st = catalogue_cards(c, ids, *n, &cards, &n_cards);

    if (st != ST_OK)
        return st;
    for (int i = 0; i < *n; i++)
        for (int k = 0; k < n_cards; k++)
            if (cards[k].service_id == list[i].row.service_id) {
                list[kept] = list[i];
                list[kept++].service = cards[k];
                break;
            }
    *n = kept;
    qsort(list, (size_t)kept, sizeof *list, by_organisation);
    return ST_OK;
}

static enum status read_checks(struct ctx *c, int64_t body_id, struct call_entry **out, int *n_out, struct calls *calls)
{
    const int month = upkeep_month_of(c->today);
    struct upkeep_check_of_body_row *rows;
    int n = 0;
    enum status st = upkeep_sql_check_of_body(
        c, &(struct upkeep_check_of_body_in){.body_id = body_id, .month = month, .since = month - CHECK_OPEN_MONTHS + 1}, &rows, &n);

    *out = ARENA_ARRAY(c->mem, struct call_entry, (size_t)n);
    for (int i = 0; st == ST_OK && i < n; i++) {
        const bool is_open = rows[i].outcome.n == 0 || str_eq_z(rows[i].outcome, "nobody");

        calls->n_drawn += rows[i].month == month;
        calls->n_done += rows[i].month == month && !is_open;
        if (!is_open)
            continue;
        struct call_entry *const e = &(*out)[*n_out];

        *e = (struct call_entry){.is_check = true,
                                 .month = (int)rows[i].month,
                                 .outcome = rows[i].outcome,
                                 .n_check_calls = (int)rows[i].n_calls};
        st = upkeep_store_one(c, rows[i].service_id, &e->row);
        ++*n_out;
    }
    return st;
}

enum status upkeep_calls(struct ctx *c, int64_t body_id, struct calls *out)
{
    struct upkeep_row *rows;
    struct call_entry *open, *checks;
    int n = 0, n_open = 0, n_checks = 0;
    enum status st = upkeep_store_of_body(c, body_id, &rows, &n);

    *out = (struct calls){0};
    if (st != ST_OK)
        return st;
    open = ARENA_ARRAY(c->mem, struct call_entry, (size_t)n);
    out->hidden = ARENA_ARRAY(c->mem, struct call_entry, (size_t)n);
    for (int i = 0; i < n; i++) {
        if (rows[i].is_hidden)
            out->hidden[out->n_hidden++].row = rows[i];
        else
            open[n_open++].row = rows[i];
    }
    st = read_cards(c, open, &n_open);
    if (st == ST_OK)
        st = group(c, open, n_open, &out->silent, &out->n_silent);
    if (st == ST_OK)
        st = read_checks(c, body_id, &checks, &n_checks, out);
    if (st == ST_OK)
        st = read_cards(c, checks, &n_checks);
    if (st == ST_OK)
        st = group(c, checks, n_checks, &out->checks, &out->n_checks);
    if (st == ST_OK)
        qsort(out->silent, (size_t)out->n_silent, sizeof *out->silent, by_calls);
    return st;
}

enum status upkeep_call_sheet(struct ctx *c, int64_t organisation_id, struct call_body *out)
{
    struct upkeep_row *rows;
    int n = 0, n_list = 0;
    enum status st = upkeep_store_of_organisation(c, organisation_id, &rows, &n);

    *out = (struct call_body){.mail_on = DAY_NONE};
    if (st != ST_OK)
        return st;
    out->list = ARENA_ARRAY(c->mem, struct call_entry, (size_t)n);
    for (int i = 0; i < n; i++)
        if (!rows[i].is_hidden)
            out->list[n_list++].row = rows[i];
    st = read_cards(c, out->list, &n_list);
    out->n = n_list;
    return st == ST_OK ? fill_body(c, organisation_id, out) : st;
}

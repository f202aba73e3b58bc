/* upkeep_store.c - rows of upkeep_service, upkeep_mailbox and upkeep_act. */
#include "upkeep_store.h"
#include "base/macros.h"
#include "base/random.h"
#include "upkeep_sql.h"

static const int64_t DAY_MS = 86400000;
enum { MOST_CALLS = 2000 };

static const char *const states[UPKEEP_STATES] = {"kept", "asked", "reminded", "listed", "sunk"};

const char *upkeep_state_name(enum upkeep_state s)
{
    return states[s];
}

enum upkeep_state upkeep_state_of(struct str name)
{
    for (int i = 0; i < UPKEEP_STATES; i++)
        if (str_eq_z(name, states[i]))
            return (enum upkeep_state)i;
    return UPKEEP_KEPT;
}

struct str upkeep_day_text(struct ctx *c, int day)
{
    return day == DAY_NONE ? STR("") : day_iso(c->mem, day);
}

int upkeep_day_of(struct str iso)
{
    return iso.n == 0 ? DAY_NONE : day_parse(iso);
}

int upkeep_month_of(int day)
{
    const struct ymd d = day_to_ymd(day);

    return d.year * 12 + d.month - 1;
}

/* The same columns come from three questions: one shape for all. */
#define ROW_OF(r)                                                                                                      \
    ((struct upkeep_row){.service_id = (r)->service_id,                                                                \
                         .organisation_id = (r)->organisation_id,                                                      \
                         .body_id = (r)->body_id,                                                                      \
                         .district_id = (r)->district_id,                                                              \
                         .is_shown = (r)->is_shown != 0,                                                               \
                         .rhythm_months = (int)(r)->rhythm_months,                                                     \
                         .due_on = upkeep_day_of((r)->due_on),                                                         \
                         .state = upkeep_state_of((r)->state),                                                         \
                         .waited = (int)(r)->waited,                                                                   \
                         .n_calls = (int)(r)->n_calls,                                                                 \
                         .called_on = upkeep_day_of((r)->called_on),                                                   \
                         .seen_confirmed_on = upkeep_day_of((r)->seen_confirmed_on),                                   \
                         .listed_why = (r)->listed_why,                                                                \
                         .verified_on = upkeep_day_of((r)->verified_on),                                               \
                         .hidden_on = upkeep_day_of((r)->hidden_on),                                                   \
                         .hidden_why = (r)->hidden_why,                                                                \
                         .lasting = (int)(r)->lasting,                                                                 \
                         .slug = (r)->slug,                                                                            \
                         .name = (r)->name,                                                                            \
                         .is_hidden = str_eq_z((r)->service_state, "hidden"),                                          \
                         .confirmed_on = (r)->has_confirmed_on ? day_parse((r)->confirmed_on) : DAY_NONE,              \
                         .due_state = (enum due_state)(r)->due_state,                                                  \
                         .n_corrections = (int)(r)->n_corrections})

enum status upkeep_store_one(struct ctx *c, int64_t service_id, struct upkeep_row *out)
{
    struct upkeep_entry_one_row r;
    const enum status st = upkeep_sql_entry_one(c, &(struct upkeep_entry_one_in){.service_id = service_id}, &r);

    if (st == ST_OK)
        *out = ROW_OF(&r);
    return st;
}

enum status upkeep_store_of_organisation(struct ctx *c, int64_t organisation_id, struct upkeep_row **out, int *n_out)
{
    struct upkeep_entry_of_organisation_row *rows;
    const struct upkeep_entry_of_organisation_in in = {.organisation_id = organisation_id};
    const enum status st = upkeep_sql_entry_of_organisation(c, &in, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct upkeep_row, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = ROW_OF(&rows[i]);
    return ST_OK;
}

enum status upkeep_store_of_body(struct ctx *c, int64_t body_id, struct upkeep_row **out, int *n_out)
{
    struct upkeep_entry_of_body_row *rows;
    const struct upkeep_entry_of_body_in in = {.body_id = body_id, .limit = MOST_CALLS};
    const enum status st = upkeep_sql_entry_of_body(c, &in, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct upkeep_row, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = ROW_OF(&rows[i]);
    return ST_OK;
}

enum status upkeep_store_put(struct ctx *c, const struct upkeep_row *r)
{
    return upkeep_sql_entry_put(c,
                                &(struct upkeep_entry_put_in){.service_id = r->service_id,
                                                              .organisation_id = r->organisation_id,
                                                              .body_id = r->body_id,
                                                              .district_id = r->district_id,
                                                              .is_shown = r->is_shown,
                                                              .rhythm_months = r->rhythm_months,
                                                              .due_on = upkeep_day_text(c, r->due_on),
                                                              .state = str_of(upkeep_state_name(r->state)),
                                                              .waited = r->waited,
                                                              .n_calls = r->n_calls,
                                                              .called_on = upkeep_day_text(c, r->called_on),
                                                              .seen_confirmed_on = upkeep_day_text(c, r->seen_confirmed_on),
                                                              .listed_why = r->listed_why,
                                                              .verified_on = upkeep_day_text(c, r->verified_on),
                                                              .hidden_on = upkeep_day_text(c, r->hidden_on),
                                                              .hidden_why = r->hidden_why,
                                                              .lasting = r->lasting},
                                NULL);
}

enum status upkeep_store_mailbox(struct ctx *c, int64_t organisation_id, struct upkeep_mailbox *out)
{
    struct upkeep_mailbox_one_row r;
    const struct upkeep_mailbox_one_in in = {.organisation_id = organisation_id};
    const enum status st = upkeep_sql_mailbox_one(c, &in, &r);

    *out = (struct upkeep_mailbox){.organisation_id = organisation_id, .mail_on = DAY_NONE};
    if (st != ST_OK)
        return st == ST_NOT_FOUND ? ST_OK : st;
    *out = (struct upkeep_mailbox){.organisation_id = organisation_id,
                                   .email = r.email,
                                   .n_mails = (int)r.n_mails,
                                   .since_mail = (int)r.since_mail,
                                   .mail_key = r.mail_key,
                                   .mail_state = r.mail_state,
                                   .mail_words = r.mail_words,
                                   .mail_on = upkeep_day_of(r.mail_on),
                                   .sampled_month = (int)r.sampled_month};
    return ST_OK;
}

enum status upkeep_store_put_mailbox(struct ctx *c, const struct upkeep_mailbox *m)
{
    return upkeep_sql_mailbox_put(c,
                                  &(struct upkeep_mailbox_put_in){.organisation_id = m->organisation_id,
                                                                  .email = m->email,
                                                                  .n_mails = m->n_mails,
                                                                  .since_mail = m->since_mail,
                                                                  .mail_key = m->mail_key,
                                                                  .mail_state = m->mail_state,
                                                                  .mail_on = upkeep_day_text(c, m->mail_on),
                                                                  .mail_words = m->mail_words,
                                                                  .sampled_month = m->sampled_month},
                                  NULL);
}

/* ---- acts ---- */

static struct str service_state_text(enum service_state s)
{
    return s == SERVICE_SHOWN ? STR("shown") : s == SERVICE_HIDDEN ? STR("hidden") : STR("gone");
}

static enum service_state service_state_of(struct str s)
{
    return str_eq_z(s, "shown") ? SERVICE_SHOWN : str_eq_z(s, "hidden") ? SERVICE_HIDDEN : SERVICE_GONE;
}

enum status upkeep_store_add_act(struct ctx *c, const struct upkeep_act *a)
{
    return upkeep_sql_act_add(c,
                              &(struct upkeep_act_add_in){.batch = a->batch,
                                                          .service_id = a->service_id,
                                                          .organisation_id = a->organisation_id,
                                                          .kind = str_of(a->kind),
                                                          .done_at = c->now_ms,
                                                          .confirmed_on = upkeep_day_text(c, a->confirmed_on),
                                                          .confirmed_how = str_of(catalogue_how_name(a->confirmed_how)),
                                                          .confirmed_by = a->confirmed_by,
                                                          .due_on = upkeep_day_text(c, a->due_on),
                                                          .state = str_of(upkeep_state_name(a->state)),
                                                          .waited = a->waited,
                                                          .verified_on = upkeep_day_text(c, a->verified_on),
                                                          .service_state = service_state_text(a->service_state),
                                                          .corrections = a->corrections},
                              NULL);
}

enum status upkeep_store_acts(struct ctx *c, struct str batch, struct upkeep_act **out, int *n_out)
{
    struct upkeep_act_of_batch_row *rows;
    const struct upkeep_act_of_batch_in in = {.batch = batch, .since = c->now_ms - DAY_MS};
    const enum status st = upkeep_sql_act_of_batch(c, &in, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct upkeep_act, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = (struct upkeep_act){.act_id = rows[i].act_id,
                                        .service_id = rows[i].service_id,
                                        .organisation_id = rows[i].organisation_id,
                                        .batch = batch,
                                        .kind = str_z(c->mem, rows[i].kind),
                                        .confirmed_on = upkeep_day_of(rows[i].confirmed_on),
                                        .confirmed_how = catalogue_how_of(rows[i].confirmed_how),
                                        .confirmed_by = rows[i].confirmed_by,
                                        .due_on = upkeep_day_of(rows[i].due_on),
                                        .state = upkeep_state_of(rows[i].state),
                                        .waited = (int)rows[i].waited,
                                        .verified_on = upkeep_day_of(rows[i].verified_on),
                                        .service_state = service_state_of(rows[i].service_state),
                                        .corrections = rows[i].corrections,
                                        .is_last = rows[i].is_last != 0};
    return ST_OK;
}

enum status upkeep_store_undone(struct ctx *c, int64_t act_id)
{
    return upkeep_sql_act_set_undone(c, &(struct upkeep_act_set_undone_in){.act_id = act_id}, NULL);
}

enum status upkeep_verified(struct ctx *c, int64_t first_id, int n, int *out_days)
{
    const struct upkeep_entry_verified_in in = {.first = first_id, .last = first_id + n - 1};
    struct upkeep_entry_verified_row *rows;
    int n_rows = 0;
    const enum status st = upkeep_sql_entry_verified(c, &in, &rows, &n_rows);

    for (int i = 0; i < n; i++)
        out_days[i] = DAY_NONE;
    for (int i = 0; st == ST_OK && i < n_rows; i++)
        out_days[rows[i].service_id - first_id] = upkeep_day_of(rows[i].verified_on);
    return st;
}

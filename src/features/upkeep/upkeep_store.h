/*
 * upkeep_store.h - private to upkeep: rows of its tables as the domain knows them. upkeep_store*.c are the only files
 * that touch the tables.
 */
#pragma once
#include "upkeep.h"

/* A row of upkeep_service beside what the catalogue says of the entry (read only from slug on). */
struct upkeep_row {
    int64_t service_id, organisation_id, body_id, district_id;
    bool is_shown;
    int rhythm_months, due_on;
    enum upkeep_state state;
    int waited, n_calls, called_on;
    int seen_confirmed_on; /* DAY_NONE: never confirmed */
    struct str listed_why; /* "silence", "no-address", "bounced"; empty: not listed */
    int verified_on, hidden_on;
    struct str hidden_why;
    int lasting;
    struct str slug, name;
    bool is_hidden; /* by the catalogue's state */
    int confirmed_on;
    enum due_state due_state;
    int n_corrections;
};
enum status upkeep_store_one(struct ctx *c, int64_t service_id, struct upkeep_row *out);
enum status upkeep_store_of_organisation(struct ctx *c, int64_t organisation_id, struct upkeep_row **out, int *n_out);
/* Listed, sunk, hidden, or with an open correction; by organisation and name. */
enum status upkeep_store_of_body(struct ctx *c, int64_t body_id, struct upkeep_row **out, int *n_out);
enum status upkeep_store_put(struct ctx *c, const struct upkeep_row *r); /* write */

struct upkeep_mailbox {
    int64_t organisation_id;
    struct str email; /* told by telephone; empty: that of the organisation */
    int n_mails, since_mail;
    struct str mail_key, mail_state, mail_words; /* "", "waiting", "sent", "bounced" */
    int mail_on;
    int sampled_month; /* year * 12 + month - 1; 0: never */
};
/* One that was never there is empty. */
enum status upkeep_store_mailbox(struct ctx *c, int64_t organisation_id, struct upkeep_mailbox *out);
enum status upkeep_store_put_mailbox(struct ctx *c, const struct upkeep_mailbox *m); /* write */

/* What was done to an entry, with how it stood before. */
struct upkeep_act {
    int64_t act_id, service_id, organisation_id;
    struct str batch;
    const char *kind; /* "confirmed", "hidden", "shown", "checked" */
    int confirmed_on;
    enum confirm_how confirmed_how;
    struct str confirmed_by;
    int due_on;
    enum upkeep_state state;
    int waited, verified_on;
    enum service_state service_state;
    struct str corrections; /* ids of those it closed, with spaces */
    bool is_last;           /* nothing was done to the entry since */
};
enum status upkeep_store_add_act(struct ctx *c, const struct upkeep_act *a);
/* The last first; those of a batch not older than a day. */
enum status upkeep_store_acts(struct ctx *c, struct str batch, struct upkeep_act **out, int *n_out);
enum status upkeep_store_undone(struct ctx *c, int64_t act_id);

struct str upkeep_day_text(struct ctx *c, int day); /* empty: DAY_NONE */
int upkeep_day_of(struct str iso);                  /* DAY_NONE: empty */
int upkeep_month_of(int day);                       /* year * 12 + month - 1 */
enum upkeep_state upkeep_state_of(struct str name);

/*
 * upkeep_calls.h - private to upkeep: what a managing body sees and does: silent bodies, the sample, hiding.
 */
#pragma once
#include "upkeep_store.h"

/* One entry on the list of a managing body. */
struct call_entry {
    struct upkeep_row row;
    struct service service;
    bool is_check;      /* drawn: the questions of the sample */
    int month;          /* of the sample */
    struct str outcome; /* of the sample: "", "right", "wrong", "nobody" */
    int n_check_calls;
};
/* One organisation to be called, with the number and what there is to ask. */
struct call_body {
    struct organisation organisation;
    struct str phone;    /* empty: none is known */
    struct str why;      /* "silence", "no-address", "bounced"; empty: only corrections or sunk ones */
    struct str mail_words; /* of the server that sent the mail back */
    int mail_on;
    struct call_entry *list;
    int n;
    int n_calls, called_on; /* that nobody answered */
};
struct calls {
    struct call_body *silent; /* listed, sunk, with corrections: the fewest calls first */
    struct call_body *checks; /* the sample that is open */
    struct call_entry *hidden;
    int n_silent, n_checks, n_hidden;
    int n_done;               /* of this month's sample */
    int n_drawn;
};
enum status upkeep_calls(struct ctx *c, int64_t body_id, struct calls *out);

/* The entries of one body that are asked about, or all of them: for the sheet on paper. */
enum status upkeep_call_sheet(struct ctx *c, int64_t organisation_id, struct call_body *out);

/* ---- outcomes (write) ---- */
struct call_done {
    struct str by;        /* name of the managing body */
    struct str batch;     /* out: undoes it; may be empty */
};
/* Nobody answered: it comes after the others next time. */
enum status upkeep_call_nobody(struct ctx *c, int64_t service_id);
/* The sample: right (then it is confirmed too, and verified) or wrong (which: names of enum correction_what). */
enum status upkeep_check_right(struct ctx *c, int64_t service_id, struct call_done *d);
enum status upkeep_check_wrong(struct ctx *c, int64_t service_id, struct str wrong);
/* "Non esiste piu'". ST_INVALID with a problem of "perche": it is the last for a need within UPKEEP_NEAR_KM, and
 * no reason was given. */
struct hide_ask {
    int64_t service_id;
    struct str why;
};
enum status upkeep_hide(struct ctx *c, const struct hide_ask *h, struct call_done *d);
enum status upkeep_show(struct ctx *c, int64_t service_id, struct call_done *d);
/* The need that nothing else answers within UPKEEP_NEAR_KM; empty: there is something for each. */
enum status upkeep_last_for(struct ctx *c, const struct service *s, struct str *out_need);
/* The desk's address, told by telephone; its mails go there from now on. ST_INVALID: cannot be one. */
enum status upkeep_set_address(struct ctx *c, int64_t organisation_id, struct str email);

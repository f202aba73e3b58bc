/*
 * upkeep_testing.h - bodies with entries, days that pass, mails that arrive: for the tests of this slice and of who
 * stands on it. Test programs only.
 */
#pragma once
#include "features/upkeep/upkeep.h"
#include "tests/support/harness.h"

struct made_body {
    const char *source_id, *name, *email;
    int n;                     /* entries "NAME 1", "NAME 2" ... */
    int confirmed_ago;         /* days; -1: never */
    const char *istat;         /* a place there; NULL: none */
    const char *need;          /* NULL: none */
    int64_t organisation_id;   /* out */
    int64_t service_ids[80];   /* out */
};
void upkeep_make(struct harness *h, struct made_body *b);
/* Makes the round of the day that is so many days from today; n rounds one after the other, a day each. */
struct upkeep_report upkeep_day(struct harness *h, int days_from_now);
struct upkeep_report upkeep_days(struct harness *h, int from, int n);
/* All mails that wait are sent, but those to an address that begins with "torna" come back. */
void upkeep_send(struct harness *h);
/* Mails put so far. */
int64_t upkeep_mails(struct harness *h);
/* The words of the last mail put for an organisation; its link to confirm begins with "/conferma/". */
struct str upkeep_last_mail(struct harness *h, int64_t organisation_id);
struct str upkeep_link_of(struct harness *h, struct str mail);
struct upkeep_entry upkeep_entry_now(struct harness *h, int64_t service_id, int days_from_now);

/*
 * upkeep_mail.h - private to upkeep: whom to write to today, and the words.
 *
 * How     one mail to a mailbox, however many entries it has and however many bodies share it; a link for each
 *         body. At most UPKEEP_MAILS_A_DAY; the others wait for tomorrow, the longest due first.
 */
#pragma once
#include "upkeep.h"

/* The desk's address of an organisation: told by telephone, its own, that of a contact, that most of its entries
 * give. Empty: none that a mail can be sent to. */
enum status upkeep_address_of(struct ctx *c, int64_t organisation_id, struct str *out);
/* How yesterday's mails went: those that came back put their entries on the list of the managing body. */
enum status upkeep_mail_results(struct ctx *c, struct upkeep_report *r);
enum status upkeep_mail_round(struct ctx *c, struct upkeep_report *r);

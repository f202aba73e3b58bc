/*
 * personal.h - what in a text may be about one person: for a warning before it is kept or published.
 *
 * Why     people add "chiedi di Maria, 333 1234567" or "mia madre ha l'Alzheimer" where a desk number was
 *         asked. They are told, and decide: nothing is ever refused by this.
 * Found   a mobile telephone (Italian: 3xx and six or seven digits, with or without +39); an e-mail that
 *         looks like a person's (two words with a dot, a private provider); a tax code of a person; an
 *         illness or a condition said of somebody in the same sentence ("mia figlia", "sono", "la signora").
 * Not     a desk's landline or 800 number, info@..., "sportello Alzheimer", "per persone con disabilita'".
 * Pure    the same text, the same answer.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"

enum personal_kind { PERSONAL_MOBILE = 1, PERSONAL_MAIL, PERSONAL_TAX_CODE, PERSONAL_HEALTH, PERSONAL_KINDS };
const char *personal_name(enum personal_kind k); /* "mobile", "mail", "tax-code", "health": words "base.personal-<name>" */

struct personal {
    enum personal_kind kind;
    struct str words; /* as written */
};
/* By kind, then in the order of the text, at most `most`; returns how many. */
int personal_find(struct arena *mem, struct str text, struct personal *out, int most);

/*
 * rules_shelf.h - all the rules that are built in, read once and kept.
 *
 * Why     who asks "what am I due" asks every measure; nobody wants to read the texts at each request.
 * Dates   a code may have several texts, one after the other in time (the ISEE of 2014, 2016, 2025):
 *         a day picks. Texts of one code never hold on the same day: a test says so.
 * Marks   each text has its source and how sure that is: V, V2, K, S. What could not be verified is
 *         not here; docs/developer/rules.md lists it with the reason.
 * Samples beside the laws stand samples with invented numbers, one for each shape that bodies use
 *         (co-payments, home care, vouchers, rankings): never what somebody is due. They are apart.
 * Memory  of the shelf is the arena's; it is read only, any thread may use it. Whoever serves requests
 *         takes rules_shelf_of: opened once beside the database, kept for the life of the process.
 */
#pragma once
#include "rules.h"
#include "store/ctx.h"

struct rules_shelf; /* opaque */

const struct rules_shelf *rules_shelf_open(struct arena *mem);
const struct rules_shelf *rules_shelf_of(struct ctx *c);

const struct rules_facts *rules_shelf_facts(const struct rules_shelf *s);

/* Laws and notices, in the order of the files' names. */
int rules_shelf_n(const struct rules_shelf *s);
const struct rules *rules_shelf_at(const struct rules_shelf *s, int i);
/* The text of a code ("ADI", "ISEE_ORD") that holds on a day; NULL: none. Finds samples too. */
const struct rules *rules_shelf_find(const struct rules_shelf *s, struct str code, int day);
/* The same; when none holds on the day (a law that has ended, or is to come) the one that begins last. */
const struct rules *rules_shelf_pick(const struct rules_shelf *s, struct str code, int day);
/* Does a text hold on a day. */
bool rules_holds_on(const struct rules *r, int day);

/* Samples with invented numbers ("rules/samples/..."). */
int rules_shelf_n_samples(const struct rules_shelf *s);
const struct rules *rules_shelf_sample_at(const struct rules_shelf *s, int i);

/* Where a text of the shelf was read from, and what stands there: "rules/adi.rules". NULL: not of the shelf. */
const struct table_file *rules_shelf_file(const struct rules_shelf *s, const struct rules *r);

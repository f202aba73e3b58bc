/*
 * entitled.h - "Cosa ti spetta": six questions, and what is due with its reason, its source, where to go.
 *
 * Why     who lives in need does not know which measures there are, and nobody accepts a bare "no".
 * Rules   features/rules has the measures as texts and reckons; here questions become facts of a household, answers
 *         become pages and JSON. What this slice reckons by itself: nothing.
 * Stored  nothing of anybody: answers travel in the form (POST, hidden fields) and are gone with the request. No
 *         address, no log line, no metric, no row of the database has any of them.
 * Simulation  every answer is one: the ISEE that counts is issued by INPS.
 * Memory  c->mem.
 */
#pragma once
#include "features/rules/rules.h"
#include "features/rules/rules_shelf.h"
#include "store/ctx.h"

struct entitled_service {
    struct str name, path, body, phone, km; /* km: empty when it is not known, or next door */
};
/* Services that answer one of the needs, the nearest to the comune first (0: anywhere), for who lives there; at most `most`.
 * When there is none: desks where somebody listens first. */
enum status entitled_near(struct ctx *c, const struct str *needs, int n_needs, int64_t comune_id, int most,
                          struct entitled_service **out, int *n_out);

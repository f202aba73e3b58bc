/*
 * feeds_hsds_take.h - private: one object of HSDS taken into the catalogue with all that hangs on it.
 */
#pragma once
#include "feeds_hsds_fields.h"
#include "feeds_hsds_read.h"

struct feeds_hsds {
    struct feeds_intake *in;
    struct feeds_seen *unresolved; /* services whose organisation was not met yet */
    bool is_second;                /* the second reading of a feed, for those */
    int64_t n_unresolved, n_taken, n_other;
    const json_t **ats; /* services at locations that stand by themselves: taken at the end */
    int n_ats, room_ats;
    struct str *parents; /* organisations that others name as their parent */
    int n_parents, room_parents;
};

/* Nothing is wrong with the entry as an object of that kind; what is, is refused. */
bool feeds_hsds_is_good(struct feeds_hsds *h, const json_t *tree, enum hsds_object as);
/* The entry's id was met before among those of its kind: refused. */
bool feeds_hsds_is_new(struct feeds_hsds *h, struct feeds_seen *among, struct str id);

/* Checked objects. *out_id 0: not taken. */
void feeds_take_organisation(struct feeds_hsds *h, const json_t *tree, int64_t *out_id);
void feeds_take_location(struct feeds_hsds *h, const json_t *tree, int64_t organisation_id, int64_t *out_id);
/* organisation_id: 0 when the entry itself says it. */
void feeds_take_service(struct feeds_hsds *h, const json_t *tree, int64_t organisation_id);
void feeds_take_taxonomy(struct feeds_hsds *h, const json_t *tree);
void feeds_take_term(struct feeds_hsds *h, const json_t *tree);
/* Parents that nobody is: said. */
void feeds_tell_parents(struct feeds_hsds *h);

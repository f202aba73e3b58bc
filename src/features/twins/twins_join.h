/*
 * twins_join.h - private to twins: two entries are made one.
 */
#pragma once
#include "twins.h"

struct twins_joining {
    int64_t merged_id, kept_id, pair_id;
    struct str choice; /* names of fields that the kept one takes from the merged */
    struct str by;     /* name of the body */
};
/* (write) ST_CONFLICT with words: one of them is joined or gone already. */
enum status twins_join_services(struct ctx *c, const struct twins_joining *j);

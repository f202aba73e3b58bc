/*
 * people_blocks.h - private to people: what a key is made of.
 */
#pragma once
#include "people_block.h"

struct people_making {
    char bytes[192];
    size_t n;
    bool is_whole; /* every part was there */
};

/* The bytes of one key of a record, before they are digested; false where a field that it needs is not known. */
bool people_block_make(const struct people_set *set, uint32_t i, int pass, struct people_making *m);

/*
 * feeds_hsds_reading.h - private: the state of one reading of HSDS, from a file or page by page.
 */
#pragma once
#include "feeds_hsds_old.h"
#include "feeds_hsds_take.h"
#include "feeds_json_split.h"
#include "feeds_tables.h"

struct reading {
    struct feeds_hsds h;
    struct feeds_intake *in;
    struct feeds_tables *tables; /* tables as members of one JSON object */
    bool has_tables;
    bool is_part; /* a page of several */
    bool says_taxonomy; /* the file's name does */
    int64_t size;
    json_t *(*look)(void *arg, json_t *tree); /* feeds_pull.h; NULL: every entry as it stands */
    void (*envelope)(void *arg, const json_t *tree);
    void *look_arg;
};

/* One entry of a file or page; arg: a reading. */
bool feeds_hsds_item(void *arg, const struct feeds_json_item *item);
/* Services at locations that stood by themselves, those of one service together. */
void feeds_hsds_take_ats(struct reading *r);

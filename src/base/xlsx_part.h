/*
 * xlsx_part.h - private: one XML part of a spreadsheet, element by element, and what the small parts
 * say (names of sheets, days by style, shared texts).
 *
 * Names   of elements and attributes without their prefix: two editions of the standard differ in
 *         namespaces alone.
 * Memory  handlers may allocate in arenas without a trap only: libxml2 stands between them and us.
 */
#pragma once
#include "base/unzip.h"
#include "base/xlsx_read.h"

struct xlsx_attributes {
    const unsigned char **list; /* of libxml2: name, prefix, address, value, end */
    int n;
};
/* The empty text when it is not there. Entities in it are read already. */
struct str xlsx_attribute(const struct xlsx_attributes *a, const char *name);

struct xlsx_handler {
    void (*begin)(void *arg, struct str name, const struct xlsx_attributes *a);
    void (*end)(void *arg, struct str name);
    void (*text)(void *arg, struct str text); /* may come in pieces */
};

struct xlsx_part; /* opaque */

/* ST_INVALID: *why, its value in mem. Begins entry i of the zip: one part at a time. */
enum status xlsx_part_open(struct arena *mem, struct unzip *zip, int i, const struct xlsx_handler *h, void *arg,
                           struct xlsx_part **out, struct xlsx_trouble *why);
/* Reads on by one piece of 16 KB; *out_is_over: that was the last. */
enum status xlsx_part_step(struct xlsx_part *p, bool *out_is_over, struct xlsx_trouble *why);
void xlsx_part_refuse(struct xlsx_part *p, const char *key, struct str value); /* from within a handler */
void xlsx_part_close(struct xlsx_part *p);
/* All of a small part. */
enum status xlsx_part_whole(struct arena *mem, struct unzip *zip, int i, const struct xlsx_handler *h, void *arg,
                            struct xlsx_trouble *why);

/* What a number of a style is. */
enum { XLSX_IS_NUMBER, XLSX_IS_DAY = 1, XLSX_IS_TIME = 2 };

struct xlsx_shared;

struct xlsx_workbook {
    struct str sheet_name;
    int sheet, styles, shared; /* entries of the zip; -1: none */
    bool is_1904;
    int n_sheets, n_hidden_sheets;
};
/* Finds the sheet that is asked for. ST_INVALID: no workbook, no such sheet. */
enum status xlsx_find(struct arena *mem, struct unzip *zip, struct str sheet, struct xlsx_workbook *out,
                      struct xlsx_trouble *why);
/* Kind of number by style: *out[0 .. *n_out). */
enum status xlsx_styles(struct arena *mem, struct unzip *zip, int i, unsigned char **out, int *n_out,
                        struct xlsx_trouble *why);
enum status xlsx_shared_read(struct arena *mem, struct unzip *zip, int i, struct xlsx_shared **out, struct xlsx_trouble *why);
/* A view of it; false: there is none of that number. */
bool xlsx_shared_at(const struct xlsx_shared *s, int64_t i, struct str *out);

/* Takes what no cell may hold out of a text, in place: controls, "_x000D_" and the like read as what they mean. */
size_t xlsx_clean(char *p, size_t n);

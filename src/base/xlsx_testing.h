/*
 * xlsx_testing.h - spreadsheets made part by part, for tests of who reads them.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"

struct xlsx_testing_part {
    const char *name;
    struct str text;
};

/* A plain zip of these parts, deflated. */
struct str xlsx_testing_zip(struct arena *mem, const struct xlsx_testing_part *parts, int n);

struct xlsx_testing {
    const char *rows;     /* "<row r=\"1\">...</row>": inside <sheetData> */
    const char *after;    /* behind </sheetData> */
    const char *shared;   /* "<si><t>a</t></si>": inside <sst>; NULL: no such part */
    const char *styles;   /* inside <styleSheet>; NULL: no such part */
    const char *sheets;   /* inside <sheets>; NULL: one, "Foglio1" */
    const char *book;     /* before <sheets> */
    const char *type;     /* before the sheet's own element: a document type */
};
struct str xlsx_testing_make(struct arena *mem, const struct xlsx_testing *t);
/* Rows of texts in place: cells by tabs, rows by line ends. */
struct str xlsx_testing_of_text(struct arena *mem, const char *text);

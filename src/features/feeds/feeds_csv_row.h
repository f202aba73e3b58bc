/*
 * feeds_csv_row.h - private: one row of a mapped list as the catalogue has it.
 */
#pragma once
#include "feeds_intake.h"
#include "feeds_mapping.h"

enum { FEEDS_MAX_PLACES = MAPPING_MAX_NUMBER };

struct feeds_row {
    struct service service;
    struct organisation organisation;
    struct str body_code; /* the organisation is that managing body; empty: it is `organisation` */
    struct location locations[FEEDS_MAX_PLACES];
    struct service_at ats[FEEDS_MAX_PLACES]; /* of the locations, one each; keys are the caller's */
    int n_locations;
};

/* Reads the row that x stands on; what is wrong with it is refused, all of it. */
void feeds_read_row(struct feeds_intake *in, struct mapping_row *x, struct feeds_row *out);

/* ---- between the files of the importer ---- */
struct str feeds_get(struct feeds_intake *in, struct mapping_row *x, const char *field, int number);
/* Parts of a list, "a; b"; none is 0. */
int feeds_split(struct feeds_intake *in, struct str text, struct str **out);
bool feeds_get_decimal(struct feeds_intake *in, struct mapping_row *x, const char *field, int number, double *out);
int feeds_get_day(struct feeds_intake *in, struct mapping_row *x, const char *field, int number);
struct str feeds_get_checked(struct feeds_intake *in, struct mapping_row *x, const char *field, int number, int form);
/* Opening hours in one cell, with what is said of them in words. */
void feeds_get_hours(struct feeds_intake *in, struct mapping_row *x, const char *field, int number, struct str note,
                     struct schedule **out, int *n_out);
void feeds_get_phones(struct feeds_intake *in, struct mapping_row *x, const char *field, int number, struct parts *out);
void feeds_get_languages(struct feeds_intake *in, struct mapping_row *x, const char *field, int number, struct language **out, int *n_out);
void feeds_get_access(struct feeds_intake *in, struct mapping_row *x, const char *field, const char *note_field, int number,
                      struct access **out, int *n_out);
/* Parts that carry numbers: phones, contacts, costs, codes. */
void feeds_read_parts(struct feeds_intake *in, struct mapping_row *x, struct service *s);
void feeds_read_places(struct feeds_intake *in, struct mapping_row *x, struct feeds_row *out);

/*
 * sheets_private.h - private: between the files of the slice.
 */
#pragma once
#include "base/map.h"
#include "core/bodies/phones.h"
#include "core/places/places.h"
#include "features/needs/needs.h"
#include "features/opening/opening_text.h"
#include "sheets.h"

/* ---- names of columns ---- */

/* What a column of that name is; SHEET_LEFT_OUT: not known. *out_weight: how much of the name was understood. */
enum sheet_field sheets_of_name(struct arena *mem, struct str name, bool *out_is_person, int *out_weight);
/* 0 Monday .. 6 Sunday when the whole name is a day; -1. */
int sheets_day_of_name(struct arena *mem, struct str name);

/* ---- texts ---- */
bool sheets_has_word(struct str folded, const char *phrase); /* whole words of a folded text */
int sheets_count_digits(struct str s);
int sheets_count_letters(struct str s);
/* "2026-11-21", "21/11/2026", "21.11.26", with an hour behind; DAY_NONE. */
int sheets_day(struct str s);

/* ---- comuni ---- */

enum comune_read { COMUNE_FOUND, COMUNE_MENDED, COMUNE_SEVERAL, COMUNE_NONE };

struct comune_answer {
    enum comune_read read;
    const struct comune *comune;
    struct str words; /* COMUNE_SEVERAL: which; COMUNE_MENDED: what was meant */
};

struct sheets {
    struct arena *mem; /* of what is known from row to row */
    struct comune *comuni;
    int n_comuni;
    struct map by_name;  /* folded -> place in comuni; -2: several */
    struct map asked;    /* typed and province -> place in answers */
    struct comune_answer *answers;
    int n_answers;
    const struct needs *needs;
    struct map met;      /* what a row is known by -> its line */
    struct hours_text hours; /* room for one reading */
    int today;
};

enum { SHEETS_MOST_ASKED = 400 }; /* comuni not found at once that are looked for by their likeness */

enum status sheets_comune(struct sheets *s, struct ctx *c, struct str typed, struct str province, struct comune_answer *out);
bool sheets_is_comune(const struct sheets *s, struct arena *mem, struct str typed);

/* ---- cells ---- */

void sheets_say(struct sheet_cell_read *x, enum cell_state state, const char *key, struct str value);
/* Opening hours as people write them. ST_INVALID: x says why; x->text is how they read. */
enum status sheets_hours(struct sheets *s, struct arena *mem, struct sheet_cell_read *x, const struct hours_rule **out, int *n_out);
void sheets_phones(struct arena *mem, struct sheet_cell_read *x, const struct phone **out, int *n_out);
void sheets_email(struct arena *mem, struct sheet_cell_read *x);
void sheets_url(struct arena *mem, struct sheet_cell_read *x);
void sheets_number(struct arena *mem, struct sheet_cell_read *x);
void sheets_date(struct arena *mem, struct sheet_cell_read *x);
void sheets_list(struct arena *mem, struct sheet_cell_read *x); /* one item a line */
void sheets_cap(struct arena *mem, struct sheet_cell_read *x);

/* What of a person should not stand in a list: warned, never refused. */
bool sheets_is_personal(struct arena *mem, struct sheet_cell_read *x);
/* A mobile number beside what reads as somebody's name. */
bool sheets_is_persons_phone(struct arena *mem, const struct phone *p);

/* free, by-isee, paid, unknown: from what a cost says in words. */
enum service_fee sheets_fee(struct arena *mem, struct str text);

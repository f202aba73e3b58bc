/*
 * people_cf.h - the codice fiscale of a natural person: a strong key, and a source of doubt.
 *
 * Why     two valid different codes are near-proof of two people; a code with a slip, cut short or of
 *         a relative is common at desks and must not decide anything.
 * Source  DM 23-12-1976 n. 13813: layout, check letter, omocodia. A valid code need not exist.
 * In      any bytes: blanks and hyphens are passed over, small letters accepted, O and I put back
 *         to 0 and 1 (and the other way round) where the layout leaves no doubt.
 * Pure    no memory, no database, no clock.
 */
#pragma once
#include "base/str.h"

enum people_cf_state {
    PEOPLE_CF_NONE,    /* nothing, or nothing that looks like one */
    PEOPLE_CF_VALID,
    PEOPLE_CF_INVALID, /* sixteen characters or about, but something is wrong: see wrong */
    PEOPLE_CF_CUT      /* the first 6 to 15 characters, as far as they go in order */
};

enum people_cf_wrong {
    PEOPLE_CF_RIGHT,
    PEOPLE_CF_SHORT,
    PEOPLE_CF_LONG,
    PEOPLE_CF_SHAPE, /* a letter where a figure belongs, or the reverse */
    PEOPLE_CF_MONTH,
    PEOPLE_CF_DAY,
    PEOPLE_CF_CHECK
};

struct people_cf {
    enum people_cf_state state;
    enum people_cf_wrong wrong;
    char base[16];     /* up to 15 characters without omocodia: what is compared; filled with zeros */
    uint8_t n;         /* of base */
    char check;        /* as typed; 0 when cut */
    bool is_repaired;  /* O/0 or I/1 were put right */
    bool is_omocodic;
    bool has_birth;    /* year, month, day and sex below could be read */
    int year, month, day; /* year: the latest century not after latest_year */
    char sex;          /* M or F */
    char belfiore[5];  /* ended by NUL; empty when cut before it */
};

/* latest_year: of the day when it was typed (a code of '27 typed in 2026 is of 1927). */
void people_cf_read(struct str typed, int latest_year, struct people_cf *out);

/* The letter that closes 15 characters of A-Z and 0-9. */
char people_cf_check(const char *fifteen);

/* The three letters of a surname or of a given name; folded letters in (people_text.h). */
void people_cf_surname(const char *folded, size_t n, char out[3]);
void people_cf_given(const char *folded, size_t n, char out[3]);

/* Whose code is it? Bits of what does not agree with the record it stands in. */
enum { PEOPLE_CF_NOT_SURNAME = 1, PEOPLE_CF_NOT_GIVEN = 2, PEOPLE_CF_NOT_BIRTH = 4, PEOPLE_CF_NOT_SEX = 8, PEOPLE_CF_NOT_PLACE = 16 };

/* "Somebody else's": the given-name part and one more do not agree. */
bool people_cf_is_of_another(unsigned disagreements);

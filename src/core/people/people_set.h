/*
 * people_set.h - records of people, normalised and laid out for comparison.
 *
 * Why     scoring compares millions of pairs: every distinct name, place or address is kept once, a
 *         record is a row of small numbers.
 * Order   people_set_seal puts records in the order of their ids, so that nothing that follows
 *         depends on the order in which they came.
 * Memory  everything lives in the arena given to people_set_new. Nothing is written anywhere.
 */
#pragma once
#include "base/status.h"
#include "people_cf.h"
#include "people_text.h"

enum people_field {
    PEOPLE_GIVEN,
    PEOPLE_SURNAME,
    PEOPLE_BIRTH, /* YYYY-MM-DD, YYYYMMDD, DD/MM/YYYY, or a year alone */
    PEOPLE_TAX,   /* codice fiscale */
    PEOPLE_NUMBER, /* another number of the person: of a health card, of a register */
    PEOPLE_SEX,
    PEOPLE_BIRTHPLACE,
    PEOPLE_CITIZENSHIP,
    PEOPLE_ADDRESS,
    PEOPLE_STREET_NUMBER, /* when it stands in a column of its own */
    PEOPLE_MUNICIPALITY,
    PEOPLE_PHONE,
    PEOPLE_EMAIL,
    PEOPLE_POSTCODE,
    PEOPLE_EXTRA1, /* any other text of the person: a second line of address, an occupation */
    PEOPLE_EXTRA2,
    PEOPLE_FIELDS
};

extern const char *const people_field_name[PEOPLE_FIELDS]; /* "given_name", "surname"... */

struct people_raw {
    struct str id;
    struct str source;  /* the body; may be empty */
    struct str entered; /* the day it was written, YYYY-MM-DD; may be empty */
    struct str field[PEOPLE_FIELDS];
};

/* A text that is kept once; 0 in a record means "not known". */
enum people_kind { PEOPLE_OF_NAME, PEOPLE_OF_PLACE, PEOPLE_OF_CITIZENSHIP, PEOPLE_OF_STREET, PEOPLE_OF_PHONE, PEOPLE_OF_EMAIL, PEOPLE_OF_TAX,
                   PEOPLE_OF_OTHER, PEOPLE_KINDS };

struct people_value {
    char text[PEOPLE_NAME_MAX]; /* folded, filled up with zeros */
    uint8_t n;
};

struct people_code { /* a codice fiscale that stands in a record */
    char base[16];
    uint8_t n;
    bool is_valid, is_cut;
};

/* The last two are doubts, not faults: the tax office does give codes with a later comune, and desks write where one comes from. */
enum { PEOPLE_BIRTH_DERIVED = 1, PEOPLE_CODE_OF_ANOTHER = 2, PEOPLE_SEX_DERIVED = 4, PEOPLE_PLACE_DERIVED = 8, PEOPLE_PLACE_IS_STATE = 16,
       PEOPLE_PLACE_NOT_THEN = 32, PEOPLE_PLACE_NOT_OF_CODE = 64 };

struct people_record {
    uint32_t given, surname; /* values of PEOPLE_OF_NAME */
    uint32_t birth;          /* 19800131; 19800000 is a year alone; 0 not known */
    uint32_t birth_of_code;  /* the date inside the codice fiscale; 0: none */
    uint32_t tax;            /* index of codes; 0: none, or of somebody else */
    uint32_t number, birthplace, citizenship, street, municipality, phone, email, postcode, extra1, extra2;
    uint16_t house;
    uint16_t origin; /* index of origins; 0 not known */
    uint16_t source;
    char sex;
    uint8_t flags;
};

struct people_set;

/* latest_year: no birth is after it (today's year). */
struct people_set *people_set_new(struct arena *mem, int latest_year);
struct people_places;
/* Another archive of comuni than the one that is built in (people_places.h), before the first record. */
void people_set_use_places(struct people_set *s, const struct people_places *places);
/* The place of birth in a record's code by the name it had that day, "Adernò"; empty: no code, or no such place. */
struct str people_set_place_in_code(const struct people_set *s, uint32_t i);
/* Its number until people_set_seal. Nothing is refused: a field that says nothing is not known. */
uint32_t people_set_add(struct people_set *s, const struct people_raw *raw);
/* Orders by id. ST_CONFLICT: two records have the same id, *twice. */
enum status people_set_seal(struct people_set *s, struct str *twice);

uint32_t people_set_count(const struct people_set *s);
const struct people_record *people_set_record(const struct people_set *s, uint32_t i);
struct str people_set_id(const struct people_set *s, uint32_t i);
struct str people_set_source(const struct people_set *s, uint32_t i);
/* The number of a record by its id after sealing; -1: there is none. */
int64_t people_set_find(const struct people_set *s, struct str id);

uint32_t people_set_n_values(const struct people_set *s, enum people_kind kind);
const struct people_value *people_set_value(const struct people_set *s, enum people_kind kind, uint32_t id);
const struct people_name *people_set_name(const struct people_set *s, uint32_t id);
/* The group of equivalent given names (Giuseppe, Beppe, Pino); 0: in none. */
uint32_t people_set_group(const struct people_set *s, uint32_t id);
const struct people_code *people_set_code(const struct people_set *s, uint32_t tax);
int people_set_n_origins(const struct people_set *s);
struct str people_set_origin(const struct people_set *s, int origin); /* "Romania"; "" for 0 */

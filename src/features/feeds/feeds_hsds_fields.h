/*
 * feeds_hsds_fields.h - private: the objects of HSDS 3.0, field by field, and whether an entry keeps to them.
 *
 * Why     a feed that says nothing of its faults fills a catalogue with dead links: each field is looked
 *         at for its kind (text, number, list), its form (UUID, address, day, time), its choices, and for
 *         being there when it must. One table serves nested JSON and the tables of the CSV package.
 * Source  Human Services Data Specification 3.0, Open Referral (schema of each object; CC BY-SA 4.0).
 * Milder  null is the same as left out; a number will do where free text may stand (codes); fields of a profile that HSDS does not know are let be; a postal
 *         code and province may be wanting (many lists have none); a web address is one that starts with http:// or https:// (links of ours lead there).
 * Pure    no database, no clock.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"
#include <jansson.h>

enum hsds_object {
    HSDS_NONE,
    HSDS_SERVICE,
    HSDS_ORGANIZATION,
    HSDS_SERVICE_AT_LOCATION,
    HSDS_LOCATION,
    HSDS_ADDRESS,
    HSDS_PHONE,
    HSDS_CONTACT,
    HSDS_SCHEDULE,
    HSDS_COST_OPTION,
    HSDS_SERVICE_AREA,
    HSDS_LANGUAGE,
    HSDS_REQUIRED_DOCUMENT,
    HSDS_ACCESSIBILITY,
    HSDS_FUNDING,
    HSDS_PROGRAM,
    HSDS_ORGANIZATION_IDENTIFIER,
    HSDS_ATTRIBUTE,
    HSDS_TAXONOMY,
    HSDS_TAXONOMY_TERM,
    HSDS_METADATA,
    HSDS_API, /* the root of an API: version, profile, openapi_url */
    HSDS_OBJECT_COUNT
};

enum hsds_type { HSDS_TEXT = 1, HSDS_NUMBER, HSDS_LIST, HSDS_ONE };
enum hsds_form { HSDS_FREE, HSDS_UUID, HSDS_URL, HSDS_URI, HSDS_EMAIL, HSDS_DAY, HSDS_TIME, HSDS_INSTANT, HSDS_CHOICE };

struct hsds_field {
    const char *name; /* NULL ends a table */
    enum hsds_type type;
    enum hsds_form form;
    bool is_required;
    enum hsds_object of; /* HSDS_LIST, HSDS_ONE: what stands in it */
    const char *choices; /* HSDS_CHOICE: "active|inactive|..." */
};

/* The fields of an object; never NULL. */
const struct hsds_field *hsds_fields(enum hsds_object object);
const char *hsds_object_name(enum hsds_object object); /* "service_at_location" */
/* The table of the CSV package that holds it, "services.csv"; NULL when there is none. */
const char *hsds_table_name(enum hsds_object object);
enum hsds_object hsds_object_of_table(struct str file_name); /* HSDS_NONE: no such table */

/* What an object by itself is, told by its fields. HSDS_NONE when it looks like none. One with a name and a
 * description alone is an organisation, or a taxonomy where the file's name says so. */
enum hsds_object hsds_guess(const json_t *tree, bool says_taxonomy);

enum { HSDS_MAX_WRONGS = 20 };

struct hsds_wrong {
    struct str path; /* "phones[2].number" */
    const char *key; /* message key */
    struct str value;
};

struct hsds_wrongs {
    struct hsds_wrong list[HSDS_MAX_WRONGS];
    int n; /* further ones are not looked for */
};

/* Every fault of an entry and of what stands in it. Paths and values live in mem. */
void hsds_check(struct arena *mem, const json_t *tree, enum hsds_object as, struct hsds_wrongs *out);

/* One value by itself; NULL: good, else the message key. */
const char *hsds_check_text(enum hsds_form form, const char *choices, struct str value);

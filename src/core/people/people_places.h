/*
 * people_places.h - comuni by their Belfiore code and by their name, with the days they were in force.
 *
 * Why     a codice fiscale names the place of birth by its code: it can be told whether that place was one on
 *         the day, and "Abano" and "Abano Terme", or two comuni that have become one, are one place.
 * Source  reference/people/places.csv (archive of comuni of ANPR, one row a code: its last name),
 *         former_places.csv (names borne before); or the whole archive, read from a file.
 * Memory  lives in the arena. States are not here (people_reference.h).
 */
#pragma once
#include "base/status.h"
#include "people_text.h"

struct people_place {
    char code[5], province[3];
    char into[5];     /* the comune it became part of; empty: none that is known */
    struct str name;  /* as the source writes it */
    struct str folded;
    int from, until;  /* days (base/date.h); INT_MIN, INT_MAX: no bound */
};

struct people_places;

/* What is built in. */
struct people_places *people_places_new(struct arena *mem);
/* An archive as CSV in place of it: the columns of ANPR (CODCATASTALE, DENOMINAZIONE_IT, SIGLAPROVINCIA, DATAISTITUZIONE,
 * DATACESSAZIONE) or code, name, prov, from, until. Where comuni went is still what is built in.
 * ST_INVALID, ST_NOT_FOUND: *why, with the row. */
enum status people_places_read(struct arena *mem, const char *file, struct people_places **out, struct str *why);
enum status people_places_read_bytes(struct arena *mem, struct str bytes, struct people_places **out, struct str *why);

/* The row of a code on a day; without one, its last. NULL: no such code. *was_then: the code was in force on the day. */
const struct people_place *people_places_on(const struct people_places *p, const char *code, int day, bool *was_then);
/* The one comune of today that is meant by a typed name: former names, "(TO)" after it and a last word left out ("Acqui") are
 * understood. NULL: not one comune, or more than one. */
const struct people_place *people_places_named(const struct people_places *p, struct str typed);
/* Where it went, and that one in turn; itself when it is still there. */
const struct people_place *people_places_today(const struct people_places *p, const struct people_place *place);
int people_places_count(const struct people_places *p);

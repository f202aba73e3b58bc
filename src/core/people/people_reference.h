/*
 * people_reference.h - private to people: the tables that comparison leans on.
 *
 * Source  reference/people/given_names.csv (groups of equivalent given names), states.csv (names of
 *         states with their Belfiore code, those that are no more with the ones that came after), and the places of
 *         people_places.h.
 */
#pragma once
#include "people_places.h"

struct people_reference;

struct people_reference *people_reference_new(struct arena *mem);
/* 1 and up: the group of the given name, by its first word too; 0: in none. */
uint32_t people_reference_group(const struct people_reference *r, const struct people_name *name);
/* The state meant by a citizenship, as "ROMANIA"; empty: none that is known, or one that is no more ("URSS") and has more
 * than one after it. */
struct str people_reference_state(const struct people_reference *r, struct str typed);

/* A place of birth, in the form in which the same places are equal. */
struct people_birthplace {
    struct str name;  /* folded, as the place is called today; empty: not known, or an ended state without the citizenship that
                       * tells which of those after it */
    bool is_state, is_known; /* is_known: in the tables, so that two of them can be told apart */
    char code[5];     /* Belfiore code of today's place; empty when not known */
    int ended;        /* 1 and up: the ended state that was named, by its place in states.csv */
};

/* Typed by a desk; citizenship as typed, empty: not known. What is in no table keeps its folded text, in room. */
struct people_birthplace people_reference_birthplace(const struct people_reference *r, struct str typed, struct str citizenship,
                                                     char room[PEOPLE_TEXT_MAX]);
/* The place of a Belfiore code. day: of birth; *was_then: the place was one on that day, or it is not known. */
struct people_birthplace people_reference_of_code(const struct people_reference *r, const char *belfiore, int day, struct str citizenship,
                                                  bool *was_then);
/* Two known places that cannot both be true: not a state and a town that is not in one, not an ended state and one after it. */
bool people_reference_differ(const struct people_reference *r, const struct people_birthplace *a, const struct people_birthplace *b);
/* The name of a code on a day, as the source writes it; empty: not in the tables. */
struct str people_reference_name(const struct people_reference *r, const char *belfiore, int day);
/* Other places than those built in; they outlive r. */
void people_reference_use(struct people_reference *r, const struct people_places *places);
/* The folded municipality by the name it has today; the typed one folded, when it is in no table. */
struct str people_reference_municipality(const struct people_reference *r, struct str typed, char room[PEOPLE_TEXT_MAX]);

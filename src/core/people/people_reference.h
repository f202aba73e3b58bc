/*
 * people_reference.h - private to people: the tables that comparison leans on.
 *
 * Source  reference/people/given_names.csv (groups of equivalent given names), states.csv (names of
 *         states with their Belfiore code), reference/territory/comuni.csv (Piemonte).
 */
#pragma once
#include "people_text.h"

struct people_reference;

struct people_reference *people_reference_new(struct arena *mem);
/* 1 and up: the group of the given name, by its first word too; 0: in none. */
uint32_t people_reference_group(const struct people_reference *r, const struct people_name *name);
/* The state meant by a citizenship or a place, as "ROMANIA"; empty: none that is known. */
struct str people_reference_state(const struct people_reference *r, struct str typed);
/* The name of a Belfiore code, folded; empty: not in the tables. */
struct str people_reference_place(const struct people_reference *r, const char *belfiore);

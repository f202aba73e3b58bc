/*
 * finder_words.h - private to finder: hours, freshness, distance said as people say them.
 *
 * Clock   c->now_ms and c->today; nobody else is asked.
 * Memory  words live in c->mem.
 */
#pragma once
#include "features/catalogue/catalogue.h"
#include "features/search/search.h"
#include "store/ctx.h"

/* "9", "9:30": the hour of an instant in Europe/Rome. */
struct str finder_hour(struct ctx *c, int64_t at_ms);
/* "Aperto ora, fino alle 18", "Apre alle 12", "Apre domani alle 9", "Apre lunedì alle 9", "Apre il
 * 3 dicembre", "Su appuntamento", "Orario non indicato". */
struct str finder_open_words(struct ctx *c, const struct hours_answer *h);
/* "Scheda verificata 6 giorni fa", "... 3 settimane fa", "... 2 mesi fa"; never: "Nessuno l'ha
 * ancora verificata". */
struct str finder_fresh_words(struct ctx *c, int confirmed_on);
/* "0,8 km", "14 km": one decimal below 10. */
struct str finder_km(struct ctx *c, int64_t distance_m);
/* Words with one value: {name}. */
struct str finder_say(struct ctx *c, const char *key, const char *name, struct str value);
/* Words with a count: {n}, and one value more (name NULL: none). */
struct str finder_say_n(struct ctx *c, const char *key, int64_t n, const char *name,
                        struct str value);
/* "4 posti liberi", "Posti esauriti", "Posti liberi: da chiedere" when that was said too long ago;
 * empty: not said. */
struct str finder_places_words(struct ctx *c, const struct service *s);

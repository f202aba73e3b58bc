/*
 * people_text.h - names, places, phones and addresses as desks type them, in one comparable form.
 *
 * Why     the same person is written in capitals, without accents, with an apostrophe for an
 *         accent, in Cyrillic, with the particle joined or not: comparison begins where all of
 *         this is over.
 * In      any bytes; what is not a letter or a figure parts words. Nothing is refused.
 * Pure    no memory, no database, no clock; folding what is folded changes nothing.
 */
#pragma once
#include "base/str.h"

enum { PEOPLE_TEXT_MAX = 128, PEOPLE_NAME_MAX = 32, PEOPLE_SOUND_MAX = 24, PEOPLE_TOKENS = 4 };

/* Ukrainian official romanisation (H for the fourth letter) or the Russian style (G). */
enum people_script { PEOPLE_UKRAINIAN, PEOPLE_RUSSIAN };

/* A-Z, 0-9 and single blanks, without blanks at the ends; out holds room bytes and no NUL.
 * An apostrophe between letters joins them (D'ANGELO), after a letter it is an accent. */
size_t people_fold(struct str in, enum people_script script, char *out, size_t room);

/* How a folded word sounds to an Italian ear, transliterations included: PH is F, K is C, OU is U,
 * doubles are one, inner E is I and O is U. At most PEOPLE_SOUND_MAX letters. */
size_t people_sound(const char *folded, size_t n, char *out);

struct people_token {
    char letters[PEOPLE_NAME_MAX]; /* filled up with zeros */
    uint8_t n;
    uint64_t sound; /* of its letters; 0 when empty */
    uint64_t tail;  /* of the letters after a particle ("Naciri" of El Naciri); 0: no particle */
};

/* One given name or surname, however many words. */
struct people_name {
    char joined[PEOPLE_NAME_MAX]; /* all words one after the other, filled up with zeros */
    uint8_t n;
    uint8_t n_tokens;
    uint64_t sound;        /* of the joined letters */
    uint64_t sound_russian; /* of a Cyrillic name in the other style; else the same */
    struct people_token token[PEOPLE_TOKENS];
};

/* Titles are dropped, particles joined to the next word, MD is MOHAMMAD. n is 0 when nothing is
 * left. */
void people_name_read(struct str typed, struct people_name *out);

/* The last ten figures of a telephone number; fewer than six are none (n is 0). */
size_t people_phone(struct str typed, char out[16]);

struct people_address {
    char street[PEOPLE_NAME_MAX]; /* without its type: "GIULIO CESARE"; filled up with zeros */
    uint8_t n;
    uint16_t number;    /* 0: none */
    bool is_fictitious; /* "residenza fittizia", "senza fissa dimora": no evidence of anything */
};
void people_address_read(struct str typed, struct people_address *out);

/* A 64-bit digest for tables in memory; keys that are kept are made by people_block.h. */
uint64_t people_hash(const void *bytes, size_t n);

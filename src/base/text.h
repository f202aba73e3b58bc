/*
 * text.h - the words people read, by language: GNU gettext catalogues (MO) built into the binary.
 *
 * Key     the msgid is a key ("places.title"), Italian is the source language: locale/it.po has
 *         every key, en.po every key; a word missing in another language falls back to Italian.
 * Why     libintl needs one locale per thread; here the language belongs to the request.
 * Plurals each language's own rule (Plural-Forms of its catalogue).
 * Memory  words live as long as the program.
 */
#pragma once
#include "base/str.h"

enum lang { LANG_IT, LANG_EN, LANG_COUNT }; /* Italian is the source and has no address prefix */

extern const char *const lang_code[LANG_COUNT]; /* "it", "en": html lang and address prefix */
extern const char *const lang_name[LANG_COUNT]; /* in their own language */

/* Loads the catalogues; call once before threads start. A broken catalogue is a bug(). */
void text_init(void);

/* The words of a key; the key itself when no catalogue has it (a check makes that impossible). */
struct str text_get(enum lang lang, const char *key);
/* The form for n things ("1 Comune", "1.180 Comuni"): {n} is left for text_fill. */
struct str text_get_n(enum lang lang, const char *key, int64_t n);
bool text_has(enum lang lang, const char *key);

/* Numbers as people of that language write them: 1.180 / 1,180. */
struct str text_int(struct arena *mem, enum lang lang, int64_t v);
struct str text_decimal(struct arena *mem, enum lang lang, double v, int n_decimals);
/* 21 novembre 2026 / 21 November 2026; empty for DAY_NONE. */
struct str text_day(struct arena *mem, enum lang lang, int day);
/* novembre 2026 / November 2026; month 1 to 12. */
struct str text_month(struct arena *mem, enum lang lang, int year, int month);

struct text_arg {
    const char *name; /* {name} in the words */
    struct str value;
};
/* The words with every {name} replaced; an unknown {name} is left as it stands. */
struct str text_fill(struct arena *mem, struct str words, const struct text_arg *args, int n_args);

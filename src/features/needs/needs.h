/*
 * needs.h - the plain-language needs, and how a phrase finds them.
 *
 * Why     "Di che cosa hai bisogno?" is answered in the person's own words: from there to a need,
 *         from the need to services through its codes. Quality is measured on cases/phrases.tsv.
 * How     a need has phrases people say (words.csv), each weighed by how sure it is and its words
 * by how rare they are among the needs; a phrase wholly found counts more than its parts; near
 *         synonyms and corrected words count a little less. With no phrase found, the words of the
 *         twelve groups answer with the first needs of the group.
 * Source  reference/needs/: codes of SIUSS (DM 206/2014), categories of the CISIS nomenclature,
 * areas of the ISTAT survey. Labels in other languages say who reviewed them; empty: nobody yet.
 * Memory  the index lives in the arena of needs_open, hits in the arena of the call. Read only once
 *         built: any number of threads may use one.
 * Pure    no clock, no database: same tables and phrase, same answer in the same order.
 */
#pragma once
#include "features/needs/needs_words.h"
#include "store/ctx.h"

enum need_language {
    NEED_IT,
    NEED_FACILE,
    NEED_EN,
    NEED_FR,
    NEED_RO,
    NEED_AR,
    NEED_SQ,
    NEED_ES,
    NEED_ZH,
    NEED_UK,
    NEED_LANGUAGE_COUNT
};

extern const char *const need_language_code[NEED_LANGUAGE_COUNT]; /* "it", "facile", "en", ... */

struct need_label {
    struct str text;     /* Italian when there is none in that language: then is_italian */
    struct str help;     /* one line; Italian and English always, else Italian */
    struct str reviewer; /* empty: to be shown as "traduzione da rivedere" */
    bool is_italian;
};

struct need_group {
    struct str id;   /* stable slug */
    struct str icon; /* of the sprite */
    struct need_label label[NEED_LANGUAGE_COUNT];
    int first, n; /* its needs are first .. first + n - 1 */
};

struct need {
    struct str id; /* stable slug: stands in addresses and in the taxonomy of HSDS */
    int group;
    bool is_urgent; /* shown with the emergency numbers */
    struct need_label label[NEED_LANGUAGE_COUNT];
    struct str *siuss; /* benefit codes, "A1.05"; may be none */
    int n_siuss;
    struct str *cisis; /* categories, "G" */
    int n_cisis;
    struct str *areas; /* target areas: "anziani" */
    int n_areas;
};

struct needs; /* opaque */

/* Built from the tables inside the binary; a broken table is a bug(). */
struct needs *needs_open(struct arena *mem);
/* The same from texts; ST_INVALID: *why names the file, the line and what is wrong there. */
struct needs_tables {
    struct str groups, needs, words, siuss, cisis, areas;
    struct str labels[NEED_LANGUAGE_COUNT]; /* NEED_IT unused */
    struct words_tables analysis;
};
enum status needs_build(struct arena *mem, const struct needs_tables *t, struct needs **out,
                        struct str *why);

/* The needs and the words, built once for the whole program: pages and searches use these. */
const struct needs *needs_of(struct ctx *c);

const struct words *needs_words(const struct needs *x);
int needs_n_groups(const struct needs *x);
const struct need_group *needs_group(const struct needs *x, int i); /* in the order of the home */
int needs_n(const struct needs *x);
const struct need *needs_at(const struct needs *x, int i);           /* group by group */
const struct need *need_by_id(const struct needs *x, struct str id); /* NULL: none */
/* Label of a code of SIUSS or CISIS or of an area; empty when unknown. */
struct str needs_code_label(const struct needs *x, struct str code);
/* Does a phrase of a need have a word of this stem? */
bool needs_has_stem(const struct needs *x, struct str stem);
/* The words that mistaken ones are corrected to. */
const struct vocabulary *needs_vocabulary(const struct needs *x);

/* ---- from a phrase to needs ---- */

struct need_reason {
    struct str written; /* what the person wrote, as written */
    struct str matched; /* the word it was taken for; the same when nothing was corrected */
};

struct need_hit {
    const struct need *need;
    int score;        /* 1 and up; comparable within one answer only */
    bool is_by_group; /* only the group was recognised */
    struct need_reason *why;
    int n_why;
};

struct need_hits {
    struct need_hit *list; /* best first; equal scores in the order of the tables */
    int n;
    bool is_sure; /* the first stands well above the second: may be shown alone */
};

/* At most `most` hits. n is 0 when nothing in the phrase speaks of a need. */
void needs_find(const struct needs *x, struct arena *mem, struct str phrase, int most,
                struct need_hits *out);

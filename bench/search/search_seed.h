/*
 * search_seed.h - invented services, any number, the same for the same seed; and questions to ask.
 *
 * Where   a fourth in Torino, the others by a long tail of comuni: demand is where people are.
 * What    one to three needs, a name, a body, two texts made of the words of the needs with a long
 *         tail; hours of some hundred patterns; a third for anyone, the others for their comune or
 * the whole region.
 */
#pragma once
#include "features/search/search_shelf.h"

enum {
    SEED_PATTERNS = 400,
    SEED_NOW_DAY = 20781 /* Tuesday 24 November 2026 */,
    SEED_NOW_MIN = 630
};

struct seed;

struct seeded {
    struct service service; /* for the index */
    /* the same, for those that keep columns */
    int64_t id;
    struct str text; /* name, body, place, texts */
    double lat, lon;
    int category, pattern;
};

struct seed_question {
    struct str words;
    int64_t area_id;
    double lat, lon;
    int category;
    struct str category_code;
};

struct seed_pattern {
    int weekdays, from_min, to_min; /* bit 0 Monday */
};

struct seed *seed_new(struct arena *mem, const struct needs *x, const struct geo *g,
                      uint64_t start);
/* Number i, from 1; texts in mem. */
void seed_make(const struct seed *s, struct arena *mem, int64_t i, struct seeded *out);
void seed_ask(const struct seed *s, struct arena *mem, int64_t i, struct seed_question *out);
const struct seed_pattern *seed_pattern(const struct seed *s, int i);

/* ---- the others: each opened, filled, closed for writing, then asked ---- */

struct rival {
    const char *name;
    /* false: it cannot be had here; `where` is a folder of its own, or a server's address. */
    bool (*open)(const struct seed *s, const char *where);
    void (*add)(const struct seeded *s);
    void (*ready)(void);
    /* Words, 10 km, category, open now; nearest first, 20 of them: how many there are in all. */
    int (*ask)(const struct seed_question *q, int64_t ids[20]);
    void (*close)(void);
};
extern const struct rival rival_fts5, rival_tsvector;
#ifdef WITH_XAPIAN
extern const struct rival rival_xapian;
#endif

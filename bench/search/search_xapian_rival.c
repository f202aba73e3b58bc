/* search_xapian_rival.c - Xapian as a rival: its side in C. */
#ifdef WITH_XAPIAN
#include "search_seed.h"
#include <stdio.h>

struct rival_document {
    int64_t id;
    struct str text;
    double lat, lon;
    int category, pattern;
};
struct rival_question {
    struct str words;
    double lat, lon;
    int category;
};

void xapian_open(const char *folder, const bool *is_open, int n);
void xapian_add(const struct rival_document *s);
void xapian_ready(const char *folder);
int xapian_ask(const struct rival_question *q, int64_t *ids);
void xapian_close(void);

static char folder[600];

static bool open_db(const struct seed *s, const char *where)
{
    bool is_open[SEED_PATTERNS];

    for (int i = 0; i < SEED_PATTERNS; i++) {
        const struct seed_pattern *const p = seed_pattern(s, i);

        is_open[i] =
            (p->weekdays >> 1 & 1) && p->from_min <= SEED_NOW_MIN && p->to_min > SEED_NOW_MIN;
    }
    snprintf(folder, sizeof folder, "%s", where);
    xapian_open(folder, is_open, SEED_PATTERNS);
    return true;
}

static void add(const struct seeded *s)
{
    xapian_add(&(struct rival_document){s->id, s->text, s->lat, s->lon, s->category, s->pattern});
}

static void ready(void)
{
    xapian_ready(folder);
}

static int ask(const struct seed_question *q, int64_t ids[20])
{
    return xapian_ask(&(struct rival_question){q->words, q->lat, q->lon, q->category}, ids);
}

const struct rival rival_xapian = {"Xapian", open_db, add, ready, ask, xapian_close};
#endif

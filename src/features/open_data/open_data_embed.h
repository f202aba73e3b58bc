/*
 * open_data_embed.h - private: the list of a comune's services for other sites, asked alike by the page that composes it, by the
 * frame and by the feed.
 *
 * Address /incorpora/COMUNE?bisogno=NEED&quanti=N; the feed is the same with /feed.json behind the comune.
 */
#pragma once
#include "core/places/places.h"
#include "features/catalogue/catalogue.h"
#include "features/needs/needs.h"
#include "features/search/search.h"
#include "web/web.h"

enum { EMBED_USUAL = 10, EMBED_MOST = 50 };

struct embed {
    struct comune comune;
    const struct need *need; /* NULL: all */
    int n;                   /* how many are shown at most */
    struct service *list;    /* as the results page has them: those who serve who lives there */
    int n_list, n_total;
};

/* Reads need and number of the address. */
void embed_read_choices(struct web *w, struct embed *out);
/* The comune by the slug of the address; *out_is_answered: it has another slug, and the asker is led there. */
enum status embed_read_comune(struct web *w, const char *tail, struct embed *out, bool *out_is_answered);
/* What is shown. */
enum status embed_find(struct ctx *c, struct embed *e);
/* "bisogno=x&quanti=5", empty when both are the usual. */
struct str embed_query(struct arena *mem, const struct embed *e);
/* "Aiuti e servizi a Ivrea", "Spesa alimentare: Ivrea". */
struct str embed_title(struct ctx *c, const struct embed *e);
/* The place in a few words: never more than the comune of a secret one. */
struct str embed_where(struct ctx *c, const struct service *s);

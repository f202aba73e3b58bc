/*
 * finder_ask.h - what an address of the results asks, and the addresses of what is near it.
 *
 * Address  /trova?cosa=WORDS&bisogno=NEED&dove=COMUNE&km=N, the filters (per, tipo, come, costo,
 * aperto, lingua, accesso, verificate: each may be repeated), ordine, pagina, vista. Every state
 * has one; a value that means nothing is left out, never refused. Memory   everything in c->mem.
 */
#pragma once
#include "core/places/places.h"
#include "features/search/search.h"
#include "web/web.h"

enum { FINDER_MAX_CHOICES = 40, FINDER_MAX_WHERE = 12, FINDER_MAX_WORDS_BYTES = 300 };

enum finder_view_kind { FINDER_LIST, FINDER_PRINT, FINDER_PHONE };

/* Where: what was typed, and what it was taken for. */
struct finder_where {
    struct str typed;
    bool is_found; /* comune says which */
    struct comune comune;
    enum comune_match match;
    struct str matched;      /* the former name or the hamlet that was written */
    struct comune_hit *hits; /* when several fit: one is to be chosen */
    int n_hits;
};

struct finder_ask {
    struct search_ask ask;   /* ready for search_services, choices and all */
    const struct need *need; /* chosen; NULL: none */
    bool is_need_unknown;
    struct finder_where where;
    struct search_choice choices[FINDER_MAX_CHOICES];
    enum finder_view_kind view;
    const char *base; /* "/trova", "/violenza/trova" */
};

/* Reads the address of the request. ST_OK also when nothing is asked. */
enum status finder_read_ask(struct web *w, const char *base, struct finder_ask *out);
bool finder_asks_nothing(const struct finder_ask *a);

/* The comune that somebody typed; several hits when it is not sure which. */
enum status finder_find_where(struct ctx *c, struct str typed, struct finder_where *out);

/* The same address with something changed; page and view are always those given here. */
struct finder_change {
    int page; /* 0, 1: the first */
    enum finder_view_kind view;
    int km;                  /* 0: as it is */
    struct str where;        /* slug; empty: as it is */
    const struct need *need; /* instead of words and need; NULL: as they are */
    struct str words;        /* instead of words and need; empty: as they are */
    int without_choice;      /* its place from 1; 0: none is taken off */
    bool no_choices, no_where;
};
struct str finder_address(struct ctx *c, const struct finder_ask *a,
                          const struct finder_change *ch);

/* Name of a facet in the address: "per", "tipo"... */
const char *finder_facet_name(enum search_facet f);

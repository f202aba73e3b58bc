/*
 * finder_card_view.h - private to finder: a service in a list, the same everywhere.
 */
#pragma once
#include "features/catalogue/catalogue.h"
#include "features/search/search.h"
#include "finder_view.h"

enum { FINDER_MAX_TAGS = 3 };

struct finder_tag {
    const char *icon, *css; /* css: "w-ok", "w-warn", "" */
    struct str label;
};

struct finder_card {
    int rank; /* from 1: the number on the map too; 0: none */
    struct str path, name, body, body_path, place, km, sentence;
    struct finder_tag tags[FINDER_MAX_TAGS];
    int n_tags;
    struct str fresh; /* words */
    const char *fresh_css, *fresh_icon;
    struct str phone;    /* empty: none is known */
    struct str reported; /* "Segnalata nel 2018: c'è ancora?"; empty for an ordinary entry */
    struct str *reasons; /* why it stands here */
    int n_reasons;
    bool is_demo, says_demo; /* says it: where others of the list are real */
    bool is_secret;          /* its address is: "indirizzo riservato: telefona" */
    bool begins_others;      /* the first of those for who lives elsewhere */
    struct str long_hours;   /* for the list read out at the phone */
};

struct finder_cards {
    struct finder_card *cards;
    int n_cards;
    bool has_demo;
    bool is_mixed; /* invented ones beside real ones */
};

/* The hits of an answer as cards, in their order; those that went meanwhile are left out. */
enum status finder_fill_cards(struct ctx *c, const struct search_answer *a,
                              struct finder_cards *out);

/*
 * finder_pins.h - numbered pins over the outlines of the comuni, beside a list that has the same numbers.
 *
 * Use     fill the view, show it with the part "finder.results_map"; each pin leads to "#r<rank>" of the list. What lies outside the
 *         picture is in the list alone. is_there false: no pin to show, or no outlines at all.
 * Memory  c->mem.
 */
#pragma once
#include "core/places/places.h"

struct finder_spot {
    double lat, lon;
    bool has_point;
    bool is_other; /* serves who lives elsewhere */
    int rank;      /* from 1 */
    struct str name;
};

struct finder_pins_ask {
    const struct area *comune; /* in the middle; NULL: the whole region */
    int radius_km;             /* that shall fit; 0: the whole region */
    int circle_km;             /* drawn around the comune; 0: none */
    const struct finder_spot *spots;
    int n;
};

/* A point of the map: the numbers of the cards that are there, and a link to the first. */
struct finder_pin {
    int rank, last_rank, n, x, y;
    struct str label; /* "3", "1, 2", "4–9", "1…7" */
    struct str name;  /* of all of them, each with its number */
    int half, width;
    bool is_other; /* serves who lives elsewhere */
};

struct finder_map_view {
    bool is_there;
    struct str picture; /* address of the outlines */
    struct str title, caption;
    int w, h;
    int circle, middle_x, middle_y; /* radius of what was searched; 0: none */
    struct finder_pin *pins;
    int n_pins;
};

enum status finder_pins(struct ctx *c, const struct finder_pins_ask *a, struct finder_map_view *out);

/*
 * finder_board_view.h - private to finder: the sheet for the notice board of a comune, and what to
 * do after having found a number.
 */
#pragma once
#include "finder_qr.h"
#include "finder_service_view.h"
#include "finder_view.h"

/* One of the twelve needs, with whom to call. */
struct finder_board_line {
    const char *icon;
    struct str label;
    struct finder_link service; /* label empty: nobody is known */
    struct str by, phone;
    bool is_danger; /* without a number of the place, the national one */
};

struct finder_board_view {
    struct frame *frame;
    struct str name, prov;
    struct finder_board_line *lines;
    int n_lines, n_without;
    struct finder_link body; /* who answers here; label empty: not known */
    struct str body_phone;
    struct finder_qr qr;
    struct str url;       /* of the results for this comune */
    struct str short_url; /* the same without https://, to be typed */
    struct finder_link comune;
    bool is_demo; /* some number is invented */
};

struct finder_next_view {
    struct frame *frame;
    bool has_service;
    struct finder_link service;
    struct finder_phone_view *phones;
    int n_phones;
    struct str hours;
    struct finder_document_view *documents;
    int n_documents;
    struct str isee;
    bool is_demo;
};

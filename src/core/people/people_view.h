/*
 * people_view.h - private to people: what the page of quality shows.
 */
#pragma once
#include "people_eval.h"
#include "web/frame.h"

struct people_bar_view { /* one line of a table, with its place in the drawing */
    struct str name, share, other; /* "Marocco", "98,9 %", "82,1 %" */
    int64_t n;
    int64_t x, y, width; /* of the bar */
};

struct people_quality_view {
    struct frame *frame;
    struct str n_records, n_true, precision, recall, cut_percent, gap;
    struct str precision_path, recall_path, cut_path; /* of the curve */
    int64_t cut_x;
    struct people_bar_view *bins, *groups;
    int n_bins, n_groups;
    struct str groups_box;
    bool is_close; /* the gap is within three points */
};

enum status people_quality_page(struct web *w);

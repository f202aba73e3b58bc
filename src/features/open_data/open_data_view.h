/*
 * open_data_view.h - private: what the pages of open data and of the list to embed show.
 */
#pragma once
#include "web/frame.h"

struct open_data_file_view {
    struct str address;
    const char *label;
};

struct open_data_set_view {
    const char *id;
    struct str title, text, rhythm, size, changed;
    struct open_data_file_view *files;
    int n_files;
};

struct open_data_page_view {
    struct frame *frame;
    struct open_data_set_view *sets;
    int n_sets;
    struct str licence, licence_address;
    struct str origin;
};

/* ---- the list for another site ---- */

struct embed_choice {
    struct str value, label;
    bool is_chosen;
};

struct embed_page_view {
    struct frame *frame;
    struct str where;        /* as typed */
    struct str trouble;      /* words, when the comune was not found */
    struct embed_choice *comuni; /* several fit */
    int n_comuni;
    struct embed_choice *needs;
    int n_needs;
    struct embed_choice *sizes;
    int n_sizes;
    struct embed_choice *languages;
    int n_languages;
    bool has_code;
    struct str name;         /* of the comune */
    struct str code;         /* to be pasted */
    struct str preview, feed;
    int n_services;
};

struct embed_item {
    struct str name, address, by, phone, where, summary;
    bool is_demo;
};

struct embed_frame_view {
    const char *lang, *portal_name;
    struct str title, all; /* address of all the results */
    struct embed_item *items;
    int n_items, n_total;
    bool is_demo;
};

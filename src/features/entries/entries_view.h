/*
 * entries_view.h - private to entries: what its pages show.
 */
#pragma once
#include "entries_draft.h"
#include "features/upkeep/upkeep_score.h"
#include "web/frame.h"

/* ---- a field of a form ---- */
enum entries_widget { WIDGET_LINE, WIDGET_AREA, WIDGET_SELECT, WIDGET_DAY, WIDGET_NUMBER, WIDGET_CHECKS };

struct entries_choice {
    struct str value, label, id;
    bool is_on;
};
struct entries_group {
    struct str label; /* empty: no heading */
    struct entries_choice *choices;
    int n_choices;
};
struct entries_text {
    struct str text;
};
struct entries_field {
    enum edit_field field;
    const char *name;   /* of the form field */
    struct str id;      /* "hours", or "r-hours" in a row */
    struct str label, hint;
    enum entries_widget widget;
    struct str text, was;
    struct str error;
    const struct entries_text *warnings; /* a person's telephone, health data */
    const struct entries_text *longs;    /* sentences that are long */
    int n_warnings, n_longs;
    bool is_prose;       /* its ease is told */
    bool is_needed, is_owned;
    struct str ease;     /* "Si legge bene: 68 su 100."; empty: too few words */
    bool is_hard;
    const struct entries_group *groups;
    int n_groups;
    int rows;            /* of an area */
};
struct entries_section {
    struct str title, id;
    struct entries_field *fields;
    int n_fields;
};
struct entries_fault { /* for the summary on top */
    struct str id, label, words;
};

/* ---- the table ---- */
struct entries_row {
    int64_t service_id;
    struct str slug, name, state; /* state: words when it is not simply shown */
    struct str phone, hours, places_free, confirmed, due, score;
    int n_more_phones;
    struct str where;
    struct str voice; /* "12.a1b2...": key and what was seen, for a confirmation */
    int n_corrections, n_conflicts;
    bool is_due, is_never, is_gone, is_hidden, has_draft, is_course, can_confirm;
    bool is_open; /* its form stands in the row */
    struct entries_field *fields;
    int n_fields;
    struct str base;
    struct str edit_path, close_path, course_path;
};
struct entries_page_link {
    struct str label, path;
    bool is_current;
};
struct entries_notice {
    struct str words;
    struct str undo_name, undo_value; /* empty: nothing to undo */
    bool is_warning;
};
struct entries_correction {
    struct str words, what, day, slug, name;
};
struct entries_list_view {
    struct frame *frame;
    struct str body, opened, filter, back; /* back: where a form comes back to */
    struct entries_row *rows;
    struct entries_page_link *pages;
    const struct entries_notice *notices;
    const struct entries_fault *faults;
    int n_rows, n_pages, n_notices, n_faults;
    int n_all, n_due, n_open_conflicts, n_confirmable;
    bool is_due_only, is_empty, has_courses;
    struct str previous_path, next_path, until;
};

/* ---- one entry ---- */
struct entries_conflict {
    int64_t conflict_id;
    struct str label, ours, theirs, source, day;
    bool is_editor;
};
struct entries_entry_view {
    struct frame *frame;
    struct str title, slug, action, opened, base;
    bool is_new, is_gone, is_shown_draft, must_confirm; /* must_confirm: warnings, "salva lo stesso" */
    struct entries_section *sections;
    const struct entries_conflict *conflicts;
    const struct entries_correction *corrections;
    const struct entries_notice *notices;
    const struct entries_fault *faults, *cautions;
    int n_sections, n_conflicts, n_corrections, n_notices, n_faults, n_cautions;
    struct str form_error, draft_day;
    int64_t draft_id;
    struct upkeep_score_view quality;
};

/* ---- history ---- */
struct entries_change {
    int64_t history_id;
    struct str field, was, now, how, by, when;
    bool is_undone, can_undo;
};
struct entries_history_view {
    struct frame *frame;
    struct str title, slug, older_path;
    struct entries_change *changes;
    const struct entries_notice *notices;
    int n_changes, n_notices;
    bool is_gone;
};

/* ---- paste ---- */
struct entries_column {
    struct str name, sample, id; /* id "colonna-3" */
    const struct entries_choice *choices;
    int n_choices;
    bool is_person;
};
struct entries_cell {
    struct str label, typed, words;
    bool is_bad, is_mended;
};
struct entries_diff {
    struct str label, was, now;
};
struct entries_line {
    int64_t line;
    struct str name, state, state_css, id;
    struct entries_cell *cells;
    struct entries_diff *diffs;
    struct str why; /* of a refused row */
    int n_cells, n_diffs;
    bool is_refused, can_skip;
};
struct entries_paste_view {
    struct frame *frame;
    struct str text, error, opened, base;
    struct entries_column *columns;
    struct entries_line *lines;
    const struct entries_notice *notices;
    int n_columns, n_lines, n_notices;
    int n_new, n_changed, n_same, n_refused, n_good;
    int n_unseen; /* rows that were looked at and are not among the lines */
    bool is_checked;
    struct str draft_day;
};

/* ---- a key that ended while somebody was typing ---- */
struct entries_ended_view {
    struct frame *frame;
    const char *phone, *contact;
    bool is_kept;
    struct entries_field *fields;
    int n_fields;
};

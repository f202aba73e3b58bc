/* simulations_view.h - private to simulations: what its pages show. */
#pragma once
#include "base/str.h"
#include "web/frame.h"

struct simulations_option {
    struct str value, label;
    bool is_chosen;
};

struct simulations_field {
    struct str field, name, words, typed, unit, source, error;
};

struct simulations_mistake {
    struct str field, words; /* id of the field */
};

struct simulations_row_view { /* a hidden figure is a dash */
    struct str name, households, served_old, served_new, gain, lose, same, cost_old, cost_new, change;
    int gain_share, lose_share, lose_at; /* hundredths of the households */
    bool is_hidden;
};

struct simulations_table_view {
    struct str title, id, first;
    struct simulations_row_view *rows;
    int n_rows, n_more;
};

struct simulations_point_view {
    struct str isee, before, after, rate_before, rate_after;
};

struct simulations_tick {
    int at;
    struct str label;
};

struct simulations_curve_view {
    struct str title, sentence, old_line, new_line; /* points of polylines */
    struct simulations_tick *ticks, *marks; /* along ISEE; along the amount */
    struct simulations_point_view *points;
    int n_ticks, n_marks, n_points;
    int id;
};

struct simulations_jump_view {
    struct str text, who, at, before, after, size, near;
};

struct simulations_change_view {
    struct str how, what, before, after;
};

struct simulations_figure {
    struct str value, words;
};

struct simulations_result_view {
    struct str lead, hash, result_hash, saved, list, list_more, people, curves_none;
    bool is_saved_same, has_amounts;
    struct simulations_figure *figures;
    struct simulations_change_view *changes;
    struct simulations_table_view *tables;
    struct simulations_curve_view *curves;
    struct simulations_jump_view *jumps;
    int n_figures, n_changes, n_tables, n_curves, n_jumps;
    bool hides;
};

struct simulations_view {
    struct frame *frame;
    struct simulations_option *measures, *sizes, *ranks, *movable;
    struct simulations_field *fields;
    struct simulations_mistake *mistakes;
    int n_measures, n_sizes, n_ranks, n_movable, n_fields, n_mistakes;
    struct str measure, measure_name, measure_source, old_text, new_text, csv, seed, budget;
    struct str old_error, new_error, csv_error;
    bool is_paid, is_chosen, has_result;
    struct simulations_field slider; /* its field is empty: nothing to move */
    int64_t slider_now, slider_least, slider_most, slider_step;
    struct simulations_result_view result;
};

/*
 * entitled_view.h - private to entitled: what its pages show.
 */
#pragma once
#include "features/regulations/regulations_plan.h"
#include "web/frame.h"

struct entitled_option {
    const char *value;
    struct str label;
    bool is_chosen;
};

/* One box of a form, whatever it asks. */
struct entitled_box {
    struct str name, label, hint, value, problem;
    const char *mode; /* of the keyboard: "numeric", "decimal", "text" */
    bool is_choice, is_place, has_hint;
    struct entitled_option *options;
    int n_options;
};

/* Boxes that belong together: chapters of the page for social workers. */
struct entitled_chapter {
    struct str title;
    bool is_open; /* something is filled, or to be mended */
    struct entitled_box *boxes;
    int n_boxes;
};

struct entitled_person_view {
    struct str title; /* "Tu", "Persona 2" */
    int nth;
    bool may_go, is_open;
    struct entitled_box *boxes, *rare;
    int n_boxes, n_rare;
    struct entitled_chapter *chapters; /* in place of boxes and rare */
    int n_chapters;
};

struct entitled_part {
    const char *id;
    struct str title, lead;
    int number;                  /* of the six; 0: the estimate */
    bool is_open, are_people;    /* its folded part has something in it; persons come and go here */
    struct entitled_box *boxes, *rare;
    int n_boxes, n_rare;
    struct entitled_chapter *chapters; /* in place of boxes and rare */
    int n_chapters;
    struct entitled_person_view *people;
    int n_people;
    struct entitled_box *scale, *services; /* of a plan of care */
    int n_scale, n_services;
};

struct entitled_link {
    struct str label, path;
};

struct entitled_form_view {
    struct frame *frame;
    struct entitled_part *parts;
    int n_parts, n_people;
    bool may_add;
    struct entitled_link *problems; /* what to mend, with its box */
    int n_problems;
    struct entitled_link *which; /* comuni that may be meant: path is the slug */
    int n_which;
};

struct entitled_pair {
    struct str name, value;
};

/* ---- what is due ---- */

struct entitled_step_view {
    struct str text;
    const char *icon, *css; /* NULL: no requirement, a step of the sum */
    struct str verdict;     /* said to who does not see the icon */
};

struct entitled_measure {
    struct str code, name, level;
    struct str missing;     /* "ISEE ordinario, età" */
    struct str against;     /* "Supporto per la formazione e il lavoro" */
    struct str where, deadline, validity, source, mark;
    struct entitled_pair *amounts; /* "in tutto", "1.124,17 euro al mese" */
    struct str *reasons;           /* each requirement that failed, or that somebody must look at */
    struct entitled_step_view *steps;
    struct str *papers;
    const struct entitled_service *services;
    struct str need_path; /* where to look for more: "/bisogni/affitto" */
    int n_amounts, n_reasons, n_steps, n_papers, n_services;
    bool is_unconfirmed, is_no;
};

struct entitled_group {
    const char *id, *icon, *css;
    struct str title, lead;
    struct entitled_measure *measures;
    int n_measures;
};

struct entitled_result_view {
    struct frame *frame;
    struct str summary, place;
    struct entitled_group *groups; /* those with measures */
    int n_groups;
    struct entitled_measure *estimates; /* ISEE of each kind, with its steps */
    int n_estimates;
    struct entitled_pair *said, *sent; /* the answers in words; the same as fields of a form */
    int n_said, n_sent;
    struct str today, missing; /* what would make most answers sure */
    bool is_desk, is_italian;
};

/* ---- one page for social workers ---- */

struct entitled_desk_view {
    struct frame *frame;
    struct entitled_part part;
    struct str where, where_problem;
    struct entitled_option *plans; /* regulations with a scale of need */
    struct str plan, plan_path, plan_body, plan_verdict; /* the one that is filled; plan empty: none */
    struct entitled_measure plan_measure;
    struct regulations_plan_view told;
    int n_plans;
    bool has_told, is_invented;
    struct entitled_link *problems;
    int n_problems, n_people, n_outside;
    bool may_add, is_answered;
    struct entitled_result_view result;
};

/* ---- reckonings: what a service costs, before and after ---- */

struct entitled_case {
    struct str title;
    struct entitled_measure *estimates;
    int n_estimates;
    bool has_cost, has_plan;
    struct entitled_measure cost; /* by the regulation */
    struct regulations_plan_view plan;
};

struct entitled_sums_view {
    struct frame *frame;
    struct entitled_option *choices, *events; /* regulations in force; what may happen */
    struct entitled_part part;
    struct str slug, regulation, regulation_path, body; /* empty: the ISEE alone */
    struct str new_income, who, income_problem, who_problem;
    struct entitled_link *problems;
    struct entitled_case *cases; /* now, or before and after */
    struct entitled_measure current; /* ISEE corrente, when work is lost */
    int n_choices, n_events, n_problems, n_cases, n_people, n_outside;
    bool may_add, is_invented, has_current, current_holds, lost_work;
};

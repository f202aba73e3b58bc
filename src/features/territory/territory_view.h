/*
 * territory_view.h - private to territory: what its pages show, all words in the language asked.
 */
#pragma once
#include "core/places/places_map.h"
#include "features/catalogue/catalogue.h"
#include "territory.h"
#include "web/frame.h"

struct territory_link {
    struct str label, path;
    struct str note; /* "12,4 km", "TO"; may be empty */
};

/* A drawing of at most 640 by 640 units. Shapes are drawn scaled, labels are not. */
struct territory_shape {
    struct str path, name;
    struct str href; /* empty: no link */
    struct str css;  /* fill: "w-c1" */
};

enum territory_anchor { LABEL_MIDDLE, LABEL_START, LABEL_END };

struct territory_label {
    struct str text; /* empty: another label stands there */
    int x, y;
    enum territory_anchor anchor;
    bool has_dot;
};

struct territory_map_view {
    struct str title;     /* for who does not see it; also its caption */
    struct str box;       /* "0 0 520 640" */
    struct str transform; /* of the shapes */
    struct str back;      /* outline behind, not a link; may be empty */
    struct territory_shape *shapes;
    int n_shapes; /* 0: no map */
    struct territory_label *labels;
    int n_labels;
    bool is_schematic, has_links;
    struct str source;
};

/* What is drawn of a map: which shapes are links, which one is the one meant. */
struct territory_map_ask {
    const struct places_map *map;
    const struct places_map *back; /* its shapes behind; may be NULL */
    struct str title;
    int64_t chosen_id; /* drawn strong, with its name; 0: none */
    bool has_codes;    /* each shape has its code as label and is a link to its page */
};
struct territory_map_view territory_draw(struct ctx *c, const struct territory_map_ask *ask);

/* A service in a short list; its own page is the catalogue's. */
struct territory_service_line {
    struct str slug, name, summary, where, phone;
};
struct territory_services {
    struct territory_service_line *lines;
    int n_lines;
};

struct territory_district_line {
    struct str slug, code, name;
    int64_t population; /* 0: not stated */
    int n_comuni;
    bool is_complete;
    struct territory_link *bodies;
    int n_bodies;
};

struct territory_home_view {
    struct frame *frame;
    struct territory_map_view map;
    struct territory_district_line *lines;
    int n_lines;
    struct str where; /* as typed */
    bool has_caps;
    struct territory_link *provinces;
    int n_provinces;
};

struct territory_hit_view {
    struct str slug, name, prov_name;
    struct str why; /* why it was found, when it is not the name typed */
};

struct territory_search_view {
    struct frame *frame;
    struct str where;
    bool has_caps;
    struct territory_hit_view *hits;
    int n_hits;
    bool are_homonyms;
};

struct territory_history_line {
    struct str name, path; /* path empty: no page */
    struct str kind, days, evidence, source, source_url;
};

struct territory_desk_view {
    struct str slug, name, seat, km;
};

struct territory_comune_view {
    struct frame *frame;
    struct str name, prov, prov_name, prov_path, istat, belfiore, caps;
    bool is_known;
    struct str body_slug, body_name, body_kind, body_seat;
    struct str evidence, as_of, source, source_url, since;
    struct territory_desk_view *desks;
    int n_desks;
    struct territory_link district, project; /* label empty: not known */
    struct territory_history_line *history;
    int n_history;
    bool has_borders;
    struct territory_link *near;
    int n_near;
    struct territory_map_view map;
    struct str path, slug;
    struct territory_services services;
};

struct territory_district_view {
    struct frame *frame;
    struct str code, name, path, slug;
    int64_t population;
    struct territory_link project;
    struct territory_link *bodies, *comuni;
    int n_bodies, n_comuni;
    bool is_complete;
    struct territory_map_view map;
};

struct territory_body_line {
    struct str slug, name, kind, district, district_path;
    int n_comuni;
    bool is_complete;
    struct str ended; /* its last day; empty: still there */
};

struct territory_bodies_view {
    struct frame *frame;
    struct territory_body_line *lines;
    int n_lines;
    int n_ended;
};

struct territory_initiative_view {
    struct str name, what, year;
};

struct territory_body_view {
    struct frame *frame;
    struct str code, name, kind, seat, seat_path, note, path;
    struct str ended, successor_name, successor_slug;
    struct territory_link district, project;
    struct territory_link *comuni, *absorbed;
    int n_comuni, n_absorbed;
    bool is_complete;
    struct territory_initiative_view *initiatives;
    int n_initiatives;
    struct territory_map_view map;
    struct str phone, email, website;
    struct territory_services services;
};

struct territory_area_view {
    struct frame *frame;
    struct str name, kind, code, days;
    struct territory_link *lies_in, *parts;
    int n_lies_in, n_parts;
    struct str parts_title;
    struct territory_map_view map;
};

struct territory_organisation_view {
    struct frame *frame;
    struct str albo; /* what the albo says of it; may be empty */
    struct str name, alternate_name, kind, description, path;
    struct territory_link comune; /* label empty: not known */
    struct str phone, email, website;
    struct territory_services services;
    bool is_demo, is_gone;
};

/* ---- words and addresses shared by the pages ---- */
struct str territory_area_path(struct ctx *c, const struct area *a);
struct territory_link territory_area_link(struct ctx *c, const struct area *a);
struct str territory_km(struct ctx *c, int64_t distance_m);
struct str territory_kind_words(struct ctx *c, enum area_kind kind);
struct str territory_body_kind_words(struct ctx *c, enum body_kind kind);
/* "dal 1 gennaio 2021", "fino al ...", both, or empty. */
struct str territory_days(struct ctx *c, int from, int to);
/* Services as lines of a list, in their order. */
struct territory_services territory_service_lines(struct ctx *c, const struct service *list, int n);
struct territory_link *territory_comune_links(struct ctx *c, const struct comune *list, int n);
/* A source that is an address can be opened; another is only named. */
struct str territory_source_url(struct str source);

/*
 * bodies_store.h - private to bodies: the rows of its table, before they are made whole.
 */
#pragma once
#include "core/bodies/bodies.h"
#include "web/feature.h"

struct body_row {
    int64_t body_id, area_id, seat_id; /* seat_id 0: not known */
    struct str code, name, kind, note, successor_code;
    bool has_seat_point;
    double seat_lat, seat_lon;
    bool is_lead, is_complete;
    int to;
};

/* on: bodies whose last day is that day or later; 0001-01-01 gives all. */
enum status bodies_store_all(struct ctx *c, int on, struct body_row **out, int *n_out);
enum status bodies_store_by_code(struct ctx *c, struct str code, struct body_row *out);
enum status bodies_store_by_area(struct ctx *c, int64_t area_id, struct body_row *out);
enum status bodies_store_by_id(struct ctx *c, int64_t body_id, struct body_row *out);
enum status bodies_store_absorbed(struct ctx *c, struct str successor_code, struct body_row **out, int *n_out);
/* Codes of the bodies of a name, accents and case aside. */
enum status bodies_store_by_name(struct ctx *c, struct str folded, struct body_row **out, int *n_out);

struct body_put {
    struct str code, name, note_it, note_en, successor_code;
    enum body_kind kind;
    int position;
    int64_t area_id;
    const struct comune *seat; /* NULL: not known */
    bool is_lead, is_complete;
    int to;
};
enum status bodies_store_put(struct ctx *c, const struct body_put *p);

/* True when the reference tables of this sum were loaded last. */
enum status bodies_store_is_loaded(struct ctx *c, struct str checksum, bool *out);
enum status bodies_store_set_loaded(struct ctx *c, struct str checksum);

/* What the other files give to the table of the slice. */
enum status bodies_load_reference(struct ctx *c);
enum status bodies_import_memberships(struct import_run *run);
extern const char bodies_memberships_help[];

/*
 * upkeep_desk.h - private to upkeep: who telephones, and what each of their pages begins with.
 */
#pragma once
#include "upkeep_view.h"

/* A managing body, or the Region (body_id 0), by its key. */
struct desk {
    struct links_link key;
    int64_t body_id;
    struct str path; /* "/telefonate", with the managing body that the Region chose */
    bool is_region;
    enum status refused; /* of links_here */
};
/* Anything but ST_OK: return upkeep_refused(w, st, &d). */
enum status upkeep_desk(struct web *w, struct desk *out);
enum status upkeep_refused(struct web *w, enum status st, const struct desk *d);
/* Those it looks after (links_may); the Region may do all. ST_NOT_FOUND: of somebody else. */
enum status upkeep_desk_may(struct ctx *c, int64_t service_id);
enum status upkeep_desk_may_call(struct ctx *c, int64_t organisation_id);
/* "/telefonate?fatto=giusta", with what its path holds already. */
struct str upkeep_desk_path(struct ctx *c, const struct desk *d, const char *query);

/* The list again, with what there is to fix. */
enum status upkeep_calls_again(struct web *w, const struct desk *d);
enum status upkeep_call_form(struct web *w, const struct desk *d, const struct service *s, bool is_typed, struct str conflict);
enum status upkeep_fill_call_cards(struct ctx *c, const struct desk *d, const struct call_body *b, struct upkeep_call_card **out);

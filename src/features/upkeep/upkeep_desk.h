/*
 * upkeep_desk.h - private to upkeep: who telephones, and what each of their pages begins with.
 */
#pragma once
#include "upkeep_view.h"

/* A managing body, or the Region (body_id 0), by its key. */
struct desk {
    struct links_link key;
    int64_t body_id;
    bool is_region;
    enum status refused; /* of links_here */
};
/* Anything but ST_OK: return upkeep_refused(w, st, &d). */
enum status upkeep_desk(struct web *w, struct desk *out);
enum status upkeep_refused(struct web *w, enum status st, const struct desk *d);
/* Its own entries only; the Region may do all. ST_NOT_FOUND: of somebody else. */
enum status upkeep_desk_may(struct ctx *c, const struct desk *d, int64_t service_id);

/* The list again, with what there is to fix. */
enum status upkeep_calls_again(struct web *w, const struct desk *d);
enum status upkeep_call_form(struct web *w, const struct service *s, bool is_typed, struct str conflict);
enum status upkeep_fill_call_cards(struct ctx *c, const struct call_body *b, struct upkeep_call_card **out);

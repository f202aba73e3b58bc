/* places_store.h - private: what the rest of the slice asks of its tables. */
#pragma once
#include "core/places/places.h"

/* Days as they stand in the tables: '' before any day, '9999-12-31' after all. */
struct str places_store_from(struct ctx *c, int day);
struct str places_store_to(struct ctx *c, int day);
int places_store_day(struct str text); /* DAY_NONE for both ends */

/* A struct area from any row that has its columns (the rows of sqlc are types of their own). */
#define PLACES_AREA(r)                                                                             \
    ((struct area){.area_id = (r)->area_id,                                                        \
                   .kind = places_kind_of((r)->kind),                                              \
                   .code = (r)->code,                                                              \
                   .slug = (r)->slug,                                                              \
                   .name = (r)->name,                                                              \
                   .parent_id = (r)->has_parent_id ? (r)->parent_id : 0,                           \
                   .from = places_store_day((r)->valid_from),                                      \
                   .to = places_store_day((r)->valid_to),                                          \
                   .has_point = (r)->has_lat,                                                      \
                   .lat = (r)->has_lat ? (r)->lat : 0,                                             \
                   .lon = (r)->has_lat ? (r)->lon : 0})
#define PLACES_COMUNE(r)                                                                           \
    ((struct comune){.area = PLACES_AREA(r),                                                       \
                     .istat = (r)->istat,                                                          \
                     .belfiore = (r)->belfiore,                                                    \
                     .prov = (r)->prov,                                                            \
                     .prov_name = (r)->prov_name,                                                  \
                     .prov_slug = (r)->prov_slug})

struct places_step {
    struct membership m; /* only `in` (containers) or only `area` (members) is filled */
    int64_t cost;        /* steps; a hamlet to its comune counts a hundred */
};
enum status places_store_containers(struct ctx *c, int64_t area_id, int on,
                                    struct places_step **out, int *n_out);
enum status places_store_members(struct ctx *c, int64_t in_id, enum area_kind kind, int on,
                                 struct places_step **out, int *n_out);

struct places_name {
    int64_t area_id; /* of the comune */
    enum comune_match match; /* MATCH_EXACT, MATCH_FORMER or MATCH_HAMLET: whose name it is */
    struct str name, folded, prov;
};
enum status places_store_names(struct ctx *c, struct places_name **out, int *n_out);
enum status places_store_window(struct ctx *c, double lat, double lon, double half_deg,
                                struct comune **out, int *n_out);
enum status places_store_with_cap(struct ctx *c, struct str cap, int64_t **out, int *n_out);

/* Reference data: true when the tables named were loaded as they are now. */
enum status places_store_is_loaded(struct ctx *c, struct str name, struct str checksum,
                                   bool *out);
enum status places_store_set_loaded(struct ctx *c, struct str name, struct str checksum);

/*
 * publish_api_directory.h - private: which entries a list of the API has, by number.
 *
 * Why     "page 37 of the services with these two terms" must not read 36 pages of texts. What the
 *         filters ask of a service stands in 80 bytes in memory, in the order of the keys; a page
 * is then read by its keys. Fresh   each asking compares the number of the last change in its own
 * snapshot; only services changed since are read again. Threads any number at once; one directory
 * beside each database. Memory  80 bytes a service, 8 an organisation or place; ids given out are
 * written where the caller says, nothing of the caller's is kept.
 */
#pragma once
#include "publish_api_put.h"

enum { API_MOST_NEEDS = 256, API_ASKED_MOST = 20 };

/* One condition: any of the bits, or the hash of a term or taxonomy of somebody else's. */
struct api_condition {
    uint64_t needs[API_MOST_NEEDS / 64];
    uint64_t targets; /* by their place in needs/areas.csv */
    uint32_t kinds;   /* by enum service_kind */
    uint32_t marks;   /* by enum api_mark */
    uint64_t foreign; /* 0: none */
};

struct api_filter {
    struct api_condition all[API_ASKED_MOST];
    int n;                   /* all of them must hold */
    int64_t organisation_id; /* 0: any */
    bool has_changed_from;
    int64_t changed_from;
    bool has_min_age, has_max_age; /* years: what the service says must be at least, at most that */
    double min_age, max_age;
    int weekdays, opens_from, closes_to; /* one opening that is all of it; 0, -1, -1: not asked */
    const int64_t *only; /* sorted keys; NULL: no such limit */
    int n_only;
};

/* Conditions of terms and taxonomies by their ids. */
struct api_condition api_condition_of_term(struct ctx *c, const struct needs *needs,
                                           struct str uuid);
struct api_condition api_condition_of_taxonomy(struct ctx *c, const struct needs *needs,
                                               struct str uuid);

/* Of the id of a foreign term or taxonomy: never 0. */
uint64_t api_hash_of(struct str id);
/* Place of a need in the tables; -1: none such. */
int api_need_index(const struct needs *needs, struct str id);

struct api_key {
    int64_t id;
    int nth; /* of the places of a service */
};

/* How many there are, and the keys from `first` (0: the first) on, at most room. Services shown, by
 * key. */
enum status api_directory_services(struct ctx *c, const struct api_filter *f, int first,
                                   struct api_key *out, int room, int *n_out, int *n_total);
/* The same for services at places: as many as the services found have. */
enum status api_directory_ats(struct ctx *c, const struct api_filter *f, int first,
                              struct api_key *out, int room, int *n_out, int *n_total);
enum status api_directory_organisations(struct ctx *c, int first, struct api_key *out, int room,
                                        int *n_out, int *n_total);
enum status api_directory_locations(struct ctx *c, int first, struct api_key *out, int room,
                                    int *n_out, int *n_total);

/* When a service changed last, one that went too: UTC milliseconds, 0 when there is none. */
enum status api_directory_changed_at(struct ctx *c, int64_t *out_ms);

/* The same of each of these. 0: none such. */
enum status api_directory_changes(struct ctx *c, const int64_t *ids, int n, int64_t *out_ms);

/* Marks that a service carries itself: bits by enum api_mark. */
uint32_t api_marks_of(const struct service *s);

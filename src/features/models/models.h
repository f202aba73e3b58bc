/*
 * models.h - a service described once by the Region or a district, copied by many bodies, in step with it.
 *
 * Why     thirty consorzi write the same benefit in thirty ways, and when the law changes twenty-nine stay
 *         behind. Written once, taken with one tap; what a body writes itself stays the body's.
 * Step    a copy remembers the text it took of each field. A field that still reads so is in step and follows by
 *         itself (history: how "model"); one that reads otherwise is its body's, who sees the difference and
 *         may take it. A field that comes to read as the model again is in step again.
 * Whose   who holds a key to approve writes models: its own; the Region all, those of a body that is gone too.
 *         Closed, or its body gone: copies stay as they are, and nothing changes them any more.
 * Fields  all of an entry but where, when, telephones, days, places free, status: these are each body's.
 * Memory  results live in c->mem. (write): needs a write transaction.
 */
#pragma once
#include "features/catalogue/catalogue_edit.h"

struct models_model {
    int64_t model_id, organisation_id; /* 0: the Region's */
    struct str code, name, owner;      /* owner: its name in words; empty: gone */
    bool is_open, is_demo;
    int changed_on;
    int n_copies;
    struct str texts[EDIT_FIELD_COUNT];
};
/* Is it a field that models describe? */
bool models_has_field(enum edit_field f);

enum status models_list(struct ctx *c, struct models_model **out, int *n_out); /* open ones, without texts */
enum status models_by_code(struct ctx *c, struct str code, struct models_model *out);
/* The model that an entry follows. ST_NOT_FOUND: none. */
enum status models_of(struct ctx *c, int64_t service_id, struct models_model *out);

/* May the actor write it? organisation_id of a new one: its own. */
bool models_may_write(const struct ctx *c, int64_t organisation_id);
/* New (code empty) or changed (write): copies in step follow at once; *n_followed says how many entries changed.
 * ST_INVALID: the problems carry the fields' names. ST_DENIED: not theirs. */
struct models_put {
    struct str code;
    int64_t organisation_id; /* of a new one */
    struct str by;           /* name of who writes */
    bool is_demo;
    struct str texts[EDIT_FIELD_COUNT];
};
enum status models_put(struct ctx *c, const struct models_put *p, struct str *out_code, int *n_followed);
enum status models_close(struct ctx *c, struct str code); /* (write) copies stay, and follow nothing */

/* One tap (write): a new entry of the organisation with the model's texts, at the comune of its seat. One that
 * follows it already is given again (*out_is_new false). ST_CONFLICT: the model is closed. */
enum status models_copy(struct ctx *c, struct str code, int64_t organisation_id, struct str by, struct str *out_slug,
                        bool *out_is_new);
struct models_difference {
    enum edit_field field;
    struct str model, own;
};
/* Where an entry reads otherwise than the model it follows. */
enum status models_differences(struct ctx *c, const struct models_model *m, int64_t service_id,
                               struct models_difference **out, int *n_out);
enum status models_take(struct ctx *c, int64_t service_id, enum edit_field f, struct str by); /* (write) */
enum status models_leave(struct ctx *c, int64_t service_id);                                  /* (write) */
/* Entries that follow a model, shown ones. */
enum status models_copies(struct ctx *c, int64_t model_id, struct service **out, int *n_out);

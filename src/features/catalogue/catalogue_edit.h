/*
 * catalogue_edit.h - a service seen as named fields of text, and how a person's changes go into it.
 *
 * Why     who keeps an entry types words into boxes, pastes cells, says things on the telephone: all of
 *         it is "this field now reads so". Everything that changes an entry by hand goes through here, so
 *         that history, undo, two editors at once and what feeds may not overwrite are one thing.
 * Text    each field has one text that reads back the same (catalogue_edit_text, then a put of the same
 *         text changes nothing). Lists have one item a line; days are 2026-11-30; choices are their name
 *         ("free"). What people type besides is understood: 30/11/2026, "gratis", "011 1; fax 011 2".
 * Places  one line each: "Casa del quartiere: via Roma 1, 10015 Ivrea"; of a secret one
 *         "indirizzo riservato, Ivrea". A line left as it is keeps the place with all it has.
 * Where   telephones and hours of a service with one place are one text; of one with several, a line that
 *         begins with "luogo 2:" is of that place alone.
 * Merge   a field nobody changed since the editor saw it is taken; changed to the same is fine; changed to
 *         something else is a conflict: that field is left, the others are written, both texts are kept
 *         in catalogue_conflict for both editors to see.
 * Owner   a field corrected by hand belongs to its body: catalogue_put_service leaves it alone and
 *         notes what the feed wanted (catalogue_history.h).
 */
#pragma once
#include "features/catalogue/catalogue.h"

enum edit_field {
    EDIT_NONE,
    EDIT_NAME,
    EDIT_SUMMARY,
    EDIT_DESCRIPTION,
    EDIT_KIND,
    EDIT_NEEDS,       /* ids of reference/needs, one a line */
    EDIT_TARGETS,     /* ids of reference/needs/areas, one a line */
    EDIT_ELIGIBILITY, /* who may use it, in words */
    EDIT_AREAS,       /* whose residents, one a line */
    EDIT_MIN_AGE,
    EDIT_MAX_AGE,
    EDIT_WAYS,        /* presence, phone, online, home; one a line */
    EDIT_PLACES,      /* where, one a line */
    EDIT_HOURS,       /* opening_text.h */
    EDIT_PHONES,      /* core/bodies/phones.h */
    EDIT_EMAIL,
    EDIT_URL,
    EDIT_APPLICATION, /* how to ask for it */
    EDIT_INTAKE,      /* where to begin when it is not its place */
    EDIT_DOCUMENTS,   /* one a line, an address in < > behind it */
    EDIT_FEE,         /* free, by-isee, paid, unknown */
    EDIT_FEES,        /* cost in words */
    EDIT_ISEE_NOTE,
    EDIT_LANGUAGES,   /* one a line, a note in ( ) behind it */
    EDIT_WAIT_TIME,
    EDIT_PLACES_FREE,
    EDIT_STARTS_ON,
    EDIT_ENDS_ON,
    EDIT_APPLY_BY,
    EDIT_ALERT,
    EDIT_STATUS,      /* active, inactive, temporarily closed */
    EDIT_STATE,       /* shown, gone: "Non c'e' piu'" */
    EDIT_FIELD_COUNT
};

enum edit_kind { EDIT_LINE, EDIT_PROSE, EDIT_LIST, EDIT_CHOICE, EDIT_NUMBER, EDIT_DAY };

struct edit_shape {
    const char *name;  /* "opening-hours": of form fields, history, conflicts */
    const char *label; /* message key "catalogue.field-..." */
    enum edit_kind kind;
    int most; /* bytes */
    bool is_needed;
};
const struct edit_shape *catalogue_edit_shape(enum edit_field f);
enum edit_field catalogue_edit_named(struct str name); /* EDIT_NONE: no such field */

/* What a field of a service reads now. *s read with catalogue_service or catalogue_cards. */
struct str catalogue_edit_text(struct arena *mem, enum edit_field f, const struct service *s);
/* The same for people: choices, days, needs in words of c->lang; lists with commas. */
struct str catalogue_edit_words(struct ctx *c, enum edit_field f, struct str text);
int catalogue_edit_n_lines(struct str text); /* that are not empty */
/* A number that follows from a text: what a form carries to tell which text its editor saw. */
int64_t catalogue_edit_sum(struct str text);

enum edit_how { EDIT_BY_DESK = 1, EDIT_BY_PHONE, EDIT_BY_FEED, EDIT_BY_MERGE, EDIT_BY_UNDO, EDIT_BY_PASTE, EDIT_BY_MODEL, EDIT_HOW_COUNT };
const char *catalogue_edit_how_name(enum edit_how how); /* "desk", ... */
struct str catalogue_edit_how_words(struct ctx *c, enum edit_how how); /* "corretto dall'ente" */

struct edit_who {
    enum edit_how how;
    struct str by;    /* name of a body, never of a person */
    struct str batch; /* what was done together and is undone together; may be empty */
    int64_t undoes;   /* left 0; catalogue_undo sets it */
};

struct edit_change {
    enum edit_field field;
    struct str text;  /* what it shall read */
    bool has_was;     /* was_sum is set: it decides; else base_change does */
    int64_t was_sum;  /* catalogue_edit_sum of the text that the editor saw */
};

enum edit_result {
    EDIT_SAME,     /* it reads so already */
    EDIT_TAKEN,
    EDIT_CONFLICT, /* somebody else changed it meanwhile: not written */
    EDIT_REFUSED   /* it cannot be read: nothing of the whole was written */
};
struct edit_field_outcome {
    enum edit_field field;
    enum edit_result result;
    struct str ours;        /* what it reads now (EDIT_CONFLICT) */
    struct str typed;       /* what was asked */
    struct str changed_by;  /* EDIT_CONFLICT: who changed it last, when known */
    const char *key;        /* EDIT_REFUSED: message key, with value for {value} */
    struct str value;
};
struct edit_outcome {
    struct edit_field_outcome list[EDIT_FIELD_COUNT];
    int n, n_taken, n_conflicts, n_refused;
    int64_t change_no; /* of the service afterwards */
};

/* Writes the changes of one service (write). ST_OK also with conflicts: see *out. ST_INVALID: some text
 * cannot be read, nothing was written; the problems carry the field's name. ST_NOT_FOUND: none, or hidden.
 * base_change: change_no the editor saw; 0 with has_was everywhere. */
enum status catalogue_edit(struct ctx *c, int64_t service_id, int64_t base_change, const struct edit_change *list,
                           int n, const struct edit_who *who, struct edit_outcome *out);
/* Reads the texts without writing: EDIT_TAKEN, EDIT_SAME or EDIT_REFUSED, no conflicts. service_id 0: of a new
 * one. *preview (NULL is fine) is the service as it would be. */
enum status catalogue_edit_try(struct ctx *c, int64_t service_id, const struct edit_change *list, int n,
                               struct edit_outcome *out, struct service *preview);
/* A new entry of an organisation, source "desk" (write). ST_INVALID as above, or without a name. */
enum status catalogue_edit_add(struct ctx *c, int64_t organisation_id, const struct edit_change *list, int n,
                               const struct edit_who *who, int64_t *out_service_id, struct edit_outcome *out);

/* Entries of an organisation for who keeps them, by name: those gone too when asked; hidden ones never. */
struct edit_list {
    int64_t organisation_id;
    bool with_gone;
};
enum status catalogue_edit_entries(struct ctx *c, const struct edit_list *l, struct service **out, int *n_out);
/* The same in short, hidden ones too; hardly anything is read. */
struct edit_key {
    int64_t service_id;
    enum service_state state;
};
enum status catalogue_edit_keys(struct ctx *c, const struct edit_list *l, struct edit_key **out, int *n_out);
/* The whole ones by their keys, in that order, hidden ones too; those that are not there are left out. */
enum status catalogue_edit_some(struct ctx *c, const int64_t *ids, int n, struct service **out, int *n_out);

/*
 * twins.h - two that look like one: who is asked, what is answered, made one and apart again.
 *
 * Why     one service written by three bodies sends people to three telephones; two bodies that become
 *         one must not lose an entry, a key or an address.
 * Asked   twins_look compares what has changed with what shares a telephone, a door or a word of the name
 *         with it (twins_like.h). A pair is asked until somebody answers; an answer holds for good, also
 *         when feeds bring both again.
 * Agreed  entries of two bodies are made one when both say so with the same choice (whose it stays, which
 *         text of each field), or when who looks after both (a managing body, the Region) decides.
 *         Another choice is an answer back: then the first is asked.
 * Joined  the merged one leads to the kept one for good (catalogue_alias.h, organisations.h); fields taken
 *         from it are edits of the kept one with their history; twins_part puts all of it back.
 * Memory  results live in c->mem. (write): needs a write transaction.
 */
#pragma once
#include "features/catalogue/catalogue.h"
#include "features/catalogue/catalogue_edit.h"
#include "features/twins/twins_like.h"

enum twins_kind { TWINS_SERVICE = 1, TWINS_ORGANISATION };
enum twins_state { TWINS_OPEN, TWINS_DIFFERENT, TWINS_JOINED };

struct twins_pair {
    int64_t pair_id, a_id, b_id;
    enum twins_kind kind;
    enum twins_state state;
    int score, why;
    int found_on, answered_on;   /* DAY_NONE: not answered */
    int64_t kept_id;             /* proposed, or done; 0: nobody has said */
    struct str choice;           /* fields taken from the other one: names with blanks */
    int64_t asked_by;            /* organisation that proposed; 0: nobody */
    struct str asked_name, answered_by;
};

/* ---- looking ---- */
struct twins_report {
    int n_services, n_organisations; /* looked at */
    int n_pairs;                     /* that are asked about, found or found again */
    bool is_whole;                   /* nothing is left to look at */
};
/* Looks at most at `most` changed ones (write); the next call goes on. */
enum status twins_look(struct ctx *c, int most, struct twins_report *out);
/* How many pairs wait for an answer. */
enum status twins_count(struct ctx *c, int64_t *out);
/* Organisations that look like one that is not there yet: a proposal. Best first. */
struct twins_hint {
    int64_t organisation_id;
    struct str name, slug;
    int score, why;
};
enum status twins_like_organisation(struct ctx *c, const struct twins_face *f, struct twins_hint **out, int *n_out);

/* ---- asking ---- */
/* Who answers: c->actor's permission (links_may) says what he may; this is how he is called. */
struct twins_who {
    int64_t organisation_id; /* 0: the Region, or the administrator */
    struct str name;
    bool is_own_only; /* a body that keeps its entries: lists hold what is its own */
};
enum status twins_pair(struct ctx *c, int64_t pair_id, struct twins_pair *out);
/* Those that *who may answer, at most limit: the surest first, those somebody has proposed before all. */
enum status twins_open(struct ctx *c, const struct twins_who *who, int limit, struct twins_pair **out, int *n_out);
/* Those answered "two things", of the same. */
enum status twins_answered(struct ctx *c, int limit, struct twins_pair **out, int *n_out);
enum twins_right { TWINS_MAY_NOT, TWINS_MAY_ASK, TWINS_MAY_DECIDE };
/* ASK: one side is its own, or its to look after. DECIDE: both are. */
enum status twins_may(struct ctx *c, const struct twins_pair *p, enum twins_right *out);

struct str twins_why_words(struct ctx *c, int why); /* "nome, telefono" */

/* A field of two entries that read differently. */
struct twins_field {
    enum edit_field field;
    struct str a, b; /* texts */
};
enum status twins_fields(struct ctx *c, const struct twins_pair *p, struct twins_field **out, int *n_out);

/* ---- answering (write) ---- */
/* ST_CONFLICT with words: answered already. ST_DENIED: not theirs. */
enum status twins_different(struct ctx *c, const struct twins_who *who, int64_t pair_id);
enum status twins_ask_again(struct ctx *c, int64_t pair_id);
struct twins_same {
    int64_t pair_id, kept_id;
    const enum edit_field *taken; /* from the one that is not kept; entries only */
    int n_taken;
};
enum twins_outcome { TWINS_WAITS, TWINS_IS_ONE };
/* TWINS_WAITS: the other body is asked now. */
enum status twins_same(struct ctx *c, const struct twins_who *who, const struct twins_same *s, enum twins_outcome *out);

/* ---- made one ---- */
struct twins_join {
    int64_t join_id, merged_id, kept_id, pair_id;
    enum twins_kind kind;
    struct str batch, by, parted_by;
    int64_t joined_at, parted_at; /* parted_at 0: still one */
};
enum status twins_joins(struct ctx *c, int limit, struct twins_join **out, int *n_out);
enum status twins_join_by_id(struct ctx *c, int64_t join_id, struct twins_join *out);

struct twins_bodies_report {
    int64_t join_id;                    /* 0 when it was only tried */
    int n_services, n_places, n_pairs;  /* that go along; n_pairs: questions between the two that are settled */
    int n_left;                         /* apart again: what has gone elsewhere since and stays there */
};
/* One organisation goes into another with all its entries and places (write): `wecare body merge`. Keys of the
 * one lead to the other by themselves (organisations_kept). is_dry: nothing is written. */
enum status twins_join_bodies(struct ctx *c, int64_t merged_id, int64_t kept_id, struct str by, bool is_dry,
                              struct twins_bodies_report *out);
/* Apart again (write). ST_CONFLICT with words: they were parted already. ST_NOT_FOUND: no such join. */
enum status twins_part(struct ctx *c, int64_t join_id, struct str by, struct twins_bodies_report *out);

/*
 * recognition.h - models of recognition and how often each is right: brought by who keeps the portal, shown to everybody.
 *
 * Why     the engine (core/people) learns on a body's own records, outside the portal: only what it learnt comes here, so that
 *         a director can read how far to trust it, and whether it is right for all.
 * Kept    figures alone. Of a model no value that records share is kept, of a judgement there are counts: nothing of a person.
 * Who     a key to approve (links) brings one and sees all; what everybody reads is one, and the Region chooses it.
 * Memory  results live in c->mem.
 * Writes  functions marked (write) need a write transaction in c->tx.
 */
#pragma once
#include "core/people/people_eval.h"
#include "store/ctx.h"

enum { RECOGNITION_LABEL_MAX = 80, RECOGNITION_MOST = 50, RECOGNITION_GONE_DAYS = 90 };

struct recognition_model {
    int64_t model_id; /* 0: the one that comes with the program, learnt from invented people */
    struct str label, by;
    int64_t by_id;      /* the organisation whose key brought it; 0: the Region */
    int64_t brought_at; /* 0: with the program */
    bool is_used, is_gone;
    struct people_model *model;     /* figures alone; NULL: none was brought */
    struct people_quality *quality; /* NULL: none was brought */
};

struct recognition_ask {
    struct str label;          /* what people call it; code points up to RECOGNITION_LABEL_MAX */
    struct str model, quality; /* bytes of the files; one of the two may be empty */
    struct str by;             /* whose key, */
    int64_t by_id;             /* 0: the Region's */
};

/* Keeps one (write); it is shown to nobody else until recognition_use. ST_INVALID: problems of "nome", "modello", "qualita", the
 * reason in `value`. *out_is_known: the same figures were here already, *out_id is theirs and they keep their name; taken away,
 * they are back. */
enum status recognition_bring(struct ctx *c, const struct recognition_ask *ask, int64_t *out_id, bool *out_is_known);

/* The newest first, the program's own last; those taken away too, marked. */
enum status recognition_list(struct ctx *c, struct recognition_model **out, int *n_out);
/* Those taken away too, marked. ST_NOT_FOUND: no such. */
enum status recognition_get(struct ctx *c, int64_t model_id, struct recognition_model *out);
/* What everybody sees. */
enum status recognition_used(struct ctx *c, struct recognition_model *out);

/* Shown to everybody from now on; 0: the program's own (write). ST_NOT_FOUND. */
enum status recognition_use(struct ctx *c, int64_t model_id);
/* Taken away, or brought back within RECOGNITION_GONE_DAYS, when it is of the last RECOGNITION_MOST taken away (write). Of the one in use the program's own takes the place.
 * ST_NOT_FOUND. */
enum status recognition_take_away(struct ctx *c, int64_t model_id, bool is_back);
/* Those taken away long ago are deleted (write). */
enum status recognition_sweep(struct ctx *c);

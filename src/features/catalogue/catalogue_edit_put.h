/*
 * catalogue_edit_put.h - private to catalogue: each field read as text and put from text.
 *
 * Put     changes p->s, whose lists may still be those of p->was: a putter makes new lists, it never writes into old
 *         ones. ST_INVALID: p->key and p->value say why; the rest of *p->s is then worth nothing.
 */
#pragma once
#include "features/catalogue/catalogue_edit.h"
#include "features/catalogue/catalogue_history.h"

struct edit_put {
    struct ctx *c;
    struct service *s;
    const struct service *was;
    const char *key;
    struct str value;
};
typedef struct str (*edit_reader)(struct arena *mem, const struct service *s);
typedef enum status (*edit_putter)(struct edit_put *p, struct str text);

/* ST_INVALID with a reason. */
enum status catalogue_edit_refuse(struct edit_put *p, const char *key, struct str value);
/* Tidied text as the shape wants it: line ends, ends, a line or many. */
struct str catalogue_edit_tidy(struct arena *mem, enum edit_field f, struct str text);
enum status catalogue_edit_put_text(struct edit_put *p, enum edit_field f, struct str text);
/* The field of *from into *to, with all its parts: what a text cannot say too. */
void catalogue_edit_copy(enum edit_field f, struct service *to, const struct service *from);

/* The next line that is not empty, ends taken off; false at the end. */
bool catalogue_edit_line(struct str *rest, struct str *out);
/* 30/11/2026, 30-11-26, 2026-11-30; DAY_NONE: none. */
int catalogue_edit_day(struct str text);

/* ---- lists: catalogue_edit_lists.c ---- */
struct str catalogue_read_needs(struct arena *mem, const struct service *s);
struct str catalogue_read_targets(struct arena *mem, const struct service *s);
struct str catalogue_read_ways(struct arena *mem, const struct service *s);
struct str catalogue_read_languages(struct arena *mem, const struct service *s);
struct str catalogue_read_documents(struct arena *mem, const struct service *s);
struct str catalogue_read_areas(struct arena *mem, const struct service *s);
enum status catalogue_put_needs(struct edit_put *p, struct str text);
enum status catalogue_put_targets(struct edit_put *p, struct str text);
enum status catalogue_put_ways(struct edit_put *p, struct str text);
enum status catalogue_put_languages(struct edit_put *p, struct str text);
enum status catalogue_put_documents(struct edit_put *p, struct str text);
enum status catalogue_put_areas(struct edit_put *p, struct str text);

/* ---- how to reach it: catalogue_edit_reach.c, catalogue_edit_places.c ---- */
struct str catalogue_read_hours(struct arena *mem, const struct service *s);
struct str catalogue_read_phones(struct arena *mem, const struct service *s);
struct str catalogue_read_places(struct arena *mem, const struct service *s);
enum status catalogue_put_hours(struct edit_put *p, struct str text);
enum status catalogue_put_phones(struct edit_put *p, struct str text);
enum status catalogue_put_places(struct edit_put *p, struct str text);
/* One comune by what people type; ST_INVALID with a reason. */
enum status catalogue_edit_comune(struct edit_put *p, struct str typed, struct comune *out);

/* ---- rows ---- */
/* Any state but hidden, its places with it; parts keep only ids of their own. */
enum status catalogue_edit_read(struct ctx *c, int64_t service_id, struct service *out);
struct history_note {
    int64_t service_id, change_no, undoes;
    enum edit_field field;
    struct str was, now;
    bool was_owned;
};
enum status catalogue_history_note(struct ctx *c, const struct history_note *n, const struct edit_who *who);
/* Bit of each field that somebody owns. */
enum status catalogue_owned(struct ctx *c, int64_t service_id, uint64_t *out);
enum status catalogue_own(struct ctx *c, int64_t service_id, enum edit_field f, struct str source);
enum status catalogue_disown(struct ctx *c, int64_t service_id, enum edit_field f);
/* Who changed a field last after a change number; empty: nobody is known. */
enum status catalogue_last_by(struct ctx *c, int64_t service_id, enum edit_field f, int64_t after, struct str *out,
                              bool *out_any);

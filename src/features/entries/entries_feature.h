/*
 * entries_feature.h - private to entries: handlers of its pages, and what they do for one another.
 */
#pragma once
#include "core/links/links.h"
#include "entries_view.h"
#include "features/catalogue/catalogue_history.h"
#include "web/feature.h"

enum status entries_list_page(struct web *w);
enum status entries_row_post(struct web *w);
enum status entries_confirm_post(struct web *w);
enum status entries_undo_post(struct web *w);
enum status entries_entry_page(struct web *w);
enum status entries_entry_post(struct web *w);
enum status entries_preview_page(struct web *w);
enum status entries_new_page(struct web *w);
enum status entries_new_post(struct web *w);
enum status entries_history_page(struct web *w);
enum status entries_history_post(struct web *w);
enum status entries_conflict_post(struct web *w);
enum status entries_paste_page(struct web *w);
enum status entries_paste_post(struct web *w);

/* ---- the door ---- */
struct entries_key {
    struct links_link link;
    struct edit_who who; /* the body, at its desk */
};
/* ST_OK: the key is there. Otherwise *out_answer is what the handler returns. */
enum status entries_door(struct web *w, struct entries_key *k, enum status *out_answer);
/* The same for a form of the entry with that slug (empty: none): what was typed is kept when the key has ended meanwhile. */
enum status entries_form_door(struct web *w, struct str slug, struct entries_key *k, enum status *out_answer);
/* An entry of the key's organisation by the slug in the path; of another ST_NOT_FOUND. */
enum status entries_own(struct web *w, const struct entries_key *k, struct str slug, struct service *out);

/* ---- forms: entries_form.c ---- */
/* The fields that came with the form: as typed, with what the editor saw. At most EDIT_FIELD_COUNT. */
int entries_read_form(struct web *w, struct edit_change *list);
int entries_draft_changes(const struct draft *d, struct edit_change *list);
struct draft entries_draft_of(struct ctx *c, const struct edit_change *list, int n);
/* One field: text of the service, or as it was typed when `typed` is there. */
struct entries_field entries_field(struct ctx *c, enum edit_field f, const struct service *s, const struct edit_change *typed, const char *prefix);
const struct edit_change *entries_typed(const struct edit_change *list, int n, enum edit_field f);
/* Problems of c as they stand beside their fields. */
void entries_faults(struct ctx *c, struct entries_field *fields, int n, struct entries_fault *out, int *n_out);
struct str entries_words(struct ctx *c, const char *key, const char *name, struct str value);
struct str entries_sum_text(struct ctx *c, int64_t sum);
struct str entries_when(struct ctx *c, int64_t at_ms);
/* True: something typed may be about one person; the fields say what. */
bool entries_cautions(struct ctx *c, const struct edit_change *list, int n, const struct service *s, struct entries_fault *out, int *n_out);
struct str entries_new_batch(struct ctx *c);
struct str entries_opened(struct ctx *c);

/* Notices by what stands in the address after a redirect. */
enum { ENTRIES_NOTICES = 6 };
int entries_notices(struct web *w, const struct entries_key *k, struct entries_notice *out);

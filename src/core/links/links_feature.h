/*
 * links_feature.h - private to links: what its files give to the table of the slice.
 */
#pragma once
#include "core/links/links.h"
#include "web/feature.h"

enum status links_key_page(struct web *w);
enum status links_key_post(struct web *w);
enum status links_keys_page(struct web *w);
enum status links_leave_page(struct web *w);
enum status links_leave_post(struct web *w);

enum status links_enter(struct ctx *c, int64_t link_id); /* somebody came in by it today */
enum status links_sweep(struct ctx *c);

extern const char links_help[];
int links_command(struct db *d, const struct outside *o, int argc, char **argv);
enum status links_say_demo(struct ctx *c, const struct outside *o, struct buf *said);

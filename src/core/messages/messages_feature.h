/*
 * messages_feature.h - private to messages: what its files give to the table of the slice.
 */
#pragma once
#include "web/feature.h"

enum status messages_write_page(struct web *w);
enum status messages_write_post(struct web *w);
enum status messages_follow_page(struct web *w);

extern const char messages_notes_help[];
int messages_notes_command(struct db *d, int argc, char **argv);

enum status messages_load_demo(struct ctx *c);

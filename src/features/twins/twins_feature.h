/*
 * twins_feature.h - private to twins: what its files give to the table of the slice.
 */
#pragma once
#include "web/feature.h"

enum status twins_list_page(struct web *w);
enum status twins_pair_page(struct web *w);
enum status twins_same_post(struct web *w);
enum status twins_different_post(struct web *w);
enum status twins_again_post(struct web *w);
enum status twins_joins_page(struct web *w);
enum status twins_join_page(struct web *w);
enum status twins_part_post(struct web *w);

extern const char twins_body_help[];
int twins_body_command(struct db *d, int argc, char **argv);
extern const char twins_twins_help[];
int twins_twins_command(struct db *d, int argc, char **argv);

enum status twins_look_job(struct job_run *run);
enum status twins_load_demo(struct ctx *c);

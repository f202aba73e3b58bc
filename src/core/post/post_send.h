/*
 * post_send.h - private to post: the job that sends what is due, and `wecare mail`.
 */
#pragma once
#include "web/feature.h"

extern const char post_job_name[];
enum { POST_EVERY_S = 300, POST_AT_ONCE = 20 };

enum status post_send_job(struct job_run *run);
/* What keeps mails from being sent, in one English sentence; empty: nothing that the settings show. */
struct str post_hindrance(struct arena *mem, const struct outside *o);

extern const char post_mail_help[];
int post_mail_command(struct db *d, const struct outside *o, int argc, char **argv);

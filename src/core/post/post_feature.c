/* post_feature.c - what post gives to the program. */
#include "base/macros.h"
#include "core/post/post_send.h"
#include "core/post/post_store.h"
#include "post_sql.h"

static const struct command commands[] = {
    {"mail", post_mail_help, .run_outside = post_mail_command},
};

static const struct job_kind jobs[] = {
    {post_job_name, post_send_job, POST_EVERY_S},
};

extern const struct feature post_feature;
const struct feature post_feature = {
    .name = "post",
    .migrations = post_migrations,
    .n_migrations = post_n_migrations,
    .commands = commands,
    .n_commands = ARRAY_LEN(commands),
    .daily = post_store_sweep,
    .jobs = jobs,
    .n_jobs = ARRAY_LEN(jobs),
};

/*
 * command.h - the command line: one table of commands, each with its help and honest exit codes.
 *
 * Exit    0 done; 1 refused or failed (the reason is on standard error); 2 wrong use.
 */
#pragma once
#include "app/settings.h"
#include "store/db.h"

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2 };

struct run {
    struct arena *mem;
    struct settings settings;
    int argc; /* words after the command's name */
    char **argv;
};

int command_serve(struct run *r);
int command_db(struct run *r);
int command_demo(struct run *r);
int command_import(struct run *r);
int command_settings(struct run *r);

extern const char help_serve[], help_db[], help_demo[], help_import[], help_settings[];

/* Says one sentence on standard error and returns the code. */
int say_refused(const char *fmt, ...) PRINTF_LIKE(1, 2);
int say_usage(const char *help, const char *fmt, ...) PRINTF_LIKE(2, 3);

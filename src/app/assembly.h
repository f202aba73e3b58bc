/*
 * assembly.h - puts the program together: settings, database, slices, site.
 */
#pragma once
#include "app/settings.h"
#include "store/ctx.h"
#include "store/db.h"
#include "store/migrate.h"
#include "web/feature.h"

/* All migrations: those of the app, then each slice's in the order of features.c. */
const struct migration *assembly_migrations(struct arena *mem, int *n);

/* The folder of the data, mode 0700, when it is missing. */
enum status assembly_make_folder(struct arena *mem, const struct settings *s, struct str *why);

/* Makes the folder of the data when it may (SQLite only). */
enum status assembly_open(struct arena *mem, const struct settings *s, bool must_exist,
                          struct db **out, struct str *why);

/* How a database stands: nothing in it, older than the program, newer, or right. */
enum database_age { DATABASE_EMPTY, DATABASE_OLDER, DATABASE_NEWER, DATABASE_RIGHT };
enum status assembly_age(struct arena *mem, struct db *d, enum database_age *out, struct str *why);

/* Schema and reference data brought up to this program; the same twice changes nothing. */
enum status assembly_bring_up(struct arena *mem, struct db *d, struct migration_report *out,
                              struct str *why);

/* Loads the invented data of the demo and marks the portal as a demo. */
enum status assembly_load_demo(struct arena *mem, struct db *d, struct str *why);

/* What jobs and commands may know of the world outside. */
struct outside assembly_outside(struct arena *mem, const struct settings *s);

/* What there is to say of the demo that was loaded: a line at a time. */
enum status assembly_say_demo(struct arena *mem, struct db *d, const struct outside *o, struct str *said);

/* What the frame shows, and the key of the form tokens (made once, kept in the database). */
enum status assembly_site(struct arena *mem, const struct settings *s, struct db *d,
                          struct site *out_site, unsigned char out_key[32], struct str *why);

/*
 * store_testing.h - a fresh database for a test, on the engine that is asked for.
 *
 * Engine  WECARE_TEST_STORE in the environment: unset, SQLite in a temporary folder;
 *         "postgres://user@host:port/", a server on which a database of its own name is made and
 *         dropped again.
 * Use     struct store_testing t;
 *         store_testing_begin(&t, places_migrations, places_n_migrations);  ... t.db ...
 *         store_testing_end(&t);
 * Fork    call it inside the test, not before: Check forks, and threads do not survive a fork.
 */
#pragma once
#include "store/db.h"
#include "store/migrate.h"

struct store_testing {
    struct db *db;
    struct arena *mem; /* for the test's own use too; goes with store_testing_end */
    char url[512];     /* what db_open was given */
    char folder[256];  /* SQLite's; empty on PostgreSQL */
    char name[64];     /* PostgreSQL's database; empty on SQLite */
};

/* Whatever fails here ends the test program with a sentence. */
void store_testing_begin(struct store_testing *t, const struct migration *list, int n);
void store_testing_end(struct store_testing *t);
/* Takes away what a process left behind that was killed; t as it had it (shared memory). */
void store_testing_sweep(const struct store_testing *t);
/* Closes and opens again, with other options where they are not zero (url is filled in). */
void store_testing_reopen(struct store_testing *t, const struct db_options *o);

enum db_engine store_testing_engine(void);

/* One statement written by hand, durable: for setting a stage. */
void store_testing_exec(struct store_testing *t, const char *sql);
/* The one number that a SELECT gives. */
int64_t store_testing_number(struct store_testing *t, const char *sql);

/* ---- for template_testing.c ---- */
/* A new name and folder, nothing made or opened yet. */
void store_testing_choose(struct store_testing *t);
/* A statement to the PostgreSQL server itself, and one number from it. */
void store_testing_tell_server(const char *words);
int64_t store_testing_ask_server(const char *words);

/*
 * store_testing.h - a fresh database for each test, on the engine WECARE_TEST_STORE names: unset
 * means SQLite in a folder of its own; "postgres://..." a server on which a database of its own
 * is made and dropped. Test programs only.
 */
#pragma once
#include "store/migrate.h"

/* Opens an empty database and applies the steps (n may be 0). Fails the test on any trouble. */
struct db *store_testing_open(struct arena *mem, const struct migration *list, int n);
/* Closes it and takes everything away. */
void store_testing_close(struct db *d);
/* Where it stands, to open it a second time. */
const char *store_testing_url(const struct db *d);

/*
 * template_testing.h - a fresh database for each test that is not empty: filled once per test
 * program (and again when the program is built again), then copied.
 *
 * Use     as store_testing.h, with template_testing_begin in the place of store_testing_begin.
 */
#pragma once
#include "store/store_testing.h"

struct template {
    const struct migration *list;
    int n;
    enum status (*fill)(struct db *d, void *arg);
    void *arg;
};

void template_testing_begin(struct store_testing *t, const struct template *made);

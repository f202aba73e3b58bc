/*
 * page_view.h - the list of services that the benchmark of pages shows.
 */
#pragma once
#include "web/page.h"

struct bench_service {
    struct str code, name, body, what, phone;
    int64_t places;
    int km;
    bool is_free;
};

struct bench_view {
    struct str title;
    const struct bench_service *services;
    int n_services;
};

/*
 * exchange_pulling.h - private: one pull of one feed, from the first byte to what is noted of it.
 */
#pragma once
#include "exchange.h"
#include "features/feeds/feeds_pull.h"
#include "web/outbound.h"
#include "web/outside.h"

enum { PULL_PAGE_BYTES = 8 * 1024 * 1024, PULL_MOST_PAGES = 20000, PULL_PAGE_MS = 60000 };

struct pulling {
    struct db *db;
    const struct outside *outside;
    struct arena *mem, *page; /* page: of one answer */
    struct exchange_feed feed;
    struct import_run run;
    struct ctx c;
    struct str own_id;
    struct feeds_pull *pull;
    struct exchange_pull done;
    struct exchange_refusal refusals[EXCHANGE_KEPT_REFUSALS];
    int n_refusals;
    int64_t now_ms;
    bool is_whole; /* asked as a whole this time */
    bool is_same;  /* nothing new: nothing was taken */
    struct str why;
    enum status (*hold)(void *arg); /* from time to time; NULL: not */
    void *hold_arg;
    /* of the page at hand */
    json_t *around;
};

/* ST_OK: taken, feed.read_to moved on. Else why says it. */
enum status exchange_pull_portal(struct pulling *p);
enum status exchange_pull_hsds(struct pulling *p);
enum status exchange_pull_file(struct pulling *p);

/* Begins the staging of pages. */
enum status exchange_begin_pages(struct pulling *p, json_t *(*look)(void *arg, json_t *tree));
/* One answer: its bytes live in p->page, what stood around its entries in p->around. */
enum status exchange_get_page(struct pulling *p, struct str url, struct str *out);
enum status exchange_take_page(struct pulling *p, struct str bytes);
/* Where an entry was typed first; empty: it does not say. */
struct str exchange_origin_of(const json_t *service);
/* The entry says it from now on. */
void exchange_mark_origin(struct arena *mem, json_t *service, struct str origin);

/* The whole of it, noted in the database; is_whole: not only what is new. */
struct exchange_run_ask {
    struct db *db;
    const struct outside *outside;
    struct arena *mem;
    struct str name;
    bool is_whole;
    enum status (*hold)(void *arg);
    void *hold_arg;
};
enum status exchange_run(const struct exchange_run_ask *a, struct exchange_pull *out, int64_t *out_every_s);

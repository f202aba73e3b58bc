/*
 * post_testing.h - mails put, sent to a mail server of our own and looked at: for the tests of this slice.
 * Test programs only.
 */
#pragma once
#include "core/jobs/jobs.h"
#include "core/post/post.h"
#include "tests/support/harness.h"
#include "tests/support/mail_sink.h"

#define POST_MINUTE INT64_C(60000)
#define POST_HOUR INT64_C(3600000)
#define POST_DAY INT64_C(86400000)

struct post_stage {
    struct harness *h;
    struct mail_sink sink;
    bool has_sink, is_planned;
    struct outside outside;
    struct jobs_hands hands;
    int64_t now_ms;
};
/* more: words for the sink; NULL: it takes mails. has_sink false: there is no server. */
struct post_stage post_begin(bool has_sink, const char *const *more);
void post_end(struct post_stage *s);
/* The job that sends, so much later than the stage was set; false: it was not due. */
bool post_run(struct post_stage *s, int64_t later_ms);

struct post_try {
    struct post_mail mail;
    enum post_state state;
    enum status got;
    struct str problem; /* field of the first */
};
enum status post_put_job(struct ctx *c, void *arg);
/* A mail of some words; the address is its key as well. */
enum post_state post_put_to(struct post_stage *s, const char *to);

struct post_find {
    const char *key;
    struct post_row row;
};
enum status post_find_job(struct ctx *c, void *arg);
struct post_row post_find(struct post_stage *s, const char *key);
void post_is(struct post_stage *s, const char *key, enum post_state want);
void post_holds(struct str s, const char *part);

#include "core/post/post_testing.h"
#include "base/clock.h"
#include "tests/unit.h"
#include <string.h>

#define OK(call) ck_assert_int_eq(call, ST_OK)

extern const struct feature post_feature;
static const struct feature *const features[] = {&post_feature};

struct post_stage post_begin(bool has_sink, const char *const *more)
{
    struct post_stage s = {.h = harness_new(), .now_ms = clock_now_ms() + POST_MINUTE, .has_sink = has_sink};

    if (has_sink)
        mail_sink_begin(&s.sink, more);
    s.outside = (struct outside){.origin = "https://welfare.example",
                                 .is_origin_set = true,
                                 .allow = "",
                                 .mail_server = "",
                                 .mail_from = "WeCaRe <posta@welfare.example>",
                                 .mail_user = "",
                                 .mail_password_file = "",
                                 .mail_tls = "starttls"};
    return s;
}

void post_end(struct post_stage *s)
{
    if (s->has_sink)
        mail_sink_end(&s->sink);
    harness_free(s->h);
}

bool post_run(struct post_stage *s, int64_t later_ms)
{
    if (s->has_sink && *s->outside.mail_server == '\0')
        s->outside.mail_server = s->sink.server;
    s->hands = (struct jobs_hands){s->h->db, features, 1, &s->outside, s->hands.stop};
    if (!s->is_planned)
        OK(jobs_plan(&s->hands));
    s->is_planned = true;
    return jobs_run_one(&s->hands, s->now_ms + later_ms);
}

enum status post_put_job(struct ctx *c, void *arg)
{
    struct post_try *p = arg;

    p->got = post_put(c, &p->mail, &p->state);
    if (c->problems.n > 0)
        p->problem = str_of(c->problems.list[0].field);
    return ST_OK;
}

enum post_state post_put_to(struct post_stage *s, const char *to)
{
    struct post_try p = {.mail = {.key = str_of(to),
                             .to = str_of(to),
                             .subject = STR("È ancora tutto giusto?"),
                             .text = STR("Apri {portal}/conferma/canarino7391\n"),
                             .organisation_id = 7}};

    OK(harness_write(s->h, post_put_job, &p));
    OK(p.got);
    return p.state;
}

enum status post_find_job(struct ctx *c, void *arg)
{
    struct post_find *f = arg;

    return post_by_key(c, str_of(f->key), &f->row);
}

struct post_row post_find(struct post_stage *s, const char *key)
{
    struct post_find f = {.key = key};

    OK(harness_read(s->h, post_find_job, &f));
    return f.row;
}

void post_is(struct post_stage *s, const char *key, enum post_state want)
{
    const struct post_row r = post_find(s, key);

    if (r.state != want)
        ck_abort_msg("%s is %s: %.*s", key, post_state_name(r.state), (int)r.words.n, r.words.p);
}

void post_holds(struct str s, const char *part)
{
    if (s.n == 0 || memmem(s.p, s.n, part, strlen(part)) == NULL)
        ck_abort_msg("\"%s\" is not in: %.*s", part, (int)s.n, s.p);
}

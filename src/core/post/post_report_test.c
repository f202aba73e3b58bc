/* post_report_test.c - mails that come back later: whose they are, what is marked, and what does nothing. */
#include "base/buf.h"
#include "base/macros.h"
#include "core/post/post_report.h"
#include "core/post/post_testing.h"
#include "tests/unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OK(call) ck_assert_int_eq(call, ST_OK)

/* A report of cases/, about the mail of that number. */
static struct str report(struct arena *mem, const char *name, struct str id)
{
    enum { ROOM = 16384 };
    const char *top = getenv("WECARE_SOURCE");
    FILE *f = fopen(str_fmt(mem, "%s/src/core/post/cases/%s.eml", top == NULL ? "." : top, name).p, "rb");
    char *p = arena_alloc(mem, ROOM);
    struct buf b = buf_new(mem, ROOM);

    ck_assert_msg(f != NULL, "%s is not there", name);
    struct str rest = {p, fread(p, 1, ROOM, f)};

    fclose(f);
    while (rest.n > 0) {
        const char *at = memmem(rest.p, rest.n, "{id}", 4);
        const size_t n = at == NULL ? rest.n : (size_t)(at - rest.p);

        buf_str(&b, str_head(rest, n));
        if (at != NULL)
            buf_str(&b, id);
        rest = str_from(rest, at == NULL ? n : n + 4);
    }
    return buf_view(&b);
}

/* The number before the @ of the mail that went out last. */
static struct str sent_id(struct post_stage *s)
{
    struct str mail = mail_sink_mail(&s->sink, s->h->mem, mail_sink_count(&s->sink)), rest;
    const char *at = memmem(mail.p, mail.n, "Message-ID: <", 13);

    ck_assert_ptr_nonnull(at);
    rest = str_from(mail, (size_t)(at - mail.p) + 13);
    return str_copy(s->h->mem, str_cut(&rest, '@'));
}

struct coming {
    struct str bytes;
    enum status st, marked;
    struct post_back back;
    struct post_mark mark;
};

static enum status come_back(struct ctx *c, void *arg)
{
    struct coming *x = arg;

    x->st = post_came_back(c, x->bytes, &x->back);
    x->marked = post_marked(c, STR("sportello@desk.example"), &x->mark);
    return ST_OK;
}

static struct coming comes(struct post_stage *s, struct str bytes)
{
    struct coming x = {.bytes = bytes};

    OK(harness_write(s->h, come_back, &x));
    return x;
}

START_TEST(test_report__each_shape_of_server_is_read)
{
    static const struct {
        const char *name, *status, *words;
        bool is_marked;
    } cases[] = {{"postfix", "5.1.1", "550 5.1.1 <sportello@desk.example>: Recipient address rejected: User unknown in virtual mailbox table", true},
                 {"exim", "5.0.0", "5.0.0", true},
                 {"exchange", "5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound;", true},
                 {"sendmail", "5.1.2", "550 Host unknown", true},
                 {"qmail", "5.1.1", "Sorry, no mailbox here by that name.", true},
                 {"full", "5.2.2", "552-5.2.2 The email account that you tried to reach is over quota. 552 5.2.2", false}};

    for (int i = 0; i < ARRAY_LEN(cases); i++) {
        struct post_stage s = post_begin(true, NULL);

        post_put_to(&s, "sportello@desk.example");
        ck_assert(post_run(&s, 0));
        post_is(&s, "sportello@desk.example", POST_SENT);
        const struct str bytes = report(s.h->mem, cases[i].name, sent_id(&s));
        struct coming x = comes(&s, bytes);

        ck_assert_msg(x.st == ST_OK, "%s is not read", cases[i].name);
        post_is(&s, "sportello@desk.example", POST_BOUNCED);
        ck_assert_msg(str_eq_z(x.back.status, cases[i].status), "%s: %.*s", cases[i].name, (int)x.back.status.n, x.back.status.p);
        post_holds(post_find(&s, "sportello@desk.example").words, cases[i].words);
        ck_assert_int_eq(x.back.is_marked, cases[i].is_marked);
        ck_assert_int_eq(x.marked, cases[i].is_marked ? ST_OK : ST_NOT_FOUND);
        x = comes(&s, bytes); /* the same twice */
        ck_assert_int_eq(x.st, ST_NOT_FOUND);
        post_end(&s);
    }
}
END_TEST

/* A warning, an answer by itself, a mail of somebody else, one that a stranger made up. */
START_TEST(test_report__what_is_no_failure_of_ours_does_nothing)
{
    static const char *const names[] = {"delayed", "away"};
    struct post_stage s = post_begin(true, NULL);

    post_put_to(&s, "sportello@desk.example");
    ck_assert(post_run(&s, 0));
    for (int i = 0; i < ARRAY_LEN(names); i++)
        ck_assert_msg(comes(&s, report(s.h->mem, names[i], sent_id(&s))).st == ST_NOT_FOUND, "%s does something", names[i]);
    ck_assert_int_eq(comes(&s, report(s.h->mem, "postfix", STR("0190aaaa-0000-7000-8000-000000000000"))).st, ST_NOT_FOUND);
    ck_assert_int_eq(comes(&s, report(s.h->mem, "postfix", STR(""))).st, ST_NOT_FOUND);
    ck_assert_int_eq(comes(&s, STR("")).st, ST_NOT_FOUND);
    ck_assert_int_eq(comes(&s, STR("Status: 5.1.1\nAction: failed\n")).st, ST_NOT_FOUND);
    post_is(&s, "sportello@desk.example", POST_SENT);
    post_end(&s);
}
END_TEST

/* Cut anywhere, or with bytes that are no text: nothing worse than nothing comes of it. */
START_TEST(test_report__cut_anywhere_and_wrong_bytes)
{
    struct arena *mem = arena_new(0);
    const struct str whole = report(mem, "postfix", STR("0190"));
    struct post_report r;

    for (size_t n = 0; n <= whole.n; n += 7) {
        post_report_read(mem, str_copy(mem, str_head(whole, n)), &r);
        ck_assert(r.n_ids <= POST_REPORT_IDS && r.words.n <= POST_REPORT_WORDS);
    }
    char *p = arena_alloc(mem, whole.n);

    memcpy(p, whole.p, whole.n);
    for (size_t i = 0; i < whole.n; i += 11)
        p[i] = (char)(0x80 | i);
    post_report_read(mem, (struct str){p, whole.n}, &r);
    ck_assert(str_is_utf8(r.words));
    arena_free(mem);
}
END_TEST

UNIT_MAIN("post_report", test_report__each_shape_of_server_is_read, test_report__what_is_no_failure_of_ours_does_nothing,
          test_report__cut_anywhere_and_wrong_bytes)

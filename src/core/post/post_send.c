/* post_send.c - the job that sends what is due, one mail after the other over one connection. */
#include "core/post/post_send.h"
#include "base/log.h"
#include "core/jobs/jobs.h"
#include "core/post/post_compose.h"
#include "core/post/post_smtp.h"
#include "core/post/post_store.h"

const char post_job_name[] = "post-send";

enum { MAX_CUTS = 3 };
static const int64_t FIRST_PAUSE_MS = 5 * 60 * 1000, MAX_PAUSE_MS = 12 * 3600 * 1000;

struct sending {
    struct job_run *run;
    struct post_sender from;
    struct post_wire *wire;
    /* the mail at hand */
    struct post_due *due;
    int n_due;
    enum post_outcome outcome;
    struct str words;
    int n_cuts;
    /* afterwards */
    int64_t next_at, n_waiting;
};

struct str post_hindrance(struct arena *mem, const struct outside *o)
{
    struct post_sender from;

    if (*o->mail_server == '\0')
        return STR("the setting mail.server is unset");
    if (!post_sender_read(mem, str_of(o->mail_from), &from))
        return STR("the setting mail.from is not an address, nor Name <address>");
    /* addresses of this machine mean nothing to who reads mail elsewhere */
    if (!o->is_origin_set && !post_is_here(str_of(o->mail_server)))
        return STR("the setting origin is unset: the addresses in the mails would lead nowhere");
    return STR("");
}

static enum status find_due(struct ctx *c, void *arg)
{
    struct sending *s = arg;

    return post_store_due(c, 1, &s->due, &s->n_due);
}

static enum status find_next(struct ctx *c, void *arg)
{
    struct sending *s = arg;

    return post_store_next(c, &s->next_at, &s->n_waiting);
}

static enum status give_up(struct ctx *c, void *arg)
{
    return post_store_give_up(c, arg);
}

static int64_t pause_after(int n_tries)
{
    int64_t ms = FIRST_PAUSE_MS;

    for (int i = 0; i < n_tries && ms < MAX_PAUSE_MS; i++)
        ms *= 2;
    return ms < MAX_PAUSE_MS ? ms : MAX_PAUSE_MS;
}

/* What came of it, in the rows. */
static enum status note(struct ctx *c, void *arg)
{
    const struct sending *s = arg;
    enum status st = ST_OK;

    switch (s->outcome) {
    case POST_ACCEPTED:
        return post_store_end(c, s->due, POST_SENT, STR(""));
    case POST_ADDRESS_REFUSED:
        st = post_store_mark(c, s->due->address, s->words);
        return st == ST_OK ? post_store_end(c, s->due, POST_BOUNCED, s->words) : st;
    case POST_MAIL_REFUSED:
        return post_store_end(c, s->due, POST_BOUNCED, s->words);
    case POST_TRY_LATER:
    case POST_CUT:
        return post_store_later(c, s->due, c->now_ms + pause_after(s->due->n_tries), s->words);
    case POST_NO_SERVER:
        return post_store_all_tried(c, s->words);
    case POST_STOPPED:
        break;
    }
    return st;
}

static void tell(const struct sending *s)
{
    static const char *const names[] = {"sent", "address-refused", "mail-refused", "later", "cut", "no-server", "stopped"};

    log_event(s->outcome == POST_ACCEPTED ? LOG_INFO : LOG_WARN, "mail", LOG_INT("mail", s->due->mail_id),
              LOG_Z("outcome", names[s->outcome]), LOG_INT("tries", s->due->n_tries + 1), LOG_END);
}

/* ST_NOT_FOUND: nothing is due any more. */
static enum status send_one(struct sending *s)
{
    struct job_run *run = s->run;
    enum status st = jobs_hold(run);

    if (st == ST_OK)
        st = jobs_read(run, find_due, s);
    if (st != ST_OK || s->n_due == 0)
        return st == ST_OK ? ST_NOT_FOUND : st;
    const struct post_letter l = {.from = s->from,
                                  .to = s->due->address,
                                  .subject = s->due->subject,
                                  .text = s->due->text,
                                  .reply_to = s->due->reply_to,
                                  .unsubscribe = s->due->unsubscribe,
                                  .message_id = s->due->message_id,
                                  .origin = str_of(run->outside->origin),
                                  .at_ms = run->now_ms};

    s->outcome = post_wire_send(s->wire, s->from.address, s->due->address, post_compose(run->mem, &l), run->mem,
                                &s->words);
    tell(s);
    st = jobs_write(run, note, s);
    if (st != ST_OK)
        return st;
    /* One mail that makes the line break must not hold up all others; when it goes on breaking it is the server. */
    s->n_cuts += s->outcome == POST_CUT;
    if (s->outcome == POST_NO_SERVER || s->n_cuts == MAX_CUTS) {
        run->why = s->words;
        return ST_UNAVAILABLE;
    }
    return s->outcome == POST_STOPPED ? ST_BUSY : ST_OK;
}

static enum status send_all(struct sending *s)
{
    struct job_run *run = s->run;
    const struct post_wire_options o = {.outside = run->outside, .stop = run->stop};
    enum status st = ST_OK;

    s->wire = post_wire_open(&o, run->mem, &run->why);
    if (s->wire == NULL)
        return ST_UNAVAILABLE;
    for (int i = 0; st == ST_OK && i < POST_AT_ONCE && !jobs_must_stop(run); i++)
        st = send_one(s);
    post_wire_close(s->wire);
    return st == ST_NOT_FOUND ? ST_OK : st;
}

enum status post_send_job(struct job_run *run)
{
    struct sending s = {.run = run};
    int64_t n = 0;
    enum status st = jobs_write(run, give_up, &n);

    if (n > 0)
        log_event(LOG_WARN, "mails-given-up", LOG_INT("mails", n), LOG_END);
    if (st == ST_OK)
        st = jobs_read(run, find_next, &s);
    if (st != ST_OK || s.n_waiting == 0)
        return st;
    if (*run->outside->mail_server == '\0')
        return ST_OK; /* no failure: the keeper has not set it, and mails wait */
    run->why = post_hindrance(run->mem, run->outside);
    if (run->why.n > 0)
        return ST_UNAVAILABLE;
    post_sender_read(run->mem, str_of(run->outside->mail_from), &s.from);
    if (s.next_at <= run->now_ms)
        st = send_all(&s);
    if (st == ST_OK)
        st = jobs_read(run, find_next, &s);
    if (st == ST_OK && s.n_waiting > 0) /* it looks every few minutes anyway */
        run->again_at = s.next_at < run->now_ms + POST_EVERY_S * 1000 ? s.next_at : 0;
    return st;
}

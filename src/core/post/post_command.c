/* post_command.c - `wecare mail`: the outbox, as its keeper sees it. */
#include "base/buf.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/random.h"
#include "core/post/post_compose.h"
#include "core/post/post_report.h"
#include "core/post/post_send.h"
#include "core/post/post_smtp.h"
#include "core/post/post_store.h"
#include <stdio.h>
#include <string.h>

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2, LISTED = 1000 };

const char post_mail_help[] =
    "wecare mail                       what waits to be sent, and what keeps it from going\n"
    "wecare mail list [STATE]          waiting, sent, bounced, given-up or dropped\n"
    "wecare mail show ID               one with its text, while that is kept\n"
    "wecare mail retry ID              sends it again: one that waits, bounced or was given up\n"
    "wecare mail test ADDRESS          sends a mail of a few words there, now, and tells what came of it\n"
    "wecare mail bounced FILE|-        reads a mail that came back (a delivery report); a mail server may run it\n"
    "                                  for each that comes to the address of mail.from: docs/operator\n"
    "\n"
    "The running portal sends by itself. A mail not taken is tried again for 5 days; one refused for good\n"
    "is bounced, with the server's words. With mail.server unset mails wait, and nothing is given up.\n"
    "What a mail says is wiped when it was sent, or a week after it failed.\n";

struct mail_job {
    struct arena *mem;
    const struct outside *outside;
    const char *verb, *what;
    struct str report; /* of `bounced` */
    struct buf said;
};

static void say(struct mail_job *j, const char *before, struct str s)
{
    buf_fmt(&j->said, "%s%.*s", before, (int)s.n, s.p);
}

static void say_row(struct mail_job *j, const struct post_row *r)
{
    const struct str at = instant_iso(j->mem, r->ended_at != 0 ? r->ended_at : r->put_at);

    buf_fmt(&j->said, "%-6lld %-8s ", (long long)r->mail_id, post_state_name(r->state));
    say(j, "", at);
    say(j, "  ", r->to);
    say(j, "  ", r->subject);
    if (r->n_tries > 0 && r->state == POST_WAITING)
        buf_fmt(&j->said, "; tried %d times", r->n_tries);
    if (r->words.n > 0)
        say(j, "; ", r->words);
    buf_char(&j->said, '\n');
}

static enum status list(struct mail_job *j, struct ctx *c, enum post_state state)
{
    const struct str hindrance = post_hindrance(c->mem, j->outside);
    struct post_row *rows;
    int n = 0;
    const enum status st = post_list(c, state, 0, LISTED, &rows, &n);

    if (st != ST_OK)
        return st;
    for (int i = 0; i < n; i++)
        say_row(j, &rows[i]);
    if (n == 0)
        buf_fmt(&j->said, "No mail is %s.\n", post_state_name(state));
    else if (n == LISTED)
        buf_fmt(&j->said, "... the first %d\n", LISTED);
    if (state == POST_WAITING && hindrance.n > 0)
        buf_fmt(&j->said, "Mails wait: %.*s.\n", (int)hindrance.n, hindrance.p);
    return ST_OK;
}

static enum status show(struct mail_job *j, struct ctx *c, int64_t id)
{
    struct post_row r;
    const enum status st = post_by_id(c, id, &r);

    if (st != ST_OK)
        return st;
    say_row(j, &r);
    /* the addresses in it as the reader will see them */
    const struct text_arg portal = {"portal", str_of(j->outside->origin)};

    if (r.text.n > 0)
        say(j, "\n", text_fill(c->mem, r.text, &portal, 1));
    buf_z(&j->said, r.text.n > 0 ? "\n" : "Its text is not kept any more.\n");
    return ST_OK;
}

static enum status retry(struct mail_job *j, struct ctx *c, int64_t id)
{
    const enum status st = post_retry(c, id);

    if (st == ST_OK)
        buf_fmt(&j->said, "Mail %lld is to be sent again.\n", (long long)id);
    else if (st == ST_CONFLICT)
        buf_fmt(&j->said, "Mail %lld cannot be sent again: it was sent or withdrawn, or its text is not kept any more.\n",
                (long long)id);
    return st;
}

static int state_named(const char *name)
{
    for (int s = POST_WAITING; s <= POST_DROPPED; s++)
        if (strcmp(name, post_state_name((enum post_state)s)) == 0)
            return s;
    return -1;
}

static enum status run(struct db_tx *tx, void *arg)
{
    struct mail_job *j = arg;
    struct ctx c = ctx_new(j->mem, &actor_keeper, LANG_EN);
    int64_t id = 0;
    enum status st;

    c.tx = tx;
    j->said = buf_new(j->mem, 1024);
    if (strcmp(j->verb, "list") == 0)
        return list(j, &c, (enum post_state)state_named(j->what));
    if (!str_to_int(str_of(j->what), &id))
        st = ST_NOT_FOUND;
    else
        st = strcmp(j->verb, "show") == 0 ? show(j, &c, id) : retry(j, &c, id);
    if (st == ST_NOT_FOUND)
        buf_fmt(&j->said, "There is no mail %s. See the list with: wecare mail list\n", j->what);
    return st;
}

/* ---- a mail now ---- */

static enum status unmark(struct db_tx *tx, void *arg)
{
    struct mail_job *j = arg;
    struct ctx c = ctx_new(j->mem, &actor_keeper, LANG_EN);

    c.tx = tx;
    return post_unmark(&c, str_of(j->what));
}

static int send_test(struct mail_job *j, struct db *d)
{
    struct str why = post_hindrance(j->mem, j->outside), words;
    struct post_letter l = {.to = str_of(j->what),
                            .subject = STR("Prova di posta dal portale"),
                            .text = STR("Questa è una prova: la posta del portale arriva.\n{portal}\n"),
                            .message_id = random_uuid(j->mem, clock_now_ms()),
                            .origin = str_of(j->outside->origin),
                            .at_ms = clock_now_ms()};

    if (!post_is_address(l.to)) {
        fprintf(stderr, "\"%s\" is not a mail address.\n", j->what);
        return EXIT_USAGE;
    }
    struct post_wire *w =
        why.n > 0 ? NULL : post_wire_open(&(struct post_wire_options){.outside = j->outside}, j->mem, &why);

    if (w == NULL) {
        fprintf(stderr, "Not sent: %.*s.\n", (int)why.n, why.p);
        return EXIT_REFUSED;
    }
    post_sender_read(j->mem, str_of(j->outside->mail_from), &l.from);
    const enum post_outcome out = post_wire_send(w, l.from.address, l.to, post_compose(j->mem, &l), j->mem, &words);

    post_wire_close(w);
    if (out != POST_ACCEPTED) {
        fprintf(stderr, "Not taken: %.*s\n", (int)words.n, words.p);
        return EXIT_REFUSED;
    }
    printf("Taken by the mail server: %.*s\n", (int)words.n, words.p);
    if (db_write(d, unmark, j) != ST_OK)
        fputs("The database did not take it that the address is good.\n", stderr);
    return EXIT_DONE;
}

/* ---- a mail that came back ---- */

static enum status take_back(struct db_tx *tx, void *arg)
{
    struct mail_job *j = arg;
    struct ctx c = ctx_new(j->mem, &actor_keeper, LANG_EN);
    struct post_back back;

    c.tx = tx;
    j->said = buf_new(j->mem, 256);
    const enum status st = post_came_back(&c, j->report, &back);

    if (st == ST_NOT_FOUND)
        buf_z(&j->said, "It reports no failure of a mail that was sent from here; nothing was changed.\n");
    if (st == ST_OK)
        buf_fmt(&j->said, "Mail %lld came back (%.*s); %s\n", (long long)back.mail_id, (int)back.status.n, back.status.p,
                back.is_marked ? "nothing more is sent to its address." : "its address may still be good.");
    return st == ST_NOT_FOUND ? ST_OK : st;
}

static bool read_report(struct mail_job *j)
{
    const bool is_stdin = strcmp(j->what, "-") == 0;
    FILE *f = is_stdin ? stdin : fopen(j->what, "rb");
    char *p = arena_alloc(j->mem, POST_REPORT_MOST_BYTES);
    const size_t n = f == NULL ? 0 : fread(p, 1, POST_REPORT_MOST_BYTES, f);
    const bool is_read = f != NULL && ferror(f) == 0;

    if (f != NULL && !is_stdin)
        fclose(f);
    j->report = (struct str){p, n};
    return is_read;
}

/* For who pipes mails to it: a report of nobody is no failure, and a database that is away is one for now (75, EX_TEMPFAIL). */
static int came_back(struct mail_job *j, struct db *d)
{
    enum { EXIT_LATER = 75 };

    if (!read_report(j)) {
        fprintf(stderr, "%s cannot be read.\n", j->what);
        return EXIT_USAGE;
    }
    const enum status st = db_write(d, take_back, j);

    if (st != ST_OK) {
        fprintf(stderr, "The database did not take it (%s); nothing was changed.\n", status_name(st));
        return EXIT_LATER;
    }
    fwrite(j->said.p, 1, j->said.n, stdout);
    return EXIT_DONE;
}

static bool read_words(struct mail_job *j, int argc, char **argv)
{
    j->verb = argc > 0 ? argv[0] : "list";
    j->what = argc > 1 ? argv[1] : "waiting";
    if (strcmp(j->verb, "list") == 0)
        return argc <= 2 && state_named(j->what) >= 0;
    return argc == 2 && (strcmp(j->verb, "show") == 0 || strcmp(j->verb, "retry") == 0 || strcmp(j->verb, "test") == 0 ||
                         strcmp(j->verb, "bounced") == 0);
}

int post_mail_command(struct db *d, const struct outside *o, int argc, char **argv)
{
    struct mail_job j = {.mem = arena_new(0), .outside = o};
    int code = EXIT_USAGE;

    if (!read_words(&j, argc, argv)) {
        fputs(post_mail_help, stderr);
    } else if (strcmp(j.verb, "test") == 0) {
        code = send_test(&j, d);
    } else if (strcmp(j.verb, "bounced") == 0) {
        code = came_back(&j, d);
    } else {
        const enum status st = db_write(d, run, &j);

        code = st == ST_OK ? EXIT_DONE : EXIT_REFUSED;
        fwrite(j.said.p, 1, j.said.n, st == ST_OK ? stdout : stderr);
        if (st != ST_OK && j.said.n == 0)
            fprintf(stderr, "The database did not take it (%s); nothing was changed.\n", status_name(st));
    }
    arena_free(j.mem);
    return code;
}

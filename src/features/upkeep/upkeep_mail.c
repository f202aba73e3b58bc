/* upkeep_mail.c - one mail a mailbox: see upkeep_mail.h. */
#include "upkeep_mail.h"
#include "base/buf.h"
#include "base/macros.h"
#include "core/links/links.h"
#include "core/post/post.h"
#include "upkeep_days.h"
#include "upkeep_sql.h"

enum {
    SHOWN_NAMES = 12,    /* of one body in a mail; the page has them all */
    BODIES_A_MAIL = 20,  /* of one mailbox; the others wait for their turn */
    FIRST_ROOM = 2048,
    READ_BYTES = 48 * 1024 * 1024 /* one body with all its entries: reset for the next */
};

/* A body to be written to. */
struct letter {
    int64_t organisation_id;
    struct str name, address, folded;
    bool is_reminder; /* none of its entries is asked for the first time */
    bool is_done;
};

/* ---- addresses ---- */

static struct str of_contacts(const struct organisation *o)
{
    for (int i = 0; i < o->parts.n_contacts; i++)
        if (post_is_address(o->parts.contacts[i].email))
            return o->parts.contacts[i].email;
    return STR("");
}

/* The one that most of its entries give; the first of those that are as many. */
static enum status of_entries(struct ctx *c, int64_t organisation_id, struct str *out)
{
    struct service *list;
    int n = 0, best = 0;
    const enum status st = catalogue_of_organisation(c, organisation_id, &list, &n);

    for (int i = 0; st == ST_OK && i < n; i++) {
        int same = 0;

        if (!post_is_address(list[i].email))
            continue;
        for (int k = 0; k < n; k++)
            same += str_eq(list[k].email, list[i].email);
        if (same > best) {
            best = same;
            *out = list[i].email;
        }
    }
    return st;
}

static enum status address_of(struct ctx *c, const struct organisation *o, struct str *out)
{
    struct upkeep_mailbox m;
    enum status st = upkeep_store_mailbox(c, o->organisation_id, &m);

    *out = STR("");
    if (st != ST_OK)
        return st;
    if (post_is_address(m.email))
        *out = m.email;
    else if (post_is_address(o->email))
        *out = o->email;
    else
        *out = of_contacts(o);
    return out->n > 0 ? ST_OK : of_entries(c, o->organisation_id, out);
}

enum status upkeep_address_of(struct ctx *c, int64_t organisation_id, struct str *out)
{
    struct organisation o;
    const enum status st = organisations_by_id(c, organisation_id, &o);

    *out = STR("");
    return st == ST_OK ? address_of(c, &o, out) : st;
}

/* ---- how the last mails went ---- */

static enum status list_all(struct ctx *c, int64_t organisation_id, const char *why, struct upkeep_report *r)
{
    int64_t n = 0;
    const enum status st = upkeep_sql_entry_list_organisation(
        c,
        &(struct upkeep_entry_list_organisation_in){.organisation_id = organisation_id,
                                                    .until = day_iso(c->mem, c->today + UPKEEP_AHEAD_DAYS),
                                                    .why = str_of(why)},
        &n);

    r->n_listed += (int)n;
    return st;
}

static enum status take_result(struct ctx *c, const struct upkeep_mailbox_waiting_row *m, struct upkeep_report *r)
{
    struct post_row mail;
    const char *state = "waiting";
    enum status st = post_by_key(c, m->mail_key, &mail);

    if (st != ST_OK)
        return st == ST_NOT_FOUND ? ST_OK : st;
    if (mail.state == POST_SENT)
        state = "sent";
    else if (mail.state != POST_WAITING)
        state = "bounced";
    if (str_eq_z(m->mail_state, state))
        return ST_OK;
    st = upkeep_sql_mailbox_set_state(c,
                                      &(struct upkeep_mailbox_set_state_in){.organisation_id = m->organisation_id,
                                                                            .mail_state = str_of(state),
                                                                            .mail_words = mail.words},
                                      NULL);
    if (st == ST_OK && strcmp(state, "bounced") == 0)
        st = list_all(c, m->organisation_id, "bounced", r);
    return st;
}

enum status upkeep_mail_results(struct ctx *c, struct upkeep_report *r)
{
    struct upkeep_mailbox_waiting_row *rows;
    int n = 0;
    enum status st = upkeep_sql_mailbox_waiting(c, &rows, &n);

    for (int i = 0; st == ST_OK && i < n; i++)
        st = take_result(c, &rows[i], r);
    return st;
}

/* ---- the words ---- */

static struct str say(struct ctx *c, const char *key, int64_t n, const struct text_arg *args, int n_args)
{
    struct text_arg with[4] = {{"n", text_int(c->mem, c->lang, n)}};

    for (int i = 0; i < n_args; i++)
        with[i + 1] = args[i];
    return text_fill(c->mem, text_get_n(c->lang, key, n), with, n_args + 1);
}

static void put_line(struct buf *b, struct str words)
{
    buf_str(b, words);
    buf_z(b, "\n");
}

static void put_names(struct ctx *c, struct buf *b, const struct upkeep_entry_asked_of_row *rows, int n)
{
    const int shown = n <= SHOWN_NAMES + 1 ? n : SHOWN_NAMES; /* "e un'altra" is longer than its name */

    for (int i = 0; i < shown; i++)
        buf_fmt(b, "- %.*s\n", (int)rows[i].name.n, rows[i].name.p);
    if (shown < n)
        buf_fmt(b, "- %s\n", str_z(c->mem, say(c, "upkeep.mail-more", n - shown, NULL, 0)));
}

/* What one body reads of its entries: how many, which, the link. *out_n: entries it is asked about. */
static enum status put_body(struct ctx *c, struct buf *b, const struct letter *l, int *out_n)
{
    struct upkeep_entry_asked_of_row *rows;
    struct str token;
    int n = 0;
    enum status st =
        upkeep_sql_entry_asked_of(c,
                                  &(struct upkeep_entry_asked_of_in){.organisation_id = l->organisation_id,
                                                                     .until = day_iso(c->mem, c->today + UPKEEP_AHEAD_DAYS)},
                                  &rows, &n);

    if (st == ST_OK)
        st = links_issue(c, &(struct links_ask){.purpose = LINKS_CONFIRM, .organisation_id = l->organisation_id}, &token);
    if (st != ST_OK)
        return st;
    const struct text_arg name = {"name", l->name};
    const struct str path = links_path(c, LINKS_CONFIRM, token);

    put_line(b, say(c, "upkeep.mail-entries", n, &name, 1));
    buf_z(b, "\n");
    put_names(c, b, rows, n);
    buf_z(b, "\n");
    put_line(b, text_get(c->lang, "upkeep.mail-look"));
    buf_fmt(b, "{portal}%.*s\n\n", (int)path.n, path.p);
    *out_n += n;
    return ST_OK;
}

static void put_end(struct ctx *c, struct buf *b, bool is_reminder)
{
    put_line(b, text_get(c->lang, "upkeep.mail-change"));
    buf_z(b, "\n");
    put_line(b, text_get(c->lang, is_reminder ? "upkeep.mail-then-call" : "upkeep.mail-then-again"));
    buf_z(b, "\n");
    put_line(b, text_get(c->lang, "upkeep.mail-link-lives"));
}

static struct str subject_of(struct ctx *c, const struct letter *l, int n_bodies, int n, bool is_reminder)
{
    const struct text_arg args[] = {{"name", l->name}, {"bodies", text_int(c->mem, c->lang, n_bodies)}};

    if (n_bodies > 1)
        return say(c, is_reminder ? "upkeep.mail-again-many" : "upkeep.mail-ask-many", n, args, 2);
    return say(c, is_reminder ? "upkeep.mail-again" : "upkeep.mail-ask", n, args, 1);
}

/* ---- writing ---- */

static enum status note_written(struct ctx *c, const struct letter *l, struct str key, enum post_state state,
                                struct upkeep_report *r)
{
    const struct str until = day_iso(c->mem, c->today + UPKEEP_AHEAD_DAYS);
    struct upkeep_mailbox m;
    int64_t n_reminded = 0, n_asked = 0;
    enum status st = upkeep_store_mailbox(c, l->organisation_id, &m);

    m.n_mails++;
    m.since_mail = 0;
    m.mail_key = key;
    m.mail_on = c->today;
    m.mail_words = STR("");
    m.mail_state = state == POST_BOUNCED ? STR("bounced") : state == POST_SENT ? STR("sent") : STR("waiting");
    if (st == ST_OK)
        st = upkeep_store_put_mailbox(c, &m);
    if (st == ST_OK && state == POST_BOUNCED)
        return list_all(c, l->organisation_id, "bounced", r);
    if (st == ST_OK)
        st = upkeep_sql_entry_set_reminded(c,
                                           &(struct upkeep_entry_set_reminded_in){.organisation_id = l->organisation_id,
                                                                                  .remind_rounds = UPKEEP_REMIND_ROUNDS},
                                           &n_reminded);
    if (st == ST_OK)
        st = upkeep_sql_entry_set_asked(
            c, &(struct upkeep_entry_set_asked_in){.organisation_id = l->organisation_id, .until = until}, &n_asked);
    r->n_reminded += (int)n_reminded;
    r->n_asked += (int)n_asked;
    return st;
}

/* One mail to the mailbox of list[first], for all bodies that share it. */
static enum status write_mail(struct ctx *c, struct letter *list, int n_list, int first, struct upkeep_report *r)
{
    struct letter *const l = &list[first], *in[BODIES_A_MAIL];
    struct buf b = buf_new(c->mem, FIRST_ROOM);
    struct upkeep_mailbox m;
    enum post_state state = POST_WAITING;
    bool is_reminder = true;
    int n_bodies = 0, n = 0;
    enum status st = upkeep_store_mailbox(c, l->organisation_id, &m);

    for (int i = first; i < n_list; i++) {
        if (list[i].is_done || !str_eq(list[i].folded, l->folded))
            continue;
        list[i].is_done = true;
        if (n_bodies < BODIES_A_MAIL) {
            in[n_bodies++] = &list[i];
            is_reminder = is_reminder && list[i].is_reminder;
        }
    }
    put_line(&b, text_get(c->lang, is_reminder ? "upkeep.mail-hello-again" : "upkeep.mail-hello"));
    buf_z(&b, "\n");
    for (int i = 0; st == ST_OK && i < n_bodies; i++)
        st = put_body(c, &b, in[i], &n);
    put_end(c, &b, is_reminder);
    if (st != ST_OK)
        return st;
    const struct str key =
        str_fmt(c->mem, "upkeep:%lld:%d", (long long)l->organisation_id, m.n_mails + 1);
    const struct post_mail mail = {.key = key,
                                   .to = l->address,
                                   .subject = subject_of(c, l, n_bodies, n, is_reminder),
                                   .text = buf_view(&b),
                                   .organisation_id = l->organisation_id};

    st = post_put(c, &mail, &state);
    for (int i = 0; st == ST_OK && i < n_bodies; i++)
        st = note_written(c, in[i], key, state, r);
    r->n_mails += state != POST_BOUNCED;
    return st;
}

/* Name and address of one; *out_is_known false: hidden by who keeps the portal. What was read on the way goes
 * with the scratch. */
static enum status read_letter(struct ctx *c, struct arena *scratch, struct letter *l, bool *out_is_known)
{
    struct ctx at = *c;
    struct organisation o;
    struct str address;

    at.mem = scratch;
    arena_reset(scratch);
    enum status st = organisations_by_id(&at, l->organisation_id, &o);

    *out_is_known = st == ST_OK;
    if (st == ST_OK)
        st = address_of(&at, &o, &address);
    if (st != ST_OK)
        return st == ST_NOT_FOUND ? ST_OK : st;
    l->name = str_copy(c->mem, o.name);
    l->address = str_copy(c->mem, address);
    l->folded = str_fold(c->mem, l->address);
    return ST_OK;
}

/* Without an address there is nobody to wait for: the managing body telephones. */
static enum status read_letters(struct ctx *c, const struct upkeep_entry_to_mail_row *rows, int n, struct letter *list,
                                int *n_list, struct upkeep_report *r)
{
    struct arena *const scratch = arena_new(READ_BYTES);
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && i < n; i++) {
        struct letter l = {.organisation_id = rows[i].organisation_id, .is_reminder = rows[i].n_due == 0};
        bool is_known;

        st = read_letter(c, scratch, &l, &is_known);
        if (st == ST_OK && is_known && l.address.n == 0)
            st = list_all(c, l.organisation_id, "no-address", r);
        else if (st == ST_OK && is_known)
            list[(*n_list)++] = l;
    }
    arena_free(scratch);
    return st;
}

enum status upkeep_mail_round(struct ctx *c, struct upkeep_report *r)
{
    const struct upkeep_entry_to_mail_in in = {.today = day_iso(c->mem, c->today),
                                               .remind_rounds = UPKEEP_REMIND_ROUNDS,
                                               .pause_rounds = UPKEEP_PAUSE_ROUNDS};
    struct upkeep_entry_to_mail_row *rows;
    int n = 0, n_list = 0;
    enum status st = upkeep_sql_entry_to_mail(c, &in, &rows, &n);

    if (st != ST_OK)
        return st;
    struct letter *const list = ARENA_ARRAY(c->mem, struct letter, (size_t)n);

    st = read_letters(c, rows, n, list, &n_list, r);
    for (int i = 0; st == ST_OK && i < n_list; i++) {
        if (list[i].is_done)
            continue;
        if (r->n_mails >= UPKEEP_MAILS_A_DAY) {
            r->n_waiting_mail++;
            continue;
        }
        st = write_mail(c, list, n_list, i, r);
    }
    return st;
}

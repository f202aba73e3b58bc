/* post.c - what may go into the outbox, and what may be done with it there. */
#include "core/post/post.h"
#include "base/macros.h"
#include "base/random.h"
#include "core/jobs/jobs.h"
#include "core/post/post_send.h"
#include "core/post/post_report.h"
#include "core/post/post_store.h"
#include <string.h>


/* ---- addresses ---- */

static bool is_letter_or_digit(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9');
}

/* Pieces parted by single dots, each of 1 to most characters that are letters, digits or of `also`. */
static bool is_dotted(struct str s, const char *also, size_t most, int *out_n_pieces)
{
    size_t n = 0;

    *out_n_pieces = 1;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '.') {
            if (n == 0)
                return false;
            n = 0;
            ++*out_n_pieces;
        } else if (s.p[i] == '\0' || (!is_letter_or_digit(s.p[i]) && strchr(also, s.p[i]) == NULL) || ++n > most) {
            return false;
        }
    }
    return n > 0;
}

/* A label of a domain neither begins nor ends with a hyphen, and the last one is no number. */
static bool is_domain(struct str s)
{
    int n_pieces;
    struct str rest = s, label = s;

    if (s.n > 253 || !is_dotted(s, "-", 63, &n_pieces) || n_pieces < 2)
        return false;
    while (rest.n > 0) {
        label = str_cut(&rest, '.');
        if (label.p[0] == '-' || label.p[label.n - 1] == '-')
            return false;
    }
    return label.n >= 2 && !(label.p[0] >= '0' && label.p[0] <= '9');
}

bool post_is_address(struct str s)
{
    struct str domain = s;
    const struct str local = str_cut(&domain, '@');
    int n_pieces;

    return s.n <= POST_ADDRESS_MAX && local.n >= 1 && local.n <= 64 && local.n < s.n &&
           is_dotted(local, "!#$%&'*+-/=?^_`{|}~", 64, &n_pieces) && is_domain(domain);
}

/* ---- putting ---- */

static bool has_line_end(struct str s)
{
    return str_index(s, '\n') >= 0 || str_index(s, '\r') >= 0;
}

static bool is_good_path(struct str s)
{
    if (s.n == 0)
        return true;
    if (s.p[0] != '/' || s.n > 200)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] >= 0x7f || strchr("<>\"\\", s.p[i]) != NULL)
            return false;
    return true;
}

static bool check(struct ctx *c, const struct post_mail *m)
{
    struct problems *p = &c->problems;
    const int before = p->n;

    if (m->key.n == 0 || m->key.n > POST_KEY_MAX || !str_is_utf8(m->key) || has_line_end(m->key))
        problems_add(p, "key", "post.key-bad", m->key);
    if (m->to.n == 0)
        problems_add(p, "to", "post.address-missing", m->to);
    else if (!post_is_address(m->to))
        problems_add(p, "to", "post.address-bad", m->to);
    if (m->reply_to.n > 0 && !post_is_address(m->reply_to))
        problems_add(p, "reply_to", "post.address-bad", m->reply_to);
    if (m->subject.n == 0 || !str_is_utf8(m->subject) || has_line_end(m->subject) ||
        str_length(m->subject) > POST_SUBJECT_MAX)
        problems_add(p, "subject", "post.subject-bad", text_int(c->mem, c->lang, POST_SUBJECT_MAX));
    if (m->text.n == 0 || m->text.n > POST_TEXT_MAX || !str_is_utf8(m->text))
        problems_add(p, "text", "post.text-bad", text_int(c->mem, c->lang, POST_TEXT_MAX));
    if (!is_good_path(m->unsubscribe))
        problems_add(p, "unsubscribe", "post.path-bad", m->unsubscribe);
    return p->n == before;
}

enum status post_put(struct ctx *c, const struct post_mail *typed, enum post_state *out_state)
{
    struct post_mail m = *typed;
    struct post_mark mark;
    struct post_row earlier;
    bool is_new = false;

    m.to = str_trim(m.to);
    m.reply_to = str_trim(m.reply_to);
    if (!check(c, &m))
        return ST_INVALID;
    struct post_new n = {.mail = &m, .state = POST_WAITING, .message_id = random_uuid(c->mem, c->now_ms)};
    enum status st = post_marked(c, m.to, &mark);

    if (st == ST_OK) {
        n.state = POST_BOUNCED;
        n.words = mark.words;
    }
    if (st == ST_OK || st == ST_NOT_FOUND)
        st = post_store_add(c, &n, &is_new);
    if (st == ST_OK && is_new && n.state == POST_WAITING)
        st = jobs_add(c, post_job_name, STR(""), 0);
    if (st == ST_OK && !is_new) {
        st = post_by_key(c, m.key, &earlier);
        if (st == ST_OK)
            n.state = earlier.state;
    }
    if (st == ST_OK && out_state != NULL)
        *out_state = n.state;
    return st;
}

enum status post_drop(struct ctx *c, struct str key)
{
    bool is_done = false;
    const enum status st = post_store_drop(c, key, &is_done);

    return st == ST_OK && !is_done ? ST_NOT_FOUND : st;
}

enum status post_retry(struct ctx *c, int64_t mail_id)
{
    struct post_row row;
    bool is_done = false;
    enum status st = post_by_id(c, mail_id, &row);

    if (st == ST_OK)
        st = post_store_retry(c, mail_id, &is_done);
    if (st == ST_OK && !is_done)
        return ST_CONFLICT;
    if (st == ST_OK)
        st = post_unmark(c, row.to);
    return st == ST_OK ? jobs_move(c, post_job_name, STR(""), c->now_ms) : st;
}

enum status post_move(struct ctx *c, int64_t from_id, int64_t to_id)
{
    return post_store_move(c, from_id, to_id);
}

/* ---- what comes back later ---- */

enum status post_came_back(struct ctx *c, struct str bytes, struct post_back *out)
{
    struct post_report r;
    struct str address = STR("");
    enum status st = ST_NOT_FOUND;

    *out = (struct post_back){0};
    post_report_read(c->mem, bytes, &r);
    for (int i = 0; r.kind != POST_REPORT_NONE && st == ST_NOT_FOUND && i < r.n_ids; i++)
        st = post_store_came_back(c, r.ids[i], r.words, &out->mail_id, &address);
    if (st != ST_OK)
        return st;
    out->status = r.status;
    out->words = r.words;
    out->is_marked = r.kind == POST_REPORT_ADDRESS;
    return out->is_marked ? post_store_mark(c, address, r.words) : ST_OK;
}

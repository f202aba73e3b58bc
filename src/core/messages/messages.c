/* messages.c - rules of a note: what it must be, double sending, the cap, the codes. */
#include "messages.h"
#include "base/buf.h"
#include "base/random.h"
#include "messages_store.h"

enum { NONCE_LEN = 20, NONCE_MAX = 64 };

struct str messages_new_nonce(struct ctx *c)
{
    return random_code(c->mem, NONCE_LEN);
}

/* Browsers send line ends as CR LF: one character for who counts, two for the limit. */
static struct str tidy_words(struct ctx *c, struct str words)
{
    struct buf b = buf_new(c->mem, words.n + 1);

    for (size_t i = 0; i < words.n; i++)
        if (words.p[i] != '\r')
            buf_char(&b, words.p[i]);
    return str_trim(buf_view(&b));
}

/* Only the path of a page of this site: what follows ? may hold what somebody looked for. */
static struct str tidy_page(struct str page)
{
    struct str rest = str_trim(page);
    const struct str path = str_cut(&rest, '?');

    if (path.n == 0 || path.p[0] != '/' || path.n > MESSAGES_PAGE_MAX || str_index(path, '\n') >= 0)
        return STR("");
    return path;
}

static bool check_words(struct ctx *c, const char *field, struct str words)
{
    if (words.n == 0) {
        problems_add(&c->problems, field, "messages.words-missing", words);
        return false;
    }
    const size_t n = str_length(words);

    if (n > MESSAGES_WORDS_MAX) {
        problems_add(&c->problems, field, "messages.words-too-long",
                     text_int(c->mem, c->lang, (int64_t)(n - MESSAGES_WORDS_MAX)));
        return false;
    }
    return true;
}

static bool same_note(const struct messages_note *n, const struct messages_form *f)
{
    return str_eq(n->words, f->words) && str_eq(n->page, f->page);
}

/* The form was sent before: the same words are the same note, other words are another one
 * (somebody went back and wrote on: that must not be lost). */
static enum status send_again(struct ctx *c, struct messages_form *f, struct str *out_code)
{
    struct messages_note first;
    bool is_new = false;
    enum status st = messages_store_by_nonce(c, f->nonce, &first);

    if (st != ST_OK)
        return st;
    if (same_note(&first, f)) {
        *out_code = first.code;
        return ST_OK;
    }
    f->nonce = messages_new_nonce(c);
    *out_code = random_code(c->mem, MESSAGES_CODE_LEN);
    st = messages_store_add(c, f, *out_code, &is_new);
    return st == ST_OK && !is_new ? ST_CONFLICT : st;
}

/* The cap counts new notes only: whoever presses twice is answered as the first time. */
static enum status check_cap(struct ctx *c, const struct messages_form *f)
{
    struct messages_note first;
    int64_t n = 0;
    enum status st = messages_store_count_this_hour(c, &n);

    if (st != ST_OK || n < MESSAGES_PER_HOUR)
        return st;
    st = messages_store_by_nonce(c, f->nonce, &first);
    if (st == ST_OK && same_note(&first, f))
        return ST_OK;
    if (st != ST_OK && st != ST_NOT_FOUND)
        return st;
    return fail(c, ST_INVALID, "messages.too-many-now");
}

enum status messages_send(struct ctx *c, const struct messages_form *typed, struct str *out_code)
{
    struct messages_form f = {.words = tidy_words(c, typed->words),
                              .page = tidy_page(typed->page),
                              .nonce = typed->nonce};
    bool is_new = false;

    check_words(c, "testo", f.words);
    if (c->problems.n > 0)
        return ST_INVALID;
    if (f.nonce.n == 0 || f.nonce.n > NONCE_MAX)
        f.nonce = messages_new_nonce(c);
    enum status st = messages_sweep(c, NULL);

    if (st == ST_OK)
        st = check_cap(c, &f);
    if (st != ST_OK)
        return st;
    *out_code = random_code(c->mem, MESSAGES_CODE_LEN);
    st = messages_store_add(c, &f, *out_code, &is_new);
    return st == ST_OK && !is_new ? send_again(c, &f, out_code) : st;
}

static char upper(char ch)
{
    return ch >= 'a' && ch <= 'z' ? (char)(ch - 'a' + 'A') : ch;
}

struct str messages_tidy_code(struct ctx *c, struct str typed)
{
    struct buf b = buf_new(c->mem, MESSAGES_CODE_LEN + 1);

    for (size_t i = 0; i < typed.n; i++) {
        const char ch = upper(typed.p[i]);
        const bool is_code = (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9');

        if (ch == '-' || ch == ' ')
            continue;
        if (!is_code || b.n == MESSAGES_CODE_LEN)
            return STR("");
        buf_char(&b, ch);
    }
    return b.n == MESSAGES_CODE_LEN ? buf_view(&b) : STR("");
}

struct str messages_show_code(struct ctx *c, struct str code)
{
    const size_t half = MESSAGES_CODE_LEN / 2;

    if (code.n != MESSAGES_CODE_LEN)
        return code;
    return str_fmt(c->mem, "%.*s-%.*s", (int)half, code.p, (int)half, code.p + half);
}

enum status messages_find(struct ctx *c, struct str code, struct messages_note *out)
{
    if (code.n != MESSAGES_CODE_LEN)
        return ST_NOT_FOUND;
    return messages_store_by_code(c, code, out);
}

enum status messages_open(struct ctx *c, struct messages_note **out, int *n_out)
{
    return messages_store_open(c, out, n_out);
}

enum status messages_mark_read(struct ctx *c, struct messages_note *note)
{
    if (note->state != MESSAGES_RECEIVED)
        return ST_OK;
    const enum status st = messages_store_mark_read(c, note->note_id);

    if (st == ST_OK) {
        note->state = MESSAGES_READ;
        note->read_on = c->today;
    }
    return st;
}

enum status messages_answer(struct ctx *c, struct messages_note *note, struct str answer)
{
    const struct str words = tidy_words(c, answer);
    bool is_done = false;

    if (!check_words(c, "risposta", words))
        return ST_INVALID;
    const enum status st = messages_store_set_answer(c, note->note_id, words, &is_done);

    if (st != ST_OK)
        return st;
    if (!is_done)
        return fail(c, ST_CONFLICT, "messages.answered-already");
    note->state = MESSAGES_ANSWERED;
    note->answer = words;
    note->answered_on = c->today;
    return ST_OK;
}

enum status messages_delete(struct ctx *c, const struct messages_note *note)
{
    return messages_store_delete(c, note->note_id);
}

enum status messages_sweep(struct ctx *c, int64_t *n_deleted)
{
    return messages_store_sweep(c, n_deleted);
}

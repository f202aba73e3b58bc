/* links_cookie.c - the keys that a browser holds: tokens in one cookie, with dots between them. */
#include "core/links/links_cookie.h"
#include "base/buf.h"
#include "core/links/links_guess.h"
#include "core/links/links_token.h"

static const char cookie[] = "wecare_key";

/* Whoever sends more than a browser can have been given is not read to the end. */
enum { MAX_HELD = LINKS_PURPOSE_COUNT - 1 };

struct held {
    struct str token;
    struct links_link link;
};

static enum status read_cookie(struct web *w, struct held out[MAX_HELD], int *n_out)
{
    struct str rest = web_cookie(w, cookie);

    *n_out = 0;
    for (int i = 0; i < MAX_HELD && rest.n > 0; i++) {
        struct held *h = &out[*n_out];
        enum status st;

        h->token = links_token_tidy(web_ctx(w)->mem, str_cut(&rest, '.'));
        st = links_find(web_ctx(w), h->token, &h->link);
        if (st == ST_OK)
            ++*n_out;
        else if (st != ST_NOT_FOUND)
            return st;
        else if (links_guessed(web_ctx(w)))
            return ST_BUSY;
    }
    return ST_OK;
}

enum status links_held_here(struct web *w, struct links_link out[LINKS_PURPOSE_COUNT], int *n_out)
{
    struct held held[MAX_HELD];
    const enum status st = read_cookie(w, held, n_out);

    for (int i = 0; st == ST_OK && i < *n_out; i++)
        out[i] = held[i].link;
    return st;
}

enum status links_here(struct web *w, enum links_purpose p, struct links_link *k)
{
    struct held held[MAX_HELD];
    int n = 0;
    const enum status st = read_cookie(w, held, &n);

    *k = (struct links_link){0};
    if (st != ST_OK)
        return st;
    for (int i = 0; i < n; i++)
        if (held[i].link.purpose == p) {
            *k = held[i].link;
            if (k->state != LINKS_LIVE)
                return ST_CONFLICT;
            links_act(web_ctx(w), k);
            return ST_OK;
        }
    return ST_NOT_FOUND;
}

enum status links_hold(struct web *w, struct str token, const struct links_link *k)
{
    struct held held[MAX_HELD];
    struct buf b = buf_new(web_ctx(w)->mem, 128);
    int n = 0;
    const enum status st = read_cookie(w, held, &n);

    if (st != ST_OK)
        return st;
    buf_str(&b, links_token_tidy(web_ctx(w)->mem, token));
    for (int i = 0; i < n; i++)
        if (held[i].link.purpose != k->purpose && held[i].link.state == LINKS_LIVE) {
            buf_char(&b, '.');
            buf_str(&b, held[i].token);
        }
    web_set_cookie(w, cookie, buf_view(&b));
    return ST_OK;
}

void links_let_go(struct web *w)
{
    web_set_cookie(w, cookie, STR(""));
}

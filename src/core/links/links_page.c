/* links_page.c - what people see of a key: whose it is and a button; the keys of this browser; why one
 * does not open. */
#include "base/date.h"
#include "core/links/links.h"
#include "core/links/links_cookie.h"
#include "core/links/links_feature.h"
#include "core/links/links_guess.h"
#include "core/links/links_token.h"
#include "core/links/links_view.h"
#include "links_pages.h"

enum { ENDING_DAYS = 14 };

static const char *const buttons[LINKS_PURPOSE_COUNT] = {
    [LINKS_KEEP] = "links.enter-keep",
    [LINKS_PHONE] = "links.enter-phone",
    [LINKS_APPROVE] = "links.enter-approve",
};

enum status links_open(struct web *w, struct str token, enum links_purpose p, struct links_link *k)
{
    struct ctx *c = web_ctx(w);
    const enum status st = links_find(c, token, k);

    if (st == ST_NOT_FOUND && links_guessed(c))
        return ST_BUSY;
    if (st != ST_OK)
        return st;
    if (k->purpose != p) {
        *k = (struct links_link){0};
        return ST_NOT_FOUND;
    }
    if (k->state != LINKS_LIVE)
        return ST_CONFLICT;
    links_act(c, k);
    return ST_OK;
}

/* ---- why it does not open ---- */

static struct str said(struct ctx *c, const char *key, struct str name, int day)
{
    const struct text_arg args[] = {{"name", name}, {"day", text_day(c->mem, c->lang, day)}};

    return text_fill(c->mem, text_get(c->lang, key), args, ARRAY_LEN(args));
}

enum status links_refuse(struct web *w, enum links_purpose p, enum status st, const struct links_link *k)
{
    struct ctx *c = web_ctx(w);
    const struct site *site = web_site(w);
    const char *title = "links.unknown-title", *happened = "links.unknown", *to_do = "links.unknown-do";
    int code = 404, day = DAY_NONE;

    if (st != ST_NOT_FOUND && st != ST_CONFLICT)
        return st;
    if (st == ST_CONFLICT) {
        const bool is_revoked = k->state == LINKS_REVOKED;

        code = 410;
        day = is_revoked ? k->revoked_on : k->expires_on;
        title = is_revoked ? "links.revoked-title" : "links.expired-title";
        happened = is_revoked ? "links.revoked" : "links.expired";
        to_do = p == LINKS_CONFIRM ? "links.ended-mail-do" : "links.ended-do";
    } else if (!web_is_address_secret(w)) {
        code = 403;
        title = "links.none-title";
        happened = "links.none";
        to_do = "links.none-do";
    }
    struct links_refused_view v = {.frame = frame_new(w, text_get(c->lang, title)),
                                   .title = text_get(c->lang, title),
                                   .happened = said(c, happened, k->name, day),
                                   .to_do = text_get(c->lang, to_do),
                                   .phone = site->phone,
                                   .phone_hours = site->phone_hours,
                                   .contact = site->keeper_contact};

    v.frame->is_hidden = true;
    web_set_code(w, code);
    return html_links_refused(w, &v);
}

/* ---- one key ---- */

/* Any purpose but confirm, which has a page of its own. */
static enum status find(struct web *w, struct str *out_token, struct links_link *k)
{
    struct ctx *c = web_ctx(w);

    *out_token = links_token_tidy(c->mem, web_path_value(w, "token"));
    enum status st = links_find(c, *out_token, k);

    if (st == ST_NOT_FOUND && links_guessed(c))
        return ST_BUSY;
    return st == ST_OK && k->state != LINKS_LIVE ? ST_CONFLICT : st;
}

/* GET /chiave/:token - changes nothing: programs that look through mails open every address. */
enum status links_key_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct links_link k;
    struct str token;
    const enum status st = find(w, &token, &k);

    if (st != ST_OK)
        return links_refuse(w, LINKS_KEEP, st, &k);
    if (k.purpose == LINKS_CONFIRM)
        return web_redirect(w, links_path(c, k.purpose, token));
    struct links_key_view v = {.frame = frame_new(w, text_get(c->lang, "links.key-title")),
                               .action = links_path(c, k.purpose, token),
                               .name = k.name,
                               .opens = links_purpose_words(c, k.purpose),
                               .button = text_get(c->lang, buttons[k.purpose]),
                               .until = text_day(c->mem, c->lang, k.expires_on),
                               .is_ending = k.expires_on - c->today < ENDING_DAYS};

    return html_links_key(w, &v);
}

/* POST /chiave/:token - this browser holds the key from now on. */
enum status links_key_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct links_link k;
    struct str token;
    enum status st = find(w, &token, &k);

    if (st != ST_OK)
        return links_refuse(w, LINKS_KEEP, st, &k);
    if (c->problems.n > 0) /* the form was open for a day: shown again, with a fresh token */
        return web_set_code(w, 422), links_key_page(w);
    if (k.purpose == LINKS_CONFIRM)
        return web_redirect(w, links_path(c, k.purpose, token));
    st = links_hold(w, token, &k);
    if (st == ST_OK)
        st = links_enter(c, k.link_id);
    return st == ST_OK ? web_redirect(w, str_of(links_purpose_path(k.purpose))) : st;
}

/* ---- those of this browser ---- */

/* GET /chiave */
enum status links_keys_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct links_link held[LINKS_PURPOSE_COUNT];
    int n = 0;
    const enum status st = links_held_here(w, held, &n);
    struct links_keys_view v = {.frame = frame_new(w, text_get(c->lang, "links.keys-title")),
                                .was_left = str_eq_z(web_query(w, "lasciate"), "1")};

    if (st != ST_OK)
        return st;
    v.frame->is_hidden = true;
    v.held = ARENA_ARRAY(c->mem, struct links_held, LINKS_PURPOSE_COUNT);
    for (int i = 0; i < n; i++)
        if (held[i].state == LINKS_LIVE && (held[i].purpose == LINKS_KEEP || held[i].purpose == LINKS_APPROVE))
            v.has_regulations = web_has_row(w, "/regolamenti/mio");
    for (int i = 0; i < n; i++)
        if (held[i].state == LINKS_LIVE && links_purpose_path(held[i].purpose) != NULL)
            v.held[v.n_held++] =
                (struct links_held){.name = held[i].name,
                                    .opens = links_purpose_words(c, held[i].purpose),
                                    .until = text_day(c->mem, c->lang, held[i].expires_on),
                                    .path = str_of(links_purpose_path(held[i].purpose))};
    return html_links_keys(w, &v);
}

/* GET /chiave/lascia */
enum status links_leave_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct links_leave_view v = {.frame = frame_new(w, text_get(c->lang, "links.leave-title"))};

    v.frame->is_hidden = true;
    frame_crumb(w, v.frame, text_get(c->lang, "links.keys-title"), STR("/chiave"));
    return html_links_leave(w, &v);
}

/* POST /chiave/lascia */
enum status links_leave_post(struct web *w)
{
    links_let_go(w);
    return web_redirect(w, STR("/chiave?lasciate=1"));
}

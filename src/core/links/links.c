/* links.c - rules of keys: tokens and their hashes, ends, and what each key may do. */
#include "core/links/links.h"
#include "base/date.h"
#include "base/macros.h"
#include "base/random.h"
#include "core/links/links_feature.h"
#include "core/links/links_store.h"
#include "core/links/links_token.h"
#include <sodium.h>
#include <string.h>

enum { MAX_DAYS = 800, NOTE_MAX = 200, KEEP_DAYS = 365 };

static const struct {
    const char *name, *words_key, *path;
    int days;
} purposes[LINKS_PURPOSE_COUNT] = {
    [LINKS_KEEP] = {"keep", "links.opens-keep", "/schede", 365},
    [LINKS_PHONE] = {"phone", "links.opens-phone", "/telefonate", 365},
    [LINKS_APPROVE] = {"approve", "links.opens-approve", "/albo/gestione", 365},
    [LINKS_CONFIRM] = {"confirm", "links.opens-confirm", NULL, 60},
};

const char *links_purpose_name(enum links_purpose p)
{
    return purposes[p].name;
}

enum links_purpose links_purpose_of(struct str name)
{
    for (int p = 1; p < LINKS_PURPOSE_COUNT; p++)
        if (str_eq_z(name, purposes[p].name))
            return (enum links_purpose)p;
    return 0;
}

struct str links_purpose_words(struct ctx *c, enum links_purpose p)
{
    return text_get(c->lang, purposes[p].words_key);
}

const char *links_purpose_path(enum links_purpose p)
{
    return purposes[p].path;
}

struct str links_path(struct ctx *c, enum links_purpose p, struct str token)
{
    return str_fmt(c->mem, "%s/%.*s", p == LINKS_CONFIRM ? "/conferma" : "/chiave", (int)token.n, token.p);
}

/* ---- whose ---- */

static enum status fill_name(struct ctx *c, struct links_link *k)
{
    struct organisation o;

    if (k->organisation_id == 0) {
        k->name = text_get(c->lang, "links.region");
        k->slug = STR("");
        return ST_OK;
    }
    enum status st = organisations_by_id(c, k->organisation_id, &o);

    /* It was joined to another: its keys open the other's door until they come apart again. */
    if (st == ST_OK && o.state == ORGANISATION_GONE) {
        st = organisations_kept(c, k->organisation_id, &k->organisation_id);
        if (st == ST_OK)
            st = organisations_by_id(c, k->organisation_id, &o);
    }
    if (st == ST_OK) {
        k->name = o.name;
        k->slug = o.slug;
    } else if (st == ST_NOT_FOUND) { /* hidden by the keeper: the key says no more of it */
        k->name = text_get(c->lang, "links.unnamed");
    }
    return st == ST_NOT_FOUND ? ST_OK : st;
}

/* ---- making and ending ---- */

static enum status check_ask(struct ctx *c, const struct links_ask *ask)
{
    struct organisation o;

    if (ask->purpose < 1 || ask->purpose >= LINKS_PURPOSE_COUNT)
        return ST_INVALID;
    if (ask->days < 0 || ask->days > MAX_DAYS)
        problems_add(&c->problems, "days", "links.days-out-of-bounds", text_int(c->mem, c->lang, MAX_DAYS));
    if (str_length(ask->note) > NOTE_MAX)
        problems_add(&c->problems, "note", "links.note-too-long", text_int(c->mem, c->lang, NOTE_MAX));
    if (ask->organisation_id == 0 && ask->purpose != LINKS_PHONE && ask->purpose != LINKS_APPROVE)
        problems_add(&c->problems, "for", "links.not-for-region", STR(""));
    if (ask->organisation_id != 0) {
        const enum status st = organisations_by_id(c, ask->organisation_id, &o);

        if (st == ST_NOT_FOUND || (st == ST_OK && o.state != ORGANISATION_SHOWN))
            problems_add(&c->problems, "for", "links.no-organisation", STR(""));
        else if (st != ST_OK)
            return st;
    }
    return c->problems.n > 0 ? ST_INVALID : ST_OK;
}

enum status links_issue(struct ctx *c, const struct links_ask *asked, struct str *out_token)
{
    struct links_ask ask = *asked;
    int64_t id;
    enum status st = check_ask(c, &ask);

    if (st != ST_OK)
        return st;
    if (ask.days == 0)
        ask.days = purposes[ask.purpose].days;
    const struct str token = links_token_new(c->mem);
    struct links_hash h;

    if (!links_token_hash(c->mem, token, &h))
        return ST_UNAVAILABLE;
    const struct links_new n = {
        .head = h.head, .hash = h.hex, .ask = &ask, .expires_on = c->today + ask.days};

    st = links_store_add(c, &n, &id);
    if (st == ST_OK)
        *out_token = token;
    return st;
}

enum status links_revoke(struct ctx *c, int64_t link_id)
{
    bool is_done = false, is_there = false;
    const enum status st = links_store_revoke(c, link_id, &is_done, &is_there);

    if (st != ST_OK || is_done)
        return st;
    return is_there ? ST_CONFLICT : ST_NOT_FOUND;
}

enum status links_revoke_all(struct ctx *c, int64_t organisation_id, enum links_purpose p)
{
    return links_store_revoke_all(c, organisation_id, p == 0 ? "" : purposes[p].name);
}

enum status links_move(struct ctx *c, int64_t from_id, int64_t to_id)
{
    return links_store_move(c, from_id, to_id);
}

enum status links_list(struct ctx *c, int64_t organisation_id, bool with_ended, struct links_link **out,
                       int *n_out)
{
    enum status st = links_store_list(c, organisation_id, with_ended, out, n_out);

    for (int i = 0; st == ST_OK && i < *n_out; i++)
        st = fill_name(c, &(*out)[i]);
    return st;
}

/* The row is found by the first 64 bits of the hash, the rest is compared in constant time: nothing that can be
 * measured depends on a part of the token. */
enum status links_find(struct ctx *c, struct str token, struct links_link *out)
{
    struct links_hash h;
    struct links_found *found;
    int n = 0;

    *out = (struct links_link){0};
    if (!links_token_hash(c->mem, token, &h))
        return ST_NOT_FOUND;
    const enum status st = links_store_by_head(c, h.head, &found, &n);

    if (st != ST_OK)
        return st;
    for (int i = 0; i < n; i++)
        if (found[i].hash.n == h.hex.n && sodium_memcmp(found[i].hash.p, h.hex.p, h.hex.n) == 0) {
            *out = found[i].link;
            return fill_name(c, out);
        }
    return ST_NOT_FOUND;
}

enum status links_enter(struct ctx *c, int64_t link_id)
{
    return links_store_enter(c, link_id);
}

/* Whoever opens an old mail is told for a year that the key has ended; then nothing is known of it. */
enum status links_sweep(struct ctx *c)
{
    return links_store_sweep(c, c->today - KEEP_DAYS);
}

/* ---- permission ---- */

/* Bits of an actor's rights: a verb each, then how far they reach. */
enum { OWN = LINKS_VERB_COUNT, TERRITORY, EVERYWHERE };
#define BIT(n) (UINT64_C(1) << (n))

static uint64_t rights_of(const struct links_link *k)
{
    static const uint64_t verbs[LINKS_PURPOSE_COUNT] = {
        [LINKS_KEEP] = BIT(LINKS_MAY_CONFIRM) | BIT(LINKS_MAY_EDIT) | BIT(OWN),
        [LINKS_CONFIRM] = BIT(LINKS_MAY_CONFIRM) | BIT(LINKS_MAY_EDIT) | BIT(OWN),
        [LINKS_PHONE] = BIT(LINKS_MAY_CONFIRM) | BIT(LINKS_MAY_EDIT) | BIT(LINKS_MAY_PHONE) | BIT(TERRITORY),
        [LINKS_APPROVE] = BIT(LINKS_MAY_APPROVE) | BIT(TERRITORY),
    };

    return verbs[k->purpose] | (k->organisation_id == 0 ? BIT(EVERYWHERE) : 0);
}

void links_act(struct ctx *c, const struct links_link *k)
{
    struct actor *a = ARENA_NEW(c->mem, struct actor);

    *a = (struct actor){.body_id = k->organisation_id, .rights = rights_of(k)};
    c->actor = a;
}

int64_t links_acting_for(const struct ctx *c, bool *out_is_region)
{
    *out_is_region = (c->actor->rights & BIT(EVERYWHERE)) != 0;
    return c->actor->body_id;
}

enum status links_manager_of_comune(struct ctx *c, int64_t comune_id, int64_t *out_organisation_id)
{
    struct organisation manager;
    struct body_answer answer;
    enum status st;

    *out_organisation_id = 0;
    if (comune_id == 0)
        return ST_OK;
    st = bodies_for_area(c, comune_id, c->today, &answer);
    if (st != ST_OK || !answer.is_known)
        return st == ST_NOT_FOUND ? ST_OK : st;
    st = organisations_of_body(c, answer.body.body_id, &manager);
    if (st == ST_OK)
        *out_organisation_id = manager.organisation_id;
    return st == ST_NOT_FOUND ? ST_OK : st;
}

enum status links_manager(struct ctx *c, int64_t organisation_id, int64_t *out_organisation_id)
{
    struct organisation o;
    enum status st = organisations_by_id(c, organisation_id, &o);

    *out_organisation_id = 0;
    if (st != ST_OK || o.body_id != 0)
        return st == ST_NOT_FOUND ? ST_OK : st;
    st = links_manager_of_comune(c, o.comune_id, out_organisation_id);
    if (st == ST_OK && *out_organisation_id == 0)
        st = links_store_manager(c, organisation_id, out_organisation_id);
    return st == ST_NOT_FOUND ? ST_OK : st;
}

enum status links_set_manager(struct ctx *c, int64_t organisation_id, int64_t manager_id)
{
    return links_store_set_manager(c, organisation_id, manager_id);
}

enum status links_may(struct ctx *c, enum links_verb verb, int64_t organisation_id)
{
    const struct actor *a = c->actor;
    int64_t manager_id = 0;

    if ((a->rights & BIT(verb)) == 0)
        return fail(c, ST_DENIED, "links.may-not");
    if ((a->rights & BIT(EVERYWHERE)) != 0)
        return ST_OK;
    if (a->body_id != 0 && a->body_id == organisation_id && verb != LINKS_MAY_PHONE)
        return ST_OK;
    if ((a->rights & BIT(TERRITORY)) == 0 || organisation_id == 0)
        return fail(c, ST_DENIED, "links.may-not");
    const enum status st = links_manager(c, organisation_id, &manager_id);

    if (st != ST_OK)
        return st;
    return manager_id != 0 && manager_id == a->body_id ? ST_OK : fail(c, ST_DENIED, "links.may-not");
}

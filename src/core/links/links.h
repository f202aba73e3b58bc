/*
 * links.h - keys: single-purpose addresses that open one door for one organisation, and the one
 * function that is asked for permission.
 *
 * Why     a parish desk keeps its entries right with a link from a mail and no password. An account
 *         can take the place of a key some day: pages ask links_may, never what kind of key it is.
 * How     a token of 137 random bits; only its hash is kept. It stands in the path: /chiave/TOKEN (a
 *         page that says whose key it is, and a button; the button sets the cookie and leads on), or
 *         /conferma/TOKEN (purpose confirm: its page is upkeep's). A GET changes nothing: mail
 *         scanners open every link. A key has an end, which is shown, and can be revoked.
 * Joined  a key of an organisation that was joined to another (organisations_join) opens the other's
 *         door, and its own again when they come apart; links_move is for good.
 * Cookie  `wecare_key` (`__Host-wecare_key` on https): HttpOnly, SameSite=Strict, Path=/, until the
 *         browser is closed. One browser may hold a key of each purpose. `/chiave` shows them,
 *         `/chiave/lascia` leaves them.
 * Secret  pages of keys are not cached and give their address to nobody (Referrer-Policy
 *         strict-origin: no-referrer would hide the Origin that guards our own forms); logs and
 *         metrics hold the row of the router, never the path.
 *
 * In a handler, with CACHE_NEVER and TX_READ or TX_WRITE in its row:
 *
 *     struct links_link k;
 *     const enum status st = links_here(w, LINKS_KEEP, &k);
 *
 *     if (st != ST_OK)
 *         return links_refuse(w, LINKS_KEEP, st, &k);
 *     ... links_may(web_ctx(w), LINKS_MAY_EDIT, organisation_id) ...
 */
#pragma once
#include "core/bodies/organisations.h"
#include "web/web.h"

enum links_purpose {
    LINKS_KEEP = 1, /* keep: an organisation confirms and edits its entries (/schede) */
    LINKS_PHONE,    /* phone: a managing body's lists: silent entries, sample, corrections (/telefonate) */
    LINKS_APPROVE,  /* approve: a managing body's or the Region's models, albo, merges (/albo/gestione) */
    LINKS_CONFIRM,  /* confirm: one mail's "is it all still right?" (/conferma/TOKEN) */
    LINKS_PURPOSE_COUNT
};
const char *links_purpose_name(enum links_purpose p);      /* "keep" */
enum links_purpose links_purpose_of(struct str name);      /* 0: none */
struct str links_purpose_words(struct ctx *c, enum links_purpose p); /* what it opens, for people */
const char *links_purpose_path(enum links_purpose p);      /* where it leads: "/schede"; NULL for confirm */

enum links_state { LINKS_LIVE, LINKS_EXPIRED, LINKS_REVOKED };

struct links_link {
    int64_t link_id; /* 0: no such key */
    enum links_purpose purpose;
    int64_t organisation_id;  /* 0: the Region, that is the whole territory (phone and approve only) */
    struct str name, slug;    /* of the organisation; the Region: its words, and an empty slug */
    enum links_state state;
    int issued_on, expires_on; /* day numbers; the last day is still good */
    int revoked_on, entered_on; /* entered_on: last day somebody came in by it; DAY_NONE: never */
    struct str note;           /* the administrator's */
};

/* ---- making and ending keys (write) ---- */

struct links_ask {
    enum links_purpose purpose;
    int64_t organisation_id; /* 0: the Region */
    int days;                /* 0: 60 for confirm, 365 for the others; at most 800 */
    struct str note;         /* at most 200 code points; may be empty */
};
/* *out_token is told here once and never again. ST_INVALID with a problem: no such organisation, the
 * Region for keep or confirm, days out of bounds, note too long. */
enum status links_issue(struct ctx *c, const struct links_ask *ask, struct str *out_token);
/* "/chiave/TOKEN", or "/conferma/TOKEN": put "{portal}" before it in a mail (post.h). */
struct str links_path(struct ctx *c, enum links_purpose p, struct str token);
enum status links_revoke(struct ctx *c, int64_t link_id); /* ST_NOT_FOUND; ST_CONFLICT: it was already */
/* All live ones of that organisation; purpose 0: of any. */
enum status links_revoke_all(struct ctx *c, int64_t organisation_id, enum links_purpose p);
/* Two organisations became one: its keys open the other's door. */
enum status links_move(struct ctx *c, int64_t from_organisation_id, int64_t to_organisation_id);
/* Those of an organisation (-1: of all), the newest first; with_ended: expired and revoked too. */
enum status links_list(struct ctx *c, int64_t organisation_id, bool with_ended,
                       struct links_link **out, int *n_out);
/* By its token; any state. ST_NOT_FOUND: none. */
enum status links_find(struct ctx *c, struct str token, struct links_link *out);

/* ---- in a handler ---- */

/* The key of that purpose that the browser holds; web_ctx(w)->actor acts by it from then on.
 * ST_NOT_FOUND: the browser holds none, or one we do not know (k->link_id 0). ST_CONFLICT: it has
 * expired or was revoked, see k: what was typed must not be lost, only not be kept. */
enum status links_here(struct web *w, enum links_purpose p, struct links_link *k);
/* The same for a token in the path (/conferma/:token). The page gives its address to nobody. */
enum status links_open(struct web *w, struct str token, enum links_purpose p, struct links_link *k);
/* The page that says so, in kind words and with whom to call: 403 when no key was shown, 404 when it
 * is unknown, 410 when it has ended. Another status than ST_NOT_FOUND and ST_CONFLICT is returned. */
enum status links_refuse(struct web *w, enum links_purpose p, enum status st,
                         const struct links_link *k);

/* ---- permission ---- */

enum links_verb {
    LINKS_MAY_CONFIRM, /* say that its entries are right */
    LINKS_MAY_EDIT,    /* change its entries */
    LINKS_MAY_PHONE,   /* its silent entries, sample, hiding: as its managing body or the Region */
    LINKS_MAY_APPROVE, /* proposals, models, merges that touch it: as the same */
    LINKS_VERB_COUNT
};
/*   purpose   verbs                    whose
 *   keep      confirm edit             its own
 *   confirm   confirm edit             its own
 *   phone     confirm edit phone       those it looks after (links_manager); the Region: all
 *   approve   approve                  the same, and its own
 * The administrator at the command line may do all. organisation_id 0: the Region itself.
 * ST_OK, or ST_DENIED with the problem "links.may-not". */
enum status links_may(struct ctx *c, enum links_verb verb, int64_t organisation_id);
/* The organisation of the managing body that looks after another: that of the comune of its seat, else
 * the one told. 0: not known, the Region does. A managing body's own entries are looked after by the
 * Region. The one rule: who is let in by it, whose list an entry stands on (upkeep). */
enum status links_manager(struct ctx *c, int64_t organisation_id, int64_t *out_organisation_id);
enum status links_manager_of_comune(struct ctx *c, int64_t comune_id, int64_t *out_organisation_id);
/* The invented organisation that the demo's key to keep is of: the first of the list whose managing body is known, else
 * the last; 0: none. */
enum status links_demo_body(struct ctx *c, int64_t *out_organisation_id);
/* Tells it: of the comune where its services are, when its seat says nothing (write): upkeep's daily round
 * does. 0: forgets. */
enum status links_set_manager(struct ctx *c, int64_t organisation_id, int64_t manager_id);
/* Whom the actor acts for: an organisation; 0 with *out_is_region: the Region, or the administrator. */
int64_t links_acting_for(const struct ctx *c, bool *out_is_region);

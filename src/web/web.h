/*
 * web.h - what a handler sees of a request, and the router's table.
 *
 * A handler reads a typed form, asks the domain, shows a page: it holds no rule and no status
 * code (STYLE.md section 6). What it returns decides the answer: ST_OK sends what was written;
 * anything else undoes the transaction and shows the page (or problem document) of that status.
 * For ST_INVALID a handler shows its own form again with web_set_code(w, 422) and ST_INVALID
 * never leaves it.
 *
 * A form of this site whose token has expired reaches its handler with the problem "web.form-late"
 * already noted: the domain sees that there are problems, the handler shows the form again with what
 * was typed. Whatever else it does is undone and answered 403.
 */
#pragma once
#include "base/buf.h"
#include "base/status.h"
#include "base/str.h"
#include "store/ctx.h"
#include <stdbool.h>

struct web; /* one request and its answer */

typedef enum status (*web_handler)(struct web *w);

enum web_method { GET = 1, POST }; /* HEAD is answered from GET */

/* Left out (0) means the row is incomplete and the program does not start. */
enum web_who { ANYONE = 1, SIGNED_IN, MAY_PUBLISH, MAY_KEEP };
enum web_tx { TX_NONE = 1, TX_READ, TX_WRITE };
/* What may be kept depends on the address, the language, the swap and the data alone: no hour of
 * the day, no chance. A handler that looks at a header (web_header) is not kept by us. */
enum web_cache {
    CACHE_NEVER = 1,  /* no-store: forms with a token, anything about somebody */
    CACHE_REVALIDATE, /* public, asked again each time with an ETag */
    CACHE_SHORT       /* public, 60 s, then asked again */
};
enum web_cost { COST_PAGE = 1, COST_SEARCH, COST_EXPORT, COST_WRITE }; /* queue and limits */

struct route {
    enum web_method method;
    const char *path; /* "/territorio/comune/:istat"; a segment that starts with ':' is a value */
    web_handler handler;
    enum web_who who;
    enum web_tx tx;
    enum web_cache cache;
    enum web_cost cost;
    const char *purpose; /* why personal data may be read here; "public" when there are none */
    const char *object;  /* what it is about: "comune", "note"; for audit and access */
    const char *audit;   /* verb of the audit row: "view", "send", "export" */
    bool asks_only; /* a POST of a page that changes nothing (TX_READ): a question too long for an
                       address. It needs no form token; one from another site is refused. */
    int body_kb;    /* of a POST: a larger form than the setting allows may be sent here; 0: none */
    /* The address holds a key: what leaves the page names the site at most (Referrer-Policy
     * strict-origin, for no-referrer would hide the Origin that guards our own forms), and no link of
     * the frame carries it on. */
    bool is_secret_address;
};

struct ctx *web_ctx(struct web *w);

/* Values of the path, of the query string and of the form. Every value is valid UTF-8 without
 * controls. A name that is not there is the empty text. */
struct str web_path_value(struct web *w, const char *name);
struct str web_query(struct web *w, const char *name);
struct str web_field(struct web *w, const char *name); /* POST, urlencoded or multipart */
bool web_field_at(struct web *w, const char *name, int n, struct str *out);
/* The body of a POST that only asks (TX_READ, under /api/), JSON or anything else that is UTF-8: a
 * question too private for an address. It changes nothing, so it needs no form token. */
struct str web_body(struct web *w);
/* n-th value of a repeated name; false past the last. */
bool web_query_at(struct web *w, const char *name, int n, struct str *out);
/* The n-th name and value as they stand, of the query string or of the form: for whoever must refuse
 * names he does not know. False past the last. */
bool web_query_pair(struct web *w, int n, struct str *name, struct str *value);
bool web_form_pair(struct web *w, int n, struct str *name, struct str *value);
struct str web_path(struct web *w);         /* as asked, without language prefix and query */
struct str web_query_string(struct web *w); /* as asked, without the question mark */
bool web_is_swap(struct web *w);            /* htmx asks for a part of the page */
enum lang web_lang(struct web *w);
struct str web_origin(struct web *w); /* "https://..." from the settings or the Host */
/* A header of the request; the empty text when it is not there. The first of a repeated one. */
struct str web_header(struct web *w, const char *name);

/* A cookie of ours by its plain name; the empty text when it did not come. Only in rows of CACHE_NEVER:
 * what it decides is for this browser alone. */
struct str web_cookie(struct web *w, const char *name);
/* Sets it until the browser is closed (HttpOnly, SameSite=Strict, Path=/, on https Secure and named
 * __Host-...); value: base64url, dots and tildes; empty: takes it away. It stays set only if the answer is not
 * an error page. One cookie an answer. */
void web_set_cookie(struct web *w, const char *name, struct str value);
/* The row says is_secret_address. */
bool web_is_address_secret(struct web *w);

/* The answer. The body goes into web_out; the type is HTML in UTF-8 unless set. */
struct buf *web_out(struct web *w);
void web_set_type(struct web *w, const char *content_type);
void web_set_code(struct web *w, int code); /* 200 unless set; for 422 on a form: what was written is undone */
/* What the handler wrote stays although its code is 4xx: a draft of the form that is shown again. Not of a late form. */
void web_keep_written(struct web *w);
void web_set_download(struct web *w, struct str file_name);
/* A further header of the answer; name is a literal. At most WEB_MORE_HEADERS. */
enum { WEB_MORE_HEADERS = 6 };
void web_set_header(struct web *w, const char *name, struct str value);
/* Pages of other sites may show this one in a frame; nothing in it runs. For what is made to be
 * embedded and for nothing else: no form, nothing about anybody. */
void web_allow_frames(struct web *w);
/* For feeds, files and answers in pieces, whose bytes nobody wants to make only to throw them away:
 * `version` says all that the answer depends on besides its address, changed_ms (0: not known) when
 * that changed last. They become ETag and Last-Modified. True: who asks has just that already;
 * return ST_OK at once and 304 is sent. */
bool web_has_same(struct web *w, struct str version, int64_t changed_ms);
/* 303 to a path of this site (language prefix added by itself). The answer has no body. */
enum status web_redirect(struct web *w, struct str path);
/* 308 to what stands there now for good: two that were one. Programs change their address too. */
enum status web_moved(struct web *w, struct str path);

/* The n-th file of a multipart form under that name; false past the last. Name and type are what
 * the sender claims: look at the bytes. */
struct web_upload {
    struct str file_name;
    struct str type;
    struct str bytes;
};
bool web_upload_at(struct web *w, const char *name, int n, struct web_upload *out);

/* A long answer, piece by piece: memory does not grow with it. After the handler has returned ST_OK
 * what it wrote is sent, then what each call of `piece` writes into web_out, until *out_is_last. Each
 * piece has a memory of its own (web_ctx(w)->mem), gone when its bytes are sent, and a read transaction
 * of its own, so that a slow reader holds nothing: go on by key, not by place. `state` lives in the
 * memory the handler had. A piece that fails cuts the connection: half a file never looks whole. Such
 * an answer is never kept. */
typedef enum status (*web_piece)(struct web *w, void *state, bool *out_is_last);
void web_stream(struct web *w, web_piece piece, void *state);
/* Called once when such an answer is sent or cut: what its pieces opened is closed. Asked for by a piece. */
void web_at_end(struct web *w, void (*end)(void *state), void *state);

/* Token of a form, against forged posts: each POST route refuses a form without a valid one before
 * the handler runs. {{form_token}} writes the hidden field. A page that asks for one sets a cookie
 * and is never kept by a cache, whatever its row says. */
struct str web_form_token(struct web *w);
/* What makes the form that was sent unlike any other (32 hexadecimal digits; the same when it is
 * sent twice): the unique key that lets a double send change nothing. Empty outside a POST. */
struct str web_form_nonce(struct web *w);

/* What the frame shows around a page. */
struct site {
    const char *portal_name; /* "WeCaRe" */
    const char *region_name; /* NULL when the setting is unset: not shown */
    const char *phone;       /* NULL when unset */
    const char *phone_hours; /* NULL when unset */
    const char *logo_url;    /* NULL when unset: the house's mark */
    const char *licence;     /* of contents */
    const char *keeper_name;    /* the controller of the data; NULL when unset */
    const char *keeper_contact; /* NULL when unset */
    const struct outside *outside; /* what may be fetched from where (outside.h); NULL: nothing */
    bool is_demo;            /* says that bodies, numbers and people are invented */
};
const struct site *web_site(struct web *w);

/* Orders from here on stand in the foot: under help, under the rules of the house. */
enum { MENU_FOOT_HELP = 1000, MENU_FOOT_RULES = 2000 };

struct menu_entry {
    const char *path;
    const char *key;  /* message key of its label */
    const char *icon; /* name in the sprite; NULL for none */
    int order;        /* lower first */
    enum web_who who;
    bool tells_page;  /* its link carries ?pagina= with the page it stands on */
};
/* Entries of all features, in order. */
const struct menu_entry *web_menu(struct web *w, int *n);

/* The program has a row of that path, as its slice wrote it ("/enti/:slug"): for what is told of other slices' pages. */
bool web_has_row(struct web *w, const char *path);

/* Address of an asset by its plain name ("app.css") with its fingerprint: /assets/app.1a2b3c.css */
const char *web_asset(const char *name);

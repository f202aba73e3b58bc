/* links_keys_test.c - keys from their making to their end: in a browser's hands, in those of who guesses,
 * and what each may do. */
#include "base/date.h"
#include "base/log.h"
#include "base/macros.h"
#include "core/links/links.h"
#include "core/links/links_feature.h"
#include "core/links/links_guess.h"
#include "tests/support/harness.h"
#include "tests/unit.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define OK(call) ck_assert_int_eq(call, ST_OK)

/* ---- a stage: an organisation in Ivrea (its managing body is known), one elsewhere, rows that ask ---- */

struct stage {
    struct harness *h;
    int64_t caritas, elsewhere, homeless, manager; /* homeless: the comune of its seat is not known */
    struct str keep, confirm, phone, approve, region;
};

static int64_t put(struct ctx *c, const char *name, const char *istat)
{
    struct organisation o = {.name = str_of(name),
                             .kind = ORGANISATION_PARISH,
                             .source = STR("csv:prova"),
                             .source_id = str_of(name)};
    struct comune comune;
    enum put_change change;
    int64_t id;

    if (istat != NULL) {
        OK(places_comune_by_istat(c, str_of(istat), &comune));
        o.comune_id = comune.area.area_id;
    }
    OK(organisations_put(c, &o, &id, &change));
    return id;
}

static struct str issue(struct ctx *c, enum links_purpose p, int64_t organisation_id)
{
    const struct links_ask ask = {.purpose = p, .organisation_id = organisation_id};
    struct str token = {0};

    OK(links_issue(c, &ask, &token));
    return token;
}

static enum status set_stage(struct ctx *c, void *arg)
{
    struct stage *s = arg;
    struct body_answer answer;
    struct comune ivrea;
    struct organisation manager;

    s->caritas = put(c, "Caritas di Prova", "001125");
    s->elsewhere = put(c, "Parrocchia Lontana", "004078");
    s->homeless = put(c, "Gruppo senza sede", NULL);
    OK(places_comune_by_istat(c, STR("001125"), &ivrea));
    OK(bodies_for_area(c, ivrea.area.area_id, c->today, &answer));
    ck_assert(answer.is_known);
    OK(organisations_of_body(c, answer.body.body_id, &manager));
    s->manager = manager.organisation_id;
    s->keep = issue(c, LINKS_KEEP, s->caritas);
    s->confirm = issue(c, LINKS_CONFIRM, s->caritas);
    s->phone = issue(c, LINKS_PHONE, s->manager);
    s->approve = issue(c, LINKS_APPROVE, s->manager);
    s->region = issue(c, LINKS_PHONE, 0);
    return ST_OK;
}

/* GET and POST /prova/chi?p=keep&v=edit&o=12: what links_here and links_may say. */
static enum status who_page(struct web *w)
{
    struct links_link k;
    const enum links_purpose p = links_purpose_of(web_query(w, "p"));
    const enum status st = links_here(w, p, &k);
    int64_t verb = 0, organisation = 0;

    if (st != ST_OK)
        return links_refuse(w, p, st, &k);
    str_to_int(web_query(w, "v"), &verb);
    str_to_int(web_query(w, "o"), &organisation);
    buf_fmt(web_out(w), "%s for %.*s", links_may(web_ctx(w), (enum links_verb)verb, organisation) == ST_OK ? "may" : "may not",
            (int)k.name.n, k.name.p);
    return ST_OK;
}

/* GET /prova/conferma/:token - as the page of a confirmation does. */
static enum status confirm_page(struct web *w)
{
    struct links_link k;
    const enum status st = links_open(w, web_path_value(w, "token"), LINKS_CONFIRM, &k);

    if (st != ST_OK)
        return links_refuse(w, LINKS_CONFIRM, st, &k);
    buf_fmt(web_out(w), "entries of %.*s", (int)k.name.n, k.name.p);
    return ST_OK;
}

static const struct route rows[] = {
    {GET, "/prova/chi", who_page, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "public", "key", "view"},
    {POST, "/prova/chi", who_page, ANYONE, TX_WRITE, CACHE_NEVER, COST_WRITE, "public", "key", "send"},
    {GET, "/prova/conferma/:token", confirm_page, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "public", "key", "view",
     .is_secret_address = true},
};
static const struct feature trial = {.name = "trial", .routes = rows, .n_routes = ARRAY_LEN(rows)};

static struct stage begin(void)
{
    struct stage s = {.h = harness_new()};

    OK(harness_write(s.h, set_stage, &s));
    harness_with(s.h, &trial, NULL);
    return s;
}

static const char *at(struct stage *s, const char *before, struct str token)
{
    return str_fmt(s->h->mem, "%s%.*s", before, (int)token.n, token.p).p;
}

static struct web_reply ask(struct stage *s, const char *method, const char *target, const char *cookie)
{
    const char *const headers[] = {cookie == NULL ? "Accept: */*" : str_fmt(s->h->mem, "Cookie: %s", cookie).p, NULL};

    return harness_ask(s->h, &(struct web_ask){.method = method, .target = target, .headers = headers});
}

/* Presses the button of a key's page; the cookie as the browser sends it back. */
static const char *enter(struct stage *s, struct str token, const char *held)
{
    const struct web_reply r = ask(s, "POST", at(s, "/chiave/", token), held);
    struct str cookie = harness_header(s->h, &r, "Set-Cookie");

    ck_assert_int_eq(r.code, 303);
    return str_z(s->h->mem, str_cut(&cookie, ';'));
}

static void may(struct stage *s, const char *cookie, enum links_purpose p, enum links_verb v, int64_t o, bool want)
{
    const struct web_reply r = ask(
        s, "GET", str_fmt(s->h->mem, "/prova/chi?p=%s&v=%d&o=%lld", links_purpose_name(p), (int)v, (long long)o).p, cookie);

    ck_assert_int_eq(r.code, 200);
    if (want)
        harness_has_not(&r, "may not");
    else
        harness_has(&r, "may not");
}

/* ---- the page of a key ---- */

START_TEST(test_links__the_page_of_a_key_says_whose_it_is_and_changes_nothing)
{
    struct stage s = begin();
    const int64_t before = db_data_version(s.h->db);
    const struct web_reply r = harness_get(s.h, at(&s, "/chiave/", s.keep));

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Caritas di Prova");
    harness_has(&r, "Entra nelle tue schede");
    harness_has(&r, "name=\"form_token\"");
    harness_has(&r, "Vale fino al ");
    harness_has(&r, "content=\"noindex\"");
    ck_assert(str_eq_z(harness_header(s.h, &r, "Cache-Control"), "no-store"));
    ck_assert(str_eq_z(harness_header(s.h, &r, "Referrer-Policy"), "strict-origin"));
    ck_assert(!str_starts(harness_header(s.h, &r, "Set-Cookie"), STR("wecare_key")));
    ck_assert_int_eq(db_data_version(s.h->db), before);
    harness_free(s.h);
}
END_TEST

/* The address stands in the form and in the choice of language, and in no other link or line. */
START_TEST(test_links__the_address_goes_nowhere_else)
{
    struct stage s = begin();
    const struct web_reply r = harness_get(s.h, at(&s, "/chiave/", s.keep));
    const char *token = str_z(s.h->mem, s.keep), *p = r.body.p;
    int n = 0;

    for (; (p = memmem(p, (size_t)(r.body.p + r.body.n - p), token, strlen(token))) != NULL; p += strlen(token)) {
        const struct str before = {p - 60 < r.body.p ? r.body.p : p - 60, 60};

        n++;
        ck_assert_msg(memmem(before.p, before.n, "/chiave/", 8) != NULL, "%.*s", (int)before.n, before.p);
        ck_assert_ptr_null(memmem(before.p, before.n, "pagina=", 7));
        ck_assert_ptr_null(memmem(before.p, before.n, "canonical", 9));
    }
    ck_assert_int_eq(n, 3); /* the form, Italian, English */
    harness_free(s.h);
}
END_TEST

START_TEST(test_links__the_button_gives_a_strict_cookie_and_leads_on)
{
    struct stage s = begin();
    struct web_reply r = ask(&s, "POST", at(&s, "/chiave/", s.keep), NULL);
    struct str cookie = harness_header(s.h, &r, "Set-Cookie");

    ck_assert_int_eq(r.code, 303);
    ck_assert(str_eq_z(harness_header(s.h, &r, "Location"), "/schede"));
    ck_assert(str_starts(cookie, STR("wecare_key=")));
    ck_assert(str_ends(cookie, STR("; Path=/; HttpOnly; SameSite=Strict")));
    harness_with(s.h, &trial, "https://welfare.example.it");
    r = ask(&s, "POST", at(&s, "/en/chiave/", s.phone), NULL);
    cookie = harness_header(s.h, &r, "Set-Cookie");
    ck_assert(str_eq_z(harness_header(s.h, &r, "Location"), "/en/telefonate"));
    ck_assert(str_starts(cookie, STR("__Host-wecare_key=")));
    ck_assert(str_ends(cookie, STR("; SameSite=Strict; Secure")));
    harness_free(s.h);
}
END_TEST

START_TEST(test_links__capital_letters_are_forgiven)
{
    struct stage s = begin();
    char typed[64];

    for (size_t i = 0; i < s.keep.n; i++)
        typed[i] = s.keep.p[i] >= 'a' ? (char)(s.keep.p[i] - 32) : s.keep.p[i];
    const struct web_reply r = harness_get(s.h, at(&s, "/chiave/", (struct str){typed, s.keep.n}));

    ck_assert_int_eq(r.code, 200);
    harness_free(s.h);
}
END_TEST

START_TEST(test_links__a_browser_holds_one_key_of_each_purpose_until_it_leaves_them)
{
    struct stage s = begin();
    const char *cookie = enter(&s, s.keep, NULL);

    cookie = enter(&s, s.approve, cookie);
    struct web_reply r = ask(&s, "GET", "/chiave", cookie);

    harness_has(&r, "Caritas di Prova");
    harness_has(&r, "href=\"/schede\"");
    harness_has(&r, "href=\"/albo/gestione\"");
    harness_has(&r, "href=\"/chiave/lascia\"");
    r = ask(&s, "GET", "/chiave/lascia", cookie);
    ck_assert_int_eq(r.code, 200);
    r = ask(&s, "POST", "/chiave/lascia", cookie);
    ck_assert(str_eq_z(harness_header(s.h, &r, "Location"), "/chiave?lasciate=1"));
    ck_assert(str_starts(harness_header(s.h, &r, "Set-Cookie"), STR("wecare_key=; ")));
    ck_assert(str_ends(harness_header(s.h, &r, "Set-Cookie"), STR("Max-Age=0")));
    r = harness_get(s.h, "/chiave?lasciate=1");
    harness_has(&r, "non ci sono più chiavi");
    harness_has(&r, "Qui non ci sono chiavi");
    harness_free(s.h);
}
END_TEST

static enum status list_used(struct ctx *c, void *arg)
{
    struct links_link *list;
    int n = 0;

    OK(links_list(c, *(int64_t *)arg, false, &list, &n));
    *(int64_t *)arg = 0;
    for (int i = 0; i < n; i++)
        *(int64_t *)arg += list[i].entered_on == c->today;
    return ST_OK;
}

START_TEST(test_links__the_list_tells_which_were_used)
{
    struct stage s = begin();
    int64_t n = s.caritas;

    (void)enter(&s, s.keep, NULL);
    OK(harness_read(s.h, list_used, &n));
    ck_assert_int_eq(n, 1);
    harness_free(s.h);
}
END_TEST

/* ---- what is no key ---- */

START_TEST(test_links__guessed_cut_and_long_tokens_are_told_kindly_that_they_are_none)
{
    struct stage s = begin();
    struct buf b = buf_new(s.h->mem, 20000);

    for (int i = 0; i < 10240; i++)
        buf_char(&b, 'a');
    const struct str tries[] = {STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaa"), str_head(s.keep, 27), STR("x"),
                                str_fmt(s.h->mem, "%.*sa", (int)s.keep.n, s.keep.p), buf_view(&b),
                                STR("%27%20OR%201=1--%20aaaaaaaaaa"), STR("..%2f..%2fetc%2fpasswd"),
                                STR("%F0%9F%94%91")};

    for (int i = 0; i < ARRAY_LEN(tries); i++) {
        struct web_reply r = harness_get(s.h, at(&s, "/chiave/", tries[i]));

        ck_assert_msg(r.code == 404 || r.code == 414 || r.code == 400, "%d: %d", i, r.code);
        if (r.code == 404)
            harness_has(&r, "Non conosciamo questa chiave");
        r = ask(&s, "POST", at(&s, "/chiave/", tries[i]), NULL);
        ck_assert_int_ge(r.code, 400);
        ck_assert_int_eq((int)harness_header(s.h, &r, "Set-Cookie").n, 0);
    }
    harness_free(s.h);
}
END_TEST

START_TEST(test_links__who_guesses_is_slowed_down_who_holds_a_key_is_not)
{
    struct stage s = begin();
    struct web_reply r = {0};

    for (int i = 0; i <= LINKS_GUESSES_PER_MINUTE; i++)
        r = harness_get(s.h, str_fmt(s.h->mem, "/chiave/aaaaaaaaaaaaaaaaaaaaaaaaaa%c%c", 'a' + i / 26, 'a' + i % 26).p);
    ck_assert_int_eq(r.code, 503);
    ck_assert_int_gt((int)harness_header(s.h, &r, "Retry-After").n, 0);
    ck_assert_int_eq(harness_get(s.h, at(&s, "/chiave/", s.keep)).code, 200);
    ck_assert_int_eq(harness_get(s.h, at(&s, "/prova/conferma/", s.confirm)).code, 200);
    harness_free(s.h);
}
END_TEST

static enum status revoke_all(struct ctx *c, void *arg)
{
    const struct stage *s = arg;

    return links_revoke_all(c, s->caritas, 0);
}

static enum status move_days(struct ctx *c, void *arg)
{
    const struct stage *s = arg;
    const struct links_ask ask = {.purpose = LINKS_KEEP, .organisation_id = s->caritas, .days = 1};
    struct str token;

    c->today -= 2;
    OK(links_issue(c, &ask, &token));
    ((struct stage *)arg)->keep = token;
    return ST_OK;
}

START_TEST(test_links__an_ended_key_says_so_and_whom_to_call)
{
    struct stage s = begin();

    harness_site(s.h, (struct site){.portal_name = "P", .licence = "L", .phone = "800 000 111"});
    const char *cookie = enter(&s, s.keep, NULL);

    OK(harness_write(s.h, revoke_all, &s));
    struct web_reply r = harness_get(s.h, at(&s, "/chiave/", s.keep));

    ck_assert_int_eq(r.code, 410);
    harness_has(&r, "La chiave è stata ritirata");
    harness_has(&r, "Caritas di Prova");
    harness_has(&r, "800 000 111");
    ck_assert(str_eq_z(harness_header(s.h, &r, "Referrer-Policy"), "strict-origin"));
    ck_assert_int_eq(ask(&s, "POST", at(&s, "/chiave/", s.keep), NULL).code, 410);
    ck_assert_int_eq(ask(&s, "GET", "/prova/chi?p=keep&v=1", cookie).code, 410);
    ck_assert_int_eq(ask(&s, "POST", "/prova/chi?p=keep&v=1", cookie).code, 410);
    r = harness_get(s.h, at(&s, "/prova/conferma/", s.confirm));
    ck_assert_int_eq(r.code, 410);
    harness_has(&r, "Niente è andato perso");
    r = ask(&s, "GET", "/chiave", cookie);
    harness_has(&r, "Qui non ci sono chiavi");
    OK(harness_write(s.h, move_days, &s));
    r = harness_get(s.h, at(&s, "/en/chiave/", s.keep));
    ck_assert_int_eq(r.code, 410);
    harness_has(&r, "The key has expired");
    harness_free(s.h);
}
END_TEST

START_TEST(test_links__a_forged_or_late_form_takes_no_key)
{
    static const char *const forged[] = {"Content-Type: application/x-www-form-urlencoded", NULL};
    static const char *const late[] = {"Content-Type: application/x-www-form-urlencoded",
                                       "Sec-Fetch-Site: same-origin", NULL};
    struct stage s = begin();
    struct web_ask a = {.method = "POST",
                        .target = at(&s, "/chiave/", s.keep),
                        .headers = forged,
                        .body = STR("a=b"),
                        .without_token = true};
    struct web_reply r = harness_ask(s.h, &a);

    ck_assert_int_eq(r.code, 403);
    ck_assert(!str_starts(harness_header(s.h, &r, "Set-Cookie"), STR("wecare_key")));
    a.headers = late;
    r = harness_ask(s.h, &a);
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "Entra nelle tue schede");
    ck_assert(!str_starts(harness_header(s.h, &r, "Set-Cookie"), STR("wecare_key")));
    harness_free(s.h);
}
END_TEST

START_TEST(test_links__a_page_of_keys_without_one_or_with_another_says_that_one_is_needed)
{
    struct stage s = begin();
    struct web_reply r = harness_get(s.h, "/prova/chi?p=keep&v=1");

    ck_assert_int_eq(r.code, 403);
    harness_has(&r, "Serve una chiave");
    r = ask(&s, "GET", "/prova/chi?p=keep&v=1", enter(&s, s.phone, NULL));
    ck_assert_int_eq(r.code, 403);
    r = ask(&s, "POST", "/prova/chi?p=keep&v=1", "wecare_key=....aaaaaaaaaaaaaaaaaaaaaaaaaaaa.%00;;=");
    ck_assert_int_eq(r.code, 403);
    /* the key of one purpose is no key at the door of another */
    ck_assert_int_eq(harness_get(s.h, at(&s, "/prova/conferma/", s.keep)).code, 404);
    r = harness_get(s.h, at(&s, "/chiave/", s.confirm));
    ck_assert_int_eq(r.code, 303);
    ck_assert(str_starts(harness_header(s.h, &r, "Location"), STR("/conferma/")));
    harness_free(s.h);
}
END_TEST

/* ---- permission ---- */

START_TEST(test_links__a_key_may_what_its_purpose_says_for_whom_it_says)
{
    struct stage s = begin();
    const char *keep = enter(&s, s.keep, NULL), *phone = enter(&s, s.phone, NULL), *approve = enter(&s, s.approve, NULL),
               *region = enter(&s, s.region, NULL);
    const struct {
        const char *cookie;
        enum links_purpose p;
        enum links_verb v;
        int64_t o;
        bool want;
    } cases[] = {
        {keep, LINKS_KEEP, LINKS_MAY_CONFIRM, s.caritas, true},
        {keep, LINKS_KEEP, LINKS_MAY_EDIT, s.caritas, true},
        {keep, LINKS_KEEP, LINKS_MAY_EDIT, s.elsewhere, false},
        {keep, LINKS_KEEP, LINKS_MAY_EDIT, 0, false},
        {keep, LINKS_KEEP, LINKS_MAY_PHONE, s.caritas, false},
        {keep, LINKS_KEEP, LINKS_MAY_APPROVE, s.caritas, false},
        {phone, LINKS_PHONE, LINKS_MAY_PHONE, s.caritas, true},
        {phone, LINKS_PHONE, LINKS_MAY_EDIT, s.caritas, true},
        {phone, LINKS_PHONE, LINKS_MAY_PHONE, s.elsewhere, false},
        {phone, LINKS_PHONE, LINKS_MAY_PHONE, s.homeless, false},
        {phone, LINKS_PHONE, LINKS_MAY_PHONE, s.manager, false}, /* nobody checks himself */
        {phone, LINKS_PHONE, LINKS_MAY_PHONE, 0, false},
        {phone, LINKS_PHONE, LINKS_MAY_APPROVE, s.caritas, false},
        {approve, LINKS_APPROVE, LINKS_MAY_APPROVE, s.caritas, true},
        {approve, LINKS_APPROVE, LINKS_MAY_APPROVE, s.elsewhere, false},
        {approve, LINKS_APPROVE, LINKS_MAY_EDIT, s.caritas, false},
        {region, LINKS_PHONE, LINKS_MAY_PHONE, s.elsewhere, true},
        {region, LINKS_PHONE, LINKS_MAY_PHONE, 0, true},
        {region, LINKS_PHONE, LINKS_MAY_APPROVE, s.caritas, false},
    };

    for (int i = 0; i < ARRAY_LEN(cases); i++)
        may(&s, cases[i].cookie, cases[i].p, cases[i].v, cases[i].o, cases[i].want);
    harness_free(s.h);
}
END_TEST

static enum status tell_manager(struct ctx *c, void *arg)
{
    const struct stage *s = arg;
    int64_t id = -1;

    OK(links_manager(c, s->homeless, &id));
    ck_assert_int_eq(id, 0);
    OK(links_set_manager(c, s->homeless, s->manager));
    OK(links_manager(c, s->homeless, &id));
    ck_assert_int_eq(id, s->manager);
    OK(links_manager(c, s->manager, &id));
    ck_assert_int_eq(id, 0);
    /* the administrator may all, who has no key nothing */
    OK(links_may(c, LINKS_MAY_APPROVE, s->elsewhere));
    c->actor = &actor_anyone;
    ck_assert_int_eq(links_may(c, LINKS_MAY_EDIT, s->caritas), ST_DENIED);
    ck_assert_int_eq(links_may(c, LINKS_MAY_EDIT, 0), ST_DENIED);
    return ST_OK;
}

START_TEST(test_links__who_looks_after_an_organisation_can_be_told)
{
    struct stage s = begin();

    OK(harness_write(s.h, tell_manager, &s));
    may(&s, enter(&s, s.phone, NULL), LINKS_PHONE, LINKS_MAY_PHONE, s.homeless, true);
    harness_free(s.h);
}
END_TEST

static enum status merge(struct ctx *c, void *arg)
{
    const struct stage *s = arg;

    return links_move(c, s->caritas, s->elsewhere);
}

START_TEST(test_links__keys_go_with_an_organisation_that_became_another)
{
    struct stage s = begin();

    OK(harness_write(s.h, merge, &s));
    may(&s, enter(&s, s.keep, NULL), LINKS_KEEP, LINKS_MAY_EDIT, s.elsewhere, true);
    may(&s, enter(&s, s.keep, NULL), LINKS_KEEP, LINKS_MAY_EDIT, s.caritas, false);
    harness_free(s.h);
}
END_TEST

/* ---- keeping ---- */

static bool holds(struct str text, struct str token)
{
    return text.n > 0 && memmem(text.p, text.n, token.p, token.n) != NULL;
}

/* Neither the database file nor the log ever hold a token. */
START_TEST(test_links__tokens_are_nowhere_but_with_their_holder)
{
    char name[] = "/tmp/wecare-log-XXXXXX";
    const int file = mkstemp(name);
    static char text[65536];
    struct str why;

    log_to_fd(file);
    log_set_level(LOG_DEBUG);
    struct stage s = begin();
    const char *copy = str_fmt(s.h->mem, "%s.copy", name).p;

    (void)enter(&s, s.keep, NULL);
    (void)harness_get(s.h, at(&s, "/chiave/", s.phone));
    (void)harness_get(s.h, at(&s, "/chiave/x/", s.phone));
    log_to_fd(2);
    const ssize_t n = pread(file, text, sizeof text, 0);

    unlink(name);
    ck_assert_int_gt(n, -1);
    ck_assert(!holds((struct str){text, (size_t)n}, s.keep));
    ck_assert(!holds((struct str){text, (size_t)n}, s.phone));
    OK(db_backup(s.h->db, copy, &why, s.h->mem));
    FILE *f = fopen(copy, "rb");
    const size_t room = 64u << 20;
    char *bytes = calloc(1, room);
    const size_t got = fread(bytes, 1, room, f);

    fclose(f);
    unlink(copy);
    ck_assert_int_gt((int)got, 1000);
    if (db_engine_of(s.h->db) == DB_SQLITE) /* PostgreSQL's copy is packed: seeing nothing would prove nothing */
        ck_assert(holds((struct str){bytes, got}, STR("Caritas di Prova")));
    ck_assert(!holds((struct str){bytes, got}, s.keep));
    free(bytes);
    harness_free(s.h);
}
END_TEST

static enum status sweep_later(struct ctx *c, void *arg)
{
    const struct stage *s = arg;
    struct links_link k;

    c->today += 365 + 365;
    OK(links_sweep(c));
    OK(links_find(c, s->keep, &k));
    ck_assert_int_eq((int)k.state, LINKS_EXPIRED);
    ck_assert_int_eq(links_find(c, s->confirm, &k), ST_NOT_FOUND); /* 60 days, then a year */
    c->today += 1;
    OK(links_sweep(c));
    ck_assert_int_eq(links_find(c, s->keep, &k), ST_NOT_FOUND);
    return ST_OK;
}

START_TEST(test_links__ended_keys_are_forgotten_after_a_year)
{
    struct stage s = begin();

    OK(harness_write(s.h, sweep_later, &s));
    harness_free(s.h);
}
END_TEST

UNIT_MAIN("links", test_links__the_page_of_a_key_says_whose_it_is_and_changes_nothing,
          test_links__the_address_goes_nowhere_else, test_links__the_button_gives_a_strict_cookie_and_leads_on,
          test_links__capital_letters_are_forgiven,
          test_links__a_browser_holds_one_key_of_each_purpose_until_it_leaves_them,
          test_links__the_list_tells_which_were_used,
          test_links__guessed_cut_and_long_tokens_are_told_kindly_that_they_are_none,
          test_links__who_guesses_is_slowed_down_who_holds_a_key_is_not,
          test_links__an_ended_key_says_so_and_whom_to_call, test_links__a_forged_or_late_form_takes_no_key,
          test_links__a_page_of_keys_without_one_or_with_another_says_that_one_is_needed,
          test_links__a_key_may_what_its_purpose_says_for_whom_it_says,
          test_links__who_looks_after_an_organisation_can_be_told,
          test_links__keys_go_with_an_organisation_that_became_another,
          test_links__tokens_are_nowhere_but_with_their_holder, test_links__ended_keys_are_forgotten_after_a_year)

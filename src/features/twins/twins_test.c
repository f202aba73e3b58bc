/* twins_test.c - two that look like one: found, answered by their bodies, made one and apart again. */
#include "features/twins/twins.h"
#include "base/date.h"
#include "core/post/post.h"
#include "features/catalogue/catalogue_alias.h"
#include "features/catalogue/catalogue_history.h"
#include "features/catalogue/catalogue_write.h"
#include "tests/support/keyed.h"
#include "tests/unit.h"
#include <string.h>

#define OK(call) ck_assert_int_eq(call, ST_OK)
#define IS(s, z) ck_assert_str_eq(str_z(c->mem, s), z)
static const char IVREA[] = "001125";

/* ---- two bodies with one thing ---- */

struct two {
    int64_t caritas, comune; /* organisations */
    int64_t a, b;            /* the same emporio, written by each */
    int64_t pair_id;
    struct str a_slug;
};

static int64_t put(struct ctx *c, const char *source, const char *body, const char *name, const char *phone, const char *hours,
                   int64_t *out_organisation)
{
    struct catalogue_write *w;
    struct comune ivrea;
    struct phone number = {.number = str_of(phone)};
    struct service_at at = {0};
    struct location l = {.source_id = str_of(name), .type = STR("physical")};
    struct address street = {.type = STR("physical"), .address_1 = STR("Via Roma, 12")};
    struct organisation o = {.source_id = str_of(body), .name = str_of(body)};
    struct service s = {.source_id = str_of(name),
                        .name = str_of(name),
                        .description = str_of(hours),
                        .starts_on = DAY_NONE,
                        .ends_on = DAY_NONE,
                        .apply_by = DAY_NONE,
                        .confirmed_on = DAY_NONE};
    enum put_change change;
    int64_t id = 0;

    OK(places_comune_by_istat(c, str_of(IVREA), &ivrea));
    o.comune_id = l.comune_id = ivrea.area.area_id;
    l.addresses = &street;
    l.n_addresses = 1;
    s.parts.phones = &number;
    s.parts.n_phones = 1;
    s.ats = &at;
    s.n_ats = 1;
    OK(catalogue_write_begin(c, str_of(source), &w));
    OK(catalogue_put_organisation(w, &o, out_organisation, &change));
    s.organisation_id = *out_organisation;
    OK(catalogue_put_location(w, &l, &at.location_id, &change));
    OK(catalogue_put_service(w, &s, &id, &change));
    OK(catalogue_write_end(w, false, NULL));
    return id;
}

static enum status make_two(struct ctx *c, void *arg)
{
    struct two *t = arg;
    struct twins_report report;
    struct twins_pair *pairs;
    struct service s;
    int n = 0;

    t->a = put(c, "csv:caritas", "Caritas di prova", "Emporio solidale Il Granaio", "0125 555 0101", "Pacchi di alimenti.", &t->caritas);
    t->b = put(c, "csv:comune", "Comune di prova", "Il Granaio, emporio solidale", "+39 0125 555 0101", "Spesa gratuita per chi ha un ISEE basso.", &t->comune);
    OK(twins_look(c, 100000, &report));
    ck_assert(report.is_whole);
    OK(twins_open(c, &(struct twins_who){0}, 50, &pairs, &n));
    ck_assert_int_eq(n, 1);
    ck_assert_int_eq(pairs[0].kind, TWINS_SERVICE);
    ck_assert_int_eq(pairs[0].a_id, t->a);
    ck_assert_int_eq(pairs[0].b_id, t->b);
    t->pair_id = pairs[0].pair_id;
    OK(catalogue_service(c, t->a, &s));
    t->a_slug = str_copy(c->mem, s.slug);
    return ST_OK;
}

static struct two two(struct harness *h)
{
    struct two t = {0};

    OK(harness_write(h, make_two, &t));
    return t;
}

static const char *path(struct harness *h, const struct two *t, const char *rest)
{
    return str_fmt(h->mem, "/doppioni/%lld%s", (long long)t->pair_id, rest).p;
}

/* ---- looking ---- */

static enum status look_again(struct ctx *c, void *arg)
{
    struct two *t = arg;
    struct twins_report report;
    struct twins_pair p;
    struct twins_pair *pairs;
    int64_t body = 0, n_open = 0;
    int n = 0;

    OK(twins_look(c, 100000, &report)); /* nothing has changed: nothing is looked at */
    ck_assert_int_eq(report.n_services, 0);
    OK(twins_different(c, &(struct twins_who){.name = STR("Regione")}, t->pair_id));
    /* both come again, one with a new name: nobody is asked a second time */
    put(c, "csv:caritas", "Caritas di prova", "Emporio solidale Il Granaio", "0125 555 0101", "Pacchi e vestiti.", &body);
    OK(twins_look(c, 100000, &report));
    ck_assert_int_eq(report.n_services, 1);
    ck_assert_int_eq(report.n_pairs, 0);
    OK(twins_pair(c, t->pair_id, &p));
    ck_assert_int_eq(p.state, TWINS_DIFFERENT);
    OK(twins_count(c, &n_open));
    ck_assert_int_eq(n_open, 0);
    OK(twins_answered(c, 10, &pairs, &n));
    ck_assert_int_eq(n, 1);
    IS(pairs[0].answered_by, "Regione");
    OK(twins_ask_again(c, t->pair_id));
    OK(twins_count(c, &n_open));
    ck_assert_int_eq(n_open, 1);
    /* a change that makes them unlike takes the question away */
    put(c, "csv:comune", "Comune di prova", "Il Granaio, emporio solidale", "0125 555 9999", "Altro.", &body);
    OK(catalogue_set_state(c, t->a, SERVICE_GONE));
    OK(twins_look(c, 100000, &report));
    OK(twins_count(c, &n_open));
    ck_assert_int_eq(n_open, 0);
    return ST_OK;
}

START_TEST(test_twins__an_answer_holds_when_feeds_come_again)
{
    struct harness *h = harness_new();
    struct two t = two(h);

    OK(harness_write(h, look_again, &t));
    harness_free(h);
}
END_TEST

/* One word, four letters away from all others. */
static const char *far_name(struct ctx *c, int i)
{
    const int a = 'a' + i / 26, b = 'a' + i % 26;

    return str_fmt(c->mem, "%c%c%c%c%c%c%c%c", a, a, a, a, b, b, b, b).p;
}

static enum status in_pieces(struct ctx *c, void *arg)
{
    struct twins_report report;
    int64_t body = 0, n = 0;
    int rounds = 0;

    (void)arg;
    for (int i = 0; i < 250; i++)
        put(c, "csv:molti", "Ente dei molti", far_name(c, i), str_fmt(c->mem, "0125 7%05d", i).p, "Descrizione.", &body);
    put(c, "csv:altri", "Ente degli altri", far_name(c, 7), "0125 700007", "Descrizione.", &body);
    do {
        OK(twins_look(c, 100, &report));
        ck_assert_int_le(report.n_services, 100);
        rounds++;
    } while (!report.is_whole);
    ck_assert_int_ge(rounds, 3);
    OK(twins_count(c, &n));
    ck_assert_int_eq(n, 1);
    return ST_OK;
}

START_TEST(test_twins__a_look_goes_on_where_it_stopped)
{
    struct harness *h = harness_new();

    OK(harness_write(h, in_pieces, NULL));
    harness_free(h);
}
END_TEST

/* ---- two bodies agree ---- */

static void is_kept(struct harness *h, const struct two *t, const char *words)
{
    const struct web_reply r = harness_get(h, str_fmt(h->mem, "/servizi/%.*s", (int)t->a_slug.n, t->a_slug.p).p);
    const struct str to = harness_header(h, &r, "Location");

    ck_assert_int_eq(r.code, 308);
    const struct web_reply kept = harness_get(h, str_z(h->mem, to));

    ck_assert_int_eq(kept.code, 200);
    harness_has(&kept, words);
}

START_TEST(test_twins__made_one_when_both_say_so)
{
    struct harness *h = harness_new();
    const struct two t = two(h);
    const struct keyed caritas = keyed_new(h, t.caritas, LINKS_KEEP), comune = keyed_new(h, t.comune, LINKS_KEEP);
    struct web_reply r = keyed_get(&caritas, "/doppioni");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "1 coppia da guardare");
    harness_has(&r, "telefono");
    r = keyed_get(&caritas, path(h, &t, "?resta=b"));
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "chiedi all’altro ente");
    harness_has(&r, "Pacchi di alimenti.");
    r = keyed_post(&caritas, path(h, &t, "/stessa"), "resta=b&prendi-description=1");
    ck_assert_int_eq(r.code, 303);
    ck_assert(str_eq_z(harness_header(h, &r, "Location"), "/doppioni?fatto=chiesto"));
    /* the other has another opinion: it is the first's turn again */
    r = keyed_get(&comune, path(h, &t, ""));
    harness_has(&r, "Caritas di prova");
    harness_has(&r, "D’accordo: unisci");
    r = keyed_post(&comune, path(h, &t, "/stessa"), "resta=b");
    ck_assert(str_eq_z(harness_header(h, &r, "Location"), "/doppioni?fatto=chiesto"));
    /* who asked cannot answer himself */
    r = keyed_post(&comune, path(h, &t, "/stessa"), "resta=b");
    ck_assert(str_eq_z(harness_header(h, &r, "Location"), "/doppioni?fatto=chiesto"));
    r = keyed_post(&caritas, path(h, &t, "/stessa"), "resta=b&prendi-description=1");
    ck_assert(str_eq_z(harness_header(h, &r, "Location"), "/doppioni?fatto=chiesto"));
    r = keyed_post(&comune, path(h, &t, "/stessa"), "resta=b&prendi-description=1");
    ck_assert_int_eq(r.code, 303);
    ck_assert(str_eq_z(harness_header(h, &r, "Location"), "/doppioni/uniti?fatto=1"));
    is_kept(h, &t, "Pacchi di alimenti.");
    /* both taps at once: the second is told */
    r = keyed_post(&caritas, path(h, &t, "/stessa"), "resta=b&prendi-description=1");
    ck_assert_int_eq(r.code, 409);
    harness_has(&r, "già unite");
    harness_free(h);
}
END_TEST

static enum status put_other(struct ctx *c, void *arg)
{
    put(c, "csv:terzo", "Terzo ente", "Terza cosa", "0125 555 0103", "Terza.", arg);
    return ST_OK;
}

START_TEST(test_twins__others_learn_nothing)
{
    struct harness *h = harness_new();
    const struct two t = two(h);
    int64_t other = 0;
    struct web_reply r = harness_get(h, "/doppioni");

    ck_assert_int_eq(r.code, 403);
    ck_assert_int_eq(harness_get(h, path(h, &t, "")).code, 403);
    ck_assert_int_eq(harness_get(h, "/doppioni/999999").code, 403);
    ck_assert_int_eq(harness_post(h, path(h, &t, "/stessa"), "resta=a").code, 403);
    ck_assert_int_eq(harness_post(h, path(h, &t, "/diverse"), "").code, 403);
    OK(harness_write(h, put_other, &other));
    const struct keyed caritas = keyed_new(h, other, LINKS_KEEP), phone = keyed_new(h, t.comune, LINKS_PHONE);

    r = keyed_get(&caritas, "/doppioni");
    ck_assert_int_eq(r.code, 200);
    harness_has_not(&r, "Granaio");
    ck_assert_int_eq(keyed_get(&caritas, path(h, &t, "")).code, 404);
    ck_assert_int_eq(keyed_post(&caritas, path(h, &t, "/diverse"), "").code, 404);
    ck_assert_int_eq(keyed_get(&caritas, "/doppioni/999999").code, 404);
    ck_assert_int_eq(keyed_get(&caritas, "/doppioni/uniti/1").code, 404);
    ck_assert_int_eq(keyed_get(&caritas, "/doppioni/0x1").code, 404);
    ck_assert_int_eq(keyed_get(&phone, "/doppioni").code, 403);
    harness_free(h);
}
END_TEST

/* ---- who looks after both decides, and takes it back ---- */

static enum status history_is(struct ctx *c, void *arg)
{
    struct two *t = arg;
    struct history_row *rows;
    int n = 0;

    OK(catalogue_history(c, &(struct history_read){.service_id = t->b, .limit = 20}, &rows, &n));
    ck_assert_int_ge(n, 2); /* taken, and put back */
    ck_assert_int_eq(rows[0].how, EDIT_BY_UNDO);
    ck_assert_int_eq(rows[n - 1].how, EDIT_BY_MERGE);
    IS(rows[n - 1].now, "Pacchi di alimenti.");
    return ST_OK;
}

START_TEST(test_twins__decided_and_taken_back)
{
    struct harness *h = harness_new();
    struct two t = two(h);
    const struct keyed region = keyed_new(h, 0, LINKS_APPROVE);
    struct web_reply r = keyed_post(&region, path(h, &t, "/stessa"), "resta=b&prendi-description=1&prendi-state=1");

    ck_assert(str_eq_z(harness_header(h, &r, "Location"), "/doppioni/uniti?fatto=1"));
    is_kept(h, &t, "Pacchi di alimenti.");
    r = keyed_get(&region, "/doppioni/uniti?fatto=1");
    harness_has(&r, "I vecchi indirizzi portano");
    r = keyed_get(&region, "/doppioni/uniti/1");
    harness_has(&r, "Pacchi di alimenti.");
    harness_has(&r, "Spesa gratuita");
    harness_has(&r, "Separa di nuovo");
    r = keyed_post(&region, "/doppioni/uniti/1/separa", "");
    ck_assert_int_eq(r.code, 303);
    r = harness_get(h, str_fmt(h->mem, "/servizi/%.*s", (int)t.a_slug.n, t.a_slug.p).p);
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Pacchi di alimenti.");
    OK(harness_read(h, history_is, &t));
    /* twice is told, and the pair is answered: two things */
    r = keyed_post(&region, "/doppioni/uniti/1/separa", "");
    ck_assert_int_eq(r.code, 409);
    r = keyed_get(&region, path(h, &t, ""));
    harness_has(&r, "sono due cose diverse");
    r = keyed_post(&region, path(h, &t, "/stessa"), "resta=a");
    ck_assert_int_eq(r.code, 409);
    r = keyed_post(&region, path(h, &t, "/ancora"), "");
    ck_assert_int_eq(r.code, 303);
    r = keyed_post(&region, path(h, &t, "/stessa"), "resta=a");
    ck_assert_int_eq(r.code, 303);
    harness_free(h);
}
END_TEST

/* A program is told where it went too. */
static enum status uuid_of(struct ctx *c, void *arg)
{
    struct service s;
    struct str *out = arg;

    OK(catalogue_service_by_slug(c, *out, &s));
    *out = str_copy(c->mem, s.uuid);
    return ST_OK;
}

START_TEST(test_twins__the_api_leads_on)
{
    struct harness *h = harness_new();
    const struct two t = two(h);
    const struct keyed region = keyed_new(h, 0, LINKS_APPROVE);
    struct str uuid = t.a_slug;

    OK(harness_read(h, uuid_of, &uuid));
    ck_assert_int_eq(keyed_post(&region, path(h, &t, "/stessa"), "resta=b").code, 303);
    const struct web_reply r = harness_get(h, str_fmt(h->mem, "/api/hsds/3.0/services/%.*s", (int)uuid.n, uuid.p).p);

    ck_assert_int_eq(r.code, 308);
    ck_assert_int_eq(harness_get(h, str_z(h->mem, harness_header(h, &r, "Location"))).code, 200);
    harness_free(h);
}
END_TEST

/* ---- two organisations become one ---- */

static enum status bodies(struct ctx *c, void *arg)
{
    struct two *t = arg;
    struct twins_bodies_report r;
    struct service s;
    struct organisation o;
    int64_t third = 0, id = 0;

    const struct post_mail mail = {.key = STR("prova"), .to = STR("ente@desk.example"), .subject = STR("Prova"), .text = STR("Prova."),
                                   .organisation_id = t->caritas};
    struct post_row *mails;
    enum post_state state;
    int n_mails = 0;

    OK(post_put(c, &mail, &state));
    OK(twins_join_bodies(c, t->caritas, t->comune, STR("prova"), false, &r));
    ck_assert_int_eq(r.n_services, 1);
    OK(catalogue_service(c, t->a, &s));
    ck_assert_int_eq(s.organisation_id, t->comune);
    OK(post_of_organisation(c, t->comune, 10, &mails, &n_mails)); /* a mail that waits goes along */
    ck_assert_int_eq(n_mails, 1);
    ck_assert_int_eq(twins_join_bodies(c, t->caritas, t->comune, STR("prova"), false, &r), ST_CONFLICT);
    ck_assert_int_eq(twins_join_bodies(c, t->comune, t->caritas, STR("prova"), false, &r), ST_CONFLICT);
    ck_assert_int_eq(twins_join_bodies(c, t->comune, t->comune, STR("prova"), false, &r), ST_CONFLICT);
    /* its feed comes again, with one more: it goes to the one kept */
    id = put(c, "csv:caritas", "Caritas di prova", "Armadio dei vestiti", "0125 555 0102", "Vestiti.", &third);
    ck_assert_int_eq(third, t->comune);
    OK(catalogue_service(c, id, &s));
    ck_assert_int_eq(s.organisation_id, t->comune);
    OK(organisations_by_id(c, t->caritas, &o));
    ck_assert_int_eq(o.state, ORGANISATION_GONE);
    /* the one kept goes into a third, and then they come apart in another order */
    const int64_t d = put(c, "csv:terzo", "Terzo ente", "Terza cosa", "0125 555 0103", "Terza.", &third);

    (void)d;
    struct twins_bodies_report second;

    OK(twins_join_bodies(c, t->comune, third, STR("prova"), false, &second));
    ck_assert_int_eq(second.n_services, 3);
    OK(twins_part(c, 1, STR("prova"), &r));
    ck_assert_int_eq(r.n_services, 1);
    ck_assert_int_eq(r.n_left, 0);
    OK(catalogue_service(c, t->a, &s));
    ck_assert_int_eq(s.organisation_id, t->caritas);
    OK(catalogue_service(c, t->b, &s));
    ck_assert_int_eq(s.organisation_id, third);
    OK(twins_part(c, second.join_id, STR("prova"), &r));
    ck_assert_int_eq(r.n_services, 2);
    ck_assert_int_eq(r.n_left, 1); /* it had gone back to the first before */
    ck_assert_int_eq(twins_part(c, 1, STR("prova"), &r), ST_CONFLICT);
    ck_assert_int_eq(twins_part(c, 99, STR("prova"), &r), ST_NOT_FOUND);
    return ST_OK;
}

START_TEST(test_twins__two_bodies_become_one_and_two_again)
{
    struct harness *h = harness_new();
    struct two t = two(h);
    const struct keyed caritas = keyed_new(h, t.caritas, LINKS_KEEP);

    OK(harness_write(h, bodies, &t));
    ck_assert_int_eq(keyed_get(&caritas, "/doppioni").code, 200);
    harness_free(h);
}
END_TEST

static enum status only_join(struct ctx *c, void *arg)
{
    struct two *t = arg;
    struct twins_bodies_report r;

    return twins_join_bodies(c, t->caritas, t->comune, STR("prova"), false, &r);
}

/* The key of the one that was merged opens the other's door: it answers for what is now one body's. */
START_TEST(test_twins__keys_go_along)
{
    struct harness *h = harness_new();
    struct two t = two(h);
    const struct keyed caritas = keyed_new(h, t.caritas, LINKS_KEEP);
    struct web_reply r = keyed_get(&caritas, "/doppioni");

    harness_has(&r, "Chiave di: Caritas di prova");
    OK(harness_write(h, only_join, &t));
    r = keyed_get(&caritas, "/doppioni");
    harness_has(&r, "Chiave di: Comune di prova");
    r = keyed_get(&caritas, path(h, &t, ""));
    harness_has(&r, "Sono la stessa: unisci"); /* both sides are its own now */
    harness_free(h);
}
END_TEST

static enum status try_dry(struct ctx *c, void *arg)
{
    struct two *t = arg;
    struct twins_bodies_report r;

    OK(twins_join_bodies(c, t->caritas, t->comune, STR("prova"), true, &r));
    ck_assert_int_eq(r.n_services, 1);
    ck_assert_int_eq(r.join_id, 0);
    return ST_INVALID; /* as the command does: what was tried is undone */
}

static enum status is_as_before(struct ctx *c, void *arg)
{
    struct two *t = arg;
    struct service s;
    struct organisation o;

    OK(catalogue_service(c, t->a, &s));
    ck_assert_int_eq(s.organisation_id, t->caritas);
    OK(organisations_by_id(c, t->caritas, &o));
    ck_assert_int_eq(o.state, ORGANISATION_SHOWN);
    return ST_OK;
}

START_TEST(test_twins__a_dry_run_changes_nothing)
{
    struct harness *h = harness_new();
    struct two t = two(h);

    ck_assert_int_eq(harness_write(h, try_dry, &t), ST_INVALID);
    OK(harness_read(h, is_as_before, &t));
    harness_free(h);
}
END_TEST

UNIT_MAIN("twins", test_twins__an_answer_holds_when_feeds_come_again, test_twins__a_look_goes_on_where_it_stopped,
          test_twins__made_one_when_both_say_so, test_twins__others_learn_nothing, test_twins__decided_and_taken_back,
          test_twins__the_api_leads_on, test_twins__two_bodies_become_one_and_two_again, test_twins__keys_go_along,
          test_twins__a_dry_run_changes_nothing)

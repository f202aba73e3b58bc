/* albo_test.c - a body is proposed, answered, and stands in the albo with its key; the list and its file. */
#include "features/albo/albo.h"
#include "base/date.h"
#include "core/post/post.h"
#include "features/catalogue/catalogue_edit.h"
#include "features/twins/twins.h"
#include "tests/support/keyed.h"
#include "tests/unit.h"
#include <stdlib.h>
#include <string.h>

#define OK(call) ck_assert_int_eq(call, ST_OK)

static const char FORM[] = "nome=Amici+del+parco&tipo=third-sector&sezione=aps&runts=12345&cosa=Passeggiate+per+tutti.&comune=Ivrea"
                           "&telefono=0125+555+0177&email=sportello%40amici.example.org&codice-fiscale=93000000013&tema=anziani";

static struct str code_of(struct harness *h, const struct web_reply *r)
{
    const struct str place = harness_header(h, r, "Location");
    const struct str before = STR("/albo/proponi/");

    ck_assert_int_eq(r->code, 303);
    ck_assert(str_starts(place, before));
    return str_head(str_from(place, before.n), 10);
}

static int64_t organisation_of(struct harness *h, const char *body);

static enum status find_body(struct ctx *c, void *arg)
{
    struct body b;
    struct organisation o;
    const char **code_then = arg;

    OK(bodies_by_code(c, str_of(*code_then), &b));
    OK(organisations_of_body(c, b.body_id, &o));
    *code_then = str_fmt(c->mem, "%lld", (long long)o.organisation_id).p;
    return ST_OK;
}

static int64_t organisation_of(struct harness *h, const char *body)
{
    const char *code = body;

    OK(harness_read(h, find_body, &code));
    return strtoll(code, NULL, 10);
}

/* ---- the eleven digits ---- */

START_TEST(test_albo__tax_ids_of_bodies)
{
    struct arena *mem = arena_new(0);
    static const struct {
        const char *typed;
        bool is_right;
    } cases[] = {
        {"00488410010", true},   {"80087670016", true},  {"02843860012", true},  {"93000000013", true},
        {"00488410011", false},  {"00000000000", false}, {"0048841001", false},  {"004884100100", false},
        {"RSSMRA80A01H501U", false}, {"", false},        {"0048841001O", false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(albo_tax_id_is_right(str_of(cases[i].typed)) == cases[i].is_right, "%s", cases[i].typed);
    ck_assert(albo_tax_id_is_right(albo_tax_id_tidy(mem, STR(" IT 004 884 10010 "))));
    ck_assert(albo_tax_id_is_right(albo_tax_id_tidy(mem, STR("it00488410010"))));
    /* every slip of one figure is seen, and so is a swap of two neighbours but 0 and 9 */
    for (int at = 0; at < 11; at++)
        for (char d = '0'; d <= '9'; d++) {
            char one[] = "00488410010";

            if (one[at] == d)
                continue;
            one[at] = d;
            ck_assert_msg(!albo_tax_id_is_right(str_of(one)), "%s", one);
        }
    arena_free(mem);
}
END_TEST

/* ---- from the proposal to the key ---- */

static enum status mail_of(struct ctx *c, void *arg)
{
    struct post_row row;
    struct str *code = arg;

    OK(post_by_key(c, str_fmt(c->mem, "albo:key:%.*s", (int)code->n, code->p), &row));
    ck_assert(str_eq_z(row.to, "sportello@amici.example.org"));
    *code = str_copy(c->mem, row.text);
    return ST_OK;
}

START_TEST(test_albo__proposed_approved_and_keyed)
{
    struct harness *h = harness_new();
    const struct keyed ivrea = keyed_new(h, organisation_of(h, "MB33"), LINKS_APPROVE), region = keyed_new(h, 0, LINKS_APPROVE);
    struct web_reply r = harness_post(h, "/albo/proponi", FORM);
    struct str code = code_of(h, &r);
    const char *follow = str_fmt(h->mem, "/albo/proponi/%.*s", (int)code.n, code.p).p;

    r = harness_get(h, follow);
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Amici del parco");
    harness_has(&r, "Al più tardi");
    r = harness_get(h, "/albo");
    harness_has_not(&r, "Amici del parco");
    r = keyed_get(&region, "/albo/gestione");
    harness_has(&r, "1 proposta da guardare");
    harness_has(&r, "/albo/gestione/1");
    r = keyed_get(&region, "/albo/gestione/1");
    harness_has(&r, "93000000013");
    r = keyed_post(&region, "/albo/gestione/1/approva", "");
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "La chiave parte per e-mail");
    harness_has_not(&r, "/chiave/");
    /* twice is told, and makes no second body */
    r = keyed_post(&region, "/albo/gestione/1/approva", "");
    ck_assert_int_eq(r.code, 409);
    r = keyed_post(&region, "/albo/gestione/1/rifiuta", "risposta=no");
    ck_assert_int_eq(r.code, 409);
    r = harness_get(h, follow);
    harness_has(&r, "Approvata");
    r = harness_get(h, "/albo?sezione=aps");
    harness_has(&r, "Amici del parco");
    harness_has(&r, "1 ente");
    r = harness_get(h, "/dati/albo.csv?sezione=aps");
    harness_has(&r, "Amici del parco");
    harness_has(&r, "Associazioni di promozione sociale");
    /* the key in the mail opens its own line */
    struct str text = code;

    OK(harness_read(h, mail_of, &text));
    const char *at = memmem(text.p, text.n, "/chiave/", 8);

    ck_assert_ptr_nonnull(at);
    struct keyed own = {.h = h};
    struct str token = str_from(text, (size_t)(at - text.p) + 8);

    token = str_cut(&token, '\n');
    own.cookie = str_fmt(h->mem, "Cookie: wecare_key=%.*s", (int)token.n, token.p).p;
    r = keyed_get(&own, "/albo/nostro");
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Amici del parco");
    ck_assert_int_eq(keyed_post(&own, "/albo/nostro", "sezione=odv&tema=disabili&tema=nulla&aiuto=1").code, 303);
    r = harness_get(h, "/albo?sezione=odv&tema=disabili&aiuto=1");
    harness_has(&r, "Amici del parco");
    ck_assert_int_eq(keyed_get(&own, "/albo/gestione").code, 403);
    (void)ivrea;
    harness_free(h);
}
END_TEST

START_TEST(test_albo__refused_with_words)
{
    struct harness *h = harness_new();
    const struct keyed region = keyed_new(h, 0, LINKS_APPROVE);
    struct web_reply r = harness_post(h, "/albo/proponi", FORM);
    const struct str code = code_of(h, &r);
    const char *follow = str_fmt(h->mem, "/albo/proponi/%.*s", (int)code.n, code.p).p;

    r = keyed_post(&region, "/albo/gestione/1/rifiuta", "risposta=+");
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "Mancano le parole");
    r = keyed_post(&region, "/albo/gestione/1/rifiuta", "risposta=C%27%C3%A8+gi%C3%A0+con+un+altro+nome.");
    ck_assert_int_eq(r.code, 303);
    r = harness_get(h, follow);
    harness_has(&r, "altro nome");
    r = harness_get(h, "/albo");
    harness_has_not(&r, "Amici del parco");
    harness_free(h);
}
END_TEST

/* A managing body answers for its comuni alone. */
START_TEST(test_albo__only_who_looks_after_it_answers)
{
    struct harness *h = harness_new();
    const int64_t ciss = organisation_of(h, "MB32");
    const struct keyed ciss38 = keyed_new(h, ciss, LINKS_APPROVE), keep = keyed_new(h, ciss, LINKS_KEEP);
    struct web_reply r = harness_post(h, "/albo/proponi", FORM); /* Ivrea is another body's */

    ck_assert_int_eq(r.code, 303);
    r = keyed_get(&ciss38, "/albo/gestione");
    ck_assert_int_eq(r.code, 200);
    harness_has_not(&r, "Amici del parco");
    ck_assert_int_eq(keyed_get(&ciss38, "/albo/gestione/1").code, 404);
    ck_assert_int_eq(keyed_post(&ciss38, "/albo/gestione/1/approva", "").code, 404);
    ck_assert_int_eq(keyed_get(&keep, "/albo/gestione").code, 403);
    ck_assert_int_eq(keyed_post(&keep, "/albo/gestione/1/approva", "").code, 403);
    ck_assert_int_eq(harness_get(h, "/albo/gestione/1").code, 403);
    ck_assert_int_eq(harness_get(h, "/albo/proponi/ABCDE23456").code, 404);
    ck_assert_int_eq(harness_get(h, "/albo/nostro").code, 403);
    harness_free(h);
}
END_TEST

/* ---- what is wrong is said beside its field, and nothing typed is lost ---- */

START_TEST(test_albo__everything_wrong_at_once)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_post(h, "/albo/proponi",
                                      "nome=&tipo=casino&cosa=&comune=Xyzzywq&telefono=pronto&email=non+so&sito=javascript%3Aalert(1)"
                                      "&codice-fiscale=12345678901&indirizzo=%3Cscript%3E");

    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "Manca il nome");
    harness_has(&r, "Manca il tipo");
    harness_has(&r, "Manca che cosa fa");
    harness_has(&r, "Non troviamo questo Comune");
    harness_has(&r, "non sembra un telefono");
    harness_has(&r, "non sembra una e-mail");
    harness_has(&r, "comincia con https");
    harness_has(&r, "l’ultima controlla le altre");
    harness_has(&r, "&lt;script&gt;");
    harness_has_not(&r, "<script>");
    /* homonyms are offered */
    r = harness_post(h, "/albo/proponi", "nome=A&tipo=group&cosa=B&comune=San+Giorgio&telefono=0125+555+0101");
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "San Giorgio Canavese (TO)");
    /* a person's mobile is told once, and taken when it is meant */
    r = harness_post(h, "/albo/proponi", "nome=A&tipo=group&cosa=Chiedi+di+Maria&comune=Ivrea&telefono=347+5550101");
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "dato di una persona");
    harness_has(&r, "347 5550101");
    r = harness_post(h, "/albo/proponi", "nome=A&tipo=group&cosa=Chiedi+di+Maria&comune=Ivrea&telefono=347+5550101&letto=1");
    ck_assert_int_eq(r.code, 303);
    harness_free(h);
}
END_TEST

static enum status flood(struct ctx *c, void *arg)
{
    struct str first, code;
    struct albo_form f = {.name = STR("Ente"),
                          .kind = STR("group"),
                          .comune = STR("Ivrea"),
                          .what = STR("Aiuta."),
                          .phone = STR("0125 555 0101"),
                          .nonce = STR("stesso")};
    int n = 0;
    enum status st = ST_OK;

    (void)arg;
    OK(albo_propose(c, &f, &first));
    OK(albo_propose(c, &f, &code)); /* the same form twice is one */
    ck_assert(str_eq(first, code));
    f.name = STR("Altro ente"); /* they went back and wrote of another */
    OK(albo_propose(c, &f, &code));
    ck_assert(!str_eq(first, code));
    f.nonce = STR("");
    while (st == ST_OK && n < ALBO_PER_HOUR + 5) {
        st = albo_propose(c, &f, &code);
        n += st == ST_OK;
    }
    ck_assert_int_eq(st, ST_INVALID);
    ck_assert_str_eq(c->problems.list[0].key, "albo.too-many-now");
    ck_assert_int_eq(n, ALBO_PER_HOUR - 2);
    return ST_OK;
}

START_TEST(test_albo__a_flood_is_held)
{
    struct harness *h = harness_new();

    OK(harness_write(h, flood, NULL));
    harness_free(h);
}
END_TEST

static enum status grow_old(struct ctx *c, void *arg)
{
    struct albo_proposal p;
    struct str code;
    const struct albo_form f = {.name = STR("Ente"), .kind = STR("group"), .comune = STR("Ivrea"), .what = STR("Aiuta."), .phone = STR("0125 555 0101")};

    (void)arg;
    OK(albo_propose(c, &f, &code));
    OK(albo_follow(c, code, &p));
    c->today += 400; /* one that waits is never forgotten */
    OK(albo_sweep(c));
    OK(albo_follow(c, code, &p));
    OK(albo_refuse(c, p.proposal_id, STR("Regione"), STR("No.")));
    c->today += ALBO_KEEP_DAYS;
    OK(albo_sweep(c));
    OK(albo_follow(c, code, &p));
    c->today += 1;
    ck_assert_int_eq(albo_follow(c, code, &p), ST_NOT_FOUND);
    OK(albo_sweep(c));
    c->today -= 1;
    ck_assert_int_eq(albo_follow(c, code, &p), ST_NOT_FOUND);
    return ST_OK;
}

START_TEST(test_albo__what_was_answered_goes)
{
    struct harness *h = harness_new();

    OK(harness_write(h, grow_old, NULL));
    harness_free(h);
}
END_TEST

/* ---- the list ---- */

START_TEST(test_albo__filters_have_an_address)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_get(h, "/albo?tipo=consortium&distretto=21-cirie-lanzo");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Ente gestore");
    r = harness_get(h, "/albo?testo=zzzz");
    harness_has(&r, "Nessun ente con questi filtri");
    r = harness_get(h, "/albo?testo=%22%3E%3Cscript%3E&tipo=x&sezione=y&tema=%27&distretto=../..&pagina=-4");
    ck_assert_int_eq(r.code, 200);
    harness_has_not(&r, "<script>");
    r = harness_get(h, "/albo?pagina=2");
    harness_has(&r, "Prima");
    r = harness_get(h, "/albo?pagina=99999");
    ck_assert_int_eq(r.code, 200);
    r = harness_get(h, "/en/albo");
    harness_has(&r, "Register of bodies");
    harness_free(h);
}
END_TEST

static int64_t put_body(struct ctx *c, const char *name)
{
    const struct organisation o = {.name = str_of(name), .source = STR("csv:prova"), .source_id = str_of(name)};
    enum put_change change;
    int64_t id = 0;

    OK(organisations_put(c, &o, &id, &change));
    return id;
}

/* A joins B: what was said of A holds for B until B says its own; apart again, each has its own. */
static enum status handed_on(struct ctx *c, void *arg)
{
    const struct albo_details d = {.section = ALBO_ODV, .runts_number = STR("77"), .themes = STR("anziani"), .is_self_help = true};
    const struct albo_ask ask = {.section = ALBO_ODV, .self_help = true, .theme = STR("anziani"), .words = STR("Ente B"), .per_page = 5};
    const int64_t a = put_body(c, "Ente A"), b = put_body(c, "Ente B");
    struct twins_bodies_report joined, apart;
    struct albo_answer found;
    struct albo_line l;

    (void)arg;
    OK(albo_set(c, a, &d, STR("Regione")));
    ck_assert_int_eq(albo_entry(c, b, &l), ST_NOT_FOUND);
    OK(twins_join_bodies(c, a, b, STR("Regione"), false, &joined));
    OK(albo_list(c, &ask, &found));
    ck_assert_int_eq(found.n_all, 1);
    ck_assert(str_eq_z(found.lines[0].runts_number, "77"));
    OK(albo_entry(c, b, &l));
    ck_assert_int_eq(l.section, ALBO_ODV);
    OK(twins_part(c, joined.join_id, STR("Regione"), &apart));
    ck_assert_int_eq(albo_entry(c, b, &l), ST_NOT_FOUND);
    OK(albo_list(c, &ask, &found));
    ck_assert_int_eq(found.n_all, 0);
    OK(twins_join_bodies(c, a, b, STR("Regione"), false, &joined));
    OK(albo_set(c, b, &(struct albo_details){.section = ALBO_APS}, STR("Ente B")));
    OK(albo_entry(c, b, &l));
    ck_assert_int_eq(l.section, ALBO_APS);
    return ST_OK;
}

START_TEST(test_albo__what_was_said_goes_along_with_a_merger)
{
    struct harness *h = harness_new();

    OK(harness_write(h, handed_on, NULL));
    harness_free(h);
}
END_TEST

UNIT_MAIN("albo", test_albo__tax_ids_of_bodies, test_albo__proposed_approved_and_keyed, test_albo__refused_with_words,
          test_albo__only_who_looks_after_it_answers, test_albo__everything_wrong_at_once, test_albo__a_flood_is_held,
          test_albo__what_was_answered_goes, test_albo__filters_have_an_address,
          test_albo__what_was_said_goes_along_with_a_merger)

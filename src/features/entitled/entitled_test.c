/* entitled_test.c - six questions and their answer as people get them: what is due, why, where to go; and that nothing stays. */
#include "features/catalogue/catalogue_edit.h"
#include "features/entitled/entitled.h"
#include "tests/support/keyed.h"
#include "tests/support/traces.h"
#include "tests/unit.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define OK(call) ck_assert_int_eq(call, ST_OK)
/* T-ADI-1 of the field: two adults under 60, one who looks after somebody, two minors, 1,200 a year, rent 5,000. */
#define FAMILY                                                                                                              \
    "persone=4&dove=Ivrea&residenza=cinque&eta-1=40&salute-1=bene&lavoro-1=cerca&servizi-1=no&eta-2=38&chi-2=coniuge"        \
    "&salute-2=bene&cura-2=si&servizi-2=no&eta-3=8&chi-3=figlio&salute-3=bene&cura-3=no&servizi-3=no&eta-4=5&chi-4=figlio"     \
    "&salute-4=bene&cura-4=no&servizi-4=no&cura-1=no&isee=ho&isee-ord=5.000&isee-pfi=4.000&isee-min=4.000&reddito=1.200&dimissioni=no"   \
    "&sostegno=no&casa=affitto&affitto=416,67&immobili=nessuno&depositi=500&gravidanza=no&adi=no&assistente=no"

static enum status add_desk(struct ctx *c, void *arg)
{
    const struct organisation o = {.name = STR("Ente"), .source = STR("csv:prova"), .source_id = STR("1")};
    const struct edit_change list[] = {{.field = EDIT_NAME, .text = STR("Patronato del Ponte")},
                                       {.field = EDIT_NEEDS, .text = STR("assegno-inclusione\naffitto\nsoldi-per-vivere")},
                                       {.field = EDIT_PLACES, .text = STR("via Roma 1, Ivrea (TO)")},
                                       {.field = EDIT_PHONES, .text = STR("0125 555 0101")}};
    const struct edit_who who = {.how = EDIT_BY_DESK, .by = STR("Ente")};
    struct edit_outcome outcome;
    enum put_change change;
    int64_t organisation_id, id;

    OK(organisations_put(c, &o, &organisation_id, &change));
    return catalogue_edit_add(c, organisation_id, list, (int)(sizeof list / sizeof *list), &who, &id, &outcome);
}

static struct harness *begin(void)
{
    struct harness *h = harness_new();

    OK(harness_write(h, add_desk, NULL));
    return h;
}

/* What stands between the title of a group and the next section. */
static struct str group(const struct web_reply *r, const char *id)
{
    const struct str mark = str_of(id);
    const char *at = memmem(r->body.p, r->body.n, mark.p, mark.n);

    ck_assert_msg(at != NULL, "there is no %s", id);
    const struct str rest = str_from(r->body, (size_t)(at - r->body.p) + mark.n);
    const char *end = memmem(rest.p, rest.n, "</section>", 10);

    return end == NULL ? rest : str_head(rest, (size_t)(end - rest.p));
}

static void group_has(const struct web_reply *r, const char *id, const char *words)
{
    const struct str g = group(r, id);

    ck_assert_msg(memmem(g.p, g.n, words, strlen(words)) != NULL, "%s has no \"%s\": %.*s", id, words, (int)(g.n < 1500 ? g.n : 1500), g.p);
}

START_TEST(test_entitled__the_empty_form_asks_six_questions)
{
    struct harness *h = begin();
    struct web_reply r = harness_get(h, "/spetta");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "6 domande");
    for (int i = 1; i <= 6; i++)
        harness_has(&r, str_fmt(h->mem, "aria-hidden=\"true\">%d</span>", i).p);
    harness_has(&r, "il solo ISEE che vale è quello dell’INPS");
    harness_has(&r, "Non so</option>");
    ck_assert(str_eq_z(harness_header(h, &r, "Cache-Control"), "no-store"));
    r = harness_get(h, "/");
    harness_has(&r, "href=\"/spetta\"");
    r = harness_get(h, "/en/spetta");
    harness_has(&r, "I do not know");
    ck_assert_int_eq(harness_get(h, "/spetta/risultato").code, 303);
    harness_free(h);
}
END_TEST

START_TEST(test_entitled__a_family_is_told_what_is_due_and_where)
{
    struct harness *h = begin();
    struct web_reply r = harness_post(h, "/spetta/risultato", FAMILY);

    ck_assert_int_eq(r.code, 200);
    group_has(&r, "id=\"ti-spetta\"", "Assegno di inclusione");
    group_has(&r, "id=\"ti-spetta\"", "1.124,17 euro al mese");
    group_has(&r, "id=\"ti-spetta\"", "820,83 euro al mese");
    group_has(&r, "id=\"ti-spetta\"", "Patronato del Ponte");
    group_has(&r, "id=\"ti-spetta\"", "tel:01255550101");
    group_has(&r, "id=\"ti-spetta\"", "D.L. 4 maggio 2023 n. 48");
    group_has(&r, "id=\"ti-spetta\"", "Regole in vigore dal");
    group_has(&r, "id=\"ti-spetta\"", "ISEE in corso di validità");
    harness_has(&r, "È una simulazione");
    harness_has(&r, "Le tue risposte");
    harness_has(&r, "name=\"reddito\" value=\"1.200\"");
    ck_assert(str_eq_z(harness_header(h, &r, "Cache-Control"), "no-store"));
    r = harness_post(h, "/spetta/risultato", FAMILY "&reddito=90.000&isee-pfi=40.000");
    harness_has(&r, "820,83"); /* of two fields the first counts */
    harness_free(h);
}
END_TEST

START_TEST(test_entitled__no_is_never_bare)
{
    struct harness *h = begin();
    struct web_reply r = harness_post(h, "/spetta/risultato", "persone=1&dove=Ivrea&eta-1=40&salute-1=bene&servizi-1=no&isee=ho&isee-pfi=30.000&isee-ord=30.000");

    ck_assert_int_eq(r.code, 200);
    group_has(&r, "id=\"per-ora-no\"", "Assegno di inclusione");
    group_has(&r, "id=\"per-ora-no\"", "Per ora no, perché");
    group_has(&r, "id=\"per-ora-no\"", "30.000,00 euro");
    harness_has_not(&r, "<li></li>");
    harness_free(h);
}
END_TEST

START_TEST(test_entitled__non_so_everywhere_says_what_is_missing)
{
    struct harness *h = begin();
    struct web_reply r = harness_post(h, "/spetta/risultato", "persone=1");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Ti spettano: 0. Probabili: 0.");
    group_has(&r, "id=\"da-verificare\"", "Assegno di inclusione");
    group_has(&r, "id=\"da-verificare\"", "Manca:");
    harness_has_not(&r, "id=\"ti-spetta\"");
    harness_has_not(&r, "id=\"probabilmente\"");
    harness_has(&r, "Non hai ancora risposto");
    harness_free(h);
}
END_TEST

/* E1 of the field: one person, 14,000 of wages, 4,800 of rent, 3,000 saved. */
START_TEST(test_entitled__an_estimate_is_told_step_by_step)
{
    struct harness *h = begin();
    struct web_reply r = harness_post(h, "/spetta/risultato",
                                      "persone=1&dove=Ivrea&eta-1=40&salute-1=bene&isee=stima&dipendente-1=14.000&casa=affitto&affitto=400"
                                      "&depositi=3.000&immobili=nessuno&genitori=altro");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "La stima del tuo ISEE");
    harness_has(&r, "Il solo ISEE che vale è quello dell’INPS");
    group_has(&r, "id=\"da-verificare\"", "Da controllare con lo sportello:"); /* nothing is missing, something is taken as usual */
    group_has(&r, "id=\"stime\"", "6.400,00 euro");
    group_has(&r, "id=\"stime\"", "scala di equivalenza");
    harness_has_not(&r, "id=\"ti-spetta\""); /* what rests on an estimate is likely at most */
    r = harness_post(h, "/spetta/risultato", "persone=1&isee=stima");
    harness_has_not(&r, "id=\"stime\"");
    r = harness_get(h, "/spetta");
    harness_has(&r, "id=\"stima\">"); /* folded until somebody writes in it */
    r = harness_post(h, "/spetta", "persone=1&dipendente-1=tanti");
    harness_has(&r, "id=\"stima\" open>");
    harness_free(h);
}
END_TEST

START_TEST(test_entitled__rows_of_persons_come_and_go_and_nothing_typed_is_lost)
{
    struct harness *h = begin();
    struct web_reply r = harness_post(h, "/spetta", "persone=2&azione=aggiungi&dove=Xyz&eta-1=40&eta-2=quaranta&reddito=tanti&casa=mia");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "name=\"persone\" value=\"3\"");
    harness_has(&r, "id=\"eta-3\"");
    harness_has(&r, "value=\"quaranta\"");
    harness_has(&r, "value=\"Xyz\"");
    harness_has(&r, "value=\"tanti\"");
    harness_has(&r, "<option value=\"mia\" selected>");
    harness_has_not(&r, "is-invalid"); /* nothing was asked yet */
    r = harness_post(h, "/spetta", "persone=3&azione=togli-2&eta-2=70&eta-3=9");
    harness_has(&r, "name=\"persone\" value=\"2\"");
    harness_has(&r, "value=\"9\"");
    harness_has_not(&r, "value=\"70\"");
    r = harness_post(h, "/spetta/risultato", "persone=2&dove=Xyzzyq&eta-2=quaranta&reddito=tanti&casa=mia");
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "id=\"dove-problema\"");
    harness_has(&r, "id=\"eta-2-problema\"");
    harness_has(&r, "id=\"reddito-problema\"");
    harness_has(&r, "href=\"#eta-2\"");
    harness_has(&r, "Ci sono 3 risposte da sistemare");
    harness_has(&r, "value=\"quaranta\"");
    r = harness_post(h, "/spetta/risultato", "persone=1&dove=%3Cscript%3E&reddito=%22%3E%3Cimg&persone=99");
    ck_assert_int_eq(r.code, 422);
    harness_has_not(&r, "<script>");
    harness_has_not(&r, "<img");
    harness_free(h);
}
END_TEST

START_TEST(test_entitled__of_comuni_with_one_name_one_is_chosen)
{
    struct harness *h = begin();
    struct web_reply r = harness_post(h, "/spetta/risultato", "persone=1&dove=San+Giorgio&eta-1=40");

    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "Quale Comune?");
    harness_has(&r, "name=\"scelto\" value=\"san-giorgio-canavese-to\"");
    r = harness_post(h, "/spetta/risultato", "persone=1&dove=San+Giorgio&eta-1=40&scelto=san-giorgio-canavese-to");
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "San Giorgio Canavese (TO)");
    harness_free(h);
}
END_TEST

static int count(const struct web_reply *r, const char *what)
{
    const char *at = r->body.p, *const end = r->body.p + r->body.n;
    int n = 0;

    while ((at = memmem(at, (size_t)(end - at), what, strlen(what))) != NULL) {
        at++;
        n++;
    }
    return n;
}

/* A hundred boxes in one heap are not a page: they stand in chapters, and a folded one hides nothing that was typed. */
START_TEST(test_entitled__the_facts_stand_in_chapters)
{
    struct harness *h = begin();
    const struct rules_facts *const facts = rules_facts_open(h->mem);

    for (int i = 0; i < rules_n_facts(facts); i++) {
        const struct rules_fact *const f = rules_fact_at(facts, i);
        const char *key = str_fmt(h->mem, "entitled.chapter-%.*s", (int)f->chapter.n, f->chapter.p).p;

        ck_assert_msg(f->chapter.n > 0 && !str_eq_z(text_get(LANG_IT, key), key), "%.*s has no chapter with words", (int)f->name.n, f->name.p);
    }
    struct web_reply r = harness_get(h, "/spetta/operatore");

    harness_has(&r, "<summary>La casa</summary>");
    harness_has(&r, "<summary>Redditi della persona</summary>");
    ck_assert_int_eq(count(&r, "<details class=\"w-due-rare\" open>"), 2); /* the first of the household, the first of the person */
    r = harness_post(h, "/spetta/operatore", "persone=1&canone_mensile=300&depositi=molti&altri_redditi-1=5");
    ck_assert_int_eq(count(&r, "<details class=\"w-due-rare\" open>"), 5);
    harness_free(h);
}
END_TEST

START_TEST(test_entitled__all_facts_on_one_page_for_who_knows_them)
{
    struct harness *h = begin();
    struct web_reply r = harness_get(h, "/spetta/operatore");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "name=\"isee_pfi\"");
    harness_has(&r, "name=\"eta-1\"");
    r = harness_post(h, "/spetta/operatore",
                     "persone=4&dove=Ivrea&residenza_anni=5&residenza_continua_anni=2&residenza_piemonte=si&eta-1=40&eta-2=38&carichi_di_cura-2=si"
                     "&disabile-1=no&disabile-2=no&disabile-3=no&disabile-4=no&disabile_grave-1=no&disabile_grave-2=no&disabile_grave-3=no"
                     "&disabile_grave-4=no&non_autosufficiente-2=no&non_autosufficiente-3=no&non_autosufficiente-4=no"
                     "&svantaggio_certificato-2=no&svantaggio_certificato-1=no&eta-3=8&eta-4=5&isee_pfi=4000&reddito_familiare=1200&in_affitto=si&affitto_annuo=5000"
                     "&immobili_senza_casa=0&casa_valore_imu=0&patrimonio_mobiliare=500&dimissioni_volontarie=no&riceve_adi=no");
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "1.124,17 euro al mese");
    harness_has(&r, "Patronato del Ponte");
    harness_has(&r, "Entro quando</h4><p lang=\"it\">nessuna: si chiede in ogni momento");
    harness_has(&r, "non abbiamo una data controllata");
    harness_has(&r, "name=\"isee_pfi\" type=\"text\" inputmode=\"decimal\" maxlength=\"60\" value=\"4000\"");
    r = harness_post(h, "/spetta/operatore", "persone=1&azione=aggiungi-fuori&eta-1=80");
    harness_has(&r, "Figlio 1 che vive altrove");
    harness_has(&r, "name=\"fuori\" value=\"1\"");
    r = harness_post(h, "/spetta/operatore", "persone=1&fuori=1&azione=aggiungi&eta-1=80&eta-2=50");
    harness_has(&r, "id=\"eta-3\"");
    r = harness_post(h, "/spetta/operatore", "persone=1&isee_ord=molto&dove=Xyzzyq");
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "value=\"molto\"");
    harness_free(h);
}
END_TEST

/* E2 of the field: a couple who work, children of 8 and 2, a home with a mortgage, savings. */
static const char *couple(struct harness *h, const char *more)
{
    static const char *const of_each[] = {"reddito_pensione", "altri_redditi"}, *const of_none[] = {"disabile", "non_autosufficiente"};
    struct buf b = buf_new(h->mem, 1024);

    buf_z(&b, "persone=4&eta-1=40&eta-2=38&eta-3=8&eta-4=2&reddito_dipendente-1=24.000&reddito_dipendente-2=9.000&reddito_dipendente-3=0"
              "&reddito_dipendente-4=0&figlio_convivente-1=no&figlio_convivente-2=no&figlio_convivente-3=si&figlio_convivente-4=si"
              "&in_affitto=no&affitto_annuo=0&casa_valore_imu=120.000&mutuo_residuo=40.000&altri_immobili=0&depositi=8.000&titoli_stato=10.000"
              "&entrambi_i_genitori_lavorano=si&genitore_solo_non_lavora=no");
    for (int p = 1; p <= 4; p++)
        for (int i = 0; i < 2; i++)
            buf_fmt(&b, "&%s-%d=0&%s-%d=no", of_each[i], p, of_none[i], p);
    buf_z(&b, more);
    buf_char(&b, '\0');
    return b.p;
}

START_TEST(test_entitled__what_changes_when_a_child_is_born_or_work_is_lost)
{
    struct harness *h = begin();
    struct web_reply r = harness_get(h, "/calcoli");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Solo la stima dell’ISEE");
    r = harness_post(h, "/calcoli", couple(h, ""));
    ck_assert_int_eq(r.code, 200);
    group_has(&r, "id=\"risultato\"", "11.545,89 euro");
    harness_has_not(&r, ">Prima<");
    r = harness_post(h, "/calcoli", couple(h, "&evento=nasce"));
    group_has(&r, "aria-label=\"Prima\"", "11.545,89 euro");
    group_has(&r, "aria-label=\"Dopo: è nato un figlio\"", "9.412,94 euro");
    r = harness_post(h, "/calcoli", couple(h, "&evento=lavoro&chi-perde=1&nuovo-reddito=13.000")); /* E6 */
    group_has(&r, "aria-label=\"Prima\"", "11.545,89 euro");
    group_has(&r, "aria-label=\"Dopo: il lavoro è perso\"", "7.705,31 euro");
    group_has(&r, "id=\"corrente\"", "Sì, i redditi sono cambiati abbastanza");
    group_has(&r, "id=\"corrente\"", "7.705,31 euro");
    r = harness_post(h, "/calcoli", couple(h, "&evento=lavoro&chi-perde=9&nuovo-reddito=tanto"));
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "id=\"chi-perde-problema\"");
    harness_has(&r, "id=\"nuovo-reddito-problema\"");
    harness_has(&r, "value=\"120.000\"");
    r = harness_get(h, "/calcoli?regolamento=non-esiste");
    ck_assert_int_eq(r.code, 200);
    harness_free(h);
}
END_TEST

/* ---- nothing stays ---- */

static enum status gassino(struct ctx *c, void *arg)
{
    struct organisation o;
    struct body b;

    OK(bodies_by_code(c, STR("MB34"), &b));
    OK(organisations_of_body(c, b.body_id, &o));
    *(int64_t *)arg = o.organisation_id;
    return ST_OK;
}

/* What a body has typed by its form: the address of its plan, without the beginning. */
static const char *typed(struct harness *h, const char *form)
{
    int64_t id = 0;

    OK(harness_read(h, gassino, &id));
    const struct keyed k = keyed_new(h, id, LINKS_KEEP);
    struct web_reply r = keyed_post(&k, "/regolamenti/mio", form);

    ck_assert_int_eq(r.code, 303);
    struct str at = harness_header(h, &r, "Location");

    return str_z(h->mem, str_from(str_cut(&at, '?'), sizeof "/regolamenti/" - 1));
}

/* A social worker fills the scale and the plan of a body: band, ceiling, covered, remains; the points feed Scelta Sociale and the
 * hours what the body asks for help at home, although the plan itself is refused. */
START_TEST(test_entitled__a_scale_of_need_and_a_plan_feed_the_measures)
{
    struct harness *h = begin();
    const char *const plan = typed(h, "tipo=care-plan&scheda=&versione=0&schema=plan&titolo=Piano&dal=2026-01-01&fonte=d&isee=isee_soc&limite=30000"
                                      "&punti-come=sociale&punti-poco-1=5&punti-tanto-1=10&punti-tanto-3=8&riga-1=1&da-1=5&valore-1=300&riga-2=1"
                                      "&da-2=10&valore-2=700&prezzo-1=20&azione=salva");

    typed(h, "tipo=home-care&scheda=&versione=0&schema=fees&titolo=Aiuto+a+ore&dal=2026-01-01&fonte=d&isee=isee_soc&per=ora&tetto-mese=500"
             "&riga-1=1&valore-1=4&azione=salva");
    struct web_reply r = harness_get(h, "/spetta/operatore");

    harness_has(&r, "Nessuna scheda");
    harness_has_not(&r, "name=\"bada_a_se\"");
    const char *const form = str_fmt(h->mem, "scheda=%s&persone=1&eta-1=80&bada_a_se=non_riesce&mangia=da_solo&ore_oss_settimana=6", plan).p;

    r = harness_post(h, "/spetta/operatore", str_fmt(h->mem, "%s&isee_soc=10000", form).p);
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "non riesce: 10 punti</option>");
    harness_has(&r, "20 € all’ora");
    group_has(&r, "id=\"piano\"", "Sì, il regolamento lo riconosce.");
    group_has(&r, "id=\"piano\"", "(da 10 punti in su)</dt><dd>2</dd>");
    group_has(&r, "id=\"piano\"", "Tetto di un mese</dt><dd>700,00 euro</dd>");
    group_has(&r, "id=\"piano\"", "Paga l’ente</dt><dd>520,00 euro</dd>"); /* 6 hours * 52 / 12 * 20 */
    group_has(&r, "id=\"piano\"", "Resta alla persona</dt><dd>0,00 euro</dd>");
    harness_has(&r, "Il punteggio sociale arriva al minimo: 10 è almeno 7, secondo una stima");
    harness_has(&r, "104,00 euro al mese"); /* 26 hours at 4 euro */
    r = harness_post(h, "/spetta/operatore", str_fmt(h->mem, "%s&isee_soc=40000", form).p);
    group_has(&r, "id=\"piano\"", "Per ora no");
    harness_has(&r, "Il punteggio sociale arriva al minimo: 10 è almeno 7, secondo una stima");
    /* in Calcoli too */
    r = harness_get(h, str_fmt(h->mem, "/calcoli?regolamento=%s", plan).p);
    harness_has(&r, "La scheda di bisogno");
    r = harness_post(h, "/calcoli", str_fmt(h->mem, "regolamento=%s&persone=1&bada_a_se=con_aiuto&mangia=da_solo&ore_oss_settimana=6&isee_soc=10000", plan).p);
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Paga l’ente</dt><dd>300,00 euro</dd>");
    harness_has(&r, "Resta alla persona</dt><dd>220,00 euro</dd>");
    harness_free(h);
}
END_TEST

START_TEST(test_entitled__nothing_of_anybody_stays)
{
    static const char *const canaries[] = {"98.765", "9876543", "Zzyzxqw", "eta=107", "eta-1=107", NULL};
    struct harness *h = begin();
    const char *const plan = typed(h, "tipo=care-plan&scheda=&versione=0&schema=plan&titolo=Piano&dal=2026-01-01&fonte=d&isee=isee_soc&limite=30000"
                                      "&punti-poco-1=5&punti-tanto-1=10&riga-1=1&da-1=5&valore-1=300&prezzo-1=20&azione=salva");
    struct traces t;
    static const char *const json[] = {"Content-Type: application/json", NULL};
    const struct web_ask ask = {.method = "POST", .target = "/api/rules/1/ask", .headers = json, .without_token = true, .body = STR("{\"isee_ord\":\"98.765\",\"Zzyzxqw\":1,\"componenti\":[{\"eta\":107}]}")};

    traces_begin(&t, h);
    ck_assert_int_eq(harness_post(h, "/spetta/risultato", "persone=1&eta-1=107&reddito=98.765&dove=Ivrea").code, 200);
    ck_assert_int_eq(harness_post(h, "/spetta/risultato", "persone=1&eta-1=107&reddito=98.765&dove=Zzyzxqw").code, 422);
    ck_assert_int_eq(harness_post(h, "/spetta", "persone=1&eta-1=107&reddito=98.765&dove=Zzyzxqw").code, 200);
    ck_assert_int_eq(harness_post(h, "/spetta/operatore", "persone=1&eta-1=107&isee_ord=98.765&dove=Zzyzxqw").code, 422);
    ck_assert_int_eq(harness_post(h, "/calcoli", "persone=1&eta-1=107&reddito_dipendente-1=98.765").code, 200);
    ck_assert_int_eq(
        harness_post(h, "/spetta/operatore", str_fmt(h->mem, "scheda=%s&persone=1&eta-1=107&bada_a_se=non_riesce&altri_costi_mese=98.765", plan).p).code,
        200);
    ck_assert_int_eq(harness_post(h, str_fmt(h->mem, "/regolamenti/%s", plan).p, "bada_a_se=con_aiuto&altri_costi_mese=98.765").code, 200);
    ck_assert_int_eq(harness_ask(h, &ask).code, 400);
    traces_none(&t, canaries);
    const struct web_reply r = harness_get(h, "/spetta"); /* who comes next */

    for (int i = 0; canaries[i] != NULL; i++)
        harness_has_not(&r, canaries[i]);
    harness_has_not(&r, "value=\"107\"");
    harness_free(h);
}
END_TEST

UNIT_MAIN("entitled", test_entitled__the_empty_form_asks_six_questions, test_entitled__a_family_is_told_what_is_due_and_where,
          test_entitled__no_is_never_bare, test_entitled__the_facts_stand_in_chapters, test_entitled__non_so_everywhere_says_what_is_missing,
          test_entitled__an_estimate_is_told_step_by_step,
          test_entitled__rows_of_persons_come_and_go_and_nothing_typed_is_lost, test_entitled__of_comuni_with_one_name_one_is_chosen,
          test_entitled__all_facts_on_one_page_for_who_knows_them,
          test_entitled__a_scale_of_need_and_a_plan_feed_the_measures,
          test_entitled__what_changes_when_a_child_is_born_or_work_is_lost, test_entitled__nothing_of_anybody_stays)

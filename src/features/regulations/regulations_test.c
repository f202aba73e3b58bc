/* regulations_test.c - regulations from the form to the comparison, on the engine under test. */
#include "features/regulations/regulations.h"
#include "core/bodies/organisations.h"
#include "features/regulations/regulations_edit.h"
#include "features/regulations/regulations_feature.h"
#include "features/regulations/regulations_figures.h"
#include "tests/support/keyed.h"
#include "tests/unit.h"

#define OK(call) ck_assert_int_eq(call, ST_OK)

static enum status load(struct ctx *c, void *arg)
{
    (void)arg;
    OK(regulations_load_demo(c));
    return regulations_load_demo(c); /* the same twice adds nothing */
}

static enum status find_body(struct ctx *c, const char *code, int64_t *out)
{
    struct organisation o;
    struct body b;

    OK(bodies_by_code(c, str_of(code), &b));
    OK(organisations_of_body(c, b.body_id, &o));
    *out = o.organisation_id;
    return ST_OK;
}

static enum status chivasso(struct ctx *c, void *arg)
{
    return find_body(c, "MB33", arg);
}

static enum status gassino(struct ctx *c, void *arg)
{
    return find_body(c, "MB34", arg);
}

/* ---- the invented sets ---- */

static enum status seven_sets(struct ctx *c, void *arg)
{
    const struct regulations_asked a = {.isee_cents = 1200000, .age = 80, .adults = 1, .times = 20};
    struct regulations_figure *f;
    struct regulation *list;
    int n = 0, n_unread = 0, n_all = 0;

    (void)arg;
    OK(regulations_list(c, &(struct regulations_find){.on = DAY_NONE}, &list, &n_all));
    ck_assert_int_eq(n_all, 23);
    OK(regulations_list(c, &(struct regulations_find){.kind = REGULATION_HOME_CARE, .on = day_parse(STR("2026-11-21"))}, &list, &n));
    ck_assert_int_eq(n, 7);
    for (int i = 0; i < n; i++)
        ck_assert(list[i].is_invented);
    ck_assert(str_eq_z(list[0].district_code, "21") && str_eq_z(list[6].district_code, "24"));
    OK(regulations_figures(c, list, n, &a, &f, &n, &n_unread));
    ck_assert_int_eq(n, 7);
    ck_assert_int_eq(n_unread, 0);
    const struct regulations_spread all = regulations_spread_of(f, n, STR("")), two = regulations_spread_of(f, n, STR("22"));

    ck_assert_int_eq(all.n, 7);
    ck_assert_int_eq(all.low, 600000);   /* MB34 */
    ck_assert_int_eq(all.high, 999999);  /* MB38: 10.000 itself pays */
    ck_assert_int_eq(two.n, 2);
    ck_assert_int_eq(two.low, 600000);
    ck_assert_int_eq(two.high, 750000);
    /* an hour at 12.000: MB34 in a straight line, 20 * 6.000 / 14.000; twenty of them in a month */
    for (int i = 0; i < n; i++)
        if (str_eq_z(f[i].regulation->body_code, "MB34")) {
            ck_assert_int_eq(f[i].cents, 857);
            ck_assert_int_eq(f[i].month_cents, 17140);
        } else if (str_eq_z(f[i].regulation->body_code, "MB36")) {
            ck_assert_int_eq(f[i].month_cents, 20000); /* a fifth of a month's ISEE, under the cost of 448 */
        }
    OK(regulations_list(c, &(struct regulations_find){.kind = REGULATION_HOME_CARE, .on = day_parse(STR("2025-12-31"))}, &list, &n));
    ck_assert_int_eq(n, 0); /* not yet in force */
    return ST_OK;
}

START_TEST(test_regulations__seven_invented_sets_stand_side_by_side)
{
    struct harness *h = harness_new();

    OK(harness_write(h, load, NULL));
    OK(harness_read(h, seven_sets, NULL));
    struct web_reply r = harness_get(h, "/regolamenti");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Regolamento inventato per dimostrazione");
    harness_has(&r, "7 regolamenti in 4 distretti non sono uguali: vanno da 6.000 € a 9.999,99 €");
    harness_has(&r, "<svg viewBox=\"0 0 740 400\" role=\"img\"");
    harness_has(&r, "stroke-dasharray=\"14 6\"");
    harness_has(&r, "Diverso:");
    r = harness_get(h, "/en/regolamenti?tipo=economic-support");
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Economic support");
    r = harness_get(h, "/regolamenti/confronto.csv");
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Inventato");
    harness_has(&r, "\"7500.00\"");
    harness_has(&r, "\"0.00\",\"0.00\",\"5.00\",\"5.00\",\"11.00\""); /* MB38 at 0, 5.000, 10.000 itself, 15.000, 20.000 */
    r = harness_get(h, "/regolamenti/confronto.xlsx?tipo=school");
    ck_assert_int_eq(r.code, 200);
    ck_assert(r.body.n > 2 && r.body.p[0] == 'P' && r.body.p[1] == 'K');
    harness_free(h);
}
END_TEST

START_TEST(test_regulations__one_household_goes_through_all_and_is_kept_nowhere)
{
    struct harness *h = harness_new();

    OK(harness_write(h, load, NULL));
    struct web_reply r = harness_post(h, "/regolamenti", "tipo=home-care&isee=11.545%2C89&eta=81&adulti=1&minori=0&volte=10");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "79,20 €"); /* MB34: 7,92 an hour, ten times */
    harness_has(&r, "7,92 € all’ora");
    harness_has(&r, "11.545,89");
    r = harness_get(h, "/regolamenti");
    harness_has_not(&r, "11.545,89");
    r = harness_post(h, "/regolamenti", "tipo=home-care&isee=boh&eta=500");
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "Non capiamo «boh»");
    harness_has(&r, "value=\"boh\"");
    harness_has(&r, "al massimo 120");
    harness_free(h);
}
END_TEST

/* A scale of need is the form of the facts that the text asks: points, intensity, ceiling. */
START_TEST(test_regulations__a_scale_of_need_feeds_the_ceiling)
{
    static const char at[] = "/regolamenti/unione-net-settimo-torinese-budget-di-cura-a-casa";
    struct harness *h = harness_new();

    OK(harness_write(h, load, NULL));
    struct web_reply r = harness_get(h, at);

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "<option value=\"con_aiuto\">con aiuto: 5 punti</option>");
    r = harness_post(h, at, "isee_soc=10000&bada_a_se=con_aiuto&si_muove=con_aiuto&mangia=con_aiuto&orientamento=mai&rete_familiare=presente");
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "600 € al mese"); /* 5 + 5 + 5 + 10 points: the second band */
    harness_has(&r, "punti in tutto");
    harness_has(&r, "<strong>25</strong>");
    harness_has(&r, "da 20 punti a meno di 35");
    r = harness_post(h, at, "isee_soc=10000&bada_a_se=da_solo&si_muove=da_solo&mangia=da_solo&orientamento=sempre&rete_familiare=presente");
    harness_has(&r, "Per ora no");
    r = harness_post(h, at, "isee_soc=10000&bada_a_se=con_aiuto"); /* what is not said is not a no */
    harness_has(&r, "Da verificare");
    harness_has(&r, "manca");
    ck_assert_int_eq(harness_post(h, at, "isee_soc=boh").code, 422);
    r = harness_get(h, "/regolamenti?tipo=care-plan");
    harness_has(&r, "3 regolamenti in 3 distretti");
    harness_free(h);
}
END_TEST

#define SCALE                                                                                                                         \
    "bada_a_se=con_aiuto&si_muove=non_riesce&mangia=con_aiuto&usa_il_bagno=con_aiuto&continenza=a_volte&orientamento=sempre"            \
    "&comportamento=tranquillo&prende_medicine=con_aiuto&cucina=non_riesce&fa_la_spesa=non_riesce&usa_soldi_telefono=da_solo"             \
    "&rete_familiare=parziale"

/* Hours of a plan: what they cost, how much of it the band covers, what remains; nothing is lost by what cannot be read. */
START_TEST(test_regulations__a_plan_of_care_is_covered_up_to_its_ceiling)
{
    static const char at[] = "/regolamenti/ciss-chivasso-piano-di-cura-a-casa";
    struct harness *h = harness_new();

    OK(harness_write(h, load, NULL));
    struct web_reply r = harness_get(h, at);

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "23,50 € all’ora");
    /* 5 answers at 2 points, 3 at 4, the family 3: 25; 8 hours a week at 13 euro: 8 * 52 / 12 * 13 = 450,67 */
    r = harness_post(h, at, "isee_soc=18000&" SCALE "&ore_assistente_settimana=8&altri_costi_mese=200");
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "<strong>25</strong>");
    harness_has(&r, "Fascia di intensità (da 20 punti a meno di 35)</dt><dd>2</dd>");
    harness_has(&r, "8 × 13 € all’ora: <strong>450,67 euro</strong>");
    harness_has(&r, "<strong>650,67 euro</strong>"); /* the plan */
    harness_has(&r, "Tetto di un mese</dt><dd>600,00 euro</dd>");
    harness_has(&r, "Parte a carico della persona</dt><dd>50 %</dd>"); /* at 18.000 between 8.000 and 28.000 */
    harness_has(&r, "Paga l’ente</dt><dd>300,00 euro</dd>");
    harness_has(&r, "Resta alla persona</dt><dd>350,67 euro</dd>");
    r = harness_post(h, at, "isee_soc=18000&" SCALE "&ore_assistente_settimana=2,5&ore_oss_settimana=tante");
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "p-ore_oss_settimana");
    harness_has(&r, "value=\"tante\"");
    harness_has(&r, "value=\"2,5\"");
    harness_has_not(&r, "Resta alla persona");
    r = harness_get(h, at);
    harness_has_not(&r, "value=\"18000\"");
    harness_free(h);
}
END_TEST

/* ---- the form behind the key ---- */

#define FORM                                                                                                           \
    "tipo=home-care&scheda=&versione=0&schema=linear&titolo=Aiuto+a+casa&dal=2026-01-01&fonte=delibera+1&isee=isee_soc&per=ora"    \
    "&soglia-come=compreso&soglia=5000&soglia-alta=15000&parte-minima=0&parte-massima=50&costo=20"

static const char *path_of(struct harness *h, struct web_reply *r)
{
    struct str at = harness_header(h, r, "Location");

    return str_z(h->mem, str_cut(&at, '?'));
}

START_TEST(test_regulations__a_body_types_its_own_with_an_error_first)
{
    struct harness *h = harness_new();
    int64_t id = 0;

    OK(harness_read(h, gassino, &id));
    const struct keyed k = keyed_new(h, id, LINKS_KEEP);

    ck_assert_int_eq(harness_get(h, "/regolamenti/mio").code, 403);
    struct web_reply r = keyed_get(&k, "/regolamenti/mio?tipo=home-care");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Cresce in linea retta");
    /* an example that does not hold is told beside it, nothing is saved, nothing typed is lost */
    r = keyed_post(&k, "/regolamenti/mio", FORM "&caso-1=1&esempio-isee-1=10000&esempio-atteso-1=9&azione=salva");
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "atteso 9,00 euro");
    harness_has(&r, "value=\"Aiuto a casa\"");
    harness_has(&r, "p-esempio-1");
    r = keyed_post(&k, "/regolamenti/mio", FORM "&azione=anteprima");
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Non è ancora salvato");
    harness_has(&r, "parametro soglia_esente");
    ck_assert_int_eq(harness_get(h, "/regolamenti").code, 200);
    r = harness_get(h, "/regolamenti");
    harness_has_not(&r, "Aiuto a casa");
    r = keyed_post(&k, "/regolamenti/mio", FORM "&caso-1=1&esempio-isee-1=10000&esempio-atteso-1=5&azione=salva");
    ck_assert_int_eq(r.code, 303);
    const char *at = path_of(h, &r);

    r = keyed_post(&k, "/regolamenti/mio", FORM "&caso-1=1&esempio-isee-1=10000&esempio-atteso-1=5&azione=salva"); /* pressed twice: one */
    ck_assert_str_eq(path_of(h, &r), at);
    r = harness_get(h, at);
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Fino a 5.000,00 € di ISEE si paga il 0 % del costo");
    harness_has(&r, "non salta mai");
    harness_has_not(&r, "Torna alla versione"); /* who holds no key */
    r = harness_post(h, "/regolamenti", "tipo=home-care&isee=10000&volte=10");
    harness_has(&r, "50 €");
    harness_has_not(&r, "Regolamento inventato");
    harness_free(h);
}
END_TEST

#define PLAN                                                                                                                           \
    "tipo=care-plan&scheda=&versione=0&schema=plan&titolo=Piano+di+cura&dal=2026-01-01&fonte=delibera+2&isee=isee_soc&limite=30000"        \
    "&documenti=scheda+di+valutazione;+carta+d%27identit%C3%A0&punti-poco-1=5&punti-tanto-1=10&punti-tanto-3=8&parte-da=8000&parte-a=28000" \
    "&riga-1=1&da-1=5&valore-1=300&riga-2=1&da-2=10&valore-2=700&prezzo-1=20"

START_TEST(test_regulations__a_body_types_its_own_plan_of_care)
{
    struct harness *h = harness_new();
    int64_t id = 0;

    OK(harness_read(h, gassino, &id));
    const struct keyed k = keyed_new(h, id, LINKS_KEEP);
    struct web_reply r = keyed_get(&k, "/regolamenti/mio?tipo=care-plan");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "si lava e si veste");
    harness_has(&r, "non riesce</label>");
    harness_has(&r, "Un’ora di operatore sociosanitario");
    /* points that are no number, bands out of order, half of a share: each beside its box, nothing lost */
    r = keyed_post(&k, "/regolamenti/mio", PLAN "&punti-poco-2=tanti&azione=salva");
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "p-voce-2");
    harness_has(&r, "value=\"tanti\"");
    r = keyed_post(&k, "/regolamenti/mio", PLAN "&riga-3=1&da-3=7&valore-3=900&azione=salva");
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "p-fascia-3");
    r = keyed_post(&k, "/regolamenti/mio", PLAN "&prezzo-2=molto&azione=salva");
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "p-prezzo-2");
    /* an example that does not hold: 18 points, the second band, half is paid at 18.000 */
    r = keyed_post(&k, "/regolamenti/mio", PLAN "&caso-1=1&esempio-isee-1=18000&esempio-risposte-1=tanto&esempio-costo-1=900&esempio-atteso-1=700&azione=salva");
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "atteso 700,00 euro");
    r = keyed_post(&k, "/regolamenti/mio", PLAN "&caso-1=1&esempio-isee-1=18000&esempio-risposte-1=tanto&esempio-costo-1=900&esempio-atteso-1=350&azione=salva");
    ck_assert_int_eq(r.code, 303);
    const char *const at = path_of(h, &r);

    r = harness_get(h, at);
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Fino a 8.000,00 € di ISEE il piano è gratis");
    harness_has(&r, "carta d&#39;identità");
    r = harness_post(h, at, "isee_soc=8000&bada_a_se=con_aiuto&mangia=da_solo&ore_oss_settimana=3");
    harness_has(&r, "Paga l’ente</dt><dd>260,00 euro</dd>"); /* under the ceiling of 300 */
    harness_has(&r, "Resta alla persona</dt><dd>0,00 euro</dd>");
    r = keyed_get(&k, str_fmt(h->mem, "/regolamenti/mio?scheda=%s", at + sizeof "/regolamenti/" - 1).p);
    harness_has(&r, "name=\"punti-tanto-3\" type=\"text\" inputmode=\"numeric\" autocomplete=\"off\" value=\"8\"");
    harness_free(h);
}
END_TEST

START_TEST(test_regulations__a_new_one_begins_with_another_bodys)
{
    struct harness *h = harness_new();
    int64_t id = 0;

    OK(harness_write(h, load, NULL));
    OK(harness_read(h, gassino, &id));
    const struct keyed k = keyed_new(h, id, LINKS_KEEP);
    struct web_reply r = keyed_get(&k, "/regolamenti/mio?tipo=care-plan");

    harness_has(&r, "/regolamenti/mio?da=ciss-chivasso-piano-di-cura-a-casa");
    r = keyed_get(&k, "/regolamenti/mio?da=ciss-chivasso-piano-di-cura-a-casa");
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "value=\"23,50\"");
    harness_has(&r, "name=\"scheda\" value=\"\"");
    harness_has_not(&r, "value=\"Regolamento inventato per dimostrazione\"");
    harness_has_not(&r, "value=\"2026-01-01\"");
    ck_assert_int_eq(keyed_get(&k, "/regolamenti/mio?da=nessuno").code, 404);
    ck_assert_int_eq(harness_get(h, "/regolamenti/mio?da=ciss-chivasso-piano-di-cura-a-casa").code, 403);
    harness_free(h);
}
END_TEST

START_TEST(test_regulations__gaps_overlaps_and_texts_are_told_where_they_are)
{
    static const char bands[] = "tipo=home-care&scheda=&versione=0&schema=bands&titolo=Aiuto&dal=2026-01-01&fonte=d&isee=isee_soc&per=ora&costo=20"
                                "&riga-1=1&a-1=6000&valore-1=0&riga-2=1&valore-2=50&azione=salva";
    struct harness *h = harness_new();
    int64_t id = 0;

    OK(harness_read(h, gassino, &id));
    const struct keyed k = keyed_new(h, id, LINKS_KEEP);
    /* up to 6.000 included, then from 6.000 included: that sum would be in both */
    struct web_reply r = keyed_post(&k, "/regolamenti/mio", str_fmt(h->mem, "%s&da-2=6000&da-come-2=compreso", bands).p);

    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "p-fascia-2");
    r = keyed_post(&k, "/regolamenti/mio", str_fmt(h->mem, "%s&a-come-1=escluso&da-2=6000&da-come-2=escluso", bands).p);
    ck_assert_int_eq(r.code, 422); /* and here in none */
    harness_has(&r, "p-fascia-2");
    /* nothing said: the second begins where the first ends; what is paid has a ceiling of a month */
    r = keyed_post(&k, "/regolamenti/mio", str_fmt(h->mem, "%s&a-come-1=escluso&tetto-mese=90", bands).p);
    ck_assert_int_eq(r.code, 303);
    r = harness_post(h, path_of(h, &r), "isee_soc=6000&volte_mese=20");
    harness_has(&r, "90 € al mese"); /* half of 20 euro, twenty times, at most 90 */
    r = keyed_post(&k, "/regolamenti/mio", str_fmt(h->mem, "%s&da-2=6000&da-come-2=escluso", bands).p);
    ck_assert_int_eq(r.code, 303);
    /* by hand: the line and the column, and the text is still there */
    r = keyed_post(&k, "/regolamenti/mio",
                   "tipo=home-care&modo=testo&versione=0&azione=salva&testo=misura+X+%22x%22%0D%0Alivello+locale%0D%0Apippo");
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "Riga 3, colonna 1: pippo");
    harness_has(&r, "livello locale");
    r = keyed_post(&k, "/regolamenti/mio",
                   "tipo=home-care&modo=testo&versione=0&azione=salva&testo=misura+X+%22x%22%0Alivello+locale%0Avalida+dal+2026-01-01"
                   "%0Afonte+%22d%22%0Aimporto+altro+%22x%22+%3D+1+euro");
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "Manca l’importo");
    harness_free(h);
}
END_TEST

START_TEST(test_regulations__two_at_once_are_told_and_an_earlier_text_comes_back)
{
    struct harness *h = harness_new();
    int64_t id = 0, other_id = 0;

    OK(harness_write(h, load, NULL));
    OK(harness_read(h, chivasso, &id));
    OK(harness_read(h, gassino, &other_id));
    const struct keyed k = keyed_new(h, id, LINKS_KEEP), other = keyed_new(h, other_id, LINKS_KEEP);
    struct web_reply r = keyed_get(&k, "/regolamenti/mio");

    harness_has(&r, "Modifica: Assistenza domiciliare");
    const char *const slug = "ciss-chivasso-assistenza-domiciliare";
    const char *const at = str_fmt(h->mem, "/regolamenti/%s", slug).p;

    r = keyed_get(&k, at);
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Inventato");
    const char *const form = str_fmt(h->mem, "scheda=%s&versione=1&tipo=home-care&schema=exempt&titolo=Aiuto+vero&dal=2026-01-01&fonte=d"
                                     "&isee=isee_soc&per=ora&soglia-come=compreso&soglia=9000&costo=20&azione=salva", slug).p;

    ck_assert_int_eq(keyed_post(&other, "/regolamenti/mio", form).code, 403); /* another body's key */
    ck_assert_int_eq(keyed_post(&k, "/regolamenti/mio", form).code, 303);
    r = harness_get(h, at);
    harness_has(&r, "Aiuto vero");
    harness_has_not(&r, "Regolamento inventato per dimostrazione: nessun ente");
    /* the second began from the same version: both texts are on the page */
    r = keyed_post(&k, "/regolamenti/mio", form);
    ck_assert_int_eq(r.code, 409);
    harness_has(&r, "Intanto qualcuno ha salvato");
    harness_has(&r, "name=\"versione\" value=\"2\"");
    /* back to the invented one, and no further by another's key */
    const char *const back = str_fmt(h->mem, "%s/torna", at).p;

    ck_assert_int_eq(keyed_post(&other, back, "versione=2&a=1").code, 403);
    ck_assert_int_eq(keyed_post(&k, back, "versione=2&a=1").code, 303);
    r = harness_get(h, at);
    harness_has(&r, "Regolamento inventato per dimostrazione: nessun ente");
    harness_has(&r, "torna la versione 1");
    r = keyed_post(&k, back, "versione=2&a=2"); /* from a page that is old by now */
    ck_assert_int_eq(r.code, 303);
    harness_has(&(struct web_reply){.body = harness_header(h, &r, "Location")}, "fatto=altri");
    ck_assert_int_eq(keyed_post(&k, back, "versione=3&a=0").code, 303);
    ck_assert_int_eq(harness_get(h, at).code, 404);
    harness_free(h);
}
END_TEST

UNIT_MAIN("regulations", test_regulations__seven_invented_sets_stand_side_by_side,
          test_regulations__one_household_goes_through_all_and_is_kept_nowhere,
          test_regulations__a_scale_of_need_feeds_the_ceiling, test_regulations__a_plan_of_care_is_covered_up_to_its_ceiling,
          test_regulations__a_body_types_its_own_plan_of_care, test_regulations__a_new_one_begins_with_another_bodys,
          test_regulations__a_body_types_its_own_with_an_error_first,
          test_regulations__gaps_overlaps_and_texts_are_told_where_they_are,
          test_regulations__two_at_once_are_told_and_an_earlier_text_comes_back)

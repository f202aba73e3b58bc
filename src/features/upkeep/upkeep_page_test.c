/* upkeep_page_test.c - from the mail's link to the button, from a citizen's word to its mending, from a call to what it
 * finds; asked in process on the engine under test. */
#include "base/clock.h"
#include "base/date.h"
#include "core/links/links.h"
#include "features/catalogue/catalogue_write.h"
#include "features/upkeep/upkeep_testing.h"
#include "tests/support/harness.h"
#include "tests/unit.h"
#include <string.h>

static const char IVREA[] = "001125";

static int64_t number(struct harness *h, const char *sql)
{
    return store_testing_number(&h->store, sql);
}

static struct made_body made(struct harness *h, const char *name, int n, int confirmed_ago)
{
    struct made_body b = {.source_id = name, .name = name, .email = "a@ente.example", .n = n, .confirmed_ago = confirmed_ago, .istat = IVREA};

    upkeep_make(h, &b);
    return b;
}

/* The page of the mail of a body that was just asked. */
static const char *asked(struct harness *h, const struct made_body *b)
{
    upkeep_day(h, 0);
    return str_z(h->mem, upkeep_link_of(h, upkeep_last_mail(h, b->organisation_id)));
}

/* The value of the n-th hidden field of that name. */
static struct str field_of(struct harness *h, const struct web_reply *r, const char *name, int n)
{
    const char *const before = str_fmt(h->mem, "name=\"%s\" value=\"", name).p;
    const char *at = str_z(h->mem, r->body);

    for (int i = 0; i <= n; i++) {
        at = strstr(at, before);
        ck_assert_msg(at != NULL, "no field %s", name);
        at += strlen(before);
    }
    struct str rest = str_of(at);

    return str_copy(h->mem, str_cut(&rest, '"'));
}

/* "scheda=1&vista=..&scheda=2&..": what the page showed. */
static const char *shown(struct harness *h, const struct web_reply *r, int n)
{
    struct buf b = buf_new(h->mem, 256);

    for (int i = 0; i < n; i++) {
        const struct str id = field_of(h, r, "scheda", i), seen = field_of(h, r, "vista", i);

        buf_fmt(&b, "&scheda=%.*s&vista=%.*s", (int)id.n, id.p, (int)seen.n, seen.p);
    }
    return str_z(h->mem, buf_view(&b));
}

static int64_t n_confirmed_today(struct harness *h)
{
    return number(h, str_fmt(h->mem, "SELECT count(*) FROM catalogue_service WHERE confirmed_on = '%s' AND confirmed_how = 'mail'",
                             day_iso(h->mem, clock_today()).p).p);
}

/* ---- confirm ---- */

START_TEST(test_confirm__opening_the_link_changes_nothing_and_the_button_confirms_what_was_shown)
{
    struct harness *h = harness_new();
    const struct made_body b = made(h, "Mensa", 3, -1);
    const char *const link = asked(h, &b);
    struct web_reply r = harness_get(h, link);

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "È ancora tutto giusto?");
    harness_has(&r, "Mensa 3");
    harness_has(&r, "su 100: che cosa conta</summary>");
    harness_has(&r, "<dt>Indirizzo</dt><dd><strong>5 su 10.</strong> Se ci si va di persona"); /* only the comune is told */
    ck_assert(str_eq_z(harness_header(h, &r, "Cache-Control"), "no-store"));
    for (int i = 0; i < 3; i++)
        harness_get(h, link);
    ck_assert_int_eq(n_confirmed_today(h), 0);
    r = harness_post(h, link, str_fmt(h->mem, "azione=tutte%s", shown(h, &r, 3)).p);
    ck_assert_int_eq(r.code, 303);
    ck_assert_int_eq(n_confirmed_today(h), 3);
    ck_assert_int_eq(number(h, "SELECT count(*) FROM catalogue_service WHERE due_state <> 0 AND confirmed_how = 'mail'"), 0);
    r = harness_get(h, str_z(h->mem, harness_header(h, &r, "Location")));
    harness_has(&r, "Hai confermato 3 schede");
    harness_has(&r, "Annulla");
    harness_free(h);
}
END_TEST

START_TEST(test_confirm__one_of_them_with_another_rhythm_moves_its_day_alone)
{
    struct harness *h = harness_new();
    const struct made_body b = made(h, "Mensa", 2, -1);
    const char *const link = asked(h, &b);
    const struct web_reply r = harness_get(h, link);
    const struct str id = field_of(h, &r, "scheda", 0);

    harness_post(h, link, str_fmt(h->mem, "azione=una-%.*s&ritmo-%.*s=12%s", (int)id.n, id.p, (int)id.n, id.p, shown(h, &r, 2)).p);
    ck_assert_int_eq(n_confirmed_today(h), 1);
    ck_assert_int_eq(upkeep_entry_now(h, b.service_ids[0], 0).rhythm_months, 12);
    ck_assert_int_gt(upkeep_entry_now(h, b.service_ids[0], 0).due_on, clock_today() + 360);
    ck_assert_int_eq(upkeep_entry_now(h, b.service_ids[1], 0).rhythm_months, UPKEEP_RHYTHM);
    ck_assert(upkeep_entry_now(h, b.service_ids[1], 0).is_due);
    harness_free(h);
}
END_TEST

START_TEST(test_confirm__what_changed_since_it_was_shown_is_left_out)
{
    struct harness *h = harness_new();
    const struct made_body b = made(h, "Mensa", 2, -1);
    const char *const link = asked(h, &b);
    struct web_reply r = harness_get(h, link);

    store_testing_exec(&h->store, str_fmt(h->mem, "UPDATE catalogue_service SET summary = 'Oggi chiusa' WHERE service_id = %lld",
                                          (long long)b.service_ids[0]).p);
    r = harness_post(h, link, str_fmt(h->mem, "azione=tutte%s", shown(h, &r, 2)).p);
    ck_assert_int_eq(n_confirmed_today(h), 1);
    r = harness_get(h, str_z(h->mem, harness_header(h, &r, "Location")));
    harness_has(&r, "nel frattempo è cambiata");
    harness_free(h);
}
END_TEST

START_TEST(test_confirm__two_answers_at_once_are_both_thanked_and_count_once)
{
    struct harness *h = harness_new();
    const struct made_body b = made(h, "Mensa", 2, -1);
    const char *const link = asked(h, &b);
    const struct web_reply page = harness_get(h, link);
    const char *const form = str_fmt(h->mem, "azione=tutte%s", shown(h, &page, 2)).p;
    const struct web_reply one = harness_post(h, link, form), two = harness_post(h, link, form);

    ck_assert_int_eq(one.code, 303);
    ck_assert_int_eq(two.code, 303);
    ck_assert_ptr_nonnull(strstr(str_z(h->mem, harness_header(h, &two, "Location")), "n=2"));
    ck_assert_int_eq(number(h, "SELECT count(*) FROM upkeep_act"), 2);
    harness_free(h);
}
END_TEST

START_TEST(test_confirm__undo_puts_back_how_it_stood)
{
    struct harness *h = harness_new();
    const struct made_body b = made(h, "Mensa", 2, 400);
    const char *const link = asked(h, &b);
    const int due = upkeep_entry_now(h, b.service_ids[0], 0).due_on;
    struct web_reply r = harness_get(h, link);

    r = harness_post(h, link, str_fmt(h->mem, "azione=tutte%s", shown(h, &r, 2)).p);
    ck_assert_int_eq(n_confirmed_today(h), 2);
    r = harness_get(h, str_z(h->mem, harness_header(h, &r, "Location")));
    const struct str batch = field_of(h, &r, "che", 0);

    harness_post(h, link, str_fmt(h->mem, "azione=annulla&che=%.*s", (int)batch.n, batch.p).p);
    ck_assert_int_eq(n_confirmed_today(h), 0);
    ck_assert_int_eq(upkeep_entry_now(h, b.service_ids[0], 0).due_on, due);
    ck_assert_int_eq(upkeep_entry_now(h, b.service_ids[0], 0).state, UPKEEP_ASKED);
    ck_assert_int_eq(number(h, "SELECT count(*) FROM catalogue_service WHERE due_state = 1"), 2);
    harness_free(h);
}
END_TEST

struct seen_job {
    struct harness *h;
    int64_t service_id;
    struct str seen;
};

static enum status read_seen(struct ctx *c, void *arg)
{
    struct seen_job *j = arg;
    struct service s;
    const enum status st = catalogue_service(c, j->service_id, &s);

    if (st == ST_OK)
        j->seen = str_copy(j->h->mem, upkeep_seen(c, &s));
    return st;
}

START_TEST(test_confirm__another_body_s_entry_and_a_made_up_link_do_nothing)
{
    struct harness *h = harness_new();
    const struct made_body mine = made(h, "Mensa", 1, -1), other = made(h, "Altri", 1, 10);
    const char *const link = asked(h, &mine);
    const struct web_reply r = harness_get(h, link);
    struct seen_job other_one = {.h = h, .service_id = other.service_ids[0]};

    ck_assert_int_eq(harness_read(h, read_seen, &other_one), ST_OK); /* as who knows the entry would send it */
    harness_post(h, link, str_fmt(h->mem, "azione=tutte&scheda=%lld&vista=%.*s", (long long)other.service_ids[0],
                                  (int)other_one.seen.n, other_one.seen.p).p);
    ck_assert_int_eq(n_confirmed_today(h), 0);
    ck_assert_int_eq(harness_get(h, str_fmt(h->mem, "%s?correggi=%lld", link, (long long)other.service_ids[0]).p).code, 404);
    ck_assert_int_eq(harness_get(h, "/conferma/2222222222222222222222222222").code, 404);
    ck_assert_int_eq(harness_post(h, "/conferma/2222222222222222222222222222", "azione=tutte").code, 404);
    store_testing_exec(&h->store, "UPDATE link SET expires_on = '2020-01-01'");
    ck_assert_int_eq(harness_get(h, link).code, 410);
    ck_assert_int_eq(harness_post(h, link, str_fmt(h->mem, "azione=tutte%s", shown(h, &r, 1)).p).code, 410);
    ck_assert_int_eq(n_confirmed_today(h), 0);
    harness_free(h);
}
END_TEST

START_TEST(test_confirm__a_correction_in_place_is_saved_confirmed_and_undone)
{
    struct harness *h = harness_new();
    const struct made_body b = made(h, "Mensa", 1, -1);
    const char *const link = asked(h, &b);
    struct web_reply r = harness_get(h, str_fmt(h->mem, "%s?correggi=%lld", link, (long long)b.service_ids[0]).p);
    const struct str was = field_of(h, &r, "v-summary", 0);

    harness_has(&r, "Cambia solo quello che non è giusto");
    r = harness_post(h, link, str_fmt(h->mem, "azione=correggi-%lld&v-summary=%.*s&f-summary=Aperta+anche+la+sera.",
                                      (long long)b.service_ids[0], (int)was.n, was.p).p);
    ck_assert_int_eq(r.code, 303);
    ck_assert_int_eq(number(h, "SELECT count(*) FROM catalogue_service WHERE summary = 'Aperta anche la sera.'"), 1);
    ck_assert_int_eq(n_confirmed_today(h), 1);
    r = harness_get(h, str_z(h->mem, harness_header(h, &r, "Location")));
    const struct str batch = field_of(h, &r, "che", 0);

    harness_post(h, link, str_fmt(h->mem, "azione=annulla&che=%.*s", (int)batch.n, batch.p).p);
    ck_assert_int_eq(number(h, "SELECT count(*) FROM catalogue_service WHERE summary = 'Aperta anche la sera.'"), 0);
    ck_assert_int_eq(n_confirmed_today(h), 0);
    harness_free(h);
}
END_TEST

START_TEST(test_confirm__the_time_it_took_is_summed_by_body_and_capped)
{
    struct harness *h = harness_new();
    const struct made_body b = made(h, "Mensa", 1, -1);
    const char *const link = asked(h, &b);
    const struct web_reply r = harness_get(h, link);
    const char *const page = shown(h, &r, 1);
    const int64_t now = clock_now_ms();

    harness_post(h, link, str_fmt(h->mem, "azione=tutte&aperta=%lld%s", (long long)now - 40000, page).p);
    ck_assert_int_ge(number(h, "SELECT seconds FROM upkeep_minutes"), 40);
    ck_assert_int_le(number(h, "SELECT seconds FROM upkeep_minutes"), 45);
    harness_post(h, link, str_fmt(h->mem, "azione=tutte&aperta=%lld%s", (long long)now - 5 * 3600000, page).p);
    ck_assert_int_le(number(h, "SELECT seconds FROM upkeep_minutes"), 945);
    harness_post(h, link, str_fmt(h->mem, "azione=tutte&aperta=%lld%s", (long long)now + 3600000, page).p);
    harness_post(h, link, str_fmt(h->mem, "azione=tutte&aperta=ieri%s", page).p);
    ck_assert_int_le(number(h, "SELECT seconds FROM upkeep_minutes"), 945);
    harness_free(h);
}
END_TEST

/* ---- "Qualcosa non e' giusto?" ---- */

struct slug_job {
    struct harness *h;
    int64_t service_id;
    struct str slug;
};

static enum status slug_of(struct ctx *c, void *arg)
{
    struct slug_job *j = arg;
    struct upkeep_entry e;
    const enum status st = upkeep_entry(c, j->service_id, &e);

    j->slug = str_copy(j->h->mem, e.slug);
    return st;
}

static const char *report_path(struct harness *h, int64_t service_id)
{
    struct slug_job j = {.h = h, .service_id = service_id};

    ck_assert_int_eq(harness_read(h, slug_of, &j), ST_OK);
    return str_fmt(h->mem, "/servizi/%s/correggi", str_z(h->mem, j.slug)).p;
}

START_TEST(test_correction__goes_to_the_body_s_list_and_the_sheet_says_when_it_was_mended)
{
    struct harness *h = harness_new();
    const struct made_body b = made(h, "Mensa", 1, 10);
    const char *const path = report_path(h, b.service_ids[0]);
    struct web_reply r = harness_get(h, path);

    harness_has(&r, "Non chiediamo chi sei");
    harness_has_not(&r, "type=\"email\"");
    ck_assert_int_eq(upkeep_day(h, -1).n_mails, 0); /* it is not due */
    ck_assert_int_eq(harness_post(h, path, "cosa=phone&testo=Non+risponde+nessuno").code, 303);
    ck_assert_int_eq(upkeep_entry_now(h, b.service_ids[0], 0).n_corrections, 1);
    const char *const link = asked(h, &b); /* and its body is asked */

    r = harness_get(h, link);
    harness_has(&r, "Non risponde nessuno");
    r = harness_get(h, str_fmt(h->mem, "%s?correggi=%lld", link, (long long)b.service_ids[0]).p);
    const struct str was = field_of(h, &r, "v-summary", 0);

    harness_post(h, link, str_fmt(h->mem, "azione=correggi-%lld&v-summary=%.*s&f-summary=Nuovo+numero.", (long long)b.service_ids[0],
                                  (int)was.n, was.p).p);
    ck_assert_int_eq(upkeep_entry_now(h, b.service_ids[0], 0).n_corrections, 0);
    r = harness_get(h, str_z(h->mem, str_head(str_of(path), strlen(path) - strlen("/correggi"))));
    harness_has(&r, "è stata sistemata il");
    harness_free(h);
}
END_TEST

START_TEST(test_correction__says_what_to_fix_and_warns_of_a_person)
{
    struct harness *h = harness_new();
    const struct made_body b = made(h, "Mensa", 1, 10);
    const char *const path = report_path(h, b.service_ids[0]);
    struct web_reply r = harness_post(h, path, "testo=boh");

    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "Scegli che cosa non è giusto");
    harness_has(&r, "boh");
    r = harness_post(h, path, "cosa=other");
    harness_has(&r, "Scrivi in poche parole");
    r = harness_post(h, path, "cosa=phone&testo=Chiama+Maria+333+1234567");
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "333 1234567");
    harness_has(&r, "cellulare");
    ck_assert_int_eq(number(h, "SELECT count(*) FROM upkeep_correction"), 0);
    ck_assert_int_eq(harness_post(h, path, "cosa=phone&testo=Chiama+Maria+333+1234567&conferma=1").code, 303);
    ck_assert_int_eq(number(h, "SELECT count(*) FROM upkeep_correction"), 1);
    harness_free(h);
}
END_TEST

START_TEST(test_correction__more_than_enough_of_one_entry_or_in_one_hour_is_told_so)
{
    struct harness *h = harness_new();
    const struct made_body b = made(h, "Mensa", 20, 10);

    for (int i = 0; i < CORRECTIONS_PER_SERVICE; i++)
        ck_assert_int_eq(harness_post(h, report_path(h, b.service_ids[0]), "cosa=phone").code, 303);
    struct web_reply r = harness_post(h, report_path(h, b.service_ids[0]), "cosa=phone");

    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "già arrivata da altri");
    for (int i = CORRECTIONS_PER_SERVICE; i < CORRECTIONS_PER_HOUR; i++)
        ck_assert_int_eq(harness_post(h, report_path(h, b.service_ids[1 + i % 15]), "cosa=hours").code, 303);
    r = harness_post(h, report_path(h, b.service_ids[19]), "cosa=hours");
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "Riprova tra un’ora");
    harness_free(h);
}
END_TEST

/* ---- the public page ---- */

START_TEST(test_freshness__page_and_file_say_the_same_and_no_check_is_hidden)
{
    struct harness *h = harness_new();

    made(h, "Fresca", 3, 10);
    made(h, "Vecchia", 1, 400);
    upkeep_day(h, 0);
    struct web_reply r = harness_get(h, "/freschezza?per=ente");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "75 %");
    harness_has(&r, "nessun controllo");
    r = harness_get(h, "/dati/freschezza.csv?per=ente");
    harness_has(&r, ",\"Fresca\",3,3,0,0,0,");
    harness_has(&r, ",\"Vecchia\",1,0,1,0,0,");
    store_testing_exec(&h->store, "UPDATE upkeep_check SET outcome = 'wrong', wrong = 'phone'");
    r = harness_get(h, "/freschezza?per=ente");
    harness_has(&r, "1 su 1 (fra 20 % e 100 %)");
    harness_has(&r, "\">1 su 1 (fra 20 % e 100 %)</td>"); /* of its body too, not only of all */
    r = harness_get(h, "/dati/freschezza.csv?per=ente");
    harness_has(&r, ",1,1,20,100,");
    ck_assert_int_eq(harness_get(h, "/en/freschezza?per=gestore&pagina=99").code, 200);
    harness_free(h);
}
END_TEST

UNIT_MAIN("upkeep_page", test_confirm__opening_the_link_changes_nothing_and_the_button_confirms_what_was_shown,
          test_confirm__one_of_them_with_another_rhythm_moves_its_day_alone,
          test_confirm__what_changed_since_it_was_shown_is_left_out,
          test_confirm__two_answers_at_once_are_both_thanked_and_count_once, test_confirm__undo_puts_back_how_it_stood,
          test_confirm__another_body_s_entry_and_a_made_up_link_do_nothing,
          test_confirm__a_correction_in_place_is_saved_confirmed_and_undone,
          test_confirm__the_time_it_took_is_summed_by_body_and_capped,
          test_correction__goes_to_the_body_s_list_and_the_sheet_says_when_it_was_mended,
          test_correction__says_what_to_fix_and_warns_of_a_person,
          test_correction__more_than_enough_of_one_entry_or_in_one_hour_is_told_so,
          test_freshness__page_and_file_say_the_same_and_no_check_is_hidden)

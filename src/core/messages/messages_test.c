/* messages_test.c - a note from the form to its answer, on the engine under test. */
#include "base/date.h"
#include "base/log.h"
#include "core/messages/messages.h"
#include "core/messages/messages_feature.h"
#include "tests/support/harness.h"
#include "tests/unit.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* ---- helpers ---- */

/* The code in the address that a sent note leads to. */
static struct str code_of(struct harness *h, const struct web_reply *r)
{
    const struct str place = harness_header(h, r, "Location");
    const struct str before = STR("/aiuto/scrivi/");

    ck_assert_int_eq(r->code, 303);
    ck_assert(str_starts(place, before));
    return str_head(str_from(place, before.n), MESSAGES_CODE_LEN);
}

static struct web_reply follow(struct harness *h, struct str code)
{
    return harness_get(h, str_fmt(h->mem, "/aiuto/scrivi/%.*s", (int)code.n, code.p).p);
}

static enum status count_open(struct ctx *c, void *arg)
{
    struct messages_note *notes;

    return messages_open(c, &notes, arg);
}

static int n_open(struct harness *h)
{
    int n = -1;

    ck_assert_int_eq(harness_read(h, count_open, &n), ST_OK);
    return n;
}

struct step {
    struct str code, answer;
    int64_t later_days;
    enum status got;
    struct str problem;
};

static enum status answer_job(struct ctx *c, void *arg)
{
    struct step *s = arg;
    struct messages_note note;

    c->today += (int)s->later_days;
    s->got = messages_find(c, s->code, &note);
    if (s->got == ST_OK)
        s->got = messages_answer(c, &note, s->answer);
    if (c->problems.n > 0)
        s->problem = str_of(c->problems.list[0].key);
    return s->got;
}

static enum status read_job(struct ctx *c, void *arg)
{
    struct step *s = arg;
    struct messages_note note;

    s->got = messages_find(c, s->code, &note);
    return s->got == ST_OK ? messages_mark_read(c, &note) : s->got;
}

static enum status sweep_job(struct ctx *c, void *arg)
{
    int64_t *days_then_n = arg;

    c->today += (int)*days_then_n;
    return messages_sweep(c, days_then_n);
}

/* ---- the form ---- */

START_TEST(test_messages__form_asks_no_name_and_knows_the_page)
{
    struct harness *h = harness_new();
    const struct web_reply r = harness_get(h, "/aiuto/scrivi?pagina=/territorio");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Segnala un disservizio");
    harness_has(&r, "value=\"/territorio\"");
    harness_has(&r, "Non chiediamo chi sei");
    harness_has_not(&r, "type=\"email\"");
    harness_has_not(&r, "type=\"tel\"");
    ck_assert(str_eq_z(harness_header(h, &r, "Cache-Control"), "no-store"));
    harness_free(h);
}
END_TEST

START_TEST(test_messages__a_note_gets_a_code_and_a_page_that_follows_it)
{
    struct harness *h = harness_new();
    struct web_reply r =
        harness_post(h, "/aiuto/scrivi", "testo=La+mappa+non+si+apre&pagina=/territorio?dove=x");
    const struct str code = code_of(h, &r);

    ck_assert_int_eq(n_open(h), 1);
    r = harness_get(h,
                    str_of(str_fmt(h->mem, "/aiuto/scrivi/%.*s?nuova=1", (int)code.n, code.p).p).p);
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Grazie");
    harness_has(&r, str_fmt(h->mem, "%.5s-%.5s", code.p, code.p + 5).p);
    harness_has(&r, "Risposta al più tardi");
    harness_has_not(&r, "La mappa non si apre");
    r = harness_get(h, str_fmt(h->mem, "/en/aiuto/scrivi/%.*s", (int)code.n, code.p).p);
    harness_has(&r, "Your note");
    harness_free(h);
}
END_TEST

START_TEST(test_messages__a_code_is_understood_as_people_type_it)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_post(h, "/aiuto/scrivi", "testo=abc");
    const struct str code = code_of(h, &r);
    char typed[32], *to = typed;

    for (int i = 0; i < MESSAGES_CODE_LEN; i++) {
        *to++ = code.p[i] >= 'A' && code.p[i] <= 'Z' ? (char)(code.p[i] + 32) : code.p[i];
        if (i == 4)
            *to++ = '-';
    }
    *to = '\0';
    r = harness_get(h, str_fmt(h->mem, "/aiuto/scrivi?codice=+%s", typed).p);
    ck_assert(str_eq(code_of(h, &r), code));
    r = harness_get(h, str_fmt(h->mem, "/aiuto/scrivi/%s", typed).p);
    ck_assert_int_eq(r.code, 200);
    r = harness_get(h, "/aiuto/scrivi?codice=%3Cb%3E1234567");
    harness_has(&r, "non ha 10 lettere");
    harness_has(&r, "value=\"&lt;b&gt;1234567\"");
    ck_assert_int_eq(harness_get(h, "/aiuto/scrivi/ABCDEFGHJK").code, 404);
    ck_assert_int_eq(harness_get(h, "/aiuto/scrivi/x").code, 404);
    harness_free(h);
}
END_TEST

/* ---- what can be wrong ---- */

START_TEST(test_messages__missing_words_come_back_beside_the_field)
{
    struct harness *h = harness_new();
    const struct web_reply r = harness_post(h, "/aiuto/scrivi", "testo=+%0D%0A+&pagina=/enti");

    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "Manca il testo. Scrivi che cosa non funziona.");
    harness_has(&r, "aria-invalid=\"true\"");
    harness_has(&r, "value=\"/enti\"");
    ck_assert_int_eq(n_open(h), 0);
    harness_free(h);
}
END_TEST

static const char *long_form(struct harness *h, int n, const char *letter, const char *end)
{
    struct buf b = buf_new(h->mem, 16000);

    buf_z(&b, "testo=");
    for (int i = 0; i < n; i++)
        buf_z(&b, letter);
    buf_z(&b, end);
    return str_z(h->mem, buf_view(&b));
}

START_TEST(test_messages__letters_are_counted_not_bytes_and_nothing_is_lost)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_post(h, "/aiuto/scrivi", long_form(h, 2000, "%C3%A8", ""));

    ck_assert_int_eq(r.code, 303);
    r = harness_post(h, "/aiuto/scrivi", long_form(h, 1998, "a", "%0D%0Ab"));
    ck_assert_int_eq(r.code, 303);
    r = harness_post(h, "/aiuto/scrivi", long_form(h, 2003, "a", "zzz%3C/textarea%3E"));
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "Togli 17 lettere");
    harness_has(&r, "aaazzz&lt;/textarea&gt;</textarea>");
    ck_assert_int_eq(n_open(h), 2);
    harness_free(h);
}
END_TEST

START_TEST(test_messages__a_forged_form_leaves_nothing)
{
    static const char *const headers[] = {"Content-Type: application/x-www-form-urlencoded", NULL};
    struct harness *h = harness_new();
    const struct web_reply r = harness_ask(h, &(struct web_ask){.method = "POST",
                                                                .target = "/aiuto/scrivi",
                                                                .headers = headers,
                                                                .body = STR("testo=abc"),
                                                                .without_token = true});

    ck_assert_int_ge(r.code, 400);
    ck_assert_int_eq(n_open(h), 0);
    harness_free(h);
}
END_TEST

/* ---- double sending, and too much ---- */

START_TEST(test_messages__a_form_left_open_too_long_comes_back_with_what_was_typed)
{
    static const char *const ours[] = {"Content-Type: application/x-www-form-urlencoded",
                                       "Sec-Fetch-Site: same-origin", NULL};
    struct harness *h = harness_new();
    struct web_ask ask = {.method = "POST",
                          .target = "/aiuto/scrivi",
                          .headers = ours,
                          .body = STR("testo=La+pagina+di+Ivrea+non+si+apre&pagina=%2Fterritorio"),
                          .without_token = true};
    struct web_reply r = harness_ask(h, &ask);

    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "La pagina di Ivrea non si apre</textarea>");
    harness_has(&r, "rimasto aperto troppo a lungo");
    harness_has(&r, "name=\"form_token\"");
    ck_assert_int_eq(n_open(h), 0);
    harness_free(h);
}
END_TEST

static enum status demo_job(struct ctx *c, void *arg)
{
    (void)arg;
    return messages_load_demo(c);
}

START_TEST(test_messages__the_demo_twice_is_the_demo_once)
{
    struct harness *h = harness_new();

    ck_assert_int_eq(harness_write(h, demo_job, NULL), ST_OK);
    ck_assert_int_eq(n_open(h), 2);
    ck_assert_int_eq(harness_write(h, demo_job, NULL), ST_OK);
    ck_assert_int_eq(n_open(h), 2);
    harness_free(h);
}
END_TEST

START_TEST(test_messages__one_form_sent_twice_is_one_note)
{
    struct harness *h = harness_new();
    const char *form = "testo=abc&modulo=23456789ABCDEFGHJKMN";
    struct web_reply first = harness_post(h, "/aiuto/scrivi", form);
    struct web_reply again = harness_post(h, "/aiuto/scrivi", form);

    ck_assert(str_eq(code_of(h, &first), code_of(h, &again)));
    ck_assert_int_eq(n_open(h), 1);
    again = harness_post(h, "/aiuto/scrivi", "testo=abc+and+more&modulo=23456789ABCDEFGHJKMN");
    ck_assert(!str_eq(code_of(h, &first), code_of(h, &again)));
    ck_assert_int_eq(n_open(h), 2);
    harness_free(h);
}
END_TEST

static enum status send_many(struct ctx *c, void *arg)
{
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && i < *(int *)arg; i++) {
        struct str code;
        const struct messages_form f = {.words = str_fmt(c->mem, "note %d", i),
                                        .nonce = str_fmt(c->mem, "nonce-%d", i)};

        st = messages_send(c, &f, &code);
    }
    return st;
}

static enum status send_next_hour(struct ctx *c, void *arg)
{
    struct str code;

    c->now_ms += 3600000;
    return messages_send(c, &(struct messages_form){.words = STR("next hour")}, &code);
}

START_TEST(test_messages__too_many_in_an_hour_are_answered_kindly)
{
    struct harness *h = harness_new();
    int n = MESSAGES_PER_HOUR;

    ck_assert_int_eq(harness_write(h, send_many, &n), ST_OK);
    struct web_reply r = harness_post(h, "/aiuto/scrivi", "testo=one+more&pagina=/enti");

    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "troppe segnalazioni");
    harness_has(&r, "one more</textarea>");
    ck_assert_int_eq(n_open(h), MESSAGES_PER_HOUR);
    /* who pressed twice just before is answered as the first time */
    r = harness_post(h, "/aiuto/scrivi", "testo=note+7&modulo=nonce-7");
    ck_assert_int_eq(r.code, 303);
    ck_assert_int_eq(n_open(h), MESSAGES_PER_HOUR);
    ck_assert_int_eq(harness_write(h, send_next_hour, NULL), ST_OK);
    harness_free(h);
}
END_TEST

/* ---- answer and retention ---- */

START_TEST(test_messages__the_answer_is_read_with_the_code)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_post(h, "/aiuto/scrivi", "testo=abc");
    struct step s = {.code = code_of(h, &r),
                     .answer = STR("Fatto <script>alert(1)</script>\nGrazie")};

    ck_assert_int_eq(harness_write(h, read_job, &s), ST_OK);
    r = follow(h, s.code);
    harness_has_not(&r, "Non ancora");
    ck_assert_int_eq(harness_write(h, answer_job, &s), ST_OK);
    r = follow(h, s.code);
    harness_has(&r, "La nostra risposta");
    harness_has(&r, "Fatto &lt;script&gt;alert(1)&lt;/script&gt;\nGrazie");
    harness_has_not(&r, "<script>alert");
    ck_assert_int_eq(n_open(h), 0);
    ck_assert_int_eq(harness_write(h, answer_job, &s), ST_CONFLICT);
    ck_assert(str_eq_z(s.problem, "messages.answered-already"));
    harness_free(h);
}
END_TEST

static enum status age_job(struct ctx *c, void *arg)
{
    struct str *code = arg;

    c->now_ms -= (int64_t)(MESSAGES_ANSWER_DAYS + 2) * 86400000;
    return messages_send(c, &(struct messages_form){.words = STR("long ago")}, code);
}

START_TEST(test_messages__a_late_answer_is_visible)
{
    struct harness *h = harness_new();
    struct str code;

    ck_assert_int_eq(harness_write(h, age_job, &code), ST_OK);
    const struct web_reply r = follow(h, code);

    harness_has(&r, "Siamo in ritardo");
    harness_free(h);
}
END_TEST

START_TEST(test_messages__answered_notes_are_deleted_after_90_days)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_post(h, "/aiuto/scrivi", "testo=abc");
    struct step s = {.code = code_of(h, &r), .answer = STR("Fatto")};
    int64_t n = MESSAGES_KEEP_DAYS;

    ck_assert_int_eq(harness_write(h, answer_job, &s), ST_OK);
    ck_assert_int_eq(harness_write(h, sweep_job, &n), ST_OK);
    ck_assert_int_eq(n, 0);
    n = MESSAGES_KEEP_DAYS + 1;
    ck_assert_int_eq(harness_write(h, sweep_job, &n), ST_OK);
    ck_assert_int_eq(n, 1);
    ck_assert_int_eq(follow(h, s.code).code, 404);
    harness_free(h);
}
END_TEST

START_TEST(test_messages__past_its_days_an_answer_is_not_shown_even_before_the_sweep)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_post(h, "/aiuto/scrivi", "testo=abc");
    struct step s = {.code = code_of(h, &r), .answer = STR("Fatto"), .later_days = -91};

    ck_assert_int_eq(harness_write(h, answer_job, &s), ST_OK);
    ck_assert_int_eq(follow(h, s.code).code, 404);
    harness_free(h);
}
END_TEST

/* ---- the keeper at the command line ---- */

static struct str notes(struct harness *h, int want, int argc, ...)
{
    char name[] = "/tmp/wecare-notes-XXXXXX";
    const int file = mkstemp(name), out = dup(1), err = dup(2);
    char *argv[4] = {NULL}, text[4096];
    va_list list;

    va_start(list, argc);
    for (int i = 0; i < argc; i++)
        argv[i] = va_arg(list, char *);
    va_end(list);
    fflush(stdout);
    dup2(file, 1);
    dup2(file, 2);
    const int got = messages_notes_command(h->db, argc, argv);

    fflush(stdout);
    fflush(stderr);
    dup2(out, 1);
    dup2(err, 2);
    close(out);
    close(err);
    const ssize_t n = pread(file, text, sizeof text, 0);

    close(file);
    unlink(name);
    ck_assert_int_eq(got, want);
    return str_copy(h->mem, (struct str){text, n < 0 ? 0 : (size_t)n});
}

static void says(struct str said, const char *text)
{
    if (said.n == 0 || memmem(said.p, said.n, text, strlen(text)) == NULL)
        ck_abort_msg("\"%s\" is not in:\n%.*s", text, (int)said.n, said.p);
}

START_TEST(test_messages__keeper_lists_reads_answers_and_deletes)
{
    struct harness *h = harness_new();
    struct web_reply r =
        harness_post(h, "/aiuto/scrivi", "testo=La+mappa&pagina=/territorio?dove=canarino");
    const struct str code = code_of(h, &r);
    const char *z = str_z(h->mem, code);

    says(notes(h, 0, 0), "La mappa");
    says(notes(h, 0, 2, "read", z), "page  /territorio\n");
    r = follow(h, code);
    harness_has_not(&r, "Non ancora");
    says(notes(h, 2, 2, "answer", z), "wecare notes answer CODE TEXT");
    says(notes(h, 1, 3, "answer", z, " "), "The text is missing");
    says(notes(h, 0, 3, "answer", z, "Fatto"), "Answered");
    says(notes(h, 1, 3, "answer", z, "Fatto"), "has an answer already");
    says(notes(h, 0, 0), "No note waits");
    says(notes(h, 0, 2, "delete", z), "Deleted");
    says(notes(h, 1, 2, "read", z), "No note has this code");
    ck_assert_int_eq(follow(h, code).code, 404);
    harness_free(h);
}
END_TEST

START_TEST(test_messages__words_never_reach_the_log)
{
    char name[] = "/tmp/wecare-log-XXXXXX";
    const int file = mkstemp(name);
    char text[65536];
    struct harness *h = harness_new();

    log_to_fd(file);
    log_set_level(LOG_DEBUG);
    (void)harness_post(h, "/aiuto/scrivi", "testo=canarino7391&pagina=/canarino7392");
    (void)harness_post(h, "/aiuto/scrivi", long_form(h, 2100, "a", "canarino7393"));
    log_to_fd(2);
    const ssize_t n = pread(file, text, sizeof text, 0);

    unlink(name);
    ck_assert_int_ge(n, 0);
    ck_assert_ptr_null(memmem(text, (size_t)n, "canarino", 8));
    harness_free(h);
}
END_TEST

UNIT_MAIN("messages", test_messages__the_demo_twice_is_the_demo_once, test_messages__form_asks_no_name_and_knows_the_page,
          test_messages__a_form_left_open_too_long_comes_back_with_what_was_typed,
          test_messages__a_note_gets_a_code_and_a_page_that_follows_it,
          test_messages__a_code_is_understood_as_people_type_it,
          test_messages__missing_words_come_back_beside_the_field,
          test_messages__letters_are_counted_not_bytes_and_nothing_is_lost,
          test_messages__a_forged_form_leaves_nothing,
          test_messages__one_form_sent_twice_is_one_note,
          test_messages__too_many_in_an_hour_are_answered_kindly,
          test_messages__the_answer_is_read_with_the_code, test_messages__a_late_answer_is_visible,
          test_messages__answered_notes_are_deleted_after_90_days,
          test_messages__past_its_days_an_answer_is_not_shown_even_before_the_sweep,
          test_messages__keeper_lists_reads_answers_and_deletes,
          test_messages__words_never_reach_the_log)

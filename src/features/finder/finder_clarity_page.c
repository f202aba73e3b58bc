/* finder_clarity_page.c - what people see of it, and what the keeper reads: wecare clarity. */
#include "core/messages/messages.h"
#include "features/catalogue/catalogue.h"
#include "finder_clarity.h"
#include "finder_clarity_view.h"
#include "finder_feature.h"
#include "finder_pages.h"
#include "store/db.h"
#include <stdio.h>

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2 };

static int number_in(struct str text, int most)
{
    int64_t n = 0;

    return str_to_int(text, &n) && n >= 1 && n <= most ? (int)n : 0;
}

static struct str problem_words(struct ctx *c, const char *field)
{
    const struct problem *p = problems_of(&c->problems, field);

    return p == NULL ? STR("") : text_get(c->lang, p->key);
}

static void fill_options(struct ctx *c, struct finder_clarity_view *v, int stars, int answer)
{
    const char *const kind = v->is_positive ? "liked" : "hard";

    v->n_stars = CLARITY_STARS;
    v->stars = ARENA_ARRAY(c->mem, struct finder_clarity_option, CLARITY_STARS);
    for (int i = 0; i < CLARITY_STARS; i++)
        v->stars[i] = (struct finder_clarity_option){
            text_int(c->mem, c->lang, i + 1),
            text_get(c->lang, str_fmt(c->mem, "finder.clarity-stars-%d", i + 1).p), stars == i + 1};
    v->n_choices = CLARITY_ANSWERS;
    v->choices = ARENA_ARRAY(c->mem, struct finder_clarity_option, CLARITY_ANSWERS);
    for (int i = 0; i < CLARITY_ANSWERS; i++)
        v->choices[i] = (struct finder_clarity_option){
            text_int(c->mem, c->lang, i + 1),
            text_get(c->lang, str_fmt(c->mem, "finder.clarity-%s-%d", kind, i + 1).p),
            answer == i + 1};
}

static struct finder_clarity_view new_view(struct web *w, const struct service *s, int stars,
                                           int answer)
{
    struct ctx *c = web_ctx(w);
    struct finder_clarity_view v = {
        .frame = frame_new(w, text_get(c->lang, "finder.clarity-page-title")),
        .slug = s->slug,
        .name = s->name,
        .is_positive = stars >= CLARITY_POSITIVE,
        .words_max = CLARITY_WORDS_MAX};

    v.frame->is_hidden = true;
    frame_crumb(w, v.frame, s->name, str_fmt(c->mem, "/servizi/%.*s", (int)s->slug.n, s->slug.p));
    fill_options(c, &v, stars, answer);
    return v;
}

/* GET /servizi/:slug/chiarezza?stelle= - the form; ?grazie= after it was sent. */
enum status finder_clarity_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct service s;
    const enum status st = catalogue_service_by_slug(c, web_path_value(w, "slug"), &s);

    if (st != ST_OK)
        return st;
    struct finder_clarity_view v =
        new_view(w, &s, number_in(web_query(w, "stelle"), CLARITY_STARS), 0);

    v.is_done = str_eq_z(web_query(w, "grazie"), "1");
    v.code = messages_tidy_code(c, web_query(w, "codice"));
    return html_finder_clarity(w, &v);
}

/* POST /servizi/:slug/chiarezza */
enum status finder_clarity_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct service s;
    struct str code;
    enum status st = catalogue_service_by_slug(c, web_path_value(w, "slug"), &s);

    if (st != ST_OK)
        return st;
    const struct finder_clarity_form f = {
        .service_uuid = s.uuid,
        .stars = number_in(web_field(w, "stelle"), CLARITY_STARS),
        .answer = number_in(web_field(w, "aspetto"), CLARITY_ANSWERS),
        .words = web_field(w, "altro"),
        .page = str_fmt(c->mem, "/servizi/%.*s", (int)s.slug.n, s.slug.p),
        .nonce = web_form_nonce(w)};

    st = finder_clarity_send(c, &f, &code);
    if (st == ST_OK)
        return web_redirect(w,
                            str_fmt(c->mem, "%.*s/chiarezza?grazie=1%s%.*s", (int)f.page.n,
                                    f.page.p, code.n > 0 ? "&codice=" : "", (int)code.n, code.p));
    if (st != ST_INVALID)
        return st;
    struct finder_clarity_view v = new_view(w, &s, f.stars, f.answer);

    v.words = f.words;
    v.problem = problem_words(c, "stelle");
    if (v.problem.n == 0)
        v.problem = problem_words(c, "");
    v.words_problem = problem_words(c, "altro");
    if (v.words_problem.n == 0)
        v.words_problem = problem_words(c, "testo");
    web_set_code(w, 422);
    return html_finder_clarity(w, &v);
}

/* ---- for who keeps the portal ---- */

const char finder_clarity_help[] =
    "wecare clarity      how clear people find the pages of services, the least clear first:\n"
    "                    stars (1 to 5) and what was hard or liked; numbers only, nobody's answers";

static void say_answers(struct buf *b, const char *what, const int64_t *n)
{
    static const char *const names[CLARITY_ANSWERS + 1] = {NULL,        "clear",     "complete",
                                                           "right way", "technical", "other"};

    for (int i = 1; i <= CLARITY_ANSWERS; i++)
        if (n[i] > 0)
            buf_fmt(b, "  %s %s %lld", what, names[i], (long long)n[i]);
}

struct clarity_job {
    struct arena *mem;
    struct buf said;
};

static enum status say_rows(struct db_tx *tx, struct clarity_job *j)
{
    struct ctx c = ctx_new(j->mem, &actor_keeper, LANG_EN);
    struct finder_clarity_row *rows;
    int n = 0;

    c.tx = tx;
    j->said = buf_new(j->mem, 1024);
    const enum status st = finder_clarity_rows(&c, &rows, &n);

    if (st == ST_OK && n == 0)
        buf_z(&j->said, "Nobody has judged a page yet.\n");
    for (int i = 0; st == ST_OK && i < n; i++) {
        struct service s;
        const struct str slug = catalogue_service_by_uuid(&c, rows[i].service_uuid, &s) == ST_OK
                                    ? s.slug
                                    : rows[i].service_uuid;

        buf_fmt(&j->said, "%.1f of 5, %lld judged  /servizi/%.*s",
                (double)rows[i].stars_total / (double)rows[i].n, (long long)rows[i].n, (int)slug.n,
                slug.p);
        say_answers(&j->said, "hard:", rows[i].n_hard);
        say_answers(&j->said, "liked:", rows[i].n_liked);
        buf_char(&j->said, '\n');
    }
    return st;
}

int finder_clarity_command(struct db *d, int argc, char **argv)
{
    struct clarity_job j = {.mem = arena_new(0)};
    int code = EXIT_DONE;

    if (argc > 0) {
        fprintf(stderr, "%s\n", finder_clarity_help);
        arena_free(j.mem);
        return EXIT_USAGE;
    }
    struct db_tx *tx;
    enum status st = db_read_begin(d, &tx);

    if (st == ST_OK) {
        st = say_rows(tx, &j);
        db_read_end(tx);
    }
    if (st == ST_OK)
        fwrite(j.said.p, 1, j.said.n, stdout);
    else {
        fprintf(stderr, "The database did not answer (%s).\n", status_name(st));
        code = EXIT_REFUSED;
    }
    arena_free(j.mem);
    return code;
}

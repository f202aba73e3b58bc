/* messages_page.c - what people see of a note: the form, and the page that follows it. */
#include "base/date.h"
#include "messages.h"
#include "messages_feature.h"
#include "messages_pages.h"
#include "messages_view.h"

static struct str problem_words(struct ctx *c, const char *field)
{
    const struct problem *p = problems_of(&c->problems, field);

    if (p == NULL)
        return STR("");
    const struct text_arg value = {"value", p->value};

    return text_fill(c->mem, text_get(c->lang, p->key), &value, 1);
}

static struct messages_write_view new_view(struct web *w)
{
    struct ctx *c = web_ctx(w);

    return (struct messages_write_view){.frame =
                                            frame_new(w, text_get(c->lang, "messages.write-title")),
                                        .nonce = messages_new_nonce(c),
                                        .words_max = MESSAGES_WORDS_MAX};
}

/* GET /aiuto/scrivi - the empty form; ?pagina= says which page it is about, ?codice= looks for
 * the answer to an earlier note. */
enum status messages_write_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct messages_write_view v = new_view(w);

    v.page = web_query(w, "pagina");
    v.code = web_query(w, "codice");
    if (v.code.n > 0) {
        const struct str code = messages_tidy_code(c, v.code);

        if (code.n > 0)
            return web_redirect(w, str_fmt(c->mem, "/aiuto/scrivi/%.*s", (int)code.n, code.p));
        v.code_error = text_get(c->lang, "messages.code-unknown");
    }
    return html_messages_write(w, &v);
}

/* POST /aiuto/scrivi - keeps the note and leads to the page that follows it. */
enum status messages_write_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct messages_form f = {.words = web_field(w, "testo"),
                                    .page = web_field(w, "pagina"),
                                    .nonce = web_field(w, "modulo")};
    struct str code;
    const enum status st = messages_send(c, &f, &code);

    if (st == ST_OK)
        return web_redirect(w, str_fmt(c->mem, "/aiuto/scrivi/%.*s?nuova=1", (int)code.n, code.p));
    if (st != ST_INVALID)
        return st;
    struct messages_write_view v = new_view(w);

    v.words = f.words;
    v.page = f.page;
    v.words_error = problem_words(c, "testo");
    v.form_error = problem_words(c, "");
    web_set_code(w, 422);
    return html_messages_write(w, &v);
}

/* GET /aiuto/scrivi/:code - how far it is. The words of the note are not shown again: a code read
 * over somebody's shoulder gives away the answer at most. */
enum status messages_follow_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct str code = messages_tidy_code(c, web_path_value(w, "code"));
    struct messages_note n;
    const enum status st = messages_find(c, code, &n);

    if (st != ST_OK)
        return st;
    struct frame *frame = frame_new(w, text_get(c->lang, "messages.follow-title"));

    frame->is_hidden = true;
    frame_crumb(w, frame, text_get(c->lang, "messages.write-title"), STR("/aiuto/scrivi"));
    return html_messages_follow(
        w, &(struct messages_follow_view){.frame = frame,
                                          .code = messages_show_code(c, n.code),
                                          .received = text_day(c->mem, c->lang, n.received_on),
                                          .read = text_day(c->mem, c->lang, n.read_on),
                                          .answered = text_day(c->mem, c->lang, n.answered_on),
                                          .answer_by = text_day(c->mem, c->lang, n.answer_by),
                                          .answer = n.answer,
                                          .keep_days = MESSAGES_KEEP_DAYS,
                                          .is_new = str_eq_z(web_query(w, "nuova"), "1"),
                                          .is_late = n.state != MESSAGES_ANSWERED &&
                                                     n.answer_by < c->today});
}

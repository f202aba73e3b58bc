/* tryout_page.c - /prova: the box, and the list as map, report and sheet. */
#include "base/log.h"
#include "base/macros.h"
#include "base/tables.h"
#include "base/text.h"
#include "core/links/links.h"
#include "features/needs/needs.h"
#include "tryout_feature.h"
#include "tryout_pages.h"
#include "tryout_parts.h"
#include <string.h>

static struct frame *new_frame(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct frame *f = frame_new(w, text_get(c->lang, "tryout.title"));

    f->description = text_get(c->lang, "tryout.description");
    return f;
}

static struct str trouble_words(struct ctx *c, const struct sheet_trouble *why)
{
    const struct text_arg value = {"value", why->value};
    const struct str words = text_fill(c->mem, text_get(c->lang, why->key), &value, 1);

    if (why->line == 0)
        return words;
    const struct text_arg args[] = {{"line", str_fmt(c->mem, "%lld", (long long)why->line)}, {"words", words}};

    return text_fill(c->mem, text_get(c->lang, "tryout.at-line"), args, 2);
}

static struct str example(void)
{
    const struct table_file *f = table_find("demo/tryout/example.tsv");

    if (f == NULL)
        bug("the invented list is not built in");
    return f->bytes;
}

/* GET /prova - the empty box; ?esempio=1 with an invented list in it. */
enum status tryout_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct tryout_form_view v = {.frame = new_frame(w)};

    v.frame->skip_to = "testo";
    v.frame->skip_label = text_get(c->lang, "tryout.skip");
    if (web_query(w, "esempio").n > 0)
        v.text = example();
    return html_tryout_form(w, &v);
}

enum status tryout_refuse(struct web *w, const struct tryout_list *list, const struct sheet_trouble *why)
{
    struct ctx *c = web_ctx(w);
    struct web_upload file;
    struct tryout_form_view v = {.frame = new_frame(w), .text = web_field(w, "testo"), .error = trouble_words(c, why)};

    (void)list;
    v.is_file_wrong = web_upload_at(w, "file", 0, &file) && file.bytes.n > 0;
    v.frame->is_hidden = true;
    web_set_code(w, 422);
    return html_tryout_form(w, &v);
}

/* ---- the key, when the browser holds one ---- */

static struct str key_of(struct web *w)
{
    struct links_link k;

    return links_here(w, LINKS_KEEP, &k) == ST_OK ? k.name : STR("");
}

static void put_figures(struct web *w, const struct tryout_list *l, struct tryout_view *v)
{
    v->frame = new_frame(w);
    v->frame->is_hidden = true;
    v->text = l->text;
    v->key_of = key_of(w);
    v->n_services = l->n_rows;
    v->n_ready = l->n_ready;
    v->n_same = l->n_same;
    v->n_not_read = l->n_not_read;
    v->n_mended = l->n_mended;
    v->n_warned = l->n_warned;
    v->n_unplaced = l->n_unplaced;
    v->n_nameless = l->n_nameless;
    v->n_above = l->grid.n_above;
    v->n_sections = l->grid.n_sections;
    v->score = l->score;
}

/* POST /prova - nothing of it is kept. */
enum status tryout_post(struct web *w)
{
    struct tryout_list *l = ARENA_NEW(web_ctx(w)->mem, struct tryout_list);
    struct tryout_view v = {0};
    struct sheet_trouble why;
    enum status st = tryout_read(w, l, &why);

    if (st == ST_INVALID)
        return tryout_refuse(w, l, &why);
    if (st != ST_OK)
        return st;
    put_figures(w, l, &v);
    tryout_put_quality(web_ctx(w), l, &v);
    tryout_put_problems(web_ctx(w), l, &v);
    tryout_put_needs(web_ctx(w), l, &v);
    tryout_put_columns(web_ctx(w), l, &v);
    st = tryout_put_map(web_ctx(w), l, &v);
    return st == ST_OK ? html_tryout_result(w, &v) : st;
}

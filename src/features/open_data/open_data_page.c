/* open_data_page.c - GET /dati: every dataset with its files, its rhythm, how much it is and when it changed. */
#include "open_data_datasets.h"
#include "open_data_pages.h"
#include "open_data_routes.h"
#include "open_data_view.h"

static struct str size_words(struct ctx *c, const struct dataset *d)
{
    const struct text_arg n = {"n", text_int(c->mem, c->lang, d->n_items)};

    return d->n_items < 0 ? STR("") : text_fill(c->mem, text_get_n(c->lang, "open_data.n-rows", d->n_items), &n, 1);
}

static void fill(struct ctx *c, const struct dataset *d, struct open_data_set_view *v)
{
    *v = (struct open_data_set_view){
        .id = d->row->id,
        .title = d->title,
        .text = d->text,
        .rhythm = text_get(c->lang, str_fmt(c->mem, "open_data.rhythm-%s", d->row->rhythm).p),
        .size = size_words(c, d),
        .changed = d->changed_on == DAY_NONE ? text_get(c->lang, "open_data.not-yet") : text_day(c->mem, c->lang, d->changed_on)};
    v->files = ARENA_ARRAY(c->mem, struct open_data_file_view, DATASET_FILES);
    for (; v->n_files < DATASET_FILES && d->row->files[v->n_files].address != NULL; v->n_files++)
        v->files[v->n_files] = (struct open_data_file_view){str_of(d->row->files[v->n_files].address), d->row->files[v->n_files].label};
}

enum status open_data_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct open_data_page_view v = {.frame = frame_new(w, text_get(c->lang, "open_data.title")), .licence = str_of(web_site(w)->licence)};
    struct dataset *list;
    const enum status st = datasets_read(w, &list, &v.n_sets);

    if (st != ST_OK)
        return st;
    v.frame->description = text_get(c->lang, "open_data.description");
    v.sets = ARENA_ARRAY(c->mem, struct open_data_set_view, (size_t)v.n_sets + 1);
    for (int i = 0; i < v.n_sets; i++)
        fill(c, &list[i], &v.sets[i]);
    return html_open_data_data(w, &v);
}

/* entries_paste_page.c - a list pasted from a spreadsheet: looked at row by row, then written, undone together. */
#include "base/date.h"
#include "base/macros.h"
#include "entries_pages.h"
#include "entries_paste.h"
#include "features/upkeep/upkeep.h"
#include <string.h>

static struct entries_paste_view new_view(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct entries_paste_view v = {.frame = frame_new(w, text_get(c->lang, "entries.paste-title")), .opened = entries_opened(c)};

    v.frame->is_hidden = true;
    frame_crumb(w, v.frame, text_get(c->lang, "entries.title"), STR("/schede"));
    return v;
}

static struct draft_of box_of(const struct entries_key *k)
{
    return (struct draft_of){k->link.organisation_id, k->link.link_id, DRAFT_PASTE};
}

/* GET /schede/incolla - the box holds what was left in it. */
enum status entries_paste_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct entries_notice *notices = ARENA_ARRAY(c->mem, struct entries_notice, ENTRIES_NOTICES);
    struct entries_key k;
    struct draft d;
    enum status answer, st;

    if (entries_door(w, &k, &answer) != ST_OK)
        return answer;
    struct entries_paste_view v = new_view(w);
    const struct draft_of of = box_of(&k);

    st = draft_find(c, &of, &d);
    if (st != ST_OK && st != ST_NOT_FOUND)
        return st;
    v.text = d.paste;
    if (d.paste.n > 0)
        v.draft_day = entries_when(c, d.saved_at_ms);
    v.notices = notices;
    v.n_notices = entries_notices(w, &k, notices);
    return html_entries_paste(w, &v);
}

/* ---- what it looks like ---- */

static void fill_columns(struct ctx *c, const struct paste *p, struct entries_paste_view *v)
{
    v->columns = ARENA_ARRAY(c->mem, struct entries_column, (size_t)p->columns.n + 1);
    for (int i = 0; i < p->columns.n; i++) {
        struct entries_choice *choices = ARENA_ARRAY(c->mem, struct entries_choice, SHEET_FIELD_COUNT);
        struct entries_column *x = &v->columns[v->n_columns++];

        *x = (struct entries_column){.name = p->grid.names[i].n > 0 ? p->grid.names[i] : str_fmt(c->mem, "%d", i + 1),
                                     .id = str_fmt(c->mem, "colonna-%d", i + 1),
                                     .choices = choices,
                                     .is_person = p->columns.is_person[i]};
        for (int r = 0; r < p->grid.n_rows && x->sample.n == 0; r++)
            x->sample = str_head(p->grid.cells[(size_t)r * (size_t)p->grid.n_columns + (size_t)i], 60);
        for (int f = 0; f < SHEET_FIELD_COUNT; f++)
            choices[x->n_choices++] = (struct entries_choice){.value = str_of(sheet_field_name((enum sheet_field)f)),
                                                              .label = sheet_field_words(c, (enum sheet_field)f),
                                                              .is_on = p->columns.of[i] == (enum sheet_field)f};
    }
}

/* Rows that the page shows, out of the thousands that were looked at. */
enum { SHOWN = 200, STAYS_SHOWN = 150 };

struct showing {
    struct ctx *c; /* of the page: what is shown lives there, a row does not */
    struct entries_paste_view *v;
    struct entries_line *stays, *others; /* the first of each */
    int n_stays, n_others;
};

static void fill_cells(struct ctx *c, const struct paste_row *r, struct entries_line *out)
{
    out->cells = ARENA_ARRAY(c->mem, struct entries_cell, (size_t)(r->read.n_not_read + r->read.n_mended + r->read.n_warned) + 1);
    for (int f = 1; f < SHEET_FIELD_COUNT; f++) {
        const struct sheet_cell_read *x = &r->read.cells[f];

        if (x->key == NULL || x->state == CELL_EMPTY || x->state == CELL_FINE ||
            out->n_cells > r->read.n_not_read + r->read.n_mended + r->read.n_warned)
            continue;
        out->cells[out->n_cells++] = (struct entries_cell){.label = sheet_field_words(c, (enum sheet_field)f),
                                                           .typed = str_copy(c->mem, x->typed),
                                                           .words = entries_words(c, x->key, "value", x->value),
                                                           .is_bad = x->state == CELL_NOT_READ,
                                                           .is_mended = x->state == CELL_MENDED};
    }
}

/* `own`: what is read of the entry goes with the row. */
static enum status fill_diffs(struct ctx *c, struct ctx *own, const struct paste_row *r, struct entries_line *out)
{
    struct service now = {.starts_on = DAY_NONE, .ends_on = DAY_NONE, .apply_by = DAY_NONE};
    const enum status st = r->service_id != 0 ? catalogue_service(own, r->service_id, &now) : ST_OK;

    out->diffs = ARENA_ARRAY(c->mem, struct entries_diff, (size_t)r->n_tried + 1);
    for (int i = 0; st == ST_OK && i < r->n_tried; i++) {
        const struct edit_field_outcome *x = &r->tried[i];

        if (x->result != EDIT_TAKEN || x->field == EDIT_NAME)
            continue;
        const struct str was = r->service_id == 0 ? STR("") : catalogue_edit_text(own->mem, x->field, &now);

        out->diffs[out->n_diffs++] = (struct entries_diff){text_get(c->lang, catalogue_edit_shape(x->field)->label),
                                                           str_copy(c->mem, catalogue_edit_words(own, x->field, was)),
                                                           str_copy(c->mem, catalogue_edit_words(own, x->field, x->typed))};
    }
    return st;
}

static enum status fill_line(struct showing *x, struct ctx *own, const struct paste_row *r, struct entries_line *out)
{
    static const char *const keys[] = {
        [PASTE_NEW] = "entries.paste-new", [PASTE_CHANGES] = "entries.paste-changes", [PASTE_SAME] = "entries.paste-same",
        [PASTE_STAYS] = "entries.paste-stays"};
    static const char *const css[] = {[PASTE_NEW] = "w-ok", [PASTE_CHANGES] = "w-blue", [PASTE_SAME] = "", [PASTE_STAYS] = "w-warn"};
    struct ctx *c = x->c;

    *out = (struct entries_line){.line = r->read.line,
                                 .name = r->read.cells[SHEET_NAME].text.n > 0 ? str_copy(c->mem, r->read.cells[SHEET_NAME].text)
                                                                              : text_get(c->lang, "entries.paste-nameless"),
                                 .state = text_get(c->lang, keys[r->state]),
                                 .state_css = str_of(css[r->state]),
                                 .id = str_fmt(c->mem, "salta-%lld", (long long)r->read.line),
                                 .is_refused = r->state == PASTE_STAYS,
                                 .can_skip = r->state == PASTE_NEW || r->state == PASTE_CHANGES};
    if (r->why != NULL)
        out->why = entries_words(c, r->why, "value", r->value);
    fill_cells(c, r, out);
    return out->can_skip ? fill_diffs(c, own, r, out) : ST_OK;
}

static enum status show_row(void *arg, struct ctx *own, int i, struct paste_row *r)
{
    struct showing *x = arg;

    (void)i;
    x->v->n_new += r->state == PASTE_NEW;
    x->v->n_changed += r->state == PASTE_CHANGES;
    x->v->n_same += r->state == PASTE_SAME;
    x->v->n_refused += r->state == PASTE_STAYS;
    if (r->state == PASTE_STAYS && x->n_stays < SHOWN)
        return fill_line(x, own, r, &x->stays[x->n_stays++]);
    if (r->state != PASTE_STAYS && x->n_others < SHOWN)
        return fill_line(x, own, r, &x->others[x->n_others++]);
    return ST_OK;
}

/* Of very many the page shows those that stay before the others; in the order of the list. */
static void choose_shown(struct showing *x)
{
    struct entries_paste_view *v = x->v;
    int a = 0, b = 0;

    if (x->n_stays + x->n_others > SHOWN) {
        x->n_stays = x->n_stays > STAYS_SHOWN && x->n_others > SHOWN - STAYS_SHOWN ? STAYS_SHOWN : x->n_stays;
        x->n_others = x->n_others > SHOWN - x->n_stays ? SHOWN - x->n_stays : x->n_others;
    }
    v->lines = ARENA_ARRAY(x->c->mem, struct entries_line, (size_t)(x->n_stays + x->n_others) + 1);
    while (a < x->n_stays || b < x->n_others)
        v->lines[v->n_lines++] = b == x->n_others || (a < x->n_stays && x->stays[a].line < x->others[b].line) ? x->stays[a++] : x->others[b++];
}

static enum status fill_lines(struct ctx *c, const struct paste *p, struct entries_paste_view *v)
{
    struct showing x = {.c = c,
                        .v = v,
                        .stays = ARENA_ARRAY(c->mem, struct entries_line, SHOWN),
                        .others = ARENA_ARRAY(c->mem, struct entries_line, SHOWN)};
    const enum status st = paste_rows(c, p, show_row, &x);

    choose_shown(&x);
    v->n_good = v->n_new + v->n_changed;
    v->n_unseen = p->grid.n_rows - v->n_lines;
    return st;
}

static enum status show(struct web *w, const struct paste *p)
{
    struct ctx *c = web_ctx(w);
    struct entries_paste_view v = new_view(w);
    int64_t change_no = 0;
    enum status st = catalogue_change(c, &change_no);

    v.text = p->text;
    v.is_checked = true;
    v.base = str_fmt(c->mem, "%lld", (long long)change_no);
    fill_columns(c, p, &v);
    if (st == ST_OK)
        st = fill_lines(c, p, &v);
    return st == ST_OK ? html_entries_paste(w, &v) : st;
}

static enum status refuse(struct web *w, struct str text, struct str words)
{
    struct entries_paste_view v = new_view(w);

    v.text = text;
    v.error = words;
    web_keep_written(w);
    web_set_code(w, 422);
    return html_entries_paste(w, &v);
}

/* ---- writing it ---- */

struct writing {
    struct web *w;
    const struct entries_key *k;
    int64_t base_change;
    bool *left; /* by row: it stays in the box */
    int n_done, n_left;
};

static bool is_skipped(const struct writing *x, struct ctx *c, const struct paste_row *r)
{
    return str_eq_z(web_field(x->w, str_fmt(c->mem, "salta-%lld", (long long)r->read.line).p), "1");
}

/* What somebody else changed meanwhile is noted at the entry. */
static enum status write_row(void *arg, struct ctx *c, int i, struct paste_row *r)
{
    struct writing *x = arg;
    struct edit_outcome *o = ARENA_NEW(c->mem, struct edit_outcome);
    int64_t service_id = r->service_id;
    enum status st;

    x->left[i] = r->state == PASTE_STAYS || (r->state != PASTE_SAME && is_skipped(x, c, r));
    x->n_left += x->left[i];
    if (x->left[i] || r->state == PASTE_SAME)
        return ST_OK;
    if (r->state == PASTE_NEW)
        st = catalogue_edit_add(c, x->k->link.organisation_id, r->changes, r->n_changes, &x->k->who, &service_id, o);
    else
        st = catalogue_edit(c, service_id, x->base_change, r->changes, r->n_changes, &x->k->who, o);
    if (st == ST_OK && r->state == PASTE_CHANGES)
        st = upkeep_edited(c, service_id);
    x->n_done += st == ST_OK && o->n_taken + (r->state == PASTE_NEW) > 0;
    if (st != ST_INVALID && st != ST_NOT_FOUND)
        return st;
    x->left[i] = true;
    x->n_left++;
    return ST_OK;
}

/* All of it or nothing: one transaction, undone by one batch. */
static enum status write_all(struct writing *x, const struct paste *p)
{
    struct ctx *c = web_ctx(x->w);
    const struct draft_of of = box_of(x->k);

    x->left = ARENA_ARRAY(c->mem, bool, (size_t)p->grid.n_rows + 1);
    enum status st = paste_rows(c, p, write_row, x);

    if (st != ST_OK)
        return st;
    const struct draft d = {.paste = paste_rest(c, p, x->left)};

    st = d.paste.n > 0 ? draft_save(c, &of, &d) : draft_drop(c, &of);
    if (st == ST_OK)
        st = upkeep_spent(c, x->k->link.organisation_id, web_field(x->w, "aperta"));
    if (st != ST_OK)
        return st;
    return web_redirect(x->w, str_fmt(c->mem, "%s?esito=incollate&n=%d&lasciate=%d&lotto=%.*s", x->n_left > 0 ? "/schede/incolla" : "/schede",
                                      x->n_done, x->n_left, (int)x->k->who.batch.n, x->k->who.batch.p));
}

/* POST /schede/incolla - azione=controlla looks, azione=salva writes. */
enum status entries_paste_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct paste *p = ARENA_NEW(c->mem, struct paste);
    struct sheet_trouble why = {0};
    struct str text = web_field(w, "testo");
    struct web_upload file;
    struct entries_key k;
    enum status answer, st;

    if (entries_form_door(w, STR(""), &k, &answer) != ST_OK)
        return answer;
    const struct problem *late = problems_of(&c->problems, "");
    const struct draft_of of = box_of(&k);
    const struct draft d = {.paste = text};

    if (late != NULL)
        return refuse(w, text, text_get(c->lang, late->key));
    const bool has_file = web_upload_at(w, "file", 0, &file) && file.bytes.n > 0;

    if (has_file && str_trim(text).n > 0)
        return refuse(w, text, text_get(c->lang, "entries.paste-two"));
    if (has_file) {
        st = sheets_text(c->mem, file.bytes, &text, &why);
        if (st == ST_INVALID || st == ST_TOO_LARGE)
            return refuse(w, STR(""), entries_words(c, why.key, "value", why.value));
        if (st != ST_OK)
            return st;
    }
    if (str_trim(text).n == 0)
        return refuse(w, text, text_get(c->lang, "entries.paste-empty"));
    st = paste_open(w, &k, text, p, &why);
    if (st == ST_INVALID || st == ST_TOO_LARGE) {
        st = draft_save(c, &of, &d);
        return st == ST_OK ? refuse(w, text, entries_words(c, why.key, "value", why.value)) : st;
    }
    if (st != ST_OK)
        return st;
    if (!str_eq_z(web_field(w, "azione"), "salva")) {
        st = draft_save(c, &of, &(struct draft){.paste = text});
        return st == ST_OK ? show(w, p) : st;
    }
    struct writing x = {.w = w, .k = &k};

    str_to_int(web_field(w, "versione"), &x.base_change);
    k.who.how = EDIT_BY_PASTE;
    k.who.batch = entries_new_batch(c);
    return write_all(&x, p);
}

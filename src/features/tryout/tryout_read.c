/* tryout_read.c - from what was pasted to rows, places and figures. */
#include "base/macros.h"
#include "base/text.h"
#include "features/needs/needs.h"
#include "tryout.h"
#include <stdlib.h>
#include <string.h>

/* ---- the text ---- */

static enum status take_text(struct web *w, struct str *out, struct sheet_trouble *why)
{
    struct arena *mem = web_ctx(w)->mem;
    struct web_upload file;

    *out = web_field(w, "testo");
    *why = (struct sheet_trouble){0};
    if (web_upload_at(w, "file", 0, &file) && file.bytes.n > 0)
        return sheets_text(mem, file.bytes, out, why);
    return sheets_text(mem, *out, out, why);
}

/* What the person chose for a column stands above what was guessed. */
static void take_columns(struct web *w, struct sheet_columns *k)
{
    struct arena *mem = web_ctx(w)->mem;

    for (int i = 0; i < k->n; i++) {
        const struct str chosen = web_field(w, str_fmt(mem, "colonna-%d", i + 1).p);

        if (chosen.n == 0)
            continue;
        k->of[i] = sheet_field_named(chosen);
        k->is_sure[i] = true;
    }
}

/* ---- one row ---- */

static struct str words_of(struct ctx *c, const struct sheet_cell_read *x)
{
    const struct text_arg value = {"value", x->value};

    return text_fill(c->mem, text_get(c->lang, x->key), &value, 1);
}

static void keep_issues(struct ctx *c, const struct sheet_row *r, struct tryout_row *out)
{
    struct tryout_issue *list = ARENA_ARRAY(c->mem, struct tryout_issue, (size_t)(r->n_not_read + r->n_mended + r->n_warned));
    int n = 0;

    if (r->n_not_read + r->n_mended + r->n_warned > 0)
        for (int f = 1; f < SHEET_FIELD_COUNT; f++)
            if (r->cells[f].key != NULL)
                list[n++] = (struct tryout_issue){(enum sheet_field)f, r->cells[f].state, r->cells[f].typed, words_of(c, &r->cells[f])};
    out->issues = list;
    out->n_issues = n;
}

static struct str place_of(struct arena *mem, const struct sheet_row *r)
{
    const struct str address = r->cells[SHEET_ADDRESS].text, place = r->cells[SHEET_PLACE].text;
    struct buf b = buf_new(mem, 80);

    if (place.n > 0)
        buf_fmt(&b, "%.*s%s", (int)place.n, place.p, address.n + r->comune_name.n > 0 ? ", " : "");
    if (address.n > 0)
        buf_fmt(&b, "%.*s%s", (int)address.n, address.p, r->comune_name.n > 0 ? ", " : "");
    if (r->comune_name.n > 0)
        buf_fmt(&b, "%.*s (%.*s)", (int)r->comune_name.n, r->comune_name.p, (int)r->prov.n, r->prov.p);
    return buf_view(&b);
}

/* Lines of a text with a mark between them. */
static struct str in_line(struct arena *mem, struct str text)
{
    struct buf b = buf_new(mem, text.n + 8);

    while (text.n > 0) {
        buf_str(&b, str_cut(&text, '\n'));
        buf_z(&b, text.n > 0 ? "; " : "");
    }
    return buf_view(&b);
}

static void keep_row(struct ctx *c, const struct sheet_row *r, struct tryout_row *out)
{
    struct service s;

    sheets_service(c->mem, r, c->today, &s);
    *out = (struct tryout_row){.line = r->line,
                               .name = r->cells[SHEET_NAME].text,
                               .body = r->cells[SHEET_BODY].text,
                               .summary = r->cells[SHEET_SUMMARY].text.n > 0 ? r->cells[SHEET_SUMMARY].text : r->cells[SHEET_DESCRIPTION].text,
                               .phones = in_line(c->mem, r->cells[SHEET_PHONES].text),
                               .first_phone = r->n_phones > 0 ? r->phones[0].number : STR(""),
                               .email = r->cells[SHEET_EMAIL].text,
                               .url = r->cells[SHEET_URL].text,
                               .hours = r->cells[SHEET_HOURS].text,
                               .place = place_of(c->mem, r),
                               .eligibility = r->cells[SHEET_ELIGIBILITY].text,
                               .fees = r->cells[SHEET_FEES].text,
                               .comune_id = r->comune_id,
                               .need = r->n_needs > 0 ? need_by_id(needs_of(c), r->needs[0]) : NULL,
                               .same_as = r->same_as,
                               .n_not_read = r->n_not_read,
                               .n_mended = r->n_mended,
                               .n_warned = r->n_warned};
    upkeep_score(&s, c->today, &out->score);
    keep_issues(c, r, out);
}

bool tryout_is_ready(const struct tryout_row *r)
{
    return r->phones.n + r->email.n > 0 && r->comune_id != 0 && r->need != NULL && r->n_not_read == 0 && r->same_as == 0;
}

/* ---- all of them ---- */

static void count_place(struct ctx *c, const struct sheet_row *r, struct tryout_list *out)
{
    (void)c;
    if (r->comune_id == 0) {
        out->n_unplaced++;
        return;
    }
    for (int i = 0; i < out->n_places; i++)
        if (out->places[i].comune_id == r->comune_id) {
            out->places[i].n++;
            return;
        }
    out->places[out->n_places++] = (struct tryout_place){r->comune_id, r->comune_name, r->comune_slug, r->lat, r->lon, r->has_point, 1};
}

static void count_row(struct tryout_list *out, const struct tryout_row *r)
{
    out->n_same += r->same_as != 0;
    out->n_not_read += r->n_not_read;
    out->n_mended += r->n_mended;
    out->n_warned += r->n_warned;
    out->n_ready += tryout_is_ready(r);
    out->score += r->score.total;
    for (int i = 0; i < SCORE_PARTS; i++)
        out->full[i] += r->score.parts[i] >= 500;
}

static int by_number(const void *a, const void *b)
{
    const struct tryout_place *x = a, *y = b;

    return x->n != y->n ? y->n - x->n : str_cmp(x->name, y->name);
}

static enum status read_rows(struct ctx *c, struct sheets *s, struct tryout_list *out)
{
    struct sheet_row *r = ARENA_NEW(c->mem, struct sheet_row);

    out->rows = ARENA_ARRAY(c->mem, struct tryout_row, (size_t)out->grid.n_rows);
    out->places = ARENA_ARRAY(c->mem, struct tryout_place, (size_t)out->grid.n_rows + 1);
    for (int i = 0; i < out->grid.n_rows; i++) {
        const enum status st = sheets_row(s, c, &out->grid, &out->columns, i, r);

        if (st != ST_OK)
            return st;
        if (!r->has_name) {
            out->n_nameless++;
            continue;
        }
        keep_row(c, r, &out->rows[out->n_rows]);
        count_place(c, r, out);
        count_row(out, &out->rows[out->n_rows++]);
    }
    if (out->n_rows > 0)
        out->score = (out->score + out->n_rows / 2) / out->n_rows;
    qsort(out->places, (size_t)out->n_places, sizeof *out->places, by_number);
    return ST_OK;
}

enum status tryout_begin(struct web *w, struct tryout_list *out, struct sheets **out_sheets, struct sheet_trouble *why)
{
    struct ctx *c = web_ctx(w);

    *out = (struct tryout_list){.text = web_field(w, "testo")};
    enum status st = take_text(w, &out->text, why);

    if (st == ST_OK)
        st = sheets_grid(c->mem, out->text, &out->grid, why);
    if (st == ST_OK)
        st = sheets_open(c, out_sheets);
    if (st == ST_OK) {
        sheets_guess(*out_sheets, c, &out->grid, &out->columns);
        take_columns(w, &out->columns);
    }
    return st == ST_TOO_LARGE ? ST_INVALID : st;
}

enum status tryout_read(struct web *w, struct tryout_list *out, struct sheet_trouble *why)
{
    struct sheets *s = NULL;
    enum status st = tryout_begin(w, out, &s, why);

    if (st == ST_OK)
        st = read_rows(web_ctx(w), s, out);
    if (st == ST_OK && out->n_rows == 0) {
        *why = (struct sheet_trouble){.key = "tryout.no-names"};
        return ST_INVALID;
    }
    return st;
}

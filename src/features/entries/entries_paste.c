/* entries_paste.c - rows of a pasted list, each tried against the entry it is about. */
#include "entries_paste.h"
#include "base/macros.h"
#include <string.h>

struct known {
    struct service *list;
    struct str *folded;
    int n;
};

static enum status know(struct ctx *c, int64_t organisation_id, struct known *out)
{
    const struct edit_list ask = {organisation_id, false};
    const enum status st = catalogue_edit_entries(c, &ask, &out->list, &out->n);

    if (st != ST_OK)
        return st;
    out->folded = ARENA_ARRAY(c->mem, struct str, (size_t)out->n + 1);
    for (int i = 0; i < out->n; i++)
        out->folded[i] = str_fold(c->mem, out->list[i].name);
    return ST_OK;
}

static int64_t comune_of(const struct service *s)
{
    return s->n_ats > 0 && s->ats[0].location != NULL ? s->ats[0].location->comune_id : 0;
}

/* How many entries the row may be about; *out is the one when it is one. */
static int find(struct ctx *c, const struct known *k, const struct sheet_row *r, const struct service **out)
{
    const struct str folded = str_fold(c->mem, r->cells[SHEET_NAME].text);
    int n = 0, n_here = 0;
    const struct service *here = NULL;

    for (int i = 0; i < k->n; i++) {
        if (!str_eq(k->folded[i], folded))
            continue;
        n++;
        *out = &k->list[i];
        if (r->comune_id != 0 && comune_of(&k->list[i]) == r->comune_id) {
            n_here++;
            here = &k->list[i];
        }
    }
    if (n > 1 && n_here == 1) {
        *out = here;
        return 1;
    }
    return n;
}

static void stay(struct paste_row *r, const char *key, struct str value)
{
    r->state = PASTE_STAYS;
    r->why = key;
    r->value = value;
}

/* Of an entry that is there: needs that were only guessed, and a comune without a street where the entry has one, say nothing new. */
static int worth_saying(const struct sheet_row *r, const struct service *s, struct edit_change *list, int n)
{
    const bool has_street = r->cells[SHEET_ADDRESS].text.n > 0 || r->cells[SHEET_PLACE].text.n > 0;
    int n_kept = 0;

    for (int i = 0; i < n; i++) {
        const bool is_guess = list[i].field == EDIT_NEEDS && r->are_needs_guessed;
        const bool is_vague = list[i].field == EDIT_PLACES && !has_street && s != NULL && comune_of(s) == r->comune_id;

        if (s == NULL || (!is_guess && !is_vague))
            list[n_kept++] = list[i];
    }
    return n_kept;
}

/* In a memory of its own: of all that trying takes only what it says is kept. */
static enum status try_apart(struct ctx *c, struct paste_row *r, int *n_taken)
{
    struct ctx own = *c;
    struct edit_outcome *o;

    own.mem = arena_new(0);
    own.problems = problems_new(own.mem);
    o = ARENA_NEW(own.mem, struct edit_outcome);
    const enum status st = catalogue_edit_try(&own, r->service_id, r->changes, r->n_changes, o, NULL);

    r->n_tried = st == ST_OK ? o->n : 0;
    r->tried = ARENA_ARRAY(c->mem, struct edit_field_outcome, (size_t)r->n_tried + 1);
    for (int i = 0; i < r->n_tried; i++) {
        r->tried[i] = o->list[i];
        r->tried[i].typed = str_copy(c->mem, o->list[i].typed);
        r->tried[i].value = str_copy(c->mem, o->list[i].value);
        *n_taken += o->list[i].result == EDIT_TAKEN;
    }
    arena_free(own.mem);
    return st;
}

static enum status try_row(struct ctx *c, const struct known *k, int64_t organisation_id, struct paste_row *r)
{
    const struct service *s = NULL;
    const int n = r->read.has_name ? find(c, k, &r->read, &s) : 0;
    struct edit_change changes[EDIT_FIELD_COUNT];

    r->now = (struct service){.organisation_id = organisation_id,
                              .kind = SERVICE_SERVICE,
                              .status = SERVICE_ACTIVE,
                              .starts_on = DAY_NONE,
                              .ends_on = DAY_NONE,
                              .apply_by = DAY_NONE};
    r->n_changes = worth_saying(&r->read, s, changes, sheets_changes(c->mem, &r->read, changes));
    r->changes = ARENA_ARRAY(c->mem, struct edit_change, (size_t)r->n_changes + 1);
    memcpy(r->changes, changes, sizeof *changes * (size_t)r->n_changes);
    if (!r->read.has_name) {
        stay(r, "entries.paste-no-name", STR(""));
        return ST_OK;
    }
    if (n > 1) {
        stay(r, "entries.paste-several", r->read.cells[SHEET_NAME].text);
        return ST_OK;
    }
    if (s != NULL) {
        r->now = *s;
        r->service_id = s->service_id;
    }
    int n_taken = 0;
    const enum status st = try_apart(c, r, &n_taken);

    if (st != ST_OK)
        return st;
    r->state = r->service_id == 0 ? PASTE_NEW : n_taken > 0 ? PASTE_CHANGES : PASTE_SAME;
    if (r->read.n_not_read > 0)
        stay(r, "entries.paste-cell", STR(""));
    for (int i = 0; i < r->n_tried && r->state != PASTE_STAYS; i++)
        if (r->tried[i].result == EDIT_REFUSED)
            stay(r, r->tried[i].key, r->tried[i].value);
    if (r->read.same_as != 0 && r->state != PASTE_STAYS && r->state != PASTE_SAME)
        stay(r, "entries.paste-twice", str_fmt(c->mem, "%lld", (long long)r->read.same_as));
    return ST_OK;
}

/* What the form says each column is goes before the guess. */
static void choose_columns(struct web *w, struct sheet_columns *k)
{
    for (int i = 0; i < k->n; i++) {
        const struct str chosen = web_field(w, str_z(web_ctx(w)->mem, str_fmt(web_ctx(w)->mem, "colonna-%d", i + 1)));
        const enum sheet_field f = sheet_field_named(chosen);

        if (chosen.n > 0 && (f != SHEET_LEFT_OUT || str_eq_z(chosen, sheet_field_name(SHEET_LEFT_OUT))))
            k->of[i] = f;
    }
}

enum status paste_read(struct web *w, const struct entries_key *k, struct str text, struct paste *out, struct sheet_trouble *why)
{
    struct ctx *c = web_ctx(w);
    struct known known = {0};
    struct sheets *sheets;
    enum status st = sheets_grid(c->mem, text, &out->grid, why);

    out->text = text;
    if (st == ST_OK)
        st = know(c, k->link.organisation_id, &known);
    if (st == ST_OK)
        st = sheets_open(c, &sheets);
    if (st != ST_OK)
        return st;
    sheets_guess(sheets, c, &out->grid, &out->columns);
    choose_columns(w, &out->columns);
    out->n_rows = out->grid.n_rows < PASTE_ROWS ? out->grid.n_rows : PASTE_ROWS;
    out->rows = ARENA_ARRAY(c->mem, struct paste_row, (size_t)out->n_rows + 1);
    for (int i = 0; st == ST_OK && i < out->n_rows; i++) {
        st = sheets_row(sheets, c, &out->grid, &out->columns, i, &out->rows[i].read);
        if (st == ST_OK)
            st = try_row(c, &known, k->link.organisation_id, &out->rows[i]);
    }
    return st;
}

/* Lines `from` to before `to`, counted from 1. */
static struct str lines_between(struct str text, int64_t from, int64_t to)
{
    struct str rest = text;
    int64_t line = 1;

    for (; line < from && rest.n > 0; line++)
        str_cut(&rest, '\n');
    const char *begin = rest.p;

    for (; line < to && rest.n > 0; line++)
        str_cut(&rest, '\n');
    return (struct str){begin, (size_t)((rest.n > 0 ? rest.p : text.p + text.n) - begin)};
}

struct str paste_rest(struct ctx *c, const struct paste *p, const bool *is_left)
{
    struct buf b = buf_new(c->mem, p->text.n + 1);
    bool any = false;

    if (p->grid.n_rows > 0)
        buf_str(&b, lines_between(p->text, 1, p->grid.lines[0]));
    for (int i = 0; i < p->grid.n_rows; i++) {
        if (i < p->n_rows && !is_left[i])
            continue;
        const struct str one = lines_between(p->text, p->grid.lines[i], i + 1 < p->grid.n_rows ? p->grid.lines[i + 1] : INT64_MAX);

        any = true;
        buf_str(&b, one);
        if (one.n > 0 && one.p[one.n - 1] != '\n')
            buf_char(&b, '\n');
    }
    return any ? buf_view(&b) : STR("");
}

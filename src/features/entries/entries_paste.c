/* entries_paste.c - rows of a pasted list, each tried against the entry it is about. */
#include "entries_paste.h"
#include "base/macros.h"
#include <setjmp.h>
#include <string.h>

enum { KNOWN_BLOCK = 200 };

static int64_t comune_of(const struct service *s)
{
    return s->n_ats > 0 && s->ats[0].location != NULL ? s->ats[0].location->comune_id : 0;
}

/* Whole entries are read block by block; their name and comune are what is kept. */
static enum status know(struct ctx *c, struct paste *p)
{
    const struct edit_list ask = {p->organisation_id, false};
    struct edit_key *keys;
    int64_t ids[KNOWN_BLOCK];
    int n_keys = 0, n_known = 0;
    enum status st = catalogue_edit_keys(c, &ask, &keys, &n_keys);

    if (st != ST_OK)
        return st;
    p->known = ARENA_ARRAY(c->mem, struct paste_known, (size_t)n_keys + 1);
    p->by_name = map_new(c->mem, n_keys + 1);
    struct ctx own = *c;

    own.mem = arena_new(0);
    for (int at = 0; st == ST_OK && at < n_keys;) {
        struct service *list;
        int n = 0;

        arena_reset(own.mem);
        for (; at < n_keys && n < KNOWN_BLOCK; at++)
            if (keys[at].state == SERVICE_SHOWN)
                ids[n++] = keys[at].service_id;
        if (n == 0)
            break;
        st = catalogue_edit_some(&own, ids, n, &list, &n);
        for (int i = 0; st == ST_OK && i < n; i++) {
            const struct str folded = str_copy(c->mem, str_fold(own.mem, list[i].name));
            const int first = map_get(&p->by_name, folded);

            p->known[n_known] = (struct paste_known){list[i].service_id, comune_of(&list[i]), first};
            map_set(&p->by_name, folded, n_known++);
        }
    }
    arena_free(own.mem);
    return st;
}

/* How many entries the row may be about; *out is the one when it is one. */
static int find(struct ctx *c, const struct paste *p, const struct sheet_row *r, const struct paste_known **out)
{
    const struct paste_known *here = NULL;
    int n = 0, n_here = 0;

    for (int i = map_get(&p->by_name, str_fold(c->mem, r->cells[SHEET_NAME].text)); i >= 0; i = p->known[i].next) {
        n++;
        *out = &p->known[i];
        if (r->comune_id != 0 && p->known[i].comune_id == r->comune_id) {
            n_here++;
            here = &p->known[i];
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
static int worth_saying(const struct sheet_row *r, const struct paste_known *s, struct edit_change *list, int n)
{
    const bool has_street = r->cells[SHEET_ADDRESS].text.n > 0 || r->cells[SHEET_PLACE].text.n > 0;
    int n_kept = 0;

    for (int i = 0; i < n; i++) {
        const bool is_guess = list[i].field == EDIT_NEEDS && r->are_needs_guessed;
        const bool is_vague = list[i].field == EDIT_PLACES && !has_street && s != NULL && s->comune_id == r->comune_id;

        if (s == NULL || (!is_guess && !is_vague))
            list[n_kept++] = list[i];
    }
    return n_kept;
}

static enum status try_it(struct ctx *c, struct paste_row *r, int *n_taken)
{
    struct edit_outcome *o = ARENA_NEW(c->mem, struct edit_outcome);
    const enum status st = catalogue_edit_try(c, r->service_id, r->changes, r->n_changes, o, NULL);

    r->tried = o->list;
    r->n_tried = st == ST_OK ? o->n : 0;
    for (int i = 0; i < r->n_tried; i++)
        *n_taken += o->list[i].result == EDIT_TAKEN;
    return st;
}

static enum status try_row(struct ctx *c, const struct paste *p, struct paste_row *r)
{
    const struct paste_known *s = NULL;
    const int n = r->read.has_name ? find(c, p, &r->read, &s) : 0;

    r->changes = ARENA_ARRAY(c->mem, struct edit_change, EDIT_FIELD_COUNT);
    r->n_changes = worth_saying(&r->read, s, r->changes, sheets_changes(c->mem, &r->read, r->changes));
    if (!r->read.has_name) {
        stay(r, "entries.paste-no-name", STR(""));
        return ST_OK;
    }
    if (n > 1) {
        stay(r, "entries.paste-several", r->read.cells[SHEET_NAME].text);
        return ST_OK;
    }
    r->service_id = s != NULL ? s->service_id : 0;
    int n_taken = 0;
    const enum status st = try_it(c, r, &n_taken);

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

static enum status one_row(struct ctx *c, const struct paste *p, int i, paste_each each, void *arg)
{
    struct paste_row *r = ARENA_NEW(c->mem, struct paste_row);
    enum status st = sheets_row(p->sheets, c, &p->grid, &p->columns, i, &r->read);

    c->problems = problems_new(c->mem);
    if (st == ST_OK)
        st = try_row(c, p, r);
    c->problems = problems_new(c->mem); /* what was tried is told by the row */
    return st == ST_OK ? each(arg, c, i, r) : st;
}

/* The rows' own memory goes also when the request's springs its trap. */
enum status paste_rows(struct ctx *c, const struct paste *p, paste_each each, void *arg)
{
    struct arena *const rows = arena_new(0);
    jmp_buf here, *was = arena_trap(c->mem, &here);
    struct ctx own = *c;
    enum status st = ST_OK;

    if (was == NULL)
        arena_trap(c->mem, NULL);
    if (setjmp(here) != 0) {
        arena_free(rows);
        arena_trap(c->mem, was);
        longjmp(*was, 1);
    }
    own.mem = rows;
    for (int i = 0; st == ST_OK && i < p->grid.n_rows; i++) {
        arena_reset(rows);
        st = one_row(&own, p, i, each, arg);
    }
    arena_trap(c->mem, was);
    arena_free(rows);
    return st;
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

enum status paste_open(struct web *w, const struct entries_key *k, struct str text, struct paste *out, struct sheet_trouble *why)
{
    struct ctx *c = web_ctx(w);
    enum status st = sheets_grid(c->mem, text, &out->grid, why);

    out->text = text;
    out->organisation_id = k->link.organisation_id;
    if (st == ST_OK)
        st = know(c, out);
    if (st == ST_OK)
        st = sheets_open(c, &out->sheets);
    if (st != ST_OK)
        return st;
    sheets_guess(out->sheets, c, &out->grid, &out->columns);
    choose_columns(w, &out->columns);
    return ST_OK;
}

/* Where a reading of the text line by line stands; lines are counted from 1. */
struct line_at {
    struct str rest;
    int64_t line;
};

/* From where it stands to before `line`; 0: to the end. */
static struct str take_until(struct line_at *at, int64_t line)
{
    const struct str from = at->rest;

    for (; at->rest.n > 0 && (line == 0 || at->line < line); at->line++)
        str_cut(&at->rest, '\n');
    return str_head(from, from.n - at->rest.n);
}

struct str paste_rest(struct ctx *c, const struct paste *p, const bool *is_left)
{
    struct buf b = buf_new(c->mem, 1024);
    struct line_at at = {p->text, 1};
    bool any = false;

    if (p->grid.n_rows > 0)
        buf_str(&b, take_until(&at, p->grid.lines[0]));
    for (int i = 0; i < p->grid.n_rows; i++) {
        const struct str one = take_until(&at, i + 1 < p->grid.n_rows ? p->grid.lines[i + 1] : 0);

        if (!is_left[i])
            continue;
        any = true;
        buf_str(&b, one);
        if (one.n > 0 && one.p[one.n - 1] != '\n')
            buf_char(&b, '\n');
    }
    return any ? buf_view(&b) : STR("");
}

/* sheets_row.c - one row of a list: its cells read, its comune found, what it needs guessed. */
#include "base/macros.h"
#include "sheets_private.h"
#include <setjmp.h>
#include <string.h>

enum { NEEDS_MOST = 3, PHRASE_MOST = 600 };

/* ---- what was typed, field by field ---- */

static const char *joint(enum sheet_field f)
{
    return f == SHEET_PHONES || f == SHEET_HOURS ? "; " : f == SHEET_ADDRESS ? " " : "\n";
}

/* "lunedì" as the name of a column says the day of its cells. */
static struct str with_day(struct arena *mem, enum sheet_field f, struct str name, struct str cell)
{
    if (f == SHEET_HOURS && sheets_day_of_name(mem, name) >= 0 && sheets_count_digits(cell) > 0)
        return str_fmt(mem, "%.*s %.*s", (int)name.n, name.p, (int)cell.n, cell.p);
    if (f == SHEET_HOURS && sheets_day_of_name(mem, name) >= 0)
        return STR(""); /* "chiuso", "-": that day is not said by the others either */
    if (f == SHEET_PHONES && sheets_has_word(str_fold(mem, name), "fax") && sheets_count_digits(cell) > 0)
        return str_fmt(mem, "fax %.*s", (int)cell.n, cell.p);
    return cell;
}

/* "-", "n.d.", "//": nothing is said. */
static bool says_nothing(struct arena *mem, struct str cell)
{
    static const char *const none[] = {"", "nd", "n d", "n a", "na", "nessuno", "nessuna", "non disponibile", "non presente", "x", "non pervenuto"};
    const struct str folded = str_fold(mem, cell);

    if (folded.n > 20 || sheets_count_digits(cell) > 0)
        return false;
    for (int i = 0; i < ARRAY_LEN(none); i++)
        if (str_eq_z(folded, none[i]))
            return true;
    return false;
}

static void gather(struct arena *mem, const struct sheet_grid *g, const struct sheet_columns *k, int row, struct sheet_row *out)
{
    for (int i = 0; i < g->n_columns && i < k->n; i++) {
        const enum sheet_field f = k->of[i];
        struct sheet_cell_read *x = &out->cells[f];
        struct str cell = g->cells[(size_t)row * (size_t)g->n_columns + (size_t)i];

        if (f == SHEET_LEFT_OUT || cell.n == 0 || (f != SHEET_FEES && f != SHEET_DOCUMENTS && says_nothing(mem, cell)))
            continue;
        cell = with_day(mem, f, g->names[i], cell);
        if (cell.n == 0)
            continue;
        x->typed = x->typed.n == 0 ? cell
                                   : str_fmt(mem, "%.*s%s%.*s", (int)x->typed.n, x->typed.p, joint(f), (int)cell.n, cell.p);
    }
}

/* ---- words as they are ---- */

static void take_words(struct arena *mem, struct sheet_cell_read *x)
{
    x->text = x->typed;
    x->state = CELL_FINE;
    sheets_is_personal(mem, x);
}

static void read_words(struct arena *mem, struct sheet_row *r)
{
    static const enum sheet_field words[] = {SHEET_CODE,  SHEET_BODY, SHEET_NAME, SHEET_SUMMARY,     SHEET_DESCRIPTION, SHEET_ELIGIBILITY,
                                             SHEET_PLACE, SHEET_FEES, SHEET_APPLICATION, SHEET_ADDRESS, SHEET_PROVINCE};

    for (int i = 0; i < ARRAY_LEN(words); i++)
        if (r->cells[words[i]].typed.n > 0)
            take_words(mem, &r->cells[words[i]]);
    if (r->cells[SHEET_NAME].state == CELL_EMPTY && r->cells[SHEET_BODY].text.n > 0) {
        r->cells[SHEET_NAME].text = r->cells[SHEET_BODY].text;
        sheets_say(&r->cells[SHEET_NAME], CELL_MENDED, "sheets.name-of-body", r->cells[SHEET_BODY].text);
    }
    r->has_name = r->cells[SHEET_NAME].text.n > 0;
}

/* A mail address among the telephones goes where it belongs. */
static void part_mail(struct arena *mem, struct sheet_row *r)
{
    struct sheet_cell_read *phones = &r->cells[SHEET_PHONES], *mail = &r->cells[SHEET_EMAIL];
    struct sheet_cell_read found = {.typed = phones->typed};

    if (memchr(phones->typed.p, '@', phones->typed.n) == NULL)
        return;
    sheets_email(mem, &found);
    if (found.text.n == 0)
        return;
    const char *at = memmem(phones->typed.p, phones->typed.n, found.text.p, found.text.n);

    if (at == NULL)
        return;
    const struct str before = {phones->typed.p, (size_t)(at - phones->typed.p)}, after = str_from(phones->typed, before.n + found.text.n);

    phones->typed = str_trim(str_fmt(mem, "%.*s%.*s", (int)before.n, before.p, (int)after.n, after.p));
    while (phones->typed.n > 0 && strchr(" ;,-/|", phones->typed.p[phones->typed.n - 1]) != NULL)
        phones->typed.n--;
    if (mail->typed.n == 0)
        mail->typed = found.text;
}

static void read_reach(struct sheets *s, struct arena *mem, struct sheet_row *r)
{
    struct sheet_cell_read *x = r->cells;

    if (x[SHEET_PHONES].typed.n > 0)
        part_mail(mem, r);
    if (x[SHEET_PHONES].typed.n > 0)
        sheets_phones(mem, &x[SHEET_PHONES], &r->phones, &r->n_phones);
    if (x[SHEET_EMAIL].typed.n > 0)
        sheets_email(mem, &x[SHEET_EMAIL]);
    if (x[SHEET_URL].typed.n > 0)
        sheets_url(mem, &x[SHEET_URL]);
    if (x[SHEET_HOURS].typed.n > 0)
        sheets_hours(s, mem, &x[SHEET_HOURS], &r->hours, &r->n_hours);
}

static void read_others(struct arena *mem, struct sheet_row *r)
{
    struct sheet_cell_read *x = r->cells;
    static const enum sheet_field days[] = {SHEET_STARTS_ON, SHEET_ENDS_ON, SHEET_CONFIRMED_ON};

    for (int i = 0; i < ARRAY_LEN(days); i++)
        if (x[days[i]].typed.n > 0)
            sheets_date(mem, &x[days[i]]);
    if (x[SHEET_PLACES_FREE].typed.n > 0)
        sheets_number(mem, &x[SHEET_PLACES_FREE]);
    if (x[SHEET_CAP].typed.n > 0)
        sheets_cap(mem, &x[SHEET_CAP]);
    if (x[SHEET_DOCUMENTS].typed.n > 0)
        sheets_list(mem, &x[SHEET_DOCUMENTS]);
    if (x[SHEET_LANGUAGES].typed.n > 0)
        sheets_list(mem, &x[SHEET_LANGUAGES]);
}

/* ---- where ---- */

static void take_comune(struct arena *mem, struct sheet_row *r, const struct comune_answer *a, bool from_address)
{
    struct sheet_cell_read *x = &r->cells[SHEET_COMUNE];

    r->comune_id = a->comune->area.area_id;
    r->comune_name = x->text = a->comune->area.name;
    r->comune_slug = a->comune->area.slug;
    r->prov = a->comune->prov;
    r->has_point = a->comune->area.has_point;
    r->lat = a->comune->area.lat;
    r->lon = a->comune->area.lon;
    x->state = CELL_FINE;
    if (from_address)
        sheets_say(x, CELL_MENDED, "sheets.comune-of-address", r->comune_name);
    else if (a->read == COMUNE_MENDED)
        sheets_say(x, CELL_MENDED, "sheets.comune-read",
                   str_fmt(mem, "%.*s (%.*s)", (int)r->comune_name.n, r->comune_name.p, (int)r->prov.n, r->prov.p));
}

/* "via Roma 1, 10015 Ivrea (TO)": what stands behind the last comma or dash. */
static struct str tail_of(struct str address, struct str *out_head)
{
    for (size_t i = address.n; i > 0; i--)
        if (address.p[i - 1] == ',' || (address.p[i - 1] == '-' && i < address.n && address.p[i] == ' ')) {
            *out_head = str_trim(str_head(address, i - 1));
            return str_trim(str_from(address, i));
        }
    *out_head = address;
    return STR("");
}

static enum status read_comune(struct sheets *s, struct ctx *c, struct sheet_row *r)
{
    struct sheet_cell_read *x = &r->cells[SHEET_COMUNE], *address = &r->cells[SHEET_ADDRESS];
    struct comune_answer a;
    struct str head;
    const struct str tail = tail_of(address->text, &head), province = r->cells[SHEET_PROVINCE].text;

    if (x->typed.n > 0) {
        const enum status st = sheets_comune(s, c, x->typed, province, &a);

        if (st != ST_OK)
            return st;
        if (a.read == COMUNE_FOUND || a.read == COMUNE_MENDED)
            take_comune(c->mem, r, &a, false);
        else
            sheets_say(x, CELL_NOT_READ, a.read == COMUNE_SEVERAL ? "sheets.comune-several" : "sheets.no-comune",
                       a.read == COMUNE_SEVERAL ? a.words : x->typed);
        if (r->comune_id != 0 && tail.n > 0 && str_eq(str_fold(c->mem, tail), str_fold(c->mem, r->comune_name)))
            address->text = head;
        return ST_OK;
    }
    if (tail.n == 0 || !sheets_is_comune(s, c->mem, tail))
        return ST_OK;
    const enum status st = sheets_comune(s, c, tail, province, &a);

    if (st == ST_OK && a.read == COMUNE_FOUND) {
        take_comune(c->mem, r, &a, true);
        address->text = head;
        if (r->cells[SHEET_CAP].state == CELL_EMPTY && tail.n > 6 && sheets_count_digits(str_head(tail, 5)) == 5) {
            r->cells[SHEET_CAP].text = str_head(tail, 5);
            r->cells[SHEET_CAP].state = CELL_FINE;
        }
    }
    return st;
}

/* ---- for which need ---- */

static struct str phrase_of(struct arena *mem, const struct sheet_row *r, struct str section)
{
    static const enum sheet_field says[] = {SHEET_NAME, SHEET_SUMMARY, SHEET_ELIGIBILITY, SHEET_DESCRIPTION};
    struct buf b = buf_new(mem, PHRASE_MOST);

    buf_str(&b, section);
    for (int i = 0; i < ARRAY_LEN(says); i++) {
        buf_z(&b, ". ");
        buf_str(&b, str_head(r->cells[says[i]].text, 200));
    }
    return buf_view(&b);
}

static void add_need(struct str *list, int *n, struct str id)
{
    for (int i = 0; i < *n; i++)
        if (str_eq(list[i], id))
            return;
    if (*n < NEEDS_MOST)
        list[(*n)++] = id;
}

static int find_needs(struct sheets *s, struct arena *mem, struct str phrase, struct str *list)
{
    struct need_hits hits;
    int n = 0;

    needs_find(s->needs, mem, phrase, 2, &hits);
    for (int i = 0; i < hits.n; i++)
        if (i == 0 || hits.list[i].score * 10 >= hits.list[0].score * 9)
            add_need(list, &n, hits.list[i].need->id);
    return n;
}

static void read_needs(struct sheets *s, struct arena *mem, struct sheet_row *r, struct str section)
{
    struct sheet_cell_read *x = &r->cells[SHEET_NEEDS];
    struct str *list = ARENA_ARRAY(mem, struct str, NEEDS_MOST), rest = x->typed;
    int n = 0;

    while (rest.n > 0) { /* slugs are their own answer */
        const struct need *need = need_by_id(s->needs, str_trim(str_cut(&rest, ';')));

        if (need != NULL)
            add_need(list, &n, need->id);
    }
    const bool is_by_slug = n > 0;

    if (n == 0 && x->typed.n > 0)
        n = find_needs(s, mem, x->typed, list);
    const bool is_by_cell = n > 0;

    if (n == 0)
        n = find_needs(s, mem, phrase_of(mem, r, section), list);
    r->needs = list;
    r->n_needs = n;
    r->are_needs_guessed = !is_by_slug;
    if (x->typed.n == 0)
        return;
    if (!is_by_cell) {
        sheets_say(x, CELL_NOT_READ, "sheets.no-need", x->typed);
        return;
    }
    x->text = list[0];
    x->state = CELL_FINE;
}

/* ---- met before? ---- */

static struct str key_of(struct arena *mem, const struct sheet_row *r, bool by_phone)
{
    const struct str name = str_fold(mem, r->cells[SHEET_NAME].text);
    struct buf b = buf_new(mem, name.n + 32);

    buf_str(&b, name);
    buf_char(&b, by_phone ? '#' : '@');
    if (!by_phone)
        buf_fmt(&b, "%lld", (long long)r->comune_id);
    for (size_t i = 0; by_phone && i < r->phones[0].number.n; i++)
        if (r->phones[0].number.p[i] >= '0' && r->phones[0].number.p[i] <= '9')
            buf_char(&b, r->phones[0].number.p[i]);
    return buf_view(&b);
}

static void look_back(struct sheets *s, struct arena *mem, struct sheet_row *r)
{
    for (int by_phone = 0; by_phone < 2 && r->has_name; by_phone++) {
        if (by_phone && r->n_phones == 0)
            continue;
        const struct str key = key_of(mem, r, by_phone);
        const int known = map_get(&s->met, key), first = known >= 0 ? known : (int)r->line;

        if (known < 0)
            map_add(&s->met, str_copy(s->mem, key), first);
        if (first != (int)r->line && r->same_as == 0)
            r->same_as = first;
    }
}

static void count(struct sheet_row *r)
{
    for (int f = 1; f < SHEET_FIELD_COUNT; f++) {
        r->n_not_read += r->cells[f].state == CELL_NOT_READ;
        r->n_mended += r->cells[f].state == CELL_MENDED;
        r->n_warned += r->cells[f].state == CELL_WARNED;
    }
}

/* ---- what is kept of a row ---- */

static void keep_phones(struct arena *mem, struct sheet_row *r)
{
    struct phone *list = ARENA_ARRAY(mem, struct phone, (size_t)r->n_phones + 1);

    for (int i = 0; i < r->n_phones; i++) {
        const struct phone *p = &r->phones[i];

        list[i] = (struct phone){.number = str_copy(mem, p->number), .type = str_copy(mem, p->type), .description = str_copy(mem, p->description)};
    }
    r->phones = list;
}

/* Out of the memory of one reading, into the caller's. */
static void keep(struct arena *mem, struct sheet_row *r)
{
    struct hours_rule *rules = ARENA_ARRAY(mem, struct hours_rule, (size_t)r->n_hours + 1);
    struct str *needs = ARENA_ARRAY(mem, struct str, (size_t)r->n_needs + 1);

    for (int f = 1; f < SHEET_FIELD_COUNT; f++) {
        struct sheet_cell_read *x = &r->cells[f];

        if (x->state == CELL_EMPTY)
            continue;
        x->typed = str_copy(mem, x->typed);
        x->text = str_copy(mem, x->text);
        x->value = str_copy(mem, x->value);
    }
    for (int i = 0; i < r->n_hours; i++)
        rules[i] = r->hours[i];
    for (int i = 0; i < r->n_needs; i++)
        needs[i] = r->needs[i]; /* ids of the tables */
    r->hours = rules;
    r->needs = needs;
    keep_phones(mem, r);
}

static enum status read_row(struct sheets *s, struct ctx *c, const struct sheet_grid *g, const struct sheet_columns *k, int i, struct sheet_row *out)
{
    *out = (struct sheet_row){.line = g->lines[i]};
    gather(c->mem, g, k, i, out);
    read_words(c->mem, out);
    read_reach(s, c->mem, out);
    read_others(c->mem, out);
    const enum status st = read_comune(s, c, out);

    if (st != ST_OK)
        return st;
    read_needs(s, c->mem, out, g->sections[i]);
    look_back(s, c->mem, out);
    count(out);
    return ST_OK;
}

/* To understand one row takes some 60 KB: it goes at once, also when the caller's arena springs its trap. */
enum status sheets_row(struct sheets *s, struct ctx *c, const struct sheet_grid *g, const struct sheet_columns *k, int i, struct sheet_row *out)
{
    struct arena *const mem = c->mem, *const scratch = arena_new(0);
    jmp_buf here, *was = arena_trap(mem, &here);

    if (was == NULL)
        arena_trap(mem, NULL);
    if (setjmp(here) != 0) {
        c->mem = mem;
        arena_free(scratch);
        arena_trap(mem, was);
        longjmp(*was, 1);
    }
    c->mem = scratch;
    const enum status st = read_row(s, c, g, k, i, out);

    c->mem = mem;
    if (st == ST_OK)
        keep(mem, out);
    arena_trap(mem, was);
    arena_free(scratch);
    return st;
}

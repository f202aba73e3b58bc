/* people_places.c - comuni sorted by code, and their names in a table of digests. */
#include "people_places.h"
#include "base/csv.h"
#include "base/date.h"
#include "base/sheet.h"
#include "base/text.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ROWS = 200000, LEAST_PREFIX = 4 };

struct people_places {
    struct arena *mem;
    struct people_place *rows; /* by code, then by first day */
    int n, room;
    uint32_t *by_name; /* slots: the first row of a name and 1; 0: free */
    uint32_t n_slots;
    uint32_t *names; /* rows in the order of their folded names */
};

static int by_code(const void *a, const void *b)
{
    const struct people_place *x = a, *y = b;
    const int c = strcmp(x->code, y->code);

    return c != 0 ? c : x->from < y->from ? -1 : x->from > y->from;
}

static bool is_code(struct str s)
{
    return s.n == 4 && s.p[0] >= 'A' && s.p[0] <= 'Z' && s.p[1] >= '0' && s.p[1] <= '9' && s.p[2] >= '0' && s.p[2] <= '9' && s.p[3] >= '0' &&
           s.p[3] <= '9';
}

static void copy_z(char *out, size_t room, struct str s)
{
    memset(out, 0, room);
    memcpy(out, s.p, s.n < room ? s.n : room - 1);
}

static struct people_place *add(struct people_places *p, struct str code, struct str name)
{
    char f[PEOPLE_TEXT_MAX];

    if (p->n == p->room) {
        const size_t room = p->room == 0 ? 16384 : (size_t)p->room * 2;

        p->rows = p->rows == NULL ? arena_array(p->mem, room, sizeof *p->rows)
                                  : arena_grow(p->mem, p->rows, (size_t)p->room * sizeof *p->rows, room * sizeof *p->rows);
        p->room = (int)room;
    }
    struct people_place *place = &p->rows[p->n++];

    *place = (struct people_place){.from = INT_MIN, .until = INT_MAX};
    copy_z(place->code, sizeof place->code, code);
    place->name = str_copy(p->mem, name);
    place->folded = str_copy(p->mem, (struct str){f, people_fold(name, PEOPLE_UKRAINIAN, f, sizeof f)});
    return place;
}

/* The row from which rows of a code begin; p->n when there is none. */
static int first_of(const struct people_places *p, const char *code)
{
    int low = 0, high = p->n;

    while (low < high) {
        const int mid = low + (high - low) / 2;

        if (strcmp(p->rows[mid].code, code) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low < p->n && strcmp(p->rows[low].code, code) == 0 ? low : p->n;
}

static const struct people_place *last_of(const struct people_places *p, const char *code)
{
    int at = first_of(p, code);

    if (at == p->n)
        return NULL;
    while (at + 1 < p->n && strcmp(p->rows[at + 1].code, code) == 0)
        at++;
    return &p->rows[at];
}

const struct people_place *people_places_on(const struct people_places *p, const char *code, int day, bool *was_then)
{
    *was_then = false;
    for (int i = first_of(p, code); i < p->n && strcmp(p->rows[i].code, code) == 0; i++)
        if (p->rows[i].from <= day && day <= p->rows[i].until) {
            *was_then = true;
            return &p->rows[i];
        }
    return last_of(p, code);
}

const struct people_place *people_places_today(const struct people_places *p, const struct people_place *place)
{
    for (int step = 0; step < 8; step++) {
        const struct people_place *last = last_of(p, place->code);
        const struct people_place *next = last->into[0] == '\0' ? NULL : last_of(p, last->into);

        if (next == NULL)
            return last;
        place = next;
    }
    return place; /* a ring in the data */
}

int people_places_count(const struct people_places *p)
{
    return p->n;
}

/* ---- by name ---- */

static uint32_t *slot(const struct people_places *p, struct str folded)
{
    uint32_t at = (uint32_t)people_hash(folded.p, folded.n) & (p->n_slots - 1);

    while (p->by_name[at] != 0 && !str_eq(p->rows[p->by_name[at] - 1].folded, folded))
        at = (at + 1) & (p->n_slots - 1);
    return &p->by_name[at];
}

struct by_folded {
    struct str folded;
    uint32_t row;
};

static int by_folded_name(const void *a, const void *b)
{
    const struct by_folded *x = a, *y = b;
    const int c = str_cmp(x->folded, y->folded);

    return c != 0 ? c : x->row < y->row ? -1 : 1;
}

static void index_names(struct people_places *p)
{
    struct by_folded *order = ARENA_ARRAY(p->mem, struct by_folded, (size_t)p->n + 1);

    for (p->n_slots = 1024; p->n_slots < (uint32_t)p->n * 2;)
        p->n_slots *= 2;
    p->by_name = ARENA_ARRAY(p->mem, uint32_t, p->n_slots);
    p->names = ARENA_ARRAY(p->mem, uint32_t, (size_t)p->n + 1);
    for (int i = 0; i < p->n; i++)
        order[i] = (struct by_folded){p->rows[i].folded, (uint32_t)i};
    qsort(order, (size_t)p->n, sizeof *order, by_folded_name);
    for (int i = 0; i < p->n; i++) {
        p->names[i] = order[i].row;
        uint32_t *at = slot(p, order[i].folded);

        if (*at == 0)
            *at = order[i].row + 1;
    }
}

/* The first place in the order of names that is not before the text. */
static int name_from(const struct people_places *p, struct str folded)
{
    int low = 0, high = p->n;

    while (low < high) {
        const int mid = low + (high - low) / 2;

        if (str_cmp(p->rows[p->names[mid]].folded, folded) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* The one comune of today among the rows of exactly this name, or of those that go on after it; two that are still there are
 * two, but one that is there wins over others that ended without a known heir. */
static const struct people_place *one_of(const struct people_places *p, struct str folded, bool goes_on, const char *province)
{
    const struct people_place *one = NULL, *ended = NULL;
    bool is_ended_twice = false;

    for (int i = name_from(p, folded); i < p->n && str_starts(p->rows[p->names[i]].folded, folded); i++) {
        const struct people_place *row = &p->rows[p->names[i]];
        const bool is_it = goes_on ? row->folded.n > folded.n && row->folded.p[folded.n] == ' ' : row->folded.n == folded.n;

        if (!is_it || (province[0] != '\0' && strcmp(row->province, province) != 0))
            continue;
        const struct people_place *today = people_places_today(p, row);

        if (today->until == INT_MAX) {
            if (one != NULL && strcmp(one->code, today->code) != 0)
                return NULL;
            one = today;
        } else {
            is_ended_twice = is_ended_twice || (ended != NULL && strcmp(ended->code, today->code) != 0);
            ended = today;
        }
    }
    return one != NULL ? one : is_ended_twice ? NULL : ended;
}

const struct people_place *people_places_named(const struct people_places *p, struct str typed)
{
    char f[PEOPLE_TEXT_MAX], province[3] = {0};
    struct str folded = {f, people_fold(typed, PEOPLE_UKRAINIAN, f, sizeof f)};

    if (folded.n == 0)
        return NULL;
    if (*slot(p, folded) != 0)
        return one_of(p, folded, false, province);
    if (folded.n > 5 && f[folded.n - 3] == ' ') { /* "Castro (LE)" */
        const struct str before = str_head(folded, folded.n - 3);

        memcpy(province, f + folded.n - 2, 2);
        return *slot(p, before) != 0 ? one_of(p, before, false, province) : NULL;
    }
    return folded.n < LEAST_PREFIX ? NULL : one_of(p, folded, true, province);
}

/* ---- from tables and files ---- */

static int day_or(struct str s, int otherwise)
{
    const int day = day_parse(s);

    return day == DAY_NONE || str_starts(s, STR("9999")) ? otherwise : day;
}

/* What only the tables that are built in say: where a comune went. */
static void take_heirs(struct people_places *p, const struct sheet *s)
{
    for (int i = 0; i < s->n_rows; i++) {
        const struct str into = sheet_cell(s, i, "into"), code = sheet_cell(s, i, "code");

        if (into.n != 4)
            continue;
        char z[5];

        copy_z(z, sizeof z, code);
        for (int at = first_of(p, z); at < p->n && strcmp(p->rows[at].code, z) == 0; at++)
            copy_z(p->rows[at].into, sizeof p->rows[at].into, into);
    }
}

/* A name borne before: its days are taken from the row that follows. */
static void take_former(struct people_places *p, const struct sheet *s)
{
    const int n = p->n;

    for (int i = 0; i < s->n_rows; i++) {
        const struct str code = sheet_cell(s, i, "code");
        const int until = day_or(sheet_cell(s, i, "until"), INT_MAX);

        for (int at = 0; at < n; at++)
            if (str_eq_z(code, p->rows[at].code) && p->rows[at].from <= until && until < p->rows[at].until) {
                struct people_place *old = add(p, code, sheet_cell(s, i, "name"));

                copy_z(old->province, sizeof old->province, str_of(p->rows[at].province));
                old->from = p->rows[at].from;
                old->until = until;
                p->rows[at].from = until + 1;
                break;
            }
    }
}

struct people_places *people_places_new(struct arena *mem)
{
    struct people_places *p = ARENA_NEW(mem, struct people_places);
    struct arena *own = arena_new(0);
    const struct sheet s = sheet_of_table(own, "people/places.csv"), former = sheet_of_table(own, "people/former_places.csv");

    p->mem = mem;
    for (int i = 0; i < s.n_rows; i++) {
        struct people_place *place = add(p, sheet_cell(&s, i, "code"), sheet_cell(&s, i, "name"));

        copy_z(place->province, sizeof place->province, sheet_cell(&s, i, "prov"));
        place->from = day_or(sheet_cell(&s, i, "from"), INT_MIN);
        place->until = day_or(sheet_cell(&s, i, "until"), INT_MAX);
    }
    take_former(p, &former);
    qsort(p->rows, (size_t)p->n, sizeof *p->rows, by_code);
    take_heirs(p, &s);
    index_names(p);
    arena_free(own);
    return p;
}

struct reading {
    struct people_places *p;
    const char *code, *name, *province, *from, *until;
    bool is_found;
    int64_t wrong_line;
    const char *wrong;
};

static const char *column(struct reading *r, const struct csv_row *row, const char *anpr, const char *ours, const char *also)
{
    struct str found = csv_name_like(row, anpr);

    found = found.n > 0 ? found : csv_name_like(row, ours);
    found = found.n > 0 || also == NULL ? found : csv_name_like(row, also);
    return found.n == 0 ? NULL : str_z(r->p->mem, found);
}

static bool take_row(void *arg, const struct csv_row *row)
{
    struct reading *r = arg;

    if (!r->is_found) {
        r->is_found = true;
        r->code = column(r, row, "CODCATASTALE", "code", "belfiore");
        r->name = column(r, row, "DENOMINAZIONE_IT", "name", NULL);
        r->province = column(r, row, "SIGLAPROVINCIA", "prov", NULL);
        r->from = column(r, row, "DATAISTITUZIONE", "from", "valid_from");
        r->until = column(r, row, "DATACESSAZIONE", "until", "valid_to");
    }
    const char *missing = r->code == NULL || r->name == NULL || r->from == NULL || r->until == NULL ? "base.csv-no-column" : row->wrong;

    if (missing != NULL || r->p->n == MOST_ROWS) {
        r->wrong = missing != NULL ? missing : "people.places-many";
        r->wrong_line = row->line;
        return false;
    }
    const struct str code = csv_cell(row, r->code), name = csv_cell(row, r->name);

    if (!is_code(code) || code.p[0] == 'Z' || name.n == 0)
        return true; /* the archive has comuni without a code too; states are known otherwise */
    const struct str from = csv_cell(row, r->from), until = csv_cell(row, r->until);

    if ((from.n > 0 && day_parse(from) == DAY_NONE) || (until.n > 0 && day_parse(until) == DAY_NONE)) {
        r->wrong = "people.places-day";
        r->wrong_line = row->line;
        return false;
    }
    struct people_place *place = add(r->p, code, name);

    copy_z(place->province, sizeof place->province, r->province == NULL ? STR("") : csv_cell(row, r->province));
    place->from = day_or(from, INT_MIN);
    place->until = day_or(until, INT_MAX);
    return true;
}

/* file NULL: the bytes. */
static enum status read_any(struct arena *mem, const char *file, struct str bytes, struct people_places **out, struct str *why)
{
    struct arena *own = arena_new(0);
    struct people_places *p = ARENA_NEW(mem, struct people_places);
    struct reading r = {.p = p};
    const struct csv_options options = {.each = take_row, .arg = &r};
    struct csv_trouble trouble = {0};

    p->mem = mem;
    enum status st = file == NULL ? csv_read_bytes(own, bytes, &options, &trouble) : csv_read_file(own, file, &options, &trouble);

    if (st != ST_OK && trouble.key == NULL) {
        *why = str_fmt(mem, "%s cannot be read", file);
    } else if (st != ST_OK || r.wrong != NULL) {
        const bool is_ours = st == ST_OK;
        const struct text_arg value = {"value", is_ours ? STR("CODCATASTALE, DENOMINAZIONE_IT, DATAISTITUZIONE, DATACESSAZIONE") : trouble.value};
        const struct str words = text_fill(mem, text_get(LANG_EN, is_ours ? r.wrong : trouble.key), &value, 1);

        *why = str_fmt(mem, "row %lld: %.*s", (long long)(is_ours ? r.wrong_line : trouble.line), (int)words.n, words.p);
        st = ST_INVALID;
    } else if (p->n == 0) {
        *why = STR("there is no comune with a code in it");
        st = ST_INVALID;
    } else {
        const struct sheet heirs = sheet_of_table(own, "people/places.csv");

        qsort(p->rows, (size_t)p->n, sizeof *p->rows, by_code);
        take_heirs(p, &heirs);
        index_names(p);
        *out = p;
    }
    arena_free(own);
    return st;
}

enum status people_places_read(struct arena *mem, const char *file, struct people_places **out, struct str *why)
{
    return read_any(mem, file, STR(""), out, why);
}

enum status people_places_read_bytes(struct arena *mem, struct str bytes, struct people_places **out, struct str *why)
{
    return read_any(mem, NULL, bytes, out, why);
}

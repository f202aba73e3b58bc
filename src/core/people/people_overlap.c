/* people_overlap.c - events sorted by person, service and day; then each looks as far ahead as the days allow. */
#include "people_overlap.h"
#include "base/csv.h"
#include "base/date.h"
#include "base/sheet.h"
#include "base/text.h"
#include "people_file.h"
#include <stdlib.h>
#include <string.h>

struct event {
    uint32_t person, service, body;
    int day;
    struct str id;
};

struct texts { /* few distinct ones: services, bodies */
    struct str *list;
    uint32_t n, room;
};

struct finding {
    const struct people_overlap_options *o;
    struct arena *mem;
    struct people_overlaps *out;
    struct event *events;
    size_t n, room;
    uint32_t *ids; /* slots of identifiers: event and 1; 0: free */
    size_t n_slots;
    struct texts services, bodies;
    const char *column[5]; /* NULL: the file has none */
    bool is_found, is_too_many;
    const char *missing;
};

enum { EVENT, RECORD, SERVICE, DAY, BODY };
static const char *const usual[] = {"event_id|evento|id_evento", "rec_id|scheda|record_id|id_scheda", "service|servizio|prestazione|aiuto",
                                    "date|data|giorno", "body|ente|source"};

static uint32_t keep(struct finding *f, struct texts *t, struct str text)
{
    for (uint32_t i = 0; i < t->n; i++)
        if (str_eq(t->list[i], text))
            return i;
    if (t->n == t->room) {
        const uint32_t room = t->room == 0 ? 64 : t->room * 2;

        t->list = t->list == NULL ? ARENA_ARRAY(f->mem, struct str, room) : arena_grow(f->mem, t->list, t->room * sizeof *t->list, room * sizeof *t->list);
        t->room = room;
    }
    t->list[t->n] = str_copy(f->mem, text);
    return t->n++;
}

static size_t place_of(const struct finding *f, struct str id)
{
    size_t at = (size_t)people_hash(id.p, id.n) & (f->n_slots - 1);

    while (f->ids[at] != 0 && !str_eq(f->events[f->ids[at] - 1].id, id))
        at = (at + 1) & (f->n_slots - 1);
    return at;
}

static void make_room(struct finding *f)
{
    if (f->n < f->room)
        return;
    const size_t room = f->room == 0 ? 1024 : f->room * 2;

    f->events = f->events == NULL ? ARENA_ARRAY(f->mem, struct event, room)
                                  : arena_grow(f->mem, f->events, f->room * sizeof *f->events, room * sizeof *f->events);
    f->room = room;
    f->n_slots = room * 2;
    f->ids = ARENA_ARRAY(f->mem, uint32_t, f->n_slots);
    for (size_t i = 0; i < f->n; i++)
        f->ids[place_of(f, f->events[i].id)] = (uint32_t)i + 1;
}

static bool is_left_out(const struct finding *f, struct str service)
{
    struct str rest = f->o->except;

    while (rest.n > 0)
        if (str_eq(str_trim(str_cut(&rest, ',')), service))
            return true;
    return false;
}

static void find_columns(struct finding *f, const struct csv_row *row)
{
    f->is_found = true;
    for (int c = 0; c < ARRAY_LEN(usual); c++) {
        struct str rest = str_of(usual[c]);

        while (rest.n > 0 && f->column[c] == NULL) {
            const struct str name = csv_name_like(row, str_z(f->mem, str_cut(&rest, '|')));

            f->column[c] = name.n == 0 ? NULL : str_z(f->mem, name);
        }
        if (f->column[c] == NULL && c != BODY && f->missing == NULL)
            f->missing = usual[c];
    }
}

static struct str cell(const struct finding *f, const struct csv_row *row, int column)
{
    return f->column[column] == NULL ? STR("") : csv_cell(row, f->column[column]);
}

/* Why the row cannot be taken; NULL: it is an event. */
static const char *read_event(struct finding *f, const struct csv_row *row, struct event *e)
{
    if (row->wrong != NULL)
        return row->wrong;
    const struct str id = cell(f, row, EVENT), rec = cell(f, row, RECORD), service = cell(f, row, SERVICE), body = cell(f, row, BODY);

    if (id.n == 0 || rec.n == 0 || service.n == 0)
        return "people.events-empty";
    const int64_t record = people_set_find(f->o->set, rec);

    if (record < 0)
        return "people.events-record";
    e->day = day_parse(cell(f, row, DAY));
    if (e->day == DAY_NONE)
        return "people.events-day";
    if (f->n > 0 && f->ids[place_of(f, id)] != 0)
        return "people.events-again";
    e->person = f->o->cluster[record];
    e->service = keep(f, &f->services, service);
    e->body = keep(f, &f->bodies, body.n > 0 ? body : people_set_source(f->o->set, (uint32_t)record));
    e->id = str_copy(f->mem, id);
    return NULL;
}

static bool take(void *arg, const struct csv_row *row)
{
    struct finding *f = arg;
    struct event e = {0};

    if (!f->is_found)
        find_columns(f, row);
    f->is_too_many = f->n == PEOPLE_MOST_EVENTS;
    if (f->missing != NULL || f->is_too_many)
        return false;
    f->out->n_events++;
    const char *wrong = read_event(f, row, &e);

    if (wrong != NULL) {
        f->out->n_refused++;
        if (f->o->refuse != NULL)
            f->o->refuse(f->o->arg, (struct people_refused){row->line, text_get(LANG_EN, wrong).p});
        return true;
    }
    make_room(f);
    f->events[f->n] = e;
    f->ids[place_of(f, e.id)] = (uint32_t)f->n + 1;
    f->n++;
    return true;
}

static int by_person(const void *a, const void *b)
{
    const struct event *x = a, *y = b;

    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    if (x->service != y->service)
        return x->service < y->service ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return str_cmp(x->id, y->id);
}

static int by_events(const void *a, const void *b)
{
    const struct people_overlap *x = a, *y = b;
    const int c = str_cmp(x->a, y->a);

    return c != 0 ? c : str_cmp(x->b, y->b);
}

static void add(struct finding *f, size_t *room, const struct event *x, const struct event *y)
{
    struct people_overlaps *out = f->out;
    const bool is_straight = str_cmp(x->id, y->id) < 0;

    if (out->n == *room) {
        const size_t more = *room == 0 ? 1024 : *room * 2;

        out->list = out->list == NULL ? ARENA_ARRAY(f->mem, struct people_overlap, more)
                                      : arena_grow(f->mem, out->list, *room * sizeof *out->list, more * sizeof *out->list);
        *room = more;
    }
    out->list[out->n++] = (struct people_overlap){is_straight ? x->id : y->id, is_straight ? y->id : x->id, f->services.list[x->service]};
}

static enum status pair(struct finding *f)
{
    size_t room = 0;

    if (f->n > 0)
        qsort(f->events, f->n, sizeof *f->events, by_person);
    for (size_t i = 0; i < f->n; i++) {
        const struct event *x = &f->events[i];

        if (is_left_out(f, f->services.list[x->service]))
            continue;
        for (size_t k = i + 1; k < f->n; k++) {
            const struct event *y = &f->events[k];

            if (y->person != x->person || y->service != x->service || y->day - x->day > f->o->days)
                break;
            if (y->body == x->body)
                continue;
            if (f->out->n == PEOPLE_MOST_OVERLAPS)
                return ST_TOO_LARGE;
            add(f, &room, x, y);
        }
        if (f->o->progress != NULL && i % 65536 == 0)
            f->o->progress(f->o->arg, "pairing", i, f->n);
    }
    if (f->out->n > 0)
        qsort(f->out->list, f->out->n, sizeof *f->out->list, by_events);
    return ST_OK;
}

static void on_bytes(void *arg, int64_t done, int64_t total)
{
    const struct finding *f = arg;

    if (f->o->progress != NULL)
        f->o->progress(f->o->arg, "events", (uint64_t)done, (uint64_t)total);
}

enum status people_overlaps_find(struct arena *mem, const char *file, const struct people_overlap_options *o, struct people_overlaps *out,
                                 struct str *why)
{
    struct arena *own = arena_new(0);
    struct finding f = {.o = o, .mem = mem, .out = out};
    const struct csv_options options = {.each = take, .arg = &f, .progress = on_bytes};
    struct csv_trouble trouble = {0};

    *out = (struct people_overlaps){0};
    enum status st = csv_read_file(own, file, &options, &trouble);

    if (st != ST_OK && trouble.key == NULL) {
        *why = str_fmt(mem, "%s cannot be read", file);
    } else if (st != ST_OK) {
        const struct text_arg value = {"value", trouble.value};
        const struct str words = text_fill(mem, text_get(LANG_EN, trouble.key), &value, 1);

        *why = str_fmt(mem, "row %lld: %.*s", (long long)trouble.line, (int)words.n, words.p);
    } else if (f.missing != NULL) {
        *why = str_fmt(mem, "there is no column %.*s", (int)strcspn(f.missing, "|"), f.missing);
        st = ST_INVALID;
    } else if (f.is_too_many) {
        const struct text_arg value = {"value", STR("10,000,000")};

        *why = text_fill(mem, text_get(LANG_EN, "people.events-many"), &value, 1);
        st = ST_TOO_LARGE;
    } else if ((st = pair(&f)) != ST_OK) {
        *why = STR("more than 5,000,000 overlaps: fewer --days, or --except what is given every day");
    }
    arena_free(own);
    return st;
}

void people_overlaps_write(struct buf *b, const struct people_overlaps *o)
{
    buf_z(b, "event_a,event_b,service\n");
    for (size_t i = 0; i < o->n; i++) {
        sheet_put(b, o->list[i].a);
        sheet_put(b, o->list[i].b);
        sheet_put(b, o->list[i].service);
        buf_char(b, '\n');
    }
}

enum status people_overlaps_judge(struct arena *mem, const char *truth, const struct people_overlaps *o, struct people_overlap_quality *q,
                                  struct str *why)
{
    struct str text;
    struct sheet s;

    *q = (struct people_overlap_quality){0};
    if (people_file_get(mem, truth, &text, why) != ST_OK)
        return ST_NOT_FOUND;
    if (sheet_read(mem, text, &s, why) != ST_OK)
        return ST_INVALID;
    if (sheet_column(&s, "event_a") < 0 || sheet_column(&s, "event_b") < 0) {
        *why = STR("the columns event_a and event_b are wanted");
        return ST_INVALID;
    }
    struct people_overlap *known = ARENA_ARRAY(mem, struct people_overlap, (size_t)s.n_rows + 1);
    size_t n = 0;

    for (int i = 0; i < s.n_rows; i++) {
        const struct str a = sheet_cell(&s, i, "event_a"), b = sheet_cell(&s, i, "event_b");
        const bool is_straight = str_cmp(a, b) < 0;

        known[n++] = (struct people_overlap){is_straight ? a : b, is_straight ? b : a, {"", 0}};
    }
    qsort(known, n, sizeof *known, by_events);
    for (size_t i = 0; i < n; i++) /* a pair said twice is one */
        if (q->n_true == 0 || by_events(&known[q->n_true - 1], &known[i]) != 0)
            known[q->n_true++] = known[i];
    q->n_given = o->n;
    for (size_t i = 0, k = 0; i < o->n && k < q->n_true;) {
        const int c = by_events(&o->list[i], &known[k]);

        q->n_right += c == 0;
        i += c <= 0;
        k += c >= 0;
    }
    q->precision = q->n_given == 0 ? 0 : (double)q->n_right / (double)q->n_given;
    q->recall = q->n_true == 0 ? 0 : (double)q->n_right / (double)q->n_true;
    q->f1 = q->n_given + q->n_true == 0 ? 0 : 2.0 * (double)q->n_right / (double)(q->n_given + q->n_true);
    return ST_OK;
}

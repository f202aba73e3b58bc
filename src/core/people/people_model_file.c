/* people_model_file.c - a model as text: one figure a line, read by people and compared by diff. */
#include "people_model.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char first_line[] = "wecare people model";
static const char *const class_name[PEOPLE_CLASSES] = {"same", "household", "unrelated"};
static const char *const counted_name[PEOPLE_COUNTED] = {"given_name", "surname", "birth_date", "birth_place", "address", "municipality",
                                                         "phone", "email", "postcode", "extra1", "extra2"};

static void write_counts(struct buf *out, const struct people_model *m, int what)
{
    const struct people_counts *c = &m->counts[what];

    if (c->n_records == 0)
        return;
    buf_fmt(out, "counts\t%s\t%llu\t%.9g\t%.9g\n", counted_name[what], (unsigned long long)c->n_records, c->rare, c->collision);
    for (uint32_t i = 0; i < c->n; i++) {
        buf_fmt(out, "value\t%s\t%s\t%u", counted_name[what], c->rows[i].text, c->rows[i].count);
        for (int o = 0; c->rows[i].by_origin != NULL && o < m->n_origins; o++)
            if (c->rows[i].by_origin[o] != 0)
                buf_fmt(out, "\t%d:%u", o, c->rows[i].by_origin[o]);
        buf_char(out, '\n');
    }
}

void people_model_write(struct buf *out, const struct people_model *m)
{
    buf_fmt(out, "%s\t%d\n", first_line, PEOPLE_MODEL_VERSION);
    buf_fmt(out, "classes\t%d\nrecords\t%llu\ncandidates\t%llu\n", m->n_classes, (unsigned long long)m->n_records,
            (unsigned long long)m->n_candidates);
    buf_fmt(out, "bits\t%.6f\t%.6f\ncut\t%.3f\t%.3f\n", m->bits_per_pair_2, m->bits_per_pair_3, m->cut_automatic, m->cut_review);
    for (int k = 0; k < PEOPLE_CLASSES; k++)
        buf_fmt(out, "prior\t%s\t%.9g\n", class_name[k], m->prior[k]);
    for (int k = 0; k < PEOPLE_CLASSES; k++)
        for (int col = 0; col < PEOPLE_COLUMNS; col++)
            for (int l = 0; l < people_column_levels[col]; l++)
                buf_fmt(out, "level\t%s\t%s\t%d\t%.9g\n", class_name[k], people_column_name[col], l, m->p[k][col][l]);
    for (int o = 0; o < m->n_origins; o++)
        buf_fmt(out, "origin\t%d\t%.*s\t%llu\n", o, (int)m->origin[o].n, m->origin[o].p, (unsigned long long)m->origin_count[o]);
    for (int what = 0; what < PEOPLE_COUNTED; what++)
        write_counts(out, m, what);
}

struct reading {
    struct arena *mem;
    struct people_model *m;
    struct str cell[PEOPLE_MAX_ORIGINS + 8];
    int n_cells;
    const char *wrong;
    uint32_t room[PEOPLE_COUNTED];
};

static double number(struct reading *r, int i)
{
    char z[64];
    char *end;

    if (i >= r->n_cells || r->cell[i].n == 0 || r->cell[i].n >= sizeof z) {
        r->wrong = "a figure is missing";
        return 0;
    }
    memcpy(z, r->cell[i].p, r->cell[i].n);
    z[r->cell[i].n] = '\0';
    const double v = strtod(z, &end);

    if (*end != '\0' || !isfinite(v))
        r->wrong = "what should be a figure is none";
    return isfinite(v) ? v : 0;
}

/* A whole number from 0 to most. */
static uint64_t whole(struct reading *r, int i, double most)
{
    const double v = number(r, i);

    if (v < 0 || v > most || v != floor(v))
        r->wrong = "a count is out of range";
    return v < 0 || v > most ? 0 : (uint64_t)v;
}

static double share(struct reading *r, int i)
{
    const double v = number(r, i);

    if (v < 0 || v > 1)
        r->wrong = "a probability is not between 0 and 1";
    return v < 0 ? 0 : v > 1 ? 1 : v;
}

static int index_of(struct reading *r, struct str name, const char *const *list, int n)
{
    for (int i = 0; i < n; i++)
        if (str_eq_z(name, list[i]))
            return i;
    r->wrong = "a name is not known to this version";
    return 0;
}

static void read_value(struct reading *r)
{
    const int what = index_of(r, r->cell[1], counted_name, PEOPLE_COUNTED);
    struct people_counts *c = &r->m->counts[what];
    struct people_count row = {.count = (uint32_t)whole(r, 3, 4e9)};

    if (r->cell[2].n == 0 || r->cell[2].n >= sizeof row.text) {
        r->wrong = "a value is empty or too long";
        return;
    }
    memcpy(row.text, r->cell[2].p, r->cell[2].n);
    if (c->n > 0 && strcmp(c->rows[c->n - 1].text, row.text) >= 0)
        r->wrong = "values are not in order";
    if (what <= PEOPLE_COUNT_SURNAME)
        row.by_origin = ARENA_ARRAY(r->mem, uint32_t, PEOPLE_MAX_ORIGINS);
    for (int i = 4; i < r->n_cells && row.by_origin != NULL; i++) {
        struct str rest = r->cell[i];
        int64_t origin, count;

        if (!str_to_int(str_cut(&rest, ':'), &origin) || !str_to_int(rest, &count) || origin < 0 || origin >= r->m->n_origins || count < 0 ||
            count > row.count)
            r->wrong = "a count by origin is not one";
        else
            row.by_origin[origin] = (uint32_t)count;
    }
    if (c->n == r->room[what]) {
        const uint32_t to = r->room[what] == 0 ? 64 : r->room[what] * 2;

        c->rows = c->n == 0 ? ARENA_ARRAY(r->mem, struct people_count, to)
                            : arena_grow(r->mem, c->rows, c->n * sizeof row, to * sizeof row);
        r->room[what] = to;
    }
    c->rows[c->n++] = row;
}

static void read_origin(struct reading *r)
{
    if (r->m->n_origins == PEOPLE_MAX_ORIGINS || whole(r, 1, PEOPLE_MAX_ORIGINS) != (uint64_t)r->m->n_origins) {
        r->wrong = "origins are not in order";
        return;
    }
    r->m->origin[r->m->n_origins] = str_copy(r->mem, r->cell[2]);
    r->m->origin_count[r->m->n_origins++] = whole(r, 3, 1e15);
}

static void read_line(struct reading *r)
{
    struct people_model *m = r->m;
    const struct str key = r->cell[0];

    if (str_eq_z(key, "classes")) {
        m->n_classes = (int)whole(r, 1, 3);
    } else if (str_eq_z(key, "records")) {
        m->n_records = whole(r, 1, 1e15);
    } else if (str_eq_z(key, "candidates")) {
        m->n_candidates = whole(r, 1, 1e15);
    } else if (str_eq_z(key, "bits")) {
        m->bits_per_pair_2 = number(r, 1);
        m->bits_per_pair_3 = number(r, 2);
    } else if (str_eq_z(key, "cut")) {
        m->cut_automatic = number(r, 1);
        m->cut_review = number(r, 2);
    } else if (str_eq_z(key, "prior")) {
        m->prior[index_of(r, r->cell[1], class_name, PEOPLE_CLASSES)] = share(r, 2);
    } else if (str_eq_z(key, "level")) {
        const int k = index_of(r, r->cell[1], class_name, PEOPLE_CLASSES), col = index_of(r, r->cell[2], people_column_name, PEOPLE_COLUMNS);
        const uint64_t l = whole(r, 3, PEOPLE_LEVELS - 1);

        m->p[k][col][l] = share(r, 4);
    } else if (str_eq_z(key, "origin")) {
        read_origin(r);
    } else if (str_eq_z(key, "counts")) {
        struct people_counts *c = &m->counts[index_of(r, r->cell[1], counted_name, PEOPLE_COUNTED)];

        c->n_records = whole(r, 2, 1e15);
        c->rare = share(r, 3);
        c->collision = share(r, 4);
    } else if (str_eq_z(key, "value")) {
        read_value(r);
    } else {
        r->wrong = "a line begins with a word that this version does not know";
    }
}

static bool is_whole(const struct people_model *m)
{
    return (m->n_classes == 2 || m->n_classes == 3) && m->n_records > 1 && m->n_origins > 0 && m->prior[PEOPLE_SAME] > 0 &&
           m->prior[PEOPLE_UNRELATED] > 0 && m->cut_review <= m->cut_automatic;
}

enum status people_model_read(struct arena *mem, struct str text, struct people_model **out, struct str *why)
{
    struct reading *r = ARENA_NEW(mem, struct reading);
    int64_t line = 1;
    const struct str head = str_cut(&text, '\n');

    r->mem = mem;
    r->m = ARENA_NEW(mem, struct people_model);
    if (!str_eq(head, str_fmt(mem, "%s\t%d", first_line, PEOPLE_MODEL_VERSION))) {
        *why = STR("this is not a model of this version");
        return ST_INVALID;
    }
    while (text.n > 0 && r->wrong == NULL) {
        struct str rest = str_cut(&text, '\n');

        line++;
        if (rest.n == 0)
            continue;
        memset(r->cell, 0, sizeof r->cell);
        for (r->n_cells = 0; r->n_cells < ARRAY_LEN(r->cell) && rest.n > 0; r->n_cells++)
            r->cell[r->n_cells] = str_cut(&rest, '\t');
        read_line(r);
    }
    if (r->wrong != NULL || !is_whole(r->m)) {
        *why = r->wrong != NULL ? str_fmt(mem, "line %lld: %s", (long long)line, r->wrong) : STR("the model is not whole: lines are missing");
        return ST_INVALID;
    }
    *out = r->m;
    return ST_OK;
}

bool people_model_is_near(const struct people_model *old, const struct people_model *fresh, struct arena *mem, struct str *why)
{
    const double apart = log2(fresh->prior[PEOPLE_SAME] * (double)fresh->n_records) - log2(old->prior[PEOPLE_SAME] * (double)old->n_records);

    if (old->n_classes != fresh->n_classes) {
        *why = str_fmt(mem, "the old model has %d classes, the new one %d", old->n_classes, fresh->n_classes);
        return false;
    }
    if (fabs(apart) > 1) {
        *why = str_fmt(mem, "records of one person: %.2f times as many as before", exp2(apart));
        return false;
    }
    for (int col = 0; col < PEOPLE_COLUMNS; col++)
        for (int l = 0; l < people_column_levels[col]; l++) {
            const double d = fresh->p[PEOPLE_SAME][col][l] - old->p[PEOPLE_SAME][col][l];

            if (fabs(d) > 0.15) {
                *why = str_fmt(mem, "%s, level %d: %.3f was %.3f", people_column_name[col], l, fresh->p[PEOPLE_SAME][col][l],
                               old->p[PEOPLE_SAME][col][l]);
                return false;
            }
        }
    return true;
}

/* people_model_file.c - a model as text: one figure a line, read by people and compared by diff. */
#include "base/text.h"
#include "people_model.h"
#include "people_text.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char first_word[] = "wecare people model";
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
    buf_fmt(out, "%s\t%d\n", first_word, PEOPLE_MODEL_VERSION);
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

void people_model_write_figures(struct arena *mem, struct buf *out, const struct people_model *m)
{
    struct people_model *bare = arena_alloc(mem, sizeof *bare);

    *bare = *m;
    for (int what = 0; what < PEOPLE_COUNTED; what++)
        bare->counts[what].n = 0;
    people_model_write(out, bare);
}

uint64_t people_model_mark(struct arena *mem, const struct people_model *m)
{
    struct buf b = buf_new(mem, 1 << 14);

    people_model_write_figures(mem, &b, m);
    return people_hash(b.p, b.n);
}

struct reading {
    struct arena *mem;
    struct people_model *m;
    struct str cell[PEOPLE_MAX_ORIGINS + 8];
    int n_cells;
    const char *wrong; /* key of its words */
    bool is_bare;      /* values are looked at and not kept */
    uint32_t room[PEOPLE_COUNTED];
    char last[PEOPLE_COUNTED][PEOPLE_TEXT_MAX];
    bool seen[PEOPLE_CLASSES][PEOPLE_COLUMNS][PEOPLE_LEVELS];
};

static double number(struct reading *r, int i)
{
    char z[64];
    char *end;

    if (i >= r->n_cells || r->cell[i].n == 0 || r->cell[i].n >= sizeof z) {
        r->wrong = "people.wrong-figure";
        return 0;
    }
    memcpy(z, r->cell[i].p, r->cell[i].n);
    z[r->cell[i].n] = '\0';
    const double v = strtod(z, &end);

    if (*end != '\0' || !isfinite(v))
        r->wrong = "people.wrong-figure";
    return isfinite(v) ? v : 0;
}

/* A whole number from 0 to most. */
static uint64_t whole(struct reading *r, int i, double most)
{
    const double v = number(r, i);

    if (v < 0 || v > most || v != floor(v))
        r->wrong = "people.wrong-count";
    return v < 0 || v > most ? 0 : (uint64_t)v;
}

static double share(struct reading *r, int i)
{
    const double v = number(r, i);

    if (v < 0 || v > 1)
        r->wrong = "people.wrong-share";
    return v < 0 ? 0 : v > 1 ? 1 : v;
}

static int index_of(struct reading *r, struct str name, const char *const *list, int n)
{
    for (int i = 0; i < n; i++)
        if (str_eq_z(name, list[i]))
            return i;
    r->wrong = "people.wrong-name";
    return 0;
}

static void read_value(struct reading *r)
{
    const int what = index_of(r, r->cell[1], counted_name, PEOPLE_COUNTED);
    struct people_counts *c = &r->m->counts[what];
    struct people_count row = {.count = (uint32_t)whole(r, 3, 4e9)};

    if (r->cell[2].n == 0 || r->cell[2].n >= sizeof row.text) {
        r->wrong = "people.wrong-value";
        return;
    }
    memcpy(row.text, r->cell[2].p, r->cell[2].n);
    if (strcmp(r->last[what], row.text) >= 0)
        r->wrong = "people.wrong-order";
    if (row.count < PEOPLE_LEAST_COUNT)
        r->wrong = "people.wrong-few";
    memcpy(r->last[what], row.text, sizeof row.text);
    if (what <= PEOPLE_COUNT_SURNAME && !r->is_bare)
        row.by_origin = ARENA_ARRAY(r->mem, uint32_t, PEOPLE_MAX_ORIGINS);
    for (int i = 4; i < r->n_cells && what <= PEOPLE_COUNT_SURNAME; i++) {
        struct str rest = r->cell[i];
        int64_t origin, count;

        if (!str_to_int(str_cut(&rest, ':'), &origin) || !str_to_int(rest, &count) || origin < 0 || origin >= r->m->n_origins || count < 0 ||
            count > row.count)
            r->wrong = "people.wrong-origin";
        else if (!r->is_bare)
            row.by_origin[origin] = (uint32_t)count;
    }
    if (r->is_bare)
        return;
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
        r->wrong = "people.wrong-origin-order";
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
        const uint64_t l = whole(r, 3, people_column_levels[col] - 1);

        if (r->seen[k][col][l])
            r->wrong = "people.wrong-twice";
        r->seen[k][col][l] = true;
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
        r->wrong = "people.wrong-word";
    }
}

/* Every level of every column has its probability; rounding and bounds move their sum a little. */
static bool has_levels(const struct people_model *m, int k)
{
    for (int col = 0; col < PEOPLE_COLUMNS; col++) {
        double sum = 0;

        for (int l = 0; l < people_column_levels[col]; l++)
            sum += m->p[k][col][l];
        if (sum < 0.5 || sum > 1.5)
            return false;
    }
    return true;
}

static bool is_whole(const struct people_model *m)
{
    return (m->n_classes == 2 || m->n_classes == 3) && m->n_records > 1 && m->n_origins > 0 && m->prior[PEOPLE_SAME] > 0 &&
           m->prior[PEOPLE_UNRELATED] > 0 && m->cut_review <= m->cut_automatic && fabs(m->cut_review) < 100 && fabs(m->cut_automatic) < 100 &&
           has_levels(m, PEOPLE_SAME) && has_levels(m, PEOPLE_UNRELATED) && (m->n_classes == 2 || has_levels(m, PEOPLE_HOUSEHOLD));
}

const char *people_first_line_wrong(struct str line, const char *word, int version, const char *other)
{
    struct str rest = line;
    int64_t v = 0;

    if (!str_is_utf8(line))
        return "people.wrong-not-text";
    if (!str_eq_z(str_cut(&rest, '\t'), word))
        return other;
    return str_to_int(rest, &v) && v > version ? "people.wrong-later" : v < 1 ? other : NULL;
}

static enum status read_model(struct reading *r, struct str text, struct people_wrong *out)
{
    int64_t line = 1;

    r->wrong = str_is_utf8(text) ? people_first_line_wrong(str_cut(&text, '\n'), first_word, PEOPLE_MODEL_VERSION, "people.wrong-not-model")
                                 : "people.wrong-not-text";
    if (r->wrong != NULL)
        line = 0;
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
    if (r->wrong == NULL && !is_whole(r->m)) {
        r->wrong = "people.wrong-not-whole";
        line = 0;
    }
    *out = (struct people_wrong){line, r->wrong};
    return r->wrong == NULL ? ST_OK : ST_INVALID;
}

static enum status read_into(struct arena *mem, struct str text, bool is_bare, struct people_model **out, struct people_wrong *wrong)
{
    struct reading *r = ARENA_NEW(mem, struct reading);

    r->mem = mem;
    r->is_bare = is_bare;
    r->m = ARENA_NEW(mem, struct people_model);
    const enum status st = read_model(r, text, wrong);

    if (st == ST_OK)
        *out = r->m;
    return st;
}

enum status people_model_read_figures(struct arena *mem, struct str text, struct people_model **out, struct people_wrong *wrong)
{
    return read_into(mem, text, true, out, wrong);
}

enum status people_model_read(struct arena *mem, struct str text, struct people_model **out, struct str *why)
{
    struct people_wrong wrong;
    const enum status st = read_into(mem, text, false, out, &wrong);

    if (st != ST_OK)
        *why = people_wrong_in_words(mem, LANG_EN, &wrong);
    return st;
}

struct str people_wrong_in_words(struct arena *mem, enum lang lang, const struct people_wrong *w)
{
    const struct text_arg args[] = {{"line", text_int(mem, lang, w->line)}, {"what", text_get(lang, w->key)}};

    return text_fill(mem, text_get(lang, w->line > 0 ? "people.wrong-at" : "people.wrong"), args, ARRAY_LEN(args));
}

struct people_drift people_model_drift(const struct people_model *old, const struct people_model *fresh)
{
    const double apart = log2(fresh->prior[PEOPLE_SAME] * (double)fresh->n_records) - log2(old->prior[PEOPLE_SAME] * (double)old->n_records);
    struct people_drift d = {.kind = PEOPLE_DRIFT_NONE, .times = exp2(apart)};

    for (int col = 0; col < PEOPLE_COLUMNS; col++)
        for (int l = 0; l < people_column_levels[col]; l++)
            if (fabs(fresh->p[PEOPLE_SAME][col][l] - old->p[PEOPLE_SAME][col][l]) > fabs(d.now - d.before)) {
                d.column = col;
                d.level = l;
                d.before = old->p[PEOPLE_SAME][col][l];
                d.now = fresh->p[PEOPLE_SAME][col][l];
            }
    if (old->n_classes != fresh->n_classes)
        d.kind = PEOPLE_DRIFT_CLASSES;
    else if (fabs(apart) > 1)
        d.kind = PEOPLE_DRIFT_SHARE;
    else if (fabs(d.now - d.before) > 0.15)
        d.kind = PEOPLE_DRIFT_LEVEL;
    return d;
}

bool people_model_is_near(const struct people_model *old, const struct people_model *fresh, struct arena *mem, struct str *why)
{
    const struct people_drift d = people_model_drift(old, fresh);

    if (d.kind == PEOPLE_DRIFT_CLASSES)
        *why = str_fmt(mem, "the old model has %d classes, the new one %d", old->n_classes, fresh->n_classes);
    else if (d.kind == PEOPLE_DRIFT_SHARE)
        *why = str_fmt(mem, "records of one person: %.2f times as many as before", d.times);
    else if (d.kind == PEOPLE_DRIFT_LEVEL)
        *why = str_fmt(mem, "%s, level %d: %.3f was %.3f", people_column_name[d.column], d.level, d.now, d.before);
    return d.kind == PEOPLE_DRIFT_NONE;
}

/* feeds_mapping.c - reads a mapping, line by line. */
#include "base/macros.h"
#include "feeds_mapping_private.h"
#include <stdlib.h>
#include <string.h>

enum section { IN_NOTHING, IN_SOURCE, IN_FIELDS, IN_TABLE };

struct reading {
    struct feeds_mapping *m;
    struct mapping_trouble *trouble;
    enum section section;
    int64_t line;
    bool is_refused;
};

static void refuse(struct reading *r, const char *key, struct str value)
{
    if (r->is_refused)
        return;
    r->is_refused = true;
    *r->trouble = (struct mapping_trouble){r->line, key, str_copy(r->m->mem, str_head(value, 200))};
}

static bool is_name(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (memchr("abcdefghijklmnopqrstuvwxyz0123456789-", s.p[i], 37) == NULL)
            return false;
    return s.n > 0 && s.n <= 40;
}

static bool is_yes(struct reading *r, struct str value)
{
    if (str_eq_z(value, "yes") || str_eq_z(value, "sì") || str_eq_z(value, "si"))
        return true;
    if (!str_eq_z(value, "no"))
        refuse(r, "feeds.map-yes", value);
    return false;
}

/* "{stato} = chiusa; sospesa". */
static void take_skip(struct reading *r, struct str value)
{
    const ptrdiff_t close = str_index(value, '}');
    const ptrdiff_t equals = close < 0 ? -1 : str_index(str_from(value, (size_t)close), '=');
    struct mapping_skip *s = &r->m->skips[r->m->n_skips];
    struct str wrong = value;

    if (r->m->n_skips == MAX_SKIPS || equals < 0) {
        refuse(r, "feeds.map-skip", value);
        return;
    }
    const size_t at = (size_t)(close + equals);
    const char *key = feeds_mapping_compile(r->m, str_trim(str_head(value, at)), &s->text, &wrong);

    s->values = str_from(value, at + 1);
    r->m->n_skips++;
    if (key != NULL)
        refuse(r, key, wrong);
}

static void take_source(struct reading *r, struct str name, struct str value)
{
    struct mapping_source *s = &r->m->source;

    if (str_eq_z(name, "name")) {
        s->name = value;
        if (!is_name(value))
            refuse(r, "feeds.map-name", value);
    } else if (str_eq_z(name, "encoding")) {
        s->is_windows_1252 = str_eq_z(value, "windows-1252");
        if (!s->is_windows_1252 && !str_eq_z(value, "utf-8"))
            refuse(r, "feeds.map-encoding", value);
    } else if (str_eq_z(name, "separator")) {
        s->separator = str_eq_z(value, "tab") ? '\t' : value.n == 1 ? value.p[0] : 0;
        if (s->separator == 0 || memchr(",;\t|", s->separator, 4) == NULL)
            refuse(r, "feeds.map-separator", value);
    } else if (str_eq_z(name, "demo")) {
        s->is_demo = is_yes(r, value);
    } else if (str_eq_z(name, "places")) {
        s->has_place_rows = str_eq_z(value, "rows");
        if (!s->has_place_rows)
            refuse(r, "feeds.map-places", value);
    } else if (str_eq_z(name, "confirmed_by")) {
        s->confirmed_by = value;
    } else if (str_eq_z(name, "skip")) {
        take_skip(r, value);
    } else {
        refuse(r, "feeds.map-source", name);
    }
}

/* "location.2.comune" is number 2 of "location.comune". */
static const char *field_of(struct reading *r, struct str written, int *out_number)
{
    struct str rest = written;
    const struct str group = str_cut(&rest, '.');
    bool is_numbered = false;

    *out_number = 1;
    if (rest.n > 2 && rest.p[1] == '.' && rest.p[0] >= '1' && rest.p[0] <= '0' + MAPPING_MAX_NUMBER) {
        const struct str plain = str_fmt(r->m->mem, "%.*s.%.*s", (int)group.n, group.p, (int)rest.n - 2, rest.p + 2);
        const char *name = feeds_field_known(plain, &is_numbered);

        *out_number = rest.p[0] - '0';
        return is_numbered ? name : NULL;
    }
    return feeds_field_known(written, &is_numbered);
}

static void take_field(struct reading *r, struct str written, struct str value)
{
    struct feeds_mapping *m = r->m;
    struct mapping_field *f = &m->fields[m->n_fields];
    struct str wrong = value;

    if (m->n_fields == MAPPING_MAX_FIELDS) {
        refuse(r, "feeds.map-too-long", STR("300"));
        return;
    }
    *f = (struct mapping_field){.line = r->line};
    f->name = field_of(r, written, &f->number);
    if (f->name == NULL) {
        refuse(r, "feeds.map-field", written);
        return;
    }
    for (int i = 0; i < m->n_fields; i++)
        if (m->fields[i].name == f->name && m->fields[i].number == f->number)
            refuse(r, "feeds.map-twice", written);
    const char *key = feeds_mapping_compile(m, value, &f->text, &wrong);

    if (key != NULL)
        refuse(r, key, wrong);
    m->n_fields++;
}

static void take_value(struct reading *r, struct str from, struct str to)
{
    struct mapping_table *t = &r->m->tables[r->m->n_tables - 1];
    const struct str folded = str_fold(r->m->mem, from);

    if (str_eq_z(from, "*")) {
        if (t->has_other)
            refuse(r, "feeds.map-twice", from);
        t->has_other = true;
        t->other = to;
        return;
    }
    if (str_eq_z(from, "(empty)")) {
        if (t->has_empty)
            refuse(r, "feeds.map-twice", from);
        t->has_empty = true;
        t->empty = to;
        return;
    }
    for (int i = 0; i < t->n; i++)
        if (str_eq(t->folded[i], folded))
            refuse(r, "feeds.map-twice", from);
    if (t->n == t->room) {
        const int room = t->room * 2 + 16;

        t->folded = arena_grow(r->m->mem, t->folded, (size_t)t->room * sizeof *t->folded, (size_t)room * sizeof *t->folded);
        t->values = arena_grow(r->m->mem, t->values, (size_t)t->room * sizeof *t->values, (size_t)room * sizeof *t->values);
        t->room = room;
    }
    t->folded[t->n] = folded;
    t->values[t->n++] = to;
}

static void take_section(struct reading *r, struct str name)
{
    struct feeds_mapping *m = r->m;

    if (str_eq_z(name, "source")) {
        r->section = IN_SOURCE;
    } else if (str_eq_z(name, "fields")) {
        r->section = IN_FIELDS;
    } else if (str_starts(name, STR("table ")) && m->n_tables < MAPPING_MAX_TABLES) {
        const struct str of = str_trim(str_from(name, 6));

        for (int i = 0; i < m->n_tables; i++)
            if (str_eq(m->tables[i].name, of))
                refuse(r, "feeds.map-twice", of);
        m->tables[m->n_tables++] = (struct mapping_table){.name = of};
        r->section = IN_TABLE;
    } else {
        refuse(r, "feeds.map-section", name);
    }
}

static void take_line(struct reading *r, struct str line)
{
    struct str rest = line;

    if (line.n == 0 || line.p[0] == '#')
        return;
    if (line.p[0] == '[' && line.p[line.n - 1] == ']' && str_index(line, '=') < 0) {
        take_section(r, str_trim((struct str){line.p + 1, line.n - 2}));
        return;
    }
    const ptrdiff_t equals = str_index(line, '=');

    if (equals < 0) {
        refuse(r, "feeds.map-line", line);
        return;
    }
    const struct str name = str_trim(str_cut(&rest, '=')), value = str_trim(rest);

    if (r->section == IN_SOURCE)
        take_source(r, name, value);
    else if (r->section == IN_FIELDS)
        take_field(r, name, value);
    else if (r->section == IN_TABLE)
        take_value(r, name, value);
    else
        refuse(r, "feeds.map-section", line);
}

static int by_field(const void *a, const void *b)
{
    const struct mapping_field *x = a, *y = b;
    const int order = strcmp(x->name, y->name);

    return order != 0 ? order : x->number - y->number;
}

/* Tables that are named must be there. */
static void find_tables(struct reading *r, struct mapping_text *text)
{
    struct feeds_mapping *m = r->m;

    for (int k = 0; k < text->n; k++)
        for (int f = 0; f < text->pieces[k].n_filters; f++) {
            struct mapping_filter *filter = &text->pieces[k].filters[f];

            for (int t = 0; filter->kind == FILTER_TABLE && t < m->n_tables; t++)
                if (str_eq(m->tables[t].name, filter->table_name))
                    filter->table = t;
            if (filter->kind == FILTER_TABLE && filter->table < 0)
                refuse(r, "feeds.map-no-table", filter->table_name);
        }
}

/* What every entry needs must be said. */
static void check(struct reading *r)
{
    struct feeds_mapping *m = r->m;

    for (int i = 0; i < m->n_fields; i++) {
        r->line = m->fields[i].line;
        find_tables(r, &m->fields[i].text);
    }
    for (int i = 0; i < m->n_skips; i++)
        find_tables(r, &m->skips[i].text);
    if (m->n_fields > 0)
        qsort(m->fields, (size_t)m->n_fields, sizeof *m->fields, by_field);
    r->line = 0;
    if (m->source.name.n == 0)
        refuse(r, "feeds.map-needs", STR("[source] name"));
    if (!feeds_mapping_has(m, "id"))
        refuse(r, "feeds.map-needs", STR("id"));
    if (!feeds_mapping_has(m, "name"))
        refuse(r, "feeds.map-needs", STR("name"));
    if (!feeds_mapping_has(m, "organisation.name") && !feeds_mapping_has(m, "organisation.body"))
        refuse(r, "feeds.map-needs", STR("organisation.name"));
    if (!feeds_mapping_has(m, "needs") && !feeds_mapping_has(m, "summary"))
        refuse(r, "feeds.map-needs", STR("needs"));
}

enum status feeds_mapping_read(struct arena *mem, struct str text, struct feeds_mapping **out, struct mapping_trouble *trouble)
{
    struct feeds_mapping *m = ARENA_NEW(mem, struct feeds_mapping);
    struct reading r = {.m = m, .trouble = trouble};

    *trouble = (struct mapping_trouble){0};
    m->mem = mem;
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        text = str_from(text, 3);
    if (text.n > MAPPING_MAX_BYTES)
        refuse(&r, "feeds.map-too-long", STR("256 KB"));
    else if (!str_is_utf8(text))
        refuse(&r, "feeds.map-not-utf8", STR(""));
    while (text.n > 0 && !r.is_refused) {
        r.line++;
        take_line(&r, str_trim(str_cut(&text, '\n')));
    }
    if (!r.is_refused)
        check(&r);
    *out = m;
    return r.is_refused ? ST_INVALID : ST_OK;
}

const struct mapping_source *feeds_mapping_source(const struct feeds_mapping *m)
{
    return &m->source;
}

int feeds_mapping_columns(const struct feeds_mapping *m, const char *const **out)
{
    *out = (const char *const *)m->columns;
    return m->n_columns;
}

bool feeds_mapping_has(const struct feeds_mapping *m, const char *field)
{
    for (int i = 0; i < m->n_fields; i++)
        if (strcmp(m->fields[i].name, field) == 0)
            return true;
    return false;
}

int feeds_mapping_most(const struct feeds_mapping *m, const char *group)
{
    const size_t n = strlen(group);
    int most = 0;

    for (int i = 0; i < m->n_fields; i++)
        if (strncmp(m->fields[i].name, group, n) == 0 && m->fields[i].name[n] == '.' && m->fields[i].number > most)
            most = m->fields[i].number;
    return most;
}

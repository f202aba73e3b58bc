/* feeds_mapping_text.c - "text with {columns | table x}": compiled once, put together for each row. */
#include "base/buf.h"
#include "base/macros.h"
#include "feeds_hsds_fields.h"
#include "feeds_mapping_private.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- compiling ---- */

static const char *filter_of(struct feeds_mapping *m, struct str written, struct mapping_piece *p, struct str *out_value)
{
    static const struct {
        const char *name;
        enum filter_kind kind;
    } known[] = {{"lower", FILTER_LOWER}, {"sentence", FILTER_SENTENCE}, {"title", FILTER_TITLE}, {"first", FILTER_FIRST},
                 {"days-ago", FILTER_DAYS_AGO}, {"days-ahead", FILTER_DAYS_AHEAD}, {"digits", FILTER_DIGITS}, {"url", FILTER_URL}, {"day", FILTER_DAY},
                 {"if-url", FILTER_IF_URL}, {"if-email", FILTER_IF_EMAIL}};
    struct mapping_filter *f = &p->filters[p->n_filters];

    (void)m;
    *out_value = written;
    if (p->n_filters == MAX_FILTERS)
        return "feeds.map-filter";
    *f = (struct mapping_filter){.table = -1};
    p->n_filters++;
    if (str_starts(written, STR("table "))) {
        f->kind = FILTER_TABLE;
        f->table_name = str_trim(str_from(written, 6));
        return NULL;
    }
    for (int i = 0; i < ARRAY_LEN(known); i++)
        if (str_eq_z(written, known[i].name)) {
            f->kind = known[i].kind;
            return NULL;
        }
    return "feeds.map-filter";
}

static const char *add_column(struct feeds_mapping *m, struct str name)
{
    for (int i = 0; i < m->n_columns; i++)
        if (str_eq_z(name, m->columns[i]))
            return m->columns[i];
    m->columns = arena_grow(m->mem, m->columns, (size_t)m->n_columns * sizeof *m->columns, (size_t)(m->n_columns + 1) * sizeof *m->columns);
    m->columns[m->n_columns] = str_z(m->mem, name);
    return m->columns[m->n_columns++];
}

static const char *column_piece(struct feeds_mapping *m, struct str inside, struct mapping_piece *p, struct str *out_value)
{
    struct str rest = inside;
    const struct str name = str_trim(str_cut(&rest, '|'));
    const char *key = NULL;

    *out_value = inside;
    if (name.n == 0)
        return "feeds.map-column";
    *p = (struct mapping_piece){.kind = PIECE_COLUMN, .at = -2};
    p->column = add_column(m, name);
    while (rest.n > 0 && key == NULL)
        key = filter_of(m, str_trim(str_cut(&rest, '|')), p, out_value);
    return key;
}

/* Plain text up to what means something; a backslash makes the next character mean itself. */
static struct str plain_text(struct feeds_mapping *m, struct str s, size_t *at)
{
    char *p = arena_alloc(m->mem, s.n + 1);
    size_t n = 0;

    for (; *at < s.n; ++*at) {
        if (s.p[*at] == '\\' && *at + 1 < s.n)
            ++*at;
        else if (memchr("{}[]", s.p[*at], 4) != NULL)
            break;
        p[n++] = s.p[*at];
    }
    return (struct str){p, n};
}

const char *feeds_mapping_compile(struct feeds_mapping *m, struct str written, struct mapping_text *out, struct str *out_value)
{
    bool is_open = false;

    out->pieces = ARENA_ARRAY(m->mem, struct mapping_piece, MAX_PIECES);
    out->n = 0;
    *out_value = written;
    for (size_t i = 0; i < written.n;) {
        struct mapping_piece *p = &out->pieces[out->n];

        if (out->n == MAX_PIECES)
            return "feeds.map-pieces";
        if (written.p[i] == '{') {
            const ptrdiff_t n = str_index(str_from(written, i), '}');
            const char *key = n < 0 ? "feeds.map-brace"
                                    : column_piece(m, (struct str){written.p + i + 1, (size_t)n - 1}, p, out_value);

            if (key != NULL)
                return key;
            i += (size_t)n + 1;
        } else if (written.p[i] == '[' || written.p[i] == ']') {
            if (is_open != (written.p[i] == ']'))
                return "feeds.map-bracket";
            is_open = !is_open;
            *p = (struct mapping_piece){.kind = is_open ? PIECE_OPEN : PIECE_CLOSE};
            i++;
        } else if (written.p[i] == '}') {
            return "feeds.map-brace";
        } else {
            *p = (struct mapping_piece){.kind = PIECE_TEXT, .text = plain_text(m, written, &i)};
        }
        out->n++;
    }
    return is_open ? "feeds.map-bracket" : NULL;
}

/* ---- a row ---- */

static bool wrong(struct mapping_row *r, const char *key, struct str value)
{
    r->wrong = key;
    r->wrong_value = value;
    return false;
}

/* Small letters, of the Latin alphabet with its accents. */
static struct str lower(struct arena *mem, struct str s)
{
    char *p = arena_alloc(mem, s.n + 1);

    for (size_t i = 0; i < s.n; i++) {
        const unsigned char ch = (unsigned char)s.p[i];
        const bool is_accented = i > 0 && (unsigned char)s.p[i - 1] == 0xC3 && ch >= 0x80 && ch <= 0x9E && ch != 0x97;

        p[i] = (char)(ch < 0x80 ? tolower(ch) : is_accented ? ch + 0x20 : ch);
    }
    return (struct str){p, s.n};
}

static void raise(char *p, size_t n)
{
    const unsigned char ch = n > 1 ? (unsigned char)p[1] : 0;

    if (n > 0 && (unsigned char)p[0] < 0x80)
        p[0] = (char)toupper((unsigned char)p[0]);
    else if (n > 1 && (unsigned char)p[0] == 0xC3 && ch >= 0xA0 && ch <= 0xBE && ch != 0xB7)
        p[1] = (char)(ch - 0x20);
}

static struct str capitals(struct arena *mem, struct str s, bool each_word)
{
    const struct str low = lower(mem, s);
    char *p = (char *)low.p;

    raise(p, low.n);
    for (size_t i = 1; each_word && i < low.n; i++)
        if (memchr(" '-.(/", p[i - 1], 6) != NULL)
            raise(p + i, low.n - i);
    return low;
}

static bool look_up(struct mapping_row *r, const struct mapping_table *t, struct str value, struct str *out)
{
    const struct str folded = str_fold(r->mem, value);

    for (int i = 0; value.n > 0 && i < t->n; i++)
        if (str_eq(t->folded[i], folded)) {
            *out = t->values[i];
            return true;
        }
    if (value.n == 0) {
        *out = t->has_empty ? t->empty : STR("");
        return true;
    }
    *out = t->other;
    return t->has_other || wrong(r, "feeds.map-not-in-table",
                                 str_fmt(r->mem, "%.*s (%.*s)", (int)value.n, value.p, (int)t->name.n, t->name.p));
}

/* sign: -1 before today, 1 after it */
static bool days_from(struct mapping_row *r, struct str value, int sign, struct str *out)
{
    int64_t n;

    if (!str_to_int(value, &n) || n < 0 || n > 36500)
        return wrong(r, "feeds.map-days-ago", value);
    *out = day_iso(r->mem, r->today + sign * (int)n);
    return true;
}

static struct str digits(struct arena *mem, struct str s)
{
    char *p = arena_alloc(mem, s.n + 1);
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++)
        if (isdigit((unsigned char)s.p[i]))
            p[n++] = s.p[i];
    return (struct str){p, n};
}

/* "http", "https", with or without colon and slashes, once or more: "http://https//www.a.it" is www.a.it. */
static struct str after_scheme(struct str s, bool *is_plain_http)
{
    bool is_scheme = true;

    while (is_scheme) {
        const size_t n = s.n >= 5 && strncasecmp(s.p, "https", 5) == 0 ? 5 : s.n >= 4 && strncasecmp(s.p, "http", 4) == 0 ? 4 : 0;
        size_t k = n;

        while (k < s.n && memchr(":/\\", s.p[k], 3) != NULL)
            k++;
        is_scheme = n > 0 && k > n;
        if (is_scheme) {
            *is_plain_http = n == 4;
            s = str_from(s, k);
        }
    }
    return s;
}

static struct str url_of(struct arena *mem, struct str s)
{
    bool is_plain_http = false;
    struct str rest = after_scheme(str_trim(s), &is_plain_http);

    while (rest.n > 0 && (rest.p[rest.n - 1] == '.' || rest.p[rest.n - 1] == ','))
        rest.n--;
    return rest.n == 0 ? rest : str_fmt(mem, "%s%.*s", is_plain_http ? "http://" : "https://", (int)rest.n, rest.p);
}

/* What is none is left out, and said. */
static struct str only_if(struct mapping_row *r, enum hsds_form form, struct str value)
{
    if (hsds_check_text(form, NULL, value) == NULL)
        return value;
    r->left_out = value;
    return STR("");
}

static bool filter(struct mapping_row *r, const struct mapping_filter *f, struct str value, struct str *out)
{
    struct str rest = value;

    *out = value;
    if (f->kind == FILTER_TABLE)
        return look_up(r, &r->m->tables[f->table], value, out);
    if (value.n == 0)
        return true;
    switch (f->kind) {
    case FILTER_LOWER:
        *out = lower(r->mem, value);
        return true;
    case FILTER_SENTENCE:
    case FILTER_TITLE:
        *out = capitals(r->mem, value, f->kind == FILTER_TITLE);
        return true;
    case FILTER_FIRST:
        *out = str_trim(str_cut(&rest, ';'));
        return true;
    case FILTER_DAYS_AGO:
        return days_from(r, value, -1, out);
    case FILTER_DAYS_AHEAD:
        return days_from(r, value, 1, out);
    case FILTER_DIGITS:
        *out = digits(r->mem, value);
        return true;
    case FILTER_URL:
        *out = url_of(r->mem, value);
        return true;
    case FILTER_IF_URL:
        *out = only_if(r, HSDS_URL, value);
        return true;
    case FILTER_IF_EMAIL:
        *out = only_if(r, HSDS_EMAIL, value);
        return true;
    default:
        if (feeds_day(value) == DAY_NONE)
            return wrong(r, "feeds.not-day", value);
        *out = day_iso(r->mem, feeds_day(value));
        return true;
    }
}

/* What we write ourselves so that a spreadsheet takes no text for a formula (sheet_put): "'+39 011 1". */
static struct str without_guard(struct str s)
{
    return s.n > 1 && s.p[0] == '\'' && strchr("=+-@", s.p[1]) != NULL ? str_from(s, 1) : s;
}

static bool column_value(struct mapping_row *r, struct mapping_piece *p, struct str *out)
{
    if (p->at == -2)
        p->at = csv_column(r->row, p->column);
    *out = p->at >= 0 && p->at < r->row->n_cells ? without_guard(r->row->cells[p->at]) : STR("");
    for (int i = 0; i < p->n_filters; i++)
        if (!filter(r, &p->filters[i], *out, out))
            return false;
    return true;
}

static bool put_together(struct mapping_row *r, const struct mapping_text *t, struct str *out)
{
    struct buf b = buf_new(r->mem, 64);
    size_t opened_at = 0;
    bool is_open = false, has_column = false, has_value = false;

    for (int i = 0; i < t->n; i++) {
        struct mapping_piece *p = &t->pieces[i];
        struct str value = p->text;

        if (p->kind == PIECE_COLUMN && !column_value(r, p, &value))
            return false;
        if (p->kind == PIECE_OPEN) {
            opened_at = b.n;
            has_column = has_value = false;
            is_open = true;
        } else if (p->kind == PIECE_CLOSE) {
            b.n = is_open && has_column && !has_value ? opened_at : b.n;
            is_open = false;
        } else {
            has_column |= p->kind == PIECE_COLUMN;
            has_value |= p->kind == PIECE_COLUMN && value.n > 0;
            buf_str(&b, value);
        }
    }
    *out = str_trim(buf_view(&b));
    return true;
}

static int by_name(const void *key, const void *item)
{
    const struct mapping_field *x = key, *y = item;
    const int order = strcmp(x->name, y->name);

    return order != 0 ? order : x->number - y->number;
}

bool feeds_mapping_get(struct mapping_row *r, const char *field, int number, struct str *out)
{
    const struct mapping_field key = {.name = field, .number = number};
    const struct mapping_field *f = bsearch(&key, r->m->fields, (size_t)r->m->n_fields, sizeof *f, by_name);

    *out = STR("");
    return f == NULL || put_together(r, &f->text, out);
}

bool feeds_mapping_skips(struct mapping_row *r)
{
    for (int i = 0; i < r->m->n_skips; i++) {
        struct str rest = r->m->skips[i].values, value;

        if (!put_together(r, &r->m->skips[i].text, &value))
            continue;
        do {
            if (str_eq(str_fold(r->mem, str_cut(&rest, ';')), str_fold(r->mem, value)))
                return true;
        } while (rest.n > 0);
    }
    return false;
}

static int number_at(struct str s, size_t from, size_t n)
{
    int value = 0;

    for (size_t i = from; i < from + n; i++) {
        if (i >= s.n || !isdigit((unsigned char)s.p[i]))
            return -1;
        value = value * 10 + s.p[i] - '0';
    }
    return value;
}

int feeds_day(struct str s)
{
    struct str rest = s;
    int day = day_parse(s), parts[3];

    if (day != DAY_NONE)
        return day;
    if (s.n == 8 && number_at(s, 0, 8) > 0)
        return day_from_ymd(number_at(s, 0, 4), number_at(s, 4, 2), number_at(s, 6, 2));
    const char mark = str_index(s, '/') > 0 ? '/' : str_index(s, '.') > 0 ? '.' : '-';

    for (int i = 0; i < 3; i++) {
        const struct str part = str_trim(str_cut(&rest, mark));

        parts[i] = part.n >= 1 && part.n <= 4 ? number_at(part, 0, part.n) : -1;
        if (i == 2 && part.n == 2 && parts[i] >= 0)
            parts[i] += 2000;
    }
    if (rest.n > 0 || parts[0] < 1 || parts[1] < 1 || parts[2] < 1900)
        return DAY_NONE;
    return day_from_ymd(parts[2], parts[1], parts[0]);
}

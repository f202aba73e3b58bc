/* Reads the head of a query file (In, Out, Gives) and compares it with the statement below it. */
#include "sqlc.h"
#include <stdlib.h>
#include <string.h>

struct reader {
    struct arena *mem;
    const struct sqlc_file *f;
    struct sqlc_errors *e;
    struct sqlc_query *q;
    bool has_gives;
};

/* NAME.sql, NAME.sqlite.sql, NAME.postgres.sql */
static bool split_name(struct str file_name, struct str *name, enum sqlc_engine *engine)
{
    if (!str_ends(file_name, STR(".sql")))
        return false;
    *name = str_head(file_name, file_name.n - 4);
    *engine = SQLC_BOTH;
    if (str_ends(*name, STR(".sqlite"))) {
        *engine = SQLC_SQLITE;
        *name = str_head(*name, name->n - 7);
    } else if (str_ends(*name, STR(".postgres"))) {
        *engine = SQLC_POSTGRES;
        *name = str_head(*name, name->n - 9);
    }
    return true;
}

static bool type_of(struct str word, enum sqlc_type *out)
{
    static const char *const names[] = {"int", "real", "text", "blob"};

    for (int i = 0; i < ARRAY_LEN(names); i++)
        if (str_eq_z(word, names[i])) {
            *out = (enum sqlc_type)i;
            return true;
        }
    return false;
}

/* One "name type" or ":name type?" of a list. */
static bool read_field(const struct reader *r, int line, struct str item, bool with_colon,
                       struct sqlc_field *out)
{
    const struct str whole = str_trim(item);
    struct str rest = whole;

    if (with_colon && !str_starts(rest, STR(":"))) {
        sqlc_error(r->e, r->f, line, "In: '%.*s' is not ':name type'", (int)whole.n, whole.p);
        return false;
    }
    rest = str_from(rest, with_colon ? 1 : 0);
    out->name = str_cut(&rest, ' ');
    struct str type = str_trim(rest);

    out->is_nullable = str_ends(type, STR("?"));
    if (out->is_nullable)
        type = str_trim(str_head(type, type.n - 1));
    if (!sqlc_is_name(out->name)) {
        sqlc_error(r->e, r->f, line, "'%.*s' cannot be a name in C: [a-z][a-z0-9_]*, no word of C",
                   (int)out->name.n, out->name.p);
        return false;
    }
    if (type.n == 0) {
        sqlc_error(r->e, r->f, line, "'%.*s' has no type: int, real, text or blob",
                   (int)whole.n, whole.p);
        return false;
    }
    if (!type_of(type, &out->type)) {
        sqlc_error(r->e, r->f, line, "unknown type '%.*s' of %.*s: int, real, text or blob",
                   (int)type.n, type.p, (int)out->name.n, out->name.p);
        return false;
    }
    return true;
}

static const struct sqlc_field *field_named(const struct sqlc_field *list, int n, struct str name)
{
    for (int i = 0; i < n; i++)
        if (str_eq(list[i].name, name))
            return &list[i];
    return NULL;
}

/* has_x stands before a nullable x in the struct: no other field may be called so. */
static void check_twice(const struct reader *r, int line, const struct sqlc_field *list, int n)
{
    for (int i = 0; i < n; i++) {
        if (field_named(list, i, list[i].name) != NULL)
            sqlc_error(r->e, r->f, line, "%.*s stands twice", (int)list[i].name.n,
                       list[i].name.p);
        if (list[i].is_nullable &&
            field_named(list, n, str_fmt(r->mem, "has_%.*s", (int)list[i].name.n,
                                         list[i].name.p)) != NULL)
            sqlc_error(r->e, r->f, line, "has_%.*s is taken by the nullable %.*s",
                       (int)list[i].name.n, list[i].name.p, (int)list[i].name.n, list[i].name.p);
    }
}

static void read_list(struct reader *r, int line, struct str text, bool is_in)
{
    struct sqlc_field *list = NULL;
    struct str rest = str_trim(text);
    int n = 0, room = 0;

    if (rest.n == 0)
        sqlc_error(r->e, r->f, line, "%s: an empty list; leave the line out", is_in ? "In" : "Out");
    while (rest.n > 0) {
        const bool ends_in_comma = rest.p[rest.n - 1] == ',';

        if (n == room) {
            list = arena_grow(r->mem, list, sizeof *list * (size_t)room,
                              sizeof *list * (size_t)(room + 16));
            room += 16;
        }
        if (read_field(r, line, str_cut(&rest, ','), is_in, &list[n]))
            n++;
        if (rest.n == 0 && ends_in_comma)
            sqlc_error(r->e, r->f, line, "%s: a comma at the end", is_in ? "In" : "Out");
    }
    if (n > SQLC_MAX_FIELDS)
        sqlc_error(r->e, r->f, line, "%d fields: there may be %d at most", n, SQLC_MAX_FIELDS);
    check_twice(r, line, list, n);
    if (is_in) {
        r->q->in = list;
        r->q->n_in = n;
        r->q->line_in = line;
    } else {
        r->q->out = list;
        r->q->n_out = n;
        r->q->line_out = line;
    }
}

static void read_gives(struct reader *r, int line, struct str word)
{
    static const char *const names[] = {"none", "one", "many", "each"};

    r->has_gives = true;
    for (int i = 0; i < ARRAY_LEN(names); i++)
        if (str_eq_z(word, names[i])) {
            r->q->gives = (enum sqlc_gives)i;
            return;
        }
    sqlc_error(r->e, r->f, line, "Gives '%.*s': one, many, each or none", (int)word.n, word.p);
}

enum key { KEY_PROSE, KEY_IN, KEY_OUT, KEY_GIVES };

/* "-- In   :a text": the key and what follows it. Prose never has ':' or a type right there. */
static enum key key_of(struct str line, struct str *rest)
{
    static const struct {
        struct str word;
        enum key key;
    } keys[] = {{{"-- In", 5}, KEY_IN}, {{"-- Out", 6}, KEY_OUT}, {{"-- Gives", 8}, KEY_GIVES}};

    for (int i = 0; i < ARRAY_LEN(keys); i++)
        if (str_starts(line, keys[i].word) &&
            (line.n == keys[i].word.n || line.p[keys[i].word.n] == ' ')) {
            *rest = str_trim(str_from(line, keys[i].word.n));
            return keys[i].key;
        }
    *rest = (struct str){0};
    return KEY_PROSE;
}

static void take_key(struct reader *r, enum key key, int line, struct str text)
{
    if (key == KEY_IN || key == KEY_OUT)
        read_list(r, line, text, key == KEY_IN);
    else if (key == KEY_GIVES)
        read_gives(r, line, str_trim(text));
}

static void read_head(struct reader *r)
{
    struct str rest = r->f->text;
    enum key key = KEY_PROSE;
    int line = 0, line_key = 0;
    struct buf text = buf_new(r->mem, 256);
    bool seen[4] = {false};
    const struct str first = str_fmt(r->mem, "-- %s: ", r->f->name);

    if (!str_starts(rest, first))
        sqlc_error(r->e, r->f, 1, "the first line says what the query is: '%.*s...'",
                   (int)first.n, first.p);
    while (str_starts(rest, STR("--"))) {
        const struct str one = str_trim(str_cut(&rest, '\n'));
        struct str after;
        const enum key now = key_of(one, &after);

        line++;
        if (now == KEY_PROSE && key != KEY_PROSE && str_starts(one, STR("--   "))) {
            buf_char(&text, ' ');
            buf_str(&text, str_trim(str_from(one, 2)));
            continue; /* a longer list goes on */
        }
        take_key(r, key, line_key, buf_view(&text));
        text = buf_new(r->mem, 256);
        buf_str(&text, after);
        key = now;
        line_key = line;
        if (now != KEY_PROSE && seen[now])
            sqlc_error(r->e, r->f, line, "the same key stands twice in the head");
        seen[now] = true;
    }
    take_key(r, key, line_key, buf_view(&text));
}

/* ---- the statement ---- */

static bool is_char(const struct sqlc_token *t, char c)
{
    return t->kind == SQLC_OTHER && t->text.n == 1 && t->text.p[0] == c;
}

static void check_one_statement(const struct reader *r, const struct sqlc_tokens *t)
{
    const int first = sqlc_next(t, 0);

    if (first == t->n) {
        sqlc_error(r->e, r->f, 1, "no statement in it");
        return;
    }
    for (int i = 0; i < t->n; i++)
        if (is_char(&t->list[i], ';') && sqlc_next(t, i + 1) != t->n) {
            sqlc_error(r->e, r->f, t->list[i].line, "more than one statement");
            return;
        }
}

static bool find_writes(const struct reader *r, const struct sqlc_tokens *t)
{
    static const char *const reads[] = {"select", "with", "values"};
    static const char *const writes[] = {"insert", "update", "delete", "merge"};
    const int first = sqlc_next(t, 0);
    bool is_known = false, found = false;

    for (int k = 0; first < t->n && k < ARRAY_LEN(reads); k++)
        is_known = is_known || sqlc_is_word(&t->list[first], reads[k]);
    for (int k = 0; k < ARRAY_LEN(writes); k++)
        for (int i = 0; i < t->n; i++) {
            const bool is_it = sqlc_is_word(&t->list[i], writes[k]);
            const int next = sqlc_next(t, i + 1);

            /* FOR UPDATE and ON CONFLICT DO UPDATE are no statements of their own. */
            found = found || (is_it && i == first) ||
                    (is_it && next < t->n &&
                     (sqlc_is_word(&t->list[next], "into") || sqlc_is_word(&t->list[next], "from")));
            is_known = is_known || (is_it && i == first);
        }
    if (first < t->n && !is_known)
        sqlc_error(r->e, r->f, t->list[first].line,
                   "a query begins with SELECT, WITH, VALUES, INSERT, UPDATE or DELETE");
    return found;
}

static void check_params(const struct reader *r, const struct sqlc_tokens *t)
{
    for (int i = 0; i < t->n; i++) {
        const struct sqlc_token *k = &t->list[i];

        if (k->kind == SQLC_PARAM && field_named(r->q->in, r->q->n_in, k->text) == NULL)
            sqlc_error(r->e, r->f, k->line, ":%.*s is used but In does not declare it",
                       (int)k->text.n, k->text.p);
        for (int p = 0; k->kind == SQLC_STRING && p < r->q->n_in; p++) {
            const struct str name = r->q->in[p].name;
            const struct str mark = str_fmt(r->mem, ":%.*s", (int)name.n, name.p);
            const char *hit = memmem(k->text.p, k->text.n, mark.p, mark.n);
            const bool at_end = hit != NULL && hit + mark.n == k->text.p + k->text.n;
            const char after = hit == NULL ? '_' : at_end ? ' ' : hit[mark.n];

            if (!(after == '_' || (after >= 'a' && after <= 'z') || (after >= '0' && after <= '9')))
                sqlc_error(r->e, r->f, k->line,
                           "the text %.*s holds :%.*s, which is a parameter: between quotes it "
                           "is not put in", (int)k->text.n, k->text.p, (int)name.n, name.p);
        }
    }
}

static bool uses_param(const struct sqlc_tokens *t, struct str name)
{
    for (int i = 0; i < t->n; i++)
        if (t->list[i].kind == SQLC_PARAM && str_eq(t->list[i].text, name))
            return true;
    return false;
}

/* The name a column of the result has by itself: its alias, or the last part of a.b; empty when
 * it is an expression. Tokens from..to. */
static struct str column_name(const struct sqlc_tokens *t, int from, int to)
{
    int words[8];
    int n = 0;

    for (int i = sqlc_next(t, from); i < to; i = sqlc_next(t, i + 1)) {
        if (n == ARRAY_LEN(words)) { /* keep the last ones */
            memmove(words, words + 1, sizeof words - sizeof words[0]);
            n--;
        }
        words[n++] = i;
    }
    if (n == 0)
        return (struct str){0};
    const struct sqlc_token *last = &t->list[words[n - 1]];

    if (n >= 2 && last->kind == SQLC_WORD && sqlc_is_word(&t->list[words[n - 2]], "as"))
        return last->text;
    if (n == 1 && last->kind == SQLC_WORD)
        return last->text;
    if (n == 3 && last->kind == SQLC_WORD && is_char(&t->list[words[1]], '.'))
        return last->text;
    return (struct str){0};
}

/* Where the list of columns begins: after the first SELECT or the last RETURNING outside of
 * parentheses; -1 when there is none. */
static int columns_begin(const struct sqlc_tokens *t)
{
    int returning = -1, select = -1;

    for (int i = 0; i < t->n; i++) {
        if (t->list[i].depth != 0)
            continue;
        if (sqlc_is_word(&t->list[i], "returning"))
            returning = i + 1;
        else if (sqlc_is_word(&t->list[i], "select") && select < 0)
            select = i + 1;
        else if ((sqlc_is_word(&t->list[i], "insert") || sqlc_is_word(&t->list[i], "update") ||
                  sqlc_is_word(&t->list[i], "delete")) &&
                 select < 0)
            select = t->n; /* INSERT ... SELECT gives no rows */
    }
    return returning >= 0 ? returning : select == t->n ? -1 : select;
}

static bool ends_columns(const struct sqlc_token *t)
{
    static const char *const words[] = {"from", "where", "union", "except", "intersect",
                                        "order", "limit", "group", "having"};

    for (int i = 0; i < ARRAY_LEN(words); i++)
        if (sqlc_is_word(t, words[i]))
            return true;
    return is_char(t, ';');
}

static void check_column(const struct reader *r, const struct sqlc_tokens *t, int from, int to,
                         int at)
{
    const int first = sqlc_next(t, from);
    const struct str name = column_name(t, from, to);

    for (int i = first; i < to; i++)
        if (is_char(&t->list[i], '*') && t->list[i].depth == 0 && sqlc_next(t, i + 1) >= to)
            sqlc_error(r->e, r->f, t->list[i].line, "name the columns instead of '*'");
    if (name.n > 0 && at < r->q->n_out && !str_eq(name, r->q->out[at].name))
        sqlc_error(r->e, r->f, t->list[first].line,
                   "column %d is called %.*s, Out says %.*s: put them in the same order, or "
                   "write AS %.*s", at + 1, (int)name.n, name.p, (int)r->q->out[at].name.n,
                   r->q->out[at].name.p, (int)r->q->out[at].name.n, r->q->out[at].name.p);
}

static void check_columns(const struct reader *r, const struct sqlc_tokens *t)
{
    int i = columns_begin(t), from, n = 0;

    if (i < 0) {
        if (r->q->n_out > 0 && !(t->n > 0 && sqlc_is_word(&t->list[sqlc_next(t, 0)], "values")))
            sqlc_error(r->e, r->f, r->q->line_out, "Out is declared, but the statement gives no "
                       "rows (RETURNING is missing?)");
        return;
    }
    i = sqlc_next(t, i);
    if (i < t->n && sqlc_is_word(&t->list[i], "distinct"))
        i++;
    for (from = i; i <= t->n; i++) {
        const bool is_end = i == t->n || (t->list[i].depth == 0 && ends_columns(&t->list[i]));

        if (is_end || (t->list[i].depth == 0 && is_char(&t->list[i], ','))) {
            check_column(r, t, from, i, n++);
            from = i + 1;
        }
        if (is_end)
            break;
    }
    if (r->q->n_out == 0)
        sqlc_error(r->e, r->f, 1, "the statement gives %d columns, Out is missing", n);
    else if (n != r->q->n_out)
        sqlc_error(r->e, r->f, r->q->line_out, "the statement gives %d columns, Out declares %d",
                   n, r->q->n_out);
}

/* ---- one file, then twins ---- */

static void read_query(struct arena *mem, const struct sqlc_file *f, enum sqlc_engine engine,
                       struct sqlc_errors *e, struct sqlc_query *q)
{
    struct reader r = {.mem = mem, .f = f, .e = e, .q = q};

    q->file[engine] = f;
    read_head(&r);
    q->tokens[engine] = sqlc_lex(mem, f, (struct sqlc_dialect){engine, false}, e);
    const struct sqlc_tokens *t = &q->tokens[engine];

    check_one_statement(&r, t);
    q->writes = find_writes(&r, t);
    check_params(&r, t);
    if (sqlc_next(t, 0) < t->n)
        check_columns(&r, t);
    if (q->n_out > 0 && !r.has_gives)
        sqlc_error(e, f, q->line_out, "Gives is missing: one, many or each");
    else if (q->n_out > 0 && q->gives == SQLC_NONE)
        sqlc_error(e, f, q->line_out, "Gives none, but Out declares columns");
    else if (q->n_out == 0 && q->gives != SQLC_NONE)
        sqlc_error(e, f, 1, "Gives rows, but Out is missing");
    if (q->gives == SQLC_EACH && q->writes)
        sqlc_error(e, f, 1, "Gives each only for a query that reads: write many");
}

static bool same_fields(const struct sqlc_field *a, int n_a, const struct sqlc_field *b, int n_b)
{
    for (int i = 0; i < n_a && n_a == n_b; i++)
        if (!str_eq(a[i].name, b[i].name) || a[i].type != b[i].type ||
            a[i].is_nullable != b[i].is_nullable)
            return false;
    return n_a == n_b;
}

static void join_twin(struct sqlc_query *q, const struct sqlc_query *twin, enum sqlc_engine engine,
                      struct sqlc_errors *e)
{
    const struct sqlc_file *f = twin->file[engine];

    if (engine == SQLC_BOTH || q->file[SQLC_BOTH] != NULL) {
        sqlc_error(e, f, 1, "%.*s stands both as one text for all engines and as a twin",
                   (int)q->name.n, q->name.p);
        return;
    }
    if (!same_fields(q->in, q->n_in, twin->in, twin->n_in) ||
        !same_fields(q->out, q->n_out, twin->out, twin->n_out) || q->gives != twin->gives ||
        q->writes != twin->writes)
        sqlc_error(e, f, 1, "the twins of %.*s do not declare the same In, Out and Gives",
                   (int)q->name.n, q->name.p);
    q->file[engine] = f;
    q->tokens[engine] = twin->tokens[engine];
}

static void check_whole(const struct sqlc_query *q, struct sqlc_errors *e)
{
    const struct sqlc_file *f = NULL;

    for (int i = 0; i < 3; i++)
        f = f == NULL ? q->file[i] : f;
    if (q->file[SQLC_BOTH] == NULL && (q->file[SQLC_SQLITE] == NULL || q->file[SQLC_POSTGRES] == NULL))
        sqlc_error(e, f, 1, "the twin for %s is missing",
                   q->file[SQLC_SQLITE] == NULL ? "SQLite (.sqlite.sql)" : "PostgreSQL (.postgres.sql)");
    for (int p = 0; p < q->n_in; p++) {
        bool is_used = false;

        for (int i = 0; i < 3; i++)
            is_used = is_used || uses_param(&q->tokens[i], q->in[p].name);
        if (!is_used)
            sqlc_error(e, f, q->line_in, "In declares :%.*s, the statement never uses it",
                       (int)q->in[p].name.n, q->in[p].name.p);
    }
}

static int by_name(const void *a, const void *b)
{
    return str_cmp(((const struct sqlc_query *)a)->name, ((const struct sqlc_query *)b)->name);
}

struct sqlc_query *sqlc_queries(struct arena *mem, const struct sqlc_file *files, int n_files,
                                struct sqlc_errors *e, int *out_n)
{
    struct sqlc_query *list = ARENA_ARRAY(mem, struct sqlc_query, (size_t)n_files);
    int n = 0;

    for (int i = 0; i < n_files; i++) {
        struct sqlc_query one = {0};
        enum sqlc_engine engine;
        int same = 0;

        if (!split_name(str_of(files[i].name), &one.name, &engine) || !sqlc_is_name(one.name)) {
            sqlc_error(e, &files[i], 1, "the file name is no name of a query: [a-z][a-z0-9_]*.sql");
            continue;
        }
        read_query(mem, &files[i], engine, e, &one);
        while (same < n && !str_eq(list[same].name, one.name))
            same++;
        if (same < n)
            join_twin(&list[same], &one, engine, e);
        else
            list[n++] = one;
    }
    for (int i = 0; i < n; i++)
        check_whole(&list[i], e);
    if (n > 1)
        qsort(list, (size_t)n, sizeof *list, by_name);
    *out_n = n;
    return list;
}

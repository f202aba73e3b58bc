/* Puts the files of schema/ in order and checks what a migration must hold. */
#include "sqlc.h"
#include <ctype.h>
#include <stdlib.h>

/* 0001-name.sql, 0001-name.back.sql, with .sqlite or .postgres before .sql or .back.sql */
static bool split_name(struct str s, int *number, struct str *name, bool *is_back,
                       enum sqlc_engine *engine)
{
    if (!str_ends(s, STR(".sql")) || s.n < 10 || s.p[4] != '-')
        return false;
    *number = 0;
    for (int i = 0; i < 4; i++) {
        if (!isdigit((unsigned char)s.p[i]))
            return false;
        *number = *number * 10 + (s.p[i] - '0');
    }
    s = str_from(str_head(s, s.n - 4), 5);
    *is_back = str_ends(s, STR(".back"));
    s = str_head(s, s.n - (*is_back ? 5 : 0));
    *engine = str_ends(s, STR(".sqlite"))     ? SQLC_SQLITE
              : str_ends(s, STR(".postgres")) ? SQLC_POSTGRES
                                              : SQLC_BOTH;
    s = str_head(s, s.n - (*engine == SQLC_SQLITE ? 7 : *engine == SQLC_POSTGRES ? 9 : 0));
    for (size_t i = 0; i < s.n; i++)
        if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !isdigit((unsigned char)s.p[i]) && s.p[i] != '-')
            return false;
    *name = s;
    return s.n > 0;
}

/* ---- every column says what it holds ---- */

static bool has_label(const struct sqlc_tokens *t, int from, int to)
{
    static const struct str labels[] = {{"public", 6}, {"personal", 8}, {"special", 7}};

    for (int i = from; i < to; i++) {
        if (t->list[i].kind != SQLC_COMMENT)
            continue;
        const struct str text = str_trim(str_from(t->list[i].text, 2));

        for (int k = 0; k < ARRAY_LEN(labels); k++)
            if (str_starts(text, labels[k]) &&
                (text.n == labels[k].n || !isalnum((unsigned char)text.p[labels[k].n])))
                return true;
    }
    return false;
}

static bool is_constraint(const struct sqlc_token *t)
{
    static const char *const words[] = {"primary", "foreign", "unique", "check", "constraint",
                                        "exclude"};

    for (int i = 0; i < ARRAY_LEN(words); i++)
        if (sqlc_is_word(t, words[i]))
            return true;
    return false;
}

/* Past the comment that stands on the same line as token i. */
static int past_comment(const struct sqlc_tokens *t, int i)
{
    const int line = t->list[i].line;
    int end = i + 1;

    for (int k = i + 1; k < t->n && t->list[k].line == line; k++) {
        if (t->list[k].kind == SQLC_COMMENT)
            end = k + 1;
        else if (t->list[k].kind != SQLC_SPACE)
            break;
    }
    return end;
}

static void check_column(const struct sqlc_file *f, const struct sqlc_tokens *t, int from, int to,
                         struct sqlc_errors *e)
{
    const int first = sqlc_next(t, from);

    if (first >= to || is_constraint(&t->list[first]))
        return;
    if (!has_label(t, from, to))
        sqlc_error(e, f, t->list[first].line,
                   "column %.*s does not say what it holds: -- public, personal or special",
                   (int)t->list[first].text.n, t->list[first].text.p);
}

/* Tokens after the '(' of CREATE TABLE at i; returns where the table ends. */
static int check_table(const struct sqlc_file *f, const struct sqlc_tokens *t, int open,
                       struct sqlc_errors *e)
{
    const int depth = t->list[open].depth + 1;
    int from = open + 1, i = open + 1;

    for (; i < t->n && !(t->list[i].depth == depth - 1 && t->list[i].text.p[0] == ')'); i++)
        if (t->list[i].depth == depth && t->list[i].kind == SQLC_OTHER &&
            t->list[i].text.p[0] == ',') {
            const int end = past_comment(t, i);

            check_column(f, t, from, end, e);
            from = end;
            i = end - 1;
        }
    check_column(f, t, from, i, e);
    return i;
}

static void check_labels(const struct sqlc_file *f, const struct sqlc_tokens *t,
                         struct sqlc_errors *e)
{
    for (int i = 0; i < t->n; i++) {
        const int next = sqlc_next(t, i + 1);

        if (sqlc_is_word(&t->list[i], "create") && next < t->n &&
            sqlc_is_word(&t->list[next], "table")) {
            int open = next;

            while (open < t->n && t->list[open].text.p[0] != '(' && t->list[open].text.p[0] != ';' &&
                   !sqlc_is_word(&t->list[open], "as"))
                open++;
            if (open < t->n && t->list[open].text.p[0] == '(')
                i = check_table(f, t, open, e);
        } else if (sqlc_is_word(&t->list[i], "add") && next < t->n &&
                   sqlc_is_word(&t->list[next], "column")) {
            int end = next;

            while (end < t->n && t->list[end].text.p[0] != ';')
                end++;
            check_column(f, t, next + 1, end < t->n ? past_comment(t, end) : end, e);
        }
    }
}

/* ---- one file ---- */

static void check_file(const struct sqlc_file *f, const struct sqlc_tokens *t,
                       enum sqlc_engine engine, struct sqlc_errors *e)
{
    if (sqlc_next(t, 0) == t->n)
        sqlc_error(e, f, 1, "no statement in it");
    for (int i = 0; i < t->n; i++) {
        const int next = sqlc_next(t, i + 1);

        if (t->list[i].kind == SQLC_PARAM)
            sqlc_error(e, f, t->list[i].line, ":%.*s: a schema takes no parameters",
                       (int)t->list[i].text.n, t->list[i].text.p);
        if (engine == SQLC_BOTH && next < t->n && sqlc_is_word(&t->list[next], "primary") &&
            sqlc_is_word(&t->list[i], "integer"))
            sqlc_error(e, f, t->list[i].line,
                       "write {{id}} for a key that the engine numbers, BIGINT PRIMARY KEY for one "
                       "that we give");
    }
    check_labels(f, t, e);
}

struct step {
    const struct sqlc_file *f;
    int number;
    struct str name;
    bool is_back;
    enum sqlc_engine engine;
};

static void add_step(struct arena *mem, const struct step *s, struct sqlc_migration *m,
                     struct sqlc_errors *e)
{
    const struct sqlc_file **file = s->is_back ? m->back : m->forward;
    struct sqlc_tokens *tokens = s->is_back ? m->back_tokens : m->forward_tokens;

    if (m->number == 0) {
        m->number = s->number;
        m->name = s->name;
    }
    if (!str_eq(m->name, s->name)) {
        sqlc_error(e, s->f, 1, "number %04d is taken by %04d-%.*s", s->number, s->number,
                   (int)m->name.n, m->name.p);
        return;
    }
    file[s->engine] = s->f;
    tokens[s->engine] = sqlc_lex(mem, s->f, (struct sqlc_dialect){s->engine, true}, e);
    check_file(s->f, &tokens[s->engine], s->engine, e);
}

static void check_pair(const struct sqlc_migration *m, const struct sqlc_file *const *file,
                       const char *what, const struct sqlc_file *blame, struct sqlc_errors *e)
{
    const bool has_both = file[SQLC_BOTH] != NULL;
    const bool has_sqlite = file[SQLC_SQLITE] != NULL, has_pg = file[SQLC_POSTGRES] != NULL;

    if (!has_both && !has_sqlite && !has_pg)
        sqlc_error(e, blame, 1, "%04d-%.*s%s.sql is missing: every step has its way %s", m->number,
                   (int)m->name.n, m->name.p, what, *what == '\0' ? "forward" : "back");
    else if (has_both && (has_sqlite || has_pg))
        sqlc_error(e, blame, 1, "%04d-%.*s%s stands both as one text for all engines and as a twin",
                   m->number, (int)m->name.n, m->name.p, what);
    else if (!has_both && !(has_sqlite && has_pg))
        sqlc_error(e, blame, 1, "the twin %04d-%.*s.%s%s.sql is missing", m->number, (int)m->name.n,
                   m->name.p, has_sqlite ? "postgres" : "sqlite", what);
}

static const struct sqlc_file *any_file(const struct sqlc_migration *m)
{
    const struct sqlc_file *f = NULL;

    for (int i = 0; i < 3; i++) {
        f = f == NULL ? m->forward[i] : f;
        f = f == NULL ? m->back[i] : f;
    }
    return f;
}

static int by_number(const void *a, const void *b)
{
    const int x = ((const struct sqlc_migration *)a)->number;
    const int y = ((const struct sqlc_migration *)b)->number;

    return (x > y) - (x < y);
}

struct sqlc_migration *sqlc_migrations(struct arena *mem, const struct sqlc_file *files,
                                       int n_files, struct sqlc_errors *e, int *out_n)
{
    struct sqlc_migration *list = ARENA_ARRAY(mem, struct sqlc_migration, (size_t)n_files);
    int n = 0;

    for (int i = 0; i < n_files; i++) {
        struct step s = {.f = &files[i]};
        int same = 0;

        if (!split_name(str_of(files[i].name), &s.number, &s.name, &s.is_back, &s.engine) ||
            s.number == 0) {
            sqlc_error(e, &files[i], 1,
                       "the file name is no step: 0001-name.sql or 0001-name.back.sql");
            continue;
        }
        while (same < n && list[same].number != s.number)
            same++;
        n += same == n;
        add_step(mem, &s, &list[same], e);
    }
    if (n > 1)
        qsort(list, (size_t)n, sizeof *list, by_number);
    for (int i = 0; i < n; i++) {
        const struct sqlc_file *f = any_file(&list[i]);

        if (f == NULL)
            continue;
        if (list[i].number != i + 1)
            sqlc_error(e, f, 1, "step %04d is missing: steps are numbered without gaps", i + 1);
        check_pair(&list[i], list[i].forward, "", f, e);
        check_pair(&list[i], list[i].back, ".back", f, e);
    }
    *out_n = n;
    return list;
}

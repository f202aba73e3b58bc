#include "sqlc.h"
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void sqlc_error(struct sqlc_errors *e, const struct sqlc_file *f, int line, const char *fmt, ...)
{
    char text[512];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    buf_fmt(&e->text, "%s:%d: %s\n", f->path, line, text);
    e->n++;
}

struct lexer {
    struct arena *mem;
    const struct sqlc_file *f;
    struct sqlc_dialect d;
    struct sqlc_errors *e;
    struct str s;
    size_t i;
    int line;
    int depth;
    struct sqlc_token *list;
    int n, room;
};

static char at(const struct lexer *l, size_t i)
{
    return i < l->s.n ? l->s.p[i] : '\0';
}

static bool is_start(char c)
{
    return isalpha((unsigned char)c) || c == '_';
}

static bool is_part(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* A token from byte `from` to byte `to`; the marks around it (skip bytes each side) left out. */
static void push(struct lexer *l, enum sqlc_token_kind kind, size_t from, size_t to, size_t head,
                 size_t tail)
{
    if (l->n == l->room) {
        const size_t was = sizeof *l->list * (size_t)l->room;

        l->room = l->room * 2 + 64;
        l->list = arena_grow(l->mem, l->list, was, sizeof *l->list * (size_t)l->room);
    }
    l->list[l->n++] = (struct sqlc_token){.kind = kind,
                                          .text = {l->s.p + from + head, to - from - head - tail},
                                          .line = l->line,
                                          .depth = l->depth};
    for (size_t k = from; k < to; k++)
        l->line += l->s.p[k] == '\n';
    l->i = to;
}

static void wrong(struct lexer *l, const char *what)
{
    sqlc_error(l->e, l->f, l->line, "%s", what);
}

/* 'it''s' or "name": the end past the closing quote. */
static void lex_quoted(struct lexer *l, char quote)
{
    const size_t from = l->i;
    size_t i = from + 1;

    for (;; i++) {
        if (i >= l->s.n) {
            wrong(l, "a quote is opened here and never closed");
            break;
        }
        if (at(l, i) == quote && at(l, i + 1) == quote) {
            i++;
        } else if (at(l, i) == quote) {
            i++;
            break;
        }
    }
    push(l, quote == '\'' ? SQLC_STRING : SQLC_QUOTED, from, i < l->s.n ? i : l->s.n, 0, 0);
}

static void lex_comment(struct lexer *l)
{
    const size_t from = l->i;
    size_t i = from + 2;

    if (at(l, from) == '-') {
        while (i < l->s.n && at(l, i) != '\n')
            i++;
    } else {
        while (i < l->s.n && !(at(l, i) == '*' && at(l, i + 1) == '/')) {
            if (at(l, i) == '/' && at(l, i + 1) == '*')
                wrong(l, "a comment inside a comment: PostgreSQL nests them, SQLite does not");
            i++;
        }
        if (i >= l->s.n)
            wrong(l, "a comment is opened here and never closed");
        i = i + 2 < l->s.n ? i + 2 : l->s.n;
    }
    push(l, SQLC_COMMENT, from, i, 0, 0);
}

static void lex_colon(struct lexer *l)
{
    const size_t from = l->i;
    size_t i = from + 1;

    if (at(l, i) == ':') {
        wrong(l, "'::' is a cast of PostgreSQL alone: write CAST(x AS type)");
        push(l, SQLC_OTHER, from, from + 2, 0, 0);
        return;
    }
    if (!is_start(at(l, i))) {
        wrong(l, "':' without a name of a parameter after it");
        push(l, SQLC_OTHER, from, from + 1, 0, 0);
        return;
    }
    while (is_part(at(l, i)))
        i++;
    push(l, SQLC_PARAM, from, i, 1, 0);
}

/* $$ body $$ in a schema file of PostgreSQL; elsewhere $ is an error. */
static void lex_dollar(struct lexer *l)
{
    const size_t from = l->i;
    const bool is_allowed = l->d.is_schema && l->d.engine == SQLC_POSTGRES;

    if (!is_allowed || at(l, from + 1) != '$') {
        wrong(l, "'$' is not portable: write parameters as :name");
        push(l, SQLC_OTHER, from, from + 1, 0, 0);
        return;
    }
    const char *end = memmem(l->s.p + from + 2, l->s.n - from - 2, "$$", 2);

    if (end == NULL)
        wrong(l, "$$ is opened here and never closed");
    push(l, SQLC_DOLLAR, from, end == NULL ? l->s.n : (size_t)(end - l->s.p) + 2, 0, 0);
}

static void lex_macro(struct lexer *l)
{
    const size_t from = l->i;
    size_t i = from + 2;

    while (isalpha((unsigned char)at(l, i)))
        i++;
    if (at(l, i) != '}' || at(l, i + 1) != '}' || !l->d.is_schema) {
        wrong(l, "'{{' stands only in schema files, as {{id}}");
        push(l, SQLC_OTHER, from, from + 2, 0, 0);
        return;
    }
    push(l, SQLC_MACRO, from, i + 2, 2, 2);
    if (!str_eq_z(l->list[l->n - 1].text, "id"))
        wrong(l, "unknown {{...}}: there is {{id}}");
}

static void lex_other(struct lexer *l)
{
    const char c = at(l, l->i);

    if (c == '?' && l->d.engine != SQLC_POSTGRES)
        wrong(l, "'?' is not allowed: write parameters as :name");
    else if (c == '`' || (c == '[' && l->d.engine != SQLC_POSTGRES))
        wrong(l, "quote names with \" (only SQLite knows this form)");
    else if ((c == '@' || c == '#') && l->d.engine != SQLC_POSTGRES)
        wrong(l, "not an operator of both engines: write parameters as :name");
    else if ((unsigned char)c >= 0x80)
        wrong(l, "letters with accents only between quotes");
    if (c == ')' && l->depth == 0)
        wrong(l, "')' without its '('");
    else if (c == ')')
        l->depth--;
    push(l, SQLC_OTHER, l->i, l->i + 1, 0, 0);
    if (c == '(')
        l->depth++;
}

static void lex_word(struct lexer *l)
{
    const size_t from = l->i;
    size_t i = from;

    while (is_part(at(l, i)))
        i++;
    if (at(l, i) == '\'' && i - from == 1 && l->d.engine != SQLC_POSTGRES)
        wrong(l, "a letter before a quote (x'..', e'..') does not mean the same on both engines");
    push(l, SQLC_WORD, from, i, 0, 0);
}

static void lex_number(struct lexer *l)
{
    const size_t from = l->i;
    size_t i = from;

    while (is_part(at(l, i)) || at(l, i) == '.' ||
           ((at(l, i) == '-' || at(l, i) == '+') && (at(l, i - 1) | 0x20) == 'e'))
        i++;
    push(l, SQLC_NUMBER, from, i, 0, 0);
}

static void lex_one(struct lexer *l)
{
    const char c = at(l, l->i), next = at(l, l->i + 1);
    size_t i = l->i;

    while (isspace((unsigned char)at(l, i)))
        i++;
    if (i > l->i)
        push(l, SQLC_SPACE, l->i, i, 0, 0);
    else if (c == '\'' || c == '"')
        lex_quoted(l, c);
    else if ((c == '-' && next == '-') || (c == '/' && next == '*'))
        lex_comment(l);
    else if (c == ':')
        lex_colon(l);
    else if (c == '$')
        lex_dollar(l);
    else if (c == '{' && next == '{')
        lex_macro(l);
    else if (is_start(c))
        lex_word(l);
    else if (isdigit((unsigned char)c))
        lex_number(l);
    else
        lex_other(l);
}

bool sqlc_is_word(const struct sqlc_token *t, const char *lower_case)
{
    return t->kind == SQLC_WORD && t->text.n == strlen(lower_case) &&
           strncasecmp(t->text.p, lower_case, t->text.n) == 0;
}

int sqlc_next(const struct sqlc_tokens *t, int i)
{
    while (i < t->n && (t->list[i].kind == SQLC_SPACE || t->list[i].kind == SQLC_COMMENT))
        i++;
    return i;
}

bool sqlc_is_name(struct str s)
{
    static const char *const words_of_c[] = {
        "auto",   "break",    "case",   "char",   "const",  "continue", "default", "do",
        "double", "else",     "enum",   "extern", "float",  "for",      "goto",    "if",
        "inline", "int",      "long",   "register", "restrict", "return", "short", "signed",
        "sizeof", "static",   "struct", "switch", "typedef", "union",   "unsigned", "void",
        "volatile", "while",  "bool",   "true",   "false"};

    if (s.n == 0 || s.n > 60 || s.p[0] < 'a' || s.p[0] > 'z')
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !(s.p[i] >= '0' && s.p[i] <= '9') && s.p[i] != '_')
            return false;
    for (int i = 0; i < ARRAY_LEN(words_of_c); i++)
        if (str_eq_z(s, words_of_c[i]))
            return false;
    return true;
}

/* Words that behave differently on the two engines, or that take a decision away from us. */
struct banned {
    const char *word;
    bool as_call; /* only when '(' follows */
    bool in_twins;
    const char *why;
};

static const struct banned banned[] = {
    {"like", false, true, "compare a folded column with = or a range, or use the search"},
    {"ilike", false, true, "compare a folded column with = or a range, or use the search"},
    {"glob", false, true, "compare a folded column with = or a range, or use the search"},
    {"regexp", false, true, "compare a folded column with = or a range, or use the search"},
    {"lower", true, true, "SQLite folds ASCII alone: keep a folded column (str_fold)"},
    {"upper", true, true, "SQLite folds ASCII alone: keep a folded column (str_fold)"},
    {"nocase", false, true, "SQLite folds ASCII alone: keep a folded column (str_fold)"},
    {"now", true, true, "there is one clock: pass the instant as a parameter"},
    {"datetime", true, true, "there is one clock: pass the instant as a parameter"},
    {"strftime", true, true, "there is one clock: pass the instant as a parameter"},
    {"julianday", true, true, "there is one clock: pass the instant as a parameter"},
    {"current_timestamp", false, true, "there is one clock: pass the instant as a parameter"},
    {"current_date", false, true, "there is one clock: pass the day as a parameter"},
    {"current_time", false, true, "there is one clock: pass the instant as a parameter"},
    {"random", true, true, "there is one source of randomness: pass the value as a parameter"},
    {"randomblob", true, true, "there is one source of randomness: pass the value"},
    {"autoincrement", false, true, "write {{id}}"},
    {"serial", false, true, "write {{id}}"},
    {"bigserial", false, true, "write {{id}}"},
    {"timestamptz", false, true, "instants are integers: UTC milliseconds"},
    {"pragma", false, true, "connections are set up by the store alone"},
    {"vacuum", false, true, "this belongs to the store"},
    {"attach", false, true, "this belongs to the store"},
    {"begin", false, false, "transactions belong to the router and to the store"},
    {"commit", false, true, "transactions belong to the router and to the store"},
    {"rollback", false, true, "transactions belong to the router and to the store"},
    {"savepoint", false, true, "transactions belong to the router and to the store"},
};

static void check_words(const struct lexer *l, const struct sqlc_tokens *t)
{
    for (int i = 0; i < t->n; i++) {
        const int next = sqlc_next(t, i + 1);
        const bool is_call = next < t->n && t->list[next].text.n == 1 &&
                             t->list[next].text.p[0] == '(';

        for (int k = 0; t->list[i].kind == SQLC_WORD && k < ARRAY_LEN(banned); k++)
            if (sqlc_is_word(&t->list[i], banned[k].word) && (is_call || !banned[k].as_call) &&
                (banned[k].in_twins || l->d.engine == SQLC_BOTH))
                sqlc_error(l->e, l->f, t->list[i].line, "'%.*s' is not allowed: %s",
                           (int)t->list[i].text.n, t->list[i].text.p, banned[k].why);
    }
}

struct sqlc_tokens sqlc_lex(struct arena *mem, const struct sqlc_file *f, struct sqlc_dialect d,
                            struct sqlc_errors *e)
{
    struct lexer l = {.mem = mem, .f = f, .d = d, .e = e, .s = f->text, .line = 1};

    if (!str_is_utf8(f->text)) {
        sqlc_error(e, f, 1, "not UTF-8, or a control character in it");
        return (struct sqlc_tokens){0};
    }
    while (l.i < l.s.n)
        lex_one(&l);
    if (l.depth > 0)
        sqlc_error(e, f, l.line, "%d '(' never closed", l.depth);
    const struct sqlc_tokens t = {l.list, l.n};

    check_words(&l, &t);
    return t;
}

/*
 * sqlc.h - the SQL compiler: a slice's sql/ and schema/ files become typed C.
 *
 * Input   texts in memory (sqlc.c reads the folder), so that tests and the fuzzer need no disk.
 * Rules   tools/README.md, section "SQL files". Whatever is wrong is told all at once, one line
 *         each: "file:line: what is wrong".
 * Pure    no database, no clock: same input, same output.
 */
#pragma once
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include <stdbool.h>

enum { SQLC_MAX_FIELDS = 64 }; /* DB_MAX_COLUMNS, DB_MAX_PARAMS in store/db.h */
enum sqlc_engine { SQLC_BOTH, SQLC_SQLITE, SQLC_POSTGRES };
enum sqlc_type { SQLC_INT, SQLC_REAL, SQLC_TEXT, SQLC_BLOB };
enum sqlc_gives { SQLC_NONE, SQLC_ONE, SQLC_MANY, SQLC_EACH };

/* One file as it was read; name is the last part of path ("comune.sqlite.sql"). */
struct sqlc_file {
    const char *path; /* as errors and #line name it */
    const char *name;
    struct str text;
};

/* Everything that was found wrong so far. */
struct sqlc_errors {
    struct buf text;
    int n;
};

void sqlc_error(struct sqlc_errors *e, const struct sqlc_file *f, int line, const char *fmt, ...)
    PRINTF_LIKE(4, 5);

enum sqlc_token_kind {
    SQLC_SPACE,
    SQLC_COMMENT,
    SQLC_STRING,  /* 'text' */
    SQLC_QUOTED,  /* "name" */
    SQLC_WORD,    /* keyword or name */
    SQLC_NUMBER,
    SQLC_PARAM,   /* :name */
    SQLC_MACRO,   /* {{id}} */
    SQLC_DOLLAR,  /* $$ ... $$, only in a schema file of PostgreSQL */
    SQLC_OTHER    /* one character */
};

struct sqlc_token {
    enum sqlc_token_kind kind;
    struct str text; /* for SQLC_PARAM and SQLC_MACRO without the marks */
    int line;
    int depth; /* of parentheses around it */
};

struct sqlc_tokens {
    struct sqlc_token *list;
    int n;
};

/* What a file may hold beyond the common words of both engines. */
struct sqlc_dialect {
    enum sqlc_engine engine;
    bool is_schema;
};

/* Splits a text; wrong forms are told and skipped. */
struct sqlc_tokens sqlc_lex(struct arena *mem, const struct sqlc_file *f, struct sqlc_dialect d,
                            struct sqlc_errors *e);
bool sqlc_is_word(const struct sqlc_token *t, const char *lower_case);
/* Index of the next token that is neither space nor comment at or after i; n at the end. */
int sqlc_next(const struct sqlc_tokens *t, int i);
/* A name of ours: [a-z][a-z0-9_]*, not a word of C. */
bool sqlc_is_name(struct str s);

struct sqlc_field {
    struct str name;
    enum sqlc_type type;
    bool is_nullable;
};

struct sqlc_query {
    const struct sqlc_file *file[3]; /* by enum sqlc_engine; SQLC_BOTH or the two twins */
    struct sqlc_tokens tokens[3];
    struct str name;
    struct sqlc_field *in, *out;
    int n_in, n_out;
    int line_in, line_out;
    enum sqlc_gives gives;
    bool writes;
};

/* All files under sql/: one query per name, twins put together, in the order of names. */
struct sqlc_query *sqlc_queries(struct arena *mem, const struct sqlc_file *files, int n_files,
                                struct sqlc_errors *e, int *out_n);

struct sqlc_migration {
    int number;
    struct str name;
    const struct sqlc_file *forward[3], *back[3]; /* by enum sqlc_engine */
    struct sqlc_tokens forward_tokens[3], back_tokens[3];
};

/* All files under schema/: numbered from 1 without gaps, each with its way back. */
struct sqlc_migration *sqlc_migrations(struct arena *mem, const struct sqlc_file *files,
                                       int n_files, struct sqlc_errors *e, int *out_n);

/* The text for one engine as C string literals, one per line: comments gone, parameters
 * numbered in the order of in[], {{id}} and the types of the other engine put in their place. */
void sqlc_emit_sql(struct buf *out, const struct sqlc_tokens *t, enum sqlc_engine engine,
                   bool is_twin, const struct sqlc_field *in, int n_in);

struct sqlc_slice {
    const char *name;
    const char *c_path, *h_name; /* for #line and #include */
    const struct sqlc_query *queries;
    int n_queries;
    const struct sqlc_migration *migrations;
    int n_migrations;
};

void sqlc_emit_header(struct buf *out, const struct sqlc_slice *s);
void sqlc_emit_code(struct buf *out, const struct sqlc_slice *s);

struct sqlc_input {
    const char *slice;
    const char *c_path, *h_name;
    const struct sqlc_file *sql, *schema;
    int n_sql, n_schema;
};

/* True: c and h hold the output. False: errors says why. */
bool sqlc_compile(struct arena *mem, const struct sqlc_input *in, struct buf *c, struct buf *h,
                  struct sqlc_errors *errors);

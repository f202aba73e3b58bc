/* Writes the header and the code of a slice. */
#include "sqlc.h"
#include <ctype.h>
#include <string.h>

static const char *const c_types[] = {"int64_t", "double", "struct str", "struct str"};
static const char *const db_types[] = {"DB_INT", "DB_REAL", "DB_TEXT", "DB_BLOB"};
static const char *const members[] = {"i", "r", "s", "s"};

static void put_name(struct buf *b, const struct sqlc_slice *s, const struct sqlc_query *q)
{
    buf_fmt(b, "%s_%.*s", s->name, (int)q->name.n, q->name.p);
}

static const struct sqlc_file *first_file(const struct sqlc_query *q)
{
    return q->file[SQLC_BOTH] != NULL ? q->file[SQLC_BOTH] : q->file[SQLC_SQLITE];
}

/* ---- header ---- */

static void put_struct(struct buf *b, const struct sqlc_slice *s, const struct sqlc_query *q,
                       const char *suffix, const struct sqlc_field *list, int n)
{
    buf_z(b, "struct ");
    put_name(b, s, q);
    buf_fmt(b, "_%s {\n", suffix);
    for (int i = 0; i < n; i++) {
        if (list[i].is_nullable)
            buf_fmt(b, "    bool has_%.*s;\n", (int)list[i].name.n, list[i].name.p);
        buf_fmt(b, "    %s %.*s;\n", c_types[list[i].type], (int)list[i].name.n, list[i].name.p);
    }
    buf_z(b, "};\n");
}

static void put_signature(struct buf *b, const struct sqlc_slice *s, const struct sqlc_query *q)
{
    buf_fmt(b, "enum status %s_sql_%.*s(struct ctx *c", s->name, (int)q->name.n, q->name.p);
    if (q->n_in > 0) {
        buf_z(b, ", const struct ");
        put_name(b, s, q);
        buf_z(b, "_in *in");
    }
    if (q->gives == SQLC_NONE) {
        buf_z(b, ", int64_t *n_changed)");
        return;
    }
    buf_z(b, q->gives == SQLC_EACH ? ", bool (*each)(void *, const struct " : ", struct ");
    put_name(b, s, q);
    buf_z(b, q->gives == SQLC_ONE    ? "_row *out)"
             : q->gives == SQLC_MANY ? "_row **out, int *n_out)"
                                     : "_row *), void *arg)");
}

static const char *const gives_words[] = {
    "n_changed may be NULL.", "ST_NOT_FOUND when there is none.",
    "All rows, in the arena; *out is NULL when there are none.",
    "Called once per row, which is gone after the call; false stops early."};

void sqlc_emit_header(struct buf *out, const struct sqlc_slice *s)
{
    buf_fmt(out, "/* %s - the queries and migrations of %s; made by tools/sqlc, not to be edited. */\n"
                 "#pragma once\n#include \"base/str.h\"\n#include \"store/ctx.h\"\n"
                 "#include \"store/db.h\"\n#include \"store/migrate.h\"\n#include <stdbool.h>\n"
                 "#include <stdint.h>\n\n", s->h_name, s->name);
    for (int i = 0; i < s->n_queries; i++) {
        const struct sqlc_query *q = &s->queries[i];
        struct str head = first_file(q)->text;

        head = str_trim(str_from(str_cut(&head, '\n'), 2));
        buf_z(out, "/* ");
        for (size_t k = 0; k < head.n; k++) /* no end of comment inside the comment */
            buf_char(out, head.p[k] == '*' || head.p[k] == '\\' ? ' ' : head.p[k]);
        buf_fmt(out, "\n * %s */\n", gives_words[q->gives]);
        if (q->n_in > 0)
            put_struct(out, s, q, "in", q->in, q->n_in);
        if (q->n_out > 0)
            put_struct(out, s, q, "row", q->out, q->n_out);
        put_signature(out, s, q);
        buf_z(out, ";\n\n");
    }
    buf_fmt(out, "/* Every statement, for the check that both engines accept them. */\n"
                 "extern const struct db_statement *const %s_statements[];\n"
                 "extern const struct migration %s_migrations[];\n"
                 "enum { %s_n_statements = %d, %s_n_migrations = %d };\n",
            s->name, s->name, s->name, s->n_queries, s->name, s->n_migrations);
}

/* ---- code ---- */

/* From here on the compiler speaks of the .sql file. */
static void line_of(struct buf *b, const struct sqlc_file *f, int line)
{
    buf_fmt(b, "#line %d \"%s\"\n", line, f->path);
}

/* From here on it speaks of the file being written. */
static void line_back(struct buf *b, const char *c_path)
{
    int n = 1;

    for (size_t i = 0; i < b->n; i++)
        n += b->p[i] == '\n';
    buf_fmt(b, "#line %d \"%s\"\n", n + 1, c_path);
}

static void put_types(struct buf *b, const struct sqlc_slice *s, const struct sqlc_query *q,
                      const char *what, const struct sqlc_field *list, int n)
{
    if (n == 0)
        return;
    buf_z(b, "static const enum db_type ");
    put_name(b, s, q);
    buf_fmt(b, "_%s[] = {", what);
    for (int i = 0; i < n; i++)
        buf_fmt(b, "%s%s%s", i == 0 ? "" : ", ", db_types[list[i].type],
                list[i].is_nullable ? " | DB_NULLABLE" : "");
    buf_z(b, "};\n");
}

static void put_statement(struct buf *b, const struct sqlc_slice *s, const struct sqlc_query *q)
{
    put_types(b, s, q, "params", q->in, q->n_in);
    put_types(b, s, q, "columns", q->out, q->n_out);
    buf_z(b, "static const struct db_statement ");
    put_name(b, s, q);
    buf_z(b, " = {\n    .name = \"");
    put_name(b, s, q);
    buf_z(b, "\",\n");
    for (enum sqlc_engine e = SQLC_SQLITE; e <= SQLC_POSTGRES; e++) {
        const bool is_twin = q->file[SQLC_BOTH] == NULL;

        buf_fmt(b, "    .%s =", e == SQLC_SQLITE ? "sqlite" : "postgres");
        sqlc_emit_sql(b, &q->tokens[is_twin ? e : SQLC_BOTH], e, is_twin, q->in, q->n_in);
        buf_z(b, ",\n");
    }
    if (q->n_in > 0) {
        buf_z(b, "    .params = ");
        put_name(b, s, q);
        buf_fmt(b, "_params,\n    .n_params = %d,\n", q->n_in);
    }
    if (q->n_out > 0) {
        buf_z(b, "    .columns = ");
        put_name(b, s, q);
        buf_fmt(b, "_columns,\n    .n_columns = %d,\n", q->n_out);
    }
    buf_fmt(b, "    .writes = %s};\n\n", q->writes ? "true" : "false");
}

static void put_read_row(struct buf *b, const struct sqlc_slice *s, const struct sqlc_query *q)
{
    buf_z(b, "static void ");
    put_name(b, s, q);
    buf_z(b, "_read(struct ");
    put_name(b, s, q);
    buf_z(b, "_row *row, const struct db_value *v)\n{\n    *row = (struct ");
    put_name(b, s, q);
    buf_z(b, "_row){");
    for (int i = 0; i < q->n_out; i++) {
        const struct sqlc_field *f = &q->out[i];

        if (f->is_nullable)
            buf_fmt(b, "%s.has_%.*s = !v[%d].is_null", i == 0 ? "" : ",\n        ", (int)f->name.n,
                    f->name.p, i);
        buf_fmt(b, "%s.%.*s = v[%d].%s", i == 0 && !f->is_nullable ? "" : ",\n        ",
                (int)f->name.n, f->name.p, i, members[f->type]);
    }
    buf_z(b, "};\n}\n\n");
}

static void put_one_row(struct buf *b, const struct sqlc_slice *s, const struct sqlc_query *q)
{
    buf_z(b, "static bool ");
    put_name(b, s, q);
    buf_z(b, "_take(void *arg, const struct db_value *v)\n{\n    ");
    put_name(b, s, q);
    buf_z(b, "_read(arg, v);\n    return false; /* one is enough */\n}\n\n");
}

static void put_more_rows(struct buf *b, const struct sqlc_slice *s, const struct sqlc_query *q)
{
    buf_z(b, "struct ");
    put_name(b, s, q);
    buf_z(b, "_list {\n    struct arena *mem;\n    struct ");
    put_name(b, s, q);
    buf_z(b, "_row *rows;\n    int n, room;\n};\n\nstatic bool ");
    put_name(b, s, q);
    buf_z(b, "_take(void *arg, const struct db_value *v)\n{\n    struct ");
    put_name(b, s, q);
    buf_z(b, "_list *l = arg;\n\n"
             "    if (l->n == l->room) {\n"
             "        const int room = l->room == 0 ? 16 : l->room * 2;\n\n"
             "        l->rows = arena_grow(l->mem, l->rows, sizeof *l->rows * (size_t)l->room,\n"
             "                             sizeof *l->rows * (size_t)room);\n"
             "        l->room = room;\n"
             "    }\n    ");
    put_name(b, s, q);
    buf_z(b, "_read(&l->rows[l->n++], v);\n    return true;\n}\n\n");
}

static void put_each_row(struct buf *b, const struct sqlc_slice *s, const struct sqlc_query *q)
{
    buf_z(b, "struct ");
    put_name(b, s, q);
    buf_z(b, "_caller {\n    bool (*each)(void *, const struct ");
    put_name(b, s, q);
    buf_z(b, "_row *);\n    void *arg;\n};\n\nstatic bool ");
    put_name(b, s, q);
    buf_z(b, "_take(void *arg, const struct db_value *v)\n{\n    const struct ");
    put_name(b, s, q);
    buf_z(b, "_caller *to = arg;\n    struct ");
    put_name(b, s, q);
    buf_z(b, "_row row;\n\n    ");
    put_name(b, s, q);
    buf_z(b, "_read(&row, v);\n    return to->each(to->arg, &row);\n}\n\n");
}

/* The values in the order of the parameters; a C error here names the line of In. */
static void put_params(struct buf *b, const struct sqlc_query *q)
{
    if (q->n_in == 0)
        return;
    buf_z(b, "    const struct db_value v[] = {");
    for (int i = 0; i < q->n_in; i++) {
        const struct sqlc_field *f = &q->in[i];

        buf_fmt(b, "%s{.type = %s, .%s = in->%.*s", i == 0 ? "" : ",\n        ", db_types[f->type],
                members[f->type], (int)f->name.n, f->name.p);
        if (f->is_nullable)
            buf_fmt(b, ", .is_null = !in->has_%.*s", (int)f->name.n, f->name.p);
        buf_z(b, "}");
    }
    buf_z(b, "};\n");
}

static void put_function(struct buf *b, const struct sqlc_slice *s, const struct sqlc_query *q)
{
    const char *params = q->n_in > 0 ? "v" : "NULL";

    put_signature(b, s, q);
    buf_z(b, "\n{\n");
    put_params(b, q);
    if (q->gives == SQLC_NONE) {
        buf_z(b, "\n    return db_run(c->tx, &");
        put_name(b, s, q);
        buf_fmt(b, ", %s, c->mem, NULL, NULL, n_changed);\n}\n\n", params);
        return;
    }
    if (q->gives == SQLC_EACH) {
        buf_z(b, "    struct ");
        put_name(b, s, q);
        buf_z(b, "_caller to = {each, arg};\n\n    return db_run(c->tx, &");
        put_name(b, s, q);
        buf_fmt(b, ", %s, NULL, ", params);
        put_name(b, s, q);
        buf_z(b, "_take, &to, NULL);\n}\n\n");
        return;
    }
    if (q->gives == SQLC_ONE) {
        buf_z(b, "    int64_t n_rows = 0;\n    const enum status st = db_run(c->tx, &");
        put_name(b, s, q);
        buf_fmt(b, ", %s, c->mem, ", params);
        put_name(b, s, q);
        buf_z(b, "_take, out, &n_rows);\n\n"
                 "    return st == ST_OK && n_rows == 0 ? ST_NOT_FOUND : st;\n}\n\n");
        return;
    }
    buf_z(b, "    struct ");
    put_name(b, s, q);
    buf_z(b, "_list l = {.mem = c->mem};\n    const enum status st = db_run(c->tx, &");
    put_name(b, s, q);
    buf_fmt(b, ", %s, c->mem, ", params);
    put_name(b, s, q);
    buf_z(b, "_take, &l, NULL);\n\n    *out = l.rows;\n    *n_out = l.n;\n    return st;\n}\n\n");
}

static void put_query(struct buf *b, const struct sqlc_slice *s, const struct sqlc_query *q)
{
    line_of(b, first_file(q), 1);
    put_statement(b, s, q);
    if (q->n_out > 0) {
        line_of(b, first_file(q), q->line_out);
        put_read_row(b, s, q);
        if (q->gives == SQLC_ONE)
            put_one_row(b, s, q);
        else if (q->gives == SQLC_MANY)
            put_more_rows(b, s, q);
        else
            put_each_row(b, s, q);
    }
    line_of(b, first_file(q), q->line_in > 0 ? q->line_in : 1);
    put_function(b, s, q);
    line_back(b, s->c_path);
}

static void put_step(struct buf *b, const char *member, const struct sqlc_file *const *file,
                     const struct sqlc_tokens *tokens)
{
    for (enum sqlc_engine e = SQLC_SQLITE; e <= SQLC_POSTGRES; e++) {
        const bool is_twin = file[SQLC_BOTH] == NULL;

        buf_fmt(b, "     .%s[%s] =", member, e == SQLC_SQLITE ? "DB_SQLITE" : "DB_POSTGRES");
        sqlc_emit_sql(b, &tokens[is_twin ? e : SQLC_BOTH], e, is_twin, NULL, 0);
        buf_z(b, ",\n");
    }
}

void sqlc_emit_code(struct buf *out, const struct sqlc_slice *s)
{
    buf_fmt(out, "/* made by tools/sqlc from sql/ and schema/ of %s, not to be edited. */\n"
                 "#include \"%s\"\n\n", s->name, s->h_name);
    for (int i = 0; i < s->n_queries; i++)
        put_query(out, s, &s->queries[i]);
    buf_fmt(out, "const struct db_statement *const %s_statements[] = {", s->name);
    for (int i = 0; i < s->n_queries; i++) {
        buf_z(out, "\n    &");
        put_name(out, s, &s->queries[i]);
        buf_char(out, ',');
    }
    buf_fmt(out, "%s};\n\nconst struct migration %s_migrations[] = {\n",
            s->n_queries == 0 ? "NULL" : "", s->name);
    for (int i = 0; i < s->n_migrations; i++) {
        const struct sqlc_migration *m = &s->migrations[i];

        buf_fmt(out, "    {.slice = \"%s\",\n     .number = %d,\n     .name = \"%.*s\",\n", s->name,
                m->number, (int)m->name.n, m->name.p);
        put_step(out, "forward", m->forward, m->forward_tokens);
        put_step(out, "back", m->back, m->back_tokens);
        buf_z(out, "    },\n");
    }
    buf_fmt(out, "%s};\n", s->n_migrations == 0 ? "    {0}\n" : "");
}

bool sqlc_compile(struct arena *mem, const struct sqlc_input *in, struct buf *c, struct buf *h,
                  struct sqlc_errors *errors)
{
    struct sqlc_slice s = {.name = in->slice, .c_path = in->c_path, .h_name = in->h_name};

    s.queries = sqlc_queries(mem, in->sql, in->n_sql, errors, &s.n_queries);
    s.migrations = sqlc_migrations(mem, in->schema, in->n_schema, errors, &s.n_migrations);
    if (errors->n > 0)
        return false;
    sqlc_emit_header(h, &s);
    sqlc_emit_code(c, &s);
    return true;
}

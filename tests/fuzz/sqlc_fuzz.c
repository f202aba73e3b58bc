/* Any bytes as a query, as a twin and as a schema: they compile, or they are refused in words. */
#include "base/arena.h"
#include "tools/sqlc/sqlc.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* Every literal of the C ends on its own line: a quote that got through unescaped would not. */
static void check_quotes(const struct buf *c)
{
    bool is_inside = false;

    for (size_t i = 0; i < c->n; i++) {
        if (is_inside && c->p[i] == '\\')
            i++;
        else if (c->p[i] == '"')
            is_inside = !is_inside;
        else if (is_inside && c->p[i] == '\n')
            abort();
    }
    if (is_inside)
        abort();
}

static void compile(struct arena *mem, const struct sqlc_file *sql, int n_sql,
                    const struct sqlc_file *schema, int n_schema)
{
    const struct sqlc_input in = {.slice = "fuzz", .c_path = "fuzz_sql.c", .h_name = "fuzz_sql.h",
                                  .sql = sql, .n_sql = n_sql, .schema = schema, .n_schema = n_schema};
    struct sqlc_errors errors = {.text = buf_new(mem, 256)};
    struct buf c = buf_new(mem, 256), h = buf_new(mem, 256);

    if (sqlc_compile(mem, &in, &c, &h, &errors)) {
        if (errors.n != 0)
            abort();
        check_quotes(&c);
    } else if (errors.n == 0 || errors.text.n == 0) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct arena *const mem = arena_new((size_t)256 << 20);
    const struct str text = {(const char *)data, size};
    const struct str half = str_head(text, size / 2), rest = str_from(text, size / 2);
    jmp_buf trap;

    if (setjmp(trap) == 0) {
        const struct sqlc_file query = {"sql/f.sql", "f.sql", text};
        const struct sqlc_file twins[] = {{"sql/f.postgres.sql", "f.postgres.sql", half},
                                          {"sql/f.sqlite.sql", "f.sqlite.sql", rest}};
        const struct sqlc_file steps[] = {{"schema/0001-f.back.sql", "0001-f.back.sql", rest},
                                          {"schema/0001-f.sql", "0001-f.sql", half}};
        const struct sqlc_file twin_step = {"schema/0001-f.postgres.sql", "0001-f.postgres.sql", text};

        arena_trap(mem, &trap);
        compile(mem, &query, 1, NULL, 0);
        compile(mem, twins, 2, NULL, 0);
        compile(mem, NULL, 0, steps, 2);
        compile(mem, NULL, 0, &twin_step, 1);
    }
    arena_free(mem);
    return 0;
}

/* sheets_test.c - lists as bodies keep them: what is read, mended, left. */
#include "base/buf.h"
#include "base/macros.h"
#include "base/xlsx_testing.h"
#include "sheets_private.h"
#include "tests/support/cases.h"
#include "tests/support/harness.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>

/* ---- hours ---- */

/* "\\n" in a case is a line end. */
static struct str with_lines(struct arena *mem, struct str s)
{
    struct buf b = buf_new(mem, s.n + 1);

    for (size_t i = 0; i < s.n; i++) {
        const bool is_end = s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == 'n';

        buf_char(&b, is_end ? '\n' : s.p[i]);
        i += is_end;
    }
    return buf_view(&b);
}

static enum status read_hours(struct ctx *c, void *arg)
{
    struct arena *mem = c->mem;
    struct sheets *s;
    struct cases x = cases_read(mem, "sheets/cases/hours.tsv");
    int *n_wrong = arg;

    ck_assert_int_eq(sheets_open(c, &s), ST_OK);
    for (int i = 0; i < x.n_rows; i++) {
        const struct str wanted = cases_cell(&x, i, "reads");
        struct sheet_cell_read cell = {.typed = with_lines(mem, cases_cell(&x, i, "typed"))}, meant = {.typed = wanted};
        const struct hours_rule *rules;
        int n = 0;

        sheets_hours(s, mem, &cell, &rules, &n);
        if (wanted.p[0] == '!') {
            if (cell.state != CELL_NOT_READ || !str_eq_z(str_from(wanted, 1), cell.key)) {
                fprintf(stderr, "%.*s: %s %.*s\n", (int)cell.typed.n, cell.typed.p, cell.key == NULL ? "read" : cell.key, (int)cell.text.n,
                        cell.text.p);
                ++*n_wrong;
            }
            continue;
        }
        sheets_hours(s, mem, &meant, &rules, &n);
        if (cell.text.n == 0 || !str_eq(cell.text, meant.text)) {
            fprintf(stderr, "%.*s: [%.*s] not [%.*s] %s\n", (int)cell.typed.n, cell.typed.p, (int)cell.text.n, cell.text.p, (int)meant.text.n,
                    meant.text.p, cell.key == NULL ? "" : cell.key);
            ++*n_wrong;
        }
    }
    return ST_OK;
}

START_TEST(test_sheets__hours_as_people_write_them)
{
    struct harness *h = harness_new();
    int n_wrong = 0;

    ck_assert_int_eq(harness_read(h, read_hours, &n_wrong), ST_OK);
    ck_assert_int_eq(n_wrong, 0);
    harness_free(h);
}
END_TEST

UNIT_MAIN("sheets", test_sheets__hours_as_people_write_them)

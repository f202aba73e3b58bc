/* csv_test.c - large files row by row: shapes, limits, what is wrong and where. */
#include "base/csv.h"
#include "base/buf.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

struct seen {
    struct arena *mem;
    int n, n_wrong, stop_at;
    int64_t line, wrong_line;
    const char *wrong;
    struct str name, city; /* of the last good row */
};

static bool on_row(void *arg, const struct csv_row *row)
{
    struct seen *s = arg;

    s->n++;
    if (row->wrong != NULL) {
        s->n_wrong++;
        s->wrong = row->wrong;
        s->wrong_line = row->line;
    } else {
        s->line = row->line;
        s->name = str_copy(s->mem, csv_cell(row, "name"));
        s->city = str_copy(s->mem, csv_cell(row, "city"));
    }
    return s->n != s->stop_at;
}

static const char *write_file(struct arena *mem, struct str bytes)
{
    char path[] = "/tmp/wecare-csv-XXXXXX";
    const int fd = mkstemp(path);

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, bytes.p, bytes.n), (ssize_t)bytes.n);
    close(fd);
    return str_fmt(mem, "%s", path).p;
}

static enum status read_bytes(struct seen *s, struct str bytes, struct csv_trouble *trouble)
{
    static const char *const needed[] = {"name"};
    const struct csv_options o = {.needed = needed, .n_needed = 1, .each = on_row, .arg = s};
    const char *path = write_file(s->mem, bytes);
    const enum status st = csv_read_file(s->mem, path, &o, trouble);

    unlink(path);
    return st;
}

#define READ(text)                                                                                 \
    struct seen s = {.mem = arena_new(0)};                                                         \
    struct csv_trouble trouble;                                                                    \
    const enum status st = read_bytes(&s, STR(text), &trouble)

START_TEST(test_csv__names_quotes_mark_and_line_ends)
{
    READ("\xEF\xBB\xBFname;city\r\n\r\n\"Rossi; \"\"il\r\nbello\"\"\"; Cuorgn\xC3\xA8 \r\nBianchi;Torino");
    ck_assert_int_eq(st, ST_OK);
    ck_assert_int_eq(s.n, 2);
    ck_assert(str_eq_z(s.name, "Bianchi") && str_eq_z(s.city, "Torino"));
    ck_assert_int_eq(s.line, 5); /* the blank line and the line inside the quotes count */
    arena_free(s.mem);
}
END_TEST

START_TEST(test_csv__a_wrong_row_is_told_and_reading_goes_on)
{
    READ("name,city\na,b\nc,d,e\n\xC3\x28,x\ng,h\n");
    ck_assert_int_eq(st, ST_OK);
    ck_assert_int_eq(s.n, 4);
    ck_assert_int_eq(s.n_wrong, 2);
    ck_assert_str_eq(s.wrong, "base.csv-not-utf8");
    ck_assert_int_eq(s.wrong_line, 4);
    ck_assert(str_eq_z(s.name, "g"));
    arena_free(s.mem);
}
END_TEST

START_TEST(test_csv__what_ends_the_reading)
{
    static const struct {
        struct str text;
        const char *key;
        int64_t line;
    } cases[] = {
        {STR(""), "base.csv-empty", 1},
        {STR("name,name\nx,y\n"), "base.csv-name-twice", 1},
        {STR("city\nx\n"), "base.csv-no-column", 1},
        {STR("name\n\"x\n"), "base.csv-quote-open", 2},
        {STR("name\na\nx\"y\n"), "base.csv-quote", 3},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct seen s = {.mem = arena_new(0)};
        struct csv_trouble t;

        ck_assert_int_eq(read_bytes(&s, cases[i].text, &t), ST_INVALID);
        ck_assert_str_eq(t.key, cases[i].key);
        ck_assert_int_eq(t.line, cases[i].line);
        ck_assert(text_has(LANG_IT, t.key) && text_has(LANG_EN, t.key));
        arena_free(s.mem);
    }
}
END_TEST

static void fill(struct buf *b, char c, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_char(b, c);
}

START_TEST(test_csv__a_row_past_its_limit)
{
    struct seen s = {.mem = arena_new(0)};
    struct csv_trouble t;
    struct buf b = buf_new(s.mem, 4 << 20);

    buf_z(&b, "name\nfirst\n\"");
    fill(&b, 'x', 3 << 20);
    ck_assert_int_eq(read_bytes(&s, buf_view(&b), &t), ST_INVALID);
    ck_assert_str_eq(t.key, "base.csv-quote-open"); /* which is why the row has no end */
    ck_assert_int_eq(s.n, 1);
    b.n = strlen("name\nfirst\n");
    fill(&b, 'x', 3 << 20);
    ck_assert_int_eq(read_bytes(&s, buf_view(&b), &t), ST_INVALID);
    ck_assert_str_eq(t.key, "base.csv-row-too-long");
    ck_assert_int_eq((int)t.line, 3);
    arena_free(s.mem);
}
END_TEST

START_TEST(test_csv__columns_past_their_limit)
{
    struct seen s = {.mem = arena_new(0)};
    struct csv_trouble t;
    struct buf b = buf_new(s.mem, 8192);

    buf_z(&b, "name");
    for (int i = 0; i < 500; i++)
        buf_fmt(&b, ",c%d", i);
    buf_z(&b, "\nx\n");
    ck_assert_int_eq(read_bytes(&s, buf_view(&b), &t), ST_INVALID);
    ck_assert_str_eq(t.key, "base.csv-too-many-columns");
    arena_free(s.mem);
}
END_TEST

START_TEST(test_csv__memory_does_not_grow_with_the_file)
{
    struct seen s = {.mem = arena_new(0)};
    struct csv_trouble t;
    struct rusage before, after;
    char path[] = "/tmp/wecare-csv-XXXXXX";
    const int fd = mkstemp(path);
    FILE *f = fdopen(fd, "w");
    struct seen last = s;

    fputs("name,city\n", f);
    for (int i = 0; i < 1000000; i++)
        fprintf(f, "Comune numero %d,Provincia di qualche parte\n", i);
    fclose(f);
    getrusage(RUSAGE_SELF, &before);
    last.mem = arena_new(64 << 20); /* names of the last row are copied: 40 MB over a million rows */
    const struct csv_options o = {.each = on_row, .arg = &last};

    ck_assert_int_eq(csv_read_file(s.mem, path, &o, &t), ST_OK);
    getrusage(RUSAGE_SELF, &after);
    unlink(path);
    ck_assert_int_eq(last.n, 1000000);
    ck_assert_int_eq(last.line, 1000001);
    ck_assert_uint_lt(arena_used(s.mem), 512 * 1024);
    arena_free(last.mem);
    arena_free(s.mem);
}
END_TEST

START_TEST(test_csv__reading_stops_when_told)
{
    struct seen s = {.mem = arena_new(0), .stop_at = 2};
    struct csv_trouble t;

    ck_assert_int_eq(read_bytes(&s, STR("name\na\nb\nc\n\"never looked at"), &t), ST_OK);
    ck_assert_int_eq(s.n, 2);
    const struct csv_options o = {.each = on_row, .arg = &s};

    ck_assert_int_eq(csv_read_file(s.mem, "/nowhere/at/all.csv", &o, &t), ST_NOT_FOUND);
    arena_free(s.mem);
}
END_TEST

UNIT_MAIN("csv", test_csv__names_quotes_mark_and_line_ends, test_csv__a_wrong_row_is_told_and_reading_goes_on, test_csv__what_ends_the_reading,
          test_csv__a_row_past_its_limit, test_csv__columns_past_their_limit, test_csv__memory_does_not_grow_with_the_file,
          test_csv__reading_stops_when_told)

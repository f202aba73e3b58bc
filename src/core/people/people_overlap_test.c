/* people_overlap_test.c - which events are the same help twice, whatever the order; rows that are not fit; limits of files. */
#include "base/sheet.h"
#include "people_eval.h"
#include "people_overlap.h"
#include "people_testing.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { SEEN = 8 };

struct seen {
    int64_t lines[SEEN];
    const char *why[SEEN];
    int n;
};

static void on_refused(void *arg, struct people_refused r)
{
    struct seen *s = arg;

    if (s->n < SEEN) {
        s->lines[s->n] = r.line;
        s->why[s->n] = r.why;
    }
    s->n++;
}

static const char *put(struct arena *mem, const char *text)
{
    char path[] = "/tmp/wecare-overlap-XXXXXX";
    const int fd = mkstemp(path);

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    return str_fmt(mem, "%s", path).p;
}

/* Two persons: a and b are one, c another; a of the caritas, b of the croce, c of the croce. */
static struct people_set *three(struct arena *mem)
{
    struct people_set *set = people_set_new(mem, 2026);
    struct str twice;
    static const char *const ids[] = {"a", "b", "c"}, *const bodies[] = {"caritas", "croce", "croce"};

    for (int i = 0; i < 3; i++) {
        const struct people_raw raw = {.id = str_of(ids[i]), .source = str_of(bodies[i])};

        people_set_add(set, &raw);
    }
    ck_assert_int_eq(people_set_seal(set, &twice), ST_OK);
    return set;
}

static const uint32_t persons[] = {0, 0, 2};

static const char *found(struct arena *mem, const char *events, int days, const char *except, struct seen *seen)
{
    const char *file = put(mem, events);
    const struct people_overlap_options o = {
        .set = three(mem), .cluster = persons, .days = days, .except = str_of(except), .refuse = on_refused, .arg = seen};
    struct people_overlaps out;
    struct buf b = buf_new(mem, 256);
    struct str why = {"", 0};

    *seen = (struct seen){0};
    const enum status st = people_overlaps_find(mem, file, &o, &out, &why);

    unlink(file);
    if (st != ST_OK)
        return str_z(mem, why);
    people_overlaps_write(&b, &out);
    return str_z(mem, buf_view(&b)) + strlen("event_a,event_b,service\n");
}

START_TEST(test_overlap__same_person_same_service_other_body_within_days)
{
    struct arena *mem = arena_new(0);
    struct seen seen;

    ck_assert_str_eq(found(mem,
                           "event_id,rec_id,body,service,date\n"
                           "5,b,croce,borsa,2026-03-01\n"
                           "1,a,caritas,borsa,2026-01-30\n" /* 30 days before: still */
                           "2,a,caritas,borsa,2026-01-29\n" /* 31: no more */
                           "3,c,croce,borsa,2026-03-01\n"   /* somebody else */
                           "4,a,caritas,vestiti,2026-03-01\n"
                           "6,b,croce,borsa,2026-03-02\n" /* the same body as 5 */
                           "7,a,caritas,pasto,2026-03-02\n"
                           "8,b,croce,pasto,2026-03-02\n",
                           30, "pasto", &seen),
                     "\"1\",\"5\",\"borsa\"\n");
    ck_assert_int_eq(seen.n, 0);
    ck_assert_str_eq(found(mem, "evento,scheda,servizio,data\nx,a,pasto,2026-03-02\ny,c,pasto,2026-03-02\n", 30, "", &seen), "");
    ck_assert_str_eq(found(mem, "evento,scheda,servizio,data\nx,b,pasto,2026-03-02\ny,a,pasto,2026-03-02\n", 0, "borsa, vestiti", &seen),
                     "\"x\",\"y\",\"pasto\"\n"); /* the bodies are those of the records */
    ck_assert_str_eq(found(mem, "evento,scheda,servizio,data\nx,b,pasto,2026-03-02\ny,a,pasto,2026-03-02\n", 0, "borsa, pasto", &seen), "");
    arena_free(mem);
}
END_TEST

START_TEST(test_overlap__rows_that_are_not_fit_are_named)
{
    static const int64_t lines[] = {3, 4, 5, 6, 7};
    static const char *const why[] = {"the record is not in the file of records", "the date is not a day written as 2026-01-31",
                                      "this event was there before", "the event, the record or the service is missing", NULL};
    struct arena *mem = arena_new(0);
    struct seen seen;

    ck_assert_str_eq(found(mem,
                           "event_id,rec_id,body,service,date\n"
                           "1,a,caritas,borsa,2026-03-01\n"
                           "2,nobody,caritas,borsa,2026-03-01\n"
                           "3,a,caritas,borsa,2026-02-30\n"
                           "1,b,croce,borsa,2026-03-01\n"
                           "4,b,croce,,2026-03-01\n"
                           "5,b,croce,borsa,2026-03-01,and,more\n"
                           "6,b,croce,borsa,2026-03-02\n",
                           30, "", &seen),
                     "\"1\",\"6\",\"borsa\"\n");
    ck_assert_int_eq(seen.n, 5);
    for (int i = 0; i < 5; i++)
        ck_assert_msg(seen.lines[i] == lines[i] && (why[i] == NULL || strcmp(seen.why[i], why[i]) == 0), "%d: row %lld, %s", i, (long long)seen.lines[i],
                      seen.why[i]);
    ck_assert_str_eq(found(mem, "event_id,rec_id,body,date\n1,a,x,2026-01-01\n", 30, "", &seen), "there is no column service");
    ck_assert(strncmp(found(mem, "event_id,rec_id,service,date\n\"1,a,x,2026-01-01\n", 30, "", &seen), "row 2:", 6) == 0);
    arena_free(mem);
}
END_TEST

START_TEST(test_overlap__pairs_that_are_known_judge)
{
    struct arena *mem = arena_new(0);
    struct people_overlap list[] = {{STR("1"), STR("2"), STR("s")}, {STR("1"), STR("3"), STR("s")}, {STR("4"), STR("5"), STR("s")}};
    const struct people_overlaps o = {.list = list, .n = 3};
    struct people_overlap_quality q;
    struct str why;
    const char *truth = put(mem, "event_a,event_b\n2,1\n1,2\n5,4\n8,9\n7,9\n"), *other = put(mem, "a,b\n1,2\n");

    ck_assert_int_eq(people_overlaps_judge(mem, truth, &o, &q, &why), ST_OK);
    ck_assert_uint_eq(q.n_true, 4); /* 1 and 2 are said twice */
    ck_assert_uint_eq(q.n_right, 2);
    ck_assert(q.precision > .66 && q.precision < .67 && q.recall == .5);
    ck_assert_int_eq(people_overlaps_judge(mem, other, &o, &q, &why), ST_INVALID);
    ck_assert_int_eq(people_overlaps_judge(mem, "/nowhere/at/all", &o, &q, &why), ST_NOT_FOUND);
    unlink(truth);
    unlink(other);
    arena_free(mem);
}
END_TEST

/* ---- files that are no files of records ---- */

enum kind { ENDLESS_LINE, SHORT_ROWS, ZEROS, OPEN_QUOTE, COLUMNS, TOO_MANY_CELLS, SAYS_NOTHING };

/* About n bytes of one kind of trouble. */
static const char *made(struct arena *mem, enum kind kind, size_t n)
{
    char path[] = "/tmp/wecare-limits-XXXXXX";
    const int fd = mkstemp(path);
    FILE *f = fdopen(fd, "wb");
    static char piece[65536];
    size_t done = 0;

    ck_assert_ptr_nonnull(f);
    memset(piece, kind == ZEROS ? 0 : 'x', sizeof piece);
    if (kind == ENDLESS_LINE || kind == OPEN_QUOTE)
        fputs("rec_id,surname\n1,Rossi\n2,", f);
    if (kind == OPEN_QUOTE)
        fputc('"', f);
    if (kind == SHORT_ROWS || kind == TOO_MANY_CELLS || kind == SAYS_NOTHING)
        fputs("rec_id,surname\n", f);
    n = kind == COLUMNS && n > 600000 ? 600000 : n; /* 67,000 columns in less than a row's most bytes */
    while (done < n)
        if (kind == SHORT_ROWS || kind == TOO_MANY_CELLS || kind == SAYS_NOTHING)
            done += (size_t)fprintf(f, kind == SHORT_ROWS ? "%zu,R\n" : kind == TOO_MANY_CELLS ? "%zu,R,x,y,z\n" : "%zu,\n", done);
        else if (kind == COLUMNS)
            done += (size_t)fprintf(f, "c%zu,", done);
        else
            done += fwrite(piece, 1, sizeof piece, f);
    fputc('\n', f);
    fclose(f);
    return str_fmt(mem, "%s", path).p;
}

static enum status read_made(struct arena *mem, enum kind kind, size_t n, struct seen *seen, struct people_read *read, struct str *why)
{
    const char *path = made(mem, kind, n);
    const struct people_reading o = {.latest_year = 2026, .most = 1000, .refuse = on_refused, .arg = seen};

    *seen = (struct seen){0};
    const enum status st = people_read_file(mem, path, &o, read, why);

    unlink(path);
    return st;
}

START_TEST(test_limits__a_file_that_is_none_is_answered_by_row)
{
    static const struct {
        enum kind kind;
        enum status st;
        const char *why;
    } known[] = {{ENDLESS_LINE, ST_INVALID, "row 3: The row is longer than 1 MB."},
                 {ZEROS, ST_INVALID, "row 1: The row is longer than 1 MB."},
                 {OPEN_QUOTE, ST_INVALID, "row 3: A quote is not closed."},
                 {COLUMNS, ST_INVALID, "row 1: There are more than 500 columns."},
                 {SHORT_ROWS, ST_TOO_LARGE, "row 1002: more than 1000 records; part the file"}};
    struct arena *mem = arena_new(0);
    struct people_read read;
    struct seen seen;
    struct str why = {"", 0};

    for (int i = 0; i < ARRAY_LEN(known); i++) {
        ck_assert_int_eq(read_made(mem, known[i].kind, 4 << 20, &seen, &read, &why), known[i].st);
        ck_assert_msg(str_starts(why, str_of(known[i].why)), "%d: %.*s", i, (int)why.n, why.p);
    }
    arena_free(mem);
}
END_TEST

START_TEST(test_limits__memory_does_not_grow_with_rows_that_are_left_out)
{
    struct arena *mem = arena_new(0);
    struct people_read read;
    struct seen seen;
    struct str why = {"", 0};
    struct rusage before, after;

    ck_assert_int_eq(read_made(mem, TOO_MANY_CELLS, 1 << 20, &seen, &read, &why), ST_OK);
    getrusage(RUSAGE_SELF, &before);
    ck_assert_int_eq(read_made(mem, TOO_MANY_CELLS, 32 << 20, &seen, &read, &why), ST_OK);
    ck_assert(read.n_rows == read.n_refused && read.n_rows > 2000000 && people_set_count(read.set) == 0);
    ck_assert(seen.n == read.n_refused && seen.lines[0] == 2 && strcmp(seen.why[0], "The row has more cells than the first row has names.") == 0);
    ck_assert_int_eq(read_made(mem, SAYS_NOTHING, 16 << 20, &seen, &read, &why), ST_OK);
    ck_assert(read.n_rows == read.n_refused && seen.lines[0] == 2);
    getrusage(RUSAGE_SELF, &after);
    ck_assert_msg(after.ru_maxrss - before.ru_maxrss < 32 * 1024, "%ld kB more", after.ru_maxrss - before.ru_maxrss);
    arena_free(mem);
}
END_TEST

UNIT_MAIN("people_overlap", test_overlap__same_person_same_service_other_body_within_days, test_overlap__rows_that_are_not_fit_are_named,
          test_overlap__pairs_that_are_known_judge, test_limits__a_file_that_is_none_is_answered_by_row,
          test_limits__memory_does_not_grow_with_rows_that_are_left_out)

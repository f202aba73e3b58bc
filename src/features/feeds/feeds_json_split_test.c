/* feeds_json_split_test.c - entries of any JSON file one by one; what is no JSON ends at once, in words. */
#include "feeds_json_split.h"
#include "base/buf.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

struct seen {
    struct arena *mem;
    struct buf names; /* "name " of each good entry, "!key " of each bad one, "<member>" before it */
    int64_t n, last_row;
    int n_envelopes, stop_at;
    struct feeds_json_trouble trouble;
    enum status st;
};

static bool on_item(void *arg, const struct feeds_json_item *item)
{
    struct seen *s = arg;

    if (item->is_envelope) {
        s->n_envelopes++;
        return true;
    }
    s->n++;
    s->last_row = item->row;
    if (s->n > 50)
        return true;
    if (item->member.n > 0)
        buf_fmt(&s->names, "<%.*s>", (int)item->member.n, item->member.p);
    if (item->wrong != NULL)
        buf_fmt(&s->names, "!%s ", item->wrong);
    else
        buf_fmt(&s->names, "%s ", json_is_object(item->tree) ? json_string_value(json_object_get(item->tree, "n")) : "?");
    return s->n != s->stop_at;
}

static struct seen split(struct str bytes)
{
    struct seen s = {.mem = arena_new(0)};

    s.names = buf_new(s.mem, 64);
    s.st = feeds_json_split(s.mem, &(struct feeds_json_options){.fd = -1, .bytes = bytes, .each = on_item, .arg = &s}, &s.trouble);
    buf_char(&s.names, '\0');
    return s;
}

static void gives(const char *text, const char *names)
{
    struct seen s = split(str_of(text));

    ck_assert_msg(s.st == ST_OK, "%s: %s %.*s", text, s.trouble.key, (int)s.trouble.value.n, s.trouble.value.p);
    ck_assert_str_eq(s.names.p, names);
    arena_free(s.mem);
}

static void is_refused(struct str text, const char *key)
{
    struct seen s = split(text);

    ck_assert_msg(s.st == ST_INVALID, "%.40s is taken", text.p);
    ck_assert_msg(strcmp(s.trouble.key, key) == 0, "%.40s: %s, not %s", text.p, s.trouble.key, key);
    arena_free(s.mem);
}

START_TEST(test_split__every_shape_of_a_feed)
{
    gives("[{\"n\":\"a\"},{\"n\":\"b\"}]", "a b ");
    gives("{\"n\":\"one\",\"phones\":[{\"n\":\"inside\"}]}", "one ");
    gives("{\"n\":\"a\"}\n{\"n\":\"b\"}\n\n{\"n\":\"c\"}\n", "a b c ");
    gives("{\"total_items\":2,\"contents\":[{\"n\":\"a\"},{\"n\":\"b\"}],\"empty\":false}", "<contents>a <contents>b ");
    gives("{\"services.csv\":[{\"n\":\"a\"}],\"phones.csv\":[{\"n\":\"b\"}]}", "<services.csv>a <phones.csv>b ");
    gives("\xEF\xBB\xBF [ { \"n\" : \"a\" } ] ", "a ");
    gives("[]", "");
    gives("{\"contents\":[]}", "");
    gives("[{\"n\":\"a ] } , \\\" [ \\\\\"},{\"n\":\"b\"}]", "a ] } , \" [ \\ b ");
    gives("[1,\"two\",null,[3]]", "? ? ? ? ");
}
END_TEST

START_TEST(test_split__a_bad_entry_is_named_and_reading_goes_on)
{
    gives("[{\"n\":\"a\",\"n\":\"b\"},{\"n\":\"c\"}]", "!feeds.json-name-twice c ");
    gives("[{\"n\":\"\xff\"},{\"n\":\"c\"}]", "!feeds.json-not-utf8 c ");
    gives("[{\"n\":\"\\u0000\"},{\"n\":\"c\"}]", "!feeds.json-nul c ");
    gives("[{\"n\" \"x\"},{\"n\":\"c\"}]", "!feeds.json-broken c ");
    gives("[{\"n\":1e999},{\"n\":\"c\"}]", "!feeds.json-number c ");
}
END_TEST

START_TEST(test_split__what_is_no_feed_is_refused)
{
    is_refused(STR(""), "feeds.json-empty");
    is_refused(STR("  \n "), "feeds.json-empty");
    is_refused(STR("<html>"), "feeds.json-not");
    is_refused(STR("id,name\n"), "feeds.json-not");
    is_refused(STR("[{\"n\":\"a\"}"), "feeds.json-ends");
    is_refused(STR("[{\"n\":\"a"), "feeds.json-ends");
    is_refused(STR("{\"contents\":[{\"n\":\"a\"}"), "feeds.json-ends");
    is_refused(STR("{\"n\":\"a\""), "feeds.json-ends");
    is_refused(STR("[{\"n\":\"a\"} {\"n\":\"b\"}]"), "feeds.json-broken");
    is_refused(STR("[{\"n\":\"a\"},]"), "feeds.json-broken");
    is_refused(STR("{\"n\" \"a\"}"), "feeds.json-broken");
    is_refused(STR("{\"n\":\"a\",}"), "feeds.json-broken");
    is_refused(STR("[{\"n\":\"a\"}] more"), "feeds.json-after");
    is_refused(STR("{\"n\":\"a\"} more"), "feeds.json-after");
    is_refused(STR("\xFF\xFE{\0}\0"), "feeds.json-utf16");
}
END_TEST

START_TEST(test_split__limits_hold)
{
    struct arena *mem = arena_new(0);
    struct buf deep = buf_new(mem, 1024), gap = buf_new(mem, 1024), fine = buf_new(mem, 1024);

    buf_z(&deep, "[");
    for (int i = 0; i <= FEEDS_JSON_MAX_DEPTH; i++)
        buf_z(&deep, "[");
    is_refused(buf_view(&deep), "feeds.json-too-deep");
    buf_z(&gap, "[1,");
    for (int i = 0; i <= FEEDS_JSON_MAX_GAP; i++)
        buf_char(&gap, ' ');
    buf_z(&gap, "2]");
    is_refused(buf_view(&gap), "feeds.json-gap");
    buf_z(&fine, "[\"");
    for (int i = 0; i < FEEDS_JSON_MAX_BYTES - 2; i++)
        buf_char(&fine, 'x');
    buf_z(&fine, "\",1]");
    struct seen s = split(buf_view(&fine));

    ck_assert_int_eq(s.st, ST_OK);
    ck_assert_int_eq(s.n, 2);
    arena_free(s.mem);
    fine.n = 0;
    buf_z(&fine, "[\"");
    for (int i = 0; i < FEEDS_JSON_MAX_BYTES - 1; i++)
        buf_char(&fine, 'x');
    buf_z(&fine, "\"]");
    is_refused(buf_view(&fine), "feeds.json-too-long");
    arena_free(mem);
}
END_TEST

/* The address sanitizer keeps what was freed for a while. */
#ifdef __SANITIZE_ADDRESS__
enum { MORE_KB = 512 * 1024 };
#else
enum { MORE_KB = 64 * 1024 };
#endif

static long peak_kb(void)
{
    struct rusage u;

    getrusage(RUSAGE_SELF, &u);
    return u.ru_maxrss;
}

/* Sixty megabytes of entries, and one line of a gigabyte that is refused when 8 MB of it were read. */
START_TEST(test_split__memory_does_not_grow_and_long_lines_end_at_once)
{
    struct seen s = {.mem = arena_new(0), .stop_at = -1};
    int ends[2];
    const long before = peak_kb();
    static char line[65536];

    s.names = buf_new(s.mem, 64);
    ck_assert_int_eq(pipe(ends), 0);
    if (fork() == 0) {
        close(ends[0]);
        memset(line, 'x', sizeof line);
        memcpy(line, "{\"n\":\"", 6);
        memcpy(line + sizeof line - 4, "\"},\n", 4);
        bool is_well = write(ends[1], "[", 1) == 1;

        for (int i = 0; i < 900 && is_well; i++)
            is_well = write(ends[1], line, sizeof line) == (ssize_t)sizeof line;
        memset(line, 'y', sizeof line);
        is_well = is_well && write(ends[1], "\"", 1) == 1;
        for (int i = 0; i < 16384 && is_well; i++)
            is_well = write(ends[1], line, sizeof line) == (ssize_t)sizeof line;
        _exit(0); /* the reader has long gone */
    }
    close(ends[1]);
    const int64_t from = clock_mono_us();

    s.st = feeds_json_split(s.mem, &(struct feeds_json_options){.fd = ends[0], .each = on_item, .arg = &s}, &s.trouble);
    close(ends[0]);
    ck_assert_int_eq(s.st, ST_INVALID);
    ck_assert_str_eq(s.trouble.key, "feeds.json-too-long");
    ck_assert_int_eq(s.n, 900);
    ck_assert_int_eq(s.trouble.row, 901);
    ck_assert_msg(peak_kb() - before < MORE_KB, "%ld KB more", peak_kb() - before);
    printf("# 60 MB and the first 8 MB of a long line: %lld ms\n", (long long)(clock_mono_us() - from) / 1000);
    arena_free(s.mem);
}
END_TEST

START_TEST(test_split__stops_when_told)
{
    struct seen s = {.mem = arena_new(0), .stop_at = 2};

    s.names = buf_new(s.mem, 64);
    s.st = feeds_json_split(s.mem, &(struct feeds_json_options){.fd = -1, .bytes = STR("[{},{},{},oops"), .each = on_item, .arg = &s}, &s.trouble);
    ck_assert_int_eq(s.st, ST_OK);
    ck_assert_int_eq(s.n, 2);
    arena_free(s.mem);
}
END_TEST

UNIT_MAIN("feeds_json_split", test_split__every_shape_of_a_feed, test_split__a_bad_entry_is_named_and_reading_goes_on,
          test_split__what_is_no_feed_is_refused, test_split__limits_hold,
          test_split__memory_does_not_grow_and_long_lines_end_at_once, test_split__stops_when_told)

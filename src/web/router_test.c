#include "base/macros.h"
#include "unit.h"
#include "web/router.h"
#include <string.h>

static enum status handler(struct web *w)
{
    (void)w;
    return ST_OK;
}

static enum status build(struct arena *to, const struct route *rows, int n,
                         const struct menu_entry *menu, int n_menu, struct router **out,
                         struct str *why)
{
    const struct feature tiny = {
        .name = "tiny", .routes = rows, .n_routes = n, .menu = menu, .n_menu = n_menu};
    const struct feature *const list[] = {&tiny};

    *why = STR("");
    return router_new(to, list, 1, out, why);
}

#define FULL(m, p)                                                                                 \
    {                                                                                              \
        m, p, handler, ANYONE, m == POST ? TX_WRITE : TX_READ, CACHE_NEVER, COST_PAGE, "public",   \
            "thing", "view"                                                                        \
    }
static const struct route good[] = {
    FULL(GET, "/"),
    FULL(GET, "/a"),
    FULL(POST, "/a"),
    FULL(GET, "/a/:x"),
    FULL(GET, "/a/fixed"),
    FULL(GET, "/a/:x/c"),
    FULL(GET, "/a/fixed/d"),
    FULL(POST, "/b/:x/:y_z"),
    FULL(GET, "/dati/a.csv"),
    {POST, "/api/ask", handler, ANYONE, TX_READ, CACHE_NEVER, COST_SEARCH, "public", "thing",
     "view"},
};

static struct arena *mem;

static int find(const struct router *r, const char *path, struct router_match *m)
{
    struct target t;

    ck_assert_int_eq(target_read(mem, str_of(path), &t), ST_OK);
    if (!router_find(r, t.segments, t.n_segments, m))
        return -1;
    return m->route[GET] != NULL ? m->index[GET] : m->index[POST];
}

START_TEST(test_router__a_word_wins_and_the_search_goes_back)
{
    struct router *r;
    struct router_match m;
    struct str why;

    mem = arena_new(0);
    ck_assert_int_eq(build(mem, good, ARRAY_LEN(good), NULL, 0, &r, &why), ST_OK);
    ck_assert_int_eq(find(r, "/", &m), 0);
    ck_assert_int_eq(find(r, "/a", &m), 1);
    ck_assert_ptr_nonnull(m.route[POST]);
    ck_assert_int_eq(find(r, "/a/z", &m), 3);
    ck_assert(str_eq_z(m.values[0], "z"));
    ck_assert_int_eq(find(r, "/a/fixed", &m), 4);
    ck_assert_int_eq(find(r, "/a/fixed/c", &m), 5); /* /a/fixed leads nowhere, /a/:x does */
    ck_assert(str_eq_z(m.values[0], "fixed"));
    ck_assert_int_eq(find(r, "/a/fixed/d", &m), 6);
    ck_assert_int_eq(find(r, "/b/1/2", &m), 7);
    ck_assert_ptr_null(m.route[GET]);
    ck_assert(str_eq_z(m.values[router_value_index(m.route[POST], "y_z")], "2"));
    ck_assert_int_eq(router_value_index(m.route[POST], "none"), -1);
    ck_assert_int_eq(find(r, "/dati/a.csv", &m), 8);
    ck_assert_int_eq(find(r, "/b", &m), -1);
    ck_assert_int_eq(find(r, "/b/1", &m), -1);
    ck_assert_int_eq(find(r, "/a/fixed/d/e", &m), -1);
    ck_assert_int_eq(find(r, "/A", &m), -1);
    arena_free(mem);
}
END_TEST

START_TEST(test_router__an_incomplete_row_stops_the_start)
{
    static const struct {
        struct route row;
        const char *words;
    } bad[] = {
        {{0, "/x", handler, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "p", "o", "a"}, "method"},
        {{GET, NULL, handler, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "p", "o", "a"},
         "route number 2: it has no path"},
        {{GET, "/x", NULL, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "p", "o", "a"}, "no handler"},
        {{GET, "/x", handler, 0, TX_READ, CACHE_NEVER, COST_PAGE, "p", "o", "a"}, ".who"},
        {{GET, "/x", handler, 99, TX_READ, CACHE_NEVER, COST_PAGE, "p", "o", "a"}, ".who"},
        {{GET, "/x", handler, ANYONE, 0, CACHE_NEVER, COST_PAGE, "p", "o", "a"}, ".tx"},
        {{GET, "/x", handler, ANYONE, TX_READ, 0, COST_PAGE, "p", "o", "a"}, ".cache"},
        {{GET, "/x", handler, ANYONE, TX_READ, CACHE_NEVER, 0, "p", "o", "a"}, ".cost"},
        {{GET, "/x", handler, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, NULL, "o", "a"}, "purpose"},
        {{GET, "/x", handler, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "", "o", "a"}, "purpose"},
        {{GET, "/x", handler, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "p", NULL, "a"}, ".object"},
        {{GET, "/x", handler, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "p", "o", NULL}, "audit"},
        {{GET, "/x", handler, ANYONE, TX_WRITE, CACHE_NEVER, COST_PAGE, "p", "o", "a"},
         "changes nothing"},
        {{POST, "/x", handler, ANYONE, TX_WRITE, CACHE_SHORT, COST_PAGE, "p", "o", "a"},
         "CACHE_NEVER"},
        {{POST, "/x", handler, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "p", "o", "a"},
         "under /api/"},
        {{GET, "/x", handler, SIGNED_IN, TX_READ, CACHE_SHORT, COST_PAGE, "p", "o", "a"},
         "CACHE_NEVER"},
        {{GET, "/x", handler, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "p", "o", "a", .asks_only = true},
         ".asks_only"},
        {{POST, "/x", handler, ANYONE, TX_WRITE, CACHE_NEVER, COST_PAGE, "p", "o", "a", .asks_only = true},
         ".asks_only"},
        {{GET, "/x", handler, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "p", "o", "a", .body_kb = 5},
         ".body_kb"},
        {FULL(GET, "x"), "begin with /"},
        {FULL(GET, "/x/"), "slash"},
        {FULL(GET, "//x"), "empty segment"},
        {FULL(GET, "/X"), "small letter"},
        {FULL(GET, "/x/:"), "no name"},
        {FULL(GET, "/:a/:a"), "one name"},
        {FULL(GET, "/x/.."), "dot"},
        {FULL(GET, "/x?y"), "small letter"},
        {FULL(GET, "/en/x"), "language"},
        {FULL(GET, "/assets/x"), "server"},
        {FULL(GET, "/health"), "server"},
        {FULL(GET, "/taken"), "taken"},
        {FULL(GET, "/1/2/3/4/5/6/7/8/9/a/b/c/d/e/f/g/h"), "too many"},
    };

    for (int i = 0; i < ARRAY_LEN(bad); i++) {
        const struct route rows[] = {FULL(GET, "/taken"), bad[i].row};
        struct router *r;
        struct str why;

        mem = arena_new(0);
        ck_assert_msg(build(mem, rows, 2, NULL, 0, &r, &why) == ST_INVALID, "%d passes", i);
        ck_assert_msg(memmem(why.p, why.n, bad[i].words, strlen(bad[i].words)) != NULL, "%d: %s", i,
                      why.p);
        ck_assert_msg(strncmp(why.p, "feature tiny, route ", 20) == 0, "%s", why.p);
        arena_free(mem);
    }
}
END_TEST

START_TEST(test_router__a_menu_entry_leads_somewhere_and_has_words)
{
    static const struct {
        struct menu_entry entry;
        const char *words;
    } cases[] = {
        {{"/a", "web.busy-title", NULL, 1, ANYONE}, NULL},
        {{"/nowhere", "web.busy-title", NULL, 1, ANYONE}, "leads nowhere"},
        {{"/b/1/2", "web.busy-title", NULL, 1, ANYONE}, "leads nowhere"}, /* POST only */
        {{NULL, "web.busy-title", NULL, 1, ANYONE}, "leads nowhere"},
        {{"/a", "web.no-such-key", NULL, 1, ANYONE}, "no words"},
        {{"/a", "web.busy-title", NULL, 1, 0}, ".who"},
    };

    for (int i = 0; i < ARRAY_LEN(cases); i++) {
        struct router *r;
        struct str why;

        mem = arena_new(0);
        const enum status st = build(mem, good, ARRAY_LEN(good), &cases[i].entry, 1, &r, &why);

        ck_assert_msg(st == (cases[i].words == NULL ? ST_OK : ST_INVALID), "%d", i);
        if (cases[i].words != NULL)
            ck_assert_msg(memmem(why.p, why.n, cases[i].words, strlen(cases[i].words)) != NULL,
                          "%d: %s", i, why.p);
        arena_free(mem);
    }
}
END_TEST

UNIT_MAIN("router", test_router__a_word_wins_and_the_search_goes_back,
          test_router__an_incomplete_row_stops_the_start,
          test_router__a_menu_entry_leads_somewhere_and_has_words)

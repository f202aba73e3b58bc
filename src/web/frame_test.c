/* frame_test.c - what stands around a page: only what works, the same page in every language. */
#include "unit.h"
#include "web/frame.h"
#include "web/web_testing.h"
#include "web_pages.h"
#include <string.h>

static enum status a_page(struct web *w)
{
    struct frame *f = frame_new(w, web_query(w, "titolo").n > 0 ? web_query(w, "titolo") : STR("Una pagina"));

    frame_crumb(w, f, STR("Sopra"), STR("/sopra"));
    frame_crumb(w, f, STR("In mezzo"), STR("/sopra/mezzo"));
    part_web_frame_top(w, f);
    part_web_frame_end(w, f);
    return ST_OK;
}

static enum status taken(struct web *w)
{
    return fail(web_ctx(w), ST_CONFLICT, "web.form-from-elsewhere");
}

#define ROW(path, handler)                                                                         \
    {GET, path, handler, ANYONE, TX_NONE, CACHE_NEVER, COST_PAGE, "public", "test", "view"}
static const struct route rows[] = {ROW("/", a_page), ROW("/sopra", a_page), ROW("/sopra/:x", a_page),
                                    ROW("/sopraffino", a_page), ROW("/scrivi", a_page),
                                    ROW("/sopra/mezzo", a_page), ROW("/sopraluogo", a_page), ROW("/presa", taken)};
static const struct menu_entry menu[] = {
    {"/sopra", "web.menu", "menu", 20, ANYONE},
    {"/", "web.home", "house", 10, ANYONE},
    {"/scrivi", "web.talk", NULL, MENU_FOOT_HELP, ANYONE, .tells_page = true},
    {"/sopraffino", "web.nav", NULL, MENU_FOOT_RULES, ANYONE},
    {"/sopra/mezzo", "web.nav", NULL, MENU_FOOT_RULES + 1, ANYONE},
};
static const struct feature tiny = {
    .name = "tiny", .routes = rows, .n_routes = ARRAY_LEN(rows), .menu = menu, .n_menu = ARRAY_LEN(menu)};
static const struct feature *const tiny_list[] = {&tiny};
static const unsigned char key[32] = "a key for tests, 32 bytes long..";

struct around {
    struct store_testing store;
    struct arena *mem;
    struct web_app *app;
    struct site site;
};

static void begin(struct around *a, struct site site)
{
    struct str why = {"", 0};

    *a = (struct around){.mem = arena_new(0), .site = site};
    store_testing_begin(&a->store, NULL, 0);
    const struct web_app_options o = {.features = tiny_list,
                                      .n_features = 1,
                                      .db = a->store.db,
                                      .site = &a->site,
                                      .origin = "https://portale.example.it",
                                      .limits = web_testing_limits,
                                      .token_key = key};

    if (web_app_new(&o, a->mem, &a->app, &why) != ST_OK)
        ck_abort_msg("web_app_new: %.*s", (int)why.n, why.p);
}

static void end(struct around *a)
{
    web_app_free(a->app);
    store_testing_end(&a->store);
    arena_free(a->mem);
}

static const char *get(struct around *a, const char *target, int code)
{
    struct web_reply r = {0};

    web_app_ask(a->app, a->mem, &(struct web_ask){.method = "GET", .target = target}, &r);
    ck_assert_int_eq(r.code, code);
    return str_z(a->mem, r.body);
}

static int count(const char *in, const char *what)
{
    int n = 0;

    for (const char *p = in; (p = strstr(p, what)) != NULL; p += strlen(what))
        n++;
    return n;
}

static void has(const char *page, const char *what)
{
    if (strstr(page, what) == NULL)
        ck_abort_msg("\"%s\" is not in:\n%s", what, page);
}

static void has_not(const char *page, const char *what)
{
    if (strstr(page, what) != NULL)
        ck_abort_msg("\"%s\" is in:\n%s", what, page);
}

#define PLAIN (struct site){.portal_name = "Nome", .licence = "CC BY 4.0"}

START_TEST(test_frame__shows_nothing_that_is_not_set)
{
    struct around a;

    begin(&a, PLAIN);
    const char *page = get(&a, "/sopra", 200);

    has_not(page, "tel:");
    has_not(page, "class=\"badge\"");
    has_not(page, "(null)");
    has(page, "<title>Una pagina – Nome</title>");
    end(&a);
    begin(&a, (struct site){.portal_name = "Nome", .licence = "L", .phone = "011 1 <2", .phone_hours = "9-12",
                            .region_name = "Regione & altri", .is_demo = true});
    page = get(&a, "/sopra", 200);
    ck_assert_int_eq(count(page, "href=\"tel:01112\""), 2);
    has(page, "011 1 &lt;2");
    has(page, "Regione &amp; altri");
    has(page, "9-12");
    has(page, "Versione di prova");
    end(&a);
}
END_TEST

START_TEST(test_frame__menu_in_order_with_where_we_are)
{
    struct around a;

    begin(&a, PLAIN);
    const char *page = get(&a, "/sopra/una-cosa", 200);

    ck_assert(strstr(page, ">Inizio</a></li><li><a href=\"/sopra\" aria-current=\"page\"") != NULL);
    has_not(page, "href=\"/\" aria-current=\"page\"");
    /* a path that only begins with the same letters is not below the entry */
    has(get(&a, "/sopraluogo", 200), "href=\"/sopra\" aria-current=\"false\"");
    has(get(&a, "/", 200), "href=\"/\" aria-current=\"page\"");
    /* the entry that covers most of the path is where we are */
    has(get(&a, "/sopra/mezzo", 200), "href=\"/sopra\" aria-current=\"false\"");
    end(&a);
}
END_TEST

START_TEST(test_frame__foot_tells_which_page_is_spoken_of)
{
    struct around a;

    begin(&a, PLAIN);
    has(get(&a, "/sopra/a?b=1", 200), "href=\"/scrivi?pagina=%2Fsopra%2Fa\"");
    has(get(&a, "/en/sopra/a", 200), "href=\"/en/scrivi?pagina=%2Fsopra%2Fa\"");
    end(&a);
}
END_TEST

START_TEST(test_frame__languages_lead_to_the_same_page)
{
    struct around a;

    begin(&a, PLAIN);
    const char *page = get(&a, "/en/sopra/a?q=%C3%A8&r=2", 200);

    has(page, "<html lang=\"en\">");
    has(page, "href=\"https://portale.example.it/sopra/a?q=%C3%A8&amp;r=2\" lang=\"it\" hreflang=\"it\" aria-current=\"false\"");
    has(page, "href=\"https://portale.example.it/en/sopra/a?q=%C3%A8&amp;r=2\" lang=\"en\" hreflang=\"en\" aria-current=\"true\"");
    has(page, "<link rel=\"canonical\" href=\"https://portale.example.it/en/sopra/a\">");
    page = get(&a, "/", 200);
    has(page, "href=\"https://portale.example.it/en\"");
    has(page, "href=\"https://portale.example.it/\"");
    end(&a);
}
END_TEST

START_TEST(test_frame__breadcrumb_from_the_home_to_the_page_but_not_on_the_home)
{
    struct around a;

    begin(&a, PLAIN);
    const char *page = get(&a, "/sopra/a?titolo=%3Cb%3EX%22", 200);
    const char *crumbs = strstr(page, "class=\"breadcrumb\"");

    ck_assert_ptr_nonnull(crumbs);
    has(crumbs, "href=\"/sopra\">Sopra</a>");
    ck_assert(strstr(crumbs, "href=\"/sopra\"") < strstr(crumbs, "href=\"/sopra/mezzo\""));
    has(crumbs, "aria-current=\"page\">&lt;b&gt;X&#34;</li>");
    has_not(page, "<b>X");
    has_not(get(&a, "/", 200), "breadcrumb");
    end(&a);
}
END_TEST

START_TEST(test_frame__errors_say_what_happened_and_what_to_do)
{
    struct around a;

    begin(&a, (struct site){.portal_name = "Nome", .licence = "L", .phone = "0111"});
    const char *page = get(&a, "/nulla", 404);

    has(page, "<h1>Questa pagina non c’è</h1>");
    has(page, "Controlla l’indirizzo");
    has(page, "name=\"robots\" content=\"noindex\"");
    has_not(page, "rel=\"canonical\"");
    ck_assert_int_eq(count(page, "href=\"tel:0111\""), 3);
    has(get(&a, "/en/nulla", 404), "<h1>This page is not here</h1>");
    /* the words of fail() stand in place of the general ones */
    page = get(&a, "/presa", 409);
    has(page, "Questo modulo arriva da un altro sito");
    has_not(page, "Qualcuno ha cambiato questa cosa");
    end(&a);
}
END_TEST

START_TEST(test_frame__logo_of_the_site_in_place_of_the_mark)
{
    struct around a;

    begin(&a, (struct site){.portal_name = "Nome", .licence = "L", .logo_url = "data:image/png;base64,AA\"><script>"});
    const char *page = get(&a, "/sopra", 200);

    has(page, "src=\"data:image/png;base64,AA&#34;&gt;&lt;script&gt;\"");
    has_not(page, "<script");
    end(&a);
}
END_TEST

UNIT_MAIN("frame", test_frame__shows_nothing_that_is_not_set, test_frame__menu_in_order_with_where_we_are,
          test_frame__foot_tells_which_page_is_spoken_of, test_frame__languages_lead_to_the_same_page,
          test_frame__breadcrumb_from_the_home_to_the_page_but_not_on_the_home,
          test_frame__errors_say_what_happened_and_what_to_do,
          test_frame__logo_of_the_site_in_place_of_the_mark)

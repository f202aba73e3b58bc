/* digest_test.c - sums and ids that follow from what was given. */
#include "base/digest.h"
#include "base/slug.h"
#include "tests/unit.h"

static int64_t sum(struct str a, struct str b)
{
    struct digest d;

    digest_begin(&d);
    digest_text(&d, a);
    digest_text(&d, b);
    return digest_end(&d);
}

START_TEST(test_digest__same_gives_same_and_lengths_count)
{
    ck_assert(sum(STR("ab"), STR("c")) == sum(STR("ab"), STR("c")));
    ck_assert(sum(STR("ab"), STR("c")) != sum(STR("a"), STR("bc")));
    ck_assert(sum(STR("ab"), STR("")) != sum(STR(""), STR("ab")));
    struct digest a, b;

    digest_begin(&a);
    digest_begin(&b);
    digest_real(&a, 0.1);
    digest_real(&b, 0.2);
    ck_assert(digest_end(&a) != digest_end(&b));
}
END_TEST

START_TEST(test_digest__uuid_follows_from_owner_and_name)
{
    struct arena *mem = arena_new(0);
    const struct str u = uuid_derive(mem, STR("wecare"), STR("MB32"));

    ck_assert_int_eq((int)u.n, UUID_LEN);
    ck_assert(uuid_is(u));
    ck_assert_int_eq(u.p[14], '8');
    ck_assert(str_eq(u, uuid_derive(mem, STR("wecare"), STR("MB32"))));
    ck_assert(!str_eq(u, uuid_derive(mem, STR("wecare"), STR("MB33"))));
    ck_assert(str_starts(uuid_derive(mem, STR("0193A3B4-0001-7000-8000-00000000abcd"), STR("P")),
                         STR("0193a3b4-0001-8")));
    ck_assert(uuid_is(STR("AC148810-d857-441c-9679-408f346de14b")));
    ck_assert(str_eq_z(uuid_tidy(mem, STR("AC148810-D857-441c-9679-408f346de14b")),
                       "ac148810-d857-441c-9679-408f346de14b"));
    ck_assert(!uuid_is(STR("ac148810-d857-441c-9679-408f346de14")));
    ck_assert(!uuid_is(STR("ac148810xd857-441c-9679-408f346de14b")));
    ck_assert(!uuid_is(STR("gc148810-d857-441c-9679-408f346de14b")));
    arena_free(mem);
}
END_TEST

START_TEST(test_slug__name_place_code)
{
    static const struct {
        const char *name, *place, *slug;
    } cases[] = {
        {"Mensa di via Roma", "Ivrea", "mensa-di-via-roma-ivrea-abc234"},
        {"Centro anziani Ivrea", "Ivrea", "centro-anziani-ivrea-abc234"},
        {"Sportello «Città» — Cuorgnè!", "", "sportello-citta-cuorgne-abc234"},
        {"Допомога", "", "abc234"},
        {"", "Agliè", "aglie-abc234"},
        {"Un nome lunghissimo che non finisce mai e che nessuno leggerebbe fino in fondo", "",
         "un-nome-lunghissimo-che-non-finisce-mai-e-che-nessuno-abc234"},
    };
    struct arena *mem = arena_new(0);

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct str s =
            slug_make(mem, str_of(cases[i].name), str_of(cases[i].place), STR("abc234"));

        ck_assert_str_eq(str_z(mem, s), cases[i].slug);
        ck_assert(str_eq_z(slug_code_of(s), "abc234"));
    }
    arena_free(mem);
}
END_TEST

START_TEST(test_slug__codes)
{
    struct arena *mem = arena_new(0);
    const struct str a = slug_code(mem, STR("x"), 0);

    ck_assert_int_eq((int)a.n, SLUG_CODE_LEN);
    ck_assert(str_eq(a, slug_code(mem, STR("x"), 0)));
    ck_assert(!str_eq(a, slug_code(mem, STR("x"), 1)));
    ck_assert(str_eq(slug_code_of(a), a));
    ck_assert_int_eq((int)slug_code_of(STR("mensa-ivrea")).n, 0);
    ck_assert_int_eq((int)slug_code_of(STR("mb32-torino")).n,
                     0); /* i and o are no letters of a code */
    ck_assert_int_eq((int)slug_code_of(STR("mensaabc234")).n, 0);
    ck_assert_int_eq((int)slug_code_of(STR("")).n, 0);
    arena_free(mem);
}
END_TEST

START_TEST(test_uuid__of_a_name_as_other_programs_make_it)
{
    struct arena *mem = arena_new(0);
    const struct str dns = STR("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    ck_assert(str_eq_z(uuid_of_name(mem, dns, STR("python.org")), "886313e1-3b8a-5372-9b90-0c9aee199e5d"));
    ck_assert(str_eq_z(uuid_of_name(mem, dns, STR("www.example.com")), "2ed6657d-e927-568b-95e1-2665a8aea6a2"));
    /* a name of more than one block */
    ck_assert(str_eq_z(uuid_of_name(mem, dns, STR("a name that is longer than what one block of the sum holds, by far and wide")),
                       "1ba82ef6-0ba8-5ab8-882e-f34e3cb21685"));
    arena_free(mem);
}
END_TEST

UNIT_MAIN("digest", test_uuid__of_a_name_as_other_programs_make_it, test_digest__same_gives_same_and_lengths_count,
          test_digest__uuid_follows_from_owner_and_name, test_slug__name_place_code,
          test_slug__codes)

/* search_cards_test.c - cards out of memory say what the database says, and no longer than it does.
 */
#include "search_cards.h"
#include "search_testing.h"
#include "unit.h"

static struct search_answer food_at(struct search_test *t, const char *comune)
{
    struct search_answer a;
    struct search_ask ask = {.need = STR("spesa-alimentare")};

    search_test_read(t);
    ask.area_id = search_test_area(t, AREA_COMUNE, comune);
    ck_assert_int_eq(search_services(&t->c, &ask, &a), ST_OK);
    ck_assert_int_gt(a.n_hits, 2);
    return a;
}

static void same(struct str a, struct str b)
{
    ck_assert_msg(str_eq(a, b), "\"%.*s\" and \"%.*s\"", (int)a.n, a.p, (int)b.n, b.p);
}

/* What a card shows is what the tables hold. */
static void ck_cards(struct search_test *t, const struct search_answer *a)
{
    int64_t *const ids = ARENA_ARRAY(t->mem, int64_t, (size_t)a->n_hits);
    struct service *cards, *whole;
    int n_cards, n;

    for (int i = 0; i < a->n_hits; i++)
        ids[i] = a->hits[i].service_id;
    ck_assert_int_eq(catalogue_cards(&t->c, ids, a->n_hits, &whole, &n), ST_OK);
    ck_assert_int_eq(search_cards(&t->c, a, &cards, &n_cards), ST_OK);
    ck_assert_int_eq(n_cards, n);
    for (int i = 0; i < n; i++) {
        ck_assert_int_eq(cards[i].service_id, whole[i].service_id);
        same(cards[i].name, whole[i].name);
        same(cards[i].slug, whole[i].slug);
        same(cards[i].summary, whole[i].summary);
        same(cards[i].organisation_name, whole[i].organisation_name);
        same(catalogue_first_phone(&cards[i]), catalogue_first_phone(&whole[i]));
        ck_assert_int_eq(cards[i].fee, whole[i].fee);
        ck_assert_int_eq(cards[i].ways, whole[i].ways);
        ck_assert_int_eq(cards[i].confirmed_on, whole[i].confirmed_on);
        ck_assert_int_eq(cards[i].n_ats, whole[i].n_ats);
        for (int k = 0; k < cards[i].n_ats; k++) {
            ck_assert_int_eq(cards[i].ats[k].location_id, whole[i].ats[k].location_id);
            same(cards[i].ats[k].location->comune_name, whole[i].ats[k].location->comune_name);
        }
    }
}

START_TEST(test_cards__read_and_kept_say_the_same)
{
    struct search_test t;

    search_test_open(&t, false);
    for (int i = 0; i < 3; i++) { /* read, then kept, then kept still */
        const struct search_answer a = food_at(&t, "ivrea-to");

        ck_assert_int_ne(a.territory_no, 0);
        ck_cards(&t, &a);
    }
    search_test_close(&t);
}
END_TEST

START_TEST(test_cards__a_change_is_seen_at_once)
{
    struct search_test t;
    struct service *cards;
    int n;

    search_test_open(&t, false);
    struct search_answer a = food_at(&t, "ivrea-to");
    ck_cards(&t, &a);
    struct search_answer old = a;
    const char *const id = search_test_id(&t, a.hits[0].service_id);
    struct search_row row = {.id = id,
                             .name = "Dispensa nuova",
                             .body = "Caritas diocesana di Ivrea",
                             .place = "ivrea-to",
                             .kind = "service",
                             .needs = "spesa-alimentare",
                             .targets = "",
                             .text = "",
                             .hours = "",
                             .ways = "presence",
                             .fee = "free",
                             .serves = "",
                             .languages = "",
                             .access = "",
                             .confirmed = ""};
    const int64_t changed = a.hits[0].service_id;

    search_test_read_end(&t);
    search_test_put(&t, &row, 1);
    a = food_at(&t, "ivrea-to");
    ck_cards(&t, &a);
    /* asked with the hits of before: what the transaction sees, never what was kept */
    ck_assert_int_eq(search_cards(&t.c, &a, &cards, &n), ST_OK);
    bool is_new = false;
    for (int i = 0; i < n; i++)
        is_new |= cards[i].service_id == changed && str_eq_z(cards[i].name, "Dispensa nuova");
    ck_assert(is_new);
    ck_assert_int_gt(old.n_hits, 0);
    search_test_read_end(&t);
    search_test_set_state(&t, id, SERVICE_HIDDEN);
    search_test_read(&t);
    ck_assert_int_eq(search_cards(&t.c, &a, &cards, &n), ST_OK);
    a = food_at(&t, "ivrea-to");
    for (int i = 0; i < a.n_hits; i++)
        ck_assert_int_ne(a.hits[i].service_id, changed);
    search_test_close(&t);
}
END_TEST

UNIT_MAIN("search_cards", test_cards__read_and_kept_say_the_same,
          test_cards__a_change_is_seen_at_once)

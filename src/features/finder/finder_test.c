/* finder_test.c - needs, results and emergency pages, asked in process. */
#include "tests/support/harness.h"
#include "tests/unit.h"

START_TEST(test_finder__needs_stand_in_their_groups_in_both_languages)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_get(h, "/bisogni");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Non arrivo a fine mese");
    harness_has(&r, "href=\"/bisogni/spesa-alimentare\"");
    r = harness_get(h, "/en/bisogni");
    harness_has(&r, "I can&#39;t make ends meet");
    harness_free(h);
}
END_TEST

UNIT_MAIN("finder", test_finder__needs_stand_in_their_groups_in_both_languages)

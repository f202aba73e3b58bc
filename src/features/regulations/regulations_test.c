/* regulations_test.c - regulations from the form to the comparison, on the engine under test. */
#include "features/regulations/regulations.h"
#include "tests/support/harness.h"
#include "tests/unit.h"

START_TEST(test_regulations__page_is_there)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_get(h, "/regolamenti");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Regolamenti a confronto");
    harness_free(h);
}
END_TEST

UNIT_MAIN("regulations", test_regulations__page_is_there)

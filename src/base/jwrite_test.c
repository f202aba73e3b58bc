/* jwrite_test.c - what is written is read back the same by another reader (jansson). */
#include "base/jwrite.h"
#include "tests/unit.h"
#include <jansson.h>
#include <math.h>

START_TEST(test_jwrite__another_reader_gets_the_same)
{
    static const char hostile[] = "a\"b\\c</script>\n\t\x01 \xC3\xA8 \xE2\x80\xA8";
    struct arena *mem = arena_new(0);
    struct buf b = buf_new(mem, 0);
    struct jwrite j = jwrite_to(&b);

    jwrite_open(&j, NULL, '{');
    jwrite_str(&j, "name", str_of(hostile));
    jwrite_int(&j, "n", INT64_MIN);
    jwrite_open(&j, "near", '[');
    jwrite_open(&j, NULL, '{');
    jwrite_close(&j, '}');
    jwrite_bool(&j, NULL, true);
    jwrite_null(&j, NULL);
    jwrite_real(&j, NULL, 45.06251, 3);
    jwrite_real(&j, NULL, NAN, 3);
    jwrite_close(&j, ']');
    jwrite_str_or_null(&j, "no", STR(""));
    jwrite_close(&j, '}');

    json_t *got = json_loadb(b.p, b.n, JSON_REJECT_DUPLICATES, NULL);

    ck_assert_ptr_nonnull(got);
    ck_assert_str_eq(json_string_value(json_object_get(got, "name")), hostile);
    ck_assert_int_eq(json_integer_value(json_object_get(got, "n")), INT64_MIN);
    const json_t *near = json_object_get(got, "near");

    ck_assert_int_eq((int)json_array_size(near), 5);
    ck_assert(json_is_object(json_array_get(near, 0)));
    ck_assert(json_is_true(json_array_get(near, 1)));
    ck_assert(json_is_null(json_array_get(near, 2)));
    ck_assert_double_eq_tol(json_real_value(json_array_get(near, 3)), 45.063, 1e-9);
    ck_assert(json_is_null(json_array_get(near, 4)));
    ck_assert(json_is_null(json_object_get(got, "no")));
    ck_assert_int_eq(str_index(buf_view(&b), '<'), -1);
    json_decref(got);
    arena_free(mem);
}
END_TEST

UNIT_MAIN("jwrite", test_jwrite__another_reader_gets_the_same)

#include "base/arena.h"
#include "unit.h"
#include <stdint.h>
#include <string.h>

START_TEST(test_arena__gives_zeroed_aligned_memory)
{
    struct arena *a = arena_new(0);

    for (size_t n = 0; n < 3000; n += 37) {
        unsigned char *p = arena_alloc(a, n);

        ck_assert_uint_eq((uintptr_t)p % 16, 0);
        for (size_t i = 0; i < n; i++)
            ck_assert_uint_eq(p[i], 0);
        memset(p, 0xff, n);
    }
    arena_free(a);
}
END_TEST

START_TEST(test_arena__reset_gives_clean_memory_again)
{
    struct arena *a = arena_new(1 << 20);

    for (int round = 0; round < 50; round++) {
        unsigned char *p = arena_alloc(a, 100000);

        ck_assert_uint_eq(p[99999], 0);
        memset(p, 0xff, 100000);
        arena_reset(a);
        ck_assert_uint_eq(arena_used(a), 0);
    }
    arena_free(a);
}
END_TEST

START_TEST(test_arena__cap_springs_the_trap_and_the_arena_still_works)
{
    struct arena *a = arena_new(64 * 1024);
    jmp_buf trap;
    volatile int sprung = 0;

    if (setjmp(trap) == 0) {
        arena_trap(a, &trap);
        for (;;)
            arena_alloc(a, 1000);
    } else {
        sprung = 1;
    }
    ck_assert_int_eq(sprung, 1);
    ck_assert_uint_le(arena_used(a), 64 * 1024);
    arena_trap(a, NULL);
    arena_reset(a);
    ck_assert_ptr_nonnull(arena_alloc(a, 1000));
    arena_free(a);
}
END_TEST

START_TEST(test_arena__huge_counts_spring_the_trap_instead_of_wrapping)
{
    struct arena *a = arena_new(0);
    jmp_buf trap;
    volatile int sprung = 0;

    if (setjmp(trap) == 0) {
        arena_trap(a, &trap);
        arena_array(a, SIZE_MAX / 2, 4);
    } else {
        sprung = 1;
    }
    ck_assert_int_eq(sprung, 1);
    arena_free(a);
}
END_TEST

START_TEST(test_arena__grow_keeps_the_content_in_place_or_moved)
{
    struct arena *a = arena_new(0);
    char *p = arena_alloc(a, 10);

    strcpy(p, "contenuto");
    char *same = arena_grow(a, p, 10, 4000);

    ck_assert_ptr_eq(p, same);
    ck_assert_int_eq(same[3999], 0);
    arena_alloc(a, 16);
    char *moved = arena_grow(a, same, 4000, 90000);

    ck_assert_ptr_ne(moved, same);
    ck_assert_str_eq(moved, "contenuto");
    ck_assert_int_eq(moved[89999], 0);
    arena_free(a);
}
END_TEST

UNIT_MAIN("arena", test_arena__gives_zeroed_aligned_memory, test_arena__reset_gives_clean_memory_again,
          test_arena__cap_springs_the_trap_and_the_arena_still_works,
          test_arena__huge_counts_spring_the_trap_instead_of_wrapping,
          test_arena__grow_keeps_the_content_in_place_or_moved)

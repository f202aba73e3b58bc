/*
 * people_world.c - an invented population as two files, records and truth: what reference/people is made from.
 *
 * usage: people_world PERSONS SEED RECORDS.csv TRUTH.csv
 */
#include "base/fault.h"
#include "core/people/people_testing.h"
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    const long n = argc == 5 ? strtol(argv[1], NULL, 10) : 0, seed = argc == 5 ? strtol(argv[2], NULL, 10) : 0;

    fault_init();
    if (n < 1 || n > 10000000 || seed < 1) {
        fprintf(stderr, "usage: people_world PERSONS SEED RECORDS.csv TRUTH.csv\n");
        return 2;
    }
    struct arena *mem = arena_new(0);

    people_world_write(mem, (uint64_t)seed, (uint32_t)n, argv[3], argv[4]);
    arena_free(mem);
    return 0;
}

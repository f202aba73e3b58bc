/*
 * map.h - numbers by text, for tables of words; filled once, then read.
 *
 * Memory  slots live in the arena; texts are borrowed and must live as long as the map.
 * Pure    the order of filling decides nothing: same texts, same answers.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"
#include <stdint.h>

struct map_slot {
    struct str key;
    uint32_t hash;
    int value;
};

struct map {
    struct arena *mem;
    struct map_slot *slots;
    uint32_t room; /* a power of two */
    uint32_t n;
};

struct map map_new(struct arena *mem, int n_expected);
/* The value that stands there now: the given one when the text was not there, else the old. */
int map_add(struct map *m, struct str key, int value);
void map_set(struct map *m, struct str key, int value);
/* -1: not there. */
int map_get(const struct map *m, struct str key);

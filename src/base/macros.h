/*
 * macros.h - the few macros of the house (STYLE.md section 5).
 */
#pragma once
#include <assert.h>
#include <stddef.h>

#define ARRAY_LEN(a) ((int)(sizeof(a) / sizeof((a)[0])))
#define PRINTF_LIKE(fmt, first) __attribute__((format(printf, fmt, first)))
#define NORETURN __attribute__((noreturn))

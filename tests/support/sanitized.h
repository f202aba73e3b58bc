/*
 * sanitized.h - the one place where a test is told that it runs under a sanitizer, ten times as slow.
 *
 * A fixture may be smaller there; what is asked of it stays: every case runs, every behaviour is looked at. The full
 * size is proved by the same test without a sanitizer, on both databases.
 *
 *     enum { PERSONS = SANITIZED_OR(300, 900) };
 */
#pragma once

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED_OR(small, full) (small)
#else
#define SANITIZED_OR(small, full) (full)
#endif

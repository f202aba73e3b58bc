/*
 * clock.h - the one place that asks what time it is.
 *
 * Why     a test may live in 2019: WECARE_NOW=2019-03-01T10:00:00Z in the environment, read
 *         once by clock_init, shifts the wall clock; time-outs use the monotonic clock and
 *         are never shifted.
 */
#pragma once
#include <stdint.h>

void clock_init(void);         /* call once, before threads start */
int64_t clock_now_ms(void);    /* wall clock, UTC milliseconds since 1970 */
int64_t clock_mono_us(void);   /* monotonic microseconds, for durations and time-outs */
int clock_today(void);         /* day number (date.h) now in Europe/Rome */
int clock_day_at(int64_t ms);  /* day number in Europe/Rome at an instant */

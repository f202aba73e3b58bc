/*
 * people_threads.h - private to people: the same work by several threads, joined before going on.
 */
#pragma once

enum { PEOPLE_MAX_THREADS = 64 };

/* run(arg, 0), run(arg, 1)... side by side, and returns when all are done. One thread, or as many as the system
 * gives: who runs takes its work from a common count, so that fewer threads do all of it too. */
void people_threads_run(int n_threads, void (*run)(void *arg, int thread), void *arg);
int people_threads_n(int asked); /* 1 to PEOPLE_MAX_THREADS */

/*
 * fault.h - named fault points: tests make the world fail at a place that has a name.
 *
 * Use     if (fault_hit("store.commit")) return ST_UNAVAILABLE;
 * Switch  WECARE_FAULTS=store.commit:3,mail.send:* in the environment: the third hit of the
 *         first point and every hit of the second fail. Compiled to nothing (always false)
 *         unless the build has -Dfaults=true; release builds have none.
 */
#pragma once
#include <stdbool.h>

#ifdef WECARE_FAULTS
void fault_init(void);                   /* reads the environment; call once at start */
void fault_set(const char *plan);        /* for tests: replaces the plan, NULL clears it */
bool fault_hit(const char *name);
#else
static inline void fault_init(void)
{
}
static inline void fault_set(const char *plan)
{
    (void)plan;
}
static inline bool fault_hit(const char *name)
{
    (void)name;
    return false;
}
#endif

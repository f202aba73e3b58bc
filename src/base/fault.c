#include "base/fault.h"

#ifdef WECARE_FAULTS
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Written by fault_init/fault_set before threads start; the counters are atomic. */
enum { MAX_POINTS = 16 };
static struct {
    char name[40];
    long at; /* fails at this hit; 0 means every one */
    _Atomic long n_hits;
} points[MAX_POINTS];
static int n_points;

void fault_set(const char *plan)
{
    n_points = 0;
    while (plan != NULL && *plan != '\0' && n_points < MAX_POINTS) {
        const size_t n = strcspn(plan, ",");
        char one[64] = "", at[20] = "";

        snprintf(one, sizeof one, "%.*s", (int)(n < 63 ? n : 63), plan);
        if (sscanf(one, "%39[^:]:%19s", points[n_points].name, at) == 2) {
            points[n_points].at = strcmp(at, "*") == 0 ? 0 : atol(at);
            points[n_points].n_hits = 0;
            n_points++;
        }
        plan += n + (plan[n] == ',');
    }
}

void fault_init(void)
{
    fault_set(getenv("WECARE_FAULTS"));
}

bool fault_hit(const char *name)
{
    for (int i = 0; i < n_points; i++)
        if (strcmp(points[i].name, name) == 0) {
            const long hit = ++points[i].n_hits;

            return points[i].at == 0 || points[i].at == hit;
        }
    return false;
}
#else
typedef int fault_is_compiled_out; /* an empty translation unit is not C */
#endif

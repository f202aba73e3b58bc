/* behind.c - a low priority for the thread that asks for it. */
#include "behind.h"
#include <sys/resource.h>
#include <unistd.h>

enum { LOW = 10 }; /* of 19: an eighth of what another thread gets when both want to run */

void behind_others(void)
{
    /* On Linux each thread has a priority of its own. Without the right to it there is nothing to do. */
    if (getpriority(PRIO_PROCESS, (id_t)gettid()) < LOW)
        (void)setpriority(PRIO_PROCESS, (id_t)gettid(), LOW);
}

/* people_scale.h - the watch that both halves of people_scale look at. */
#pragma once

struct watch {
    double cpu, wall; /* seconds */
};

struct watch watch_start(void);
void watch_say(const struct watch *from, const char *what);

/*
 * behind.h - work that nobody waits for lets those go first whom somebody waits for.
 *
 * Why     two cores serve people and take in a file of a million rows at once: who searches must not notice.
 */
#pragma once

/* The thread that calls it is of low priority from then on, and so are threads and programs it starts. Where the system
 * does not know priorities of threads nothing happens. */
void behind_others(void);

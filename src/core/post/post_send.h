/*
 * post_send.h - private to post: the job that sends what is due.
 */
#pragma once
#include "web/feature.h"

extern const char post_job_name[];

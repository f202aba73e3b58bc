/*
 * feeds_csv_in.h - private: a list of services with a mapping, from a file or from what is built in.
 */
#pragma once
#include "feeds_intake.h"

/* file NULL: bytes. The mapping's text is given. */
enum status feeds_csv_take(struct import_run *run, const char *file, struct str bytes, struct str mapping);

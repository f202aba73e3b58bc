/*
 * feeds_csv_in.h - private: a list of services with a mapping, from a file or from what is built in.
 */
#pragma once
#include "feeds_intake.h"

/* The text of a mapping; ST_INVALID with a problem: it cannot be read. */
enum status feeds_read_mapping_file(struct import_run *run, const char *file, struct str *out);
/* file NULL: bytes. The mapping's text is given. */
enum status feeds_csv_take(struct import_run *run, const char *file, struct str bytes, struct str mapping);

/*
 * feeds_package.h - private: what was given (a zip, a folder, a file in UTF-16) as something the readers read.
 *
 * Zip     its tables and files of JSON are unpacked into a folder of ours, bounded by base/unzip.h.
 * UTF-16  a file that begins with its mark is written anew in UTF-8, and said.
 * Names   datapackage.json may name files of its own folder alone.
 * Gone    feeds_package_close takes away what was made.
 */
#pragma once
#include "feeds_intake.h"

struct feeds_package {
    const char *path; /* to be read: as given, or ours */
    const char *ours; /* folder to be taken away; NULL: none */
};

/* ST_INVALID: refused, the reason is told. */
enum status feeds_package_open(struct feeds_intake *in, const char *path, struct feeds_package *out);
void feeds_package_close(const struct feeds_package *p);

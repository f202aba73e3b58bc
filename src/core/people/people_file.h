/*
 * people_file.h - private to people: whole files in and out.
 */
#pragma once
#include "base/status.h"
#include "people_block.h"

/* At most 256 MB. */
enum status people_file_get(struct arena *mem, const char *file, struct str *out, struct str *why);
/* A new file beside, then put in its place; NULL or "-": standard output. */
enum status people_file_put(struct arena *mem, const char *file, struct str text, struct str *why);
/* 32 bytes or more; the first 32 are the key. */
enum status people_file_key(struct arena *mem, const char *file, unsigned char out[PEOPLE_KEY_BYTES], struct str *why);

/*
 * people_file.h - private to people: whole files in and out.
 */
#pragma once
#include "base/buf.h"
#include "base/status.h"
#include "people_block.h"

/* At most 256 MB. */
enum status people_file_get(struct arena *mem, const char *file, struct str *out, struct str *why);
/* A new file beside, then put in its place; NULL or "-": standard output. What is no file (/dev/null, a pipe) is written as it stands. */
enum status people_file_put(struct arena *mem, const char *file, struct str text, struct str *why);

/* The same for what is too long to stand in memory: write to out, and people_sink_row after each row. */
struct people_sink {
    struct buf out;
    const char *file, *beside; /* beside NULL: standard output, or no file */
    void *stream;
    bool is_broken;
};
void people_sink_open(struct arena *mem, const char *file, struct people_sink *s);
void people_sink_row(struct people_sink *s);
/* Puts the file in its place; where something went wrong the old one stays as it was. */
enum status people_sink_close(struct people_sink *s, struct str *why);

/* Would writing `out` take away what was read from `read`? NULL is no file. */
bool people_file_harms(struct arena *mem, const char *out, const char *read);

/* 32 bytes or more; the first 32 are the key. */
enum status people_file_key(struct arena *mem, const char *file, unsigned char out[PEOPLE_KEY_BYTES], struct str *why);

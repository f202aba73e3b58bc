/*
 * publish_export.h - private: any result of the catalogue as a file, however long.
 *
 * Query   that of the results page (/trova): cosa, bisogno, dove, km and the filters; what it shows
 * is what the file holds, in the same order, pages aside. Without one: all services, by key. Memory
 * 16 bytes a service while it is sent; texts a block at a time.
 */
#pragma once
#include "publish_api_put.h"

struct export;

/* Writes what stands before the first entry, then each service, then the end. */
struct export_format {
    const char *type, *file_name;
    void (*begin)(struct api_out *o);
    void (*put)(struct api_out *o, const struct service *s, bool is_first);
    void (*end)(struct api_out *o);
};

/* The whole answer: reads the query, then goes on piece by piece. */
enum status publish_export(struct web *w, const struct export_format *format);

/* The place of a service where it is given, in one line: "Via Roma 1, 10015 Ivrea (TO)"; of a
 * secret one its comune, with the words that say so. */
struct str publish_address_line(struct ctx *c, const struct location *l);

/*
 * exchange_body.h - private: all that one body has here, in one file that another portal takes in.
 *
 * Why     a body that moves, or is kept in two places, brings its entries with their history, and types nothing.
 * File    a zip of services.json (HSDS 3.0, as the API gives it) and kept.json (what HSDS has no place for: how it
 *         was confirmed, rhythm, whose a field is, history).
 * Left    what a portal says of itself: last_modified, addresses of its pages, what a sampled call found. What is
 *         secret stays where it is: no file ever holds it.
 */
#pragma once
#include "web/feature.h"

#define BODY_FORMAT "wecare-body/1"
enum { BODY_MOST_MB = 256, BODY_MOST_HISTORY = 100000 };

/* wecare export body NAME [-o FILE] */
int exchange_export_command(struct db *d, int argc, char **argv);
/* wecare import body FILE */
extern const char exchange_body_help[];
enum status exchange_import_body(struct import_run *run);

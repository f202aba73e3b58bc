/*
 * open_data_linked.h - private: linked data written as it goes, as Turtle or as JSON-LD: the same triples in both.
 *
 *     linked_begin(&l, out, is_json);
 *     linked_open(&l, address, "dcat:Dataset dcatapit:Dataset");
 *     linked_text(&l, "dct:title", STR("Servizi"), "it");
 *     linked_link(&l, "dcat:theme", STR("http://..."));
 *     linked_close(&l);
 *     linked_end(&l);
 *
 * Names   properties and types by prefix (the list is in open_data_linked.c); subjects and links are whole
 *         addresses. No node without an address: a part is its owner's address with a # and a name.
 * Links   an address that holds what an address may not (a space, < > ") is written with %XX.
 * Source  W3C Turtle 1.1, JSON-LD 1.1.
 * Memory  a subject waits in out's arena until it is closed.
 */
#pragma once
#include "base/buf.h"
#include <stdbool.h>

enum { LINKED_MOST = 120 }; /* properties of one subject */

struct linked_pair {
    const char *property;
    struct str value; /* as it is written */
};

struct linked {
    struct buf *out;
    bool is_json, has_subject;
    struct str subject;
    const char *types;
    struct linked_pair list[LINKED_MOST];
    int n;
};

/* is_going_on: a later piece of the same document; has_subject says whether one was written before. */
struct linked linked_to(struct buf *out, bool is_json);
void linked_begin(struct linked *l);
void linked_open(struct linked *l, struct str address, const char *types);
/* An empty text is left out. language NULL: none. */
void linked_text(struct linked *l, const char *property, struct str text, const char *language);
void linked_link(struct linked *l, const char *property, struct str address);
/* "xsd:date" and the like. */
void linked_typed(struct linked *l, const char *property, struct str text, const char *type);
void linked_close(struct linked *l);
void linked_end(struct linked *l);

/*
 * parts.h - what hangs on an organisation, a service or a place: telephones, contacts and the like.
 *
 * Why     they are always read and written together with what they belong to, so they are kept with
 *         it in one text: a line for each, one letter that says what it is, then its cells with a
 * tab between them. One row read gives the whole. Ids     a part that came from a feed keeps the
 * feed's UUID; the others have one derived from their owner's, so that it is the same at each
 * reading. Privacy a contact is a role ("Segreteria"), never the name of a person. Memory  texts
 * are views of the packed text, or live in the arena given.
 */
#pragma once
#include "base/buf.h"
#include "base/str.h"

struct phone {
    struct str uuid, number, extension; /* extension: digits */
    struct str type;                    /* voice, cell, fax, text, textphone; may be empty */
    struct str description;
    struct str languages; /* codes with spaces between: "it ro" */
};

struct contact {
    struct str uuid, role, department, email;
    struct str phone; /* number */
};

/* A code of some taxonomy said of an object. */
struct attribute {
    struct str uuid, taxonomy, code, name, term_uuid;
    struct str link_type, link_entity, value;
};

struct funding {
    struct str uuid, source;
};

struct identifier {
    struct str uuid, scheme, type, identifier; /* "IT-CF" */
};

struct program {
    struct str uuid, name, alternate_name, description;
};

/* Each array may be NULL with its number 0. */
struct parts {
    struct phone *phones;
    struct contact *contacts;
    struct attribute *attributes;
    struct funding *funding;
    struct identifier *identifiers;
    struct program *programs;
    int n_phones, n_contacts, n_attributes, n_funding, n_identifiers, n_programs;
};

/* ---- packed: for the stores of the slices that keep parts ---- */

/* Writes one line; tabs, line ends and backslashes inside cells are escaped. */
void parts_put_line(struct buf *b, char letter, const struct str *cells, int n_cells);
/* Cuts the next line off *rest: its letter, and its cells (missing ones are empty). False at the
 * end. Only a cell that holds an escape is copied into mem. */
bool parts_next_line(struct arena *mem, struct str *rest, char *letter, struct str *cells,
                     int n_cells);

/* Letters P K A F I R (phones .. programs); other letters are the caller's. */
void parts_pack(struct buf *b, const struct parts *p);
/* owner_uuid: ids are derived where a part has none; empty: they are left out. Lines of other
 * letters are passed over. */
void parts_unpack(struct arena *mem, struct str packed, struct str owner_uuid, struct parts *out);

/* Id of the n-th part of a letter of an owner: its own, or the derived one. */
struct str parts_uuid(struct arena *mem, struct str own, struct str owner_uuid, char letter, int n);

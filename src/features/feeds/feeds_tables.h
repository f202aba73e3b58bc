/*
 * feeds_tables.h - private: the tables of the HSDS CSV package, joined by their keys in little memory.
 *
 * How     each table is read once from end to end: rows are checked, ids that come twice are refused, keys
 *         that lead nowhere are said, and where each row stands is remembered (16 bytes a key). Then
 *         organisations, places and services are taken one by one, the rows that hang on each being read
 *         again by their place in the file.
 * Dangling a row whose only way up leads nowhere is left out with a notice; a service without its
 *         organisation, or a service at a location without one of the two, is refused.
 */
#pragma once
#include "feeds_hsds_take.h"

struct feeds_tables;

struct feeds_tables *feeds_tables_new(struct feeds_intake *in);
void feeds_tables_free(struct feeds_tables *t); /* NULL is fine */
/* The files of a folder; which of them are there is enough. */
void feeds_tables_add_folder(struct feeds_tables *t, const char *folder);
/* A row of a table that stands in JSON ("services.csv"); the tree is kept. */
void feeds_tables_add_json(struct feeds_tables *t, struct str table, int64_t row, const json_t *tree);
/* Checks, joins and takes all of it. */
enum status feeds_tables_take(struct feeds_tables *t, struct feeds_hsds *h);

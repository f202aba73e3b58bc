/*
 * embed.h - puts words, assets and tables into C files that compile quickly.
 *
 * How     large bodies go into one blob beside the C file (OUT.c.bin), taken in by the assembler
 *         (.incbin): a megabyte costs nothing, where a list of numbers costs seconds. The C file
 *         holds only the tables of names, types, offsets.
 * Same    the same input gives the same bytes: names are sorted, no clock, no path of the machine
 *         but the one given for OUT.c.
 * Errors  one sentence in *why, naming the file; nothing is written then.
 */
#pragma once
#include "base/buf.h"
#include "base/str.h"

struct embed_file {
    const char *name; /* below the folder, "territory/comuni.csv" */
    struct str bytes;
};

struct embed_lang {
    const char *code;
    struct str mo;
};

/* ---- embed_files.c ---- */
bool embed_read(struct arena *mem, const char *path, struct str *out);
bool embed_write(const char *path, struct str bytes);
/* Files of a folder and below (depth of 4), sorted by name; -1 when one cannot be read. */
int embed_folder(struct arena *mem, const char *folder, bool is_deep, struct embed_file **out,
                 struct str *why);
/* Bytes added to the blob; gives their place. */
size_t embed_blob_add(struct buf *blob, struct str bytes);
/* The C that takes the blob in under this name. */
void embed_blob_code(struct buf *c, const char *symbol, const char *path);
void embed_c_string(struct buf *c, struct str s);

/* ---- embed_mo.c ---- */
struct mo_word {
    struct str key;
    struct str forms[6];
    int n_forms;
};
struct mo {
    struct mo_word *words;
    int n_words;
    int n_plurals;
    struct str plural;
};
/* Reads a compiled catalogue, trusting no offset in it. */
bool mo_read(struct arena *mem, struct str bytes, struct mo *out, struct str *why);

/* ---- what is made ---- */
bool embed_words(struct arena *mem, const struct embed_lang *langs, int n_langs, struct buf *c,
                 struct str *why);
bool embed_assets(struct arena *mem, const struct embed_file *files, int n_files,
                  const char *blob_path, struct buf *c, struct buf *blob, struct str *why);
void embed_tables(const struct embed_file *files, int n_files, const char *blob_path, struct buf *c,
                  struct buf *blob);

/*
 * phones.h - telephones as people write them in one cell.
 *
 * Reads   "011 555 0101 (segreteria); 333 555 0102 cellulare; fax 011 555 0103", with ; | or a line end
 *         between them, or / and , where both sides are numbers. Kept as written, with the words around
 *         them as a note; kind by the words (fax, cellulare, whatsapp, sms) or by an Italian mobile's 3;
 *         "int. 7" is an extension.
 * Writes  one a line, so that it reads back the same: "fax 011 555 0103 int. 7 (la mattina)".
 */
#pragma once
#include "core/bodies/parts.h"

enum { PHONES_MOST = 20 };

/* False: *wrong is the piece that holds no number (3 to 15 digits), or too many. */
bool phones_read(struct arena *mem, struct str text, struct phone *out, int *n_out, struct str *wrong);
/* *list as phones_read reads it back, one a line; languages are not said. */
struct str phones_write(struct arena *mem, const struct phone *list, int n);

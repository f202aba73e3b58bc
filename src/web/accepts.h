/*
 * accepts.h - what the asker can read: Accept-Encoding with its weights, Accept for JSON, lists of
 * entity tags; and gzip for what is made on the spot.
 *
 * Source  RFC 9110 sections 12.5.3 and 13.1.2. Pure but for gzip_pack, which uses zlib.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"

enum { ACCEPTS_GZIP = 1, ACCEPTS_BROTLI = 2 };

/* Bits of what is accepted; a weight of 0 is a refusal; nothing on an empty header. A header that
 * cannot be read accepts nothing: the plain bytes are always right. */
int accepts_encodings(struct str header);
/* The asker wants JSON rather than HTML. */
bool accepts_json(struct str header);
/* tag (with its quotes) is in an If-None-Match list; "*" is any. */
bool accepts_holds_tag(struct str header, struct str tag);
/* The empty text when it would not be shorter. */
enum { GZIP_FAST = 1, GZIP_SMALL = 6 }; /* for one answer, for many */
struct str gzip_pack(struct arena *mem, struct str plain, int level);

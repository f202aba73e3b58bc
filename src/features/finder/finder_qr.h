/*
 * finder_qr.h - private to finder: an address as a square code (QR, ISO/IEC 18004), for paper.
 *
 * Why     what is printed leads back to the page that is kept right (decision 0010).
 * Use     {{> qr &v.qr}} in a page: an SVG drawing with its quiet ground; the address stands beside
 *         it in letters.
 * Memory  the path lives in c->mem; the library's own square is given back at once.
 */
#pragma once
#include "base/str.h"
#include "store/ctx.h"

struct finder_qr {
    struct str box;   /* "0 0 41 41": modules, with four of quiet ground on each side */
    struct str path;  /* the dark modules, row by row; empty: no code, too long a text */
    struct str words; /* for who does not see it */
};

/* Up to 2,331 bytes fit (error correction M); a longer text gives an empty path. */
struct finder_qr finder_qr(struct ctx *c, struct str text);

/*
 * asset.h - the files of ui/dist inside the binary: fingerprinted, compressed, never changing.
 *
 * Made by `embed assets`. The address of a file is /assets/STEM.FINGERPRINT.EXT, where the
 * fingerprint is 8 hexadecimal digits of its bytes: it may be kept for ever by who fetched it.
 * A file fetched under another fingerprint is not there: an old page asks its own version.
 * Bodies  what is compressed already (woff2, png, jpeg, webp) has only its plain body.
 * Memory  bytes live as long as the program.
 */
#pragma once
#include "base/str.h"

struct asset {
    const char *name;    /* "app.css" */
    const char *address; /* "/assets/app.1a2b3c4d.css" */
    const char *type;    /* "text/css; charset=utf-8" */
    struct str plain;
    struct str brotli; /* n == 0: none */
    struct str gzip;   /* n == 0: none */
};

extern const struct asset asset_all[];
extern const int n_assets;

/* By plain name; NULL when there is none. */
const struct asset *asset_find(struct str name);
/* By the whole address, fingerprint included; NULL when there is none. */
const struct asset *asset_at(struct str address);

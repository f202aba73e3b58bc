/*
 * form_token.h - proof that a form was shown to the browser that sends it.
 *
 * How     a random cookie and, in the form, an expiry, a random nonce and their keyed hash
 *         together with the cookie (double submit, keyed BLAKE2b). Another site can make a browser
 *         send the cookie but cannot read it, so it cannot make the hash.
 * Pure    but for random bytes. Compared in constant time.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"

enum { FORM_TOKEN_HOURS = 24, FORM_COOKIE_CHARS = 22 };

struct str form_cookie_new(struct arena *mem);
bool form_cookie_looks_right(struct str cookie);
struct str form_token_new(struct arena *mem, const unsigned char key[32], struct str cookie,
                          int64_t now_ms);
/* True when it was made for this cookie with this key and is not too old; *out_nonce then has the
 * 32 hexadecimal digits of its nonce. */
bool form_token_check(struct arena *mem, const unsigned char key[32], struct str cookie,
                      struct str token, int64_t now_ms, struct str *out_nonce);

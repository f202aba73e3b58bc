#include "web/form_token.h"
#include "base/random.h"
#include <sodium.h>
#include <string.h>

enum { COOKIE_BYTES = 16, EXPIRY_BYTES = 8, NONCE_BYTES = 16, MAC_BYTES = 16 };
enum { TOKEN_BYTES = EXPIRY_BYTES + NONCE_BYTES + MAC_BYTES };
enum { VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING };

static struct str to_text(struct arena *mem, const unsigned char *bytes, size_t n)
{
    const size_t room = sodium_base64_encoded_len(n, VARIANT);
    char *p = arena_alloc(mem, room);

    sodium_bin2base64(p, room, bytes, n, VARIANT);
    return (struct str){p, room - 1};
}

static bool from_text(struct str s, unsigned char *out, size_t n)
{
    size_t got = 0;
    const char *end = NULL;

    return s.n == sodium_base64_encoded_len(n, VARIANT) - 1 &&
           sodium_base642bin(out, n, s.p, s.n, NULL, &got, &end, VARIANT) == 0 && got == n &&
           end == s.p + s.n;
}

struct str form_cookie_new(struct arena *mem)
{
    unsigned char bytes[COOKIE_BYTES];

    random_bytes(bytes, sizeof bytes);
    return to_text(mem, bytes, sizeof bytes);
}

bool form_cookie_looks_right(struct str cookie)
{
    unsigned char bytes[COOKIE_BYTES];

    return from_text(cookie, bytes, sizeof bytes);
}

static void make_mac(const unsigned char key[32], struct str cookie, const unsigned char *head,
                     unsigned char *mac)
{
    unsigned char text[FORM_COOKIE_CHARS + EXPIRY_BYTES + NONCE_BYTES];

    memcpy(text, cookie.p, FORM_COOKIE_CHARS);
    memcpy(text + FORM_COOKIE_CHARS, head, EXPIRY_BYTES + NONCE_BYTES);
    crypto_generichash(mac, MAC_BYTES, text, sizeof text, key, 32);
}

struct str form_token_new(struct arena *mem, const unsigned char key[32], struct str cookie,
                          int64_t now_ms)
{
    unsigned char token[TOKEN_BYTES];
    const uint64_t expiry = (uint64_t)now_ms + (uint64_t)FORM_TOKEN_HOURS * 3600 * 1000;

    for (int i = 0; i < EXPIRY_BYTES; i++)
        token[i] = (unsigned char)(expiry >> (56 - 8 * i));
    random_bytes(token + EXPIRY_BYTES, NONCE_BYTES);
    make_mac(key, cookie, token, token + EXPIRY_BYTES + NONCE_BYTES);
    return to_text(mem, token, sizeof token);
}

bool form_token_check(struct arena *mem, const unsigned char key[32], struct str cookie,
                      struct str token, int64_t now_ms, struct str *out_nonce)
{
    unsigned char got[TOKEN_BYTES], want[MAC_BYTES];
    uint64_t expiry = 0;

    if (!form_cookie_looks_right(cookie) || !from_text(token, got, sizeof got))
        return false;
    make_mac(key, cookie, got, want);
    if (sodium_memcmp(got + EXPIRY_BYTES + NONCE_BYTES, want, sizeof want) != 0)
        return false;
    for (int i = 0; i < EXPIRY_BYTES; i++)
        expiry = expiry << 8 | got[i];
    /* Also refused when it is valid for longer than any token is: the clock was set back. */
    if ((uint64_t)now_ms >= expiry ||
        expiry - (uint64_t)now_ms > (uint64_t)FORM_TOKEN_HOURS * 3600 * 1000 + 60 * 1000)
        return false;
    char *hex = arena_alloc(mem, NONCE_BYTES * 2 + 1);

    sodium_bin2hex(hex, NONCE_BYTES * 2 + 1, got + EXPIRY_BYTES, NONCE_BYTES);
    *out_nonce = (struct str){hex, NONCE_BYTES * 2};
    return true;
}

#include "base/digest.h"
#include <string.h>

static crypto_generichash_state *state(struct digest *d)
{
    return (crypto_generichash_state *)(((uintptr_t)d->room + 63) & ~(uintptr_t)63);
}

void digest_begin(struct digest *d)
{
    crypto_generichash_init(state(d), NULL, 0, crypto_generichash_BYTES_MIN);
}

void digest_text(struct digest *d, struct str s)
{
    const uint64_t n = s.n;

    crypto_generichash_update(state(d), (const unsigned char *)&n, sizeof n);
    if (s.n > 0)
        crypto_generichash_update(state(d), (const unsigned char *)s.p, s.n);
}

void digest_int(struct digest *d, int64_t v)
{
    crypto_generichash_update(state(d), (const unsigned char *)&v, sizeof v);
}

void digest_real(struct digest *d, double v)
{
    int64_t bits;

    memcpy(&bits, &v, sizeof bits);
    digest_int(d, bits);
}

int64_t digest_end(struct digest *d)
{
    unsigned char sum[crypto_generichash_BYTES_MIN];
    int64_t v;

    crypto_generichash_final(state(d), sum, sizeof sum);
    memcpy(&v, sum, sizeof v);
    return v;
}

struct str uuid_derive(struct arena *mem, struct str owner, struct str name)
{
    static const char hex[] = "0123456789abcdef";
    unsigned char b[crypto_generichash_BYTES_MIN]; /* 16 */
    struct digest d;
    char *p = arena_alloc(mem, UUID_LEN + 1);
    size_t n = 0;

    digest_begin(&d);
    digest_text(&d, owner);
    digest_text(&d, name);
    crypto_generichash_final(state(&d), b, sizeof b);
    b[6] = (unsigned char)((b[6] & 0x0f) | 0x80);
    b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            p[n++] = '-';
        p[n++] = hex[b[i] >> 4];
        p[n++] = hex[b[i] & 15];
    }
    /* Beside its owner in every index: rows made together stand together. */
    if (uuid_is(owner))
        for (int i = 0; i < 13; i++)
            p[i] = owner.p[i] >= 'A' && owner.p[i] <= 'F' ? (char)(owner.p[i] + 32) : owner.p[i];
    return (struct str){p, n};
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool uuid_is(struct str s)
{
    if (s.n != UUID_LEN)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;

        if (is_dash ? s.p[i] != '-' : !is_hex(s.p[i]))
            return false;
    }
    return true;
}

struct str uuid_tidy(struct arena *mem, struct str s)
{
    bool has_capitals = false;

    for (size_t i = 0; i < s.n; i++)
        has_capitals = has_capitals || (s.p[i] >= 'A' && s.p[i] <= 'F');
    if (!has_capitals)
        return s;
    const struct str out = str_copy(mem, s);
    char *p = (char *)out.p; /* ours: str_copy has just made it */

    for (size_t i = 0; i < out.n; i++)
        if (p[i] >= 'A' && p[i] <= 'F')
            p[i] = (char)(p[i] + 32);
    return out;
}

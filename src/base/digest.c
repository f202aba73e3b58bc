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

/* ---- version 5: SHA-1, which is good for names and for nothing secret ---- */

static uint32_t turned(uint32_t v, int n)
{
    return v << n | v >> (32 - n);
}

static void sha1_block(uint32_t h[5], const unsigned char *p)
{
    static const uint32_t k[4] = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};
    uint32_t w[80], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];

    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)p[i * 4] << 24 | (uint32_t)p[i * 4 + 1] << 16 | (uint32_t)p[i * 4 + 2] << 8 | p[i * 4 + 3];
    for (int i = 16; i < 80; i++)
        w[i] = turned(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    for (int i = 0; i < 80; i++) {
        const uint32_t f = i < 20 ? (b & c) | (~b & d) : i < 40 || i >= 60 ? b ^ c ^ d : (b & c) | (b & d) | (c & d);
        const uint32_t next = turned(a, 5) + f + e + k[i / 20] + w[i];

        e = d;
        d = c;
        c = turned(b, 30);
        b = a;
        a = next;
    }
    h[0] += a;
    h[1] += b;
    h[2] += c;
    h[3] += d;
    h[4] += e;
}

static void sha1(struct arena *mem, struct str s, unsigned char out[20])
{
    const size_t n = (s.n + 9 + 63) / 64 * 64;
    unsigned char *p = arena_alloc(mem, n);
    uint32_t h[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};

    memcpy(p, s.p, s.n);
    p[s.n] = 0x80;
    for (int i = 0; i < 8; i++)
        p[n - 1 - (size_t)i] = (unsigned char)((uint64_t)s.n * 8 >> i * 8);
    for (size_t at = 0; at < n; at += 64)
        sha1_block(h, p + at);
    for (int i = 0; i < 20; i++)
        out[i] = (unsigned char)(h[i / 4] >> (24 - i % 4 * 8));
}

static int digit_of(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

struct str uuid_of_name(struct arena *mem, struct str space, struct str name)
{
    char *text = arena_alloc(mem, 16 + name.n + 1);
    unsigned char d[20];
    int n = 0;

    for (size_t i = 0; i < space.n && n < 32; i++)
        if (space.p[i] != '-') {
            text[n / 2] = (char)((unsigned char)text[n / 2] << 4 | digit_of(space.p[i]));
            n++;
        }
    memcpy(text + 16, name.p, name.n);
    sha1(mem, (struct str){text, 16 + name.n}, d);
    d[6] = (unsigned char)((d[6] & 0x0f) | 0x50);
    d[8] = (unsigned char)((d[8] & 0x3f) | 0x80);
    return str_fmt(mem, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", d[0], d[1], d[2], d[3], d[4], d[5], d[6],
                   d[7], d[8], d[9], d[10], d[11], d[12], d[13], d[14], d[15]);
}

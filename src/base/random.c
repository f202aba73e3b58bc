#include "base/random.h"
#include "base/log.h"
#include <sodium.h>

void random_init(void)
{
    if (sodium_init() < 0)
        bug("libsodium does not start: no source of randomness");
}

void random_bytes(void *out, size_t n)
{
    randombytes_buf(out, n);
}

uint32_t random_below(uint32_t limit)
{
    return randombytes_uniform(limit);
}

struct str random_uuid(struct arena *mem, int64_t now_ms)
{
    unsigned char b[16];

    random_bytes(b, sizeof b);
    for (int i = 0; i < 6; i++)
        b[i] = (unsigned char)((uint64_t)now_ms >> (40 - 8 * i));
    b[6] = (unsigned char)((b[6] & 0x0f) | 0x70);
    b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
    return str_fmt(mem, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0],
                   b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13],
                   b[14], b[15]);
}

struct str random_code(struct arena *mem, int n)
{
    static const char letters[] = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
    char *p = arena_alloc(mem, (size_t)n + 1);

    for (int i = 0; i < n; i++)
        p[i] = letters[random_below(sizeof letters - 1)];
    return (struct str){p, (size_t)n};
}

/* links_token.c - tokens, and what is kept of them. */
#include "core/links/links_token.h"
#include "base/random.h"
#include <sodium.h>

enum { HASH_BYTES = 32 };

struct str links_token_tidy(struct arena *mem, struct str typed)
{
    if (typed.n != LINKS_TOKEN_CHARS)
        return STR("");
    char *p = arena_alloc(mem, typed.n + 1);

    for (size_t i = 0; i < typed.n; i++) {
        const char ch = typed.p[i];

        p[i] = ch >= 'A' && ch <= 'Z' ? (char)(ch + 32) : ch;
        if (!((p[i] >= 'a' && p[i] <= 'z') || (p[i] >= '0' && p[i] <= '9')))
            return STR("");
    }
    return (struct str){p, typed.n};
}

struct str links_token_new(struct arena *mem)
{
    return links_token_tidy(mem, random_code(mem, LINKS_TOKEN_CHARS));
}

bool links_token_hash(struct arena *mem, struct str typed, struct links_hash *out)
{
    const struct str token = links_token_tidy(mem, typed);
    unsigned char hash[HASH_BYTES];
    char *hex = arena_alloc(mem, HASH_BYTES * 2 + 1);
    uint64_t head = 0;

    if (token.n == 0)
        return false;
    crypto_generichash(hash, sizeof hash, (const unsigned char *)token.p, token.n, NULL, 0);
    for (int i = 0; i < 8; i++)
        head = head << 8 | hash[i];
    out->head = (int64_t)head;
    out->hex = str_of(sodium_bin2hex(hex, HASH_BYTES * 2 + 1, hash, sizeof hash));
    return true;
}

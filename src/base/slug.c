#include "base/slug.h"
#include "base/buf.h"
#include "base/digest.h"
#include <string.h>

enum { NAME_MAX_BYTES = 60 };
static const char letters[] = "23456789abcdefghjkmnpqrstvwxyz";

struct str slug_code(struct arena *mem, struct str uuid, int attempt)
{
    char *p = arena_alloc(mem, SLUG_CODE_LEN + 1);
    struct digest d;

    digest_begin(&d);
    digest_text(&d, uuid);
    digest_int(&d, attempt);
    uint64_t v = (uint64_t)digest_end(&d);

    for (int i = 0; i < SLUG_CODE_LEN; i++, v /= sizeof letters - 1)
        p[i] = letters[v % (sizeof letters - 1)];
    return (struct str){p, SLUG_CODE_LEN};
}

/* Small ASCII letters, digits and single hyphens; cut at a word. */
static struct str tidy(struct arena *mem, struct str s)
{
    const struct str slug = str_slug(mem, s);
    struct buf b = buf_new(mem, slug.n + 1);

    for (size_t i = 0; i < slug.n; i++) {
        const char c = slug.p[i];

        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            buf_char(&b, c);
        else if (c == '-' && b.n > 0 && b.p[b.n - 1] != '-')
            buf_char(&b, c);
    }
    if (b.n > NAME_MAX_BYTES) {
        b.n = NAME_MAX_BYTES;
        while (b.n > 20 && b.p[b.n - 1] != '-')
            b.n--;
    }
    while (b.n > 0 && b.p[b.n - 1] == '-')
        b.n--;
    return buf_view(&b);
}

struct str slug_make(struct arena *mem, struct str name, struct str place, struct str code)
{
    const struct str n = tidy(mem, name), at = tidy(mem, place);
    struct buf b = buf_new(mem, n.n + at.n + code.n + 4);

    buf_str(&b, n);
    if (at.n > 0 && !str_ends(n, at)) {
        if (b.n > 0)
            buf_char(&b, '-');
        buf_str(&b, at);
    }
    if (b.n > 0)
        buf_char(&b, '-');
    buf_str(&b, code);
    return buf_view(&b);
}

struct str slug_code_of(struct str slug)
{
    if (slug.n < SLUG_CODE_LEN)
        return STR("");
    const struct str code = str_from(slug, slug.n - SLUG_CODE_LEN);

    if (slug.n > SLUG_CODE_LEN && slug.p[slug.n - SLUG_CODE_LEN - 1] != '-')
        return STR("");
    for (size_t i = 0; i < code.n; i++)
        if (memchr(letters, code.p[i], sizeof letters - 1) == NULL)
            return STR("");
    return code;
}

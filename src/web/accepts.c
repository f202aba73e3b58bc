#include "web/accepts.h"
#include <string.h>
#include <strings.h>
#include <zlib.h>

static bool is(struct str s, const char *z)
{
    return s.n == strlen(z) && strncasecmp(s.p, z, s.n) == 0;
}

/* Thousandths: "0.5" is 500; 1000 when there is no weight; -1 when it cannot be read. */
static int weight(struct str parameters)
{
    int w = 0, step = 1000;
    struct str p = str_trim(parameters);

    if (p.n == 0)
        return 1000;
    struct str value = p;
    const struct str name = str_trim(str_cut(&value, '='));

    value = str_trim(value);
    if (!is(name, "q") || value.n == 0 || value.n > 5)
        return -1;
    if (value.p[0] != '0' && value.p[0] != '1')
        return -1;
    if (value.n > 1 && value.p[1] != '.')
        return -1;
    for (size_t i = 0; i < value.n; i++) {
        if (i == 1)
            continue;
        if (value.p[i] < '0' || value.p[i] > '9')
            return -1;
        w += (value.p[i] - '0') * step;
        step /= 10;
    }
    return w > 1000 ? -1 : w;
}

int accepts_encodings(struct str header)
{
    int gzip = -1, brotli = -1, any = -1; /* not named */

    while (header.n > 0) {
        struct str parameters = str_cut(&header, ',');
        const struct str coding = str_trim(str_cut(&parameters, ';'));

        if (coding.n == 0)
            continue;
        const int w = weight(parameters);

        if (w < 0)
            return 0;
        if (is(coding, "gzip") || is(coding, "x-gzip"))
            gzip = w;
        else if (is(coding, "br"))
            brotli = w;
        else if (is(coding, "*"))
            any = w;
    }
    return ((gzip >= 0 ? gzip : any) > 0 ? ACCEPTS_GZIP : 0) |
           ((brotli >= 0 ? brotli : any) > 0 ? ACCEPTS_BROTLI : 0);
}

bool accepts_json(struct str header)
{
    int json = 0, html = 0;

    while (header.n > 0) {
        struct str parameters = str_cut(&header, ',');
        const struct str type = str_trim(str_cut(&parameters, ';'));
        const int w = weight(parameters);

        if (is(type, "application/json") || is(type, "application/problem+json"))
            json = w > json ? w : json;
        else if (is(type, "text/html") || is(type, "application/xhtml+xml"))
            html = w > html ? w : html;
    }
    return json > html;
}

bool accepts_holds_tag(struct str header, struct str tag)
{
    while (header.n > 0) {
        struct str one = str_trim(str_cut(&header, ','));

        if (str_eq(one, STR("*")))
            return true;
        if (str_starts(one, STR("W/"))) /* the weak comparison: RFC 9110, 13.1.2 */
            one = str_from(one, 2);
        if (str_eq(one, tag))
            return true;
    }
    return false;
}

struct str gzip_pack(struct arena *mem, struct str plain, int level)
{
    z_stream z = {.next_in = (Bytef *)(uintptr_t)plain.p, .avail_in = (uInt)plain.n};
    struct str out = {"", 0};

    /* An answer for one goes through a window of 16 KB and 100 KB of memory: its cards are alike, and
     * larger ones cost more to set up than they save. 16 more: a gzip header. */
    const bool is_fast = level == GZIP_FAST;

    if (plain.n > UINT32_MAX / 2 || deflateInit2(&z, level, Z_DEFLATED, (is_fast ? 14 : 15) + 16,
                                                 is_fast ? 6 : 8, 0) != Z_OK)
        return out;
    char *p = arena_alloc(mem, plain.n);

    z.next_out = (Bytef *)p;
    z.avail_out = (uInt)plain.n;
    if (deflate(&z, Z_FINISH) == Z_STREAM_END)
        out = (struct str){p, z.total_out};
    deflateEnd(&z);
    return out;
}

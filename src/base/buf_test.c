#include "base/buf.h"
#include "unit.h"
#include <string.h>

/* The slow way, to compare with. */
static struct str html_slowly(struct arena *mem, struct str s)
{
    struct buf b = buf_new(mem, 16);

    for (size_t i = 0; i < s.n; i++)
        switch (s.p[i]) {
        case '&':
            buf_z(&b, "&amp;");
            break;
        case '<':
            buf_z(&b, "&lt;");
            break;
        case '>':
            buf_z(&b, "&gt;");
            break;
        case '"':
            buf_z(&b, "&#34;");
            break;
        case '\'':
            buf_z(&b, "&#39;");
            break;
        default:
            buf_put(&b, s.p + i, 1);
        }
    return buf_view(&b);
}

static void same_html(struct arena *mem, const char *bytes, size_t n)
{
    char *const exact = malloc(n + (n == 0)); /* one byte too far is seen by the sanitizer */
    struct buf b = buf_new(mem, 0);

    memcpy(exact, bytes, n);
    buf_html(&b, (struct str){exact, n});
    ck_assert_msg(str_eq(buf_view(&b), html_slowly(mem, (struct str){bytes, n})), "%.*s\ngave %.*s",
                  (int)n, bytes, (int)b.n, b.p);
    free(exact);
}

/* Sixteen bytes are looked at together: every length, and every place in it, for every character.
 */
START_TEST(test_buf__html_at_every_length_and_place)
{
    struct arena *const mem = arena_new(0);
    char text[80];

    for (size_t n = 0; n < 67; n++) {
        memset(text, 'x', sizeof text);
        same_html(mem, text, n);
        for (size_t at = 0; at < n; at++)
            for (const char *c = "&<>\"'"; *c != '\0'; c++) {
                memset(text, 'x', sizeof text);
                text[at] = *c;
                same_html(mem, text, n);
                text[(at * 7) % n] = '<';
                same_html(mem, text, n);
            }
        arena_reset(mem);
    }
    for (int c = 1; c < 256; c++) { /* every byte, alone and among others */
        memset(text, c, sizeof text);
        same_html(mem, text, 33);
    }
    arena_free(mem);
}
END_TEST

START_TEST(test_buf__url_keeps_unreserved_alone)
{
    struct arena *const mem = arena_new(0);
    struct buf b = buf_new(mem, 0);

    buf_url(&b, STR("aZ09-_.~"));
    buf_url(&b, STR(""));
    buf_url(&b, STR(" /?#&=+%\"è"));
    ck_assert(str_eq_z(buf_view(&b), "aZ09-_.~%20%2F%3F%23%26%3D%2B%25%22%C3%A8"));
    arena_free(mem);
}
END_TEST

START_TEST(test_buf__formatted_text_of_any_length)
{
    struct arena *const mem = arena_new(0);

    for (int n = 0; n < 600; n++) {
        struct buf b = buf_new(mem, (size_t)(n % 7));

        buf_z(&b, "<");
        buf_fmt(&b, "%0*d", n, 0);
        buf_z(&b, ">");
        ck_assert_uint_eq(b.n, (size_t)(n == 0 ? 1 : n) + 2);
        ck_assert(b.p[0] == '<' && b.p[b.n - 1] == '>' && b.p[b.n - 2] == '0');
        arena_reset(mem);
    }
    arena_free(mem);
}
END_TEST

UNIT_MAIN("buf", test_buf__html_at_every_length_and_place, test_buf__url_keeps_unreserved_alone,
          test_buf__formatted_text_of_any_length)

/* post_compose_test.c - a mail as it goes over the wire: nothing typed begins a header, nothing is lost. */
#include "base/macros.h"
#include "core/post/post.h"
#include "core/post/post_compose.h"
#include "tests/unit.h"
#include <string.h>

static struct arena *mem;

static struct post_letter letter(const char *subject, const char *text)
{
    return (struct post_letter){.from = {STR("posta@welfare.example"), STR("WeCaRe")},
                                .to = STR("desk@caritas.example"),
                                .subject = str_of(subject),
                                .text = str_of(text),
                                .message_id = STR("0190"),
                                .origin = STR("https://welfare.example"),
                                .at_ms = INT64_C(1795284967000)};
}

static void fresh(void)
{
    if (mem != NULL)
        arena_free(mem);
    mem = arena_new(0);
}

static struct str compose(const char *subject, const char *text)
{
    const struct post_letter l = letter(subject, text);

    fresh();
    return post_compose(mem, &l);
}

static void has(struct str s, const char *part)
{
    if (memmem(s.p, s.n, part, strlen(part)) == NULL)
        ck_abort_msg("\"%s\" is not in:\n%.*s", part, (int)s.n, s.p);
}

/* Every line within 78, none with anything but ASCII, every one ended by CR LF. */
static void is_clean(struct str s)
{
    size_t at = 0;

    for (size_t i = 0; i < s.n; i++) {
        const unsigned char ch = (unsigned char)s.p[i];

        ck_assert(ch < 0x80);
        if (ch == '\n') {
            ck_assert(i > 0 && s.p[i - 1] == '\r');
            ck_assert_int_le((int)(i - 1 - at), 78);
            at = i + 1;
        } else if (ch == '\r') {
            ck_assert(i + 1 < s.n && s.p[i + 1] == '\n');
        }
    }
    ck_assert_int_eq((int)at, (int)s.n);
}

START_TEST(test_post_compose__plain_words_stay_plain)
{
    const struct str s = compose("Confermi le tue schede?", "Ciao.\n\nApri {portal}/conferma/abc\n");

    is_clean(s);
    has(s, "From: \"WeCaRe\" <posta@welfare.example>\r\n");
    has(s, "To: <desk@caritas.example>\r\n");
    has(s, "Subject: Confermi le tue schede?\r\n");
    has(s, "Date: Sat, 21 Nov 2026 18:16:07 +0000\r\n");
    has(s, "Message-ID: <0190@welfare.example>\r\n");
    has(s, "Auto-Submitted: auto-generated\r\n");
    has(s, "Content-Type: text/plain; charset=utf-8\r\n");
    has(s, "\r\n\r\nCiao.\r\n\r\nApri https://welfare.example/conferma/abc\r\n");
    ck_assert_ptr_null(memmem(s.p, s.n, "Reply-To", 8));
    ck_assert_ptr_null(memmem(s.p, s.n, "List-Unsubscribe", 16));
}
END_TEST

/* Read back by the rules of RFC 2047 and 2045, written here a second time. */
static int digit(char ch)
{
    return ch >= 'A' ? ch - 'A' + 10 : ch - '0';
}

static struct str decode_words(struct str s)
{
    char *to = arena_alloc(mem, s.n + 1);
    size_t n = 0;

    for (size_t i = 0; i < s.n;) {
        if (str_starts(str_from(s, i), STR("=?UTF-8?Q?"))) {
            for (i += 10; memcmp(s.p + i, "?=", 2) != 0;) {
                if (s.p[i] == '=') {
                    to[n++] = (char)(digit(s.p[i + 1]) * 16 + digit(s.p[i + 2]));
                    i += 3;
                } else {
                    to[n++] = s.p[i] == '_' ? ' ' : s.p[i];
                    i++;
                }
            }
            i += 2;
            if (str_starts(str_from(s, i), STR("\r\n =?")))
                i += 3;
        } else {
            to[n++] = s.p[i++];
        }
    }
    return (struct str){to, n};
}

static struct str subject_of(struct str s)
{
    const char *from = (const char *)memmem(s.p, s.n, "Subject: ", 9) + 9;
    const char *end = memmem(from, (size_t)(s.p + s.n - from), "\r\nDate:", 7);

    return decode_words((struct str){from, (size_t)(end - from)});
}

START_TEST(test_post_compose__any_subject_comes_back_as_it_was)
{
    static const char *const subjects[] = {
        "È ancora tutto giusto?", "Città di Cuorgnè: 60 schede",
        "àààààààààààààààààààààààààààààààààààààààààààààààààààààààààààààààààààààààààààà", "=?UTF-8?Q?finto?=",
        "a_b=c?d e", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀", " spazio davanti", "!"};

    for (int i = 0; i < ARRAY_LEN(subjects); i++) {
        const struct str s = compose(subjects[i], "x");

        is_clean(s);
        ck_assert_str_eq(str_z(mem, subject_of(s)), subjects[i]);
    }
}
END_TEST

START_TEST(test_post_compose__a_long_plain_subject_goes_on_in_the_next_line)
{
    const struct str s = compose("Una riga lunga di parole semplici che non sta in una riga sola del messaggio e va "
                                 "avanti in quella dopo",
                                 "x");

    is_clean(s);
    has(s, "sola del\r\n messaggio e va avanti");
}
END_TEST

static struct str text_of(struct str s)
{
    const char *from = (const char *)memmem(s.p, s.n, "\r\n\r\n", 4) + 4;
    char *to = arena_alloc(mem, s.n);
    size_t n = 0;

    for (const char *p = from; p < s.p + s.n;) {
        if (p[0] == '=' && p[1] == '\r') {
            p += 3;
        } else if (p[0] == '=') {
            to[n++] = (char)(digit(p[1]) * 16 + digit(p[2]));
            p += 3;
        } else {
            if (*p != '\r')
                to[n++] = *p;
            p++;
        }
    }
    return (struct str){to, n};
}

START_TEST(test_post_compose__any_text_comes_back_as_it_was)
{
    static const char *const texts[] = {
        "Perché no? È così.\n", ".\n..\nFrom qui\nFrancesca\n", "spazio in fondo \ntab in fondo\t\n", "a=b\n=\n==3D\n",
        "\n\n\n",
        "unarigalunghissimasenzaspaziunarigalunghissimasenzaspaziunarigalunghissimasenzaspaziunarigalunghissima\n",
        "75 caratteri giusti, poi uno solo di troppo, e due ancora per provare tutto=\n", "😀😀😀😀😀😀😀😀😀😀\n"};

    for (int i = 0; i < ARRAY_LEN(texts); i++) {
        const struct str s = compose("x", texts[i]);

        is_clean(s);
        ck_assert_str_eq(str_z(mem, text_of(s)), texts[i]);
        ck_assert_ptr_null(memmem(s.p, s.n, "\r\n.", 3));
        ck_assert_ptr_null(memmem(s.p, s.n, "\nFrom ", 6));
    }
}
END_TEST

START_TEST(test_post_compose__line_ends_of_any_kind_begin_no_header)
{
    const struct str s = compose("x", "riga\r\nBcc: tutti@example.org\r\n\r\nfine");

    is_clean(s);
    has(s, "\r\n\r\nriga\r\nBcc: tutti"); /* in the text, past the empty line */
    const struct str t = compose("Oggetto\r\nBcc: tutti@example.org", "x");

    is_clean(t);
    ck_assert_ptr_null(memmem(t.p, t.n, "\nBcc:", 5));
}
END_TEST

START_TEST(test_post_compose__the_sender_is_an_address_or_a_name_and_one)
{
    static const struct {
        const char *setting, *address, *name;
    } good[] = {{"a@b.it", "a@b.it", ""},
                {" Città di Prova <a@b.it> ", "a@b.it", "Città di Prova"},
                {"\"Ufficio \" <a@b.it>", "a@b.it", "Ufficio "},
                {"<a@b.it>", "a@b.it", ""}};
    static const char *const bad[] = {"", "a", "a@b", "Nome <a@b.it", "Nome <a@b.it> x", "a@b.it>", "A\nB <a@b.it>"};
    struct post_sender s;

    fresh();
    for (int i = 0; i < ARRAY_LEN(good); i++) {
        ck_assert(post_sender_read(mem, str_of(good[i].setting), &s));
        ck_assert_str_eq(str_z(mem, s.address), good[i].address);
        ck_assert_str_eq(str_z(mem, s.name), good[i].name);
    }
    for (int i = 0; i < ARRAY_LEN(bad); i++)
        ck_assert_msg(!post_sender_read(mem, str_of(bad[i]), &s), "%s", bad[i]);
    struct post_letter l = letter("x", "y");

    l.from.name = STR("Città \"di\" Prova");
    l.unsubscribe = STR("/conferma/abc");
    l.reply_to = STR("chi@tiene.example");
    struct str t = post_compose(mem, &l);

    is_clean(t);
    has(t, "From: =?UTF-8?Q?Citt=C3=A0_=22di=22_Prova?=\r\n <posta@welfare.example>\r\n");
    has(t, "Reply-To: <chi@tiene.example>\r\n");
    has(t, "List-Unsubscribe: <https://welfare.example/conferma/abc>\r\n");
    l.from.name = STR("O\"Brien \\ figli");
    t = post_compose(mem, &l);
    has(t, "From: \"O\\\"Brien \\\\ figli\" <");
}
END_TEST

START_TEST(test_post_compose__addresses)
{
    static const char *const good[] = {"a@b.it", "info@comune.torre-canavese.to.it", "nome.cognome+schede@example.org",
                                       "x_y-z@sub.domain.example", "a@xn--citt-0na.example"};
    static const char *const bad[] = {"",          "a",           "@b.it",       "a@",          "a@b",
                                      "a b@c.it",  "a@b c.it",    "a@@b.it",     "a@b@c.it",    ".a@b.it",
                                      "a.@b.it",   "a..b@c.it",   "a@b..it",     "a@.b.it",     "a@b.it.",
                                      "a@-b.it",   "a@b-.it",     "a@b.1",       "a@[127.0.0.1]", "\"a b\"@c.it",
                                      "a@b.it\n",  "a@b.it\r\nBcc: c@d.it", "a@b.it,c@d.it", "a@b.it>", "<a@b.it>",
                                      "à@b.it",    "a@città.it",  "a@b.i"};

    for (int i = 0; i < ARRAY_LEN(good); i++)
        ck_assert_msg(post_is_address(str_of(good[i])), "%s", good[i]);
    for (int i = 0; i < ARRAY_LEN(bad); i++)
        ck_assert_msg(!post_is_address(str_of(bad[i])), "%s", bad[i]);
    char lots[400];

    memset(lots, 'a', sizeof lots);
    memcpy(lots + 64, "@b.it", 6);
    ck_assert(post_is_address(str_of(lots)));
    memcpy(lots, "aa", 2);
    lots[64] = 'a';
    memcpy(lots + 65, "@b.it", 6);
    ck_assert(!post_is_address(str_of(lots)));
    ck_assert(!post_is_address((struct str){"a@b\0.it", 7}));
}
END_TEST

UNIT_MAIN("post_compose", test_post_compose__plain_words_stay_plain,
          test_post_compose__any_subject_comes_back_as_it_was,
          test_post_compose__a_long_plain_subject_goes_on_in_the_next_line,
          test_post_compose__any_text_comes_back_as_it_was,
          test_post_compose__line_ends_of_any_kind_begin_no_header,
          test_post_compose__the_sender_is_an_address_or_a_name_and_one, test_post_compose__addresses)

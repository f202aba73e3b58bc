/* post_compose.c - a mail as it goes over the wire. */
#include "core/post/post_compose.h"
#include "base/buf.h"
#include "base/date.h"
#include "core/post/post.h"
#include <string.h>

enum { LINE = 76, WORD_SIGNS = 12 }; /* "=?UTF-8?Q?" and "?=" */

static const char hex[] = "0123456789ABCDEF";

static bool is_plain(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < ' ' || s.p[i] > '~')
            return false;
    return memmem(s.p, s.n, "=?", 2) == NULL;
}

/* Bytes of the code point that begins here. */
static size_t point_length(struct str s)
{
    size_t n = 1;

    while (n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n++;
    return n;
}

static bool stays_in_word(unsigned char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9');
}

static size_t word_cost(struct str point)
{
    return point.n == 1 && (stays_in_word((unsigned char)point.p[0]) || point.p[0] == ' ') ? 1 : 3 * point.n;
}

/* Encoded words, none of them cut inside a character, in lines of at most 76 (RFC 2047, 2 and 5). at:
 * how far the line has come. */
static void put_words(struct buf *b, struct str s, size_t at)
{
    for (; s.n > 0; at = 1) {
        size_t room = LINE - WORD_SIGNS - at;

        buf_z(b, "=?UTF-8?Q?");
        while (s.n > 0) {
            const struct str point = str_head(s, point_length(s));

            if (word_cost(point) > room)
                break;
            room -= word_cost(point);
            for (size_t i = 0; i < point.n; i++) {
                const unsigned char ch = (unsigned char)point.p[i];

                if (ch == ' ')
                    buf_char(b, '_');
                else if (stays_in_word(ch))
                    buf_char(b, (char)ch);
                else
                    buf_fmt(b, "=%c%c", hex[ch >> 4], hex[ch & 15]);
            }
            s = str_from(s, point.n);
        }
        buf_z(b, s.n > 0 ? "?=\r\n " : "?=");
    }
}

/* A long line of plain words goes on in the next, where there is a space. */
static void put_folded(struct buf *b, struct str s, size_t at)
{
    for (bool is_first = true; s.n > 0 || is_first; is_first = false) {
        const struct str word = str_cut(&s, ' ');

        if (!is_first && at + 1 + word.n > LINE) {
            buf_z(b, "\r\n ");
            at = 1;
        } else if (!is_first) {
            buf_char(b, ' ');
            at++;
        }
        buf_str(b, word);
        at += word.n;
    }
}

static void put_header(struct buf *b, const char *name, struct str value)
{
    buf_fmt(b, "%s: ", name);
    if (!is_plain(value) || value.p[0] == ' ' || value.p[value.n - 1] == ' ')
        put_words(b, value, strlen(name) + 2);
    else
        put_folded(b, value, strlen(name) + 2);
    buf_z(b, "\r\n");
}

static void put_from(struct buf *b, const struct post_sender *from)
{
    buf_z(b, "From: ");
    if (from->name.n > 0 && is_plain(from->name)) {
        buf_char(b, '"');
        for (size_t i = 0; i < from->name.n; i++) {
            if (from->name.p[i] == '"' || from->name.p[i] == '\\')
                buf_char(b, '\\');
            buf_char(b, from->name.p[i]);
        }
        buf_z(b, "\" ");
    } else if (from->name.n > 0) {
        put_words(b, from->name, strlen("From: "));
        buf_z(b, "\r\n ");
    }
    buf_fmt(b, "<%.*s>\r\n", (int)from->address.n, from->address.p);
}

static void put_date(struct buf *b, int64_t at_ms)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const int day = (int)(at_ms / 86400000);
    const int second = (int)(at_ms % 86400000 / 1000);
    const struct ymd d = day_to_ymd(day);

    buf_fmt(b, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n", days[day_of_week(day) - 1], d.day,
            months[d.month - 1], d.year, second / 3600, second / 60 % 60, second % 60);
}

/* ---- the text ---- */

static struct str fill_portal(struct arena *mem, struct str text, struct str origin)
{
    static const struct str mark = STR("{portal}");
    struct buf b = buf_new(mem, text.n + 128);

    while (text.n > 0) {
        const char *at = memmem(text.p, text.n, mark.p, mark.n);
        const size_t n = at == NULL ? text.n : (size_t)(at - text.p);

        buf_put(&b, text.p, n);
        text = str_from(text, n);
        if (at != NULL) {
            buf_str(&b, origin);
            text = str_from(text, mark.n);
        }
    }
    return buf_view(&b);
}

/* One line, without its end, as quoted-printable (RFC 2045, 6.7): soft ends keep it within 76. */
static void put_quoted_line(struct buf *b, struct str line)
{
    size_t at = 0;

    for (size_t i = 0; i < line.n; i++) {
        const unsigned char ch = (unsigned char)line.p[i];
        const bool is_blank_at_end = (ch == ' ' || ch == '\t') && i + 1 == line.n;
        /* "From " at the start of a line is changed by old mailboxes, a lone dot ends a mail */
        const bool is_start = i == 0 && (ch == 'F' || ch == '.');
        const bool is_as_it_is = ((ch >= ' ' && ch <= '~' && ch != '=') || ch == '\t') && !is_blank_at_end && !is_start;
        const size_t cost = is_as_it_is ? 1 : 3;

        if (at + cost > LINE - 1) {
            buf_z(b, "=\r\n");
            at = 0;
        }
        if (is_as_it_is)
            buf_char(b, (char)ch);
        else
            buf_fmt(b, "=%c%c", hex[ch >> 4], hex[ch & 15]);
        at += cost;
    }
    buf_z(b, "\r\n");
}

static void put_text(struct buf *b, struct str text)
{
    while (text.n > 0) {
        struct str line = str_cut(&text, '\n');

        if (line.n > 0 && line.p[line.n - 1] == '\r')
            line.n--;
        put_quoted_line(b, line);
    }
}

/* ---- whole ---- */

static struct str domain_of(struct str address)
{
    return str_from(address, (size_t)str_index(address, '@') + 1);
}

struct str post_compose(struct arena *mem, const struct post_letter *l)
{
    struct buf b = buf_new(mem, l->text.n * 2 + 2048);
    const struct str domain = domain_of(l->from.address);

    put_from(&b, &l->from);
    buf_fmt(&b, "To: <%.*s>\r\n", (int)l->to.n, l->to.p);
    if (l->reply_to.n > 0)
        buf_fmt(&b, "Reply-To: <%.*s>\r\n", (int)l->reply_to.n, l->reply_to.p);
    put_header(&b, "Subject", l->subject);
    put_date(&b, l->at_ms);
    buf_fmt(&b, "Message-ID: <%.*s@%.*s>\r\n", (int)l->message_id.n, l->message_id.p, (int)domain.n, domain.p);
    buf_z(&b, "Auto-Submitted: auto-generated\r\n");
    if (l->unsubscribe.n > 0)
        buf_fmt(&b, "List-Unsubscribe: <%.*s%.*s>\r\n", (int)l->origin.n, l->origin.p, (int)l->unsubscribe.n,
                l->unsubscribe.p);
    buf_z(&b, "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
              "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
    put_text(&b, fill_portal(mem, l->text, l->origin));
    return buf_view(&b);
}

bool post_sender_read(struct arena *mem, struct str setting, struct post_sender *out)
{
    struct str rest = str_trim(setting);
    const ptrdiff_t at = str_index(rest, '<');

    *out = (struct post_sender){.address = rest};
    if (at >= 0) {
        out->name = str_trim(str_head(rest, (size_t)at));
        out->address = str_from(rest, (size_t)at + 1);
        if (out->address.n == 0 || out->address.p[out->address.n - 1] != '>')
            return false;
        out->address.n--;
        if (out->name.n >= 2 && out->name.p[0] == '"' && out->name.p[out->name.n - 1] == '"')
            out->name = (struct str){out->name.p + 1, out->name.n - 2};
        out->name = str_copy(mem, out->name);
    }
    return post_is_address(out->address) && str_is_utf8(out->name) && str_index(out->name, '\n') < 0 &&
           str_index(out->name, '\r') < 0;
}

/* post_report.c - a delivery report, line by line: its fields, and the numbers of the mails it speaks of. */
#include "core/post/post_report.h"
#include "base/buf.h"
#include "base/macros.h"
#include <string.h>
#include <strings.h>

static struct str line_of(struct str *rest)
{
    struct str line = str_cut(rest, '\n');

    if (line.n > 0 && line.p[line.n - 1] == '\r')
        line.n--;
    return line;
}

/* The field of that name in one line; folded lines that follow belong to it. */
static bool field(struct arena *mem, struct str line, struct str rest, const char *name, struct str *out)
{
    const size_t n = strlen(name);

    if (line.n <= n || line.p[n] != ':' || strncasecmp(line.p, name, n) != 0)
        return false;
    struct buf b = buf_new(mem, line.n);

    buf_str(&b, str_trim(str_from(line, n + 1)));
    for (int i = 0; i < 20 && rest.n > 0 && (rest.p[0] == ' ' || rest.p[0] == '\t'); i++) {
        buf_char(&b, ' ');
        buf_str(&b, str_trim(line_of(&rest)));
    }
    *out = buf_view(&b);
    return true;
}

static void add_id(struct post_report *out, struct str id)
{
    for (int i = 0; i < out->n_ids; i++)
        if (str_eq(out->ids[i], id))
            return;
    if (id.n > 0 && id.n <= 100 && out->n_ids < POST_REPORT_IDS)
        out->ids[out->n_ids++] = id;
}

/* "<0190@portal> <b@c>": what stands before each @. */
static void add_ids(struct post_report *out, struct str value)
{
    for (ptrdiff_t at; (at = str_index(value, '<')) >= 0;) {
        value = str_from(value, (size_t)at + 1);
        const ptrdiff_t end = str_index(value, '>'), sign = str_index(value, '@');

        if (end > 0 && sign > 0 && sign < end)
            add_id(out, str_head(value, (size_t)sign));
    }
}

/* "5.1.1", at the beginning; empty: none stands there. */
static struct str status_at(struct str s)
{
    size_t n = 0;
    int n_dots = 0;

    while (n < s.n && n < 9 && ((s.p[n] >= '0' && s.p[n] <= '9') || (s.p[n] == '.' && n > 0)))
        n_dots += s.p[n++] == '.';
    return n_dots == 2 && n >= 5 && s.p[n - 1] != '.' ? str_head(s, n) : STR("");
}

static enum post_report_kind kind_of(struct str status)
{
    static const char *const of_address[] = {"5.0.0", "5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.0", "5.2.1", "5.4.4"};

    if (!str_starts(status, STR("5.")))
        return POST_REPORT_NONE;
    for (int i = 0; i < ARRAY_LEN(of_address); i++)
        if (str_eq_z(status, of_address[i]))
            return POST_REPORT_ADDRESS;
    return POST_REPORT_MAIL;
}

/* "smtp; 550 5.1.1 nobody": without its kind, as long as a line. */
static struct str words_of(struct str diagnostic)
{
    const ptrdiff_t semicolon = str_index(diagnostic, ';');
    struct str words = str_trim(semicolon >= 0 && semicolon < 20 ? str_from(diagnostic, (size_t)semicolon + 1) : diagnostic);

    words = str_head(words, POST_REPORT_WORDS);
    while (words.n > 0 && !str_is_utf8(words))
        words.n--;
    return words;
}

/* qmail: "Hi. This is the qmail-send program at...", then "<address>:" and the reason with "(#5.1.1)" at its end. */
static void read_qmail(struct str bytes, struct post_report *out)
{
    static const char begins[] = "This is the qmail-send program";
    const char *at = memmem(bytes.p, bytes.n, begins, strlen(begins));
    struct str rest, reason = STR("");

    if (at == NULL)
        return;
    rest = str_from(bytes, (size_t)(at - bytes.p));
    while (rest.n > 0 && out->status.n == 0) {
        const struct str line = line_of(&rest);
        const char *mark = memmem(line.p, line.n, "(#", 2);

        if (str_starts(line, STR("--- Below this line")))
            return;
        reason = line.n > 0 && line.p[line.n - 1] != ':' ? line : reason;
        if (mark != NULL)
            out->status = status_at(str_from(line, (size_t)(mark - line.p) + 2));
    }
    out->words = words_of(reason);
    out->kind = kind_of(out->status);
}

/* What the lines of one recipient say, up to the empty line after them. */
struct recipient {
    struct str status, words;
    bool has_failed, is_one;
};

/* Of several recipients the failure counts: ours has one, a list behind it may have more. */
static void end_recipient(struct recipient *x, struct post_report *out)
{
    if (x->is_one && x->has_failed && kind_of(x->status) != POST_REPORT_NONE) {
        out->kind = kind_of(x->status);
        out->status = x->status;
        out->words = x->words;
    }
    *x = (struct recipient){.status = STR(""), .words = STR("")};
}

static void read_fields(struct arena *mem, struct str bytes, struct post_report *out)
{
    struct recipient x = {.status = STR(""), .words = STR("")};
    struct str rest = bytes;

    while (rest.n > 0) {
        const struct str line = line_of(&rest);
        struct str value;

        if (line.n == 0)
            end_recipient(&x, out);
        else if (field(mem, line, rest, "Final-Recipient", &value))
            x.is_one = true;
        else if (field(mem, line, rest, "Action", &value))
            x.has_failed = value.n >= 6 && strncasecmp(value.p, "failed", 6) == 0;
        else if (field(mem, line, rest, "Status", &value))
            x.status = status_at(value);
        else if (field(mem, line, rest, "Diagnostic-Code", &value))
            x.words = words_of(value);
        else if (field(mem, line, rest, "Message-ID", &value) || field(mem, line, rest, "In-Reply-To", &value) ||
                 field(mem, line, rest, "References", &value) || field(mem, line, rest, "X-Original-Message-ID", &value))
            add_ids(out, value);
    }
    end_recipient(&x, out);
}

void post_report_read(struct arena *mem, struct str bytes, struct post_report *out)
{
    *out = (struct post_report){.kind = POST_REPORT_NONE, .status = STR(""), .words = STR("")};
    read_fields(mem, str_head(bytes, POST_REPORT_MOST_BYTES), out);
    if (out->kind == POST_REPORT_NONE)
        read_qmail(str_head(bytes, POST_REPORT_MOST_BYTES), out);
    if (out->kind != POST_REPORT_NONE && out->words.n == 0)
        out->words = out->status;
}

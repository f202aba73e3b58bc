/* personal.c - mobile numbers, mails, tax codes, health said of somebody: see personal.h. */
#include "base/personal.h"
#include "base/buf.h"
#include "base/macros.h"

enum { CF_LEN = 16, MOBILE_LEAST = 9, MOBILE_MOST = 10, MOST_DIGITS = 16 };

/* Beginnings of folded words. */
static const char *const illnesses[] = {
    "alzheimer", "anoress", "autis", "bipolare", "bulimi", "cancro", "chemio", "demenza", "depress", "diabet",
    "dipendente da", "disabil", "down", "epiless", "handicap", "hiv", "aids", "incinta", "infarto", "invalid", "leucemi", "malat",
    "oncolog", "parkinson", "psichiatr", "schizofren", "sclerosi", "sieropositiv", "tossicodipend", "tumor", "alcolist"};
static const char *const somebody[] = {"mia",     "mio",    "mamma",  "madre",  "papa",   "padre",  "figlio", "figlia", "moglie",
                                       "marito",  "nonna",  "nonno",  "zia",    "zio",    "sorella", "fratello", "sono",  "ho",
                                       "signora", "signor", "sig",    "soffre", "soffro", "suo figlio"};
static const char *const providers[] = {"gmail.", "libero.it", "hotmail.", "yahoo.", "alice.it", "virgilio.it", "outlook.", "tiscali.it",
                                        "icloud.", "live."};
/* Desks, not people. */
static const char *const roles[] = {"info", "segreteria", "sportello", "ufficio", "servizi", "servizio", "comune", "protocollo", "caritas",
                                    "centro", "direzione", "amministrazione", "accoglienza", "sociale", "cooperativa", "associazione",
                                    "parrocchia", "patronato", "contatti", "ascolto", "scuola", "punto", "ambito"};

const char *personal_name(enum personal_kind k)
{
    static const char *const names[PERSONAL_KINDS] = {NULL, "mobile", "mail", "tax-code", "health"};

    return names[k];
}

struct finding {
    struct arena *mem;
    struct str text;
    struct personal *out;
    int n, most;
};

static void found(struct finding *f, enum personal_kind kind, struct str words)
{
    if (f->n < f->most)
        f->out[f->n++] = (struct personal){kind, words};
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* A run of digits with single spaces, dots, hyphens or slashes inside; returns where it ends. */
static size_t read_number(struct str s, size_t at, char *digits, int *n)
{
    size_t end = at;

    for (*n = 0; at < s.n; at++) {
        if (is_digit(s.p[at])) {
            if (*n < MOST_DIGITS)
                digits[*n] = s.p[at];
            ++*n;
            end = at + 1;
        } else if (at != end || (s.p[at] != ' ' && s.p[at] != '.' && s.p[at] != '-' && s.p[at] != '/')) {
            break;
        }
    }
    return end;
}

static bool is_mobile(const char *digits, int n, bool has_plus)
{
    if (has_plus || (n > 2 && digits[0] == '0' && digits[1] == '0')) {
        const int skip = has_plus ? 0 : 2;

        if (n - skip < 2 || digits[skip] != '3' || digits[skip + 1] != '9')
            return false;
        digits += skip + 2;
        n -= skip + 2;
    }
    return n >= MOBILE_LEAST && n <= MOBILE_MOST && digits[0] == '3';
}

static void find_numbers(struct finding *f)
{
    const struct str s = f->text;

    for (size_t i = 0; i < s.n;) {
        char digits[MOST_DIGITS];
        int n = 0;
        const bool has_plus = s.p[i] == '+';
        const bool is_inside = i > 0 && (is_letter(s.p[i - 1]) || is_digit(s.p[i - 1]));

        if (!is_digit(s.p[i]) && !has_plus) {
            i++;
            continue;
        }
        const size_t end = read_number(s, i + has_plus, digits, &n);

        if (n > 0 && n <= MOST_DIGITS && !is_inside && is_mobile(digits, n, has_plus))
            found(f, PERSONAL_MOBILE, str_head(str_from(s, i), end - i));
        i = end > i ? end : i + 1;
    }
}

static bool is_mail_char(char c)
{
    return (is_letter(c) && (unsigned char)c < 0x80) || is_digit(c) || c == '.' || c == '_' || c == '-' || c == '+';
}

static bool begins_with_any(struct str folded, const char *const *list, int n)
{
    for (int i = 0; i < n; i++)
        if (str_starts(folded, str_of(list[i])))
            return true;
    return false;
}

static struct str lower(struct arena *mem, struct str s)
{
    struct buf b = buf_new(mem, s.n + 1);

    for (size_t i = 0; i < s.n; i++)
        buf_char(&b, s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i]);
    return buf_view(&b);
}

/* "maria.rossi@", or anything but a role at a provider of private mailboxes. */
static bool is_of_a_person(struct arena *mem, struct str before, struct str domain)
{
    const struct str name = lower(mem, before), at = lower(mem, domain);

    if (begins_with_any(name, roles, ARRAY_LEN(roles)))
        return false;
    for (int i = 0; i < ARRAY_LEN(providers); i++)
        if (str_starts(at, str_of(providers[i])))
            return true;
    const ptrdiff_t dot = str_index(name, '.');

    if (dot < 3 || (size_t)dot + 3 >= name.n)
        return false;
    for (size_t i = 0; i < name.n; i++)
        if (!is_letter(name.p[i]) && name.p[i] != '.')
            return false;
    return !begins_with_any(str_from(name, (size_t)dot + 1), roles, ARRAY_LEN(roles));
}

static void find_mails(struct finding *f)
{
    const struct str s = f->text;

    for (size_t i = 0; i < s.n; i++) {
        size_t from = i, to = i + 1;

        if (s.p[i] != '@')
            continue;
        while (from > 0 && is_mail_char(s.p[from - 1]))
            from--;
        while (to < s.n && is_mail_char(s.p[to]))
            to++;
        while (to > i && s.p[to - 1] == '.')
            to--;
        const struct str before = str_head(str_from(s, from), i - from), domain = str_head(str_from(s, i + 1), to - i - 1);

        if (before.n > 0 && str_index(domain, '.') > 0 && is_of_a_person(f->mem, before, domain))
            found(f, PERSONAL_MAIL, str_head(str_from(s, from), to - from));
    }
}

/* RSSMRA80A01L219X: letters and digits where they stand in the code of a person. */
static void find_tax_codes(struct finding *f)
{
    static const char shape[] = "LLLLLLDDLDDLDDDL";
    const struct str s = f->text;

    for (size_t i = 0; i + CF_LEN <= s.n; i++) {
        bool is_code = i == 0 || (!is_letter(s.p[i - 1]) && !is_digit(s.p[i - 1]));

        for (int k = 0; is_code && k < CF_LEN; k++)
            is_code = shape[k] == 'L' ? is_letter(s.p[i + (size_t)k]) && (unsigned char)s.p[i + (size_t)k] < 0x80 : is_digit(s.p[i + (size_t)k]);
        if (is_code && (i + CF_LEN == s.n || (!is_letter(s.p[i + CF_LEN]) && !is_digit(s.p[i + CF_LEN]))))
            found(f, PERSONAL_TAX_CODE, str_head(str_from(s, i), CF_LEN));
    }
}

static bool has_word(struct str folded, const char *word, bool whole)
{
    const size_t n = strlen(word);

    for (size_t i = 0; i + n <= folded.n; i++) {
        if ((i > 0 && folded.p[i - 1] != ' ') || memcmp(folded.p + i, word, n) != 0)
            continue;
        if (!whole || i + n == folded.n || folded.p[i + n] == ' ')
            return true;
    }
    return false;
}

static void find_health(struct finding *f)
{
    struct str rest = f->text;

    while (rest.n > 0) {
        size_t end = 0;

        while (end < rest.n && rest.p[end] != '.' && rest.p[end] != '\n' && rest.p[end] != ';' && rest.p[end] != '!' && rest.p[end] != '?')
            end++;
        const struct str sentence = str_trim(str_head(rest, end)), folded = str_fold(f->mem, sentence);
        bool is_ill = false, is_of_one = false;

        for (int i = 0; i < ARRAY_LEN(illnesses); i++)
            is_ill = is_ill || has_word(folded, illnesses[i], false);
        for (int i = 0; is_ill && i < ARRAY_LEN(somebody); i++)
            is_of_one = is_of_one || has_word(folded, somebody[i], true);
        if (is_of_one)
            found(f, PERSONAL_HEALTH, sentence);
        rest = str_from(rest, end + 1);
    }
}

int personal_find(struct arena *mem, struct str text, struct personal *out, int most)
{
    struct finding f = {.mem = mem, .text = text, .out = out, .most = most};

    find_tax_codes(&f);
    find_numbers(&f);
    find_mails(&f);
    find_health(&f);
    return f.n;
}

/* rules_show.c - numbers as Italians read them. */
#include "rules_show.h"
#include "base/text.h"


enum { DECIMALS = 6 };

/* A number without trailing zeros; what has more than six decimals is cut there, marked by an
 * ellipsis, so that nobody takes it for the exact one. */
static struct str show_number(struct arena *mem, struct ratio v)
{
    const bool is_negative = v.num < 0;
    uint64_t num = is_negative ? 0 - (uint64_t)v.num : (uint64_t)v.num;
    const uint64_t den = (uint64_t)v.den;
    struct str s = text_int(mem, LANG_IT, (int64_t)(num / den));
    char digits[DECIMALS + 1];
    int n = 0;

    num %= den;
    for (; num != 0 && n < DECIMALS; n++) {
        const unsigned __int128 wide = (unsigned __int128)num * 10;

        digits[n] = (char)('0' + (int)(wide / den));
        num = (uint64_t)(wide % den);
    }
    return str_fmt(mem, "%s%.*s%s%.*s%s", is_negative ? "-" : "", (int)s.n, s.p, n > 0 ? "," : "", n, digits,
                   num != 0 ? "…" : "");
}

static struct str show_money(struct arena *mem, struct ratio cents)
{
    const int64_t n = ratio_round(cents);
    const int64_t size = n < 0 ? -n : n;
    const struct str s = text_int(mem, LANG_IT, size / 100);

    return str_fmt(mem, "%s%.*s,%02d euro", n < 0 ? "-" : "", (int)s.n, s.p, (int)(size % 100));
}

struct str rules_show_value(struct arena *mem, const struct rules_value *v)
{
    if (v->known == RULES_UNKNOWN)
        return STR("?");
    switch (v->type) {
    case RULES_MONEY:
        return show_money(mem, v->number);
    case RULES_BOOL:
        return v->number.num != 0 ? STR("sì") : STR("no");
    case RULES_CODE:
        return v->code;
    default:
        return show_number(mem, v->number);
    }
}

const char *rules_relation(enum node_kind kind, bool holds)
{
    static const char *const words[][2] = {{"è diverso da", "è uguale a"}, {"è uguale a", "è diverso da"},
                                           {"non è meno di", "è meno di"}, {"supera", "non supera"},
                                           {"non è più di", "è più di"},   {"è meno di", "è almeno"}};

    return words[kind - NODE_EQUAL][holds];
}

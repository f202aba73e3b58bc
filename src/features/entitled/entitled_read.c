/* entitled_read.c - the answers as they were sent: what cannot be read is told beside its box, nothing typed is lost. */
#include "base/macros.h"
#include "entitled_form.h"

enum { MOST_DIGITS = 9, MOST_NAMES = 8, OLDEST = 120 };

/* ---- numbers ---- */

static struct str without_unit(struct str s)
{
    static const char *const units[] = {"euro", "Euro", "EUR", "€"};

    for (int i = 0; i < ARRAY_LEN(units); i++) {
        const struct str unit = str_of(units[i]);

        if (str_ends(s, unit))
            s = str_trim(str_head(s, s.n - unit.n));
        if (str_starts(s, unit))
            s = str_trim(str_from(s, unit.n));
    }
    return s;
}

/* Where the decimals begin: after a comma, or after a point that parts no thousands; s.n: nowhere. */
static size_t decimals_at(struct str s)
{
    const ptrdiff_t comma = str_index(s, ',');
    size_t last = s.n;
    int n = 0;

    if (comma >= 0)
        return (size_t)comma;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '.') {
            last = i;
            n++;
        }
    return n == 1 && s.n - last - 1 != 3 ? last : s.n;
}

/* Whole euro: digits, parted in threes by points or by spaces. */
static bool read_whole(struct str s, int64_t *out)
{
    int digits = 0, since_mark = 0;
    bool is_parted = false;

    *out = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '.' || s.p[i] == ' ') {
            if (digits == 0 || (is_parted ? since_mark != 3 : digits > 3))
                return false;
            is_parted = true;
            since_mark = 0;
            continue;
        }
        if (s.p[i] < '0' || s.p[i] > '9' || ++digits > MOST_DIGITS)
            return false;
        since_mark++;
        *out = *out * 10 + (s.p[i] - '0');
    }
    return digits > 0 && (!is_parted || since_mark == 3);
}

bool entitled_number(struct str typed, bool is_money, struct ratio *out)
{
    const struct str s = without_unit(str_trim(typed));
    const size_t at = decimals_at(s);
    struct str rest = str_from(s, at == s.n ? s.n : at + 1);
    int64_t whole, den = 1;

    if (!read_whole(str_trim(str_head(s, at)), &whole) || rest.n > 2 || (at < s.n && rest.n == 0))
        return false;
    for (size_t i = 0; i < rest.n; i++) {
        if (rest.p[i] < '0' || rest.p[i] > '9')
            return false;
        whole = whole * 10 + (rest.p[i] - '0');
        den *= 10;
    }
    return ratio_make(is_money ? whole * 100 : whole, den, out);
}

/* ---- fields ---- */

static bool is_choice(const struct entitled_field *f, struct str value)
{
    if (f->kind == FIELD_YES)
        return str_eq_z(value, "si") || str_eq_z(value, "no");
    for (int i = 0; i < ENTITLED_MOST_CHOICES && f->choices[i] != NULL; i++)
        if (str_eq_z(value, f->choices[i]))
            return true;
    return false;
}

static void check(struct ctx *c, const struct entitled_field *f, const char *name, struct str *value)
{
    struct ratio n;

    switch (f->kind) {
    case FIELD_CHOICE:
    case FIELD_YES:
        if (!is_choice(f, *value))
            *value = STR("");
        break;
    case FIELD_AGE:
        if (!entitled_number(*value, false, &n) || n.den != 1 || n.num > OLDEST)
            problems_add(&c->problems, name, "entitled.age-unread", *value);
        break;
    case FIELD_MONEY:
        if (!entitled_number(*value, true, &n))
            problems_add(&c->problems, name, "entitled.money-unread", *value);
        break;
    case FIELD_PLACE:
        break;
    }
}

static void read_one(struct web *w, const struct entitled_field *f, const char *name, struct str *out)
{
    *out = str_trim(web_field(w, name));
    if (out->n > ENTITLED_MOST_TYPED) {
        problems_add(&web_ctx(w)->problems, name, "entitled.too-long", STR(""));
        *out = STR("");
    }
    if (out->n > 0)
        check(web_ctx(w), f, name, out);
}

/* One comune is meant, or several may be. */
static enum status read_place(struct web *w, struct entitled_answers *a)
{
    struct ctx *c = web_ctx(w);
    struct str *typed = &a->values[entitled_field_find("dove")];
    const struct str chosen = str_trim(web_field(w, "scelto"));
    struct comune_hit *hits;
    int n = 0;
    enum status st;

    if (chosen.n > 0 && chosen.n <= ENTITLED_MOST_TYPED) {
        st = places_comune_by_slug(c, chosen, &a->place);
        a->has_place = st == ST_OK;
        if (st != ST_OK && st != ST_NOT_FOUND)
            return st;
    }
    if (!a->has_place && typed->n > 0) {
        st = places_find_comuni(c, *typed, MOST_NAMES, &hits, &n);
        if (st != ST_OK)
            return st;
        a->has_place = n == 1 || (n > 1 && hits[0].match <= MATCH_HAMLET && hits[1].match > MATCH_HAMLET);
        if (a->has_place)
            a->place = hits[0].comune;
        else
            problems_add(&c->problems, "dove", n == 0 ? "entitled.place-unknown" : "entitled.place-which", *typed);
        a->which = hits;
        a->n_which = a->has_place ? 0 : n;
    }
    if (a->has_place)
        *typed = str_fmt(c->mem, "%.*s (%.*s)", (int)a->place.area.name.n, a->place.area.name.p, (int)a->place.prov.n, a->place.prov.p);
    return ST_OK;
}

enum status entitled_read(struct web *w, struct entitled_answers *out)
{
    struct ctx *c = web_ctx(w);
    int64_t n = 1;

    *out = (struct entitled_answers){.n_people = 1};
    if (str_to_int(web_field(w, "persone"), &n) && n >= 1 && n <= ENTITLED_MOST_PEOPLE)
        out->n_people = (int)n;
    for (int i = 0; i < entitled_n_fields; i++) {
        const struct entitled_field *const f = &entitled_fields[i];

        if (!f->of_person)
            read_one(w, f, f->name, &out->values[i]);
        for (int p = 0; f->of_person && p < out->n_people; p++)
            read_one(w, f, str_z(c->mem, str_fmt(c->mem, "%s-%d", f->name, p + 1)), &out->people[p][i]);
    }
    return read_place(w, out);
}

void entitled_add_person(struct entitled_answers *a)
{
    if (a->n_people < ENTITLED_MOST_PEOPLE)
        a->n_people++;
}

void entitled_drop_person(struct entitled_answers *a, int n)
{
    if (n < 2 || n > a->n_people)
        return;
    for (int p = n - 1; p + 1 < a->n_people; p++)
        for (int i = 0; i < entitled_n_fields; i++)
            a->people[p][i] = a->people[p + 1][i];
    a->n_people--;
    for (int i = 0; i < entitled_n_fields; i++)
        a->people[a->n_people][i] = STR("");
}

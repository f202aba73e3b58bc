/* feeds_csv_cells.c - fields of a mapped row that are more than text: lists, days, hours, telephones. */
#include "feeds_csv_row.h"
#include "features/opening/opening_text.h"
#include "feeds_hsds_fields.h"
#include "core/bodies/phones.h"
#include <ctype.h>
#include <string.h>

static struct str named(struct feeds_intake *in, const char *field, int number)
{
    const char *dot = strchr(field, '.');

    if (number == 1 || dot == NULL)
        return str_of(field);
    return str_fmt(in->row, "%.*s.%d%s", (int)(dot - field), field, number, dot);
}

struct str feeds_get(struct feeds_intake *in, struct mapping_row *x, const char *field, int number)
{
    struct str out;
    const bool is_good = feeds_mapping_get(x, field, number, &out);

    if (x->left_out.n > 0)
        feeds_notice(in, named(in, field, number), "feeds.map-left-out", x->left_out);
    x->left_out = STR("");
    if (is_good)
        return out;
    feeds_refuse(in, named(in, field, number), x->wrong, x->wrong_value);
    return STR("");
}

int feeds_split(struct feeds_intake *in, struct str text, struct str **out)
{
    int n = 0, most = 1;

    for (size_t i = 0; i < text.n; i++)
        most += text.p[i] == ';' || text.p[i] == '\n';
    *out = ARENA_ARRAY(in->row, struct str, (size_t)most);
    while (text.n > 0) {
        size_t at = 0;

        while (at < text.n && text.p[at] != ';' && text.p[at] != '\n')
            at++;
        const struct str one = str_trim(str_head(text, at));

        if (one.n > 0)
            (*out)[n++] = one;
        text = str_from(text, at + 1);
    }
    return n;
}

bool feeds_get_decimal(struct feeds_intake *in, struct mapping_row *x, const char *field, int number, double *out)
{
    const struct str s = feeds_get(in, x, field, number);
    char *p = (char *)str_z(in->row, s);

    *out = 0;
    if (s.n == 0)
        return false;
    for (size_t i = 0; i < s.n; i++)
        p[i] = p[i] == ',' ? '.' : p[i];
    if (str_to_double((struct str){p, s.n}, out))
        return true;
    feeds_refuse(in, named(in, field, number), "feeds.not-number", s);
    return false;
}

int feeds_get_day(struct feeds_intake *in, struct mapping_row *x, const char *field, int number)
{
    const struct str s = feeds_get(in, x, field, number);
    const int day = s.n == 0 ? DAY_NONE : feeds_day(s);

    if (s.n > 0 && day == DAY_NONE)
        feeds_refuse(in, named(in, field, number), "feeds.not-day", s);
    return day;
}

struct str feeds_get_checked(struct feeds_intake *in, struct mapping_row *x, const char *field, int number, int form)
{
    const struct str s = feeds_get(in, x, field, number);
    const char *key = s.n == 0 ? NULL : hsds_check_text((enum hsds_form)form, NULL, s);

    if (key != NULL)
        feeds_refuse(in, named(in, field, number), key, s);
    return key == NULL ? s : STR("");
}

void feeds_get_hours(struct feeds_intake *in, struct mapping_row *x, const char *field, int number, struct str note,
                     struct schedule **out, int *n_out)
{
    const struct str text = feeds_get(in, x, field, number);
    struct hours_text *h = ARENA_NEW(in->row, struct hours_text);
    struct str wrong = {"", 0};
    const char *key = NULL;

    if (hours_text_read(in->row, text, h, &wrong, &key) != ST_OK)
        feeds_refuse(in, named(in, field, number), key, wrong);
    *n_out = h->n;
    *out = ARENA_ARRAY(in->row, struct schedule, (size_t)h->n + 1);
    for (int i = 0; i < h->n; i++)
        (*out)[i] = (struct schedule){.rule = h->rules[i], .description = h->words[i], .notes = i == 0 ? note : STR("")};
    if (h->n == 0 && note.n > 0) { /* words alone: when it is open is not known */
        (*out)[0] = (struct schedule){.description = note,
                                      .rule = {.kind = HOURS_OPEN,
                                               .interval = 1,
                                               .week_start = 1,
                                               .start_day = DAY_NONE,
                                               .until_day = DAY_NONE,
                                               .from_day = DAY_NONE,
                                               .to_day = DAY_NONE,
                                               .opens_min = HOURS_NO_TIME,
                                               .closes_min = HOURS_NO_TIME}};
        *n_out = 1;
    }
}

void feeds_get_phones(struct feeds_intake *in, struct mapping_row *x, const char *field, int number, struct parts *out)
{
    const struct str text = feeds_get(in, x, field, number);
    struct phone *list = ARENA_ARRAY(in->row, struct phone, PHONES_MOST + MAPPING_MAX_NUMBER);
    struct str wrong;

    out->phones = list;
    if (phones_read(in->row, text, list, &out->n_phones, &wrong))
        return;
    feeds_refuse(in, named(in, field, number), "feeds.not-phone", wrong);
    out->n_phones = 0;
}

static bool is_code(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!islower((unsigned char)s.p[i]))
            return false;
    return s.n == 2 || s.n == 3;
}

void feeds_get_languages(struct feeds_intake *in, struct mapping_row *x, const char *field, int number, struct language **out, int *n_out)
{
    struct str *list;

    *n_out = feeds_split(in, feeds_get(in, x, field, number), &list);
    *out = ARENA_ARRAY(in->row, struct language, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++) {
        if (is_code(list[i]))
            (*out)[i].code = list[i];
        else
            (*out)[i].name = list[i];
    }
}

void feeds_get_access(struct feeds_intake *in, struct mapping_row *x, const char *field, const char *note_field, int number,
                      struct access **out, int *n_out)
{
    const struct str note = feeds_get(in, x, note_field, number);
    struct str *list;
    const int n = feeds_split(in, feeds_get(in, x, field, number), &list);
    int bits = 0, n_words = 0;

    *n_out = 0;
    *out = ARENA_ARRAY(in->row, struct access, (size_t)n + 1);
    for (int i = 0; i < n; i++)
        bits |= catalogue_access_of(list[i]);
    if (bits != 0 || note.n > 0)
        (*out)[(*n_out)++] = (struct access){.bits = bits, .details = note};
    for (int i = 0; i < n; i++)
        if (catalogue_access_of(list[i]) == 0) {
            if (n_words++ == 0 && *n_out == 1 && (*out)[0].description.n == 0)
                (*out)[0].description = list[i];
            else
                (*out)[(*n_out)++] = (struct access){.description = list[i]};
        }
}

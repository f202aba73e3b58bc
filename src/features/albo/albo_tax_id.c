/* albo_tax_id.c - the codice fiscale of a body: eleven digits, the last checks the others. */
#include "albo.h"
#include "base/buf.h"

enum { DIGITS = 11, MOST_TYPED = 40 };

struct str albo_tax_id_tidy(struct arena *mem, struct str typed)
{
    struct buf b = buf_new(mem, DIGITS + 1);
    struct str t = str_trim(typed);

    if (t.n > 2 && (t.p[0] == 'I' || t.p[0] == 'i') && (t.p[1] == 'T' || t.p[1] == 't'))
        t = str_from(t, 2); /* as on invoices */
    for (size_t i = 0; i < t.n && i < MOST_TYPED; i++)
        if (t.p[i] != ' ' && t.p[i] != '.' && t.p[i] != '-')
            buf_char(&b, t.p[i]);
    return buf_view(&b);
}

/* D.M. 23 December 1976: figures in even places are doubled, nine is taken from what passes nine, and the last
 * figure brings the sum to a whole ten. */
bool albo_tax_id_is_right(struct str typed)
{
    char room[DIGITS];
    size_t n = 0;
    int sum = 0;

    if (typed.n > MOST_TYPED)
        return false;
    for (size_t i = 0; i < typed.n; i++) {
        if (typed.p[i] < '0' || typed.p[i] > '9' || n == DIGITS)
            return false;
        room[n++] = typed.p[i];
    }
    if (n != DIGITS)
        return false;
    bool is_nought = true;

    for (int i = 0; i < DIGITS; i++) {
        int figure = room[i] - '0';

        is_nought = is_nought && figure == 0;
        if (i % 2 == 1) {
            figure *= 2;
            figure = figure > 9 ? figure - 9 : figure;
        }
        sum += figure;
    }
    return sum % 10 == 0 && !is_nought;
}

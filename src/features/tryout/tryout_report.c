/* tryout_report.c - what is missing, what was not read, what stands twice. */
#include "base/macros.h"
#include "base/text.h"
#include "tryout_parts.h"
#include <string.h>

enum { LINES_SHOWN = 12, PROBLEMS_SHOWN = 200, MENDED_SHOWN = 100 };

static const char *const criteria[SCORE_PARTS] = {[SCORE_ADDRESS] = "address", [SCORE_CONTACT] = "contact", [SCORE_NEED] = "need",
                                                  [SCORE_WHO] = "who",         [SCORE_COST] = "cost",       [SCORE_WORDS] = "words",
                                                  [SCORE_DATE] = "date",       [SCORE_HOURS] = "hours",     [SCORE_ACCESS] = "access",
                                                  [SCORE_PAPERS] = "papers"};

static void put_criteria(struct ctx *c, const struct tryout_list *l, struct tryout_view *v)
{
    v->criteria = ARENA_ARRAY(c->mem, struct tryout_criterion, SCORE_PARTS);
    for (int i = 0; i < SCORE_PARTS; i++)
        v->criteria[v->n_criteria++] =
            (struct tryout_criterion){.label = text_get(c->lang, str_fmt(c->mem, "tryout.score-%s", criteria[i]).p),
                                      .how = text_get(c->lang, str_fmt(c->mem, "tryout.means-%s", criteria[i]).p),
                                      .n = l->full[i],
                                      .all = l->n_rows,
                                      .percent = l->full[i] * 100 / l->n_rows};
}

/* "3, 8, 12 e altre 4" */
static struct str lines_words(struct ctx *c, const struct buf *lines, int n)
{
    if (n <= LINES_SHOWN)
        return buf_view(lines);
    const struct text_arg args[] = {{"lines", buf_view(lines)}, {"n", text_int(c->mem, c->lang, n - LINES_SHOWN)}};

    return text_fill(c->mem, text_get(c->lang, "tryout.lines-more"), args, 2);
}

enum lack { LACK_CONTACT, LACK_PHONE, LACK_HOURS, LACK_ADDRESS, LACK_COMUNE, LACK_NEED, LACKS };

static bool lacks(const struct tryout_row *r, enum lack what)
{
    switch (what) {
    case LACK_CONTACT:
        return r->phones.n + r->email.n == 0;
    case LACK_PHONE:
        return r->phones.n == 0 && r->email.n > 0;
    case LACK_HOURS:
        return r->hours.n == 0;
    case LACK_ADDRESS:
        return r->score.parts[SCORE_ADDRESS] < 1000 && r->comune_id != 0;
    case LACK_COMUNE:
        return r->comune_id == 0;
    case LACK_NEED:
        return r->need == NULL;
    case LACKS:
        break;
    }
    return false;
}

static void put_lacks(struct ctx *c, const struct tryout_list *l, struct tryout_view *v)
{
    static const char *const names[LACKS] = {"contact", "phone", "hours", "address", "comune", "need"};

    v->lacks = ARENA_ARRAY(c->mem, struct tryout_lack, LACKS);
    for (int k = 0; k < LACKS; k++) {
        struct buf lines = buf_new(c->mem, 80);
        int n = 0;

        for (int i = 0; i < l->n_rows; i++) {
            if (!lacks(&l->rows[i], (enum lack)k))
                continue;
            if (n++ < LINES_SHOWN)
                buf_fmt(&lines, "%s%lld", lines.n > 0 ? ", " : "", (long long)l->rows[i].line);
        }
        if (n > 0)
            v->lacks[v->n_lacks++] = (struct tryout_lack){text_get(c->lang, str_fmt(c->mem, "tryout.lack-%s", names[k]).p),
                                                          lines_words(c, &lines, n), n};
    }
}

void tryout_put_quality(struct ctx *c, const struct tryout_list *l, struct tryout_view *v)
{
    put_criteria(c, l, v);
    put_lacks(c, l, v);
    v->twins = ARENA_ARRAY(c->mem, struct tryout_twin, (size_t)l->n_rows);
    for (int i = 0; i < l->n_rows && v->n_twins < PROBLEMS_SHOWN; i++)
        if (l->rows[i].same_as != 0)
            v->twins[v->n_twins++] = (struct tryout_twin){l->rows[i].line, l->rows[i].same_as, l->rows[i].name};
}

/* ---- cells ---- */

static struct str short_text(struct arena *mem, struct str s)
{
    enum { MOST = 90 };
    size_t n = MOST;

    if (s.n <= MOST)
        return s;
    while (n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
        n--;
    return str_fmt(mem, "%.*s…", (int)n, s.p);
}

/* Issues of one row: those to be looked at, or those that were mended. */
static int put_said(struct ctx *c, const struct tryout_row *r, bool is_mended, struct tryout_said **out)
{
    struct tryout_said *list = ARENA_ARRAY(c->mem, struct tryout_said, (size_t)r->n_issues + 1);
    int n = 0;

    for (int i = 0; i < r->n_issues; i++) {
        const struct tryout_issue *x = &r->issues[i];

        if ((x->state == CELL_MENDED) != is_mended)
            continue;
        const bool is_said = x->typed.n == 0 || memmem(x->words.p, x->words.n, x->typed.p, x->typed.n) != NULL;

        list[n++] = (struct tryout_said){.field = sheet_field_words(c, x->field),
                                         .typed = is_said ? STR("") : short_text(c->mem, x->typed),
                                         .words = x->words,
                                         .is_bad = x->state == CELL_NOT_READ,
                                         .is_warned = x->state == CELL_WARNED};
    }
    *out = list;
    return n;
}

static int put_rows(struct ctx *c, const struct tryout_list *l, bool is_mended, int most, struct tryout_problem_row *out, int *out_more)
{
    int n = 0;

    for (int i = 0; i < l->n_rows; i++) {
        const struct tryout_row *r = &l->rows[i];
        struct tryout_said *said;

        if (is_mended ? r->n_mended == 0 : r->n_not_read + r->n_warned == 0)
            continue;
        if (n == most) {
            ++*out_more;
            continue;
        }
        const int n_said = put_said(c, r, is_mended, &said);

        out[n++] = (struct tryout_problem_row){r->line, r->name, said, n_said};
    }
    return n;
}

void tryout_put_problems(struct ctx *c, const struct tryout_list *l, struct tryout_view *v)
{
    int more_mended = 0;

    v->problems = ARENA_ARRAY(c->mem, struct tryout_problem_row, PROBLEMS_SHOWN);
    v->mended_rows = ARENA_ARRAY(c->mem, struct tryout_problem_row, MENDED_SHOWN);
    v->n_problems = put_rows(c, l, false, PROBLEMS_SHOWN, v->problems, &v->n_more_problems);
    v->n_mended_rows = put_rows(c, l, true, MENDED_SHOWN, v->mended_rows, &more_mended);
}

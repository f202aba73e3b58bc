/* portal_facts.c - what the last run of the browser checks measured, for the statement. */
#include "base/date.h"
#include "base/macros.h"
#include "base/sheet.h"
#include "portal_view.h"

/* In the order of the page; a measure that the run did not make is not shown. */
static const struct {
    const char *name, *key;
} measures[] = {
    {"pages", "portal.fact-pages"},
    {"axe-problems", "portal.fact-axe"},
    {"html-problems", "portal.fact-html"},
    {"lighthouse-least", "portal.fact-lighthouse"},
    {"reflow-problems", "portal.fact-reflow"},
    {"large-text-problems", "portal.fact-large-text"},
    {"target-problems", "portal.fact-targets"},
    {"script-bytes", "portal.fact-script"},
};

static int row_of(const struct sheet *s, const char *name)
{
    for (int i = 0; i < s->n_rows; i++)
        if (str_eq_z(sheet_cell(s, i, "name"), name))
            return i;
    return -1;
}

void portal_read_facts(struct ctx *c, struct portal_accessibility_view *v)
{
    const struct sheet s = sheet_of_table(c->mem, "portal/checks.csv");
    const int day_row = row_of(&s, "checked-on");
    int64_t value;

    v->facts = ARENA_ARRAY(c->mem, struct portal_fact, ARRAY_LEN(measures));
    if (day_row < 0)
        return;
    v->checked_on = text_day(c->mem, c->lang, day_parse(sheet_cell(&s, day_row, "value")));
    for (int i = 0; i < ARRAY_LEN(measures); i++) {
        const int row = row_of(&s, measures[i].name);

        if (row >= 0 && sheet_int(&s, row, "value", &value))
            v->facts[v->n_facts++] =
                (struct portal_fact){text_get(c->lang, measures[i].key), text_int(c->mem, c->lang, value)};
    }
}

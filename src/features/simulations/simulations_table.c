/* simulations_table.c - the margins, values of cells, kinds of households. */
#include "base/macros.h"
#include "base/sheet.h"
#include "features/rules/rules_parts.h"
#include "simulations_private.h"

void simulations_table_open(struct arena *mem, struct simulations_table *out)
{
    const struct sheet s = sheet_of_table(mem, "simulations/margins.csv");

    *out = (struct simulations_table){ARENA_ARRAY(mem, struct simulations_row, (size_t)s.n_rows + 1), s.n_rows};
    for (int i = 0; i < s.n_rows; i++) {
        struct simulations_row *const r = &out->rows[i];

        *r = (struct simulations_row){.what = sheet_cell(&s, i, "what"), .key = sheet_cell(&s, i, "key"),
                                      .typical = sheet_cell(&s, i, "typical"), .label = sheet_cell(&s, i, "label"), .weight = -1};
        sheet_int(&s, i, "low", &r->low);
        sheet_int(&s, i, "high", &r->high);
        sheet_int(&s, i, "weight", &r->weight);
    }
}

const struct simulations_row *simulations_row_of(const struct simulations_table *t, const char *what, struct str key)
{
    for (int i = 0; i < t->n; i++)
        if (str_eq_z(t->rows[i].what, what) && str_eq(t->rows[i].key, key))
            return &t->rows[i];
    return NULL;
}

bool simulations_value(const struct rules_fact *f, struct str cell, int64_t *out)
{
    static const char *const yes[] = {"si", "sì", "sí", "1", "vero", "true", "s"}, *const no[] = {"no", "0", "falso", "false", "n"};
    const int64_t scale = f->type == RULES_MONEY ? 100 : RULES_DEN;
    struct ratio v;

    if (f->type == RULES_BOOL) {
        for (int i = 0; i < ARRAY_LEN(yes); i++)
            if (str_eq_z(cell, yes[i]))
                return *out = 1, true;
        for (int i = 0; i < ARRAY_LEN(no); i++)
            if (str_eq_z(cell, no[i]))
                return *out = 0, true;
        return false;
    }
    if (f->type == RULES_CODE) {
        for (int i = 0; i < f->n_codes; i++)
            if (str_eq(f->codes[i], cell))
                return *out = i, true;
        return false;
    }
    const bool is_negative = cell.n > 0 && *cell.p == '-';

    if (!rules_number_read(str_from(cell, is_negative), &v) || !ratio_mul(v, ratio_of(scale), &v) || v.den != 1)
        return false;
    *out = is_negative ? -v.num : v.num;
    return true;
}

bool simulations_typical(const struct simulations_table *t, const struct rules_fact *f, int64_t *out)
{
    const struct simulations_row *const r = simulations_row_of(t, "fact", f->name);

    const struct str said = r != NULL && r->typical.n > 0 ? r->typical : f->usual;

    return said.n > 0 && simulations_value(f, said, out);
}

uint8_t simulations_kinds_of(int n_members, int n_adults, int n_minors, int n_elders, bool is_disabled)
{
    int kinds = 0;

    if (n_members == 1 && n_minors == 0)
        kinds |= 1 << SIMULATIONS_SINGLE;
    if (n_members == 2 && n_adults == 2)
        kinds |= 1 << SIMULATIONS_COUPLE;
    if (n_minors > 0)
        kinds |= 1 << SIMULATIONS_MINORS;
    if (n_elders > 0)
        kinds |= 1 << SIMULATIONS_ELDERS;
    if (is_disabled)
        kinds |= 1 << SIMULATIONS_DISABLED;
    return (uint8_t)(kinds == 0 ? 1 << SIMULATIONS_OTHER : kinds);
}

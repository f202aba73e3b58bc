/* sheets_personal.c - what of a person should not stand in a list of services: said, never refused. */
#include "base/macros.h"
#include "base/personal.h"
#include "sheets_private.h"
#include <ctype.h>
#include <string.h>

static bool has_any(struct str folded, const char *const *words, int n)
{
    for (int i = 0; i < n; i++)
        if (sheets_has_word(folded, words[i]))
            return true;
    return false;
}

static const char *const titles[] = {"sig", "sig ra", "sigra", "signor", "signora", "dott", "dott ssa", "dottssa", "dr", "avv", "prof", "ass soc",
                                     "don", "suor", "padre"};
bool sheets_is_personal(struct arena *mem, struct sheet_cell_read *x)
{
    static const char *const keys[PERSONAL_KINDS] = {[PERSONAL_MOBILE] = "sheets.persons-phone",
                                                     [PERSONAL_MAIL] = "sheets.persons-mail",
                                                     [PERSONAL_TAX_CODE] = "sheets.fiscal-code",
                                                     [PERSONAL_HEALTH] = "sheets.persons-health"};
    struct personal all[8];
    const struct personal *worst = NULL;
    const int n = personal_find(mem, x->text, all, ARRAY_LEN(all));

    for (int i = 0; i < n; i++)
        if (worst == NULL || all[i].kind > worst->kind)
            worst = &all[i];
    if (worst != NULL)
        sheets_say(x, CELL_WARNED, keys[worst->kind], worst->words);
    return worst != NULL;
}

/* Two words with a capital each, none of an office: "Maria Rossi". */
static bool looks_like_name(struct arena *mem, struct str s)
{
    static const char *const offices[] = {"segreteria", "ufficio", "sportello", "servizio", "servizi", "centralino", "centro", "comune",
                                          "numero", "verde", "whatsapp", "orario", "solo", "sede", "punto", "emergenze", "reperibilita",
                                          "assistente", "sociale", "caritas", "coop", "associazione", "casa", "mensa", "prenotazioni", "cup"};
    const struct str folded = str_fold(mem, s);
    int n_capitals = 0;

    if (has_any(folded, titles, ARRAY_LEN(titles)))
        return true;
    if (has_any(folded, offices, ARRAY_LEN(offices)))
        return false;
    for (size_t i = 0; i < s.n; i++)
        n_capitals += isupper((unsigned char)s.p[i]) && (i == 0 || !isalpha((unsigned char)s.p[i - 1])) && i + 1 < s.n &&
                      islower((unsigned char)s.p[i + 1]);
    return n_capitals >= 1;
}

bool sheets_is_persons_phone(struct arena *mem, const struct phone *p)
{
    return str_eq_z(p->type, "cell") && p->description.n >= 3 && looks_like_name(mem, p->description);
}

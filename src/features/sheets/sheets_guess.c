/* sheets_guess.c - what each column is: by its name as people write it, else by what stands in it. */
#include "base/macros.h"
#include "sheets_private.h"
#include <ctype.h>
#include <string.h>

/* Folded words of a name; more words weigh more. "Servizio/Sportello" has both and is one. */
static const struct {
    const char *words;
    enum sheet_field field;
    bool is_person;
} known[] = {
    {"tel", SHEET_PHONES}, {"telefono", SHEET_PHONES}, {"telefoni", SHEET_PHONES}, {"telefonico", SHEET_PHONES}, {"cell", SHEET_PHONES},
    {"cellulare", SHEET_PHONES}, {"recapito", SHEET_PHONES}, {"recapiti", SHEET_PHONES}, {"numero verde", SHEET_PHONES},
    {"numero di telefono", SHEET_PHONES}, {"n telefono", SHEET_PHONES}, {"n tel", SHEET_PHONES}, {"centralino", SHEET_PHONES},
    {"whatsapp", SHEET_PHONES}, {"phone", SHEET_PHONES}, {"mobile", SHEET_PHONES}, {"fax", SHEET_PHONES}, {"contatti", SHEET_PHONES},
    {"mail", SHEET_EMAIL}, {"email", SHEET_EMAIL}, {"e mail", SHEET_EMAIL}, {"posta elettronica", SHEET_EMAIL},
    {"indirizzo mail", SHEET_EMAIL}, {"indirizzo email", SHEET_EMAIL}, {"indirizzo e mail", SHEET_EMAIL}, {"pec", SHEET_EMAIL},
    {"sito", SHEET_URL}, {"sito web", SHEET_URL}, {"sito internet", SHEET_URL}, {"web", SHEET_URL}, {"link", SHEET_URL}, {"url", SHEET_URL},
    {"website", SHEET_URL}, {"pagina web", SHEET_URL},
    {"orario", SHEET_HOURS}, {"orari", SHEET_HOURS}, {"apertura", SHEET_HOURS}, {"aperture", SHEET_HOURS}, {"giorni", SHEET_HOURS},
    {"giorni e orari", SHEET_HOURS}, {"giorni e orari di apertura", SHEET_HOURS}, {"orario di apertura", SHEET_HOURS},
    {"orari di apertura", SHEET_HOURS}, {"orario sportello", SHEET_HOURS}, {"quando", SHEET_HOURS}, {"hours", SHEET_HOURS},
    {"opening hours", SHEET_HOURS},
    {"indirizzo", SHEET_ADDRESS}, {"via", SHEET_ADDRESS}, {"civico", SHEET_ADDRESS}, {"n civico", SHEET_ADDRESS},
    {"numero civico", SHEET_ADDRESS}, {"ubicazione", SHEET_ADDRESS}, {"dove", SHEET_ADDRESS}, {"address", SHEET_ADDRESS},
    {"sede", SHEET_ADDRESS}, {"indirizzo sede", SHEET_ADDRESS}, {"luogo", SHEET_PLACE}, {"sede operativa", SHEET_ADDRESS},
    {"nome sede", SHEET_PLACE}, {"nome del luogo", SHEET_PLACE}, {"presso", SHEET_PLACE}, {"c o", SHEET_PLACE},
    {"cap", SHEET_CAP}, {"codice postale", SHEET_CAP}, {"prov", SHEET_PROVINCE}, {"provincia", SHEET_PROVINCE}, {"pr", SHEET_PROVINCE},
    {"comune", SHEET_COMUNE}, {"citta", SHEET_COMUNE}, {"localita", SHEET_COMUNE}, {"paese", SHEET_COMUNE}, {"comune sede", SHEET_COMUNE},
    {"town", SHEET_COMUNE}, {"city", SHEET_COMUNE},
    {"ente", SHEET_BODY}, {"ente gestore", SHEET_BODY}, {"ente erogatore", SHEET_BODY}, {"ente titolare", SHEET_BODY},
    {"organizzazione", SHEET_BODY}, {"associazione", SHEET_BODY}, {"gestore", SHEET_BODY}, {"titolare", SHEET_BODY},
    {"cooperativa", SHEET_BODY}, {"erogatore", SHEET_BODY}, {"soggetto", SHEET_BODY}, {"soggetto gestore", SHEET_BODY},
    {"soggetto proponente", SHEET_BODY}, {"chi lo offre", SHEET_BODY}, {"organisation", SHEET_BODY}, {"organization", SHEET_BODY},
    {"servizio", SHEET_NAME}, {"sportello", SHEET_NAME}, {"denominazione", SHEET_NAME}, {"nome", SHEET_NAME}, {"titolo", SHEET_NAME},
    {"nome servizio", SHEET_NAME}, {"nome del servizio", SHEET_NAME}, {"denominazione servizio", SHEET_NAME}, {"attivita", SHEET_NAME},
    {"progetto", SHEET_NAME}, {"iniziativa", SHEET_NAME}, {"struttura", SHEET_NAME}, {"service", SHEET_NAME}, {"name", SHEET_NAME},
    {"nome ente", SHEET_BODY}, {"denominazione ente", SHEET_BODY}, {"nome associazione", SHEET_BODY}, {"nome dell ente", SHEET_BODY},
    {"descrizione breve", SHEET_SUMMARY}, {"breve descrizione", SHEET_SUMMARY}, {"cosa offre", SHEET_SUMMARY}, {"cosa fa", SHEET_SUMMARY},
    {"in breve", SHEET_SUMMARY}, {"sintesi", SHEET_SUMMARY}, {"oggetto", SHEET_SUMMARY}, {"prestazioni", SHEET_SUMMARY},
    {"descrizione", SHEET_DESCRIPTION}, {"descrizione servizio", SHEET_DESCRIPTION}, {"descrizione del servizio", SHEET_DESCRIPTION},
    {"note", SHEET_DESCRIPTION}, {"dettagli", SHEET_DESCRIPTION}, {"informazioni", SHEET_DESCRIPTION}, {"osservazioni", SHEET_DESCRIPTION},
    {"altre informazioni", SHEET_DESCRIPTION}, {"description", SHEET_DESCRIPTION},
    {"tipologia", SHEET_NEEDS}, {"tipo", SHEET_NEEDS}, {"area", SHEET_NEEDS}, {"categoria", SHEET_NEEDS}, {"settore", SHEET_NEEDS},
    {"ambito", SHEET_NEEDS}, {"bisogno", SHEET_NEEDS}, {"bisogni", SHEET_NEEDS}, {"tema", SHEET_NEEDS}, {"tipo di servizio", SHEET_NEEDS},
    {"tipo servizio", SHEET_NEEDS}, {"tipologia servizio", SHEET_NEEDS}, {"tipologia di servizio", SHEET_NEEDS},
    {"area di intervento", SHEET_NEEDS}, {"area tematica", SHEET_NEEDS}, {"ambito di intervento", SHEET_NEEDS}, {"category", SHEET_NEEDS},
    {"a chi e rivolto", SHEET_ELIGIBILITY}, {"a chi si rivolge", SHEET_ELIGIBILITY}, {"destinatari", SHEET_ELIGIBILITY},
    {"target", SHEET_ELIGIBILITY}, {"utenza", SHEET_ELIGIBILITY}, {"beneficiari", SHEET_ELIGIBILITY}, {"requisiti", SHEET_ELIGIBILITY},
    {"per chi", SHEET_ELIGIBILITY}, {"a chi", SHEET_ELIGIBILITY}, {"rivolto a", SHEET_ELIGIBILITY}, {"tipo di utenza", SHEET_ELIGIBILITY},
    {"costo", SHEET_FEES}, {"costi", SHEET_FEES}, {"tariffa", SHEET_FEES}, {"tariffe", SHEET_FEES}, {"prezzo", SHEET_FEES},
    {"gratuito", SHEET_FEES}, {"contributo", SHEET_FEES}, {"quota", SHEET_FEES}, {"a pagamento", SHEET_FEES}, {"cost", SHEET_FEES},
    {"come accedere", SHEET_APPLICATION}, {"accesso", SHEET_APPLICATION}, {"modalita di accesso", SHEET_APPLICATION},
    {"modalita accesso", SHEET_APPLICATION}, {"come fare", SHEET_APPLICATION}, {"prenotazione", SHEET_APPLICATION},
    {"modalita", SHEET_APPLICATION}, {"iscrizione", SHEET_APPLICATION}, {"come si accede", SHEET_APPLICATION},
    {"documenti", SHEET_DOCUMENTS}, {"documentazione", SHEET_DOCUMENTS}, {"cosa serve", SHEET_DOCUMENTS}, {"cosa portare", SHEET_DOCUMENTS},
    {"documenti necessari", SHEET_DOCUMENTS}, {"lingue", SHEET_LANGUAGES}, {"lingua", SHEET_LANGUAGES}, {"lingue parlate", SHEET_LANGUAGES},
    {"posti", SHEET_PLACES_FREE}, {"posti liberi", SHEET_PLACES_FREE}, {"posti disponibili", SHEET_PLACES_FREE},
    {"inizio", SHEET_STARTS_ON}, {"data inizio", SHEET_STARTS_ON}, {"data di inizio", SHEET_STARTS_ON}, {"dal", SHEET_STARTS_ON},
    {"fine", SHEET_ENDS_ON}, {"data fine", SHEET_ENDS_ON}, {"data di fine", SHEET_ENDS_ON}, {"al", SHEET_ENDS_ON}, {"termine", SHEET_ENDS_ON},
    {"aggiornamento", SHEET_CONFIRMED_ON}, {"data aggiornamento", SHEET_CONFIRMED_ON}, {"aggiornato il", SHEET_CONFIRMED_ON},
    {"ultimo aggiornamento", SHEET_CONFIRMED_ON}, {"ultima verifica", SHEET_CONFIRMED_ON}, {"verificato il", SHEET_CONFIRMED_ON},
    {"id", SHEET_CODE}, {"codice", SHEET_CODE}, {"cod", SHEET_CODE}, {"codice servizio", SHEET_CODE}, {"n", SHEET_CODE}, {"nr", SHEET_CODE},
    {"num", SHEET_CODE}, {"numero", SHEET_CODE}, {"progressivo", SHEET_CODE},
    {"referente", SHEET_LEFT_OUT, true}, {"referenti", SHEET_LEFT_OUT, true}, {"responsabile", SHEET_LEFT_OUT, true},
    {"cognome", SHEET_LEFT_OUT, true}, {"nome e cognome", SHEET_LEFT_OUT, true}, {"cognome e nome", SHEET_LEFT_OUT, true},
    {"nominativo", SHEET_LEFT_OUT, true}, {"operatore", SHEET_LEFT_OUT, true}, {"operatrice", SHEET_LEFT_OUT, true},
    {"assistente sociale", SHEET_LEFT_OUT, true}, {"persona di riferimento", SHEET_LEFT_OUT, true}, {"nome referente", SHEET_LEFT_OUT, true},
    {"coordinatore", SHEET_LEFT_OUT, true}, {"coordinatrice", SHEET_LEFT_OUT, true}, {"codice fiscale", SHEET_LEFT_OUT, true},
};

static int n_words(const char *z)
{
    int n = 1;

    for (; *z != '\0'; z++)
        n += *z == ' ';
    return n;
}

enum sheet_field sheets_of_name(struct arena *mem, struct str name, bool *out_is_person, int *out_weight)
{
    const struct str folded = str_fold(mem, name);
    enum sheet_field field = SHEET_LEFT_OUT;

    *out_is_person = false;
    *out_weight = 0;
    if (sheets_day_of_name(mem, name) >= 0) {
        *out_weight = 100;
        return SHEET_HOURS;
    }
    for (int i = 0; i < ARRAY_LEN(known); i++) {
        const bool is_whole = str_eq_z(folded, known[i].words);
        const int weight = n_words(known[i].words) * 10 + (is_whole ? 100 : str_starts(folded, str_of(known[i].words)) ? 5 : 0);

        if (weight <= *out_weight || !sheets_has_word(folded, known[i].words))
            continue;
        *out_weight = weight;
        *out_is_person = known[i].is_person;
        field = known[i].field;
    }
    return field;
}

int sheets_day_of_name(struct arena *mem, struct str name)
{
    static const char *const days[7][2] = {{"lunedi", "lun"}, {"martedi", "mar"}, {"mercoledi", "mer"}, {"giovedi", "gio"},
                                           {"venerdi", "ven"}, {"sabato", "sab"}, {"domenica", "dom"}};
    const struct str folded = str_fold(mem, name);

    for (int d = 0; d < 7; d++)
        if (str_eq_z(folded, days[d][0]) || str_eq_z(folded, days[d][1]))
            return d;
    return -1;
}

/* ---- by what stands in them ---- */

struct kinds {
    int n, n_email, n_url, n_phone, n_hours, n_cap, n_province, n_comune, n_address, n_number, n_different;
    int64_t n_bytes;
};

static bool is_address(struct str folded)
{
    static const char *const begins[] = {"via ", "viale ", "corso ", "c so ", "piazza ", "p za ", "p zza ", "piazzale ", "largo ", "strada ",
                                         "vicolo ", "loc ", "localita ", "frazione ", "fraz ", "regione ", "borgata ", "lungo "};

    for (int i = 0; i < ARRAY_LEN(begins); i++)
        if (str_starts(folded, str_of(begins[i])))
            return true;
    return false;
}

static bool has_day(struct str folded)
{
    static const char *const days[] = {"lun", "mar", "mer", "gio", "ven", "sab", "dom", "lunedi", "martedi", "mercoledi", "giovedi", "venerdi",
                                       "sabato", "domenica", "feriali", "tutti i giorni", "mo", "fr"};

    for (int i = 0; i < ARRAY_LEN(days); i++)
        if (sheets_has_word(folded, days[i]))
            return true;
    return false;
}

static void look(struct sheets *s, struct arena *mem, struct str cell, struct kinds *k)
{
    const struct str folded = str_fold(mem, cell);
    const int n_digits = sheets_count_digits(cell), n_letters = sheets_count_letters(cell);

    k->n++;
    k->n_bytes += (int64_t)cell.n;
    k->n_number += n_letters == 0 && n_digits > 0;
    if (memchr(cell.p, '@', cell.n) != NULL)
        k->n_email++;
    else if (str_starts(cell, STR("http")) || str_starts(cell, STR("www.")))
        k->n_url++;
    else if (n_digits == 5 && cell.n == 5)
        k->n_cap++;
    else if (n_digits >= 6 && n_digits > n_letters && sheets_day(cell) == DAY_NONE)
        k->n_phone++;
    else if (n_digits > 0 && has_day(folded))
        k->n_hours++;
    else if (is_address(folded))
        k->n_address++;
    else if (cell.n == 2 && isupper((unsigned char)cell.p[0]) && isupper((unsigned char)cell.p[1]))
        k->n_province++;
    else if (sheets_is_comune(s, mem, cell))
        k->n_comune++;
}

static void look_at_column(struct sheets *s, struct arena *mem, const struct sheet_grid *g, int column, struct kinds *k)
{
    enum { MOST = 60 };
    struct map seen = map_new(mem, MOST);

    *k = (struct kinds){0};
    for (int row = 0; row < g->n_rows && k->n < MOST; row++) {
        const struct str cell = g->cells[(size_t)row * (size_t)g->n_columns + (size_t)column];

        if (cell.n == 0)
            continue;
        k->n_different += map_add(&seen, cell, k->n) == k->n;
        look(s, mem, cell, k);
    }
}

static enum sheet_field of_kinds(const struct kinds *k)
{
    const struct {
        int n;
        enum sheet_field field;
    } counts[] = {{k->n_email, SHEET_EMAIL}, {k->n_url, SHEET_URL}, {k->n_cap, SHEET_CAP}, {k->n_phone, SHEET_PHONES},
                  {k->n_hours, SHEET_HOURS}, {k->n_address, SHEET_ADDRESS}, {k->n_province, SHEET_PROVINCE}, {k->n_comune, SHEET_COMUNE}};

    for (int i = 0; i < ARRAY_LEN(counts); i++)
        if (k->n > 0 && counts[i].n * 10 >= k->n * 6)
            return counts[i].field;
    return SHEET_LEFT_OUT;
}

/* ---- together ---- */

/* Fields that several columns may make together. */
static bool may_be_several(enum sheet_field f)
{
    return f == SHEET_PHONES || f == SHEET_HOURS || f == SHEET_DESCRIPTION || f == SHEET_ADDRESS;
}

static int column_of(const struct sheet_columns *k, enum sheet_field f)
{
    for (int i = 0; i < k->n; i++)
        if (k->of[i] == f)
            return i;
    return -1;
}

static void guess_by_names(struct arena *mem, const struct sheet_grid *g, struct sheet_columns *out, int *weights)
{
    for (int i = 0; i < g->n_columns; i++) {
        bool is_person = false;
        const enum sheet_field f = sheets_of_name(mem, g->names[i], &is_person, &weights[i]);
        const int other = f == SHEET_LEFT_OUT || may_be_several(f) ? -1 : column_of(out, f);

        out->is_person[i] = is_person;
        out->is_sure[i] = f != SHEET_LEFT_OUT || is_person;
        if (other >= 0 && weights[other] >= weights[i]) {
            out->is_sure[i] = false;
            continue;
        }
        if (other >= 0) {
            out->of[other] = SHEET_LEFT_OUT;
            out->is_sure[other] = false;
        }
        out->of[i] = f;
    }
}

/* "Nome" beside "Cognome" is a person's. */
static void see_persons(struct arena *mem, const struct sheet_grid *g, struct sheet_columns *out)
{
    bool has_surname = false;

    for (int i = 0; i < out->n; i++)
        has_surname |= out->is_person[i] && sheets_has_word(str_fold(mem, g->names[i]), "cognome");
    for (int i = 0; has_surname && i < out->n; i++)
        if (out->of[i] == SHEET_NAME && str_eq_z(str_fold(mem, g->names[i]), "nome")) {
            out->of[i] = SHEET_LEFT_OUT;
            out->is_person[i] = true;
        }
}

/* Words that are left: the name has the most different ones, then who gives it, then what is said of it. */
static void guess_words(const struct sheet_grid *g, const struct kinds *kinds, struct sheet_columns *out)
{
    static const enum sheet_field order[] = {SHEET_NAME, SHEET_BODY, SHEET_DESCRIPTION};

    for (int o = 0; o < ARRAY_LEN(order); o++) {
        int best = -1;

        if (column_of(out, order[o]) >= 0 || (order[o] != SHEET_NAME && g->has_names))
            continue;
        for (int i = 0; i < out->n; i++) {
            const struct kinds *k = &kinds[i];
            const int64_t length = k->n == 0 ? 0 : k->n_bytes / k->n;

            if (out->of[i] != SHEET_LEFT_OUT || out->is_person[i] || k->n == 0 || k->n_number * 2 > k->n || out->is_sure[i])
                continue;
            if (order[o] == SHEET_DESCRIPTION ? length < 40 : length > 120)
                continue;
            if (best < 0 || (order[o] == SHEET_NAME && k->n_different * 10 > kinds[best].n_different * 13))
                best = i;
        }
        if (best >= 0)
            out->of[best] = order[o];
    }
}

void sheets_guess(struct sheets *s, struct ctx *c, const struct sheet_grid *g, struct sheet_columns *out)
{
    struct kinds *kinds = ARENA_ARRAY(c->mem, struct kinds, SHEET_MOST_COLUMNS);
    int weights[SHEET_MOST_COLUMNS] = {0};

    *out = (struct sheet_columns){.n = g->n_columns};
    guess_by_names(c->mem, g, out, weights);
    see_persons(c->mem, g, out);
    for (int i = 0; i < g->n_columns; i++) {
        look_at_column(s, c->mem, g, i, &kinds[i]);
        if (out->of[i] != SHEET_LEFT_OUT || out->is_person[i])
            continue;
        const enum sheet_field f = of_kinds(&kinds[i]);

        if (f != SHEET_LEFT_OUT && (may_be_several(f) || column_of(out, f) < 0))
            out->of[i] = f;
    }
    guess_words(g, kinds, out);
}

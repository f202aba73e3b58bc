/* entitled_fields.c - the questions, one row for each box of the form, in the order of the page. */
#include "base/log.h"
#include "base/macros.h"
#include "entitled_form.h"
#include <string.h>

const struct entitled_field entitled_fields[] = {
    {"dove", ASK_PLACE, FIELD_PLACE},
    {"residenza", ASK_PLACE, FIELD_CHOICE, .choices = {"cinque", "cinque-via", "due", "meno"}},

    {"eta", ASK_PEOPLE, FIELD_AGE, .of_person = true, .fact = "eta"},
    {"chi", ASK_PEOPLE, FIELD_CHOICE, .of_person = true, .choices = {"coniuge", "figlio", "figlio-reddito", "altro"}},
    {"salute", ASK_PEOPLE, FIELD_CHOICE, .of_person = true, .choices = {"bene", "disabile", "grave", "non-autosufficiente"}},
    {"cura", ASK_PEOPLE, FIELD_YES, .of_person = true, .is_rare = true, .fact = "carichi_di_cura"},
    {"servizi", ASK_PEOPLE, FIELD_YES, .of_person = true, .is_rare = true, .fact = "svantaggio_certificato"},
    {"nido", ASK_PEOPLE, FIELD_YES, .of_person = true, .is_rare = true, .fact = "frequenta_nido"},
    {"accompagnamento", ASK_PEOPLE, FIELD_YES, .of_person = true, .is_rare = true, .fact = "indennita_accompagnamento"},

    {"isee", ASK_ISEE, FIELD_CHOICE, .choices = {"ho", "stima"}},
    {"isee-ord", ASK_ISEE, FIELD_MONEY},
    {"isee-pfi", ASK_ISEE, FIELD_MONEY, .is_rare = true},
    {"isee-soc", ASK_ISEE, FIELD_MONEY, .is_rare = true},
    {"isee-min", ASK_ISEE, FIELD_MONEY, .is_rare = true},
    {"isee-corrente", ASK_ISEE, FIELD_YES, .is_rare = true, .fact = "isee_corrente"},
    {"isee-note", ASK_ISEE, FIELD_YES, .is_rare = true, .fact = "isee_con_anomalie"},

    {"lavoro", ASK_WORK, FIELD_CHOICE, .of_person = true, .choices = {"lavora", "cerca", "pensione", "studia", "altro"}},
    {"reddito", ASK_WORK, FIELD_MONEY},
    {"depositi", ASK_WORK, FIELD_MONEY},
    {"titoli", ASK_WORK, FIELD_MONEY, .is_rare = true},
    {"sostegno", ASK_WORK, FIELD_YES, .is_rare = true, .fact = "riceve_sostegno_disoccupazione"},
    {"dimissioni", ASK_WORK, FIELD_YES, .is_rare = true, .fact = "dimissioni_volontarie"},

    {"casa", ASK_HOME, FIELD_CHOICE, .choices = {"affitto", "popolare", "senza-contratto", "mia", "ospite"}},
    {"affitto", ASK_HOME, FIELD_MONEY},
    {"sfratto", ASK_HOME, FIELD_YES, .is_rare = true, .fact = "sfratto_in_corso"},
    {"immobili", ASK_HOME, FIELD_CHOICE, .choices = {"nessuno", "altri"}},
    {"immobili-euro", ASK_HOME, FIELD_MONEY, .is_rare = true},
    {"concordato", ASK_HOME, FIELD_YES, .is_rare = true, .fact = "contratto_concordato"},
    {"morosita", ASK_HOME, FIELD_MONEY, .is_rare = true, .fact = "morosita"},
    {"incolpevole", ASK_HOME, FIELD_YES, .is_rare = true, .fact = "morosita_incolpevole"},

    {"gravidanza", ASK_OTHER, FIELD_YES},
    {"nascita", ASK_OTHER, FIELD_YES, .fact = "nascita_nell_anno"},
    {"adi", ASK_OTHER, FIELD_YES, .fact = "riceve_adi"},
    {"assistente", ASK_OTHER, FIELD_YES, .fact = "contratto_assistente"},

    {"dipendente", ASK_ESTIMATE, FIELD_MONEY, .of_person = true},
    {"pensione", ASK_ESTIMATE, FIELD_MONEY, .of_person = true},
    {"altri", ASK_ESTIMATE, FIELD_MONEY, .of_person = true},
    {"mantenimento", ASK_ESTIMATE, FIELD_MONEY, .of_person = true},
    {"casa-valore", ASK_ESTIMATE, FIELD_MONEY},
    {"mutuo", ASK_ESTIMATE, FIELD_MONEY},
    {"genitori", ASK_ESTIMATE, FIELD_CHOICE, .choices = {"lavorano", "solo-non-lavora", "altro"}},
    {"insieme", ASK_ESTIMATE, FIELD_YES},
};
const int entitled_n_fields = ARRAY_LEN(entitled_fields);
static_assert(ARRAY_LEN(entitled_fields) <= ENTITLED_FIELDS, "the answers have room for every question");

int entitled_field_find(const char *name)
{
    for (int i = 0; i < entitled_n_fields; i++)
        if (strcmp(entitled_fields[i].name, name) == 0)
            return i;
    bug("there is no question %s", name);
}

struct str entitled_value(const struct entitled_answers *a, const char *name)
{
    return a->values[entitled_field_find(name)];
}

struct str entitled_value_of(const struct entitled_answers *a, int person, const char *name)
{
    return a->people[person][entitled_field_find(name)];
}

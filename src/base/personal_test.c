/* personal_test.c - what is taken for a person's, and what is a desk's. */
#include "base/personal.h"
#include "base/macros.h"
#include "tests/unit.h"

static const struct {
    const char *text;
    enum personal_kind kind; /* 0: nothing is found */
    const char *words;
} cases[] = {
    {"Chiedi di Maria, 333 1234567", PERSONAL_MOBILE, "333 1234567"},
    {"cell. 3331234567.", PERSONAL_MOBILE, "3331234567"},
    {"+39 347-1234567 la sera", PERSONAL_MOBILE, "+39 347-1234567"},
    {"0039 347 1234567", PERSONAL_MOBILE, "0039 347 1234567"},
    {"333.123.4567", PERSONAL_MOBILE, "333.123.4567"},
    {"Telefono 011 1234567", 0, NULL},
    {"Numero verde 800 123456", 0, NULL},
    {"Aperto dalle 8.30-12.30 e 14.00-16.30", 0, NULL},
    {"Codice 2026-333123456789012345", 0, NULL},
    {"Scrivi a maria.rossi@comune.ivrea.to.it", PERSONAL_MAIL, "maria.rossi@comune.ivrea.to.it"},
    {"mariuccia52@gmail.com", PERSONAL_MAIL, "mariuccia52@gmail.com"},
    {"info@caritas.example", 0, NULL},
    {"caritas.ivrea@gmail.com", 0, NULL},
    {"servizi.sociali@comune.example", 0, NULL},
    {"Il suo codice è RSSMRA80A01L219X", PERSONAL_TAX_CODE, "RSSMRA80A01L219X"},
    {"Partita IVA 01234567890", 0, NULL},
    {"Ho chiamato. Mia madre ha l’Alzheimer e nessuno risponde", PERSONAL_HEALTH, "Mia madre ha l’Alzheimer e nessuno risponde"},
    {"Sono invalida e c’è un gradino", PERSONAL_HEALTH, "Sono invalida e c’è un gradino"},
    {"Sportello Alzheimer, per chi si prende cura di persone con demenza", 0, NULL},
    {"Mia madre ha chiamato: il numero è sbagliato. Lo sportello disabili è chiuso", 0, NULL},
    {"", 0, NULL},
};

START_TEST(test_personal__persons_are_told_from_desks)
{
    struct arena *mem = arena_new(0);

    for (int i = 0; i < ARRAY_LEN(cases); i++) {
        struct personal found[4];
        const int n = personal_find(mem, str_of(cases[i].text), found, 4);

        ck_assert_msg(n == (cases[i].kind != 0), "%d found in: %s", n, cases[i].text);
        if (n == 0)
            continue;
        ck_assert_int_eq(found[0].kind, cases[i].kind);
        ck_assert_str_eq(str_z(mem, found[0].words), cases[i].words);
    }
    arena_free(mem);
}
END_TEST

START_TEST(test_personal__no_more_than_there_is_room_for)
{
    struct arena *mem = arena_new(0);
    struct personal found[2];

    ck_assert_int_eq(personal_find(mem, STR("333 1234567; 333 1234568; 333 1234569"), found, 2), 2);
    arena_free(mem);
}
END_TEST

UNIT_MAIN("personal", test_personal__persons_are_told_from_desks, test_personal__no_more_than_there_is_room_for)

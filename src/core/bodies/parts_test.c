/* parts_test.c - what goes into the packed text comes out of it, whatever it holds. */
#include "core/bodies/parts.h"
#include "tests/unit.h"

START_TEST(test_parts__lines_hold_any_text)
{
    static const char *const texts[] = {"",   "a",   "con\ttab", "due\nrighe\r\n",
                                        "\\", "\\t", "è “così”", "\\\\n\t"};
    struct arena *mem = arena_new(0);
    struct buf b = buf_new(mem, 16);
    struct str cells[9];
    char letter;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        cells[i] = str_of(texts[i]);
    parts_put_line(&b, 'Q', cells, 8);
    parts_put_line(&b, 'Z', cells, 1);
    struct str rest = buf_view(&b);

    ck_assert(parts_next_line(mem, &rest, &letter, cells, 9));
    ck_assert_int_eq(letter, 'Q');
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_str_eq(str_z(mem, cells[i]), texts[i]);
    ck_assert_int_eq((int)cells[8].n, 0);
    ck_assert(parts_next_line(mem, &rest, &letter, cells, 9));
    ck_assert_int_eq(letter, 'Z');
    ck_assert(!parts_next_line(mem, &rest, &letter, cells, 9));
    arena_free(mem);
}
END_TEST

#define IS(s, z) ck_assert_str_eq(str_z(mem, s), z)

START_TEST(test_parts__all_of_them_come_back)
{
    struct arena *mem = arena_new(0);
    struct buf b = buf_new(mem, 16);
    struct phone phones[] = {{.uuid = STR("u-1"),
                              .number = STR("011 555 0101"),
                              .extension = STR("7"),
                              .type = STR("voice"),
                              .description = STR("la mattina"),
                              .languages = STR("it ro")},
                             {.number = STR("011 555 0102")}};
    struct contact contacts[] = {{.role = STR("Segreteria"),
                                  .department = STR("Casa"),
                                  .email = STR("a@b.it"),
                                  .phone = STR("1")}};
    struct attribute attributes[] = {{.taxonomy = STR("SIUSS"),
                                      .code = STR("A1.05"),
                                      .name = STR("Affitto"),
                                      .term_uuid = STR("t"),
                                      .link_type = STR("l"),
                                      .link_entity = STR("service"),
                                      .value = STR("v")}};
    struct funding funding[] = {{.source = STR("Regione")}};
    struct identifier identifiers[] = {
        {.scheme = STR("IT-CF"), .type = STR("CF"), .identifier = STR("97000000001")}};
    struct program programs[] = {
        {.name = STR("Inverno"), .alternate_name = STR("Freddo"), .description = STR("d")}};
    const struct parts in = {phones, contacts, attributes, funding, identifiers, programs,
                             2,      1,        1,          1,       1,           1};
    struct parts out, again;

    parts_pack(&b, &in);
    parts_put_line(&b, 'H', (const struct str[]){STR("of another slice")}, 1);
    parts_unpack(mem, buf_view(&b), STR("owner"), &out);
    ck_assert_int_eq(out.n_phones, 2);
    ck_assert_int_eq(
        out.n_contacts + out.n_attributes + out.n_funding + out.n_identifiers + out.n_programs, 5);
    IS(out.phones[0].uuid, "u-1");
    IS(out.phones[0].languages, "it ro");
    IS(out.phones[0].extension, "7");
    IS(out.phones[0].description, "la mattina");
    IS(out.phones[1].number, "011 555 0102");
    ck_assert_int_eq((int)out.phones[1].uuid.n, 36);
    IS(out.contacts[0].email, "a@b.it");
    IS(out.attributes[0].value, "v");
    IS(out.attributes[0].link_entity, "service");
    IS(out.funding[0].source, "Regione");
    IS(out.identifiers[0].identifier, "97000000001");
    IS(out.programs[0].description, "d");
    /* derived ids: the same at each reading, another for each part and owner */
    parts_unpack(mem, buf_view(&b), STR("owner"), &again);
    ck_assert(str_eq(out.phones[1].uuid, again.phones[1].uuid));
    ck_assert(!str_eq(out.phones[1].uuid, out.contacts[0].uuid));
    parts_unpack(mem, buf_view(&b), STR("other"), &again);
    ck_assert(!str_eq(out.phones[1].uuid, again.phones[1].uuid));
    parts_unpack(mem, buf_view(&b), STR(""), &again);
    ck_assert_int_eq((int)again.phones[1].uuid.n, 0);
    IS(again.phones[0].uuid, "u-1");
    arena_free(mem);
}
END_TEST

UNIT_MAIN("parts", test_parts__lines_hold_any_text, test_parts__all_of_them_come_back)

/* sheets_fields.c - what a column may be. */
#include "base/macros.h"
#include "base/text.h"
#include "sheets.h"

static const struct {
    const char *name;
    enum edit_field edits;
} fields[SHEET_FIELD_COUNT] = {
    [SHEET_LEFT_OUT] = {"left-out", EDIT_NONE},
    [SHEET_CODE] = {"code", EDIT_NONE},
    [SHEET_BODY] = {"body", EDIT_NONE},
    [SHEET_NAME] = {"name", EDIT_NAME},
    [SHEET_SUMMARY] = {"summary", EDIT_SUMMARY},
    [SHEET_DESCRIPTION] = {"description", EDIT_DESCRIPTION},
    [SHEET_NEEDS] = {"needs", EDIT_NEEDS},
    [SHEET_ELIGIBILITY] = {"eligibility", EDIT_ELIGIBILITY},
    [SHEET_PHONES] = {"phones", EDIT_PHONES},
    [SHEET_EMAIL] = {"email", EDIT_EMAIL},
    [SHEET_URL] = {"url", EDIT_URL},
    [SHEET_HOURS] = {"hours", EDIT_HOURS},
    [SHEET_PLACE] = {"place", EDIT_NONE},
    [SHEET_ADDRESS] = {"address", EDIT_PLACES},
    [SHEET_CAP] = {"cap", EDIT_NONE},
    [SHEET_COMUNE] = {"comune", EDIT_NONE},
    [SHEET_PROVINCE] = {"province", EDIT_NONE},
    [SHEET_FEES] = {"fees", EDIT_FEES},
    [SHEET_APPLICATION] = {"application", EDIT_APPLICATION},
    [SHEET_DOCUMENTS] = {"documents", EDIT_DOCUMENTS},
    [SHEET_LANGUAGES] = {"languages", EDIT_LANGUAGES},
    [SHEET_PLACES_FREE] = {"places-free", EDIT_PLACES_FREE},
    [SHEET_STARTS_ON] = {"starts-on", EDIT_STARTS_ON},
    [SHEET_ENDS_ON] = {"ends-on", EDIT_ENDS_ON},
    [SHEET_CONFIRMED_ON] = {"confirmed-on", EDIT_NONE},
};

const char *sheet_field_name(enum sheet_field f)
{
    return fields[f].name;
}

enum sheet_field sheet_field_named(struct str name)
{
    for (int f = 0; f < SHEET_FIELD_COUNT; f++)
        if (str_eq_z(name, fields[f].name))
            return (enum sheet_field)f;
    return SHEET_LEFT_OUT;
}

enum edit_field sheet_field_edits(enum sheet_field f)
{
    return fields[f].edits;
}

struct str sheet_field_words(struct ctx *c, enum sheet_field f)
{
    return text_get(c->lang, str_fmt(c->mem, "sheets.column-%s", fields[f].name).p);
}

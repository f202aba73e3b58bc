/* feeds_mapping_fields.c - every field that a mapping may speak of; docs/operator/import-csv.md says what each is. */
#include "base/macros.h"
#include "feeds_mapping_private.h"
#include <string.h>

static const char *const single[] = {
    "id", "uuid", "kind", "name", "alternate_name", "summary", "description", "url", "email", "status", "application_process", "wait_time",
    "eligibility", "minimum_age", "maximum_age", "fees", "fee", "ways", "starts_on", "ends_on", "apply_by", "isee_note", "places_free",
    "intake_point", "alert", "interpretation", "accreditations", "licenses", "confirmed_on", "confirmed_how", "confirmed_by",
    "assurer_email", "needs", "targets", "served", "served_note", "languages", "documents", "phones", "hours", "hours_note", "access",
    "access_note", "funding", "program.name", "program.description", "organisation.id", "organisation.uuid", "organisation.name",
    "organisation.alternate_name", "organisation.kind", "organisation.description", "organisation.email", "organisation.url",
    "organisation.phones", "organisation.tax_id", "organisation.legal_status", "organisation.tax_status", "organisation.logo",
    "organisation.uri", "organisation.year", "organisation.parent", "organisation.body", "organisation.comune",
};

static const char *const numbered[] = {
    "phone.number", "phone.type", "phone.note", "phone.extension", "phone.languages", "contact.role", "contact.department",
    "contact.phone", "contact.email", "cost.option", "cost.amount", "cost.currency", "cost.description", "cost.from", "cost.to",
    "attribute.taxonomy", "attribute.code", "attribute.name", "attribute.value", "location.id", "location.uuid", "location.type",
    "location.name", "location.alternate_name", "location.description", "location.url", "location.comune", "location.province",
    "location.cap", "location.address", "location.address_2", "location.quarter", "location.lat", "location.lon", "location.secret",
    "location.access", "location.access_note", "location.transport", "location.languages", "location.hours", "location.phones",
    "location.note",
};

const char *feeds_field_known(struct str written, bool *out_is_numbered)
{
    for (int i = 0; i < ARRAY_LEN(single); i++)
        if (str_eq_z(written, single[i])) {
            *out_is_numbered = false;
            return single[i];
        }
    for (int i = 0; i < ARRAY_LEN(numbered); i++)
        if (str_eq_z(written, numbered[i])) {
            *out_is_numbered = true;
            return numbered[i];
        }
    return NULL;
}

const char *feeds_field_at(int i)
{
    const int n = ARRAY_LEN(single);

    return i < n ? single[i] : i < n + ARRAY_LEN(numbered) ? numbered[i - n] : NULL;
}

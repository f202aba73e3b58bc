/* open_data_datasets.c - the table of datasets, counted. */
#include "open_data_datasets.h"
#include "base/macros.h"
#include "base/sheet.h"
#include "core/places/places.h"
#include "features/publish/publish_api_put.h"
#include "features/publish/publish_export.h"
#include <string.h>

/* The day of the tables of reference/territory and reference/programme (reference/README.md). */
#define REFERENCE_DAY "2026-11-21"

#define CSV(address) {address, "CSV", "CSV", "text/csv"}

const struct dataset_row dataset_rows[] = {
    {"services", "CONT", "SOCI", SIZE_SERVICES, NULL, false,
     {CSV("/dati/servizi.csv"),
      {"/dati/servizi.xlsx", "XLSX", "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
      {"/dati/servizi.geojson", "GeoJSON", "GEOJSON", "application/geo+json"},
      {"/dati/hsds.zip", "HSDS (ZIP)", "ZIP", "application/zip"},
      {"/api/hsds/3.0/services", "HSDS (JSON)", "JSON", "application/json"},
      {"/dati/servizi.ttl", "CPSV-AP_IT (Turtle)", "RDF_TURTLE", "text/turtle"},
      {"/dati/servizi.jsonld", "CPSV-AP_IT (JSON-LD)", "JSON_LD", "application/ld+json"}}},
    {"events", "CONT", "EDUC", SIZE_EVENTS, NULL, false, {{"/dati/eventi.ics", "iCalendar", "TXT", "text/calendar"}}},
    {"news", "CONT", "SOCI", SIZE_SERVICES, NULL, false, {{"/dati/novita.atom", "Atom", "ATOM", "application/atom+xml"}}},
    {"organisations", "CONT", "SOCI", SIZE_ORGANISATIONS, NULL, false, {{"/api/hsds/3.0/organizations", "HSDS (JSON)", "JSON", "application/json"}}},
    {"taxonomies", "IRREG", "SOCI", SIZE_TERMS, NULL, true, {{"/api/hsds/3.0/taxonomy_terms", "HSDS (JSON)", "JSON", "application/json"}}},
    {"albo", "CONT", "SOCI", SIZE_UNKNOWN, NULL, false, {CSV("/dati/albo.csv")}},
    {"gaps", "CONT", "SOCI", SIZE_UNKNOWN, NULL, false, {CSV("/dati/cosa-manca.csv")}},
    {"freshness", "CONT", "GOVE", SIZE_UNKNOWN, NULL, false, {CSV("/dati/freschezza.csv")}},
    {"comuni", "IRREG", "GOVE", SIZE_COMUNI, NULL, true, {CSV("/dati/comuni.csv"), {"/api/v1/areas", "JSON", "JSON", "application/json"}}},
    {"districts", "IRREG", "GOVE", SIZE_DISTRICTS, NULL, true, {CSV("/dati/distretti.csv")}},
    {"bodies", "IRREG", "GOVE", SIZE_BODIES, NULL, true, {CSV("/dati/enti.csv"), {"/api/v1/bodies", "JSON", "JSON", "application/json"}}},
    {"projects", "NEVER", "SOCI", SIZE_PROJECTS, NULL, true, {CSV("/dati/progetti.csv"), {"/api/v1/projects", "JSON", "JSON", "application/json"}}},
    {"targets", "NEVER", "SOCI", SIZE_UNKNOWN, NULL, true, {CSV("/dati/obiettivi.csv")}},
    {"catalogue", "CONT", "GOVE", SIZE_UNKNOWN, NULL, false,
     {{"/dati/catalogo.ttl", "DCAT-AP_IT (Turtle)", "RDF_TURTLE", "text/turtle"},
      {"/dati/catalogo.jsonld", "DCAT-AP_IT (JSON-LD)", "JSON_LD", "application/ld+json"}}},
};
const int n_dataset_rows = ARRAY_LEN(dataset_rows);

/* ---- how much, since when ---- */

static enum status count_areas(struct ctx *c, enum area_kind kind, int64_t *out)
{
    struct area *list;
    int n = 0;
    const enum status st = places_areas(c, kind, c->today, &list, &n);

    *out = n;
    return st;
}

static enum status count_terms(struct ctx *c, int64_t *out)
{
    struct api_term *ours;
    struct taxonomy_term *theirs;
    int n_ours, n_theirs = 0;
    const enum status st = catalogue_terms(c, STR(""), &theirs, &n_theirs);

    api_terms(c, needs_of(c), &ours, &n_ours);
    *out = n_ours + n_theirs;
    return st;
}

static enum status count(struct ctx *c, const struct dataset_row *row, int64_t *out)
{
    struct catalogue_counts all;
    enum status st;

    *out = -1;
    switch (row->size) {
    case SIZE_SERVICES:
    case SIZE_ORGANISATIONS:
    case SIZE_EVENTS:
        st = catalogue_count(c, &all);
        *out = row->size == SIZE_SERVICES ? all.services : row->size == SIZE_EVENTS ? all.coming : all.organisations;
        return st;
    case SIZE_TERMS:
        return count_terms(c, out);
    case SIZE_COMUNI:
        return count_areas(c, AREA_COMUNE, out);
    case SIZE_DISTRICTS:
        return count_areas(c, AREA_DISTRICT, out);
    case SIZE_BODIES:
        return count_areas(c, AREA_BODY_AREA, out);
    case SIZE_PROJECTS:
        return count_areas(c, AREA_PROJECT, out);
    case SIZE_ROWS:
        *out = sheet_of_table(c->mem, row->table).n_rows;
        return ST_OK;
    case SIZE_UNKNOWN:
        break;
    }
    return ST_OK;
}

enum status datasets_read(struct web *w, struct dataset **out, int *n_out)
{
    struct ctx *c = web_ctx(w);
    struct dataset *list = ARENA_ARRAY(c->mem, struct dataset, ARRAY_LEN(dataset_rows));
    int64_t changed_ms = 0;
    enum status st = publish_changed_at(c, &changed_ms);
    int n = 0;

    for (int i = 0; i < ARRAY_LEN(dataset_rows) && st == ST_OK; i++) {
        const struct dataset_row *row = &dataset_rows[i];
        struct dataset *d = &list[n];

        if (!web_has_row(w, row->files[0].address))
            continue;
        *d = (struct dataset){.row = row,
                              .title = text_get(c->lang, str_fmt(c->mem, "open_data.set-%s", row->id).p),
                              .text = text_get(c->lang, str_fmt(c->mem, "open_data.set-%s-text", row->id).p),
                              .changed_on = row->is_reference ? day_parse(STR(REFERENCE_DAY))
                                            : changed_ms > 0  ? (int)(changed_ms / 86400000)
                                                              : DAY_NONE};
        st = count(c, row, &d->n_items);
        n++;
    }
    *out = list;
    *n_out = n;
    return st;
}

struct str dataset_licence_address(struct arena *mem, const char *licence)
{
    static const struct {
        const char *name, *code;
    } known[] = {{"CC BY 4.0", "A21_CCBY40"}, {"CC BY-SA 4.0", "A31_CCBYSA40"}, {"CC0 1.0", "A11_CCO10"}, {"IODL 2.0", "A28_IODL20"}};

    for (int i = 0; i < ARRAY_LEN(known); i++)
        if (strcmp(licence, known[i].name) == 0)
            return str_fmt(mem, "https://w3id.org/italia/controlled-vocabulary/licences/%s", known[i].code);
    return STR("");
}

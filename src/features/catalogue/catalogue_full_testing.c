#include "catalogue_full_testing.h"
#include "tests/unit.h"
#include <string.h>

#define COPY(c, type, n, ...) memcpy(ARENA_ARRAY((c)->mem, type, n), (type[])__VA_ARGS__, sizeof(type) * (n))

static void fill_parts(struct ctx *c, struct parts *p)
{
    p->phones = COPY(c, struct phone, 2,
                     {{.uuid = STR("1554f2e2-a373-45db-a3fa-9fc48a61c15e"),
                       .number = STR("0125 555 0101"),
                       .extension = STR("7"),
                       .type = STR("voice"),
                       .description = STR("la mattina"),
                       .languages = STR("it ro")},
                      {.number = STR("0125 555 0102")}});
    p->n_phones = 2;
    p->contacts = COPY(c, struct contact, 1,
                       {{.role = STR("Segreteria"), .department = STR("Casa"), .email = STR("casa@example.org"),
                         .phone = STR("0125 555 0103")}});
    p->n_contacts = 1;
    p->attributes = COPY(c, struct attribute, 1,
                         {{.taxonomy = STR("SIUSS"), .code = STR("A1.05"), .name = STR("Affitto"),
                           .link_entity = STR("service"), .value = STR("sì")}});
    p->n_attributes = 1;
    p->funding = COPY(c, struct funding, 1, {{.source = STR("Regione Piemonte")}});
    p->n_funding = 1;
}

static struct hours_rule rule(const char *byday, const char *opens, const char *closes)
{
    const struct hours_fields f = {.freq = STR("WEEKLY"),
                                   .byday = str_of(byday),
                                   .opens_at = str_of(opens),
                                   .closes_at = str_of(closes)};
    struct hours_rule r = {0};
    const char *bad;

    ck_assert_int_eq(hours_read_rule(&f, &r, &bad), ST_OK);
    return r;
}

static void fill_place(struct ctx *c, const struct full_put *p, struct full *f)
{
    struct comune comune;

    ck_assert_int_eq(places_comune_by_istat(c, str_of(p->istat), &comune), ST_OK);
    f->location = (struct location){.source_id = str_of(p->source_id),
                                    .name = STR("Casa del quartiere"),
                                    .alternate_name = STR("La Casa"),
                                    .description = STR("Secondo piano, suonare."),
                                    .transportation = STR("Bus 4, fermata Ospedale"),
                                    .url = STR("https://example.org/casa"),
                                    .external_identifier = STR("EXT-77"),
                                    .external_identifier_type = STR("civico"),
                                    .comune_id = comune.area.area_id,
                                    .prov = comune.prov,
                                    .quarter = STR("San Grato"),
                                    .has_point = true,
                                    .lat = 45.123456,
                                    .lon = 7.654321,
                                    .is_secret = p->is_secret};
    f->location.addresses =
        COPY(c, struct address, 2,
             {{.type = STR("physical"), .attention = STR("Portineria"),
               .address_1 = str_of(p->address != NULL ? p->address : "via Roma 1"), .address_2 = STR("scala B"),
               .city = comune.area.name, .region = STR("Piemonte"), .state_province = comune.prov,
               .postal_code = STR("10015"), .country = STR("IT")},
              {.type = STR("postal"), .address_1 = STR("Casella postale 9"), .city = comune.area.name}});
    f->location.n_addresses = 2;
    f->location.languages = COPY(c, struct language, 1, {{.code = STR("fr"), .name = STR("francese")}});
    f->location.n_languages = 1;
    f->location.access = COPY(c, struct access, 2,
                              {{.description = STR("Rampa"), .bits = ACCESS_WHEELCHAIR | ACCESS_TOILET},
                               {.description = STR("Ascensore"), .details = STR("dal cortile"), .bits = ACCESS_LIFT}});
    f->location.n_access = 2;
    f->location.schedules = COPY(c, struct schedule, 1, {{.rule = rule("FR", "08:00", "12:00")}});
    f->location.n_schedules = 1;
}

static void fill_words(struct service *s, const struct full_put *p)
{
    *s = (struct service){.source_id = str_of(p->source_id),
                          .name = str_of(p->name),
                          .alternate_name = STR("Lo sportello"),
                          .kind = SERVICE_COURSE,
                          .status = SERVICE_CLOSED_NOW,
                          .summary = STR("Aiuta chi cerca casa."),
                          .description = STR("Aiuta chi cerca casa. Ascolta,\norienta e accompagna."),
                          .url = STR("https://example.org/sportello"),
                          .email = STR("sportello@example.org"),
                          .application_process = STR("Telefona per un appuntamento."),
                          .eligibility = STR("Chi abita nel Comune."),
                          .wait_time = STR("due settimane"),
                          .interpretation = STR("mediatore di lingua araba"),
                          .accreditations = STR("accreditato dalla Regione"),
                          .licenses = STR("CC BY 4.0"),
                          .fees = STR("5 euro a incontro"),
                          .isee_note = STR("gratis con ISEE fino a 9.360 euro"),
                          .intake = STR("Si comincia dal Comune, ufficio casa."),
                          .alert = STR("Chiuso in agosto."),
                          .fee = FEE_BY_ISEE,
                          .ways = WAY_PRESENCE | WAY_PHONE,
                          .has_min_age = true,
                          .min_age = 0.5,
                          .has_max_age = true,
                          .max_age = 64,
                          .has_places_free = true,
                          .places_free = 0,
                          .starts_on = day_from_ymd(2026, 12, 1),
                          .ends_on = day_from_ymd(2027, 6, 30),
                          .apply_by = day_from_ymd(2026, 11, 30),
                          .program_uuid = STR("5a1c2f5e-5a5a-4c3a-8c9a-000000000001"),
                          .assurer_email = STR("ufficio@example.org"),
                          .confirmed_on = day_from_ymd(2026, 3, 1),
                          .confirmed_how = HOW_PHONE,
                          .confirmed_by = STR("Consorzio di prova"),
                          .is_demo = true};
}

static void fill_service(struct ctx *c, const struct full_put *p, struct service *s, int64_t area_id)
{
    fill_words(s, p);
    s->needs = COPY(c, struct str, 2, {STR("cerco-casa"), STR("sfratto")});
    s->n_needs = 2;
    s->targets = COPY(c, struct str, 1, {STR("poverta")});
    s->n_targets = 1;
    s->areas = COPY(c, struct served_area, 2,
                    {{.area_id = area_id, .name = STR("Residenti"), .description = STR("da sei mesi")},
                     {.name = STR("tutta la valle"), .extent = STR("{}"), .extent_type = STR("geojson"), .uri = STR("https://example.org/a")}});
    s->n_areas = 2;
    s->languages = COPY(c, struct language, 1, {{.code = STR("ar"), .name = STR("arabo"), .note = STR("il lunedì")}});
    s->n_languages = 1;
    s->documents = COPY(c, struct document, 1, {{.document = STR("ISEE"), .uri = STR("https://example.org/isee")}});
    s->n_documents = 1;
    s->costs = COPY(c, struct cost_option, 2,
                    {{.option = STR("incontro"), .currency = STR("EUR"), .has_amount = true, .amount_cents = 500,
                      .from = day_from_ymd(2026, 1, 1), .to = DAY_NONE},
                     {.amount_description = STR("offerta libera"), .from = DAY_NONE, .to = DAY_NONE}});
    s->n_costs = 2;
    s->access = COPY(c, struct access, 1, {{.description = STR("Video con segni"), .bits = ACCESS_HEARING}});
    s->n_access = 1;
    s->schedules = COPY(c, struct schedule, 2,
                        {{.rule = rule("MO,WE", "09:00", "12:30"), .description = STR("sportello")},
                         {.rule = rule("TU", "20:00", "08:00"), .notes = STR("notte"), .link = STR("https://example.org/o"),
                          .attending_type = STR("in presenza")}});
    s->n_schedules = 2;
    fill_parts(c, &s->parts);
    s->ats = COPY(c, struct service_at, 1, {{.description = STR("Al secondo piano")}});
    s->n_ats = 1;
    s->ats[0].schedules = COPY(c, struct schedule, 1, {{.rule = rule("TH", "14:00", "16:00")}});
    s->ats[0].n_schedules = 1;
    s->ats[0].parts.phones = COPY(c, struct phone, 1, {{.number = STR("0125 555 0199")}});
    s->ats[0].parts.n_phones = 1;
}

void full_make(struct ctx *c, const struct full_put *p, struct full *f)
{
    *f = (struct full){.organisation = {.name = STR("Ente di prova"),
                                        .kind = ORGANISATION_THIRD_SECTOR,
                                        .description = STR("Un ente che non esiste."),
                                        .email = STR("ente@example.org"),
                                        .source_id = STR("ente-di-prova"),
                                        .is_demo = true}};
    fill_parts(c, &f->organisation.parts);
    fill_place(c, p, f);
    fill_service(c, p, &f->service, f->location.comune_id);
}

void full_put(struct catalogue_write *w, struct full *f)
{
    ck_assert_int_eq(
        catalogue_put_organisation(w, &f->organisation, &f->organisation_id, &f->organisation_change), ST_OK);
    f->service.organisation_id = f->organisation_id;
    ck_assert_int_eq(catalogue_put_location(w, &f->location, &f->location_id, &f->location_change), ST_OK);
    f->service.ats[0].location_id = f->location_id;
    ck_assert_int_eq(catalogue_put_service(w, &f->service, &f->service_id, &f->service_change), ST_OK);
}

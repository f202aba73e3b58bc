/* finder_sheet_testing.c - invented services for the tests of the sheets. */
#include "finder_sheet_testing.h"
#include "base/date.h"
#include "base/macros.h"
#include "core/places/places.h"
#include "features/catalogue/catalogue_write.h"

struct one {
    const char *id, *name, *comune_istat, *street;
    bool is_secret;
    const char *phone, *need;
    struct service s;
    const struct hours_rule *rules;
    int n_rules;
};

#define DAYS(bits)                                                                                 \
    .weekdays = (bits), .interval = 1, .start_day = DAY_NONE, .until_day = DAY_NONE,               \
    .from_day = DAY_NONE, .to_day = DAY_NONE, .week_start = 1

static const struct hours_rule food_hours[] = {
    {.freq = HOURS_WEEKLY, DAYS(0x35), .opens_min = 540, .closes_min = 720},
    {.freq = HOURS_WEEKLY, DAYS(0x0A), .opens_min = 840, .closes_min = 1080},
    {.freq = HOURS_MONTHLY, DAYS(0), .nth = {0, 1u << 1}, .opens_min = 1110, .closes_min = 1200},
};
static const struct hours_rule night_hours[] = {
    {.freq = HOURS_WEEKLY, DAYS(0x7F), .opens_min = 1200, .closes_min = 480, .on_holidays = true},
};

static const struct str food_needs[] = {{"spesa-alimentare", 16}};
static const struct str night_needs[] = {{"dormire-stanotte", 16}};
static const struct str poor[] = {{"poverta", 7}};

static struct served_area district_of(struct ctx *c, const char *istat)
{
    struct comune comune;
    struct membership m;
    struct served_area a = {.area_id = 0};

    if (places_comune_by_istat(c, str_of(istat), &comune) == ST_OK &&
        places_container(c, comune.area.area_id, AREA_DISTRICT, c->today, &m) == ST_OK)
        a = (struct served_area){.name = m.in.name, .area_id = m.in.area_id};
    return a;
}

static struct served_area comune_of(struct ctx *c, const char *istat)
{
    struct comune comune;

    if (places_comune_by_istat(c, str_of(istat), &comune) != ST_OK)
        return (struct served_area){.area_id = 0};
    return (struct served_area){.name = comune.area.name, .area_id = comune.area.area_id};
}

static enum status put_place(struct ctx *c, struct catalogue_write *w, const struct one *o,
                             int64_t *out_id)
{
    struct comune comune;
    enum put_change change;
    struct address address = {.type = STR("physical"), .address_1 = str_of(o->street)};
    struct access step_free = {.bits = ACCESS_WHEELCHAIR};
    struct phone phone = {.number = str_of(o->phone), .description = STR("accoglienza")};
    enum status st = places_comune_by_istat(c, str_of(o->comune_istat), &comune);

    if (st != ST_OK)
        return st;
    const struct location l = {.type = STR("physical"),
                               .source_id = str_of(o->id),
                               .name = o->is_secret ? str_of(SECRET_STREET) : STR(""),
                               .comune_id = comune.area.area_id,
                               .addresses = &address,
                               .n_addresses = o->street[0] != '\0',
                               .has_point = o->street[0] != '\0',
                               .lat = comune.area.lat + 0.001,
                               .lon = comune.area.lon,
                               .is_secret = o->is_secret,
                               .access = &step_free,
                               .n_access = o->is_secret ? 0 : 1,
                               .parts = {.phones = &phone, .n_phones = o->phone[0] != '\0'}};

    return catalogue_put_location(w, &l, out_id, &change);
}

static enum status put_one(struct ctx *c, struct catalogue_write *w, int64_t organisation_id,
                           struct one *o)
{
    struct schedule schedules[4] = {0};
    struct service_at at = {.schedules = schedules, .n_schedules = o->n_rules};
    enum put_change change;
    int64_t id = 0;
    enum status st = put_place(c, w, o, &at.location_id);

    for (int i = 0; i < o->n_rules; i++)
        schedules[i].rule = o->rules[i];
    o->s.name = str_of(o->name);
    o->s.source_id = str_of(o->id);
    o->s.organisation_id = organisation_id;
    o->s.ats = &at;
    o->s.n_ats = 1;
    o->s.starts_on = o->s.ends_on = o->s.apply_by = DAY_NONE;
    return st == ST_OK ? catalogue_put_service(w, &o->s, &id, &change) : st;
}

static struct language food_languages[] = {
    {.code = STR("it")}, {.code = STR("fr")}, {.code = STR("ar"), .note = STR("su appuntamento")}};
static struct document food_documents[] = {{.document = STR("Un documento, anche scaduto")},
                                           {.document = STR("L’ISEE, se ce l’hai")}};

static struct service food_service(struct ctx *c, struct served_area *area)
{
    *area = district_of(c, "001125");
    return (struct service){
        .kind = SERVICE_SERVICE,
        .status = SERVICE_ACTIVE,
        .fee = FEE_FREE,
        .ways = WAY_PRESENCE | WAY_PHONE,
        .summary = STR("Fai la spesa gratis con una tessera a punti. Scegli tu i prodotti, come in "
                       "un negozio."),
        .eligibility = STR("Per chi in questo periodo non riesce a comprare tutto il necessario."),
        .application_process =
            STR("1. Chiama o passa all’emporio. Ti diamo un appuntamento entro 5 giorni.\n2. Parla "
                "con una persona dell’accoglienza. Il colloquio dura circa 20 minuti.\n3. Ricevi "
                "la tessera. Fai la spesa due volte al mese, per 6 mesi."),
        .description = STR("Da 30 a 80 punti al mese, secondo quante persone siete in casa.\nCon "
                           "30 punti si riempiono circa due borse della spesa."),
        .wait_time = STR("5 giorni. Se è urgente ti diamo un pacco il giorno stesso."),
        .isee_note = STR("ISEE fino a 9.360 euro."),
        .email = STR("dispensa@example.org"),
        .url = STR("https://example.org/dispensa"),
        .confirmed_on = c->today - 6,
        .confirmed_how = HOW_PHONE,
        .confirmed_by = STR("Consorzio di prova"),
        .needs = food_needs,
        .n_needs = 1,
        .targets = poor,
        .n_targets = 1,
        .areas = area,
        .n_areas = 1,
        .languages = food_languages,
        .n_languages = 3,
        .documents = food_documents,
        .n_documents = 2};
}

/* What most of them have alike. */
static struct service plain(const char *summary, const struct str *needs, int confirmed_on)
{
    return (struct service){.kind = SERVICE_SERVICE,
                            .status = SERVICE_ACTIVE,
                            .summary = str_of(summary),
                            .needs = needs,
                            .n_needs = needs != NULL,
                            .confirmed_on = confirmed_on};
}

enum status finder_sheet_testing_write(struct ctx *c, void *arg)
{
    struct catalogue_write *w;
    struct served_area canavese, cuneo = comune_of(c, "004078");
    enum put_change change;
    int64_t id = 0;
    struct one list[] = {
        {"food", FOOD, "001125", "Via dei Cappuccini 00", false, "0125 555 0101", "",
         food_service(c, &canavese), food_hours, ARRAY_LEN(food_hours)},
        {"refuge", REFUGE, "001272", SECRET_STREET " 7", true, "011 555 0102", "",
         plain("Un posto sicuro per chi scappa dalla violenza.", NULL, DAY_NONE), NULL, 0},
        {"bare", BARE, "001125", "", false, "", "", plain("", NULL, DAY_NONE), NULL, 0},
        {"night", NIGHT, "001272", "Via del Porto 3", false, "011 555 0103", "",
         plain("Un letto per la notte.", night_needs, c->today - 900), night_hours, 1},
        {"near", NEAR_FOOD, "004078", "Corso Nizza 1", false, "0171 555 0104", "",
         plain("Un pacco di cibo ogni settimana.", food_needs, c->today), food_hours, 1},
        {"gone", GONE, "001125", "Via Aosta 1", false, "0125 555 0105", "",
         plain("Un pasto caldo.", food_needs, DAY_NONE), NULL, 0},
    };

    list[2].s.is_demo = true;
    list[4].s.areas = &cuneo;
    list[4].s.n_areas = 1;
    list[5].s.status = SERVICE_DEFUNCT;
    enum status st = catalogue_write_begin(c, STR("csv:prova"), &w);

    if (st == ST_OK)
        st = catalogue_put_organisation(
            w,
            &(struct organisation){.source_id = STR("prova"),
                                   .name = STR("Emporio di comunità di prova"),
                                   .kind = ORGANISATION_THIRD_SECTOR},
            &id, &change);
    for (int i = 0; st == ST_OK && i < ARRAY_LEN(list); i++)
        st = put_one(c, w, id, &list[i]);
    return st == ST_OK ? catalogue_write_end(w, false, NULL) : st;
}

enum status finder_sheet_testing_slug(struct ctx *c, void *arg)
{
    struct finder_sheet_testing_find *f = arg;
    const struct service_read all = {.limit = 500, .with_gone = true};
    struct service *list;
    int n = 0;
    const enum status st = catalogue_read(c, c->mem, &all, &list, &n);

    for (int i = 0; st == ST_OK && i < n; i++)
        if (str_eq_z(list[i].name, f->name)) {
            f->slug = str_copy(f->mem, list[i].slug);
            return ST_OK;
        }
    return st == ST_OK ? ST_NOT_FOUND : st;
}

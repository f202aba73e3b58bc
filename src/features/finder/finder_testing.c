#include "finder_testing.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/macros.h"
#include "features/catalogue/catalogue_write.h"

const char finder_testing_secret[] = "Via del Segreto 77";

struct row {
    const char *id, *name, *summary, *need, *body, *comune, *address, *phone;
    double east; /* degrees from the town */
    enum service_fee fee;
    int ways, days_ago; /* -1: never confirmed */
    const char *serves; /* slug of a comune; NULL: anyone */
    const char *isee, *language;
    bool is_secret, is_demo, is_open;
};

static const struct row rows[] = {
    {"t1", "Emporio solidale La Dispensa", "Spesa gratuita con una tessera a punti, senza soldi.",
     "spesa-alimentare", "Emporio di comunità", "ivrea-to", "Via dei Cappuccini 1", "0125 555 0101",
     0.004, FEE_FREE, WAY_PRESENCE, 6, NULL, NULL, NULL, false, true, true},
    {"t2", "Pacco alimentare a domicilio", "Consegniamo la spesa a chi non può uscire di casa.",
     "spesa-alimentare", "Volontari del Canavese", "ivrea-to", NULL, "0125 555 0102", 0, FEE_FREE,
     WAY_HOME | WAY_PHONE, 12, "ivrea-to", NULL, "ar", false, true, false},
    {"t3", "Aiuto per le bollette", "Un contributo una volta all’anno per luce, gas e acqua.",
     "bollette", "Consorzio di prova", "ivrea-to", "Via Piave 3", "0125 555 0103", 0.002,
     FEE_BY_ISEE, WAY_PRESENCE, 21, "ivrea-to", "Serve l’ISEE, fino a 12.000 €", NULL, false, true,
     false},
    {"t4", "Mensa del mezzogiorno", "Un pasto caldo ogni giorno. Non serve prenotare.",
     "pasto-caldo", "Parrocchie unite", "castellamonte-to", "Piazza della Chiesa 2",
     "0124 555 0104", 0, FEE_FREE, WAY_PRESENCE, 400, NULL, NULL, NULL, false, true, false},
    {"t5", "Spesa sospesa di Torino", "Prendi quello che altri hanno lasciato.", "spesa-alimentare",
     "Bottega di prova", "torino-to", "Via Po 1", "", 0, FEE_FREE, WAY_PRESENCE, -1, NULL, NULL,
     NULL, false, true, false},
    {"t6", "Dispensa di Banchette", "Solo per chi abita a Banchette.", "spesa-alimentare",
     "Comune di prova", "banchette-to", "Via Roma 1", "0125 555 0106", 0, FEE_FREE, WAY_PRESENCE,
     30, "banchette-to", NULL, NULL, false, true, false},
    {"t7", "Casa rifugio Le Querce", "Un posto sicuro per te e per i tuoi figli.",
     "violenza-in-casa", "Centro antiviolenza di prova", "ivrea-to", finder_testing_secret,
     "0125 555 0107", 0.01, FEE_FREE, WAY_PRESENCE, 3, NULL, NULL, NULL, true, true, false},
    {"t8", "Nome <b>con</b> & \"segni\"", "Una frase con <script>alert(1)</script>.",
     "volontariato", "Ente & <i>altri</i>", "ivrea-to", "Via 'Uno'", "+39 0125 555 0108", 0.001,
     FEE_PAID, WAY_ONLINE, 2, NULL, NULL, NULL, false, false, false},
};

static enum status put(struct ctx *c, struct catalogue_write *w, const struct row *r)
{
    struct comune k;
    int64_t organisation_id = 0, location_id = 0;
    enum put_change change;
    struct phone phone = {.number = str_of(r->phone), .type = STR("voice")};
    struct address address = {.type = STR("physical"), .address_1 = str_of(r->address)};
    struct str need = str_of(r->need);
    struct served_area area = {0};
    struct language language = {.code = str_of(r->language)};
    struct schedule always = {.rule = {.kind = HOURS_OPEN,
                                       .interval = 1,
                                       .start_day = DAY_NONE,
                                       .until_day = DAY_NONE,
                                       .from_day = DAY_NONE,
                                       .to_day = DAY_NONE,
                                       .opens_min = 0,
                                       .closes_min = 1440,
                                       .week_start = 1,
                                       .on_holidays = true}};
    enum status st = places_comune_by_slug(c, str_of(r->comune), &k);

    if (st == ST_OK)
        st = catalogue_put_organisation(w,
                                        &(struct organisation){.name = str_of(r->body),
                                                               .source_id = str_of(r->body),
                                                               .kind = ORGANISATION_THIRD_SECTOR,
                                                               .is_demo = r->is_demo},
                                        &organisation_id, &change);
    if (st == ST_OK)
        st = catalogue_put_location(
            w,
            &(struct location){.source_id = str_of(r->id),
                               .type = STR("physical"),
                               .comune_id = k.area.area_id,
                               .quarter = r->is_secret ? STR("Bellavista") : STR(""),
                               .addresses = &address,
                               .n_addresses = r->address != NULL,
                               .has_point = true,
                               .lat = k.area.lat,
                               .lon = k.area.lon + r->east,
                               .is_secret = r->is_secret},
            &location_id, &change);
    struct service_at at = {.location_id = location_id};
    struct service s = {.source_id = str_of(r->id),
                        .organisation_id = organisation_id,
                        .kind = SERVICE_SERVICE,
                        .status = SERVICE_ACTIVE,
                        .name = str_of(r->name),
                        .summary = str_of(r->summary),
                        .isee_note = str_of(r->isee),
                        .fee = r->fee,
                        .ways = r->ways,
                        .starts_on = DAY_NONE,
                        .ends_on = DAY_NONE,
                        .apply_by = DAY_NONE,
                        .confirmed_on = r->days_ago < 0 ? DAY_NONE : c->today - r->days_ago,
                        .confirmed_how = r->days_ago < 0 ? HOW_UNKNOWN : HOW_PHONE,
                        .needs = &need,
                        .n_needs = 1,
                        .parts = {.phones = &phone, .n_phones = phone.number.n > 0},
                        .ats = &at,
                        .n_ats = 1,
                        .areas = &area,
                        .n_areas = r->serves != NULL,
                        .languages = &language,
                        .n_languages = r->language != NULL,
                        .schedules = &always,
                        .n_schedules = r->is_open,
                        .is_demo = r->is_demo};

    if (st == ST_OK && r->serves != NULL) {
        st = places_comune_by_slug(c, str_of(r->serves), &k);
        area = (struct served_area){.area_id = k.area.area_id, .name = k.area.name};
    }
    return st == ST_OK ? catalogue_put_service(w, &s, &(int64_t){0}, &change) : st;
}

static enum status fill(struct ctx *c, void *arg)
{
    struct catalogue_write *w;
    enum status st = catalogue_write_begin(c, STR("csv:test"), &w);

    (void)arg;
    for (int i = 0; st == ST_OK && i < ARRAY_LEN(rows); i++)
        st = put(c, w, &rows[i]);
    return st == ST_OK ? catalogue_write_end(w, false, NULL) : st;
}

static enum status fill_many(struct ctx *c, void *arg)
{
    struct catalogue_write *w;
    enum status st = catalogue_write_begin(c, STR("csv:many"), &w);

    for (int i = 0; st == ST_OK && i < *(const int *)arg; i++) {
        struct row r = rows[0];

        r.id = str_fmt(c->mem, "m%d", i).p;
        r.name = str_fmt(c->mem, "Dispensa numero %d", i).p;
        st = put(c, w, &r);
    }
    return st == ST_OK ? catalogue_write_end(w, false, NULL) : st;
}

void finder_testing_fill(struct harness *h)
{
    ck_assert_int_eq(harness_write(h, fill, NULL), ST_OK);
}

void finder_testing_many(struct harness *h, int n)
{
    ck_assert_int_eq(harness_write(h, fill_many, &n), ST_OK);
}

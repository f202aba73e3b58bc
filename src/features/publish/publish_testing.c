#include "publish_testing.h"
#include "base/macros.h"
#include <check.h>
#include <string.h>

enum { N_RULES = 8 };

static struct hours_rule rule(void)
{
    return (struct hours_rule){.freq = HOURS_WEEKLY,
                               .interval = 1,
                               .week_start = 1,
                               .start_day = DAY_NONE,
                               .until_day = DAY_NONE,
                               .from_day = DAY_NONE,
                               .to_day = DAY_NONE,
                               .opens_min = 9 * 60,
                               .closes_min = 12 * 60 + 30};
}

/* One of each kind that HSDS has and has not. */
static int all_rules(struct schedule *s)
{
    for (int i = 0; i < N_RULES; i++)
        s[i] = (struct schedule){.rule = rule()};
    s[0].rule.weekdays = 0x1f;
    s[1].rule.freq = HOURS_MONTHLY;
    s[1].rule.nth[1] = 1 << 1;
    s[1].rule.nth[4] = 1 << (8 + 1);
    s[2].rule.weekdays = 0x40;
    s[2].rule.kind = HOURS_CLOSED;
    s[2].rule.opens_min = s[2].rule.closes_min = HOURS_NO_TIME;
    s[3].rule.weekdays = 0x20;
    s[3].rule.kind = HOURS_BY_APPOINTMENT;
    s[3].description = STR("Chiama \"prima\"");
    s[4].rule.freq = HOURS_YEARLY;
    s[4].rule.start_day = day_from_ymd(2024, 6, 24);
    s[5].rule.weekdays = 0x7f;
    s[5].rule.season_from = 1115;
    s[5].rule.season_to = 315;
    s[5].rule.opens_min = 20 * 60;
    s[5].rule.closes_min = 8 * 60;
    s[6].rule.freq = HOURS_EVERY_DAY;
    s[6].rule.only_holidays = true;
    s[7].rule.freq = HOURS_MONTHLY;
    s[7].rule.monthdays[0] = 15;
    s[7].rule.monthdays[1] = -1;
    s[7].rule.closes_min = 1440;
    return N_RULES;
}

struct putting {
    struct ctx *c;
    struct catalogue_write *w;
    int64_t comune_id, organisation_id, location_id, secret_id;
};

static int64_t put_location(struct putting *p, const struct location *l)
{
    int64_t id;
    enum put_change change;

    ck_assert_int_eq(catalogue_put_location(p->w, l, &id, &change), ST_OK);
    return id;
}

static void put_places(struct putting *p)
{
    struct address open = {
        .type = STR("physical"), .address_1 = STR("Via delle Rose 1"), .postal_code = STR("10015")};
    struct address secret = {.type = STR("physical"),
                             .attention = STR(OUT_CANARY " attento"),
                             .address_1 = STR("Via del " OUT_CANARY " 7"),
                             .postal_code = STR("10199")};
    struct access access = {.bits = ACCESS_WHEELCHAIR | ACCESS_TOILET,
                            .url = STR("https://esempio.it/à")};
    struct schedule hours = {.rule = rule()};
    struct phone phone = {
        .number = STR("0125 555 0101"), .extension = STR("12"), .languages = STR("it ro")};

    hours.rule.weekdays = 0x10;
    p->location_id =
        put_location(p, &(struct location){.source_id = STR("aperta"),
                                           .type = STR("physical"),
                                           .name = STR("La Casa <b>aperta</b>"),
                                           .url = STR("esempio.it"),
                                           .comune_id = p->comune_id,
                                           .addresses = &open,
                                           .n_addresses = 1,
                                           .has_point = true,
                                           .lat = 45.4637,
                                           .lon = 7.8745,
                                           .access = &access,
                                           .n_access = 1,
                                           .schedules = &hours,
                                           .n_schedules = 1,
                                           .parts = {.phones = &phone, .n_phones = 1}});
    p->secret_id = put_location(
        p, &(struct location){.source_id = STR("segreta"),
                              .type = STR("physical"),
                              .name = STR("Casa " OUT_CANARY),
                              .alternate_name = STR(OUT_CANARY),
                              .transportation = STR("Il bus ferma davanti al " OUT_CANARY),
                              .description = STR("Dietro il " OUT_CANARY),
                              .quarter = STR("San Grato"),
                              .comune_id = p->comune_id,
                              .addresses = &secret,
                              .n_addresses = 1,
                              .has_point = true,
                              .lat = 45.987654,
                              .lon = 7.123456,
                              .is_secret = true});
}

static void put_organisation(struct putting *p)
{
    enum put_change change;
    struct program program = {.name = STR("Inverno al caldo"), .description = STR("")};
    struct identifier id = {.scheme = STR("IT-CF"), .identifier = STR("97000000000")};

    ck_assert_int_eq(
        catalogue_put_organisation(p->w,
                                   &(struct organisation){.source_id = STR("ente"),
                                                          .kind = ORGANISATION_THIRD_SECTOR,
                                                          .name = STR("Ente \"di prova\" & figli"),
                                                          .email = STR("non una posta"),
                                                          .website = STR("www.senza.schema"),
                                                          .is_demo = true,
                                                          .parts = {.programs = &program,
                                                                    .n_programs = 1,
                                                                    .identifiers = &id,
                                                                    .n_identifiers = 1}},
                                   &p->organisation_id, &change),
        ST_OK);
}

static struct service plain(const struct putting *p, const char *source_id, const char *name)
{
    return (struct service){.source_id = str_of(source_id),
                            .name = str_of(name),
                            .organisation_id = p->organisation_id,
                            .kind = SERVICE_SERVICE,
                            .status = SERVICE_ACTIVE,
                            .starts_on = DAY_NONE,
                            .ends_on = DAY_NONE,
                            .apply_by = DAY_NONE,
                            .confirmed_on = DAY_NONE};
}

static void put(struct putting *p, const struct service *s)
{
    int64_t id;
    enum put_change change;

    ck_assert_int_eq(catalogue_put_service(p->w, s, &id, &change), ST_OK);
}

static void put_full(struct putting *p)
{
    static const struct str needs[] = {STR("spesa-alimentare"), STR("pasto-caldo")};
    static const struct str targets[] = {STR("poverta")};
    struct schedule rules[N_RULES];
    struct attribute theirs = {.taxonomy = STR("altra"),
                               .code = STR("X1"),
                               .name = STR("Altra cosa"),
                               .link_type = STR("taxonomy")};
    struct contact contact = {.role = STR("Segreteria"),
                              .email = STR("segreteria@esempio.it"),
                              .phone = STR("0125 555 0102")};
    struct language language = {.code = STR("ro"), .name = STR("romeno")};
    struct document document = {.document = STR("Carta d'identità")};
    struct cost_option cost = {.option = STR("Pasto"),
                               .currency = STR("EUR"),
                               .has_amount = true,
                               .amount_cents = 250,
                               .from = DAY_NONE,
                               .to = DAY_NONE};
    struct served_area area = {.name = STR("Ivrea"), .area_id = p->comune_id};
    struct access access = {.bits = ACCESS_HEARING, .description = STR("Anello magnetico")};
    struct service_at at = {.location_id = p->location_id, .description = STR("Al piano terra")};
    struct service s = plain(p, "piena", "Mensa piena");

    s.kind = SERVICE_BENEFIT;
    s.needs = needs;
    s.n_needs = ARRAY_LEN(needs);
    s.targets = targets;
    s.n_targets = 1;
    s.description = STR("Un pasto caldo. Ogni giorno.");
    s.url = STR("https://esempio.it/mensa");
    s.email = STR("mensa@esempio.it");
    s.isee_note = STR("ISEE fino a 9.360 euro");
    s.intake = STR("Sportello sociale");
    s.fee = FEE_BY_ISEE;
    s.ways = WAY_PRESENCE | WAY_HOME;
    s.has_min_age = s.has_max_age = s.has_places_free = true;
    s.min_age = 17.5;
    s.max_age = 99;
    s.places_free = 3;
    s.apply_by = day_from_ymd(2027, 1, 31);
    s.confirmed_on = day_from_ymd(2026, 11, 1);
    s.confirmed_how = HOW_PHONE;
    s.confirmed_by = STR("Consorzio di prova");
    s.areas = &area;
    s.languages = &language;
    s.documents = &document;
    s.costs = &cost;
    s.access = &access;
    s.n_areas = s.n_languages = s.n_documents = s.n_costs = s.n_access = 1;
    s.schedules = rules;
    s.n_schedules = all_rules(rules);
    s.parts = (struct parts){
        .contacts = &contact, .n_contacts = 1, .attributes = &theirs, .n_attributes = 1};
    s.ats = &at;
    s.n_ats = 1;
    put(p, &s);
}

static void put_odd_ones(struct putting *p)
{
    struct service_at secret = {.location_id = p->secret_id};
    struct service hostile = plain(p, "ostile", "=1+1; \"<script>\" \\ \xF0\x9F\x8D\x9E");
    struct service shelter = plain(p, "segreta", "Casa rifugio");
    struct service demo = plain(p, "demo", "Servizio inventato");

    hostile.url = STR("HTTPS://esempio.it/citt\xC3\xA0 di pane?x=[1]&y=%zz#a#b");
    hostile.email = STR("a@b");
    hostile.assurer_email = STR("a..b@esempio.it");
    hostile.description = STR("Prima riga\r\nseconda \"riga\"\t@somma\n- = fine");
    hostile.status = SERVICE_CLOSED_NOW;
    put(p, &hostile);
    shelter.ats = &secret;
    shelter.n_ats = 1;
    shelter.ways = WAY_PHONE;
    put(p, &shelter);
    demo.is_demo = true;
    put(p, &demo);
}

static enum status put_all(struct ctx *c, void *arg)
{
    const struct out_stage *stage = arg;
    struct putting p = {.c = c};
    struct comune ivrea;
    int64_t n_gone;

    ck_assert_int_eq(places_comune_by_slug(c, STR("ivrea-to"), &ivrea), ST_OK);
    p.comune_id = ivrea.area.area_id;
    ck_assert_int_eq(catalogue_write_begin(c, STR("csv:prova"), &p.w), ST_OK);
    put_organisation(&p);
    put_places(&p);
    put_full(&p);
    put_odd_ones(&p);
    for (int i = stage->first_plain; i < stage->first_plain + stage->n_plain; i++) {
        const char *name = str_fmt(c->mem, "servizio %05d", i).p;
        struct service s = plain(&p, name, name);

        put(&p, &s);
    }
    return catalogue_write_end(p.w, false, &n_gone);
}

void out_stage(struct harness *h, struct out_stage stage)
{
    ck_assert_int_eq(harness_write(h, put_all, &stage), ST_OK);
}

struct setting_state {
    const char *name;
    enum service_state state;
    int64_t service_id;
};

static enum status set_state(struct ctx *c, void *arg)
{
    const struct setting_state *x = arg;

    return catalogue_set_state(c, x->service_id, x->state);
}

static enum status find_service(struct ctx *c, void *arg)
{
    struct setting_state *x = arg;
    struct service_read read = {.limit = 500, .with_gone = true};
    struct service *block;
    int n = 1;

    while (n > 0) {
        ck_assert_int_eq(catalogue_read(c, c->mem, &read, &block, &n), ST_OK);
        for (int i = 0; i < n; i++) {
            if (str_eq_z(block[i].name, x->name))
                x->service_id = block[i].service_id;
            read.after_id = block[i].service_id;
        }
    }
    return ST_OK;
}

void out_set_state(struct harness *h, const char *name, enum service_state state)
{
    struct setting_state x = {name, state, 0};

    ck_assert_int_eq(harness_read(h, find_service, &x), ST_OK);
    ck_assert_int_gt(x.service_id, 0);
    ck_assert_int_eq(harness_write(h, set_state, &x), ST_OK);
}

/* ---- answers ---- */

static json_t *parsed(const struct web_reply *r, const char *target)
{
    json_error_t e;
    json_t *j;

    if (r->code != 200)
        ck_abort_msg("%s answers %d: %.*s", target, r->code,
                     (int)(r->body.n < 900 ? r->body.n : 900), r->body.p);
    j = json_loadb(r->body.p, r->body.n, JSON_REJECT_DUPLICATES, &e);
    if (j == NULL)
        ck_abort_msg("%s: %s at byte %d of %zu", target, e.text, e.position, r->body.n);
    return j;
}

json_t *out_json(struct harness *h, const char *target)
{
    static const char *const headers[] = {"Host: welfare.example.it", NULL};
    const struct web_reply r =
        harness_ask(h, &(struct web_ask){.method = "GET", .target = target, .headers = headers});

    return parsed(&r, target);
}

json_t *out_post(struct harness *h, const char *target, const char *body)
{
    static const char *const headers[] = {"Content-Type: application/json",
                                          "Host: welfare.example.it", NULL};
    const struct web_reply r = harness_ask(h, &(struct web_ask){.method = "POST",
                                                                .target = target,
                                                                .headers = headers,
                                                                .body = str_of(body),
                                                                .without_token = true});

    return parsed(&r, target);
}

int64_t out_int(const json_t *object, const char *name)
{
    const json_t *v = json_object_get(object, name);

    ck_assert_msg(json_is_integer(v), "%s is no number", name);
    return json_integer_value(v);
}

const char *out_str(const json_t *object, const char *name)
{
    const char *z = json_string_value(json_object_get(object, name));

    return z == NULL ? "" : z;
}

struct str out_id(struct harness *h, const char *name)
{
    json_t *all = out_json(h, "/api/hsds/3.0/services?minimal=true&per_page=100000");
    struct str id = STR("");
    size_t i;
    json_t *s;

    json_array_foreach(json_object_get(all, "contents"), i,
                       s) if (strcmp(out_str(s, "name"), name) == 0) id =
        str_copy(h->mem, str_of(out_str(s, "id")));
    json_decref(all);
    ck_assert_msg(id.n > 0, "there is no service %s", name);
    return id;
}

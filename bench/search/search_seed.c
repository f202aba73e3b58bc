#include "search_seed.h"
#include "base/macros.h"
#include <stdio.h>
#include <string.h>

enum { TARGETS = 6, MOST_POOL = 4000, QUESTIONS = 16 };

struct seed {
    const struct needs *needs;
    const struct geo *geo;
    uint64_t start;
    double *comune_sum; /* cumulative weight */
    struct str pool[MOST_POOL];
    int n_pool;
    struct seed_pattern patterns[SEED_PATTERNS];
};

static const struct str targets[TARGETS] = {STR("famiglia-minori"), STR("anziani"),
                                            STR("poverta"),         STR("disabili"),
                                            STR("immigrati"),       STR("dipendenze")};
static const struct str begins[] = {
    STR("Sportello"), STR("Centro"), STR("Servizio"), STR("Punto"),       STR("Emporio"),
    STR("Gruppo"),    STR("Aiuto"),  STR("Corso"),    STR("Laboratorio"), STR("Casa")};
static const struct str bodies[] = {STR("Caritas"),
                                    STR("Croce Rossa"),
                                    STR("Cooperativa Il Sentiero"),
                                    STR("Parrocchia San Rocco"),
                                    STR("Comune"),
                                    STR("Consorzio"),
                                    STR("Auser"),
                                    STR("San Vincenzo"),
                                    STR("Patronato"),
                                    STR("Azienda sanitaria")};
static const struct str asked[QUESTIONS] = {
    STR("spesa"),          STR("bollette"),          STR("casa"),
    STR("lavoro"),         STR("anziani"),           STR("aiuto"),
    STR("corso"),          STR("caritas"),           STR("affitto"),
    STR("visita medica"),  STR("assistenza a casa"), STR("famiglie"),
    STR("corso italiano"), STR("bambini"),           STR("sportello"),
    STR("croce rossa")};

/* ---- chance that depends on the seed and on the number alone ---- */

struct chance {
    uint64_t state;
};

static uint64_t next(struct chance *c)
{
    uint64_t z = (c->state += 0x9E3779B97F4A7C15ull);

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}

static int upto(struct chance *c, int n)
{
    return (int)(next(c) % (uint64_t)n);
}

static double share(struct chance *c)
{
    return (double)(next(c) >> 11) / 9007199254740992.0;
}

/* Mostly the first ones: a long tail. */
static int tail(struct chance *c, int n)
{
    const double u = share(c);

    return (int)(u * u * u * n);
}

static int comune_of(const struct seed *s, struct chance *c)
{
    const double at = share(c) * s->comune_sum[s->geo->n_comuni - 1];
    int low = 0, high = s->geo->n_comuni - 1;

    while (low < high) {
        const int mid = (low + high) / 2;

        if (s->comune_sum[mid] < at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void fill_pool(struct seed *s, struct arena *mem)
{
    for (int i = 0; i < needs_n(s->needs); i++) {
        const struct need_label *const l = &needs_at(s->needs, i)->label[NEED_IT];
        struct str text = str_fold(
            mem, str_fmt(mem, "%.*s %.*s", (int)l->text.n, l->text.p, (int)l->help.n, l->help.p));

        while (text.n > 0 && s->n_pool < MOST_POOL) {
            const struct str word = str_cut(&text, ' ');

            if (word.n > 3)
                s->pool[s->n_pool++] = word;
        }
    }
}

struct seed *seed_new(struct arena *mem, const struct needs *x, const struct geo *g, uint64_t start)
{
    struct seed *const s = ARENA_NEW(mem, struct seed);
    struct chance c = {start};
    double sum = 0;

    s->needs = x;
    s->geo = g;
    s->start = start;
    s->comune_sum = ARENA_ARRAY(mem, double, (size_t)g->n_comuni);
    for (int i = 0; i < g->n_comuni; i++) {
        const bool is_torino = str_eq_z(g->areas[g->comuni[i].area].slug, "torino-to");

        sum += is_torino ? 1000 : 1 + 40 * share(&c) * share(&c) * share(&c);
        s->comune_sum[i] = sum;
    }
    fill_pool(s, mem);
    for (int i = 0; i < SEED_PATTERNS; i++) {
        const int from = 420 + upto(&c, 12) * 30;

        s->patterns[i] =
            (struct seed_pattern){1 + upto(&c, 127), from, from + 90 + upto(&c, 12) * 30};
    }
    return s;
}

const struct seed_pattern *seed_pattern(const struct seed *s, int i)
{
    return &s->patterns[i];
}

static struct str words_from(const struct seed *s, struct arena *mem, struct chance *c, int n)
{
    char text[600];
    size_t at = 0;

    for (int i = 0; i < n; i++) {
        const struct str w = s->pool[tail(c, s->n_pool)];

        if (at + w.n + 2 > sizeof text)
            break;
        memcpy(text + at, w.p, w.n);
        at += w.n;
        text[at++] = ' ';
    }
    return str_copy(mem, (struct str){text, at});
}

static struct schedule *hours_of(const struct seed *s, struct arena *mem, int pattern)
{
    struct schedule *const out = ARENA_NEW(mem, struct schedule);

    out->rule = (struct hours_rule){.freq = HOURS_WEEKLY,
                                    .interval = 1,
                                    .weekdays = (uint8_t)s->patterns[pattern].weekdays,
                                    .week_start = 1,
                                    .start_day = DAY_NONE,
                                    .until_day = DAY_NONE,
                                    .from_day = DAY_NONE,
                                    .to_day = DAY_NONE,
                                    .opens_min = s->patterns[pattern].from_min,
                                    .closes_min = s->patterns[pattern].to_min};
    return out;
}

void seed_make(const struct seed *s, struct arena *mem, int64_t i, struct seeded *out)
{
    struct chance c = {s->start ^ (uint64_t)i * 0xD1342543DE82EF95ull};
    const int comune = comune_of(s, &c);
    const struct geo_area *const town = &s->geo->areas[s->geo->comuni[comune].area];
    const struct need *const need = needs_at(s->needs, tail(&c, needs_n(s->needs)));
    const struct str label = need->label[NEED_IT].text, help = need->label[NEED_IT].help;
    const struct str begin = begins[upto(&c, ARRAY_LEN(begins))],
                     body = bodies[upto(&c, ARRAY_LEN(bodies))];
    struct str *const needs = ARENA_ARRAY(mem, struct str, 2);
    struct location *const l = ARENA_NEW(mem, struct location);
    struct service_at *const at = ARENA_NEW(mem, struct service_at);
    struct service *const v = &out->service;
    const int who = upto(&c, 100);

    *out = (struct seeded){.id = i};
    needs[0] = need->id;
    needs[1] = needs_at(s->needs, tail(&c, needs_n(s->needs)))->id;
    out->category = upto(&c, TARGETS);
    out->pattern = tail(&c, SEED_PATTERNS);
    out->lat = s->geo->comuni[comune].lat / 1e6 + (share(&c) - share(&c)) * 0.03;
    out->lon = s->geo->comuni[comune].lon / 1e6 + (share(&c) - share(&c)) * 0.04;
    *l = (struct location){.location_id = i,
                           .comune_id = town->area_id,
                           .comune_name = town->name,
                           .has_point = true,
                           .lat = out->lat,
                           .lon = out->lon};
    *at = (struct service_at){.location_id = i, .location = l};
    *v = (struct service){.service_id = i,
                          .organisation_id = 1 + i / 5,
                          .kind = (enum service_kind)(1 + tail(&c, SERVICE_KIND_COUNT - 1)),
                          .status = SERVICE_ACTIVE,
                          .fee = (enum service_fee)upto(&c, 4),
                          .ways = upto(&c, 20) == 0 ? WAY_PHONE : WAY_PRESENCE,
                          .ends_on = DAY_NONE,
                          .places_on = DAY_NONE,
                          .confirmed_on = SEED_NOW_DAY - tail(&c, 1500),
                          .needs = needs,
                          .n_needs = 1 + upto(&c, 2),
                          .targets = &targets[out->category],
                          .n_targets = 1,
                          .schedules = hours_of(s, mem, out->pattern),
                          .n_schedules = 1,
                          .ats = at,
                          .n_ats = 1};
    v->name = str_fmt(mem, "%.*s %.*s", (int)begin.n, begin.p, (int)label.n, label.p);
    v->organisation_name =
        str_fmt(mem, "%.*s di %.*s", (int)body.n, body.p, (int)town->name.n, town->name.p);
    v->summary = help;
    v->description = words_from(s, mem, &c, 15);
    if (who < 70) {
        v->areas = ARENA_NEW(mem, struct served_area);
        v->areas[0].area_id = town->area_id;
        v->n_areas = who < 35; /* half of them say so */
    }
    out->text = str_fmt(mem, "%.*s %.*s %.*s %.*s", (int)v->name.n, v->name.p,
                        (int)v->organisation_name.n, v->organisation_name.p, (int)help.n, help.p,
                        (int)v->description.n, v->description.p);
}

void seed_ask(const struct seed *s, struct arena *mem, int64_t i, struct seed_question *out)
{
    struct chance c = {s->start ^ (uint64_t)i * 0xA0761D6478BD642Full};
    const int comune = comune_of(s, &c), category = upto(&c, TARGETS);

    *out = (struct seed_question){.words = asked[(size_t)i % QUESTIONS],
                                  .area_id = s->geo->areas[s->geo->comuni[comune].area].area_id,
                                  .lat = s->geo->comuni[comune].lat / 1e6,
                                  .lon = s->geo->comuni[comune].lon / 1e6,
                                  .category = category,
                                  .category_code = targets[category]};
}

/* finder_service_texts.c - the words of a service's sheet, section by section. */
#include "base/date.h"
#include "base/macros.h"
#include "core/places/places.h"
#include "features/needs/needs.h"
#include "features/search/search.h"
#include "finder_service.h"
#include "finder_sheet_words.h"

enum { AREAS_SHOWN = 12, LINES_MOST = 60, LINE = 160 };

/* "1. Chiama" and "- Chiama" are steps already: their mark is ours. */
static struct str without_mark(struct str line)
{
    size_t i = 0;

    while (i < line.n && i < 3 && line.p[i] >= '0' && line.p[i] <= '9')
        i++;
    if (i > 0 && i + 1 < line.n && (line.p[i] == '.' || line.p[i] == ')') && line.p[i + 1] == ' ')
        return str_trim(str_from(line, i + 1));
    if (i == 0 && line.n > 2 && (line.p[0] == '-' || line.p[0] == '*') && line.p[1] == ' ')
        return str_trim(str_from(line, 2));
    return line;
}

struct finder_text finder_lines(struct ctx *c, struct str text)
{
    struct finder_text t = {.lines = ARENA_ARRAY(c->mem, struct str, LINES_MOST)};

    while (text.n > 0 && t.n_lines < LINES_MOST) {
        const struct str line = without_mark(str_trim(str_cut(&text, '\n')));

        if (line.n > 0)
            t.lines[t.n_lines++] = line;
    }
    return t;
}

static void join(struct buf *b, struct str words)
{
    if (words.n == 0)
        return;
    if (b->n > 0)
        buf_z(b, ", ");
    buf_str(b, words);
}

static struct str years(struct ctx *c, double age)
{
    return text_decimal(c->mem, c->lang, age, age == (double)(int)age ? 0 : 1);
}

static struct str ages_words(struct ctx *c, const struct service *s)
{
    const struct text_arg args[] = {{"min", s->has_min_age ? years(c, s->min_age) : STR("")},
                                    {"max", s->has_max_age ? years(c, s->max_age) : STR("")}};
    const char *key = s->has_min_age && s->has_max_age ? "finder.service-ages"
                      : s->has_min_age                 ? "finder.service-age-min"
                                                       : "finder.service-age-max";

    if (!s->has_min_age && !s->has_max_age)
        return STR("");
    return text_fill(c->mem, text_get(c->lang, key), args, 2);
}

static struct str targets_words(struct ctx *c, const struct service *s)
{
    const struct needs *all = needs_of(c);
    struct buf b = buf_new(c->mem, LINE);

    for (int i = 0; i < s->n_targets; i++)
        join(&b, needs_code_label(all, s->targets[i]));
    return buf_view(&b);
}

static void fill_topics(struct ctx *c, const struct service *s, struct finder_service_view *v)
{
    const struct needs *all = needs_of(c);

    v->topics = ARENA_ARRAY(c->mem, struct finder_link, (size_t)s->n_needs);
    for (int i = 0; i < s->n_needs; i++) {
        const struct need *n = need_by_id(all, s->needs[i]);

        if (n == NULL)
            continue;
        v->is_violence = v->is_violence || finder_is_violence(all, n);
        v->topics[v->n_topics++] =
            (struct finder_link){finder_need_label(c, n), finder_need_path(c, all, n)};
    }
}

static void fill_status(struct ctx *c, const struct service *s, struct finder_service_view *v)
{
    static const struct {
        const char *key, *css, *icon;
    } of[] = {
        [SERVICE_ACTIVE] = {"active", "w-ok", "circle-check"},
        [SERVICE_INACTIVE] = {"inactive", "w-warn", "circle-alert"},
        [SERVICE_DEFUNCT] = {"defunct", "w-bad", "x"},
        [SERVICE_CLOSED_NOW] = {"closed", "w-warn", "circle-alert"},
    };
    const bool has_ended = catalogue_has_ended(s, c->today);
    enum service_status st = catalogue_status_today(s, c->today);

    v->is_gone = s->state == SERVICE_GONE || st == SERVICE_DEFUNCT;
    if (v->is_gone)
        st = SERVICE_DEFUNCT;
    if (st < SERVICE_ACTIVE || st > SERVICE_CLOSED_NOW)
        st = SERVICE_ACTIVE;
    v->status = text_get(c->lang, str_fmt(c->mem, "finder.service-status-%s", of[st].key).p);
    v->status_css = str_of(of[st].css);
    v->status_icon = of[st].icon;
    if (has_ended && st == SERVICE_INACTIVE)
        v->status_why =
            finder_say(c, "finder.service-ended", "day", text_day(c->mem, c->lang, s->ends_on));
    else if (st != SERVICE_ACTIVE)
        v->status_why = text_get(c->lang, str_fmt(c->mem, "finder.service-why-%s", of[st].key).p);
    if (s->kind != SERVICE_SERVICE)
        v->kind = text_get(
            c->lang, str_fmt(c->mem, "finder.service-kind-%s", catalogue_kind_name(s->kind)).p);
    if (s->fee != FEE_UNKNOWN)
        v->fee = text_get(c->lang,
                          str_fmt(c->mem, "finder.service-fee-%s", catalogue_fee_name(s->fee)).p);
}

static void fill_documents(struct ctx *c, const struct service *s, struct finder_service_view *v)
{
    v->documents = ARENA_ARRAY(c->mem, struct finder_document_view, (size_t)s->n_documents);
    for (int i = 0; i < s->n_documents; i++)
        if (s->documents[i].document.n > 0)
            v->documents[v->n_documents++] =
                (struct finder_document_view){s->documents[i].document, s->documents[i].uri};
}

static struct str cost_line(struct ctx *c, const struct cost_option *o)
{
    struct buf b = buf_new(c->mem, LINE);

    buf_str(&b, o->option);
    if (o->has_amount) {
        const bool is_whole = o->amount_cents % 100 == 0;
        const struct str amount =
            text_decimal(c->mem, c->lang, (double)o->amount_cents / 100.0, is_whole ? 0 : 2);

        buf_z(&b, b.n > 0 ? ": " : "");
        buf_str(&b, amount);
        buf_char(&b, ' ');
        buf_str(&b, o->currency.n == 0 || str_eq_z(o->currency, "EUR") ? STR("euro") : o->currency);
    }
    if (o->amount_description.n > 0) {
        buf_z(&b, b.n > 0 ? ", " : "");
        buf_str(&b, o->amount_description);
    }
    return buf_view(&b);
}

static void fill_costs(struct ctx *c, const struct service *s, struct finder_service_view *v)
{
    const struct finder_text fees = finder_lines(c, s->fees);

    v->costs.lines = ARENA_ARRAY(c->mem, struct str, (size_t)(fees.n_lines + s->n_costs));
    for (int i = 0; i < fees.n_lines; i++)
        v->costs.lines[v->costs.n_lines++] = fees.lines[i];
    for (int i = 0; i < s->n_costs; i++) {
        const struct str line = cost_line(c, &s->costs[i]);

        if (line.n > 0)
            v->costs.lines[v->costs.n_lines++] = line;
    }
}

static void fill_days(struct ctx *c, const struct service *s, struct finder_service_view *v)
{
    const struct text_arg args[] = {{"from", text_day(c->mem, c->lang, s->starts_on)},
                                    {"to", text_day(c->mem, c->lang, s->ends_on)}};
    const char *key = s->starts_on != DAY_NONE && s->ends_on != DAY_NONE ? "finder.service-runs"
                      : s->starts_on != DAY_NONE                         ? "finder.service-starts"
                                                                         : "finder.service-ends";

    if (catalogue_has_ended(s, c->today))
        v->runs = finder_say(c, "finder.service-ended", "day", text_day(c->mem, c->lang, s->ends_on));
    else if (s->starts_on != DAY_NONE || s->ends_on != DAY_NONE)
        v->runs = text_fill(c->mem, text_get(c->lang, key), args, 2);
    if (s->apply_by != DAY_NONE)
        v->apply_by = finder_say(
            c, s->apply_by < c->today ? "finder.service-apply-past" : "finder.service-apply-by",
            "day", text_day(c->mem, c->lang, s->apply_by));
}

static struct str ways_words(struct ctx *c, const struct service *s)
{
    struct buf b = buf_new(c->mem, LINE);

    for (int bit = WAY_PRESENCE; bit <= WAY_HOME; bit *= 2)
        if (s->ways & bit)
            join(&b, text_get(c->lang,
                              str_fmt(c->mem, "finder.service-way-%s", catalogue_way_name(bit)).p));
    return buf_view(&b);
}

static struct str languages_words(struct ctx *c, const struct language *list, int n)
{
    struct buf b = buf_new(c->mem, LINE);

    for (int i = 0; i < n; i++) {
        const struct str key =
            str_fmt(c->mem, "finder.spoken-%.*s", (int)list[i].code.n, list[i].code.p);
        const struct str name = text_has(c->lang, key.p) ? text_get(c->lang, key.p)
                                : list[i].name.n > 0     ? list[i].name
                                                         : list[i].code;

        join(&b, name);
        if (list[i].note.n > 0)
            buf_fmt(&b, " (%.*s)", (int)list[i].note.n, list[i].note.p);
    }
    return buf_view(&b);
}

static void fill_fresh(struct ctx *c, const struct service *s, struct finder_service_view *v)
{
    const enum freshness fresh = catalogue_freshness(s->confirmed_on, c->today);
    struct buf b = buf_new(c->mem, LINE);

    v->is_aging = fresh != FRESH_GOOD;
    if (s->confirmed_on == DAY_NONE)
        return;
    v->verified = text_day(c->mem, c->lang, s->confirmed_on);
    if (s->confirmed_by.n > 0)
        buf_str(&b, finder_say(c, "finder.service-verified-by", "name", s->confirmed_by));
    if (s->confirmed_how != HOW_UNKNOWN)
        join(&b,
             text_get(
                 c->lang,
                 str_fmt(c->mem, "finder.service-how-%s", catalogue_how_name(s->confirmed_how)).p));
    v->verified_how = buf_view(&b);
}

void finder_service_texts(struct ctx *c, const struct service *s, struct finder_service_view *v)
{
    v->slug = s->slug;
    v->name = s->name;
    v->summary = s->summary;
    v->alert = s->alert;
    v->is_demo = s->is_demo;
    if (s->initiative_year != 0)
        v->initiative_year = str_fmt(c->mem, "%d", s->initiative_year);
    fill_status(c, s, v);
    fill_topics(c, s, v);
    v->addressed = finder_lines(c, s->eligibility);
    v->ages = ages_words(c, s);
    v->targets = targets_words(c, s);
    v->how = finder_lines(c, s->application_process);
    fill_documents(c, s, v);
    v->isee = s->isee_note;
    v->achieved = finder_lines(c, s->description);
    v->places_free = finder_places_words(c, s);
    v->wait = s->wait_time;
    fill_days(c, s, v);
    v->ways = ways_words(c, s);
    v->intake = s->intake;
    v->url_of_service = s->url;
    v->email = s->email;
    fill_costs(c, s, v);
    v->languages = languages_words(c, s->languages, s->n_languages);
    if (v->languages.n == 0 && s->n_ats > 0 && s->ats[0].location != NULL)
        v->languages =
            languages_words(c, s->ats[0].location->languages, s->ats[0].location->n_languages);
    fill_fresh(c, s, v);
}

/* ---- who may use it, by where they live ---- */

static enum status area_name(struct ctx *c, const struct served_area *a, struct str *out)
{
    struct area area;

    *out = a->name.n > 0 ? a->name : a->description;
    if (a->area_id == 0)
        return ST_OK;
    const enum status st = places_area(c, a->area_id, &area);

    if (st == ST_OK)
        *out = area.kind == AREA_DISTRICT
                   ? finder_say(c, "finder.service-area-district", "name", area.name)
                   : area.name;
    return st == ST_NOT_FOUND ? ST_OK : st;
}

enum status finder_service_areas(struct ctx *c, const struct service *s,
                                 struct finder_service_view *v)
{
    struct buf b = buf_new(c->mem, LINE);
    const int shown = s->n_areas < AREAS_SHOWN ? s->n_areas : AREAS_SHOWN;

    v->is_for_anyone = s->n_areas == 0;
    for (int i = 0; i < shown; i++) {
        struct str name;
        const enum status st = area_name(c, &s->areas[i], &name);

        if (st != ST_OK)
            return st;
        join(&b, name);
    }
    if (s->n_areas > shown)
        join(&b,
             text_fill(c->mem, text_get_n(c->lang, "finder.service-areas-more", s->n_areas - shown),
                       &(struct text_arg){"n", text_int(c->mem, c->lang, s->n_areas - shown)}, 1));
    v->areas = buf_view(&b);
    return ST_OK;
}

/* A comune of which no source says the district may lie in it: nobody is told that it does not. */
static enum status may_lie_in(struct ctx *c, int64_t area_id, int64_t comune_id,
                              const struct membership *in, int n, bool *out)
{
    struct area area;
    bool is_kind_known = false;
    const enum status st = places_area(c, area_id, &area);

    *out = area_id == comune_id;
    for (int i = 0; st == ST_OK && i < n; i++) {
        *out = *out || in[i].in.area_id == area_id;
        is_kind_known = is_kind_known || in[i].in.kind == area.kind;
    }
    if (st == ST_OK && !is_kind_known && area.kind != AREA_COMUNE && area.kind != AREA_HAMLET)
        *out = true;
    return st == ST_NOT_FOUND ? ST_OK : st;
}

enum status finder_service_serves(struct ctx *c, const struct service *s, int64_t comune_id,
                                  bool *out)
{
    struct membership *in;
    int n = 0, n_known = 0;
    enum status st = places_containers(c, comune_id, c->today, &in, &n);

    *out = false;
    for (int i = 0; st == ST_OK && !*out && i < s->n_areas; i++)
        if (s->areas[i].area_id != 0) {
            n_known++;
            st = may_lie_in(c, s->areas[i].area_id, comune_id, in, n, out);
        }
    *out = *out || n_known == 0;
    return st;
}

/* open_data_calendar.c - courses and events as a calendar, and when the door of a service is open: each opening by itself, so that
 * holidays, seasons and the patron's feast are as the page says. */
#include "base/clock.h"
#include "features/opening/opening.h"
#include "features/publish/publish_export.h"
#include "open_data_ical.h"
#include "open_data_routes.h"

enum { DAYS_AHEAD = 90, EVENT_DAYS_MOST = 366, RANGES_A_DAY = 8, RANGES_MOST = 400 };

static struct str place_words(struct ctx *c, const struct service *s, const struct service_at *at)
{
    const struct location *l = at == NULL ? NULL : at->location;
    struct buf b = buf_new(c->mem, 120);

    (void)s;
    if (l == NULL)
        return STR("");
    if (!l->is_secret) {
        buf_str(&b, l->name);
        const struct str address = publish_address_line(c, l);

        if (address.n > 0)
            buf_fmt(&b, "%s%.*s", b.n > 0 ? ", " : "", (int)address.n, address.p);
    }
    if (l->comune_name.n > 0)
        buf_fmt(&b, "%s%.*s", b.n > 0 ? ", " : "", (int)l->comune_name.n, l->comune_name.p);
    return buf_view(&b);
}

/* Invented entries say so in what everybody sees of an event. */
static struct str summary_of(struct ctx *c, const struct service *s)
{
    const struct str demo = text_get(c->lang, "open_data.demo-mark");

    return s->is_demo ? str_fmt(c->mem, "[%.*s] %.*s", (int)demo.n, demo.p, (int)s->name.n, s->name.p) : s->name;
}

static struct ical_event event_of(struct api_out *o, const struct service *s, const struct service_at *at)
{
    struct ctx *c = o->c;
    const struct str phone = catalogue_first_phone(s), words = text_get(c->lang, "open_data.phone");
    struct buf b = buf_new(c->mem, 200);

    buf_str(&b, s->summary.n > 0 ? s->summary : s->description);
    if (s->organisation_name.n > 0)
        buf_fmt(&b, "%s%.*s", b.n > 0 ? "\n" : "", (int)s->organisation_name.n, s->organisation_name.p);
    if (phone.n > 0)
        buf_fmt(&b, "%s%.*s %.*s", b.n > 0 ? "\n" : "", (int)words.n, words.p, (int)phone.n, phone.p);
    return (struct ical_event){.summary = summary_of(c, s),
                               .description = buf_view(&b),
                               .place = place_words(c, s, at),
                               .category = catalogue_kind_words(c, s->kind),
                               .stamp_ms = s->changed_at,
                               .address = str_fmt(c->mem, "%.*s/servizi/%.*s", (int)o->origin.n, o->origin.p, (int)s->slug.n, s->slug.p)};
}

/* Each opening from one day to another; how many there were. */
static int put_openings(struct api_out *o, const struct service *s, const struct service_at *at, int from, int to)
{
    const struct str owner = at == NULL ? s->uuid : at->uuid;
    struct ical_event e = event_of(o, s, at);
    struct hours hours;
    int n_all = 0;

    catalogue_hours_rules(o->c->mem, s, at, &hours);
    for (int day = from; day <= to && n_all < RANGES_MOST; day++) {
        struct hours_range list[RANGES_A_DAY];
        const int n = hours_of_day(&hours, day, list, RANGES_A_DAY);

        for (int i = 0; i < n; i++, n_all++) {
            e.uid = str_fmt(o->c->mem, "%.*s-%lld", (int)owner.n, owner.p, (long long)(list[i].from_ms / 60000));
            e.from_ms = list[i].from_ms;
            e.to_ms = list[i].to_ms;
            e.is_uncertain = list[i].by_appointment;
            ical_event(o->j.out, &e);
        }
    }
    return n_all;
}

/* GET /servizi/:slug/orari.ics */
enum status open_data_service_calendar(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct service s;
    bool is_answered;
    const enum status st = open_data_find_service(w, "orari.ics", &s, &is_answered);

    if (st != ST_OK || is_answered)
        return st;
    struct api_out o = api_out_new(w);
    const struct ical_head head = {.name = summary_of(c, &s),
                                   .description = text_get(c->lang, "open_data.hours-text"),
                                   .address = str_fmt(c->mem, "%.*s/servizi/%.*s/orari.ics", (int)o.origin.n, o.origin.p, (int)s.slug.n, s.slug.p)};

    web_set_type(w, "text/calendar; charset=utf-8");
    web_set_download(w, STR("orari.ics"));
    ical_begin(o.j.out, &head);
    for (int i = 0; i < s.n_ats || (i == 0 && s.n_ats == 0); i++)
        put_openings(&o, &s, s.n_ats == 0 ? NULL : &s.ats[i], c->today, c->today + DAYS_AHEAD);
    ical_end(o.j.out);
    return ST_OK;
}

/* ---- courses and events of a result ---- */

static void begin(struct api_out *o)
{
    const struct ical_head head = {.name = text_get(o->c->lang, "open_data.events-name"),
                                   .description = text_get(o->c->lang, "open_data.events-text"),
                                   .address = str_fmt(o->c->mem, "%.*s/dati/eventi.ics", (int)o->origin.n, o->origin.p)};

    ical_begin(o->j.out, &head);
}

static void end(struct api_out *o)
{
    ical_end(o->j.out);
}

/* With its hours where they are told, else as days; what is past is left out. */
static void put(struct api_out *o, const struct service *s, bool is_first)
{
    const int today = o->c->today;
    const int from = s->starts_on != DAY_NONE && s->starts_on > today ? s->starts_on : today;
    const int last = s->ends_on != DAY_NONE ? s->ends_on : s->starts_on;
    int n = 0;

    (void)is_first;
    if ((s->kind != SERVICE_EVENT && s->kind != SERVICE_COURSE) || s->starts_on == DAY_NONE || last < today)
        return;
    const int to = last < from + EVENT_DAYS_MOST ? last : from + EVENT_DAYS_MOST;

    for (int i = 0; i < s->n_ats || (i == 0 && s->n_ats == 0); i++)
        n += put_openings(o, s, s->n_ats == 0 ? NULL : &s->ats[i], from, to);
    if (n > 0)
        return;
    struct ical_event e = event_of(o, s, s->n_ats == 0 ? NULL : &s->ats[0]);

    e.uid = s->uuid;
    e.is_day = true;
    e.from_day = s->starts_on;
    e.to_day = last;
    ical_event(o->j.out, &e);
}

/* GET /dati/eventi.ics */
enum status open_data_events(struct web *w)
{
    static const struct export_format format = {"text/calendar; charset=utf-8", "eventi.ics", begin, put, end};

    return publish_export(w, &format);
}

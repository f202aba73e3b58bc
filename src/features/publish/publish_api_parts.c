/* publish_api_parts.c - what hangs on services, organisations and places, as HSDS has it. */
#include "publish_api_put.h"

/* ---- schedules ---- */

static const char *const day_names[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

static void put_byday(struct api_out *o, const struct hours_rule *r)
{
    struct buf b = buf_new(o->c->mem, 32);

    for (int d = 0; d < 7; d++) {
        if ((r->weekdays >> d & 1) != 0)
            buf_fmt(&b, "%s%s", b.n > 0 ? "," : "", day_names[d]);
        for (int n = 1; n <= 5; n++) {
            if ((r->nth[d] >> n & 1) != 0)
                buf_fmt(&b, "%s%d%s", b.n > 0 ? "," : "", n, day_names[d]);
            if ((r->nth[d] >> (8 + n) & 1) != 0)
                buf_fmt(&b, "%s-%d%s", b.n > 0 ? "," : "", n, day_names[d]);
        }
    }
    api_text(o, "byday", buf_view(&b));
}

static void put_bymonthday(struct api_out *o, const struct hours_rule *r)
{
    struct buf b = buf_new(o->c->mem, 32);

    for (int i = 0; i < HOURS_MAX_MONTHDAYS && r->monthdays[i] != 0; i++)
        buf_fmt(&b, "%s%d", i > 0 ? "," : "", r->monthdays[i]);
    api_text(o, "bymonthday", buf_view(&b));
}

static void put_time(struct api_out *o, const char *key, int minutes)
{
    if (minutes != HOURS_NO_TIME)
        jwrite_str(&o->j, key, str_fmt(o->c->mem, "%02d:%02d", minutes / 60 % 24, minutes % 60));
}

/* The next time the day or season comes, for what HSDS cannot say: each year. */
static int next_of(int today, int month, int day)
{
    const int year = day_to_ymd(today).year;
    const int here = day_from_ymd(year, month, day);

    return here != DAY_NONE && here >= today ? here : day_from_ymd(year + 1, month, day);
}

struct span {
    int from, to;
};

/* A season as the dates it has this year or next; a yearly day as that one day. */
static struct span span_of(const struct hours_rule *r, int today)
{
    struct span s = {r->from_day, r->to_day};

    if (r->freq == HOURS_YEARLY && r->start_day != DAY_NONE) {
        const struct ymd d = day_to_ymd(r->start_day);

        s.from = s.to = next_of(today, d.month, d.day);
    } else if (r->season_from != 0) {
        const int to = next_of(today, r->season_to / 100, r->season_to % 100);
        int from = to == DAY_NONE ? DAY_NONE
                                  : day_from_ymd(day_to_ymd(to).year, r->season_from / 100,
                                                 r->season_from % 100);

        if (from != DAY_NONE && from > to)
            from =
                day_from_ymd(day_to_ymd(to).year - 1, r->season_from / 100, r->season_from % 100);
        if (from != DAY_NONE && (s.from == DAY_NONE || from > s.from))
            s.from = from;
        if (to != DAY_NONE && (s.to == DAY_NONE || to < s.to))
            s.to = to;
    }
    return s;
}

static void put_rule(struct api_out *o, const struct hours_rule *r)
{
    const struct span s = span_of(r, o->c->today);

    api_day(o, "valid_from", s.from);
    api_day(o, "valid_to", s.to);
    if (r->freq == HOURS_WEEKLY || r->freq == HOURS_MONTHLY) {
        jwrite_str(&o->j, "freq", r->freq == HOURS_WEEKLY ? STR("WEEKLY") : STR("MONTHLY"));
        api_day(o, "dtstart", r->start_day);
        if (r->interval > 1)
            jwrite_int(&o->j, "interval", r->interval);
        if (r->week_start >= 1 && r->week_start <= 7)
            jwrite_str(&o->j, "wkst", str_of(day_names[r->week_start - 1]));
        put_byday(o, r);
        put_bymonthday(o, r);
        if (r->count > 0)
            jwrite_int(&o->j, "count", r->count);
        else
            api_day(o, "until", r->until_day);
    }
    put_time(o, "opens_at", r->opens_min);
    put_time(o, "closes_at", r->closes_min);
}

/* Hours of holidays alone have no place in HSDS: in words, so that nobody takes them for daily. */
static struct str holiday_words(struct api_out *o, const struct hours_rule *r)
{
    const struct str words = text_get(o->c->lang, "publish.hours-holidays");

    if (r->opens_min == HOURS_NO_TIME || r->closes_min == HOURS_NO_TIME)
        return words;
    return str_fmt(o->c->mem, "%.*s: %02d:%02d-%02d:%02d", (int)words.n, words.p, r->opens_min / 60,
                   r->opens_min % 60, r->closes_min / 60, r->closes_min % 60);
}

static struct str rule_words(struct api_out *o, const struct hours_rule *r)
{
    if (r->only_holidays && r->kind == HOURS_OPEN)
        return holiday_words(o, r);
    const char *key = r->kind == HOURS_CLOSED           ? "publish.mark-closed"
                      : r->kind == HOURS_BY_APPOINTMENT ? "publish.mark-appointment"
                                                        : NULL;

    return key == NULL ? STR("") : text_get(o->c->lang, key);
}

/* "Su appuntamento" before what was said of it, unless that begins so. */
static struct str joined_words(struct api_out *o, struct str words, struct str said)
{
    if (words.n == 0 || str_starts(str_fold(o->c->mem, said), str_fold(o->c->mem, words)))
        return said;
    if (said.n == 0)
        return words;
    return str_fmt(o->c->mem, "%.*s. %.*s", (int)words.n, words.p, (int)said.n, said.p);
}

static void put_schedule(struct api_out *o, const struct schedule *s)
{
    const struct hours_rule *r = &s->rule;
    const struct str words = rule_words(o, r);

    jwrite_open(&o->j, NULL, '{');
    api_uuid(o, "id", s->uuid);
    if (!r->only_holidays)
        put_rule(o, r);
    api_text(o, "description", joined_words(o, words, s->description));
    api_uri(o, "schedule_link", s->link);
    api_text(o, "attending_type", s->attending_type);
    api_text(o, "notes", s->notes);
    if (r->kind != HOURS_OPEN) {
        jwrite_open(&o->j, "attributes", '[');
        api_put_mark(o, s->uuid, "schedule",
                     r->kind == HOURS_CLOSED ? MARK_CLOSED : MARK_APPOINTMENT, STR(""));
        jwrite_close(&o->j, ']');
    }
    jwrite_close(&o->j, '}');
}

void api_put_schedules(struct api_out *o, const struct schedule *list, int n)
{
    if (n == 0)
        return;
    jwrite_open(&o->j, "schedules", '[');
    for (int i = 0; i < n; i++)
        /* closed on holidays goes without saying, and HSDS has no holidays */
        if (!list[i].rule.only_holidays || list[i].rule.kind != HOURS_CLOSED)
            put_schedule(o, &list[i]);
    jwrite_close(&o->j, ']');
}

/* ---- the others ---- */

void api_put_languages(struct api_out *o, const struct language *list, int n)
{
    if (n == 0)
        return;
    jwrite_open(&o->j, "languages", '[');
    for (int i = 0; i < n; i++) {
        jwrite_open(&o->j, NULL, '{');
        api_uuid(o, "id", list[i].uuid);
        api_text(o, "name", list[i].name);
        api_text(o, "code", list[i].code);
        api_text(o, "note", list[i].note);
        jwrite_close(&o->j, '}');
    }
    jwrite_close(&o->j, ']');
}

static void put_spoken(struct api_out *o, const struct phone *p)
{
    struct str rest = str_trim(p->languages);

    if (rest.n == 0)
        return;
    jwrite_open(&o->j, "languages", '[');
    while (rest.n > 0) {
        const struct str code = str_cut(&rest, ' ');

        if (code.n == 0)
            continue;
        jwrite_open(&o->j, NULL, '{');
        jwrite_str(&o->j, "id", catalogue_uuid_of(o->c->mem, p->uuid, code));
        jwrite_str(&o->j, "code", code);
        jwrite_close(&o->j, '}');
    }
    jwrite_close(&o->j, ']');
}

static void put_phones(struct api_out *o, const struct phone *list, int n)
{
    jwrite_open(&o->j, "phones", '[');
    for (int i = 0; i < n; i++) {
        int64_t extension;

        jwrite_open(&o->j, NULL, '{');
        api_uuid(o, "id", list[i].uuid);
        jwrite_str(&o->j, "number", list[i].number);
        if (str_to_int(list[i].extension, &extension))
            jwrite_int(&o->j, "extension", extension);
        api_text(o, "type", list[i].type);
        api_text(o, "description", list[i].description);
        put_spoken(o, &list[i]);
        jwrite_close(&o->j, '}');
    }
    jwrite_close(&o->j, ']');
}

/* A role, never a person: HSDS `title`. */
static void put_contacts(struct api_out *o, const struct contact *list, int n)
{
    jwrite_open(&o->j, "contacts", '[');
    for (int i = 0; i < n; i++) {
        jwrite_open(&o->j, NULL, '{');
        api_uuid(o, "id", list[i].uuid);
        api_text(o, "title", list[i].role);
        api_text(o, "department", list[i].department);
        api_email(o, "email", list[i].email);
        if (list[i].phone.n > 0) {
            const struct phone p = {.uuid = catalogue_uuid_of(o->c->mem, list[i].uuid, STR("phone")),
                                    .number = list[i].phone};

            put_phones(o, &p, 1);
        }
        jwrite_close(&o->j, '}');
    }
    jwrite_close(&o->j, ']');
}

static void put_funding(struct api_out *o, const struct funding *list, int n)
{
    jwrite_open(&o->j, "funding", '[');
    for (int i = 0; i < n; i++) {
        jwrite_open(&o->j, NULL, '{');
        api_uuid(o, "id", list[i].uuid);
        api_text(o, "source", list[i].source);
        jwrite_close(&o->j, '}');
    }
    jwrite_close(&o->j, ']');
}

void api_put_parts(struct api_out *o, const struct parts *p)
{
    if (p->n_phones > 0)
        put_phones(o, p->phones, p->n_phones);
    if (p->n_contacts > 0)
        put_contacts(o, p->contacts, p->n_contacts);
    if (p->n_funding > 0)
        put_funding(o, p->funding, p->n_funding);
}

void api_put_foreign(struct api_out *o, const struct attribute *a)
{
    const struct str name = a->name.n > 0 ? a->name : a->code.n > 0 ? a->code : a->value;
    const struct str term =
        a->term_uuid.n > 0 ? a->term_uuid : catalogue_uuid_of(o->c->mem, a->taxonomy, a->code);

    jwrite_open(&o->j, NULL, '{');
    api_uuid(o, "id", a->uuid);
    api_text(o, "link_type", a->link_type);
    api_text(o, "link_entity", a->link_entity);
    api_text(o, "value", a->value);
    api_uuid(o, "taxonomy_term_id", term);
    jwrite_open(&o->j, "taxonomy_term", '{');
    api_uuid(o, "id", term);
    api_text(o, "code", a->code);
    jwrite_str(&o->j, "name", name);
    jwrite_str(&o->j, "description", name);
    api_text(o, "taxonomy", a->taxonomy);
    jwrite_close(&o->j, '}');
    jwrite_close(&o->j, '}');
}

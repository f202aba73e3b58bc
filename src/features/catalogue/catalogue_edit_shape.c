/* catalogue_edit_shape.c - the table of fields: what each is called, how it is read and put. */
#include "catalogue_edit_put.h"
#include "catalogue_store.h"
#include "base/date.h"
#include "base/digest.h"
#include "base/macros.h"
#include "features/needs/needs.h"
#include <stddef.h>
#include <string.h>

enum { SHORT = 200, LINE = 500, PROSE = 8000, LIST = 4000 };

struct field {
    struct edit_shape shape;
    size_t offset; /* of a struct str in struct service, when read is NULL */
    edit_reader read;
    edit_putter put;
};

/* ---- choices: their name, or what people call them ---- */

struct choice {
    int value;
    const char *name;
    const char *said; /* folded, with | between */
};
static const struct choice fees[] = {
    {FEE_UNKNOWN, "unknown", "non so|non indicato"},
    {FEE_FREE, "free", "gratis|gratuito|gratuita|libero|nessuno|0"},
    {FEE_BY_ISEE, "by-isee", "isee|secondo l isee|secondo isee|in base all isee"},
    {FEE_PAID, "paid", "a pagamento|pagamento|si"},
};
static const struct choice kinds[] = {
    {SERVICE_SERVICE, "service", "servizio|sportello"}, {SERVICE_BENEFIT, "benefit", "contributo|bonus|prestazione"},
    {SERVICE_COURSE, "course", "corso"},                {SERVICE_JOB, "job", "lavoro|offerta di lavoro"},
    {SERVICE_APPRENTICESHIP, "apprenticeship", "tirocinio|servizio civile"},
    {SERVICE_EVENT, "event", "evento|incontro"},        {SERVICE_VOLUNTEERING, "volunteering", "volontariato"},
    {SERVICE_CALL, "call", "bando|avviso"},
};
static const struct choice statuses[] = {
    {SERVICE_ACTIVE, "active", "attivo|attiva|aperto"},
    {SERVICE_INACTIVE, "inactive", "sospeso|non attivo"},
    {SERVICE_CLOSED_NOW, "temporarily closed", "chiuso per ora|chiuso temporaneamente"},
    {SERVICE_DEFUNCT, "defunct", "non c e piu|cessato"},
};
static const struct choice states[] = {{SERVICE_SHOWN, "shown", "mostrata"}, {SERVICE_GONE, "gone", "non c e piu"}};

static const char *choice_name(const struct choice *list, int n, int value)
{
    for (int i = 0; i < n; i++)
        if (list[i].value == value)
            return list[i].name;
    return "";
}

static bool is_said(const char *said, struct str folded)
{
    struct str rest = str_of(said);

    while (rest.n > 0)
        if (str_eq(str_cut(&rest, '|'), folded))
            return true;
    return false;
}

static enum status put_choice(struct edit_put *p, const struct choice *list, int n, struct str text, int *out)
{
    const struct str folded = str_fold(p->c->mem, text);

    for (int i = 0; i < n; i++)
        if (str_eq_z(text, list[i].name) || is_said(list[i].said, folded)) {
            *out = list[i].value;
            return ST_OK;
        }
    return catalogue_edit_refuse(p, "catalogue.edit-choice", text);
}

#define CHOICE(member, list, type)                                                                                   \
    static struct str read_##member(struct arena *mem, const struct service *s)                                     \
    {                                                                                                                \
        return str_of(choice_name(list, ARRAY_LEN(list), (int)s->member));                                           \
    }                                                                                                                \
    static enum status put_##member(struct edit_put *p, struct str text)                                             \
    {                                                                                                                \
        int v = 0;                                                                                                   \
        const enum status st = put_choice(p, list, ARRAY_LEN(list), text.n == 0 ? str_of((list)[0].name) : text, &v); \
                                                                                                                     \
        if (st == ST_OK)                                                                                             \
            p->s->member = (enum type)v;                                                                             \
        return st;                                                                                                   \
    }
CHOICE(fee, fees, service_fee)
CHOICE(kind, kinds, service_kind)
CHOICE(status, statuses, service_status)
CHOICE(state, states, service_state)
#undef CHOICE

/* ---- numbers and days ---- */

static struct str age_text(struct arena *mem, bool has, double v)
{
    if (!has)
        return STR("");
    struct str s = str_fmt(mem, "%g", v);
    char *p = (char *)str_z(mem, s);

    for (size_t i = 0; i < s.n; i++)
        p[i] = p[i] == '.' ? ',' : p[i];
    return (struct str){p, s.n};
}

static enum status put_age(struct edit_put *p, struct str text, bool *has, double *out)
{
    char *z = (char *)str_z(p->c->mem, text);

    *has = text.n > 0;
    for (size_t i = 0; i < text.n; i++)
        z[i] = z[i] == ',' ? '.' : z[i];
    if (text.n > 0 && (!str_to_double((struct str){z, text.n}, out) || *out < 0 || *out > 120))
        return catalogue_edit_refuse(p, "catalogue.edit-age", text);
    if (p->s->has_min_age && p->s->has_max_age && p->s->min_age > p->s->max_age)
        return catalogue_edit_refuse(p, "catalogue.edit-ages", text);
    return ST_OK;
}

static struct str read_min_age(struct arena *mem, const struct service *s)
{
    return age_text(mem, s->has_min_age, s->min_age);
}

static struct str read_max_age(struct arena *mem, const struct service *s)
{
    return age_text(mem, s->has_max_age, s->max_age);
}

static enum status put_min_age(struct edit_put *p, struct str text)
{
    return put_age(p, text, &p->s->has_min_age, &p->s->min_age);
}

static enum status put_max_age(struct edit_put *p, struct str text)
{
    return put_age(p, text, &p->s->has_max_age, &p->s->max_age);
}

static struct str read_places_free(struct arena *mem, const struct service *s)
{
    return s->has_places_free ? str_fmt(mem, "%d", s->places_free) : STR("");
}

static enum status put_places_free(struct edit_put *p, struct str text)
{
    int64_t v = 0;
    const struct str folded = str_fold(p->c->mem, text);

    if (str_eq_z(folded, "esauriti") || str_eq_z(folded, "esaurito"))
        text = STR("0");
    if (text.n > 0 && (!str_to_int(text, &v) || v < 0 || v > 100000))
        return catalogue_edit_refuse(p, "catalogue.edit-number", text);
    p->s->has_places_free = text.n > 0;
    p->s->places_free = (int)v;
    return ST_OK;
}

int catalogue_edit_day(struct str text)
{
    int64_t part[3] = {0};
    int n = 0;
    size_t begin = 0;

    if (day_parse(text) != DAY_NONE)
        return day_parse(text);
    for (size_t i = 0; i <= text.n; i++) {
        if (i < text.n && text.p[i] != '/' && text.p[i] != '-' && text.p[i] != '.')
            continue;
        if (n == 3 || i - begin > 4 || !str_to_int(str_head(str_from(text, begin), i - begin), &part[n++]))
            return DAY_NONE;
        begin = i + 1;
    }
    if (n != 3 || part[0] < 1 || part[1] < 1 || part[2] < 0)
        return DAY_NONE;
    return day_from_ymd((int)(part[2] < 100 ? 2000 + part[2] : part[2]), (int)part[1], (int)part[0]);
}

static struct str day_text(struct arena *mem, int day)
{
    return day == DAY_NONE ? STR("") : day_iso(mem, day);
}

static enum status put_day(struct edit_put *p, struct str text, int *out)
{
    const int day = text.n == 0 ? DAY_NONE : catalogue_edit_day(text);

    if (text.n > 0 && (day == DAY_NONE || day < day_from_ymd(1996, 1, 1) || day > day_from_ymd(2100, 12, 31)))
        return catalogue_edit_refuse(p, "catalogue.edit-day", text);
    *out = day;
    if (p->s->starts_on != DAY_NONE && p->s->ends_on != DAY_NONE && p->s->ends_on < p->s->starts_on)
        return catalogue_edit_refuse(p, "catalogue.edit-days", text);
    return ST_OK;
}

#define DAY(member)                                                                 \
    static struct str read_##member(struct arena *mem, const struct service *s)    \
    {                                                                               \
        return day_text(mem, s->member);                                            \
    }                                                                               \
    static enum status put_##member(struct edit_put *p, struct str text)            \
    {                                                                               \
        return put_day(p, text, &p->s->member);                                     \
    }
DAY(starts_on)
DAY(ends_on)
DAY(apply_by)
#undef DAY

/* ---- addresses of the net ---- */

static bool has_space(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ')
            return true;
    return false;
}

static enum status put_email(struct edit_put *p, struct str text)
{
    const ptrdiff_t at = str_index(text, '@');
    const struct str host = str_from(text, (size_t)(at < 0 ? 0 : at) + 1);

    if (text.n > 0 && (at < 1 || str_index(host, '@') >= 0 || str_index(host, '.') < 1 || has_space(text) ||
                       host.p[host.n - 1] == '.' || str_index(text, '<') >= 0 || str_index(text, ',') >= 0))
        return catalogue_edit_refuse(p, "catalogue.edit-email", text);
    p->s->email = text;
    return ST_OK;
}

static enum status put_url(struct edit_put *p, struct str text)
{
    if (text.n > 0 && !str_starts(text, STR("http://")) && !str_starts(text, STR("https://")) &&
        str_index(text, '.') > 0 && str_index(text, ':') < 0)
        text = str_fmt(p->c->mem, "https://%.*s", (int)text.n, text.p);
    const struct str host = str_from(text, str_starts(text, STR("https://")) ? 8 : 7);

    if (text.n > 0 && ((!str_starts(text, STR("http://")) && !str_starts(text, STR("https://"))) || has_space(text) ||
                       str_index(host, '.') < 1 || str_index(text, '"') >= 0 || str_index(text, '<') >= 0))
        return catalogue_edit_refuse(p, "catalogue.edit-url", text);
    p->s->url = text;
    return ST_OK;
}

/* ---- the table ---- */

#define NAMED(n, l, k, m) .shape = {.name = n, .label = l, .kind = k, .most = m}
#define TEXT_OF(n, l, k, m, member) {NAMED(n, l, k, m), .offset = offsetof(struct service, member)}

static const struct field fields[EDIT_FIELD_COUNT] = {
    [EDIT_NAME] = {.shape = {.name = "name", .label = "catalogue.field-name", .kind = EDIT_LINE, .most = SHORT, .is_needed = true},
                   .offset = offsetof(struct service, name)},
    [EDIT_SUMMARY] = TEXT_OF("summary", "catalogue.field-summary", EDIT_LINE, LINE, summary),
    [EDIT_DESCRIPTION] = TEXT_OF("description", "catalogue.field-description", EDIT_PROSE, PROSE, description),
    [EDIT_KIND] = {NAMED("kind", "catalogue.field-kind", EDIT_CHOICE, SHORT), .read = read_kind, .put = put_kind},
    [EDIT_NEEDS] = {NAMED("needs", "catalogue.field-needs", EDIT_LIST, LIST), .read = catalogue_read_needs, .put = catalogue_put_needs},
    [EDIT_TARGETS] = {NAMED("targets", "catalogue.field-targets", EDIT_LIST, LIST), .read = catalogue_read_targets, .put = catalogue_put_targets},
    [EDIT_ELIGIBILITY] = TEXT_OF("eligibility", "catalogue.field-eligibility", EDIT_PROSE, PROSE, eligibility),
    [EDIT_AREAS] = {NAMED("areas", "catalogue.field-areas", EDIT_LIST, LIST), .read = catalogue_read_areas, .put = catalogue_put_areas},
    [EDIT_MIN_AGE] = {NAMED("min-age", "catalogue.field-min-age", EDIT_NUMBER, SHORT), .read = read_min_age, .put = put_min_age},
    [EDIT_MAX_AGE] = {NAMED("max-age", "catalogue.field-max-age", EDIT_NUMBER, SHORT), .read = read_max_age, .put = put_max_age},
    [EDIT_WAYS] = {NAMED("ways", "catalogue.field-ways", EDIT_LIST, SHORT), .read = catalogue_read_ways, .put = catalogue_put_ways},
    [EDIT_PLACES] = {NAMED("places", "catalogue.field-places", EDIT_LIST, LIST), .read = catalogue_read_places, .put = catalogue_put_places},
    [EDIT_HOURS] = {NAMED("hours", "catalogue.field-hours", EDIT_LIST, LIST), .read = catalogue_read_hours, .put = catalogue_put_hours},
    [EDIT_PHONES] = {NAMED("phones", "catalogue.field-phones", EDIT_LIST, LIST), .read = catalogue_read_phones, .put = catalogue_put_phones},
    [EDIT_EMAIL] = {NAMED("email", "catalogue.field-email", EDIT_LINE, SHORT), .offset = offsetof(struct service, email), .put = put_email},
    [EDIT_URL] = {NAMED("url", "catalogue.field-url", EDIT_LINE, LINE), .offset = offsetof(struct service, url), .put = put_url},
    [EDIT_APPLICATION] = TEXT_OF("application", "catalogue.field-application", EDIT_PROSE, PROSE, application_process),
    [EDIT_INTAKE] = TEXT_OF("intake", "catalogue.field-intake", EDIT_PROSE, PROSE, intake),
    [EDIT_DOCUMENTS] = {NAMED("documents", "catalogue.field-documents", EDIT_LIST, LIST), .read = catalogue_read_documents, .put = catalogue_put_documents},
    [EDIT_FEE] = {NAMED("fee", "catalogue.field-fee", EDIT_CHOICE, SHORT), .read = read_fee, .put = put_fee},
    [EDIT_FEES] = TEXT_OF("fees", "catalogue.field-fees", EDIT_LINE, LINE, fees),
    [EDIT_ISEE_NOTE] = TEXT_OF("isee-note", "catalogue.field-isee-note", EDIT_LINE, LINE, isee_note),
    [EDIT_LANGUAGES] = {NAMED("languages", "catalogue.field-languages", EDIT_LIST, LIST), .read = catalogue_read_languages, .put = catalogue_put_languages},
    [EDIT_WAIT_TIME] = TEXT_OF("wait-time", "catalogue.field-wait-time", EDIT_LINE, LINE, wait_time),
    [EDIT_PLACES_FREE] = {NAMED("places-free", "catalogue.field-places-free", EDIT_NUMBER, SHORT), .read = read_places_free, .put = put_places_free},
    [EDIT_STARTS_ON] = {NAMED("starts-on", "catalogue.field-starts-on", EDIT_DAY, SHORT), .read = read_starts_on, .put = put_starts_on},
    [EDIT_ENDS_ON] = {NAMED("ends-on", "catalogue.field-ends-on", EDIT_DAY, SHORT), .read = read_ends_on, .put = put_ends_on},
    [EDIT_APPLY_BY] = {NAMED("apply-by", "catalogue.field-apply-by", EDIT_DAY, SHORT), .read = read_apply_by, .put = put_apply_by},
    [EDIT_ALERT] = TEXT_OF("alert", "catalogue.field-alert", EDIT_LINE, LINE, alert),
    [EDIT_STATUS] = {NAMED("status", "catalogue.field-status", EDIT_CHOICE, SHORT), .read = read_status, .put = put_status},
    [EDIT_STATE] = {NAMED("state", "catalogue.field-state", EDIT_CHOICE, SHORT), .read = read_state, .put = put_state},
};

const struct edit_shape *catalogue_edit_shape(enum edit_field f)
{
    return &fields[f].shape;
}

enum edit_field catalogue_edit_named(struct str name)
{
    for (int i = 1; i < EDIT_FIELD_COUNT; i++)
        if (str_eq_z(name, fields[i].shape.name))
            return (enum edit_field)i;
    return EDIT_NONE;
}

struct str catalogue_edit_text(struct arena *mem, enum edit_field f, const struct service *s)
{
    if (fields[f].read != NULL)
        return fields[f].read(mem, s);
    const struct str kept = *(const struct str *)((const char *)s + fields[f].offset);

    return catalogue_edit_tidy(mem, f, kept);
}

int64_t catalogue_edit_sum(struct str text)
{
    struct digest d;

    digest_begin(&d);
    digest_text(&d, text);
    return digest_end(&d);
}

enum status catalogue_edit_refuse(struct edit_put *p, const char *key, struct str value)
{
    p->key = key;
    p->value = str_head(value, SHORT);
    return ST_INVALID;
}

struct str catalogue_edit_tidy(struct arena *mem, enum edit_field f, struct str text)
{
    const enum edit_kind kind = fields[f].shape.kind;
    const bool has_lines = kind == EDIT_PROSE || kind == EDIT_LIST;
    struct buf b = buf_new(mem, text.n + 1);

    for (size_t i = 0; i < text.n; i++) {
        const char ch = text.p[i];

        if (ch == '\r' && i + 1 < text.n && text.p[i + 1] == '\n')
            continue;
        if (ch == '\n' || ch == '\r' || ch == '\t' || ch == ' ') {
            if (has_lines && (ch == '\n' || ch == '\r')) {
                while (b.n > 0 && b.p[b.n - 1] == ' ')
                    b.n--;
                buf_char(&b, '\n');
            } else if (b.n > 0 && b.p[b.n - 1] != ' ' && b.p[b.n - 1] != '\n') {
                buf_char(&b, ' ');
            }
        } else {
            buf_char(&b, ch);
        }
    }
    return str_trim(buf_view(&b));
}

enum status catalogue_edit_put_text(struct edit_put *p, enum edit_field f, struct str text)
{
    const struct field *const x = &fields[f];

    if (!str_is_utf8(text))
        return catalogue_edit_refuse(p, "catalogue.edit-bytes", STR(""));
    text = catalogue_edit_tidy(p->c->mem, f, text);
    if (text.n > (size_t)x->shape.most)
        return catalogue_edit_refuse(p, "catalogue.edit-long", str_fmt(p->c->mem, "%d", x->shape.most));
    if (text.n == 0 && x->shape.is_needed)
        return catalogue_edit_refuse(p, "catalogue.edit-needed", STR(""));
    if (x->put != NULL)
        return x->put(p, text);
    *(struct str *)((char *)p->s + x->offset) = text;
    return ST_OK;
}

#define COPY_LIST(list) (to->list = from->list, to->n_##list = from->n_##list)

void catalogue_edit_copy(enum edit_field f, struct service *to, const struct service *from)
{
    switch (f) {
    case EDIT_KIND: to->kind = from->kind; break;
    case EDIT_NEEDS: COPY_LIST(needs); break;
    case EDIT_TARGETS: COPY_LIST(targets); break;
    case EDIT_AREAS: COPY_LIST(areas); break;
    case EDIT_MIN_AGE: to->has_min_age = from->has_min_age; to->min_age = from->min_age; break;
    case EDIT_MAX_AGE: to->has_max_age = from->has_max_age; to->max_age = from->max_age; break;
    case EDIT_WAYS: to->ways = from->ways; break;
    case EDIT_PLACES: COPY_LIST(ats); break;
    case EDIT_HOURS:
        COPY_LIST(schedules);
        for (int i = 0; i < to->n_ats && i < from->n_ats; i++) {
            to->ats[i].schedules = from->ats[i].schedules;
            to->ats[i].n_schedules = from->ats[i].n_schedules;
        }
        break;
    case EDIT_PHONES:
        to->parts.phones = from->parts.phones;
        to->parts.n_phones = from->parts.n_phones;
        for (int i = 0; i < to->n_ats && i < from->n_ats; i++) {
            to->ats[i].parts.phones = from->ats[i].parts.phones;
            to->ats[i].parts.n_phones = from->ats[i].parts.n_phones;
        }
        break;
    case EDIT_DOCUMENTS: COPY_LIST(documents); break;
    case EDIT_FEE: to->fee = from->fee; break;
    case EDIT_LANGUAGES: COPY_LIST(languages); break;
    case EDIT_PLACES_FREE: to->has_places_free = from->has_places_free; to->places_free = from->places_free; break;
    case EDIT_STARTS_ON: to->starts_on = from->starts_on; break;
    case EDIT_ENDS_ON: to->ends_on = from->ends_on; break;
    case EDIT_APPLY_BY: to->apply_by = from->apply_by; break;
    case EDIT_STATUS: to->status = from->status; break;
    case EDIT_STATE: to->state = from->state; break;
    default:
        *(struct str *)((char *)to + fields[f].offset) = *(const struct str *)((const char *)from + fields[f].offset);
    }
}

bool catalogue_edit_line(struct str *rest, struct str *out)
{
    while (rest->n > 0) {
        *out = str_trim(str_cut(rest, '\n'));
        if (out->n > 0)
            return true;
    }
    return false;
}

int catalogue_edit_n_lines(struct str text)
{
    struct str line;
    int n = 0;

    while (catalogue_edit_line(&text, &line))
        n++;
    return n;
}

/* ---- for people ---- */

static struct str label_of(struct ctx *c, enum edit_field f, struct str value)
{
    static const char *const kind_of[][2] = {{"active", "catalogue.status-active"},
                                             {"inactive", "catalogue.status-inactive"},
                                             {"temporarily closed", "catalogue.status-closed"},
                                             {"defunct", "catalogue.status-defunct"},
                                             {"shown", "catalogue.state-shown"},
                                             {"gone", "catalogue.state-gone"}};

    if (f == EDIT_KIND)
        return catalogue_kind_words(c, catalogue_kind_of(value));
    if (f == EDIT_FEE)
        return catalogue_fee_words(c, catalogue_fee_of(value));
    if (f == EDIT_WAYS)
        return catalogue_way_words(c, catalogue_way_of(value));
    for (int i = 0; (f == EDIT_STATUS || f == EDIT_STATE) && i < ARRAY_LEN(kind_of); i++)
        if (str_eq_z(value, kind_of[i][0]))
            return text_get(c->lang, kind_of[i][1]);
    return value;
}

static struct str need_label(struct ctx *c, enum edit_field f, struct str id)
{
    const struct needs *const x = needs_of(c);
    const struct need *need = f == EDIT_NEEDS ? need_by_id(x, id) : NULL;

    if (f == EDIT_TARGETS)
        return needs_code_label(x, id).n > 0 ? needs_code_label(x, id) : id;
    return need == NULL ? id : need->label[c->lang == LANG_EN ? NEED_EN : NEED_IT].text;
}

struct str catalogue_edit_words(struct ctx *c, enum edit_field f, struct str text)
{
    const enum edit_kind kind = fields[f].shape.kind;
    struct buf b = buf_new(c->mem, text.n + 32);
    struct str line;

    if (kind == EDIT_DAY && text.n > 0)
        return text_day(c->mem, c->lang, catalogue_edit_day(text));
    if (kind == EDIT_CHOICE)
        return text.n == 0 ? text : label_of(c, f, text);
    if (kind != EDIT_LIST)
        return text;
    while (catalogue_edit_line(&text, &line)) {
        if (b.n > 0)
            buf_z(&b, f == EDIT_PLACES || f == EDIT_HOURS || f == EDIT_PHONES ? " · " : ", ");
        buf_str(&b, f == EDIT_NEEDS || f == EDIT_TARGETS ? need_label(c, f, line) : f == EDIT_WAYS ? label_of(c, f, line) : line);
    }
    return buf_view(&b);
}

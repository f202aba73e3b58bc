/* publish_api_service.c - a service as HSDS 3.0 has it, and what the field asks for besides as
 * attributes. */
#include "features/search/search.h"
#include "publish_api_put.h"

/* ---- attributes ---- */

struct said {
    struct api_out *o;
    const struct service *s;
};

static void mark(const struct said *a, enum api_mark m, struct str value)
{
    api_put_mark(a->o, a->s->uuid, "service", m, value);
}

static void mark_text(const struct said *a, enum api_mark m, struct str value)
{
    if (value.n > 0)
        mark(a, m, value);
}

static void mark_day(const struct said *a, enum api_mark m, int day)
{
    if (day != DAY_NONE)
        mark(a, m, day_iso(a->o->c->mem, day));
}

static void put_code(const struct said *a, enum own_taxonomy t, struct str code, struct str label)
{
    const struct api_term term = {.taxonomy = t,
                                  .code = code,
                                  .name = label.n > 0 ? label : code,
                                  .description = label.n > 0 ? label : code};

    api_put_ours(a->o, a->s->uuid, "service", &term, STR(""));
}

enum { CODES_MAX = 200 };

struct codes {
    struct str list[CODES_MAX];
    int n;
};

static void add_codes(struct codes *all, const struct str *codes, int n)
{
    for (int i = 0; i < n; i++) {
        bool is_there = all->n == CODES_MAX;

        for (int k = 0; k < all->n && !is_there; k++)
            is_there = str_eq(all->list[k], codes[i]);
        if (!is_there)
            all->list[all->n++] = codes[i];
    }
}

/* The needs it answers, and the codes of SIUSS and CISIS where these are looked for. */
static void put_needs(const struct said *a)
{
    struct api_out *o = a->o;
    struct codes *siuss = ARENA_NEW(o->c->mem, struct codes);
    struct codes *cisis = ARENA_NEW(o->c->mem, struct codes);

    for (int i = 0; i < a->s->n_needs; i++) {
        const struct need *need = need_by_id(o->needs, a->s->needs[i]);

        if (need == NULL)
            continue;
        const struct api_term t = {.taxonomy = OWN_NEEDS,
                                   .code = need->id,
                                   .name = need->label[NEED_IT].text,
                                   .description = need->label[NEED_IT].help};

        api_put_ours(o, a->s->uuid, "service", &t, STR(""));
        add_codes(siuss, need->siuss, need->n_siuss);
        add_codes(cisis, need->cisis, need->n_cisis);
    }
    for (int i = 0; i < siuss->n; i++)
        put_code(a, OWN_SIUSS, siuss->list[i], needs_code_label(o->needs, siuss->list[i]));
    for (int i = 0; i < cisis->n; i++)
        put_code(a, OWN_CISIS, cisis->list[i], needs_code_label(o->needs, cisis->list[i]));
    for (int i = 0; i < a->s->n_targets; i++)
        put_code(a, OWN_TARGETS, a->s->targets[i],
                 needs_code_label(o->needs, a->s->targets[i]));
}

static void put_access(const struct said *a)
{
    for (int i = 0; i < a->s->n_access; i++) {
        const struct access *x = &a->s->access[i];

        for (int bit = 1; bit <= ACCESS_SIGHT; bit <<= 1)
            if ((x->bits & bit) != 0)
                mark(a, MARK_ACCESS, str_of(catalogue_access_name(bit)));
        mark_text(a, MARK_ACCESS, x->description);
    }
}

/* What lists say too: that an entry is invented, or only reported once. */
static void put_warnings(const struct said *a)
{
    if (a->s->is_demo)
        mark(a, MARK_DEMO, STR(""));
    if (a->s->initiative_year > 0)
        mark(a, MARK_INITIATIVE, str_fmt(a->o->c->mem, "%d", a->s->initiative_year));
}

static void put_kind(const struct said *a)
{
    struct api_out *o = a->o;
    const char *name = catalogue_kind_name(a->s->kind);
    const struct str label = text_get(o->c->lang, str_fmt(o->c->mem, "catalogue.kind-%s", name).p);
    const struct api_term t = {
        .taxonomy = OWN_KINDS, .code = str_of(name), .name = label, .description = label};

    api_put_ours(o, a->s->uuid, "service", &t, STR(""));
}

/* Whether it can be relied on, and how much it tells. */
static void put_upkeep(const struct said *a)
{
    int score;

    if (a->o->without_upkept)
        return;
    mark_text(a, MARK_FRESHNESS, api_freshness(a->s));
    mark_day(a, MARK_VERIFIED, api_verified_on(a->o, a->s));
    if (api_score(a->o, a->s, &score))
        mark(a, MARK_SCORE, str_fmt(a->o->c->mem, "%d", score));
}

static void put_attributes(const struct said *a)
{
    const struct service *s = a->s;

    jwrite_open(&a->o->j, "attributes", '[');
    put_warnings(a);
    put_kind(a);
    put_needs(a);
    mark_text(a, MARK_SUMMARY, s->summary);
    mark_text(a, MARK_ISEE, s->isee_note);
    mark_text(a, MARK_INTAKE, s->intake);
    if (s->has_places_free)
        mark(a, MARK_PLACES_FREE, str_fmt(a->o->c->mem, "%d", s->places_free));
    mark_day(a, MARK_STARTS, s->starts_on);
    mark_day(a, MARK_ENDS, s->ends_on);
    mark_day(a, MARK_APPLY_BY, s->apply_by);
    mark_text(a, MARK_CONFIRMED_HOW, str_of(catalogue_how_name(s->confirmed_how)));
    mark_text(a, MARK_CONFIRMED_BY, s->confirmed_by);
    put_upkeep(a);
    for (int bit = 1; bit <= WAY_HOME; bit <<= 1)
        if ((s->ways & bit) != 0)
            mark(a, MARK_WAY, str_of(catalogue_way_name(bit)));
    if (s->fee != FEE_UNKNOWN)
        mark(a, MARK_FEE, str_of(catalogue_fee_name(s->fee)));
    put_access(a);
    for (int i = 0; i < s->parts.n_attributes; i++)
        api_put_foreign(a->o, &s->parts.attributes[i]);
    jwrite_close(&a->o->j, ']');
}

/* ---- members ---- */

static void put_areas(struct api_out *o, const struct service *s)
{
    if (s->n_areas == 0)
        return;
    jwrite_open(&o->j, "service_areas", '[');
    for (int i = 0; i < s->n_areas; i++) {
        const struct served_area *a = &s->areas[i];

        jwrite_open(&o->j, NULL, '{');
        api_uuid(o, "id", a->uuid);
        api_text(o, "name", a->name);
        api_text(o, "description", a->description);
        api_text(o, "extent", a->extent);
        api_text(o, "extent_type", a->extent_type);
        api_text(o, "uri", a->uri);
        jwrite_close(&o->j, '}');
    }
    jwrite_close(&o->j, ']');
}

static void put_costs(struct api_out *o, const struct service *s)
{
    if (s->n_costs == 0)
        return;
    jwrite_open(&o->j, "cost_options", '[');
    for (int i = 0; i < s->n_costs; i++) {
        const struct cost_option *x = &s->costs[i];

        jwrite_open(&o->j, NULL, '{');
        api_uuid(o, "id", x->uuid);
        api_day(o, "valid_from", x->from);
        api_day(o, "valid_to", x->to);
        api_text(o, "option", x->option);
        api_text(o, "currency", x->currency);
        if (x->has_amount)
            api_number(o, "amount", (double)x->amount_cents / 100);
        api_text(o, "amount_description", x->amount_description);
        jwrite_close(&o->j, '}');
    }
    jwrite_close(&o->j, ']');
}

static void put_documents(struct api_out *o, const struct service *s)
{
    if (s->n_documents == 0)
        return;
    jwrite_open(&o->j, "required_documents", '[');
    for (int i = 0; i < s->n_documents; i++) {
        jwrite_open(&o->j, NULL, '{');
        api_uuid(o, "id", s->documents[i].uuid);
        api_text(o, "document", s->documents[i].document);
        api_uri(o, "uri", s->documents[i].uri);
        jwrite_close(&o->j, '}');
    }
    jwrite_close(&o->j, ']');
}

/* The program it is part of, when its organisation has it. */
static void put_program(struct api_out *o, const struct service *s, const struct organisation *org)
{
    for (int i = 0; org != NULL && i < org->parts.n_programs; i++) {
        const struct program *p = &org->parts.programs[i];

        if (!str_eq(p->uuid, s->program_uuid))
            continue;
        jwrite_open(&o->j, "program", '{');
        api_uuid(o, "id", p->uuid);
        api_uuid(o, "organization_id", org->uuid);
        jwrite_str(&o->j, "name", p->name);
        api_text(o, "alternate_name", p->alternate_name);
        jwrite_str(&o->j, "description", p->description.n > 0 ? p->description : p->name);
        jwrite_close(&o->j, '}');
        return;
    }
}

static void put_simple(struct api_out *o, const struct service *s)
{
    api_uuid(o, "organization_id", s->organisation_uuid);
    api_text(o, "alternate_name", s->alternate_name);
    api_text(o, "description", s->description.n > 0 ? s->description : s->summary);
    api_uri(o, "url",
            s->url.n > 0 ? s->url
                         : str_fmt(o->c->mem, "%.*s/servizi/%.*s", (int)o->origin.n, o->origin.p,
                                   (int)s->slug.n, s->slug.p));
    api_email(o, "email", s->email);
    api_text(o, "interpretation_services", s->interpretation);
    api_text(o, "application_process", s->application_process);
    api_text(o, "fees_description", s->fees);
    api_text(o, "wait_time", s->wait_time);
    api_text(o, "accreditations", s->accreditations);
    api_text(o, "eligibility_description", s->eligibility);
    if (s->has_min_age)
        api_number(o, "minimum_age", s->min_age);
    if (s->has_max_age)
        api_number(o, "maximum_age", s->max_age);
    api_day(o, "assured_date", s->confirmed_on);
    api_email(o, "assurer_email", s->assurer_email);
    api_text(o, "licenses", s->licenses);
    api_text(o, "alert", s->alert);
}

static void put_organisation(struct api_out *o, const struct service *s,
                             const struct organisation *org, enum api_depth depth)
{
    const struct organisation known = {.uuid = s->organisation_uuid,
                                       .name = s->organisation_name,
                                       .slug = s->organisation_slug,
                                       .kind = s->organisation_kind};
    const struct api_organisation v = {.organisation = org != NULL ? org : &known};

    if (s->organisation_uuid.n > 0)
        api_put_organisation(o, "organization", &v, org == NULL ? API_MINIMAL : depth);
}

static void put_full(struct api_out *o, const struct service *s, const struct organisation *org)
{
    const struct said a = {o, s};

    put_program(o, s, org);
    api_put_parts(o, &s->parts);
    api_put_schedules(o, s->schedules, s->n_schedules);
    put_areas(o, s);
    if (s->n_ats > 0) {
        jwrite_open(&o->j, "service_at_locations", '[');
        for (int i = 0; i < s->n_ats; i++)
            api_put_at(o, NULL, s, &s->ats[i], false, API_FULL);
        jwrite_close(&o->j, ']');
    }
    api_put_languages(o, s->languages, s->n_languages);
    put_costs(o, s);
    put_documents(o, s);
    put_attributes(&a);
}

void api_put_service(struct api_out *o, const char *key, const struct service *s,
                     const struct organisation *org, enum api_depth depth)
{
    const struct said a = {o, s};

    jwrite_open(&o->j, key, '{');
    api_uuid(o, "id", s->uuid);
    jwrite_str(&o->j, "name", s->name);
    jwrite_str(&o->j, "status", str_of(catalogue_status_name(catalogue_status_today(s, o->c->today))));
    api_instant(o, "last_modified", s->changed_at);
    if (depth == API_MINIMAL)
        api_instant(o, "modified_date", s->changed_at); /* as API 3.0 calls it here */
    else {
        put_simple(o, s);
        put_organisation(o, s, org, depth == API_FULL ? API_LIST : API_MINIMAL);
    }
    if (depth == API_FULL) {
        put_full(o, s, org);
    } else if (s->is_demo || s->initiative_year > 0) {
        jwrite_open(&o->j, "attributes", '[');
        put_warnings(&a);
        jwrite_close(&o->j, ']');
    }
    jwrite_close(&o->j, '}');
}

/* open_data_cpsv.c - services as the national catalogue of public services has them (CPSV-AP_IT 1.1). */
#include "base/macros.h"
#include "features/publish/publish_export.h"
#include "open_data_linked.h"
#include "open_data_routes.h"

#define VOCABULARY "https://w3id.org/italia/controlled-vocabulary/classifications-for-public-services/"
#define CHANNEL VOCABULARY "channel/"

/* Types of channel: the codes of the vocabulary without their points. */
enum channel { CHANNEL_DESK, CHANNEL_HOME, CHANNEL_OTHER, CHANNEL_FORM, CHANNEL_PHONE, CHANNEL_MAIL };
static const char *const channel_codes[] = {[CHANNEL_DESK] = CHANNEL "0111", [CHANNEL_HOME] = CHANNEL "0112",
                                            [CHANNEL_OTHER] = CHANNEL "0125", [CHANNEL_FORM] = CHANNEL "021",
                                            [CHANNEL_PHONE] = CHANNEL "031", [CHANNEL_MAIL] = CHANNEL "042"};

/* The sector in NACE Rev. 2 and the theme of the European data portal, by kind. */
static const struct {
    const char *sector, *theme;
} kinds[SERVICE_KIND_COUNT] = {
    [SERVICE_SERVICE] = {"88", "SOCI"},      [SERVICE_BENEFIT] = {"88", "SOCI"},
    [SERVICE_COURSE] = {"85.5", "EDUC"},     [SERVICE_JOB] = {"78.1", "ECON"},
    [SERVICE_APPRENTICESHIP] = {"78.1", "ECON"}, [SERVICE_EVENT] = {"88", "SOCI"},
    [SERVICE_VOLUNTEERING] = {"88", "SOCI"}, [SERVICE_CALL] = {"84.12", "GOVE"},
};

struct writing {
    struct api_out *o;
    const struct service *s;
    struct linked *l;
    struct str address; /* of the service */
    int n_channels;
};

static struct str part(const struct writing *x, const char *name, int n)
{
    return str_fmt(x->o->c->mem, "%.*s#%s%d", (int)x->address.n, x->address.p, name, n);
}

static bool is_public(enum organisation_kind kind)
{
    return kind < ORGANISATION_THIRD_SECTOR || kind == ORGANISATION_PUBLIC || kind == ORGANISATION_SCHOOL || kind == ORGANISATION_HEALTH;
}

/* ---- channels: told of in the service, written after it ---- */

struct channels {
    struct {
        enum channel kind;
        struct str value; /* number, address; may be empty */
    } list[12];
    int n;
};

static void add_channel(struct channels *all, enum channel kind, struct str value)
{
    for (int i = 0; i < all->n; i++)
        if (all->list[i].kind == kind && str_eq(all->list[i].value, value))
            return;
    if (all->n < ARRAY_LEN(all->list) && (kind != CHANNEL_PHONE || value.n > 0)) {
        all->list[all->n].kind = kind;
        all->list[all->n++].value = value;
    }
}

/* Where it is given; when nothing at all is known, with whoever gives it: a service has one channel at least. */
static void find_channels(const struct writing *x, struct channels *all)
{
    const struct service *s = x->s;
    const enum channel desk = is_public(s->organisation_kind) ? CHANNEL_DESK : CHANNEL_OTHER;

    for (int i = 0; i < s->parts.n_phones && i < 4; i++)
        add_channel(all, CHANNEL_PHONE, s->parts.phones[i].number);
    add_channel(all, CHANNEL_PHONE, catalogue_first_phone(s));
    if (s->email.n > 0)
        add_channel(all, CHANNEL_MAIL, s->email);
    if (s->n_ats > 0 || (s->ways & WAY_PRESENCE) != 0)
        add_channel(all, desk, STR(""));
    if ((s->ways & WAY_HOME) != 0)
        add_channel(all, CHANNEL_HOME, STR(""));
    if ((s->ways & WAY_ONLINE) != 0)
        add_channel(all, CHANNEL_FORM, STR(""));
    if (all->n == 0)
        add_channel(all, desk, STR(""));
}

static void put_channels(const struct writing *x, const struct channels *all)
{
    static const char *const types[] = {[CHANNEL_DESK] = "cpsv:Channel cpsv:PhysicalChannel", [CHANNEL_HOME] = "cpsv:Channel cpsv:PhysicalChannel",
                                        [CHANNEL_OTHER] = "cpsv:Channel cpsv:PhysicalChannel", [CHANNEL_FORM] = "cpsv:Channel cpsv:WebSiteChannel",
                                        [CHANNEL_PHONE] = "cpsv:Channel cpsv:PhoneChannel", [CHANNEL_MAIL] = "cpsv:Channel cpsv:EmailChannel"};

    for (int i = 0; i < all->n; i++) {
        const enum channel kind = all->list[i].kind;

        linked_open(x->l, part(x, "canale-", i + 1), types[kind]);
        linked_link(x->l, "cpsv:hasChannelType", str_of(channel_codes[kind]));
        if (kind == CHANNEL_PHONE)
            linked_text(x->l, "cpsv:telephoneNumber", all->list[i].value, NULL);
        if (kind == CHANNEL_MAIL)
            linked_text(x->l, "cpsv:emailAddress", all->list[i].value, NULL);
        linked_close(x->l);
    }
}

/* ---- who gives it, what is to be brought ---- */

static struct str organisation_address(const struct writing *x)
{
    return str_fmt(x->o->c->mem, "%.*s/enti/%.*s", (int)x->o->origin.n, x->o->origin.p, (int)x->s->organisation_slug.n, x->s->organisation_slug.p);
}

static void put_role(const struct writing *x)
{
    const struct str who = organisation_address(x);

    linked_open(x->l, part(x, "ruolo-", 1), "ro:TimeIndexedRole");
    linked_link(x->l, "ro:withRole", STR("https://w3id.org/italia/onto/RO/ServiceProvider"));
    linked_link(x->l, "ro:forEntity", who);
    linked_close(x->l);
    linked_open(x->l, who, "cov:Organization");
    linked_text(x->l, "l0:identifier", x->s->organisation_uuid, NULL);
    linked_text(x->l, "cov:legalName", x->s->organisation_name, "it");
    linked_close(x->l);
}

static void put_inputs(const struct writing *x)
{
    for (int i = 0; i < x->s->n_documents && i < 20; i++) {
        linked_open(x->l, part(x, "documento-", i + 1), "cpsv:Input");
        linked_text(x->l, "l0:name", x->s->documents[i].document, "it");
        linked_close(x->l);
    }
}

/* Never of a secret place. */
static void put_places(const struct writing *x)
{
    for (int i = 0; i < x->s->n_ats && i < 10; i++) {
        const struct location *p = x->s->ats[i].location;

        if (p == NULL || p->is_secret)
            continue;
        linked_open(x->l, part(x, "luogo-", i + 1), "clv:Feature clv:Address");
        linked_text(x->l, "clv:fullAddress", publish_address_line(x->o->c, p), "it");
        linked_text(x->l, "rdfs:label", p->comune_name, "it");
        linked_close(x->l);
    }
}

static void link_parts(const struct writing *x, const struct channels *channels)
{
    for (int i = 0; i < channels->n; i++)
        linked_link(x->l, "cpsv:hasChannel", part(x, "canale-", i + 1));
    linked_link(x->l, "ro:hasRiT", part(x, "ruolo-", 1));
    linked_link(x->l, "ro:holdsRoleInTime", part(x, "ruolo-", 1)); /* as it is called since 2019 */
    for (int i = 0; i < x->s->n_documents && i < 20; i++)
        if (x->s->documents[i].document.n > 0)
            linked_link(x->l, "cpsv:hasInput", part(x, "documento-", i + 1));
    for (int i = 0; i < x->s->n_ats && i < 10; i++)
        if (x->s->ats[i].location != NULL && !x->s->ats[i].location->is_secret)
            linked_link(x->l, "cpsv:isPhysicallyAvailableAt", part(x, "luogo-", i + 1));
}

static void put_words(const struct writing *x)
{
    const struct service *s = x->s;
    const struct str description = s->description.n > 0 ? s->description : s->summary.n > 0 ? s->summary : s->name;

    linked_text(x->l, "l0:identifier", s->uuid, NULL);
    linked_text(x->l, "l0:name", s->name, "it");
    linked_text(x->l, "l0:description", description, "it");
    for (int i = 0; i < s->n_needs && i < 20; i++) {
        const struct need *need = need_by_id(x->o->needs, s->needs[i]);

        if (need != NULL)
            linked_text(x->l, "cpsv:serviceKeyword", need->label[NEED_IT].text, "it");
    }
    if (s->is_demo)
        linked_text(x->l, "rdfs:comment", text_get(LANG_IT, "open_data.demo"), "it");
}

static void put_service(struct api_out *o, struct linked *l, const struct service *s)
{
    struct writing x = {.o = o, .s = s, .l = l};
    struct channels channels = {.n = 0};
    const enum service_kind kind = s->kind > 0 && s->kind < SERVICE_KIND_COUNT ? s->kind : SERVICE_SERVICE;

    x.address = str_fmt(o->c->mem, "%.*s/servizi/%.*s", (int)o->origin.n, o->origin.p, (int)s->slug.n, s->slug.p);
    find_channels(&x, &channels);
    linked_open(l, x.address, "cpsv:PublicService cpsv:Service");
    put_words(&x);
    linked_link(l, "cpsv:hasAuthenticationMethod", STR(VOCABULARY "authentication-type/NONE"));
    linked_link(l, "cpsv:hasiInteractivityLevel", STR(VOCABULARY "interactivity-level/LEVEL1"));
    linked_link(l, "cpsv:serviceSector", str_fmt(o->c->mem, "http://data.europa.eu/ux2/nace2/%s", kinds[kind].sector));
    linked_link(l, "cpsv:serviceTheme", str_fmt(o->c->mem, "http://publications.europa.eu/resource/authority/data-theme/%s", kinds[kind].theme));
    link_parts(&x, &channels);
    linked_close(l);
    put_channels(&x, &channels);
    put_role(&x);
    put_inputs(&x);
    put_places(&x);
}

/* ---- as files ---- */

static void begin(struct api_out *o, bool is_json)
{
    struct linked l = linked_to(o->j.out, is_json);

    linked_begin(&l);
}

static void put(struct api_out *o, const struct service *s, bool is_first, bool is_json)
{
    struct linked l = linked_to(o->j.out, is_json);

    l.has_subject = !is_first;
    put_service(o, &l, s);
}

static void begin_turtle(struct api_out *o)
{
    begin(o, false);
}

static void put_turtle(struct api_out *o, const struct service *s, bool is_first)
{
    put(o, s, is_first, false);
}

static void end_turtle(struct api_out *o)
{
    (void)o;
}

static void begin_json(struct api_out *o)
{
    begin(o, true);
}

static void put_json(struct api_out *o, const struct service *s, bool is_first)
{
    put(o, s, is_first, true);
}

static void end_json(struct api_out *o)
{
    struct linked l = linked_to(o->j.out, true);

    linked_end(&l);
}

static const struct export_format turtle = {"text/turtle; charset=utf-8", NULL, begin_turtle, put_turtle, end_turtle};
static const struct export_format json = {"application/ld+json", NULL, begin_json, put_json, end_json};

enum status open_data_services_turtle(struct web *w)
{
    return publish_export(w, &turtle);
}

enum status open_data_services_json(struct web *w)
{
    return publish_export(w, &json);
}

/* ---- one service ---- */

static enum status one(struct web *w, const char *file, bool is_json)
{
    struct service s;
    bool is_answered;
    const enum status st = open_data_find_service(w, file, &s, &is_answered);

    if (st != ST_OK || is_answered)
        return st;
    struct api_out o = api_out_new(w);
    struct linked l = linked_to(web_out(w), is_json);

    web_set_type(w, is_json ? json.type : turtle.type);
    linked_begin(&l);
    put_service(&o, &l, &s);
    linked_end(&l);
    return ST_OK;
}

enum status open_data_service_turtle(struct web *w)
{
    return one(w, "cpsv.ttl", false);
}

enum status open_data_service_json(struct web *w)
{
    return one(w, "cpsv.jsonld", true);
}

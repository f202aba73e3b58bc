/* open_data_dcat.c - the datasets as the national catalogue of open data harvests them (DCAT-AP_IT). */
#include "open_data_datasets.h"
#include "open_data_linked.h"
#include "open_data_routes.h"

#define AUTHORITY "http://publications.europa.eu/resource/authority/"

struct writing {
    struct web *w;
    struct linked l;
    struct str origin, publisher, licence;
};

/* "/dati#" and "servizi". */
static struct str at(const struct writing *x, const char *path, const char *id)
{
    return str_fmt(web_ctx(x->w)->mem, "%.*s%s%s", (int)x->origin.n, x->origin.p, path, id);
}

/* The host stands for who has no code of his own in the national index. */
static struct str agent_id(const struct writing *x)
{
    const ptrdiff_t host = str_index(x->origin, '/');

    return host < 0 ? x->origin : str_from(x->origin, (size_t)host + 2);
}

static void put_agent(struct writing *x)
{
    const struct site *site = web_site(x->w);

    linked_open(&x->l, x->publisher, "dcatapit:Agent foaf:Agent");
    linked_text(&x->l, "dct:identifier", agent_id(x), NULL);
    linked_text(&x->l, "foaf:name", str_of(site->keeper_name != NULL ? site->keeper_name : site->portal_name), NULL);
    linked_close(&x->l);
}

static void put_licence(struct writing *x)
{
    const struct site *site = web_site(x->w);

    linked_open(&x->l, x->licence, "dcatapit:LicenseDocument dct:LicenseDocument");
    linked_text(&x->l, "foaf:name", str_of(site->licence), NULL);
    linked_close(&x->l);
}

static void put_file(struct writing *x, const struct dataset *d, int i)
{
    const struct dataset_file *f = &d->row->files[i];
    struct ctx *c = web_ctx(x->w);

    linked_open(&x->l, str_fmt(c->mem, "%.*s/dati#%s-%d", (int)x->origin.n, x->origin.p, d->row->id, i + 1), "dcatapit:Distribution dcat:Distribution");
    linked_text(&x->l, "dct:title", str_fmt(c->mem, "%.*s (%s)", (int)d->title.n, d->title.p, f->label), lang_code[c->lang]);
    linked_link(&x->l, "dcat:accessURL", at(x, f->address, ""));
    linked_link(&x->l, "dcat:downloadURL", at(x, f->address, ""));
    linked_link(&x->l, "dct:format", str_fmt(c->mem, AUTHORITY "file-type/%s", f->format));
    linked_text(&x->l, "dcat:mediaType", str_of(f->type), NULL);
    linked_link(&x->l, "dct:license", x->licence);
    linked_close(&x->l);
}

/* A dataset in which nothing stands yet changed today: the property is asked for exactly once. */
static struct str day_of(const struct writing *x, int day)
{
    return day_iso(web_ctx(x->w)->mem, day == DAY_NONE ? web_ctx(x->w)->today : day);
}

static void put_dataset(struct writing *x, const struct dataset *d)
{
    struct ctx *c = web_ctx(x->w);
    const char *language = lang_code[c->lang];

    linked_open(&x->l, at(x, "/dati#", d->row->id), "dcatapit:Dataset dcat:Dataset");
    linked_text(&x->l, "dct:identifier", str_fmt(c->mem, "%.*s:%s", (int)agent_id(x).n, agent_id(x).p, d->row->id), NULL);
    linked_text(&x->l, "dct:title", d->title, language);
    linked_text(&x->l, "dct:description", d->text, language);
    linked_typed(&x->l, "dct:modified", day_of(x, d->changed_on), "xsd:date");
    linked_link(&x->l, "dcat:theme", str_fmt(c->mem, AUTHORITY "data-theme/%s", d->row->theme));
    linked_link(&x->l, "dct:rightsHolder", x->publisher);
    linked_link(&x->l, "dct:publisher", x->publisher);
    linked_link(&x->l, "dct:accrualPeriodicity", str_fmt(c->mem, AUTHORITY "frequency/%s", d->row->rhythm));
    linked_link(&x->l, "dct:language", STR(AUTHORITY "language/ITA"));
    linked_link(&x->l, "dcat:landingPage", at(x, "/dati", ""));
    for (int i = 0; i < DATASET_FILES && d->row->files[i].address != NULL; i++)
        linked_link(&x->l, "dcat:distribution", str_fmt(c->mem, "%.*s/dati#%s-%d", (int)x->origin.n, x->origin.p, d->row->id, i + 1));
    linked_close(&x->l);
    for (int i = 0; i < DATASET_FILES && d->row->files[i].address != NULL; i++)
        put_file(x, d, i);
}

static void put_catalogue(struct writing *x, const struct dataset *list, int n)
{
    struct ctx *c = web_ctx(x->w);
    int changed_on = DAY_NONE;

    for (int i = 0; i < n; i++)
        changed_on = list[i].changed_on > changed_on ? list[i].changed_on : changed_on;
    linked_open(&x->l, at(x, "/dati/catalogo", ""), "dcatapit:Catalog dcat:Catalog");
    linked_text(&x->l, "dct:title", str_of(web_site(x->w)->portal_name), lang_code[c->lang]);
    linked_text(&x->l, "dct:description", text_get(c->lang, "open_data.lead"), lang_code[c->lang]);
    linked_link(&x->l, "dct:publisher", x->publisher);
    linked_typed(&x->l, "dct:modified", day_of(x, changed_on), "xsd:date");
    linked_link(&x->l, "dct:language", STR(AUTHORITY "language/ITA"));
    linked_link(&x->l, "dcat:themeTaxonomy", STR(AUTHORITY "data-theme"));
    linked_link(&x->l, "foaf:homepage", at(x, "/dati", ""));
    for (int i = 0; i < n; i++)
        linked_link(&x->l, "dcat:dataset", at(x, "/dati#", list[i].row->id));
    if (web_site(x->w)->is_demo)
        linked_text(&x->l, "rdfs:comment", text_get(LANG_IT, "open_data.demo"), "it");
    linked_close(&x->l);
}

static enum status answer(struct web *w, bool is_json)
{
    struct ctx *c = web_ctx(w);
    struct writing x = {.w = w, .l = linked_to(web_out(w), is_json), .origin = web_origin(w)};
    struct dataset *list;
    int n = 0;
    const enum status st = datasets_read(w, &list, &n);

    if (st != ST_OK)
        return st;
    x.publisher = at(&x, "/dati#", "editore");
    x.licence = dataset_licence_address(c->mem, web_site(w)->licence);
    if (x.licence.n == 0)
        x.licence = at(&x, "/note-legali#", "licenza");
    web_set_type(w, is_json ? "application/ld+json" : "text/turtle; charset=utf-8");
    linked_begin(&x.l);
    put_catalogue(&x, list, n);
    put_agent(&x);
    put_licence(&x);
    for (int i = 0; i < n; i++)
        put_dataset(&x, &list[i]);
    linked_end(&x.l);
    return ST_OK;
}

enum status open_data_catalogue_turtle(struct web *w)
{
    return answer(w, false);
}

enum status open_data_catalogue_json(struct web *w)
{
    return answer(w, true);
}

/* ---- by what is asked for ---- */

/* GET /dati/catalogo */
enum status open_data_catalogue(struct web *w)
{
    static const char *const types[] = {"text/html", "text/turtle", "application/ld+json"};
    const int i = open_data_choose(web_header(w, "Accept"), types, ARRAY_LEN(types));

    web_set_header(w, "Vary", STR("Accept"));
    return i == 0 ? web_redirect(w, STR("/dati")) : answer(w, i == 2);
}

/* GET /dati/servizi: a browser is shown the page of the datasets. */
enum status open_data_services(struct web *w)
{
    static const char *const types[] = {"text/html", "text/turtle", "application/ld+json", "text/csv", "application/geo+json",
                                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/json"};
    static const char *const addresses[] = {"/dati", "/dati/servizi.ttl", "/dati/servizi.jsonld", "/dati/servizi.csv", "/dati/servizi.geojson",
                                            "/dati/servizi.xlsx", "/api/hsds/3.0/services"};
    const int i = open_data_choose(web_header(w, "Accept"), types, ARRAY_LEN(types));
    const struct str query = i == 0 || i == 6 ? STR("") : web_query_string(w);

    web_set_header(w, "Vary", STR("Accept"));
    return web_redirect(w, str_fmt(web_ctx(w)->mem, "%s%s%.*s", addresses[i], query.n > 0 ? "?" : "", (int)query.n, query.p));
}

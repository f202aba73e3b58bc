/* xlsx_part.c - feeds one XML part to libxml2's SAX, piece by piece, and refuses what is a trap. */
#include "xlsx_part.h"
#include <libxml/parser.h>
#include <string.h>

enum { PIECE_BYTES = 16 * 1024, MOST_DEPTH = 64 };

struct xlsx_part {
    struct unzip *zip;
    struct str name;
    const struct xlsx_handler *h;
    void *arg;
    xmlParserCtxtPtr xml;
    xmlSAXHandler sax;
    int depth;
    struct xlsx_trouble why; /* key NULL: nothing yet */
    char piece[PIECE_BYTES];
};

static struct str name_of(const xmlChar *z)
{
    return str_of((const char *)z);
}

struct str xlsx_attribute(const struct xlsx_attributes *a, const char *name)
{
    for (int i = 0; i < a->n; i++) {
        const unsigned char **x = a->list + (size_t)i * 5;

        if (strcmp((const char *)x[0], name) == 0)
            return (struct str){(const char *)x[3], (size_t)(x[4] - x[3])};
    }
    return STR("");
}

void xlsx_part_refuse(struct xlsx_part *p, const char *key, struct str value)
{
    if (p->why.key == NULL)
        p->why = (struct xlsx_trouble){.key = key, .value = value};
    xmlStopParser(p->xml);
}

static void on_begin(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_spaces,
                     const xmlChar **spaces, int n, int n_defaults, const xmlChar **list)
{
    struct xlsx_part *p = arg;
    const struct xlsx_attributes a = {list, n};

    (void)prefix, (void)uri, (void)n_spaces, (void)spaces, (void)n_defaults;
    if (p->why.key != NULL)
        return;
    if (++p->depth > MOST_DEPTH)
        xlsx_part_refuse(p, "base.xlsx-deep", p->name);
    else
        p->h->begin(p->arg, name_of(name), &a);
}

static void on_end(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct xlsx_part *p = arg;

    (void)prefix, (void)uri;
    p->depth--;
    if (p->why.key == NULL)
        p->h->end(p->arg, name_of(name));
}

static void on_text(void *arg, const xmlChar *text, int n)
{
    struct xlsx_part *p = arg;

    if (p->why.key == NULL && p->h->text != NULL)
        p->h->text(p->arg, (struct str){(const char *)text, (size_t)n});
}

/* No spreadsheet has a document type: it is there to bring entities in. */
static void on_type(void *arg, const xmlChar *name, const xmlChar *id, const xmlChar *system)
{
    (void)name, (void)id, (void)system;
    xlsx_part_refuse(arg, "base.xlsx-entity", ((struct xlsx_part *)arg)->name);
}

static void on_words(void *arg, xmlErrorPtr e)
{
    (void)arg, (void)e; /* what it says is seen from what it returns */
}

enum status xlsx_part_open(struct arena *mem, struct unzip *zip, int i, const struct xlsx_handler *h, void *arg,
                           struct xlsx_part **out, struct xlsx_trouble *why)
{
    struct xlsx_part *p = ARENA_NEW(mem, struct xlsx_part);
    struct unzip_trouble of_zip = {0};

    *p = (struct xlsx_part){.zip = zip, .name = unzip_name(zip, i), .h = h, .arg = arg};
    p->sax = (xmlSAXHandler){.initialized = XML_SAX2_MAGIC,
                             .internalSubset = on_type,
                             .externalSubset = on_type,
                             .startElementNs = on_begin,
                             .endElementNs = on_end,
                             .characters = on_text,
                             .ignorableWhitespace = on_text,
                             .cdataBlock = on_text,
                             .serror = on_words};
    *out = p;
    if (unzip_entry(zip, i, &of_zip) != ST_OK) {
        *why = (struct xlsx_trouble){.key = of_zip.key, .value = of_zip.value};
        return ST_INVALID;
    }
    p->xml = xmlCreatePushParserCtxt(&p->sax, p, NULL, 0, NULL);
    if (p->xml == NULL)
        return ST_UNAVAILABLE;
    xmlCtxtUseOptions(p->xml, XML_PARSE_NONET);
    p->xml->userData = p;
    return ST_OK;
}

enum status xlsx_part_step(struct xlsx_part *p, bool *out_is_over, struct xlsx_trouble *why)
{
    struct unzip_trouble of_zip = {0};
    size_t n = 0;

    *out_is_over = false;
    if (unzip_read(p->zip, p->piece, PIECE_BYTES, &n, &of_zip) != ST_OK) {
        *why = (struct xlsx_trouble){.key = of_zip.key, .value = of_zip.value};
        return ST_INVALID;
    }
    *out_is_over = n == 0;
    const int code = xmlParseChunk(p->xml, p->piece, (int)n, n == 0);

    if (p->why.key == NULL && code != XML_ERR_OK && !p->xml->wellFormed)
        p->why = (struct xlsx_trouble){.key = "base.xlsx-broken", .value = p->name};
    *why = p->why;
    return p->why.key == NULL ? ST_OK : ST_INVALID;
}

void xlsx_part_close(struct xlsx_part *p)
{
    if (p == NULL || p->xml == NULL)
        return;
    xmlFreeParserCtxt(p->xml);
    p->xml = NULL;
}

enum status xlsx_part_whole(struct arena *mem, struct unzip *zip, int i, const struct xlsx_handler *h, void *arg,
                            struct xlsx_trouble *why)
{
    struct xlsx_part *p = NULL;
    bool is_over = false;
    enum status st = xlsx_part_open(mem, zip, i, h, arg, &p, why);

    while (st == ST_OK && !is_over)
        st = xlsx_part_step(p, &is_over, why);
    xlsx_part_close(p);
    return st;
}

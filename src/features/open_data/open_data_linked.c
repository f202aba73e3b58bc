/* open_data_linked.c - triples, subject by subject. */
#include "open_data_linked.h"
#include "base/macros.h"
#include "base/log.h"
#include <string.h>

static const struct {
    const char *name, *address;
} prefixes[] = {
    {"clv", "https://w3id.org/italia/onto/CLV/"},
    {"cov", "https://w3id.org/italia/onto/COV/"},
    {"cpsv", "https://w3id.org/italia/onto/CPSV/"},
    {"dcat", "http://www.w3.org/ns/dcat#"},
    {"dcatapit", "http://dati.gov.it/onto/dcatapit#"},
    {"dct", "http://purl.org/dc/terms/"},
    {"foaf", "http://xmlns.com/foaf/0.1/"},
    {"l0", "https://w3id.org/italia/onto/l0/"},
    {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
    {"ro", "https://w3id.org/italia/onto/RO/"},
    {"sm", "https://w3id.org/italia/onto/SM/"},
    {"vcard", "http://www.w3.org/2006/vcard/ns#"},
    {"xsd", "http://www.w3.org/2001/XMLSchema#"},
};

struct linked linked_to(struct buf *out, bool is_json)
{
    return (struct linked){.out = out, .is_json = is_json};
}

void linked_begin(struct linked *l)
{
    if (l->is_json)
        buf_z(l->out, "{\"@context\":{");
    for (int i = 0; i < ARRAY_LEN(prefixes); i++)
        if (l->is_json)
            buf_fmt(l->out, "%s\"%s\":\"%s\"", i > 0 ? "," : "", prefixes[i].name, prefixes[i].address);
        else
            buf_fmt(l->out, "@prefix %s: <%s> .\n", prefixes[i].name, prefixes[i].address);
    if (l->is_json)
        buf_z(l->out, "},\"@graph\":[");
}

void linked_end(struct linked *l)
{
    if (l->is_json)
        buf_z(l->out, "\n]}\n");
}

void linked_open(struct linked *l, struct str address, const char *types)
{
    l->subject = address;
    l->types = types;
    l->n = 0;
}

/* ---- values ---- */

static void put_address(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];

        if (c <= 0x20 || c >= 0x7f || strchr("<>\"{}|^`\\", c) != NULL)
            buf_fmt(b, "%%%02X", c);
        else
            buf_char(b, (char)c);
    }
}

static void put_turtle_text(struct buf *b, struct str s)
{
    buf_char(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];

        if (c == '"' || c == '\\')
            buf_fmt(b, "\\%c", c);
        else if (c == '\n')
            buf_z(b, "\\n");
        else if (c < 0x20 || c == 0x7f)
            buf_fmt(b, "\\u%04X", c);
        else
            buf_char(b, (char)c);
    }
    buf_char(b, '"');
}

static void add(struct linked *l, const char *property, const struct buf *value)
{
    if (l->n == LINKED_MOST)
        bug("more properties than a subject may have");
    l->list[l->n++] = (struct linked_pair){property, buf_view(value)};
}

void linked_text(struct linked *l, const char *property, struct str text, const char *language)
{
    struct buf b = buf_new(l->out->mem, text.n + 40);

    if (text.n == 0)
        return;
    if (l->is_json) {
        buf_z(&b, "{\"@value\":\"");
        buf_json(&b, text);
        buf_fmt(&b, language == NULL ? "\"}" : "\",\"@language\":\"%s\"}", language);
    } else {
        put_turtle_text(&b, text);
        buf_fmt(&b, "%s%s", language == NULL ? "" : "@", language == NULL ? "" : language);
    }
    add(l, property, &b);
}

void linked_link(struct linked *l, const char *property, struct str address)
{
    struct buf b = buf_new(l->out->mem, address.n + 40);

    buf_z(&b, l->is_json ? "{\"@id\":\"" : "<");
    put_address(&b, address);
    buf_z(&b, l->is_json ? "\"}" : ">");
    add(l, property, &b);
}

void linked_typed(struct linked *l, const char *property, struct str text, const char *type)
{
    struct buf b = buf_new(l->out->mem, text.n + 60);

    if (l->is_json) {
        buf_z(&b, "{\"@value\":\"");
        buf_json(&b, text);
        buf_fmt(&b, "\",\"@type\":\"%s\"}", type);
    } else {
        put_turtle_text(&b, text);
        buf_fmt(&b, "^^%s", type);
    }
    add(l, property, &b);
}

/* ---- a subject ---- */

static void put_types(struct linked *l)
{
    struct str rest = str_of(l->types);

    for (bool is_first = true; rest.n > 0; is_first = false) {
        const struct str one = str_cut(&rest, ' ');

        buf_fmt(l->out, l->is_json ? "%s\"%.*s\"" : "%s%.*s", is_first ? "" : l->is_json ? "," : ", ", (int)one.n, one.p);
    }
}

/* All values of one property stand together: in JSON a name comes once. */
static void put_property(struct linked *l, int i)
{
    const char *property = l->list[i].property;
    bool is_first = true;

    for (int k = 0; k < i; k++)
        if (strcmp(l->list[k].property, property) == 0)
            return;
    buf_fmt(l->out, l->is_json ? ",\n \"%s\":[" : " ;\n  %s ", property);
    for (int k = i; k < l->n; k++) {
        if (strcmp(l->list[k].property, property) != 0)
            continue;
        buf_z(l->out, is_first ? "" : l->is_json ? "," : ", ");
        buf_str(l->out, l->list[k].value);
        is_first = false;
    }
    buf_z(l->out, l->is_json ? "]" : "");
}

void linked_close(struct linked *l)
{
    buf_z(l->out, !l->is_json ? "\n<" : l->has_subject ? ",\n{\"@id\":\"" : "\n{\"@id\":\"");
    put_address(l->out, l->subject);
    buf_z(l->out, l->is_json ? "\",\"@type\":[" : "> a ");
    put_types(l);
    buf_z(l->out, l->is_json ? "]" : "");
    for (int i = 0; i < l->n; i++)
        put_property(l, i);
    buf_z(l->out, l->is_json ? "}" : " .\n");
    l->has_subject = true;
}

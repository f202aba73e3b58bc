/* Names of elements and attributes, and what may stand in each. */
#include "pagec_in.h"
#include <string.h>

static const char *const voids[] = {"area",  "base", "br",   "col",    "embed", "hr",  "img",
                                    "input", "link", "meta", "source", "track", "wbr", NULL};

/* White space beside these means nothing. */
static const char *const blocks[] = {
    "html", "head", "body", "title", "meta", "link", "script", "style", "base", "div", "p", "ul",
    "ol", "li", "dl", "dt", "dd", "table", "caption", "colgroup", "col", "thead", "tbody", "tfoot",
    "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6", "hgroup", "header", "footer", "main",
    "nav", "section", "article", "aside", "search", "form", "fieldset", "legend", "details",
    "summary", "figure", "figcaption", "hr", "br", "blockquote", "pre", "address", "dialog",
    "option", "optgroup", "datalist", "template", "noscript", "source", "menu",
    /* shapes of a drawing */
    "path", "g", "circle", "rect", "line", "polyline", "polygon", "ellipse", "defs", "use",
    "symbol", "pattern", "clippath", "desc", "mask", "lineargradient", "radialgradient", "stop",
    NULL};

/* Attributes that people read or hear: numbers are written as people write them. */
static const char *const words[] = {"title",
                                    "alt",
                                    "placeholder",
                                    "label",
                                    "summary",
                                    "abbr",
                                    "content",
                                    "aria-label",
                                    "aria-description",
                                    "aria-roledescription",
                                    "aria-valuetext",
                                    NULL};

static const char *const addresses[] = {
    "href",     "src",        "action",      "formaction",     "poster",
    "cite",     "xlink:href", "hx-get",      "hx-post",        "hx-put",
    "hx-patch", "hx-delete",  "hx-push-url", "hx-replace-url", NULL};

/* These decide what the others mean, or take lists and little languages of their own. */
static const char *const literal_only[] = {
    "rel",       "http-equiv",  "method",        "formmethod", "sandbox",     "nonce",
    "integrity", "is",          "charset",       "srcset",     "imagesrcset", "ping",
    "manifest",  "background",  "attributename", "allow",      "csp",         "formtarget",
    "enctype",   "formenctype", "xmlns",         NULL};

static const char *const htmx_values[] = {"hx-target",  "hx-swap", "hx-select", "hx-indicator",
                                          "hx-include", "hx-sync", NULL};
static const char *const animations[] = {"animate", "animatetransform", "animatemotion", "set",
                                         NULL};
static const char *const frames[] = {"iframe", "embed",  "object", "script",
                                     "frame",  "portal", NULL};
static const char *const linking[] = {"a", "area", "form", "button", "input", NULL};

bool name_in(const char *name, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strcmp(name, *list) == 0)
            return true;
    return false;
}

bool tag_is_void(const char *tag)
{
    return name_in(tag, voids);
}

bool tag_is_block(const char *tag)
{
    return name_in(tag, blocks);
}

bool tag_keeps_space(const char *tag)
{
    return strcmp(tag, "pre") == 0 || strcmp(tag, "textarea") == 0;
}

static void refuse(struct html *h, const char *why)
{
    h->kind = ATTR_REFUSED;
    h->why = why;
}

static void classify_address(struct html *h, const char *name)
{
    const bool is_htmx = strncmp(name, "hx-", 3) == 0;

    if (strcmp(h->tag, "base") == 0 || name_in(h->tag, frames))
        refuse(h, "what is loaded and run here must be named in the template ({{asset}})");
    else if (strcmp(h->tag, "link") == 0 && !h->has_safe_rel)
        refuse(h, "a value fits href of <link> only after a literal rel=\"canonical\", "
                  "\"alternate\", \"prev\", \"next\" or \"icon\"");
    else
        h->kind =
            (is_htmx || name_in(h->tag, linking)) && !h->has_hreflang ? ATTR_LINK : ATTR_ADDRESS;
}

void attr_classify(struct pagec *p, struct html *h, const char *at)
{
    const char *const name = strncmp(h->attr, "data-hx-", 8) == 0 ? h->attr + 5 : h->attr;

    h->kind = ATTR_PLAIN;
    h->url = URL_START;
    h->literal[0] = '\0';
    if (strncmp(name, "on", 2) == 0 || strncmp(name, "hx-on", 5) == 0)
        pagec_fail(p, at, "%s: no code in attributes; the policy of the pages refuses it", h->attr);
    if (strcmp(name, "style") == 0)
        pagec_fail(p, at, "style: the policy of the pages refuses it; use a class");
    if (strcmp(name, "srcdoc") == 0)
        pagec_fail(p, at, "srcdoc: a page inside an attribute cannot be escaped");
    if (strcmp(name, "http-equiv") == 0) {
        h->has_http_equiv = true;
        if (h->has_content_value)
            pagec_fail(p, at, "http-equiv: its content may not hold a value");
    }
    if (strcmp(name, "hreflang") == 0)
        h->has_hreflang = true;
    if (name_in(h->tag, animations))
        refuse(h, "an animation may set any attribute");
    else if (name_in(name, addresses) ||
             (strcmp(name, "data") == 0 && strcmp(h->tag, "object") == 0))
        classify_address(h, name);
    else if (name_in(name, literal_only))
        refuse(h, "this attribute decides what others mean");
    else if (strncmp(name, "hx-", 3) == 0 && !name_in(name, htmx_values))
        refuse(h, "this attribute is a program for htmx");
    else if (strcmp(h->tag, "script") == 0 && strcmp(name, "type") == 0)
        refuse(h, "this attribute decides what others mean");
    else if (strcmp(h->tag, "meta") == 0 && strcmp(name, "content") == 0 && h->has_http_equiv)
        refuse(h, "the content of http-equiv is an order to the browser");
    else if (name_in(name, words))
        h->kind = ATTR_WORDS;
}

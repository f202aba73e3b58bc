/* Where a value stands, and how an address goes on through literals and values. */
#include "pagec_in.h"
#include <string.h>

static void host_refused(struct pagec *p, const char *at)
{
    pagec_fail(p, at, "a value may not choose the host of an address");
}

/* Addresses that are the same in every language. */
static bool is_without_language(const char *at, const char *end)
{
    static const char *const fixed[] = {"/assets/", "/api/", "/dati/"};

    for (int i = 0; i < ARRAY_LEN(fixed); i++)
        if ((size_t)(end - at) >= strlen(fixed[i]) && memcmp(at, fixed[i], strlen(fixed[i])) == 0)
            return true;
    return false;
}

static void scheme_ends(struct pagec *p, const char *at)
{
    struct html *const h = &p->html;
    static const char *const plain[] = {"geo", NULL}, *const tel[] = {"tel", "sms", NULL};
    static const char *const web[] = {"http", "https", NULL};

    if (name_in(h->literal, web))
        h->url = URL_HOST_START;
    else if (name_in(h->literal, tel))
        h->url = URL_TEL;
    else if (strcmp(h->literal, "mailto") == 0)
        h->url = URL_MAIL;
    else if (name_in(h->literal, plain))
        h->url = URL_INSIDE;
    else
        pagec_fail(
            p, at,
            "\"%s:\" is not among the addresses allowed here (http https tel sms mailto geo)",
            h->literal);
}

/* The first slash of an address: true when the home was written whole ("/en", not "/en/"). */
static bool url_begins(struct pagec *p, const char *at, const char *end)
{
    struct html *const h = &p->html;
    const char next = end - at >= 2 ? at[1] : '\0';

    h->url = URL_SLASH;
    if (h->kind != ATTR_LINK || next == '/' || next == '\\' || is_without_language(at, end))
        return false;
    if (next != h->quote && next != '?' && next != '#') {
        emit_at(p, at, "page_prefix(w);");
        return false;
    }
    emit_at(p, at, "page_home(w);");
    return true;
}

bool url_literal(struct pagec *p, const char *at, const char *end)
{
    struct html *const h = &p->html;
    const char c = *at;
    const bool is_slash = c == '/' || c == '\\';

    switch (h->url) {
    case URL_START:
        if (is_slash)
            return url_begins(p, at, end);
        h->url = c == '#' || c == '?' ? URL_INSIDE : URL_SCHEME;
        break;
    case URL_SLASH:
        h->url = is_slash ? URL_HOST : URL_INSIDE;
        break;
    case URL_FIRST:
        if (is_slash)
            pagec_fail(p, at,
                       "a value alone before this / may be empty, and the address another host: "
                       "begin with a fixed word");
        h->url = URL_INSIDE;
        break;
    case URL_WHOLE:
        if (c != '?' && c != '#')
            pagec_fail(p, at, "only ? or # may follow a whole address that is a value");
        h->url = URL_INSIDE;
        break;
    case URL_SCHEME:
        if (c == ':')
            scheme_ends(p, at);
        else if (is_slash || c == '?' || c == '#')
            h->url = URL_INSIDE;
        break;
    case URL_TEL:
    case URL_MAIL:
        if (c == '?')
            h->url = URL_INSIDE;
        break;
    case URL_HOST_START:
        if (!is_slash)
            pagec_fail(p, at, "// must follow http: and https:");
        h->url = URL_HOST;
        break;
    case URL_HOST:
        /* the second slash of // belongs to the beginning */
        if ((is_slash && at[-1] != '/' && at[-1] != ':') || c == '?' || c == '#')
            h->url = URL_INSIDE;
        break;
    case URL_MIXED:
        pagec_fail(p, at,
                   "the address begins differently on the ways before: write it whole in each");
    case URL_INSIDE:
        break;
    }
    return false;
}

void url_join(enum url_where *a, enum url_where b)
{
    if (*a != b)
        *a = URL_MIXED;
}

static const char *url_value(struct pagec *p, const char *at, enum put_kind kind)
{
    struct html *const h = &p->html;
    const enum url_where was = h->url;

    switch (was) {
    case URL_START:
        if (kind == PUT_WORDS)
            pagec_fail(p, at, "words cannot be an address");
        h->url = kind == PUT_ASSET ? URL_INSIDE : URL_WHOLE;
        return h->kind == ATTR_LINK ? "PAGE_LINK" : "PAGE_URL";
    case URL_SLASH:
        h->url = URL_FIRST;
        return "PAGE_SEGMENT";
    case URL_TEL:
        return "PAGE_TEL";
    case URL_MAIL:
        return "PAGE_MAIL";
    case URL_FIRST:
    case URL_INSIDE:
        return "PAGE_SEGMENT";
    case URL_SCHEME:
        h->url = URL_INSIDE; /* "abc" and a percent-encoded value: no scheme can come of it */
        return "PAGE_SEGMENT";
    case URL_WHOLE:
        pagec_fail(p, at, "nothing but ? or # may follow a whole address that is a value");
    case URL_MIXED:
        pagec_fail(p, at,
                   "the address begins differently on the ways before: write it whole in each");
    case URL_HOST_START:
    case URL_HOST:
        break;
    }
    host_refused(p, at);
    return "";
}

static const char *attribute_value(struct pagec *p, const char *at, enum put_kind kind)
{
    struct html *const h = &p->html;

    if (strcmp(h->tag, "meta") == 0 && strcmp(h->attr, "content") == 0)
        h->has_content_value = true;
    switch (h->kind) {
    case ATTR_WORDS:
        return "PAGE_ATTR";
    case ATTR_PLAIN:
        return kind == PUT_WORDS ? "PAGE_ATTR" : "PAGE_NUMBER";
    case ATTR_ADDRESS:
    case ATTR_LINK:
        return url_value(p, at, kind);
    case ATTR_REFUSED:
        if (kind == PUT_ASSET)
            return "PAGE_URL";
        pagec_fail(p, at, "no value in %s of <%s>: %s", h->attr, h->tag, h->why);
    }
    return "";
}

const char *html_place(struct pagec *p, const char *at, enum put_kind kind)
{
    struct html *const h = &p->html;

    switch (h->where) {
    case IN_TEXT:
        html_pause(p, at);
        h->is_quiet = false;
        return "PAGE_TEXT";
    case IN_RCDATA:
        return "PAGE_TEXT";
    case IN_VALUE:
        h->literal[0] = '\0';
        strcpy(h->literal, "*"); /* no longer a literal value */
        return attribute_value(p, at, kind);
    case IN_BEFORE_VALUE:
        pagec_fail(p, at, "the value of %s must stand in quotes", h->attr);
    case IN_RAW:
        pagec_fail(p, at, "no value inside <%s>: give it in a data- attribute",
                   h->open[h->depth - 1].name);
    case IN_COMMENT:
        pagec_fail(p, at, "no value inside a comment");
    case IN_OPEN:
    case IN_NAME:
    case IN_CLOSE:
    case IN_CLOSE_NAME:
    case IN_CLOSE_REST:
        pagec_fail(p, at, "a value cannot be the name of an element");
    case IN_ATTR_NAME:
    case IN_JOINED:
    case IN_BETWEEN:
    case IN_AFTER_NAME:
    case IN_AFTER_VALUE:
        pagec_fail(p, at, "a value cannot be an attribute or a part of its name");
    default:
        pagec_fail(p, at, "no value can stand here");
    }
}

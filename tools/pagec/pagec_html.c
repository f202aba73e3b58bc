/*
 * Follows HTML through the literals of a template, one byte at a time: where the next value would
 * stand, which elements are open, which white space means something.
 */
#include "pagec_in.h"
#include <string.h>
#include <strings.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name_char(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '_' || c == '.';
}

static void add_lower(struct pagec *p, char *name, char c, const char *at)
{
    const size_t n = strlen(name);

    if (n + 1 >= MAX_NAME)
        pagec_fail(p, at, "this name is longer than %d characters", MAX_NAME - 1);
    name[n] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    name[n + 1] = '\0';
}

void html_start(struct html *h)
{
    memset(h, 0, sizeof *h);
    h->is_quiet = true;
}

static bool is_inside(const struct html *h, const char *tag)
{
    for (int i = 0; i < h->depth; i++)
        if (strcmp(h->open[i].name, tag) == 0)
            return true;
    return false;
}

static void flush_space(struct pagec *p)
{
    if (p->html.is_space && !p->html.is_quiet)
        emit_byte(p, ' ');
    if (p->html.is_space)
        p->html.is_quiet = true;
    p->html.is_space = false;
}

/* The name of a tag is whole: now it is known whether the space before it means something. */
static void tag_named(struct pagec *p, const char *before)
{
    struct html *const h = &p->html;

    if (tag_is_block(h->tag) || h->is_quiet)
        h->is_space = false;
    flush_space(p);
    emit_bytes(p, before, strlen(before));
    emit_bytes(p, h->tag_at, strlen(h->tag));
}

static void open_element(struct pagec *p, bool is_closed_at_once, const char *at)
{
    struct html *const h = &p->html;
    const bool is_drawing = strcmp(h->tag, "svg") == 0 || strcmp(h->tag, "math") == 0 ||
                            is_inside(h, "svg") || is_inside(h, "math");

    h->where = IN_TEXT;
    h->is_quiet = tag_is_block(h->tag);
    if (strcmp(h->tag, "form") == 0 && h->is_post)
        h->form_at = h->tag_at;
    if (tag_is_void(h->tag) || (is_closed_at_once && is_drawing))
        return;
    if (is_closed_at_once)
        pagec_fail(p, at, "<%s/> does not close itself in HTML; write <%s></%s>", h->tag, h->tag,
                   h->tag);
    if (h->depth == MAX_OPEN)
        pagec_fail(p, h->tag_at, "more than %d elements one inside the other", MAX_OPEN);
    strcpy(h->open[h->depth].name, h->tag);
    h->open[h->depth++].at = h->tag_at;
    if (strcmp(h->tag, "script") == 0 || strcmp(h->tag, "style") == 0)
        h->where = IN_RAW;
    else if (strcmp(h->tag, "textarea") == 0 || (strcmp(h->tag, "title") == 0 && !is_drawing))
        h->where = IN_RCDATA;
    /* HTML drops one line end here: without ours, the first one that a person typed is lost. */
    const bool is_last = at + 1 == p->file->text.p + p->file->text.n;

    if (tag_keeps_space(h->tag) && (is_last || (at[1] != '\n' && at[1] != '\r')))
        emit_byte(p, '\n');
}

static void close_element(struct pagec *p)
{
    struct html *const h = &p->html;

    if (tag_is_void(h->tag))
        pagec_fail(p, h->tag_at, "</%s>: this element has no end", h->tag);
    if (h->depth == 0) {
        h->n_surplus++;
    } else {
        const struct html_element *const top = &h->open[h->depth - 1];

        if (top->name[0] != '\0' && strcmp(top->name, h->tag) != 0)
            pagec_fail(p, h->tag_at, "</%s> here, but <%s> of line %d is still open", h->tag,
                       top->name, pagec_line(p, top->at));
        h->depth--;
    }
    if (strcmp(h->tag, "form") == 0) {
        if (h->form_at != NULL)
            pagec_fail(p, h->form_at, "this form is sent by POST and has no {{form_token}}");
        h->form_at = NULL;
    }
    h->is_quiet = tag_is_block(h->tag);
    h->where = IN_TEXT;
}

static void value_ends(struct html *h)
{
    if (strcmp(h->attr, "rel") == 0) {
        static const char *const safe[] = {"canonical", "alternate", "prev", "next", "icon", NULL};

        h->has_safe_rel = name_in(h->literal, safe);
    }
    if (strcmp(h->tag, "form") == 0 && strcmp(h->attr, "method") == 0)
        h->is_post = strcasecmp(h->literal, "post") == 0;
    h->where = IN_AFTER_VALUE;
}

static void in_text(struct pagec *p, const char *c, const char *end)
{
    struct html *const h = &p->html;

    if (*c == '<') {
        h->tag_at = c + 1;
        h->tag[0] = '\0';
        h->where = IN_OPEN;
        if (end - c >= 4 && memcmp(c, "<!--", 4) == 0)
            h->where = IN_COMMENT;
        else if (end - c >= 2 && c[1] == '!')
            h->where = IN_DECLARATION;
        if (h->where == IN_DECLARATION)
            emit_byte(p, '<');
    } else if (is_blank(*c) && !is_inside(h, "pre")) {
        h->is_space = true;
    } else {
        flush_space(p);
        h->is_quiet = false;
        emit_byte(p, *c);
    }
}

/* Literal text of title and textarea, up to their own end tag; script and style hold nothing. */
static void in_special(struct pagec *p, const char *c, const char *end)
{
    struct html *const h = &p->html;
    const char *const name = h->open[h->depth - 1].name;
    const size_t n = strlen(name);

    if (*c != '<') {
        if (h->where == IN_RAW && !is_blank(*c))
            pagec_fail(
                p, c,
                "<%s> with a content: the policy of the pages refuses it; make it a file of ui/",
                name);
        if (h->where == IN_RCDATA)
            emit_byte(p, *c);
        return;
    }
    if ((size_t)(end - c) < n + 3 || c[1] != '/' || strncasecmp(c + 2, name, n) != 0 ||
        is_name_char(c[n + 2]))
        pagec_fail(p, c, "inside <%s> write &lt; for <", name);
    h->where = IN_OPEN;
    h->tag_at = c + 1;
    h->tag[0] = '\0';
}

static void in_tag_name(struct pagec *p, const char *c, bool *again)
{
    struct html *const h = &p->html;

    switch (h->where) {
    case IN_OPEN:
        if (*c == '/')
            h->where = IN_CLOSE;
        else if (is_letter(*c))
            h->where = IN_NAME;
        else
            pagec_fail(p, c - 1, "write &lt; for a < that does not begin a tag");
        if (h->where == IN_NAME)
            h->tag_at = c;
        *again = h->where == IN_NAME;
        break;
    case IN_CLOSE:
        if (!is_letter(*c))
            pagec_fail(p, c, "the name of an element must follow </");
        h->tag_at = c;
        h->where = IN_CLOSE_NAME;
        *again = true;
        break;
    case IN_NAME:
    case IN_CLOSE_NAME:
        if (is_name_char(*c)) {
            add_lower(p, h->tag, *c, c);
            break;
        }
        if (h->where == IN_NAME)
            h->has_hreflang = h->has_safe_rel = h->has_http_equiv = h->has_content_value =
                h->is_post = false;
        tag_named(p, h->where == IN_NAME ? "<" : "</");
        h->where = h->where == IN_NAME ? IN_JOINED : IN_CLOSE_REST;
        *again = true;
        break;
    default: /* IN_CLOSE_REST */
        if (*c == '>') {
            emit_byte(p, '>');
            close_element(p);
        } else if (!is_blank(*c)) {
            pagec_fail(p, c, "only > may follow </%s", h->tag);
        }
    }
}

static void begin_attribute(struct pagec *p, const char *c)
{
    if (!is_letter(*c))
        pagec_fail(p, c, "an attribute cannot begin with '%c'", *c);
    emit_byte(p, ' ');
    p->html.attr[0] = '\0';
    p->html.where = IN_ATTR_NAME;
}

static void in_attributes(struct pagec *p, const char *c, bool *again)
{
    struct html *const h = &p->html;

    if (h->where == IN_SLASH) {
        if (*c != '>')
            pagec_fail(p, c, "only > may follow a / inside a tag");
        if (!tag_is_void(h->tag))
            emit_byte(p, '/');
        emit_byte(p, '>');
        open_element(p, true, c);
    } else if (*c == '>') {
        emit_byte(p, '>');
        open_element(p, false, c);
    } else if (*c == '/') {
        h->where = IN_SLASH;
    } else if (is_blank(*c)) {
        h->where = IN_BETWEEN;
    } else if (h->where == IN_BETWEEN) {
        begin_attribute(p, c);
        *again = true;
    } else {
        pagec_fail(p, c, "a space must stand before this attribute");
    }
}

static void in_attribute(struct pagec *p, const char *c, const char *end, bool *again)
{
    struct html *const h = &p->html;

    switch (h->where) {
    case IN_ATTR_NAME:
        if (is_name_char(*c)) {
            add_lower(p, h->attr, *c, c);
            emit_byte(p, *c);
            break;
        }
        attr_classify(p, h, c - strlen(h->attr));
        h->where = *c == '=' ? IN_BEFORE_VALUE : IN_JOINED;
        if (*c == '=')
            emit_byte(p, '=');
        else
            *again = true;
        break;
    case IN_BEFORE_VALUE:
        if (*c != '"' && *c != '\'')
            pagec_fail(p, c, "the value of %s must stand in quotes", h->attr);
        h->quote = *c;
        h->where = IN_VALUE;
        emit_byte(p, *c);
        break;
    default: /* IN_VALUE */
        if (*c == h->quote) {
            value_ends(h);
            emit_byte(p, *c);
            break;
        }
        if ((h->kind != ATTR_ADDRESS && h->kind != ATTR_LINK) || !url_literal(p, c, end))
            emit_byte(p, *c);
        if (strlen(h->literal) + 1 < MAX_NAME)
            add_lower(p, h->literal, *c, c);
    }
}

static void in_markup(struct pagec *p, const char *c)
{
    struct html *const h = &p->html;

    if (h->where == IN_DECLARATION) {
        emit_byte(p, *c);
        if (*c == '>')
            h->where = IN_TEXT;
    } else if (*c == '>' && c - h->tag_at >= 5 && c[-1] == '-' && c[-2] == '-') {
        h->where = IN_TEXT; /* a comment is not sent */
    }
}

void html_literal(struct pagec *p, struct str literal)
{
    const char *const end = literal.p + literal.n;

    for (const char *c = literal.p; c < end; c++) {
        bool again = true;

        if (*c == '\0')
            pagec_fail(p, c, "a NUL byte");
        while (again) {
            again = false;
            switch (p->html.where) {
            case IN_TEXT:
                in_text(p, c, end);
                break;
            case IN_RCDATA:
            case IN_RAW:
                in_special(p, c, end);
                break;
            case IN_OPEN:
            case IN_CLOSE:
            case IN_NAME:
            case IN_CLOSE_NAME:
            case IN_CLOSE_REST:
                in_tag_name(p, c, &again);
                break;
            case IN_JOINED:
            case IN_BETWEEN:
            case IN_AFTER_VALUE:
            case IN_SLASH:
                in_attributes(p, c, &again);
                break;
            case IN_ATTR_NAME:
            case IN_BEFORE_VALUE:
            case IN_VALUE:
                in_attribute(p, c, end, &again);
                break;
            case IN_AFTER_NAME:
                break;
            case IN_DECLARATION:
            case IN_COMMENT:
                in_markup(p, c);
                break;
            }
        }
    }
}

/* A tag that is not a value begins here: what was half said is finished or refused. */
void html_pause(struct pagec *p, const char *at)
{
    struct html *const h = &p->html;

    switch (h->where) {
    case IN_TEXT:
        flush_space(p);
        break;
    case IN_NAME:
        h->has_hreflang = h->has_safe_rel = h->has_http_equiv = h->has_content_value = h->is_post =
            false;
        tag_named(p, "<");
        h->where = IN_JOINED;
        break;
    case IN_ATTR_NAME:
        attr_classify(p, h, at);
        h->where = IN_JOINED;
        break;
    case IN_RCDATA:
    case IN_JOINED:
    case IN_BETWEEN:
    case IN_VALUE:
    case IN_AFTER_VALUE:
        break;
    case IN_BEFORE_VALUE:
        pagec_fail(p, at, "the value of %s must stand in quotes", h->attr);
    case IN_RAW:
        pagec_fail(p, at, "nothing may stand inside <%s>", h->open[h->depth - 1].name);
    case IN_COMMENT:
        pagec_fail(p, at, "a comment of HTML is not sent; {{! ... }} hides a part of a template");
    default:
        pagec_fail(p, at, "this cannot stand in the middle of a tag");
    }
}

void html_text_only(struct pagec *p, const char *at, const char *what)
{
    html_pause(p, at);
    if (p->html.where != IN_TEXT)
        pagec_fail(p, at, "%s may only stand between tags", what);
}

/* "frame_top" leaves elements open for "frame_end" to close; all others keep their own balance. */
static bool name_ends(struct str name, const char *const *list)
{
    for (; *list != NULL; list++)
        if (str_ends(name, str_of(*list)))
            return true;
    return false;
}

void html_finish(struct pagec *p, const char *at)
{
    static const char *const opening[] = {"top", "start", "open", NULL};
    static const char *const closing[] = {"end", "close", "foot", NULL};
    struct html *const h = &p->html;

    if (h->where != IN_TEXT)
        pagec_fail(p, at, "the template ends in the middle of a %s",
                   h->where == IN_COMMENT ? "comment"
                   : h->where == IN_RCDATA || h->where == IN_RAW
                       ? "title, textarea, script or style"
                       : "tag");
    if (h->depth > 0 && (p->is_page || !name_ends(p->name, opening)))
        pagec_fail(
            p, h->open[h->depth - 1].at, "<%s> is not closed%s",
            h->open[h->depth - 1].name[0] == '\0' ? "..." : h->open[h->depth - 1].name,
            p->is_page
                ? ""
                : " (a part that opens for another to close has a name in _top, _start, _open)");
    if (h->n_surplus > 0 && (p->is_page || !name_ends(p->name, closing)))
        pagec_fail(
            p, at, "%d element%s closed that %s not opened here%s", h->n_surplus,
            h->n_surplus == 1 ? " is" : "s are", h->n_surplus == 1 ? "was" : "were",
            p->is_page
                ? ""
                : " (a part that closes what another opened has a name in _end, _close, _foot)");
    h->is_space = false;
}

static bool is_between(enum html_where w)
{
    return w == IN_JOINED || w == IN_BETWEEN || w == IN_AFTER_VALUE;
}

void html_join(struct pagec *p, const char *at, const struct html *a, struct html *b)
{
    if (is_between(a->where) && is_between(b->where)) {
        if (a->where != b->where)
            b->where = IN_JOINED;
    } else if (a->where != b->where || (a->where == IN_VALUE && strcmp(a->attr, b->attr) != 0)) {
        pagec_fail(p, at,
                   "the ways that meet here end in different places (one between tags, the other "
                   "inside?)");
    }
    if (a->depth != b->depth || a->n_surplus != b->n_surplus)
        pagec_fail(p, at, "the ways that meet here leave different elements open");
    for (int i = 0; i < b->depth; i++)
        if (strcmp(a->open[i].name, b->open[i].name) != 0)
            b->open[i].name[0] = '\0'; /* closed by a branch of the same kind */
    if (b->where == IN_VALUE && a->url != b->url)
        url_join(&b->url, a->url);
    b->is_quiet = a->is_quiet && b->is_quiet;
    b->has_hreflang = a->has_hreflang && b->has_hreflang;
    b->has_safe_rel = a->has_safe_rel && b->has_safe_rel;
    b->has_http_equiv = a->has_http_equiv || b->has_http_equiv;
    b->has_content_value = a->has_content_value || b->has_content_value;
    b->is_post = a->is_post || b->is_post;
    if (b->form_at == NULL)
        b->form_at = a->form_at;
}

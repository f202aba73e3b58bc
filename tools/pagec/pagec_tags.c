/* What each {{tag}} does. */
#include "pagec_in.h"
#include <ctype.h>
#include <string.h>

static void need_open(struct pagec *p, const char *at)
{
    if (!p->is_open)
        pagec_fail(p, at,
                   "a template begins with {{page NAME ARGUMENTS}} or {{part NAME ARGUMENTS}}");
}

/* ---- page and part ---- */

/* One argument, "struct territory_comune_view *v": its name is the last word. */
static void declare_argument(struct pagec *p, struct str one, struct buf *list)
{
    size_t at;

    one = str_trim(one);
    for (at = one.n; at > 0 && one.p[at - 1] != ' ' && one.p[at - 1] != '*'; at--)
        ;
    struct str rest = scan_skip(one, at);
    const struct str name = scan_name(&rest);

    bool is_plain = true;

    for (size_t i = 0; i < one.n; i++)
        is_plain =
            is_plain && (isalnum((unsigned char)one.p[i]) || memchr("_ *", one.p[i], 3) != NULL);
    if (name.n == 0 || rest.n != 0 || at == 0 || !is_plain)
        pagec_fail(p, one.p, "an argument is a C type and a name: struct places_comune *c");
    var_add(p, name, memchr(one.p, '*', one.n) == NULL ? VAR_VALUE : VAR_POINTER);
    buf_z(list, ", ");
    if (!str_starts(one, STR("const ")))
        buf_z(list, "const ");
    buf_str(list, one);
}

static void begin_function(struct pagec *p, struct str s, bool is_page)
{
    struct buf list = buf_new(p->mem, 64);
    const char *const kind = is_page ? "enum status html" : "void part";

    if (p->is_open)
        tag_finish(p, s.p);
    p->opened_at = s.p;
    p->name = scan_name(&s);
    if (p->name.n == 0)
        pagec_fail(p, s.p, "the name of the page must follow");
    p->is_open = true;
    p->is_page = is_page;
    p->n_vars = 0;
    html_start(&p->html);
    s = scan_blank(s);
    while (s.n > 0)
        declare_argument(p, str_cut(&s, ','), &list);
    if (!note_seen(p, str_fmt(p->mem, "%s %.*s", kind, (int)p->name.n, p->name.p)))
        pagec_fail(p, p->name.p, "another template is called \"%.*s\"", (int)p->name.n, p->name.p);
    const struct str head =
        str_fmt(p->mem, "%s_%s_%.*s(struct web *w%.*s)", kind, p->job->slice, (int)p->name.n,
                p->name.p, (int)list.n, list.n == 0 ? "" : list.p);

    buf_fmt(&p->prototypes, "%.*s;\n", (int)head.n, head.p);
    buf_char(&p->functions, '\n');
    p->indent = 0;
    emit_at(p, p->opened_at, "%.*s", (int)head.n, head.p);
    emit_code(p, "{");
    emit_code(p, "struct buf *const o_ = web_out(w);");
    emit_code(p, "(void)o_;");
    for (int i = 0; i < p->n_vars; i++)
        emit_code(p, "(void)%.*s;", (int)p->vars[i].name.n, p->vars[i].name.p);
}

void tag_finish(struct pagec *p, const char *at)
{
    if (p->n_frames > 0)
        pagec_fail(p, p->frames[p->n_frames - 1]->at, "this {{#%s}} is not closed",
                   p->frames[p->n_frames - 1]->kind == FRAME_IF ? "if" : "each");
    html_finish(p, at);
    if (p->is_page)
        emit_code(p, "return ST_OK;");
    emit_code(p, "}");
    p->is_open = false;
}

static void tag_include(struct pagec *p, struct str s)
{
    const char *const at = s.p;
    const struct str name = scan_string(p, &s);

    if (name.p == NULL || name.n == 0)
        pagec_fail(p, at, "the header in quotes must follow: {{include \"places.h\"}}");
    scan_end(p, s, "the header");
    for (size_t i = 0; i < name.n; i++)
        if (memchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./", name.p[i],
                   66) == NULL)
            pagec_fail(p, name.p + i, "a header's name has letters, digits, _ - . and /");
    if (!note_seen(p, name))
        return;
    if (p->job->folder != NULL && str_index(name, '/') < 0)
        buf_fmt(&p->includes, "#include \"%s/%.*s\"\n", p->job->folder, (int)name.n, name.p);
    else
        buf_fmt(&p->includes, "#include \"%.*s\"\n", (int)name.n, name.p);
}

/* ---- if and each ---- */

static struct frame *push(struct pagec *p, enum frame_kind kind, const char *at)
{
    if (p->n_frames == MAX_NESTED)
        pagec_fail(p, at, "more than %d {{#if}} and {{#each}} one inside the other", MAX_NESTED);
    struct frame *const f = ARENA_NEW(p->mem, struct frame);

    html_pause(p, at);
    f->kind = kind;
    f->at = at;
    f->start = p->html;
    p->frames[p->n_frames++] = f;
    return f;
}

static void tag_if(struct pagec *p, struct str s, const char *at)
{
    push(p, FRAME_IF, at);
    const struct str c = expr_condition(p, s);

    emit_at(p, at, "if (%.*s) {", (int)c.n, c.p);
}

static void tag_each(struct pagec *p, struct str s, const char *at)
{
    struct str rows, count;
    struct frame *const f = push(p, FRAME_EACH, at);

    expr_each(p, &s, &rows, &count);
    s = scan_blank(s);
    if (!scan_word(&s, "as"))
        pagec_fail(p, s.p, "an {{#each}} names its row: {{#each v.rows as row}}");
    f->name = scan_name(&s);
    if (f->name.n == 0)
        pagec_fail(p, s.p, "the name of the row must follow \"as\"");
    scan_end(p, s, "the name of the row");
    var_add(p, f->name, VAR_EACH);
    const int n = (int)f->name.n;
    const char *const z = f->name.p;

    emit_at(p, at,
            "for (int64_t %.*s_i_ = 0, %.*s_n_ = (int64_t)(%.*s); %.*s_i_ < %.*s_n_; %.*s_i_++) {",
            n, z, n, z, (int)count.n, count.p, n, z, n, z, n, z);
    emit_at(p, at, "const __typeof__((%.*s)[0]) *const %.*s = &(%.*s)[%.*s_i_];", (int)rows.n,
            rows.p, n, z, (int)rows.n, rows.p, n, z);
}

static struct frame *top_frame(struct pagec *p, const char *at, const char *what)
{
    if (p->n_frames == 0)
        pagec_fail(p, at, "%s without its beginning", what);
    return p->frames[p->n_frames - 1];
}

/* The end of one way: what it leaves must fit what the others leave. */
static void way_ends(struct pagec *p, struct frame *f, const char *at)
{
    html_pause(p, at);
    if (f->has_joined)
        html_join(p, at, &f->joined, &p->html);
    f->joined = p->html;
    f->has_joined = true;
}

static void each_ends(struct pagec *p, struct frame *f, const char *at)
{
    struct html again = f->start;

    html_pause(p, at);
    if (p->html.where != f->start.where) /* the second turn begins where the first ended */
        html_join(p, at, &p->html, &again);
    if (p->html.where == IN_VALUE && p->html.url != f->start.url &&
        (p->html.kind == ATTR_ADDRESS || p->html.kind == ATTR_LINK))
        pagec_fail(p, at, "an address cannot grow in an {{#each}} that begins it");
    html_join(p, at, &f->start, &p->html);
    f->joined = p->html;
    f->has_joined = true;
    p->n_vars--;
}

static void tag_else(struct pagec *p, struct str s, const char *at)
{
    struct frame *const f = top_frame(p, at, "{{else}}");

    if (f->has_else)
        pagec_fail(p, at, "a second {{else}}");
    if (f->kind == FRAME_EACH)
        pagec_fail(p, at, "{{else}} belongs to {{#if}}; for an empty list write {{#if !v.n_rows}}");
    way_ends(p, f, at);
    p->html = f->start;
    if (scan_word(&s, "if")) {
        const struct str c = expr_condition(p, s);

        emit_flush(p);
        emit_at(p, at, "} else if (%.*s) {", (int)c.n, c.p);
        return;
    }
    scan_end(p, s, "{{else}}");
    f->has_else = true;
    emit_code(p, "} else {");
}

static void tag_end(struct pagec *p, struct str s, const char *at)
{
    const bool is_if = scan_word(&s, "/if");

    if (!is_if && !scan_word(&s, "/each"))
        pagec_fail(p, at, "there are {{/if}} and {{/each}}");
    scan_end(p, s, "the name");
    struct frame *const f = top_frame(p, at, is_if ? "{{/if}}" : "{{/each}}");

    if ((f->kind == FRAME_IF) != is_if)
        pagec_fail(p, at, "the {{#%s}} of line %d is still open", is_if ? "each" : "if",
                   pagec_line(p, f->at));
    if (is_if) {
        way_ends(p, f, at);
        if (!f->has_else)
            html_join(p, at, &f->start, &p->html);
    } else {
        each_ends(p, f, at);
    }
    emit_code(p, "}");
    p->n_frames--;
}

/* ---- what writes ---- */

static void tag_words(struct pagec *p, struct str s, const char *at, bool is_plural)
{
    struct str count;
    const char *const place = html_place(p, at, PUT_WORDS);
    const struct str key = expr_key(p, &s);
    const struct str args = expr_words(p, &s, &count, is_plural);

    if (str_eq_z(args, "NULL, 0") && !is_plural)
        emit_at(p, at, "page_text(w, %s, %.*s);", place, (int)key.n, key.p);
    else
        emit_at(p, at, "page_text_with(w, %s, %.*s, %.*s, %.*s);", place, (int)key.n, key.p,
                (int)count.n, count.p, (int)args.n, args.p);
}

static void tag_value(struct pagec *p, struct str s, const char *at, bool is_plain)
{
    const bool may_be_markup = p->html.where == IN_TEXT && !is_plain;
    const char *place = html_place(p, at, PUT_VALUE);
    const struct str path = expr_path(p, &s);

    scan_end(p, s, "the value");
    if (is_plain && (strcmp(place, "PAGE_TEXT") == 0 || strcmp(place, "PAGE_ATTR") == 0))
        place = "PAGE_NUMBER";
    emit_at(p, at, "PAGE_PUT%s(w, %s, %.*s);", may_be_markup ? "" : "_IN", place, (int)path.n,
            path.p);
}

static void tag_asset(struct pagec *p, struct str s, const char *at)
{
    const struct str name = scan_string(p, &s);

    if (name.p == NULL)
        pagec_fail(p, s.p, "the file in quotes must follow: {{asset \"app.css\"}}");
    scan_end(p, s, "the file");
    if (p->html.where != IN_VALUE)
        pagec_fail(p, at, "{{asset}} stands in a quoted attribute");
    if ((p->html.kind == ATTR_ADDRESS || p->html.kind == ATTR_LINK) && p->html.url != URL_START)
        pagec_fail(p, at, "{{asset}} is a whole address: nothing before it");
    html_place(p, at, PUT_ASSET);
    const struct str c = c_string(p->mem, name);

    emit_at(p, at, "page_asset(w, %.*s);", (int)c.n, c.p);
}

static void tag_icon(struct pagec *p, struct str s, const char *at)
{
    const struct str name = expr_argument(p, &s);
    struct str css = STR("NULL");

    s = scan_blank(s);
    if (s.n > 0)
        css = expr_argument(p, &s);
    scan_end(p, s, "the icon");
    html_text_only(p, at, "{{icon}}");
    p->html.is_quiet = false;
    emit_at(p, at, "page_icon(w, %.*s, %.*s);", (int)name.n, name.p, (int)css.n, css.p);
}

static void tag_form_token(struct pagec *p, struct str s, const char *at)
{
    scan_end(p, s, "form_token");
    html_text_only(p, at, "{{form_token}}");
    p->html.form_at = NULL;
    emit_at(p, at, "page_form_token(w);");
}

/* {{> name args}} or {{> slice.name args}} */
static void tag_part(struct pagec *p, struct str s, const char *at)
{
    struct buf args = buf_new(p->mem, 64);
    struct str slice = str_of(p->job->slice);
    struct str name = scan_name(&s);

    html_text_only(p, at, "{{> part}}");
    if (s.n > 0 && s.p[0] == '.') {
        slice = name;
        s = scan_skip(s, 1);
        name = scan_name(&s);
        const struct str header = str_fmt(p->mem, "%.*s_pages.h", (int)slice.n, slice.p);

        if (!str_eq_z(slice, p->job->slice) && note_seen(p, header))
            buf_fmt(&p->part_includes, "#include \"%.*s\"\n", (int)header.n, header.p);
    }
    if (name.n == 0 || slice.n == 0)
        pagec_fail(p, s.p, "the name of a part must follow: {{> name}} or {{> slice.name}}");
    for (s = scan_blank(s); s.n > 0; s = scan_blank(s)) {
        const struct str arg = expr_argument(p, &s);

        buf_z(&args, ", ");
        buf_str(&args, arg);
    }
    p->html.is_quiet = false;
    p->html.form_at = NULL; /* the part may hold the token */
    emit_at(p, at, "part_%.*s_%.*s(w%.*s);", (int)slice.n, slice.p, (int)name.n, name.p,
            (int)args.n, args.n == 0 ? "" : args.p);
}

void tag_compile(struct pagec *p, struct str tag)
{
    struct str s = tag;
    const char *const at = tag.p;

    if (tag.n > 0 && tag.p[0] == '!')
        return;
    if (scan_word(&s, "page"))
        return begin_function(p, s, true);
    if (scan_word(&s, "part"))
        return begin_function(p, s, false);
    if (scan_word(&s, "include"))
        return tag_include(p, s);
    need_open(p, at);
    if (tag.n == 0)
        pagec_fail(p, at, "nothing between the braces");
    if (scan_word(&s, "#if"))
        return tag_if(p, s, at);
    if (scan_word(&s, "#each"))
        return tag_each(p, s, at);
    if (scan_word(&s, "else"))
        return tag_else(p, s, at);
    if (tag.p[0] == '/')
        return tag_end(p, s, at);
    if (tag.p[0] == '>')
        return tag_part(p, scan_blank(scan_skip(s, 1)), at);
    if (scan_word(&s, "t"))
        return tag_words(p, s, at, false);
    if (scan_word(&s, "tn"))
        return tag_words(p, s, at, true);
    if (scan_word(&s, "asset"))
        return tag_asset(p, s, at);
    if (scan_word(&s, "icon"))
        return tag_icon(p, s, at);
    if (scan_word(&s, "form_token"))
        return tag_form_token(p, s, at);
    if (scan_word(&s, "plain"))
        return tag_value(p, s, at, true);
    tag_value(p, s, at, false);
}

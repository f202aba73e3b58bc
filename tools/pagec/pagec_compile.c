/* One slice: every template in turn, then the header and the C file around what they gave. */
#include "pagec_in.h"
#include <string.h>

static void compile_file(struct pagec *p)
{
    struct str rest = p->file->text;

    p->tag_at = rest.p;
    for (;;) {
        const struct token t = pagec_next(p, &rest);

        if (t.kind == TOKEN_END)
            break;
        if (t.kind == TOKEN_TAG) {
            p->tag_at = t.text.p;
            tag_compile(p, t.text);
        } else if (p->is_open) {
            html_literal(p, t.text);
        } else if (str_trim(t.text).n != 0) {
            pagec_fail(p, scan_blank(t.text).p,
                       "a template begins with {{page NAME ARGUMENTS}} or {{part NAME ARGUMENTS}}");
        }
    }
    if (p->is_open)
        tag_finish(p, p->opened_at);
    else if (p->opened_at == NULL)
        pagec_fail(p, p->file->text.p, "no {{page}} and no {{part}} in this file");
}

static void one_file(struct pagec *p, const struct pagec_file *file)
{
    p->file = file;
    p->is_open = false;
    p->opened_at = NULL;
    p->n_frames = 0;
    p->n_vars = 0;
    p->literal.n = 0;
    if (setjmp(p->stop) == 0)
        compile_file(p);
}

static void put_header(struct pagec *p, struct buf *b)
{
    const char *const slice = p->job->slice;

    buf_fmt(b, "/* The pages of %s: made by pagec from its pages/ folder, not to be edited. */\n",
            slice);
    buf_z(b, "#pragma once\n#include \"base/status.h\"\n#include \"web/page.h\"\n");
    buf_str(b, buf_view(&p->includes));
    buf_char(b, '\n');
    buf_str(b, buf_view(&p->prototypes));
    buf_fmt(b,
            "\n/* Message keys that the templates name, sorted. */\n"
            "extern const char *const %s_page_keys[];\nextern const int %s_n_page_keys;\n",
            slice, slice);
}

static void put_body(struct pagec *p, struct buf *b)
{
    buf_fmt(b, "/* The pages of %s: made by pagec from its pages/ folder, not to be edited. */\n",
            p->job->slice);
    buf_fmt(b, "#include \"%s\"\n", p->job->header);
    buf_str(b, buf_view(&p->part_includes));
    buf_str(b, buf_view(&p->functions));
    pagec_put_keys(p, b);
}

bool pagec_compile(const struct pagec_job *job, struct pagec_made *out)
{
    struct pagec *const p = ARENA_NEW(job->mem, struct pagec);
    struct buf c = buf_new(job->mem, 4096), h = buf_new(job->mem, 1024);

    p->job = job;
    p->mem = job->mem;
    p->errors = buf_new(job->mem, 256);
    p->includes = buf_new(job->mem, 256);
    p->part_includes = buf_new(job->mem, 256);
    p->prototypes = buf_new(job->mem, 1024);
    p->functions = buf_new(job->mem, 16384);
    p->literal = buf_new(job->mem, 4096);
    for (int i = 0; i < job->n_files; i++)
        one_file(p, &job->files[i]);
    put_header(p, &h);
    put_body(p, &c);
    *out = (struct pagec_made){buf_view(&c), buf_view(&h), buf_view(&p->errors)};
    return p->errors.n == 0;
}

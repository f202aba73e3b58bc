/*
 * pagec_in.h - what the parts of the page compiler share.
 *
 * Positions are pointers into the text of the file: line and column are counted only when they
 * are told. The state of the HTML around a place is a plain value, copied at each branch.
 */
#pragma once
#include "base/buf.h"
#include "base/macros.h"
#include "pagec.h"
#include <setjmp.h>

enum { MAX_OPEN = 64, MAX_NAME = 32, MAX_NESTED = 24, MAX_VARS = 32 };

enum html_where {
    IN_TEXT,
    IN_RCDATA, /* title, textarea: entities yes, tags no */
    IN_RAW,    /* script, style: nothing may stand there */
    IN_OPEN,   /* after '<' */
    IN_CLOSE,  /* after '</' */
    IN_NAME,
    IN_CLOSE_NAME,
    IN_CLOSE_REST,
    IN_BETWEEN, /* white space seen, an attribute may begin */
    IN_ATTR_NAME,
    IN_AFTER_NAME,
    IN_BEFORE_VALUE,
    IN_VALUE,
    IN_AFTER_VALUE,
    IN_JOINED, /* between attributes, after branches that end differently */
    IN_SLASH,
    IN_DECLARATION,
    IN_COMMENT
};

enum attr_kind {
    ATTR_PLAIN,   /* read by programs: digits stay digits */
    ATTR_WORDS,   /* read by people */
    ATTR_ADDRESS, /* a URL */
    ATTR_LINK,    /* a URL that takes the language prefix */
    ATTR_REFUSED  /* literal text only; html.why says why */
};

enum url_where {
    URL_START,
    URL_SLASH,      /* "/" and nothing else */
    URL_FIRST,      /* "/" and a value: another "/" could make it a host */
    URL_WHOLE,      /* a whole address was a value: only ? or # may follow */
    URL_SCHEME,     /* letters, maybe a scheme */
    URL_TEL,        /* after tel: or sms: */
    URL_MAIL,       /* after mailto: */
    URL_HOST_START, /* after http: or https: */
    URL_HOST,
    URL_INSIDE,
    URL_MIXED /* branches that end differently */
};

struct html_element {
    char name[MAX_NAME];
    const char *at;
};

struct html {
    enum html_where where;
    char quote;
    char tag[MAX_NAME];
    char attr[MAX_NAME];
    char literal[MAX_NAME]; /* of the attribute's value, as far as it fits */
    const char *tag_at;
    enum attr_kind kind;
    const char *why;
    enum url_where url;
    bool has_hreflang, has_safe_rel, has_http_equiv, has_content_value, is_post;
    bool is_quiet;       /* in text: a space here would mean nothing */
    bool is_space;       /* in text: white space is waiting */
    const char *form_at; /* open POST form that has no token yet */
    int depth;
    int n_surplus; /* ends of elements that this function did not open */
    struct html_element open[MAX_OPEN];
};

enum var_kind { VAR_VALUE, VAR_POINTER, VAR_EACH };

struct var {
    struct str name;
    enum var_kind kind;
};

enum frame_kind { FRAME_IF, FRAME_EACH };

struct frame {
    enum frame_kind kind;
    const char *at;
    bool has_else, has_joined;
    struct str name; /* of the variable of an each */
    struct html start, joined;
};

struct pagec {
    const struct pagec_job *job;
    struct arena *mem;
    const struct pagec_file *file;
    const char *tag_at; /* the tag at work: where trouble is told when its own place is unknown */
    jmp_buf stop;
    struct buf errors, includes, part_includes, prototypes, functions;
    struct str *keys;
    int n_keys, room_keys;
    struct str *seen; /* names of functions and headers */
    int n_seen, room_seen;
    /* the function being made */
    bool is_open, is_page;
    struct str name;
    const char *opened_at;
    struct buf literal;
    int indent;
    struct html html;
    struct var vars[MAX_VARS];
    int n_vars;
    struct frame *frames[MAX_NESTED];
    int n_frames;
};

/* ---- pagec_scan.c ---- */
enum token_kind { TOKEN_END, TOKEN_LITERAL, TOKEN_TAG };
struct token {
    enum token_kind kind;
    struct str text; /* of a tag: what stands between the braces, trimmed */
};
void NORETURN pagec_fail(struct pagec *p, const char *at, const char *fmt, ...) PRINTF_LIKE(3, 4);
int pagec_line(const struct pagec *p, const char *at);
struct token pagec_next(struct pagec *p, struct str *rest);
struct str scan_skip(struct str s, size_t n);    /* without its first n bytes, still in the file */
struct str scan_blank(struct str s);             /* without leading white space */
bool scan_word(struct str *s, const char *word); /* takes the word and the space after it */
struct str scan_name(struct str *s);             /* [A-Za-z_][A-Za-z0-9_]*, or empty */
struct str scan_string(struct pagec *p, struct str *s); /* "...", the inside; p NULL on none */
void scan_end(struct pagec *p, struct str s, const char *what);

/* ---- pagec_names.c ---- */
bool name_in(const char *name, const char *const *list);
bool tag_is_void(const char *tag);
bool tag_is_block(const char *tag);
bool tag_keeps_space(const char *tag);
void attr_classify(struct pagec *p, struct html *h, const char *at);

/* ---- pagec_html.c ---- */
void html_start(struct html *h);
void html_literal(struct pagec *p, struct str literal);
void html_pause(struct pagec *p, const char *at);
void html_text_only(struct pagec *p, const char *at, const char *what);
void html_finish(struct pagec *p, const char *at);
/* What stands at the end of both ways; a struct of its own so that a mix is refused. */
void html_join(struct pagec *p, const char *at, const struct html *a, struct html *b);

/* ---- pagec_place.c ---- */
enum put_kind { PUT_VALUE, PUT_WORDS, PUT_ASSET };
const char *html_place(struct pagec *p, const char *at, enum put_kind kind);
/* One more literal byte of an address; true when it has been written already. */
bool url_literal(struct pagec *p, const char *at, const char *end);
void url_join(enum url_where *a, enum url_where b);

/* ---- pagec_expr.c ---- */
struct str expr_path(struct pagec *p, struct str *s);     /* C for a value */
struct str expr_argument(struct pagec *p, struct str *s); /* C for an argument of a part */
struct str expr_condition(struct pagec *p, struct str s);
struct str expr_key(struct pagec *p, struct str *s); /* a key as C, noted when literal */
struct str expr_words(struct pagec *p, struct str *s, struct str *out_count, bool is_plural);
void expr_each(struct pagec *p, struct str *s, struct str *out_rows, struct str *out_count);
const struct var *var_find(const struct pagec *p, struct str name);
void var_add(struct pagec *p, struct str name, enum var_kind kind);
struct str c_string(struct arena *mem, struct str s);

/* ---- pagec_emit.c ---- */
void emit_byte(struct pagec *p, char c);
void emit_bytes(struct pagec *p, const char *bytes, size_t n);
void emit_flush(struct pagec *p);
/* One line of C that comes from the template at this place. */
void emit_at(struct pagec *p, const char *at, const char *fmt, ...) PRINTF_LIKE(3, 4);
void emit_code(struct pagec *p, const char *fmt, ...) PRINTF_LIKE(2, 3);
void note_key(struct pagec *p, struct str key);
bool note_seen(struct pagec *p, struct str name); /* true the first time */
void pagec_put_keys(struct pagec *p, struct buf *b);

/* ---- pagec_tags.c ---- */
void tag_compile(struct pagec *p, struct str tag);
void tag_finish(struct pagec *p, const char *at);

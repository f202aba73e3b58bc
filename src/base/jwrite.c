/* jwrite.c - a push writer of JSON. */
#include "base/jwrite.h"
#include <math.h>

struct jwrite jwrite_to(struct buf *out)
{
    return (struct jwrite){.out = out};
}

static void begin(struct jwrite *j, const char *key)
{
    if (j->needs_comma)
        buf_char(j->out, ',');
    j->needs_comma = true;
    if (key == NULL)
        return;
    buf_char(j->out, '"');
    buf_z(j->out, key);
    buf_z(j->out, "\":");
}

void jwrite_open(struct jwrite *j, const char *key, char bracket)
{
    begin(j, key);
    buf_char(j->out, bracket);
    j->needs_comma = false;
}

void jwrite_close(struct jwrite *j, char bracket)
{
    buf_char(j->out, bracket);
    j->needs_comma = true;
}

void jwrite_str(struct jwrite *j, const char *key, struct str v)
{
    begin(j, key);
    buf_char(j->out, '"');
    buf_json(j->out, v);
    buf_char(j->out, '"');
}

void jwrite_str_or_null(struct jwrite *j, const char *key, struct str v)
{
    if (v.n == 0)
        jwrite_null(j, key);
    else
        jwrite_str(j, key, v);
}

void jwrite_int(struct jwrite *j, const char *key, int64_t v)
{
    begin(j, key);
    buf_int(j->out, v);
}

void jwrite_bool(struct jwrite *j, const char *key, bool v)
{
    begin(j, key);
    buf_z(j->out, v ? "true" : "false");
}

void jwrite_null(struct jwrite *j, const char *key)
{
    begin(j, key);
    buf_z(j->out, "null");
}

void jwrite_real(struct jwrite *j, const char *key, double v, int n_decimals)
{
    begin(j, key);
    if (isfinite(v))
        buf_fmt(j->out, "%.*f", n_decimals, v);
    else
        buf_z(j->out, "null");
}

/* publish_api_put.c - members of HSDS objects in the forms that every program takes. */
#include "publish_api_put.h"
#include "publish_hsds.h"
#include "features/search/search.h"
#include <math.h>
#include <string.h>
#include <strings.h>

struct api_out api_out_new(struct web *w)
{
    return (struct api_out){.c = web_ctx(w),
                            .j = jwrite_to(web_out(w)),
                            .origin = web_origin(w),
                            .needs = needs_of(web_ctx(w))};
}

void publish_hsds_service(struct ctx *c, struct jwrite *j, struct str origin, const struct service *s, const struct organisation *org)
{
    struct api_out o = {.c = c, .j = *j, .origin = origin, .needs = needs_of(c), .without_upkept = true};

    api_put_service(&o, NULL, s, org, API_FULL);
    *j = o.j;
}

void api_text(struct api_out *o, const char *key, struct str v)
{
    if (v.n > 0)
        jwrite_str(&o->j, key, v);
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_uuid(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;

        if (is_dash ? s.p[i] != '-' : !is_hex(s.p[i]))
            return false;
    }
    return s.n == 36;
}

/* An id that is no UUID (a feed of before) is still the same id each time. */
void api_uuid(struct api_out *o, const char *key, struct str v)
{
    if (v.n > 0)
        jwrite_str(&o->j, key, is_uuid(v) ? v : catalogue_uuid_of(o->c->mem, STR("id"), v));
}

static bool is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static size_t scheme_bytes(struct str v)
{
    static const char *const schemes[] = {"https://", "http://"};

    for (int i = 0; i < ARRAY_LEN(schemes); i++)
        if (v.n > strlen(schemes[i]) && strncasecmp(v.p, schemes[i], strlen(schemes[i])) == 0)
            return strlen(schemes[i]);
    return 0;
}

/* Host and port: names and numbers, or an address in brackets. Nobody's name and password. */
static bool is_host(struct str s)
{
    const ptrdiff_t colon = s.n > 0 && s.p[0] == '[' ? -1 : str_index(s, ':');
    const struct str host = colon < 0 ? s : str_head(s, (size_t)colon);
    const struct str port = colon < 0 ? STR("") : str_from(s, (size_t)colon + 1);

    for (size_t i = 0; i < host.n; i++)
        if (!is_alnum(host.p[i]) && strchr("-._", host.p[i]) == NULL)
            return false;
    for (size_t i = 0; i < port.n; i++)
        if (port.p[i] < '0' || port.p[i] > '9')
            return false;
    return host.n > 0 && port.n <= 5;
}

struct str api_clean_uri(struct arena *mem, struct str v)
{
    const struct str s = str_trim(v);
    const size_t head = scheme_bytes(s);
    struct buf b = buf_new(mem, s.n + 32);
    bool has_fragment = false;
    size_t host = head;

    while (host < s.n && strchr("/?#", s.p[host]) == NULL)
        host++;
    if (head == 0 || !is_host((struct str){s.p + head, host - head}))
        return STR("");
    buf_z(&b, head == 8 ? "https://" : "http://"); /* small letters, as programs want it */
    buf_put(&b, s.p + head, host - head);
    for (size_t i = host; i < s.n; i++) {
        const char c = s.p[i];
        const bool is_escape = c == '%' && i + 2 < s.n && is_hex(s.p[i + 1]) && is_hex(s.p[i + 2]);
        const bool is_second = c == '#' && has_fragment;

        if ((is_alnum(c) || is_escape ||
             (c != '\0' && strchr("-._~!$&'()*+,;=:@/?#", c) != NULL)) &&
            !is_second)
            buf_char(&b, c);
        else
            buf_fmt(&b, "%%%02X", (unsigned char)c);
        has_fragment = has_fragment || c == '#';
    }
    return buf_view(&b);
}

void api_uri(struct api_out *o, const char *key, struct str v)
{
    api_text(o, key, v.n == 0 ? v : api_clean_uri(o->c->mem, v));
}

static bool is_domain(struct str s)
{
    int n_labels = 0;

    while (s.n > 0) {
        const struct str label = str_cut(&s, '.');

        if (label.n == 0 || label.n > 63 || label.p[0] == '-' || label.p[label.n - 1] == '-')
            return false;
        for (size_t i = 0; i < label.n; i++)
            if (!is_alnum(label.p[i]) && label.p[i] != '-')
                return false;
        n_labels++;
    }
    return n_labels > 1;
}

static bool is_email(struct str v)
{
    struct str rest = v;
    const struct str name = str_cut(&rest, '@');

    for (size_t i = 0; i < name.n; i++)
        if (!is_alnum(name.p[i]) &&
            (strchr("!#$%&'*+/=?^_`{|}~-.", name.p[i]) == NULL ||
             (name.p[i] == '.' && (i == 0 || i + 1 == name.n || name.p[i - 1] == '.'))))
            return false;
    return name.n > 0 && rest.n > 0 && rest.p[rest.n - 1] != '.' && is_domain(rest);
}

void api_email(struct api_out *o, const char *key, struct str v)
{
    if (is_email(v))
        jwrite_str(&o->j, key, v);
}

void api_day(struct api_out *o, const char *key, int day)
{
    if (day != DAY_NONE)
        jwrite_str(&o->j, key, day_iso(o->c->mem, day));
}

void api_instant(struct api_out *o, const char *key, int64_t at_ms)
{
    jwrite_str(&o->j, key, instant_iso(o->c->mem, at_ms));
}

void api_number(struct api_out *o, const char *key, double v)
{
    if (v == floor(v) && fabs(v) < 1e15)
        jwrite_int(&o->j, key, (int64_t)v);
    else
        jwrite_real(&o->j, key, v, 2);
}

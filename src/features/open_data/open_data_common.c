/* open_data_common.c - the service of an address, what the asker wants, text for XML. */
#include "open_data_routes.h"
#include <string.h>
#include <strings.h>

enum status open_data_find_service(struct web *w, const char *file, struct service *out, bool *out_is_answered)
{
    struct ctx *c = web_ctx(w);
    const struct str slug = web_path_value(w, "slug");
    const enum status st = catalogue_service_by_slug(c, slug, out);

    *out_is_answered = false;
    if (st == ST_NOT_FOUND)
        return fail(c, st, "open_data.no-service");
    if (st == ST_OK && out->state != SERVICE_SHOWN)
        return fail(c, ST_GONE, "open_data.gone");
    if (st != ST_OK)
        return st;
    *out_is_answered = true;
    if (!str_eq(out->slug, slug))
        return web_moved(w, str_fmt(c->mem, "/servizi/%.*s/%s", (int)out->slug.n, out->slug.p, file));
    *out_is_answered =
        web_has_same(w, str_fmt(c->mem, "%s %lld %d", file, (long long)out->change_no, c->today), out->changed_at);
    return ST_OK;
}

/* ---- what is wanted ---- */

/* "q=0.5" in thousandths; 1000 when it is not said. */
static int weight_of(struct str rest)
{
    while (rest.n > 0) {
        struct str value = str_cut(&rest, ';');
        const struct str name = str_trim(str_cut(&value, '='));
        double q;

        if (str_eq(name, STR("q")))
            return str_to_double(str_trim(value), &q) && q >= 0 && q <= 1 ? (int)(q * 1000) : 0;
    }
    return 1000;
}

static bool fits(struct str range, const char *type)
{
    const size_t n = strcspn(type, ";");

    if (str_eq(range, STR("*/*")))
        return true;
    if (range.n > 2 && range.p[range.n - 1] == '*')
        return strncasecmp(range.p, type, range.n - 1) == 0;
    return range.n == n && strncasecmp(range.p, type, n) == 0;
}

int open_data_choose(struct str accept, const char *const *types, int n)
{
    int best = 0, best_weight = 0;

    for (int i = 0; i < n; i++) {
        struct str rest = accept;
        int weight = 0, exactness = -1;

        while (rest.n > 0) {
            struct str one = str_cut(&rest, ',');
            const struct str range = str_trim(str_cut(&one, ';'));
            const int exact = str_eq(range, STR("*/*")) ? 0 : range.n > 0 && range.p[range.n - 1] == '*' ? 1 : 2;

            if (range.n > 0 && fits(range, types[i]) && exact > exactness) {
                exactness = exact;
                weight = weight_of(one);
            }
        }
        if (weight > best_weight) {
            best = i;
            best_weight = weight;
        }
    }
    return best;
}

/* ---- text ---- */

void open_data_xml(struct buf *b, struct str s)
{
    size_t from = 0;

    for (size_t i = 0; i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];
        const bool is_wrong = (c < 0x20 && c != '\t' && c != '\n' && c != '\r') ||
                              (c == 0xef && i + 2 < s.n && (unsigned char)s.p[i + 1] == 0xbf && (unsigned char)s.p[i + 2] >= 0xbe);

        if (!is_wrong)
            continue;
        buf_html(b, (struct str){s.p + from, i - from});
        i += c == 0xef ? 2 : 0;
        from = i + 1;
    }
    buf_html(b, str_from(s, from));
}

struct str open_data_address(struct web *w, const char *path)
{
    const struct str origin = web_origin(w);
    const enum lang lang = web_lang(w);

    return str_fmt(web_ctx(w)->mem, "%.*s%s%s%s", (int)origin.n, origin.p, lang == LANG_IT ? "" : "/", lang == LANG_IT ? "" : lang_code[lang],
                   path);
}

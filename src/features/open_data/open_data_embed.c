/* open_data_embed.c - which services stand in the list of a comune. */
#include "open_data_embed.h"
#include "base/macros.h"
#include "core/places/places.h"

void embed_read_choices(struct web *w, struct embed *out)
{
    const struct needs *needs = needs_of(web_ctx(w));
    int64_t n;

    out->need = need_by_id(needs, web_query(w, "bisogno"));
    out->n = str_to_int(web_query(w, "quanti"), &n) && n >= 1 && n <= EMBED_MOST ? (int)n : EMBED_USUAL;
}

enum status embed_read_comune(struct web *w, const char *tail, struct embed *out, bool *out_is_answered)
{
    struct ctx *c = web_ctx(w);
    const struct str slug = web_path_value(w, "comune"), query = web_query_string(w);
    const enum status st = places_comune_by_slug(c, slug, &out->comune);

    *out_is_answered = false;
    if (st == ST_NOT_FOUND)
        return fail(c, st, "open_data.no-comune");
    if (st != ST_OK || str_eq(out->comune.area.slug, slug))
        return st;
    *out_is_answered = true;
    return web_moved(w, str_fmt(c->mem, "/incorpora/%.*s%s%s%.*s", (int)out->comune.area.slug.n, out->comune.area.slug.p, tail,
                                query.n > 0 ? "?" : "", (int)query.n, query.p));
}

/* As many as are asked for of those that serve who lives there; the others are on the portal. */
enum status embed_find(struct ctx *c, struct embed *e)
{
    const struct search_ask ask = {.area_id = e->comune.area.area_id,
                                   .need = e->need != NULL ? e->need->id : STR(""),
                                   .page_size = e->n,
                                   .no_counting = true};
    struct search_answer found;
    int64_t *ids;
    int n = 0;
    enum status st = search_services(c, &ask, &found);

    if (st != ST_OK)
        return st;
    ids = ARENA_ARRAY(c->mem, int64_t, (size_t)found.n_hits + 1);
    for (int i = 0; i < found.n_hits; i++)
        if (found.hits[i].serves_here)
            ids[n++] = found.hits[i].service_id;
    e->n_total = found.n_here;
    e->n_list = 0;
    return n == 0 ? ST_OK : catalogue_cards(c, ids, n, &e->list, &e->n_list);
}

struct str embed_query(struct arena *mem, const struct embed *e)
{
    struct buf b = buf_new(mem, 60);

    if (e->need != NULL)
        buf_fmt(&b, "bisogno=%.*s", (int)e->need->id.n, e->need->id.p);
    if (e->n != EMBED_USUAL)
        buf_fmt(&b, "%squanti=%d", b.n > 0 ? "&" : "", e->n);
    return buf_view(&b);
}

struct str embed_title(struct ctx *c, const struct embed *e)
{
    const struct text_arg args[] = {{"comune", e->comune.area.name},
                                    {"need", e->need == NULL ? STR("") : e->need->label[c->lang == LANG_EN ? NEED_EN : NEED_IT].text}};

    return text_fill(c->mem, text_get(c->lang, e->need == NULL ? "open_data.embed-of" : "open_data.embed-of-need"), args, ARRAY_LEN(args));
}

struct str embed_where(struct ctx *c, const struct service *s)
{
    const struct location *l = s->n_ats > 0 ? s->ats[0].location : NULL;
    struct buf b = buf_new(c->mem, 80);

    if (l == NULL)
        return STR("");
    if (!l->is_secret && l->n_addresses > 0 && l->addresses[0].address_1.n > 0)
        buf_fmt(&b, "%.*s, ", (int)l->addresses[0].address_1.n, l->addresses[0].address_1.p);
    buf_str(&b, l->comune_name);
    return buf_view(&b);
}

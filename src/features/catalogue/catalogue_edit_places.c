/* catalogue_edit_places.c - where a service is given, one line for each place. */
#include "catalogue_edit_put.h"
#include <ctype.h>
#include <string.h>

enum { MOST_PLACES = 60 };
static const char secret_words[] = "indirizzo riservato";

static struct str town_of(const struct location *l)
{
    if (l->comune_name.n > 0)
        return l->comune_name;
    return l->n_addresses > 0 ? l->addresses[0].city : STR("");
}

static struct str place_line(struct arena *mem, const struct location *l)
{
    const struct str town = town_of(l), street = l->n_addresses > 0 ? l->addresses[0].address_1 : STR("");
    const struct str cap = l->n_addresses > 0 ? l->addresses[0].postal_code : STR("");
    struct buf b = buf_new(mem, 96);

    if (l->is_secret)
        return str_fmt(mem, "%s, %.*s", secret_words, (int)town.n, town.p);
    if (l->name.n > 0)
        buf_fmt(&b, "%.*s: ", (int)l->name.n, l->name.p);
    if (street.n > 0)
        buf_fmt(&b, "%.*s, ", (int)street.n, street.p);
    if (cap.n > 0)
        buf_fmt(&b, "%.*s ", (int)cap.n, cap.p);
    buf_str(&b, town);
    if (l->prov.n == 2)
        buf_fmt(&b, " (%.*s)", (int)l->prov.n, l->prov.p);
    return catalogue_edit_tidy(mem, EDIT_NAME, buf_view(&b));
}

struct str catalogue_read_places(struct arena *mem, const struct service *s)
{
    struct buf b = buf_new(mem, 128);

    for (int i = 0; i < s->n_ats; i++) {
        if (s->ats[i].location == NULL)
            continue;
        const struct str line = place_line(mem, s->ats[i].location);

        if (b.n > 0 && line.n > 0)
            buf_char(&b, '\n');
        buf_str(&b, line);
    }
    return buf_view(&b);
}

/* "Ivrea (TO)", as it is written here and in lists: no other is called so, and five thousand rows need not look through all names. */
static enum status by_whole_name(struct edit_put *p, struct str typed, struct comune *out)
{
    if (typed.n < 6 || typed.p[typed.n - 1] != ')' || typed.p[typed.n - 4] != '(')
        return ST_NOT_FOUND;
    const enum status st = places_comune_by_slug(p->c, str_slug(p->c->mem, typed), out);

    return st == ST_OK && out->area.to != DAY_NONE && out->area.to < p->c->today ? ST_NOT_FOUND : st;
}

enum status catalogue_edit_comune(struct edit_put *p, struct str typed, struct comune *out)
{
    struct comune_hit *hits;
    int n = 0;
    enum status st = by_whole_name(p, typed, out);

    if (st != ST_NOT_FOUND)
        return st;
    st = places_find_comuni(p->c, typed, 3, &hits, &n);
    if (st != ST_OK)
        return st;
    if (n > 1 && hits[0].match <= MATCH_HAMLET && hits[1].match <= MATCH_HAMLET)
        return catalogue_edit_refuse(p, "catalogue.edit-two-comuni", typed);
    if (n == 0 || hits[0].match > MATCH_HAMLET) {
        if (n == 0)
            return catalogue_edit_refuse(p, "catalogue.edit-comune", typed);
        const struct str near = hits[0].comune.area.name;

        return catalogue_edit_refuse(p, "catalogue.edit-comune-near",
                                     str_fmt(p->c->mem, "%.*s → %.*s", (int)typed.n, typed.p, (int)near.n, near.p));
    }
    *out = hits[0].comune;
    return ST_OK;
}

static ptrdiff_t last_comma(struct str s)
{
    for (ptrdiff_t i = (ptrdiff_t)s.n - 1; i >= 0; i--)
        if (s.p[i] == ',')
            return i;
    return -1;
}

static struct str take_cap(struct str *town)
{
    size_t n = 0;

    while (n < town->n && isdigit((unsigned char)town->p[n]))
        n++;
    if (n != 5 || (n < town->n && town->p[n] != ' '))
        return STR("");
    const struct str cap = str_head(*town, n);

    *town = str_trim(str_from(*town, n));
    return cap;
}

static struct str take_name(struct str *rest)
{
    for (size_t i = 1; i + 1 < rest->n; i++)
        if (rest->p[i] == ':' && rest->p[i + 1] == ' ') {
            const struct str name = str_trim(str_head(*rest, i));

            *rest = str_trim(str_from(*rest, i + 1));
            return name;
        }
    return STR("");
}

/* `like` is the place that stood in that line before; NULL: none. */
static enum status location_of(struct edit_put *p, struct str line, const struct location *like, struct location *out)
{
    struct str rest = line, town, street = STR("");
    struct comune comune;
    const bool is_secret = str_starts(str_fold(p->c->mem, line), str_of(secret_words));
    const struct str name = is_secret ? STR("") : take_name(&rest);
    const ptrdiff_t comma = last_comma(rest);

    town = comma < 0 ? rest : str_trim(str_from(rest, (size_t)comma + 1));
    if (comma >= 0 && !is_secret)
        street = str_trim(str_head(rest, (size_t)comma));
    const struct str cap = take_cap(&town);
    const enum status st = catalogue_edit_comune(p, town.n > 0 ? town : cap, &comune);

    if (st != ST_OK)
        return st;
    const bool is_moved = like == NULL || like->is_secret || is_secret || like->comune_id != comune.area.area_id;

    *out = is_moved ? (struct location){.type = STR("physical")} : *like;
    if (!is_moved && !str_eq(street, like->n_addresses > 0 ? like->addresses[0].address_1 : STR("")))
        out->has_point = out->is_point_of_town = false;
    out->location_id = 0;
    out->uuid = STR("");
    out->name = name;
    out->is_secret = is_secret;
    out->comune_id = comune.area.area_id;
    out->comune_name = comune.area.name;
    out->comune_slug = comune.area.slug;
    out->prov = comune.prov;
    out->organisation_id = p->s->organisation_id;
    out->n_addresses = 0;
    if (street.n > 0 || cap.n > 0) {
        out->addresses = ARENA_NEW(p->c->mem, struct address);
        out->addresses[0] = (struct address){.type = STR("physical"),
                                             .address_1 = street,
                                             .city = comune.area.name,
                                             .state_province = comune.prov,
                                             .postal_code = cap,
                                             .country = STR("IT")};
        out->n_addresses = 1;
    }
    return ST_OK;
}

static int old_at(const struct edit_put *p, struct str line, const bool *used)
{
    for (int i = 0; i < p->was->n_ats; i++)
        if (!used[i] && p->was->ats[i].location != NULL && str_eq(place_line(p->c->mem, p->was->ats[i].location), line))
            return i;
    return -1;
}

static enum status new_at(struct edit_put *p, struct str line, int replaced, struct service_at *out)
{
    const struct service_at *const before = replaced >= 0 ? &p->s->ats[replaced] : NULL;
    struct location *l = ARENA_NEW(p->c->mem, struct location);
    const enum status st = location_of(p, line, before != NULL ? before->location : NULL, l);

    if (st != ST_OK)
        return st;
    *out = before != NULL ? *before : (struct service_at){0};
    out->uuid = STR("");
    out->location_id = 0;
    out->location = l;
    return ST_OK;
}

/* As many lines as before: the one that reads otherwise is that place corrected, with its hours and telephones. */
enum status catalogue_put_places(struct edit_put *p, struct str text)
{
    const int n_lines = catalogue_edit_n_lines(text);
    struct str *lines = ARENA_ARRAY(p->c->mem, struct str, (size_t)n_lines + 1);
    struct service_at *ats = ARENA_ARRAY(p->c->mem, struct service_at, (size_t)n_lines + 1);
    int *olds = ARENA_ARRAY(p->c->mem, int, (size_t)n_lines + 1);
    bool *used = ARENA_ARRAY(p->c->mem, bool, (size_t)p->was->n_ats + 1);
    enum status st = ST_OK;

    if (n_lines > MOST_PLACES)
        return catalogue_edit_refuse(p, "catalogue.edit-many", STR("60"));
    for (int i = 0; i < n_lines; i++) {
        catalogue_edit_line(&text, &lines[i]);
        olds[i] = old_at(p, lines[i], used);
        if (olds[i] >= 0)
            used[olds[i]] = true;
    }
    for (int i = 0; st == ST_OK && i < n_lines; i++) {
        const bool is_corrected = olds[i] < 0 && n_lines == p->was->n_ats && !used[i];

        if (olds[i] >= 0)
            ats[i] = p->s->ats[olds[i]];
        else
            st = new_at(p, lines[i], is_corrected ? i : -1, &ats[i]);
    }
    p->s->ats = ats;
    p->s->n_ats = n_lines;
    return st;
}

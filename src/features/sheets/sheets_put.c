/* sheets_put.c - a row as changes of an entry, and as the entry it would be. */
#include "base/macros.h"
#include "sheets_private.h"
#include <string.h>

/* "Casa del quartiere: via Roma 1, 10015 Ivrea", as catalogue_edit.h writes places. */
static struct str place_line(struct arena *mem, const struct sheet_row *r)
{
    const struct str place = r->cells[SHEET_PLACE].text, address = r->cells[SHEET_ADDRESS].text, cap = r->cells[SHEET_CAP].text;
    struct buf b = buf_new(mem, 120);

    if (r->comune_id == 0)
        return STR("");
    if (place.n > 0)
        buf_fmt(&b, "%.*s: ", (int)place.n, place.p);
    if (address.n > 0)
        buf_fmt(&b, "%.*s, ", (int)address.n, address.p);
    if (cap.n > 0)
        buf_fmt(&b, "%.*s ", (int)cap.n, cap.p);
    buf_str(&b, r->comune_name);
    if (r->prov.n > 0)
        buf_fmt(&b, " (%.*s)", (int)r->prov.n, r->prov.p);
    return buf_view(&b);
}

static struct str needs_lines(struct arena *mem, const struct sheet_row *r)
{
    struct buf b = buf_new(mem, 80);

    for (int i = 0; i < r->n_needs; i++)
        buf_fmt(&b, "%s%.*s", i == 0 ? "" : "\n", (int)r->needs[i].n, r->needs[i].p);
    return buf_view(&b);
}

static struct str text_of(struct arena *mem, const struct sheet_row *r, enum sheet_field f)
{
    if (f == SHEET_ADDRESS)
        return place_line(mem, r);
    if (f == SHEET_NEEDS)
        return needs_lines(mem, r);
    return r->cells[f].text;
}

int sheets_changes(struct arena *mem, const struct sheet_row *r, struct edit_change *out)
{
    const enum service_fee fee = sheets_fee(mem, r->cells[SHEET_FEES].text);
    int n = 0;

    for (int f = 1; f < SHEET_FIELD_COUNT; f++) {
        const enum edit_field edits = sheet_field_edits((enum sheet_field)f);
        const struct str text = edits == EDIT_NONE ? STR("") : text_of(mem, r, (enum sheet_field)f);

        if (text.n > 0)
            out[n++] = (struct edit_change){.field = edits, .text = text};
    }
    if (fee != FEE_UNKNOWN)
        out[n++] = (struct edit_change){.field = EDIT_FEE, .text = str_of(catalogue_fee_name(fee))};
    return n;
}

/* ---- the entry ---- */

static struct location *location_of(struct arena *mem, const struct sheet_row *r)
{
    struct location *l = ARENA_NEW(mem, struct location);

    *l = (struct location){.type = STR("physical"),
                           .name = r->cells[SHEET_PLACE].text,
                           .comune_id = r->comune_id,
                           .comune_name = r->comune_name,
                           .comune_slug = r->comune_slug,
                           .prov = r->prov,
                           .has_point = r->has_point,
                           .is_point_of_town = true,
                           .lat = r->lat,
                           .lon = r->lon};
    if (r->cells[SHEET_ADDRESS].text.n > 0) {
        l->addresses = ARENA_NEW(mem, struct address);
        l->addresses[0] = (struct address){.type = STR("physical"),
                                           .address_1 = r->cells[SHEET_ADDRESS].text,
                                           .city = r->comune_name,
                                           .postal_code = r->cells[SHEET_CAP].text,
                                           .country = STR("IT")};
        l->n_addresses = 1;
    }
    return l;
}

static void put_schedules(struct arena *mem, const struct sheet_row *r, struct service *s)
{
    s->schedules = ARENA_ARRAY(mem, struct schedule, (size_t)r->n_hours + 1);
    s->n_schedules = r->n_hours;
    for (int i = 0; i < r->n_hours; i++)
        s->schedules[i].rule = r->hours[i];
}

/* Lines of a text, one item each. */
static int lines_of(struct arena *mem, struct str text, struct str **out)
{
    int n = 0;

    *out = ARENA_ARRAY(mem, struct str, text.n / 2 + 2);
    while (text.n > 0)
        (*out)[n++] = str_cut(&text, '\n');
    return n;
}

static void put_lists(struct arena *mem, const struct sheet_row *r, struct service *s)
{
    struct str *list;

    s->n_documents = lines_of(mem, r->cells[SHEET_DOCUMENTS].text, &list);
    s->documents = ARENA_ARRAY(mem, struct document, (size_t)s->n_documents + 1);
    for (int i = 0; i < s->n_documents; i++)
        s->documents[i].document = list[i];
    s->n_languages = lines_of(mem, r->cells[SHEET_LANGUAGES].text, &list);
    s->languages = ARENA_ARRAY(mem, struct language, (size_t)s->n_languages + 1);
    for (int i = 0; i < s->n_languages; i++)
        s->languages[i].name = list[i];
}

void sheets_service(struct arena *mem, const struct sheet_row *r, int today, struct service *out)
{
    const struct sheet_cell_read *x = r->cells;
    const int confirmed = x[SHEET_CONFIRMED_ON].text.n > 0 ? day_parse(x[SHEET_CONFIRMED_ON].text) : DAY_NONE;
    int64_t places = 0;

    *out = (struct service){.kind = SERVICE_SERVICE,
                            .status = SERVICE_ACTIVE,
                            .source_id = x[SHEET_CODE].text,
                            .organisation_name = x[SHEET_BODY].text,
                            .name = x[SHEET_NAME].text,
                            .summary = x[SHEET_SUMMARY].text,
                            .description = x[SHEET_DESCRIPTION].text,
                            .eligibility = x[SHEET_ELIGIBILITY].text,
                            .application_process = x[SHEET_APPLICATION].text,
                            .url = x[SHEET_URL].text,
                            .email = x[SHEET_EMAIL].text,
                            .fees = x[SHEET_FEES].text,
                            .fee = sheets_fee(mem, x[SHEET_FEES].text),
                            .starts_on = x[SHEET_STARTS_ON].text.n > 0 ? day_parse(x[SHEET_STARTS_ON].text) : DAY_NONE,
                            .ends_on = x[SHEET_ENDS_ON].text.n > 0 ? day_parse(x[SHEET_ENDS_ON].text) : DAY_NONE,
                            .apply_by = DAY_NONE,
                            .confirmed_on = confirmed != DAY_NONE && confirmed <= today ? confirmed : DAY_NONE,
                            .needs = r->needs,
                            .n_needs = r->n_needs,
                            .has_places_free = str_to_int(x[SHEET_PLACES_FREE].text, &places),
                            .places_free = (int)places};
    out->parts.phones = (struct phone *)r->phones;
    out->parts.n_phones = r->n_phones;
    put_schedules(mem, r, out);
    put_lists(mem, r, out);
    if (r->comune_id != 0 || x[SHEET_ADDRESS].text.n > 0) {
        out->ats = ARENA_NEW(mem, struct service_at);
        out->ats[0].location = location_of(mem, r);
        out->n_ats = 1;
        out->ways = WAY_PRESENCE;
    }
}

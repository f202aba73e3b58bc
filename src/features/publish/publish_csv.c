/* publish_csv.c - GET /dati/servizi.csv: a row for each place where a service is given (RFC 4180). */
#include "base/sheet.h"
#include "publish_api_routes.h"
#include "publish_export.h"
#include "publish_row.h"

static void begin(struct api_out *o)
{
    for (int i = 0; i < PUBLISH_COLUMNS; i++)
        sheet_put(o->j.out, str_of(publish_columns[i]));
    sheet_end_row(o->j.out);
}

static void end(struct api_out *o)
{
    (void)o;
}

static void put_cell(struct buf *b, struct arena *mem, const struct xlsx_cell *c)
{
    switch (c->kind) {
    case XLSX_TEXT:
        sheet_put(b, c->text);
        break;
    case XLSX_NUMBER:
        sheet_put(b, str_fmt(mem, "%.9g", c->number));
        break;
    case XLSX_DAY:
        sheet_put(b, day_iso(mem, c->day));
        break;
    default:
        sheet_put(b, STR(""));
    }
}

static void put(struct api_out *o, const struct service *s, bool is_first)
{
    struct xlsx_cell cells[PUBLISH_COLUMNS];

    (void)is_first;
    for (int i = 0; i < s->n_ats || (i == 0 && s->n_ats == 0); i++) {
        publish_row(o, s, s->n_ats == 0 ? NULL : &s->ats[i], cells);
        for (int k = 0; k < PUBLISH_COLUMNS; k++)
            put_cell(o->j.out, o->c->mem, &cells[k]);
        sheet_end_row(o->j.out);
    }
}

enum status publish_services_csv(struct web *w)
{
    static const struct export_format format = {"text/csv; charset=utf-8", "servizi.csv", begin, put, end};

    return publish_export(w, &format);
}

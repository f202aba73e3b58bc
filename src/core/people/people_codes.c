/* people_codes.c - what each codice fiscale of a file says, and what is doubtful in it. */
#include "people_codes.h"
#include "base/sheet.h"
#include <string.h>

static void put_birth(struct buf *b, const struct people_record *r)
{
    if (r->birth_of_code == 0)
        sheet_put(b, STR(""));
    else
        buf_fmt(b, ",%04u-%02u-%02u", r->birth_of_code / 10000, r->birth_of_code / 100 % 100, r->birth_of_code % 100);
}

static void put_code(struct buf *b, const struct people_set *set, uint32_t i)
{
    const struct people_record *r = people_set_record(set, i);
    const struct people_code *c = people_set_code(set, r->tax);
    const bool not_then = (r->flags & PEOPLE_PLACE_NOT_THEN) != 0, not_given = (r->flags & PEOPLE_PLACE_NOT_OF_CODE) != 0;
    const char sex = c->n >= 11 ? c->base[9] >= '4' ? 'F' : 'M' : '\0';

    buf_z(b, c->is_valid ? ",valid," : c->is_cut ? ",cut," : ",wrong,");
    buf_z(b, not_then && not_given ? "not-then not-given" : not_then ? "not-then" : not_given ? "not-given" : "");
    put_birth(b, r);
    sheet_put(b, (struct str){&sex, sex != '\0'});
    sheet_put(b, (struct str){c->n == 15 ? c->base + 11 : "", c->n == 15 ? 4 : 0});
    sheet_put(b, people_set_place_in_code(set, i));
}

uint32_t people_codes_write(struct buf *b, const struct people_set *set)
{
    uint32_t n = 0;

    buf_z(b, "rec_id,code,doubts,birth_date,sex,belfiore,birth_place\n");
    for (uint32_t i = 0; i < people_set_count(set); i++) {
        const struct people_record *r = people_set_record(set, i);

        if (r->tax == 0 && (r->flags & PEOPLE_CODE_OF_ANOTHER) == 0)
            continue;
        sheet_put(b, people_set_id(set, i));
        if (r->tax == 0)
            buf_z(b, ",another,,,,,");
        else
            put_code(b, set, i);
        buf_char(b, '\n');
        n++;
    }
    return n;
}

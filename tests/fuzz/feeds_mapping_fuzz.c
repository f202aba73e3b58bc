/* Any bytes as a mapping, with a small list read through it: values, or a refusal with its reason. */
#include "features/feeds/feeds_mapping.h"
#include "core/bodies/phones.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static bool take(void *arg, const struct csv_row *row)
{
    static const char *const fields[] = {"id", "name", "needs", "phones", "location.comune", "confirmed_on"};
    struct mapping_row *r = arg;
    struct phone list[PHONES_MOST];
    struct str out, wrong;
    int n;

    r->row = row;
    feeds_mapping_skips(r);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        for (int k = 1; k <= 2; k++) {
            if (!feeds_mapping_get(r, fields[i], k, &out)) {
                if (r->wrong == NULL)
                    abort();
            } else if (!str_is_utf8(out)) {
                abort();
            } else {
                phones_read(r->mem, out, list, &n, &wrong);
                feeds_day(out);
            }
        }
    return true;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct arena *const mem = arena_new((size_t)64 << 20);
    struct feeds_mapping *m;
    struct mapping_trouble trouble;
    struct csv_trouble wrong;
    const enum status st = feeds_mapping_read(mem, (struct str){(const char *)data, size}, &m, &trouble);

    if (st == ST_OK) {
        struct mapping_row r = {.m = m, .mem = mem, .today = 20000};
        const struct csv_options o = {.each = take, .arg = &r};

        csv_read_bytes(mem, STR("a,b,c\n1,\"DUE È\",www.a.it\n,,\n21/11/2026,011 555 0101; 333 555 0102,x\n"), &o, &wrong);
    } else if (trouble.key == NULL) {
        abort();
    }
    arena_free(mem);
    return 0;
}

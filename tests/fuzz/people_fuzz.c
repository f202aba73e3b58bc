/* Any bytes as a name, a code, a place, an archive of comuni, an address, a telephone number, a model, a judgement: read or
 * refused. */
#include "core/people/people_cf.h"
#include "core/people/people_eval.h"
#include "core/people/people_measure.h"
#include "core/people/people_model.h"
#include "core/people/people_places.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void read_text(struct str s)
{
    char f[PEOPLE_TEXT_MAX], again[PEOPLE_TEXT_MAX], phone[16];
    struct people_name name;
    struct people_address address;
    struct people_cf cf;
    const size_t n = people_fold(s, PEOPLE_UKRAINIAN, f, sizeof f);

    if (people_fold((struct str){f, n}, PEOPLE_RUSSIAN, again, sizeof again) != n || memcmp(f, again, n) != 0)
        abort(); /* folding what is folded changes nothing */
    people_name_read(s, &name);
    people_address_read(s, &address);
    if (name.n > PEOPLE_NAME_MAX || name.n_tokens > PEOPLE_TOKENS || address.n > PEOPLE_NAME_MAX || people_phone(s, phone) > 10)
        abort();
    people_cf_read(s, 2026, &cf);
    if (cf.state == PEOPLE_CF_VALID && (cf.n != 15 || !cf.has_birth || cf.wrong != PEOPLE_CF_RIGHT))
        abort();
    const struct str head = str_head(s, s.n / 2), tail = str_from(s, s.n / 2);
    const double jw = people_jaro_winkler(head.p, head.n, tail.p, tail.n);

    if (!(jw >= 0 && jw <= 1))
        abort();
}

/* A place that is named is one that is there today, or ended without a known heir, and bears a code that finds it. */
static void read_place(const struct people_places *places, struct str s)
{
    const struct people_place *place = people_places_named(places, s);
    bool was_then;

    if (place == NULL)
        return;
    if (people_places_on(places, place->code, place->from == INT_MIN ? place->until : place->from, &was_then) == NULL || !was_then)
        abort();
    if (people_places_today(places, place) == NULL)
        abort();
}

static void read_places(struct arena *mem, struct str s)
{
    static struct people_places *built_in;
    struct people_places *archive;
    struct str why = {"", 0};

    if (built_in == NULL)
        built_in = people_places_new(arena_new(0));
    read_place(built_in, s);
    if (people_places_read_bytes(mem, s, &archive, &why) == ST_OK)
        read_place(archive, str_head(s, s.n / 2));
    else if (why.n == 0)
        abort();
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct arena *const mem = arena_new((size_t)64 << 20);
    const struct str s = {(const char *)data, size};
    struct people_model *m;
    struct people_quality *q = ARENA_NEW(mem, struct people_quality);
    struct people_wrong wrong;
    struct str why = {"", 0};

    read_text(s);
    read_places(mem, s);
    if (people_model_read(mem, s, &m, &why) == ST_OK) {
        struct buf x = buf_new(mem, 1024), y = buf_new(mem, 1024);
        struct people_model *back;

        people_model_write(&x, m); /* what was read can be written and read again, the same */
        if (people_model_read(mem, buf_view(&x), &back, &why) != ST_OK)
            abort();
        people_model_write(&y, back);
        if (!str_eq(buf_view(&x), buf_view(&y)))
            abort();
    } else if (why.n == 0) {
        abort();
    }
    if (people_quality_read(mem, s, q, &wrong) == ST_OK) {
        struct buf x = buf_new(mem, 1024), y = buf_new(mem, 1024);

        people_quality_write(&x, q);
        if (people_quality_read(mem, buf_view(&x), q, &wrong) != ST_OK)
            abort();
        people_quality_write(&y, q);
        if (!str_eq(buf_view(&x), buf_view(&y)))
            abort();
    } else if (wrong.key == NULL) {
        abort();
    }
    if (people_model_read_figures(mem, s, &m, &wrong) != ST_OK && wrong.key == NULL)
        abort();
    arena_free(mem);
    return 0;
}

/* catalogue_redact.c - the street of a refuge, written by mistake into words that everybody reads. */
#include "catalogue_writer.h"

static const char INSTEAD[] = "indirizzo riservato";
enum { LEAST_BYTES = 6 };

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "Via Canarina 17/b, scala C" is "Via Canarina": the number is often written in another way. Empty
 * when too little is left to be recognised. */
static struct str street_of(struct str address)
{
    size_t n = 0;

    while (n < address.n && address.p[n] != ',' && !is_digit(address.p[n]))
        n++;
    const struct str street = str_trim(str_head(address, n));

    return street.n >= LEAST_BYTES && str_index(street, ' ') > 0 ? street : STR("");
}

static bool stands_at(struct str text, size_t at, struct str street)
{
    if (text.n - at < street.n)
        return false;
    for (size_t i = 0; i < street.n; i++)
        if (small(text.p[at + i]) != small(street.p[i]))
            return false;
    return true;
}

/* Past the number of the house that follows: ", 17", " n. 17". */
static size_t past_number(struct str text, size_t at)
{
    size_t i = at;

    while (i < text.n && (text.p[i] == ' ' || text.p[i] == ',' || text.p[i] == '.' || small(text.p[i]) == 'n'))
        i++;
    if (i == text.n || !is_digit(text.p[i]))
        return at;
    while (i < text.n && is_digit(text.p[i]))
        i++;
    return i;
}

struct str catalogue_redact(struct arena *mem, struct str text, struct str address)
{
    const struct str street = street_of(address);
    struct buf b = {0};

    if (street.n == 0)
        return text;
    for (size_t i = 0; i < text.n;) {
        if (!stands_at(text, i, street)) {
            if (b.p != NULL)
                buf_char(&b, text.p[i]);
            i++;
            continue;
        }
        if (b.p == NULL) {
            b = buf_new(mem, text.n + sizeof INSTEAD);
            buf_str(&b, str_head(text, i));
        }
        buf_z(&b, INSTEAD);
        i = past_number(text, i + street.n);
    }
    return b.p == NULL ? text : buf_view(&b);
}

void catalogue_writer_note_secret(struct catalogue_write *w, int64_t location_id, struct str address)
{
    struct secret_street *x = ARENA_NEW(w->keep, struct secret_street);

    *x = (struct secret_street){location_id, str_copy(w->keep, address), w->secrets};
    w->secrets = x;
}

static void redact_texts(struct arena *mem, struct service *s, struct str address)
{
    struct str *const texts[] = {&s->name,        &s->alternate_name,      &s->summary, &s->description,
                                 &s->eligibility, &s->application_process, &s->intake,  &s->alert,
                                 &s->fees,        &s->wait_time};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = catalogue_redact(mem, *texts[i], address);
}

static void redact_at(struct arena *mem, struct service_at *at, struct str address)
{
    struct phone *phones = ARENA_ARRAY(mem, struct phone, (size_t)at->parts.n_phones);
    struct schedule *schedules = ARENA_ARRAY(mem, struct schedule, (size_t)at->n_schedules);

    at->description = catalogue_redact(mem, at->description, address);
    for (int i = 0; i < at->parts.n_phones; i++) {
        phones[i] = at->parts.phones[i];
        phones[i].description = catalogue_redact(mem, phones[i].description, address);
    }
    for (int i = 0; i < at->n_schedules; i++) {
        schedules[i] = at->schedules[i];
        schedules[i].description = catalogue_redact(mem, schedules[i].description, address);
        schedules[i].notes = catalogue_redact(mem, schedules[i].notes, address);
    }
    at->parts.phones = phones;
    at->schedules = schedules;
}

bool catalogue_writer_redact(struct catalogue_write *w, struct service *s, struct str *parts, struct str *more)
{
    bool is_secret = false;

    for (const struct secret_street *x = w->secrets; x != NULL; x = x->next)
        for (int i = 0; i < s->n_ats; i++) {
            if (s->ats[i].location_id != x->location_id)
                continue;
            if (!is_secret) {
                struct service_at *ats = ARENA_ARRAY(w->mem, struct service_at, (size_t)s->n_ats);

                for (int k = 0; k < s->n_ats; k++)
                    ats[k] = s->ats[k];
                s->ats = ats;
                is_secret = true;
            }
            redact_texts(w->mem, s, x->address);
            redact_at(w->mem, &s->ats[i], x->address);
            *parts = catalogue_redact(w->mem, *parts, x->address);
            *more = catalogue_redact(w->mem, *more, x->address);
        }
    return is_secret;
}

/* catalogue_terms.c - ids made of names. */
#include "catalogue_terms.h"
#include <sodium.h>

static const char *const codes[OWN_COUNT] = {
    [OWN_NEEDS] = "needs",     [OWN_SIUSS] = "siuss", [OWN_CISIS] = "cisis",
    [OWN_TARGETS] = "targets", [OWN_KINDS] = "kinds", [OWN_MARKS] = "marks",
};

const char *catalogue_taxonomy_code(enum own_taxonomy t)
{
    return codes[t];
}

struct str catalogue_uuid_of(struct arena *mem, struct str space, struct str name)
{
    const struct str text = str_fmt(mem, "wecare:%.*s:%.*s", (int)space.n, space.p, (int)name.n,
                                    name.n == 0 ? "" : name.p);
    unsigned char b[16];

    crypto_generichash(b, sizeof b, (const unsigned char *)text.p, text.n, NULL, 0);
    b[6] = (unsigned char)((b[6] & 0x0f) | 0x80);
    b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
    return str_fmt(mem, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                   b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12],
                   b[13], b[14], b[15]);
}

struct str catalogue_taxonomy_uuid(struct arena *mem, enum own_taxonomy t)
{
    return catalogue_uuid_of(mem, STR("taxonomy"), str_of(codes[t]));
}

struct str catalogue_term_uuid(struct arena *mem, enum own_taxonomy t, struct str code)
{
    return catalogue_uuid_of(mem, str_of(codes[t]), code);
}

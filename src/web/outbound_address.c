/* outbound_address.c - which addresses belong to the public internet. */
#include "base/macros.h"
#include "web/outbound.h"
#include <string.h>

struct range {
    unsigned char bytes[16];
    int bits;
};

/* IANA IPv4 Special-Purpose Address Registry; multicast and reserved besides. */
static const struct range inside4[] = {
    {{0}, 8},             /* this network */
    {{10}, 8},            /* private */
    {{100, 64}, 10},      /* shared by carriers */
    {{127}, 8},           /* loopback */
    {{169, 254}, 16},     /* link-local: also the clouds' metadata */
    {{172, 16}, 12},      /* private */
    {{192, 0, 0}, 24},    /* protocol assignments */
    {{192, 0, 2}, 24},    /* documentation */
    {{192, 31, 196}, 24}, /* AS112 */
    {{192, 52, 193}, 24}, /* AMT */
    {{192, 88, 99}, 24},  /* 6to4 relays */
    {{192, 168}, 16},     /* private */
    {{192, 175, 48}, 24}, /* AS112 */
    {{198, 18}, 15},      /* benchmarks */
    {{198, 51, 100}, 24}, /* documentation */
    {{203, 0, 113}, 24},  /* documentation */
    {{224}, 4},           /* multicast */
    {{240}, 4},           /* reserved, and the broadcast */
};

/* Only 2000::/3 is handed out; of it these are not the public internet, or hide an IPv4 address
 * that a translator on the way would go to. */
static const struct range inside6[] = {
    {{0x20, 0x01, 0x00}, 23},             /* protocol assignments, Teredo among them */
    {{0x20, 0x01, 0x0d, 0xb8}, 32},       /* documentation */
    {{0x20, 0x02}, 16},                   /* 6to4 */
    {{0x26, 0x20, 0x00, 0x4f, 0x80}, 48}, /* AS112 */
    {{0x3f, 0xff}, 20},                   /* documentation */
};

static bool is_in(const unsigned char *a, const struct range *r)
{
    const int whole = r->bits / 8, rest = r->bits % 8;

    if (memcmp(a, r->bytes, (size_t)whole) != 0)
        return false;
    return rest == 0 || (a[whole] ^ r->bytes[whole]) >> (8 - rest) == 0;
}

bool outbound_is_public4(const unsigned char a[4])
{
    for (int i = 0; i < ARRAY_LEN(inside4); i++)
        if (is_in(a, &inside4[i]))
            return false;
    return true;
}

bool outbound_is_public6(const unsigned char a[16])
{
    if ((a[0] & 0xe0) != 0x20)
        return false; /* also ::1, ::ffff:a.b.c.d, 64:ff9b::/96, fc00::/7, fe80::/10, ff00::/8 */
    for (int i = 0; i < ARRAY_LEN(inside6); i++)
        if (is_in(a, &inside6[i]))
            return false;
    return true;
}

bool outbound_is_public(const struct sockaddr *a)
{
    if (a->sa_family == AF_INET)
        return outbound_is_public4(
            (const unsigned char *)&((const struct sockaddr_in *)a)->sin_addr);
    if (a->sa_family == AF_INET6)
        return outbound_is_public6(
            (const unsigned char *)&((const struct sockaddr_in6 *)a)->sin6_addr);
    return false;
}

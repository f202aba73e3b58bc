/* throttle.c - points of each address, as one instant each: when all of them would be back. */
#include "web/throttle.h"
#include "base/log.h"
#include "base/macros.h"
#include "web/answer_head.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <strings.h>

enum { MINUTE_US = 60000000, PLACES = 4096, WAYS = 8 };

struct place {
    unsigned char address[16];
    int64_t full_at_us; /* 0: the place is free */
};

struct throttle {
    pthread_mutex_t lock;
    int points;
    int64_t point_us; /* in which one comes back */
    struct place places[PLACES];
};

struct throttle *throttle_new(struct arena *mem, int points)
{
    struct throttle *t = ARENA_NEW(mem, struct throttle);

    t->points = points;
    t->point_us = points > 0 ? MINUTE_US / points : 0;
    if (pthread_mutex_init(&t->lock, NULL) != 0)
        bug("the system gives no lock");
    return t;
}

void throttle_end(struct throttle *t)
{
    pthread_mutex_destroy(&t->lock);
}

bool throttle_is_for_programs(const struct route *row)
{
    return row->cost == COST_EXPORT || strncmp(row->path, "/api/", 5) == 0 || strncmp(row->path, "/dati/", 6) == 0;
}

/* ---- who ---- */

static bool is_loopback(const unsigned char *a)
{
    static const unsigned char v6[16] = {0}, mapped[12] = {[10] = 0xff, [11] = 0xff};

    /* of ::1 the connection keeps the first half, as of any IPv6 address */
    return memcmp(a, v6, 16) == 0 || (memcmp(a, mapped, 12) == 0 && a[12] == 127);
}

/* "192.0.2.1", "2001:db8::1", "[2001:db8::1]:443", as proxies write them. */
static bool read_text(struct str s, unsigned char *out)
{
    char text[INET6_ADDRSTRLEN + 1];
    struct in_addr v4;

    s = str_trim(s);
    if (s.n > 2 && s.p[0] == '[') {
        const ptrdiff_t end = str_index(s, ']');

        s = end < 0 ? s : (struct str){s.p + 1, (size_t)end - 1};
    }
    if (s.n == 0 || s.n >= sizeof text)
        return false;
    memcpy(text, s.p, s.n);
    text[s.n] = '\0';
    if (inet_pton(AF_INET, text, &v4) != 1)
        return inet_pton(AF_INET6, text, out) == 1;
    memset(out, 0, 10);
    out[10] = out[11] = 0xff;
    memcpy(out + 12, &v4, 4);
    return true;
}

/* The last one, which the proxy beside us wrote itself; those before it anybody may have made up. */
static struct str last_forwarded(const struct incoming *in)
{
    struct str s = {"", 0};

    for (int i = 0; i < in->n_headers; i++)
        if (in->headers[i].name.n == 15 && strncasecmp(in->headers[i].name.p, "X-Forwarded-For", 15) == 0)
            s = in->headers[i].value;
    for (size_t k = s.n; k > 0; k--)
        if (s.p[k - 1] == ',')
            return str_from(s, k);
    return s;
}

/* False: nobody who can be told from others. */
static bool who_asks(const struct incoming *in, unsigned char *out)
{
    static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};

    if (in->has_address && !is_loopback(in->address))
        memcpy(out, in->address, 16);
    else if (!read_text(last_forwarded(in), out))
        return false;
    if (memcmp(out, mapped, 12) != 0)
        memset(out + 8, 0, 8);
    return true;
}

/* ---- how much ---- */

static int cost_of(const struct route *row)
{
    return row->cost == COST_EXPORT ? 10 : row->cost == COST_SEARCH ? 5 : 1;
}

/* The address's own place, else the one whose points have been back for longest. */
static struct place *place_of(struct throttle *t, const unsigned char *address)
{
    uint32_t h = 2166136261u;

    for (int i = 0; i < 16; i++)
        h = (h ^ address[i]) * 16777619u;
    struct place *const first = &t->places[(h % (PLACES / WAYS)) * WAYS];
    struct place *oldest = first;

    for (int i = 0; i < WAYS; i++) {
        if (first[i].full_at_us != 0 && memcmp(first[i].address, address, 16) == 0)
            return &first[i];
        if (first[i].full_at_us < oldest->full_at_us)
            oldest = &first[i];
    }
    memcpy(oldest->address, address, 16);
    oldest->full_at_us = 0;
    return oldest;
}

static int seconds_up(int64_t us)
{
    return (int)((us + 999999) / 1000000);
}

struct throttle_turn throttle_take(struct throttle *t, const struct incoming *in, const struct route *row, int64_t now_us)
{
    struct throttle_turn turn = {.limit = t->points};
    unsigned char address[16];

    if (t->points == 0 || !throttle_is_for_programs(row) || !who_asks(in, address))
        return turn;
    const int64_t window = t->point_us * t->points, price = t->point_us * cost_of(row);

    turn.is_counted = true;
    pthread_mutex_lock(&t->lock);
    struct place *p = place_of(t, address);
    const int64_t before = p->full_at_us > now_us ? p->full_at_us : now_us, after = before + price;

    turn.is_refused = after - now_us > window;
    if (!turn.is_refused)
        p->full_at_us = after;
    const int64_t owed = (turn.is_refused ? before : after) - now_us;

    pthread_mutex_unlock(&t->lock);
    turn.remaining = (int)((window - owed) / t->point_us);
    turn.reset_s = seconds_up(owed);
    turn.retry_s = turn.is_refused ? seconds_up(after - now_us - window) : 0;
    return turn;
}

void throttle_headers(struct arena *mem, const struct throttle_turn *turn, struct answer *out)
{
    if (!turn->is_counted)
        return;
    answer_header(out, STR("X-RateLimit-Limit"), str_fmt(mem, "%d", turn->limit));
    answer_header(out, STR("X-RateLimit-Remaining"), str_fmt(mem, "%d", turn->remaining));
    answer_header(out, STR("X-RateLimit-Reset"), str_fmt(mem, "%d", turn->reset_s));
    answer_header(out, STR("RateLimit-Policy"), str_fmt(mem, "\"minute\";q=%d;w=60", turn->limit));
    answer_header(out, STR("RateLimit"), str_fmt(mem, "\"minute\";r=%d;t=%d", turn->remaining, turn->reset_s));
}

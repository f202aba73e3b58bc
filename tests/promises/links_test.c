/* links_test.c - walks the portal as a visitor does: no link, picture, form or file leads nowhere. */
#include "base/macros.h"
#include "tests/support/harness.h"
#include "tests/support/keyed.h"
#include "tests/support/sanitized.h"
#include "tests/unit.h"
#include <stdio.h>
#include <string.h>

/* Under the sanitizers a part of the walk is enough: the pages are of few shapes. */
enum { MOST_PAGES = SANITIZED_OR(150, 4000) };
enum { TABLE = 1 << 16 };

struct walk {
    struct arena *mem; /* of the addresses */
    const char **seen; /* by hash */
    const char **road; /* in the order found */
    const char **from;
    int n;
    char dead[4000];
    int n_dead;
};

static uint32_t hash(const char *z)
{
    uint32_t h = 2166136261u;

    for (; *z != '\0'; z++)
        h = (h ^ (unsigned char)*z) * 16777619u;
    return h;
}

static void found(struct walk *k, const char *address, const char *from)
{
    uint32_t at = hash(address) % TABLE;

    while (k->seen[at] != NULL && strcmp(k->seen[at], address) != 0)
        at = (at + 1) % TABLE;
    if (k->seen[at] != NULL || k->n >= TABLE / 2)
        return;
    k->seen[at] = address;
    k->from[k->n] = from;
    k->road[k->n++] = address;
}

/* The address as a browser asks it: entities read, no fragment; NULL when it leaves the portal. */
static const char *as_asked(struct arena *mem, struct str raw)
{
    struct buf b = buf_new(mem, raw.n + 1);

    for (size_t i = 0; i < raw.n && raw.p[i] != '#'; i++) {
        const struct str rest = str_from(raw, i);

        if (str_starts(rest, STR("&amp;"))) {
            buf_z(&b, "&");
            i += 4;
        } else if (str_starts(rest, STR("&#39;"))) {
            buf_z(&b, "'");
            i += 4;
        } else {
            buf_str(&b, str_head(rest, 1));
        }
    }
    const struct str out = buf_view(&b);

    return out.n == 0 || out.p[0] != '/' || (out.n > 1 && out.p[1] == '/') ? NULL : str_z(mem, out);
}

static void read_links(struct walk *k, struct str page, const char *from)
{
    static const char *const marks[] = {" href=\"", " src=\"", " action=\""};

    for (int m = 0; m < ARRAY_LEN(marks); m++) {
        const size_t n = strlen(marks[m]);
        const char *at = page.p, *end = page.p + page.n;

        while ((at = memmem(at, (size_t)(end - at), marks[m], n)) != NULL) {
            at += n;
            const char *close = memchr(at, '"', (size_t)(end - at));
            const char *address =
                close == NULL ? NULL : as_asked(k->mem, (struct str){at, (size_t)(close - at)});

            if (address != NULL)
                found(k, address, from);
        }
    }
}

static void visit(struct walk *k, struct harness *h, struct arena *mem, int i)
{
    const struct web_ask a = {.method = "GET", .target = k->road[i]};
    struct web_reply r;

    web_app_ask(h->app, mem, &a, &r);
    if (r.code != 200 && r.code != 303 && !(r.code == 403 && keyed_opens(h, k->road[i]))) {
        const size_t at = strlen(k->dead);

        k->n_dead++;
        snprintf(k->dead + at, sizeof k->dead - at, "%s answers %d, linked from %s\n", k->road[i], r.code, k->from[i]);
    }
    if (r.code == 200 && str_starts(harness_header(h, &r, "Content-Type"), STR("text/html")))
        read_links(k, r.body, k->road[i]);
}

START_TEST(test_links__no_link_leads_nowhere)
{
    struct harness *h = harness_new();
    struct arena *mem = arena_new(0);
    struct walk k = {.mem = arena_new(0)};
    int i = 0;

    k.seen = ARENA_ARRAY(k.mem, const char *, TABLE);
    k.road = ARENA_ARRAY(k.mem, const char *, TABLE);
    k.from = ARENA_ARRAY(k.mem, const char *, TABLE);
    found(&k, "/", "nowhere");
    for (; i < k.n && i < MOST_PAGES; i++) {
        visit(&k, h, mem, i);
        arena_reset(mem);
    }
    if (k.n_dead > 0)
        ck_abort_msg("%d of %d addresses:\n%s", k.n_dead, i, k.dead);
    ck_assert_int_ge(i, 100);
    printf("# %d addresses visited, %d known\n", i, k.n);
    arena_free(k.mem);
    arena_free(mem);
    harness_free(h);
}
END_TEST

UNIT_MAIN("links", test_links__no_link_leads_nowhere)

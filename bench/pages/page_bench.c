/*
 * page_bench.c - what a page of about 24 KB costs: compiled template against two ways of writing
 * the same page by hand in the same run. Medians of 5 rounds; the three outputs must be equal.
 *
 *     template   as every page of the portal
 *     by hand    the same calls of buf.h, written by a careful person
 *     printf     formatted printing, escaped values copied first
 *
 * Prints one line for each way and ends with 1 when the outputs differ.
 */
#include "base/text.h"
#include "bench_pages.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 5, PAGES = 3000, SERVICES = 48 };

struct web {
    struct buf out;
};

struct buf *web_out(struct web *w)
{
    return &w->out;
}

enum lang web_lang(struct web *w)
{
    (void)w;
    return LANG_IT;
}

const char *web_asset(const char *name)
{
    (void)name;
    return "/assets/app.1a2b3c4d.css";
}

struct str web_form_token(struct web *w)
{
    (void)w;
    return STR("");
}

static void digits_only(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] == '+' && i == 0))
            buf_char(b, s.p[i]);
}

static void by_template(struct web *w, const struct bench_view *v)
{
    html_bench_list(w, v);
}

static void head_by_hand(struct buf *b, const struct bench_view *v)
{
    const struct text_arg n = {"n", text_int(b->mem, LANG_IT, v->n_services)};

    buf_z(b, "<!doctype html><html lang=\"it\"><head><meta charset=\"utf-8\"><title>");
    buf_html(b, v->title);
    buf_z(b, "</title><link rel=\"stylesheet\" href=\"");
    buf_z(b, web_asset("app.css"));
    buf_z(b, "\"></head><body><main class=\"container-xl w-page\"><h1>");
    buf_html(b, v->title);
    buf_z(b, "</h1><p class=\"lead\">");
    buf_html(b, text_fill(b->mem, text_get_n(LANG_IT, "bench.found", v->n_services), &n, 1));
    buf_z(b, "</p><ul class=\"w-list\">");
}

static void by_hand(struct web *w, const struct bench_view *v)
{
    struct buf *const b = &w->out;

    head_by_hand(b, v);
    for (int i = 0; i < v->n_services; i++) {
        const struct bench_service *const s = &v->services[i];
        const struct text_arg km = {"km", text_int(b->mem, LANG_IT, s->km)};

        buf_z(b, "<li class=\"card w-result\"><div class=\"card-body\"><h2 class=\"card-title\"><a "
                 "href=\"/servizi/");
        buf_url(b, s->code);
        buf_z(b, "\">");
        buf_html(b, s->name);
        buf_z(b, "</a></h2><p class=\"card-text\">");
        buf_html(b, s->what);
        buf_z(b, "</p><p class=\"w-source\">");
        buf_html(b, s->body);
        buf_z(b, " · ");
        buf_html(b, text_fill(b->mem, text_get(LANG_IT, "bench.far"), &km, 1));
        buf_z(b, "</p>");
        if (s->is_free) {
            buf_z(b, "<span class=\"badge w-ok\">");
            buf_html(b, text_get(LANG_IT, "bench.free"));
            buf_z(b, "</span>");
        }
        buf_z(b, " <a class=\"btn btn-primary\" href=\"tel:");
        digits_only(b, s->phone);
        buf_z(b, "\">");
        buf_html(b, text_get(LANG_IT, "bench.call"));
        buf_z(b, " ");
        buf_html(b, s->phone);
        buf_z(b, "</a> <meter min=\"0\" max=\"100\" value=\"");
        buf_int(b, s->places);
        buf_z(b, "\">");
        buf_str(b, text_int(b->mem, LANG_IT, s->places));
        buf_z(b, "</meter></div></li>");
    }
    buf_z(b, "</ul></main></body></html>");
}

/* A copy made safe, to be printed with %s. */
static const char *safe(struct arena *mem, struct str s)
{
    struct buf b = buf_new(mem, s.n + 32);

    buf_html(&b, s);
    buf_char(&b, '\0');
    return b.p;
}

static void by_printf(struct web *w, const struct bench_view *v)
{
    struct buf *const b = &w->out;

    head_by_hand(b, v);
    for (int i = 0; i < v->n_services; i++) {
        const struct bench_service *const s = &v->services[i];
        const struct text_arg km = {"km", text_int(b->mem, LANG_IT, s->km)};
        struct buf code = buf_new(b->mem, 64), tel = buf_new(b->mem, 64);

        buf_url(&code, s->code);
        buf_char(&code, '\0');
        digits_only(&tel, s->phone);
        buf_char(&tel, '\0');
        buf_fmt(b,
                "<li class=\"card w-result\"><div class=\"card-body\"><h2 class=\"card-title\"><a "
                "href=\"/servizi/%s\">%s</a></h2>"
                "<p class=\"card-text\">%s</p><p class=\"w-source\">%s · %s</p>",
                code.p, safe(b->mem, s->name), safe(b->mem, s->what), safe(b->mem, s->body),
                safe(b->mem, text_fill(b->mem, text_get(LANG_IT, "bench.far"), &km, 1)));
        if (s->is_free)
            buf_fmt(b, "<span class=\"badge w-ok\">%s</span>",
                    safe(b->mem, text_get(LANG_IT, "bench.free")));
        buf_fmt(b,
                " <a class=\"btn btn-primary\" href=\"tel:%s\">%s %s</a> <meter min=\"0\" "
                "max=\"100\" value=\"%lld\">%s</meter>"
                "</div></li>",
                tel.p, safe(b->mem, text_get(LANG_IT, "bench.call")), safe(b->mem, s->phone),
                (long long)s->places, safe(b->mem, text_int(b->mem, LANG_IT, s->places)));
    }
    buf_z(b, "</ul></main></body></html>");
}

typedef void (*way_fn)(struct web *w, const struct bench_view *v);

/* Time of the processor, not of the wall: what else the machine does is left out. */
static double now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Microseconds a page; an arena is reset after each, as after each request. */
static double one_round(struct arena *mem, way_fn way, const struct bench_view *v)
{
    const double start = now_us();

    for (int i = 0; i < PAGES; i++) {
        struct web w = {buf_new(mem, 8192)};

        way(&w, v);
        arena_reset(mem);
    }
    return (now_us() - start) / PAGES;
}

static struct str one_page(struct arena *mem, way_fn way, const struct bench_view *v)
{
    struct web w = {buf_new(mem, 8192)};

    way(&w, v);
    return buf_view(&w.out);
}

int main(void)
{
    static const struct {
        const char *name;
        way_fn way;
    } ways[] = {{"template", by_template}, {"by hand", by_hand}, {"printf", by_printf}};
    struct arena *const keep = arena_new(0), *const mem = arena_new(0);
    struct bench_service services[SERVICES];
    double rounds[3][ROUNDS];

    text_init();
    for (int i = 0; i < SERVICES; i++)
        services[i] =
            (struct bench_service){str_fmt(keep, "emporio-%d", i),
                                   STR("Emporio solidale \"La Dispensa\" d'Ivrea & Cuorgnè"),
                                   STR("Consorzio IN.RE.TE."),
                                   STR("Fai la spesa gratis con una tessera a punti: scegli tu i "
                                       "prodotti, come in un negozio."),
                                   STR("0125 000 001"),
                                   1180 + i,
                                   i,
                                   i % 3 == 0};
    const struct bench_view view = {STR("Vicino a te <oggi>"), services, SERVICES};
    const struct str page = one_page(keep, by_template, &view);

    for (int k = 1; k < 3; k++)
        if (!str_eq(page, one_page(keep, ways[k].way, &view))) {
            fprintf(stderr, "page_bench: \"%s\" writes another page than the template\n",
                    ways[k].name);
            return EXIT_FAILURE;
        }
    for (int r = 0; r < ROUNDS; r++)
        for (int k = 0; k < 3; k++)
            rounds[k][r] = one_round(mem, ways[k].way, &view);
    printf("page of %.1f KB, %d rows, median of %d rounds of %d pages\n", (double)page.n / 1024,
           SERVICES, ROUNDS, PAGES);
    for (int k = 0; k < 3; k++)
        qsort(rounds[k], ROUNDS, sizeof rounds[k][0], by_value);
    for (int k = 0; k < 3; k++)
        printf("%-10s %6.1f us/page  %5.0f MB/s  %.2f of printf\n", ways[k].name,
               rounds[k][ROUNDS / 2], (double)page.n / rounds[k][ROUNDS / 2] * 1e6 / (1 << 20),
               rounds[k][ROUNDS / 2] / rounds[2][ROUNDS / 2]);
    arena_free(mem);
    arena_free(keep);
    return EXIT_SUCCESS;
}
